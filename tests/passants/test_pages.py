"""Pages kept for visitors: served for one query, to nobody else, and gone once anything they show was written."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as reglages
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from consultation import actions
from consultation.models import College, Consultation, Participant, Phase, Proposition
from contenus.models import IdentiteSite, PagePlaine
from passants import gardes
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_forum, entrer, proposer
from tests.contenus.fabriques_contenus import poser_arborescence

pytestmark = pytest.mark.django_db
PAGES = ("accueil", "propositions", "proposition", "resultats", "regles")
JETON = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]+')


@pytest.fixture(autouse=True)
def _gardees(settings):
    settings.PAGES_GARDEES = True
    IdentiteSite.for_site(Site.objects.get())  # Wagtail writes it when a page is first read


@pytest.fixture
def forum():
    return creer_forum("proposer", "discuter", "voter")


@pytest.fixture
def visiter(django_assert_max_num_queries):
    """Read an address as someone who is nobody, or with `cookies`. Return (the page, whether it was kept)."""

    def lire(adresse, cookies=(), **options):
        visiteur = Client()
        for nom, valeur in dict(cookies).items():
            visiteur.cookies[nom] = valeur
        with django_assert_max_num_queries(80) as faites:
            reponse = visiteur.get(adresse, **options)
        return reponse.content.decode(), len(faites) == 1

    return lire


def page_simple(titre="Le covoiturage"):
    accueil = poser_arborescence().accueil
    return accueil.add_child(instance=PagePlaine(title=titre, chapeau="Comment partager un trajet."))


def adresses(forum):
    slug, dite = forum.consultation.slug, proposer(forum)
    return {
        nom: reverse(f"forums:{nom}", args=[slug, dite.pk] if nom == "proposition" else [slug]) for nom in PAGES
    }


def test_a_page_is_made_once_and_then_given_for_one_query_the_same_but_for_its_forms_mark(visiter, forum):
    page_simple()
    for adresse in (*adresses(forum).values(), reverse("forums:liste"), "/", "/le-covoiturage/", "/reponses/"):
        neuve, deja = visiter(adresse)
        gardee, gardee_ou_non = visiter(adresse)
        assert (deja, gardee_ou_non) == (False, True), adresse
        assert JETON.sub("", neuve) == JETON.sub("", gardee)
        assert not set(JETON.findall(neuve)) & set(JETON.findall(gardee))


def test_the_forms_of_a_kept_page_are_taken_with_its_headers_as_they_were(forum):
    visiteur, vers = Client(enforce_csrf_checks=True), adresses(forum)["accueil"]
    neuve = visiteur.get(vers)
    gardee = Client(enforce_csrf_checks=True).get(vers)
    assert gardee.headers == neuve.headers
    jeton = JETON.search(gardee.content.decode())[0]
    visiteur = Client(enforce_csrf_checks=True)
    visiteur.cookies = gardee.cookies
    champs = {"language": "en", "next": vers, "csrfmiddlewaretoken": jeton}
    assert visiteur.post(reverse("set_language"), champs).status_code == 302
    autre = Client(enforce_csrf_checks=True)
    autre.cookies["csrftoken"] = "x" * 32
    assert autre.post(reverse("set_language"), champs).status_code == 403


def clore(forum, _dite):
    actions.fermer_vote(consultation=forum.consultation, par=None)


#: Ways in which what is read changes: (page, how, what was read before, what is after); None: whatever it was.
GESTES = {
    "refused": (
        "propositions", lambda _f, dite: actions.moderer(
            texte=dite, sens="refusee", regle=1, motif="Non.", derniere=dite.decisions.first().pk, par=None
        ), "minibus", None,
    ),
    "a word masked": (
        "proposition", lambda _f, dite: actions.moderer(
            texte=dite, sens="masquee", passages=[[3, 10]], derniere=dite.decisions.first().pk, par=None
        ), "minibus", None,
    ),
    "masked by a bulk write": (
        "accueil", lambda _f, _dite: Proposition.objects.update(masques=[[3, 10]]), "minibus", None,
    ),
    "its author erased": (
        "propositions", lambda _f, dite: actions.effacer_participant(participant=dite.auteur), "minibus", None,
    ),
    "agreement withdrawn": (
        "accueil", lambda _f, _dite: Participant.objects.update(accord_publication=False), "minibus", None,
    ),
    "an answer published": (
        "proposition", lambda _f, dite: actions.repondre_publiquement(
            proposition=dite, texte="C’est en route.", par=None
        ), None, "C’est en route.",
    ),
    "an argument shown": (
        "proposition", lambda forum, dite: actions.moderer(
            texte=actions.contribuer(
                proposition=dite, participant=dite.auteur, nature="pour", texte="Il est plein.", cle="k1"
            ), sens="affichee", par=None,
        ), None, "Il est plein.",
    ),
    "the vote closed": ("resultats", clore, "Les résultats sont cachés", "Personne n’a"),
    "someone came": ("accueil", lambda forum, _dite: entrer(forum), None, "<dd>2</dd>"),
    "a group renamed by a bulk write": (
        "accueil", lambda _f, _dite: College.objects.filter(signe="habitants").update(nom="Gens du lieu"),
        None, "Gens du lieu",
    ),
    "the forum taken back": (
        "accueil", lambda _f, _dite: Consultation.objects.update(etat="preparation"), "minibus", None,
    ),
    "the sentence of the footer": (
        "regles", lambda _f, _dite: IdentiteSite.objects.update(phrase="On avance."), None, "On avance.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("comment", GESTES)
def test_nothing_stale_is_read_once_something_was_written(visiter, forum, comment):
    nom, geste, avant, apres = GESTES[comment]
    vers = adresses(forum)[nom]
    dite = Proposition.objects.get()
    if geste is clore:
        actions.regrouper(espace=forum.espace, par=None, propositions=[dite], texte="Un minibus")
        actions.ouvrir_vote(consultation=forum.consultation, par=None)
    visiter(vers)
    lue, gardee = visiter(vers)
    assert gardee
    assert avant is None or avant in lue
    assert apres is None or apres not in lue
    geste(forum, Proposition.objects.get(pk=dite.pk))
    lue, gardee = visiter(vers)
    assert not gardee
    assert avant is None or avant not in lue
    assert apres is None or apres in lue


def test_a_page_of_the_site_is_never_read_once_it_is_changed_closed_to_some_or_taken_away(visiter):
    page, vers = page_simple(), "/le-covoiturage/"
    for geste in (
        lambda: Page.objects.filter(pk=page.pk).update(title="Partager un trajet"),
        lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"),
        lambda: PageViewRestriction.objects.all().delete(),
        lambda: page.unpublish(),
    ):
        visiter(vers)
        geste()
        assert not visiter(vers)[1]
    assert Client().get(vers).status_code == 404


def test_each_language_has_its_own_page(visiter, forum):
    vers = adresses(forum)["accueil"]
    anglais = {reglages.LANGUAGE_COOKIE_NAME: "en"}
    for cookies, dit in (({}, "Comment participer"), (anglais, "How to take part")):
        for deja in (False, True):
            page, gardee = visiter(vers, cookies)
            assert (dit in page, gardee) == (True, deja)


def test_whoever_is_somebody_is_answered_anew_and_leaves_nothing_to_others(visiter, forum):
    vers = adresses(forum)["accueil"]
    membre = Client()
    membre.force_login(f.creer_organisateur(forum.consultation))
    assert "Relire ce qui attend" in membre.get(vers).content.decode()
    for cookies in ({"germoir_participant": "x"}, {"messages": "x"}, {"inconnu": "x"}):
        assert [visiter(vers, cookies)[1] for _fois in range(2)] == [False, False]
    page, gardee = visiter(vers)
    assert ("Relire ce qui attend" in page, gardee) == (False, False)
    visiter(vers)
    assert "Relire ce qui attend" in membre.get(vers).content.decode()


@pytest.mark.parametrize(
    "demande", ["?mots=bus", "?page=x", "?axe=1&autre=2", "?page=1234567", "entrer/", "suivre/", "propositions/9/"]
)
def test_words_searched_doors_and_what_is_not_there_are_not_kept(visiter, forum, demande):
    vers = reverse("forums:accueil", args=[forum.consultation.slug]) + demande
    assert [visiter(vers)[1] for _fois in range(2)] == [False, False]


def test_another_host_and_another_page_of_a_list_are_other_pages(visiter, forum):
    vers = adresses(forum)["propositions"]
    visiter(vers)
    assert [visiter(vers + "?page=1")[1], visiter(vers, headers={"host": "ailleurs.example"})[1]] == [False, False]
    assert [visiter(vers + "?page=1")[1], visiter(vers)[1]] == [True, True]


def test_a_page_is_forgotten_at_the_next_hour_at_which_a_phase_opens_or_closes(visiter, forum):
    vers, maintenant = adresses(forum)["accueil"], timezone.now()
    Phase.objects.filter(nature="voter").update(fin=maintenant + timedelta(seconds=20))
    visiter(vers)
    (oubliee,) = caches["pages"]._expire_info.values()
    assert 0 < oubliee - maintenant.timestamp() < 20.1
    Phase.objects.update(debut=maintenant - timedelta(days=2), fin=maintenant - timedelta(days=1))
    caches["pages"].clear()
    visiter(vers)
    (oubliee,) = caches["pages"]._expire_info.values()
    assert 40 < oubliee - maintenant.timestamp() <= 90


def test_without_guards_nothing_is_kept_and_those_put_back_count_from_elsewhere(visiter, forum):
    vers = adresses(forum)["accueil"]
    avant = _figure()
    gardes.lever(None, "default", plan=["a migration"])
    assert [visiter(vers)[1] for _fois in range(2)] == [False, False]
    gardes.poser(None, "default")
    assert _figure() != avant
    assert [visiter(vers)[1] for _fois in range(2)] == [False, True]


def test_every_table_is_watched_but_those_that_are_named():
    with connection.cursor() as curseur:
        poses = set(gardes._poses(connection, curseur))
    assert poses == {
        (f"passants_{table}_{geste}", table)
        for table in (modele._meta.db_table for modele in gardes.surveilles())
        for geste in ("ajout", "retrait", "change")
    }
    noms = {modele._meta.label for modele in gardes.surveilles()}
    assert {"consultation.Proposition", "consultation.Proclamation", "wagtailcore.Page"} <= noms
    assert not {"consultation.Voix", "sessions.Session"} & noms


def test_what_is_written_by_the_minute_and_shown_nowhere_forgets_no_page(forum):
    avant = _figure()
    compte = f.creer_organisateur(forum.consultation)
    apres = _figure()
    assert apres > avant
    type(compte).objects.update(last_login=timezone.now())
    assert _figure() == apres


@pytest.mark.services
def test_redis_keeps_pages_too(visiter, forum, settings, redis_url):
    commun = {"BACKEND": "plateforme.memoire.RedisOuIci", "LOCATION": redis_url}
    settings.CACHES = {"default": {**commun, "KEY_PREFIX": ""}, "pages": {**commun, "KEY_PREFIX": "pages"}}
    caches["pages"].clear()
    vers = adresses(forum)["accueil"]
    assert [visiter(vers)[1] for _fois in range(2)] == [False, True]
    Proposition.objects.update(masques=[[3, 10]])
    assert "minibus" not in visiter(vers)[0]


def _figure():
    with connection.cursor() as curseur:
        curseur.execute("SELECT SUM(n) FROM passants_mouvement")
        return curseur.fetchone()[0]
