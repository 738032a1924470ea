"""HTML from people goes through one cleaner: nothing that acts passes, words do, and words alone are composed."""

import re
from html import escape, unescape

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.rich_text import RichText

from contenus.html import BALISES, PROTOCOLES, adresse, assainir, montrer
from contenus.models import FilInfoPage
from contenus.models.blocs import CorpsBloc
from contenus.typographie import composer
from tests.serveurs import RACINE

FINE = "\u202f"
DEGUISEMENTS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java&#x0A;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "\x01javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "feed:javascript:alert(1)",
    "blob:https://exemple.org/1",
    "file:///etc/passwd",
    "//exemple.org/ailleurs",
    "/\\exemple.org",
]
VECTEURS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<p onclick=alert(1) style='background:url(javascript:1)' id=contenu class=refus>x</p>",
    "<a href='https://exemple.org' onmouseover=alert(1) target=_blank>x</a>",
    "<a id=document href=x name=body>x</a>",
    "<embed embedtype='media' url='http://127.0.0.1:1/'/>",
    "<embed embedtype='image' id='1' format='left'/>",
    "<form action=/compte/><input name=code><button>Entrer</button></form>",
    "<base href='https://exemple.org/'><meta http-equiv=refresh content=0>",
    "<a linktype=page id='1' href='https://exemple.org/><img src=x onerror=alert(1)>'>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<b <script>alert(1)</script>>gras",
    "<p>" * 50 + "<img src=x onerror=alert(1)>" + "</p>" * 50,
    "<ul><li>" * 50 + "<svg onload=alert(1)>",
    "<b>" * 3000 + "profond",
]


def exiger_inoffensif(html):
    """Whatever it came from: our tags alone, our attributes alone, and no address but of an allowed protocol."""
    for balise in BeautifulSoup(html, "html.parser").find_all(True):
        assert balise.name in BALISES
        assert set(balise.attrs) <= {"href", "linktype", "id", "data-block-key"}
        assert balise.get("id", "0").isdigit()
        href = balise.get("href", "/")
        assert re.match(r"(#|/(?![/\\])|https?:|mailto:)", href, re.I), href


@pytest.mark.django_db
@pytest.mark.parametrize("vecteur", [*VECTEURS, *(f'<a href="{d}">x</a>' for d in DEGUISEMENTS)])
def test_nothing_that_acts_passes_neither_when_kept_nor_when_shown(vecteur):
    exiger_inoffensif(assainir(vecteur))
    exiger_inoffensif(montrer(vecteur))


@pytest.mark.parametrize("deguisement", DEGUISEMENTS)
def test_a_disguised_address_is_no_address(deguisement):
    lue = BeautifulSoup(assainir(f'<a href="{deguisement}">Lire</a>'), "html.parser").a
    assert (lue.get_text(), lue.attrs) == ("Lire", {})
    assert adresse(unescape(deguisement)) == ""


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>/abphrefscitonmu3 :=\"'&;#x!-\n\t[]", max_size=160))
def test_any_html_at_all_comes_out_harmless_and_cleaning_twice_is_once(html):
    propre = assainir(html)
    exiger_inoffensif(propre)
    assert assainir(propre) == propre


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=80))
def test_plain_words_come_through_whole_and_composed(mots):
    lus = BeautifulSoup(montrer(f"<p>{escape(mots)}</p>"), "html.parser").get_text()
    assert lus == composer(mots)


@pytest.mark.parametrize(
    ("tape", "montre"),
    [
        ("<p>Qui vient ?</p>", f"<p>Qui vient{FINE}?</p>"),
        ("<p><b>Oui</b> !</p>", f"<p><b>Oui</b>{FINE}!</p>"),
        ("<p>«&nbsp;Oui&nbsp;»</p>", f"<p>«{FINE}Oui{FINE}»</p>"),
        (
            '<p>Écrivez : <a href="mailto:a@exemple.org?subject=Oui %3F">ici</a></p>',
            f'<p>Écrivez{FINE}: <a href="mailto:a@exemple.org?subject=Oui %3F">ici</a></p>',
        ),
        (
            '<a href="https://exemple.org/?a=1&amp;b=2 ;">x</a>',
            '<a href="https://exemple.org/?a=1&amp;b=2 ;">x</a>',
        ),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)
def test_only_words_are_composed_never_an_attribute(tape, montre):
    assert montrer(tape) == montre


@pytest.mark.django_db
def test_a_link_to_a_page_is_kept_as_wagtail_keeps_it_and_followed_when_shown(arborescence):
    pk = arborescence.syntheses.pk
    garde = assainir(f'<p data-block-key="a1b2c"><a linktype="page" id="{pk}">Lire</a></p>')
    assert garde == f'<p data-block-key="a1b2c"><a linktype="page" id="{pk}">Lire</a></p>'
    assert '<a href="/syntheses/">Lire</a>' in montrer(garde)


def test_an_element_keeps_no_key_nor_link_that_wagtail_does_not_write():
    assert assainir('<p data-block-key="a b"><a linktype="media" id="x1">Lire</a></p>') == "<p><a>Lire</a></p>"


def test_a_block_shows_its_rich_text_and_not_its_tags():
    bloc = CorpsBloc()
    flux = bloc.to_python([{"type": t, "value": "<p>Oui : <b>ici</b></p>"} for t in ("texte", "encadre")])
    lu = str(flux)
    assert lu.count(f"<p>Oui{FINE}: <b>ici</b></p>") == 2
    assert "&lt;" not in lu


def test_a_block_is_cleaned_when_it_is_saved():
    bloc = CorpsBloc().child_blocks["texte"]
    sale = RichText('<p onclick="f()">Oui<script>1</script></p>')
    assert (bloc.clean(sale).source, bloc.get_prep_value(sale)) == ("<p>Oui1</p>", "<p>Oui1</p>")


def test_a_field_is_cleaned_when_it_is_saved(arborescence):
    page = FilInfoPage(title="Essai", slug="essai", numero=9, saison="Été", edito="<p onclick='f()'>Oui</p>")
    arborescence.fils.add_child(instance=page)
    assert FilInfoPage.objects.get(pk=page.pk).edito == "<p>Oui</p>"


@pytest.mark.parametrize(
    ("mots", "lies"),
    [
        (
            "Voir https://exemple.org/a?b=1&c=2.",
            'Voir <a href="https://exemple.org/a?b=1&amp;c=2" rel="nofollow">https://exemple.org/a?b=1&amp;c=2</a>.',
        ),
        ("javascript:alert(1) mailto:a@exemple.org", "javascript:alert(1) mailto:a@exemple.org"),
        ("<b onclick=f()>gras</b> & reste", "&lt;b onclick=f()&gt;gras&lt;/b&gt; &amp; reste"),
    ],
)
def test_addresses_in_plain_words_become_links_that_lend_no_credit(mots, lies):
    lu = Template("{% load redaction %}{{ mots|lier }}").render(Context({"mots": mots}))
    assert lu == lies


def _sources(*suffixes):
    dossiers = ("site", "consultation", "ateliers", "contenus")
    return [p for d in dossiers for s in suffixes for p in (RACINE / d).rglob(f"*{s}")]


def test_bleach_and_the_rule_of_protocols_have_one_owner():
    importe = [p for p in _sources(".py") if re.search(r"^\s*(import|from) bleach", p.read_text(), re.M)]
    assert importe == [RACINE / "contenus/html.py"]
    assert {"http", "https", "mailto"} == PROTOCOLES
    nomme = [p for p in _sources(".py") if '"mailto' in p.read_text()]
    assert nomme == [RACINE / "contenus/html.py"]


def test_no_template_lets_html_through_by_itself():
    fautes = re.compile(r"\|\s*(richtext|safe|safeseq)\b|autoescape off")
    assert [p for p in _sources(".html") if fautes.search(p.read_text())] == []
