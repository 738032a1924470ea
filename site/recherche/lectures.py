"""One search for the whole site: what is found, how many of each kind, and what to try when there is nothing.

Words are looked for in the fiches; whether a thing may be read is asked of the thing itself, at each search. So
what is hidden, erased, refused or withdrawn is neither found nor counted.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from wagtail.models import CollectionViewRestriction, Page

from consultation import lectures
from consultation.analyse.mots import demandes, proche, racines
from consultation.models import Proposition
from consultation.textes import plier
from visites.models import Visite

from .models import Fiche

#: The facets, in order: the name each has in the address.
FACETTES = ("genre", "ou", "qui", "territoire", "etat")
Genre = Fiche.Genre


@dataclass(frozen=True)
class Trouve:
    """A thing found, and the facets it is filed under ("" where none). `rang`: asked words in its title."""

    fiche: int
    genre: str
    ou: str
    qui: str
    territoire: str
    etat: str
    noms: dict
    rang: int = 0
    le: object = None
    cles: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Valeur:
    """One choice of a facet, and what it would give, the other choices standing."""

    cle: str
    nom: str
    nombre: int
    choisie: bool
    signe: str = ""


def lisibles():
    """Return the Fiches of what anyone may read now. Two queries (what Wagtail keeps private)."""
    pages = Page.objects.live().public().values("pk")
    ailleurs = lectures.forums_publics().order_by().values("consultation")
    permis = Q(proposition__isnull=True) | Q(proposition__in=Proposition.objects.publiables().values("pk"))
    au_forum = Q(page__isnull=True, piste__in=lectures.pistes_votees_au_forum().values("pk"))
    fiches = Fiche.objects.filter(
        Q(genre=Genre.PROPOSITION, proposition__in=lectures.propositions_de_forums().values("pk"))
        | Q(genre__in=(Genre.PAGE, Genre.DOCUMENT), page__in=pages)
        | (Q(genre=Genre.PISTE) & (au_forum | Q(page__in=pages)) & permis)
        | Q(genre=Genre.FORUM, consultation__in=ailleurs)
        | Q(genre=Genre.VISITE, visite__in=Visite.objects.publiques().order_by().values("pk"))
    )
    for chemin in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        fiches = fiches.exclude(document__collection__path__startswith=chemin)
    return fiches


_COLONNES = (
    "pk", "genre", "titre", "mots", "consultation__slug", "consultation__titre", "consultation__territoire",
    "consultation__territoire__nom", "proposition", "proposition__college__nom_court",
    "proposition__college__signe", "proposition__piste", "proposition__reponse_publique",
    "proposition__cree_le", "piste", "page", "page__first_published_at", "document", "visite", "visite__debut",
)  # fmt: skip


def _lire(ligne, voulus):
    """Return the Trouve of one row, and the stems it is kept under."""
    dit = dict(zip(_COLONNES, ligne, strict=True))
    est_dite = dit["genre"] == Genre.PROPOSITION
    etat = (
        "repondue" if dit["proposition__reponse_publique"] else "reunie" if dit["proposition__piste"] else "seule"
    )
    etat = etat if est_dite else ""
    if dit["genre"] == Genre.PISTE:
        etat = "publiee" if dit["page"] else "votee"
    college = (dit["proposition__college__nom_court"] or "") if est_dite else ""
    territoire = str(dit["consultation__territoire"] or "")
    return Trouve(
        fiche=dit["pk"],
        genre=dit["genre"],
        ou=dit["consultation__slug"] or "",
        qui=college,
        territoire=territoire,
        etat=etat,
        noms={
            "ou": dit["consultation__titre"],
            "territoire": dit["consultation__territoire__nom"],
            "signe": dit["proposition__college__signe"],
        },
        rang=sum(any(f" {r} " in dit["titre"] for r in mot) for mot in voulus),
        le=dit["proposition__cree_le"] if est_dite else dit["page__first_published_at"] or dit["visite__debut"],
        cles={nom: dit[nom] for nom in ("proposition", "piste", "page", "document", "visite")},
    ), dit["mots"]


def _parmi(mots):
    """The condition of a fiche that holds each of these words, under one of its stems."""
    tous = Q()
    for mot in mots:
        tous &= _l_un_de(racines(mot))
    return tous


def _l_un_de(stems):
    un = Q()
    for stem in stems:
        un |= Q(mots__contains=f" {stem} ")
    return un


def chercher(mots):
    """Return [Trouve] of what holds every word. Four queries, whatever is found; one when nothing at all holds
    them, which is asked first: whether things may be read costs ten times as much."""
    parmi, voulus = _parmi(mots), [racines(mot) for mot in mots]
    if not Fiche.objects.filter(parmi).exists():
        return []
    lignes = lisibles().filter(parmi).values_list(*_COLONNES)
    return [_lire(ligne, voulus)[0] for ligne in lignes]


def corriger(mots, fiches):
    """Return `mots` with each that none of `fiches` holds replaced by the nearest stem of theirs. One reading."""
    connues = set()
    for ligne in fiches.values_list("mots", flat=True):
        connues.update(ligne.split())
    return [mot if racines(mot) & connues else proche(mot, connues) or mot for mot in mots]


@dataclass(frozen=True)
class Demande:
    """What an address asks: words, a choice in each facet ("" for all), an order."""

    saisie: str
    choix: dict
    recents: bool = False
    exact: bool = False

    @cached_property
    def choisis(self):
        return {nom: valeur for nom, valeur in self.choix.items() if valeur}


class Reponse:
    """What was found. Thirteen queries at most, whatever is there."""

    def __init__(self, demande):
        self.demande = demande
        self.mots = demandes(demande.saisie)
        self.tous = chercher(self.mots) if self.mots else []
        self.corrigee = False
        if self.mots and not self.tous and not demande.exact:
            self._corriger()

    def _corriger(self):
        """Try the nearest of all the words there are, then, when it may not be read, the nearest that may."""
        for fiches in (Fiche.objects.all, lisibles):
            autres = corriger(self.mots, fiches())
            if autres != self.mots and (trouves := chercher(autres)):
                self.mots, self.tous, self.corrigee = autres, trouves, True
                return

    @cached_property
    def voulues(self):
        """The stems of the words looked for."""
        return frozenset().union(*(racines(mot) | {mot} for mot in self.mots))

    @cached_property
    def trouves(self):
        """Those of the choices made, the nearest first, or the latest."""
        gardes = [t for t in self.tous if _est_de(t, self.demande.choisis)]
        gardes.sort(key=lambda t: (t.le.timestamp() if t.le else 0, t.fiche), reverse=True)
        if not self.demande.recents:
            gardes.sort(key=lambda t: -t.rang)
        return gardes

    def facettes(self):
        """Return [(facet, [Valeur])]: each counts what the other choices leave, its own aside."""
        return [(nom, valeurs) for nom in FACETTES if (valeurs := self._valeurs(nom))]

    def _valeurs(self, nom):
        autres = {n: v for n, v in self.demande.choisis.items() if n != nom}
        nombres = Counter(getattr(t, nom) for t in self.tous if _est_de(t, autres))
        connues = {getattr(t, nom): t for t in self.tous}
        choisie = self.demande.choix.get(nom, "")
        if nom == "genre":
            ordre = [g for g in Genre.values if g in connues]
        else:
            ordre = sorted((c for c in connues if c), key=lambda c: (-nombres[c], plier(_nommer(nom, connues[c]))))
        return [
            Valeur(
                cle,
                _nommer(nom, connues[cle]),
                nombres[cle],
                cle == choisie,
                (connues[cle].noms["signe"] or "") if nom == "qui" else "",
            )
            for cle in ordre
        ]

    def secours(self):
        """Return [(words, facet left out or "", how many)] to try when nothing was found, never for nothing."""
        choisis = self.demande.choisis
        essais = [(self.mots, sans, self.tous) for sans in choisis]
        if len(self.mots) > 1:
            essais += [(mots, "", trouves) for mots, trouves in self._un_mot_de_moins()]
        comptes = [(m, sans, _combien(trouves, choisis, sans)) for m, sans, trouves in essais]
        return [essai for essai in comptes if essai[2]][:5]

    def _un_mot_de_moins(self):
        """[(words but one, what holds them)], of the first six words. Three queries for all."""
        un = Q()
        for mot in self.mots:
            un |= _parmi([mot])
        lignes = [_lire(ligne, []) for ligne in lisibles().filter(un).values_list(*_COLONNES)]
        for sans in self.mots[:6]:
            restent = [mot for mot in self.mots if mot != sans]
            stems = [racines(mot) for mot in restent]
            yield restent, [t for t, gardes in lignes if all(any(f" {r} " in gardes for r in s) for s in stems)]


def _est_de(trouve, choisis):
    return all(getattr(trouve, nom) == valeur for nom, valeur in choisis.items())


def _combien(trouves, choisis, sans):
    """How many of `trouves` the choices leave, the one of the facet `sans` aside."""
    restent = {nom: valeur for nom, valeur in choisis.items() if nom != sans}
    return sum(_est_de(trouve, restent) for trouve in trouves)


def _nommer(nom, trouve):
    """The words of a facet's value, as it is shown."""
    cle = getattr(trouve, nom)
    if nom == "genre":
        return Genre(cle).label
    return trouve.noms.get(nom) or cle
