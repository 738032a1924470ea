"""What a page says of itself to machines, and who the site says it is."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse
from wagtail.models import Site

from contenus.impression.corps import corps
from contenus.models import FilInfoPage, IdentiteSite, PagePlaine, SeminairePage
from contenus.models.blocs import CorpsBloc
from tests import fabriques

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]
BLOCS = [
    {"type": "citation", "value": {"mots": "On apprend ! à deux", "qui": "une salariée"}},
    {"type": "deux_colonnes", "value": {"lignes": [{"nom": "Quand", "texte": "À 9 h : en salle"}]}},
    {"type": "personne", "value": {"nom": "Odile", "role": "Anime", "texte": "Depuis dix ans.", "photo": None}},
    {"type": "frise", "value": {"etapes": [{"quand": "Printemps", "titre": "Les visites", "texte": ""}]}},
    {"type": "questions", "value": {"questions": [{"question": "Qui vient ?", "reponse": "<p>Tous.</p>"}]}},
    {
        "type": "tableau",
        "value": {
            "caption": "Places",
            "columns": [{"type": "texte", "heading": "Salle"}, {"type": "nombre", "heading": "Places"}],
            "rows": [{"values": ["Hêtre", 20]}],
        },
    },
]


def lire(client, chemin):
    return client.get(chemin).content.decode()


def donnees(html):
    trouve = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return json.loads(trouve[1]) if trouve else None


def poser(parent, page):
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_every_block_shows_on_the_page_and_on_paper(client, arborescence):
    poser(arborescence.accueil, PagePlaine(title="Blocs", slug="blocs", corps=json.dumps(BLOCS)))
    html = lire(client, "/blocs/")
    for morceau in (
        '<blockquote><p dir="auto">On apprend ! à deux</p></blockquote>',  # words of someone: never composed
        '<dt dir="auto">Quand</dt><dd dir="auto">À 9\u00a0h\u202f: en salle</dd>',
        '<strong dir="auto">Odile</strong>',
        '<ol class="frise"><li><p class="quand" dir="auto">Printemps</p>',
        '<summary dir="auto">Qui vient\u202f?</summary>',
        '<caption dir="auto">Places</caption>',
        '<td dir="auto">20',
    ):
        assert morceau in html
    *parties, tableau = corps(CorpsBloc().to_python(BLOCS))
    dits = [
        " ".join(" ".join(run["t"] for bloc in partie["blocs"] for run in bloc["runs"]).split())
        for partie in parties
    ]
    assert dits == [
        "« On apprend ! à deux » une salariée",
        "Quand À 9 h : en salle",
        "Odile Anime Depuis dix ans.",
        "Printemps Les visites.",
        "Qui vient ? Tous.",
    ]
    assert tableau == {
        "genre": "tableau",
        "titre": "Places",
        "colonnes": ["Salle", "Places"],
        "lignes": [["Hêtre", "20"]],
    }


def test_every_block_has_a_preview_for_the_editor():
    for nom, bloc in CorpsBloc().child_blocks.items():
        if nom in {bloc["type"] for bloc in BLOCS} - {"tableau"}:
            assert str(bloc.render(bloc.get_preview_value())).strip(), nom


def test_a_seminar_says_its_dates_to_machines(client, arborescence):
    jour = dt.date(2026, 10, 13)
    consultation = fabriques.creer_consultation(
        colleges=[], lieu="Albi", debut=jour, fin=jour + dt.timedelta(days=1)
    )
    page = SeminairePage(title="Se déplacer ?", slug="albi", consultation=consultation, chapeau="Deux jours.")
    poser(arborescence.accueil, page)
    html = lire(client, "/albi/")
    assert donnees(html) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Se déplacer\u202f?",
        "url": page.full_url,
        "inLanguage": "fr",
        "description": "Deux jours.",
        "startDate": "2026-10-13",
        "endDate": "2026-10-14",
        "organizer": {"@type": "Organization", "name": "Germoir"},
        "location": {"@type": "Place", "name": "Albi"},
    }
    assert '<meta property="og:title" content="Se déplacer\u202f?">' in html
    assert f'<link rel="canonical" href="{page.full_url}">' in html


def test_a_title_closes_no_element_of_the_page(client, arborescence):
    mal = "</script><script>alert(1)</script>&<!--"
    poser(arborescence.fils, FilInfoPage(title=mal, slug="n9", numero=9, saison="Été"))
    html = lire(client, "/fil-info/n9/")
    assert donnees(html)["headline"] == mal
    assert donnees(html)["@type"] == "NewsArticle"
    assert "<script>alert" not in html


def test_the_map_of_the_site_lists_what_is_published_and_nothing_else(client, arborescence):
    cachee = PagePlaine(title="Cachée", slug="cachee", live=False)
    arborescence.accueil.add_child(instance=cachee)
    plan = lire(client, "/sitemap.xml")
    assert "/accessibilite/</loc>" in plan
    assert "cachee" not in plan
    robots = lire(client, "/robots.txt")
    assert "Disallow: /moi/\n" in robots
    assert robots.endswith("/sitemap.xml\n")
    assert client.get("/favicon.ico")["Location"].endswith("favicon-32.png")


def test_the_legal_notices_say_what_is_missing_then_what_the_settings_say(client):
    assert "ne sont pas encore complètes" in lire(client, "/mentions-legales/")
    IdentiteSite.objects.filter(site=Site.objects.get(is_default_site=True)).update(
        organisme="Association des essais",
        siege="1 rue des Tilleuls",
        telephone="05 00 00 00 00",
        courriel="bonjour@exemple.org",
        directeur="Odile Essai",
        hebergeur="Hébergeur des essais",
        phrase="Ici on parle !",
    )
    html = lire(client, "/mentions-legales/")
    for mots in ("Association des essais", "Odile Essai", "Hébergeur des essais", "Ici on parle\u202f!"):
        assert mots in html
    assert "ne sont pas encore complètes" not in html
    assert '<a href="mailto:bonjour@exemple.org">' in lire(client, "/accessibilite/")


def test_whoever_may_edit_a_page_has_a_link_to_do_so_and_nobody_else(client, arborescence):
    consultation = fabriques.creer_consultation()
    page = PagePlaine.objects.get(slug="accessibilite")
    lien = f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}"'
    vus = [lien in lire(client, "/accessibilite/")]
    for compte in (fabriques.creer_mandat("rapporteur", consultation), fabriques.creer_editeur(consultation)):
        client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
        vus.append(lien in lire(client, "/accessibilite/"))
    assert vus == [False, False, True]
