"""What the projector shows: one screen chosen from the room's live state, cut in pages that read from the back."""

from dataclasses import dataclass
from math import ceil

from consultation.models import Scrutin

from ..models import Etape

#: Results that hold on one screen; one less when a line about the other pages is needed.
RESULTATS_PAR_PAGE = 6
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


def choisir_ecran(etat, etapes):
    """Return the name of the screen to show: one per kind of step, and what to show when no step is open."""
    etape = etat["etape"]
    if etape is None:
        return _hors_etape(etat, etapes)
    nature = etape["nature"]
    if nature == Etape.Nature.DISCUSSION and _voit_le_vote(etat):
        return _voit_le_vote(etat)
    return {
        Etape.Nature.ACCUEIL: "accueil",
        Etape.Nature.IDEATION: "mur",
        Etape.Nature.REGROUPEMENT: "pistes",
        Etape.Nature.VOTE: "vote",
    }.get(nature, "consigne")


def _voit_le_vote(etat):
    """The screen of the last vote: its results, or that they are on their way; "" when there is neither."""
    if etat["resultats"]:
        return "resultats"
    scrutin = etat.get("scrutin")
    return "arrivent" if scrutin and scrutin["etat"] == Scrutin.Etat.CLOS and not scrutin["montre"] else ""


def _hors_etape(etat, etapes):
    faites = [e for e in etapes if e.etat == Etape.Etat.FERMEE]
    if not faites:
        return "accueil"
    derniere = max(faites, key=lambda e: e.fermee_le)
    if derniere.nature == Etape.Nature.VOTE and _voit_le_vote(etat):
        return _voit_le_vote(etat)
    return "fini" if derniere == etapes[-1] else "attente"


def tourner(pages, numero):
    """Return the `Page` asked for among `pages` (lists); a number out of range gives the nearest one."""
    numero = min(max(1, numero), len(pages))
    avant = sum(len(page) for page in pages[: numero - 1])
    return Page(pages[numero - 1], numero, len(pages), sum(map(len, pages)), avant + 1)


def pages_de_resultats(lignes):
    """Cut the lines of a vote in pages of the same length, as many as fit a 16:9 screen."""
    taille = RESULTATS_PAR_PAGE - (len(lignes) > RESULTATS_PAR_PAGE)
    return [list(lignes[i : i + taille]) for i in range(0, len(lignes), taille)] or [[]]


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
