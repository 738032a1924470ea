"""A reader reports a text; a moderator takes back a decision just made; the organiser answers a proposition."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..models import Decision, Forum, Proposition, ReponsePublique, Signalement
from ..textes import nettoyer, nettoyer_ligne
from .gardes import exiger, exiger_droit, noter, verrouiller
from .propositions import MODERATION, masquer_passages, relire_proposition

#: How long a decision may be taken back by whoever took it.
POUR_REVENIR = timedelta(minutes=10)


def champ_de(texte):
    """The name under which things point to a Proposition or a Contribution."""
    return "proposition" if isinstance(texte, Proposition) else "contribution"


def proposition_de(texte):
    return texte if isinstance(texte, Proposition) else texte.proposition


def signaler(*, texte, regle, mots=""):
    """Bring a shown text back to the queue for a rule; return the Signalement. The same rule twice is once.

    Raises Refus "regle", "long" 422; "pas_affichee" 409.
    """
    proposition = proposition_de(texte)
    nombre = len(Forum.objects.get(consultation=proposition.consultation_id).regles_lues)
    exiger(
        isinstance(regle, int) and 1 <= regle <= nombre,
        "regle",
        _("Dites quelle règle du forum ce texte ne suit pas."),
        champ="regle",
    )
    mots = nettoyer_ligne(mots)
    exiger(len(mots) <= 300, "long", _("Gardez 300 signes au plus."), champ="mots")
    with transaction.atomic():
        texte = verrouiller(texte)
        exiger(
            texte.moderation == MODERATION.AFFICHEE, "pas_affichee", _("Ce texte n’est plus affiché."), statut=409
        )
        signalement, neuf = Signalement.objects.get_or_create(
            **{champ_de(texte): texte}, regle=regle, defaults={"mots": mots}
        )
        if neuf:
            noter(
                verbe="signaler_texte",
                objet=texte,
                consultation=proposition.consultation_id,
                details={"regle": regle},
            )
    return signalement


def decisions_annulables(consultation, compte):
    """Return the ids of the decisions of a forum that `compte` may still take back. One query."""
    siennes = Decision.objects.filter(
        consultation=consultation, par=compte, en_recours=False, recours__isnull=True
    )
    return set(siennes.filter(le__gt=timezone.now() - POUR_REVENIR).values_list("pk", flat=True))


def annuler_decision(*, decision, par):
    """Take back a decision that one has just made: the text is as it was before, and waits again.

    Raises Refus "interdit" 403; "trop_tard", "deja_relu" 409.
    """
    texte = decision.texte
    exiger_droit(lambda: regles.peut_animer(par, proposition_de(texte).espace), par)
    exiger(
        par is None or decision.par_id == par.pk,
        "interdit",
        _("Seule la personne qui a décidé peut revenir dessus."),
        statut=403,
    )
    with transaction.atomic():
        texte = verrouiller(texte)
        exiger(
            timezone.now() - decision.le < POUR_REVENIR
            and not decision.en_recours
            and not hasattr(decision, "recours"),
            "trop_tard",
            _("On ne revient plus sur cette décision : elle a plus de dix minutes, ou son auteur a répondu."),
            statut=409,
        )
        derniere = texte.decisions.first()
        exiger(
            derniere == decision, "deja_relu", _("Quelqu’un a relu ce texte depuis. Rien n’a changé."), statut=409
        )
        _remettre(texte, decision.avant, par)
        texte.signalements.filter(traite_le=decision.le).update(traite_le=None)
        decision.delete()
        noter(
            verbe="annuler_decision",
            objet=texte,
            consultation=decision.consultation_id,
            compte=par,
            details={"apres": texte.moderation},
        )
    return texte


def _remettre(texte, avant, par):
    """Give a text back its state; a proposition by the acts that pistes and rooms hear."""
    if isinstance(texte, Proposition):
        if texte.masques != avant["masques"]:
            masquer_passages(proposition=texte, passages=avant["masques"], par=par)
        if texte.moderation != avant["moderation"] and avant["moderation"] == MODERATION.AFFICHEE:
            relire_proposition(proposition=texte, decision="afficher", par=par)
        texte.refresh_from_db()
    for champ, valeur in avant.items():
        setattr(texte, champ, valeur)
    texte.save(update_fields=list(avant))


def etat_d_un_texte(texte):
    """What `annuler_decision` gives back."""
    return {champ: getattr(texte, champ) for champ in ("moderation", "masques", "motif", "signalement")}


def clore_signalements(decision, texte):
    """What readers reported has been read: inside the transaction of a decision."""
    texte.signalements.filter(traite_le__isnull=True).update(traite_le=decision.le)


def repondre_publiquement(*, proposition, texte, par):
    """Write the organiser's answer to a shown proposition, or change it; return it. Empty takes it away: None.

    Raises Refus "interdit" 403; "long" 422; "pas_affichee" 409.
    """
    exiger_droit(lambda: regles.est_organisateur(par, proposition.consultation), par)
    texte = nettoyer(texte)
    limite = ReponsePublique.LONGUEUR
    exiger(len(texte) <= limite, "long", _("Gardez {n} signes au plus.").format(n=limite), champ="texte")
    with transaction.atomic():
        proposition = verrouiller(proposition)
        exiger(
            proposition.moderation == MODERATION.AFFICHEE and proposition.texte,
            "pas_affichee",
            _("Cette proposition n’est plus affichée. On ne peut plus y répondre."),
            statut=409,
        )
        if not texte:
            ReponsePublique.objects.filter(proposition=proposition).delete()
            reponse = None
        else:
            reponse, _neuve = ReponsePublique.objects.update_or_create(
                proposition=proposition, defaults={"texte": texte, "par": par}
            )
        noter(verbe="repondre_publiquement", objet=proposition, compte=par)
    return reponse
