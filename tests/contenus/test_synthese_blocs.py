"""Quotations, figures, trends and open questions on the published page and on paper."""

import io

import pypdf
import pytest

from consultation import actions as actions_consultation
from contenus.impression.publications import synthese_pdf
from tests import fabriques as f
from tests.contenus import fabriques_contenus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]
MOTS = "Apprendre à deux, c’est rassurant."


@pytest.fixture
def page():
    espace = f.creer_espace()
    auteur = f.creer_participant(espace.consultation, accord_publication=True, prenom="Aminata")
    proposition = f.creer_proposition(espace, MOTS, auteur)
    piste, autre = f.creer_piste(espace, propositions=[proposition]), f.creer_piste(espace)
    scrutin = f.creer_scrutin(espace, [piste, autre])
    f.faire_voter(scrutin, "salaries", 7, {piste: 1})
    f.faire_voter(scrutin, "salaries", 5, {autre: 1})
    scrutin = actions_consultation.clore_scrutin(scrutin=scrutin, par=None)
    synthese = fabriques_contenus.creer_synthese(espace.consultation, [])
    section = synthese.sections.get()
    actions_consultation.ajouter_phrase(
        section=section, texte="Qui montre le geste ?", pistes=[piste], sorte="question", par=None
    )
    actions_consultation.reprendre_chiffre(section=section, scrutin=scrutin, piste=piste, par=None)
    actions_consultation.citer_mots(section=section, proposition=proposition, par=None)
    return fabriques_contenus.creer_page_publiee(synthese)


def dits(client, page):
    """The page without the words that each piste was born of, and its PDF."""
    html = client.get(page.url).content.decode().split('id="origines"')[0]
    pdf = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(synthese_pdf(page))).pages)
    return html, " ".join(pdf.split())


def test_the_page_and_its_pdf_show_each_sort_of_block(client, page):
    assert [sorted(phrase) for phrase in page.contenu["sections"][0]["phrases"]] == [
        ["pistes", "sorte", "texte"],
        ["piste", "pistes", "scrutin", "sorte", "texte"],
        ["mots_de", "pistes", "sorte", "texte"],
    ]
    assert MOTS not in str(page.contenu)
    for lu in dits(client, page):
        for dit in ("Question ouverte", "Qui montre le geste", "7 personnes sur 12", MOTS):
            assert dit in lu.replace("\u202f", " ").replace("\xa0", " ")


def test_a_quotation_withdrawn_after_publication_is_gone_from_the_page_and_the_paper(client, page):
    auteur = page.synthese.consultation.participants.get(prenom="Aminata")
    actions_consultation.consentir(participant=auteur, accord=False)
    for lu in dits(client, page):
        assert (MOTS in lu, "Citation retirée par son auteur." in lu) == (False, True)
