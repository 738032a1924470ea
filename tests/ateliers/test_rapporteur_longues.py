"""The rapporteur's desk of a long workshop: a page weighs what it shows, and what is looked for is found."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ateliers.lectures.bureau import CITABLES, FICHES, ORPHELINES, PAROLES
from consultation import actions
from consultation.models import Axe, Piste, Proposition
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace(client):
    espace = f.creer_espace()
    client.force_login(f.creer_rapporteur(espace))
    return espace


def faire_pistes(espace, n, debut=1):
    return Piste.objects.bulk_create(
        Piste(consultation=espace.consultation, espace=espace, numero=numero, texte=f"Piste numéro {numero}.")
        for numero in range(debut, debut + n)
    )


def dire(espace, n, piste=None):
    college = f.college(espace.consultation)
    commun = {"consultation": espace.consultation, "espace": espace, "college": college, "piste": piste}
    Proposition.objects.bulk_create(Proposition(**commun, texte=f"Parole {rang}.") for rang in range(n))
    return college


def montrees(page):
    return [int(n) for n in re.findall(r'id="piste-(\d+)"', page.text)]


def lire(client, espace, suite=""):
    return client.get(reverse("rapporter_pistes", args=[espace.pk]) + suite)


def peser(client, adresse):
    client.get(adresse)
    with CaptureQueriesContext(connection) as lues:
        page = client.get(adresse)
    assert page.status_code == 200
    return len(lues), page.text.count("<")


def test_a_page_of_pistes_weighs_the_same_in_a_workshop_three_times_longer(client, espace):
    adresse = reverse("rapporter_pistes", args=[espace.pk]) + "?pp=2"
    dire(espace, 30, faire_pistes(espace, 50)[25])
    petite = peser(client, adresse)
    dire(espace, 90, faire_pistes(espace, 100, debut=51)[0])
    assert peser(client, adresse) == petite
    assert len(montrees(client.get(adresse))) == FICHES


def test_every_piste_is_on_one_page_and_those_set_aside_come_last(client, espace):
    pistes = faire_pistes(espace, 45)
    actions.ecarter_piste(piste=pistes[0], par=None)
    pages = [montrees(lire(client, espace, f"?pp={n}")) for n in (1, 2, 3)]
    attendues = [p.pk for p in (*pistes[1:], pistes[0])]
    assert pages == [attendues[:20], attendues[20:40], attendues[40:]]


@pytest.mark.parametrize("suite", ["?pp=99", "?pp=½", "?pp=-1", "?axe=rien&etat=rien&pp=3", "?po=9"])
def test_a_page_that_does_not_exist_shows_one_that_does(client, espace, suite):
    faire_pistes(espace, 45)
    assert len(montrees(lire(client, espace, suite))) in (5, FICHES)


@pytest.mark.parametrize("suite", ["?q=eleves", "?q=ÉLÈVES aider", "?q=17", "?etat=retenue", "?axe={axe}"])
def test_a_piste_is_found_by_its_words_its_number_its_state_or_its_axis(client, espace, suite):
    piste = faire_pistes(espace, 30)[16]
    axe = Axe.objects.create(consultation=espace.consultation, titre="Transmettre")
    Piste.objects.filter(pk=piste.pk).update(texte="Aider les Élèves de l’Œuvre.", axe=axe, etat="retenue")
    page = lire(client, espace, suite.format(axe=axe.pk))
    assert (montrees(page), "1 répond à votre recherche." in page.text) == ([piste.pk], True)


def test_a_filter_that_finds_nothing_says_what_to_do(client, espace):
    faire_pistes(espace, 3)
    page = lire(client, espace, "?q=<b>zèbre")
    assert montrees(page) == []
    assert (
        "Aucune ne répond à votre recherche. Essayez un autre mot, ou touchez «\u202fTout montrer\u202f»."
        in page.text
    )
    assert (">Tout montrer</a>" in page.text, "<b>zèbre" in page.text) == (True, False)


def test_an_act_leads_back_to_the_same_search_and_a_refusal_keeps_the_text_in_sight(client, espace):
    piste = faire_pistes(espace, 45)[2]
    adresse = reverse("agir_piste", args=[espace.pk, piste.pk, "formuler"]) + "?q=Piste&pp=3"
    refusee = client.post(adresse, {"texte": "x" * 301, "revision": piste.revision})
    assert (refusee.status_code, montrees(refusee)[0], "x" * 301 in refusee.text) == (422, piste.pk, True)
    faite = client.post(adresse, {"texte": "Une piste dite autrement", "revision": piste.revision})
    assert faite.url == reverse("rapporter_pistes", args=[espace.pk]) + f"?q=Piste&pp=3#piste-{piste.pk}"


def test_of_many_words_a_piste_was_born_of_the_first_are_shown_and_the_others_counted(client, espace):
    dire(espace, PAROLES + 15, faire_pistes(espace, 1)[0])
    page = lire(client, espace).text
    assert (page.count("Parole "), "et 15 autres" in page, f"Née de {PAROLES + 15} propositions" in page) == (
        PAROLES,
        True,
        True,
    )


def test_what_a_synthesis_leaves_out_is_read_page_by_page(client, espace):
    college = dire(espace, 45)
    synthese = actions.ouvrir_synthese(consultation=espace.consultation, titre="Synthèse", par=None, espace=espace)
    adresse = reverse("synthese", args=[synthese.pk])
    lues = [
        re.findall(r"Parole (\d+)", client.get(f"{adresse}?college={college.pk}&page={page}").text)
        for page in (1, 2, 3, 4)
    ]
    attendues = [str(rang) for rang in range(45)]
    assert lues == [attendues[:ORPHELINES], attendues[20:40], attendues[40:], attendues[40:]]
    ici = f"{adresse}?college={college.pk}&page=2"
    ecrit = client.get(f"{adresse}?ouvert=nouvelle-phrase-1").text
    assert ("page=2" in ecrit, "et 25 autres" in ecrit) == (False, True)  # no way out of a sentence being written
    petite = peser(client, ici)
    dire(espace, 100)
    assert peser(client, ici) == petite


def test_among_many_pistes_to_cite_each_says_how_much_it_holds_and_not_the_words(client, espace):
    dire(espace, 3, faire_pistes(espace, CITABLES + 1)[0])
    synthese = actions.ouvrir_synthese(consultation=espace.consultation, titre="Synthèse", par=None, espace=espace)
    section = synthese.sections.first()
    page = client.get(reverse("synthese", args=[synthese.pk]) + f"?ouvert=nouvelle-phrase-{section.pk}").text
    coches = page.split('class="coches"')[1].split("</fieldset>")[0]
    assert (coches.count('type="checkbox"'), "Née de 3 propositions" in coches, "Parole" in coches) == (
        CITABLES + 1,
        True,
        False,
    )
