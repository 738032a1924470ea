"""The list and the desk may say who agreed to be quoted; what someone answered, a list does not change."""

import pytest

from ateliers.inscriptions.actions import corriger_inscription, importer_inscriptions
from ateliers.inscriptions.lignes import lire_liste
from consultation import actions
from consultation.models import Participant

from .fabriques_inscriptions import en_csv, seminaire
from .test_inscriptions_actions import erreurs, ligne

pytestmark = pytest.mark.django_db


def test_a_column_says_yes_no_or_nothing():
    consultation, par, _ateliers = seminaire()
    lignes = lire_liste(
        en_csv([["Prénom", "Collège", "Accord"], *([nom, "Permanents", mot] for nom, mot in ACCORDS)])
    ).lignes
    importer_inscriptions(consultation=consultation, lignes=lignes, par=par)
    assert dict(Participant.objects.values_list("prenom", "accord_publication")) == {
        "Amina": True,
        "Karim": False,
        "Zoé": None,
    }


ACCORDS = [("Amina", "Oui"), ("Karim", "NON"), ("Zoé", "")]


def test_a_word_that_is_neither_is_refused_with_what_to_write():
    consultation, _par, _ateliers = seminaire()
    (erreur,) = erreurs(consultation, ligne(accord="peut-être"))
    assert "« peut-être »" in erreur.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_list_answers_for_those_nobody_asked_and_for_nobody_else():
    consultation, par, _ateliers = seminaire()
    importer_inscriptions(consultation=consultation, lignes=[ligne()], par=par)
    importer_inscriptions(consultation=consultation, lignes=[ligne(accord="oui")], par=par)
    amina = Participant.objects.get()
    assert amina.accord_publication is True
    actions.consentir(participant=amina, accord=False)
    importer_inscriptions(consultation=consultation, lignes=[ligne(accord="oui")], par=par)
    amina.refresh_from_db()
    assert amina.accord_publication is False


def test_the_desk_writes_what_someone_said_at_the_counter():
    consultation, par, _ateliers = seminaire()
    importer_inscriptions(consultation=consultation, lignes=[ligne()], par=par)
    corriger_inscription(participant=Participant.objects.get(), par=par, accord_publication=True)
    assert Participant.objects.get().accord_publication is True
