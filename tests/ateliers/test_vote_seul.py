"""What one act alone asks the base, nobody else being there: statements are most of what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ateliers import actions

from .fabriques_salle import faire_participant
from .participant.gestes import Salle

pytestmark = pytest.mark.django_db


def demandes(acte):
    """What an act asks the base, savepoints aside."""
    with CaptureQueriesContext(connection) as faites:
        acte()
    return [q["sql"] for q in faites.captured_queries if "SAVEPOINT" not in q["sql"]]


def test_a_vote_alone_is_ten_statements_and_the_page_after_it_reads_no_proposition():
    salle = Salle("vote", mode="adhesion")
    salle.ouvrir("vote")
    marie, choix = faire_participant(salle.atelier, prenom="Marie"), {salle.pistes[0].pk: 3}
    actions.voter(atelier=salle.atelier, participant=salle.sonia, choix=choix)  # what a process writes once
    salle.voir("?vote=fait")
    dites = demandes(lambda: actions.voter(atelier=salle.atelier, participant=marie, choix=choix))
    assert len(dites) == 10, dites
    vues = demandes(lambda: salle.voir("?vote=fait"))
    assert [sql for sql in vues if 'FROM "consultation_proposition"' in sql] == []
