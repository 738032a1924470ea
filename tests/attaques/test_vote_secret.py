"""Someone holds the whole database of a secret ballot, and a copy of it taken after each vote."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from django.db import connection, transaction
from django.utils import timezone

from ateliers.formulaires import VoteEnvoye
from consultation import actions
from consultation.decomptes.scelles import urne_de
from consultation.models import UrneScellee
from tests import fabriques as f

pytestmark = pytest.mark.django_db
CLE = "0123456789abcdef"
HEURE = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)
URNE = UrneScellee._meta.db_table


def copie_de_la_base():
    """Every row of every table as it is stored, in the order in which the base gives them: {table: [row]}.

    Of what is sealed, only the length: whoever has the base has not the key of the site.
    """
    lue = {}
    with connection.cursor() as curseur:
        for table in sorted(connection.introspection.table_names(curseur)):
            curseur.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            lue[table] = curseur.fetchall()
    lue[URNE] = [[len(case) if isinstance(case, str) else case for case in ligne] for ligne in lue[URNE]]
    return lue


@pytest.fixture
def scrutin():
    espace = f.creer_espace()
    return f.creer_scrutin(espace, f.creer_pistes(espace, 2), secret=True)


@pytest.fixture
def votants(scrutin):
    return f.creer_participants(scrutin.consultation, 4)


def se_passer(monkeypatch, scrutin, gens, choix, clore=False):
    """Each votes in turn for the piste of their rank in `choix`; then nothing of it has happened.

    Return the copies of the base, one after each, and what the box held. The clock is ours: two runs differ by
    what was chosen and by nothing else.
    """
    secondes = iter(range(10_000))
    monkeypatch.setattr(timezone, "now", lambda: HEURE + timedelta(seconds=next(secondes)))
    pistes = list(scrutin.pistes.order_by("numero"))
    copies, urne = [], None
    with transaction.atomic():
        for personne, rang in zip(gens, choix, strict=True):
            actions.voter(scrutin=scrutin, participant=personne, choix={pistes[rang].pk: 3}, cle=CLE)
            copies.append(copie_de_la_base())
        urne = urne_de(scrutin)
        if clore:
            actions.clore_scrutin(scrutin=scrutin, par=None)
            copies.append(copie_de_la_base())
        transaction.set_rollback(True)
    return copies, urne


def test_whoever_chose_what_it_is_the_same_database_after_each_vote(monkeypatch, scrutin, votants):
    mondes = [se_passer(monkeypatch, scrutin, votants, choix) for choix in set(permutations([0, 0, 1, 1]))]
    copies, urne = mondes[0]
    assert all(monde == (copies, urne) for monde in mondes[1:])
    assert [copie[URNE] for copie in copies] == [copies[0][URNE]] * 4  # no longer when it holds more


def test_it_is_even_when_what_was_chosen_differs_in_all(monkeypatch, scrutin, votants):
    unanimes = se_passer(monkeypatch, scrutin, votants, [0] * 4)
    partages = se_passer(monkeypatch, scrutin, votants, [0, 1, 1, 1])
    assert unanimes[0] == partages[0]
    assert unanimes[1] != partages[1]


def test_once_closed_the_database_holds_what_is_published_and_nothing_more(monkeypatch, scrutin, votants):
    """The one partner chose, once the first piste, once the second; the same totals, and the same base."""
    gens = [*votants, *f.creer_participants(scrutin.consultation, 6, "permanents")]
    gens.append(f.creer_participant(scrutin.consultation, "partenaires"))
    un = se_passer(monkeypatch, scrutin, gens, [0, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0], clore=True)
    autre = se_passer(monkeypatch, scrutin, gens, [0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1], clore=True)
    assert un[1] != autre[1]
    assert un[0][-1] == autre[0][-1]
    assert un[0][-1][URNE] == []


def test_the_key_of_the_form_which_is_made_of_what_it_holds_is_stored_nowhere(scrutin, votants):
    piste = scrutin.pistes.first()
    envoye = VoteEnvoye.lire({"cle": CLE, f"piste-{piste.pk}": "2"})
    envoi = {"scrutin": scrutin, "participant": votants[0], "choix": envoye.choix, "cle": envoye.cle}
    actions.voter(**envoi)
    base = repr(copie_de_la_base())
    assert [morceau in base for morceau in (CLE, envoye.cle, envoye.cle.partition(":")[2])] == [False] * 3
    assert actions.deja_recu(scrutin_id=scrutin.pk, **{k: v for k, v in envoi.items() if k != "scrutin"})
