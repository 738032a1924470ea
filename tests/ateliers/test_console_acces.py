"""Who gets into the facilitator's screens: every URL, for everyone who might try."""

import pytest
from django.urls import reverse

from ateliers import actions
from consultation.models import Mandat
from tests.fabriques import creer_piste, creer_proposition, creer_scrutin

from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes

pytestmark = pytest.mark.django_db
ANIMATEUR, RAPPORTEUR, ORGANISATEUR = Mandat.Role.ANIMATEUR, Mandat.Role.RAPPORTEUR, Mandat.Role.ORGANISATEUR

#: name of the URL -> method, what it names besides the atelier, whether a rapporteur may.
ADRESSES = {
    "console": ("get", (), True),
    "modifier_deroule": ("get", (), False),
    "regroupement": ("get", (), True),
    "saisir_carte": ("post", (), True),
    "bulletins": ("get", ("scrutin",), True),
    "preparer_bulletins": ("post", ("scrutin",), True),
    "tirer_la_parole": ("post", (), False),
    "noter_parole": ("post", (), False),
    "oublier_parole": ("post", ("tour",), False),
    "appliquer_suggestion": ("post", (), True),
    "laisser_suggestion": ("post", (), True),
    "reprendre_suggestion": ("post", (), True),
    "ajouter_etape": ("post", (), False),
    "regrouper": ("post", (), True),
    "semer_orphelines": ("post", (), True),
    "defaire_regroupement": ("post", ("regroupement",), True),
    "changer_piste": ("post", ("piste", "ecarter"), True),
    "agir_etape": ("post", ("etape", "ouvrir"), False),
    "changer_etape": ("post", ("etape", "modifier"), False),
    "relire_proposition": ("post", ("proposition", "afficher"), False),
    "masquer_proposition": ("post", ("proposition",), False),
    "demander_precision": ("get", ("proposition",), False),
    "retirer_precision": ("post", ("proposition",), False),
}


@pytest.fixture
def salle():
    """A workshop with a step, a proposition, a piste and a grouping, and one more workshop beside it."""
    atelier = faire_atelier()
    autre = faire_atelier(atelier.consultation, code="A7P4M2", titre="Accueillir")
    piste = creer_piste(atelier.espace)
    return {
        "atelier": atelier,
        "autre": autre,
        "etape": faire_etapes(atelier)[0].pk,
        "proposition": creer_proposition(atelier.espace).pk,
        "piste": piste.pk,
        "scrutin": creer_scrutin(atelier.espace, [piste]).pk,
        "tour": actions.noter_parole(atelier=atelier, college=atelier.consultation.colleges.first(), par=None).pk,
        "regroupement": piste.regroupements.get().pk,
    }


def demander(client, salle, nom):
    methode, suite, _rapporteur = ADRESSES[nom]
    adresse = reverse(nom, args=[salle["atelier"].pk, *(salle.get(mot, mot) for mot in suite)])
    return getattr(client, methode)(adresse)


@pytest.mark.parametrize("nom", ADRESSES)
def test_someone_without_an_account_is_asked_to_log_in(client, salle, nom):
    reponse = demander(client, salle, nom)
    assert (reponse.status_code, reponse.url.split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("nom", ADRESSES)
def test_a_stranger_is_refused(client, salle, nom):
    client.force_login(faire_compte())
    assert demander(client, salle, nom).status_code == 403


@pytest.mark.parametrize("nom", ADRESSES)
def test_the_facilitator_of_another_workshop_is_refused(client, salle, nom):
    client.force_login(faire_compte(salle["autre"].consultation, ANIMATEUR, salle["autre"].espace))
    assert demander(client, salle, nom).status_code == 403


@pytest.mark.parametrize("nom", ADRESSES)
def test_the_facilitator_gets_in(client, salle, nom):
    client.force_login(faire_compte(salle["atelier"].consultation, ANIMATEUR, salle["atelier"].espace))
    assert demander(client, salle, nom).status_code not in (403, 404, 500)


@pytest.mark.parametrize("nom", ADRESSES)
def test_the_organiser_gets_in(client, salle, nom):
    client.force_login(faire_compte(salle["atelier"].consultation, ORGANISATEUR))
    assert demander(client, salle, nom).status_code not in (403, 404, 500)


@pytest.mark.parametrize("nom", ADRESSES)
def test_the_rapporteur_sees_and_regroups_but_does_not_lead(client, salle, nom):
    client.force_login(faire_compte(salle["atelier"].consultation, RAPPORTEUR, salle["atelier"].espace))
    refuse = demander(client, salle, nom).status_code == 403
    assert refuse is not ADRESSES[nom][2]


def test_an_unknown_workshop_is_not_found(client):
    client.force_login(faire_compte())
    assert client.get("/animer/4040/").status_code == 404


@pytest.mark.parametrize("nom", [nom for nom, (methode, *_reste) in ADRESSES.items() if methode == "post"])
def test_reading_an_act_s_address_does_nothing(client, salle, nom):
    client.force_login(faire_compte(salle["atelier"].consultation, ORGANISATEUR))
    suite = [salle.get(mot, mot) for mot in ADRESSES[nom][1]]
    assert client.get(reverse(nom, args=[salle["atelier"].pk, *suite])).status_code == 405


@pytest.mark.parametrize("nom", ["agir_etape", "relire_proposition", "changer_piste", "defaire_regroupement"])
def test_a_thing_of_another_workshop_is_not_found_here(client, salle, nom):
    client.force_login(faire_compte(salle["atelier"].consultation, ORGANISATEUR))
    suite = [salle.get(mot, mot) for mot in ADRESSES[nom][1]]
    assert client.post(reverse(nom, args=[salle["autre"].pk, *suite])).status_code == 404
