"""The desk of the post: what it shows at each step, what each button does, and bad input said."""

import pytest
from django.urls import reverse

from courrier import actions, lectures
from courrier.depart import avancer
from courrier.models import Abonnement, Envoi
from tests import fabriques

from .fabriques_courrier import creer_abonne, creer_numero

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


@pytest.fixture
def bureau(client):
    client.force_login(fabriques.creer_compte(is_superuser=True, is_staff=True))
    return client


def chez(page, nom="envoi", *args):
    return reverse(f"gestion_courrier:{nom}", args=[page.pk, *args])


def lire(bureau, adresse, statut=200):
    reponse = bureau.get(adresse)
    assert reponse.status_code == statut
    return reponse.content.decode()


def agir(bureau, page, acte, **champs):
    return bureau.post(chez(page, "agir", acte), champs, follow=True).content.decode()


def test_empty_the_desk_says_what_to_do(bureau):
    page = lire(bureau, reverse("gestion_courrier:accueil"))
    assert ("Aucun numéro n’est publié" in page, "Personne n’a encore confirmé" in page) == (True, True)
    assert "Aucune adresse" in lire(bureau, reverse("gestion_courrier:abonnes"))
    numero = creer_numero()
    assert "Personne ne recevrait ce numéro" in lire(bureau, chez(numero))


def test_from_the_list_to_the_proof(bureau, mailoutbox):
    creer_abonne(region="94")
    creer_abonne("texte@exemple.test", forme="texte")
    numero = creer_numero()
    assert "Figer la liste de 2 personnes" in lire(bureau, chez(numero))
    assert "Figer la liste de 1 personne" in lire(bureau, chez(numero) + "?regions=32")
    assert "Rien ne part encore" in agir(bureau, numero, "figer")
    assert "ESSAI" in agir(bureau, numero, "essayer", courriel="moi@exemple.test")
    assert (mailoutbox[0].to, mailoutbox[0].subject[:5]) == (["moi@exemple.test"], "ESSAI")
    assert "Il manque le signe @" in agir(bureau, numero, "essayer", courriel="moi")
    assert "Relisez, puis envoyez" in agir(bureau, numero, "lancer", personnes="9" * 30)
    assert "Vous pouvez fermer cette page" in agir(bureau, numero, "lancer", personnes="2")
    assert "a changé entre-temps" in agir(bureau, numero, "defaire-tout")
    assert "Rien ne part" in agir(bureau, numero, "suspendre")
    agir(bureau, numero, "reprendre")
    avancer()
    page = lire(bureau, chez(numero))
    assert ("L’envoi est fini." in page, "2 + 0 + 0 + 0 = 2" in page) == (True, True)
    assert sorted(lettre.to[0] for lettre in mailoutbox[1:]) == ["lise@exemple.test", "texte@exemple.test"]
    preuve = bureau.get(chez(numero, "preuve")).content.decode("utf-8-sig").splitlines()
    assert (len(preuve), preuve[1].split(";")[:2]) == (3, ['"lise@exemple.test"', '"remise à la messagerie"'])


def test_the_letter_is_seen_as_a_real_subscriber_will_and_gives_away_no_key(bureau):
    abonne, numero = creer_abonne(), creer_numero()
    actions.figer(page=numero, par=None)
    assert chez(numero, "apercu", "images") in lire(bureau, chez(numero))
    for forme in ("images", "texte"):
        vue = lire(bureau, f"{chez(numero, 'apercu', forme)}?abonne={abonne.pk}")
        assert ("Ce que l’automne" in vue or "CE QUE L’AUTOMNE" in vue, abonne.cle in vue) == (True, False)


def test_addresses_from_a_sheet_are_all_kept_or_none_and_each_is_asked(bureau, mailoutbox):
    vers = reverse("gestion_courrier:inscrire")
    champs = {"region": "", "frequence": "chaque", "accord": "on"}
    for adresses, dit in (
        ("", "au moins une adresse"),
        ("a@exemple.test\nlise arobase", "«\u202flise arobase\u202f»"),
    ):
        reponse = bureau.post(vers, {**champs, "adresses": adresses})
        assert (reponse.status_code, dit in reponse.content.decode()) == (422, True)
    assert bureau.post(vers, {**champs, "adresses": "a@exemple.test", "accord": ""}).status_code == 422
    assert (Abonnement.objects.count(), mailoutbox) == (0, [])
    bureau.post(vers, {**champs, "adresses": "a@exemple.test\n\nB@exemple.test\na@exemple.test"})
    assert (len(mailoutbox), lectures.compte().en_attente) == (2, 2)
    assert set(Abonnement.objects.values_list("origine", "confirme_le")) == {("bureau", None)}


def test_lists_are_read_in_as_many_queries_however_long(bureau, django_assert_max_num_queries):
    for n in range(30):
        creer_abonne(f"p{n}@exemple.test", region="94" if n % 2 else "")
    numero = creer_numero()
    assert "p29@exemple.test" in lire(bureau, reverse("gestion_courrier:abonnes") + "?q=P29")
    actions.figer(page=numero, par=None)
    Envoi.objects.get().destinataires.update(etat="refusee")
    for adresse in (reverse("gestion_courrier:abonnes"), reverse("gestion_courrier:accueil"), chez(numero)):
        with django_assert_max_num_queries(40):
            lire(bureau, adresse)
