"""The pages of whoever leaves and of who welcomes: by a code, on a phone, a tablet, or a link for the day."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from immersions import actions, lectures
from immersions.models import Immersion, Signature
from tests import fabriques

from . import fabriques_immersions as f
from .fabriques_immersions import jour

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispositif():
    return f.creer_dispositif()


def adresse(dispositif, nom="moi", *args):
    return reverse(f"immersions:{nom}", args=[dispositif.consultation.slug, *args])


def telephone(dispositif, personne):
    client = Client()
    reponse = client.post(adresse(dispositif), {"code": personne.code_lisible.lower()})
    assert reponse.url == adresse(dispositif)
    return client


def lire(client, vers, statut=200):
    reponse = client.get(vers)
    assert reponse.status_code == statut
    return reponse.content.decode()


def envoyer(client, vers, statut=200, **champs):
    reponse = client.post(vers, champs, follow=True)
    assert reponse.status_code == statut
    return reponse.content.decode()


def test_from_the_request_to_stopping_with_a_code_and_nothing_else(dispositif):
    structure = fabriques.creer_structure()
    personne = fabriques.creer_participant(dispositif.consultation, prenom="Nadia", structure=structure)
    client = telephone(dispositif, personne)
    page = lire(client, adresse(dispositif))
    assert ("Cette demande est à vous" in page, "Bonjour Nadia" in page) == (True, True)
    demande = {"genre": "decouverte", "souhait": "Boulangère"}
    page = envoyer(client, adresse(dispositif, "demander"), 403, **demande, code="K7P4M2XD")
    assert ("n’est pas le vôtre" in page, 'value="Boulangère"' in page, "K7P4M2XD" in page) == (True, True, False)
    code = personne.code_personnel
    page = envoyer(client, adresse(dispositif, "demander"), **demande, code=code)
    assert "Boulangère" in page
    une = f.placer(f.preparer(Immersion.objects.get()))
    page = lire(client, adresse(dispositif))
    assert ("C’est à vous." in page, "4 étapes faites" in page, "vous, avec votre code" in page) == (
        True,
        True,
        True,
    )
    signer = adresse(dispositif, "signer", une.pk)
    assert "Vendre le pain" in lire(client, signer)
    assert "n’est pas le vôtre" in envoyer(client, signer, 403, code="K7P4M2XD", version=1)
    assert "a changé depuis" in envoyer(client, signer, 409, code=code, version=0)
    assert "C’est signé." in envoyer(client, signer, code=code, version=1)
    assert "Vous avez signé." in lire(client, signer)
    arreter = adresse(dispositif, "arreter", une.pk)
    assert "Vous n’avez pas à dire pourquoi" in lire(client, arreter)
    assert "Tapez votre code" in envoyer(client, arreter, 422, code=" ")
    page = envoyer(client, arreter, code=code)
    assert ("Votre immersion est arrêtée" in page, "Demander une autre" in page) == (True, True)
    assert "Gardez d’abord" in lire(client, adresse(dispositif, "effacer", une.pk))
    page = envoyer(client, adresse(dispositif, "effacer", une.pk), code=code)
    assert ("Essayer un métier" in page, Immersion.objects.count()) == (True, 0)


def test_a_wrong_code_opens_nothing_and_says_what_to_look_at(dispositif):
    d_ailleurs = fabriques.creer_participant(fabriques.creer_consultation())
    for code in ("K7P4M2XD", d_ailleurs.code_personnel, "", "x" * 60):
        page = envoyer(Client(), adresse(dispositif), 404, code=code)
        assert ("Ce code ne marche pas" in page, "J’ai perdu mon code" in page) == (True, True)


def test_nobody_reads_the_immersion_of_someone_else(dispositif):
    une, autre = f.creer_faite(dispositif), fabriques.creer_participant(dispositif.consultation)
    for client in (Client(), telephone(dispositif, autre)):
        for vers in [adresse(dispositif, nom, une.pk) for nom in ("signer", "arreter", "effacer")]:
            assert client.get(vers).status_code == 404
        for document in ("convention", "bilan"):
            assert client.get(adresse(dispositif, "document", une.pk, document)).status_code == 404
    sienne = telephone(dispositif, une.participant)
    assert sienne.get(adresse(dispositif, "document", une.pk, "bilan"))["Content-Type"] == "application/pdf"
    assert sienne.get(adresse(dispositif, "document", une.pk, "avenant")).status_code == 404
    page = lire(sienne, adresse(dispositif))
    assert ("Mon bilan" in page, "Acquis" in page, "Tout effacer maintenant" in page) == (True, True, True)


def test_a_shared_tablet_signs_and_keeps_nobody(dispositif):
    une, client = f.creer_prete(dispositif), Client()
    tablette, code = adresse(dispositif, "tablette"), une.participant.code_personnel
    assert "Ce code ne marche pas" in envoyer(client, tablette, 404, code="K7P4M2XD")
    assert "Vendre le pain" in envoyer(client, tablette, code=code)
    signer = adresse(dispositif, "signer", une.pk)
    page = envoyer(client, signer, 403, code="K7P4M2XD", version=1)
    assert ("n’est pas le vôtre" in page, "Vendre le pain" in page) == (True, False)
    page = envoyer(client, signer, code=code, version=1)
    assert ("Cette tablette ne garde rien" in page, client.get(signer).status_code) == (True, 404)
    assert "germoir_participant" not in client.cookies
    f.signer(une)
    assert "rien à signer" in envoyer(client, tablette, 409, code=code)
    du_jour = actions.donner_un_code(immersion=une, partie="accueil", par=None)
    assert client.post(tablette, {"code": du_jour}).url == adresse(dispositif, "jour", du_jour)


def test_a_host_signs_then_fills_the_assessment_in_with_a_link_for_the_day(dispositif):
    une, client = f.creer_prete(dispositif, debut=jour(-3), fin=jour(2)), Client()
    code = actions.donner_un_code(immersion=une, partie="accueil", par=None)
    lien = adresse(dispositif, "jour", code)
    page = lire(client, lien)
    assert ("Vendre le pain" in page, "Envoyer le bilan" in page) == (True, False)
    assert "C’est signé." in envoyer(client, lien, version=1)
    assert Signature.objects.get().partie == "accueil"
    assert client.get(adresse(dispositif, "jour_convention", code))["Content-Type"] == "application/pdf"
    f.signer(une, "personne", "structure")
    caisse, rayon = une.competences.all()
    page = envoyer(client, lien, **{"evaluer": 1, f"niveau-{caisse.pk}": 3, "avis_accueil": "Il revient quand ?"})
    assert ("Il manque le niveau de 1 objectif" in page, "Il revient quand" in page) == (True, True)
    niveaux = {f"niveau-{caisse.pk}": 9, f"niveau-{rayon.pk}": 1}
    page = envoyer(client, lien, 422, **niveaux, evaluer=1, avis_accueil="Très bien")
    assert ("un des quatre niveaux" in page, "Très bien" in page) == (True, True)
    assert "Le bilan est complet" in envoyer(client, lien, **niveaux | {f"niveau-{caisse.pk}": 2}, evaluer=1)
    assert lectures.immersion_de(dispositif, une.pk).evaluee_le is not None
    actions.donner_un_code(immersion=une, partie="accueil", par=None)
    assert "Ce lien ne marche plus" in lire(client, lien, 404)
    assert client.get(adresse(dispositif, "jour_convention", code)).status_code == 404


def test_a_structure_signs_but_does_not_assess(dispositif):
    une, client = f.signer(f.creer_prete(dispositif, debut=jour(-3)), "personne", "accueil"), Client()
    lien = adresse(dispositif, "jour", actions.donner_un_code(immersion=une, partie="structure", par=None))
    assert "C’est signé." in envoyer(client, lien, version=1, evaluer=1)
    assert (Signature.objects.filter(partie="structure").count(), "Envoyer le bilan" in lire(client, lien)) == (
        1,
        False,
    )


def test_too_many_wrong_codes_ask_for_a_small_proof(dispositif):
    personne, client = fabriques.creer_participant(dispositif.consultation), Client()
    for _n in range(8):
        client.post(adresse(dispositif), {"code": "K7P4M2XD"})
    page = envoyer(client, adresse(dispositif), 429, code=personne.code_personnel)
    assert ("Trop de codes faux" in page, 'name="defi"' in page) == (True, True)


def test_ones_own_page_leads_to_their_immersion_and_back(dispositif, django_assert_max_num_queries):
    personne = fabriques.creer_participant(dispositif.consultation, structure=fabriques.creer_structure())
    client = telephone(dispositif, personne)
    ma_page = reverse("contenus:moi")
    page = lire(client, ma_page)
    assert ("Demander une immersion" in page, adresse(dispositif) in page) == (True, True)
    une = f.placer(f.preparer(f.demander(dispositif, personne, souhait="Boulangère")))
    f.demander(dispositif)  # someone else's
    page = lire(client, ma_page)
    assert (str(une.entreprise.nom) in page, "Convention à signer" in page, "Demander une" in page) == (
        True, True, False,
    )  # fmt: skip
    assert f'href="{ma_page}"' in lire(client, adresse(dispositif))
    actions.arreter(immersion=une, code=personne.code_personnel)
    assert "Vous l’avez arrêtée" in lire(client, ma_page)
    with django_assert_max_num_queries(2):
        assert [len(siennes) for _d, siennes in lectures.de_ma_page([personne]).values()] == [1]
    type(dispositif.consultation).objects.update(etat="close")
    etrangere = fabriques.creer_participant(dispositif.consultation)
    assert list(lectures.de_ma_page([personne, etrangere])) == [personne.pk]


def test_what_is_held_of_an_immersion_is_in_what_one_takes_away(dispositif, django_assert_max_num_queries):
    une = f.creer_faite(dispositif)
    personne = une.participant
    with django_assert_max_num_queries(5):
        (tenu,) = lectures.dossier(personne)
    assert (tenu["entreprise"], tenu["objectifs"], tenu["issue"], len(tenu["signatures"])) == (
        une.entreprise.nom, [["Tenir une caisse", "Acquis"], ["Ranger un rayon", "Acquis"]], "confirme", 3,
    )  # fmt: skip
    emporte = json.loads(telephone(dispositif, personne).post(reverse("contenus:emporter")).content)
    assert emporte["personnes"][0]["immersions"][0]["fin"] == tenu["fin"]
    assert lectures.dossier(fabriques.creer_participant(dispositif.consultation)) == []
