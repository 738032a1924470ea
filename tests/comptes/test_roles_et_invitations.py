"""Groups with what they need and no more; inviting someone, with an account or without."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from comptes.invitations import inviter
from comptes.roles import creer_groupes
from consultation.erreurs import Refus
from consultation.models import Journal, Mandat
from tests.fabriques import creer_compte, creer_consultation, creer_espace, creer_organisateur

pytestmark = pytest.mark.django_db


def droits(nom):
    groupe = Group.objects.get(name=nom)
    return (
        sorted(groupe.permissions.values_list("codename", flat=True)),
        sorted(groupe.page_permissions.values_list("permission__codename", flat=True)),
        sorted(groupe.collection_permissions.values_list("permission__codename", flat=True)),
    )


MEDIAS = ["add_document", "add_image", "change_document", "change_image", "choose_document", "choose_image"]


def test_groups_have_exactly_what_they_need_however_often_they_are_made():
    creer_groupes()
    creer_groupes()
    assert {nom: droits(nom) for nom in ("Organisateurs", "Éditeurs", "Animateurs", "Rapporteurs")} == {
        "Organisateurs": (["access_admin"], [], MEDIAS),
        "Éditeurs": (["access_admin"], [], MEDIAS),
        "Animateurs": (["access_admin"], [], []),
        "Rapporteurs": (["access_admin"], [], []),
    }


def test_what_the_last_release_gave_at_the_root_of_the_pages_is_taken_back():
    racine = Page.get_first_root_node()
    groupe, droit = Group.objects.get(name="Éditeurs"), Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=groupe, page=racine, permission=droit)
    creer_groupes()
    assert not GroupPagePermission.objects.filter(page=racine).exists()


@pytest.mark.parametrize("nom", ["wagtailusers_users:index", "wagtailusers_groups:index"])
def test_an_organiser_manages_neither_users_nor_groups(nom, client):
    client.force_login(creer_organisateur(creer_consultation()))
    assert client.get(reverse(nom)).status_code == 302


@pytest.fixture
def cadre():
    consultation = creer_consultation()
    return consultation, creer_organisateur(consultation)


def test_an_unknown_person_gets_an_account_without_password_and_a_link_to_choose_one(
    cadre, client, mailoutbox, django_capture_on_commit_callbacks
):
    consultation, par = cadre
    with django_capture_on_commit_callbacks(execute=True):
        mandat, cree = inviter(
            courriel=" Nouvelle@Exemple.test",
            role="animateur",
            consultation=consultation,
            par=par,
            prenom="Lucette",
        )
    compte = mandat.compte
    assert (cree, compte.email, compte.first_name, compte.has_usable_password()) == (
        True,
        "nouvelle@exemple.test",
        "Lucette",
        False,
    )
    assert [m.to for m in mailoutbox] == [["nouvelle@exemple.test"]]
    lien = re.search(r"http\S+/key/\S+", mailoutbox[0].body).group().split("/", 3)[3]
    page = client.get(f"/{lien}", follow=True)
    client.post(
        page.redirect_chain[-1][0], {"password1": "un-mot-assez-long-7", "password2": "un-mot-assez-long-7"}
    )
    connexion = {"login": "nouvelle@exemple.test", "password": "un-mot-assez-long-7"}
    assert client.post(reverse("account_login"), connexion).status_code == 302
    assert client.session["_auth_user_id"] == str(compte.pk)


def test_someone_with_an_account_keeps_it(cadre, mailoutbox, django_capture_on_commit_callbacks):
    consultation, par = cadre
    compte = creer_compte(email="deja@exemple.test", first_name="Bao")
    EmailAddress.objects.create(user=compte, email="deja@exemple.test", verified=True, primary=True)
    with django_capture_on_commit_callbacks(execute=True):
        mandat, cree = inviter(
            courriel="deja@exemple.test", role="editeur", consultation=consultation, par=par, prenom="Volé"
        )
    assert (mandat.compte, cree, mandat.compte.first_name) == (compte, False, "Bao")
    assert "/key/" not in mailoutbox[0].body
    assert [g.name for g in compte.groups.all()] == ["Éditeurs"]


def test_an_address_that_nobody_proved_receives_no_role(cadre, mailoutbox):
    """Someone may have typed another's address in their own account: the role would be theirs."""
    consultation, par = cadre
    compte = creer_compte(email="convoitee@exemple.test")
    EmailAddress.objects.create(user=compte, email="convoitee@exemple.test", verified=False, primary=True)
    with pytest.raises(Refus) as refus:
        inviter(courriel="convoitee@exemple.test", role="organisateur", consultation=consultation, par=par)
    assert (refus.value.code, refus.value.statut, compte.mandats.count(), mailoutbox) == (
        "adresse_non_prouvee", 409, 0, [],
    )  # fmt: skip


def test_only_an_organiser_of_this_consultation_invites(cadre):
    consultation, _par = cadre
    for par in (creer_organisateur(creer_consultation()), creer_compte(), None):
        with pytest.raises(Refus) as refus:
            inviter(courriel="a@exemple.test", role="organisateur", consultation=consultation, par=par)
        assert refus.value.statut == 403
    assert not get_user_model().objects.filter(email="a@exemple.test").exists()


def test_a_closed_account_is_not_opened_by_an_invitation(cadre):
    consultation, par = cadre
    compte = creer_compte(email="ferme@exemple.test", is_active=False)
    EmailAddress.objects.create(user=compte, email="ferme@exemple.test", verified=True, primary=True)
    with pytest.raises(Refus) as refus:
        inviter(courriel="ferme@exemple.test", role="animateur", consultation=consultation, par=par)
    assert (refus.value.code, Mandat.objects.filter(compte__email="ferme@exemple.test").exists()) == (
        "compte_ferme",
        False,
    )


def test_a_line_break_in_a_title_does_not_reach_the_mail_headers(
    cadre, mailoutbox, django_capture_on_commit_callbacks
):
    consultation, par = cadre
    consultation.titre = "Séminaire\nBcc: tous@exemple.test"
    consultation.save()
    with django_capture_on_commit_callbacks(execute=True):
        inviter(courriel="a@exemple.test", role="animateur", consultation=consultation, par=par)
    assert (mailoutbox[0].subject, mailoutbox[0].to) == (
        "Germoir : Séminaire Bcc: tous@exemple.test",
        ["a@exemple.test"],
    )


def test_the_page_invites_and_refuses_what_makes_no_sense(cadre, client):
    consultation, par = cadre
    espace = creer_espace(consultation=consultation)
    client.force_login(par)
    page = reverse("gestion_comptes:inviter", args=[consultation.pk])
    donnees = {"courriel": "a@exemple.test", "prenom": "", "nom": "", "role": "rapporteur", "espace": espace.pk}
    assert client.post(page, donnees | {"role": "organisateur"}).status_code == 422
    assert client.post(page, donnees | {"espace": creer_espace().pk}).status_code == 422
    assert client.post(page, donnees)["Location"] == reverse("gestion:equipe", args=[consultation.pk])
    mandat = Mandat.objects.get(compte__email="a@exemple.test")
    assert (mandat.role, mandat.espace) == ("rapporteur", espace)
    assert Journal.objects.filter(verbe="inviter", consultation=consultation.pk).count() == 1
    client.force_login(creer_organisateur(creer_consultation()))
    assert client.post(page, donnees).status_code == 404
