"""Moderation: the queue, decisions by the published rules, their reason, one appeal read by someone else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.models import Consultation, Contribution, Decision, Journal, Proposition, Recours
from tests import fabriques as f

from .fabriques_forum import creer_forum, entrer, proposer

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return creer_forum("proposer", "discuter")


def refuser(texte, par=None, **champs):
    return actions.moderer(
        texte=texte, sens="refusee", **{"regle": 2, "motif": "Retirez le nom.", **champs}, par=par
    )


def contribuer(proposition, texte="On est dix dans ce cas.", nature="pour", personne=None, **champs):
    personne = personne or entrer(proposition.consultation.forum)
    return actions.contribuer(proposition=proposition, participant=personne, nature=nature, texte=texte, **champs)


def test_a_refusal_says_its_rule_and_its_reason_and_keeps_the_words(forum):
    proposition = proposer(forum, "Le chef dit non", affichee=False)
    with pytest.raises(Refus) as sans_regle:
        refuser(proposition, regle=None)
    with pytest.raises(Refus) as hors_regle:
        refuser(proposition, regle=7)
    with pytest.raises(Refus) as sans_mot:
        refuser(proposition, motif=" ")
    codes = [e.value.code for e in (sans_regle, hors_regle, sans_mot)]
    assert codes == ["regle", "regle", "motif_vide"]
    decision = refuser(proposition)
    proposition.refresh_from_db()
    assert (proposition.moderation, proposition.motif, proposition.texte) == (
        "ecartee", "Retirez le nom.", "Le chef dit non",
    )  # fmt: skip
    assert (decision.sens, decision.regle, decision.texte) == ("refusee", 2, proposition)


def test_the_second_of_two_moderators_is_told_and_changes_nothing(forum):
    proposition = proposer(forum)
    with pytest.raises(Refus) as refus:
        refuser(proposition)
    assert (refus.value.code, refus.value.statut) == ("deja_relu", 409)
    assert str(refus.value.message).startswith("Quelqu’un vient de relire ce texte\u202f: il est affiché.")
    derniere = proposition.decisions.get().pk
    refuser(proposition, derniere=derniere)  # who has seen that one may change it
    assert [d.sens for d in proposition.decisions.all()] == ["refusee", "affichee"]


def test_masking_shows_the_rest(forum):
    proposition = proposer(forum, "Le chef Marc dit non", affichee=False)
    actions.moderer(texte=proposition, sens="masquee", passages=[[8, 12]], par=None)
    proposition.refresh_from_db()
    assert (proposition.texte_public, proposition.moderation) == ("Le chef […] dit non", "affichee")
    argument = contribuer(proposition, "Marc a raison")
    with pytest.raises(Refus) as refus:
        actions.moderer(texte=argument, sens="masquee", passages=[], par=None)
    assert refus.value.code == "passage_invalide"
    actions.moderer(texte=argument, sens="masquee", passages=[[0, 4]], par=None)
    argument.refresh_from_db()
    assert (argument.texte_public, argument.moderation) == ("[…] a raison", "affichee")


def test_the_queue_is_of_all_kinds_and_the_oldest_comes_first(forum, django_assert_num_queries):
    lue = proposer(forum)
    question = contribuer(lue, "Qui conduit ?", "question")
    refusee = proposer(forum, "Refusée", affichee=False)
    refuser(refusee)
    recours = actions.demander_recours(texte=refusee, participant=refusee.auteur)
    attend = proposer(forum, "Attend", affichee=False)
    heures = {question: 2, attend: 20}
    for texte, n in heures.items():
        type(texte).objects.filter(pk=texte.pk).update(cree_le=timezone.now() - timedelta(hours=n))
    Recours.objects.filter(pk=recours.pk).update(cree_le=timezone.now() - timedelta(hours=9))
    with django_assert_num_queries(10):
        combien, attentes = lectures.file_de_relecture(forum)
        lus = [(a.cle, a.heures, a.tard) for a in attentes if a.texte.college.nom and a.proposition.texte]
    assert (combien, lus) == (
        3, [(f"p{attend.pk}", 20, True), (f"r{recours.pk}", 9, False), (f"c{question.pk}", 2, False)],
    )  # fmt: skip
    assert lectures.texte_nomme(forum, f"r{recours.pk}") == (refusee, recours)
    assert lectures.texte_nomme(creer_forum(), f"p{attend.pk}") == (None, None)
    assert lectures.texte_nomme(forum, "p²") == (None, None)


def test_read_after_publication_it_shows_at_once_and_waits_all_the_same(forum):
    Consultation.objects.update(relecture="aucune")
    forum.consultation.refresh_from_db()
    proposition = proposer(forum, affichee=False)
    assert proposition.moderation == "affichee"
    assert [a.texte for a in lectures.file_de_relecture(forum)[1]] == [proposition]


def test_only_whoever_leads_moderates(forum):
    proposition = proposer(forum, affichee=False)
    etranger = f.creer_mandat("editeur", forum.consultation)
    with pytest.raises(Refus) as refus:
        actions.moderer(texte=proposition, sens="affichee", par=etranger)
    assert refus.value.statut == 403
    actions.moderer(texte=proposition, sens="affichee", par=f.creer_animateur(forum.espace))
    assert Decision.objects.count() == 1


def test_an_appeal_is_its_author_s_once_and_read_by_someone_else(forum):
    premier, second = f.creer_animateur(forum.espace), f.creer_animateur(forum.espace)
    proposition = proposer(forum, "Chez Verdalou", affichee=False)
    with pytest.raises(Refus) as trop_tot:
        actions.demander_recours(texte=proposition, participant=proposition.auteur)
    refuser(proposition, par=premier)
    with pytest.raises(Refus) as d_un_autre:
        actions.demander_recours(texte=proposition, participant=entrer(forum))
    recours = actions.demander_recours(
        texte=proposition, participant=proposition.auteur, mots="C’est l’entreprise."
    )
    encore = actions.demander_recours(texte=proposition, participant=proposition.auteur, mots="Encore")
    with pytest.raises(Refus) as meme:
        actions.trancher_recours(recours=recours, accepter=True, par=premier)
    assert [e.value.code for e in (trop_tot, d_un_autre, meme)] == ["pas_refuse", "interdit", "meme_personne"]
    assert (encore.pk, encore.mots) == (recours.pk, "C’est l’entreprise.")
    actions.trancher_recours(recours=recours, accepter=True, par=second)
    proposition.refresh_from_db()
    assert proposition.moderation == "affichee"
    with pytest.raises(Refus) as tranche:
        actions.trancher_recours(recours=recours, accepter=False, motif="Non", par=second)
    assert tranche.value.code == "deja_relu"


def test_a_refusal_kept_on_appeal_is_final_and_says_why(forum):
    argument = contribuer(proposer(forum))
    refuser(argument)
    recours = actions.demander_recours(texte=argument, participant=argument.auteur)
    with pytest.raises(Refus) as refus:
        actions.trancher_recours(recours=recours, accepter=False, par=None)
    assert refus.value.code == "motif_vide"
    actions.trancher_recours(recours=recours, accepter=False, motif="Le nom y est encore.", par=None)
    argument.refresh_from_db()
    recours.refresh_from_db()
    assert (argument.moderation, recours.accepte, recours.motif) == ("ecartee", False, "Le nom y est encore.")
    with pytest.raises(Refus) as encore:
        actions.demander_recours(texte=argument, participant=argument.auteur)
    assert encore.value.code == "pas_refuse"


def test_the_log_has_rules_and_hours_and_neither_names_nor_words(forum):
    proposition = proposer(forum, "Mot secret", affichee=False)
    refuser(proposition, par=f.creer_animateur(forum.espace, f.creer_compte(first_name="Léa")))
    (ligne,) = lectures.registre_de_moderation(forum.consultation)
    assert (ligne.get_sens_display(), ligne.regle) == ("refusée", 2)
    entrees = str(list(Journal.objects.values_list("details", flat=True)))
    assert ("Mot secret" in entrees, "Léa" in entrees) == (False, False)


def test_an_argument_is_six_hundred_signs_on_a_shown_proposition_while_one_discusses(forum):
    proposition = proposer(forum)
    assert contribuer(proposition, "a" * 600).texte == "a" * 600
    with pytest.raises(Refus) as long:
        contribuer(proposition, "a" * 601)
    with pytest.raises(Refus) as vide:
        contribuer(proposition, "\u200b")
    with pytest.raises(Refus) as sorte:
        contribuer(proposition, nature="avis")
    Proposition.objects.filter(pk=proposition.pk).update(moderation="ecartee")
    proposition.refresh_from_db()
    with pytest.raises(Refus) as cachee:
        contribuer(proposition)
    forum.consultation.phases.filter(nature="discuter").delete()
    with pytest.raises(Refus) as ferme:
        contribuer(proposition)
    codes = [e.value.code for e in (long, vide, sorte, cachee, ferme)]
    assert codes == ["long", "vide", "nature_inconnue", "pas_affichee", "phase_fermee"]
    assert Contribution.objects.count() == 1


def test_the_same_form_is_one_argument_and_the_same_words_are_said_once(forum):
    proposition, personne = proposer(forum), entrer(forum)
    une = contribuer(proposition, personne=personne, cle="c1")
    assert contribuer(proposition, personne=personne, cle="c1") == une
    with pytest.raises(Refus) as refus:
        contribuer(proposition, "on est DIX dans ce cas", personne=personne, cle="c2")
    assert refus.value.code == "deja_dit"


def test_a_flood_from_one_person_stops_at_twelve_texts_a_day(forum):
    personne = entrer(forum)
    for n in range(12):
        proposer(forum, f"Idée numéro {n}", participant=personne, affichee=False)
    with pytest.raises(Refus) as refus:
        proposer(forum, "Une de plus", participant=personne)
    assert (refus.value.code, refus.value.statut) == ("trop_de_textes", 429)
    Proposition.objects.update(cree_le=timezone.now() - timedelta(days=2))
    assert proposer(forum, "Une de plus", participant=personne).moderation == "affichee"


def test_the_same_text_from_one_person_is_received_once(forum):
    personne = entrer(forum)
    proposer(forum, participant=personne)
    with pytest.raises(Refus) as refus:
        proposer(forum, participant=personne)
    assert refus.value.code == "deja_dit"
    assert proposer(forum).auteur != personne  # someone else may say it too


def test_whoever_is_erased_takes_arguments_and_appeals_back(forum):
    personne = entrer(forum)
    argument = contribuer(proposer(forum), personne=personne)
    refuser(argument)
    recours = actions.demander_recours(texte=argument, participant=personne, mots="Mes raisons")
    dossier = lectures.dossier(personne)
    assert [c["texte"] for c in dossier["contributions"]] == ["On est dix dans ce cas."]
    assert [r["mots"] for r in dossier["deuxiemes_lectures"]] == ["Mes raisons"]
    actions.effacer_participant(participant=personne)
    argument.refresh_from_db()
    recours.refresh_from_db()
    assert (argument.texte, argument.auteur, argument.motif, recours.mots) == ("", None, "", "")
    assert lectures.file_de_relecture(forum)[0] == 0
