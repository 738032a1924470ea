"""A paper ballot as it is keyed in: its number, its college, its choices. Nothing is guessed.

`12b 3 7 7`: sheet 12, college b, one dot on piste 3 and two on 7 (`7x2` says the same).
`12b 3a 7d`: the same sheet in four degrees, the letters of its boxes.
`12b 7 3 9`: the same in a ranking, piste 7 first, then 3, then 9.
"""

import re

from django.utils.translation import gettext as _

from ..erreurs import Refus
from ..models import Scrutin
from ..questions.papier import lettres

#: The boxes of a sheet in four degrees, from left to right: {letter: value}.
DEGRES_EN_LETTRES = {"a": 4, "b": 3, "c": 2, "d": 1}
_TETE = re.compile(r"\s*(\d{1,6})(?:\s*([A-Za-z]{1,2})(?![A-Za-z0-9]))?[\s,;:]*")
_POINTS = re.compile(r"(\d{1,6})(?:\s*[xX×*]\s*(\d{1,2}))?(?:[\s,;]+|$)")
_RANG = re.compile(r"(\d{1,6})(?:[\s,;>]+|$)")
_DEGRE = re.compile(r"(\d{1,6})\s*[:.)]?\s*([A-Za-z])(?:[\s,;]+|$)")


def lire_entete(saisie, colleges):
    """Return (number of the sheet, place of its college in `colleges` or None, what follows).

    Raises Refus "bulletin_illisible" 422, as `lire_choix_ecrits` does, with "saisie" as `champ`.
    """
    tete = _TETE.match(saisie)
    if tete is None:
        raise refus_de_saisie(_("Commencez par le numéro du bulletin, écrit en haut. Par exemple : 12b."))
    lettre = (tete[2] or "").lower()
    connues = lettres(len(colleges))
    if lettre and lettre not in connues:
        message = _("Pas de collège « {lettre} » : les lettres vont de {premiere} à {derniere}.")
        raise refus_de_saisie(message.format(lettre=lettre, premiere=connues[0], derniere=connues[-1]))
    return int(tete[1]), connues.index(lettre) if lettre else None, saisie[tete.end() :].strip()


def lire_choix_ecrits(reste, scrutin):
    """Return [(number of a piste, value)] as typed: dots placed, a degree from 4 to 1, or a place from 1."""
    motif, valeur_de, illisible = _LECTURES[scrutin.mode]
    lus, debut = [], 0
    while debut < len(reste):
        trouve = motif.match(reste, debut)
        valeur = trouve and valeur_de(trouve, len(lus) + 1)
        if not valeur:
            raise refus_de_saisie(illisible().format(mot=reste[debut:].split()[0][:20]))
        lus.append((int(trouve[1]), valeur))
        debut = trouve.end()
    return lus


#: {mode: (one choice as it is typed, its value from what is found and its place, what is said of another)}.
_LECTURES = {
    Scrutin.Mode.GOMMETTES: (
        _POINTS,
        lambda trouve, _place: int(trouve[2] or 1),
        lambda: _("« {mot} » ne se lit pas. Tapez le numéro de la piste, une fois par gommette : 3 7 7, ou 7x2."),
    ),
    Scrutin.Mode.ADHESION: (
        _DEGRE,
        lambda trouve, _place: DEGRES_EN_LETTRES.get(trouve[2].lower()),
        lambda: _("« {mot} » ne se lit pas. Tapez le numéro de la piste, puis la lettre de la case : 3a."),
    ),
    Scrutin.Mode.CLASSEMENT: (
        _RANG,
        lambda _trouve, place: place,
        lambda: _("« {mot} » ne se lit pas. Tapez les numéros des pistes, la première d’abord : 7 3 9."),
    ),
}


def refus_de_saisie(message, code="bulletin_illisible", statut=422):
    return Refus(code, message, statut=statut, champ="saisie")
