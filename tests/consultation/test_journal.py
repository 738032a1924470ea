import ast
import re

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from consultation import actions
from consultation.erreurs import Refus
from consultation.gestion.registre import DETAILS, dire_details, dire_objet
from consultation.gestion.verbes import VERBES
from consultation.models import Journal
from consultation.models.journal import JournalEnAjoutSeul
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_what_when_and_why_with_numbers_only():
    compte, espace = f.creer_compte(), f.creer_espace()
    entree = actions.noter(verbe="essai", objet=espace, compte=compte, details={"n": 1}, motif="x" * 400)
    assert (entree.verbe, entree.objet_type, entree.objet_id) == ("essai", "consultation.espace", espace.pk)
    assert (entree.consultation_id, entree.compte_id, entree.participant_id) == (
        espace.consultation_id,
        compte.pk,
        None,
    )
    assert (entree.details, len(entree.motif)) == ({"n": 1}, 300)


@pytest.mark.parametrize(
    "geste",
    [
        lambda entree: entree.save(),
        lambda entree: entree.delete(),
        lambda entree: Journal.objects.all().delete(),
        lambda entree: Journal.objects.update(verbe="autre"),
    ],
)
def test_an_entry_is_never_changed_nor_deleted_from_the_code(geste):
    entree = actions.noter(verbe="essai")
    with pytest.raises(JournalEnAjoutSeul):
        geste(entree)


def test_an_entry_is_never_changed_in_the_base_either():
    entree = actions.noter(verbe="essai")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("UPDATE consultation_journal SET verbe = 'autre'")
    assert Journal.objects.get(pk=entree.pk).verbe == "essai"


def test_every_act_of_the_house_has_a_plain_sentence():
    sources = "\n".join(
        chemin.read_text(encoding="utf-8")
        for app in ("consultation", "ateliers", "contenus", "site/comptes")
        for chemin in (settings.RACINE / app).rglob("*.py")
    )
    ecrits = set(re.findall(r'verbe(?:=|": )"(\w+)"', sources))
    assert len(ecrits) > 30
    assert sorted(ecrits - set(VERBES)) == []


def cles_ecrites():
    """The names of the details that acts note, read in their sources: `details={…}` and `details = {…}`."""
    for app in ("consultation", "ateliers", "contenus", "site/comptes"):
        for chemin in (settings.RACINE / app).rglob("*.py"):
            for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8"))):
                nommes = [getattr(cible, "id", "") for cible in getattr(noeud, "targets", ())]
                if getattr(noeud, "arg", "") == "details" or "details" in nommes:
                    valeur = getattr(noeud, "value", None)
                    yield from (cle.value for cle in getattr(valeur, "keys", ()) if isinstance(cle, ast.Constant))


def test_every_detail_of_an_act_has_a_name_that_people_read():
    ecrites = set(cles_ecrites())
    assert len(ecrites) > 30
    assert sorted(ecrites - set(DETAILS)) == []


@pytest.mark.parametrize(
    ("objet", "details", "dits"),
    [
        ("ateliers.etape", {"nature": "ideation", "champs": ["duree", "consigne"]},
         ("étape n° 7", "sorte : Proposer ; champs : durée, en minutes, consigne")),
        ("contenus.seminairepage", {"avant": "publiee", "liste_close": True},
         ("page de séminaire n° 7", "avant : publiée ; vote gardé à ceux qui étaient là : oui")),
        ("consultation.consultation",
         {"changes": [["lieu", "", "Pontoise"], ["acces", "code", "ouverte"], ["chapeau", None, None]]},
         ("consultation n° 7", "ce qui change : lieu (rien → pontoise), qui peut entrer "
          "(avec le code de l’atelier → ouverte), présentation")),
        ("ateliers.deroulegarde", {}, ("déroulé gardé n° 7", "")),
        ("ancienne.chose", {"sorte": "resultats"}, ("élément n° 7", "quoi : résultats")),
    ],
)  # fmt: skip
def test_the_journal_says_in_words_what_is_kept_as_words_of_the_code(objet, details, dits):
    entree = Journal(objet_type=objet, objet_id=7, details=details)
    assert (dire_objet(entree), dire_details(entree).lower()) == (dits[0], dits[1].lower())


def test_each_act_writes_one_entry_and_a_refused_one_writes_none():
    espace = f.creer_espace()
    personne = f.creer_participant(espace.consultation)
    avant = Journal.objects.count()
    proposition = f.creer_proposition(espace, participant=personne)
    with pytest.raises(Refus):
        f.creer_proposition(espace, texte="   ", participant=personne)
    [entree] = Journal.objects.all()[: Journal.objects.count() - avant]
    assert (entree.verbe, entree.objet_id, entree.participant_id) == (
        "deposer_proposition",
        proposition.pk,
        personne.pk,
    )


def test_the_journal_of_a_vote_does_not_say_what_was_chosen():
    scrutin = f.creer_scrutin(f.creer_espace())
    f.faire_voter(scrutin, "salaries", 1, {scrutin.pistes.first(): 2})
    entree = Journal.objects.get(verbe="voter")
    assert (entree.objet_id, entree.details) == (scrutin.pk, {})
