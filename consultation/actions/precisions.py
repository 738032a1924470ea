"""Helping someone say more exactly what they mean: whoever leads asks, the author alone rewords."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..erreurs import Refus
from ..models import Consultation, Precision, Proposition
from ..textes import nettoyer_ligne
from .gardes import annoncer, exiger, exiger_cle, exiger_droit, noter, verrouiller
from .mots import cles_de, suivre
from .propositions import limite_de, relecture_voulue, texte_net

DEMANDE_MAX = Precision._meta.get_field("demande").max_length


def demander_precision(*, proposition, demande, par):
    """Ask the author of a proposition to reword it, in a sentence that helps; return the Precision.

    Nothing moves meanwhile: what is shown stays shown, as it is. Asked again before the answer, the new sentence
    takes the place of the other.
    Raises Refus "interdit" 403; "sans_auteur", "ecartee", "deja_regroupee" 409; "demande_vide" and
    "demande_longue" 422.
    """
    exiger_droit(lambda: regles.peut_animer(par, proposition.espace), par)
    demande = nettoyer_ligne(demande)
    exiger(demande, "demande_vide", _("Écrivez ce qui aiderait la personne à préciser."), champ="demande")
    exiger(
        len(demande) <= DEMANDE_MAX,
        "demande_longue",
        _("Votre phrase compte {n} signes. Gardez-en {limite} au plus.").format(
            n=len(demande), limite=DEMANDE_MAX
        ),
        champ="demande",
    )
    with transaction.atomic():
        proposition = verrouiller(proposition)
        _exiger_demandable(proposition)
        precision, _creee = Precision.objects.update_or_create(
            proposition=proposition, repondue_le=None, defaults={"demande": demande, "par": par}
        )
        _noter("demander_precision", proposition, compte=par)
    return precision


def retirer_precision(*, proposition, par):
    """Ask no more. Nothing happens when nothing was asked. Raises Refus "interdit" 403."""
    exiger_droit(lambda: regles.peut_animer(par, proposition.espace), par)
    with transaction.atomic():
        proposition = verrouiller(proposition)
        supprimees, _detail = Precision.objects.filter(proposition=proposition, repondue_le=None).delete()
        if supprimees:
            _noter("retirer_precision", proposition, compte=par)


def preciser(*, proposition, participant, texte, cle=""):
    """Put one's own words differently, as was asked; return the proposition. The same `cle` does it once.

    The former words are kept for their author; what was hidden of them is forgotten, and the new ones are looked
    at as any that arrive. The same words again are kept as they are.
    Raises Refus "pas_la_votre" 403; "plus_demandee", "deja_regroupee", "consultation_close" 409; "vide" and "long"
    422.
    """
    exiger_cle(cle)
    with transaction.atomic():
        proposition = _la_sienne(proposition, participant)
        if cle and proposition.precisions.filter(cle=cle).exists():
            return proposition
        precision = _exiger_demandee(proposition)
        texte = texte_net(texte, limite_de(proposition.espace, proposition.origine))
        if texte == proposition.texte:
            return _repondre(precision, proposition, participant, cle, "garder_ses_mots")
        avant = cles_de(proposition)
        precision.avant = proposition.texte
        proposition.texte, proposition.masques = texte, []
        proposition.moderation, proposition.signalement = relecture_voulue(proposition.consultation, texte, None)
        proposition.save(update_fields=["texte", "masques", "moderation", "signalement"])
        suivre(avant, proposition)
        return _repondre(precision, proposition, participant, cle, "preciser")


def garder_ses_mots(*, proposition, participant):
    """Answer that one's words say what they mean, and are kept as they are; return the proposition.

    Raises Refus as `preciser`, words aside.
    """
    with transaction.atomic():
        proposition = _la_sienne(proposition, participant)
        precision = _exiger_demandee(proposition)
        return _repondre(precision, proposition, participant, "", "garder_ses_mots")


def _repondre(precision, proposition, participant, cle, verbe):
    precision.repondue_le, precision.cle = timezone.now(), cle
    precision.save(update_fields=["avant", "repondue_le", "cle"])
    _noter(verbe, proposition, participant=participant)
    return proposition


def _la_sienne(proposition, participant):
    exiger(
        proposition.auteur_id is not None and proposition.auteur_id == participant.pk,
        "pas_la_votre",
        _("Cette idée n’est pas la vôtre. Seule la personne qui l’a écrite peut la changer."),
        statut=403,
    )
    return verrouiller(proposition)


def _exiger_demandable(proposition):
    exiger(
        proposition.auteur_id is not None,
        "sans_auteur",
        _("Personne ne peut répondre : on ne sait pas qui a écrit cette carte."),
        statut=409,
    )
    exiger(
        proposition.moderation != Proposition.Moderation.ECARTEE,
        "ecartee",
        _("Cette proposition est écartée. Affichez-la d’abord."),
        statut=409,
    )
    if proposition.piste_id:
        message = _("Cette proposition est dans la piste n° {numero}. Défaites d’abord ce regroupement.")
        raise Refus("deja_regroupee", message.format(numero=proposition.piste.numero), statut=409)


def _exiger_demandee(proposition):
    """Return what is asked about these words, or raise a Refus that says why nothing is any more."""
    exiger(
        proposition.consultation.etat != Consultation.Etat.CLOSE,
        "consultation_close",
        _("Cette consultation est terminée. Vos mots n’ont pas changé."),
        statut=409,
    )
    if proposition.piste_id:
        message = _(
            "Votre idée est déjà dans la piste n° {numero}. "
            "Dites à la personne qui anime ce que vous vouliez changer."
        )
        raise Refus("deja_regroupee", message.format(numero=proposition.piste.numero), statut=409)
    precision = Precision.objects.en_attente().filter(proposition=proposition).first()
    exiger(
        precision is not None,
        "plus_demandee",
        _("On ne vous demande plus rien sur cette idée. Vos mots n’ont pas changé."),
        statut=409,
    )
    return precision


def _noter(verbe, proposition, **qui):
    noter(verbe=verbe, objet=proposition, **qui)
    annoncer(proposition.espace_id, "propositions")
