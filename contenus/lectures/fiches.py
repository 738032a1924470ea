"""Fiches as they are found: by words, by facets, with true counts, in constant queries whatever is there."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultation.analyse.mots import demandes, en_morceaux, extrait, proche, racines
from consultation.textes import entiers, nettoyer_ligne, plier

from ..models import CasPage, FichePage

PAR_PAGE = 20
LONGUEUR_MAX = 120
#: Fiches printed together: about a second of processor each hundred, and nobody reads more on paper.
COLLECTION_MAX = 60
#: The facets, in order: the name each has in the address, and the one that is read.
FACETTES = {
    "genre": gettext_lazy("Genre"),
    "categorie": gettext_lazy("Catégorie"),
    "region": gettext_lazy("Région"),
    "secteur": gettext_lazy("Secteur"),
    "annee": gettext_lazy("Année"),
}
GENRES = {"caspage": "cas", "dispositifpage": "dispositif"}
NOMS_DES_GENRES = {"cas": gettext_lazy("Cas d’entreprise"), "dispositif": gettext_lazy("Dispositif")}
NOMS_DES_REGIONS = dict(FichePage._meta.get_field("region").flatchoices)


def publiees():
    """The fiches that anyone may read. One query more, of what Wagtail keeps private."""
    return FichePage.objects.live().public()


@dataclass(frozen=True)
class Demande:
    """What an address asks: words, and a choice in some facets ({facet: value})."""

    saisie: str = ""
    choix: dict = field(default_factory=dict)

    @classmethod
    def lire(cls, dite):
        """Return the Demande of a QueryDict; what means nothing is left out."""
        choix = {nom: nettoyer_ligne(dite.get(nom, ""))[:80] for nom in FACETTES}
        return cls(nettoyer_ligne(dite.get("q", ""))[:LONGUEUR_MAX], {n: v for n, v in choix.items() if v})

    def adresse(self, saisie=None, page=0, **autres):
        """The query string of this demand with other words, another page or other choices ("" takes one away)."""
        choix = {nom: valeur for nom in FACETTES if (valeur := {**self.choix, **autres}.get(nom))}
        mots = self.saisie if saisie is None else saisie
        suite = ({"q": mots} if mots else {}) | choix | ({"page": page} if page > 1 else {})
        return f"?{urlencode(suite)}"


@dataclass(frozen=True)
class Valeur:
    """One choice of a facet; `nombre`: what it would give, the other choices standing."""

    nom: str
    nombre: int
    choisie: bool
    adresse: str


class Trouvees:
    """The fiches of a Demande. Two queries; four when a word had to be corrected."""

    def __init__(self, demande):
        self.demande = demande
        self.mots = demandes(demande.saisie)
        self.lignes = self._lire(self.mots)
        self.corrigee = ""
        if self.mots and not self.lignes:
            autres = self._corriger()
            if autres != self.mots and (lignes := self._lire(autres)):
                self.mots, self.lignes, self.corrigee = autres, lignes, " ".join(autres)
        self._compter()

    @staticmethod
    def _lire(mots):
        """[(pk, number, stems of the title, *value of each facet)]"""
        tous = Q()
        for mot in mots:
            tous &= Q(*(Q(mots__contains=f" {r} ") for r in racines(mot)), _connector=Q.OR)
        colonnes = ("content_type__model", "categorie", "region", "secteur", "annee")
        lignes = publiees().filter(tous).values_list("pk", "numero", "mots_du_titre", *colonnes)
        return [(pk, n, t, GENRES[g], c, r, s, str(a)) for pk, n, t, g, c, r, s, a in lignes]

    def _corriger(self):
        """Each word that no fiche holds replaced by the nearest stem."""
        connues = {stem for mots in publiees().values_list("mots", flat=True) for stem in mots.split()}
        return [mot if racines(mot) & connues else proche(mot, connues) or mot for mot in self.mots]

    def _compter(self):
        """One pass: a row that fails no choice counts everywhere, one that fails a single facet counts in it."""
        self.comptes = {nom: Counter() for nom in FACETTES}
        self.gardees, self.sans = [], Counter()
        choisis = [(rang, nom, self.demande.choix[nom]) for rang, nom in enumerate(FACETTES, 3)
                   if nom in self.demande.choix]  # fmt: skip
        for ligne in self.lignes:
            rates = [nom for rang, nom, voulue in choisis if ligne[rang] != voulue]
            if not rates:
                self.gardees.append(ligne)
            if len(rates) == 1:
                self.sans[rates[0]] += 1
                self.comptes[rates[0]][ligne[3 + list(FACETTES).index(rates[0])]] += 1
        for rang, nom in enumerate(FACETTES, 3):
            self.comptes[nom].update(ligne[rang] for ligne in self.gardees if ligne[rang])

    @cached_property
    def numeros(self):
        """The ids of those kept: asked words in the title first, then the newest number."""
        voulus = [racines(mot) for mot in self.mots]

        def rang(ligne):
            return -sum(any(f" {r} " in ligne[2] for r in mot) for mot in voulus), -ligne[1]

        return [ligne[0] for ligne in sorted(self.gardees, key=rang)]

    @cached_property
    def voulues(self):
        return frozenset().union(*(racines(mot) | {mot} for mot in self.mots))

    def facettes(self):
        """[(name, title, whether it opens by itself, [Valeur])] of those that offer something."""
        for rang, (nom, titre) in enumerate(FACETTES.items()):
            choisie = self.demande.choix.get(nom, "")
            if valeurs := [self._valeur(nom, cle, choisie) for cle in self._ordre(nom, choisie)]:
                yield nom, titre, rang < 2 or bool(choisie), valeurs

    def _ordre(self, nom, choisie):
        comptes = self.comptes[nom]
        cles = set(comptes) | ({choisie} if choisie else set())
        if nom == "annee":
            return sorted(cles, reverse=True)
        return sorted(cles, key=lambda cle: (-comptes[cle], plier(nommer(nom, cle))))

    def _valeur(self, nom, cle, choisie):
        adresse = self.demande.adresse(**{nom: "" if cle == choisie else cle})
        return Valeur(nommer(nom, cle), self.comptes[nom][cle], cle == choisie, adresse)

    def choisis(self):
        """[(words, address without it)]: what the list was narrowed by."""
        if self.demande.saisie:
            yield f"« {self.corrigee or self.demande.saisie} »", self.demande.adresse(saisie="")
        for nom, valeur in self.demande.choix.items():
            yield nommer(nom, valeur), self.demande.adresse(**{nom: ""})

    def essais(self):
        """[(sentence, how many, address)] to try when nothing was found: each really gives something."""
        for nom in self.demande.choix:
            if self.sans[nom]:
                dit = _("Sans « %(filtre)s »") % {"filtre": nommer(nom, self.demande.choix[nom])}
                yield dit, self.sans[nom], self.demande.adresse(**{nom: ""})
        if len(self.demande.choix) > 1 and self.lignes:
            yield _("Sans aucun filtre"), len(self.lignes), Demande(self.demande.saisie).adresse()
        if len(self.mots) > 1 and not self.lignes:
            for mot in self.mots[:4]:
                if nombre := len(self._lire([mot])):
                    yield _("Seulement « %(mot)s »") % {"mot": mot}, nombre, Demande(mot).adresse()


def nommer(nom, cle):
    """The words of a facet's value, as they are shown."""
    noms = {"genre": NOMS_DES_GENRES, "region": NOMS_DES_REGIONS}.get(nom, {})
    return str(noms.get(cle, cle))


@dataclass(frozen=True)
class Ligne:
    """A fiche of the list. `suite`: pieces of its brief, [(text, whether it was asked)]."""

    page: FichePage
    genre: str
    suite: list


@dataclass(frozen=True)
class Index:
    """The list as shown. `total`: all fiches there are; `page`: Django's, of ids; `imprimable`: fits one PDF."""

    demande: Demande
    trouvees: Trouvees
    total: int
    page: object
    lignes: list
    precedente: str
    suivante: str

    @property
    def nombre(self):
        return len(self.trouvees.gardees)

    @property
    def imprimable(self):
        return 0 < self.nombre <= COLLECTION_MAX

    @property
    def adresse(self):
        return self.demande.adresse()


def index(dite):
    """Return the Index that the QueryDict `dite` asks for. Six queries at most when something is found."""
    demande = Demande.lire(dite)
    trouvees = Trouvees(demande)
    page = Paginator(trouvees.numeros, PAR_PAGE).get_page(dite.get("page"))
    plein = not (demande.saisie or demande.choix)
    return Index(
        demande,
        trouvees,
        len(trouvees.lignes) if plein else publiees().count(),
        page,
        _lignes(page.object_list, trouvees.voulues),
        demande.adresse(page=page.previous_page_number()) if page.has_previous() else "",
        demande.adresse(page=page.next_page_number()) if page.has_next() else "",
    )


def _lignes(numeros, voulues):
    pages = FichePage.objects.select_related("content_type").defer("mots", "mots_du_titre").in_bulk(numeros)
    return [
        Ligne(page, genre_de(page), en_morceaux(extrait(page.en_bref, voulues, 240), voulues))
        for page in (pages[numero] for numero in numeros if numero in pages)
    ]


def genre_de(page):
    """The kind of a fiche, as it is read."""
    return str(NOMS_DES_GENRES[GENRES[page.cached_content_type.model]])


def collection(dite):
    """Return ([fiche], Demande) to print: the numbers of "n" in their order, or what facets and words choose.

    One more than COLLECTION_MAX at most, so that the caller knows there are too many. Constant queries.
    """
    demande = Demande.lire(dite)
    if "n" in dite:
        return par_numeros(dite.getlist("n"))[: COLLECTION_MAX + 1], demande
    pks = Trouvees(demande).numeros[: COLLECTION_MAX + 1]
    pages = {page.pk: page for page in FichePage.objects.filter(pk__in=pks).specific()}
    return [pages[pk] for pk in pks], demande


def par_numeros(numeros):
    """Return the published fiches of these numbers (text or int), in order, each once, unknown ones left out."""
    voulus = list(dict.fromkeys(entiers(numeros[:200])))
    trouvees = {page.numero: page for page in publiees().filter(numero__in=voulus).specific()}
    return [trouvees[numero] for numero in voulus if numero in trouvees]


def est_un_cas(page):
    return isinstance(page, CasPage)
