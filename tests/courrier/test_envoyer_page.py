"""Anyone sends a published page to someone: read before it leaves, nothing of theirs but a name, counted."""

import contextlib
import time

import pytest
from django.core.cache import cache
from django.core.cache.backends import locmem

from consultation.erreurs import Refus
from consultation.models import Journal
from contenus.models import PagePlaine
from courrier import actions
from tests.contenus.fabriques_fiches import creer_cas

from .test_lettre import plat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]
LISE = {"courriel": "Lise+Fil@forêt.test", "prenom": "Jean d’Août"}


@pytest.fixture
def fiche():
    return creer_cas(7, "Deux jours pour apprendre")


def ici(page):
    return f"/courrier/page/{page.pk}/"


def poster(client, page, *, statut=200, **champs):
    reponse = client.post(ici(page), champs)
    assert reponse.status_code == statut
    return plat(reponse.content.decode())


def test_a_page_leads_to_a_letter_that_is_read_before_it_leaves(client, fiche, mailoutbox):
    assert ici(fiche) in client.get(fiche.url).content.decode()
    assert "Deux jours pour apprendre" in client.get(ici(fiche)).content.decode()
    page = poster(client, fiche, **LISE)
    assert ("Voici ce qui part" in page, fiche.full_url in page, mailoutbox) == (True, True, [])
    assert 'value="Jean d’Août"' in poster(client, fiche, changer=1, **LISE)
    page = poster(client, fiche, envoyer=1, **LISE)
    assert "La page est envoyée" in page
    (partie,) = mailoutbox
    assert (partie.to, plat(partie.subject), plat(partie.body).splitlines()) == (
        ["lise+fil@forêt.test"],
        "Une page à lire : Deux jours pour apprendre",
        [
            "Bonjour,",
            "",
            "Jean d’Août pense que cette page peut vous intéresser :",
            "",
            "Deux jours pour apprendre",
            fiche.full_url,
            "",
            "--",
            "Cette lettre part une seule fois, du site Germoir. Votre adresse n’y est pas gardée.",
        ],
    )
    entree = Journal.objects.first()
    assert (entree.verbe, entree.objet_id, entree.details) == ("envoyer_page", fiche.pk, {})


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"courriel": ""}, "Il manque le signe @"),
        ({"courriel": "a@exemple.test, b@exemple.test"}, "Cette adresse e-mail ne marche pas"),
        ({"courriel": "a@exemple.test\r\nBcc: b@exemple.test"}, "Cette adresse e-mail ne marche pas"),
        *(
            ({"prenom": prenom}, "seulement un prénom")
            for prenom in (
                "https://casino.test",
                "casino.test",
                "Gagnez 100 euros",
                "un deux trois quatre",
                "a" * 31,
            )
        ),
    ],
)
def test_there_is_room_for_one_address_and_one_name(client, fiche, mailoutbox, champs, dit):
    champs = {**LISE, **champs}
    page = poster(client, fiche, statut=422, envoyer=1, **champs)
    assert (dit in page, mailoutbox, Journal.objects.filter(verbe="envoyer_page").count()) == (True, [], 0)
    assert f'value="{champs["prenom"]}"' in page  # nothing typed is lost


def test_one_device_one_network_one_person_and_all_have_their_share(fiche):
    def partent(combien, **champs):
        """How many of so many sendings are let through, each by another device, from another network."""
        passees = 0
        for rang in range(combien):
            qui = {"courriel": f"p{rang}@exemple.test", "appareil": f"a{rang}", "adresse": f"d{rang}", **champs}
            with contextlib.suppress(Refus):
                actions.envoyer_page(page=fiche, **qui)
                passees += 1
        cache.clear()
        return passees

    cache.clear()
    assert (
        partent(8, appareil="un"),
        partent(25, adresse="une"),
        partent(6, courriel="Lise@exemple.test"),
        partent(104),
    ) == (5, 20, 3, 100)


def test_the_address_is_in_no_key_of_the_cache_nor_what_anyone_could_make_of_it(fiche, settings):
    cles = []
    for secret in ("un secret", "un autre"):
        settings.SECRET_KEY = secret
        cache.clear()
        actions.envoyer_page(page=fiche, courriel="lise@exemple.test", appareil="a", adresse="d")
        cles.append({cle for cle in cache._cache if ":q:" in cle})
    assert [len(siennes) for siennes in cles] == [1, 1]
    assert (cles[0] & cles[1], "lise" in repr(cles)) == (set(), False)


def test_past_its_share_a_device_is_told_so_and_keeps_what_it_typed(client, fiche, mailoutbox):
    poster(client, fiche, envoyer=1, **LISE)
    for _rang in range(2):
        poster(client, fiche, envoyer=1, **LISE)
    page = poster(client, fiche, statut=429, envoyer=1, **LISE)
    assert ("déjà reçu des pages aujourd’hui" in page, "Jean d’Août" in page, len(mailoutbox)) == (True, True, 3)


def test_what_is_not_published_or_not_for_all_cannot_be_sent(client, fiche, mailoutbox):
    fiche.unpublish()
    accueil = PagePlaine.objects.first()
    accueil.view_restrictions.create(restriction_type="login")
    assert [client.get(ici(page)).status_code for page in (fiche, accueil)] == [404, 404]
    assert [client.get(f"/courrier/page/{n}/").status_code for n in (1, 999999)] == [404, 404]


def test_a_server_that_is_away_is_said_and_the_letter_stays_on_the_screen(client, fiche, boite):
    boite.fermer()
    page = poster(client, fiche, statut=503, envoyer=1, **LISE)
    assert ("rien n’est parti" in page, "Voici ce qui part" in page) == (True, True)


def test_a_letter_that_could_not_leave_is_not_said_to_have_been_received(client, fiche, boite):
    boite.fermer()
    for _rang in range(3):
        poster(client, fiche, statut=503, envoyer=1, **LISE)
    boite.ouvrir()
    assert "La page est envoyée" in poster(client, fiche, envoyer=1, **LISE)
    assert boite.adresses == ["lise+fil@xn--fort-ipa.test"]


def test_shares_are_those_of_an_hour_and_of_a_day_however_the_address_is_typed(fiche, monkeypatch):
    heures, maintenant = [0], time.time()
    monkeypatch.setattr(locmem.time, "time", lambda: maintenant + 3600 * heures[0])

    def refus(quand, **champs):
        heures[0] = quand
        qui = {"courriel": f"p{quand}@exemple.test", "appareil": f"a{quand}", "adresse": "d", **champs}
        try:
            actions.envoyer_page(page=fiche, **qui)
        except Refus as refus:
            return refus.code
        return None

    cache.clear()
    for rang, courriel in enumerate(["lise@exemple.test", " LISE@exemple.test", "Lise@Exemple.test"]):
        assert refus(0, courriel=courriel, appareil=f"b{rang}") is None
    assert [refus(quand, courriel="lise@exemple.test") for quand in (0.1, 23.9, 24.1)] == [
        "deja_recue", "deja_recue", None,
    ]  # fmt: skip
    for rang in range(5):
        assert refus(30, courriel=f"q{rang}@exemple.test", appareil="un") is None
    assert [refus(quand, appareil="un") for quand in (30.9, 31.1)] == ["trop_d_envois", None]
    assert refus(32, courriel="lise") == "courriel_faux"
    cache.clear()
