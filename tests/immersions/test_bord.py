"""The board: a finished quarter counted once, read as a page, a PDF and a spreadsheet."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from consultation.erreurs import Refus
from consultation.models import Journal
from immersions import actions, lectures
from immersions.models import Immersion, Trimestre
from tests import fabriques

from . import fabriques_immersions as f

pytestmark = pytest.mark.django_db
ANNEE = timezone.localdate().year - 1


def chiffres(n, **tables):
    """Figures of a quarter, as they are kept: {table: {category or categories: n}}."""
    dits = {"genre": {}, "duree": {}, "secteur": {}, "structure": {}, "suite": {}, **tables}
    return {
        "n": n,
        "tables": {
            nom.replace("_", ":", 1) if nom.startswith("obstacle") else nom: [
                [[bloc] if isinstance(bloc, str) else list(bloc), combien] for bloc, combien in table.items()
            ]
            for nom, table in dits.items()
        },
    }


@pytest.fixture
def dispositif():
    return f.creer_dispositif(
        fabriques.creer_consultation(territoire=fabriques.creer_territoire(nom="Deux Rives"))
    )


def poser(dispositif, numero, dits, annee=ANNEE):
    return Trimestre.objects.create(dispositif=dispositif, annee=annee, numero=numero, vise=40, chiffres=dits)


def adresse(dispositif, nom="bord", **choix):
    vers = reverse(f"immersions:{nom}", args=[dispositif.consultation.slug])
    return vers + "?" + "&".join(f"{cle}={valeur}" for cle, valeur in choix.items())


def test_a_quarter_counts_what_was_signed_by_three_and_not_stopped_once_and_for_all(dispositif):
    faites = [f.creer_faite(dispositif) for _n in range(5)]
    f.creer_prete(dispositif, debut=f.jour(-20), fin=f.jour(-9))  # never signed
    arretee = f.signer(f.creer_prete(dispositif, debut=f.jour(-20), fin=f.jour(-9)))
    actions.arreter(immersion=arretee, code=arretee.participant.code_personnel)
    Immersion.objects.exclude(fin=None).update(debut=f"{ANNEE}-05-04", fin=f"{ANNEE}-05-15")
    trimestre = actions.arreter_trimestre(dispositif=dispositif, annee=ANNEE, numero=2, par=None)
    assert (trimestre.chiffres["n"], dict(map(_case, trimestre.chiffres["tables"]["duree"]))) == (
        5, {"1": 0, "2": 5, "4": 0},
    )  # fmt: skip
    assert list(dispositif.trimestres.values_list("numero", "chiffres__n")) == [(1, None), (2, 5)]
    Immersion.objects.filter(pk=faites[0].pk).update(issue="embauche")
    Immersion.objects.filter(pk=faites[1].pk).delete()
    encore = actions.arreter_trimestre(dispositif=dispositif, annee=ANNEE, numero=2, par=None)
    assert (encore, encore.chiffres) == (trimestre, trimestre.chiffres)
    assert Journal.objects.filter(verbe="arreter_trimestre").count() == 2
    restent = [numero for annee, numero in lectures.trimestres_a_arreter(dispositif) if annee == ANNEE]
    assert restent == [4, 3]


def test_what_became_of_everybody_is_not_told_apart_and_what_happened_to_nobody_is(dispositif):
    for _n in range(5):
        f.creer_faite(dispositif, issue="embauche")
    Immersion.objects.update(debut=f"{ANNEE}-05-04", fin=f"{ANNEE}-05-15")
    lues = actions.arreter_trimestre(dispositif=dispositif, annee=ANNEE, numero=2, par=None).chiffres["tables"]
    assert lues["suite"] == [[sorted([*Immersion.Issue.values, "a_venir"]), 5]]
    assert lues["obstacle:mobilite"] == [[["sans"], 5], [["leve"], 0], [["reste"], 0]]


def _case(bloc):
    (cle,), n = bloc
    return cle, n


def test_those_who_were_erased_before_count_and_as_one_person_alone(dispositif):
    for _n in range(5):
        f.creer_faite(dispositif)
    Immersion.objects.update(garder_jusqu_au=f.jour(-1), debut=f"{ANNEE}-05-04", fin=f"{ANNEE}-05-15")
    actions.effacer_a_terme()
    assert actions.arreter_trimestre(dispositif=dispositif, annee=ANNEE, numero=2, par=None).chiffres["n"] is None


def test_a_quarter_that_is_not_over_is_not_counted(dispositif):
    for annee, numero, code in (
        (ANNEE + 2, 1, "pas_fini"),
        (ANNEE, 5, "trimestre_inconnu"),
        (0, 1, "trimestre_inconnu"),
    ):
        with pytest.raises(Refus, match=code):
            actions.arreter_trimestre(dispositif=dispositif, annee=annee, numero=numero, par=None)
    assert Trimestre.objects.count() == 0


def test_a_board_adds_its_quarters_up_and_masks_what_is_small_everywhere(
    client, dispositif, django_assert_max_num_queries
):
    obstacles = {
        "obstacle_mobilite": {"sans": 20, ("leve", "reste"): 6},
        "obstacle_garde": {("sans", "leve", "reste"): 26},
    }
    dits = {
        "genre": {"decouverte": 16, "validation": 10}, "suite": {"confirme": 26},
        "secteur": {"batiment": 20, ("aide", "commerce"): 6, "autre": 0},
    }  # fmt: skip
    poser(dispositif, 1, chiffres(26, **dits, **obstacles))
    poser(dispositif, 2, chiffres(26, **dits, **obstacles))
    poser(dispositif, 3, {"n": None, "tables": {}})
    poser(dispositif, 1, chiffres(9), annee=ANNEE - 1)
    with django_assert_max_num_queries(3):
        lu = lectures.bord(dispositif, ANNEE)
    assert (lu.n, lu.annees) == (52, [(ANNEE, 40, [26, 26, None, ""], 52), (ANNEE - 1, 40, [9, "", "", ""], 9)])
    secteurs = next(lignes for cle, _titre, lignes in lu.tables if cle == "secteur")
    assert [(une.mots, une.n, une.reunie) for une in secteurs] == [
        ("Bâtiment", 40, False), ("2 autres, réunis", 12, True),
    ]  # fmt: skip
    assert [(o.mots, o.rencontre, o.leve) for o in lu.obstacles] == [
        ("Se déplacer", 12, None), ("Garde des enfants", None, None),
    ]  # fmt: skip
    page = client.get(adresse(dispositif)).content.decode()
    assert ("52 immersions faites, 40 étaient visées" in page, "moins de 5" in page) == (True, True)
    texte = _pdf(client.get(adresse(dispositif, "bord_pdf")))
    assert [mots for mots in ("52 immersions faites", "2 autres, réunis", "pas montré") if mots not in texte] == []
    classeur = load_workbook(io.BytesIO(client.get(adresse(dispositif, "bord_xlsx")).content))
    assert list(classeur["Obstacles"].values)[1:] == [
        ("Se déplacer", "12", "pas montré"), ("Garde des enfants", "pas montré", "pas montré"),
    ]  # fmt: skip


def _pdf(reponse):
    assert reponse.status_code == 200
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(reponse.content)).pages).split())


def test_a_quarter_has_its_own_page_and_one_of_too_few_shows_nothing(client, dispositif):
    assert "Pas encore de chiffres" in client.get(adresse(dispositif)).content.decode()
    assert client.get(adresse(dispositif, "bord_pdf")).status_code == 404
    poser(dispositif, 1, chiffres(26, genre={"decouverte": 26}))
    poser(dispositif, 2, {"n": None, "tables": {}})
    page = client.get(adresse(dispositif, annee=ANNEE, trimestre=1)).content.decode()
    assert "26 immersions faites ce trimestre" in page
    page = client.get(adresse(dispositif, trimestre=2)).content.decode()
    assert "à partir de cinq personnes" in page
    for faux in ({"annee": "n’importe"}, {"trimestre": 9}, {"annee": 1900}):
        assert "26 immersions faites, 40" in client.get(adresse(dispositif, **faux)).content.decode()


def croises(**rangs):
    """{row or rows: {outcome: n}} as a crossed table of kinds."""
    return [
        [[rang] if isinstance(rang, str) else list(rang), [[[suite], n] for suite, n in cases.items()]]
        for rang, cases in rangs.items()
    ]


def test_a_board_is_read_for_one_kind_alone_with_what_followed(client, dispositif, django_assert_max_num_queries):
    dits = {"genre": {"decouverte": 16, "validation": 10}, "suite": {"confirme": 14, "abandon": 12}}
    suites = croises(
        decouverte={"confirme": 9, "abandon": 7}, validation={"confirme": 5, "abandon": 5}
    )  # fmt: skip
    poser(dispositif, 1, chiffres(26, **dits) | {"croises": {"genre": suites}})
    poser(dispositif, 2, chiffres(26, **dits) | {"croises": {"genre": []}})
    poser(dispositif, 3, chiffres(26, **dits))  # counted before outcomes were
    poser(dispositif, 4, {"n": None, "tables": {}})
    with django_assert_max_num_queries(3):
        lu = lectures.bord(dispositif, ANNEE, pour="genre:validation")
    filtre = lu.filtre
    assert (filtre.mots, filtre.n, filtre.par_trimestre) == ("Validation des compétences", 30, [10, 10, 10, None])
    assert ([(une.mots, une.n) for une in filtre.suites], filtre.avec, filtre.trimestres) == (
        [("Autre projet choisi", 5), ("Projet confirmé", 5)], [], [1],
    )  # fmt: skip
    choix = {"annee": ANNEE, "pour": "genre:validation"}
    page = client.get(adresse(dispositif, **choix)).content.decode()
    assert "Validation des compétences\u202f: 30 immersions faites" in page
    assert ('value="genre:validation" selected' in page, "Dans les autres, il y a trop peu" in page) == (
        True,
        True,
    )
    assert "Se déplacer" not in page
    texte = _pdf(client.get(adresse(dispositif, "bord_pdf", **choix)))
    assert ("30 immersions faites" in texte, "Projet confirmé" in texte, "52" in texte) == (True, True, False)
    classeur = load_workbook(io.BytesIO(client.get(adresse(dispositif, "bord_xlsx", **choix)).content))
    assert list(classeur["Et après"].values) == [
        ("Et après", "Nombre"), ("Autre projet choisi", 5), ("Projet confirmé", 5),
    ]  # fmt: skip
    rien = client.get(adresse(dispositif, trimestre=2, pour="genre:validation")).content.decode()
    assert ("Trop peu de personnes pour le dire" in rien, "Projet confirmé" in rien) == (True, False)


def test_what_is_told_with_others_is_no_choice_and_says_with_whom(client, dispositif):
    dits = {"genre": {"decouverte": 26}, "secteur": {"batiment": 14, "aide": 6, ("proprete", "commerce"): 6}}
    suites = [[["aide", "commerce", "proprete"], [[["confirme"], 6], [["abandon"], 6]]],
              [["batiment"], [[["confirme"], 7], [["abandon"], 7]]]]  # fmt: skip
    poser(dispositif, 1, chiffres(26, **dits) | {"croises": {"secteur": suites}})
    lu = lectures.bord(dispositif, ANNEE, 1)
    assert [valeur for _titre, valeurs in lu.choix for valeur, _mots in valeurs] == [
        "genre:decouverte", "secteur:batiment", "secteur:aide",
    ]  # fmt: skip
    aide = lectures.bord(dispositif, ANNEE, 1, "secteur:aide").filtre
    assert (aide.n, aide.avec, [une.n for une in aide.suites]) == (6, ["Commerce", "Propreté"], [6, 6])
    assert (
        "réuni avec\u202f: Commerce, Propreté"
        in client.get(adresse(dispositif, pour="secteur:aide")).content.decode()
    )
    for faux in ("secteur:proprete", "secteur:restauration", "duree:1", "suite:confirme", "n’importe", "secteur:"):
        assert lectures.bord(dispositif, ANNEE, 1, faux).filtre is None


def test_the_desk_offers_the_quarters_to_count(client, dispositif):
    client.force_login(fabriques.creer_organisateur(dispositif.consultation))
    accueil = reverse("gestion_immersions:accueil", args=[dispositif.consultation_id])
    assert f"Arrêter le trimestre 4 de {ANNEE}" in client.get(accueil).content.decode()
    vers = reverse("gestion_immersions:trimestre", args=[dispositif.consultation_id])
    page = client.post(vers, {"annee": ANNEE, "numero": 4}, follow=True).content.decode()
    assert ("Ils ne changeront plus" in page, Trimestre.objects.count()) == (True, 4)
    page = client.post(vers, {"annee": ANNEE + 2, "numero": 1}, follow=True).content.decode()
    assert "n’est pas fini" in page
