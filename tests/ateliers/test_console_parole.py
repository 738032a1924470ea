import pytest
from django.utils import timezone

from ateliers.lectures.parole import combien_manque, lire_parole
from ateliers.models import Place
from consultation.models import Bulletin, Scrutin
from tests.fabriques import creer_consultation, creer_participant, creer_proposition

from .fabriques_ateliers import faire_atelier

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("n", "sur", "but", "manque"),
    [(6, 37, 20, 2), (0, 10, 20, 3), (2, 10, 20, 0), (5, 10, 20, 0), (0, 0, 20, 0), (0, 1, 50, 1), (1, 3, 100, 0)],
)
def test_how_many_more_words_bring_a_college_to_its_share(n, sur, but, manque):
    assert combien_manque(n, sur, but) == manque
    if manque and sur:
        assert 100 * (n + manque) >= but * (sur + manque) > 100 * (n + manque - 1) - but


@pytest.fixture
def atelier():
    return faire_atelier(creer_consultation())


def asseoir(atelier, signe, n=1):
    gens = [creer_participant(atelier.consultation, signe) for _ in range(n)]
    for personne in gens:
        Place.objects.create(atelier=atelier, participant=personne, entre_le=timezone.now())
    return gens


def test_it_counts_who_is_there_who_wrote_and_what_waits(atelier):
    salaries, permanents = asseoir(atelier, "salaries", 2), asseoir(atelier, "permanents", 2)
    creer_participant(atelier.consultation, "salaries")  # registered elsewhere, not in the room
    creer_proposition(atelier.espace, participant=permanents[0])
    creer_proposition(atelier.espace, participant=permanents[0])
    creer_proposition(atelier.espace, "court", participant=salaries[0])
    parole = lire_parole(atelier)
    lues = {v.college.signe: (v.presents, v.ont_ecrit, v.propositions) for v in parole.voix}
    assert lues == {
        "salaries": (2, 1, 1),
        "permanents": (2, 1, 2),
        "administrateurs": (0, 0, 0),
        "partenaires": (0, 0, 0),
    }
    assert (parole.presents, parole.ont_ecrit, parole.pas_encore) == (4, 2, 2)
    assert (parole.affichees, parole.a_relire, parole.ecartees) == (2, 1, 0)


def test_the_share_of_a_college_with_a_target_is_told_with_what_is_missing(atelier):
    salaries, permanents = asseoir(atelier, "salaries"), asseoir(atelier, "permanents", 3)
    for personne in permanents * 2:
        creer_proposition(atelier.espace, participant=personne)
    creer_proposition(atelier.espace, participant=salaries[0])
    (mixite,) = lire_parole(atelier).mixite
    assert (mixite.college.signe, mixite.part_salle, mixite.part_propositions, mixite.but, mixite.manque) == (
        "salaries",
        25,
        14,
        20,
        1,
    )


def test_during_a_vote_it_counts_voters_by_college(atelier):
    gens = asseoir(atelier, "permanents", 3)
    scrutin = Scrutin.objects.create(consultation=atelier.consultation, espace=atelier.espace, titre="Vote")
    for personne in gens[:2]:
        Bulletin.objects.create(scrutin=scrutin, participant=personne, college=personne.college)
    parole = lire_parole(atelier, scrutin=scrutin)
    assert {v.college.signe: v.votants for v in parole.voix}["permanents"] == 2
    assert (parole.votants, parole.pas_vote) == (2, 1)


def test_an_empty_room_has_no_share_and_misses_nothing(atelier):
    (mixite,) = lire_parole(atelier).mixite
    assert (mixite.part_salle, mixite.part_propositions, mixite.manque) == (None, None, 0)
