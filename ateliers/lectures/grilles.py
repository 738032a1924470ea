"""What the screens of a questionnaire show: where someone stands, one question and its boxes."""

import json
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from consultation import questions
from consultation.models import CopieGrille, Grille, VersionGrille
from consultation.questions import Nature, Question, Structure
from consultation.questions.structure import AUJOURDHUI, DEMAIN, RANGS_MAX
from consultation.textes import cle_de_code

#: What each skill level means, in the words of who has it.
_EXPLICATIONS = {
    "non_acquis": _("Je n’ai pas encore appris."),
    "partiel": _("J’y arrive avec de l’aide."),
    "acquis": _("J’y arrive sans aide."),
    "initiative": _("J’y arrive et je propose."),
}
TEMPS = {
    AUJOURDHUI: (_("Aujourd’hui"), _("Ce qui est déjà là.")),
    DEMAIN: (_("Demain"), _("Ce que vous voulez pour la suite.")),
}
RANGS = (_("En premier"), _("En deuxième"), _("En troisième"), _("En quatrième"), _("En cinquième"))


def grille_par_code(saisie):
    """Return the Grille whose code was typed, put online at least once, or None. One query."""
    en_ligne = Exists(VersionGrille.objects.filter(grille=OuterRef("pk")))
    return Grille.objects.select_related("consultation").filter(en_ligne, code=cle_de_code(saisie)).first()


def question_posee(grille, participant):
    """What a phone shows of a question put to the room: it, its answers, and the one given. Two queries."""
    question = questions.lire(grille.versions.last().contenu).questions[0]
    copie = CopieGrille.objects.filter(grille=grille, participant=participant).first()
    donnee = copie.valeurs.get(question.cle, {}).get("") if copie else None
    return {
        "grille": grille,
        "question": question,
        "donnee": next((c for c in question.choix if c.cle == donnee), None),
    }


@dataclass(frozen=True, eq=False)
class Etat:
    """Where someone stands in their copy. `posees`: the questions asked of them, in order."""

    copie: CopieGrille
    grille: Grille
    structure: Structure
    posees: list

    @classmethod
    def de(cls, copie):
        """From a copy read with its version; no query when its grille is at hand."""
        structure = questions.lire(copie.version.contenu)
        return cls(copie, copie.grille, structure, questions.posees(structure, copie.valeurs))

    def repondue(self, question):
        return any(v is not None for v in self.copie.valeurs.get(question.cle, {}).values())

    @property
    def faites(self):
        return [question for question in self.posees if self.repondue(question)]

    @property
    def manquantes(self):
        return [(self.rang(q), q) for q in questions.manquantes(self.structure, self.copie.valeurs)]

    @property
    def passees(self):
        """Optional questions left empty, with their rank."""
        return [(self.rang(q), q) for q in self.posees if not q.obligatoire and not self.repondue(q)]

    @property
    def a_reprendre(self):
        """The first question after the last one answered, or None."""
        rangs = [rang for rang, question in enumerate(self.posees) if self.repondue(question)]
        suivantes = self.posees[rangs[-1] + 1 if rangs else 0 :]
        return suivantes[0] if suivantes else None

    def rang(self, question):
        """The rank of a question among those asked, from 1; 0 when it is not asked."""
        return self.posees.index(question) + 1 if question in self.posees else 0

    def apres(self, cle):
        """The next question asked, or None after the last one."""
        ordre = [question.cle for question in self.structure.questions]
        return next((q for q in self.posees if ordre.index(q.cle) > ordre.index(cle)), None)

    def avant(self, cle):
        ordre = [question.cle for question in self.structure.questions]
        return next((q for q in reversed(self.posees) if ordre.index(q.cle) < ordre.index(cle)), None)

    def section(self, question):
        return next(section for section in self.structure.sections if question in section.questions)


@dataclass(frozen=True)
class Case:
    """One place to answer in. `ligne` and `temps` are words, `valeur` what is kept or was just typed."""

    nom: str
    ligne: str
    temps: str
    aide: str
    picto: str
    valeur: object
    reponses: list


@dataclass(frozen=True)
class Reponse:
    cle: str
    mot: str
    explication: str
    choisie: bool
    rang: int
    picto: str = ""


def case_lue(question: Question, envoi, champ):
    """Return what a form sent in one box: a list where several answers may be given, else a str."""
    if question.nature in (Nature.PLUSIEURS, Nature.RANG):
        return envoi.getlist(champ)
    return envoi.get(champ, "")


def ecran_de_question(etat, question, brutes=None):
    """Return the context of a question's screen; `brutes`, what was just typed and refused, is shown again."""
    gardees = etat.copie.valeurs.get(question.cle, {}) if brutes is None else brutes
    return {
        "grille": etat.grille,
        "etat": etat,
        "question": question,
        "section": etat.section(question),
        "rang": etat.rang(question),
        "sur": len(etat.posees),
        "avance": [_pas(etat, q, question) for q in etat.posees],
        "precedente": etat.avant(question.cle),
        "suivante": etat.apres(question.cle),
        "cases": [_case(question, nom, gardees.get(nom)) for nom in question.cases],
        "rangs": RANGS[: min(RANGS_MAX, len(question.choix))],
    }


def pour_le_telephone(etat):
    """Return what a phone needs to go on without network, as JSON: who is asked what, and what is kept of it."""
    parcours = [
        {
            "cle": question.cle,
            "cases": question.cases,
            "liste": question.nature in (Nature.PLUSIEURS, Nature.RANG),
            "si": [{"question": condition.question, "parmi": condition.parmi} for condition in question.si],
        }
        for question in etat.structure.questions
    ]
    return {"parcours": json.dumps(parcours), "valeurs": json.dumps(etat.copie.valeurs)}


def _pas(etat, question, ici):
    if question.cle == ici.cle:
        return "ici"
    return "fait" if etat.repondue(question) else ""


def _case(question, nom, valeur):
    morceaux = nom.split("/") if nom else []
    ligne = next((ligne.libelle for ligne in question.lignes if ligne.cle in morceaux), "")
    temps = morceaux[-1] if question.deux_temps else ""
    mot, aide = TEMPS.get(temps, ("", ""))
    picto = {AUJOURDHUI: "n-1", DEMAIN: "n-3"}.get(temps, "")
    return Case(nom, ligne, mot, aide, picto, "" if valeur is None else valeur, _reponses(question, valeur))


def _reponses(question, valeur):
    choisies = valeur if isinstance(valeur, list) else [valeur]
    return [
        Reponse(
            cle,
            mot,
            _EXPLICATIONS[cle] if question.nature == Nature.NIVEAU else "",
            choisie=cle in choisies,
            rang=choisies.index(cle) if cle in choisies else -1,
            picto=f"n-{rang}" if question.nature == Nature.NIVEAU else "",
        )
        for rang, (cle, mot) in enumerate(questions.reponses_en_mots(question).items())
    ]
