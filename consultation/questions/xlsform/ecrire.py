"""From a grille to the three sheets of an XLSForm, which pyxform, ODK and KoboToolbox read."""

from ..mots import reponses_en_mots, titre_de_case
from ..structure import A_CHOIX, NIVEAUX, NON, OUI, Nature
from .expressions import ecrire_bornes, ecrire_conditions

LANGUE = "Français (fr)"
LABEL, HINT = f"label::{LANGUE}", f"hint::{LANGUE}"
#: `germoir` is ours, ignored elsewhere: it says which rows are the places of one question.
ENTETES = ["type", "name", LABEL, HINT, "required", "relevant", "constraint", "appearance", "germoir"]
TABLEAU = "tableau"
TYPES = {
    Nature.TEXTE: "text",
    Nature.ENTIER: "integer",
    Nature.DECIMAL: "decimal",
    Nature.DATE: "date",
    Nature.PLUSIEURS: "select_multiple",
    Nature.RANG: "rank",
}
#: How an XLSForm draws a scale.
ECHELLE = "likert"


def vers_xlsform(titre, structure, *, version):
    """Return [(sheet, headers, rows)]: survey, choices, settings. `version`: the number of the grille's."""
    survey, listes = [], {}
    for rang, section in enumerate(structure.sections, start=1):
        survey.append(_ligne("begin_group", f"partie_{rang}", section.titre))
        if section.aide:
            survey.append(_ligne("note", f"partie_{rang}_aide", section.aide))
        for question in section.questions:
            survey += _question(structure, question)
            listes |= _listes(question)
        survey.append(_ligne("end_group"))
    choices = [[liste, cle, mot] for liste, mots in listes.items() for cle, mot in mots.items()]
    reglages = [titre, "grille", str(version), LANGUE]
    return [
        ("survey", ENTETES, survey),
        ("choices", ["list_name", "name", LABEL], choices),
        ("settings", ["form_title", "form_id", "version", "default_language"], [reglages]),
    ]


def _ligne(genre, nom="", label="", **reste):
    dites = {"type": genre, "name": nom, LABEL: label, **reste}
    return [dites.get(entete, "") for entete in ENTETES]


def nom_de_case(question, case):
    return "__".join([question.cle, *filter(None, case.split("/"))])


def _question(structure, question):
    relevant = ecrire_conditions(structure, question, nom_de_case)
    aide = {HINT: question.aide}
    genre = _genre(question)
    suite = {
        "required": "yes" if question.obligatoire else "",
        "constraint": ecrire_bornes(question),
        "appearance": ECHELLE if question.nature == Nature.ECHELLE else "",
    }
    if question.cases == ("",):
        return [_ligne(genre, question.cle, question.libelle, relevant=relevant, **aide, **suite)]
    return [
        _ligne("begin_group", question.cle, question.libelle, relevant=relevant, germoir=TABLEAU, **aide),
        *(
            _ligne(genre, nom_de_case(question, case), titre_de_case(question, case), germoir=case, **suite)
            for case in question.cases
        ),
        _ligne("end_group"),
    ]


def _genre(question):
    if question.nature in TYPES and question.nature not in A_CHOIX:
        return TYPES[question.nature]
    return f"{TYPES.get(question.nature, 'select_one')} {_liste(question)}"


def _liste(question):
    fixes = {Nature.OUI_NON: "oui_non", Nature.NIVEAU: "niveau"}
    return fixes.get(question.nature) or f"{question.cle}_choix"


def _listes(question):
    """{list: {key: words}} of what a question needs: its answers, and the lines of its table."""
    listes = {_liste(question): reponses_en_mots(question)} if question.reponses else {}
    if question.lignes:
        listes[f"{question.cle}_lignes"] = {ligne.cle: ligne.libelle for ligne in question.lignes}
    return listes


#: A list of these keys, in this order, is not a list of one's own.
LISTES_CONNUES = {(OUI, NON): Nature.OUI_NON, NIVEAUX: Nature.NIVEAU}
