"""Which column says what, whatever the accents, the case and the habits of who made the list."""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultation.erreurs import Refus

NOMS = {
    "prenom": ("prenom", "prenoms", "surnom", "prenomousurnom", "firstname"),
    "nom": ("nom", "noms", "nomdefamille", "nomusage", "lastname"),
    "structure": (
        "structure",
        "structures",
        "organisme",
        "organisation",
        "association",
        "entreprise",
        "employeur",
        "siae",
        "nomdelastructure",
    ),
    "ville": ("ville", "commune", "localite", "villedelastructure"),
    "college": ("college", "colleges", "qualite", "statut"),
    "territoire": ("territoire", "region", "departement"),
    "ateliers": ("atelier", "ateliers", "choixdateliers", "choix", "ateliersouhaites"),
    "courriel": ("courriel", "email", "mail", "mel", "adressemail", "adresseemail", "adressedecourriel"),
}
_CHAMP_PAR_NOM = {nom: champ for champ, noms in NOMS.items() for nom in noms}
OBLIGATOIRES = {"prenom": "Prénom", "college": "Collège"}


def simplifier(texte):
    """Key under which names are compared: no accents, no case, letters and digits only.

    >>> simplifier("Salariés  en parcours")
    'salariesenparcours'
    """
    decompose = unicodedata.normalize("NFKD", texte or "")
    return "".join(c for c in decompose.casefold() if c.isalnum())


@dataclass(frozen=True)
class Colonnes:
    """`places`: field -> positions of its columns (several for "ateliers" only). `ignorees`: headers left out."""

    places: dict[str, tuple[int, ...]]
    ignorees: tuple[str, ...]

    def valeur(self, champ, cellules):
        return next(iter(self.valeurs(champ, cellules)), "")

    def valeurs(self, champ, cellules):
        return [cellules[i] for i in self.places.get(champ, ()) if i < len(cellules) and cellules[i]]


def reconnaitre(entetes):
    """Return the `Colonnes` of a header row; raise Refus naming what is missing or said twice."""
    places, ignorees = {}, []
    for position, entete in enumerate(entetes):
        champ = _champ(entete)
        if champ:
            places.setdefault(champ, []).append(position)
        elif entete:
            ignorees.append(entete)
    _refuser_manquantes(places, entetes)
    doubles = [champ for champ, positions in places.items() if len(positions) > 1 and champ != "ateliers"]
    if doubles:
        noms = " et ".join(f"« {entetes[i]} »" for i in places[doubles[0]])
        raise Refus(
            "colonnes_doubles",
            _("Les colonnes %(noms)s disent la même chose. Gardez-en une.") % {"noms": noms},
            champ="fichier",
        )
    return Colonnes({champ: tuple(positions) for champ, positions in places.items()}, tuple(ignorees))


def _champ(entete):
    cle = simplifier(entete)
    return _CHAMP_PAR_NOM.get(cle) or _CHAMP_PAR_NOM.get(cle.rstrip("0123456789")) or _au_singulier(cle)


def _au_singulier(cle):
    """ "Collège(s)" and "Atelier(s)" read "colleges" and "ateliers" once simplified; "Prénom :" is fine too."""
    return _CHAMP_PAR_NOM.get(cle[:-1]) if cle.endswith("s") else None


def _refuser_manquantes(places, entetes):
    manquantes = [nom for champ, nom in OBLIGATOIRES.items() if champ not in places]
    if not manquantes:
        return
    lues = ", ".join(f"« {entete} »" for entete in entetes if entete) or _("aucune")
    raise Refus(
        "colonnes_manquantes",
        _(
            "La première ligne doit donner le nom des colonnes. Il manque : %(manquantes)s. "
            "Colonnes lues : %(lues)s."
        )
        % {"manquantes": ", ".join(manquantes), "lues": lues},
        champ="fichier",
    )
