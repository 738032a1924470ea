"""Receiving the newsletter: asked, confirmed from a letter, chosen, ended in one click, forgotten in time."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.erreurs import Refus
from consultation.models import Journal
from courrier import actions, lectures
from courrier.models import Abonnement
from courrier.travaux import rappeler

from .fabriques_courrier import creer_abonne

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]
ICI = "/courrier/"


def demander(client, courriel="Lise+Fil@Exemple.TEST", **champs):
    return client.post(ICI, {"courriel": courriel, "region": "75", "frequence": "alterne", **champs})


def vieillir(duree, *champs):
    for abonne in Abonnement.objects.all():
        Abonnement.objects.filter(pk=abonne.pk).update(
            **{nom: getattr(abonne, nom) - duree for nom in champs if getattr(abonne, nom)}
        )


def lien(lettre):
    return re.search(r"https?://[^/]+(/courrier/\w+/)\s", lettre.body)[1]


def test_an_address_is_confirmed_by_its_owner_and_reading_confirms_nothing(client, mailoutbox):
    page = demander(client, de="moi").content.decode()
    assert ("Encore un geste" in page, "lise+fil@exemple.test" in page) == (True, True)
    (lettre,) = mailoutbox
    vers = lien(lettre)
    assert "Oui, je m’abonne" in client.get(vers).content.decode()
    abonne = Abonnement.objects.get()
    assert (abonne.confirme_le, lettre.to) == (None, ["lise+fil@exemple.test"])
    assert (abonne.region, abonne.frequence, abonne.origine) == ("75", "alterne", "moi")
    assert client.post(vers)["Location"] == vers
    assert Abonnement.objects.get().confirme_le is not None


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"courriel": "sonia.courriel.example"}, "Il manque le signe @"),
        ({"courriel": ""}, "Il manque le signe @"),
        ({"courriel": "a@b"}, "Cette adresse e-mail ne marche pas"),
        ({"courriel": "a@exemple.test\r\nBcc: b@exemple.test"}, "Cette adresse e-mail ne marche pas"),
        ({"region": "99"}, "n’est pas un choix valide"),
        ({"frequence": "toujours"}, "n’est pas un choix valide"),
    ],
)
def test_what_is_wrong_is_said_keeps_what_was_typed_and_no_address(client, mailoutbox, champs, dit):
    reponse = demander(client, **{"courriel": "a@exemple.test", **champs})
    page = reponse.content.decode()
    assert (reponse.status_code, dit in page, Abonnement.objects.count(), mailoutbox) == (422, True, 0, [])
    if "region" not in champs:
        assert '<option value="75" selected>' in page


def test_addresses_with_a_plus_or_letters_beyond_ascii_are_written_to(mailoutbox):
    abonne, ecrire = actions.abonner(courriel=" Zoe@Exemple.test ")
    autre, _ecrire = actions.abonner(courriel="lise+fil@forêt.test")
    assert (ecrire, abonne.courriel, autre.courriel) == (True, "zoe@exemple.test", "lise+fil@forêt.test")


def test_asking_again_says_the_same_and_writes_once_an_hour(client, mailoutbox):
    creer_abonne("connue@exemple.test")
    pages = {demander(client, "a@exemple.test").content for _n in range(3)}
    assert (len(pages), len(mailoutbox)) == (1, 1)
    demander(client, "connue@exemple.test", region="")
    assert "reçoit déjà" in mailoutbox[1].body
    assert Abonnement.objects.get(courriel="connue@exemple.test").frequence == "chaque"  # nobody else changes it
    vieillir(timedelta(hours=2), "demande_le")
    demander(client, "a@exemple.test")
    assert len(mailoutbox) == 3


def test_a_flood_of_addresses_is_stopped_before_it_writes_to_strangers():
    maintenant = timezone.now()
    Abonnement.objects.bulk_create(
        Abonnement(courriel=f"{n}@exemple.test", demande_le=maintenant, contact_le=maintenant) for n in range(100)
    )
    with pytest.raises(Refus) as refus:
        actions.abonner(courriel="autre@exemple.test")
    assert (refus.value.code, refus.value.statut) == ("trop_de_demandes", 429)


def test_a_letter_that_cannot_leave_is_said(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    reponse = demander(client)
    assert (reponse.status_code, "n’est pas partie" in reponse.content.decode()) == (503, True)


def test_choices_are_kept_and_a_wrong_one_changes_nothing(client):
    abonne = creer_abonne()
    vers = reverse("courrier:choix", args=[abonne.cle])
    client.post(vers, {"region": "32", "frequence": "alterne", "forme": "texte"})
    abonne.refresh_from_db()
    assert (abonne.region, abonne.frequence, abonne.forme) == ("32", "alterne", "texte")
    assert abonne.contact_le > timezone.now() - timedelta(minutes=1)
    assert client.post(vers, {"region": "32", "frequence": "x", "forme": "images"}).status_code == 422
    abonne.refresh_from_db()
    assert (abonne.frequence, abonne.forme) == ("alterne", "texte")


def test_one_click_ends_it_without_a_cookie_and_reading_ends_nothing(client):
    abonne = creer_abonne()
    vers = reverse("courrier:arreter", args=[abonne.cle])
    client = type(client)(enforce_csrf_checks=True)
    assert "sera effacée tout de suite" in client.get(vers).content.decode()
    assert Abonnement.objects.count() == 1
    reponse = client.post(vers, {"List-Unsubscribe": "One-Click"})
    assert (reponse.status_code, reponse.content, Abonnement.objects.count()) == (200, b"", 0)
    assert client.post(vers).status_code == 200  # twice is once, and tells nothing
    assert client.get(reverse("courrier:choix", args=[abonne.cle])).status_code == 404
    assert Journal.objects.first().verbe == "se_desabonner"
    assert "lise" not in repr(list(Journal.objects.values()))


def test_one_reminder_then_the_address_is_forgotten_and_counted(mailoutbox):
    actions.abonner(courriel="muette@exemple.test")
    rappeler()
    assert mailoutbox == []
    vieillir(timedelta(days=4), "cree_le")
    for _n in range(2):
        rappeler()
    assert (len(mailoutbox), Abonnement.objects.count()) == (1, 1)
    vieillir(timedelta(days=30), "cree_le")
    rappeler()
    assert (len(mailoutbox), Abonnement.objects.count(), lectures.compte().jamais) == (1, 0, 1)


def test_an_address_is_forgotten_after_three_years_told_a_month_before(mailoutbox):
    creer_abonne("muette@exemple.test", il_y_a=timedelta(days=3 * 365 - 20))
    creer_abonne("morte@exemple.test", il_y_a=timedelta(days=3 * 365 + 1), mort_le=timezone.now())
    gardee = creer_abonne("gardee@exemple.test", il_y_a=timedelta(days=3 * 365 - 20))
    rappeler()
    assert sorted(lettre.to[0] for lettre in mailoutbox) == ["gardee@exemple.test", "muette@exemple.test"]
    actions.choisir(abonnement=gardee, region="", frequence="chaque", forme="images")
    assert set(Abonnement.objects.values_list("courriel", flat=True)) == {
        "gardee@exemple.test",
        "muette@exemple.test",
    }
    vieillir(timedelta(days=31), "contact_le", "prevenu_le")
    rappeler()
    assert (len(mailoutbox), Abonnement.objects.get().courriel) == (2, "gardee@exemple.test")


def test_a_server_that_is_away_keeps_the_reminder_for_later(settings, mailoutbox):
    actions.abonner(courriel="muette@exemple.test")
    vieillir(timedelta(days=4), "cree_le")
    ici = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    rappeler()
    settings.EMAIL_BACKEND = ici
    rappeler()
    assert len(mailoutbox) == 1
