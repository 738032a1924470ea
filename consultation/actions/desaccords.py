"""What a synthesis leaves aside, and what authors answer to what became of their words."""

from django.db import transaction
from django.utils.translation import gettext as _

from .. import regles
from ..decomptes import Familles
from ..models import Desaccord, MiseDeCote, Proposition
from ..textes import nettoyer_ligne
from .gardes import exiger, exiger_droit, noter, verrouiller
from .syntheses import synthese_ouverte

RAISON_MAX = 500


def laisser_de_cote(*, synthese, proposition, motif, par):
    """Leave a proposition out of a synthesis, for a reason that its author reads; return the MiseDeCote.

    Again, it is the reason that changes. Raises Refus "interdit" 403, "soumise" 409, "ailleurs", "raison_vide",
    "raison_longue" 422.
    """
    motif = _raison(motif, "motif", _("Écrivez une raison. Son auteur la lira."))
    with transaction.atomic():
        synthese = synthese_ouverte(synthese, par)
        sienne = proposition.consultation_id == synthese.consultation_id
        exiger(
            sienne
            and synthese.espace_id in (None, proposition.espace_id)
            and proposition.moderation == Proposition.Moderation.AFFICHEE,
            "ailleurs",
            _("Cette proposition n’est pas de celles dont parle cette synthèse."),
            champ="proposition",
        )
        mise, _neuve = MiseDeCote.objects.update_or_create(
            synthese=synthese, proposition=proposition, defaults={"motif": motif, "par": par}
        )
        noter(verbe="laisser_de_cote", objet=proposition, compte=par, details={"synthese": synthese.pk})
    return mise


def reprendre_proposition(*, mise_de_cote, par):
    """Put a proposition back among those that the synthesis has yet to cite.

    Raises Refus "interdit" 403, "soumise" 409.
    """
    with transaction.atomic():
        synthese = synthese_ouverte(mise_de_cote.synthese, par)
        noter(
            verbe="reprendre_proposition",
            objet=mise_de_cote.proposition,
            compte=par,
            details={"synthese": synthese.pk},
        )
        mise_de_cote.delete()


def dire_desaccord(*, proposition, participant, raison, mise_de_cote=None):
    """Say why one disagrees with what became of one's words; return the Desaccord, which waits for an answer.

    About the piste that gathered them, or about their being set aside. Other words, later, wait anew. Raises Refus
    "pas_la_votre" 403, "rien_a_redire" 409 (no longer so), "raison_vide", "raison_longue" 422.
    """
    exiger(
        proposition.auteur_id is not None and proposition.auteur_id == participant.pk,
        "pas_la_votre",
        _("Cette idée n’est pas la vôtre. Seule la personne qui l’a écrite peut répondre."),
        statut=403,
    )
    raison = _raison(raison, "raison", _("Écrivez une raison. Sans raison, le groupe ne peut pas répondre."))
    with transaction.atomic():
        proposition = verrouiller(proposition)
        if mise_de_cote is None:
            sur = {"piste_id": Familles.de(proposition.consultation_id).racine(proposition.piste_id)}
        else:
            sur = {"mise_de_cote": mise_de_cote if mise_de_cote.proposition_id == proposition.pk else None}
        exiger(
            any(sur.values()),
            "rien_a_redire",
            _("Cela a changé depuis. Rechargez la page pour lire où en est votre proposition."),
            statut=409,
        )
        desaccord, neuf = Desaccord.objects.get_or_create(
            proposition=proposition, **sur, defaults={"raison": raison}
        )
        if not neuf and desaccord.raison != raison:
            desaccord.raison, desaccord.reponse = raison, ""
            desaccord.save(update_fields=["raison", "reponse"])
        noter(verbe="dire_desaccord", objet=proposition, participant=participant)
    return desaccord


def repondre_desaccord(*, desaccord, reponse, par):
    """Write what the group answers to an author who disagrees; return the Desaccord.

    Raises Refus "interdit" 403, "raison_vide", "raison_longue" 422.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, desaccord.proposition.espace), par)
    reponse = _raison(reponse, "reponse", _("Écrivez ce que vous répondez."))
    with transaction.atomic():
        desaccord = verrouiller(desaccord)
        desaccord.reponse = reponse
        desaccord.save(update_fields=["reponse"])
        noter(verbe="repondre_desaccord", objet=desaccord.proposition, compte=par)
    return desaccord


def _raison(texte, champ, sans):
    texte = nettoyer_ligne(texte)
    exiger(texte, "raison_vide", sans, champ=champ)
    exiger(
        len(texte) <= RAISON_MAX,
        "raison_longue",
        _("C’est trop long : 500 signes au plus. Une ou deux phrases suffisent."),
        champ=champ,
    )
    return texte
