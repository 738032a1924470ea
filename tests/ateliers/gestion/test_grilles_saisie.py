"""Paper sheets keyed in at the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultation import actions
from consultation.models import CopieGrille, Grille, Journal, Mandat
from tests import fabriques as f
from tests.consultation.test_grilles import TROIS, contenu
from tests.consultation.test_questions import question, simples

pytestmark = pytest.mark.django_db


@pytest.fixture
def grille():
    grille = actions.creer_grille(
        consultation=f.creer_consultation(), titre="Mon parcours", contenu=contenu(*TROIS), par=None
    )
    actions.mettre_en_ligne(grille=grille, par=None)
    grille.refresh_from_db()
    return grille


@pytest.fixture
def table(client, grille):
    """The desk of someone who leads a room: entrusted with something, organiser of nothing."""
    animateur = f.creer_compte()
    actions.confier(compte=animateur, role=Mandat.Role.ANIMATEUR, consultation=grille.consultation, par=None)
    client.force_login(animateur)
    return client


def adresse(grille, nom="grille_saisir", *args):
    return reverse(f"gestion_ateliers:{nom}", args=[grille.consultation_id, grille.pk, *args])


def colleges(grille):
    return list(grille.consultation.colleges.order_by("ordre"))


def copies():
    return list(CopieGrille.objects.order_by("pk").values_list("valeurs", "origine", "version__numero"))


def test_a_sheet_is_typed_kept_with_its_origin_and_shown_in_words(table, grille):
    page = table.get(adresse(grille))
    assert page.context["reperes"][:2] == [
        (
            "0",
            "Vous êtes",
            [("a", "Salariés en parcours"), ("b", "Permanents"), ("c", "Administrateurs"), ("d", "Partenaires")],
        ),
        ("1", "Question accueil ?", [("a", "Jamais"), ("b", "Parfois"), ("c", "Souvent")]),
    ]
    saisie = {"saisie": "0b 1c 2a\n3 1 200\n4 Le bus\npasse trop tard", "cle": page.context["form"]["cle"].value()}
    assert [table.post(adresse(grille), saisie).status_code for _deux_fois in range(2)] == [302, 302]
    valeurs = {
        "accueil": {"": "souvent"},
        "formation": {"": "oui"},
        "heures": {"": "1200"},
        "aide": {"": "Le bus\npasse trop tard"},
    }
    assert copies() == [(valeurs, "papier", 1)]
    assert CopieGrille.objects.get().college == colleges(grille)[1]
    relue = table.get(adresse(grille))
    assert relue.context["dernieres"][0][1] == [
        ("Question accueil ?", "Souvent"),
        ("Question formation ?", "Oui"),
        ("Question heures ?", "1200"),
        ("Question aide ?", "Le bus\npasse trop tard"),
    ]
    assert "Lire les réponses" not in relue.content.decode()


def test_a_sheet_that_is_not_clear_leaves_nothing_and_keeps_what_was_typed(table, grille):
    reponse = table.post(adresse(grille), {"saisie": "0a 1c\n2z", "cle": "f1"})
    assert (reponse.status_code, copies()) == (422, [])
    (dit,) = reponse.context["form"].errors["saisie"]
    assert simples(dit) == "Ligne 2 : après 2, tapez une lettre de a à b."
    assert "0a 1c\n2z" in reponse.content.decode()


def test_a_sheet_keeps_the_version_it_was_printed_from(table, grille):
    actions.ecrire_grille(grille=grille, contenu=contenu(question("neuve")), par=None)
    actions.mettre_en_ligne(grille=grille, par=None)
    table.post(f"{adresse(grille)}?version=1", {"saisie": "0a 1c", "cle": "f1"})
    table.post(adresse(grille), {"saisie": "0a\n1 Oui", "cle": "f2"})
    assert copies() == [({"accueil": {"": "souvent"}}, "papier", 1), ({"neuve": {"": "Oui"}}, "papier", 2)]
    assert table.get(f"{adresse(grille)}?version=3").status_code == 404


def test_a_closed_grille_takes_sheets_until_its_answers_are_counted(table, grille):
    actions.clore_grille(grille=grille, par=None)
    assert table.post(adresse(grille), {"saisie": "0a 1b", "cle": "f0"}).status_code == 302
    Grille.objects.update(close_le=timezone.now() - timedelta(minutes=2))
    actions.compter_grille(grille=grille, par=None)
    reponse = table.post(adresse(grille), {"saisie": "0a 1c", "cle": "f1"})
    assert (reponse.status_code, copies()) == (409, [({"accueil": {"": "parfois"}}, "papier", 1)])
    assert "0a 1c" in reponse.content.decode()


def test_a_sheet_typed_by_mistake_is_taken_back_and_a_phone_s_answers_are_not(table, grille):
    table.post(adresse(grille), {"saisie": "0a 1c", "cle": "f1"})
    qui = f.creer_participant(grille.consultation)
    telephone = actions.commencer_grille(grille=grille, participant=qui)
    feuille = CopieGrille.objects.get(origine="papier")
    assert table.post(adresse(grille, "grille_feuille_retirer", telephone.pk)).status_code == 404
    assert table.post(adresse(grille, "grille_feuille_retirer", feuille.pk)).status_code == 302
    assert list(CopieGrille.objects.all()) == [telephone]
    assert Journal.objects.filter(verbe="effacer_copie").count() == 1


def test_checking_the_last_sheets_costs_the_same_for_one_and_for_many(table, grille):
    comptes = []
    for n in range(4):
        table.post(adresse(grille), {"saisie": "0a 1c 2b", "cle": f"f{n}"})
        with CaptureQueriesContext(connection) as requetes:
            assert len(table.get(adresse(grille)).context["dernieres"]) == n + 1
        comptes.append(len(requetes))
    assert len(set(comptes[1:])) == 1
