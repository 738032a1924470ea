"""What is published of people's own words follows their consent, whatever the page was made of."""

import pytest
from django.urls import reverse

from consultation import actions as actions_consultation
from contenus import actions
from contenus.impression.publications import fil_pdf, synthese_pdf
from contenus.lectures.mots import pistes_a_reformuler
from contenus.models import FilInfoPage, SynthesePage
from tests import fabriques

from . import fabriques_contenus

pytestmark = pytest.mark.django_db
DITS = "Un casier à mon nom, au vestiaire"
TUS = "(mots d’une personne qui n’a pas donné son accord pour les publier)"


@pytest.fixture(scope="module")
def _page(_arborescence):
    espace = fabriques.creer_espace()
    auteur = fabriques.creer_participant(espace.consultation, accord_publication=True)
    fabriques.creer_proposition(espace, DITS, auteur)
    (piste,) = actions_consultation.semer_orphelines(espace=espace, par=None)
    synthese = fabriques_contenus.creer_synthese(espace.consultation, [piste])
    return fabriques_contenus.creer_page_publiee(synthese).pk


@pytest.fixture
def page(_page, db):
    """A published synthesis of one piste, in the very words of its author."""
    return SynthesePage.objects.get(pk=_page)


@pytest.fixture
def auteur(page):
    return page.synthese.consultation.participants.get()


def lire(client, page):
    return client.get(page.url).text


def test_the_frozen_copy_holds_the_number_of_a_proposition_and_shows_its_words(client, page, auteur):
    assert page.contenu["pistes"] == [
        {"numero": 1, "mots_de": auteur.propositions.get().pk, "nees": 1, "citees": [auteur.propositions.get().pk]}
    ]
    assert DITS not in str([page.contenu, *(revision.content for revision in page.revisions.all())])
    assert DITS not in page.texte_cherchable()
    assert DITS in lire(client, page)


def test_consent_taken_back_takes_the_words_off_the_page_at_once_and_given_again_shows_them(client, page, auteur):
    for accord in (False, True):
        actions_consultation.consentir(participant=auteur, accord=accord)
        html = lire(client, page)
        assert (DITS in html, TUS in html) == (accord, not accord)


def test_a_mask_and_a_rewording_show_on_the_page_as_they_do_in_the_room(client, page, auteur):
    actions_consultation.masquer_passages(
        proposition=auteur.propositions.get(), passages=[[DITS.index("vestiaire"), len(DITS)]], par=None
    )
    html = lire(client, page)
    assert "vestiaire" not in html
    assert "Un casier à mon nom, au […]" in html


@pytest.mark.parametrize("accord", [False, None])
def test_the_rapporteur_is_told_which_pistes_to_reword_and_a_reworded_one_is_published(
    client, page, auteur, accord
):
    actions_consultation.consentir(participant=auteur, accord=accord)
    assert pistes_a_reformuler(page.synthese) == [1]
    compte = fabriques.creer_compte(is_superuser=True)
    client.force_login(compte)
    dit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert "la piste n°\u00a01." in dit
    piste = auteur.consultation.pistes.get()
    actions_consultation.formuler_piste(piste=piste, texte="Marquer les casiers", par=None)
    assert pistes_a_reformuler(page.synthese) == []
    fabriques_contenus.publier(actions.reprendre_chiffres(page=page, par=None))
    page.refresh_from_db()
    assert page.contenu["pistes"][0]["texte"] == "Marquer les casiers"
    assert "Marquer les casiers" in lire(client, page)


def test_the_newsletter_reads_the_words_of_the_page_and_drops_the_piste_when_they_go(client, page, auteur):
    actions.composer_fil_info(numero=1, syntheses=[page.synthese], par=None)
    fil = FilInfoPage.objects.get()
    fil.get_latest_revision().publish()
    assert DITS not in str([revision.content for revision in fil.revisions.all()])
    assert DITS in client.get(fil.url).text
    actions_consultation.consentir(participant=auteur, accord=False)
    html = client.get(fil.url).text
    assert (DITS in html, 'id="pistes"' in html) == (False, False)
    assert fil_pdf(FilInfoPage.objects.get()).startswith(b"%PDF")
    assert synthese_pdf(page).startswith(b"%PDF")


def test_criteria_that_someone_wrote_are_left_out_without_their_leave(client, auteur):
    espace = auteur.consultation.espaces.get()
    fabriques.creer_proposition(espace, "Le respect au quotidien", auteur, nature="critere")
    fabriques.creer_proposition(espace, "La parole tenue", nature="critere")
    synthese = actions_consultation.ouvrir_synthese(consultation=espace.consultation, titre="Synthèse", par=None)
    page = fabriques_contenus.creer_page_publiee(synthese)
    assert "respect" not in str(page.contenu)
    html = lire(client, page)
    assert ("Le respect au quotidien" in html, "La parole tenue" in html) == (True, False)
