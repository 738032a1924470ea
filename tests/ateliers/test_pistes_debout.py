"""N° 1 joined into n° 2, n° 2 into n° 3: every screen says n° 3."""

import pytest

from ateliers import lectures
from ateliers.direct import sections
from ateliers.lectures.tableau import lire_tableau
from ateliers.views.ecrans import les_miennes
from consultation import actions
from consultation import lectures as lectures_consultation
from consultation.erreurs import Refus
from consultation.gestion.exports import feuille_pistes
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


@pytest.fixture
def pistes(espace):
    une, deux, trois = f.creer_pistes(espace, 3)
    actions.regrouper(espace=espace, par=None, pistes=[une], dans=deux)
    actions.regrouper(espace=espace, par=None, pistes=[deux], dans=trois)
    for piste in (une, deux, trois):
        piste.refresh_from_db()
    return une, deux, trois


@pytest.fixture
def mienne(pistes):
    return pistes[0].propositions.get()


def test_the_phone_says_the_piste_that_stands(mienne):
    [lue] = les_miennes([mienne])
    assert lue["mot"].replace("\u00a0", " ") == "Réunie avec d’autres dans la piste n° 3."


def test_an_author_is_told_of_each_piste_down_to_the_one_that_stands(espace, pistes, mienne):
    par_auteur = lectures.pistes_par_auteur(espace.pk)
    assert par_auteur[mienne.auteur_id] == frozenset(piste.pk for piste in pistes)


def test_the_frames_count_all_propositions_under_it(espace, pistes):
    trois = pistes[2]
    seule = {"id": trois.pk, "numero": 3, "texte": trois.texte, "n": 3}
    assert sections.pistes(espace.pk) == {"total": 1, "liste": [seule]}


def test_the_board_holds_one_family(espace, pistes):
    [famille] = lire_tableau(espace).familles
    assert (famille.piste, [p.numero for p in famille.jointes], len(famille.propositions)) == (
        pistes[2],
        [1, 2],
        3,
    )


def test_joining_a_joined_one_names_it(espace, pistes):
    with pytest.raises(Refus) as refus:
        actions.regrouper(espace=espace, par=None, pistes=[pistes[0]], texte="Encore")
    assert refus.value.message == "La piste n°\u00a01 est déjà jointe à la n°\u00a03. Choisissez la n°\u00a03."


def test_the_trail_and_the_export_say_it(espace, pistes, mienne):
    assert lectures_consultation.devenir(mienne).piste == pistes[2]
    _titre, _entetes, lignes = feuille_pistes(espace.consultation)
    assert [(ligne[0], ligne[-1]) for ligne in lignes] == [(1, 3), (2, 3), (3, "")]
