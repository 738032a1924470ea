"""Where each region stands in following a seminar up, and what its group works from."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q
from django.utils import timezone

from consultation.models import Journal, Participant, Piste, Proposition, Suivi, Synthese, Territoire
from consultation.textes import plier

from ..models import Atelier, Place

#: Under so many people, what comes from a region is not told apart: it would point at them.
PEU = 5
#: In the order of the calendar: what waits for the reader comes first.
A_RELIRE, EN_RETARD, EN_COURS, PUBLIEE = "a_relire", "en_retard", "en_cours", "publiee"
ORDRE = (A_RELIRE, EN_RETARD, EN_COURS, PUBLIEE)
#: The states of syntheses, from what calls least for the national group to what calls most.
AVANCEE = (Synthese.Etat.BROUILLON, Synthese.Etat.PUBLIEE, Synthese.Etat.SOUMISE)


@dataclass(frozen=True)
class Reunion:
    """A meeting of a region: `personnes` who came in, `pistes` born of it. `tenue`: someone came."""

    atelier: Atelier
    debut: datetime
    personnes: int
    pistes: int

    @property
    def tenue(self):
        return self.personnes > 0


@dataclass(frozen=True)
class Region:
    """A follow-up and where it stands. `personnes`: of the region, at the seminar; `soumise_le`, `renvoyee_le` and
    `mot` come from the journal, and are those of the last time."""

    suivi: Suivi
    personnes: int
    reunions: list
    synthese: Synthese | None
    soumise_le: datetime | None
    renvoyee_le: datetime | None
    mot: str

    @property
    def reunie_le(self):
        """The day of the last meeting someone came to, or None."""
        return max((r.debut for r in self.reunions if r.tenue), default=None)

    @property
    def prevue_le(self):
        """The next meeting, or None."""
        return min((r.debut for r in self.reunions if r.debut > timezone.now()), default=None)

    @property
    def ecrite(self):
        return self.synthese is not None and self.synthese.etat != Synthese.Etat.BROUILLON

    @property
    def retard(self):
        """Days beyond the day it was expected, 0 when it is handed over or not due yet."""
        return 0 if self.ecrite else max(0, (timezone.localdate() - self.suivi.attendue_le).days)

    @property
    def etat(self):
        if self.synthese is not None and self.synthese.etat == Synthese.Etat.PUBLIEE:
            return PUBLIEE
        if self.synthese is not None and self.synthese.etat == Synthese.Etat.SOUMISE:
            return A_RELIRE
        return EN_RETARD if self.retard else EN_COURS


@dataclass(frozen=True)
class Calendrier:
    """All the regions of a seminar, those that wait for the national group first, then the latest due."""

    regions: list

    def combien(self, *etats):
        return sum(region.etat in etats for region in self.regions)

    @property
    def publiees(self):
        return self.combien(PUBLIEE)

    @property
    def a_relire(self):
        return self.combien(A_RELIRE)

    @property
    def en_retard(self):
        return self.combien(EN_RETARD)

    @property
    def reunies(self):
        return sum(region.reunie_le is not None for region in self.regions)


def calendrier(consultation):
    """Return the Calendrier of a national seminar. Eight queries."""
    suivis = list(consultation.suivis.select_related("territoire", "regionale", "nationale"))
    lues = _regions(suivis)
    return Calendrier(sorted(lues, key=lambda r: (ORDRE.index(r.etat), r.suivi.attendue_le, plier(str(r.suivi)))))


def region(suivi):
    """Return the Region of one follow-up. Seven queries."""
    return _regions([suivi])[0]


def _regions(suivis):
    if not suivis:
        return []
    reunions, syntheses = _reunions(suivis), _syntheses(suivis)
    soumises, renvoyees = _journal([synthese.pk for synthese in syntheses.values()])
    presents = personnes_par_region(suivis[0].nationale)
    return [
        _region(suivi, presents, reunions, syntheses.get(suivi.regionale_id), soumises, renvoyees)
        for suivi in suivis
    ]


def _region(suivi, presents, reunions, synthese, soumises, renvoyees):
    cle = synthese.pk if synthese else None
    renvoyee_le, mot = renvoyees.get(cle, (None, ""))
    soumise_le = soumises.get(cle)
    if soumise_le and renvoyee_le and renvoyee_le < soumise_le:
        renvoyee_le, mot = None, ""
    return Region(
        suivi=suivi,
        personnes=presents.get(suivi.territoire_id, 0),
        reunions=reunions[suivi.regionale_id],
        synthese=synthese,
        soumise_le=soumise_le,
        renvoyee_le=renvoyee_le,
        mot=mot,
    )


def _reunions(suivis):
    """{regional consultation id: [Reunion], oldest first}. Three queries."""
    ateliers = list(
        Atelier.objects.filter(espace__consultation__suivi__in=suivis, temps__isnull=False)
        .du_programme()
        .select_related("espace", "temps", "salle")
    )
    venus = dict(
        Place.objects.presentes()
        .filter(atelier__in=ateliers)
        .order_by()
        .values_list("atelier")
        .annotate(n=Count("pk"))
    )
    espaces = [atelier.espace_id for atelier in ateliers]
    nees = dict(Piste.objects.filter(espace__in=espaces).order_by().values_list("espace").annotate(n=Count("pk")))
    par_region = defaultdict(list)
    for atelier in sorted(ateliers, key=lambda a: (a.debut, a.pk)):
        lue = Reunion(atelier, atelier.debut, venus.get(atelier.pk, 0), nees.get(atelier.espace_id, 0))
        par_region[atelier.espace.consultation_id].append(lue)
    return par_region


def _syntheses(suivis):
    """{regional consultation id: the synthesis that its follow-up speaks of}. One query.

    Whatever was handed over comes first, be it of one meeting: nothing a region submits waits unseen. Then what is
    published, then drafts, that of the whole region before those of a meeting, the newest first.
    """
    siennes = Synthese.objects.filter(consultation__suivi__in=suivis)
    rangees = sorted(siennes, key=lambda s: (AVANCEE.index(s.etat), s.espace_id is None, s.pk))
    return {synthese.consultation_id: synthese for synthese in rangees}


def synthese_de(suivi):
    """Return the Synthese that a follow-up speaks of, or None. One query."""
    return _syntheses([suivi]).get(suivi.regionale_id)


def _journal(syntheses):
    """({id: when it was last handed over}, {id: (when it was last sent back, the word)}). Two queries."""
    entrees = Journal.objects.filter(objet_type=Synthese._meta.label_lower, objet_id__in=syntheses)
    remises = entrees.filter(verbe="soumettre_synthese").values_list("objet_id").annotate(le=Max("le"))
    retours = entrees.filter(verbe="rendre_synthese").order_by("pk").values_list("objet_id", "le", "motif")
    return dict(remises.order_by()), {pk: (le, motif) for pk, le, motif in retours}


def dans(territoire):
    """Return the Q of what is in a region for a model that has `territoire` and `structure`: people."""
    chemins = ("", "__parent", "__parent__parent")
    tout = Q()
    for chemin in chemins:
        tout |= Q(**{f"territoire{chemin}": territoire})
        tout |= Q(territoire__isnull=True, **{f"structure__territoire{chemin}": territoire})
    return tout


def personnes_par_region(consultation):
    """Return {region id: people of it at the seminar}, erased ones aside, by their own territory or their
    structure's, climbed to the region. One query."""
    gens = Participant.objects.filter(consultation=consultation, efface_le__isnull=True).order_by()
    cotes = [
        f"{de}territoire{haut}" for de in ("", "structure__") for haut in ("", "__parent", "__parent__parent")
    ]
    champs = [champ for cote in cotes for champ in (f"{cote}_id", f"{cote}__niveau")]
    nombres = defaultdict(int)
    for ligne in gens.values_list(*champs):
        couples = list(zip(ligne[::2], ligne[1::2], strict=True))
        sien = couples[:3] if couples[0][0] is not None else couples[3:]
        trouve = next((pk for pk, niveau in sien if niveau == "region"), None)
        if trouve is not None:
            nombres[trouve] += 1
    return dict(nombres)


@dataclass(frozen=True)
class Matiere:
    """What a regional group works from. `propositions`: of its people at the seminar, None when they are too few
    to be told apart; `pistes`: [PisteNationale]; `prises`, `nees`, `seules`: how many."""

    propositions: list | None
    pistes: list
    prises: int
    nees: int
    seules: int


@dataclass(frozen=True)
class PisteNationale:
    """A piste of the seminar. `d_ici`: proposals of the region in it, 0 when they are not told; `prise`: here."""

    piste: Piste
    d_ici: int
    prise: Piste | None


def matiere(suivi, personnes):
    """Return the Matiere of a follow-up whose region had `personnes` at the seminar. Five queries."""
    dites = _dites(suivi) if personnes >= PEU else None
    vivantes = suivi.nationale.pistes.vivantes().select_related("axe").order_by("numero")
    siennes = Piste.objects.filter(consultation=suivi.regionale_id)
    prises = {piste.venue_de_id: piste for piste in siennes.filter(venue_de__isnull=False)}
    nombres = defaultdict(int)
    for proposition in dites or ():
        nombres[proposition.piste_id] += 1
    pistes = [PisteNationale(piste, nombres[piste.pk], prises.get(piste.pk)) for piste in vivantes]
    return Matiere(
        propositions=dites,
        pistes=sorted(pistes, key=lambda lue: (-lue.d_ici, lue.piste.numero)),
        prises=len(prises),
        nees=siennes.vivantes().filter(venue_de__isnull=True).count(),
        seules=sum(p.piste_id is None for p in dites or ()),
    )


def _dites(suivi):
    """The shown proposals of the region's people, with their piste; their college could point at them."""
    gens = Participant.objects.filter(
        dans(suivi.territoire), consultation=suivi.nationale_id, efface_le__isnull=True
    )
    dites = Proposition.objects.affichees().filter(auteur__in=gens.values("pk"))
    return list(dites.select_related("piste").order_by("pk"))


def regions_a_ouvrir(consultation):
    """Return [(Territoire, people of it at the seminar)] of the regions that have no follow-up, by name."""
    presents = personnes_par_region(consultation)
    deja = consultation.suivis.values("territoire")
    regions = Territoire.objects.filter(niveau="region").exclude(pk__in=deja).order_by("nom__plie")
    return [(territoire, presents.get(territoire.pk, 0)) for territoire in regions]
