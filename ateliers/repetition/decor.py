"""The room of a rehearsal, in the database: made, led by an account of its own, cleared."""

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.translation import gettext as _

from consultation.erreurs import Refus

from .. import actions
from ..models import Atelier, Repetition
from .appareil import Appareil
from .console import Console


@dataclass(frozen=True)
class Salle:
    """What a rehearsal knows of its room. `etapes` {nature: key}; `session`: the facilitator's, as a cookie."""

    repetition: Repetition
    atelier: Atelier
    etapes: dict
    session: tuple

    @property
    def code(self):
        return self.atelier.code

    def console(self, cible):
        return Console(cible, self.session, self.atelier.pk, self.etapes)


@contextmanager
def salle_de_repetition(garder=False):
    """Make a room, and clear it however things end; `garder` keeps one that was played to its end.

    What an earlier rehearsal left is cleared first.
    """
    for reste in Repetition.objects.select_related("consultation", "territoire", "animateur"):
        actions.effacer_repetition(repetition=reste)
    repetition = actions.preparer_repetition()
    session = _ouvrir_session(repetition.animateur)
    try:
        atelier = Atelier.objects.select_related("espace__consultation").get(
            espace__consultation=repetition.consultation
        )
        etapes = {etape.nature: etape.pk for etape in atelier.etapes.all()}
        yield Salle(repetition, atelier, etapes, (settings.SESSION_COOKIE_NAME, session.session_key))
    except BaseException:
        garder = False
        raise
    finally:
        session.delete()
        if not garder:
            actions.effacer_repetition(repetition=repetition)


def _ouvrir_session(compte):
    """Return a session of `compte`, as a login would have left it. It ends with the rehearsal."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(compte.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = compte.get_session_auth_hash()
    session.set_expiry(2 * 3600)
    session.create()
    return session


async def exiger_le_meme_site(cible, salle):
    """Raise Refus unless the server at `cible` opens the room that was just made in this database."""
    try:
        reponse = await Appareil(cible).lire(f"/r/{salle.code}/")
    except (OSError, TimeoutError):
        message = _(
            "Aucun serveur ne répond à l’adresse %(origine)s (port %(port)d). Lancez Germoir, puis recommencez. "
            "S’il écoute ailleurs, dites où avec --vers."
        )
        raise Refus("serveur_absent", message % {"origine": cible.origine, "port": cible.port}) from None
    if reponse.statut == 200 and f'action="/a/{salle.code}/entrer/"'.encode() in reponse.corps:
        return
    message = _(
        "Le serveur qui répond à %(origine)s ne connaît pas la salle qui vient d’être préparée (réponse "
        "%(statut)d). Il n’utilise sans doute pas la même base. Lancez cette commande avec les mêmes réglages que "
        "lui (DATABASE_URL, GERMOIR_VAR, GERMOIR_SECRET_KEY), ou corrigez --vers."
    )
    raise Refus("autre_site", message % {"origine": cible.origine, "statut": reponse.statut})
