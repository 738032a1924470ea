"""The booklet on paper: tagged, foldable, readable, and deaf to code typed as a name."""

import io

import pikepdf
import pypdf
import pytest

from contenus.impression import carnets, composer
from contenus.impression.carnets import carnet_pdf
from contenus.impression.composer import EchecImpression

from .fabriques_carnet import atelier, personne, programme, seminaire

pytestmark = pytest.mark.django_db


def lire(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


def textes(pdf):
    """The words of each page, blanks evened out."""
    return [" ".join(page.extract_text().split()) for page in lire(pdf).pages]


@pytest.fixture
def consultation():
    return seminaire()


@pytest.fixture
def sonia(consultation):
    return personne(consultation, nom="Ménard", ateliers=[programme(consultation)], code_personnel="K7P4M2XD")


def test_the_booklet_is_tagged_titled_and_in_french(consultation):
    with pikepdf.open(io.BytesIO(carnet_pdf(consultation))) as pdf:
        assert (
            bool(pdf.Root.MarkInfo.Marked),
            "/StructTreeRoot" in pdf.Root,
            str(pdf.Root.Lang),
            str(pdf.docinfo["/Title"]),
            bool(pdf.Root.ViewerPreferences.DisplayDocTitle),
            pdf.open_metadata().get("pdfuaid:part"),
        ) == (True, True, "fr", "Carnet du participant – Nos missions, nos métiers", True, "1")


def test_every_page_is_a5(consultation):
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in lire(carnet_pdf(consultation)).pages} == {
        (420, 595)
    }


@pytest.mark.parametrize("axes", range(5))
def test_pages_go_by_four_and_the_back_cover_is_last(consultation, axes):
    programme(consultation)
    for rang in range(axes):
        consultation.axes.create(titre=f"Axe {rang}")
    pages = textes(carnet_pdf(consultation))
    assert (len(pages) % 4, pages[-1].startswith("Et après"), pages[0].startswith("Germoir")) == (0, True, True)


def test_the_words_of_my_booklet(consultation, sonia):
    """The golden text: what a reader, or a screen reader, gets of each page."""
    assert textes(carnet_pdf(consultation, sonia)) == [
        "Germoir Carnet du participant Nos missions, nos métiers Ce carnet est à Sonia Ménard "
        "Port-Clair, 13 et 14 octobre 2026",
        "Ce carnet est à vous 1 Écrivez dedans. Des mots, des dessins, comme vous voulez. 2 Proposez. "
        "Avec votre téléphone, ou avec une carte en papier. C’est pareil. 3 Votez. Tout le monde a le "
        "même nombre de gommettes. 4 Suivez votre idée. Le carré de « Ma page à moi », page 9, ouvre "
        "votre page à vous. Deux groupes, deux signes Salariés en parcours Permanents Une règle : on "
        "écoute jusqu’au bout, sans se moquer. Carnet du participant 2",
        "Mardi 13 octobre Planter le décor de 9 h 30 à 12 h 30 Faire germer des idées de 14 h à 17 h 30 "
        "Apprendre à deux Salle Tilleul J’y ai ma place. Programme 3",
        "Mercredi 14 octobre Faire fructifier des propositions de 9 h à 12 h 30 Semer l’avenir de 13 h "
        "30 à 16 h Programme 4",
        "De quoi parle-t-on ? Voici ce que d’autres ont déjà remarqué. Et chez vous ? Apprendre et "
        "transmettre On apprend mieux à deux. Ce temps est reconnu. Chez nous, c’est… De quoi parle-t-on"
        " ? 5",
        "Nos missions, nos métiers Écrivez ou dessinez. Toutes les réponses comptent. Aujourd’hui Demain"
        " Nos missions À quoi sert notre association ? À quoi devra-t-elle servir ? Nos métiers Que "
        "savons-nous bien faire ? Que faudra-t-il apprendre ? Grille de questions 6",
        "Mes ateliers Ce que j’ai envie d’y dire. Quelques mots suffisent. Apprendre à deux Mardi 13 "
        "octobre, 14 h · Salle Tilleul Qu’est-ce qui aide à apprendre ? Mes ateliers 7",
        "Mes idées Une idée par bloc. Recopiez sur votre téléphone celles que vous voulez proposer. "
        "Première idée Deuxième idée Troisième idée Mes idées 8",
        "Ma page à moi Qu’est devenue ma proposition ? Visez le carré avec l’appareil photo de votre "
        "téléphone. Sans appareil photo : 127.0.0.1:8000/moi puis le code K7P4 M2XD Gardez ce code pour "
        "vous. Il ouvre votre page. Il ne dit pas votre nom. Les pistes que je veux suivre Piste n° "
        "Piste n° Piste n° Ma page à moi 9",
        "Notes Notes 10",
        "Notes Notes 11",
        "Et après ? Dans les jours qui suivent Des personnes écrivent la synthèse de nos pistes. "
        "Quand elle est prête La synthèse est publiée. Chaque phrase dit d’où elle vient. "
        "Ensuite Le Fil d’Info arrive dans votre structure. Demandez-le. La personne qui peut m’aider "
        "Son prénom Son téléphone Ce qui se dit en atelier ne se perd pas.",
    ]


HOSTILES = [
    '#read("/etc/passwd")',
    "#panic() $x^2$ *gras* _it_ `code`",
    r"\ \u{41} <label> @ref // note",
    "]) #show: none",
    "= Titre\n- liste",
]


@pytest.mark.parametrize("nom", HOSTILES)
def test_typst_code_typed_as_a_name_is_printed_as_it_is(consultation, nom):
    atelier_vise = programme(consultation)
    sonia = personne(consultation, prenom=nom[:40])
    atelier_vise.espace.titre = nom
    atelier_vise.espace.save()
    pages = textes(carnet_pdf(consultation, sonia))
    assert " ".join(nom[:40].split()) in pages[0]
    assert " ".join(nom.split()) in " ".join(pages[2].split())


@pytest.mark.parametrize(
    "nom",
    [
        "😀👩‍🌾🇫🇷",
        "中文名字",
        "محمد",
        "שרה",
        "Zoë\u0301\u202e",
        "a" * 40,
        "\ufe0f\u200d",
        "नमस्ते",
        "\U0010ffff",
        "\u0378",
    ],
)
def test_no_name_stops_a_booklet(consultation, nom):
    sonia = personne(consultation, prenom=nom)
    assert len(textes(carnet_pdf(consultation, sonia))) % 4 == 0


def test_a_word_of_ten_thousand_letters_breaks_inside_the_margins(consultation):
    consultation.axes.create(titre="x" * 160, chapeau="y" * 10_000)
    assert len(textes(carnet_pdf(consultation))) % 4 == 0


def test_many_workshops_flow_on_and_stay_foldable(consultation):
    programme(consultation)
    for rang in range(40):
        atelier(consultation, f"Atelier {rang} : " + "accueillir, donner sa place " * 3, rang=rang % 4)
    pages = textes(carnet_pdf(consultation))
    assert len(pages) % 4 == 0
    assert all(any(f"Atelier {rang} :" in page for page in pages) for rang in range(40))


def test_a_booklet_that_cannot_be_made_says_whose(consultation, sonia, monkeypatch, tmp_path):
    (tmp_path / "carnet.typ").write_text("#panic()")
    monkeypatch.setattr(composer, "GABARITS", tmp_path)
    with pytest.raises(EchecImpression) as echec:
        carnets.carnet_pdf(consultation, sonia)
    assert echec.value.nom == "carnet de Sonia"
