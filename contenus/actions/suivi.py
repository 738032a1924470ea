"""Being written to when what one proposed moves: asked for, confirmed from a letter, ended in one click."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation import actions as actions_consultation
from consultation.actions.gardes import exiger, exiger_non_efface, verrouiller
from consultation.models.suivi import nouvelle_cle_de_suivi
from consultation.textes import nettoyer_ligne

from ..lectures.devenues import nouvelles
from ..models import SuiviDAuteur

#: An address that nobody confirmed is forgotten; another letter asks for one after an hour only.
POUR_CONFIRMER, ENTRE_DEUX_DEMANDES = timedelta(days=3), timedelta(hours=1)


def demander_nouvelles(*, participant, courriel, accord):
    """Keep the address of an author; return (SuiviDAuteur, whether to write to it). A new one takes its place.

    Raises Refus "courriel_faux", "accord_manque" 422, "trop_tot" 429, "efface" 409.
    """
    courriel = nettoyer_ligne(courriel).lower()
    try:
        validate_email(courriel)
    except ValidationError:
        dit = _("Cette adresse e-mail ne marche pas. Elle ressemble à nom@exemple.fr.")
        exiger(False, "courriel_faux", dit, champ="courriel")
    dit = _("Cochez la case : sans votre accord, nous ne gardons pas d’adresse.")
    exiger(accord, "accord_manque", dit, champ="accord")
    maintenant = timezone.now()
    with transaction.atomic():
        participant = verrouiller(participant)
        exiger_non_efface(participant)
        suivi = SuiviDAuteur.objects.filter(participant=participant).first()
        if suivi is not None and suivi.courriel == courriel and suivi.confirme_le:
            return suivi, False
        exiger(
            suivi is None or suivi.demande_le <= maintenant - ENTRE_DEUX_DEMANDES,
            "trop_tot",
            _("Une lettre vient de partir. Cherchez-la dans vos e-mails, ou revenez dans une heure."),
            statut=429,
            champ="courriel",
        )
        suivi = suivi or SuiviDAuteur(participant=participant)
        suivi.courriel, suivi.cle = courriel, nouvelle_cle_de_suivi()
        suivi.demande_le, suivi.confirme_le = maintenant, None
        suivi.save()
        actions_consultation.noter(verbe="demander_nouvelles", objet=participant.consultation)
    return suivi, True


def confirmer_nouvelles(*, suivi):
    """Whoever reads this address says yes; return the SuiviDAuteur. What is there already is not told."""
    with transaction.atomic():
        suivi = verrouiller(suivi)
        if suivi.confirme_le is None:
            participant = suivi.participant
            la = nouvelles(participant.consultation, [participant.pk]).get(participant.pk, ())
            suivi.dites = sorted({*suivi.dites, *(une.cle for une in la)})
            suivi.confirme_le = timezone.now()
            suivi.save(update_fields=["dites", "confirme_le"])
            actions_consultation.noter(verbe="confirmer_nouvelles", objet=participant.consultation)
    return suivi


def cesser_nouvelles(*, suivi):
    """Forget an address. Twice is once."""
    with transaction.atomic():
        if SuiviDAuteur.objects.filter(pk=suivi.pk).delete()[0]:
            actions_consultation.noter(verbe="cesser_nouvelles", objet=suivi.participant.consultation)


def prendre_nouvelles(*, suivi, dites):
    """Mark these as told before the letter leaves; return whether it is this worker's to send."""
    champs = {"dites": sorted({*suivi.dites, *dites}), "ecrit_le": timezone.now()}
    return SuiviDAuteur.objects.filter(pk=suivi.pk, ecrit_le=suivi.ecrit_le).update(**champs) == 1


def rendre_nouvelles(*, suivi):
    """The letter did not leave: they are still to be told."""
    SuiviDAuteur.objects.filter(pk=suivi.pk).update(dites=suivi.dites, ecrit_le=suivi.ecrit_le)


def oublier_les_demandes():
    """Forget the addresses that nobody confirmed in time; return how many."""
    vieux = timezone.now() - POUR_CONFIRMER
    return SuiviDAuteur.objects.filter(confirme_le__isnull=True, demande_le__lt=vieux).delete()[0]


def oublier_les_adresses(sender, consultation, **_autres):
    """The day said beforehand has come: nobody of this consultation is written to any more."""
    SuiviDAuteur.objects.filter(participant__consultation=consultation).delete()
