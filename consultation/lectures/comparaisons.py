"""Two counts side by side: today and tomorrow in one questionnaire, before and after or here and there in two.

Nothing more is told than each count tells by itself: figures are those of `lire_grille`, withheld where it does.
"""

from dataclasses import dataclass

from ..models import Grille
from ..questions.comptage import comparable


@dataclass(frozen=True)
class Comparaison:
    """`titre`: the line of the table, or ""; `lignes`: [(words, Rang on one side, Rang on the other, or None)]."""

    rang: int
    question: object
    titre: str
    lignes: list


def aujourd_hui_et_demain(lue):
    """Return the Comparaisons of a LectureQuestion asked twice, one a line of its table; none otherwise."""
    if not lue.question.deux_temps:
        return []
    lignes = [ligne.libelle for ligne in lue.question.lignes] or [""]
    paires = zip(lignes, lue.tableaux[0::2], lue.tableaux[1::2], strict=False)
    return [c for titre, un, autre in paires if (c := _comparer(lue, titre, un, autre))]


def avant_et_apres(avant, apres):
    """Return the Comparaisons of the questions that both lists of LectureQuestions ask, word for word."""
    faites = []
    for lue in apres:
        meme = next((une for une in avant if comparable(lue.question, une.question)), None)
        for un, autre in zip(meme.tableaux if meme else (), lue.tableaux, strict=False):
            if comparaison := _comparer(lue, autre.titre, un, autre):
                faites.append(comparaison)
    return faites


def _comparer(lue, titre, un, autre):
    if not un.rangs or not autre.rangs:
        return None
    siens = {rang.mots: rang for rang in autre.rangs}
    lignes = [(rang.mots, rang, siens.get(rang.mots)) for rang in un.rangs]
    return Comparaison(lue.rang, lue.question, titre, lignes)


def grilles_comparables(grille, consultations):
    """Return the other Grilles that were counted, in `consultations`, the newest first."""
    autres = Grille.objects.filter(consultation__in=consultations, comptes__isnull=False).exclude(pk=grille.pk)
    return autres.select_related("consultation").order_by("-close_le", "-pk")
