"""A collection of fiches from a spreadsheet: its columns, its wrong rows by their number, then the pages."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ateliers.inscriptions.fichier import lire
from consultation.erreurs import Refus
from consultation.models import Journal
from contenus import actions
from contenus.lectures.import_fiches import CELLULE_MAX, ce_qui_manque, champ_de, de_feuilles, verifier
from contenus.models import CasPage, DispositifPage, FichePage, FichesIndexPage
from tests import fabriques as f

from .fabriques_fiches import creer_cas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]
ENTETES = ["N°", "Titre", "Type", "Catégorie", "Région", "Année", "Résumé", "Code APE", "Description"]
JUSTE = [
    12,
    "Le premier jour",
    "",
    "Accueil",
    "Hauts-de-France",
    2025,
    "Un parrain.",
    "8899B",
    "Deux heures.\n\nEnsuite.",
]


def classeur(*lignes, fusions=()):
    """The bytes of an XLSX, a title above its headers."""
    livre = openpyxl.Workbook()
    for ligne in (["Nos fiches"], ENTETES, *lignes):
        livre.active.append(ligne)
    for zone in fusions:
        livre.active.merge_cells(zone)
    octets = io.BytesIO()
    livre.save(octets)
    return octets.getvalue()


def lu(*lignes, **autres):
    return de_feuilles(lire(classeur(*lignes, **autres), CELLULE_MAX).feuilles)


def csv(*lignes):
    octets = "\n".join(";".join(str(c or "").replace("\n", " ") for c in ligne) for ligne in (ENTETES, *lignes))
    return de_feuilles(lire(octets.encode(), CELLULE_MAX).feuilles)


def juger(*lignes):
    lues = csv(*lignes)
    return [(v.ligne, v.erreurs) for v in verifier(lues["lignes"], lues["champs"])]


def simple(texte):
    """With ordinary spaces."""
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def sans(rang, valeur=""):
    return [valeur if i == rang else mot for i, mot in enumerate(JUSTE)]


def test_headers_are_known_by_their_habits_and_merged_cells_say_the_same_of_each_row():
    lues = lu(JUSTE, [13, "Deux", "dispositif", None, "Bretagne", 2024, "En bref.", "", ""], fusions=["D3:D4"])
    verdicts = verifier(lues["lignes"], lues["champs"])
    assert [(v.ligne, v.erreurs) for v in verdicts] == [(3, []), (4, [])]
    premiere, seconde = (v.page for v in verdicts)
    assert (type(premiere), type(seconde)) == (CasPage, DispositifPage)
    assert (seconde.categorie, lues["fusions"]) == ("Accueil", 1)
    assert (premiere.code_ape, premiere.nomenclature, premiere.region) == ("88.99B", "rev2", "32")
    assert premiere.description == "<p>Deux heures.</p><p>Ensuite.</p>"


@pytest.mark.parametrize(
    ("rang", "valeur", "dit"),
    [
        (0, "", "il manque : Numéro."),
        (0, "douze", "Numéro : « douze » n’est pas un nombre entier."),
        (0, "7", "une fiche a déjà le numéro 7."),
        (2, "roman", "« roman » n’est pas un genre. Écrivez : cas, ou dispositif."),
        (4, "Le Nord", "« Le Nord » n’est pas une région. Écrivez-la en entier, comme : Hauts-de-France."),
        (7, "853K", "Code APE : 853K est un code d’avant 2008 : il n’a que trois chiffres. "
         "Cherchez le code d’aujourd’hui, comme 88.99B."),
        (5, "2027", "Code APE : 88.99B est un code de l’ancienne nomenclature (NAF rév. 2). "
         "Depuis le 1er janvier 2027, il faut celui de la NAF 2025."),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_with_what_is_wrong(rang, valeur, dit):
    creer_cas(7)
    [(ligne, erreurs)] = juger(sans(rang, valeur))
    assert (ligne, [simple(e) for e in erreurs]) == (2, [dit])


def test_a_number_said_twice_in_the_table_is_told_with_the_row_that_has_it():
    assert juger(JUSTE, JUSTE) == [(2, []), (3, ["la ligne 2 a déjà le numéro 12."])]


def test_a_category_takes_the_spelling_that_is_already_there():
    creer_cas(7, categorie="Accueil des personnes")
    lues = csv(sans(3, "accueil des Personnes"))
    assert verifier(lues["lignes"], lues["champs"])[0].page.categorie == "Accueil des personnes"


def avec_partenaires(cellule):
    """The only verdict of a shared scheme whose cell says its partners so."""
    entetes, ligne = [*ENTETES, "Partenaires"], [*sans(2, "dispositif"), cellule]
    ligne[7] = ""
    lues = {"champs": [champ_de(entete) for entete in entetes], "lignes": [(2, [str(c) for c in ligne])]}
    (verdict,) = verifier(lues["lignes"], lues["champs"])
    return verdict


def test_partners_come_in_one_a_line_with_their_role():
    page = avec_partenaires(
        "Les structures : elles repèrent les besoins\n\nLa ville : une salle, le mardi : gratuite"
    ).page
    assert [dict(bloc.value) for bloc in page.partenaires] == [
        {"nom": "Les structures", "role": "elles repèrent les besoins"},
        {"nom": "La ville", "role": "une salle, le mardi : gratuite"},
    ]


@pytest.mark.parametrize(
    ("cellule", "dit"),
    [
        ("La ville", "Partenaires : « La ville » : il manque son rôle. "
         "Écrivez « nom : rôle », un par ligne."),
        (": une salle", "Partenaires : « : une salle » : il manque son rôle. "
         "Écrivez « nom : rôle », un par ligne."),
        (f"{'V' * 161} : x", f"Partenaires : « {'V' * 40} » est trop long : 160 signes pour le nom, "
         "600 pour le rôle."),
    ],
)  # fmt: skip
def test_a_partner_without_a_role_or_too_long_is_named(cellule, dit):
    assert [simple(e) for e in avec_partenaires(cellule).erreurs] == [dit]


def test_tags_in_a_cell_are_words():
    lues = csv(sans(8, "<script>x</script>"))
    assert verifier(lues["lignes"], lues["champs"])[0].page.description == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


def test_columns_that_every_fiche_needs_are_asked_for():
    assert (
        simple(ce_qui_manque(["numero", "titre", "annee", ""]))
        == "Dites quelle colonne donne : Catégorie, En bref."
    )
    assert simple(ce_qui_manque(["titre", "titre"])) == "Deux colonnes disent « Titre ». Gardez-en une."


def test_right_rows_become_pages_once_and_the_journal_says_how_many():
    lues = csv(JUSTE, sans(0, "zéro"), sans(0, 13))
    autres = {"lignes": lues["lignes"], "champs": lues["champs"], "publier": True, "par": None}
    assert actions.importer_fiches(**autres) == 2
    assert list(FichePage.objects.live().order_by("numero").values_list("numero", "slug")) == [
        (12, "le-premier-jour"),
        (13, "le-premier-jour-2"),
    ]
    entree = Journal.objects.get(verbe="importer_fiches")
    assert entree.details == {"fiches": 2, "publiees": True}
    with pytest.raises(Refus) as refus:
        actions.importer_fiches(**autres)
    assert (refus.value.code, FichePage.objects.count()) == ("rien", 2)


def test_only_those_who_publish_there_import():
    lues = csv(JUSTE)
    with pytest.raises(Refus) as refus:
        actions.importer_fiches(lignes=lues["lignes"], champs=lues["champs"], publier=False, par=f.creer_compte())
    assert (refus.value.statut, FichePage.objects.count()) == (403, 0)


def test_an_editor_reads_what_will_be_made_then_makes_it(client):
    client.force_login(f.creer_editeur(f.creer_consultation()))
    fichier = SimpleUploadedFile("fiches.xlsx", classeur(JUSTE, [13, *sans(7, "853K")[1:]]))
    vers = client.post(reverse("contenus_importer_fiches"), {"fichier": fichier})
    assert vers["Location"] == reverse("contenus_apercu_fiches")
    page = client.get(vers["Location"]).text
    assert ("<strong>Ligne 4" in page, "853K est un code d’avant 2008" in page) == (True, True)
    assert FichePage.objects.count() == 0
    jeton = client.session["fiches_a_importer"]["jeton"]
    refus = client.post(vers["Location"], {"jeton": jeton, "colonne-6": "", "importer": "1"})
    assert (refus.status_code, "Dites quelle colonne donne : En bref." in simple(refus.text)) == (422, True)
    client.post(vers["Location"], {"jeton": jeton, "colonne-6": "en_bref", "importer": "1"})
    assert list(CasPage.objects.values_list("numero", "live", "categorie")) == [(12, False, "Accueil")]
    assert client.get(vers["Location"])["Location"] == reverse("contenus_importer_fiches")


def test_a_file_that_is_no_table_is_refused_in_words(client):
    client.force_login(f.creer_editeur(f.creer_consultation()))
    envoi = {"fichier": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 rien")}
    refus = client.post(reverse("contenus_importer_fiches"), envoi)
    assert (refus.status_code, "Ce fichier est abîmé." in refus.text) == (422, True)


def test_the_example_is_a_table_that_the_import_takes_whole(client):
    client.force_login(f.creer_editeur(f.creer_consultation()))
    lues = de_feuilles(lire(client.get(reverse("contenus_exemple_fiches")).content, CELLULE_MAX).feuilles)
    verdicts = verifier(lues["lignes"], lues["champs"])
    assert ("" in lues["champs"], [v.erreurs for v in verdicts]) == (False, [[], []])


def test_rows_are_checked_in_the_same_queries_whatever_their_number(django_assert_num_queries):
    lues = csv(*(sans(0, n) for n in range(1, 30)))
    for combien in (2, 29):
        with django_assert_num_queries(3):
            verifier(lues["lignes"][:combien], lues["champs"])


def test_a_site_without_the_shelf_gets_it_with_its_first_fiches():
    FichesIndexPage.objects.all().delete()
    lues = csv(JUSTE)
    actions.importer_fiches(lignes=lues["lignes"], champs=lues["champs"], publier=False, par=None)
    assert FichePage.objects.get().get_parent().specific == FichesIndexPage.objects.get()
