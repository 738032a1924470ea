"""Finding people, and what is held about them."""

from ..models import Participant
from ..textes import LONGUEUR_CODE_PERSONNEL, cle_de_code


def participant_par_code(saisie):
    """Return the participant whose personal code was typed, in any case and spacing, or None. One query."""
    cle = cle_de_code(saisie)
    if len(cle) != LONGUEUR_CODE_PERSONNEL:
        return None
    return Participant.objects.select_related("consultation", "college").filter(code_personnel=cle).first()


def dossier(participant):
    """Return all that is held about someone, as plain data ready for JSON. Six queries.

    Their votes are theirs to see; nobody else's words or votes are in it.
    """
    return {
        "consultation": participant.consultation.titre,
        "prenom": participant.prenom,
        "nom": participant.nom,
        "college": participant.college.nom,
        "structure": str(participant.structure or ""),
        "territoire": str(participant.territoire or ""),
        "code_personnel": participant.code_personnel or "",
        "compte": participant.compte.email if participant.compte_id else "",
        "origine": participant.origine,
        "accord_publication": participant.accord_publication,
        "entre_le": participant.entre_le.isoformat(),
        "propositions": [
            {
                "texte": p.texte,
                "nature": p.nature,
                "atelier": p.espace.titre,
                "affichage": p.moderation,
                "recue_le": p.cree_le.isoformat(),
                "piste": p.piste.numero if p.piste_id else None,
            }
            for p in participant.propositions.select_related("espace", "piste").order_by("pk")
        ],
        "votes": [
            {
                "scrutin": v.scrutin.titre,
                "piste": v.piste.numero,
                "texte": v.piste.texte,
                "valeur": v.valeur,
                "le": v.modifie_le.isoformat(),
            }
            for v in participant.voix.select_related("scrutin", "piste").order_by("scrutin_id", "piste__numero")
        ],
        "bulletins": [
            {"scrutin": b.scrutin.titre, "depose_le": b.depose_le.isoformat()}
            for b in participant.bulletins.select_related("scrutin").order_by("pk")
        ],
    }
