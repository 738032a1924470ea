"""How questions are spoken of: what kind, when asked."""

from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .structure import AUJOURDHUI, DEMAIN, NON, OUI, Nature

NATURES = {
    Nature.TEXTE: gettext_lazy("Texte libre"),
    Nature.CHOIX: gettext_lazy("Un choix"),
    Nature.PLUSIEURS: gettext_lazy("Plusieurs choix"),
    Nature.ECHELLE: gettext_lazy("Échelle en mots"),
    Nature.RANG: gettext_lazy("Classement"),
    Nature.OUI_NON: gettext_lazy("Oui ou non"),
    Nature.NIVEAU: gettext_lazy("Niveau d’une compétence"),
    Nature.ENTIER: gettext_lazy("Nombre entier"),
    Nature.DECIMAL: gettext_lazy("Nombre à virgule"),
    Nature.DATE: gettext_lazy("Date"),
}
OUI_NON = {OUI: gettext_lazy("Oui"), NON: gettext_lazy("Non")}
NIVEAUX = {
    "non_acquis": gettext_lazy("Pas encore acquis"),
    "partiel": gettext_lazy("Acquis en partie"),
    "acquis": gettext_lazy("Acquis"),
    "initiative": gettext_lazy("Acquis, avec initiative"),
}


def reponses_en_mots(question):
    """Return {key: words} of what one may answer, in order; {} when the answer is written."""
    fixes = {Nature.OUI_NON: OUI_NON, Nature.NIVEAU: NIVEAUX}.get(question.nature)
    return fixes or {choix.cle: choix.libelle for choix in question.choix}


def resume(structure, question):
    """Return "Nombre, obligatoire, posée deux fois, si 4 est Oui"."""
    morceaux = [str(NATURES[question.nature])]
    if question.lignes:
        morceaux.append(_("{n} lignes").format(n=len(question.lignes)))
    if question.obligatoire:
        morceaux.append(_("obligatoire"))
    if question.deux_temps:
        morceaux.append(_("aujourd’hui et demain"))
    morceaux += [_("si {quand}").format(quand=quand) for quand in _conditions(structure, question)]
    return ", ".join(morceaux)


def en_clair(structure, question):
    """Return the sentence that says to whom the question is asked."""
    quand = list(_conditions(structure, question, court=False))
    if not quand:
        return _("Cette question est posée à tout le monde.")
    return _("Cette question est posée seulement si {quand}.").format(quand=_(" et si ").join(quand))


def condition_ecrite(structure, question):
    """Return the sentence that says on paper when to answer, "" for everyone."""
    rangs = {autre.cle: rang for rang, autre in enumerate(structure.questions, start=1)}
    quand = [
        _("à la question {n} : {mots}").format(n=rangs[condition.question], mots=_parmi(regardee, condition))
        for condition in question.si
        if (regardee := structure.question(condition.question)) is not None
    ]
    return _("Seulement si vous avez répondu, {quand}.").format(quand=_(" et ").join(quand)) if quand else ""


def _parmi(regardee, condition):
    dites = reponses_en_mots(regardee)
    return _(" ou ").join(str(dites.get(cle, cle)) for cle in condition.parmi)


def _conditions(structure, question, court=True):
    rangs = {autre.cle: rang for rang, autre in enumerate(structure.questions, start=1)}
    for condition in question.si:
        regardee = structure.question(condition.question)
        if regardee is None:
            yield _("une question retirée")
            continue
        mots = _parmi(regardee, condition)
        if court:
            yield _("{n} est {mots}").format(n=rangs[regardee.cle], mots=mots)
        else:
            titre = Truncator(regardee.libelle).chars(70)
            yield _("la réponse à la question {n} (« {titre} ») est : {mots}").format(
                n=rangs[regardee.cle], titre=titre, mots=mots
            )


def titre_de_case(question, case):
    """Return "Accueil, aujourd’hui" in words, "" for a question asked once."""
    morceaux = case.split("/") if case else []
    temps = {AUJOURDHUI: _("aujourd’hui"), DEMAIN: _("demain")}
    dits = [ligne.libelle for ligne in question.lignes if ligne.cle in morceaux]
    return ", ".join([*dits, *(temps[m] for m in morceaux[-1:] if question.deux_temps)])


def dire_reponse(question, valeur):
    """Return an answer that was kept, in words: "Oui", "le bus, le vélo", "7,5", "14/10/2027"."""
    mots = reponses_en_mots(question)
    if mots:
        return ", ".join(str(mots.get(cle, cle)) for cle in (valeur if isinstance(valeur, list) else [valeur]))
    if question.nature == Nature.DATE:
        return f"{date.fromisoformat(valeur):%d/%m/%Y}"
    return number_format(Decimal(valeur)) if question.nature == Nature.DECIMAL else str(valeur)
