"""An author who left an address: confirmed from a letter, told what moved, nothing twice, ended in one click."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation import actions as actions_consultation
from consultation.erreurs import Refus
from consultation.models import Journal
from contenus import actions
from contenus.actions.suivi import oublier_les_demandes
from contenus.lectures.moi import dossier
from contenus.models import SuiviDAuteur
from contenus.travaux import prevenir_les_auteurs
from tests import fabriques as f

from .fabriques_contenus import creer_page_publiee, creer_synthese
from .test_moi import telephone
from .test_suites import decider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


@pytest.fixture
def espace():
    return f.creer_espace()


def auteur_de(espace, texte="Un minibus le matin"):
    """(someone, the piste made of what they proposed)"""
    qui = f.creer_participant(espace.consultation)
    return qui, f.creer_piste(espace, texte, [f.creer_proposition(espace, texte, qui)])


def prevenu(qui, courriel="lise@exemple.test"):
    suivi, _ecrire = actions.demander_nouvelles(participant=qui, courriel=courriel, accord=True)
    return actions.confirmer_nouvelles(suivi=suivi)


def un_jour_passe():
    for suivi in SuiviDAuteur.objects.exclude(ecrit_le=None):
        SuiviDAuteur.objects.filter(pk=suivi.pk).update(ecrit_le=suivi.ecrit_le - timedelta(days=1, minutes=1))


def test_an_answer_and_a_synthesis_are_told_once_the_newest_first(espace, mailoutbox):
    qui, piste = auteur_de(espace)
    prevenu(qui)
    prevenir_les_auteurs()
    assert mailoutbox == []
    creer_page_publiee(creer_synthese(espace.consultation, [piste]))
    decider(piste, raison="Deux lieux l’essaient.", le=timezone.localdate() - timedelta(days=3))
    for _n in range(2):
        prevenir_les_auteurs()
    (lettre,) = mailoutbox
    assert lettre.to == ["lise@exemple.test"]
    assert lettre.body.index("dans une synthèse publiée") < lettre.body.index("Deux lieux l’essaient.")
    assert f"/reponses/{espace.consultation.slug}/{piste.numero}/" in lettre.body
    decider(piste, "realisee", raison="Il roule.")
    prevenir_les_auteurs()
    assert len(mailoutbox) == 1  # not yet a day
    un_jour_passe()
    prevenir_les_auteurs()
    assert ["Il roule." in mailoutbox[1].body, "Deux lieux" in mailoutbox[1].body] == [True, False]
    un_jour_passe()
    prevenir_les_auteurs()
    assert len(mailoutbox) == 2  # nothing new, nothing sent


def test_what_was_there_when_they_said_yes_is_not_told_nor_what_others_proposed(espace, mailoutbox):
    qui, piste = auteur_de(espace)
    _autre, ailleurs = auteur_de(espace, "Des repas ensemble")
    decider(piste, raison="Déjà dit.")
    prevenu(qui)
    decider(ailleurs, raison="Pas à moi.")
    prevenir_les_auteurs()
    assert mailoutbox == []


def test_an_answer_withdrawn_before_the_letter_leaves_is_not_in_it(espace, mailoutbox):
    qui, piste = auteur_de(espace)
    prevenu(qui)
    suite = decider(piste, raison="Une erreur.")
    actions_consultation.retirer_suite(suite=suite, motif="Mauvaise piste.", par=None)
    prevenir_les_auteurs()
    assert mailoutbox == []


def test_an_address_is_written_to_only_once_its_owner_said_yes(espace, mailoutbox):
    qui, piste = auteur_de(espace)
    client = telephone(qui)
    vers = reverse("contenus:prevenir", args=[qui.pk])
    assert "Me prévenir par e-mail" in client.get(reverse("contenus:moi")).text
    page = client.post(vers, {"courriel": " Lise@Exemple.TEST", "accord": "oui"}, follow=True)
    assert "ouvrez la lettre et dites oui" in page.text
    (lettre,) = mailoutbox
    assert lettre.to == ["lise@exemple.test"]
    lien = re.search(r"https?://[^/]+(/prevenir/\S+/)", lettre.body)[1]
    decider(piste)
    prevenir_les_auteurs()
    assert len(mailoutbox) == 1
    assert ("Oui, écrivez-moi" in client.get(lien).text, SuiviDAuteur.objects.get().confirme_le) == (True, None)
    assert "Vous serez prévenu par e-mail" in client.post(lien, follow=True).text
    assert "Nous écrivons à lise@exemple.test" in client.get(reverse("contenus:moi")).text


@pytest.mark.parametrize(
    ("champs", "statut", "dit"),
    [
        ({"courriel": "pas une adresse", "accord": "oui"}, 422, "Cette adresse e-mail ne marche pas"),
        ({"courriel": "a@exemple.test\r\nBcc: b@exemple.test", "accord": "oui"}, 422, "ne marche pas"),
        ({"courriel": "a@exemple.test"}, 422, "sans votre accord"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(espace, mailoutbox, champs, statut, dit):
    qui, _piste = auteur_de(espace)
    page = telephone(qui).post(reverse("contenus:prevenir", args=[qui.pk]), champs)
    assert (page.status_code, dit in page.text, SuiviDAuteur.objects.count(), mailoutbox) == (statut, True, 0, [])
    assert champs["courriel"].split("\r")[0] in page.text


def test_nobody_leaves_an_address_for_another(espace):
    qui, _piste = auteur_de(espace)
    autre, _sienne = auteur_de(espace, "Des repas ensemble")
    vers = reverse("contenus:prevenir", args=[autre.pk])
    assert telephone(qui).post(vers, {"courriel": "a@exemple.test", "accord": "oui"}).status_code == 404


def test_letters_to_strangers_are_an_hour_apart(espace):
    qui, _piste = auteur_de(espace)
    actions.demander_nouvelles(participant=qui, courriel="a@exemple.test", accord=True)
    with pytest.raises(Refus) as refus:
        actions.demander_nouvelles(participant=qui, courriel="b@exemple.test", accord=True)
    assert (refus.value.code, refus.value.statut) == ("trop_tot", 429)
    SuiviDAuteur.objects.update(demande_le=timezone.now() - timedelta(hours=2))
    suivi, ecrire = actions.demander_nouvelles(participant=qui, courriel="b@exemple.test", accord=True)
    assert (suivi.courriel, ecrire, SuiviDAuteur.objects.count()) == ("b@exemple.test", True, 1)


def test_one_click_ends_it_without_a_cookie_and_the_address_is_gone(client, espace):
    qui, _piste = auteur_de(espace)
    vers = reverse("contenus:ne-plus-prevenir", args=[prevenu(qui).cle])
    client = type(client)(enforce_csrf_checks=True)
    assert client.get(vers).status_code == 405
    assert client.post(vers, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert SuiviDAuteur.objects.count() == 0
    assert "Votre adresse est effacée" in client.post(vers).text  # twice is once, and tells nothing
    verbes = set(Journal.objects.filter(verbe__endswith="_nouvelles").values_list("verbe", flat=True))
    assert verbes == {"demander_nouvelles", "confirmer_nouvelles", "cesser_nouvelles"}
    assert "lise" not in repr(list(Journal.objects.values()))


def test_the_address_goes_with_the_person_with_the_day_said_and_when_nobody_confirms(espace):
    for partir in (
        lambda qui: actions_consultation.effacer_participant(participant=qui),
        lambda qui: actions_consultation.oublier_les_personnes(consultation=qui.consultation),
    ):
        qui, _piste = auteur_de(f.creer_espace())
        prevenu(qui)
        assert dossier(qui)["prevenu_par_courriel"][0]["courriel"] == "lise@exemple.test"
        partir(qui)
        assert SuiviDAuteur.objects.count() == 0
    qui, _piste = auteur_de(espace)
    actions.demander_nouvelles(participant=qui, courriel="a@exemple.test", accord=True)
    assert oublier_les_demandes() == 0
    SuiviDAuteur.objects.update(demande_le=timezone.now() - timedelta(days=4))
    assert oublier_les_demandes() == 1


def test_by_a_real_server_a_cut_sends_later_once_and_a_dead_address_stops_nobody(espace, boite):
    for nom in ("morte", "lise", "yann"):
        qui, piste = auteur_de(espace, f"Une idée de {nom}, à essayer")
        prevenu(qui, f"{nom}@exemple.test")
        decider(piste, raison=f"Réponse à {nom}.")
    prevenir_les_auteurs()  # nobody answers at that port
    assert list(SuiviDAuteur.objects.values_list("ecrit_le", "dites")) == [(None, [])] * 3
    boite.refuse = {"morte@exemple.test"}
    boite.demarrer()
    for _n in range(2):
        prevenir_les_auteurs()
    assert [qui for qui, _dit in boite.recus] == [["lise@exemple.test"], ["yann@exemple.test"]]
    cle = SuiviDAuteur.objects.get(courriel="lise@exemple.test").cle
    dit = boite.recus[0][1].replace("\r\n ", "")
    fin = reverse("contenus:ne-plus-prevenir", args=[cle])
    assert (f"{fin}>" in dit, "List-Unsubscribe=One-Click" in dit) == (True, True)


def test_many_authors_cost_the_same_queries(espace, django_assert_max_num_queries, mailoutbox):
    for rang in range(6):
        qui, _piste = auteur_de(espace, f"Une idée de plus, la n° {rang}")
        prevenu(qui, f"p{rang}@exemple.test")
    with django_assert_max_num_queries(12):
        prevenir_les_auteurs()
    assert mailoutbox == []
