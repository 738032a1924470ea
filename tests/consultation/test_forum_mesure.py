"""A forum is not one person's: floods, the same words again and again, a consent withdrawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation import actions, lectures
from consultation.actions.discussion import TEXTES_PAR_JOUR
from consultation.erreurs import Refus
from consultation.models import Contribution, Proposition
from tests.consultation.fabriques_forum import creer_forum, entrer, proposer

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return creer_forum("proposer", "discuter")


def refuse(acte, **champs):
    with pytest.raises(Refus) as refus:
        acte(**champs)
    return refus.value.code, refus.value.statut


def test_a_flood_from_one_person_stops_for_the_day_and_silences_nobody_else(forum):
    montree, bavard = proposer(forum), entrer(forum)
    for n in range(TEXTES_PAR_JOUR - 1):
        proposer(forum, f"Idée {n}", participant=bavard, affichee=False)
    actions.contribuer(proposition=montree, participant=bavard, nature="pour", texte="Un argument")  # counts too
    trop = {"consultation": forum.consultation, "participant": bavard, "texte": "Une de trop"}
    assert refuse(actions.proposer_au_forum, **trop) == ("trop_de_textes", 429)
    argument = {"proposition": montree, "participant": bavard, "nature": "pour", "texte": "Encore"}
    assert refuse(actions.contribuer, **argument) == ("trop_de_textes", 429)
    proposer(forum, "Une autre personne", participant=entrer(forum))
    assert Proposition.objects.filter(texte="Une de trop").count() == 0
    for modele in (Proposition, Contribution):
        modele.objects.filter(auteur=bavard).update(cree_le=timezone.now() - timedelta(hours=25))
    assert actions.proposer_au_forum(**trop).texte == "Une de trop"


def test_an_argument_is_held_back_by_the_same_signs_as_a_proposition(forum):
    """One rule for both: a doubt is shown to whoever moderates and holds nothing back."""
    forum.consultation.relecture = "signalees"
    forum.consultation.save()
    montree, personne = proposer(forum), entrer(forum, prenom="Lucette")
    dits = [
        actions.contribuer(proposition=montree, participant=personne, nature="pour", texte=texte)
        for texte in ("merci à lucette pour son aide", "Appelez le 06 12 34 56 78 le matin.")
    ]
    assert [(dit.moderation, dit.signalement) for dit in dits] == [
        ("affichee", "peut-être un prénom"), ("a_relire", "contient un numéro"),
    ]  # fmt: skip


def test_the_same_words_a_hundred_times_are_one(forum):
    personne = entrer(forum)
    proposer(forum, "Un bus le dimanche.", participant=personne)
    autrement = (
        "Un bus le dimanche.",
        "UN BUS, LE DIMANCHE !!!",
        "un  bus\nle dimanche",
        "Un bus le dimanche\u200b.",
    )
    for n in range(100):
        dit = {"consultation": forum.consultation, "participant": personne, "texte": autrement[n % 4]}
        assert refuse(actions.proposer_au_forum, **dit, cle=f"k{n}") == ("deja_dit", 409)
    assert Proposition.objects.count() == 1


def test_a_consent_withdrawn_takes_words_off_the_pages_and_given_again_brings_them_back(forum):
    dite = proposer(forum)
    autre = entrer(forum)
    argument = actions.contribuer(proposition=dite, participant=autre, nature="question", texte="Qui conduit ?")
    actions.moderer(texte=argument, sens="affichee", par=None)

    def dits():
        avec = lectures.avec_discussion(lectures.propositions_publiques(forum.consultation))
        return [(p, p.nb_question, lectures.discussion(p)["question"]) for p in avec]

    lues = [dits()]
    for qui in (dite.auteur, autre):
        for accord in (False, True):
            actions.consentir(participant=qui, accord=accord)
            lues.append(dits())
    tout = [(dite, 1, [argument])]
    assert lues == [tout, [], tout, [(dite, 0, [])], tout]
