"""Moderation by the published rules: a decision, its reason for the author, one appeal read by someone else."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..models import Contribution, Decision, Forum, Proposition, Recours
from ..textes import nettoyer, nettoyer_ligne
from .classeurs import perimer_classeurs
from .gardes import exiger, exiger_droit, noter, verrouiller
from .propositions import MODERATION, masquer_passages, passages_joints, relire_proposition
from .signalements import champ_de, clore_signalements, etat_d_un_texte

SENS = Decision.Sens


def moderer(*, texte, sens, regle=None, motif="", passages=(), derniere=None, par):
    """Decide of a Proposition or a Contribution; return the Decision.

    `sens`: "affichee", "masquee" with `passages`, or "refusee" with `regle` (its number, from 1) and `motif`, the
    sentence its author will read. `derniere`: id of the last Decision its reader saw, None if there was none; if
    someone has decided since, the first stands. Raises Refus "interdit" 403, "deja_relu" 409, "sens_inconnu" 400,
    "regle", "motif_vide", "passage_invalide" 422, "deja_regroupee" 409.
    """
    proposition = texte if isinstance(texte, Proposition) else texte.proposition
    exiger_droit(lambda: regles.peut_animer(par, proposition.espace), par)
    exiger(sens in SENS.values, "sens_inconnu", _("Choisissez d’afficher, de masquer ou de refuser."), statut=400)
    motif = nettoyer_ligne(motif)[:300]
    if sens == SENS.REFUSEE:
        _exiger_raison(proposition.consultation_id, regle, motif)
    with transaction.atomic():
        texte = verrouiller(texte)
        vue = texte.decisions.first()
        exiger(getattr(vue, "pk", None) == derniere, "deja_relu", dire_deja_relu(texte), statut=409)
        avant = etat_d_un_texte(texte)
        appliquer(texte, sens, motif, passages, par)
        return _decider(
            texte, proposition.consultation_id, sens, regle if sens == SENS.REFUSEE else None, par, avant=avant
        )


def passages_de(texte, mots):
    """Return the spans [start, end) of `texte` in which one of `mots` stands, one a line, capitals aside.

    Raises Refus "mot_absent" 422, naming the first that is not there.
    """
    passages, dit = [], texte.texte
    for mot in filter(None, map(nettoyer_ligne, mots.splitlines())):
        trouves = [[t.start(), t.end()] for t in re.finditer(re.escape(mot), dit, re.IGNORECASE)]
        message = _("« {mot} » n’est pas dans ce texte. Recopiez les mots tels qu’ils sont écrits.")
        exiger(trouves, "mot_absent", message.format(mot=mot), champ="mots")
        passages += trouves
    return passages


def dire_deja_relu(texte):
    """What whoever comes second is told."""
    etat = _("affiché") if texte.moderation == MODERATION.AFFICHEE else _("refusé")
    return _("Quelqu’un vient de relire ce texte : il est {etat}. Votre choix n’a rien changé.").format(etat=etat)


def _exiger_raison(consultation_id, regle, motif):
    nombre = len(Forum.objects.get(consultation=consultation_id).regles_lues)
    exiger(
        isinstance(regle, int) and 1 <= regle <= nombre,
        "regle",
        _("Dites quelle règle du forum ce texte ne suit pas."),
        champ="regle",
    )
    exiger(
        motif, "motif_vide", _("Écrivez une phrase pour l’auteur : elle dit comment être affiché."), champ="motif"
    )


def appliquer(texte, sens, motif, passages, par):
    """Show, mask or set aside. Inside the transaction of a decision."""
    if sens == SENS.MASQUEE:
        exiger(passages, "passage_invalide", _("Choisissez les mots à masquer."), champ="passages")
    if isinstance(texte, Contribution):
        _appliquer_a_une_contribution(texte, sens, motif, passages, par)
        return
    if sens == SENS.MASQUEE:
        masquer_passages(proposition=texte, passages=passages, par=par)
    relire_proposition(
        proposition=texte, decision="ecarter" if sens == SENS.REFUSEE else "afficher", motif=motif, par=par
    )


def _appliquer_a_une_contribution(texte, sens, motif, passages, par):
    avant = texte.moderation
    if sens == SENS.MASQUEE:
        perimer_classeurs(texte.consultation_id)
        texte.masques = passages_joints(passages, len(texte.texte))
    texte.moderation = MODERATION.ECARTEE if sens == SENS.REFUSEE else MODERATION.AFFICHEE
    texte.motif, texte.signalement = motif, ""
    texte.save(update_fields=["masques", "moderation", "motif", "signalement"])
    noter(
        verbe="relire_contribution",
        objet=texte,
        compte=par,
        details={"avant": avant, "apres": texte.moderation},
        motif=motif,
    )


def _decider(texte, consultation_id, sens, regle, par, **autres):
    decision = Decision.objects.create(
        consultation_id=consultation_id, sens=sens, regle=regle, par=par, **{champ_de(texte): texte}, **autres
    )
    clore_signalements(decision, texte)
    return decision


def demander_recours(*, texte, participant, mots=""):
    """Ask for a second reading of one's own refused text, once; return the Recours. Asking again gives the same.

    Raises Refus "interdit" 403, "long" 422, "pas_refuse" 409.
    """
    exiger(
        participant is not None and texte.auteur_id == participant.pk,
        "interdit",
        _("Seul l’auteur d’un texte peut demander une deuxième lecture."),
        statut=403,
    )
    mots = nettoyer(mots)
    exiger(len(mots) <= 600, "long", _("Gardez 600 signes au plus."), champ="mots")
    with transaction.atomic():
        decision = verrouiller(texte).decisions.first()
        exiger(
            decision is not None and decision.sens == SENS.REFUSEE and not decision.en_recours,
            "pas_refuse",
            _("Ce texte n’attend pas de deuxième lecture."),
            statut=409,
        )
        recours, neuf = Recours.objects.get_or_create(decision=decision, defaults={"mots": mots})
        if neuf:
            noter(
                verbe="demander_recours",
                objet=recours,
                consultation=decision.consultation_id,
                participant=participant,
            )
    return recours


def trancher_recours(*, recours, accepter, motif="", par):
    """Read a refused text again and answer; return the Recours. Whoever refused it cannot.

    Raises Refus "interdit", "meme_personne" 403, "deja_relu" 409, "motif_vide" 422.
    """
    premiere = recours.decision
    texte = premiere.texte
    proposition = texte if isinstance(texte, Proposition) else texte.proposition
    exiger_droit(lambda: regles.peut_animer(par, proposition.espace), par)
    exiger(
        par is None or par.pk != premiere.par_id,
        "meme_personne",
        _("Vous avez refusé ce texte. Une autre personne doit le relire."),
        statut=403,
    )
    motif = nettoyer_ligne(motif)[:300]
    exiger(accepter or motif, "motif_vide", _("Écrivez une phrase pour l’auteur."), champ="motif")
    with transaction.atomic():
        recours, texte = verrouiller(recours), verrouiller(texte)
        exiger(recours.tranche_le is None, "deja_relu", dire_deja_relu(texte), statut=409)
        recours.accepte, recours.motif, recours.tranche_le = bool(accepter), motif, timezone.now()
        recours.save(update_fields=["accepte", "motif", "tranche_le"])
        if accepter:
            appliquer(texte, SENS.AFFICHEE, "", (), par)
        sens, regle = (SENS.AFFICHEE, None) if accepter else (SENS.REFUSEE, premiere.regle)
        _decider(texte, premiere.consultation_id, sens, regle, par, en_recours=True)
        noter(
            verbe="trancher_recours",
            objet=recours,
            consultation=premiere.consultation_id,
            compte=par,
            details={"apres": texte.moderation},
            motif=motif,
        )
    return recours
