"""A print run: asked for, stopped, taken up again, finished, forgotten."""

import shutil
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation import actions as actions_consultation
from consultation.actions.fichiers import (
    exiger_organisateur,
    exiger_un_seul,
    oublier_fichiers,
    quitter_en_cours,
)
from consultation.actions.gardes import exiger

from ..lectures.tirages import choix, gens
from ..models import CarnetTire, Tirage


def lancer_tirage(*, consultation, qui, format, edition, par):
    """Ask for the booklets of `qui` (see `lectures.tirages.choix`) and return the Tirage.

    Raises Refus "interdit" 403, "choix", "format", "personne" or "deja" 422.
    """
    exiger_organisateur(consultation, par)
    exiger(qui in dict(choix(consultation)), "choix", _("Choisissez pour qui tirer."), champ="qui")
    connus = format in Tirage.Format.values and edition in Tirage.Edition.values
    exiger(connus, "format", _("Choisissez un format et une édition de la liste."), champ="format")
    with transaction.atomic():
        deja = _("Un tirage est déjà en cours. Attendez qu’il finisse, ou arrêtez-le.")
        exiger_un_seul(Tirage, consultation, deja)
        ids = gens(consultation, qui, edition)
        exiger(ids, "personne", _("Personne n’est dans ce choix. Choisissez-en un autre."), champ="qui")
        tirage = Tirage.objects.create(consultation=consultation, format=format, edition=edition, demande_par=par)
        CarnetTire.objects.bulk_create(
            CarnetTire(tirage=tirage, participant_id=pk, rang=rang) for rang, pk in enumerate(ids, start=1)
        )
        details = {"personnes": len(ids), "forme": format}
        actions_consultation.noter(verbe="lancer_tirage", objet=tirage, compte=par, details=details)
    return tirage


def arreter_tirage(*, tirage, par):
    """Leave the run where it is. Raises Refus "interdit" 403, "pas_en_cours" 422."""
    exiger_organisateur(tirage, par)
    with transaction.atomic():
        arrete = quitter_en_cours(tirage, Tirage.Etat.ARRETE)
        exiger(arrete, "pas_en_cours", _("Ce tirage n’est pas en cours."))
        actions_consultation.noter(verbe="arreter_tirage", objet=tirage, compte=par)


def reprendre_tirage(*, tirage, par):
    """Make what is not made yet, and try again what failed. Raises Refus "interdit" 403, "rien" 422."""
    exiger_organisateur(tirage, par)
    with transaction.atomic():
        rates = tirage.carnets.filter(etat=CarnetTire.Etat.ECHEC).update(etat=CarnetTire.Etat.ATTENTE)
        repris = Tirage.objects.filter(pk=tirage.pk)
        if not rates:
            repris = repris.filter(etat=Tirage.Etat.ARRETE)
        exiger(repris.update(etat=Tirage.Etat.EN_COURS), "rien", _("Il ne manque rien à ce tirage."))
        actions_consultation.noter(verbe="reprendre_tirage", objet=tirage, compte=par)


def constater_carnet(*, carnet, mots="", fait=True):
    """Keep that one booklet is made, or is not. Not journaled: the run is."""
    etat = CarnetTire.Etat.FAIT if fait else CarnetTire.Etat.ECHEC
    CarnetTire.objects.filter(pk=carnet.pk).update(etat=etat, mots=mots[:200])


def finir_tirage(*, tirage, pages, relies):
    """Keep that the whole file is there; a run stopped meanwhile stays stopped."""
    with transaction.atomic():
        if quitter_en_cours(tirage, Tirage.Etat.FAIT, pages=pages, relies=relies, fini_le=timezone.now()):
            actions_consultation.noter(verbe="finir_tirage", objet=tirage, details={"pages": pages})


def oter_les_carnets(sender, participant, **_autres):
    """Someone is erased: their booklet goes, and each file in which it is bound."""
    for carnet in CarnetTire.objects.filter(participant=participant).select_related("tirage"):
        relie = [carnet.tirage.fichier] if carnet.etat == CarnetTire.Etat.FAIT else []
        for fichier in (carnet.fichier, *relie):
            transaction.on_commit(partial(fichier.unlink, missing_ok=True))


def oublier_les_carnets(sender, consultation, **_autres):
    """The day said beforehand has come: no file that says names and codes stays."""
    CarnetTire.objects.filter(tirage__consultation=consultation).delete()
    consultation.tirages.update(etat=Tirage.Etat.ARRETE)
    for tirage in consultation.tirages.all():
        transaction.on_commit(partial(shutil.rmtree, tirage.dossier, ignore_errors=True))


def oublier_tirages():
    """Remove the runs that are a week old, and their files."""
    oublier_fichiers(Tirage)
