"""Receiving the newsletter: asked for, confirmed from a letter, chosen, ended in one click, forgotten in time."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation.actions.gardes import exiger, exiger_droit, noter, verrouiller
from consultation.erreurs import Refus
from consultation.textes import nettoyer_ligne

from .. import regles
from ..models import Abonnement, Destinataire

CHOIX = ("region", "frequence", "forme")


def lire_courriel(saisie):
    """Return an address as it is kept. Raises Refus "courriel_faux" 422."""
    courriel = nettoyer_ligne(saisie).lower()
    try:
        validate_email(courriel)
    except ValidationError:
        dit = _("Cette adresse e-mail ne marche pas. Elle ressemble à nom@exemple.fr.")
        exiger("@" in courriel, "courriel_faux", _("Il manque le signe @ dans l’adresse."), champ="courriel")
        exiger(False, "courriel_faux", dit, champ="courriel")
    return courriel


def abonner(*, courriel, origine=Abonnement.Origine.SITE, **choix):
    """Keep an address that asks for the newsletter; return (Abonnement, whether to write to it).

    `choix`: region, frequence, forme. An address already there keeps its own choices, and is written to once an
    hour at most. Raises Refus "courriel_faux", "invalide" 422; "trop_de_demandes" 429.
    """
    courriel = lire_courriel(courriel)
    maintenant = timezone.now()
    neuf = Abonnement(courriel=courriel, origine=origine, demande_le=maintenant, contact_le=maintenant, **choix)
    _exiger_choix(neuf)
    try:
        with transaction.atomic():
            deja = Abonnement.objects.filter(courriel=courriel).first()
            if deja is None:
                return _garder(neuf, maintenant), True
    except IntegrityError:  # asked twice at the same moment: the other request writes
        return Abonnement.objects.get(courriel=courriel), False
    return deja, _peut_etre_ecrit(deja, maintenant)


def _exiger_choix(abonnement):
    try:
        abonnement.clean_fields(exclude=[c.name for c in Abonnement._meta.fields if c.name not in CHOIX])
    except ValidationError as erreur:
        champ, messages = next(iter(erreur.message_dict.items()))
        exiger(False, "invalide", messages[0], champ=champ)


def _garder(neuf, maintenant):
    recents = Abonnement.objects.filter(cree_le__gt=maintenant - regles.ENTRE_DEUX_DEMANDES)
    exiger(
        recents.exclude(origine=Abonnement.Origine.BUREAU).count() < regles.DEMANDES_PAR_HEURE,
        "trop_de_demandes",
        _("Beaucoup de personnes s’abonnent en ce moment. Revenez dans une heure."),
        statut=429,
    )
    neuf.save()
    noter(verbe="demander_abonnement", objet=neuf)
    return neuf


def _peut_etre_ecrit(abonnement, maintenant):
    """Take the right to write to this address again: one letter an hour, whoever asks."""
    vieux = Abonnement.objects.filter(pk=abonnement.pk, demande_le__lte=maintenant - regles.ENTRE_DEUX_DEMANDES)
    return vieux.update(demande_le=maintenant) == 1


def inscrire(*, adresses, accord, par, **choix):
    """Keep addresses that people gave to the team; return those to write to. Each is confirmed by its owner.

    `adresses`: one a line, all kept or none. Raises Refus 403; "accord_manque", "adresses_vides",
    "adresses_fausses", "adresses_nombreuses" 422.
    """
    exiger_droit(lambda: regles.peut_envoyer(par), par)
    dites = [ligne for ligne in adresses.splitlines() if ligne.strip()]
    exiger(accord, "accord_manque", _("Cochez la case : ces personnes ont dit oui."), champ="accord")
    exiger(bool(dites), "adresses_vides", _("Écrivez au moins une adresse."), champ="adresses")
    exiger(
        len(dites) <= regles.ADRESSES_A_LA_FOIS,
        "adresses_nombreuses",
        _("Au plus %(n)d adresses à la fois : envoyez le reste ensuite.") % {"n": regles.ADRESSES_A_LA_FOIS},
        champ="adresses",
    )
    courriels = dict.fromkeys(_lire_ligne(ligne) for ligne in dites)
    with transaction.atomic():
        demandes = [abonner(courriel=c, origine=Abonnement.Origine.BUREAU, **choix) for c in courriels]
    return [abonnement for abonnement, ecrire in demandes if ecrire]


def _lire_ligne(ligne):
    try:
        return lire_courriel(ligne)
    except Refus as refus:
        dit = _("Cette adresse ne marche pas : « %(ligne)s ». Rien n’est enregistré.")
        raise Refus("adresses_fausses", dit % {"ligne": ligne.strip()[:80]}, champ="adresses") from refus


def confirmer(*, abonnement):
    """Whoever reads this address says yes; return the Abonnement. Twice is once."""
    with transaction.atomic():
        abonnement = verrouiller(abonnement)
        if abonnement.confirme_le is None:
            abonnement.confirme_le = abonnement.contact_le = timezone.now()
            abonnement.save(update_fields=["confirme_le", "contact_le"])
            noter(verbe="confirmer_abonnement", objet=abonnement)
    return abonnement


def choisir(*, abonnement, **choix):
    """Change what an address receives; it stays for three years more. Raises Refus "invalide" 422."""
    with transaction.atomic():
        abonnement = verrouiller(abonnement)
        for nom in CHOIX:
            setattr(abonnement, nom, choix[nom])
        _exiger_choix(abonnement)
        abonnement.contact_le, abonnement.prevenu_le, abonnement.mort_le = timezone.now(), None, None
        abonnement.save(update_fields=[*CHOIX, "contact_le", "prevenu_le", "mort_le"])
        noter(verbe="choisir_abonnement", objet=abonnement)
    return abonnement


def se_desabonner(*, abonnement):
    """Forget an address at once; a letter that has not left yet does not leave. Twice is once."""
    with transaction.atomic():
        if _effacer(Abonnement.objects.filter(pk=abonnement.pk)):
            noter(verbe="se_desabonner", objet=abonnement)


def masquer(courriel):
    """Return what is left of an address that is forgotten.

    >>> masquer("lise@exemple.fr")
    'l…@exemple.fr'
    """
    nom, _arobase, domaine = courriel.rpartition("@")
    return f"{nom[:1]}…@{domaine}"


def _effacer(abonnements):
    """Forget addresses, in the proofs of sending too, where "l…@exemple.fr" is left; return how many."""
    siennes = Destinataire.objects.filter(abonnement__in=abonnements)
    siennes.filter(etat=Destinataire.Etat.ATTENTE).update(etat=Destinataire.Etat.RETIREE, fait_le=timezone.now())
    for lettre in siennes.only("courriel", "domaine", "mots"):  # its state is the worker's
        masque = masquer(lettre.courriel)
        lettre.mots = re.sub(re.escape(lettre.courriel), masque, lettre.mots, flags=re.I)  # servers repeat it
        lettre.courriel = masque
        lettre.save(update_fields=["courriel", "mots"])
    return abonnements.delete()[1].get("courrier.Abonnement", 0)


def oublier_jamais_confirmes():
    """Forget the addresses that nobody confirmed in time; return how many. The journal keeps their number."""
    limite = timezone.now() - regles.POUR_CONFIRMER
    return _oublier(Abonnement.objects.filter(confirme_le__isnull=True, cree_le__lt=limite), "jamais_confirmes")


def oublier_a_terme():
    """Forget the addresses whose owner did nothing for three years, and was told a month ago; return how many.

    A dead address cannot be told.
    """
    maintenant = timezone.now()
    prevenus = Q(prevenu_le__lt=maintenant - regles.PREAVIS) | Q(mort_le__isnull=False)
    return _oublier(Abonnement.objects.filter(prevenus, contact_le__lt=maintenant - regles.GARDE), "trois_ans")


def _oublier(abonnements, pourquoi):
    with transaction.atomic():
        combien = _effacer(abonnements)
        if combien:
            noter(verbe="oublier_abonnements", details={pourquoi: combien})
    return combien
