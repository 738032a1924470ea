"""What a questionnaire says: figures by college, as `decomptes.secret` lets them be shown, and the words."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Count
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .. import questions
from ..actions.grilles import cle_de_texte
from ..decomptes.secret import GOMMETTES
from ..models import College, Proposition
from ..questions.comptage import ADHESION, COMPTEES, comparable, compter
from ..questions.structure import AUJOURDHUI, DEMAIN, Nature, Question
from .tableaux import dire_part, dire_total

NOMBRES = {Nature.ENTIER, Nature.DECIMAL}
#: Below this many numbers, an average would say too much of each.
MOYENNE_MIN = 10


@dataclass(frozen=True)
class Rang:
    """One answer: its words, how many gave it, and of each college in order; `part` in %, for a bar."""

    mots: str
    total: str
    part: int
    colleges: list


@dataclass(frozen=True)
class Tableau:
    """One place to answer in: `titre` says the line and the time, "" when there is one; `sur` people answered."""

    titre: str
    sur: int
    explication: str
    rangs: list


@dataclass(frozen=True)
class LectureQuestion:
    """`tableaux` of what is counted, `moyenne` of numbers, `textes` the number of people who wrote."""

    rang: int
    question: Question
    reponses: int
    tableaux: list
    moyenne: str
    textes: int


def copies_par_college(grille):
    """Return [(College, copies sent)], in order. One query."""
    recues = (
        grille.copies.filter(envoyee_le__isnull=False).order_by().values_list("college").annotate(n=Count("pk"))
    )
    comptes = dict(recues)
    return [(c, comptes.get(c.pk, 0)) for c in College.objects.filter(consultation=grille.consultation_id)]


def lire_grille(grille):
    """Return the LectureQuestions of the last version, in order. Four queries.

    Answers to an earlier version count where the question was the same, word for word.
    """
    version = grille.versions.last()
    if version is None:
        return []
    structure = questions.lire(version.contenu)
    colleges = list(College.objects.filter(consultation=grille.consultation_id))
    donnees = _donnees(grille, structure)
    return [
        _lire_question(grille, rang, question, donnees[question.cle], colleges)
        for rang, question in enumerate(structure.questions, start=1)
    ]


def _donnees(grille, structure):
    """{question: {case: [(college id, kept)]}}, of what counts in the copies that were sent."""
    versions = {version.pk: questions.lire(version.contenu) for version in grille.versions.all()}
    lues = defaultdict(lambda: defaultdict(list))
    copies = grille.copies.filter(envoyee_le__isnull=False).order_by("pk")
    for copie in copies:
        sienne = versions[copie.version_id]
        for cle, cases in questions.comptees(sienne, copie.valeurs).items():
            question = structure.question(cle)
            if question is not None and comparable(question, sienne.question(cle)):
                for case, valeur in cases.items():
                    lues[cle][case].append((copie.college_id, valeur))
    return lues


def _lire_question(grille, rang, question, cases, colleges):
    tableaux = []
    if question.nature in COMPTEES:
        tableaux = [_tableau(grille, question, case, cases[case], colleges) for case in question.cases]
    nombres = (
        [Decimal(v) for case in question.cases for _c, v in cases[case]] if question.nature in NOMBRES else []
    )
    n = max((len(donnees) for donnees in cases.values()), default=0)
    textes = n if question.nature == Nature.TEXTE else 0
    return LectureQuestion(rang, question, n, tableaux, _moyenne(nombres), textes)


def _moyenne(nombres):
    return format(round(sum(nombres) / len(nombres), 1), "f") if len(nombres) >= MOYENNE_MIN else ""


def _tableau(grille, question, case, donnees, colleges):
    table = compter(question, donnees, _tues(grille, question, case))
    mode = ADHESION if question.nature == Nature.PLUSIEURS else GOMMETTES
    rangs = [
        _rang(mots, table["pistes"][str(rang)], mode, colleges)
        for rang, mots in enumerate(questions.reponses_en_mots(question).values())
        if str(rang) in table["pistes"]
    ]
    explication = {
        "": "",
        "personne": _("Personne n’a répondu."),
        "moins_de_5": _("Moins de 5 personnes ont répondu. Pour les protéger, rien n’est montré."),
    }[table["silence"]]
    return Tableau(titre_de_case(question, case), table["votants"], explication, rangs)


def _rang(mots, ligne, mode, colleges):
    part = 100 * ligne["personnes"] // ligne["sur"] if ligne["personnes"] else 0
    dites = [
        dire_part(mode, ligne["colleges"][str(c.pk)]) if str(c.pk) in ligne["colleges"] else "" for c in colleges
    ]
    return Rang(str(mots), dire_total(ligne), part, dites)


def _tues(grille, question, case):
    """Answers drawn to have no detail by college: see `etablir`. The same at each reading, known to nobody."""
    return {
        rang
        for rang in range(len(question.reponses))
        if _tirage(f"{grille.pk}/{question.cle}/{case}/{rang}") < settings.DETAILS_TUS_SUR_CENT
    }


def _tirage(quoi):
    """A number from 0 to 99.99, drawn by the key of this site."""
    empreinte = salted_hmac("consultation.lectures.grilles", quoi, algorithm="sha256").hexdigest()
    return int(empreinte[:8], 16) % 10_000 / 100


def titre_de_case(question, case):
    """Return "Accueil, aujourd’hui" in words, "" for a question asked once."""
    morceaux = case.split("/") if case else []
    temps = {AUJOURDHUI: _("aujourd’hui"), DEMAIN: _("demain")}
    dits = [ligne.libelle for ligne in question.lignes if ligne.cle in morceaux]
    return ", ".join([*dits, *(temps[m] for m in morceaux[-1:] if question.deux_temps)])


@dataclass(frozen=True)
class Parole:
    """What someone wrote: `textes`, [(case in words, text)]; `versee` once a proposition was made of it."""

    copie: object
    textes: list
    versee: bool


def textes_de(grille, question):
    """Return the Paroles of a free question, the oldest first. Two queries."""
    copies = grille.copies.filter(envoyee_le__isnull=False).select_related("version", "college").order_by("pk")
    lues = []
    for copie in copies:
        sienne = questions.lire(copie.version.contenu)
        cases = questions.comptees(sienne, copie.valeurs).get(question.cle, {})
        if cases and sienne.question(question.cle).nature == Nature.TEXTE:
            lues.append((copie, cases))
    cles = {cle_de_texte(copie, question.cle, case): copie.pk for copie, cases in lues for case in cases}
    propositions = Proposition.objects.filter(
        consultation=grille.consultation_id, origine=Proposition.Origine.GRILLE
    )
    versees = {cles[cle] for cle in propositions.values_list("cle", flat=True) if cle in cles}
    return [
        Parole(copie, [(titre_de_case(question, c), texte) for c, texte in cases.items()], copie.pk in versees)
        for copie, cases in lues
    ]
