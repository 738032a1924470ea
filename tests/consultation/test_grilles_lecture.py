"""Reading a questionnaire: what is counted, what is withheld, and what becomes of the words."""

import itertools

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultation import actions, lectures, questions
from consultation.erreurs import Refus
from consultation.models import CopieGrille, Grille, Proposition
from consultation.questions.comptage import compter
from tests import fabriques as f

from .test_grilles import contenu
from .test_questions import question, structure


def une(nature, **reste):
    return structure(question("a", nature, **reste)).questions[0]


def chiffres(table):
    return {int(rang): (ligne["forme"], ligne["personnes"]) for rang, ligne in table["pistes"].items()}


def par_college(table, rang):
    return {
        int(c): (case["forme"], case["personnes"]) for c, case in table["pistes"][str(rang)]["colleges"].items()
    }


def test_one_answer_among_several_is_counted_by_college():
    donnees = [(1, "oui")] * 8 + [(1, "non")] * 6 + [(2, "oui")] * 7 + [(2, "non")] * 9
    table = compter(une("oui_non"), donnees)
    assert chiffres(table) == {0: ("exact", 15), 1: ("exact", 15)}
    assert par_college(table, 0) == {1: ("exact", 8), 2: ("exact", 7)}


def test_a_college_of_fewer_than_six_is_withheld_and_the_others_with_it():
    donnees = [(1, "oui")] * 8 + [(1, "non")] * 6 + [(2, "oui")] * 3 + [(3, "oui")] * 9 + [(3, "non")] * 12
    table = compter(une("oui_non"), donnees)
    assert chiffres(table) == {0: ("exact", 20), 1: ("exact", 18)}
    assert (par_college(table, 0), par_college(table, 1)) == ({}, {})


def test_fewer_than_five_people_say_nothing_at_all():
    table = compter(une("oui_non"), [(1, "oui")] * 4)
    assert (table["silence"], table["pistes"]) == ("moins_de_5", {})
    assert compter(une("oui_non"), [])["silence"] == "personne"


def test_several_answers_are_each_counted_out_of_those_who_answered():
    donnees = [(1, ["bus", "velo"])] * 5 + [(1, ["bus"])] * 4 + [(2, ["velo"])] * 6
    table = compter(une("plusieurs", choix="bus velo"), donnees)
    assert chiffres(table) == {0: ("exact", 9), 1: ("exact", 11)}
    assert table["pistes"]["0"]["sur"] == 15


def test_unanimity_is_a_band():
    table = compter(une("plusieurs", choix="bus velo"), [(1, ["bus"])] * 7 + [(2, ["bus"])] * 8)
    assert chiffres(table) == {0: ("presque_tous", None), 1: ("peu", None)}
    assert (par_college(table, 0), par_college(table, 1)) == ({}, {})


def test_a_ranking_counts_what_was_put_first():
    table = compter(une("rang", choix="bus velo"), [(1, ["velo", "bus"])] * 6 + [(1, ["bus"])] * 3)
    assert chiffres(table) == {0: ("exact", 3), 1: ("exact", 6)}


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=5, max_size=24))
def test_no_hidden_figure_is_the_rest_of_the_others(reponses):
    """Every way in which the answers may add up to the people leaves each hidden figure at least two values."""
    n = len(reponses)
    table = compter(une("choix", choix="a b c d"), [(1, reponse) for reponse in reponses])
    formes = chiffres(table)
    possibles = {"peu": range(2), "presque_tous": range(n - 1, n + 1), "tu": range(n + 1)}
    rangees = [[personnes] if forme == "exact" else possibles[forme] for forme, personnes in formes.values()]
    sommes = [valeurs for valeurs in itertools.product(*rangees) if sum(valeurs) == n]
    for rang, (forme, _personnes) in formes.items():
        assert forme == "exact" or len({valeurs[rang] for valeurs in sommes}) > 1


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from(["a", "b", "c"])), min_size=5, max_size=60))
def test_the_figures_of_colleges_are_all_shown_or_none(donnees):
    lignes = compter(une("choix", choix="a b c"), donnees)["pistes"].values()
    formes = [[case["forme"] for case in ligne["colleges"].values()] for ligne in lignes]
    assert {forme for siennes in formes for forme in siennes} <= {"exact"}
    assert all(formes) or not any(formes)


def grille_lue(*les_questions):
    grille = actions.creer_grille(
        consultation=f.ConsultationFactory(), titre="Avis", contenu=contenu(*les_questions), par=None
    )
    actions.mettre_en_ligne(grille=grille, par=None)
    return grille


def recevoir(grille, college, n, **reponses):
    """`n` copies sent, of people of that college."""
    valeurs = {cle: valeur if isinstance(valeur, dict) else {"": valeur} for cle, valeur in reponses.items()}
    return CopieGrille.objects.bulk_create(
        CopieGrille(
            grille=grille, version=grille.versions.last(), college=f.college(grille.consultation, college),
            valeurs=valeurs, envoyee_le=timezone.now(),
        )
        for _ in range(n)
    )  # fmt: skip


def lue(grille):
    """What is read once the grille is closed and counted."""
    Grille.objects.filter(pk=grille.pk).update(etat="close", comptes=None)
    return lectures.lire_grille(actions.compter_grille(grille=grille, par=None))


@pytest.mark.django_db
def test_today_and_tomorrow_are_read_apart():
    grille = grille_lue(question("lien", "oui_non", deux_temps=True))
    recevoir(grille, "salaries", 6, lien={"aujourdhui": "non", "demain": "oui"})
    recevoir(grille, "salaries", 3, lien={"aujourdhui": "oui", "demain": "oui"})
    recevoir(grille, "salaries", 2, lien={"aujourdhui": "oui", "demain": "non"})
    (question_lue,) = lue(grille)
    assert [(t.titre, t.sur, [(r.mots, r.total) for r in t.rangs]) for t in question_lue.tableaux] == [
        ("aujourd’hui", 11, [("Oui", "5 personnes sur 11"), ("Non", "6 personnes sur 11")]),
        ("demain", 11, [("Oui", "9 personnes sur 11"), ("Non", "2 personnes sur 11")]),
    ]


@pytest.mark.django_db
def test_what_is_not_sent_or_hidden_by_a_condition_does_not_count():
    grille = grille_lue(
        question("vu", "oui_non"), question("bon", "oui_non", si=[{"question": "vu", "parmi": ["oui"]}])
    )
    recevoir(grille, "salaries", 7, vu="oui", bon="oui")
    recevoir(grille, "salaries", 6, vu="non", bon="oui")
    CopieGrille.objects.filter(pk=recevoir(grille, "salaries", 1, vu="oui", bon="non")[0].pk).update(
        envoyee_le=None
    )
    assert [x.reponses for x in lue(grille)] == [13, 7]


@pytest.mark.django_db
def test_an_earlier_version_counts_where_the_question_is_the_same():
    grille = grille_lue(question("vu", "oui_non"), question("dit", "oui_non"))
    recevoir(grille, "salaries", 6, vu="oui", dit="oui")
    neuve = question("dit", "oui_non") | {"libelle": "Autrement dit ?"}
    actions.ecrire_grille(grille=grille, contenu=contenu(question("vu", "oui_non"), neuve), par=None)
    actions.mettre_en_ligne(grille=grille, par=None)
    recevoir(grille, "salaries", 5, vu="non", dit="non")
    assert [x.reponses for x in lue(grille)] == [11, 5]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nombres", "moyenne"),
    [
        ([7.5] * 5 + [2.5] * 4, ""),  # nine numbers
        ([7.5] * 5 + [2.5] * 5, "5.0"),
        ([0] * 9 + [5], ""),  # nearly all the same
        ([0] * 8 + [5] * 2, "1.0"),
        ([1] * 5 + [2] * 5 + [60], ""),  # one above all the others together
        ([0] * 12, ""),
    ],
)
def test_an_average_is_told_when_it_tells_nobody_s_number(nombres, moyenne):
    grille = grille_lue(question("heures", "decimal"))
    for nombre in nombres:
        recevoir(grille, "salaries", 1, heures=str(nombre))
    assert lue(grille)[0].moyenne == moyenne


@pytest.mark.django_db
def test_a_second_count_would_tell_one_answer_so_there_is_one():
    grille = grille_lue(question("vu", "oui_non"))
    recevoir(grille, "salaries", 6, vu="oui")
    (partie, *_autres) = recevoir(grille, "salaries", 4, vu="non")
    avant = lue(grille)
    grille = Grille.objects.get()
    recevoir(grille, "salaries", 1, vu="oui")
    actions.effacer_copie(copie=partie, par=None)
    assert lectures.lire_grille(actions.compter_grille(grille=grille, par=None)) == avant
    college = grille.consultation.colleges.first()
    for acte in (
        lambda: actions.rouvrir_grille(grille=grille, par=None),
        lambda: actions.mettre_en_ligne(grille=grille, par=None),
        lambda: actions.saisir_copie(grille=grille, college=college, reponses={}, cle="f1", par=None),
    ):
        with pytest.raises(Refus) as refus:
            acte()
        assert (refus.value.code, refus.value.statut) == ("grille_comptee", 409)


@pytest.mark.django_db
def test_nothing_is_counted_before_it_is_closed_and_what_was_being_typed_has_come():
    grille = grille_lue(question("vu", "oui_non"))
    codes = []
    for etat, close_le in (("ouverte", None), ("close", timezone.now())):
        Grille.objects.filter(pk=grille.pk).update(etat=etat, close_le=close_le)
        with pytest.raises(Refus) as refus:
            actions.compter_grille(grille=grille, par=None)
        codes.append(refus.value.code)
    assert (codes, Grille.objects.get().comptes) == (["grille_pas_close", "reponses_en_route"], None)


def suite(nature="oui_non", parmi=("oui",), **reste):
    return question("suite", nature, si=[{"question": "vu", "parmi": list(parmi)}], **reste)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("oui", "non", "dit"), [(8, 8, True), (1, 12, False), (12, 1, False), (13, 0, False), (5, 8, True)]
)
def test_a_question_asked_of_some_is_told_only_where_their_number_is(oui, non, dit):
    grille = grille_lue(question("vu", "oui_non"), suite(), suite("decimal") | {"cle": "heures"})
    recevoir(grille, "salaries", oui - oui // 2, vu="oui", suite="oui", heures="4")
    recevoir(grille, "salaries", oui // 2, vu="oui", suite="non", heures="6")
    recevoir(grille, "salaries", non, vu="non")
    _vu, dite, heures = lue(grille)
    permis = (oui, True, "") if dit else (None, False, "Rien n’est montré")
    assert (dite.reponses, bool(dite.tableaux), dite.explication[:17]) == permis
    assert (heures.reponses, heures.moyenne != "") == (permis[0], dit and oui >= 10)


@pytest.mark.django_db
def test_it_is_told_by_college_only_where_those_asked_are():
    """Seven permanents said yes; how many salariés did is not told, so how many were asked is not either."""
    grille = grille_lue(question("vu", "oui_non"), suite("plusieurs", choix="bus velo train"))
    for college, oui, non in (("permanents", 12, 8), ("salaries", 3, 2), ("partenaires", 12, 9)):
        recevoir(grille, college, oui // 2, vu="oui", suite=["bus", "velo"])
        recevoir(grille, college, oui - oui // 2, vu="oui", suite=["train", "velo"])
        recevoir(grille, college, non, vu="non")
    vu, dite = lue(grille)
    assert [rang.total for rang in vu.tableaux[0].rangs] == ["27 personnes sur 46", "19 personnes sur 46"]
    assert dite.reponses == 27
    assert {part for q in (vu, dite) for rang in q.tableaux[0].rangs for part in rang.colleges} == {""}


@pytest.mark.django_db
def test_reading_costs_the_same_queries_for_ten_copies_and_for_a_hundred(django_assert_num_queries):
    grille = grille_lue(question("vu", "oui_non"), question("mot"))
    for n in (10, 90):
        recevoir(grille, "salaries", n, vu="oui", mot="Un livret")
        lue(grille)
        grille.refresh_from_db()
        with django_assert_num_queries(2):
            lectures.lire_grille(grille)
        with django_assert_num_queries(2):
            lectures.textes_de(grille, questions.lire(grille.brouillon).question("mot"))


@pytest.mark.django_db
def test_words_become_propositions_once_and_are_then_told_so():
    grille = grille_lue(question("mot"))
    copies = recevoir(grille, "salaries", 2, mot="Un livret d’accueil")
    espace, qui = f.creer_espace(consultation=grille.consultation), f.creer_organisateur(grille.consultation)
    libre = questions.lire(grille.brouillon).question("mot")
    assert [parole.versee for parole in lectures.textes_de(grille, libre)] == [False, False]
    for _ in range(2):
        actions.verser_textes(grille=grille, question="mot", copies=copies[:1], espace=espace, par=qui)
    assert [parole.versee for parole in lectures.textes_de(grille, libre)] == [True, False]
    assert list(Proposition.objects.values_list("texte", "origine", "origine_note", "college__signe")) == [
        ("Un livret d’accueil", "grille", "Avis", "salaries")
    ]
    with pytest.raises(Refus):
        actions.verser_textes(grille=grille, question="absente", copies=copies, espace=espace, par=qui)


def comptee(consultation, *les_questions, **reponses):
    """A grille counted after 7 people of two colleges gave each of these answers: {question: answers}."""
    grille = actions.creer_grille(
        consultation=consultation, titre="Une grille", contenu=contenu(*les_questions), par=None
    )
    actions.mettre_en_ligne(grille=grille, par=None)
    for (cle, valeurs), signe in itertools.product(reponses.items(), ("salaries", "permanents")):
        for valeur in valeurs:
            recevoir(grille, signe, 7, **{cle: valeur})
    return grille, lue(grille)


@pytest.mark.django_db
def test_before_and_after_stand_side_by_side_where_the_words_are_the_same():
    consultation = f.creer_consultation()
    meme, autre = question("q1", "echelle", choix="bien mal"), question("q2", "oui_non")
    avant, lues_avant = comptee(consultation, meme, autre, q1=("bien", "mal", "mal"), q2=("oui", "non"))
    apres, lues_apres = comptee(
        consultation, question("q3"), {**meme, "libelle": meme["libelle"]}, q1=("bien", "bien", "mal")
    )
    (une,) = lectures.avant_et_apres(lues_avant, lues_apres)
    assert (une.rang, [(mots, ici.total, la.total) for mots, ici, la in une.lignes]) == (
        2,
        [
            ("Bien", "14 personnes sur 42", "28 personnes sur 42"),
            ("Mal", "28 personnes sur 42", "14 personnes sur 42"),
        ],
    )
    siennes = type(consultation).objects.filter(pk=consultation.pk)
    assert list(lectures.grilles_comparables(apres, siennes)) == [avant]
    assert list(lectures.grilles_comparables(apres, siennes.none())) == []


@pytest.mark.django_db
def test_today_stands_beside_tomorrow_with_the_figures_of_each():
    deux = question("q1", "echelle", choix="bien mal", deux_temps=True)
    faites = [{"aujourdhui": "mal", "demain": "bien"}, {"aujourdhui": "bien", "demain": "mal"}]
    _grille, (lue_,) = comptee(f.creer_consultation(), deux, q1=[*faites, faites[0]])
    (une,) = lectures.aujourd_hui_et_demain(lue_)
    assert une.lignes == [
        (ici.mots, ici, la) for ici, la in zip(lue_.tableaux[0].rangs, lue_.tableaux[1].rangs, strict=True)
    ]
    assert [ici.total for _mots, ici, _la in une.lignes] == ["14 personnes sur 42", "28 personnes sur 42"]
