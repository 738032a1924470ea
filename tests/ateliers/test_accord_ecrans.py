"""What the screens of a room say of agreement and of the map of opinions, once a vote is closed."""

import pytest
from django.urls import reverse

from ateliers import actions
from ateliers.direct import etats
from ateliers.models import Etape
from consultation.models import Proclamation
from tests import fabriques as f

from .fabriques_ateliers import faire_atelier, faire_etapes
from .fabriques_salle import faire_participant
from .participant.gestes import telephone_de

pytestmark = pytest.mark.django_db
CHERCHER, ACCORD = "Chercher des groupes d’opinion", "D’un collège à l’autre"


@pytest.fixture(autouse=True)
def vite(monkeypatch, settings):
    settings.DETAILS_TUS_SUR_CENT = 0
    monkeypatch.setattr("consultation.analyse.carte.TIRAGES", 20)
    monkeypatch.setattr("consultation.analyse.carte.MELANGES", 10)
    etats.oublier()


@pytest.fixture
def atelier():
    return faire_atelier(f.creer_consultation())


@pytest.fixture
def vote(atelier):
    """A vote of the room in which two camps answer the other way round, closed; the room now talks about it."""
    scrutin = f.faire_deux_camps(atelier.espace, memes=6)
    etapes = faire_etapes(atelier, "vote", "discussion")
    Etape.objects.filter(pk=etapes[0].pk).update(scrutin=scrutin, etat="fermee")
    Etape.objects.filter(pk=etapes[1].pk).update(
        etat="ouverte", ouverte_le=scrutin.clos_le, echeance=scrutin.clos_le
    )
    return scrutin


@pytest.fixture
def animatrice(client, atelier):
    client.force_login(f.creer_animateur(atelier.espace))
    return client


def lire(client, nom, *args, **demande):
    return client.get(reverse(nom, args=args), demande).content.decode()


def test_the_console_finds_the_groups_and_every_screen_shows_them(animatrice, atelier, vote):
    telephone_de_sonia = telephone_de(faire_participant(atelier))
    avant = animatrice.get(f"/a/{atelier.code}/etat.json?pour=participants").json()
    console = lire(animatrice, "console", atelier.pk)
    assert (CHERCHER in console, "Les groupes tiennent" in console) == (True, False)
    adresse = reverse("dessiner_opinions", args=[atelier.pk, vote.pk])
    assert animatrice.post(adresse).url == reverse("console", args=[atelier.pk]) + "#resultats"
    apres = animatrice.get(f"/a/{atelier.code}/etat.json?pour=participants").json()
    assert (avant["resultats"]["carte"], apres["resultats"]["carte"]) == (False, True)
    assert avant["ecran"] != apres["ecran"]
    console = lire(animatrice, "console", atelier.pk)
    assert (CHERCHER in console, "Groupe A, " in console, "Les groupes tiennent" in console) == (False, True, True)
    projetee = lire(animatrice, "projection", atelier.code, page=9)
    assert ("2 façons de répondre" in projetee, projetee.count("<ellipse")) == (True, 2)
    tenue = telephone_de_sonia.get(f"/a/{atelier.code}/").content.decode()
    assert ("2 façons de répondre" in tenue, tenue.count("<ellipse")) == (True, 2)
    assert len(tenue.encode()) < 60_000


def test_screens_say_what_divides_the_colleges_before_any_map(animatrice, atelier, vote):
    tenue = telephone_de(faire_participant(atelier)).get(f"/a/{atelier.code}/").content.decode()
    assert (ACCORD in tenue, "<ellipse" in tenue) == (True, False)
    assert ACCORD in lire(animatrice, "projection", atelier.code, page=4)
    assert ACCORD not in lire(animatrice, "projection", atelier.code, page=1)
    assert "Ce qui partage les collèges" in lire(animatrice, "console", atelier.pk)


def test_a_map_that_cannot_be_drawn_says_why_in_a_sentence(animatrice, atelier):
    scrutin = f.faire_deux_camps(atelier.espace, camps=(6, 6))
    etape = faire_etapes(atelier, "vote")[0]
    Etape.objects.filter(pk=etape.pk).update(scrutin=scrutin, etat="fermee", fermee_le=scrutin.clos_le)
    animatrice.post(reverse("dessiner_opinions", args=[atelier.pk, scrutin.pk]))
    dit = "Il faut au moins 20 votants pour chercher des groupes. Ils sont 12."
    assert dit in lire(animatrice, "console", atelier.pk)
    assert dit in lire(animatrice, "projection", atelier.code, page=9)


def test_who_does_not_lead_and_another_room_find_nothing(client, animatrice, atelier, vote):
    ailleurs = f.faire_deux_camps(f.creer_espace())
    assert animatrice.post(reverse("dessiner_opinions", args=[atelier.pk, ailleurs.pk])).status_code == 404
    client.force_login(f.creer_rapporteur(atelier.espace))
    assert client.post(reverse("dessiner_opinions", args=[atelier.pk, vote.pk])).status_code == 403
    assert set(Proclamation.objects.values_list("opinions", flat=True)) == {None}


def test_a_vote_in_dots_offers_no_map(animatrice, atelier):
    scrutin = f.creer_scrutin(atelier.espace, f.creer_pistes(atelier.espace, 8))
    f.faire_voter(scrutin, "salaries", 8, {scrutin.pistes.first(): 1})
    f.actions.clore_scrutin(scrutin=scrutin, par=None)
    assert CHERCHER not in lire(animatrice, "console", atelier.pk)


def test_a_second_round_comes_after_the_discussion_and_says_what_moved(animatrice, atelier):
    vote, parler, ecrire = faire_etapes(atelier, "vote", "discussion", "synthese")
    premier = f.creer_scrutin(atelier.espace, f.creer_pistes(atelier.espace, 2), mode="adhesion", ouvert=False)
    Etape.objects.filter(pk=vote.pk).update(scrutin=premier)
    actions.ouvrir_etape(etape=vote, par=None)
    repondre(premier, 6)
    actions.clore_etape(etape=Etape.objects.get(pk=vote.pk), par=None)
    adresse = reverse("ajouter_second_tour", args=[atelier.pk, premier.pk])
    assert adresse in lire(animatrice, "console", atelier.pk)
    animatrice.post(adresse)
    animatrice.post(adresse)
    titres = list(atelier.etapes.order_by("ordre").values_list("titre", flat=True))
    assert titres == [vote.titre, parler.titre, "Second tour", ecrire.titre]
    assert adresse not in lire(animatrice, "console", atelier.pk)
    etape = atelier.etapes.get(titre="Second tour")
    actions.ouvrir_etape(etape=etape, par=None)
    sonia = telephone_de(faire_participant(atelier))
    assert (
        "Au second tour, où tout le monde vote à nouveau, une piste est retenue si"
        in sonia.get(f"/a/{atelier.code}/").content.decode()
    )
    repondre(etape.scrutin, 15)
    actions.clore_etape(etape=Etape.objects.get(pk=etape.pk), par=None)
    for ecran in (
        sonia.get(f"/a/{atelier.code}/").content.decode(),
        lire(animatrice, "projection", atelier.code),
    ):
        assert "Au premier tour\u202f: 12 sur 40." in ecran
        assert "15 sur 20, 9 de plus" in ecran


def repondre(scrutin, n):
    """Of twenty people in each of two colleges, `n` agree with the first piste and eighteen with the second."""
    scrutin.refresh_from_db()
    for signe in ("salaries", "permanents"):
        f.faire_repondre(scrutin, signe, [[4 if qui < n else 1, 4 if qui > 1 else 1] for qui in range(20)])
