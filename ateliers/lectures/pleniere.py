"""The list of a plenary: what the workshops found, what was chosen of it, and who is not in it yet."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count

from consultation import lectures
from consultation.decomptes import Familles
from consultation.models import Piste, Proposition, Scrutin

from ..models import Atelier, Etape


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


@dataclass
class Source:
    """A workshop and its pistes, those kept first. `etat` of its vote: "", "ouvert" or "clos"."""

    atelier: Atelier
    etat: str
    candidates: list = field(default_factory=list)

    @property
    def prises(self):
        return sum(c.prise for c in self.candidates)

    @property
    def retenues_libres(self):
        return [c for c in self.candidates if c.retenue and not c.prise]

    @property
    def a_ajouter(self):
        """The piste to offer when the workshop has none in the list: its first kept one, or its first."""
        return next(iter(self.candidates), None)


@dataclass(frozen=True)
class Rang:
    """A place in the list: the piste that stands, where it comes from; `lignee`: (piste, room, propositions)."""

    piste: Piste
    lignee: list
    lieux: list
    appuis: list
    propositions: int


@dataclass(frozen=True)
class ListePleniere:
    sources: list
    rangs: list
    etape: Etape | None

    @property
    def absents(self):
        """Workshops that have pistes and none of them in the list."""
        return [s for s in self.sources if s.candidates and not s.prises]

    @property
    def retenues_libres(self):
        return sum(len(s.retenues_libres) for s in self.sources)

    @property
    def candidates(self):
        return sum(len(s.candidates) for s in self.sources)

    @property
    def retenues(self):
        return sum(c.retenue for s in self.sources for c in s.candidates)

    @property
    def propositions(self):
        return sum(r.propositions for r in self.rangs)

    @property
    def pistes_d_atelier(self):
        return sum(max(1, len(r.lignee)) for r in self.rangs)


def lire_liste(atelier):
    """Return the ListePleniere of a plenary: 16 queries at most, however many workshops and pistes."""
    consultation_id = atelier.espace.consultation_id
    familles = Familles.de(consultation_id)
    resultats = lectures.resultats_par_piste(consultation_id, familles)
    appuis, nees = _appuis(resultats), _propositions(consultation_id)
    places = lectures.liste(atelier.espace)
    sources = _sources(atelier)
    noms = {source.atelier.espace_id: source.atelier.titre for source in sources.values()}
    dedans = {place.piste.pk for place in places}
    _ranger_candidates(atelier, sources, familles, resultats, appuis, dedans)
    return ListePleniere(
        sources=[s for s in sources.values() if s.candidates or s.atelier.nature == Atelier.Nature.ATELIER],
        rangs=[_rang(place, appuis, nees, noms) for place in places],
        etape=_prochain_vote(atelier),
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


def _ranger_candidates(atelier, sources, familles, resultats, appuis, dedans):
    """Put each living piste, and those of the workshops joined into a piste of the list, under its workshop."""
    pistes = Piste.objects.filter(espace__in=sources).exclude(etat=Piste.Etat.ECARTEE).order_by("numero")
    for piste in pistes:
        racine = familles.racine(piste.pk)
        prise = racine in dedans
        if racine != piste.pk and not (prise and piste.espace_id != atelier.espace_id):
            continue
        candidate = Candidate(piste, appuis.get(racine, []), piste.etat == Piste.Etat.RETENUE, prise)
        sources[piste.espace_id].candidates.append(candidate)
    for source in sources.values():
        source.candidates.sort(key=lambda c: (not c.retenue, c.piste.numero))


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


def _rang(place, appuis, nees, noms):
    membres = [place.piste, *place.jointes]
    lignee = [(p, noms.get(p.espace_id, ""), nees.get(p.pk, 0)) for p in place.jointes]
    lieux = list(dict.fromkeys(noms[p.espace_id] for p in (place.jointes or membres) if p.espace_id in noms))
    propositions = sum(nees.get(p.pk, 0) for p in membres)
    return Rang(place.piste, lignee, lieux, appuis.get(place.piste.pk, []), propositions)


def _prochain_vote(atelier):
    """The vote that would open with this list: the first one to come."""
    votes = atelier.etapes.filter(nature=Etape.Nature.VOTE, etat=Etape.Etat.A_VENIR)
    return votes.select_related("scrutin").first()
