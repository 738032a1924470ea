"""The list of a plenary: what the workshops found, what was chosen of it, and who is not in it yet.

Only what a page shows is read whole; of the others, an id, a state and a place are enough.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count

from consultation import lectures
from consultation.decomptes import Familles
from consultation.models import Axe, Piste, Proposition, Scrutin

from ..models import Atelier, Etape
from .tableau import Filtre, Pages, chercher, couper

#: Pistes of the workshops, and of the list, on one page.
CANDIDATES, RANGS = 40, 30


@dataclass(frozen=True)
class Appui:
    """How many people chose a piste, in words as every screen says them, in the vote called `vote`."""

    vote: str
    total: str


@dataclass(frozen=True)
class Candidate:
    """A piste of a workshop. `prise`: in the list, itself or joined; `retenue`: kept, by the vote or by hand."""

    piste: Piste
    appuis: list
    retenue: bool
    prise: bool


class _Ligne(NamedTuple):
    """What is read of each piste of the consultation; `racine`: the one that stands for it."""

    pk: int
    numero: int
    etat: str
    axe: int | None
    espace: int
    dans: int | None

    @property
    def retenue(self):
        return self.etat == Piste.Etat.RETENUE


@dataclass
class Source:
    """A workshop. `etat` of its vote: "", "ouvert" or "clos"; `candidates`: those of its pistes on this page.

    `lignes`: all its pistes, those kept first, of which `prises` are in the list and `libres`, kept, are not.
    """

    atelier: Atelier
    etat: str
    lignes: list = field(default_factory=list)
    libres: list = field(default_factory=list)
    prises: int = 0
    candidates: list = field(default_factory=list)
    a_ajouter: Piste | None = None


@dataclass(frozen=True)
class Rang:
    """A place in the list, from 1: the piste that stands, where it comes from.

    `lignee`: (piste, room, propositions).
    """

    place: int
    piste: Piste
    lignee: list
    lieux: list
    appuis: list
    propositions: int


@dataclass(frozen=True)
class ListePleniere:
    """`sources`: all of them. `cochees`: candidates ticked on other pages, as many as a page holds; `tues`: the
    ids of the others. `gardes`: {piste id: Rang} of what stays in sight on whatever page."""

    filtre: Filtre
    axes: tuple
    sources: list
    a_choisir: Pages
    cochees: list
    tues: list
    rangs: list
    debout: Pages
    gardes: dict
    etape: Etape | None
    propositions: int
    pistes_d_atelier: int

    @property
    def cherche(self):
        return self.filtre.est_autre(Filtre())

    @property
    def longue(self):
        """Whether there is more than a page of anything: what is looked for is then worth a search."""
        return self.a_choisir.tout > CANDIDATES or self.debout.tout > RANGS

    @property
    def montrees(self):
        """The sources to show: those with something on this page; with neither pages nor filter, all of them."""
        seules = self.cherche or self.a_choisir.pages > 1
        return [s for s in self.sources if s.candidates or not seules]

    @property
    def absents(self):
        """Workshops that have pistes and none of them in the list."""
        return [s for s in self.sources if s.lignes and not s.prises]

    @property
    def retenues_libres(self):
        """The ids of what the workshops kept and the list has not."""
        return [pk for s in self.sources for pk in s.libres]

    @property
    def retenues(self):
        return sum(ligne.retenue for s in self.sources for ligne in s.lignes)


def lire_liste(atelier, filtre=None, cochees=(), gardees=()):
    """Return the ListePleniere of a plenary: 19 queries at most, however many workshops and pistes.

    `cochees`: ids of candidates ticked so far; `gardees`: ids of pistes of the list to keep in sight.
    """
    return _Lecture(atelier, filtre or Filtre()).lire(cochees, gardees)


class _Lecture:
    """One reading: the pistes of the consultation, then what a page shows of them."""

    def __init__(self, atelier, filtre):
        self.atelier, self.filtre = atelier, filtre
        self.consultation = atelier.espace.consultation_id
        pistes = Piste.objects.filter(consultation=self.consultation)
        champs = ("pk", "numero", "etat", "axe_id", "espace_id", "fusionnee_dans_id")
        lues = map(_Ligne._make, pistes.order_by("numero").values_list(*champs))
        self.lignes = {ligne.pk: ligne for ligne in lues}
        self.familles = Familles({pk: ligne.dans for pk, ligne in self.lignes.items()})
        etats = {pk: ligne.etat for pk, ligne in self.lignes.items()}
        self.ordre = lectures.ordre_de_la_liste(atelier.espace, self.familles, etats)
        self.places = {pk: rang for rang, pk in enumerate(self.ordre, 1)}
        self.trouvees = chercher(pistes, filtre)
        self.sources = _sources(atelier)
        self._ranger()

    def _ranger(self):
        """Put each living piste, and those of the workshops joined into one of the list, under its workshop."""
        for ligne in self.lignes.values():
            source = self.sources.get(ligne.espace)
            if source is None or ligne.etat == Piste.Etat.ECARTEE:
                continue
            prise = self._prise(ligne)
            if self.familles.racine(ligne.pk) != ligne.pk and not (
                prise and ligne.espace != self.atelier.espace_id
            ):
                continue
            source.lignes.append(ligne)
            source.prises += prise
            if ligne.retenue and not prise:
                source.libres.append(ligne.pk)
        for source in self.sources.values():
            source.lignes.sort(key=lambda ligne: (not ligne.retenue, ligne.numero))

    def _prise(self, ligne):
        return self.familles.racine(ligne.pk) in self.places

    def _voulue(self, ligne):
        """Whether the filter asks for a piste."""
        f = self.filtre
        demandes = ((f.etat, ligne.etat), (f.axe, ligne.axe), (f.lieu, ligne.espace))
        return (self.trouvees is None or ligne.pk in self.trouvees) and all(
            not voulu or voulu == lu for voulu, lu in demandes
        )

    def lire(self, cochees, gardees):
        toutes = [ligne for source in self.sources.values() for ligne in source.lignes]
        voulues = [ligne.pk for ligne in toutes if self._voulue(ligne)]
        ici, a_choisir = self._page(voulues, len(toutes), "po", CANDIDATES)
        ailleurs = [x.pk for x in toutes if x.pk in cochees and x.pk not in ici and not self._prise(x)]
        du_filtre = [
            pk for pk in self.ordre if any(self._voulue(self.lignes[m]) for m in self.familles.membres(pk))
        ]
        rangs, debout = self._page(du_filtre, len(self.ordre), "pp", RANGS)
        premieres = [s.lignes[0].pk for s in self.sources.values() if s.lignes and not s.prises]
        gardees = [pk for pk in gardees if pk in self.places]
        self._charger({*ici, *ailleurs[:CANDIDATES], *premieres}, {*rangs, *gardees})
        self._remplir(ici)
        return ListePleniere(
            filtre=self.filtre,
            axes=tuple(Axe.objects.filter(consultation=self.consultation)),
            sources=[s for s in self.sources.values() if s.lignes or s.atelier.nature == Atelier.Nature.ATELIER],
            a_choisir=a_choisir,
            cochees=[self._candidate(pk) for pk in ailleurs[:CANDIDATES]],
            tues=ailleurs[CANDIDATES:],
            rangs=[self._rang(pk) for pk in rangs],
            debout=debout,
            gardes={pk: self._rang(pk) for pk in gardees},
            etape=_prochain_vote(self.atelier),
            propositions=sum(self.nees.get(m, 0) for pk in self.ordre for m in self.familles.membres(pk)),
            pistes_d_atelier=sum(max(1, len(self.familles.membres(pk)) - 1) for pk in self.ordre),
        )

    def _page(self, choisies, tout, nom, par_page):
        pages = couper(len(choisies), tout, self.filtre, nom, par_page)
        debut = par_page * (pages.page - 1)
        return choisies[debut : debut + par_page], pages

    def _charger(self, candidates, rangs):
        """Read whole what is shown, with its votes, and count what each piste holds."""
        racines = {self.familles.racine(pk) for pk in candidates} | rangs
        familles = {membre for racine in racines for membre in self.familles.membres(racine)}
        membres = {membre for pk in rangs for membre in self.familles.membres(pk)}
        self.pistes = Piste.objects.in_bulk(candidates | membres)
        self.appuis = _appuis(lectures.resultats_par_piste(self.consultation, self.familles, familles))
        self.nees = _propositions(self.consultation)

    def _remplir(self, ici):
        montrees = set(ici)
        for source in self.sources.values():
            source.candidates = [self._candidate(x.pk) for x in source.lignes if x.pk in montrees]
            source.a_ajouter = self.pistes[source.lignes[0].pk] if source.lignes and not source.prises else None

    def _candidate(self, pk):
        ligne = self.lignes[pk]
        appuis = self.appuis.get(self.familles.racine(pk), [])
        return Candidate(self.pistes[pk], appuis, ligne.retenue, self._prise(ligne))

    def _rang(self, pk):
        membres = sorted((self.pistes[m] for m in self.familles.membres(pk)), key=lambda p: p.numero)
        jointes = [piste for piste in membres if piste.pk != pk]
        noms = {espace: source.atelier.titre for espace, source in self.sources.items()}
        return Rang(
            place=self.places[pk],
            piste=self.pistes[pk],
            lignee=[(p, noms.get(p.espace_id, ""), self.nees.get(p.pk, 0)) for p in jointes],
            lieux=list(dict.fromkeys(noms[p.espace_id] for p in jointes or membres if p.espace_id in noms)),
            appuis=self.appuis.get(pk, []),
            propositions=sum(self.nees.get(p.pk, 0) for p in membres),
        )


def _sources(atelier):
    """{espace id: Source} of the workshops of the programme, as the days go, then of the plenary itself."""
    ateliers = Atelier.objects.du_programme().filter(espace__consultation_id=atelier.espace.consultation_id)
    lus = list(ateliers.select_related("espace", "temps").dans_l_ordre())
    etats = dict(
        Scrutin.objects.filter(espace__in=[a.espace_id for a in lus])
        .exclude(etat=Scrutin.Etat.PREPARE)
        .order_by("ouvert_le")
        .values_list("espace_id", "etat")
    )
    lus.sort(key=lambda a: a.pk == atelier.pk)
    return {a.espace_id: Source(a, etats.get(a.espace_id, "")) for a in lus}


def _appuis(resultats):
    """{id of the piste that stands: [Appui], one a closed vote}. Nothing where the figures are withheld."""
    lus = defaultdict(list)
    for racine, siens in resultats.items():
        lus[racine] = [Appui(tableau.titre, ligne.total) for tableau, ligne in siens if ligne.total]
    return lus


def _propositions(consultation_id):
    """{piste id: shown propositions it holds itself}."""
    dites = Proposition.objects.affichees().filter(consultation=consultation_id, piste__isnull=False).order_by()
    return dict(dites.values_list("piste").annotate(n=Count("pk")))


def _prochain_vote(atelier):
    """The vote that would open with this list: the first one to come."""
    votes = atelier.etapes.filter(nature=Etape.Nature.VOTE, etat=Etape.Etat.A_VENIR)
    return votes.select_related("scrutin").first()
