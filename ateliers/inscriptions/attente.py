"""A list between its file and its confirmation: plain data that a session keeps, and what is read of it."""

from string import ascii_uppercase

from django.utils.translation import gettext as _

from .colonnes import CHAMPS, ENTETES_TENTEES, rang_des_entetes, reconnaitre
from .lignes import liste_de, meilleure_feuille

EXEMPLES = 3


def de_classeur(classeur):
    """Return the data of a `Classeur` just read: its sheets, the likeliest one, its headers and their fields."""
    choisie = classeur.feuilles.index(meilleure_feuille(classeur.feuilles))
    donnees = {
        "feuilles": [{"nom": f.nom, "lignes": f.lignes, "fusions": f.fusions} for f in classeur.feuilles],
        "cachees": list(classeur.cachees),
        "mots": {},
    }
    return donnees | _lecture(donnees, choisie, None)


def relire(donnees, feuille, entete):
    """Return what changes when another sheet, or row of headers, is chosen; what means nothing is ignored."""
    rangs = {str(rang): rang for rang in range(len(donnees["feuilles"]))}
    choisie = rangs.get(feuille, donnees["feuille"])
    meme = choisie == donnees["feuille"]
    rangs = {str(rang): rang for rang, _cellules in enumerate(donnees["feuilles"][choisie]["lignes"])}
    return _lecture(donnees, choisie, rangs.get(entete) if meme else None)


def _lecture(donnees, feuille, rang):
    lignes = donnees["feuilles"][feuille]["lignes"]
    rang = rang_des_entetes(lignes) if rang is None else rang
    return {"feuille": feuille, "rang": rang, "champs": reconnaitre(lignes[rang][1])}


def liste(donnees):
    """The `Liste` of what waits."""
    return liste_de(donnees["feuilles"][donnees["feuille"]]["lignes"], donnees["rang"], donnees["champs"])


def feuilles(donnees):
    """[(rank, name, number of rows, whether it is the one that is read)]."""
    return [
        (rang, feuille["nom"], len(feuille["lignes"]), rang == donnees["feuille"])
        for rang, feuille in enumerate(donnees["feuilles"])
    ]


def debut(donnees):
    """First rows of the sheet: [(rank, number, cells, whether it is the row of headers)]."""
    lignes = donnees["feuilles"][donnees["feuille"]]["lignes"][:ENTETES_TENTEES]
    return [(rang, numero, cellules, rang == donnees["rang"]) for rang, (numero, cellules) in enumerate(lignes)]


def colonnes(donnees):
    """Each column: its rank, letter, header, field and first values."""
    lignes = donnees["feuilles"][donnees["feuille"]]["lignes"]
    entetes, suite = lignes[donnees["rang"]][1], lignes[donnees["rang"] + 1 :]
    largeur = max(len(entetes), *(len(cellules) for _numero, cellules in suite[:50]), 0)
    rendues = []
    for rang in range(largeur):
        valeurs = [cellules[rang] for _numero, cellules in suite if rang < len(cellules) and cellules[rang]]
        rendues.append(
            {
                "rang": rang,
                "lettre": ascii_uppercase[rang] if rang < 26 else f"A{ascii_uppercase[rang - 26]}",
                "entete": entetes[rang] if rang < len(entetes) else "",
                "champ": donnees["champs"][rang] if rang < len(donnees["champs"]) else "",
                "exemples": list(dict.fromkeys(valeurs))[:EXEMPLES],
            }
        )
    return rendues


def champs_dits(donnees, dites):
    """Return (field of each column as posted under "colonne-<rank>", sentence saying what is wrong or "")."""
    champs = [dites.get(f"colonne-{c['rang']}", c["champ"]) for c in colonnes(donnees)]
    champs = [champ if champ in CHAMPS else "" for champ in champs]
    for champ in CHAMPS:
        if champ != "ateliers" and champs.count(champ) > 1:
            return champs, _("Deux colonnes disent « %(champ)s ». Gardez-en une.") % {"champ": CHAMPS[champ]}
    manquantes = [str(CHAMPS[champ]) for champ in ("prenom", "college") if champ not in champs]
    if manquantes:
        dit = _("Dites quelle colonne donne : %(champs)s.") % {"champs": ", ".join(manquantes)}
        return champs, dit
    return champs, ""
