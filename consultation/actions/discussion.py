"""What people say in a forum: propositions while one proposes, then what serves their discussion."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Contribution, Participant, Phase, Proposition
from ..textes import cle_de_mots, nettoyer
from .forum import entrer_au_forum, exiger_phase
from .gardes import exiger, exiger_cle, exiger_participant, noter
from .propositions import MODERATION, deposer_proposition, relecture_voulue

#: What one person may write in a day, all kinds together: a forum is not one person's.
TEXTES_PAR_JOUR = 12


def proposer_au_forum(*, consultation, participant, texte, axe=None, cle="", par=None, note=""):
    """Keep a proposition while the phase is open, or just closed; return it. The same `cle` gives the same one.

    `par`: who writes for them at a desk, `note` says where. Raises Refus: "phase_fermee", "forum_ferme",
    "deja_dit" 409; "trop_de_textes" 429; and those of `deposer_proposition`.
    """
    with transaction.atomic():
        if cle and (deja := participant.propositions.filter(cle=cle).first()):
            return deja
        exiger_phase(consultation, Phase.Nature.PROPOSER)
        exiger_mesure(participant, texte, participant.propositions)
        return deposer_proposition(
            espace=consultation.forum.espace,
            participant=participant,
            texte=texte,
            axe=axe,
            cle=cle,
            origine=Proposition.Origine.GUICHET if par else Proposition.Origine.TELEPHONE,
            origine_note=note,
            par=par,
        )


def ecrire_pour_quelqu_un(*, consultation, college, texte, axe=None, note="", cle="", par, **champs):
    """Let someone in at a desk and keep their proposition, both or neither; return the Proposition.

    `champs` are those of `entrer_au_forum`. The same `cle` gives the same one. Raises Refus as both do.
    """
    with transaction.atomic():
        personne = entrer_au_forum(
            consultation=consultation,
            college=college,
            origine=Participant.Origine.GUICHET,
            cle=cle,
            par=par,
            **champs,
        )
        return proposer_au_forum(
            consultation=consultation, participant=personne, texte=texte, axe=axe, cle=cle, note=note, par=par
        )


def contribuer(*, proposition, participant, nature, texte, cle=""):
    """Keep an argument or a question about a shown proposition; return the Contribution. The same `cle`: the same.

    Raises Refus: "interdit", "efface" 403; "nature_inconnue" 400; "vide", "long" 422; "pas_affichee",
    "phase_fermee", "deja_dit" 409; "trop_de_textes" 429.
    """
    exiger_cle(cle)
    consultation = proposition.consultation
    exiger_participant(participant, consultation.pk, _("Entrez d’abord dans ce forum."))
    exiger(
        nature in Contribution.Nature.values,
        "nature_inconnue",
        _("Choisissez une des trois cases."),
        champ="nature",
    )
    texte = _contribution_nette(texte)
    with transaction.atomic():
        if cle and (deja := participant.contributions.filter(cle=cle).first()):
            return deja
        exiger_phase(consultation, Phase.Nature.DISCUTER)
        exiger(
            proposition.moderation == MODERATION.AFFICHEE,
            "pas_affichee",
            _("Cette proposition n’est plus affichée. On ne peut plus en discuter."),
            statut=409,
        )
        exiger_mesure(participant, texte, participant.contributions.filter(proposition=proposition))
        return _garder(proposition, participant, nature, texte, cle)


def _contribution_nette(texte):
    texte = nettoyer(texte)
    exiger(texte, "vide", _("Écrivez quelques mots avant d’envoyer."), champ="texte")
    exiger(
        len(texte) <= Contribution.LONGUEUR,
        "long",
        _("Votre texte compte {n} signes. Gardez-en {limite} au plus.").format(
            n=len(texte), limite=Contribution.LONGUEUR
        ),
        champ="texte",
    )
    return texte


def exiger_mesure(participant, texte, siens):
    """Raise Refus when someone writes too much in a day, or the same thing again among `siens`."""
    depuis = timezone.now() - timedelta(days=1)
    ecrits = sum(
        textes.filter(cree_le__gte=depuis).count()
        for textes in (participant.propositions, participant.contributions)
    )
    exiger(
        ecrits < TEXTES_PAR_JOUR,
        "trop_de_textes",
        _("Vous avez envoyé {n} textes en un jour. Revenez demain : les autres parlent aussi.").format(n=ecrits),
        statut=429,
    )
    cle = cle_de_mots(nettoyer(texte))
    exiger(
        not cle or all(cle_de_mots(autre) != cle for autre in siens.values_list("texte", flat=True)),
        "deja_dit",
        _("Vous avez déjà envoyé ce texte. Il est bien arrivé."),
        statut=409,
        champ="texte",
    )


def _garder(proposition, participant, nature, texte, cle):
    moderation, signalement = relecture_voulue(proposition.consultation, texte, None)
    try:
        with transaction.atomic():
            contribution = Contribution.objects.create(
                proposition=proposition,
                auteur=participant,
                college_id=participant.college_id,
                nature=nature,
                texte=texte,
                cle=cle,
                moderation=moderation,
                signalement=signalement,
            )
    except IntegrityError:  # the same form, sent twice at once
        return participant.contributions.get(cle=cle)
    noter(
        verbe="contribuer",
        objet=contribution,
        consultation=proposition.consultation_id,
        participant=participant,
        details={"moderation": contribution.moderation},
    )
    return contribution
