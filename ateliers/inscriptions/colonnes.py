"""Which row holds the headers and which column says what, whatever the accents, the case and the habits."""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

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
    "college": ("college", "colleges", "qualite", "statut", "fonction"),
    "territoire": ("territoire", "region", "departement"),
    "ateliers": ("atelier", "ateliers", "choixdateliers", "choix", "ateliersouhaites"),
    "accord": ("accord", "accordpublication", "accorddepublication", "accordpourpublier", "publication"),
    "courriel": ("courriel", "email", "mail", "mel", "adressemail", "adresseemail", "adressedecourriel"),
}
_CHAMP_PAR_NOM = {nom: champ for champ, noms in NOMS.items() for nom in noms}
#: What a column may be said to be, in the order of the choices.
CHAMPS = {
    "prenom": _("Prénom"),
    "nom": _("Nom"),
    "college": _("Collège"),
    "structure": _("Structure"),
    "ville": _("Ville"),
    "territoire": _("Territoire"),
    "ateliers": _("Atelier"),
    "accord": _("Accord pour publier ses mots"),
    "courriel": _("Courriel"),
}
#: How many filled rows are tried as the row of headers.
ENTETES_TENTEES = 20


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


def rang_des_entetes(lignes, champ_de=None):
    """Return the rank, among numbered rows, of the one whose cells name the most columns; 0 when none does.

    `champ_de`: what tells the field of a header, "" for none; that of registrations unless said.
    """
    scores = [len(set(reconnaitre(cellules, champ_de)) - {""}) for _numero, cellules in lignes[:ENTETES_TENTEES]]
    return scores.index(max(scores)) if scores else 0


def reconnaitre(entetes, champ_de=None):
    """Return the field of each column, "" for one that is left out; a field said twice is the first's alone."""
    champs = []
    for entete in entetes:
        champ = (champ_de or _champ)(entete)
        champs.append("" if champ in champs and champ != "ateliers" else champ)
    return champs


def ranger(entetes, champs):
    """Return the `Colonnes` of headers whose fields are said, in the same order."""
    places = {}
    for position, champ in enumerate(champs):
        if champ in CHAMPS:
            places.setdefault(champ, []).append(position)
    ignorees = tuple(e for e, champ in zip(entetes, champs, strict=False) if e and champ not in CHAMPS)
    return Colonnes({champ: tuple(positions) for champ, positions in places.items()}, ignorees)


def _champ(entete):
    """ "Collège(s)", "Atelier 2", "Atelier jeudi" and "Prénom :" are known too."""
    cle = simplifier(entete)
    premier = simplifier((entete or "").split()[0]) if (entete or "").split() else ""
    return (
        _CHAMP_PAR_NOM.get(cle)
        or _CHAMP_PAR_NOM.get(cle.rstrip("0123456789"))
        or (_CHAMP_PAR_NOM.get(cle[:-1]) if cle.endswith("s") else None)
        or ("ateliers" if premier in ("atelier", "ateliers") and len(cle) <= 40 else "")
    )
