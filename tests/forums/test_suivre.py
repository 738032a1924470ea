"""Following a forum: asked, confirmed from a letter, told at most weekly, nothing twice, ended in one click."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation import actions
from consultation.erreurs import Refus
from consultation.models import Abonne, Forum, Journal, Nouvelle, Participant, Proposition
from forums.travaux import ecrire_aux_abonnes
from tests.consultation.fabriques_forum import creer_forum, entrer, proposer

from .test_participer import adresse

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return creer_forum("proposer", "discuter")


def suiveur(forum, courriel="lise@exemple.test", proposition=None):
    abonne, _ecrire = actions.suivre(forum=forum, courriel=courriel, accord=True, proposition=proposition)
    return actions.confirmer_suivi(abonne=abonne)


def une_semaine_passe():
    for modele, champ in (
        (Forum, "lettre_le"),
        (Abonne, "ecrit_le"),
        (Abonne, "confirme_le"),
        (Nouvelle, "lettre_le"),
    ):
        for objet in modele.objects.exclude(**{champ: None}):
            modele.objects.filter(pk=objet.pk).update(**{champ: getattr(objet, champ) - timedelta(days=7)})


def test_an_address_is_written_to_only_once_its_owner_said_yes(client, forum, mailoutbox):
    dite = proposer(forum)
    vers = adresse(forum, "suivre")
    champs = {"courriel": " Lise+forum@Exemple.TEST ", "accord": "on", "proposition": dite.pk}
    assert "Regardez vos e-mails" in client.post(vers, champs).content.decode()
    (lettre,) = mailoutbox
    lien = re.search(r"https?://[^/]+(/forum/\S+/suivi/\S+)", lettre.body)[1]
    ecrire_aux_abonnes()
    assert (lettre.to, len(mailoutbox)) == (["lise+forum@exemple.test"], 1)
    page = client.get(lien).content.decode()
    assert ("Oui, écrivez-moi" in page, Abonne.objects.get().confirme_le) == (
        True,
        None,
    )  # reading confirms nothing
    client.post(lien)
    une_semaine_passe()
    actions.repondre_publiquement(proposition=dite, texte="Ce sera fait en mars.", par=None)
    ecrire_aux_abonnes()
    assert "Ce sera fait en mars." in mailoutbox[1].body


def test_asking_again_writes_no_second_letter_and_says_the_same(client, forum, mailoutbox):
    vers = adresse(forum, "suivre")
    pages = [client.post(vers, {"courriel": "a@exemple.test", "accord": "on"}).status_code for _n in range(3)]
    assert (pages, len(mailoutbox), Abonne.objects.count()) == ([200] * 3, 1, 1)


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"courriel": "pas une adresse", "accord": "on"}, "Cette adresse e-mail ne marche pas"),
        ({"courriel": "", "accord": "on"}, "Cette adresse e-mail ne marche pas"),
        (
            {"courriel": "a@exemple.test\r\nBcc: b@exemple.test", "accord": "on"},
            "Cette adresse e-mail ne marche pas",
        ),
        ({"courriel": "a@exemple.test"}, "sans votre accord"),
    ],
)
def test_what_is_wrong_is_said_keeps_what_was_typed_and_keeps_no_address(client, forum, mailoutbox, champs, dit):
    reponse = client.post(adresse(forum, "suivre"), champs)
    assert (reponse.status_code, dit in reponse.content.decode()) == (422, True)
    assert (Abonne.objects.count(), mailoutbox) == (0, [])


def test_a_summary_is_weekly_newest_first_and_tells_nothing_twice(forum, mailoutbox):
    suiveur(forum)
    premiere, seconde = proposer(forum, "La première idée."), proposer(forum, "La seconde idée.")
    actions.contribuer(proposition=premiere, participant=entrer(forum), nature="pour", texte="Cachée.")
    for _n in range(2):
        ecrire_aux_abonnes()
    (lettre,) = mailoutbox
    assert lettre.body.index("La seconde idée.") < lettre.body.index("La première idée.")
    assert "Cachée." not in lettre.body
    proposer(forum, "La troisième idée.")
    ecrire_aux_abonnes()
    assert len(mailoutbox) == 1  # not yet a week
    une_semaine_passe()
    for _n in range(2):
        ecrire_aux_abonnes()
    assert len(mailoutbox) == 2
    assert [mot in mailoutbox[1].body for mot in ("première", "seconde", "troisième")] == [False, False, True]
    une_semaine_passe()
    ecrire_aux_abonnes()
    assert len(mailoutbox) == 2  # nothing new, nothing sent
    assert seconde.pk in Nouvelle.objects.values_list("proposition", flat=True)


def test_whoever_follows_one_proposition_is_told_of_it_alone(forum, mailoutbox):
    suivie, autre = proposer(forum, "Suivie."), proposer(forum, "Autre.")
    suiveur(forum, proposition=suivie)
    for dite, mots in ((suivie, "Bonne idée."), (autre, "Mauvaise idée.")):
        argument = actions.contribuer(proposition=dite, participant=entrer(forum), nature="pour", texte=mots)
        actions.moderer(texte=argument, sens="affichee", par=None)
    ecrire_aux_abonnes()
    (lettre,) = mailoutbox
    assert ("Bonne idée." in lettre.body, "Mauvaise idée." in lettre.body, "Autre." in lettre.body) == (
        True,
        False,
        False,
    )


def test_what_is_hidden_before_the_letter_leaves_is_not_in_it(forum, mailoutbox):
    suiveur(forum)
    proposer(forum, "Montrée.")
    dite = proposer(forum, "Le chef Verdal.")
    actions.preparer_lettre(forum=forum)
    Proposition.objects.filter(pk=dite.pk).update(masques=[[8, 14]])
    Participant.objects.filter(pk=proposer(forum, "Retirée.").auteur_id).update(accord_publication=False)
    ecrire_aux_abonnes()
    (lettre,) = mailoutbox
    assert ("Verdal" in lettre.body, "Montrée." in lettre.body, "Retirée." in lettre.body) == (False, True, False)


def test_one_click_ends_it_without_a_cookie_and_the_address_is_gone(client, forum):
    abonne = suiveur(forum)
    vers = adresse(forum, "arreter", abonne.cle)
    client = type(client)(enforce_csrf_checks=True)
    assert client.get(vers).status_code == 405
    assert client.post(vers, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Abonne.objects.count() == 0
    assert client.post(vers).status_code == 200  # twice is once, and tells nothing
    assert [j.verbe for j in Journal.objects.filter(verbe__contains="suiv")] == [
        "cesser_de_suivre",
        "confirmer_suivi",
        "suivre_forum",
    ]
    assert "lise" not in repr(list(Journal.objects.values()))


def test_addresses_go_when_nobody_confirms_and_with_the_data_of_the_forum(forum):
    actions.suivre(forum=forum, courriel="a@exemple.test", accord=True)
    suiveur(forum)
    Abonne.objects.filter(confirme_le=None).update(cree_le=timezone.now() - timedelta(days=4))
    assert (actions.oublier_les_demandes(), Abonne.objects.count()) == (1, 1)
    actions.oublier_les_personnes(consultation=forum.consultation)
    assert Abonne.objects.count() == 0


def test_a_flood_of_addresses_is_stopped_before_it_writes_to_strangers(forum):
    Abonne.objects.bulk_create(Abonne(forum=forum, courriel=f"{n}@exemple.test", cle=f"c{n}") for n in range(200))
    with pytest.raises(Refus) as refus:
        actions.suivre(forum=forum, courriel="autre@exemple.test", accord=True)
    assert (refus.value.code, refus.value.statut) == ("trop_de_demandes", 429)


def test_by_a_real_server_a_cut_sends_later_once_and_a_dead_address_stops_nobody(forum, boite):
    for nom in ("morte", "lise", "yann"):
        suiveur(forum, f"{nom}@exemple.test")
    proposer(forum, "Un bus le dimanche.")
    ecrire_aux_abonnes()  # nobody answers at that port
    assert list(Abonne.objects.values_list("ecrit_le", flat=True)) == [None] * 3
    boite.refuse = {"morte@exemple.test"}
    boite.demarrer()
    for _n in range(2):
        ecrire_aux_abonnes()
    assert [qui for qui, _dit in boite.recus] == [["lise@exemple.test"], ["yann@exemple.test"]]
    dit = boite.recus[0][1]
    cle = Abonne.objects.get(courriel="lise@exemple.test").cle
    fin = reverse("forums:arreter", args=[forum.consultation.slug, cle])
    assert (f"{fin}>" in dit.replace("\r\n ", ""), "List-Unsubscribe=One-Click" in dit) == (True, True)
