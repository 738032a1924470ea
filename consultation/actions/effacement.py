"""Forgetting someone: their name and their words go, the group's result stands, nothing leads to their choices.

The person's row is removed. A row without a name takes its place in the counts: same consultation, same college.
Its number and those of its ballots and votes are drawn at random, below zero, and their hours are levelled: the
order of the numbers does not say whose they were, nor does the journal, which keeps the hour of each act and the
number of whoever did it. What they sent of a questionnaire stays counted, without a participant nor a free text.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from .. import questions, regles
from ..models import Bulletin, CopieGrille, Objection, Participant, Proposition, Recours, Scrutin, Voix
from ..questions import Nature
from ..signaux import participant_efface
from .classeurs import perimer_classeurs
from .gardes import annoncer, exiger_droit, noter
from .mots import cles_de, suivre


def effacer_participant(*, participant, par=None, motif=""):
    """Forget who someone is, and take their words back everywhere. Their votes stay counted, led to by nothing.

    With `par` None it is the person themself who asks. Twice is once. Raises Refus "interdit" 403.
    """
    exiger_droit(lambda: regles.est_organisateur(par, participant.consultation), par)
    with transaction.atomic():
        personne = Participant.objects.select_for_update(no_key=True).filter(pk=participant.pk).first()
        if personne is None or personne.efface_le is not None:
            return
        textes = [*_retirer_les_mots(personne), *_detacher_les_copies(personne)]
        anonyme = _sans_nom(personne)
        textes += _detacher_les_objections(personne, anonyme)
        _detacher_les_votes(personne, anonyme)
        perimer_classeurs(personne.consultation_id)
        participant_efface.send(sender=Participant, participant=personne, anonyme=anonyme, textes=textes)
        noter(verbe="effacer_participant", objet=personne, compte=par, motif=motif)
        personne.delete()


def numero_sans_ordre():
    """A key for a row that must not say when it was made: below zero, the database never draws one."""
    return -1 - secrets.randbelow(2**62)


def _retirer_les_mots(personne):
    """Empty what they proposed, and what says it word for word; return those words.

    What they wrote down at a table is someone else's: its words stay, led to by nothing.
    """
    textes = _retirer_les_contributions(personne)  # appeals are found by their author
    siennes = personne.propositions.select_for_update(of=("self",), no_key=True).order_by("pk")
    siennes.filter(origine=Proposition.Origine.TABLE).update(auteur=None, cle="", motif="")
    for proposition in siennes:
        textes.append(proposition.texte)
        avant = cles_de(proposition)
        proposition.texte, proposition.masques, proposition.auteur = "", [], None
        proposition.cle = proposition.origine_note = proposition.signalement = proposition.motif = ""
        proposition.save()
        proposition.precisions.all().delete()
        textes += proposition.desaccords.values_list("raison", flat=True)
        proposition.desaccords.all().delete()
        suivre(avant, proposition)
        annoncer(proposition.espace_id, "propositions")
    return textes


def _retirer_les_contributions(personne):
    """Empty their arguments and their appeals; return those words."""
    contributions = personne.contributions.all()
    recours = Recours.objects.filter(
        Q(decision__contribution__auteur=personne) | Q(decision__proposition__auteur=personne)
    )
    textes = [
        mots
        for mots in (*contributions.values_list("texte", flat=True), *recours.values_list("mots", flat=True))
        if mots
    ]
    recours.update(mots="", motif="")
    contributions.update(texte="", masques=[], auteur=None, cle="", signalement="", motif="")
    return textes


def _detacher_les_copies(personne):
    """Keep what they sent of questionnaires, led to by nothing, without its free texts; return those texts."""
    textes = []
    for copie in personne.copies_grilles.select_related("version").order_by("pk"):
        posees = questions.lire(copie.version.contenu).questions
        ecrites = {question.cle for question in posees if question.nature == Nature.TEXTE}
        textes += [texte for cle in ecrites for texte in copie.valeurs.get(cle, {}).values() if texte]
        copie.delete()
        if copie.envoyee_le is None:
            continue
        copie.pk, copie.participant, copie.ordres, copie.cle = numero_sans_ordre(), None, {}, ""
        copie.valeurs = {cle: cases for cle, cases in copie.valeurs.items() if cle not in ecrites}
        copie.envoyee_le = copie.version.publiee_le
        copie.save(force_insert=True)
        CopieGrille.objects.filter(pk=copie.pk).update(commencee_le=copie.version.publiee_le)
    return textes


def _sans_nom(personne):
    debut = personne.consultation.cree_le
    anonyme = Participant.objects.create(
        pk=numero_sans_ordre(),
        consultation_id=personne.consultation_id,
        college_id=personne.college_id,
        origine=personne.origine,
        code_personnel=None,
        efface_le=debut,
    )
    Participant.objects.filter(pk=anonyme.pk).update(entre_le=debut)
    return anonyme


def _detacher_les_objections(personne, anonyme):
    """Leave that there was an objection, and what the group answered, without its words; return those words."""
    siennes = list(personne.objections.select_related("scrutin").order_by("pk"))
    textes = [objection.raison for objection in siennes if objection.raison]
    for objection in siennes:
        objection.delete()
        objection.pk, objection.participant, objection.raison = numero_sans_ordre(), anonyme, ""
        objection.save(force_insert=True)
        Objection.objects.filter(pk=objection.pk).update(cree_le=objection.scrutin.ouvert_le)
    return textes


def _detacher_les_votes(personne, anonyme):
    """Write their ballots again under no name, their choices in order: the last one counts in a family."""
    scrutins = Scrutin.objects.select_for_update(no_key=True).filter(bulletins__participant=personne)
    for scrutin in scrutins.order_by("pk"):
        depart = scrutin.ouvert_le or scrutin.consultation.cree_le
        bulletin = Bulletin.objects.get(scrutin=scrutin, participant=personne)
        voix = list(Voix.objects.filter(scrutin=scrutin, participant=personne).order_by("modifie_le", "pk"))
        bulletin.delete()
        Voix.objects.filter(pk__in=[une.pk for une in voix]).delete()
        bulletin.pk, bulletin.participant, bulletin.cle, bulletin.ordres = numero_sans_ordre(), anonyme, "", {}
        bulletin.save(force_insert=True)
        Bulletin.objects.filter(pk=bulletin.pk).update(depose_le=depart)
        for rang, une in enumerate(voix):
            une.pk, une.participant, une.appareil = numero_sans_ordre(), anonyme, ""
            une.save(force_insert=True)
            Voix.objects.filter(pk=une.pk).update(modifie_le=depart + timedelta(microseconds=rang))
