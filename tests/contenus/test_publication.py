"""From the rapporteur's synthesis to the published page: who may do what, once, and what follows upstream."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowState

from consultation import actions as actions_consultation
from consultation.erreurs import Refus
from consultation.models import Journal, Synthese
from contenus import actions, regles
from contenus.lectures.retours import retours
from contenus.models import PagePlaine, RelectureRegionale, SynthesePage
from contenus.roles import poser_roles
from tests import fabriques
from tests.contenus import fabriques_contenus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


@pytest.fixture(scope="module")
def _synthese(_arborescence):
    return fabriques_contenus.creer_synthese_votee(2).pk


@pytest.fixture
def synthese(_synthese, db):
    return Synthese.objects.get(pk=_synthese)


def connecter(client, compte):
    client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
    return compte


def rapporteur_de(synthese):
    return fabriques.creer_mandat("rapporteur", synthese.consultation)


def journal(verbe):
    return list(Journal.objects.filter(verbe=verbe).values_list("objet_id", "compte_id"))


def test_one_act_makes_a_draft_page_and_says_so_in_the_journal(synthese):
    rapporteur = rapporteur_de(synthese)
    page = actions.faire_page(synthese=synthese, par=rapporteur)
    assert (page.live, page.owner, page.synthese, page.nombre_pistes) == (False, rapporteur, synthese, 2)
    assert journal("faire_page") == [(page.pk, rapporteur.pk)]


def test_pressing_twice_gives_the_same_page(synthese):
    premiere, seconde = (actions.faire_page(synthese=synthese, par=None) for _ in range(2))
    assert (premiere.pk, SynthesePage.objects.count(), len(journal("faire_page"))) == (seconde.pk, 1, 1)


def test_a_region_gives_the_page_its_name_and_two_syntheses_two_addresses():
    region = fabriques.creer_territoire(nom="Occitanie")
    consultation = fabriques.creer_consultation(territoire=region)
    pages = [
        actions.faire_page(synthese=fabriques_contenus.creer_synthese(consultation), par=None) for _ in range(2)
    ]
    assert [(p.title, p.slug) for p in pages] == [("Occitanie", "occitanie"), ("Occitanie", "occitanie-2")]


def test_a_stranger_makes_no_page(synthese):
    with pytest.raises(Refus) as refus:
        actions.faire_page(synthese=synthese, par=rapporteur_de(fabriques_contenus.creer_synthese()))
    assert (refus.value.code, refus.value.statut, SynthesePage.objects.count()) == ("interdit", 403, 0)


def test_the_button_leads_the_rapporteur_to_the_editor(client, synthese):
    connecter(client, rapporteur_de(synthese))
    reponse = client.post(reverse("contenus:synthese_vers_page", args=[synthese.pk]))
    page = SynthesePage.objects.get()
    assert (reponse.status_code, reponse.url) == (302, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    editeur = client.get(reponse.url)
    assert editeur.status_code == 200
    assert "D’où vient cette page" in editeur.content.decode()


def test_another_rapporteur_is_told_that_the_draft_is_ready(client, synthese):
    actions.faire_page(synthese=synthese, par=rapporteur_de(synthese))
    connecter(client, rapporteur_de(synthese))
    reponse = client.post(reverse("contenus:synthese_vers_page", args=[synthese.pk]))
    assert reponse.status_code == 200
    assert "Le brouillon de la page est prêt" in reponse.content.decode()


def test_the_button_refuses_a_stranger_in_french_and_asks_to_log_in(client, synthese):
    url = reverse("contenus:synthese_vers_page", args=[synthese.pk])
    assert client.post(url).status_code == 302
    connecter(client, fabriques.creer_compte())
    reponse = client.post(url)
    assert reponse.status_code == 403
    assert "Vous n’avez pas ce droit ici" in reponse.content.decode()
    assert client.get(url).status_code == 405


def test_a_rapporteur_submits_and_the_editor_of_the_consultation_publishes(client, synthese):
    rapporteur = connecter(client, rapporteur_de(synthese))
    page = actions.faire_page(synthese=synthese, par=rapporteur)
    assert page.permissions_for_user(rapporteur).can_publish() is False
    assert page.permissions_for_user(rapporteur).can_submit_for_moderation() is True
    page.get_workflow().start(page, rapporteur)
    synthese.refresh_from_db()
    assert synthese.etat == Synthese.Etat.SOUMISE

    editeur = connecter(client, fabriques.creer_editeur(synthese.consultation))
    tache = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", tache.pk])
    client.post(url, {"comment": ""})
    page.refresh_from_db()
    synthese.refresh_from_db()
    assert (page.live, synthese.etat) == (True, Synthese.Etat.PUBLIEE)
    assert journal("publier_synthese") == [(synthese.pk, editeur.pk)]


def publier_depuis_l_editeur(client, page):
    """Press "Publier" in the editor, with the words as they are; return what is said on the next screen."""
    adresse = reverse("wagtailadmin_pages:edit", args=[page.pk])
    formulaire = BeautifulSoup(client.get(adresse).content, "html.parser").select_one("form[data-edit-form]")
    champs = {c["name"]: c.get("value", "") for c in formulaire.select("input[name]") if c.get("type") != "file"}
    champs |= {c["name"]: c.text for c in formulaire.select("textarea[name]")}
    suite = client.post(
        adresse, champs | {"avant-count": "0", "apres-count": "0", "action-publish": "1"}, follow=True
    )
    return [str(message) for message in suite.context["messages"]]


def test_an_editor_who_publishes_what_was_not_handed_over_is_told_that_it_stays_a_draft(client, synthese):
    page = actions.faire_page(synthese=synthese, par=rapporteur_de(synthese))
    connecter(client, fabriques.creer_editeur(synthese.consultation))
    dits = publier_depuis_l_editeur(client, page)
    page.refresh_from_db()
    synthese.refresh_from_db()
    assert (page.live, synthese.etat) == (True, Synthese.Etat.BROUILLON)
    assert [dit for dit in dits if "reste un brouillon au bureau du rapporteur" in dit]
    actions_consultation.soumettre_synthese(synthese=synthese, par=None)
    assert not [dit for dit in publier_depuis_l_editeur(client, page) if "brouillon au bureau" in dit]
    synthese.refresh_from_db()
    assert synthese.etat == Synthese.Etat.PUBLIEE


def test_whoever_publishes_several_at_once_is_told_too(client, synthese):
    page = actions.faire_page(synthese=synthese, par=rapporteur_de(synthese))
    connecter(client, fabriques.creer_editeur(synthese.consultation))
    adresse = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    suite = client.post(f"{adresse}?id={page.pk}&next=/gestion/", follow=True)
    assert "reste un brouillon au bureau du rapporteur" in suite.text


def test_a_page_sent_back_gives_the_synthesis_back_to_its_desk(synthese):
    rapporteur = rapporteur_de(synthese)
    page = actions.faire_page(synthese=synthese, par=rapporteur)
    page.get_workflow().start(page, rapporteur)
    page.current_workflow_task_state.reject(user=fabriques.creer_editeur(synthese.consultation))
    synthese.refresh_from_db()
    assert synthese.etat == Synthese.Etat.BROUILLON


def test_the_editor_of_another_consultation_neither_opens_approves_nor_publishes(client, synthese):
    rapporteur = rapporteur_de(synthese)
    page = actions.faire_page(synthese=synthese, par=rapporteur)
    page.get_workflow().start(page, rapporteur)
    autre = connecter(client, fabriques.creer_editeur(fabriques.creer_consultation()))
    tache = page.current_workflow_task_state
    assert tache.task.specific.get_actions(page, autre) == []
    assert list(tache.task.specific.get_task_states_user_can_moderate(autre)) == []
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 403
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", tache.pk]), {"comment": ""}
    )
    page.refresh_from_db()
    assert (page.live, regles.peut_publier(autre, page)) == (False, False)


@pytest.mark.parametrize("acte", ["unpublish", "delete"])
def test_the_editor_of_another_consultation_takes_no_page_away(client, synthese, acte):
    page = fabriques_contenus.creer_page_publiee(synthese)
    url = reverse(f"wagtailadmin_pages:{acte}", args=[page.pk])
    connecter(client, fabriques.creer_editeur(fabriques.creer_consultation()))
    assert client.post(url).status_code in (302, 403)
    page.refresh_from_db()
    assert page.live is True


def test_nor_several_at_once(client, synthese):
    page = fabriques_contenus.creer_page_publiee(synthese)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={page.pk}&next=/"
    connecter(client, fabriques.creer_editeur(fabriques.creer_consultation()))
    client.post(url)
    page.refresh_from_db()
    assert page.live is True
    connecter(client, fabriques.creer_editeur(synthese.consultation))
    client.post(url)
    page.refresh_from_db()
    assert page.live is False


def test_the_editor_of_the_consultation_unpublishes_its_page(client, synthese):
    page = fabriques_contenus.creer_page_publiee(synthese)
    connecter(client, fabriques.creer_editeur(synthese.consultation))
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    page.refresh_from_db()
    assert page.live is False


def test_publishing_at_once_marks_the_synthesis_published_and_scheduling_does_not(synthese):
    page = actions.faire_page(synthese=synthese, par=None)
    page.go_live_at = "2099-01-01T08:00:00Z"
    page.save_revision().publish()
    synthese.refresh_from_db()
    assert synthese.etat == Synthese.Etat.BROUILLON
    page.go_live_at = None
    page.save_revision().publish()
    synthese.refresh_from_db()
    assert synthese.etat == Synthese.Etat.PUBLIEE


def test_publishing_again_changes_nothing_upstream(synthese):
    page = fabriques_contenus.creer_page_publiee(synthese)
    synthese.refresh_from_db()
    paru_le = synthese.publiee_le
    page.save_revision().publish()
    synthese.refresh_from_db()
    assert (synthese.publiee_le, len(journal("publier_synthese"))) == (paru_le, 1)


def test_new_figures_wait_while_someone_else_reads_the_page(synthese):
    rapporteur = rapporteur_de(synthese)
    page = actions.faire_page(synthese=synthese, par=rapporteur)
    page.get_workflow().start(page, rapporteur)
    with pytest.raises(Refus) as refus:
        actions.reprendre_chiffres(page=page, par=rapporteur)
    assert (refus.value.code, refus.value.statut) == ("en_relecture", 409)


def test_the_screen_of_new_figures_lists_them_takes_them_and_is_closed_to_strangers(client, synthese):
    page = fabriques_contenus.creer_page_publiee(synthese)
    fabriques.creer_proposition(synthese.consultation.espaces.first())
    connecter(client, fabriques.creer_editeur(synthese.consultation))
    url = reverse("contenus_reprendre", args=[page.pk])
    assert "Participants\u202f: 26 avant, 27 maintenant." in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().contenu["chiffres"]["participants"] == 27
    assert "Rien n’a changé" in client.get(url).content.decode()
    connecter(client, fabriques.creer_editeur(fabriques.creer_consultation()))
    assert client.post(url).status_code == 403


def test_nobody_makes_a_synthesis_page_without_a_synthesis(client, arborescence):
    connecter(client, fabriques.creer_editeur(fabriques.creer_consultation()))
    reponse = client.get(
        reverse("wagtailadmin_pages:add", args=["contenus", "synthesepage", arborescence.syntheses.pk])
    )
    assert reponse.status_code in (302, 403, 404)


def test_a_page_of_synthesis_is_not_copied(client, synthese):
    page = fabriques_contenus.creer_page_publiee(synthese)
    connecter(client, fabriques.creer_compte(is_superuser=True))
    reponse = client.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Copie", "new_slug": "copie", "new_parent_page": page.get_parent().pk},
    )
    assert (reponse.status_code, SynthesePage.objects.count()) == (302, 1)


def test_setting_the_tree_twice_changes_nothing(arborescence):
    avant = (Page.objects.count(), GroupPagePermission.objects.count(), Journal.objects.count())
    assert fabriques_contenus.poser_arborescence() == arborescence
    assert (Page.objects.count(), GroupPagePermission.objects.count(), Journal.objects.count()) == avant


def test_setting_the_tree_again_keeps_what_editors_wrote(arborescence):
    accueil = arborescence.accueil
    accueil.accroche = "Bienvenue chez nous"
    accueil.save_revision().publish()
    fabriques_contenus.poser_arborescence()
    assert type(accueil).objects.get().accroche == "Bienvenue chez nous"


def _mots_de(slug):
    page = PagePlaine.objects.get(slug=slug)
    return page.chapeau, [(bloc.block_type, str(bloc.value)) for bloc in page.corps]


def test_an_obligatory_page_takes_our_words_of_today_until_someone_edits_it(arborescence):
    justes = _mots_de("accessibilite")
    page = PagePlaine.objects.get(slug="accessibilite")
    page.chapeau = "Accessibilité : partiellement conforme."
    page.corps = [("titre", "Autrefois")]
    page.save_revision().publish()
    fabriques_contenus.poser_arborescence()
    assert _mots_de("accessibilite") == justes
    page = PagePlaine.objects.get(slug="accessibilite")
    page.chapeau = "Notre audit est fait."
    page.save_revision(user=fabriques.creer_editeur(fabriques.creer_consultation())).publish()
    fabriques_contenus.poser_arborescence()
    assert PagePlaine.objects.get(slug="accessibilite").chapeau == "Notre audit est fait."


def test_a_page_of_obligation_that_a_site_lacks_is_added(arborescence):
    PagePlaine.objects.get(slug="mentions-legales").delete()
    fabriques_contenus.poser_arborescence()
    assert PagePlaine.objects.get(slug="mentions-legales").live


def test_roles_are_set_once_with_one_review_for_the_syntheses(arborescence):
    poser_roles()
    [relecture] = RelectureRegionale.objects.all()
    assert sorted(relecture.groups.values_list("name", flat=True)) == ["Organisateurs", "Éditeurs"]
    assert Workflow.objects.filter(name="Relecture régionale").count() == 1
    assert WorkflowPage.objects.get(page=arborescence.syntheses.page_ptr).workflow.name == "Relecture régionale"
    rapporteurs = Group.objects.get(name="Rapporteurs")
    assert list(rapporteurs.page_permissions.values_list("page__slug", "permission__codename")) == [
        ("syntheses", "add_page")
    ]


def test_what_was_asked_to_change_is_read_at_the_rapporteur_s_desk_until_it_is_sent_again(client, synthese):
    rapporteur = connecter(client, rapporteur_de(synthese))
    page = actions.faire_page(synthese=synthese, par=rapporteur)
    etat = WorkflowState.objects.get(pk=page.get_workflow().start(page, rapporteur).pk)
    demande = "Dites d’où vient la piste 3 <b>.\n" + "Et nommez l’atelier. " * 30
    editeur = fabriques.creer_editeur(synthese.consultation)
    etat.current_task_state.task.specific.on_action(etat.current_task_state, editeur, "reject", comment=demande)
    synthese.refresh_from_db()
    assert synthese.etat == "brouillon"
    bureau = client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    assert "Des changements vous sont demandés" in bureau
    assert "Dites d’où vient la piste 3 &lt;b&gt;.<br>" in bureau
    assert bureau.count("Et nommez l’atelier.") == 30
    assert "Des changements vous sont demandés." in client.get(reverse("rapporter")).content.decode()
    etat.refresh_from_db()
    etat.resume(rapporteur)
    for adresse in (reverse("synthese", args=[synthese.pk]), reverse("rapporter")):
        assert "Des changements vous sont demandés" not in client.get(adresse).content.decode()


def test_what_was_asked_is_read_in_two_queries_however_many_the_syntheses(django_assert_num_queries):
    syntheses = []
    for _rang in range(3):
        synthese = fabriques_contenus.creer_synthese()
        page = actions.faire_page(synthese=synthese, par=None)
        etat = page.get_workflow().start(page, None)
        etat.current_task_state.reject(comment="À revoir")
        syntheses.append(synthese)
    with django_assert_num_queries(2):
        assert retours(syntheses) == {s.pk: "À revoir" for s in syntheses}


def test_the_page_is_made_before_the_synthesis_is_submitted_as_the_guide_says(client, synthese):
    connecter(client, rapporteur_de(synthese))
    bureau = client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    assert (synthese.etat, "En faire une page" in bureau) == ("brouillon", True)
