"""The body of a page (its stream of blocks) as plain data for paper."""

from django.utils.translation import gettext as _

from ..carnet.carres import adresse_de
from ..lectures.barres import vote_de
from ..models.blocs_grille import grille_en_ligne
from . import texte_riche
from .images import image_svg


def corps(flux):
    """Return the blocks of a CorpsBloc stream, in order; what a page shows and paper cannot is left out."""
    lus = (_LECTEURS[enfant.block_type](enfant.value) for enfant in flux)
    return [bloc for lu in lus for bloc in (lu if isinstance(lu, list) else [lu]) if bloc]


def _image(valeur):
    image = valeur["image"]
    lue = image_svg(image)
    if lue is None:
        return None
    dit = getattr(image, "contextual_alt_text", "") or image.title
    return {"genre": "image", "svg_image": lue[0], "description": dit, "legende": valeur["legende"]}


def _lien(titre, adresse, precision=""):
    return {"genre": "lien", "titre": titre, "lien": texte_riche.adresse(adresse), "precision": precision}


def _run(mots, *, gras=False):
    return {"t": str(mots), "gras": gras, "lien": ""}


def _lignes(genre, couples):
    """Short lines, each a label in bold and what it says."""
    blocs = [
        {"genre": "p", "runs": [_run(nom, gras=True), _run(f" {texte}" if nom else texte)]}
        for nom, texte in couples
        if nom or texte
    ]
    return {"genre": genre, "blocs": blocs} if blocs else None


def _tableau(valeur):
    """A table with its header: `colonnes`, then `lignes`, of words alone; nothing when it has no row."""
    colonnes = [colonne["heading"] for colonne in valeur.columns]
    lignes = [[str(_mots(case)) for case in ligne] for ligne in valeur.rows]
    titre = valeur.caption or ""
    return {"genre": "tableau", "titre": titre, "colonnes": colonnes, "lignes": lignes} if lignes else None


def _mots(case):
    """The words of one cell: rich text without its markup, an empty cell as nothing."""
    if case.block.name == "redige":
        return " ".join(run["t"] for bloc in texte_riche.blocs(case.value.source) for run in bloc.get("runs", []))
    return "" if case.value is None else case.value


def _scrutin(valeur):
    """The results of a vote, told: under each piste its total, then each college with its figure."""
    vote = vote_de(valeur["synthese"], valeur["vote"])
    if vote is None:
        return None
    couples = [(valeur["titre"], ""), ("", vote.tableau.regle)]
    for ligne in vote.lignes:
        dits = [ligne.total, ligne.points, *(f"{part.college.nom}\u202f: {part.texte}" for part in ligne.parts)]
        dits += [ligne.sans_detail, ligne.verdict.motif]
        nom = _("Piste n° %(n)s") % {"n": ligne.piste.numero}
        couples.append((nom, f"{ligne.piste.texte} ({' ; '.join(filter(None, map(str, dits)))})"))
    return _lignes("texte", [*couples, ("", vote.tableau.explication), ("", vote.tableau.portee)])


def _grille(valeur):
    """Where to answer: the address and the code, for whoever reads the page on paper."""
    grille = grille_en_ligne(valeur["code"])
    if grille is None:
        return None
    ou = adresse_de(f"/g/{grille.code}/")
    return _lignes(
        "encadre", [(grille.titre, ""), ("", valeur["phrase"] or grille.chapeau), (_("Répondre :"), ou)]
    )


def _fiche(valeur):
    """A fiche that is cited, by its number and its address; one that is no longer published is not there."""
    page = valeur["fiche"] and valeur["fiche"].specific
    return _lien(str(page), page.full_url, valeur["precision"]) if page and page.live else None


def _personne(valeur):
    """Someone: their name, what they do, their words; beside their photo, where there is one that can be read."""
    dite = _lignes("texte", [(valeur["nom"], valeur["role"]), ("", valeur["texte"])])
    photo = valeur["photo"] and image_svg(valeur["photo"])
    return {"genre": "personne", "svg_photo": photo[0], "blocs": dite["blocs"]} if photo and dite else dite


def _graphique(valeur):
    barres = [{"nom": barre.nom, "dite": barre.dite, "part": barre.part} for barre in valeur.lues]
    return {"genre": "graphique", "titre": valeur["titre"], "barres": barres, "source": valeur["source"] or ""}


def _chiffres(valeur):
    chiffres = [[chiffre["nombre"], chiffre["dit"]] for chiffre in valeur["chiffres"]]
    return {"genre": "chiffres", "chiffres": chiffres, "source": valeur["source"] or ""}


def _titre(mots, niveau=2):
    return {"genre": "titre", "niveau": niveau, "runs": [{"t": mots, "gras": False, "lien": ""}]}


def _regions(valeur):
    """A title, then each region under its own, with the address of its synthesis while that is published."""
    blocs = []
    for ligne in valeur["regions"]:
        blocs += [_titre(ligne["region"], 3), {"genre": "p", "runs": [_run(ligne["texte"])]}]
        synthese = ligne["synthese"]
        if synthese and synthese.live:
            lu = {"t": _("Lire la synthèse"), "gras": False, "lien": texte_riche.adresse(synthese.full_url)}
            blocs.append({"genre": "p", "runs": [lu]})
    return [_titre(valeur["titre"]), {"genre": "texte", "blocs": blocs}]


def _questions(valeur):
    blocs = []
    for question in valeur["questions"]:
        blocs.append({"genre": "p", "runs": [_run(question["question"], gras=True)]})
        blocs += texte_riche.blocs(question["reponse"].source)
    return {"genre": "texte", "blocs": blocs}


_LECTEURS = {
    "titre": _titre,
    "texte": lambda texte: {"genre": "texte", "blocs": texte_riche.blocs(texte.source)},
    "encadre": lambda texte: {"genre": "encadre", "blocs": texte_riche.blocs(texte.source)},
    "image": _image,
    "document": lambda v: v["document"] and _lien(v["document"].title, v["document"].url, v["precision"]),
    "bouton": lambda v: _lien(v["libelle"], v["lien"]),
    "tableau": _tableau,
    "citation": lambda v: _lignes("encadre", [(f"« {v['mots']} »", v["qui"])]),
    "deux_colonnes": lambda v: _lignes("texte", [(ligne["nom"], ligne["texte"]) for ligne in v["lignes"]]),
    "personne": _personne,
    "chiffres": _chiffres,
    "graphique": _graphique,
    "regions": _regions,
    "frise": lambda v: _lignes(
        "texte", [(e["quand"], f"{e['titre']}. {e['texte']}".strip()) for e in v["etapes"]]
    ),
    "questions": _questions,
    "scrutin": _scrutin,
    "grille": _grille,
    "fiche": _fiche,
    "identite": lambda v: None,
    "contact": lambda v: None,
}
