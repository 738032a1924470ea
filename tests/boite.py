"""A real mail server for the tests, on a free port."""

import socket

import pytest
from aiosmtpd.controller import Controller


class Boite:
    """What a mail server of the tests received: (recipients, headers and body)."""

    def __init__(self):
        self.recus, self.refuse = [], set()

    async def handle_RCPT(self, serveur, session, enveloppe, courriel, options):
        if courriel in self.refuse:
            return "550 no such user"
        enveloppe.rcpt_tos.append(courriel)
        return "250 OK"

    async def handle_DATA(self, serveur, session, enveloppe):
        self.recus.append((enveloppe.rcpt_tos, enveloppe.content.decode()))
        return "250 OK"


@pytest.fixture
def boite(settings):
    """A real SMTP server, and the product's settings that lead to it."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    boite = Boite()
    serveur = Controller(boite, hostname="127.0.0.1", port=port)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    boite.demarrer, boite.arreter = serveur.start, serveur.stop
    yield boite
    serveur.stop(no_assert=True)
