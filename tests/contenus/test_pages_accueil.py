"""The home page in all its states, the map, the seminar's page, the menu and the obligatory pages."""

from datetime import date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from ateliers.models import Atelier, Etape, Place, Salle, Temps
from contenus.lectures.accueil import accueil, demi_journee
from contenus.models import AccueilPage, PagePlaine, SeminairePage
from contenus.regions import REGIONS, region_de
from tests import fabriques
from tests.contenus import fabriques_contenus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


@pytest.fixture
def requete():
    return RequestFactory().get("/")


def ouvrir_atelier(consultation, titre="Se déplacer pour travailler", presents=0, repetition=False):
    temps, _ = Temps.objects.get_or_create(
        consultation=consultation,
        titre="Faire germer des idées",
        defaults={"debut": timezone.now(), "fin": timezone.now() + timedelta(hours=3)},
    )
    atelier = Atelier.objects.create(
        espace=fabriques.creer_espace(consultation=consultation, titre=titre), temps=temps, repetition=repetition
    )
    Etape.objects.create(atelier=atelier, nature="ideation", titre="Proposer", etat="ouverte")
    for participant in fabriques.creer_participants(consultation, presents):
        Place.objects.create(atelier=atelier, participant=participant, entre_le=timezone.now())
    return atelier


def region(nom):
    return fabriques.creer_territoire(nom=nom)


def lire(client, chemin="/"):
    reponse = client.get(chemin)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_an_empty_site_says_that_nothing_is_open_and_keeps_the_field_for_a_code(client):
    html = lire(client)
    assert "Aucun atelier n’est ouvert en ce moment." in html
    assert '<form class="haut-4" action="/rejoindre/" method="post">' in html
    assert "Aucune synthèse n’est encore publiée." in html
    assert html.count('class="venir ') == 18
    assert ("Prochain séminaire" in html, "Fil d’Info, n°" in html) == (False, False)


def test_one_open_workshop_is_named_with_its_place_and_the_people_there(client):
    ouvrir_atelier(fabriques.creer_consultation(lieu="Albi", titre="Séminaire d’Occitanie"), presents=3)
    html = lire(client)
    assert "Un atelier est ouvert\u202f: Albi" in html
    assert "«\u202fSe déplacer pour travailler\u202f»" in html
    assert "3 personnes sont là." in html


def test_several_open_workshops_are_listed_and_rehearsals_are_not(client):
    consultation = fabriques.creer_consultation()
    ouvrir_atelier(consultation, "Premier", presents=1)
    ouvrir_atelier(consultation, "Second")
    ouvrir_atelier(consultation, "Répétition générale", repetition=True)
    html = lire(client)
    assert "2 ateliers sont ouverts" in html
    assert ("Premier" in html, "Second" in html, "Répétition générale" in html) == (True, True, False)
    assert "1 personne est là." in html


def test_the_next_seminar_comes_with_its_half_days_and_the_past_one_is_gone(client):
    demain = timezone.localdate() + timedelta(days=40)
    fabriques.creer_consultation(lieu="Passéville", debut=date(2020, 1, 1), fin=date(2020, 1, 2))
    fabriques.creer_consultation(
        lieu="Loinville", debut=demain + timedelta(days=90), fin=demain + timedelta(days=91)
    )
    prochain = fabriques.creer_consultation(lieu="Rennes", debut=demain, fin=demain + timedelta(days=1))
    debut = timezone.make_aware(datetime.combine(demain, datetime.min.time().replace(hour=9)))
    Temps.objects.create(
        consultation=prochain, titre="Planter le décor", debut=debut, fin=debut + timedelta(hours=3)
    )
    html = lire(client)
    assert "Prochain séminaire\u202f: <bdi>Rennes</bdi>" in html
    assert "Planter le décor" in html
    assert demi_journee(debut) in html
    assert ("Passéville" in html, html.count("Loinville")) == (False, 1)
    assert html.index("Rennes") < html.index("Et ensuite") < html.index("Loinville")


def test_half_days_are_told_by_their_date():
    debut = timezone.make_aware(datetime(2026, 10, 13, 14))
    assert demi_journee(debut) == "Mardi 13 octobre, après-midi"


def test_a_workshop_s_synthesis_is_not_its_region_s(client, requete):
    espace = fabriques.creer_espace(consultation=fabriques.creer_consultation(territoire=region("Corse")))
    page = fabriques_contenus.creer_page_publiee(
        fabriques_contenus.creer_synthese_votee(2, espace_vote=espace, espace=espace)
    )
    [corse] = [tuile for tuile in accueil(requete).tuiles if tuile.nom == "Corse"]
    assert (corse.etat == "pub", corse.url) == (False, "")
    html = lire(client, page.url)
    assert ("Synthèse d’atelier" in html, "Synthèse régionale" in html) == (True, False)


def test_the_map_says_published_open_planned_and_to_come(client, requete):
    publiee = fabriques_contenus.creer_synthese_votee(
        3,
        espace_vote=fabriques.creer_espace(consultation=fabriques.creer_consultation(territoire=region("Corse"))),
    )
    fabriques_contenus.creer_page_publiee(publiee)
    publiee.consultation.etat = "close"
    publiee.consultation.save()
    ouvrir_atelier(fabriques.creer_consultation(territoire=region("Occitanie")))
    fabriques.creer_consultation(territoire=region("BRETAGNE"), debut=date(2099, 2, 9), fin=date(2099, 2, 10))
    fabriques.creer_consultation(territoire=region("Ile-de-France"), nature="forum", etat="preparation")
    cases = {case.nom: (case.etat, case.mention, case.url) for case in accueil(requete).tuiles}
    assert len(cases) == 18
    assert {nom: case for nom, case in cases.items() if case[0] != "venir"} == {
        "Corse": ("pub", "3 pistes publiées", "/syntheses/corse/"),
        "Occitanie": ("cours", "atelier ouvert", ""),
        "Bretagne": ("prevu", "séminaire en février", ""),
        "Île-de-France": ("prevu", "forum en préparation", ""),
    }


def test_a_department_lights_its_region_and_the_nation_none():
    corse = region("Corse")
    departement = fabriques.creer_territoire(nom="Haute-Corse", niveau="departement", parent=corse)
    nation = fabriques.creer_territoire(nom="France", niveau="nation")
    assert [region_de(t) and region_de(t).nom for t in (departement, corse, nation, None)] == [
        "Corse",
        "Corse",
        None,
        None,
    ]


def test_no_two_regions_share_a_cell():
    cases = [(r.y, x) for r in REGIONS for x in range(r.x, r.x + r.largeur)]
    assert (len(REGIONS), len(cases), len(set(cases))) == (18, 20, 20)


def test_the_home_page_costs_the_same_for_one_thing_and_for_many(client, django_assert_max_num_queries):
    def ouvrir(rang):
        consultation = fabriques.creer_consultation(
            territoire=region(REGIONS[rang].nom), debut=date(2099, 1, 1 + rang), lieu="Ici"
        )
        ouvrir_atelier(consultation, presents=1)
        fabriques_contenus.creer_page_publiee(fabriques_contenus.creer_synthese(consultation))

    ouvrir(0)
    client.get("/")
    with django_assert_max_num_queries(20) as une:
        client.get("/")
    for rang in range(1, 5):
        ouvrir(rang)
    with django_assert_max_num_queries(len(une)):
        client.get("/")


def test_the_seminar_page_shows_programme_rooms_colleges_and_the_booklet(client, arborescence):
    consultation = fabriques.creer_consultation(lieu="Rennes", chapeau="Deux jours pour en parler.")
    atelier = ouvrir_atelier(consultation, presents=2)
    atelier.salle = Salle.objects.create(consultation=consultation, nom="Salle Verte")
    atelier.save()
    arborescence.accueil.add_child(
        instance=SeminairePage(title="Séminaire de Bretagne", slug="bretagne", consultation=consultation)
    )
    html = lire(client, "/bretagne/")
    for mots in (
        "Deux jours pour en parler.",
        "Salle Verte",
        "Au moins 20 places sur 100.",
        "2 personnes sont là.",
    ):
        assert mots in html
    assert f'href="/carnet/{consultation.slug}/"' in html


def test_a_seminar_page_outlives_its_consultation(client, arborescence):
    consultation = fabriques.creer_consultation(colleges=[])
    arborescence.accueil.add_child(
        instance=SeminairePage(title="Sans suite", slug="sans-suite", consultation=consultation)
    )
    consultation.delete()
    assert "Sans suite" in lire(client, "/sans-suite/")


@pytest.mark.parametrize("chemin", ["/accessibilite/", "/donnees-personnelles/", "/mentions-legales/"])
def test_the_obligatory_pages_are_there_in_french(client, chemin):
    html = lire(client, chemin)
    assert "<h1" in html
    assert html.count("<h2") >= 3


def test_the_accessibility_page_says_that_nothing_was_audited(client):
    html = lire(client, "/accessibilite/")
    assert "aucun audit n’a encore été fait" in html
    assert ("Accessibilité\u202f: non conforme." in html, "partiellement" in html) == (True, False)


def test_the_menu_and_the_footer_cost_one_query_each(django_assert_num_queries):
    contexte = Context({"request": RequestFactory().get("/fil-info/numero-5/")})
    gabarit = Template(
        "{% load menus %}{% menu_principal as menu %}"
        "{% for t, u, c in menu %}{{ u }}{% if c %}*{% endif %} {% endfor %}"
    )
    with django_assert_num_queries(1):
        menu = gabarit.render(contexte).split()
    assert menu == ["/#maintenant", "/syntheses/", "/fil-info/*", "/forums/", "/#ressources", "/recherche/"]
    pied = Template("{% load menus %}{% menu_pied as pied %}{% for t, u, c in pied %}{{ u }} {% endfor %}")
    with django_assert_num_queries(1):
        assert pied.render(contexte) == "/accessibilite/ /donnees-personnelles/ /mentions-legales/ "


def test_pages_preview(rf):
    for page in (AccueilPage.objects.get(), PagePlaine.objects.first(), fabriques_contenus.creer_page_publiee()):
        reponse = page.make_preview_request()
        assert reponse.status_code == 200
