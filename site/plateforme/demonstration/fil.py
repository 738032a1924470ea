"""What number 4 of the newsletter tells beside its pistes: one block of each kind that a number may hold."""

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.documents.models import Document
from wagtail.rich_text import RichText

from consultation.gestion.tableur import en_xlsx

from .carnet import ENCRE, PALE, SOUCI, VERT, image

SALLES = [("Matin", "Nos missions", 30), ("Matin", "Nos métiers", 28), ("Après-midi", "L’accueil", 32)]


def corps(page):
    """Return the body of the number, with the figures of the published synthesis `page` and no others."""
    chiffres = page.contenu["chiffres"]
    return [
        ("titre", "La journée en chiffres"),
        (
            "chiffres",
            {
                "chiffres": [
                    {"nombre": str(chiffres["participants"]), "dit": "personnes"},
                    {"nombre": str(chiffres["structures"]), "dit": "structures"},
                    {"nombre": str(chiffres["pistes"]), "dit": "pistes"},
                ],
                "source": "Chiffres de la synthèse publiée.",
            },
        ),
        (
            "graphique",
            {
                "titre": "Qui était là ?",
                "unite": "personnes",
                "barres": [{"nom": c["nom"], "valeur": c["n"]} for c in page.contenu["colleges"] if c["n"]],
                "source": "Inscriptions de la journée.",
            },
        ),
        ("titre", "Portrait"),
        ("personne", {"photo": image("Le visage d’une jardinière, dessiné.", _visage()), **PORTRAIT}),
        ("citation", {"mots": "On m’a laissé le temps de rater. Après, j’ai réussi.", "qui": "une salariée"}),
        ("regions", _regions(page)),
        ("titre", "Comment la journée s’est passée"),
        (
            "image",
            {"image": image("Huit chaises en rond, vues d’en haut.", _cercle()), "legende": "Huit par table."},
        ),
        (
            "texte",
            RichText("<p>Chacun écrit seul d’abord, puis on lit ensemble. Voici les trois premières tables.</p>"),
        ),
        ("tableau", _tableau()),
        ("document", {"document": _document(), "precision": "à remplir en équipe"}),
        ("titre", "Agenda"),
        ("frise", {"etapes": AGENDA}),
    ]


PORTRAIT = {
    "nom": "Inès, jardinière",
    "role": "En parcours depuis huit mois",
    "texte": "Elle montre les semis à ceux qui arrivent. Elle dit que montrer lui a appris à expliquer.",
}
AGENDA = [
    {"quand": "Dans un mois", "titre": "Le groupe qualité se réunit", "texte": "Il lit les réponses aux pistes."},
    {"quand": "Au printemps", "titre": "Les visites", "texte": "Six entreprises ouvrent leurs portes."},
]


def _regions(page):
    return {
        "titre": "Région par région",
        "regions": [
            {
                "region": page.lieu_dit,
                "texte": "Une journée, des tables de huit. Chaque collège a voté ; on voit ce qu’il a choisi.",
                "synthese": page,
            },
            {
                "region": "Île-de-France",
                "texte": "Le séminaire se prépare à Domont : deux jours, huit ateliers.",
                "synthese": None,
            },
        ],
    }


def _tableau():
    colonnes = [("texte", "Quand"), ("texte", "Sur quoi"), ("nombre", "Propositions")]
    return {
        "columns": [{"type": genre, "heading": titre} for genre, titre in colonnes],
        "rows": [{"values": list(ligne)} for ligne in SALLES],
        "caption": "Trois tables de la journée",
    }


def _document():
    titre, entetes = "Notre feuille de route", ["Ce que nous regardons", "Aujourd’hui", "Dans un an"]
    feuille = (titre, entetes, [["L’accueil du premier jour", "", ""], ["Le temps d’apprendre", "", ""]])
    fichier = ContentFile(en_xlsx([feuille]), "feuille-de-route.xlsx")
    return Document.objects.create(title=titre, file=fichier)


def _visage():
    dessin = Image.new("RGB", (480, 480), PALE)
    trait = ImageDraw.Draw(dessin)
    trait.ellipse((150, 130, 330, 330), outline=VERT, width=14)
    trait.pieslice((110, 60, 370, 250), 180, 360, fill=SOUCI, outline=ENCRE, width=10)
    trait.line((90, 158, 390, 158), fill=ENCRE, width=14)
    for gauche in (195, 265):
        trait.ellipse((gauche, 205, gauche + 20, 225), fill=ENCRE)
    trait.arc((195, 225, 285, 295), 20, 160, fill=ENCRE, width=10)
    trait.arc((70, 350, 410, 640), 180, 360, fill=VERT, width=14)
    return dessin


def _cercle():
    dessin = Image.new("RGB", (1240, 480), PALE)
    trait = ImageDraw.Draw(dessin)
    trait.ellipse((480, 100, 760, 380), fill="#ffffff", outline=VERT, width=14)
    for x, y in ((620, 40), (760, 90), (830, 240), (760, 390), (620, 440), (480, 390), (410, 240), (480, 90)):
        trait.ellipse((x - 32, y - 32, x + 32, y + 32), fill=SOUCI, outline=ENCRE, width=8)
    return dessin
