"""What a person finds on their own page: what they said and where it stands, their workshops."""

from collections import ChainMap, defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from ateliers.models import Etape, Place
from consultation import lectures
from consultation.decomptes import Familles
from consultation.models import (
    CopieGrille,
    LigneSynthese,
    Participant,
    PhraseSynthese,
    Piste,
    Proposition,
    Scrutin,
    Suite,
    Synthese,
)

from ..carnet import dates
from ..models import FilInfoPage, SuiviDAuteur, SynthesePage
from .publies import pistes_reprises

NOEUDS = 5  # written, gathered, voted, kept in a synthesis, published


@dataclass(frozen=True)
class MaProposition:
    """`rang`: how many of the five nodes of the stem are reached; `phrase`: where it stands, in one sentence."""

    proposition: Proposition
    rang: int
    phrase: str

    @property
    def pas(self):
        """One True for each node reached, False for those to come."""
        return [rang < self.rang for rang in range(NOEUDS)]


@dataclass(frozen=True)
class Participation:
    """`plus`: HTML that other rooms of the house add."""

    participant: Participant
    propositions: list
    places: list
    copies: list
    suivi: SuiviDAuteur | None
    plus: str = ""


def participations(participants):
    """Return a `Participation` for each of `participants`, in their order. Thirteen queries at most."""
    propositions = _propositions(participants)
    avancement = _Avancement({p.consultation_id for p in participants})
    siennes, places, copies = defaultdict(list), defaultdict(list), defaultdict(list)
    for proposition in propositions:
        siennes[proposition.auteur_id].append(avancement.dire(proposition))
    for place in _places(participants):
        places[place.participant_id].append(place)
    for copie in CopieGrille.objects.filter(participant__in=participants).select_related("grille").order_by("pk"):
        copies[copie.participant_id].append(copie)
    suivis = {suivi.participant_id: suivi for suivi in SuiviDAuteur.objects.filter(participant__in=participants)}
    return [Participation(p, siennes[p.pk], places[p.pk], copies[p.pk], suivis.get(p.pk)) for p in participants]


def dossier(participant, appareil=""):
    """Return all that is held about someone, as plain data: what the counting rooms know, and their seats.

    `appareil`: the device that asks; what was voted elsewhere is not told to it. Other rooms of the house add
    theirs by the hook "parts_du_dossier": a function of the participant, {name: plain data}.
    """
    places = participant.places.select_related("atelier__espace").order_by("pk")
    ateliers = [
        {
            "atelier": place.atelier.titre,
            "reservee_le": place.reservee_le.isoformat(),
            "entre_le": place.entre_le and place.entre_le.isoformat(),
        }
        for place in places
    ]
    suivi = SuiviDAuteur.objects.filter(participant=participant).values("courriel", "demande_le", "confirme_le")
    plus = [dire(participant) for dire in hooks.get_hooks("parts_du_dossier")]
    return {
        **lectures.dossier(participant, appareil),
        "ateliers": ateliers,
        "prevenu_par_courriel": [
            {nom: str(valeur) if valeur else None for nom, valeur in une.items()} for une in suivi
        ],
        **ChainMap(*plus),
    }


def _propositions(participants):
    return Proposition.objects.filter(auteur__in=participants).select_related("espace").order_by("-pk")


def _places(participants):
    """Workshops kept or entered, with `quand` in words, and `en_cours` when a step is open there now."""
    ouverts = set(
        Etape.objects.en_cours()
        .filter(atelier__espace__consultation__in=[p.consultation_id for p in participants])
        .values_list("atelier_id", flat=True)
    )
    places = Place.objects.filter(participant__in=participants).select_related(
        "atelier__espace", "atelier__temps", "atelier__salle"
    )
    for place in places.order_by("atelier__temps__debut", "atelier__ordre", "pk"):
        debut = place.atelier.debut
        place.en_cours = place.atelier_id in ouverts
        place.quand = f"{dates.jour(timezone.localtime(debut))}, {dates.heure(debut)}"
        yield place


def _reprises(consultations):
    """{(consultation id, piste number)} that a published newsletter took over from a published synthesis."""
    pages = dict(
        SynthesePage.objects.live()
        .public()
        .filter(synthese__consultation__in=consultations)
        .values_list("pk", "synthese__consultation")
    )
    fils = FilInfoPage.objects.live().public() if pages else ()
    return {
        (pages[page_id], numero) for fil in fils for page_id, numero in pistes_reprises(fil) if page_id in pages
    }


class _Avancement:
    """How far the pistes of some consultations have gone. Eight queries at most."""

    def __init__(self, consultations):
        pistes = Piste.objects.filter(consultation__in=consultations)
        self._au_fil = _reprises(consultations)
        self._numeros = dict(pistes.values_list("pk", "numero"))
        self._familles = Familles.des_consultations(consultations)
        self._votees = self._racines(
            Scrutin.pistes.through.objects.filter(
                scrutin__consultation__in=consultations, scrutin__etat=Scrutin.Etat.CLOS
            ).values_list("piste_id", flat=True)
        )
        debout = Suite.objects.debout().filter(piste__consultation__in=consultations).order_by("le", "pk")
        self._suites = {self._familles.racine(suite.piste_id): suite for suite in debout}
        self._etats = defaultdict(set)
        for modele, lien in ((PhraseSynthese, "phrasesynthese"), (LigneSynthese, "lignesynthese")):
            citations = modele.pistes.through.objects.filter(
                **{f"{lien}__section__synthese__consultation__in": consultations}
            )
            for piste_id, etat in citations.values_list("piste_id", f"{lien}__section__synthese__etat"):
                self._etats[self._familles.racine(piste_id)].add(etat)

    def _racines(self, pistes):
        return {self._familles.racine(pk) for pk in pistes}

    def dire(self, proposition):
        """Return the `MaProposition` of one proposition."""
        rang, phrase = self._rang_et_phrase(proposition)
        montree = proposition.moderation == Proposition.Moderation.AFFICHEE and proposition.piste_id
        suite = self._suites.get(self._familles.racine(proposition.piste_id)) if montree else None
        if suite is not None:
            dit = {"numero": self._numeros[suite.piste_id], "etat": suite.get_etat_display().lower()}
            phrase = _("Réponse à la piste n° %(numero)s : %(etat)s.") % dit
        return MaProposition(proposition, rang, phrase)

    def _rang_et_phrase(self, proposition):
        if proposition.moderation == Proposition.Moderation.ECARTEE:
            return 1, _("Elle n’est pas affichée. Lisez pourquoi.")
        if proposition.moderation == Proposition.Moderation.A_RELIRE:
            return 1, _("Elle est arrivée. Quelqu’un va la relire.")
        if proposition.piste_id is None:
            return 1, _("Elle est arrivée, avec celles des autres.")
        racine = self._familles.racine(proposition.piste_id)
        numero = {"numero": self._numeros.get(racine, "")}
        if (proposition.consultation_id, numero["numero"]) in self._au_fil:
            return 5, _("Elle est dans le Fil d’Info (piste n° %(numero)s).") % numero
        if Synthese.Etat.PUBLIEE in self._etats[racine]:
            return 4, _("Elle est dans la synthèse publiée (piste n° %(numero)s).") % numero
        if self._etats[racine]:
            return 3, _("Elle sert à écrire une synthèse (piste n° %(numero)s).") % numero
        if racine in self._votees:
            return 3, _("Le groupe a voté sur la piste n° %(numero)s.") % numero
        return 2, _("Elle est dans la piste n° %(numero)s.") % numero
