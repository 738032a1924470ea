"""The desk of the answers: the list, the form that decides, corrects and withdraws."""

from datetime import date

import pytest

from consultation.gestion.exports import feuille_reponses
from consultation.models import Suite
from tests.fabriques import creer_editeur, creer_espace, creer_mandat, creer_piste, registre

from .gestes import adresse

pytestmark = pytest.mark.django_db
SAISIE = {
    "etat": "confiee",
    "le": "14/10/2026",
    "decidee_par": "le conseil régional",
    "confiee_a": "la ville",
    "raison": "Elle tient les bus.",
    "nouvelle_le": "",
    "document": "",
}


@pytest.fixture
def bureau(pupitre):
    consultation, client = pupitre
    return consultation, client, creer_piste(creer_espace(consultation=consultation), "Apprendre en binôme")


def test_an_answer_is_given_corrected_and_withdrawn_from_the_desk(bureau):
    consultation, client, piste = bureau
    client.post(adresse("suite_decider", consultation, piste.pk), SAISIE)
    suite = Suite.objects.get()
    assert (suite.etat, suite.le, suite.confiee_a) == ("confiee", date(2026, 10, 14), "la ville")
    correction = adresse("suite_corriger", consultation, suite.pk)
    assert "Elle tient les bus." in client.get(correction).content.decode()
    client.post(correction, {**SAISIE, "etat": "retenue"})
    neuve = Suite.objects.get(corrige=suite)
    Suite.objects.create(piste=creer_piste(creer_espace(), "Ailleurs"), etat="retenue", le=date(2026, 10, 14))
    assert [ligne[1] for ligne in feuille_reponses(consultation)[2]] == [neuve.get_etat_display()]  # as taken away
    client.post(adresse("suite_retirer", consultation, neuve.pk), {"motif": "Pas la bonne piste."})
    assert feuille_reponses(consultation)[2] == []
    page = client.get(adresse("suite_decider", consultation, piste.pk)).content.decode()
    assert [mot in page for mot in ("Corrigée le", "Pas la bonne piste.", ">Corriger<")] == [True, True, False]
    assert registre(consultation)[-3:] == ["decider_suite", "corriger_suite", "retirer_suite"]


def test_what_is_refused_comes_back_with_what_was_typed(bureau):
    consultation, client, piste = bureau
    reponse = client.post(adresse("suite_decider", consultation, piste.pk), {**SAISIE, "confiee_a": ""})
    page = reponse.content.decode()
    assert (reponse.status_code, Suite.objects.count()) == (422, 0)
    assert ("Dites à qui cette piste est confiée." in page, "Elle tient les bus." in page) == (True, True)


def test_the_list_says_which_wait_and_filters_them(bureau):
    consultation, client, piste = bureau
    autre = creer_piste(piste.espace, "Un vestiaire pour chacun")
    client.post(adresse("suite_decider", consultation, piste.pk), SAISIE)
    for reponse, attendues in (("", [True, True]), ("sans", [False, True]), ("confiee", [True, False])):
        page = client.get(adresse("suites", consultation), {"reponse": reponse}).content.decode()
        assert [p.texte in page for p in (piste, autre)] == attendues, reponse


def test_editors_answer_and_rapporteurs_do_not(bureau):
    consultation, client, piste = bureau
    for compte, statut in ((creer_editeur(consultation), 200), (creer_mandat("rapporteur", consultation), 403)):
        client.force_login(compte)
        assert client.get(adresse("suite_decider", consultation, piste.pk)).status_code == statut
