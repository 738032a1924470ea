"""Whether each piste has an answer: what was decided of it, how long that took, how long it has waited."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils import timezone
from django.utils.functional import cached_property

from ..decomptes import Familles
from ..models import LigneSynthese, PhraseSynthese, Piste, Suite, Synthese

#: Days after which a piste without an answer has waited too long.
DELAI = 90
#: What stands for "no answer" beside the values of `Suite.Etat`.
SANS_REPONSE = "sans"
#: States in the order of the board: the furthest first.
ORDRE = ("realisee", "en_cours", "retenue", "confiee", "ecartee", SANS_REPONSE)


@dataclass(frozen=True)
class PisteSuivie:
    """A piste that stands, and its answers that stand, oldest first. `depuis`: the day of the first published
    synthesis that cites it, or None."""

    piste: Piste
    depuis: date | None
    suites: tuple

    @property
    def derniere(self):
        return self.suites[-1] if self.suites else None

    @property
    def etat(self):
        return self.derniere.etat if self.derniere else SANS_REPONSE

    @property
    def delai(self):
        """Days from the synthesis to the first answer, or None."""
        if self.depuis is None or not self.suites:
            return None
        return max(0, (self.suites[0].le - self.depuis).days)

    @property
    def attente(self):
        """Days it has waited for an answer; None when it has one, or was never published."""
        if self.suites or self.depuis is None:
            return None
        return (timezone.localdate() - self.depuis).days


@dataclass(frozen=True)
class Bilan:
    """The board of a consultation. `suivies`: [PisteSuivie], by number."""

    suivies: list

    @property
    def repondues(self):
        return sum(bool(suivie.suites) for suivie in self.suivies)

    @cached_property
    def delai_median(self):
        """Half of the answers came in so many days or fewer; None while there is none."""
        delais = [suivie.delai for suivie in self.suivies if suivie.delai is not None]
        return round(median(delais)) if delais else None

    @cached_property
    def en_retard(self):
        """Those that have waited more than DELAI days, the oldest first."""
        tard = [suivie for suivie in self.suivies if (suivie.attente or 0) > DELAI]
        return sorted(tard, key=lambda suivie: (-suivie.attente, suivie.piste.numero))

    @cached_property
    def par_etat(self):
        """{state: number of pistes}, in the order of the board, those of nobody included."""
        nombres = Counter(suivie.etat for suivie in self.suivies)
        return {etat: nombres[etat] for etat in ORDRE}

    def choisies(self, etat=""):
        """Those in that state (all when empty): the latest answers first, then those that wait, by number."""
        siennes = [suivie for suivie in self.suivies if not etat or suivie.etat == etat]
        return sorted(
            siennes,
            key=lambda s: (-s.derniere.le.toordinal(), -s.derniere.pk) if s.suites else (0, s.piste.numero),
        )


def bilan(consultation, syntheses=None, *, toutes=False):
    """Return the Bilan of the pistes that were promised an answer. Five queries.

    They are those that a published synthesis cites, among `syntheses` (ids) when it is given, and those that
    have an answer. With `toutes`, every piste that stands, set aside by the room or not.
    """
    familles = Familles.de(consultation.pk)
    depuis = _depuis(consultation, syntheses, familles)
    suites = defaultdict(list)
    for suite in Suite.objects.debout().filter(piste__consultation=consultation).order_by("le", "pk"):
        suites[familles.racine(suite.piste_id)].append(suite)
    pistes = Piste.objects.filter(consultation=consultation).debout().select_related("axe")
    if not toutes:
        pistes = pistes.filter(pk__in={*depuis, *suites})
    return Bilan([PisteSuivie(p, depuis.get(p.pk), tuple(suites[p.pk])) for p in pistes.order_by("numero")])


def _depuis(consultation, syntheses, familles):
    """{id of a piste that stands: day it was first published}. Two queries."""
    publiees = Synthese.objects.filter(consultation=consultation, etat=Synthese.Etat.PUBLIEE)
    if syntheses is not None:
        publiees = publiees.filter(pk__in=syntheses)
    jours = {}
    for modele in (PhraseSynthese, LigneSynthese):
        citations = modele.objects.filter(section__synthese__in=publiees, pistes__isnull=False)
        for piste_id, le in citations.values_list("pistes", "section__synthese__publiee_le").distinct():
            racine, jour = familles.racine(piste_id), timezone.localdate(le)
            jours[racine] = min(jour, jours.get(racine, jour))
    return jours


def famille_de(piste):
    """Return the ids of the pistes that `piste` stands with: see `Familles`. One query."""
    familles = Familles.de(piste.consultation_id)
    return familles.membres(familles.racine(piste.pk))


def racines_de(pistes):
    """Return {id of a piste of the family of one of `pistes`: id of that one}. `pistes` stand. One query."""
    familles = Familles.de(pistes[0].consultation_id) if pistes else None
    return {pk: piste.pk for piste in pistes for pk in familles.membres(piste.pk)}


def souches_de(pistes):
    """Return {id of a piste that holds propositions: ids of those of `pistes` born of them}. `pistes` stand.

    One query, two when some were taken over from another consultation.
    """
    familles = Familles.de(pistes[0].consultation_id) if pistes else None
    return familles.par_souche([piste.pk for piste in pistes]) if pistes else {}


def histoire_des_suites(piste_ids):
    """Return every Suite of these pistes, corrected and withdrawn ones included, the latest first. One query.

    `corrigee_par`, where there is one, comes with it.
    """
    suites = Suite.objects.filter(piste__in=piste_ids).select_related(
        "document__collection", "corrigee_par", "piste"
    )
    return list(suites.order_by("-le", "-pk"))
