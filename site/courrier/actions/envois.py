"""A number is sent: its recipients frozen, the sending begun, held, taken up again. See `remises` for the rest."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.actions.gardes import exiger, exiger_droit, noter, verrouiller
from contenus.models import FilInfoPage
from contenus.regions import REGIONS

from .. import lettre, regles
from ..models import Abonnement, Destinataire, Envoi

CODES = frozenset(region.code for region in REGIONS)


def precedent(numero):
    """Return the Envoi of the last number before this one that was sent, or None."""
    return Envoi.objects.filter(numero__lt=numero, lance_le__isnull=False).first()


def figer(*, page, regions=(), par):
    """Freeze the list of those a published number goes to; return its Envoi. Nothing leaves yet.

    Raises Refus 403; "brouillon", "deja_fige" 409; "region_inconnue", "personne" 422.
    """
    exiger_droit(lambda: regles.peut_envoyer(par), par)
    regions = sorted(set(regions))
    exiger(set(regions) <= CODES, "region_inconnue", _("Une des régions n’existe pas."), champ="regions")
    with transaction.atomic():
        page = FilInfoPage.objects.select_for_update(of=("self",), no_key=True).get(pk=page.pk)
        exiger(page.live, "brouillon", _("Ce numéro n’est pas publié : publiez-le d’abord."), statut=409)
        exiger(
            not Envoi.objects.filter(numero=page.numero).exists(),
            "deja_fige",
            _("La liste de ce numéro est déjà figée."),
            statut=409,
        )
        recoivent = regles.recoivent(Abonnement.objects.all(), precedent(page.numero), regions).order_by("pk")
        envoi = Envoi.objects.create(numero=page.numero, page=page, regions=regions, fige_par=par)
        combien = _lister(envoi, recoivent)
        exiger(combien, "personne", _("Personne ne recevrait ce numéro : la liste est vide."), champ="regions")
        noter(verbe="figer_envoi", objet=envoi, compte=par, details={"fil": page.numero, "personnes": combien})
    return envoi


def _lister(envoi, abonnements):
    lettres = [
        Destinataire(
            envoi=envoi,
            abonnement_id=pk,
            courriel=courriel,
            domaine=courriel.rpartition("@")[2],
            prochain_le=envoi.fige_le,
        )
        for pk, courriel in abonnements.values_list("pk", "courriel")
    ]
    Destinataire.objects.bulk_create(lettres, batch_size=500)
    return len(lettres)


def defaire(*, envoi, par):
    """Undo a frozen list of which nothing has left. Raises Refus 403, "deja_parti" 409."""
    exiger_droit(lambda: regles.peut_envoyer(par), par)
    with transaction.atomic():
        envoi = verrouiller(envoi)
        _exiger_etat(envoi, Envoi.Etat.FIGE, "deja_parti", _("Des lettres sont déjà parties : la liste reste."))
        noter(verbe="defaire_envoi", objet=envoi, compte=par, details={"fil": envoi.numero})
        envoi.delete()


def lancer(*, envoi, personnes, par):
    """Begin to send, to as many people as were shown; the letter is kept as it is now.

    Raises Refus 403; "deja_parti", "brouillon", "compte_change" 409.
    """
    exiger_droit(lambda: regles.peut_envoyer(par), par)
    with transaction.atomic():
        envoi = verrouiller(envoi)
        _exiger_etat(envoi, Envoi.Etat.FIGE, "deja_parti", _("L’envoi de ce numéro est déjà commencé."))
        page = envoi.page
        exiger(
            page is not None and page.live,
            "brouillon",
            _("Ce numéro n’est plus publié : rien n’est parti."),
            statut=409,
        )
        restent = envoi.destinataires.filter(etat=Destinataire.Etat.ATTENTE).count()
        exiger(restent == personnes, "compte_change", _dire_le_compte(restent), statut=409)
        composee = lettre.composer(page)
        envoi.sujet, envoi.html, envoi.texte = composee.sujet, composee.html, composee.texte
        envoi.etat, envoi.lance_le, envoi.lance_par = Envoi.Etat.EN_COURS, timezone.now(), par
        envoi.save()
        noter(verbe="lancer_envoi", objet=envoi, compte=par, details={"fil": envoi.numero, "personnes": restent})
    return envoi


def _dire_le_compte(restent):
    return ngettext(
        "Des personnes se sont désabonnées depuis : il reste %(n)d destinataire. Relisez, puis envoyez.",
        "Des personnes se sont désabonnées depuis : il reste %(n)d destinataires. Relisez, puis envoyez.",
        restent,
    ) % {"n": restent}


def suspendre(*, envoi, par):
    """Hold a sending: the letter being handed over ends, no other begins. Raises Refus 403, "pas_en_cours" 409."""
    return _passer(envoi, par, Envoi.Etat.EN_COURS, Envoi.Etat.EN_PAUSE, "suspendre_envoi")


def reprendre(*, envoi, par):
    """Go on with a sending that was held. Raises Refus 403, "pas_en_cours" 409."""
    return _passer(envoi, par, Envoi.Etat.EN_PAUSE, Envoi.Etat.EN_COURS, "reprendre_envoi")


def _passer(envoi, par, de, vers, verbe):
    exiger_droit(lambda: regles.peut_envoyer(par), par)
    with transaction.atomic():
        envoi = verrouiller(envoi)
        _exiger_etat(envoi, de, "pas_en_cours", _("Cet envoi a changé entre-temps : relisez la page."))
        envoi.etat, envoi.attend_le, envoi.mots = vers, None, ""
        envoi.save(update_fields=["etat", "attend_le", "mots"])
        noter(verbe=verbe, objet=envoi, compte=par, details={"fil": envoi.numero})
    return envoi


def reecrire(*, envoi, par):
    """Send again to those whose server never answered: someone has looked, and says so. Return how many.

    Raises Refus 403; "pas_en_cours", "personne" 409.
    """
    exiger_droit(lambda: regles.peut_envoyer(par), par)
    with transaction.atomic():
        envoi = verrouiller(envoi)
        _exiger_etat(envoi, Envoi.Etat.FINI, "pas_en_cours", _("Attendez la fin de l’envoi."))
        muets = envoi.destinataires.filter(etat=Destinataire.Etat.SANS_REPONSE, abonnement__isnull=False)
        combien = muets.update(etat=Destinataire.Etat.ATTENTE, prochain_le=timezone.now(), fait_le=None)
        exiger(combien, "personne", _("Il n’y a personne à qui réécrire."), statut=409)
        envoi.etat, envoi.fini_le = Envoi.Etat.EN_COURS, None
        envoi.save(update_fields=["etat", "fini_le"])
        noter(verbe="reecrire", objet=envoi, compte=par, details={"fil": envoi.numero, "personnes": combien})
    return combien


def _exiger_etat(envoi, etat, code, dit):
    exiger(envoi.etat == etat, code, dit, statut=409)
