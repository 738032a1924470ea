"""An enterprise opens its doors: offered, opened, moved, called off."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation import actions as actes
from consultation.actions.gardes import exiger, exiger_droit, noter, verrouiller
from consultation.actions.preparation import garder_le_reste, verrouiller_tel_quel
from consultation.textes import nettoyer, nettoyer_ligne

from .. import regles
from ..models import Demande, Visite
from .demandes import servir

#: What people came for: changed once they may ask, they are told what it was.
RENDEZ_VOUS = ("debut", "fin", "lieu")


def exiger_preparer(par, consultation):
    exiger_droit(lambda: regles.peut_preparer(par, consultation), par)


def enregistrer_visite(*, visite, par):
    """Check and save a visit as its form left it; return it. Places added go to who waits.

    Moved once open, it keeps what it was in `avant`, and says so to whoever had asked.
    Raises Refus "interdit" 403; "annulee" 409; "invalide", "fin_avant", "passee", "places_prises" 422.
    """
    exiger_preparer(par, visite.consultation)
    for champ in ("entreprise", "lieu"):
        setattr(visite, champ, nettoyer_ligne(getattr(visite, champ)))
    for champ in ("a_voir", "acces"):
        setattr(visite, champ, nettoyer(getattr(visite, champ)))
    with transaction.atomic():
        avant = None if visite._state.adding else verrouiller_tel_quel(visite)
        _exiger_vivante(avant)
        if avant is not None:  # an agreement may be taken back while someone mends an address
            garder_le_reste(visite, avant, {champ.name for champ in visite._meta.fields if champ.editable})
        _exiger_dates(visite, avant)
        _exiger_places(visite)
        if avant is not None and avant.etat == Visite.Etat.OUVERTE:
            visite.edition = avant.edition + 1
            _retenir_ce_qui_bouge(visite, avant)
        actes.enregistrer(objet=visite, par=par)
        servir(visite)
    return visite


def _exiger_vivante(visite):
    exiger(
        visite is None or visite.etat != Visite.Etat.ANNULEE,
        "annulee",
        _("Cette visite est annulée. Faites-en une autre à une nouvelle date."),
        statut=409,
    )


def _exiger_dates(visite, avant):
    if visite.debut is None or visite.fin is None:
        return  # the form, or `exiger_valide`, has said it
    exiger(
        visite.fin > visite.debut,
        "fin_avant",
        _("La fin est avant le début. Corrigez l’une des deux."),
        champ="fin",
    )
    exiger(
        not regles.est_passee(visite) or (avant is not None and avant.debut == visite.debut),
        "passee",
        _("Cette date est passée. Choisissez un jour à venir."),
        champ="debut",
    )


def _exiger_places(visite):
    prises = 0 if visite._state.adding else visite.demandes.filter(etat=Demande.Etat.PLACE).count()
    mots = ngettext(
        "{n} personne a déjà une place. Gardez-en au moins {n}.",
        "{n} personnes ont déjà une place. Gardez-en au moins {n}.",
        prises,
    )
    exiger((visite.places or 0) >= prises, "places_prises", mots.format(n=prises), champ="places")


def _retenir_ce_qui_bouge(visite, avant):
    if all(getattr(avant, champ) == getattr(visite, champ) for champ in RENDEZ_VOUS):
        return
    visite.avant = {"debut": avant.debut.isoformat(), "fin": avant.fin.isoformat(), "lieu": avant.lieu}
    visite.deplacee_le = timezone.now()


def ouvrir(*, visite, par):
    """Show a visit to everyone, and take requests. Twice is once. Return it.

    Raises Refus "interdit" 403; "annulee", "passee" 409.
    """
    exiger_preparer(par, visite.consultation)
    with transaction.atomic():
        visite = verrouiller(visite)
        if visite.etat == Visite.Etat.OUVERTE:
            return visite
        _exiger_vivante(visite)
        exiger(
            not regles.est_passee(visite),
            "passee",
            _("Cette date est passée. Changez-la, puis ouvrez la visite."),
            statut=409,
        )
        visite.etat = Visite.Etat.OUVERTE
        visite.save(update_fields=["etat"])
        noter(verbe="ouvrir_visite", objet=visite, compte=par)
    return visite


def annuler(*, visite, motif, par):
    """Call an open visit off, with a reason that whoever had asked reads. Return it.

    Raises Refus "interdit" 403; "motif_manque", "motif_long" 422; "pas_ouverte", "passee" 409.
    """
    exiger_preparer(par, visite.consultation)
    motif = nettoyer_ligne(motif)
    exiger(motif, "motif_manque", _("Dites pourquoi : les personnes inscrites le liront."), champ="motif")
    exiger(len(motif) <= 200, "motif_long", _("Gardez 200 signes au plus."), champ="motif")
    with transaction.atomic():
        visite = verrouiller(visite)
        exiger(visite.etat == Visite.Etat.OUVERTE, "pas_ouverte", _("Cette visite n’est pas ouverte."), statut=409)
        exiger(not regles.est_passee(visite), "passee", _("Cette visite a déjà eu lieu."), statut=409)
        visite.etat, visite.motif, visite.edition = Visite.Etat.ANNULEE, motif, visite.edition + 1
        visite.save(update_fields=["etat", "motif", "edition"])
        noter(verbe="annuler_visite", objet=visite, compte=par, motif=motif)
    return visite


def supprimer_visite(*, visite, par):
    """Remove a visit that nobody asked for. Raises Refus "interdit" 403, "demandee" 409."""
    exiger_preparer(par, visite.consultation)
    with transaction.atomic():
        exiger(
            not verrouiller(visite).demandes.exists(),
            "demandee",
            _("Des personnes ont demandé à venir. Annulez la visite : elles le liront sur leur page."),
            statut=409,
        )
        actes.supprimer(objet=visite, par=par)
