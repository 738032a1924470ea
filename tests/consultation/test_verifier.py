from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from consultation import actions
from consultation.models import Bulletin, Decompte, Journal, Piste, Proposition, Voix
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def verifier(*arguments):
    sortie = StringIO()
    try:
        call_command("verifier", *arguments, stdout=sortie)
    except CommandError as erreur:
        return erreur.returncode, sortie.getvalue().splitlines()
    return 0, sortie.getvalue().splitlines()


@pytest.fixture
def scrutin():
    scrutin = f.creer_scrutin(f.creer_espace())
    f.faire_voter(scrutin, "salaries", 3, {scrutin.pistes.first(): 2})
    return scrutin


def test_a_healthy_base_is_said_to_be(scrutin):
    assert verifier() == (0, ["Tout concorde : 1 consultation(s)."])


def test_a_wrong_tally_is_shown_then_corrected_and_journaled(scrutin):
    Decompte.objects.filter(scrutin=scrutin).update(votants=7)
    piste, college = scrutin.pistes.first(), f.college(scrutin.consultation)
    ligne = (
        f"{scrutin.consultation.slug} : scrutin {scrutin.pk}, piste {piste.pk}, collège {college.pk}, valeur 2 :"
        " 7 au décompte, 3 d’après les voix"
    )
    assert verifier() == (1, [ligne])
    assert verifier("--corriger", scrutin.consultation.slug)[0] == 0
    assert verifier()[0] == 0
    assert Journal.objects.filter(verbe="corriger_decompte", objet_id=scrutin.pk).count() == 1


def test_each_thing_that_cannot_be_is_found(scrutin):
    une, deux = Piste.objects.order_by("numero")
    Piste.objects.filter(pk=une.pk).update(fusionnee_dans=deux, numero=9)
    Piste.objects.filter(pk=deux.pk).update(fusionnee_dans=une)
    Proposition.objects.filter(piste=deux).update(piste=None)
    Bulletin.objects.first().delete()
    Voix.objects.filter(pk=Voix.objects.last().pk).update(valeur=9)
    code, lignes = verifier()
    texte = "\n".join(lignes)
    assert code == 1
    for attendu in (
        "jointes en rond",
        "n° 1 manque",
        "n’a pas de bulletin",
        "a posé 9 sur 3",
        "les regroupements disent",
    ):
        assert attendu in texte


def test_only_the_consultations_named_are_looked_at(scrutin):
    Decompte.objects.update(votants=7)
    assert verifier(f.creer_consultation().slug)[0] == 0


def test_a_piste_set_aside_with_its_votes_still_agrees(scrutin):
    actions.ecarter_piste(piste=scrutin.pistes.first(), par=None)
    assert verifier()[0] == 0


def test_a_base_that_is_not_sound_is_said(scrutin):
    """What SQLite itself would say: a row that leads nowhere, a value that its table refuses."""
    with connection.cursor() as curseur:
        curseur.execute("PRAGMA ignore_check_constraints=ON")
        Decompte.objects.filter(scrutin=scrutin).update(votants=-1)
        curseur.execute("PRAGMA ignore_check_constraints=OFF")
    Voix.objects.filter(pk=Voix.objects.last().pk).update(piste_id=99_999)
    code, lignes = verifier()
    assert code == 1
    assert "base : CHECK constraint failed in consultation_decompte" in lignes
    derniere = Voix.objects.last().pk
    renvoi = f"la ligne {derniere} de consultation_voix renvoie à une ligne de consultation_piste qui n’existe pas"
    assert f"base : {renvoi}" in lignes
    Voix.objects.filter(pk=derniere).delete()
