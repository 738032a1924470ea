"""Giving someone a role, and an account when they have none."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from consultation import actions, regles
from consultation.erreurs import Refus
from consultation.models import Mandat
from consultation.textes import nettoyer_ligne


def inviter(*, courriel, role, consultation, par, prenom="", nom="", espace=None):
    """Entrust `role` to the account of that e-mail, created if there is none; return (Mandat, created).

    A new account has no password: the e-mail it receives holds the link to choose one, good for three days, and
    nobody can sign in before.
    Raises Refus "interdit" 403, "courriel" 422, "compte_ferme" and "adresse_non_prouvee" 409, those of `confier`.
    """
    if not regles.est_organisateur(par, consultation):
        raise Refus("interdit", _("Seul un organisateur peut confier un rôle."), statut=403)
    courriel = courriel.strip().lower()
    try:
        validate_email(courriel)
    except ValidationError as erreur:
        raise Refus(
            "courriel", _("Cette adresse de courriel n’est pas bien écrite."), champ="courriel"
        ) from erreur
    with transaction.atomic():
        compte, cree = _compte(courriel, nettoyer_ligne(prenom)[:150], nettoyer_ligne(nom)[:150])
        mandat = actions.confier(compte=compte, role=role, consultation=consultation, espace=espace, par=par)
        if cree:
            actions.noter(
                verbe="inviter", objet=compte, consultation=consultation, compte=par, details={"role": role}
            )
        transaction.on_commit(lambda: _ecrire(mandat, nouveau=not compte.has_usable_password()))
    return mandat, cree


def renvoyer_invitation(*, mandat, par):
    """Send the link again to someone who has not chosen a password yet.

    Raises Refus "interdit" 403, "deja_pret" 409.
    """
    if not regles.est_organisateur(par, mandat.consultation):
        raise Refus("interdit", _("Seul un organisateur peut inviter."), statut=403)
    if mandat.compte.has_usable_password():
        raise Refus("deja_pret", _("Cette personne a déjà choisi son mot de passe."), statut=409)
    with transaction.atomic():
        actions.noter(verbe="inviter", objet=mandat.compte, consultation=mandat.consultation, compte=par)
        transaction.on_commit(lambda: _ecrire(mandat, nouveau=True))


def _compte(courriel, prenom, nom):
    """The account that proved this address, or a fresh one. An address typed in an account proves nothing."""
    prouvee = EmailAddress.objects.filter(email__iexact=courriel, verified=True).select_related("user").first()
    if prouvee is not None:
        if not prouvee.user.is_active:
            raise Refus("compte_ferme", _("Le compte de cette personne est fermé."), statut=409, champ="courriel")
        return prouvee.user, False
    comptes = get_user_model().objects
    if comptes.filter(email=courriel).exists():
        raise Refus(
            "adresse_non_prouvee",
            _(
                "Un compte porte cette adresse, mais rien ne prouve qu’elle est à lui. Demandez à cette personne "
                "de la confirmer : dans la gestion, « Mon adresse de courriel »."
            ),
            statut=409,
            champ="courriel",
        )
    compte = comptes.create_user(courriel, None, first_name=prenom, last_name=nom)
    # Only whoever reads this mailbox can choose the password: the address is proved by that.
    EmailAddress.objects.create(user=compte, email=courriel, verified=True, primary=True)
    return compte, True


def _ecrire(mandat, nouveau):
    contexte = {
        "mandat": mandat,
        "role": mandat.get_role_display().lower(),
        "nouveau": nouveau,
        "adresse": _adresse_mot_de_passe(mandat.compte)
        if nouveau
        else settings.URL_PUBLIQUE + reverse("account_login"),
    }
    sujet = _("Germoir : %(titre)s") % {"titre": mandat.consultation.titre}
    texte = render_to_string("comptes/gestion/invitation.txt", contexte)
    send_mail(" ".join(sujet.splitlines()), texte, None, [mandat.compte.email])


def _adresse_mot_de_passe(compte):
    cle = {"uidb36": user_pk_to_url_str(compte), "key": default_token_generator.make_token(compte)}
    return settings.URL_PUBLIQUE + reverse("account_reset_password_from_key", kwargs=cle)


#: What an organiser may entrust, in the order of the form.
ROLES = [(role.value, role.label) for role in Mandat.Role]
