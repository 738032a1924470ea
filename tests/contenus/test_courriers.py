"""Who is told that a page was sent to be read."""

import pytest

from contenus import actions
from tests import fabriques as f
from tests.contenus import fabriques_contenus as fc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


def test_those_who_may_answer_are_told_and_nobody_else(mailoutbox, django_capture_on_commit_callbacks):
    synthese = fc.creer_synthese(titre="Synthèse d’Occitanie")
    rapporteur = f.creer_mandat("rapporteur", synthese.consultation)
    editeur, organisateur = f.creer_editeur(synthese.consultation), f.creer_organisateur(synthese.consultation)
    f.creer_editeur(f.creer_consultation())
    f.creer_compte(is_superuser=True)
    f.creer_editeur(synthese.consultation, f.creer_compte(is_active=False))
    page = actions.faire_page(synthese=synthese, par=rapporteur)
    with django_capture_on_commit_callbacks(execute=True):
        page.get_workflow().start(page, rapporteur)
    recus = [m for m in mailoutbox if "attend votre relecture" in m.subject]
    assert sorted(m.to for m in recus) == sorted([[editeur.email], [organisateur.email]])
    assert f"/gestion/pages/{page.pk}/edit/" in recus[0].body
    assert {m.subject for m in mailoutbox} == {
        "Germoir\u202f: «\u202fSynthèse d’Occitanie\u202f» attend votre relecture"
    }
