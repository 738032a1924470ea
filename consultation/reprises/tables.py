"""What was read of the files, and what both kinds of file share: rows by the name of their columns."""

import csv
import io
from dataclasses import asdict, dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from ..analyse import relecture
from ..erreurs import Refus
from ..textes import nettoyer

#: Bytes and rows of one file, and proposals of one consultation.
TAILLE_MAX, LIGNES_MAX = 5 * 1024 * 1024, 50_000
DITES_MAX = 2000
#: Letters kept of one proposal: what the house keeps of one.
SIGNES_MAX = 2000
COUPURE = " […]"
POLIS, DECIDIM = "polis", "decidim"
NOMS = {POLIS: "Polis", DECIDIM: "Decidim"}
# An exported page of HTML in one cell is longer than what the module takes by default.
csv.field_size_limit(TAILLE_MAX)


@dataclass(frozen=True)
class Dite:
    """A proposal. `cle`: its number there; `titre`: its words in a line; `auteur`: a key, "" for none."""

    cle: str
    titre: str
    texte: str
    auteur: str = ""
    note: str = ""


@dataclass(frozen=True)
class Faute:
    """A row left aside. `fichier`: "idees" or "votes"; `ligne`: as a spreadsheet numbers it, headers being 1."""

    fichier: str
    ligne: int
    phrase: str


@dataclass
class Lecture:
    """`votes`: {voter: {proposal: 1 for, -1 against, 0 pass}}; `constats`: sentences to read before confirming."""

    plateforme: str
    dites: list = field(default_factory=list)
    votes: dict = field(default_factory=dict)
    fautes: list = field(default_factory=list)
    constats: list = field(default_factory=list)

    @property
    def nom(self):
        return NOMS[self.plateforme]

    @property
    def nombre_de_votes(self):
        return sum(len(siens) for siens in self.votes.values())

    def en_attente(self):
        """The same as plain data, to wait in a session."""
        return asdict(self)

    @classmethod
    def reprendre(cls, donnees):
        """The Lecture of what waited."""
        dites = [Dite(**dite) for dite in donnees["dites"]]
        fautes = [Faute(**faute) for faute in donnees["fautes"]]
        return cls(**donnees | {"dites": dites, "fautes": fautes})


def lire_table(octets, voulues, quoi):
    """Return (headers, [(number, {column: cell})]) of a CSV; what a row cut short does not say is "".

    Raises Refus "fichier_lourd", "fichier_long", "fichier_illisible", "colonnes" 422, naming each missing column.
    `quoi`: the file, as the form calls it.
    """
    if len(octets) > TAILLE_MAX:
        raise Refus("fichier_lourd", _("%(fichier)s dépasse 5 Mo.") % {"fichier": quoi})
    texte = _decoder(octets)
    premiere = texte.partition("\n")[0]
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=max(",;\t", key=premiere.count))
    try:
        lues = islice(lecteur, LIGNES_MAX + 2)
        entetes, *lignes = [[cellule.strip() for cellule in ligne] for ligne in lues] or [[]]
    except csv.Error as erreur:
        message = _("%(fichier)s n’est pas un tableau CSV. Exportez-le à nouveau.") % {"fichier": quoi}
        raise Refus("fichier_illisible", message) from erreur
    exiger_colonnes(entetes, voulues, quoi)
    if len(lignes) > LIGNES_MAX:
        message = _("%(fichier)s a plus de %(n)d lignes. Enlevez celles qui ne servent pas.")
        raise Refus("fichier_long", message % {"fichier": quoi, "n": LIGNES_MAX})
    vide = dict.fromkeys(entetes, "")
    numerotees = [(rang, vide | dict(zip(entetes, ligne, strict=False))) for rang, ligne in enumerate(lignes, 2)]
    return entetes, [(rang, ligne) for rang, ligne in numerotees if any(ligne.values())]


def _decoder(octets):
    """UTF-8 with or without its mark, UTF-16 with it, else the Windows page that old spreadsheets write.

    Without NULs: PostgreSQL keeps none.
    """
    marque = octets[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        texte = octets.decode("utf-16" if marque else "utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", errors="replace")
    return texte.replace("\0", "")


def exiger_colonnes(entetes, voulues, quoi):
    """Raises Refus "colonnes" 422 that names each column missing from the headers."""
    manquent = [nom for nom in voulues if nom not in entetes]
    if not manquent:
        return
    dites = ", ".join(f"«\u00a0{nom}\u00a0»" for nom in manquent)
    message = _(
        "%(fichier)s : il manque %(colonnes)s. Prenez le fichier tel que la plateforme le donne, sans changer les "
        "titres des colonnes."
    )
    raise Refus("colonnes", message % {"fichier": quoi, "colonnes": dites})


def texte_garde(texte):
    """Return (the words as they are kept, whether their end was cut)."""
    texte = nettoyer(texte)
    if len(texte) <= SIGNES_MAX:
        return texte, False
    return texte[: SIGNES_MAX - len(COUPURE)].rstrip() + COUPURE, True


def pourquoi_non(cle, texte, deja):
    """The sentence that says why a row cannot be taken, or ""."""
    if not cle:
        return _("elle n’a pas de numéro.")
    if cle in deja:
        return _("le numéro %(cle)s est déjà pris par une autre ligne.") % {"cle": cle[:40]}
    if not texte:
        return _("elle est vide.")
    if {"telephone", "courriel"} & set(relecture.signes(texte, [])):
        return _("elle contient une adresse ou un téléphone. Enlevez-le, puis envoyez à nouveau.")
    return ""


def exiger_mesure(dites):
    """Raises Refus "rien" and "trop" 422."""
    if not dites:
        raise Refus("rien", _("Aucune ligne de ce fichier ne peut être reprise."))
    if len(dites) > DITES_MAX:
        raise Refus("trop", _("Ce fichier a plus de %(n)d propositions.") % {"n": DITES_MAX})
