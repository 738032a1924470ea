"""Objections of a vote by consent, without who wrote them."""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, F, Q

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


def objections(scrutin, participant=None, appareil="", seulement=None):
    """Return the ObjectionLues of a vote: those that wait for an answer first. Three queries.

    With `participant`, their own, on pistes they answered from this device: a code alone does not tell what one
    chose. With `seulement`, these ids only. None at all for another way of voting, without a query.
    """
    if scrutin.mode != Scrutin.Mode.CONSENTEMENT:
        return []
    toutes = Objection.objects.filter(scrutin=scrutin).select_related("piste")
    if participant is not None:
        toutes = toutes.filter(participant=participant)
    if seulement is not None:
        toutes = toutes.filter(pk__in=seulement)
    toutes = list(toutes)
    tenues = _tenues(scrutin, toutes, participant, appareil)
    lues = [
        ObjectionLue(o.pk, o.piste_id, o.piste.numero, o.piste.texte, o.raison, o.reponse, tenues[o.pk])
        for o in toutes
        if o.pk in tenues
    ]
    return sorted(lues, key=lambda o: _rang(o.id, o.numero, o.tient, bool(o.reponse)))


def ordre_des_objections(scrutin, condition=None):
    """Return the ids of the objections of a vote in the order of `objections`, in three queries, of no words.

    `condition`: a Q on Objection, which those asked for meet.
    """
    if scrutin.mode != Scrutin.Mode.CONSENTEMENT:
        return []
    repondue = ExpressionWrapper(~Q(reponse=""), output_field=BooleanField())
    toutes = Objection.objects.filter(condition or Q(), scrutin=scrutin).annotate(repondue=repondue)
    toutes = list(toutes.annotate(numero=F("piste__numero")).only("participant_id", "piste_id"))
    tenues = _tenues(scrutin, toutes)
    return [o.pk for o in sorted(toutes, key=lambda o: _rang(o.pk, o.numero, tenues[o.pk], o.repondue))]


def _rang(pk, numero, tient, repondue):
    return (not tient or repondue, numero, pk)


def _tenues(scrutin, toutes, participant=None, appareil=""):
    """{id of an objection: its author still holds it}. With `participant`, of those they answered from `appareil`.

    Two queries: an objection asks for what its author answered on its piste, or on one of the same family.
    """
    if not toutes:
        return {}
    familles = Familles.de(scrutin.consultation_id)
    jointes = {m for o in toutes for m in familles.membres(familles.racine(o.piste_id)) if m != o.piste_id}
    ici = Q(piste=F("participant__objections__piste")) | Q(piste__in=jointes)
    siennes = Voix.objects.filter(ici, scrutin=scrutin, participant__objections__scrutin=scrutin)
    if participant is not None:
        siennes = siennes.filter(participant=participant, appareil=appareil)
    choix = {}
    for qui, piste, *voix in siennes.distinct().values_list(
        "participant_id", "piste_id", "valeur", "modifie_le", "pk"
    ):
        choix.setdefault((qui, familles.racine(piste)), []).append(voix)
    cles = {o.pk: (o.participant_id, familles.racine(o.piste_id)) for o in toutes}
    return {
        pk: valeur_de_famille(scrutin.mode, choix.get(cle, ())) == Voix.OBJECTION
        for pk, cle in cles.items()
        if participant is None or cle in choix
    }
