"""Figures, a chart and the regions, told by an editor: the same on the page, on paper and in the letter."""

import json

import pytest
from django.core.exceptions import ValidationError
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from contenus.impression.corps import corps
from contenus.impression.publications import fil_pdf
from contenus.models import PagePlaine, SynthesePage
from contenus.models.blocs import CorpsBloc
from courrier import lettre
from tests.courrier.fabriques_courrier import creer_numero
from tests.pdfua import fautes

from .test_impression_publications import texte
from .test_pages_partage import lire, poser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]
CHIFFRES = {"chiffres": [{"nombre": "114", "dit": "personnes"}], "source": "Inscriptions"}
BARRES = [{"nom": "Au travail", "valeur": 62.5}, {"nom": "En formation", "valeur": 0}]
GRAPHIQUE = {"titre": "Où l’on apprend", "unite": "%", "barres": BARRES, "source": ""}


def regions(synthese=None):
    ligne = {"region": "Bretagne", "texte": "Deux journées.\nQuatre-vingts personnes.", "synthese": synthese}
    return {"titre": "Région par région", "regions": [ligne]}


def blocs(synthese=None):
    return [
        {"type": "chiffres", "value": CHIFFRES},
        {"type": "graphique", "value": GRAPHIQUE},
        {"type": "regions", "value": regions(synthese)},
    ]


@pytest.fixture
def synthese(arborescence):
    return poser(arborescence.syntheses, SynthesePage(title="Bretagne", slug="bretagne"))


def test_the_page_draws_bars_that_are_also_written(client, arborescence, synthese):
    poser(arborescence.accueil, PagePlaine(title="Blocs", slug="blocs", corps=json.dumps(blocs(synthese.pk))))
    html = lire(client, "/blocs/")
    for morceau in (
        '<dt dir="auto">personnes</dt><dd dir="auto">114</dd>',
        '<i class="v-62"></i></span><strong class="nb">62,5\u00a0%</strong>',
        '<i class="v-0"></i></span><strong class="nb">0\u00a0%</strong>',
        '<h2 class="bloc-titre" dir="auto">Région par région</h2>',
        '<h3 dir="auto">Bretagne</h3><p dir="auto">Deux journées.<br>Quatre-vingts personnes.</p>',
        'href="/syntheses/bretagne/"',
    ):
        assert morceau in html
    synthese.unpublish()
    assert "/syntheses/bretagne/" not in lire(client, "/blocs/")


def test_paper_has_the_same_words_its_headings_in_order_and_the_numbers_before(synthese):
    creer_numero(3, "Le numéro d’avant")
    page = creer_numero(4, corps=json.dumps(blocs(synthese.pk)))
    pdf = fil_pdf(page)
    lu = texte(pdf)
    assert fautes(pdf) == []
    dits = (
        "114 personnes",
        "Inscriptions",
        "Au travail 62,5 %",
        "Bretagne",
        "Lire la synthèse",
        "Le numéro d’avant",
    )
    assert [dit for dit in dits if dit not in lu.replace("\u00a0", " ")] == []


def test_the_letter_says_them_in_both_parts(synthese):
    creer_numero(3, "Le numéro d’avant")
    lue = lettre.composer(creer_numero(4, corps=json.dumps(blocs(synthese.pk))))
    assert '<td class="plein" width="62%"' in lue.html
    assert synthese.full_url in lue.html
    texte_plat = lue.texte.replace("\u202f", " ").replace("\u00a0", " ")
    for dit in (
        "* 114 personnes\nInscriptions",
        "Où l’on apprend\n* Au travail : 62,5 %\n* En formation : 0 %",
        "Bretagne\n\nDeux journées.\nQuatre-vingts personnes.\n\nLire la synthèse (",
        "NUMÉROS PRÉCÉDENTS\n* n° 3, Automne 2026. Le numéro d’avant\n  http",
    ):
        assert dit in texte_plat


@pytest.mark.parametrize(
    ("unite", "valeurs", "parts"),
    [("heures", [30, 1200.5], [2, 100]), ("", [0, 0], [0, 0]), ("%", [50, None], [50, 0])],
)
def test_a_bar_is_as_long_as_its_share_of_the_longest(unite, valeurs, parts):
    barres = [{"nom": "", "valeur": valeur} for valeur in valeurs]
    bloc = CorpsBloc().child_blocks["graphique"]
    lues = bloc.normalize({"titre": "", "unite": unite, "barres": barres, "source": ""}).lues
    assert [barre.part for barre in lues] == parts


def test_a_share_over_a_hundred_is_refused_by_its_name():
    bloc = CorpsBloc().child_blocks["graphique"]
    barres = [{"nom": "Au travail", "valeur": 62}, {"nom": "Ailleurs", "valeur": 101}]
    with pytest.raises(ValidationError) as refus:
        bloc.clean(bloc.normalize(GRAPHIQUE | {"barres": barres}))
    assert "Corrigez\u202f: Ailleurs." in str(refus.value.non_block_errors)


def test_a_face_is_on_paper_and_in_the_letter():
    image = get_image_model().objects.create(title="Odile", file=get_test_image_file(filename="odile.png"))
    valeur = {"nom": "Odile", "role": "Anime", "texte": "Depuis dix ans.", "photo": {"image": image.pk}}
    blocs = [{"type": "personne", "value": valeur}]
    page = creer_numero(4, corps=json.dumps(blocs))
    assert [bloc["genre"] for bloc in corps(page.corps)] == ["personne"]
    assert fautes(fil_pdf(page)) == []
    lue = lettre.composer(page)
    assert 'class="photo"' in lue.html
    assert "Odile Anime\nDepuis dix ans." in lue.texte
    image.file.storage.delete(image.file.name)
    image.renditions.all().delete()
    assert [bloc["genre"] for bloc in corps(page.corps)] == ["texte"]
    assert 'class="photo"' not in lettre.composer(page).html
