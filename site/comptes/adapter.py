"""How allauth behaves here: accounts are given, each lands on their work, a due second factor is kept."""

import io

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.urls import reverse

from consultation import regles

from .second_facteur import est_exige


class AdaptateurComptes(DefaultAccountAdapter):
    """Accounts are given by an organiser: nobody signs up alone, participants never need an account."""

    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        """Who leads or reports goes to their workshops, who only publishes to the pages that wait for them."""
        compte = request.user
        if regles.consultations_de(compte).exists() and not regles.espaces_de(compte).exists():
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)


class AdaptateurSecondFacteur(DefaultMFAAdapter):
    def build_totp_svg(self, url):
        """The QR code, drawn by the library that draws those of the rooms."""
        dessin = io.BytesIO()
        segno.make(url, error="m").save(dessin, kind="svg", scale=5, border=4, light="#ffffff", dark="#000000")
        return dessin.getvalue().decode()

    def can_delete_authenticator(self, authenticator):
        """The last factor of someone who must have one stays."""
        autres = Authenticator.objects.filter(
            user=authenticator.user, type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        ).exclude(pk=authenticator.pk)
        return not est_exige(authenticator.user) or autres.exists()
