"""The administration speaks French, and in our words: its main screens, as organisers and editors read them."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Task, Workflow

from contenus import actions
from contenus.models import FilInfoIndexPage, PagePlaine
from contenus.roles import poser_roles
from plateforme import mots_de_la_gestion
from tests import fabriques as f
from tests.contenus import fabriques_contenus as fc
from tests.lus_une_fois import lus_une_fois
from tests.serveurs import RACINE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]

#: English, and the words of Wagtail that nobody here would say.
ETRANGERS = re.compile(
    r"\b(?:the|this|that|these|with|without|you|your|and|or not|of|from|has|have|been|is|are|was|not|for|to|by|"
    r"pages?\s(?:is|has|was)|approval|moderators?|editors?|wagtail|add|edit|save|delete|search|settings|reports?|"
    r"unpublish|slug|workflows?|dashboard|sidebar|toggle|snippets?|draft|live|changes|expand|collapse|minimap|"
    r"preview|loading|untitled|upload|new|old|select|choose|cancel|submit|view|history|status|help)\b|\(le\)|\(e\)",
    re.I,
)
SANS_MOTS = ["script", "style", "template", "svg"]
DITS = ("title", "aria-label", "placeholder", "alt", "data-w-dialog-title")


def lus(html):
    """Every piece of text that a person reads or hears on a page of the administration."""
    soupe = BeautifulSoup(html, "lxml")
    for element in soupe(SANS_MOTS):
        element.decompose()
    morceaux = [m.strip() for m in soupe.stripped_strings]
    morceaux += [e[a] for e in soupe.find_all(True) for a in DITS if e.get(a)]
    morceaux += [e["content"] for e in soupe.find_all("meta", attrs={"name": "description"})]
    return morceaux


def etrangers(html):
    return sorted({m for m in lus(html) if ETRANGERS.search(m)})


@pytest.fixture
def lieux():
    synthese = fc.creer_synthese_votee(2)
    page = fc.publier(actions.faire_page(synthese=synthese, par=None))
    return synthese.consultation, page


def ecrans(consultation, page):
    simple, fils = PagePlaine.objects.first(), FilInfoIndexPage.objects.get()
    accueil = simple.get_parent()
    for nom in ("home", "account", "explore_root"):
        yield reverse(f"wagtailadmin_{nom}")
    for nom in ("locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages"):
        yield reverse(f"wagtailadmin_reports:{nom}")
    for nom in ("edit", "history", "workflow_history", "usage", "copy"):
        yield reverse(f"wagtailadmin_pages:{nom}", args=[simple.pk])
    for nom in ("edit", "delete", "unpublish", "move", "set_privacy"):
        yield reverse(f"wagtailadmin_pages:{nom}", args=[page.pk])
    yield reverse("wagtailadmin_explore", args=[accueil.pk])
    yield reverse("wagtailadmin_pages:search") + "?q=a"
    yield reverse("wagtailadmin_pages:add_subpage", args=[accueil.pk])
    yield reverse("wagtailadmin_pages:add", args=["contenus", "pageplaine", accueil.pk])
    yield reverse("wagtailadmin_pages:add", args=["contenus", "filinfopage", fils.pk])
    for nom in ("wagtailimages:index", "wagtailimages:add", "wagtaildocs:index", "wagtaildocs:add",
                "wagtailredirects:index", "wagtailredirects:add"):  # fmt: skip
        yield reverse(nom)
    for nom in ("consultations:index", "contenus_composer", "aide"):
        yield reverse(nom)
    yield reverse("contenus_reprendre", args=[page.pk])
    for nom in ("preparation", "colleges", "equipe", "journal", "exports"):
        yield reverse(f"gestion:{nom}", args=[consultation.pk])
    yield reverse("gestion_ateliers:ateliers_ajouter", args=[consultation.pk])


@pytest.mark.parametrize("role", ["organisateur", "editeur"])
def test_the_administration_speaks_french_and_in_our_words(client, lieux, role):
    consultation, page = lieux
    client.force_login(f.creer_mandat(role, consultation))
    vus = {}
    with lus_une_fois():
        for adresse in ecrans(consultation, page):
            lu = client.get(adresse, follow=True)
            vus[adresse] = etrangers(lu.content.decode()) if lu.status_code == 200 else lu.status_code
    interdits = {a for a, v in vus.items() if v == 403}
    assert {a: v for a, v in vus.items() if v and v != 403} == {}
    assert role == "organisateur" or all("/consultations/" in adresse for adresse in interdits)
    assert len(vus) - len(interdits) > 25


def test_the_test_hears_what_is_foreign():
    dits = ["Moderators approval", "Accueil - Wagtail", "Nouvel(le) : Image", "Edit this page", "Slug", "Une page"]
    assert etrangers("".join(f"<p>{dit}</p>" for dit in dits)) == sorted(dits[:5])
    assert etrangers('<input placeholder="Search…"><script>the page</script>') == ["Search…"]


def test_the_catalogue_is_what_the_rules_make_of_the_wagtail_installed():
    assert (RACINE / "contenus/locale/fr/LC_MESSAGES/django.po").read_text() == mots_de_la_gestion.catalogue()


@pytest.mark.parametrize(
    ("dit", "attendu"),
    [
        ("Êtes-vous sûr(e) de vouloir supprimer ce slug ?", "Voulez-vous vraiment supprimer ce mot d’adresse ?"),
        ("Ce(tte) %(model_name)s est verrouillé(e)", "« %(model_name)s » est verrouillé"),
        ("rejetée dans le workflow « %(workflow)s »", "rejetée dans le circuit « %(workflow)s »"),
        ('<a href="%(url)s" class="slug">Slug</a>', '<a href="%(url)s" class="slug">Mot d’adresse</a>'),
    ],
)
def test_values_and_tags_are_left_alone(dit, attendu):
    assert mots_de_la_gestion.redire("", dit) == attendu


def test_a_page_sent_back_is_told_in_our_words(mailoutbox, django_capture_on_commit_callbacks):
    synthese = fc.creer_synthese(titre="Synthèse d’Occitanie")
    rapporteur = f.creer_mandat("rapporteur", synthese.consultation)
    page = actions.faire_page(synthese=synthese, par=rapporteur)
    with django_capture_on_commit_callbacks(execute=True):
        etat = page.get_workflow().start(page, rapporteur)
        tache = etat.current_task_state
        tache.task.on_action(tache, f.creer_editeur(synthese.consultation), "reject", comment="D’où vient la 3 ?")
    (recu,) = [m for m in mailoutbox if m.to == [rapporteur.email]]
    assert recu.subject == "Germoir\u202f: des changements sont demandés sur «\u202fSynthèse d’Occitanie\u202f»"
    assert "D’où vient la 3 ?" in recu.body
    assert not ETRANGERS.search(re.sub(r"https?://\S+", "", recu.body))


def test_wagtail_s_own_review_is_gone_and_ours_stays(arborescence):
    assert list(Workflow.objects.values_list("name", flat=True)) == ["Relecture régionale"]
    assert list(Task.objects.values_list("name", flat=True)) == ["Relecture régionale"]
    assert not Group.objects.filter(name__in=("Editors", "Moderators")).exists()
    assert PagePlaine.objects.first().get_workflow() is None
    assert arborescence.syntheses.get_workflow().name == "Relecture régionale"


def test_a_review_of_wagtail_s_that_someone_uses_is_kept():
    circuit = Workflow.objects.create(name="Moderators approval")
    f.creer_compte().groups.add(Group.objects.create(name="Moderators"))
    poser_roles()
    circuit.refresh_from_db()
    assert circuit.active
