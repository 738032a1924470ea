"""A vote by consent in a room: the phone of who objects, the console of who answers."""

import re

import pytest
from django.urls import reverse

from ateliers.lectures.console import OBJECTIONS
from ateliers.models import Etape
from consultation import actions, lectures
from consultation.models import Objection
from tests import fabriques as f

from .gestes import Salle, texte

pytestmark = pytest.mark.django_db
RAISON = "Le collègue va attendre la machine."


@pytest.fixture
def salle():
    salle = Salle("vote", mode="consent", pistes=2)
    salle.ouvrir("vote")
    return salle


@pytest.fixture
def animatrice(client, salle):
    client.force_login(f.creer_animateur(salle.atelier.espace))
    return client


def ouvert(salle):
    return Etape.objects.get(atelier=salle.atelier, nature="vote").scrutin


def objecter(salle, raison=RAISON):
    scrutin = ouvert(salle)
    piste = scrutin.pistes.order_by("numero").first()
    champs = {"piste": piste.pk, "raison": raison, "scrutin": scrutin.pk}
    return salle.telephone.post(f"/a/{salle.atelier.code}/objecter/", champs, follow=True)


def page(salle, demande=""):
    return salle.telephone.get(f"/a/{salle.atelier.code}/{demande}")


def test_who_objects_writes_a_reason_reads_the_answer_and_lifts_it(salle, animatrice):
    piste = ouvert(salle).pistes.order_by("numero").first()
    bulletin = texte(page(salle))
    assert "Pouvez-vous vivre avec cette piste" in bulletin
    assert ("Je m’abstiens" in bulletin, "je passe" in bulletin) == (True, False)
    assert "sans votre nom ni votre collège" in texte(page(salle, f"?objecter={piste.pk}"))
    vue = texte(objecter(salle))
    assert ("Le groupe lit votre objection" in vue, RAISON in vue) == (True, True)
    console = reverse("console", args=[salle.atelier.pk])
    lue = texte(animatrice.get(console))
    dites = lue.split("Les objections")[1].split("Envoyer la réponse")[0]
    assert (RAISON in dites, "Sonia" in dites) == (True, False)
    adresse = reverse("repondre_objection", args=[salle.atelier.pk, Objection.objects.get().pk])
    assert animatrice.post(adresse, {"reponse": "On commence sans machine."}).url == console + "#objections"
    vue = texte(page(salle))
    assert ("Le groupe vous répond" in vue, "On commence sans machine." in vue) == (True, True)
    salle.telephone.post(f"/a/{salle.atelier.code}/voter/", {f"piste-{piste.pk}": 4, "cle": "lever-1"})
    assert "Objection levée" in texte(page(salle))
    assert "Levée par son auteur" in texte(animatrice.get(console))


def test_without_a_reason_the_page_says_so_and_nothing_is_lost(salle):
    vue = objecter(salle, "  ")
    assert (vue.status_code, "Écrivez une raison" in texte(vue)) == (422, True)
    longue = "mot " * 150
    vue = objecter(salle, longue)
    assert (vue.status_code, longue.strip() in vue.content.decode()) == (422, True)
    assert Objection.objects.count() == 0


def test_an_answer_without_words_comes_back_and_who_does_not_lead_cannot_answer(salle, animatrice, client):
    objecter(salle)
    adresse = reverse("repondre_objection", args=[salle.atelier.pk, Objection.objects.get().pk])
    assert animatrice.post(adresse, {"reponse": " "}).status_code == 422
    client.force_login(f.creer_rapporteur(salle.atelier.espace))
    assert client.post(adresse, {"reponse": "Oui"}).status_code == 403
    assert Objection.objects.get().reponse == ""


def test_once_the_vote_is_closed_nobody_objects_and_answered_reasons_are_read_with_the_result(salle, animatrice):
    scrutin = ouvert(salle)
    f.faire_repondre(scrutin, "salaries", [[4, 4]] * 6)
    objecter(salle)
    objection = Objection.objects.get()
    animatrice.post(
        reverse("repondre_objection", args=[salle.atelier.pk, objection.pk]), {"reponse": "On y pensera."}
    )
    etape = Etape.objects.get(atelier=salle.atelier, nature="vote")
    animatrice.post(reverse("agir_etape", args=[salle.atelier.pk, etape.pk, "fermer"]))
    vue = texte(page(salle))
    for dit in ("1 objection tient", RAISON, "On y pensera.", "Objection gardée."):
        assert dit in vue
    assert (objecter(salle).status_code, len(lectures.objections(scrutin))) == (409, 1)
    projetee = texte(animatrice.get(reverse("projection", args=[salle.atelier.code])))
    assert ("1 objection tient" in projetee, RAISON in projetee) == (True, False)


def test_many_objections_are_read_page_by_page_searched_and_answered_where_one_is(salle, animatrice):
    scrutin = ouvert(salle)
    piste = scrutin.pistes.order_by("numero").first()
    gens = f.creer_participants(scrutin.consultation, OBJECTIONS + 2, "salaries")
    dites = [
        actions.objecter(scrutin=scrutin, participant=qui, piste_id=piste.pk, raison=f"Raison {rang}, la clé.")
        for rang, qui in enumerate(gens, 1)
    ]
    console = reverse("console", args=[salle.atelier.pk])

    def lues(demande):
        vue = texte(animatrice.get(console + demande))
        dites = re.findall(r"Raison (\d+), la clé\.", vue)
        return [int(n) for n in dict.fromkeys(dites)], "Page 2 sur 2" in vue

    assert (lues(""), lues("?pp=2"), lues("?pp=99")) == (
        ([*range(1, 11)], False),
        ([11, 12], True),
        ([11, 12], True),
    )
    assert (lues("?q=CLE 12"), lues(f"?q={piste.numero}")[0]) == (([12], False), [*range(1, 11)])
    rien = texte(animatrice.get(console + "?q=licorne"))
    assert ("Aucune ne répond à votre recherche" in rien, "Les objections" in rien) == (True, True)
    repondre = reverse("repondre_objection", args=[salle.atelier.pk, dites[10].pk]) + "?pp=2"
    refus = animatrice.post(repondre, {"reponse": " ", "objection": dites[10].pk})
    assert (refus.status_code, "Raison 11," in texte(refus)) == (422, True)
    assert animatrice.post(repondre, {"reponse": "On commence sans."}).url == console + "?pp=2#objections"
    assert lues("?pp=2")[0] == [12, 11]
