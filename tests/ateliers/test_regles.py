"""Who may do what in a room."""

import pytest

from ateliers import regles
from consultation import actions as actes

from .fabriques_ateliers import faire_atelier, faire_compte, faire_consultation, faire_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def salle():
    return faire_atelier()


@pytest.mark.parametrize(
    ("role", "attendu"),
    [
        ("organisateur", (True, True, True, True)),
        ("animateur", (True, True, True, False)),
        ("rapporteur", (False, True, True, False)),
        ("editeur", (False, False, False, False)),
        ("", (False, False, False, False)),
    ],
)
def test_a_mandate_opens_its_own_doors(salle, role, attendu):
    compte = faire_compte(salle.consultation, role)
    assert (
        regles.peut_animer(compte, salle),
        regles.peut_rapporter(compte, salle),
        regles.peut_saisir(compte, salle),
        regles.peut_preparer(compte, salle.consultation),
    ) == attendu


def test_a_mandate_for_one_room_stays_in_it(salle):
    autre = faire_atelier(salle.consultation, code="AAAAAA")
    compte = faire_compte(salle.consultation, "animateur", salle.espace)
    assert (regles.peut_animer(compte, salle), regles.peut_animer(compte, autre)) == (True, False)


@pytest.mark.parametrize(
    ("etat", "repetition", "attendu"),
    [
        ("ouverte", False, True),
        ("preparation", False, False),
        ("preparation", True, True),
        ("close", False, False),
        ("close", True, False),
    ],
)
def test_a_room_takes_people_while_its_consultation_does(salle, etat, repetition, attendu):
    personne = faire_participant(salle)
    salle.consultation.etat, salle.repetition = etat, repetition
    assert (regles.est_ouvert(salle), regles.peut_participer(personne, salle)) == (attendu, attendu)


def test_one_takes_part_where_one_is_registered_and_until_erased(salle):
    ailleurs = faire_atelier(faire_consultation(titre="Ailleurs", slug="ailleurs"), code="AAAAAA")
    personne = faire_participant(salle)
    assert (regles.peut_participer(personne, ailleurs), regles.peut_participer(None, salle)) == (False, False)
    actes.effacer_participant(participant=personne)
    assert not salle.consultation.participants.filter(pk=personne.pk).exists()
