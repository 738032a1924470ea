"""Every page screen of Wagtail's admin, played by each role on its own region's page and on the neighbour's."""

import json
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver, reverse
from openpyxl import load_workbook
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, get_page_models

from contenus import actions
from contenus.models import AccueilPage, PagePlaine, SeminairePage, SynthesePage
from contenus.models.garde import DroitsDePage, PageGardee
from tests import fabriques as f
from tests.contenus import fabriques_contenus as fc
from tests.lus_une_fois import lus_une_fois

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]

#: The later draft of a page that is published, and one that never was.
TITRE, BROUILLON = "Zibeline", "Ocelot"
ROLES = ("organisateur", "editeur", "rapporteur", "animateur", None)
PUBLIENT, ECRIVENT = {"organisateur", "editeur"}, {"organisateur", "editeur", "rapporteur"}

#: Address -> who may open it on a page of their own consultation (written by its rapporteur, and published).
#: Nobody opens it on a page of another consultation. None: not about one page; its lists are read below.
ADRESSES = {
    "add": None, "preview_on_add": None, "choose_parent": None, "add_subpage": None,
    "type_use": None, "type_use_results": None, "search": None, "search_results": None,
    "usage": ECRIVENT, "edit": ECRIVENT, "preview_on_edit": ECRIVENT, "view_draft": ECRIVENT,
    "delete": PUBLIENT, "unpublish": PUBLIENT, "convert_alias": ECRIVENT,
    "move": PUBLIENT, "move_confirm": set(),  # a synthesis has one shelf: there is nowhere to move it
    "set_page_position": set(), "copy": set(),  # a synthesis is not copied, and the shelf sorts itself
    "workflow_action": None, "collect_workflow_action_data": None, "confirm_workflow_cancellation": None,
    "workflow_preview": None,  # they need a page in review: see below
    "set_privacy": PUBLIENT, "lock": PUBLIENT, "unlock": PUBLIENT,
    "revisions_index": ECRIVENT, "revisions_view": ECRIVENT, "revisions_revert": ECRIVENT,
    "revisions_unschedule": PUBLIENT, "revisions_compare": ECRIVENT,
    "workflow_history": ECRIVENT, "workflow_history_detail": None,
    "history": ECRIVENT, "history_results": ECRIVENT,
}  # fmt: skip
GARDEES = {nom: permis for nom, permis in ADRESSES.items() if permis is not None}
POST_SEUL = {"convert_alias", "lock", "unlock", "set_page_position"}


def adresses_de_wagtail():
    espace = get_resolver().namespace_dict["wagtailadmin_pages"][1]
    return {nom for nom in espace.reverse_dict if isinstance(nom, str)}


def test_every_page_screen_of_wagtail_has_a_decision():
    assert adresses_de_wagtail() == set(ADRESSES)


def test_every_type_of_page_carries_the_guard():
    sans = [m for m in get_page_models() if m is not Page and not issubclass(m, PageGardee)]
    assert sans == []
    assert type(AccueilPage.objects.get().permissions_for_user(f.creer_compte())) is DroitsDePage


def test_nobody_holds_anything_at_the_root():
    assert not GroupPagePermission.objects.filter(page__depth=1).exists()


@pytest.fixture(scope="module")
def _page(_arborescence):
    synthese = fc.creer_synthese_votee(2)
    rapporteur = f.creer_mandat("rapporteur", synthese.consultation)
    page = fc.publier(actions.faire_page(synthese=synthese, par=rapporteur))
    page.title = TITRE
    page.save_revision(user=rapporteur)
    return page.pk


@pytest.fixture
def page(_page, db):
    """A published synthesis page, whose later draft has another title; its owner is its rapporteur."""
    return SynthesePage.objects.get(pk=_page)


@pytest.fixture(scope="module")
def _en_revue(_arborescence):
    synthese = fc.creer_synthese(titre=BROUILLON)
    page = actions.faire_page(synthese=synthese, par=f.creer_mandat("rapporteur", synthese.consultation))
    page.title, page.locked = TITRE, True
    page.save()
    page.get_workflow().start(page, page.owner)
    return page.pk


@pytest.fixture
def en_revue(_en_revue, db):
    """A draft that was sent to be read, and locked."""
    return SynthesePage.objects.get(pk=_en_revue)


@pytest.fixture(scope="module", autouse=True)
def _lus_une_fois():
    with lus_une_fois():
        yield


def _entres(comptes):
    """{whom: their browser}: what it holds of them is read once, see `lus_une_fois`."""
    clients = {qui: Client() for qui in comptes}
    for qui, client in clients.items():
        client.force_login(comptes[qui], backend="django.contrib.auth.backends.ModelBackend")
    return clients


@pytest.fixture(scope="module")
def _d_ailleurs(_arborescence, django_db_blocker):
    with django_db_blocker.unblock():
        consultation = f.creer_consultation()
        return _entres({role: f.creer_mandat(role, consultation) if role else f.creer_compte() for role in ROLES})


@pytest.fixture
def d_ailleurs(_d_ailleurs, db):
    """{role: the browser of who holds it in another region}"""
    return _d_ailleurs


@pytest.fixture(scope="module")
def _d_ici(_page, django_db_blocker):
    with django_db_blocker.unblock():
        page = SynthesePage.objects.get(pk=_page)
        roles = {role: f.creer_mandat(role, page.synthese.consultation) for role in ROLES if role}
        return _entres(roles | {"rapporteur": page.owner, None: f.creer_compte()})


@pytest.fixture
def d_ici(_d_ici, db):
    """{role: the browser of who holds it where the page comes from}"""
    return _d_ici


def adresse(nom, page):
    racine = Page.objects.get(depth=1)
    revision = page.revisions.last().pk
    arguments = {
        "move_confirm": [page.pk, racine.pk],
        "revisions_view": [page.pk, revision],
        "revisions_revert": [page.pk, revision],
        "revisions_unschedule": [page.pk, revision],
        "revisions_compare": [page.pk, "live", "latest"],
    }
    return reverse(f"wagtailadmin_pages:{nom}", args=arguments.get(nom, [page.pk]))


def frapper(client, nom, page):
    adresse_ = adresse(nom, page)
    if nom in POST_SEUL:
        return client.post(adresse_)
    return client.get(adresse_, follow=nom == "revisions_index")


def refuse(reponse):
    if getattr(reponse, "redirect_chain", None):
        return reponse.redirect_chain[-1][0] == reverse("wagtailadmin_home")
    if reponse.status_code == 302:
        return reponse["Location"].startswith((reverse("wagtailadmin_home") + "?", "/compte/")) or reponse[
            "Location"
        ] == reverse("wagtailadmin_home")
    return reponse.status_code in (403, 404)


def etat(page):
    page.refresh_from_db()
    return (
        page.live, page.locked, page.path, page.title, page.revisions.count(), page.latest_revision_id,
        PageViewRestriction.objects.count(), Page.objects.count(),
    )  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("nom", GARDEES)
def test_on_the_page_of_another_region_every_screen_is_closed_to_every_role(d_ailleurs, page, nom, role):
    client = d_ailleurs[role]
    avant = etat(page)
    for methode in ("get", "post"):
        reponse = getattr(client, methode)(adresse(nom, page))
        assert refuse(reponse) or reponse.status_code == 405, (methode, reponse.status_code)
        assert TITRE not in reponse.content.decode()
    assert etat(page) == avant


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("nom", GARDEES)
def test_on_ones_own_page_each_role_has_what_is_decided_and_no_more(d_ici, page, nom, role):
    if nom == "convert_alias":
        pytest.skip("the page is no alias: Wagtail answers 404 to all") if role in ECRIVENT else None
    avant = etat(page)
    reponse = frapper(d_ici[role], nom, page)
    assert refuse(reponse) == (role not in GARDEES[nom]), reponse.status_code
    if role not in GARDEES[nom]:
        assert etat(page) == avant


LISTES = [
    reverse("wagtailadmin_explore_root"),
    "explore", "explore_results",
    reverse("wagtailadmin_pages:search") + "?q=ocelot",
    reverse("wagtailadmin_pages:search_results") + "?q=ocelot",
    reverse("wagtailadmin_pages:type_use", args=["contenus", "synthesepage"]),
    reverse("wagtailadmin_pages:type_use_results", args=["contenus", "synthesepage"]),
    "choose", reverse("wagtailadmin_choose_page_search") + "?q=ocelot",
    reverse("wagtailadmin_choose_page") + "?page_type=contenus.synthesepage",
    *(reverse(f"wagtailadmin_reports:{nom}") for nom in (
        "locked_pages", "locked_pages_results", "workflow", "workflow_results", "workflow_tasks",
        "workflow_tasks_results", "site_history", "site_history_results", "aging_pages", "aging_pages_results",
        "page_types_usage", "page_types_usage_results",
    )),
    "/gestion/api/main/pages/?fields=*", "api", "bulk", reverse("wagtailadmin_home"),
]  # fmt: skip


def adresse_de_liste(liste, page):
    etagere = page.get_parent()
    return {
        "explore": reverse("wagtailadmin_explore", args=[page.pk]),
        "explore_results": reverse("wagtailadmin_explore_results", args=[etagere.pk]),
        "choose": reverse("wagtailadmin_choose_page_child", args=[etagere.pk]),
        "api": f"/gestion/api/main/pages/{page.pk}/",
        "bulk": reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={page.pk}",
    }.get(liste, liste)


@pytest.mark.parametrize("role", ["organisateur", "editeur", "rapporteur"])
@pytest.mark.parametrize("liste", LISTES)
def test_no_list_of_the_admin_names_a_draft_of_another_region(d_ailleurs, en_revue, liste, role):
    reponse = d_ailleurs[role].get(adresse_de_liste(liste, en_revue), follow=True)
    assert BROUILLON not in reponse.content.decode()


def test_the_same_lists_name_it_to_its_own_editor(client, en_revue):
    client.force_login(f.creer_editeur(en_revue.synthese.consultation))
    for liste in ("explore", "explore_results", "choose", "api"):
        assert BROUILLON in client.get(adresse_de_liste(liste, en_revue)).content.decode(), liste


ECRANS_DE_FICHIERS = [
    ("wagtailimages:image_usage", "image"), ("wagtailimages:edit", "image"), ("wagtailimages:delete", "image"),
    ("wagtaildocs:document_usage", "plan"), ("wagtaildocs:edit", "plan"), ("wagtaildocs:delete", "plan"),
]  # fmt: skip


@pytest.fixture
def illustree():
    """(the draft of a region, an image and a document that it shows, lent by someone of another region)"""
    synthese = fc.creer_synthese(titre=TITRE)
    page = actions.faire_page(synthese=synthese, par=f.creer_mandat("rapporteur", synthese.consultation))
    image = get_image_model().objects.create(title="Cour", file=get_test_image_file())
    plan = get_document_model().objects.create(title="Plan", file=ContentFile(b"%PDF-1.4", "a.pdf"))
    blocs = [
        {"type": "image", "value": {"image": {"image": image.pk, "alt_text": "", "decorative": True}}},
        {"type": "document", "value": {"document": plan.pk}},
    ]
    page.avant = json.dumps(blocs)
    page.save()
    return page, image, plan


@pytest.mark.parametrize("role", ["organisateur", "editeur", None])
def test_no_screen_of_an_image_or_a_document_names_the_draft_that_shows_it(client, illustree, role):
    page, image, plan = illustree
    compte = f.creer_mandat(role, f.creer_consultation()) if role else None
    if compte:
        client.force_login(compte)
        type(image).objects.update(uploaded_by_user=compte)
        type(plan).objects.update(uploaded_by_user=compte)
    ouverts = set()
    for nom, objet in ECRANS_DE_FICHIERS:
        reponse = client.get(
            reverse(nom, args=[{"image": image, "plan": plan}[objet].pk]) + "?describe_on_delete=1"
        )
        ouverts |= {nom} if reponse.status_code == 200 else set()
        assert TITRE not in reponse.content.decode(), nom
    assert ouverts == ({nom for nom, _objet in ECRANS_DE_FICHIERS} if role else set())
    client.force_login(f.creer_editeur(page.synthese.consultation))
    type(image).objects.update(uploaded_by_user=None)
    assert TITRE in client.get(reverse("wagtailimages:image_usage", args=[image.pk])).content.decode()


@pytest.mark.parametrize("nom", ["locked_pages", "site_history", "aging_pages", "workflow", "workflow_tasks"])
@pytest.mark.parametrize("forme", ["csv", "xlsx"])
def test_no_report_taken_away_names_a_draft_of_another_region(client, page, nom, forme):
    page.locked = True
    page.save()
    adresse_ = reverse(f"wagtailadmin_reports:{nom}") + f"?export={forme}"

    def lu(compte):
        client.force_login(compte)
        reponse = client.get(adresse_)
        contenu = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
        if forme == "csv" or reponse.status_code != 200:
            return contenu.decode(errors="ignore")
        lignes = load_workbook(BytesIO(contenu)).active.values
        return " ".join(str(case) for ligne in lignes for case in ligne)

    assert TITRE not in lu(f.creer_editeur(f.creer_consultation()))
    if nom == "locked_pages":
        assert TITRE in lu(f.creer_compte(is_superuser=True, is_staff=True))


@pytest.mark.parametrize("acte", ["delete", "move", "publish", "unpublish"])
@pytest.mark.parametrize("role", ["organisateur", "editeur", "rapporteur"])
def test_no_bulk_action_reaches_the_page_of_another_region(d_ailleurs, page, acte, role):
    avant = etat(page)
    etageres = page.get_parent()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", acte])
    for cible in (f"id={page.pk}", f"id=all&parentId={etageres.pk}", f"id={etageres.pk}"):
        d_ailleurs[role].post(f"{url}?{cible}", {"chooser": etageres.get_parent().pk, "include_descendants": "on"})
        assert etat(page) == avant, cible


@pytest.mark.parametrize("role", ["organisateur", "editeur"])
def test_what_hangs_below_is_counted_in(d_ailleurs, page, role, arborescence):
    """Hiding, unpublishing or locking the home page or a shelf would take every region's pages away."""
    avant = etat(page)
    for dessus in (arborescence.accueil, arborescence.syntheses, arborescence.fils):
        for nom in ("set_privacy", "lock", "unpublish", "delete", "move"):
            reponse = d_ailleurs[role].post(
                reverse(f"wagtailadmin_pages:{nom}", args=[dessus.pk]),
                {"restriction_type": "login", "include_descendants": "on"},
            )
            assert refuse(reponse), (dessus, nom)
    assert etat(page) == avant


def test_ones_own_page_with_someone_elses_below_is_not_taken_away(arborescence):
    consultation = f.creer_consultation()
    editeur, autre = f.creer_editeur(consultation), f.creer_editeur(consultation)
    dessus = arborescence.accueil.add_child(instance=PagePlaine(title="Guide", owner=editeur))
    assert dessus.permissions_for_user(editeur).can_set_view_restrictions()
    assert not dessus.permissions_for_user(autre).can_set_view_restrictions()
    dessus.add_child(instance=PagePlaine(title="Suite", owner=autre))
    dessus.refresh_from_db()
    droits = dessus.permissions_for_user(editeur)
    assert (droits.can_set_view_restrictions(), droits.can_unpublish(), droits.can_move()) == (False,) * 3
    assert droits.can_edit()


@pytest.mark.parametrize("role", ["organisateur", "editeur", "rapporteur"])
def test_a_plain_page_of_the_house_offers_no_deletion(client, role, arborescence):
    page = PagePlaine.objects.get(slug="accessibilite")
    droits = page.permissions_for_user(f.creer_mandat(role, f.creer_consultation()))
    assert (droits.can_delete(), droits.can_unpublish(), droits.can_move(), droits.can_lock()) == (False,) * 4
    assert droits.can_edit() == (role != "rapporteur")


def test_a_seminars_page_is_its_own_editors_and_is_lent_to_no_other_consultation(client, arborescence):
    mienne, autre = f.creer_consultation(), f.creer_consultation()
    editeur = f.creer_editeur(mienne)
    page = arborescence.accueil.add_child(instance=SeminairePage(title="Sienne", consultation=autre))
    droits = page.permissions_for_user(editeur)
    assert (droits.can_edit(), droits.can_publish(), droits.can_unpublish()) == (False, False, False)
    client.force_login(editeur)
    ajouter = reverse("wagtailadmin_pages:add", args=["contenus", "seminairepage", arborescence.accueil.pk])
    donnees = {"title": "Détournée", "slug": "detournee", "corps-count": 0, "comments-TOTAL_FORMS": 0}
    donnees |= {"comments-INITIAL_FORMS": 0, "action-publish": "1"}
    client.post(ajouter, donnees | {"consultation": autre.pk})
    assert not Page.objects.filter(slug="detournee").exists()
    client.post(ajouter, donnees | {"consultation": mienne.pk})
    assert Page.objects.get(slug="detournee").live


def test_a_page_that_lost_its_consultation_is_left_to_administrators(page):
    editeur = f.creer_editeur(page.synthese.consultation)
    page.synthese = None
    page.save()
    assert not page.permissions_for_user(editeur).can_edit()
    assert page.permissions_for_user(f.creer_compte(is_superuser=True)).can_publish()


@pytest.mark.parametrize("role", ROLES)
def test_a_page_in_review_is_read_and_answered_by_its_own_editors_alone(d_ailleurs, role):
    synthese = fc.creer_synthese(titre=TITRE)
    page = actions.faire_page(synthese=synthese, par=f.creer_mandat("rapporteur", synthese.consultation))
    etat_ = page.get_workflow().start(page, page.owner)
    tache = etat_.current_task_state
    suite = [
        ("workflow_action", [page.pk, "approve", tache.pk]),
        ("collect_workflow_action_data", [page.pk, "approve", tache.pk]),
        ("confirm_workflow_cancellation", [page.pk]),
        ("workflow_preview", [page.pk, tache.task_id]),
        ("workflow_history_detail", [page.pk, etat_.pk]),
    ]
    for nom, arguments in suite:
        for methode in ("get", "post"):
            reponse = getattr(d_ailleurs[role], methode)(reverse(f"wagtailadmin_pages:{nom}", args=arguments))
            assert refuse(reponse) or reponse.status_code == 405, (nom, methode)
    tache.refresh_from_db()
    page.refresh_from_db()
    assert (tache.status, page.live) == ("in_progress", False)


def test_who_may_not_publish_is_not_offered_to(client, page):
    publier = 'name="action-publish"'
    edition = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.force_login(page.owner)
    assert publier not in client.get(edition).content.decode()
    client.force_login(f.creer_organisateur(page.synthese.consultation))
    assert publier in client.get(edition).content.decode()
