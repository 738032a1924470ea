"""A second proof of who signs in, asked of organisers and administrators when `GERMOIR_SECOND_FACTEUR` says so."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.shortcuts import redirect

from consultation import regles

#: What stays open to someone who has yet to choose their second factor: choosing it, the language, styles.
OUVERTS = ("/compte/", "/langue/", settings.STATIC_URL)
FACTEURS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def est_exige(compte):
    """True if `compte` must have a second factor: the setting is on, and they organise or administer."""
    return bool(settings.SECOND_FACTEUR and compte.is_authenticated and regles.organise_quelque_chose(compte))


def manque(compte):
    return est_exige(compte) and not Authenticator.objects.filter(user=compte, type__in=FACTEURS).exists()


class SecondFacteur:
    """Middleware: whoever must have a second factor and has none is led to the page where it is chosen."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.second_facteur_exige = settings.SECOND_FACTEUR and manque(request.user)
        if request.second_facteur_exige and not request.path.startswith(OUVERTS):
            return redirect("mfa_index")
        return self.get_response(request)
