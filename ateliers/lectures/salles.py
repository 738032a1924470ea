"""What rooms, consoles and home pages read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Prefetch
from django.utils import timezone

from consultation import regles as regles_consultation
from consultation.decomptes import Familles
from consultation.models import (
    Bulletin,
    Consultation,
    Espace,
    Participant,
    Piste,
    PisteReprise,
    Proposition,
    Scrutin,
)
from consultation.requetes import Prete, PreteEnObjets, cles_vers
from consultation.textes import cle_de_code

from ..models import Atelier, Etape, Place

AVEC_CADRE = ("espace__consultation", "temps", "salle")
#: What a ballot asks of the person who casts it.
QUI_VOTE = ("id", "consultation_id", "college_id", "generation", "entre_le", "efface_le")


def atelier_par_code(saisie, avec=AVEC_CADRE):
    """Return the Atelier whose code was typed (case, blanks, O/0 and I/1 forgiven), or None. One query.

    `avec`: what is read along; an act needs neither the half-day nor the place.
    """
    cle = cle_de_code(saisie)
    if not cle:
        return None
    return next(iter(_par_code(tuple(avec))(cle)), None)


@cache
def _par_code(avec):
    return PreteEnObjets(Atelier, lambda cle: Atelier.objects.filter(code_cle=cle).order_by(), cles_vers(avec))


def etape_courante(atelier):
    """Return the open or paused step of the room, with its scrutin, or None. One query."""
    return atelier.etapes.en_cours().select_related("scrutin").first()


@dataclass(frozen=True)
class EnCours:
    """The step of now in a room, as a vote needs to know it. `scrutin` is None but in a step of vote."""

    atelier: Atelier
    scrutin: Scrutin | None


_en_cours_de = Prete(
    lambda cle: (
        Etape.objects.en_cours()
        .filter(atelier__code_cle=cle)
        .order_by()
        .values_list(
            "nature",
            "scrutin_id",
            "scrutin__etat",
            "atelier_id",
            "atelier__repetition",
            "atelier__espace_id",
            "atelier__espace__consultation_id",
            "atelier__espace__consultation__etat",
        )
    )
)


def en_cours_de(cle):
    """Return the EnCours of the room whose code has this key, or None when no step is open. One query."""
    for nature, scrutin_id, etat, *salle in _en_cours_de(cle):
        vote = nature == Etape.Nature.VOTE and scrutin_id is not None
        return EnCours(_atelier(*salle), _partiel(Scrutin, id=scrutin_id, etat=etat) if vote else None)
    return None


def _atelier(pk, repetition, espace_id, consultation_id, etat):
    atelier = _partiel(Atelier, id=pk, repetition=repetition, espace_id=espace_id)
    atelier.espace = _partiel(Espace, id=espace_id, consultation_id=consultation_id)
    atelier.espace.consultation = _partiel(Consultation, id=consultation_id, etat=etat)
    return atelier


def _partiel(modele, **champs):
    """A row of which these fields are known; the others are read if something asks for them."""
    return modele.from_db(DEFAULT_DB_ALIAS, list(champs), list(champs.values()))


_entres = Prete(
    lambda atelier, gens: (
        Participant.objects.filter(pk__in=gens, places__atelier=atelier, places__entre_le__isnull=False)
        .order_by()
        .values_list(*QUI_VOTE)
    )
)


def qui_vote(atelier_id, gens):
    """Return {id: Participant} of those of `gens` (ids) who came into the room, with `QUI_VOTE`. One query."""
    lignes = _entres(atelier_id, tuple(gens))
    return {ligne[0]: Participant.from_db(DEFAULT_DB_ALIAS, QUI_VOTE, ligne) for ligne in lignes}


_est_entre = Prete(
    lambda atelier, qui: (
        Place.objects.presentes().filter(atelier=atelier, participant=qui).order_by().values_list("pk")
    )
)


def est_entre(participant, atelier):
    """Whether this person, or None, has come into this room. One query at most."""
    if participant is None or atelier.pk in participant.__dict__.get("_salles", ()):
        return participant is not None
    return bool(_est_entre(atelier.pk, participant.pk))


def a_vote(participant, scrutin_id):
    """Whether this person has a ballot in this vote. One query."""
    return Bulletin.objects.filter(participant=participant, scrutin=scrutin_id).exists()


def pistes_de(participant, espace_id):
    """Return the pistes that hold this person's words, joined or not, as a frozenset. One query at most."""
    connues = participant.__dict__.get("_pistes", {})
    if espace_id not in connues:
        connues = pistes_par_auteur(espace_id, participant.pk)
        return connues.get(participant.pk, frozenset())
    return connues[espace_id]


def deja_lue(participant, atelier_id, espace_id, pistes):
    """Note on someone what is known of them in a room they are in: the readings above do not ask again."""
    participant._salles, participant._pistes = {atelier_id}, {espace_id: pistes}


def pistes_par_auteur(espace_id, auteur_id=None):
    """Return {author: frozenset of the pistes their words are in, to the one that stands}. At most three queries.

    In a plenary, words said in a workshop count too once their piste, or one it was joined into, is in its list.
    """
    reprises = set(PisteReprise.objects.filter(espace=espace_id).values_list("piste_id", flat=True))
    siennes = Proposition.objects.filter(auteur__isnull=False, piste__isnull=False)
    siennes = siennes.filter(consultation__espaces=espace_id) if reprises else siennes.filter(espace=espace_id)
    if auteur_id is not None:
        siennes = siennes.filter(auteur=auteur_id)
    pistes = defaultdict(set)
    siennes = list(siennes.order_by().values_list("auteur_id", "piste_id", "espace_id"))
    familles = Familles.de_l_espace(espace_id) if siennes else None
    for auteur, piste, ou in siennes:
        chemin = familles.chemin(piste)
        if ou == espace_id or not reprises.isdisjoint(chemin):
            pistes[auteur].update(chemin)
    return {auteur: frozenset(les_siennes) for auteur, les_siennes in pistes.items()}


def numeros_debout(propositions):
    """Return {piste id: number of the piste that stands for it} for what `propositions` are gathered in.

    Two queries, none while nothing is gathered.
    """
    rangees = {p.piste_id for p in propositions if p.piste_id}
    if not rangees:
        return {}
    familles = Familles.de(propositions[0].consultation_id)
    racines = {pk: familles.racine(pk) for pk in rangees}
    numeros = dict(Piste.objects.filter(pk__in=racines.values()).values_list("pk", "numero"))
    return {pk: numeros[racine] for pk, racine in racines.items()}


def ateliers_de(compte):
    """Return the rooms that this account leads, reports or organises, in the order of the day. One query."""
    espaces = regles_consultation.espaces_de(compte)
    return Atelier.objects.select_related(*AVEC_CADRE).filter(espace__in=espaces)


def programme(consultation):
    """Return the half-days in order, each with its workshops in `ateliers`; rehearsals left out. Two queries."""
    seances = Atelier.objects.du_programme().select_related("espace", "salle").order_by("ordre", "pk")
    return list(consultation.temps.prefetch_related(Prefetch("ateliers", seances)))


def en_ce_moment():
    """Return the rooms where a step is open now, rehearsals left out. One query."""
    return (
        Atelier.objects.du_programme()
        .select_related(*AVEC_CADRE)
        .filter(
            pk__in=Etape.objects.en_cours().values("atelier"),
            espace__consultation__etat=Consultation.Etat.OUVERTE,
        )
        .dans_l_ordre()
    )


@dataclass(frozen=True)
class LigneDeroule:
    """A step and when it is or is foreseen (aware datetimes)."""

    etape: Etape
    debut: datetime
    fin: datetime


@dataclass(frozen=True)
class Deroulement:
    """The steps of a room on the clock. `retard`: minutes late against the plan (negative when early)."""

    lignes: list
    fin: datetime | None
    retard: int

    @property
    def etapes(self):
        return [ligne.etape for ligne in self.lignes]


def deroule(atelier, maintenant=None):
    """Return the Deroulement of a room. One query, plus the temps if it is not loaded.

    What was is shown as it was; the current step ends when its clock says, or now if it is past; the rest follows.
    Before anything opens, the half-day's own beginning is the start.
    """
    maintenant = maintenant or timezone.now()
    lignes, curseur = [], atelier.debut
    for etape in atelier.etapes.select_related("scrutin"):
        debut = etape.ouverte_le or curseur
        fin = _fin(etape, debut, maintenant)
        lignes.append(LigneDeroule(etape, debut, fin))
        curseur = max(curseur, fin) if etape.ouverte_le is None else fin
    if not lignes:
        return Deroulement([], None, 0)
    fin = max(ligne.fin for ligne in lignes)
    prevue = atelier.debut + timedelta(minutes=sum(ligne.etape.duree for ligne in lignes))
    commence = any(ligne.etape.ouverte_le for ligne in lignes)
    retard = round((fin - prevue).total_seconds() / 60) if commence else 0
    return Deroulement(lignes, fin, retard)


def _fin(etape, debut, maintenant):
    if etape.etat == Etape.Etat.FERMEE and etape.fermee_le:
        return etape.fermee_le
    if etape.etat == Etape.Etat.OUVERTE and etape.echeance:
        return max(etape.echeance, maintenant)
    if etape.etat == Etape.Etat.EN_PAUSE:
        return maintenant + timedelta(seconds=etape.restant or 0)
    return debut + timedelta(minutes=etape.duree)
