"""The booklet of Domont, composed: what its organisers wrote and drew, around the pages that make themselves."""

from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model
from wagtail.rich_text import RichText

from contenus import actions
from contenus.models import CarnetCompose

ENCRE, VERT, PALE, CREUX, EAU, SOUCI = "#17211c", "#0f4a36", "#dbe7dc", "#ecead9", "#7fb2e5", "#f5b335"
GRILLE = [
    ("Nos missions", "À quoi sert notre association ?", "À quoi devra-t-elle servir ?"),
    ("Nos métiers", "Que savons-nous faire ?", "Que faudra-t-il apprendre ?"),
    ("L’accueil", "Comment se passe le premier jour ?", "Comment le voudrait-on ?"),
    ("La formation", "Qui apprend, et quand ?", "Qui devrait apprendre ?"),
    ("Le travail", "Qu’est-ce qui fatigue ?", "Qu’est-ce qui soulage ?"),
    ("Les décisions", "Qui décide ?", "Qui devrait être là ?"),
    ("Les partenaires", "Qui nous aide ?", "Qui nous manque ?"),
    ("L’après", "Que devient-on à la sortie ?", "Que voudrait-on garder ?"),
]
PRATIQUE = [
    ("i-lieu", "L’adresse", "Salle des fêtes de Domont. Entrée de plain-pied."),
    ("i-droite", "Le train", "Ligne H, gare de Domont. Puis dix minutes à pied, par le pont."),
    ("i-horloge", "Les repas", "Offerts les deux midis. Sans viande si vous le demandez."),
    ("i-guichet", "L’accueil", "À l’entrée, une personne en gilet vert vous donne votre badge."),
    ("i-question", "Besoin d’aide ?", "Demandez à la personne qui anime, ou à l’accueil."),
]


def poser(equipe, consultation):
    """Compose the booklet, once."""
    if CarnetCompose.objects.filter(consultation=consultation).exists():
        return
    carnet = actions.proposer_carnet(consultation=consultation, par=equipe.edition)
    pages = [(bloc.block_type, bloc.value) for bloc in carnet.corps]
    apres = [sorte for sorte, _valeur in pages].index("axes")
    pages.insert(apres + 1, ("tendance", _tendance()))
    pages = [(sorte, _remplacee(sorte, valeur)) for sorte, valeur in pages]
    actions.garder_carnet(carnet=carnet, corps=pages, revision=carnet.revision, par=equipe.edition)


def _remplacee(sorte, valeur):
    """What the organisers put in the place of what was proposed."""
    if sorte == "couverture":
        return valeur | {"surtitre": "Les réseaux de l’insertion", "couleur": "vert"}
    if sorte == "grille":
        lignes = [{"titre": titre, "aujourd_hui": a, "demain": d} for titre, a, d in GRILLE]
        return valeur | {"lignes": lignes}
    if sorte == "pratique":
        plan = {"image": image("Plan : de la gare à la salle, par le pont.", _plan()), "legende": ""}
        lignes = [{"picto": picto, "titre": titre, "texte": texte} for picto, titre, texte in PRATIQUE]
        return valeur | {"illustration": plan, "lignes": lignes}
    return valeur


def _tendance():
    dessin = image("Deux personnes apprennent un geste devant un établi, sous une horloge.", _etabli())
    return {
        "titre": "Apprendre en faisant",
        "illustration": {"image": dessin, "legende": "Dessin fait pendant les visites."},
        "texte": RichText(
            "<p>Dans les lieux visités, on apprend à deux, sur le lieu de travail. Celui qui montre a du "
            "temps pour montrer.</p><p><b>Ce qui change :</b> ce temps est écrit dans le planning.</p>"
        ),
        "question": "Qui vous a montré votre premier geste de travail ?",
    }


def image(titre, dessin):
    tampon = BytesIO()
    dessin.save(tampon, "PNG")
    tampon.seek(0)
    return get_image_model().objects.create(title=titre, file=ImageFile(tampon, name="dessin.png"))


def _etabli():
    dessin = Image.new("RGB", (1240, 620), PALE)
    trait = ImageDraw.Draw(dessin)
    for gauche in (400, 740):
        trait.ellipse((gauche, 130, gauche + 120, 250), outline=VERT, width=14)
        trait.arc((gauche - 60, 270, gauche + 180, 560), 180, 360, fill=VERT, width=14)
        trait.line((gauche - 60, 415, gauche - 60, 430), fill=VERT, width=14)
        trait.line((gauche + 180, 415, gauche + 180, 430), fill=VERT, width=14)
    for bout in ((200, 430, 1040, 430), (290, 430, 290, 560), (950, 430, 950, 560)):
        trait.line(bout, fill=VERT, width=14)
    trait.rectangle((580, 380, 680, 430), outline=VERT, width=14)
    trait.ellipse((1010, 70, 1140, 200), outline=VERT, width=14)
    trait.line((1075, 135, 1075, 95), fill=VERT, width=12)
    trait.line((1075, 135, 1105, 150), fill=VERT, width=12)
    return dessin


def _plan():
    dessin = Image.new("RGB", (1240, 480), CREUX)
    trait = ImageDraw.Draw(dessin)
    trait.line([(0, 350), (360, 390), (740, 320), (1240, 230)], fill=EAU, width=56, joint="curve")
    for rue in ((0, 140, 1240, 140), (350, 0, 350, 480), (880, 0, 880, 480)):
        trait.line(rue, fill="#ffffff", width=46)
    for pas in range(350, 140, -30):
        trait.line((350, pas, 350, pas - 16), fill=ENCRE, width=12)
    for pas in range(350, 860, 30):
        trait.line((pas, 140, pas + 16, 140), fill=ENCRE, width=12)
    trait.rectangle((290, 350, 410, 450), fill=ENCRE)
    trait.rectangle((325, 375, 375, 420), fill="#ffffff")
    trait.polygon([(880, 145), (835, 60), (925, 60)], fill=SOUCI, outline=ENCRE, width=8)
    trait.ellipse((830, 5, 930, 105), fill=SOUCI, outline=ENCRE, width=8)
    return dessin
