"""XLSForms in and out, pyxform being the judge; what cannot be carried over is named row by row."""

import random

import pytest
from pyxform.xls2xform import convert

from consultation import questions
from consultation.erreurs import Refus
from consultation.gestion.tableur import en_xlsx
from consultation.questions.xlsform import depuis_xlsform, vers_xlsform

from .test_questions import question

ENTETES = [
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "appearance",
    "repeat_count",
    "default",
]


def juger(feuilles):
    """Return what pyxform reads: {name: (type, label, hint, rules, choices)}. It raises on a fault."""
    lu = convert(xlsform=en_xlsx(feuilles), file_type=".xlsx", validate=False)
    return dict(_feuilles(lu._pyxform, lu._pyxform.get("choices", {})))


def _feuilles(noeud, listes):
    for enfant in noeud.get("children", ()):
        if enfant["type"] in ("group", "repeat"):
            yield from _feuilles(enfant, listes)
        elif enfant["name"] != "meta":
            noms = [choix["name"] for choix in listes.get(enfant.get("itemset", ""), ())]
            dits = enfant.get("bind", {})
            regles = sorted(dit for dit in ("relevant", "required", "constraint") if dits.get(dit, "no") != "no")
            yield enfant["name"], (enfant["type"], _un(enfant.get("label")), _un(enfant.get("hint")), regles, noms)


def _un(texte):
    return next(iter(texte.values())) if isinstance(texte, dict) else texte


def relire(titre, structure):
    feuilles = vers_xlsform(titre, structure, version=1)
    return depuis_xlsform({nom: [entetes, *lignes] for nom, entetes, lignes in feuilles})


def xlsform(*survey, choices=(), settings=None):
    """Sheets as someone else writes them: [(name, headers, rows)]."""
    lignes = [[dict(ligne).get(entete, "") for entete in ENTETES] for ligne in survey]
    return [
        ("survey", ENTETES, lignes),
        ("choices", ["list_name", "name", "label"], [list(choix) for choix in choices]),
        ("settings", ["form_title"], [[settings or "Un formulaire"]]),
    ]


def entrer(feuilles):
    return depuis_xlsform({nom: [entetes, *lignes] for nom, entetes, lignes in feuilles})


def dites(pertes):
    """What is not taken, its narrow spaces made ordinary ones."""
    return [(perte.feuille, perte.ligne, perte.message.replace("\u202f", " ")) for perte in pertes]


@pytest.mark.parametrize("cle", list(questions.modeles()))
def test_our_templates_go_out_accepted_and_come_back_the_same(cle):
    structure = questions.modeles()[cle].structure
    assert len(juger(vers_xlsform("Titre", structure, version=1))) >= len(structure.questions)
    lu = relire("Titre", structure)
    assert (lu.titre, lu.structure, lu.pertes) == ("Titre", structure, [])


def test_everything_a_grille_asks_survives_the_journey():
    structure = questions.lire(
        {
            "sections": [
                {"titre": "Ici", "aide": "Tout simplement.", "questions": [
                    question("ou", "choix", choix="ici la", aide="Une seule fois", obligatoire=True),
                    question("age", "entier", mini=16, maxi=70),
                    question("gestes", "niveau", lignes="ranger peindre", deux_temps=True, obligatoire=True),
                    question("gene", "plusieurs", choix="bus velo", si=[{"question": "ou", "parmi": ["ici", "la"]}]),  # noqa: E501
                ]},
                {"titre": "Ensuite", "aide": "", "questions": [
                    question("ordre", "rang", choix="a b c", si=[{"question": "gene", "parmi": ["bus", "velo"]}]),
                    question("metier", deux_temps=True, si=[
                        {"question": "gestes", "parmi": ["acquis"]}, {"question": "ou", "parmi": ["la"]},
                    ]),
                    question("notes", "decimal", lignes="lundi mardi", mini=0),
                ]},
            ]
        }
    )  # fmt: skip
    assert questions.defauts(structure) == []
    juger(vers_xlsform("Titre", structure, version=1))
    lu = relire("Titre", structure)
    assert (lu.structure, lu.pertes) == (structure, [])


def _hasarde(graine):
    """A form as they are written elsewhere: groups, tables, repeats, names in capitals, older spellings."""
    hasard, survey, choices, noms = random.Random(graine), [], [], []
    for liste in range(3):
        choices += [
            (f"Liste{liste}", f"{hasard.choice(['R', 'opt-', ''])}{n}", f"Réponse {n}") for n in range(1, 5)
        ]
    for groupe in range(hasard.randint(1, 3)):
        survey.append(
            {
                "type": hasard.choice(["begin_group", "begin group"]),
                "name": f"G{groupe}",
                "label": f"Partie {groupe}",
            }
        )
        for rang in range(hasard.randint(1, 4)):
            nom, liste = f"Q{groupe}_{rang}", f"Liste{hasard.randint(0, 2)}"
            genre = hasard.choice(
                [
                    "text",
                    "integer",
                    "decimal",
                    "date",
                    f"select_one {liste}",
                    f"select_multiple {liste}",
                    f"rank {liste}",
                ]
            )
            ligne = {"type": genre, "name": nom, "label": f"Question {nom} ?", "hint": hasard.choice(["", "Aide"])}
            ligne["required"] = hasard.choice(["", "yes", "no"])
            if genre == "integer":
                ligne["constraint"] = hasard.choice(["", ".>=0", ". > 2 and . <= 12"])
            if noms and hasard.random() < 0.4:
                autre, sa_liste, plusieurs = hasard.choice(noms)
                cles = hasard.sample([c[1] for c in choices if c[0] == sa_liste], 2)
                dit = "selected(${%s}, '%s')" if plusieurs else "${%s} = '%s'"
                ligne["relevant"] = " or ".join(dit % (autre, cle) for cle in cles[: hasard.randint(1, 2)])
            if genre.startswith("select"):
                noms.append((nom, liste, "multiple" in genre))
            survey.append(ligne)
        survey.append({"type": hasard.choice(["end_group", "end group"])})
    return xlsform(*survey, choices=choices)


@pytest.mark.parametrize("graine", range(50))
def test_fifty_forms_made_elsewhere_come_in_and_go_out_without_loss(graine):
    feuilles = _hasarde(graine)
    lu = entrer(feuilles)
    assert lu.pertes == []
    assert questions.defauts(lu.structure) == []
    sortie = vers_xlsform(lu.titre, lu.structure, version=1)
    avant, apres = juger(feuilles), juger(sortie)
    assert [(*dit, len(noms)) for *dit, noms in apres.values()] == [
        (*dit, len(noms)) for *dit, noms in avant.values()
    ]
    assert entrer(sortie).structure == lu.structure


def test_somebody_else_s_table_and_repeat_become_tables():
    lu = entrer(
        xlsform(
            {
                "type": "begin_group",
                "name": "t",
                "label": "Comment avez-vous trouvé…",
                "appearance": "field-list table-list",
            },
            {"type": "select_one avis", "name": "lieu", "label": "Le lieu"},
            {"type": "select_one avis", "name": "repas", "label": "Les repas"},
            {"type": "end_group"},
            {"type": "begin_repeat", "name": "r", "label": "Vos trois derniers métiers", "repeat_count": 3},
            {"type": "text", "name": "metier", "label": "Quel métier ?"},
            {"type": "end_repeat"},
            choices=[("avis", "bien", "Bien"), ("avis", "moyen", "Moyen")],
        )
    )
    table, metier = lu.structure.questions
    assert (table.cle, table.libelle, table.cases) == ("t", "Comment avez-vous trouvé…", ("lieu", "repas"))
    assert (metier.libelle, [ligne.libelle for ligne in metier.lignes]) == ("Quel métier ?", ["1", "2", "3"])
    assert lu.pertes == []


def test_what_cannot_be_carried_over_is_named_with_its_row_and_the_rest_comes_in():
    lu = entrer(
        xlsform(
            {"type": "geopoint", "name": "ou", "label": "Où êtes-vous ?"},
            {"type": "select_one voie or_other", "name": "voie", "label": "Votre voie, ${ou} ?", "default": "a"},
            {
                "type": "integer",
                "name": "n",
                "label": "Combien ?",
                "constraint": ". mod 2 = 0",
                "required": "${voie} = 'a'",
            },
            {"type": "text", "name": "t", "label": "Pourquoi ?", "relevant": "${n} > 3"},
            {
                "type": "text",
                "name": "u",
                "label": "Et ?",
                "relevant": "${voie} = 'a' and ${n} = 'b' or ${n} = 'c'",
            },
            {"type": "begin_repeat", "name": "r", "label": "Encore"},
            {"type": "note", "name": "dit", "label": "Merci"},
            {"type": "note", "name": "dit2", "label": "Encore merci"},
            {"type": "end_repeat"},
            choices=[("voie", "a", "A"), ("voie", "b", "B"), ("voie", "a", "Encore A")],
        )
    )
    assert [(q.cle, q.obligatoire, q.si) for q in lu.structure.questions] == [
        ("voie", False, ()), ("n", False, ()), ("t", False, ()), ("u", False, ()),
    ]  # fmt: skip
    assert dites(lu.pertes) == [
        ("choices", 4, "Cette réponse n’a pas de nom, ou celui d’une autre."),
        ("survey", 2, "« geopoint » n’a pas d’équivalent : cette ligne n’est pas reprise."),
        ("survey", 3, "La réponse « autre » à écrire n’est pas reprise : ajoutez une question de texte."),
        ("survey", 3, "Le rappel d’une autre réponse dans la question n’est pas repris : récrivez-la."),
        ("survey", 3, "La colonne « default » n’est pas reprise."),
        ("survey", 4, "La vérification « . mod 2 = 0 » n’est pas reprise."),
        ("survey", 4, "« required » dépend d’autre chose : la réponse n’est pas obligatoire."),
        ("survey", 5, "La condition « ${n} > 3 » n’est pas reprise : la question est posée à tout le monde."),
        (
            "survey", 6,
            "La condition « ${voie} = 'a' and ${n} = 'b' or ${n} = 'c' » n’est pas reprise : la question est posée "  # noqa: E501
            "à tout le monde.",
        ),
        (
            "survey", 7,
            "Cette partie se répète sans nombre fixe : elle est posée une fois. Donnez « repeat_count ».",
        ),
        ("survey", 9, "« note » n’a pas d’équivalent : cette ligne n’est pas reprise."),
    ]  # fmt: skip


def test_french_is_taken_from_a_form_in_two_languages_and_the_other_is_named():
    lu = depuis_xlsform({
        "survey": [
            ["type", "name", "label::English (en)", "label::Français (fr)", "required"],
            ["select_one v", "q", "Which way?", "Quelle voie ?", True],
        ],
        "choices": [["list_name", "name", "label::English (en)", "label::Français (fr)"],
                    ["v", 1.0, "One", "Une"], ["v", 2.0, "Two", "Deux"]],
    })  # fmt: skip
    (q,) = lu.structure.questions
    assert (q.libelle, q.obligatoire, [choix.libelle for choix in q.choix]) == (
        "Quelle voie ?",
        True,
        ["Une", "Deux"],
    )
    assert dites(lu.pertes) == [("survey", 1, "La langue « english (en) » n’est pas reprise.")]


def test_a_workbook_that_is_no_xlsform_says_so():
    with pytest.raises(Refus) as refus:
        depuis_xlsform({"Feuille1": [["Nom", "Prénom"]]})
    assert (refus.value.code, refus.value.champ) == ("pas_un_xlsform", "fichier")
