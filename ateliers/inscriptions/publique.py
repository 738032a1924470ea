"""People who register by themselves: a first name and a college are enough, and nobody is sent away."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation import guichet, regles
from consultation.actions.gardes import exiger, exiger_valide
from consultation.erreurs import Refus
from consultation.models import Consultation, Participant
from consultation.textes import nettoyer_ligne

from .. import actions
from ..models import Demande, InscriptionPublique
from .courriers import confirmation

FERMEE = "inscription_fermee"


@transaction.atomic
def regler_inscription_publique(*, consultation, ouverte, jusqu_au, par):
    """Open or close the page of a consultation, until a day (included) or without one. Return what is set.

    Raises Refus "interdit" 403, "sans_college" 409.
    """
    _exiger_organisateur(consultation, par)
    colleges = consultation.colleges.exists()
    exiger(colleges or not ouverte, "sans_college", _("Ajoutez d’abord les collèges."), statut=409)
    reglage, _cree = InscriptionPublique.objects.update_or_create(
        consultation=consultation, defaults={"ouverte": ouverte, "jusqu_au": jusqu_au}
    )
    details = {"ouverte": ouverte, "jusqu_au": jusqu_au and jusqu_au.isoformat()}
    actes.noter(verbe="regler_inscription_publique", objet=consultation, compte=par, details=details)
    return reglage


def est_ouverte(consultation):
    """Whether the page takes people today. One query."""
    reglage = InscriptionPublique.objects.filter(consultation=consultation, ouverte=True).first()
    if reglage is None or consultation.etat == Consultation.Etat.CLOSE:
        return False
    return reglage.jusqu_au is None or timezone.localdate() <= reglage.jusqu_au


def s_inscrire(**envoi):
    """Register oneself, or ask for a seat when none is left for this college. Return the Participant or Demande.

    Keywords: see `_inscrire`. A crowd is written together, by the writer of the process, and asked to come back
    beyond what it holds (Refus "occupe" 503).
    """
    return guichet.deposer(_inscrire_ensemble, envoi)


def _inscrire_ensemble(envois):
    """Write a list of them; return, in their order, what each gets: a Participant, a Demande or a Refus."""
    with transaction.atomic():
        return [_un(envoi) for envoi in envois]


def _un(envoi):
    try:
        with transaction.atomic():
            return _inscrire(**envoi)
    except Refus as refus:
        return refus


def _inscrire(
    *, consultation, prenom, college, nom="", courriel="", accord_publication=False, ateliers=(), cle=""
):
    """`courriel`: kept for the time of the event, with their agreement. The same `cle` gives the same person.

    Raises Refus "inscription_fermee" 409, "courriel" 422 and what `inscrire` raises.
    """
    consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    deja = cle and Participant.objects.filter(consultation=consultation, cle=cle).first()
    if deja:
        return deja
    ferme = _("Les inscriptions sont fermées. Écrivez à l’organisateur, ou venez le jour même.")
    exiger(est_ouverte(consultation), FERMEE, ferme, statut=409)
    if not place_pour(consultation, college):
        return _demander(consultation, prenom, college, nom, courriel, accord_publication, ateliers, cle)
    return _placer(consultation, prenom, college, nom, courriel, accord_publication, ateliers, cle)


def _placer(consultation, prenom, college, nom, courriel, accord_publication, ateliers, cle):
    personne = actes.inscrire(
        consultation=consultation,
        college=college,
        prenom=prenom,
        nom=nom,
        origine=Participant.Origine.INSCRIPTION,
        accord_publication=accord_publication,
        cle=cle,
    )
    for atelier in ateliers:
        actions.demander_place(atelier=atelier, participant=personne, par=None)
    if courriel:
        actions.garder_adresse(participant=personne, courriel=courriel)
        confirmer(personne)
    return personne


def _demander(consultation, prenom, college, nom, courriel, accord_publication, ateliers, cle):
    """Someone for whom no seat is left: kept in order, with what they wrote, until there is one."""
    if cle and (deja := Demande.objects.filter(consultation=consultation, cle=cle).first()):
        return deja
    demande = Demande(
        consultation=consultation,
        college=college,
        prenom=nettoyer_ligne(prenom),
        nom=nettoyer_ligne(nom),
        courriel=courriel,
        accord_publication=accord_publication,
        cle=cle,
    )
    exiger_valide(demande)
    demande.save()
    demande.ateliers.set(ateliers)
    actes.noter(verbe="demander_inscription", consultation=consultation, details={"college": college.pk})
    return demande


def place_pour(consultation, college):
    """Whether one more of `college` may come: seats that target shares keep for others are not taken. Two queries.

    Without a number of places everybody may come.
    """
    if not consultation.places:
        return True
    presents = Q(participants__efface_le=None) & ~Q(participants__origine__in=Participant.PAS_ATTENDUS)
    colleges = list(consultation.colleges.annotate(nb=Count("participants", filter=presents)))
    libres = consultation.places - sum(c.nb for c in colleges)
    gardees = sum(
        max(0, (c.part_cible or 0) * consultation.places // 100 - c.nb) for c in colleges if c.pk != college.pk
    )
    return libres > gardees


@transaction.atomic
def accueillir_les_demandes(*, consultation, par):
    """Register those who asked first for whom there is a seat now. Return the Participants. Raises Refus 403."""
    _exiger_organisateur(consultation, par)
    consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    accueillis = []
    for demande in consultation.demandes.select_related("college").prefetch_related(
        "ateliers__espace__consultation"
    ):
        if place_pour(consultation, demande.college):
            champs = ("prenom", "college", "nom", "courriel", "accord_publication")
            lus = {champ: getattr(demande, champ) for champ in champs}
            accueillis.append(_placer(consultation, ateliers=demande.ateliers.all(), cle=demande.cle, **lus))
            demande.delete()
    details = {"creer": len(accueillis)}
    actes.noter(verbe="accueillir_demandes", objet=consultation, compte=par, details=details)
    return accueillis


def confirmer(personne):
    """Send the confirmation and its calendar file to someone who left an address, once all is written."""
    transaction.on_commit(lambda: _envoyer(personne), robust=True)


def _envoyer(personne):
    courrier = confirmation(personne)
    if courrier is not None:
        courrier.send()


def envoyer_les_convocations(*, consultation, par):
    """Write to everyone who left an address: when, where, their workshops and their code. Return (sent, failed).

    One address that does not take its mail stops nobody. Raises Refus 403.
    """
    _exiger_organisateur(consultation, par)
    gens = Participant.objects.filter(consultation=consultation, efface_le=None, adresse__isnull=False)
    partis = rates = 0
    for personne in gens.select_related("adresse", "consultation"):
        try:
            _envoyer(personne)
            partis += 1
        except OSError:
            rates += 1
    details = {"lignes": partis, "rates": rates}
    actes.noter(verbe="envoyer_convocations", objet=consultation, compte=par, details=details)
    return partis, rates


def _exiger_organisateur(consultation, par):
    if not regles.est_organisateur(par, consultation):
        raise Refus("interdit", _("Seul un organisateur peut le faire."), statut=403)
