"""A print run: asked for, stopped, taken up again, finished, forgotten."""

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation import actions as actions_consultation
from consultation import regles as regles_consultation
from consultation.actions.gardes import exiger, exiger_droit

from ..lectures.tirages import choix, gens
from ..models import CarnetTire, Tirage

#: Files carry personal codes: they are kept the time to print them.
GARDE = timedelta(days=7)


def dossier_de(tirage):
    """Where the files of a run are: beside the base, never among the published ones."""
    return Path(settings.VAR) / "tirages" / str(tirage.pk)


def fichier_de(tirage):
    """The whole file of a run, once it is finished."""
    return dossier_de(tirage) / "carnets.pdf"


def lancer_tirage(*, consultation, qui, format, edition, par):
    """Ask for the booklets of `qui` (see `lectures.tirages.choix`) and return the Tirage.

    Raises Refus "interdit" 403, "choix", "format", "personne" or "deja" 422.
    """
    exiger_droit(lambda: regles_consultation.est_organisateur(par, consultation), par)
    exiger(qui in dict(choix(consultation)), "choix", _("Choisissez pour qui tirer."), champ="qui")
    connus = format in Tirage.Format.values and edition in Tirage.Edition.values
    exiger(connus, "format", _("Choisissez un format et une édition de la liste."), champ="format")
    with transaction.atomic():
        type(consultation).objects.select_for_update(no_key=True).get(pk=consultation.pk)
        en_cours = Tirage.objects.filter(consultation=consultation, etat=Tirage.Etat.EN_COURS).exists()
        exiger(not en_cours, "deja", _("Un tirage est déjà en cours. Attendez qu’il finisse, ou arrêtez-le."))
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
    exiger_droit(lambda: regles_consultation.est_organisateur(par, tirage.consultation), par)
    with transaction.atomic():
        en_cours = Tirage.objects.filter(pk=tirage.pk, etat=Tirage.Etat.EN_COURS)
        exiger(en_cours.update(etat=Tirage.Etat.ARRETE), "pas_en_cours", _("Ce tirage n’est pas en cours."))
        actions_consultation.noter(verbe="arreter_tirage", objet=tirage, compte=par)


def reprendre_tirage(*, tirage, par):
    """Make what is not made yet, and try again what failed. Raises Refus "interdit" 403, "rien" 422."""
    exiger_droit(lambda: regles_consultation.est_organisateur(par, tirage.consultation), par)
    with transaction.atomic():
        rates = tirage.carnets.filter(etat=CarnetTire.Etat.ECHEC).update(etat=CarnetTire.Etat.ATTENTE, mots="")
        repris = Tirage.objects.filter(pk=tirage.pk).exclude(etat=Tirage.Etat.EN_COURS)
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
        en_cours = Tirage.objects.filter(pk=tirage.pk, etat=Tirage.Etat.EN_COURS)
        if en_cours.update(etat=Tirage.Etat.FAIT, pages=pages, relies=relies, fini_le=timezone.now()):
            actions_consultation.noter(verbe="finir_tirage", objet=tirage, details={"pages": pages})


def oublier_tirages():
    """Remove the runs that are a week old, and their files."""
    for tirage in Tirage.objects.filter(demande_le__lt=timezone.now() - GARDE):
        shutil.rmtree(dossier_de(tirage), ignore_errors=True)
        tirage.delete()
