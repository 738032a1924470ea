"""The OpenID Connect provider of a territory: who someone is to it, and nothing else. Off unless it is configured.

The site is its client as any other (`settings.OIDC`). What comes back is proved by a signed token whose issuer,
audience, hour and nonce are checked by Authlib; of it, only the pair that names the person there is read.
"""

import secrets
from functools import lru_cache

from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from joserfc.errors import JoseError
from requests import RequestException

from consultation.erreurs import Refus
from consultation.textes import entier

#: Seconds one waits for the provider.
PATIENCE = 10
_CONNUE = "/.well-known/openid-configuration"


def nom():
    """What the provider is called on the screens, or "" when there is none."""
    return (settings.OIDC["nom"] or _("Compte d’identité")) if settings.OIDC["adresse"] else ""


def partir(request, forum):
    """Return the address where the person shows who they are. The session keeps what the answer is held against.

    The number of the forum goes in the state: what is not in the session is not ours. Raises Refus
    "fournisseur_absent" 503.
    """
    client, retour = _client(), settings.URL_PUBLIQUE + reverse("forums:identite-retour")
    acr = {"acr_values": settings.OIDC["acr"]} if settings.OIDC["acr"] else {}
    try:
        parti = client.create_authorization_url(
            retour,
            state=f"{secrets.token_urlsafe(32)}.{forum.pk}",
            nonce=secrets.token_urlsafe(32),
            **acr,
        )
    except (OAuthError, RequestException, RuntimeError, ValueError) as erreur:
        raise _absent() from erreur
    client.save_authorize_data(request, redirect_uri=retour, **parti)
    return parti["url"]


def numero_du_forum(request):
    """The number of the forum that someone who comes back left from, or None; `revenir` proves it."""
    return entier(request.GET.get("state", "").rpartition(".")[2])


def revenir(request):
    """Return (issuer, subject) of whoever comes back. Once: the state is used up.

    Raises Refus "identite_refusee" 400 when the person gave up, or the answer is not one that was asked for here;
    "fournisseur_absent" 503.
    """
    try:
        dit = _client().authorize_access_token(request).get("userinfo") or {}
    except (RequestException, RuntimeError) as erreur:
        raise _absent() from erreur
    except (OAuthError, JoseError, ValueError, KeyError, TypeError) as erreur:
        raise _refusee() from erreur
    if not dit.get("sub"):
        raise _refusee()
    return dit["iss"], dit["sub"]


def _client():
    reglages = settings.OIDC
    return _client_de(reglages["adresse"], reglages["client"], reglages["secret"], reglages["portee"])


@lru_cache(maxsize=2)
def _client_de(adresse, client, secret, portee):
    """What the provider says of itself is read once by each process; its keys, again when a new one signs."""
    return OAuth().register(
        "identite",
        client_id=client,
        client_secret=secret,
        server_metadata_url=adresse if _CONNUE in adresse else adresse + _CONNUE,
        client_kwargs={
            "scope": portee,
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "client_secret_post",
            "default_timeout": PATIENCE,
        },
    )


def _absent():
    message = _("{nom} ne répond pas. Essayez dans un moment, ou entrez autrement.")
    return Refus("fournisseur_absent", message.format(nom=nom()), statut=503)


def _refusee():
    message = _("{nom} ne nous a pas dit que c’est bien vous. Essayez encore, ou entrez autrement.")
    return Refus("identite_refusee", message.format(nom=nom()), statut=400)
