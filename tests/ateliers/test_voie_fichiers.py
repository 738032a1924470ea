"""Files named by their content are answered again from memory, the others never."""

import asyncio

import pytest

from ateliers.voie import fichiers
from ateliers.voie.fichiers import FichiersGardes

NOMME = "/static/css/tokens.0123456789ab.css"
DURABLE = (b"Cache-Control", b"max-age=315360000, public, immutable")


class Derriere:
    def __init__(self, statut=200, entetes=(DURABLE,), corps=(b"un", b"deux")):
        self.demandes, self.statut, self.entetes, self.corps = 0, statut, list(entetes), corps

    async def __call__(self, scope, receive, send):
        self.demandes += 1
        await send({"type": "http.response.start", "status": self.statut, "headers": self.entetes})
        for rang, morceau in enumerate(self.corps, start=1):
            await send({"type": "http.response.body", "body": morceau, "more_body": rang < len(self.corps)})


def demander(gardes, chemin=NOMME, methode="GET", **entetes):
    scope = {"type": "http", "method": methode, "path": chemin, "scheme": "http"}
    scope["headers"] = [(nom.replace("_", "-").encode(), valeur.encode()) for nom, valeur in entetes.items()]
    messages = []

    async def send(message):
        messages.append(message)

    asyncio.run(gardes(scope, None, send))
    assert not messages[-1].get("more_body")
    return messages[0]["status"], b"".join(message.get("body", b"") for message in messages)


def test_a_file_named_by_its_content_is_asked_for_once():
    derriere = Derriere()
    gardes = FichiersGardes(derriere)
    assert [demander(gardes) for _fois in range(3)] == [(200, b"undeux")] * 3
    assert derriere.demandes == 1


def test_each_way_of_compressing_and_each_site_has_its_own_answer():
    derriere = Derriere()
    gardes = FichiersGardes(derriere)
    for entetes in ({}, {"accept_encoding": "gzip"}, {"accept_encoding": "br"}, {"host": "autre.example"}):
        demander(gardes, **entetes)
        demander(gardes, **entetes)
    assert derriere.demandes == 4


@pytest.mark.parametrize(
    ("derriere", "demande"),
    [
        (Derriere(statut=404), {}),
        (Derriere(entetes=()), {}),
        (Derriere(entetes=(DURABLE, (b"Set-Cookie", b"a=b"))), {}),
        (Derriere(corps=(b"x" * (fichiers.FICHIER_MAX + 1),)), {}),
        (Derriere(), {"chemin": "/static/css/tokens.css"}),
        (Derriere(), {"chemin": "/a/K7P4M2/"}),
        (Derriere(), {"methode": "HEAD"}),
        (Derriere(), {"range": "bytes=0-1"}),
        (Derriere(), {"if_none_match": '"x"'}),
    ],
)
def test_nothing_else_is_kept(derriere, demande):
    gardes = FichiersGardes(derriere)
    demander(gardes, **demande)
    demander(gardes, **demande)
    assert derriere.demandes == 2


def test_the_least_used_give_way(monkeypatch):
    monkeypatch.setattr(fichiers, "MEMOIRE_MAX", 15)
    derriere = Derriere()
    gardes = FichiersGardes(derriere)
    un, deux, trois = (f"/static/a.{rang:012x}.js" for rang in range(3))
    for chemin in (un, deux, un, trois):
        demander(gardes, chemin)
    assert derriere.demandes == 3
    for chemin in (un, trois):
        demander(gardes, chemin)
    assert derriere.demandes == 3
    demander(gardes, deux)
    assert derriere.demandes == 4
