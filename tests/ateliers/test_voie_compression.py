"""What the lane compresses once for many: whoever reads it has every byte, and no length tells of anyone."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ateliers.direct import reserve
from ateliers.direct.cadres import PARTICIPANTS
from ateliers.voie.compression import assembler, comprimer, degonfler, stocker

from .fabriques_salle import faire_participant
from .salle_rapide import SECRET, monter, sans_ce_qui_change

__all__ = ["monter"]


@given(st.lists(st.tuples(st.binary(max_size=400), st.booleans())))
def test_pieces_put_together_are_read_whole_by_everyone(pieces):
    clair = b"".join(piece for piece, _souvent in pieces)
    faites = [degonfler(piece) if souvent else stocker(piece) for piece, souvent in pieces]
    assert gzip.decompress(assembler(clair, faites)) == clair
    assert gzip.decompress(comprimer(clair)) == clair


@pytest.mark.parametrize("taille", [0, 1, 65_535, 65_536, 200_000])
def test_what_is_stored_may_be_long(taille):
    clair = b"x" * taille
    assert gzip.decompress(assembler(clair, [stocker(clair)])) == clair


def test_what_is_made_for_one_person_has_no_length_of_its_own():
    assert len({len(comprimer(b"<p>someone's own page")) for _fois in range(60)}) > 10


def serrer(salle, qui, secret=SECRET):
    return salle.page(cookies=salle.cookies(qui, csrftoken=secret), **{"accept-encoding": "gzip"})


@pytest.mark.usefixtures("base_partagee")
class TestSalle:
    def test_a_page_s_length_does_not_tell_how_alike_a_secret_and_the_page_are(self, monter):
        """Whatever the name repeats of the page, or of nothing, as many letters weigh as much."""
        salle = monter("accueil")
        noms = ["formulairesformulaires", "qzjxkvwyqzjxkvwyqzjxkv", "csrfmiddlewaretokenval"]
        gens = [faire_participant(salle.atelier, prenom=nom) for nom in noms]
        lues = [serrer(salle, qui, secret) for qui in gens for secret in (SECRET, "z" * 32)]
        assert len({len(lue.corps) for lue in lues}) == 1
        assert all(nom in gzip.decompress(lue.corps).decode() for nom, lue in zip(noms, lues[::2], strict=True))

    def test_a_name_of_any_letters_is_read_as_it_is_without_compression(self, monter):
        salle = monter("accueil")
        nue, serree = salle.page(), serrer(salle, salle.sonia)
        assert sans_ce_qui_change(gzip.decompress(serree.corps).decode()) == sans_ce_qui_change(nue.texte)

    def test_a_state_is_deflated_once_for_all_and_anew_when_the_room_moves(self, monter):
        salle = monter("accueil", "vote")
        salle.ouvrir("vote")
        demande = ("GET", f"/a/{salle.atelier.code}/etat.json", b"", {"accept-encoding": "gzip"})
        (lue,) = salle.demander(demande)
        salle.atelier.refresh_from_db()
        quoi, sequence = (PARTICIPANTS, "degonfle"), salle.atelier.sequence
        assert reserve.garde(salle.atelier.pk, quoi, sequence) in lue.corps
        reserve.garder(salle.atelier.pk, quoi, sequence, degonfler(b"kept"))
        assert degonfler(b"kept") in salle.demander(demande)[0].corps
        salle.ouvrir("accueil")
        (suite,) = salle.demander(demande)
        assert b'"nature":"accueil"' in gzip.decompress(suite.corps)
