"""A room behind the fast lane, in this process, with someone in it; and what stands behind the lane."""

import asyncio
import re
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.test import Client

from ateliers import actions, identite
from ateliers.voie.application import VoieRapide
from consultation import guichet

from .fabriques_salle import faire_atelier, faire_etapes, faire_participant, faire_pistes

SECRET = "abcdefghijabcdefghijabcdefghij12"
#: What makes a script's request one that the lane leaves to Django, as `Salle.envoi` takes it.
DETOURS = {
    "origine": {"origine": "http://ailleurs.example"},
    "port": {"origine": "http://testserver:81"},
    "sans_origine": {"origine": ""},
    "formulaire": {"accept": "text/html"},
}
CHANGEANTS = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=name="cle" value=")[^"]+|(?<=data-jeton=")[^"]+'
    r'|(?<=data-maintenant=")\d+|(?<=data-secondes=")\d+'
)


class Derriere:
    """What stands behind the lane: keeps what it was handed."""

    def __init__(self):
        self.recus = []

    async def __call__(self, scope, receive, send):
        corps, suite = b"", True
        while suite:
            message = await receive()
            corps += message.get("body", b"")
            suite = message.get("more_body", False)
        self.recus.append((scope["method"], scope["path"], corps))
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    def fermer(self):
        pass


class Reponse:
    def __init__(self, messages):
        self.statut = messages[0]["status"]
        self.entetes = {nom.decode().lower(): valeur.decode() for nom, valeur in messages[0]["headers"]}
        self.corps = b"".join(message.get("body", b"") for message in messages[1:])

    @property
    def texte(self):
        return self.corps.decode()


class Salle:
    """A room behind the lane, with Sonia in it."""

    def __init__(self, *natures):
        self.derriere = Derriere()
        self.voie = VoieRapide(self.derriere)
        self.atelier = faire_atelier()
        self.pistes = faire_pistes(self.atelier, 3)
        self.etapes = {etape.nature: etape for etape in faire_etapes(self.atelier, *natures)}
        self.sonia = faire_participant(self.atelier, prenom="S <b>\"&' أ")

    def ouvrir(self, nature):
        actions.ouvrir_etape(etape=self.etapes[nature], par=None)

    def cookies(self, qui=None, **autres):
        qui = qui or self.sonia
        jeton = signing.dumps({qui.consultation_id: (qui.pk, qui.generation)}, salt=identite._SEL_COOKIE)
        return {identite.COOKIE: jeton, "csrftoken": SECRET, **autres}

    def demander(self, *demandes):
        """Send requests at once, (method, path, body, headers) each; return their Reponses."""

        async def tout():
            return await asyncio.gather(*(self._une(*demande) for demande in demandes))

        return asyncio.run(tout())

    async def _une(self, methode, chemin, corps, entetes):
        chemin, _point, question = chemin.partition("?")
        scope = {"type": "http", "method": methode, "path": chemin, "scheme": "http", "client": ("127.0.0.1", 1)}
        entetes = {"host": "testserver", "content-length": str(len(corps)), **entetes}
        scope["headers"] = [(nom.encode(), valeur.encode()) for nom, valeur in entetes.items() if valeur]
        recus, envoyes = [{"type": "http.request", "body": corps}], []

        async def receive():
            return recus.pop(0) if recus else {"type": "http.disconnect"}

        async def send(message):
            envoyes.append(message)

        await self.voie({**scope, "query_string": question.encode()}, receive, send)
        return Reponse(envoyes)

    def page(self, suite="", cookies=None, **entetes):
        cookies = self.cookies() if cookies is None else cookies
        entetes = {"cookie": "; ".join(f"{nom}={valeur}" for nom, valeur in cookies.items()), **entetes}
        return self.demander(("GET", f"/a/{self.atelier.code}/{suite}", b"", entetes))[0]

    def navigateur(self, qui=None, **cookies):
        """The same phone in front of Django."""
        client = Client()
        for nom, valeur in self.cookies(qui, **cookies).items():
            client.cookies[nom] = valeur
        return client

    def page_de_django(self, qui=None, **cookies):
        reponse = self.navigateur(qui, **cookies).get(f"/a/{self.atelier.code}/")
        reponse.texte = reponse.content.decode()
        return reponse

    def envoi(self, quoi, champs, cookies, origine="http://testserver", accept="application/json"):
        """The request of a script that sends a form."""
        cookies = "; ".join(f"{nom}={valeur}" for nom, valeur in cookies.items())
        entetes = {"cookie": cookies, "origin": origine, "accept": accept}
        entetes["content-type"] = "application/x-www-form-urlencoded"
        return "POST", f"/a/{self.atelier.code}/{quoi}/", urlencode(champs).encode(), entetes

    def voter(self, choix, cookies=None, origine="http://testserver", accept="application/json", **champs):
        champs = {"cle": "k1", **{f"piste-{pk}": n for pk, n in choix.items()}, **champs}
        return self.demander(self.envoi("voter", champs, cookies or self.cookies(), origine, accept))[0]


@pytest.fixture
def monter():
    salles = []

    def monter_salle(*natures):
        salles.append(Salle(*natures))
        return salles[-1]

    guichet.ouvrir()
    yield monter_salle
    guichet.fermer()
    for salle in salles:
        salle.voie.fermer()


def sans_ce_qui_change(page):
    return CHANGEANTS.sub("…", page)
