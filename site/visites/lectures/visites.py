"""Visits as people read them: the public list, one's own page, what is held of someone."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from consultation.models import Grille
from contenus.carnet import dates

from .. import regles
from ..models import Demande, Visite


def quand(debut, fin):
    """Return "Mardi 21 septembre 2027, de 9 h à 12 h", or from one day to another."""
    premier, dernier = timezone.localtime(debut), timezone.localtime(fin)
    heures = {"debut": dates.heure(debut), "fin": dates.heure(fin), "jour": dates.jour(premier, annee=True)}
    if premier.date() == dernier.date():
        return _("%(jour)s, de %(debut)s à %(fin)s") % heures
    heures["dernier"] = dates.jour(dernier, annee=True, au_milieu=True)
    return _("%(jour)s à %(debut)s, jusqu’au %(dernier)s à %(fin)s") % heures


@dataclass(frozen=True)
class VisiteLue:
    """A visit as a screen shows it; `demande`: that of whoever looks, with its `rang`, or None."""

    visite: Visite
    demande: Demande | None = None

    @property
    def quand(self):
        return quand(self.visite.debut, self.visite.fin)

    @property
    def libres(self):
        """Places left; never fewer than none. Of `comptees` visits only."""
        return libres(self.visite)

    @property
    def passee(self):
        return regles.est_passee(self.visite)

    @property
    def ouverte(self):
        return regles.prend_des_demandes(self.visite)

    @property
    def placee(self):
        return self.demande is not None and self.demande.etat == Demande.Etat.PLACE

    @property
    def liberee(self):
        """True for a place that came to who waited."""
        return self.placee and self.demande.place_le is not None

    @property
    def a_relire(self):
        """True when whoever looks was of the group, and may say whether the report is published."""
        return bool(self.placee and self.passee and self.visite.recit)

    @property
    def grille_ouverte(self):
        """True when whoever looks was of the group, and may say what they saw."""
        grille = self.visite.grille
        return self.placee and self.passee and grille is not None and grille.etat == Grille.Etat.OUVERTE

    @property
    def avant(self):
        """What it was, in words, for someone who had asked before it was moved; "" otherwise."""
        visite, demande = self.visite, self.demande
        if demande is None or visite.deplacee_le is None or demande.demandee_le > visite.deplacee_le:
            return ""
        avant = {cle: parse_datetime(visite.avant[cle]) for cle in ("debut", "fin")}
        return f"{quand(**avant)}, {visite.avant['lieu']}"


def publiques(consultation, participant=None):
    """Return the VisiteLues that anyone may read, in order, with what `participant` asked. Two queries at most."""
    visites = Visite.objects.publiques().filter(consultation=consultation).select_related("consultation", "grille")
    siennes = {}
    if participant is not None:
        demandes = Demande.objects.avec_rang().filter(participant=participant, visite__consultation=consultation)
        siennes = {demande.visite_id: demande for demande in demandes}
    return [VisiteLue(visite, siennes.get(visite.pk)) for visite in visites.comptees()]


def de_ma_page(participants):
    """Return {participant id: [VisiteLue]}: what each asked, and what they may still ask for. Two queries."""
    consultations = {participant.consultation_id for participant in participants}
    visites = list(
        Visite.objects.publiques()
        .filter(consultation__in=consultations)
        .select_related("consultation", "grille")
        .comptees()
    )
    siennes = {}
    if visites:
        demandes = Demande.objects.avec_rang().filter(participant__in=participants)
        siennes = {(demande.participant_id, demande.visite_id): demande for demande in demandes}
    lues = {}
    for participant in participants:
        ici = [visite for visite in visites if visite.consultation_id == participant.consultation_id]
        toutes = [VisiteLue(visite, siennes.get((participant.pk, visite.pk))) for visite in ici]
        lues[participant.pk] = [lue for lue in toutes if lue.demande is not None or lue.ouverte]
    return lues


def dossier(participant):
    """What is held of someone about visits, as plain data. One query."""
    demandes = Demande.objects.filter(participant=participant).select_related("visite").order_by("pk")
    return [
        {
            "entreprise": demande.visite.entreprise,
            "debut": demande.visite.debut.isoformat(),
            "etat": demande.etat,
            "demandee_le": demande.demandee_le.isoformat(),
            "place_le": demande.place_le and demande.place_le.isoformat(),
            "accord_compte_rendu": demande.accord,
        }
        for demande in demandes
    ]


def libres(visite):
    """How many places are left in a `comptees` visit."""
    return max(0, visite.places - visite.nb_places)
