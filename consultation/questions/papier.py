"""A questionnaire on paper: the number of each place to answer in, the letter of each box, and a sheet keyed in.

The desk types what it sees, a number and a letter: "3d"; several on a line if it likes: "1a 2c 7bd 9.2c". After
the number of a question answered in writing, the rest of the line is the answer. Nothing is guessed.
"""

import re
from string import ascii_lowercase

from django.utils.translation import gettext as _

from ..erreurs import Refus
from .lecture import lire_case
from .structure import Choix, Nature, Question

#: The number under which a sheet says the college.
COLLEGE = "0"
_NUMERO = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)")
_BOITES = re.compile(r"[\s:).]*([A-Za-z]+)(?:[\s,;]+|$)")
_LETTRE_SEULE = {Nature.CHOIX, Nature.ECHELLE, Nature.OUI_NON, Nature.NIVEAU}


def lettres(combien):
    """Return the letters of that many boxes: a, b, c…, or two for each beyond the alphabet: none begins another.

    >>> lettres(3)
    ['a', 'b', 'c']
    """
    if combien <= len(ascii_lowercase):
        return list(ascii_lowercase[:combien])
    return [a + b for a in ascii_lowercase for b in ascii_lowercase][:combien]


def numeros(structure):
    """Return {number: (Question, case)}, in order: "3", or "3.1" and "3.2" for a question of two cases."""
    places = {}
    for rang, question in enumerate(structure.questions, start=1):
        for n, case in enumerate(question.cases, start=1):
            places[f"{rang}.{n}" if len(question.cases) > 1 else str(rang)] = (question, case)
    return places


def sauts(structure, question):
    """Return {answer: rank to go to, from 1; 0 for the end} of the answers after which a question is not asked.

    Only what follows at once can be jumped over on paper; a question farther says itself when it is asked. One box
    at most: after several crosses, no arrow would be right.
    """
    if question.nature not in _LETTRE_SEULE or len(question.cases) > 1:
        return {}
    suite = structure.questions[structure.questions.index(question) + 1 :]
    return {
        cle: rang for cle in question.reponses if (rang := _apres(structure, question.cle, cle, suite)) is not None
    }


def _apres(structure, cle, reponse, suite):
    """The rank of the first of `suite` asked after that answer, None when it is the next one."""
    sautees = set()
    for rang, question in enumerate(suite, start=len(structure.questions) - len(suite) + 1):
        exclue = any(
            condition.question in sautees or (condition.question == cle and reponse not in condition.parmi)
            for condition in question.si
        )
        if not exclue:
            return rang if sautees else None
        sautees.add(question.cle)
    return 0 if sautees else None


def question_du_college(colleges):
    """Return the question that opens every sheet: which of these names one is of; its answers are their places."""
    choix = tuple(Choix(str(rang), nom) for rang, nom in enumerate(colleges))
    return Question(COLLEGE, Nature.CHOIX, _("Vous êtes"), obligatoire=True, choix=choix)


def lire_feuille(structure, colleges, saisie):
    """Return (place of the college in `colleges`, {question: {case: as `lire_valeurs` takes it}}) of a sheet.

    Raises Refus "feuille_illisible" 422, which says the line and what to type, with "saisie" as `champ`.
    """
    places = {COLLEGE: (question_du_college(colleges), ""), **numeros(structure)}
    lues, ouverte = {}, None
    for n, ligne in enumerate(saisie.splitlines(), start=1):
        try:
            ouverte = _lire_ligne(ligne.strip(), places, lues, ouverte)
        except Refus as refus:
            raise _refus(_("Ligne {n} : {message}").format(n=n, message=refus.message)) from refus
    if COLLEGE not in lues:
        raise _refus(_("Le collège manque. Tapez-le avec le numéro 0, par exemple 0a."))
    reponses = {}
    for numero, brut in lues.items():
        question, case = places[numero]
        reponses.setdefault(question.cle, {})[case] = brut
    return int(reponses.pop(COLLEGE)[""]), reponses


def _refus(message):
    return Refus("feuille_illisible", message, champ="saisie")


def _lire_ligne(reste, places, lues, ouverte):
    """Put what a line says in `lues`, {number: as typed}; return the number whose text the next may go on with."""
    if ouverte and reste and not reste[0].isdigit():
        lues[ouverte] += f"\n{reste}"
        return ouverte
    while reste:
        numero, reste = _numero(reste, places)
        if numero in lues:
            raise _refus(_("le numéro {numero} est tapé deux fois.").format(numero=numero))
        question, _case = places[numero]
        lues[numero], reste = _croix(question, numero, reste) if question.reponses else _ecrit(numero, reste)
        lire_case(question, lues[numero])
        ouverte = numero if question.nature == Nature.TEXTE else None
    return ouverte


def _numero(reste, places):
    """Return (number, what follows it)."""
    trouve = _NUMERO.match(reste)
    if trouve is None:
        raise _refus(_("elle commence par le numéro d’une question, par exemple 3d."))
    numero = trouve[1]
    if numero not in places:
        if f"{numero}.1" in places:
            raise _refus(_("la question {n} a plusieurs lignes : tapez {n}.1, {n}.2…").format(n=numero))
        raise _refus(_("il n’y a pas de numéro {numero} sur la feuille.").format(numero=numero))
    return numero, reste[trouve.end() :]


def _croix(question, numero, reste):
    """Return (answers crossed, the rest of the line): a list of keys where several may be, else a key."""
    trouve = _BOITES.match(reste)
    par_lettre = dict(zip(lettres(len(question.reponses)), question.reponses, strict=True))
    taille = len(next(iter(par_lettre)))
    tapees = trouve[1].lower() if trouve else ""
    groupes = [tapees[i : i + taille] for i in range(0, len(tapees), taille)]
    if not groupes or not set(groupes) <= set(par_lettre):
        bornes = {"n": numero, "premiere": next(iter(par_lettre)), "derniere": list(par_lettre)[-1]}
        raise _refus(_("après {n}, tapez une lettre de {premiere} à {derniere}.").format(**bornes))
    cles = [par_lettre[groupe] for groupe in groupes]
    if question.nature in (Nature.PLUSIEURS, Nature.RANG):
        return cles, reste[trouve.end() :]
    if len(cles) > 1:
        raise _refus(
            _("le numéro {n} n’a qu’une croix. S’il y en a deux sur la feuille, ne tapez rien pour lui.").format(
                n=numero
            )
        )
    return cles[0], reste[trouve.end() :]


def _ecrit(numero, reste):
    """Return (the rest of the line, nothing after it)."""
    if not reste[:1].isspace() and not reste.startswith((":", ")")):
        raise _refus(_("mettez un espace entre {n} et la réponse.").format(n=numero))
    return reste.lstrip(" \t:)"), ""
