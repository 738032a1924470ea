"""The newsletter: composed from published syntheses, worded by people, linked back to its sources."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as SITE
from django.urls import reverse
from django.utils import timezone

from consultation import actions as actes
from consultation.actions.suites import Dite
from consultation.erreurs import Refus
from consultation.models import Journal, Piste
from contenus import actions
from contenus.lectures.barres import tableaux
from contenus.lectures.nouvelles import nouvelles
from contenus.models import FilInfoPage, SynthesePage
from tests import fabriques
from tests.contenus import fabriques_contenus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


def creer_numero(numero, titre="Ce que l’automne a fait lever", syntheses=(), **champs):
    page = actions.composer_fil_info(numero=numero, syntheses=syntheses, par=None)
    page.title, page.saison = titre, "Automne 2026"
    for nom, valeur in champs.items():
        setattr(page, nom, valeur)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def lire(client, chemin):
    reponse = client.get(chemin)
    assert reponse.status_code == 200
    return reponse.content.decode()


def synthese_publiee(nom, n=3):
    consultation = fabriques.creer_consultation(territoire=fabriques.creer_territoire(nom=nom))
    synthese = fabriques_contenus.creer_synthese_votee(
        n, espace_vote=fabriques.creer_espace(consultation=consultation)
    )
    return synthese, fabriques_contenus.creer_page_publiee(synthese)


@pytest.fixture(scope="module")
def _corse(_arborescence):
    _synthese, page = synthese_publiee("Corse")
    return page.pk


@pytest.fixture
def corse(_corse, db):
    """A synthesis that went to the vote, and its published page."""
    page = SynthesePage.objects.get(pk=_corse)
    return page.synthese, page


def test_a_number_starts_with_the_pistes_that_votes_kept_the_most_supported_first(corse):
    synthese, page = corse
    numero = actions.composer_fil_info(numero=5, syntheses=[synthese], par=None)
    [(tableau, _sous)] = tableaux(page.contenu)
    retenues = [ligne.piste.numero for ligne in tableau.lignes if ligne.retenue]
    assert [bloc.value["numero"] for bloc in numero.pistes_generales] == retenues == [1]
    assert {bloc.value["region"] for bloc in numero.pistes_generales} == {"Corse"}
    assert (numero.live, list(numero.syntheses.all())) == (False, [page])
    assert (numero.accroche, numero.edito, len(numero.tendances)) == ("", "", 0)


def test_without_a_vote_a_number_starts_with_the_pistes_born_of_the_most_propositions():
    espace = fabriques.creer_espace()
    pistes = fabriques.creer_pistes(espace, 3)
    synthese = fabriques_contenus.creer_synthese(espace.consultation, pistes)
    page = fabriques_contenus.creer_page_publiee(synthese)
    page.contenu["pistes"][2]["nees"] = 9
    page.save(update_fields=["contenu"])
    numero = actions.composer_fil_info(numero=5, syntheses=[synthese], par=None)
    assert [bloc.value["numero"] for bloc in numero.pistes_generales] == [3, 1, 2]


def test_a_vote_that_kept_nothing_gives_a_number_nothing(corse):
    synthese, _page = corse
    for piste in Piste.objects.retenues():
        actes.reprendre_piste(piste=piste, par=None)
    numero = actions.composer_fil_info(numero=5, syntheses=[synthese], par=None)
    assert list(numero.pistes_generales) == []


def test_composing_is_told_in_the_journal(corse):
    synthese, _page = corse
    numero = actions.composer_fil_info(numero=5, syntheses=[synthese], par=None)
    [entree] = Journal.objects.filter(verbe="composer_fil_info")
    assert (entree.objet_id, entree.details) == (numero.pk, {"numero": 5, "syntheses": [synthese.pk]})


def test_a_number_is_used_once():
    actions.composer_fil_info(numero=5, syntheses=[], par=None)
    with pytest.raises(Refus) as refus:
        actions.composer_fil_info(numero=5, syntheses=[], par=None)
    assert (refus.value.code, refus.value.statut, FilInfoPage.objects.count()) == ("numero_pris", 409, 1)


def test_an_unpublished_synthesis_gives_no_piste():
    with pytest.raises(Refus) as refus:
        actions.composer_fil_info(numero=5, syntheses=[fabriques_contenus.creer_synthese()], par=None)
    assert (refus.value.code, FilInfoPage.objects.count()) == ("pas_publiee", 0)


def test_only_editors_compose(client):
    rapporteur = fabriques.creer_mandat("rapporteur", fabriques.creer_consultation())
    with pytest.raises(Refus) as refus:
        actions.composer_fil_info(numero=5, syntheses=[], par=rapporteur)
    assert (refus.value.code, refus.value.statut) == ("interdit", 403)
    client.force_login(rapporteur, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("contenus_composer")).status_code == 403


def test_an_editor_composes_from_the_admin_and_lands_in_the_editor(client, corse):
    synthese, _page = corse
    editeur = fabriques.creer_editeur(synthese.consultation)
    client.force_login(editeur, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("contenus_composer")
    assert 'value="1"' in client.get(url).content.decode()
    reponse = client.post(url, {"numero": 4, "syntheses": [synthese.pk]})
    page = FilInfoPage.objects.get()
    assert (reponse.status_code, reponse.url) == (302, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert client.get(reponse.url).status_code == 200
    encore = client.post(url, {"numero": 4})
    assert encore.status_code == 409
    assert "Ce numéro existe déjà." in encore.content.decode()


def test_a_number_links_each_piste_to_its_own_anchor_in_the_synthesis(client, corse):
    synthese, page = corse
    numero = creer_numero(5, syntheses=[synthese])
    html = lire(client, numero.url)
    assert f'href="{page.url}#p1"' in html
    assert 'id="p1"' in lire(client, page.url)
    assert "Corse</bdi>, piste n°\u00a01" in html


def test_a_piste_whose_synthesis_is_withdrawn_stays_without_a_link(client, corse):
    synthese, page = corse
    numero = creer_numero(5, syntheses=[synthese])
    texte = numero.pistes_generales[0].value["texte"]
    page.unpublish()
    html = lire(client, numero.url)
    assert (texte in html, f'href="{page.url}#p1"' in html) == (True, False)


def test_numbers_know_their_neighbours(client):
    for n in (3, 4, 5):
        creer_numero(n, titre=f"Titre {n}")
    html = lire(client, "/fil-info/numero-4/")
    assert '<link rel="next" href="/fil-info/numero-5/">' in html
    assert '<link rel="prev" href="/fil-info/numero-3/">' in html
    assert "Lire le n°\u00a05" in html


def test_drafts_are_shown_nowhere(client):
    actions.composer_fil_info(numero=9, syntheses=[], par=None)
    assert "/numero-9/" not in lire(client, "/fil-info/")
    assert client.get("/fil-info/numero-9/").status_code == 404
    assert "numero-9" not in lire(client, "/fil-info/flux.xml")


def test_the_feed_gives_titles_and_first_sentences(client):
    creer_numero(5, accroche="Trois régions & <b>303</b> propositions.")
    reponse = client.get("/fil-info/flux.xml")
    flux = reponse.content.decode()
    assert reponse["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "<title>Fil d’Info n°\u00a05\u202f: Ce que l’automne a fait lever</title>" in flux
    assert ">Trois régions &amp; &lt;b&gt;303&lt;/b&gt; propositions.</summary>" in flux
    assert f"<updated>{timezone.now():%Y-%m-%dT}" in flux  # in universal time


def test_reading_time_grows_with_the_words():
    courte = creer_numero(1, edito="<p>Un mot.</p>")
    longue = creer_numero(2, edito="<p>" + "mot " * 900 + "</p>")
    assert (courte.duree_lecture, longue.duree_lecture) == (1, 6)


@pytest.mark.parametrize("n", [1, 40])
def test_a_number_with_many_pistes_costs_no_more_queries(client, corse, django_assert_max_num_queries, n):
    synthese, page = corse
    choisie = {"texte": "Une piste", "synthese": page, "numero": 1, "region": "Corse"}
    numero = creer_numero(5, syntheses=[synthese], pistes_qualite=[("piste", choisie)] * n)
    client.get(numero.url)
    with django_assert_max_num_queries(20):
        client.get(numero.url)


def test_the_shelf_costs_the_same_for_one_number_and_for_many(client, django_assert_max_num_queries):
    creer_numero(1)
    client.get("/fil-info/")
    with django_assert_max_num_queries(14) as une:
        lire(client, "/fil-info/")
    for numero in range(2, 6):
        creer_numero(numero)
    with django_assert_max_num_queries(len(une)):
        assert lire(client, "/fil-info/").count('href="/fil-info/numero-') == 5


def test_a_number_proposes_what_is_new_since_the_last_one(client, corse):
    ancienne, _page = corse
    creer_numero(4, syntheses=[ancienne])
    neuve, page = synthese_publiee("Bretagne")
    piste = neuve.consultation.pistes.order_by("numero").first()
    dite = Dite("en_cours", date(2026, 3, 3), "Huit structures <b>l’essaient</b>.", "le groupe")
    for raison in ("Une première fois.", dite.raison):
        actes.decider_suite(piste=piste, dite=replace(dite, raison=raison), par=None)
    demain = timezone.localdate() + timedelta(days=9)
    fabriques.creer_consultation(titre="Se retrouver", lieu="Brest", debut=demain, fin=demain)
    lues = nouvelles()
    assert (lues.depuis.numero, lues.syntheses, [suite.piste for suite in lues.reponses]) == (4, [page], [piste])
    editeur = fabriques.creer_editeur(neuve.consultation)
    client.force_login(editeur, backend="django.contrib.auth.backends.ModelBackend")
    soupe = BeautifulSoup(lire(client, reverse("contenus_composer")), "html.parser")
    coches = {case["name"]: case.get("value") for case in soupe.select("input[checked]")}
    assert coches == {"syntheses": str(neuve.pk), "avec_nouvelles": None}
    client.post(reverse("contenus_composer"), {"numero": 5, "syntheses": [neuve.pk], "avec_nouvelles": "on"})
    numero = FilInfoPage.objects.get(numero=5)
    pistes, texte, agenda, frise = numero.corps
    assert (pistes.value, agenda.value) == ("Ce que les pistes sont devenues", "Agenda")
    ou = f"{SITE.URL_PUBLIQUE}/reponses/{neuve.consultation.slug}/{piste.numero}/"
    assert texte.value.source == (
        f'<ul><li><a href="{ou}">Piste n°\u00a0{piste.numero}</a>, {neuve.consultation.titre} : en cours, '
        "3 mars 2026. "
        "Huit structures &lt;b&gt;l’essaient&lt;/b&gt;.</li></ul>"
    )
    assert piste.texte not in texte.value.source  # its words are its author's: they are read on its page
    (etape,) = frise.value["etapes"]
    assert (etape["titre"], etape["texte"]) == ("Se retrouver", "Brest")
    numero.get_latest_revision_as_object().full_clean()  # the editor may publish it as it is


def test_when_nothing_is_new_it_says_so_and_the_draft_is_bare(client, corse):
    corse[1].unpublish()
    client.force_login(fabriques.creer_compte(is_superuser=True))
    assert "Rien\u202f: ni synthèse" in lire(client, reverse("contenus_composer"))
    client.post(reverse("contenus_composer"), {"numero": 1, "avec_nouvelles": "on"})
    assert list(FilInfoPage.objects.get().corps) == []


@pytest.mark.parametrize("n", [1, 3])
def test_what_is_new_costs_the_same_for_one_and_for_many(django_assert_num_queries, n):
    for rang in range(n):
        synthese, _page = synthese_publiee(f"Région {rang}", n=1)
        piste = synthese.consultation.pistes.get()
        actes.decider_suite(piste=piste, dite=Dite("retenue", date(2026, 3, 3), "Oui.", "le groupe"), par=None)
    with django_assert_num_queries(8):
        assert len(nouvelles().reponses) == n


def test_a_draft_is_previewed_as_a_page_as_paper_and_as_both_parts_of_its_letter(client):
    numero = actions.composer_fil_info(numero=5, syntheses=[], par=None)
    client.force_login(fabriques.creer_compte(is_superuser=True))
    adresse = reverse("wagtailadmin_pages:view_draft", args=[numero.pk])
    lus = {mode: client.get(f"{adresse}?mode={mode}") for mode in ("", "pdf", "courriel", "texte")}
    assert {mode: lu["Content-Type"] for mode, lu in lus.items()} == {
        "": "text/html; charset=utf-8",
        "pdf": "application/pdf",
        "courriel": "text/html; charset=utf-8",
        "texte": "text/plain; charset=utf-8",
    }
    assert "FIL D’INFO n°" in lus["texte"].content.decode().replace("\u00a0", " ")
    assert "Ne plus recevoir" in lus["courriel"].content.decode()
    assert "style-src 'unsafe-inline'" in lus["courriel"]["Content-Security-Policy"].split("; ")  # in its tags
    assert "unsafe" not in lus[""]["Content-Security-Policy"]
    assert [mode for mode, _nom in numero.preview_modes] == list(lus)
