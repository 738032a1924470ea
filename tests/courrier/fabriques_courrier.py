"""Subscribers, numbers and a mail server for the tests of the post."""

import socket
from datetime import timedelta

from aiosmtpd.controller import Controller
from django.utils import timezone

from contenus import actions as actions_contenus
from courrier.models import Abonnement


def creer_abonne(courriel="lise@exemple.test", *, il_y_a=timedelta(days=60), **champs):
    """A confirmed subscriber, who asked some time ago."""
    quand = timezone.now() - il_y_a
    dates = {"demande_le": quand, "contact_le": quand, "confirme_le": quand}
    abonne = Abonnement.objects.create(courriel=courriel, **{**dates, **champs})
    Abonnement.objects.filter(pk=abonne.pk).update(cree_le=quand)
    abonne.refresh_from_db()
    return abonne


def creer_abonnes(n, domaines=1):
    """`n` subscribers at once, spread over so many domains."""
    quand = timezone.now() - timedelta(days=60)
    dates = {"demande_le": quand, "contact_le": quand, "confirme_le": quand}
    return Abonnement.objects.bulk_create(
        Abonnement(courriel=f"p{rang}@d{rang % domaines}.test", **dates) for rang in range(n)
    )


def creer_numero(numero=5, titre="Ce que l’automne a fait lever", **champs):
    """A published number, with nothing in it but `champs`."""
    page = actions_contenus.composer_fil_info(numero=numero, syntheses=(), par=None)
    page.title, page.saison = titre, "Automne 2026"
    for nom, valeur in champs.items():
        setattr(page, nom, valeur)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


class Boite:
    """A mail server: what it took, in order, and what it answers to whom.

    `recus`: [(recipient, message as text)]. `envoyeurs`: whom each came from, by its envelope. `reponses`:
    {recipient: what RCPT answers}. `fins`: {recipient: what the final dot answers}. `coupe`: recipients whose line
    is cut instead of that answer. `refus`: what it answers to whoever sends, when it wants none of them.
    """

    def __init__(self, port):
        self.port = port
        self.envoyeurs = []
        self.recus, self.reponses, self.fins, self.coupe = [], {}, {}, set()
        self.refus = None

    async def handle_MAIL(self, serveur, session, enveloppe, courriel, options):
        if self.refus:
            return self.refus
        enveloppe.mail_from = courriel
        return "250 OK"

    async def handle_RCPT(self, serveur, session, enveloppe, courriel, options):
        if reponse := self.reponses.get(courriel):
            return reponse
        enveloppe.rcpt_tos.append(courriel)
        return "250 OK"

    async def handle_DATA(self, serveur, session, enveloppe):
        (courriel,) = enveloppe.rcpt_tos
        if courriel in self.coupe:
            serveur.transport.close()
            return "250 OK"
        reponse = self.fins.get(courriel, "250 2.0.0 pris")
        if reponse.startswith("2"):
            self.envoyeurs.append(enveloppe.mail_from)
            self.recus.append((courriel, enveloppe.content.decode()))
        return reponse

    def ouvrir(self):
        self.serveur = Controller(self, hostname="127.0.0.1", port=self.port)
        self.serveur.start()

    def fermer(self):
        if self.serveur is not None:
            self.serveur.stop(no_assert=True)
            self.serveur = None

    @property
    def adresses(self):
        return [courriel for courriel, _dit in self.recus]


def poser_boite(settings):
    """Start a mail server and lead the product to it; return its Boite."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        boite = Boite(prise.getsockname()[1])
    boite.ouvrir()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", boite.port, False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return boite
