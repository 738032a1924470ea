"""One row of the organiser's list, as read: nothing has been checked against the consultation yet."""

from dataclasses import asdict, dataclass

from .colonnes import rang_des_entetes, ranger, reconnaitre, simplifier
from .fichier import lire

TOTAUX = ("total", "soustotal", "totalgeneral", "totaux")


@dataclass(frozen=True)
class Ligne:
    """What one row says, in the words of the file. `numero` is its row in the spreadsheet."""

    numero: int
    prenom: str
    college: str
    nom: str = ""
    structure: str = ""
    ville: str = ""
    territoire: str = ""
    ateliers: tuple[str, ...] = ()
    courriel: str = ""
    accord: str = ""

    def en_donnees(self):
        return asdict(self)


@dataclass(frozen=True)
class Liste:
    """`avec_ateliers`: the file speaks of workshops, so that places it leaves out are to be given back.

    `totaux`: numbers of the rows that only sum up, left out. `manquantes`: fields without which nobody registers.
    """

    lignes: tuple[Ligne, ...]
    ignorees: tuple[str, ...]
    avec_ateliers: bool
    totaux: tuple[int, ...] = ()
    manquantes: tuple[str, ...] = ()


def lire_liste(octets):
    """Return the `Liste` of the likeliest sheet of a file; raise Refus when it cannot be read."""
    feuille = meilleure_feuille(lire(octets).feuilles)
    rang = rang_des_entetes(feuille.lignes)
    return liste_de(feuille.lignes, rang, reconnaitre(feuille.lignes[rang][1]))


def meilleure_feuille(feuilles):
    """Return the sheet whose headers name the most columns; the first one when they are as good."""

    def score(feuille):
        entetes = feuille.lignes[rang_des_entetes(feuille.lignes)][1]
        return len(set(reconnaitre(entetes)) - {""})

    return max(feuilles, key=score)


def liste_de(lignes, rang, champs):
    """Return the `Liste` of numbered rows: headers at `rang`, `champs` saying what each column is."""
    colonnes = ranger(lignes[rang][1], champs)
    simples = ("prenom", "college", "nom", "structure", "ville", "territoire", "courriel", "accord")
    gardees, totaux = [], []
    for numero, cellules in lignes[rang + 1 :]:
        if est_un_total(cellules) and not colonnes.valeur("college", cellules):
            totaux.append(numero)
            continue
        lus = {champ: " ".join(colonnes.valeur(champ, cellules).split()) for champ in simples}
        if any(lus.values()) or colonnes.valeurs("ateliers", cellules):
            gardees.append(Ligne(numero=numero, ateliers=tuple(colonnes.valeurs("ateliers", cellules)), **lus))
    manquantes = tuple(champ for champ in ("prenom", "college") if champ not in colonnes.places)
    return Liste(tuple(gardees), colonnes.ignorees, "ateliers" in colonnes.places, tuple(totaux), manquantes)


def est_un_total(cellules):
    return any(simplifier(cellule) in TOTAUX for cellule in cellules)
