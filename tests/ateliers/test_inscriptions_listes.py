"""Lists as organisers have them: each file is taken as it comes, and nobody in it is refused."""

import io
from pathlib import Path

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from ateliers import actions
from ateliers.inscriptions.actions import importer_inscriptions
from ateliers.inscriptions.fichier import lire
from ateliers.inscriptions.lignes import Ligne, lire_liste
from ateliers.inscriptions.mots import cle_de_mot, college_probable, region_probable
from ateliers.inscriptions.questions import questions, reponses
from ateliers.inscriptions.verification import verifier
from ateliers.models import MotDeListe
from consultation.models import Participant, Territoire

from .fabriques_inscriptions import en_csv, seminaire

TABLEAUX = Path(__file__).parent / "tableaux"


def liste(nom):
    return lire_liste((TABLEAUX / nom).read_bytes())


def gens(nom):
    return [(ligne.numero, ligne.prenom, ligne.nom, ligne.structure) for ligne in liste(nom).lignes]


def test_a_line_that_says_the_separator_is_a_hint_not_a_row():
    assert liste("separateur-dit.csv").lignes == (
        Ligne(
            numero=2,
            prenom="Nour",
            nom="Tilleul",
            college="Permanents",
            structure="Les Ateliers du Pont",
            ville="Domont",
        ),
    )


def test_cells_that_show_an_error_of_calculation_are_empty():
    assert gens("cases-en-erreur.xlsx") == [
        (2, "Nour", "Tilleul", ""),
        (3, "Idris", "", "Relais"),
        (4, "", "Saule", ""),
    ]


def test_a_hidden_sheet_is_never_read_and_is_named():
    assert gens("feuille-cachee.xlsx") == [(2, "Nour", "Tilleul", "")]
    assert lire((TABLEAUX / "feuille-cachee.xlsx").read_bytes()).cachees == ("ancienne",)


def test_the_sheet_that_holds_the_list_is_found_behind_a_cover():
    assert gens("page-de-garde.xlsx") == [(2, "Nour", "Tilleul", "")]


def test_a_cell_joined_with_those_below_says_the_same_of_each_row():
    assert [structure for *_personne, structure in gens("cases-reunies.xlsx")] == ["Structure Haute"] * 3


def test_an_ods_reads_like_an_xlsx():
    document, table = OpenDocumentSpreadsheet(), Table(name="Inscrits")
    for valeurs in (["Prénom", "Collège"], ["Nour", "Permanents"]):
        rang = TableRow()
        for valeur in valeurs:
            case = TableCell(valuetype="string")
            case.addElement(P(text=valeur))
            rang.addElement(case)
        table.addElement(rang)
    document.spreadsheet.addElement(table)
    sortie = io.BytesIO()
    document.write(sortie)
    assert lire_liste(sortie.getvalue()).lignes == (Ligne(numero=2, prenom="Nour", college="Permanents"),)


def test_titles_blank_rows_and_totals_are_told_from_people():
    lue = lire_liste(
        en_csv([["Liste, au 14/09"], [], ["Prénom", "Collège"], ["Awa", "P"], [], ["Ali", "P"], ["TOTAL", ""]])
    )
    assert [(ligne.numero, ligne.prenom) for ligne in lue.lignes] == [(4, "Awa"), (6, "Ali")]
    assert lue.totaux == (7,)


@pytest.mark.parametrize(
    ("mots", "cle"),
    [
        (("Salarié en parcours", "SALARIES EN PARCOURS", "salariée  en parcours"), "salarie en parcours"),
        (("Administratrice", "administrateurs"), "administrateur"),
        (("Permanente", "PERMANENTS"), "permanent"),
        (("Élue", "élus"), "elu"),
    ],
)
def test_gender_number_case_and_accents_make_one_word(mots, cle):
    assert {cle_de_mot(mot) for mot in mots} == {cle}


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("PACA", ("Provence-Alpes-Côte d’Azur", "ancienne")),
        ("limousin", ("Nouvelle-Aquitaine", "ancienne")),
        ("Poitou Charentes", ("Nouvelle-Aquitaine", "ancienne")),
        ("86", ("Nouvelle-Aquitaine", "departement")),
        ("2a", ("Corse", "departement")),
        ("1", ("Auvergne-Rhône-Alpes", "departement")),
        ("ILE DE FRANCE", ("Île-de-France", "")),
        ("Atlantide", None),
    ],
)
def test_regions_of_before_and_departments_are_known(texte, attendu):
    assert region_probable(texte) == attendu


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("texte", "signe"),
    [
        ("CDDI", "salaries"),
        ("Salarié permanent", "permanents"),
        ("Directrice", "permanents"),
        ("Présidente", "administrateurs"),
        ("Partenaire", "partenaires"),
        ("bénévole", None),
    ],
)
def test_words_of_the_trade_suggest_a_college_and_an_unknown_one_none(texte, signe):
    consultation, _par, _ateliers = seminaire()
    probable = college_probable(texte, list(consultation.colleges.all()))
    assert (probable and probable.signe) == signe


def qualite():
    """The seminar that the list speaks of: eight workshops of thirty places, over two afternoons."""
    consultation, par, ateliers = seminaire()
    jeudi, vendredi = ateliers[0].temps, ateliers[1].temps
    for atelier in ateliers:
        atelier.espace.delete()
    for temps, titres in (
        (jeudi, ("L’accompagnement", "Les échanges de pratiques", "Le référent qualité", "La transmission")),
        (
            vendredi,
            (
                "Les instances en région",
                "Les nouveaux métiers",
                "Mesurer la qualité de l’emploi",
                "La participation des salariés",
            ),
        ),
    ):
        for titre in titres:
            actions.creer_atelier(consultation=consultation, temps=temps, titre=titre, capacite=30, par=par)
    return consultation, par


@pytest.mark.django_db
def test_a_list_as_it_is_registers_everybody_asks_each_word_once_and_refuses_nobody():
    consultation, par = qualite()
    Territoire.objects.create(nom="Nouvelle-Aquitaine", niveau="region", code="75")
    lue = liste("comme-elle-est.xlsx")
    posees = questions(consultation, lue.lignes)
    colleges = {str(c.pk): c.signe for c in consultation.colleges.all()}
    assert {(q.textes[0], colleges[q.propose]) for q in posees if q.champ == "college"} == {
        ("Salarié en parcours", "salaries"),
        ("Administrateur", "administrateurs"),
        ("Président", "administrateurs"),
        ("Directeur", "permanents"),
        ("Permanent", "permanents"),
        ("Salarié permanent", "permanents"),
        ("Partenaire", "partenaires"),
    }
    assert {q.textes[0]: dict(q.choix)[q.propose] for q in posees if q.champ == "territoire"} == {
        "Nord-Pas-de-Calais": "Hauts-de-France (nouveau territoire)",
        "Île-de-France": "Île-de-France (nouveau territoire)",
        "PACA": "Provence-Alpes-Côte d’Azur (nouveau territoire)",
        "Poitou-Charentes": "Nouvelle-Aquitaine",
        "Rhône-Alpes": "Auvergne-Rhône-Alpes (nouveau territoire)",
        "Languedoc-Roussillon": "Occitanie (nouveau territoire)",
        "Bourgogne": "Bourgogne-Franche-Comté (nouveau territoire)",
        "Basse-Normandie": "Normandie (nouveau territoire)",
    }
    mots = reponses(posees, {q.nom: q.propose for q in posees})
    fait = importer_inscriptions(consultation=consultation, lignes=lue.lignes, mots=mots, par=par)
    assert fait.comptes == {"creer": 118, "modifier": 0, "inchangee": 0, "doublon": 2, "refusee": 0}
    assert [(v.ligne.numero, v.double_de) for v in fait.doublons] == [(124, 24), (125, 56)]
    assert [(nom, len(memes)) for nom, memes in fait.homonymes if nom.startswith("Noé Charme")] == [
        ("Noé Charme", 2)
    ]
    assert {atelier.titre: n for atelier, n in fait.attentes} == {
        "L’accompagnement": 11,
        "Les instances en région": 2,
        "Mesurer la qualité de l’emploi": 1,
    }
    assert Participant.objects.filter(consultation=consultation, territoire=None).count() == 0


@pytest.mark.django_db
def test_an_old_windows_file_adds_two_people_and_names_the_one_said_twice():
    consultation, _par, _ateliers = seminaire()
    lue = liste("ajouts-cp1252.csv")
    posees = questions(consultation, lue.lignes)
    apercu = verifier(
        consultation=consultation,
        lignes=lue.lignes,
        mots=reponses(posees, {q.nom: q.propose for q in posees}),
    )
    assert apercu.comptes == {"creer": 2, "modifier": 0, "inchangee": 0, "doublon": 1, "refusee": 0}
    assert [v.ligne.nom for v in apercu.verdicts] == ["Genêt", "L’Orme", "L’Orme"]


@pytest.mark.django_db
def test_an_answer_is_remembered_and_chosen_the_next_time():
    consultation, par, _ateliers = seminaire()
    lignes = [Ligne(numero=2, prenom="Awa", college="bénévole")]
    (question,) = questions(consultation, lignes)
    assert (question.propose, question.pourquoi) == ("", "À choisir")
    choix = next(valeur for valeur, nom in question.choix if nom == "Administrateurs")
    importer_inscriptions(
        consultation=consultation, lignes=lignes, mots=reponses([question], {question.nom: choix}), par=par
    )
    assert [(m.champ, m.cle, m.valeur) for m in MotDeListe.objects.all()] == [("college", "benevole", choix)]
    (encore,) = questions(consultation, [Ligne(numero=9, prenom="Ali", college="Bénévoles")])
    assert (encore.propose, encore.pourquoi.startswith("Déjà choisi le")) == (choix, True)


def test_an_answer_that_was_not_offered_is_no_answer():
    assert reponses([], {"college:benevole": "1"}) == {}


@pytest.mark.django_db
def test_questions_ask_the_base_as_little_for_many_words_as_for_one(django_assert_num_queries):
    consultation, _par, _ateliers = seminaire()
    for n in (1, 40):
        lignes = [Ligne(numero=i, prenom="A", college=f"mot {i}", territoire=f"lieu {i}") for i in range(n)]
        with django_assert_num_queries(8):
            questions(consultation, lignes)
