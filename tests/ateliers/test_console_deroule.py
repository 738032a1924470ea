"""Changing the déroulé from its page, and the list of one's workshops."""

import pytest
from django.urls import reverse

from ateliers import actions
from ateliers.models import Etape
from consultation.models import Mandat
from tests.fabriques import creer_consultation

from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes

pytestmark = pytest.mark.django_db


@pytest.fixture
def atelier():
    return faire_atelier(creer_consultation())


@pytest.fixture
def animatrice(client, atelier):
    compte = faire_compte(atelier.consultation, Mandat.Role.ANIMATEUR, atelier.espace)
    client.force_login(compte)
    return compte


def changer(client, etape, acte, **champs):
    return client.post(reverse("changer_etape", args=[etape.atelier_id, etape.pk, acte]), champs)


def titres(atelier):
    return list(atelier.etapes.values_list("titre", flat=True))


def test_a_step_is_added_at_the_end(client, atelier, animatrice):
    faire_etapes(atelier, "ideation")
    champs = {"nature": "ideation", "titre": "Chercher des critères", "duree": "12", "consigne": "Un à la fois."}
    champs |= {"proposition_nature": "critere", "tables": "8"}
    assert client.post(reverse("ajouter_etape", args=[atelier.pk]), champs).status_code == 302
    derniere = atelier.etapes.last()
    assert (derniere.titre, derniere.duree, derniere.consigne, derniere.proposition_nature, derniere.tables) == (
        "Chercher des critères",
        12,
        "Un à la fois.",
        "critere",
        8,
    )


def test_tables_may_begin_or_stop_writing_while_the_step_is_open(client, atelier, animatrice):
    etape, _vote = faire_etapes(atelier, "ideation", "vote")
    actions.ouvrir_etape(etape=etape, par=None)
    page = client.get(reverse("modifier_deroule", args=[atelier.pk]), {"ouvert": f"etape-{etape.pk}"}).text
    assert page.count('name="tables"') == 2  # that step, and the one to add: not the vote
    mots = {"titre": etape.titre, "consigne": etape.consigne, "duree": etape.duree}
    assert changer(client, etape, "modifier", **mots, tables="6").status_code == 302
    assert "6 tables écrivent" in client.get(reverse("console", args=[atelier.pk])).text
    assert changer(client, etape, "modifier", **mots, tables="61").status_code == 422
    etape.refresh_from_db()
    assert etape.tables == 6


@pytest.mark.parametrize(
    "champs",
    [
        {"duree": "0"},
        {"duree": "beaucoup"},
        {"titre": ""},
        {"nature": "danse"},
        {"consigne": "Une. Deux. Trois."},
    ],
)
def test_what_cannot_be_added_is_given_back_as_typed(client, atelier, animatrice, champs):
    champs = {"nature": "pause", "titre": "Thé & café", "duree": "10", "consigne": "", **champs}
    reponse = client.post(reverse("ajouter_etape", args=[atelier.pk]), champs)
    assert (reponse.status_code, atelier.etapes.count()) == (422, 0)
    assert 'id="refus"' in reponse.content.decode()
    assert reponse.context["saisie"]["titre"] == champs["titre"]


def test_a_step_to_come_is_reworded_moved_and_removed(client, atelier, animatrice):
    premiere, seconde = faire_etapes(atelier, "ideation", "vote")
    changer(client, seconde, "modifier", titre="Choisir", duree="5", consigne="")
    changer(client, seconde, "monter")
    assert titres(atelier) == ["Choisir", "Proposer"]
    changer(client, seconde, "descendre")
    assert titres(atelier) == ["Proposer", "Choisir"]
    changer(client, premiere, "retirer")
    assert titres(atelier) == ["Choisir"]


def test_a_step_that_has_begun_only_changes_its_words(client, atelier, animatrice):
    (etape,) = faire_etapes(atelier, "ideation")
    actions.ouvrir_etape(etape=etape, par=None)
    changer(client, etape, "modifier", titre="Écrire", duree="99", consigne="Une idée à la fois.")
    etape = Etape.objects.get(pk=etape.pk)
    assert (etape.titre, etape.consigne, etape.duree) == ("Écrire", "Une idée à la fois.", 10)
    reponse = changer(client, etape, "retirer")
    assert (reponse.status_code, atelier.etapes.count()) == (409, 1)


def test_my_workshops_are_listed_by_consultation_and_half_day(client, atelier, animatrice):
    faire_etapes(atelier, "ideation")
    ailleurs = faire_atelier(creer_consultation(), code="X9P4M2", titre="Ailleurs")
    reponse = client.get("/animer/")
    ((consultation, ((temps, cartes),)),) = reponse.context["consultations"]
    assert (consultation, temps, [(c.atelier, c.role) for c in cartes]) == (
        atelier.consultation,
        atelier.temps,
        [(atelier, "Animateur")],
    )
    html = reponse.content.decode()
    assert reverse("console", args=[atelier.pk]) in html
    assert reverse("projection", args=[atelier.code]) in html
    assert ailleurs.titre not in html


def test_someone_with_no_workshop_is_told_so(client):
    client.force_login(faire_compte())
    assert "Aucun atelier ne vous est confié" in client.get("/animer/").content.decode()


def test_an_organiser_finds_the_way_to_prepare(client, atelier):
    client.force_login(faire_compte(atelier.consultation, Mandat.Role.ORGANISATEUR))
    assert reverse("wagtailadmin_home") in client.get("/animer/").content.decode()


def test_its_queries_do_not_grow_with_the_number_of_workshops(client, atelier, django_assert_num_queries):
    client.force_login(faire_compte(atelier.consultation, Mandat.Role.ORGANISATEUR))
    client.get("/animer/")
    with django_assert_num_queries(6):
        client.get("/animer/")
    for rang in range(8):
        faire_etapes(faire_atelier(atelier.consultation, code=f"R{rang}P4M2", titre=f"Atelier {rang}"))
    with django_assert_num_queries(6):
        client.get("/animer/")
