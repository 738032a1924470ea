"""What the projector shows: one screen chosen from the room's live state, cut in pages that read from the back."""

from dataclasses import dataclass

from consultation.lectures import lire_grille
from consultation.models import Grille, Scrutin

from ..models import Etape

#: Results that hold on one screen; one less when a line about the other pages is needed.
RESULTATS_PAR_PAGE = 4
#: Answers to a question that hold on one screen.
RANGS_PAR_PAGE = 5
#: Above this, the row of steps keeps only the one before, the current one and the next.
ETAPES_EN_LIGNE = 5


@dataclass(frozen=True)
class Page:
    """A slice of a long list. `numero` from 1; `taille`: rank of its letters, 1 the largest (`lectures.mur`)."""

    lignes: list
    numero: int
    sur: int
    total: int
    premier: int
    taille: int = 0

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
    if "une" in etat.get("mur", {}).get("places", {}).values():
        return "une"
    if etape is None:
        return _hors_etape(etat, etapes)
    nature = etape["nature"]
    if nature == Etape.Nature.DISCUSSION and _voit_le_vote(etat):
        return _voit_le_vote(etat)
    if nature == Etape.Nature.IDEATION and etat.get("mur", {}).get("cache"):
        return "cache"
    return {
        Etape.Nature.ACCUEIL: "accueil",
        Etape.Nature.IDEATION: "mur",
        Etape.Nature.REGROUPEMENT: "pistes",
        Etape.Nature.VOTE: "vote",
        Etape.Nature.GRILLE: "grille",
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


def tourner(pages, numero, taille_de=lambda page: 0):
    """Return the `Page` asked for among `pages` (lists); a number out of range gives the nearest one."""
    numero = min(max(1, numero), len(pages))
    avant = sum(len(page) for page in pages[: numero - 1])
    page = pages[numero - 1]
    return Page(page, numero, len(pages), sum(map(len, pages)), avant + 1, taille_de(page))


def pages_de_resultats(lignes):
    """Cut the lines of a vote in pages of the same length, as many as fit a 16:9 screen."""
    taille = RESULTATS_PAR_PAGE - (len(lignes) > RESULTATS_PAR_PAGE)
    return [list(lignes[i : i + taille]) for i in range(0, len(lignes), taille)] or [[]]


def pages_de_grilles(grilles):
    """What a step where one answers shows, page by page: how to come in, or each figure once they are counted.

    `grilles`: of the live state. Each page is {"grille"} or {"grille", "question", "tableau", "rangs"}.
    """
    pages = []
    for dite in grilles:
        if not dite["comptee"]:
            pages.append({"grille": dite})
            continue
        lues = lire_grille(Grille.objects.get(pk=dite["id"]))
        montrees = [
            {"grille": dite, "question": lue, "tableau": t, "rangs": t.rangs[debut : debut + RANGS_PAR_PAGE]}
            for lue in lues
            for t in lue.tableaux
            for debut in range(0, len(t.rangs), RANGS_PAR_PAGE)
        ]
        pages += montrees or [{"grille": dite}]  # too few answers: their number is told, and why nothing else is
    return pages


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
