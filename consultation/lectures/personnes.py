"""Finding people, and what is held about them."""

from django.db.models import Q
from django.utils.crypto import salted_hmac

from ..models import Participant, Recours
from ..textes import ALPHABET, LONGUEUR_CODE_PERSONNEL, cle_de_code


def participant_par_code(saisie):
    """Return the participant whose personal code was typed, in any case and spacing, or None. One query."""
    cle = cle_de_code(saisie)
    if len(cle) != LONGUEUR_CODE_PERSONNEL:
        return None
    return Participant.objects.select_related("consultation", "college").filter(code_personnel=cle).first()


def repere_au_journal(consultation_id, participant_id, *, agit=True):
    """Return the six signs under which the journal names someone: always the same, and they lead nowhere.

    A keyed hash: neither an address nor a list has it, and another consultation names the same row otherwise. Who
    acts (`agit`) and who is acted upon have different ones: whoever corrects someone's name, and reads that line,
    must not know by it which words are theirs.
    """
    qui = f"{consultation_id}:{participant_id}:{'acteur' if agit else 'objet'}"
    octets = salted_hmac("consultation.journal", qui, algorithm="sha256").digest()
    return "".join(ALPHABET[octet % len(ALPHABET)] for octet in octets[:6])


def dossier(participant, appareil=""):
    """Return all that is held about someone, as plain data ready for JSON. Fourteen queries at most.

    What they chose is given to the device that chose it, `appareil`; a code alone tells that they voted.
    Nobody else's words or votes are in it.
    """
    propositions = (
        participant.propositions.select_related("espace", "piste")
        .prefetch_related("precisions", "desaccords", "mises_de_cote")
        .order_by("pk")
    )
    voix = (
        participant.voix.filter(appareil=appareil)
        .select_related("scrutin", "piste")
        .order_by("scrutin_id", "piste__numero")
    )
    bulletins = participant.bulletins.select_related("scrutin").order_by("pk")
    return {
        **_qui(participant),
        "propositions": [_proposition(proposition) for proposition in propositions],
        "contributions": [_contribution(c) for c in participant.contributions.order_by("pk")],
        "deuxiemes_lectures": _deuxiemes_lectures(participant),
        "votes": [_vote(une) for une in voix],
        "objections": [
            {"piste": o.piste.numero, "raison": o.raison, "reponse": o.reponse}
            for o in participant.objections.select_related("piste").order_by("pk")
            if appareil and o.piste_id in {une.piste_id for une in voix}
        ],
        "grilles": [_copie(copie) for copie in participant.copies_grilles.select_related("grille").order_by("pk")],
        "bulletins": [{"scrutin": b.scrutin.titre, "depose_le": b.depose_le.isoformat()} for b in bulletins],
    }


def _qui(participant):
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
    }


def _deuxiemes_lectures(participant):
    des_siens = Q(decision__proposition__auteur=participant) | Q(decision__contribution__auteur=participant)
    return [
        {"mots": r.mots, "reponse": r.motif, "demandee_le": r.cree_le.isoformat()}
        for r in Recours.objects.filter(des_siens)
    ]


def _proposition(proposition):
    return {
        "texte": proposition.texte,
        "nature": proposition.nature,
        "notee": proposition.d_ou,
        "atelier": proposition.espace.titre,
        "affichage": proposition.moderation,
        "recue_le": proposition.cree_le.isoformat(),
        "piste": proposition.piste.numero if proposition.piste_id else None,
        "laissee_de_cote": [mise.motif for mise in proposition.mises_de_cote.all()],
        "desaccords": [{"raison": d.raison, "reponse": d.reponse} for d in proposition.desaccords.all()],
        "mots_d_avant": [precision.avant for precision in proposition.precisions.all() if precision.avant],
    }


def _contribution(contribution):
    return {
        "texte": contribution.texte,
        "nature": contribution.nature,
        "affichage": contribution.moderation,
        "recue_le": contribution.cree_le.isoformat(),
    }


def _copie(copie):
    return {
        "grille": copie.grille.titre,
        "envoyee_le": copie.envoyee_le and copie.envoyee_le.isoformat(),
        "reponses": copie.valeurs,
    }


def _vote(voix):
    return {
        "scrutin": voix.scrutin.titre,
        "piste": voix.piste.numero,
        "texte": voix.piste.texte,
        "valeur": voix.valeur,
        "le": voix.modifie_le.isoformat(),
    }
