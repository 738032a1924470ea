"""Published pages on paper: the same words as the screen, deaf to markup, and only what is live."""

import io
import json
from datetime import date

import pikepdf
import PIL.Image
import pypdf
import pytest
from django.core.files.images import ImageFile
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.images import get_image_model
from wagtail.models import Page

from consultation import actions
from contenus.impression.corps import _LECTEURS
from contenus.impression.publications import fil_pdf, synthese_pdf
from contenus.impression.texte_riche import adresse, blocs
from contenus.lectures.gel import figer
from contenus.models import FilInfoPage, SynthesePage
from contenus.models.blocs import CorpsBloc
from tests.fabriques import (
    creer_compte,
    creer_espace,
    creer_participant,
    creer_piste,
    creer_proposition,
    creer_scrutin,
    faire_voter,
)
from tests.pdfua import fautes


def texte(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def run(mots, gras=False, lien=""):
    return {"t": mots, "gras": gras, "lien": lien}


@pytest.fixture(scope="module")
def _page(_arborescence):
    espace = creer_espace()
    amina = creer_participant(espace.consultation, prenom="Aminata", accord_publication=True)
    piste = creer_piste(
        espace, "Apprendre en binôme", [creer_proposition(espace, "Apprendre à deux, #strong[vraiment]", amina)]
    )
    scrutin = creer_scrutin(espace, pistes=[piste])
    faire_voter(scrutin, "salaries", 6, {piste: 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    chef = creer_compte(is_superuser=True)
    synthese = actions.ouvrir_synthese(consultation=espace.consultation, titre="Le Vallon", par=chef)
    section = actions.ajouter_section(synthese=synthese, titre="Apprendre $et$ transmettre", par=chef)
    actions.ajouter_phrase(
        section=section, texte='On apprend à deux. #read("/etc/passwd")', pistes=[piste], par=chef
    )
    page = SynthesePage(
        title="Le Vallon *étoilé*", synthese=synthese, contenu=figer(synthese), chapeau="En deux mots."
    )
    page.apres = [
        ("titre", "La suite"),
        ("texte", "<p>Rendez-vous le <b>16 novembre</b>.</p><ul><li>Un</li><li>Deux</li></ul><h4>Saut</h4>"),
        ("bouton", {"libelle": "Écrire", "lien": "mailto:equipe@exemple.test"}),
    ]
    return Page.objects.get(depth=2).add_child(instance=page).pk


@pytest.fixture
def page(_page, db):
    return SynthesePage.objects.get(pk=_page)


def test_a_synthesis_says_on_paper_what_its_page_says(page):
    lu = texte(synthese_pdf(page))
    for mots in (
        "Le Vallon *étoilé*",
        "En deux mots.",
        "Apprendre $et$ transmettre",
        'On apprend à deux. #read("/etc/passwd") Repose sur : n° 1.',
        "Presque tout le monde, sur 6",
        "« Apprendre à deux, #strong[vraiment] »",
        "Piste n° 1, née d’une proposition.",
        "La suite",
        "Rendez-vous le 16 novembre.",
        "mailto:equipe@exemple.test",
    ):
        assert mots in lu
    assert "Aminata" not in lu


def test_a_synthesis_is_tagged(page):
    with pikepdf.open(io.BytesIO(synthese_pdf(page))) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang), str(pdf.docinfo["/Title"])) == (
            True,
            "fr",
            "Le Vallon *étoilé*",
        )


def test_a_body_of_any_shape_has_its_headings_in_order_and_its_table_a_head(page):
    """A heading of the third level first of all, then a table of sixty rows, over three sheets."""
    salles = [{"values": [f"Salle {rang}", rang]} for rang in range(60)]
    colonnes = [{"type": "texte", "heading": "Salle"}, {"type": "nombre", "heading": "Places"}]
    corps = [
        {"type": "texte", "value": "<h3>Avant tout</h3><p>Un mot.</p><h4>Dessous</h4>"},
        {"type": "tableau", "value": {"columns": colonnes, "rows": salles, "caption": "Les salles"}},
        {"type": "titre", "value": "La suite"},
        {"type": "encadre", "value": "<h4>Saut</h4>"},
    ]
    page.avant = page.apres = json.dumps(corps)
    pdf = synthese_pdf(page)
    assert fautes(pdf) == []
    assert "Salle 58 58 Salle 59 59" in texte(pdf)


def test_paper_knows_each_block_that_a_page_may_hold():
    assert set(_LECTEURS) == set(CorpsBloc().child_blocks)


def test_words_withdrawn_by_their_author_leave_the_paper_too(page):
    auteur = page.synthese.consultation.participants.get(prenom="Aminata")
    actions.effacer_participant(participant=auteur)
    assert "strong[vraiment]" not in texte(synthese_pdf(page))


@pytest.fixture
def photo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    brut = io.BytesIO()
    PIL.Image.new("RGB", (40, 30), "green").save(brut, "PNG")
    fichier = ImageFile(io.BytesIO(brut.getvalue()), name="chantier.png")
    return get_image_model().objects.create(title="Un chantier", file=fichier)


def test_a_picture_is_printed_with_its_words(page, photo):
    page.apres = [("image", {"image": photo, "legende": "Le chantier du Vallon"})]
    pdf = synthese_pdf(page)
    assert "Le chantier du Vallon" in texte(pdf)
    assert sum(len(feuille.images) for feuille in pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1


def test_a_picture_whose_file_is_lost_does_not_sink_the_page(page, photo):
    page.apres = [("image", {"image": photo, "legende": "Perdue"}), ("titre", "La suite")]
    photo.file.storage.delete(photo.file.name)
    lu = texte(synthese_pdf(page))
    assert ("Perdue" in lu, "La suite" in lu) == (False, True)


def test_a_page_without_figures_still_prints(page):
    page.contenu = {}
    assert "Le Vallon" in texte(synthese_pdf(page))


def test_only_a_live_synthesis_is_given_to_anyone(client, page):
    adresse_pdf = f"/impression/synthese/{page.pk}.pdf"
    reponse = client.get(adresse_pdf)
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "application/pdf")
    page.unpublish()
    assert client.get(adresse_pdf).status_code == 404


@pytest.fixture
def numero(page):
    fil = FilInfoPage(
        title="L’automne des idées", numero=7, saison="Automne 2026", date_parution=date(2026, 12, 1)
    )
    fil.accroche = "Soixante pistes."
    fil.edito = '<p>Lire <a href="https://exemple.test/">la suite</a>, pas <a href="javascript:x()">ceci</a>.</p>'
    fil.points = [("point", "Trois régions")]
    fil.objectifs = [("objectif", {"picto": "d-2", "titre": "Proposer", "texte": "Donner la parole."})]
    fil.tendances = [("tendance", {"phrase": "Apprendre à deux", "regions": 3, "sur": 13})]
    fil.pistes_generales = [
        ("piste", {"texte": "En binôme", "synthese": page, "numero": 1, "region": "Le Vallon"})
    ]
    fil.questions = [("question", "Qui décide ?")]
    return Page.objects.get(depth=2).add_child(instance=fil)


def test_a_newsletter_says_on_paper_what_its_page_says(numero):
    lu = texte(fil_pdf(numero))
    for mots in (
        "Fil d’Info n° 7 · Automne 2026 · 1er décembre 2026",
        "L’automne des idées",
        "Trois régions",
        "Lire la suite, pas ceci.",
        "Donner la parole.",
        "3 régions sur 13",
        "n° 1 En binôme Le Vallon",
        "Qui décide ?",
    ):
        assert mots in lu


def test_links_on_paper_are_addresses_never_scripts(numero):
    brut = fil_pdf(numero)
    liens = {
        str(annotation.A.URI)
        for page_pdf in pikepdf.open(io.BytesIO(brut)).pages
        for annotation in page_pdf.get("/Annots", [])
    }
    assert "https://exemple.test/" in liens
    assert not any("javascript" in lien for lien in liens)


def test_a_newsletter_not_published_is_not_given(client, numero):
    assert client.get("/impression/fil/7.pdf").status_code == 200
    numero.unpublish()
    assert client.get("/impression/fil/7.pdf").status_code == 404


@pytest.mark.parametrize(
    ("html", "attendu"),
    [
        ("", []),
        ("<p>Un <b>mot</b></p>", [{"genre": "p", "runs": [run("Un "), run("mot", gras=True)]}]),
        ("volant", [{"genre": "p", "runs": [run("volant")]}]),
        ("<p> </p><ul></ul>", []),
        ("<p>a<br/>b</p>", [{"genre": "p", "runs": [run("a"), run("\n"), run("b")]}]),
        ("<script>alert(1)</script>", [{"genre": "p", "runs": [run("alert(1)")]}]),
        (
            "<ol><li>Un<ul><li>Dedans</li></ul></li></ol>",
            [{"genre": "liste", "ordonnee": True, "lignes": [[run("Un")], [run("Dedans")]]}],
        ),
        ("<h3>Titre</h3>", [{"genre": "titre", "niveau": 3, "runs": [run("Titre")]}]),
    ],
)
def test_rich_text_becomes_plain_data(html, attendu):
    assert blocs(html) == attendu


@pytest.mark.parametrize(
    ("href", "attendu"),
    [
        ("https://exemple.test/", "https://exemple.test/"),
        ("mailto:a@exemple.test", "mailto:a@exemple.test"),
        ("javascript:alert(1)", ""),
        ("//exemple.test", ""),
        ("#ici", ""),
        (None, ""),
    ],
)
def test_only_addresses_are_kept(href, attendu):
    assert adresse(href) == attendu


def test_an_address_of_the_site_is_made_whole(settings):
    assert adresse("/syntheses/") == f"{settings.URL_PUBLIQUE}/syntheses/"


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="<>/abpulh3 =\"'&;\n", max_size=200))
def test_any_html_at_all_is_read(html):
    assert all(bloc["genre"] in ("p", "titre", "liste") for bloc in blocs(html))


@pytest.mark.parametrize("balise", ["div", "b"])
def test_what_is_nested_absurdly_deep_keeps_its_words(balise):
    profond = blocs(f"<{balise}>" * 300 + "au fond" + f"</{balise}>" * 300)
    assert [[un["t"].strip() for un in bloc["runs"]] for bloc in profond] == [["au fond"]]
