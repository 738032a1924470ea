"""In the room: coming in and writing."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation import actions as actes
from consultation.actions.gardes import exiger_droit
from consultation.erreurs import Refus
from consultation.lectures import axes_a_choisir
from consultation.models import College, Consultation, Participant, Proposition
from consultation.textes import nettoyer_ligne

from .. import regles
from ..annonces import avancer, reprendre_acces
from ..lectures import etape_courante
from ..models import Atelier, Etape, Place
from .gardes import exiger, exiger_entrees, exiger_ouvert, exiger_present

#: Seconds after a step closes during which a text that was being written still gets in.
GRACE = 15
#: Seconds more for what was sent within the grace and took its time on the way; the phone counts from its own news
#: of the closing, which came late too.
TRAJET = 5


@transaction.atomic
def reserver_place(*, atelier, participant, par):
    """Keep a seat for someone. Return the Place (the same one if it was already kept).

    Raises Refus 403, "autre_consultation" 422, "complet" 409. Entries in pause do not keep a seat from being kept.
    """
    exiger_droit(lambda: regles.peut_animer(par, atelier), par)
    _exiger_du_meme_lieu(participant, atelier)
    place = Place.objects.filter(atelier=atelier, participant=participant).first()
    if place is not None:
        return place
    _exiger_de_la_place(atelier)
    place = Place.objects.create(atelier=atelier, participant=participant)
    _noter("reserver_place", atelier, participant, par)
    return place


@transaction.atomic
def liberer_place(*, atelier, participant, par):
    """Give a seat back, kept or taken; what the person wrote and voted stays. Without a seat, nothing happens.

    Raises Refus 403.
    """
    exiger_droit(lambda: regles.peut_animer(par, atelier), par)
    supprimees, _detail = Place.objects.filter(atelier=atelier, participant=participant).delete()
    if supprimees:
        _noter("liberer_place", atelier, participant, par)
        reprendre_acces(Atelier.objects.filter(pk=atelier.pk))


@transaction.atomic
def rejoindre(*, atelier, prenom, college, accord_publication=False, cle="", compte=None):
    """Come in for the first time, with a first name and a college. The same `cle` gives the same person.

    Return the Participant. Raises Refus: "consultation_fermee" 409, "code_personnel_demande" and
    "compte_demande" 403, "complet" 409, and what `actes.inscrire` raises ("prenom_vide", "college_inconnu"…).
    """
    consultation = atelier.consultation
    exiger_ouvert(atelier)
    exiger(
        consultation.acces != Consultation.Acces.PERSONNEL,
        "code_personnel_demande",
        _("Ici, on entre avec son code personnel. Tapez les huit signes de votre carton."),
        statut=403,
        champ="code",
    )
    exiger(
        consultation.acces != Consultation.Acces.COMPTE or compte is not None,
        "compte_demande",
        _("Ici, on entre avec son compte. Connectez-vous, puis revenez."),
        statut=403,
    )
    participant = actes.inscrire(
        consultation=consultation,
        college=college,
        prenom=prenom,
        origine=Participant.Origine.SALLE,
        accord_publication=accord_publication,
        cle=cle,
        compte=compte,
    )
    entrer(atelier=atelier, participant=participant)
    return participant


@transaction.atomic
def entrer(*, atelier, participant):
    """Take one's seat, kept or free. Return the Place; coming in twice changes nothing.

    Raises Refus: "consultation_fermee", "entrees_suspendues", "complet" 409, "autre_consultation" and
    "compte_demande" 403.
    """
    _exiger_du_meme_lieu(participant, atelier)
    exiger_ouvert(atelier)
    exiger(
        atelier.consultation.acces != Consultation.Acces.COMPTE or participant.compte_id is not None,
        "compte_demande",
        _("Ici, on entre avec son compte. Connectez-vous, puis revenez."),
        statut=403,
    )
    place = Place.objects.filter(atelier=atelier, participant=participant).first()
    if place is not None and place.entre_le is not None:
        return place
    if place is None:
        exiger_entrees(atelier)
        _exiger_de_la_place(atelier)
        place = _asseoir(atelier, participant)
    if place.entre_le is None:
        place.entre_le = timezone.now()
        place.save(update_fields=["entre_le"])
    _noter("entrer", atelier, participant, None)
    return place


def _asseoir(atelier, participant):
    """Return a Place taken now, or the one that a twin request has just made."""
    lieu = {"atelier": atelier, "participant": participant}
    try:
        with transaction.atomic():
            return Place.objects.create(entre_le=timezone.now(), **lieu)
    except IntegrityError:
        return Place.objects.get(**lieu)


def proposer(*, atelier, participant, texte, axe=None, cle="", etape=None, table=None, college=None):
    """Say something in the open step, or within GRACE seconds of its closing. Return the Proposition.

    `etape`: key of the step it was written in, when the phone tells: words that waited for the network do not fall
    into another question. `axe`: key of the axe they were filed under; words come first, so one that is not
    offered here, or no longer, is none.
    `table`, its number, and `college`, a key: they write down what someone of that college said at their table.
    The same `cle` gives the same proposition, even once the step is closed. While a step is paused its
    clock stops, not the pens.
    Raises Refus: "pas_entre" 403, "etape_fermee" 409, "table_inconnue" and "college_inconnu" 422, and what
    `deposer_proposition` raises.
    """
    _exiger_present(participant, atelier)
    try:
        ouverte = _etape_ou_ecrire(atelier, etape)
    except Refus:
        siennes = Proposition.objects.filter(espace=atelier.espace_id, auteur=participant, cle=cle)
        if cle and (deja := siennes.first()):
            return deja
        raise
    return actes.deposer_proposition(
        espace=atelier.espace,
        participant=participant,
        texte=texte,
        nature=ouverte.proposition_nature,
        axe=_axe_choisi(atelier, axe),
        cle=cle,
        **_qui_le_dit(atelier, ouverte, participant, table, college),
    )


@transaction.atomic
def saisir_carte(*, atelier, college, texte, origine_note, par, prenom="", axe=None, cle=""):
    """Copy out a paper card. With a first name, its author is registered too, and can be given a personal code.

    `axe`: the theme ticked, as in `proposer`. Allowed at any step: paper has no clock. Return the Proposition.
    Raises Refus 403, and what `inscrire` and `deposer_proposition` raise.
    """
    exiger_droit(lambda: regles.peut_saisir(par, atelier), par)
    exiger_ouvert(atelier)
    auteur = None
    if nettoyer_ligne(prenom):
        auteur = actes.inscrire(
            consultation=atelier.consultation,
            college=college,
            prenom=prenom,
            origine=Participant.Origine.PAPIER,
            cle=cle,
            par=par,
        )
    courante = etape_courante(atelier)
    ecriture = courante is not None and courante.nature == Etape.Nature.IDEATION
    return actes.deposer_proposition(
        espace=atelier.espace,
        participant=auteur,
        college=college,
        texte=texte,
        nature=courante.proposition_nature if ecriture else Proposition.Nature.PISTE,
        axe=_axe_choisi(atelier, axe),
        cle=cle,
        origine=Proposition.Origine.PAPIER,
        origine_note=origine_note,
        par=par,
    )


def _etape_ou_ecrire(atelier, voulue=None):
    """Return the step that takes a text now, or raise Refus "etape_fermee" saying what to do."""
    etape = etape_courante(atelier)
    if etape is not None and etape.nature == Etape.Nature.IDEATION and voulue in (None, etape.pk):
        return etape
    limite = timezone.now() - timedelta(seconds=GRACE + TRAJET)
    fermees = atelier.etapes.filter(nature=Etape.Nature.IDEATION, etat=Etape.Etat.FERMEE, fermee_le__gte=limite)
    if voulue is not None:
        fermees = fermees.filter(pk=voulue)
    derniere = fermees.order_by("-fermee_le").first()
    if derniere is not None:
        return derniere
    raise Refus(
        "etape_fermee",
        _("On ne peut plus proposer pour le moment. Gardez votre texte et parlez-en à la personne qui anime."),
        statut=409,
        champ="texte",
    )


def _axe_choisi(atelier, cle):
    offerts = axes_a_choisir(atelier.espace) if cle is not None else []
    return next((axe for axe in offerts if axe.pk == cle), None)


def _qui_le_dit(atelier, etape, participant, table, college):
    """Whose words they are: one's own, or those of someone at one's table, counted as from their college."""
    if not table:
        return {"origine": _origine(participant)}
    exiger(
        1 <= table <= etape.tables,
        "table_inconnue",
        _("Cette table n’écrit pas en ce moment. Choisissez une autre table, ou « Pour moi »."),
        champ="table",
    )
    sien = College.objects.filter(consultation=atelier.espace.consultation_id, pk=college).first()
    exiger(sien is not None, "college_inconnu", _("Dites qui a eu cette idée : choisissez."), champ="college")
    return {"college": sien, "origine": Proposition.Origine.TABLE, "origine_note": str(table)}


def _origine(participant):
    return Proposition.Origine.SIMULATION if participant.simule else Proposition.Origine.TELEPHONE


def _exiger_du_meme_lieu(participant, atelier):
    exiger(
        participant.consultation_id == atelier.espace.consultation_id and participant.efface_le is None,
        "autre_consultation",
        _("Cet atelier fait partie d’une autre rencontre. Entrez avec le code écrit au mur."),
        statut=403,
    )


def _exiger_present(participant, atelier):
    entre = Place.objects.presentes().filter(atelier=atelier, participant=participant).exists()
    exiger_present(atelier, participant, entre)


def _exiger_de_la_place(atelier):
    """Raise Refus "complet" when every seat is kept or taken; the room's row is locked while counting."""
    if atelier.capacite is None:
        return
    capacite = Atelier.objects.select_for_update(no_key=True).values_list("capacite", flat=True).get(pk=atelier.pk)
    prises = Place.objects.filter(atelier=atelier).count()
    message = ngettext(
        "Cet atelier est complet : il compte %(n)d place. Demandez à l’accueil où il reste de la place.",
        "Cet atelier est complet : il compte %(n)d places. Demandez à l’accueil où il reste de la place.",
        capacite or 0,
    )
    exiger(
        capacite is None or prises < capacite, "complet", message % {"n": capacite or 0}, statut=409, champ="code"
    )


def _noter(verbe, atelier, participant, par):
    actes.noter(verbe=verbe, objet=atelier, compte=par, participant=participant)
    avancer(atelier.pk)
