"""The grid of a booklet takes its lines from a grille of the seminar."""

import pytest
from django.core.exceptions import ValidationError

from consultation import actions as actions_consultation
from consultation.erreurs import Refus
from contenus import actions
from contenus.impression.carnets import carnet_pdf
from contenus.impression.constats import bilan
from contenus.lectures.carnet import carnet_de
from contenus.models import CarnetCompose
from tests.consultation.test_grilles import contenu
from tests.consultation.test_questions import question
from tests.contenus.fabriques_carnet import seminaire
from tests.contenus.test_impression_carnet import textes

from .gestes import composer, page

pytestmark = pytest.mark.django_db


def poser_grille(consultation):
    """A grille online: one table asked twice, one question asked twice, one asked once."""
    questions = [
        question("q1", "texte", libelle="Comment cela se passe-t-il ?", deux_temps=True, lignes="accueil metier"),
        question("q2", "texte", libelle="Nos missions", deux_temps=True),
        question("q3", "texte", libelle="Votre ville"),
    ]
    grille = actions_consultation.creer_grille(
        consultation=consultation, titre="Commune", contenu=contenu(*questions), par=None
    )
    actions_consultation.mettre_en_ligne(grille=grille, par=None)
    grille.refresh_from_db()
    return grille


def grille_du_carnet(code, *lignes):
    dites = [{"titre": titre, "aujourd_hui": "", "demain": ""} for titre in lignes]
    return page("grille", titre="Notre grille", consigne="", code=code, lignes=dites)


def sujets(consultation):
    return [
        (rang.titre, rang.questions[0])
        for lue in carnet_de(consultation).pages
        if lue.genre == "grille"
        for rang in lue.rangs
    ]


def test_the_grid_takes_its_lines_from_a_grille_of_the_seminar_before_those_written_here(consultation):
    composer(consultation, grille_du_carnet(poser_grille(consultation).code_lisible, "Autre chose"))
    assert sujets(consultation) == [
        ("Accueil", "Comment cela se passe-t-il ?"),
        ("Metier", "Comment cela se passe-t-il ?"),
        ("Nos missions", ""),
        ("Autre chose", ""),
    ]
    lus = " ".join(textes(carnet_pdf(consultation)))
    assert all(sujet in lus for sujet in ("Metier", "Nos missions", "Autre chose"))
    assert "Votre ville" not in lus


def test_the_grid_follows_the_versions_of_its_grille_and_says_when_it_is_gone(consultation):
    grille = poser_grille(consultation)
    carnet = composer(consultation, grille_du_carnet(grille.code))
    une = question("q2", "texte", libelle="Nos chantiers", deux_temps=True)
    actions_consultation.ecrire_grille(grille=grille, contenu=contenu(une), par=None)
    actions_consultation.mettre_en_ligne(grille=grille, par=None)
    assert sujets(consultation) == [("Nos chantiers", "")]
    type(grille).objects.update(etat="preparation")
    assert sujets(consultation) == []
    (dit,) = [dit for dit in bilan(consultation, carnet.corps).constats if "Ses lignes manquent" in dit]
    assert grille.code in dit


def test_a_grille_of_another_seminar_gives_its_lines_to_nobody_here(consultation, carnet):
    ailleurs = poser_grille(seminaire(slug="ailleurs"))
    with pytest.raises(Refus) as refus:
        actions.garder_carnet(
            carnet=carnet, corps=[grille_du_carnet(ailleurs.code)], revision=carnet.revision, par=None
        )
    assert (refus.value.code, refus.value.champ) == ("grille_ailleurs", "corps")
    CarnetCompose.objects.update(
        corps=[{"type": "grille", "value": {"titre": "x", "code": ailleurs.code, "lignes": []}}]
    )
    assert sujets(consultation) == []


@pytest.mark.parametrize(
    ("code", "dit"),
    [
        ("", "Donnez le code d’une grille"),
        ("ZZZZZZ", "Aucune grille en ligne"),
        ("une fois", "aucune question deux fois"),
    ],
)
def test_where_lines_come_from_is_asked_for_with_what_to_do(consultation, code, dit):
    if code == "une fois":
        grille = actions_consultation.creer_grille(
            consultation=consultation, titre="Une fois", contenu=contenu(question("q", "texte")), par=None
        )
        actions_consultation.mettre_en_ligne(grille=grille, par=None)
        code = grille.code
    bloc = CarnetCompose._meta.get_field("corps").stream_block.child_blocks["grille"]
    with pytest.raises(ValidationError) as faute:
        bloc.clean(bloc.to_python({"titre": "Grille", "code": code, "lignes": []}))
    assert dit in str(faute.value.block_errors["code"])
