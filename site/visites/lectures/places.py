"""Who comes, who waits, and who could come: a proposal when places are given together."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from consultation.models import Participant
from contenus.regions import PARENTS, region_de

from .. import regles
from ..models import Demande, Visite
from ..repartition import Candidat, repartir
from .visites import libres

AVEC_REGION = (PARENTS, f"structure__{PARENTS}")


@dataclass(frozen=True)
class Gens:
    """Who comes and who waits: Demandes in order, each with its participant."""

    places: list
    attentes: list

    @property
    def accords(self):
        return sum(demande.accord is True for demande in self.places)

    @property
    def groupe_d_accord(self):
        return regles.groupe_d_accord(self.accords, len(self.places))


def gens(visite):
    """Return the Gens of a visit. One query."""
    demandes = visite.demandes.select_related(
        "participant__college", "participant__territoire", "participant__structure"
    ).order_by("pk")
    par_etat = defaultdict(list)
    for demande in demandes:
        par_etat[demande.etat].append(demande)
    return Gens(par_etat[Demande.Etat.PLACE], par_etat[Demande.Etat.ATTENTE])


def peuvent_demander(visite):
    """The people of the consultation who did not ask for this visit, by name."""
    return (
        Participant.objects.filter(consultation=visite.consultation_id, efface_le=None)
        .exclude(code_personnel=None)
        .exclude(pk__in=visite.demandes.values("participant"))
        .select_related("college")
        .order_by("prenom__plie", "nom__plie", "pk")
    )


def region(participant):
    """Someone's Region: their own territoire tells it before their structure's. With AVEC_REGION, no query."""
    structure = participant.structure
    return region_de(participant.territoire) or (structure and region_de(structure.territoire)) or None


@dataclass(frozen=True)
class Part:
    """What is proposed for one visit: [(Demande, Region or None, whether to take them)], and the places left."""

    visite: Visite
    lignes: list
    libres: int

    def avec(self, personnes):
        """The same, with those chosen in the form instead of those proposed."""
        return replace(self, lignes=[(d, r, d.participant_id in personnes) for d, r, _choisie in self.lignes])

    @property
    def choisies(self):
        return sum(choisie for _demande, _region, choisie in self.lignes)

    @property
    def melange(self):
        """[(College, people chosen of it)], in the order of colleges."""
        colleges = Counter(d.participant.college for d, _region, choisie in self.lignes if choisie)
        return sorted(colleges.items(), key=lambda paire: (paire[0].ordre, paire[0].pk))


def repartition(consultation):
    """Return the Parts of the visits whose places wait to be given together. Two queries.

    Those who have a place in no visit come first; the others are proposed for what is left, at other hours.
    """
    toutes = list(
        Demande.objects.filter(visite__consultation=consultation)
        .exclude(visite__etat=Visite.Etat.ANNULEE)
        .select_related("visite", "participant__college", *(f"participant__{chemin}" for chemin in AVEC_REGION))
        .order_by("pk")
    )
    visites = list(
        Visite.objects.filter(consultation=consultation, etat=Visite.Etat.OUVERTE, a_repartir=True).comptees()
    )
    retenus = _proposer(visites, toutes)
    parts = []
    for visite in visites:
        attendent = [d for d in toutes if d.visite_id == visite.pk and d.etat == Demande.Etat.ATTENTE]
        lignes = [(d, region(d.participant), d.participant_id in retenus[visite.pk]) for d in attendent]
        parts.append(Part(visite, lignes, libres(visite)))
    return parts


def _proposer(visites, demandes):
    """{visit id: the ids of those to take}: first among those who go nowhere yet, then among the others."""
    tenues = defaultdict(list)
    for demande in demandes:
        if demande.etat == Demande.Etat.PLACE:
            tenues[demande.participant_id].append(demande.visite)
    voulues = defaultdict(list)
    for demande in demandes:
        visite = demande.visite
        libre = not any(v.debut < visite.fin and visite.debut < v.fin for v in tenues[demande.participant_id])
        if demande.etat == Demande.Etat.ATTENTE and visite in visites and libre:
            voulues[demande.participant].append(visite.pk)
    presents = {
        visite.pk: [
            _candidat(d.participant) for d in demandes if d.visite_id == visite.pk and d.etat == Demande.Etat.PLACE
        ]
        for visite in visites
    }
    neufs = [_candidat(p, siennes) for p, siennes in voulues.items() if not tenues[p.pk]]
    deja = [_candidat(p, siennes) for p, siennes in voulues.items() if tenues[p.pk]]
    places = {visite.pk: libres(visite) for visite in visites}
    retenus = repartir(neufs, places, presents)
    restes = {pk: places[pk] - len(pris) for pk, pris in retenus.items()}
    par_cle = {candidat.cle: candidat for candidat in neufs}
    presents = {pk: [*presents[pk], *(par_cle[cle] for cle in pris)] for pk, pris in retenus.items()}
    seconds = repartir(deja, restes, presents)
    return {pk: {*pris, *seconds[pk]} for pk, pris in retenus.items()}


def _candidat(participant, visites=()):
    code = getattr(region(participant), "code", None)
    return Candidat(participant.pk, participant.college_id, code, tuple(visites))
