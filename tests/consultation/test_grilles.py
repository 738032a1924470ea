"""Grilles: versions that never move under people's feet, answers kept once, and what becomes of them."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.models import CopieGrille, Journal, Proposition
from tests import fabriques as f

from .test_questions import question

pytestmark = pytest.mark.django_db


def contenu(*les_questions):
    return {"sections": [{"titre": "Mon travail", "aide": "", "questions": list(les_questions)}]}


TROIS = (
    question("accueil", "echelle", choix="jamais parfois souvent", obligatoire=True),
    question("formation", "oui_non"),
    question("heures", "decimal", si=[{"question": "formation", "parmi": ["oui"]}]),
    question("aide"),
)


@pytest.fixture
def grille():
    consultation = f.ConsultationFactory()
    faite = actions.creer_grille(
        consultation=consultation, titre="Mon parcours", contenu=contenu(*TROIS), par=None
    )
    actions.mettre_en_ligne(grille=faite, par=None)
    faite.refresh_from_db()
    return faite


def quelqu_un(grille, **reste):
    return f.creer_participant(grille.consultation, **reste)


def copie_de(grille, qui, **reponses):
    copie = actions.commencer_grille(grille=grille, participant=qui)
    brutes = {cle: {"": valeur} for cle, valeur in reponses.items()}
    return actions.repondre(copie=copie, participant=qui, reponses=brutes)


def test_someone_answers_comes_back_and_sends(grille):
    qui = quelqu_un(grille)
    copie_de(grille, qui, formation="oui", heures="7,5")
    copie = copie_de(grille, qui, accueil="souvent")
    assert copie.valeurs == {"formation": {"": "oui"}, "heures": {"": "7.5"}, "accueil": {"": "souvent"}}
    assert actions.envoyer_grille(copie=copie, participant=qui).envoyee_le is not None
    assert CopieGrille.objects.count() == 1


def test_a_required_answer_is_asked_for_by_name(grille):
    qui = quelqu_un(grille)
    copie = copie_de(grille, qui, formation="non")
    with pytest.raises(Refus) as refus:
        actions.envoyer_grille(copie=copie, participant=qui)
    assert (refus.value.code, refus.value.champ, refus.value.message) == (
        "reponse_manque",
        "accueil",
        "Il manque une réponse.",
    )


def test_who_has_begun_keeps_the_version_they_began_with(grille):
    qui, tard = quelqu_un(grille), quelqu_un(grille, prenom="Théo")
    copie_de(grille, qui, aide="Un livret")
    actions.ecrire_grille(grille=grille, contenu=contenu(question("neuve", obligatoire=True)), par=None)
    assert copie_de(grille, qui, accueil="parfois").version.numero == 1
    assert actions.mettre_en_ligne(grille=grille, par=None).numero == 2
    assert actions.mettre_en_ligne(grille=grille, par=None).numero == 2
    assert copie_de(grille, qui, accueil="souvent").version.numero == 1
    assert copie_de(grille, tard, neuve="Oui").version.numero == 2


def test_a_grille_with_a_fault_is_not_put_online(grille):
    actions.ecrire_grille(grille=grille, contenu=contenu(question("a"), question("a")), par=None)
    with pytest.raises(Refus) as refus:
        actions.mettre_en_ligne(grille=grille, par=None)
    assert (refus.value.code, refus.value.champ) == ("grille_a_corriger", "a")
    assert grille.versions.count() == 1


def test_what_is_typed_while_it_closes_gets_in_and_nothing_later(grille):
    qui = quelqu_un(grille)
    copie_de(grille, qui, accueil="souvent")
    actions.clore_grille(grille=grille, par=None)
    grille.refresh_from_db()
    copie_de(grille, qui, aide="Le dernier mot")
    grille.close_le = timezone.now() - timedelta(minutes=2)
    grille.save()
    with pytest.raises(Refus) as refus:
        copie_de(grille, qui, aide="Trop tard")
    assert (refus.value.code, refus.value.statut) == ("grille_close", 409)
    with pytest.raises(Refus):
        actions.commencer_grille(grille=grille, participant=quelqu_un(grille, prenom="Zohra"))
    assert CopieGrille.objects.get().valeurs["aide"] == {"": "Le dernier mot"}
    actions.rouvrir_grille(grille=grille, par=None)
    grille.refresh_from_db()
    copie_de(grille, qui, aide="Me revoilà")


@pytest.mark.parametrize("graine", range(20))
def test_cut_connections_lose_no_answer_and_bring_back_no_old_one(grille, graine):
    """A phone sends its answers in order; the network repeats some, and delivers some of the repeats late."""
    hasard, qui = random.Random(graine), quelqu_un(grille)
    copie = actions.commencer_grille(grille=grille, participant=qui)
    envois = [(rang, hasard.choice(["jamais", "parfois", "souvent"])) for rang in range(12)]
    recus = []
    for envoi in envois:
        recus.append(envoi)
        if hasard.random() < 0.5:
            recus.append(hasard.choice(recus))
    for rang, valeur in recus:
        reponses = {"accueil": {"": valeur}}
        copie = actions.repondre(copie=copie, participant=qui, reponses=reponses, appareil="t1", rang=rang)
    assert copie.valeurs == {"accueil": {"": envois[-1][1]}}


def test_two_devices_do_not_silence_each_other(grille):
    qui = quelqu_un(grille)
    copie = actions.commencer_grille(grille=grille, participant=qui)
    for appareil, rang, valeur in (("t1", 40, "jamais"), ("t2", 1, "souvent")):
        reponses = {"accueil": {"": valeur}}
        copie = actions.repondre(copie=copie, participant=qui, reponses=reponses, appareil=appareil, rang=rang)
    assert copie.valeurs == {"accueil": {"": "souvent"}}
    assert copie.ordres == {"t1": {"accueil": 40}, "t2": {"accueil": 1}}


def test_someone_else_s_copy_is_nobody_s_to_write(grille):
    qui, autre = quelqu_un(grille), quelqu_un(grille, prenom="Oumar")
    copie = copie_de(grille, qui, accueil="souvent")
    for acte in (
        lambda: actions.repondre(copie=copie, participant=autre, reponses={"aide": {"": "moi"}}),
        lambda: actions.envoyer_grille(copie=copie, participant=autre),
        lambda: actions.effacer_copie(copie=copie, participant=autre),
    ):
        with pytest.raises(Refus) as refus:
            acte()
        assert refus.value.statut == 403
    copie.refresh_from_db()
    assert (copie.valeurs, copie.envoyee_le) == ({"accueil": {"": "souvent"}}, None)


def test_a_paper_sheet_is_keyed_in_once_with_its_origin(grille):
    college = grille.consultation.colleges.first()
    feuille = {"accueil": {"": "parfois"}, "aide": {"": "Le bus"}}
    une = actions.saisir_copie(grille=grille, college=college, reponses=feuille, cle="f1", par=None)
    deux = actions.saisir_copie(grille=grille, college=college, reponses=feuille, cle="f1", par=None)
    assert une == deux
    assert (une.origine, une.participant, une.envoyee_le is not None) == ("papier", None, True)


def test_free_texts_become_propositions_once_with_author_and_origin(grille):
    qui, espace = quelqu_un(grille), f.creer_espace(consultation=grille.consultation)
    copie = copie_de(grille, qui, accueil="souvent", aide="Montrer le geste, puis le faire. " * 12)
    brouillon = copie_de(grille, quelqu_un(grille, prenom="Bao"), aide="Pas encore envoyé")
    actions.envoyer_grille(copie=copie, participant=qui)
    for _fois in range(2):
        actions.verser_textes(grille=grille, question="aide", copies=[copie, brouillon], espace=espace, par=None)
    proposition = Proposition.objects.get()
    assert (proposition.auteur, proposition.origine, proposition.origine_note) == (qui, "grille", "Mon parcours")
    assert proposition.texte == copie.valeurs["aide"][""]
    with pytest.raises(Refus) as refus:
        actions.verser_textes(grille=grille, question="accueil", copies=[copie], espace=espace, par=None)
    assert refus.value.code == "pas_un_texte"


def test_who_is_erased_leaves_what_was_sent_and_nothing_that_leads_to_them(grille):
    qui, autre = quelqu_un(grille), quelqu_un(grille, prenom="Ilyes")
    copie = copie_de(grille, qui, accueil="souvent")
    actions.envoyer_grille(copie=copie, participant=qui)
    copie_de(grille, autre, aide="Commencé seulement")
    assert lectures.dossier(qui)["grilles"][0]["reponses"] == {"accueil": {"": "souvent"}}
    actions.effacer_participant(participant=qui)
    actions.effacer_participant(participant=autre)
    assert list(CopieGrille.objects.values_list("participant", "valeurs", "ordres")) == [
        (None, {"accueil": {"": "souvent"}}, {})
    ]


def test_one_s_answers_can_be_taken_away(grille):
    qui = quelqu_un(grille)
    actions.effacer_copie(copie=copie_de(grille, qui, accueil="souvent"), participant=qui)
    assert (CopieGrille.objects.count(), Journal.objects.filter(verbe="effacer_copie").count()) == (0, 1)


def test_only_the_organiser_writes_and_opens(grille):
    compte = f.CompteFactory()
    for acte in (
        lambda: actions.creer_grille(consultation=grille.consultation, titre="X", par=compte),
        lambda: actions.ecrire_grille(grille=grille, titre="X", par=compte),
        lambda: actions.mettre_en_ligne(grille=grille, par=compte),
        lambda: actions.clore_grille(grille=grille, par=compte),
        lambda: actions.rouvrir_grille(grille=grille, par=compte),
    ):
        with pytest.raises(Refus) as refus:
            acte()
        assert refus.value.statut == 403
    actions.confier(consultation=grille.consultation, compte=compte, role="organisateur", par=None)
    assert actions.ecrire_grille(grille=grille, titre="Votre parcours", par=compte).titre == "Votre parcours"
