"""Objections of a vote by consent, without who wrote them."""

from dataclasses import dataclass

from ..decomptes import Familles, valeur_de_famille
from ..models import Objection, Scrutin, Voix


@dataclass(frozen=True)
class ObjectionLue:
    """`tient`: its author still holds it. `raison`: "" once they were forgotten."""

    id: int
    piste: int
    numero: int
    texte: str
    raison: str
    reponse: str
    tient: bool


def objections(scrutin, participant=None, appareil=""):
    """Return the ObjectionLues of a vote: those that wait for an answer first. Three queries.

    With `participant`, their own, on pistes they answered from this device: a code alone does not tell what one
    chose. None at all for another way of voting, without a query.
    """
    if scrutin.mode != Scrutin.Mode.CONSENTEMENT:
        return []
    toutes = Objection.objects.filter(scrutin=scrutin).select_related("piste")
    if participant is not None:
        toutes = toutes.filter(participant=participant)
    toutes = list(toutes.order_by("piste__numero", "pk"))
    familles = Familles.de(scrutin.consultation_id) if toutes else None
    choix = {}
    siennes = Voix.objects.filter(scrutin=scrutin, participant__in=[o.participant_id for o in toutes])
    if participant is not None:
        siennes = siennes.filter(appareil=appareil)
    for qui, piste, *voix in siennes.values_list("participant_id", "piste_id", "valeur", "modifie_le", "pk"):
        choix.setdefault((qui, familles.racine(piste)), []).append(voix)
    if participant is not None:
        toutes = [o for o in toutes if (o.participant_id, familles.racine(o.piste_id)) in choix]
    lues = [
        ObjectionLue(
            o.pk, o.piste_id, o.piste.numero, o.piste.texte, o.raison, o.reponse, _tient(o, choix, familles)
        )
        for o in toutes
    ]
    return sorted(lues, key=lambda o: (not o.tient or bool(o.reponse), o.numero, o.id))


def _tient(objection, choix, familles):
    voix = choix.get((objection.participant_id, familles.racine(objection.piste_id)), ())
    return valeur_de_famille(Scrutin.Mode.CONSENTEMENT, voix) == Voix.OBJECTION
