"""Coming in with an identity proved elsewhere: one account there is one voice here, and nothing of it is kept."""

import pytest
from django.urls import reverse
from joserfc.jwk import ECKey

from consultation import actions
from consultation.models import AdresseServie, Consultation, Journal, Participant
from forums import lectures
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_forum

from .identites import CLIENT, SECRET, fournisseur_en_marche
from .test_par_courriel import se_presenter
from .test_participer import adresse

pytestmark = pytest.mark.django_db
RETOUR = "/forums/identite/retour/"


@pytest.fixture
def forum():
    return creer_forum("proposer")


@pytest.fixture
def fournisseur(settings):
    with fournisseur_en_marche() as lui:
        settings.OIDC = {
            "adresse": lui.adresse, "client": CLIENT, "secret": SECRET, "nom": "ProConnect", "portee": "openid",
            "acr": "eidas1",
        }  # fmt: skip
        yield lui


def partir(client, forum):
    return client.get(adresse(forum, "identite"))["Location"]


def revenir(client, forum, fournisseur, sujet):
    return client.get(RETOUR, fournisseur.montrer(partir(client, forum), sujet))


def entrer(client, forum, fournisseur, sujet):
    """Come back, and say whom one speaks as."""
    jeton = revenir(client, forum, fournisseur, sujet).context["formulaire"]["jeton"].value()
    return se_presenter(client, forum, f"/{jeton}/")


def test_one_account_there_is_one_voice_here_whatever_the_device(client, forum, fournisseur):
    accueil = client.get(adresse(forum, "accueil")).text
    assert ("Entrer avec ProConnect" in accueil, adresse(forum, "identite") in accueil) == (True, True)
    page = revenir(client, forum, fournisseur, "lise")
    assert "Vous parlez comme…" in page.text
    assert Participant.objects.count() == 0  # coming back lets nobody in by itself
    entrer(client, forum, fournisseur, "lise")
    personne = Participant.objects.get()
    assert (personne.origine, personne.prenom, personne.compte) == ("identite", "", None)
    autre = type(client)()
    reponse = revenir(autre, forum, fournisseur, "lise")
    assert reponse.url == adresse(forum, "mes-textes")
    assert autre.get(reponse.url).context["participant"] == personne
    entrer(type(client)(), forum, fournisseur, "karim")
    assert Participant.objects.count() == 2
    (voie,) = [v for v in lectures.voies(forum.consultation) if v.nom == "ProConnect"]
    assert voie.personnes == 2


def test_what_the_provider_says_of_someone_is_kept_nowhere(client, forum, fournisseur):
    entrer(client, forum, fournisseur, "lise-0042")
    assert AdresseServie.objects.count() == 1
    for modele in (Participant, AdresseServie, Journal):
        assert "lise" not in repr(list(modele.objects.values())).lower()


def test_the_site_asks_for_a_number_alone_and_binds_the_answer_to_this_device(client, forum, fournisseur):
    demande = fournisseur.attendus[fournisseur.montrer(partir(client, forum), "lise")["code"]]
    assert (demande["scope"], demande["acr_values"], demande["code_challenge_method"]) == (
        "openid", "eidas1", "S256",
    )  # fmt: skip
    assert demande["redirect_uri"].endswith(RETOUR)
    assert min(len(demande["nonce"]), len(demande["state"])) >= 32


def changer_de_cle(lui):
    lui.signe_par = ECKey.generate_key("P-256", {"kid": "une"})


FAUX = {
    "signed by someone else": changer_de_cle,
    "for another site": lambda lui: lui.dit.update(aud="un-autre"),
    "of another provider": lambda lui: lui.dit.update(iss="https://ailleurs.test"),
    "too old": lambda lui: lui.dit.update(exp=1),
    "asked for by someone else": lambda lui: lui.dit.update(nonce="un autre"),
    "without a name": lambda lui: lui.dit.update(sub=""),
}


@pytest.mark.parametrize("faux", FAUX.values(), ids=FAUX)
def test_a_proof_that_is_not_one_lets_nobody_in(client, forum, fournisseur, faux):
    faux(fournisseur)
    reponse = revenir(client, forum, fournisseur, "lise")
    assert (reponse.status_code, "ne nous a pas dit que c’est bien vous" in reponse.text) == (400, True)
    assert AdresseServie.objects.count() == 0


def test_an_answer_serves_once_on_the_device_that_asked(client, forum, fournisseur):
    retour = fournisseur.montrer(partir(client, forum), "lise")
    assert type(client)().get(RETOUR, retour).status_code == 400  # another device
    assert client.get(RETOUR, retour).status_code == 200
    assert client.get(RETOUR, retour).status_code == 400  # again
    renonce = {"error": "access_denied", "state": retour["state"]}
    assert client.get(RETOUR, renonce).status_code == 400
    for etat in ("", "x", "x.0", "x.99999999999999999999", f"x.²{forum.pk}"):
        assert client.get(RETOUR, {"state": etat, "code": "c"}).status_code == 404


def test_a_provider_out_of_reach_is_said_and_the_other_ways_stay(client, forum, fournisseur, settings):
    settings.OIDC = settings.OIDC | {"adresse": "http://127.0.0.1:9"}
    reponse = client.get(adresse(forum, "identite"))
    assert (reponse.status_code, "ProConnect ne répond pas" in reponse.text) == (503, True)
    assert adresse(forum, "par-courriel") in reponse.text


def test_who_is_erased_does_not_vote_again_with_the_same_account(client, forum, fournisseur):
    entrer(client, forum, fournisseur, "lise")
    actions.effacer_participant(participant=Participant.objects.get())
    assert revenir(client, forum, fournisseur, "lise").status_code == 409
    actions.oublier_les_personnes(consultation=forum.consultation)
    assert AdresseServie.objects.count() == 0


def test_a_closed_forum_sends_nobody_away(client, forum, fournisseur):
    Consultation.objects.update(etat="close")
    assert client.get(adresse(forum, "identite")).status_code == 409


def test_one_identity_has_another_hash_in_each_forum_and_from_each_provider(forum):
    ici, ailleurs = forum.consultation, creer_forum("proposer", titre="Ailleurs").consultation
    qui = (("a", "lise", ici), ("a", "lise", ailleurs), ("b", "lise", ici), ("a", "karim", ici))
    assert len({actions.empreinte_d_identite(*une) for une in qui}) == 4


def test_without_a_provider_nothing_shows(client, forum):
    for page in (adresse(forum, "accueil"), adresse(forum, "entrer"), reverse("donnees-gardees")):
        assert "dentité" not in client.get(page).text
    for page in (adresse(forum, "identite"), RETOUR + f"?state=x.{forum.pk}"):
        assert client.get(page).status_code == 404
    f.creer_participants(forum.consultation, 1, origine="identite", prenom="")
    assert "Compte d’identité" in {v.nom for v in lectures.voies(forum.consultation)}
