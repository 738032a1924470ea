"""One answer, as people type or tick it, into what is kept. What is not clear is never guessed."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from ..erreurs import Refus
from ..textes import lire_date, nettoyer
from .structure import LONGUEUR_TEXTE, RANGS_MAX, Nature

_BLANCS = re.compile(r"[\s\u00a0\u202f\u2009]+")
_ENTIER = re.compile(r"-?\d{1,15}\Z")
_SIMPLE = re.compile(r"(-?\d{1,15})[.,](\d{1,6})\Z")
#: 1.200 is twelve hundred in Rome and one and a fifth in London; 1,200 the other way round.
_AMBIGU = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}\Z")
_GROUPES = (re.compile(r"(-?\d{1,3}(?:\.\d{3})+),(\d{1,6})\Z"), re.compile(r"(-?\d{1,3}(?:,\d{3})+)\.(\d{1,6})\Z"))


def lire_case(question, brut):
    """Return what is kept of an answer: None for nothing, else a str, an int, a list of keys, or an ISO date.

    A decimal is kept as a str with a point, exact. Raises Refus "reponse_illisible" 422: what to type, the key
    of the question as `champ`.
    """
    lu = _LECTURES.get(question.nature, _un_choix)(question, brut)
    return None if lu in ("", []) else lu


def lire_valeurs(structure, brutes):
    """Return {question: {case: kept}} from {question: {case: as sent}}; None means that it was emptied.

    Raises Refus "question_inconnue" 400 for what the grille does not ask, and those of `lire_case`.
    """
    lues = {}
    for cle, cases in brutes.items():
        question = structure.question(cle)
        if question is None or not isinstance(cases, dict) or not set(cases) <= set(question.cases):
            message = _("Cette question n’est pas dans la grille. Rechargez la page.")
            raise Refus("question_inconnue", message, statut=400)
        lues[cle] = {case: lire_case(question, brut) for case, brut in cases.items()}
    return lues


def _refus(question, message):
    return Refus("reponse_illisible", message, champ=question.cle)


def _texte(question, brut):
    texte = nettoyer(brut if isinstance(brut, str) else "")
    if len(texte) > LONGUEUR_TEXTE:
        message = _("Votre réponse fait {n} signes. Le maximum est {max}.")
        raise _refus(question, message.format(n=len(texte), max=LONGUEUR_TEXTE))
    return texte


def lire_nombre(saisie):
    """Return the Decimal of a number in French or English notation, None when it is not one, or not for sure."""
    net = _BLANCS.sub("", saisie).replace("−", "-")
    if _ENTIER.match(net):
        return Decimal(net)
    if _AMBIGU.match(net):
        return None
    for forme in (_SIMPLE, *_GROUPES):
        if trouve := forme.match(net):
            entier, decimales = trouve.groups()
            return Decimal(f"{re.sub('[.,]', '', entier)}.{decimales}")
    return None


def _nombre(question, brut):
    if isinstance(brut, int) and not isinstance(brut, bool):
        brut = str(brut)
    saisie = nettoyer(brut if isinstance(brut, str) else "")
    if not saisie:
        return None
    nombre = lire_nombre(saisie)
    if nombre is None:
        message = _("Nous ne lisons pas « {saisie} ». Écrivez avec des chiffres, par exemple 3 ou 7,5.")
        raise _refus(question, message.format(saisie=saisie[:40]))
    _dans_les_bornes(question, nombre)
    return nombre


def _dans_les_bornes(question, nombre):
    if question.mini is not None and nombre < question.mini:
        raise _refus(question, _("Écrivez un nombre de {n} au moins.").format(n=question.mini))
    if question.maxi is not None and nombre > question.maxi:
        raise _refus(question, _("Écrivez un nombre de {n} au plus.").format(n=question.maxi))


def _entier(question, brut):
    nombre = _nombre(question, brut)
    if nombre is not None and nombre != nombre.to_integral_value():
        raise _refus(question, _("Écrivez un nombre entier, sans virgule."))
    return None if nombre is None else int(nombre)


def _decimal(question, brut):
    nombre = _nombre(question, brut)
    return None if nombre is None else format(nombre.normalize(), "f")


def _date(question, brut):
    saisie = nettoyer(brut if isinstance(brut, str) else "")
    if not saisie:
        return None
    try:
        return lire_date(saisie).isoformat()
    except ValueError as erreur:
        message = _("Nous ne lisons pas « {saisie} ». Écrivez le jour, le mois et l’année : 14/10/2027.")
        raise _refus(question, message.format(saisie=saisie[:40])) from erreur


def _un_choix(question, brut):
    if brut in (None, "", []):
        return None
    brut = brut[0] if isinstance(brut, list) and len(brut) == 1 else brut
    if not isinstance(brut, str) or brut not in question.reponses:
        raise _refus(question, _("Choisissez une des réponses proposées."))
    return brut


def _plusieurs(question, brut):
    """Ticked answers, in the order of the list; ranked ones in the order they were put."""
    bruts = [brut] if isinstance(brut, str) else (brut or [])
    choisis = [cle for cle in bruts if cle != ""] if isinstance(bruts, list) else [None]
    if not all(isinstance(cle, str) and cle in question.reponses for cle in choisis):
        raise _refus(question, _("Choisissez parmi les réponses proposées."))
    if len(set(choisis)) < len(choisis):
        raise _refus(question, _("Une réponse est donnée deux fois. Gardez-en une."))
    if question.nature == Nature.PLUSIEURS:
        return sorted(choisis, key=question.reponses.index)
    if len(choisis) > RANGS_MAX:
        raise _refus(question, _("Classez {n} réponses au plus.").format(n=RANGS_MAX))
    return choisis


_LECTURES = {
    Nature.TEXTE: _texte,
    Nature.ENTIER: _entier,
    Nature.DECIMAL: _decimal,
    Nature.DATE: _date,
    Nature.PLUSIEURS: _plusieurs,
    Nature.RANG: _plusieurs,
}
