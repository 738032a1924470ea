"""allauth's forms of the second proof, their fields in everyday words."""

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

#: {field: (label, help)}
MOTS = {
    "code": (_("Les chiffres, ou le code de secours"), ""),
    "name": (_("Son nom"), _("Pour la reconnaître : « mon téléphone », « clé du bureau ».")),
    "passwordless": (
        _("Elle suffit pour entrer, sans mot de passe"),
        _("Elle demande alors à chaque fois votre empreinte ou son code."),
    ),
}


class EnMotsSimples:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nom, (libelle, aide) in MOTS.items():
            if nom in self.fields:
                self.fields[nom].label, self.fields[nom].help_text = libelle, aide
                self.fields[nom].widget.attrs.pop("placeholder", None)


class Preuve(EnMotsSimples, AuthenticateForm):
    pass


class PreuveANouveau(EnMotsSimples, ReauthenticateForm):
    pass


class MiseEnPlace(EnMotsSimples, ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Les six chiffres")


class NouvelleCle(EnMotsSimples, AddWebAuthnForm):
    pass


class NomDeCle(EnMotsSimples, EditWebAuthnForm):
    pass
