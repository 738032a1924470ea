"""The questions of a grille as plain data, kept as JSON in each of its versions.

    {"sections": [{"titre", "aide", "questions": [{"cle", "nature", "libelle", "aide", "obligatoire", "deux_temps",
        "choix": [{"cle", "libelle"}], "lignes": [{"cle", "libelle"}], "mini", "maxi",
        "si": [{"question", "parmi": [cle]}]}]}]}

A question is asked in one or more *cases*: a line of its table, today or tomorrow. They are named "" when it is
asked once, "demain", "accueil", or "accueil/demain".
"""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from ..erreurs import Refus
from ..textes import nettoyer, nettoyer_ligne

AUJOURDHUI, DEMAIN = "aujourdhui", "demain"
CLE = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
LONGUEUR_LIBELLE, LONGUEUR_AIDE, LONGUEUR_TEXTE = 300, 600, 2000
QUESTIONS_MAX, CHOIX_MAX, LIGNES_MAX, RANGS_MAX = 120, 60, 40, 5


class Nature(StrEnum):
    TEXTE = "texte"
    ENTIER = "entier"
    DECIMAL = "decimal"
    OUI_NON = "oui_non"
    CHOIX = "choix"
    PLUSIEURS = "plusieurs"
    RANG = "rang"
    ECHELLE = "echelle"
    NIVEAU = "niveau"
    DATE = "date"


#: Those whose answers are taken from a list.
A_CHOIX = {Nature.CHOIX, Nature.PLUSIEURS, Nature.RANG, Nature.ECHELLE}
#: Those that a condition can look at.
REGARDEES = A_CHOIX | {Nature.OUI_NON, Nature.NIVEAU}
#: Skill levels, as in the evaluation of an immersion.
NIVEAUX = ("non_acquis", "partiel", "acquis", "initiative")
OUI, NON = "oui", "non"


@dataclass(frozen=True)
class Choix:
    """One line of a list: of answers, or of a table."""

    cle: str
    libelle: str


@dataclass(frozen=True)
class Condition:
    """Asked only when the answer to an earlier `question` is, or holds, one of `parmi`."""

    question: str
    parmi: tuple


@dataclass(frozen=True)
class Question:
    cle: str
    nature: Nature
    libelle: str
    aide: str = ""
    obligatoire: bool = False
    deux_temps: bool = False
    choix: tuple = ()
    lignes: tuple = ()
    mini: int | None = None
    maxi: int | None = None
    si: tuple = ()

    @property
    def reponses(self):
        """The keys one may answer with, in order; none when the answer is written."""
        if self.nature == Nature.OUI_NON:
            return (OUI, NON)
        if self.nature == Nature.NIVEAU:
            return NIVEAUX
        return tuple(choix.cle for choix in self.choix)

    @property
    def cases(self):
        """The names of the places to answer in, in order."""
        lignes = [ligne.cle for ligne in self.lignes] or [""]
        temps = [AUJOURDHUI, DEMAIN] if self.deux_temps else [""]
        return tuple("/".join(filter(None, (ligne, quand))) for ligne in lignes for quand in temps)


@dataclass(frozen=True)
class Section:
    titre: str
    questions: tuple
    aide: str = ""


@dataclass(frozen=True)
class Structure:
    sections: tuple

    @property
    def questions(self):
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, cle):
        """Return the question of that key, or None."""
        return next((question for question in self.questions if question.cle == cle), None)

    def en_donnees(self):
        """Return the plain data that `lire` reads."""
        return {"sections": [asdict(section) for section in self.sections]}


@dataclass(frozen=True)
class Defaut:
    """What keeps a grille from being put online; `question` is the key of the one to mend, or ""."""

    question: str
    message: str


def lire(contenu):
    """Return the Structure of plain data. Raises Refus "grille_illisible" 400 when it has not the shape above."""
    try:
        return Structure(tuple(_section(section) for section in contenu["sections"]))
    except (KeyError, TypeError, ValueError, AttributeError) as erreur:
        message = _("Cette grille n’est pas lisible. Reprenez-la depuis un fichier que Germoir a écrit.")
        raise Refus("grille_illisible", message, statut=400) from erreur


def _section(lue):
    questions = tuple(_question(question) for question in lue["questions"])
    return Section(nettoyer_ligne(lue.get("titre", "")), questions, nettoyer(lue.get("aide", "")))


def _question(lue):
    return Question(
        cle=str(lue["cle"]),
        nature=Nature(lue["nature"]),
        libelle=nettoyer_ligne(lue["libelle"]),
        aide=nettoyer(lue.get("aide", "")),
        obligatoire=bool(lue.get("obligatoire")),
        deux_temps=bool(lue.get("deux_temps")),
        choix=_choix(lue.get("choix", ())),
        lignes=_choix(lue.get("lignes", ())),
        mini=_borne(lue.get("mini")),
        maxi=_borne(lue.get("maxi")),
        si=tuple(Condition(str(c["question"]), tuple(map(str, c["parmi"]))) for c in lue.get("si", ())),
    )


def _choix(lus):
    return tuple(Choix(str(choix["cle"]), nettoyer_ligne(choix["libelle"])) for choix in lus)


def _borne(lue):
    return None if lue in (None, "") else int(lue)


def defauts(structure):
    """Return the Defauts of a structure, in the order of the questions; none: it may be put online."""
    trouves = []
    questions = structure.questions
    if not questions:
        trouves.append(Defaut("", _("Ajoutez au moins une question.")))
    if len(questions) > QUESTIONS_MAX:
        trouves.append(Defaut("", _("Une grille a {n} questions au plus.").format(n=QUESTIONS_MAX)))
    vues = {}
    for question in questions:
        trouves += [Defaut(question.cle, message) for message in _defauts_de(question, vues)]
        vues[question.cle] = question
    return trouves


def _defauts_de(question, vues):
    if not CLE.match(question.cle) or question.cle in vues:
        yield _("Deux questions ont la même clé, ou une clé illisible : {cle}.").format(cle=question.cle)
    if not question.libelle:
        yield _("Écrivez la question.")
    if len(question.libelle) > LONGUEUR_LIBELLE or len(question.aide) > LONGUEUR_AIDE:
        yield _("Cette question est trop longue : {n} signes au plus.").format(n=LONGUEUR_LIBELLE)
    yield from _defauts_des_listes(question)
    if None not in (question.mini, question.maxi) and question.mini > question.maxi:
        yield _("Le plus petit nombre permis est plus grand que le plus grand.")
    for condition in question.si:
        yield from _defauts_de_condition(condition, vues)


def _defauts_des_listes(question):
    if question.nature in A_CHOIX and not 2 <= len(question.choix) <= CHOIX_MAX:
        yield _("Donnez au moins deux réponses à choisir, et {n} au plus.").format(n=CHOIX_MAX)
    if len(question.lignes) > LIGNES_MAX:
        yield _("Un tableau a {n} lignes au plus.").format(n=LIGNES_MAX)
    for liste in (question.choix, question.lignes):
        cles = [choix.cle for choix in liste]
        if len(set(cles)) < len(cles) or not all(CLE.match(cle) for cle in cles):
            yield _("Deux réponses ont la même clé, ou une clé illisible.")
        if not all(choix.libelle for choix in liste):
            yield _("Une réponse à choisir est vide.")


def _defauts_de_condition(condition, vues):
    """Only what comes before can be looked at: conditions cannot turn in a circle."""
    regardee = vues.get(condition.question)
    if regardee is None:
        yield _("Cette question en regarde une autre qui n’est pas placée avant elle.")
    elif regardee.nature not in REGARDEES:
        yield _("On ne peut regarder qu’une question à choisir : « {autre} » s’écrit.").format(
            autre=regardee.libelle
        )
    elif not condition.parmi or not set(condition.parmi) <= set(regardee.reponses):
        yield _("Choisissez une réponse de « {autre} ».").format(autre=regardee.libelle)
