"""The composed booklet: proposed whole, printed, and told what could not be printed."""

import io

import pikepdf
import pytest
from wagtail.rich_text import RichText

from consultation.models import Journal
from contenus import actions
from contenus.impression.carnets import carnet_pdf
from contenus.impression.constats import bilan
from contenus.lectures.carnet import carnet_de
from tests.contenus.fabriques_carnet import personne, programme, seminaire
from tests.contenus.test_impression_carnet import lire, textes

from .gestes import bienvenue, composer, image, page

pytestmark = pytest.mark.django_db


def test_a_whole_booklet_is_proposed_from_what_was_prepared(consultation):
    programme(consultation)
    carnet = actions.proposer_carnet(consultation=consultation, par=None)
    assert [bloc.block_type for bloc in carnet.corps] == [
        *("couverture", "bienvenue", "mode_emploi", "contexte", "qui_vient", "programme", "axes", "grille"),
        *("mes_jours", "preparation", "idees", "ma_page", "pratique", "mots"),
    ]
    assert [e.verbe for e in Journal.objects.all()] == ["proposer_carnet"]
    assert (actions.proposer_carnet(consultation=consultation, par=None), Journal.objects.count()) == (carnet, 1)


def test_the_programme_of_a_composed_booklet_follows_the_seminar(consultation, carnet):
    sonia = personne(consultation, ateliers=[programme(consultation)])
    jours = carnet_de(consultation, sonia).page("mes_jours")
    assert (jours.titre, jours.college.nom, [r.quoi for r in jours.rendez_vous]) == (
        "Sonia, vos ateliers",
        "Salariés en parcours",
        ["Apprendre à deux"],
    )
    assert carnet_de(consultation).page("mes_jours") is None
    temps = consultation.temps.get(ordre=0)
    temps.titre = "Se dire bonjour"
    temps.save()
    assert "Se dire bonjour" in " ".join(textes(carnet_pdf(consultation)))


def test_a_composed_booklet_is_printed_in_its_order_the_cover_first(consultation):
    composer(
        consultation,
        page("mots", titre="Les mots d’ici", mots=[{"mot": "Une piste", "sens": "Une idée du groupe."}]),
        bienvenue(),
        ("couverture", {"surtitre": "Le réseau", "titre": "", "couleur": "blanc", "illustration": {}}),
    )
    assert textes(carnet_pdf(consultation)) == [
        "Le réseau Carnet du participant Nos missions, nos métiers Ce carnet est à "
        "Port-Clair, 13 et 14 octobre 2026",
        "Les mots d’ici Une piste Une idée du groupe. Les mots d’ici 2",
        "Bienvenue Bonjour. Bienvenue 3",
        textes(carnet_pdf(seminaire(slug="autre")))[-1],
    ]


@pytest.mark.parametrize(("format", "points"), [("a5", 10.5), ("a4", 12.075), ("gros", 18)])
def test_each_format_has_its_sheet_and_its_smallest_letters(consultation, carnet, format, points):
    programme(consultation)
    pdf = lire(carnet_pdf(consultation, format=format))
    tailles = set()

    def mesurer(mots, _cm, _tm, _police, taille):
        if mots.strip():
            tailles.add(round(taille, 3))

    for feuille in pdf.pages:
        feuille.extract_text(visitor_text=mesurer)
    feuille = (420, 595) if format == "a5" else (595, 842)
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in pdf.pages} == {feuille}
    assert min(tailles) == points


def test_a_grid_of_six_lines_goes_on_over_the_page_its_heads_said_again(consultation):
    lignes = [{"titre": f"Sujet {n}", "aujourd_hui": "Quoi ?", "demain": "Et puis ?"} for n in range(6)]
    composer(consultation, page("grille", titre="Notre grille", consigne="Écrivez.", lignes=lignes))
    pages = textes(carnet_pdf(consultation))
    assert ["Aujourd’hui Demain" in page for page in pages] == [False, True, True, False]
    assert ("Sujet 3" in pages[1], "Sujet 4" in pages[2], "Notre grille, suite" in pages[2]) == (True, True, True)


def test_a_map_is_printed_with_what_is_said_of_it(consultation):
    composer(
        consultation,
        page(
            "pratique",
            titre="Pour venir",
            illustration={"image": image(), "legende": "Depuis la gare."},
            lignes=[{"picto": "i-lieu", "titre": "L’adresse", "texte": "1 rue du Port"}],
        ),
    )
    pdf = carnet_pdf(consultation)
    with pikepdf.open(io.BytesIO(pdf)) as ouvert:
        dits = [str(o.Alt) for o in ouvert.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert ("Le plan" in dits, textes(pdf)[1]) == (
        True,
        "Pour venir Depuis la gare. L’adresse 1 rue du Port Pour venir 2",
    )


def test_what_cannot_be_printed_is_left_out_and_told_where(consultation):
    perdue = image()
    perdue.file.storage.delete(perdue.file.name)
    creuse = "<ul><li>" * 50 + "tout au fond" + "</li></ul>" * 50
    carnet = composer(
        consultation,
        bienvenue("<p>Le 𓀀 du matin, " + "a" * 2000 + ", محمد</p>"),
        page("tendance", titre="T" * 300, illustration={"image": perdue, "legende": ""},
             texte=RichText(creuse), question=""),
    )  # fmt: skip
    lu = bilan(consultation, carnet.corps)
    mot = "Mot de bienvenue («\u202fBienvenue\u202f»)\u202f"
    place = f"Tendance («\u202f{'T' * 300}\u202f»)"
    assert (lu.pages % 4, lu.constats) == (
        0,
        [
            f"{mot}: le signe 𓀀 ne s’imprime pas. Il est remplacé par □.",
            f"{mot}: le mot «\u202f{'a' * 24}…\u202f» est très long. Il est coupé en fin de ligne.",
            f"{place}\u202f: l’image «\u202fLe plan\u202f» ne peut pas être lue. La page sort sans elle.",
            f"{place}\u202f: le mot «\u202f{'T' * 24}…\u202f» est très long. Il est coupé en fin de ligne.",
            f"{place}\u202f: des listes sont rangées trop profond. "
            "Leurs mots sont gardés, pas leur mise en forme.",
        ],
    )
    assert "tout au fond" in " ".join(textes(carnet_pdf(consultation)))


def test_an_empty_programme_leaves_no_empty_page(consultation):
    composer(consultation, ("programme", None), ("axes", None), bienvenue())
    assert [p.genre for p in carnet_de(consultation).pages] == ["tendances", "texte"]


def test_a_booklet_that_makes_itself_costs_one_query_more(consultation, django_assert_num_queries):
    sonia = personne(consultation, ateliers=[programme(consultation)])
    with django_assert_num_queries(7):
        carnet_de(consultation, sonia)
