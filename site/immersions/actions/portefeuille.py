"""The enterprises that may welcome someone, who was asked for whom, and the obstacles on the way."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation.actions.gardes import exiger, exiger_valide, noter, verrouiller
from consultation.textes import nettoyer_ligne

from ..models import Demarche, Entreprise, Immersion, Obstacle
from .gardes import exiger_tenir, ouverte

FICHE = ("nom", "secteur", "adresse", "ville", "siret", "contact", "telephone", "accepte")


def enregistrer_entreprise(*, dispositif, entreprise=None, par, **champs):
    """Add an enterprise to the portfolio, or change it: see FICHE for `champs`; return it.

    Raises Refus 403; "deja_la" 409; "invalide" 422.
    """
    exiger_tenir(par, dispositif.consultation)
    with transaction.atomic():
        fiche = verrouiller(entreprise) if entreprise else Entreprise(dispositif=dispositif)
        for nom in FICHE:
            setattr(fiche, nom, nettoyer_ligne(champs[nom]))
        memes = Entreprise.objects.filter(dispositif=dispositif, nom=fiche.nom, ville=fiche.ville)
        dit = _("Cette entreprise est déjà dans la liste.")
        exiger(not memes.exclude(pk=fiche.pk).exists(), "deja_la", dit, statut=409, champ="nom")
        exiger_valide(fiche)
        fiche.save()
        noter(verbe="enregistrer_entreprise", objet=fiche, consultation=dispositif.consultation, compte=par)
    return fiche


def fermer_entreprise(*, entreprise, par):
    """An enterprise welcomes nobody any more; return how many immersions to come are left without a place.

    Their files say so: another place is to be found. Raises Refus 403. Twice is once.
    """
    consultation = entreprise.dispositif.consultation
    exiger_tenir(par, consultation)
    with transaction.atomic():
        entreprise = verrouiller(entreprise)
        if entreprise.fermee_le is None:
            entreprise.fermee_le = timezone.localdate()
            entreprise.save(update_fields=["fermee_le"])
            noter(verbe="fermer_entreprise", objet=entreprise, consultation=consultation, compte=par)
        touchees = Immersion.objects.filter(entreprise=entreprise, arretee_le=None, bilan_le=None)
        return touchees.exclude(fin__lt=timezone.localdate()).count()


def demarcher(*, immersion, entreprise, moyen, le, par):
    """Write down that one enterprise was asked for this person; return the Demarche.

    Raises Refus 403; "entreprise_fermee", "deja_demandee" 409; "hors_dates", "invalide" 422.
    """
    exiger_tenir(par, immersion.dispositif.consultation)
    with transaction.atomic():
        immersion = ouverte(immersion)
        exiger(
            entreprise.dispositif_id == immersion.dispositif_id,
            "entreprise_inconnue",
            _("Cette entreprise n’est pas de ce dispositif."),
            champ="entreprise",
        )
        dit = _("Cette entreprise n’accueille plus personne. Choisissez-en une autre.")
        exiger(entreprise.fermee_le is None, "entreprise_fermee", dit, statut=409, champ="entreprise")
        dit = _("Elle a déjà été contactée pour cette personne : notez sa réponse.")
        deja = immersion.demarches.filter(entreprise=entreprise).exists()
        exiger(not deja, "deja_demandee", dit, statut=409, champ="entreprise")
        exiger(le <= timezone.localdate(), "hors_dates", _("Ce jour n’est pas encore venu."), champ="le")
        demarche = Demarche(immersion=immersion, entreprise=entreprise, moyen=moyen, le=le)
        exiger_valide(demarche)
        demarche.save()
        noter(verbe="demarcher", objet=immersion, compte=par, details={"entreprise": entreprise.pk})
    return demarche


def repondre_demarche(*, demarche, reponse, par):
    """Keep what an enterprise answered. Raises Refus 403, 409; "reponse_inconnue" 422."""
    exiger_tenir(par, demarche.immersion.dispositif.consultation)
    exiger(reponse in Demarche.Reponse.values, "reponse_inconnue", _("Choisissez sa réponse."), champ="reponse")
    with transaction.atomic():
        ouverte(demarche.immersion)
        demarche = verrouiller(demarche)
        demarche.reponse = reponse
        demarche.save(update_fields=["reponse"])
        noter(
            verbe="repondre_demarche",
            objet=demarche.immersion,
            compte=par,
            details={"entreprise": demarche.entreprise_id},
        )
    return demarche


def noter_obstacle(*, immersion, sorte, qui, comment="", par):
    """Write down what stands in the way and who lifts it; return it. Raises Refus 403, "deja_note" 409, 422."""
    exiger_tenir(par, immersion.dispositif.consultation)
    qui = nettoyer_ligne(qui)
    exiger(qui, "qui_vide", _("Écrivez qui s’en occupe."), champ="qui")
    with transaction.atomic():
        immersion = ouverte(immersion)
        deja = immersion.obstacles.filter(sorte=sorte).exists()
        exiger(not deja, "deja_note", _("Cet obstacle est déjà noté."), statut=409, champ="sorte")
        obstacle = Obstacle(immersion=immersion, sorte=sorte, qui=qui, comment=nettoyer_ligne(comment))
        exiger_valide(obstacle)
        obstacle.save()
        noter(verbe="noter_obstacle", objet=immersion, compte=par, details={"sorte": sorte})
    return obstacle


def lever_obstacle(*, obstacle, par):
    """An obstacle is dealt with, from today on. Raises Refus 403, 409. Twice is once."""
    exiger_tenir(par, obstacle.immersion.dispositif.consultation)
    with transaction.atomic():
        ouverte(obstacle.immersion)
        obstacle = verrouiller(obstacle)
        if obstacle.leve_le is None:
            obstacle.leve_le = timezone.localdate()
            obstacle.save(update_fields=["leve_le"])
            noter(verbe="lever_obstacle", objet=obstacle.immersion, compte=par, details={"sorte": obstacle.sorte})
    return obstacle
