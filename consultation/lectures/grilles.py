"""What a questionnaire says: the figures that its counting left to be shown, in words, and what people wrote."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from .. import questions
from ..decomptes.formes import GOMMETTES
from ..models import College, Proposition
from ..questions.comptage import ADHESION
from ..questions.structure import Nature, Question
from .chiffres_dits import dire_part, dire_total


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
    """`tableaux` of what is counted, `moyenne` of numbers, `textes` the number of people who wrote.

    `reponses` is None, and `explication` says why, when nothing may be told.
    """

    rang: int
    question: Question
    reponses: int
    tableaux: list
    moyenne: str
    textes: int | None
    explication: str


def copies_par_college(grille):
    """Return [(College, copies sent)], in order. One query."""
    recues = (
        grille.copies.filter(envoyee_le__isnull=False).order_by().values_list("college").annotate(n=Count("pk"))
    )
    comptes = dict(recues)
    return [(c, comptes.get(c.pk, 0)) for c in College.objects.filter(consultation=grille.consultation_id)]


def lire_grille(grille):
    """Return the LectureQuestions of the version that was counted, in order; none before. Two queries."""
    if grille.comptes is None:
        return []
    structure = questions.lire(grille.versions.get(pk=grille.comptes["version"]).contenu)
    colleges = list(College.objects.filter(consultation=grille.consultation_id))
    comptes = grille.comptes["questions"]
    return [
        _lire_question(rang, question, comptes[question.cle], colleges)
        for rang, question in enumerate(structure.questions, start=1)
    ]


def _lire_question(rang, question, comptee, colleges):
    n = comptee["reponses"]
    return LectureQuestion(
        rang=rang,
        question=question,
        reponses=n,
        tableaux=[_tableau(question, case, table, colleges) for case, table in comptee["cases"].items()],
        moyenne=comptee["moyenne"],
        textes=n if question.nature == Nature.TEXTE else 0,
        explication=""
        if n is not None
        else _("Rien n’est montré : cela dirait ce que des personnes ont répondu avant."),
    )


def _tableau(question, case, table, colleges):
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
    return Tableau(questions.titre_de_case(question, case), table["votants"], explication, rangs)


def _rang(mots, ligne, mode, colleges):
    part = 100 * ligne["personnes"] // ligne["sur"] if ligne["personnes"] else 0
    dites = [
        dire_part(mode, ligne["colleges"][str(c.pk)]) if str(c.pk) in ligne["colleges"] else "" for c in colleges
    ]
    return Rang(str(mots), dire_total(ligne), part, dites)


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
    cles = {copie.cle_de_texte(question.cle, case): copie.pk for copie, cases in lues for case in cases}
    propositions = Proposition.objects.filter(
        consultation=grille.consultation_id, origine=Proposition.Origine.GRILLE
    )
    versees = {cles[cle] for cle in propositions.values_list("cle", flat=True) if cle in cles}
    return [
        Parole(
            copie,
            [(questions.titre_de_case(question, c), texte) for c, texte in cases.items()],
            copie.pk in versees,
        )
        for copie, cases in lues
    ]


def copies_en_mots(copies):
    """Return [(CopieGrille, [(question or place, answer, both in words)])] of a queryset, in order. One query."""
    lues = []
    for copie in copies.select_related("version", "college"):
        structure = questions.lire(copie.version.contenu)
        dites = [
            (questions.titre_de_case(question, case) or question.libelle, questions.dire_reponse(question, valeur))
            for question in structure.questions
            for case, valeur in copie.valeurs.get(question.cle, {}).items()
            if valeur is not None
        ]
        lues.append((copie, dites))
    return lues
