"""What the projector shows: one screen chosen from the room's live state, cut in pages that read from the back."""

from dataclasses import dataclass
from math import ceil

from consultation.lectures.resultats import ResultatPiste, Resultats
from consultation.models import College, Scrutin

from ..models import Etape

#: Results that hold on one screen, by way of voting; one less when a line about the other pages is needed.
RESULTATS_PAR_PAGE = {Scrutin.Mode.GOMMETTES: 7, Scrutin.Mode.ADHESION: 6}
#: Pistes on one screen, two by two, when they are short.
PISTES_PAR_PAGE = 8
#: Height left to the title and the wall on a 16:9 screen, in rem (one hundredth of the width is about one).
HAUTEUR_MUR = 41
#: Height left to the list of pistes, under its title and instruction, above the line about the pages.
HAUTEUR_PISTES = 33.5
#: Above this, the row of steps keeps only the one before, the current one and the next.
ETAPES_EN_LIGNE = 5


@dataclass(frozen=True)
class Page:
    """A slice of a long list. `numero` from 1; `reste` is how many are not on this page."""

    lignes: list
    numero: int
    sur: int
    total: int
    premier: int

    @property
    def dernier(self):
        return self.premier + len(self.lignes) - 1

    @property
    def reste(self):
        return self.total - len(self.lignes)

    @property
    def avant(self):
        return self.numero - 1

    @property
    def apres(self):
        return self.numero + 1 if self.numero < self.sur else 0


@dataclass(frozen=True)
class Segment:
    """One college in a bar: its points (or its agreement, in %), and its share of the bar in whole percents."""

    college: College
    nombre: int
    part: int


@dataclass(frozen=True)
class Barre:
    """One piste's result. `longueur` is in whole percents of the scale common to the whole list.

    `autres` is what the withheld colleges add to the total, together; `nombre` is None when it is withheld.
    """

    resultat: ResultatPiste
    nombre: int | None
    longueur: int
    segments: tuple
    autres: int
    part_autres: int


@dataclass(frozen=True)
class Tableau:
    """A closed scrutin as bars on one scale; `repere` is where the mark stands on it, in percents, or None."""

    resultats: Resultats
    barres: tuple
    repere: int | None
    repere_nombre: int

    @property
    def gommettes(self):
        return self.resultats.mode == Scrutin.Mode.GOMMETTES

    @property
    def retenues(self):
        return sum(b.resultat.verdict == "retenue" for b in self.barres)


def choisir_ecran(etat, etapes):
    """Return the name of the screen to show: one per kind of step, and what to show when no step is open."""
    etape = etat["etape"]
    if etape is None:
        return _hors_etape(etat, etapes)
    nature = etape["nature"]
    if nature == Etape.Nature.DISCUSSION and etat["resultats"]:
        return "resultats"
    return {
        Etape.Nature.ACCUEIL: "accueil",
        Etape.Nature.IDEATION: "mur",
        Etape.Nature.REGROUPEMENT: "pistes",
        Etape.Nature.VOTE: "vote",
    }.get(nature, "consigne")


def _hors_etape(etat, etapes):
    faites = [e for e in etapes if e.etat == Etape.Etat.FERMEE]
    if not faites:
        return "accueil"
    derniere = max(faites, key=lambda e: e.fermee_le)
    if derniere.nature == Etape.Nature.VOTE and etat["resultats"]:
        return "resultats"
    return "fini" if derniere == etapes[-1] else "attente"


def tourner(pages, numero):
    """Return the `Page` asked for among `pages` (lists); a number out of range gives the nearest one."""
    numero = min(max(1, numero), len(pages))
    avant = sum(len(page) for page in pages[: numero - 1])
    return Page(pages[numero - 1], numero, len(pages), sum(map(len, pages)), avant + 1)


def pages_de_resultats(barres, mode):
    """Cut bars in pages of the same length, as many as fit a 16:9 screen."""
    taille = RESULTATS_PAR_PAGE[mode]
    if len(barres) > taille:
        taille -= 1
    return [list(barres[i : i + taille]) for i in range(0, len(barres), taille)] or [[]]


def pages_de_pistes(pistes, texte_de, *, comptees=False):
    """Cut pistes in pages that fit a 16:9 screen: at most eight, fewer when they are long.

    `texte_de(piste)` gives its words; `comptees`: each has a line more, saying how many propositions it holds.
    """
    pages = [[]]
    for i in range(0, len(pistes), 2):
        essai = [*pages[-1], *pistes[i : i + 2]]
        haute = _hauteur([texte_de(p) for p in essai], signes=20, fixe=2.7 + 1.9 * comptees) > HAUTEUR_PISTES
        if pages[-1] and (haute or len(essai) > PISTES_PAR_PAGE):
            pages.append(list(pistes[i : i + 2]))
        else:
            pages[-1] = essai
    return pages


def _hauteur(textes, *, signes, fixe):
    """Return the height of cards put two by two, in rem: lines of at most `signes` signs, four at most."""
    paires = [textes[i : i + 2] for i in range(0, len(textes), 2)]
    return sum(fixe + 2.35 * min(4, ceil(max(map(len, paire)) / signes)) for paire in paires)


def tenir_au_mur(propositions, question):
    """Return the newest propositions that fit under the question on a 16:9 screen, two by two, four at least.

    Counted in lines of text, whose size is a fixed part of the screen's width: 24 signs a line in a card, 33 in a
    title. A proposition longer than four lines is cut on the wall; it is whole on the phones and in the trail.
    """
    place = HAUTEUR_MUR - 3.7 * max(1, ceil(len(question) / 33))
    textes = [p["texte"] for p in propositions]
    textes[:1] = [f"Nouveau : {texte}" for texte in textes[:1]]
    for combien in range(len(textes), 4, -1):
        if combien % 2 == 0 and _hauteur(textes[:combien], signes=24, fixe=2.8) <= place:
            return propositions[:combien]
    return propositions[:4]


def etapes_montrees(etapes, courante_id):
    """Return [(rank from 1, Etape)]: all of them, or those around the current one when they are many."""
    toutes = list(enumerate(etapes, start=1))
    if len(toutes) <= ETAPES_EN_LIGNE:
        return toutes
    ouvertes = [r for r, e in toutes if e.pk == courante_id]
    faites = [r for r, e in toutes if e.etat != Etape.Etat.A_VENIR]
    ici = ouvertes[0] if ouvertes else max(faites, default=1)
    debut = min(max(1, ici - 1), len(toutes) - 2)
    return toutes[debut - 1 : debut + 2]


def poser_barres(resultats):
    """Turn the Resultats of a closed scrutin into bars on one scale, in the order they were counted."""
    scrutin = resultats.scrutin
    if resultats.mode == Scrutin.Mode.ADHESION:
        barres = tuple(_barre_accord(p, resultats.colleges) for p in resultats.pistes)
        return Tableau(resultats, barres, scrutin.seuil, scrutin.seuil)
    quorum = scrutin.quorum_gommettes
    echelle = max([1, quorum, *(p.points for p in resultats.pistes)])
    barres = tuple(_barre_gommettes(p, resultats.colleges, echelle) for p in resultats.pistes)
    return Tableau(resultats, barres, _part(quorum, echelle) if quorum else None, quorum)


def _barre_gommettes(piste, colleges, echelle):
    vus = [(c.college, piste.par_college[c.college.pk]) for c in colleges if not c.masque]
    segments = tuple(Segment(c, p.points, _part(p.points, piste.points)) for c, p in vus if p.points)
    autres = piste.points - sum(s.nombre for s in segments)
    longueur = _part(piste.points, echelle)
    return Barre(piste, piste.points, longueur, segments, autres, _part(autres, piste.points))


def _barre_accord(piste, colleges):
    vus = [(c.college, piste.par_college[c.college.pk]) for c in colleges if not c.masque]
    segments = tuple(Segment(c, p.accord, p.accord) for c, p in vus if p.accord is not None)
    return Barre(piste, piste.accord, piste.accord or 0, segments, 0, 0)


def _part(n, sur):
    return round(100 * n / sur) if sur else 0
