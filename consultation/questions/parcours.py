"""Which questions are asked of someone, given what they answered. `valeurs` is {question: {case: kept}}.

An answer that a condition hides is kept, and neither counted nor asked for: it comes back with its question.
"""

from .structure import Nature


def posees(structure, valeurs):
    """Return the questions asked, in order. A condition looks only at a question that is itself asked."""
    vues = {}
    for question in structure.questions:
        if all(_tenue(condition, vues) for condition in question.si):
            vues[question.cle] = valeurs.get(question.cle) or {}
    return [question for question in structure.questions if question.cle in vues]


def _tenue(condition, vues):
    """Whether the answer in any case of the question looked at is, or holds, what the condition wants."""
    for donnee in vues.get(condition.question, {}).values():
        donnees = donnee if isinstance(donnee, list) else [donnee]
        if set(donnees) & set(condition.parmi):
            return True
    return False


def posee(structure, valeurs, cle):
    return any(question.cle == cle for question in posees(structure, valeurs))


def manquantes(structure, valeurs):
    """Return the required questions that are asked and have an empty case, in order."""
    return [
        question
        for question in posees(structure, valeurs)
        if question.obligatoire
        and any((valeurs.get(question.cle) or {}).get(case) is None for case in question.cases)
    ]


def comptees(structure, valeurs):
    """Return the answers that count: those of the questions asked, without the empty ones."""
    return {
        question.cle: donnees
        for question in posees(structure, valeurs)
        if (donnees := {c: v for c, v in (valeurs.get(question.cle) or {}).items() if v is not None})
    }


def comme_si(structure, question):
    """Return the answers after which `question` is asked: the first that each of its conditions wants."""
    avant = structure.questions[: structure.questions.index(question)]
    valeurs = {}
    for condition in question.si:
        regardee = next((autre for autre in avant if autre.cle == condition.question), None)
        if regardee is not None and condition.parmi:
            plusieurs = regardee.nature in (Nature.PLUSIEURS, Nature.RANG)
            donnee = [condition.parmi[0]] if plusieurs else condition.parmi[0]
            valeurs |= comme_si(structure, regardee) | {regardee.cle: {regardee.cases[0]: donnee}}
    return valeurs
