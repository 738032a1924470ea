"""One row of the organiser's list, as read: nothing has been checked against the consultation yet."""

from dataclasses import asdict, dataclass

from .colonnes import reconnaitre
from .fichier import lire_tableau


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

    def en_donnees(self):
        return asdict(self)

    @classmethod
    def de_donnees(cls, donnees):
        return cls(**{**donnees, "ateliers": tuple(donnees["ateliers"])})


@dataclass(frozen=True)
class Liste:
    """`avec_ateliers`: the file speaks of workshops, so that places it leaves out are to be given back."""

    lignes: tuple[Ligne, ...]
    ignorees: tuple[str, ...]
    avec_ateliers: bool


def lire_liste(octets):
    """Return the `Liste` held by the bytes of an XLSX or CSV file; raise Refus when it cannot be read."""
    tableau = lire_tableau(octets)
    colonnes = reconnaitre(tableau.entetes)
    champs = ("prenom", "college", "nom", "structure", "ville", "territoire", "courriel")
    lignes = tuple(
        Ligne(
            numero=numero,
            ateliers=tuple(colonnes.valeurs("ateliers", cellules)),
            **{champ: " ".join(colonnes.valeur(champ, cellules).split()) for champ in champs},
        )
        for numero, cellules in tableau.lignes
    )
    return Liste(lignes, colonnes.ignorees, "ateliers" in colonnes.places)
