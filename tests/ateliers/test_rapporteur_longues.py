"""The rapporteur's desk of a long workshop: a page weighs what it shows, and what is looked for is found."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ateliers.lectures.bureau import CITABLES, FICHES, ORPHELINES
from consultation import actions
from consultation.lectures import APPUIS, PAROLES
from consultation.models import Axe, Desaccord, MiseDeCote, Piste, Proposition, VersionSynthese
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
        re.findall(r"auto\">Parole (\d+)", client.get(f"{adresse}?college={college.pk}&page={page}").text)
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


def ouvrir(espace):
    return actions.ouvrir_synthese(consultation=espace.consultation, titre="Synthèse", par=None, espace=espace)


def coches(page):
    """(ids shown to be ticked, ids that are ticked on this page, ids sent without being shown)."""
    bloc = page.text.split('id="coches"')[1].split("</fieldset>")[0]
    return (
        [int(n) for n in re.findall(r'type="checkbox" id="coche-(\d+)"', bloc)],
        [int(n) for n in re.findall(r'value="(\d+)" checked', bloc)],
        [int(n) for n in re.findall(r'type="hidden" name="pistes" value="(\d+)"', bloc)],
    )


def test_the_desk_of_a_synthesis_weighs_the_same_in_a_workshop_three_times_longer(client, espace):
    dire(espace, 30, faire_pistes(espace, 50)[25])
    dire(espace, 30)
    synthese = ouvrir(espace)
    adresse = reverse("synthese", args=[synthese.pk])
    formulaire = f"{adresse}?ouvert=nouvelle-phrase-{synthese.sections.first().pk}"
    petites = peser(client, adresse), peser(client, formulaire)
    synthese.sections.first().lignes.get().pistes.add(*faire_pistes(espace, 100, debut=51))
    dire(espace, 90, Piste.objects.last())
    assert (peser(client, adresse), peser(client, formulaire)) == petites


def test_pistes_are_ticked_from_page_to_page_and_what_is_written_follows(client, espace):
    pistes = faire_pistes(espace, 45)
    dire(espace, 3, pistes[20])
    synthese = ouvrir(espace)
    acte = reverse("agir_synthese", args=[synthese.pk, "nouvelle-phrase", synthese.sections.get().pk])
    page = client.post(acte, {"texte": "Mes mots.", "pistes": [pistes[0].pk], "montrer": "pp-2"})
    ici = [p.pk for p in (pistes[0], *pistes[20:40])]
    assert (page.status_code, coches(page)) == (200, (ici, ici[:1], []))
    assert ("Mes mots.</textarea>" in page.text, "Née de 3 propositions" in page.text) == (True, True)
    deux = {"texte": "Mes mots.", "pistes": [pistes[0].pk, pistes[25].pk], "pp": "2", "montrer": "1", "q": "44"}
    assert coches(client.post(acte, deux)) == ([pistes[0].pk, pistes[25].pk, pistes[43].pk], deux["pistes"], [])
    rien = client.post(acte, deux | {"q": "zèbre"})
    assert coches(rien) == (deux["pistes"], deux["pistes"], [])
    assert "Aucune ne répond à votre recherche. Essayez un autre mot, ou videz la recherche." in rien.text
    refusee = client.post(acte, {**deux, "texte": "x" * 1001, "pp": "3", "q": ""} | {"montrer": ""})
    assert coches(refusee)[1] == deux["pistes"]


def test_a_row_that_rests_on_hundreds_of_pistes_is_read_and_written_by_pages(client, espace):
    pistes = faire_pistes(espace, 2 * CITABLES + 5)
    synthese = ouvrir(espace)  # its first row rests on all of them
    ligne, adresse = synthese.sections.get().lignes.get(), reverse("synthese", args=[synthese.pk])
    lus = [
        len(re.findall(r"<li><details>", client.get(f"{adresse}?appuis=ligne-{ligne.pk}&suite={n}").text))
        for n in ("1", "2", "3", "99", "½")
    ]
    assert lus == [APPUIS, APPUIS, 5, 5, APPUIS]
    page = client.get(f"{adresse}?ouvert=ligne-{ligne.pk}")
    montrees, cochees, tues = coches(page)
    assert (len(montrees), montrees, len(tues)) == (2 * CITABLES, cochees, 5)
    ecrire = reverse("agir_synthese", args=[synthese.pk, "ecrire-ligne", ligne.pk])
    client.post(ecrire, {"criteres": "Un critère", "pistes": [*cochees[1:], *tues]})
    assert set(ligne.pistes.values_list("pk", flat=True)) == {p.pk for p in pistes} - {cochees[0]}


def test_pistes_of_the_axis_then_those_kept_come_first(client, espace):
    axe = Axe.objects.create(consultation=espace.consultation, titre="Transmettre")
    pistes = faire_pistes(espace, 30)
    Piste.objects.filter(pk=pistes[28].pk).update(axe=axe)
    Piste.objects.filter(pk=pistes[27].pk).update(etat="retenue")
    section = ouvrir(espace).sections.create(titre="Transmettre", axe=axe)
    page = client.get(reverse("synthese", args=[section.synthese_id]) + f"?ouvert=nouvelle-ligne-{section.pk}")
    assert coches(page)[0][:3] == [pistes[28].pk, pistes[27].pk, pistes[0].pk]


def de_cote(synthese, college, n):
    """Set aside n propositions of a college, each disputed by its author."""
    dernier = Proposition.objects.count()
    commun = {"consultation": synthese.consultation, "espace": synthese.espace, "college": college}
    dites = Proposition.objects.bulk_create(
        Proposition(**commun, texte=f"Parole {rang}.") for rang in range(dernier, dernier + n)
    )
    mises = MiseDeCote.objects.bulk_create(
        MiseDeCote(synthese=synthese, proposition=p, motif="Dit ailleurs.") for p in dites
    )
    return Desaccord.objects.bulk_create(
        Desaccord(proposition=mise.proposition, mise_de_cote=mise, raison=f"Non : {mise.proposition.texte}")
        for mise in mises
    )


def numeros(quoi, page):
    return [int(n) for n in re.findall(rf'id="{quoi}-(\d+)"', page.text)]


def test_what_is_set_aside_and_who_disagrees_are_read_page_by_page(client, espace):
    synthese = ouvrir(espace)
    contraires = de_cote(synthese, f.college(espace.consultation), 45)
    Desaccord.objects.filter(pk=contraires[0].pk).update(reponse="Nous y venons.")
    mises, lus = [d.mise_de_cote_id for d in contraires], [d.pk for d in (*contraires[1:], contraires[0])]
    adresse = reverse("synthese", args=[synthese.pk])
    pages = [client.get(f"{adresse}?cote={n}&desaccords={n}") for n in (1, 2, 3, 99)]
    assert [numeros("mise", page) for page in pages] == [mises[:20], mises[20:40], mises[40:], mises[40:]]
    assert [numeros("desaccord", page) for page in pages] == [lus[:20], lus[20:40], lus[40:], lus[40:]]
    assert ("45 propositions laissées de côté" in pages[2].text, "Nous y venons." in pages[2].text) == (True, True)
    assert f'href="{adresse}?cote=1&amp;desaccords=2#de-cote"' in pages[1].text
    assert f'href="{adresse}?cote=2&amp;desaccords=3#h-desaccords"' in pages[1].text
    ecrit = client.get(f"{adresse}?ouvert=nouvelle-phrase-1&cote=2").text
    assert ("cote=1" in ecrit, numeros("desaccord", client.get(f"{adresse}?desaccords=½"))) == (False, lus[:20])
    petite = peser(client, f"{adresse}?cote=2&desaccords=2")
    de_cote(synthese, f.college(espace.consultation), 90)
    assert peser(client, f"{adresse}?cote=2&desaccords=2") == petite


def test_an_answer_that_is_refused_stays_in_sight_and_an_act_leads_back_to_the_same_pages(client, espace):
    synthese = ouvrir(espace)
    contraires = de_cote(synthese, f.college(espace.consultation), 45)
    adresse, long = reverse("synthese", args=[synthese.pk]), "Trop long. " * 60
    repondre = reverse("agir_synthese", args=[synthese.pk, "repondre-desaccord", contraires[30].pk])
    refusee = client.post(f"{repondre}?cote=3", {"reponse": long})
    assert (refusee.status_code, f"{long}</textarea>" in refusee.text) == (422, True)
    assert f'href="{adresse}?cote=3&amp;desaccords=1#h-desaccords"' in refusee.text
    assert f'action="{repondre}?cote=3"' in refusee.text
    faite = client.post(f"{repondre}?cote=3&desaccords=2&ouvert=x", {"reponse": "Entendu."})
    assert faite.url == f"{adresse}?cote=3&desaccords=2#h-desaccords"


def test_versions_are_chosen_from_a_page_of_them_and_those_compared_stay_chosen(client, espace):
    synthese = ouvrir(espace)
    contenu = {"titre": "Synthèse", "chapeau": "", "sections": []}

    def garder(n):
        return VersionSynthese.objects.bulk_create(
            VersionSynthese(synthese=synthese, contenu=contenu) for _rang in range(n)
        )

    garder(45)
    toutes = list(synthese.versions.values_list("pk", flat=True))
    adresse = reverse("versions_synthese", args=[synthese.pk])
    choix = f"?avant={toutes[44]}&apres={toutes[0]}&page=2"
    page = client.get(adresse + choix).text
    assert [int(n) for n in re.findall(r'<option value="(\d+)" selected', page)] == [toutes[44], toutes[0]]
    dans = [[int(n) for n in re.findall(r'<option value="(\d+)"', bloc)] for bloc in page.split("</select>")[:2]]
    assert dans == [[toutes[44], *toutes[20:40]], [toutes[0], *toutes[20:40]]]
    assert re.findall(r'name="page" value="(\d+)"', page) == ["2", "1", "3"]
    petite = peser(client, adresse + choix)
    garder(90)
    assert peser(client, adresse + choix) == petite
