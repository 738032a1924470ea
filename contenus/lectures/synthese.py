"""What the page of a synthesis shows: its frozen copy arranged for reading, and the words that may be quoted."""

from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.lectures.couverture import Part
from consultation.models import PhraseSynthese
from consultation.textes import plier

from ..carnet import dates
from ..models import SynthesePage
from ..regions import PARENTS, REGIONS, region_de
from .barres import Releve, cartes, colleges_presents, releve, tableaux
from .mots import avec_les_mots

#: Quotes shown for one piste; the others are counted.
CITATIONS_MAX = 12


@dataclass(frozen=True)
class Piste:
    """A cited piste. `ancre` is True where it is first met: the place that "#p12" points to."""

    numero: int
    texte: str
    nees: int
    ancre: bool


@dataclass(frozen=True)
class Origine:
    """Where a piste or a row comes from. `autres` says in words what is counted and not quoted."""

    nees: int
    citations: list
    autres: str
    numero: int | None = None
    titre: str = ""

    @property
    def nees_dites(self):
        """The count in words."""
        return ngettext("née d’une proposition.", "née de %(n)s propositions.", self.nees) % {"n": self.nees}


@dataclass(frozen=True)
class Ligne:
    titre: str
    criteres: list
    indicateurs: list
    pistes: list
    origine: Origine | None


@dataclass(frozen=True)
class Phrase:
    """A sentence (`sorte` "phrase", told as `nom` when it is another), what it rests on; `mots` of a quotation,
    `valeur` of a figure."""

    texte: str
    pistes: list
    sorte: str
    nom: str
    mots: str
    valeur: str


@dataclass(frozen=True)
class Section:
    rang: int
    titre: str
    chapeau: str
    phrases: list
    lignes: list
    autres_pistes: list
    portee: str
    releve: Releve


@dataclass(frozen=True)
class Equite:
    """Whom the synthesis cites; `explication` is there when the gap had to be explained."""

    parts: list
    ecart: str
    explication: str


@dataclass(frozen=True)
class Vue:
    """The whole page. `vide` when no figure was ever taken."""

    vide: bool = True
    slug: str = ""
    d_atelier: bool = False
    quand: str = ""
    arrete_le: str = ""
    lieu: str = ""
    simule: bool = False
    chiffres: dict = field(default_factory=dict)
    colleges: list = field(default_factory=list)
    parts_visees: list = field(default_factory=list)
    sections: list = field(default_factory=list)
    origines: list = field(default_factory=list)
    carte: list = field(default_factory=list)
    votes_tus: list = field(default_factory=list)
    cartes: list = field(default_factory=list)
    equite: Equite | None = None


@dataclass(frozen=True)
class Case:
    """One cell of the small map, in its own units. `ici`: the region of this synthesis."""

    x: int
    y: int
    largeur: int
    ici: bool


def syntheses_publiees():
    """Return the published pages, the newest first, without their frozen copy. One query."""
    return (
        SynthesePage.objects.live()
        .public()
        .select_related(PARENTS, "synthese")
        .defer("contenu", "avant", "apres")
        .order_by("-first_published_at", "-pk")
    )


def presenter(page):
    """Return the Vue of a page. Two queries: its source, and the quotes."""
    if not page.contenu:
        return Vue()
    contenu, mots = avec_les_mots(page.contenu)
    pistes = {piste["numero"]: piste for piste in contenu["pistes"]}
    vues = set()
    colleges = colleges_presents(contenu["colleges"])
    cadre = contenu["consultation"]
    return Vue(
        vide=False,
        slug=cadre["slug"],
        d_atelier=page.d_atelier,
        quand=dates.periode(*(cadre[nom] and parse_date(cadre[nom]) for nom in ("debut", "fin"))),
        arrete_le=dates.periode(timezone.localdate(page.fige_le), None) if page.fige_le else "",
        lieu=cadre["lieu"],
        simule=contenu["simule"],
        chiffres=contenu["chiffres"],
        colleges=colleges,
        # The target is the whole event's: a workshop does not answer for it.
        parts_visees=[c for c in colleges if c.n and c.part_cible and not page.d_atelier],
        sections=[
            _section(rang, section, pistes, vues, contenu, mots)
            for rang, section in enumerate(contenu["sections"], start=1)
        ],
        origines=[_origine(piste, mots, numero=piste["numero"]) for piste in contenu["pistes"] if piste["nees"]],
        carte=_carte(region_de(page.territoire)),
        cartes=cartes(contenu),
        equite=_equite(contenu, colleges),
        votes_tus=[t.explication for t, _sous in tableaux(contenu) if not t.lignes],
    )


def _equite(contenu, colleges):
    """The meter as it was frozen, or None when there was nothing to compare."""
    figee = contenu.get("equite")
    if not figee or len(figee["parts"]) < 2:
        return None
    connus = {college.id: college for college in colleges}
    parts = [Part([connus[pk] for pk in p["colleges"]], p["citees"], p["total"]) for p in figee["parts"]]
    ecart = ngettext(
        "%(n)d point d’écart entre le collège le plus cité et le moins cité.",
        "%(n)d points d’écart entre le collège le plus cité et le moins cité.",
        figee["points"],
    ) % {"n": figee["points"]}
    return Equite(parts, ecart, figee["explication"])


def _carte(ici):
    """The tile map with one region lit, or nothing when the synthesis is of no single region."""
    if ici is None:
        return []
    return [
        Case(45 * (region.x - 1), 45 * (region.y - 1), 45 * region.largeur - 5, region == ici)
        for region in REGIONS
    ]


def _origine(chose, mots, **reste):
    citables = [mots[pk] for pk in chose["citees"] if pk in mots]
    citations = citables[:CITATIONS_MAX]
    phrases = []
    if de_plus := len(citables) - len(citations):
        phrases.append(ngettext("Et %(n)d autre.", "Et %(n)d autres.", de_plus) % {"n": de_plus})
    if tues := chose["nees"] - len(citables):
        phrases.append(_tues(tues, seules=not citables))
    return Origine(nees=chose["nees"], citations=citations, autres=" ".join(phrases), **reste)


def _tues(nombre, *, seules):
    if seules:
        return _("Les mots ne sont pas cités : leurs auteurs n’ont pas donné leur accord.")
    return ngettext(
        "Et %(n)d autre, non citée : son auteur n’a pas donné son accord.",
        "Et %(n)d autres, non citées : leurs auteurs n’ont pas donné leur accord.",
        nombre,
    ) % {"n": nombre}


def _section(rang, section, pistes, vues, contenu, mots):
    lignes = [_ligne(ligne, pistes, vues, mots) for ligne in section["lignes"]]
    dites = [numero for phrase in section["phrases"] for numero in phrase["pistes"]]
    numeros = sorted({*dites, *(numero for ligne in section["lignes"] for numero in ligne["pistes"])})
    return Section(
        rang=rang,
        titre=section["titre"],
        chapeau=section["chapeau"],
        phrases=[_phrase(phrase, contenu) for phrase in section["phrases"]],
        lignes=lignes,
        autres_pistes=_pistes([numero for numero in dites if numero not in vues], pistes, vues),
        portee=_portee(numeros),
        releve=releve(contenu, numeros),
    )


def _phrase(phrase, contenu):
    sorte = phrase.get("sorte", "phrase")
    return Phrase(
        phrase["texte"],
        phrase["pistes"],
        sorte,
        "" if sorte == "phrase" else str(PhraseSynthese.Sorte(sorte).label),
        phrase.get("mots", ""),
        _valeur(phrase, contenu),
    )


def _valeur(phrase, contenu):
    """What the vote gave the piste, from the frozen table; "" when it is not told, or is no figure."""
    lignes = (
        ligne
        for tableau, _sous in (tableaux(contenu) if "scrutin" in phrase else ())
        if tableau.scrutin == phrase["scrutin"]
        for ligne in tableau.lignes
        if ligne.piste.id == phrase["piste"]
    )
    return next((ligne.total for ligne in lignes), "")


def _ligne(ligne, pistes, vues, mots):
    return Ligne(
        titre=ligne["titre"],
        criteres=ligne["criteres"],
        indicateurs=ligne["indicateurs"],
        pistes=_pistes(ligne["pistes"], pistes, vues),
        origine=_origine_de_ligne(ligne, mots) if ligne["nees"] else None,
    )


def _origine_de_ligne(ligne, mots):
    """Where a row comes from. A criterion kept as it was proposed is read already: it is not told twice."""
    origine = _origine(ligne, mots, titre=ligne["titre"])
    dits = {plier(texte) for texte in (*ligne["criteres"], *ligne["indicateurs"])}
    return replace(origine, citations=[c for c in origine.citations if not set(plier(c).splitlines()) <= dits])


def _pistes(numeros, pistes, vues):
    choisies = []
    for numero in dict.fromkeys(numeros):
        piste = pistes[numero]
        choisies.append(Piste(numero, piste["texte"], piste["nees"], ancre=numero not in vues))
        vues.add(numero)
    return choisies


def _portee(numeros):
    """Say which pistes a part holds: "pistes 1 à 7", "piste 4", "9 pistes" when they do not follow each other."""
    if not numeros:
        return ""
    if len(numeros) == 1:
        return _("piste %(n)d") % {"n": numeros[0]}
    if numeros[-1] - numeros[0] == len(numeros) - 1:
        return _("pistes %(de)d à %(a)d") % {"de": numeros[0], "a": numeros[-1]}
    return _("%(n)d pistes") % {"n": len(numeros)}
