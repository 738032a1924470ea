"""The open data of a Polis conversation: `comments.csv`, the words; `participants-votes.csv`, who chose what.

Their columns: https://compdemocracy.org/export/. In the second, each row is a person, each column that is a number
a comment: 1 agrees, -1 disagrees, 0 passes, nothing when it was not seen.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..textes import entier, nettoyer_ligne
from .tables import POLIS, Dite, Faute, Lecture, exiger_mesure, lire_table, pourquoi_non, texte_garde

COMMENTAIRES = ("comment-id", "comment-body")
VOTES = ("participant",)
CHOIX = {"1": 1, "1.0": 1, "-1": -1, "-1.0": -1, "0": 0, "0.0": 0}
#: Of the column "moderated": taken out of the conversation by those who held it.
ECARTEE = "-1"


def lire_polis(commentaires, votes=None):
    """Return the Lecture of the bytes of both files; the second may be absent. Raises Refus as `lire_table`."""
    lecture = Lecture(POLIS)
    ecartees = _lire_dites(lecture, commentaires)
    exiger_mesure(lecture.dites)
    if ecartees:
        lecture.constats.append(
            ngettext(
                "%(n)d idée avait été écartée là-bas : elle reste de côté.",
                "%(n)d idées avaient été écartées là-bas : elles restent de côté.",
                ecartees,
            )
            % {"n": ecartees}
        )
    if votes:
        _lire_votes(lecture, votes)
    return lecture


def _lire_dites(lecture, octets):
    """Fill `dites` and `fautes`; return how many comments had been moderated out."""
    _entetes, lignes = lire_table(octets, COMMENTAIRES, _("Le fichier des idées"))
    ecartees, deja = 0, set()
    for numero, ligne in lignes:
        if ligne.get("moderated") in (ECARTEE, "-1.0"):
            ecartees += 1
            continue
        cle, (texte, _coupe) = ligne["comment-id"], texte_garde(ligne.get("comment-body", ""))
        if phrase := pourquoi_non(cle, texte, deja):
            lecture.fautes.append(Faute("idees", numero, phrase))
            continue
        deja.add(cle)
        lecture.dites.append(Dite(cle, nettoyer_ligne(texte), texte, ligne.get("author-id", "")))
    return ecartees


def _lire_votes(lecture, octets):
    entetes, lignes = lire_table(octets, VOTES, _("Le fichier des votes"))
    connues = {dite.cle for dite in lecture.dites}
    colonnes = [nom for nom in entetes if entier(nom) is not None]
    for numero, ligne in lignes:
        siens, phrase = _choix(ligne, colonnes)
        qui = ligne["participant"]
        if not qui or qui in lecture.votes:
            phrase = _("cette personne est déjà plus haut.") if qui else _("elle n’a pas de numéro de personne.")
        if phrase:
            lecture.fautes.append(Faute("votes", numero, phrase))
        else:
            lecture.votes[qui] = {cle: choix for cle, choix in siens.items() if cle in connues}
    if autres := sum(nom not in connues for nom in colonnes):
        lecture.constats.append(
            ngettext(
                "%(n)d colonne de votes porte sur une idée non reprise : ces votes restent de côté.",
                "%(n)d colonnes de votes portent sur des idées non reprises : ces votes restent de côté.",
                autres,
            )
            % {"n": autres}
        )
    lecture.constats.append(
        _("« Passer » n’est ni pour ni contre : c’est noté à côté de chaque idée, et n’entre pas dans le calcul.")
    )


def _choix(ligne, colonnes):
    """({comment: choice}, sentence saying what is wrong or "")."""
    siens = {}
    for nom in colonnes:
        dit = ligne.get(nom, "")
        if dit and dit not in CHOIX:
            phrase = _("colonne %(nom)s : « %(dit)s » n’est pas un vote. Il faut 1, -1, 0 ou rien.")
            return {}, phrase % {"nom": nom, "dit": dit[:20]}
        if dit:
            siens[nom] = CHOIX[dit]
    return siens, ""
