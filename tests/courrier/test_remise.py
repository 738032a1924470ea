"""One letter handed over, step by step: what each answer of a server means, and a cut before or after the dot."""

import socket
import threading

import pytest
from django.core.mail import EmailMessage

from courrier.remise import Attendre, Coupe, Guichet, NousRefuse, Refuse

#: What a server that takes the letter says: to whoever comes, to each of their words, to the final dot.
PRISE = {
    "accueil": "220 la", "EHLO": "250 la", "MAIL": "250 OK", "RCPT": "250 OK", "DATA": "354 dites",
    "point": "250 2.0.0 pris", "RSET": "250 OK", "QUIT": "221 adieu",
}  # fmt: skip
TEXTE = "Un.\n.deux\n.\n..trois"


def servir(serveur, dites, lus):
    """Answer one client by `dites`, hang up where it says None; keep in `lus` each line received."""
    prise, _qui = serveur.accept()
    with prise, prise.makefile("rb") as lignes:
        mot = "accueil"
        while reponse := dites.get(mot):
            prise.sendall(reponse.encode() + b"\r\n")
            lus.append(lignes.readline())
            mot = lus[-1][:4].decode().upper()
            if reponse.startswith("354"):
                lus.extend(iter(lambda: lignes.readline() or b".\r\n", b".\r\n"))
                mot = "point"


def remettre(settings, **reponses):
    """Hand one letter over to a server that answers so; return (what came of it, the Guichet, lines received)."""
    lus, guichet = [], None
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    with socket.create_server(("127.0.0.1", 0)) as serveur:
        settings.EMAIL_PORT = serveur.getsockname()[1]
        fil = threading.Thread(target=servir, args=(serveur, PRISE | reponses, lus))
        fil.start()
        try:
            guichet = Guichet()
            rendu = guichet.remettre(EmailMessage("Fil", TEXTE, to=["lise@exemple.test"]), lambda: True)
        except (Attendre, Coupe, NousRefuse, Refuse) as erreur:
            rendu = erreur
        ouvert = guichet is not None and guichet.liaison is not None
        if guichet is not None:
            guichet.fermer()
        fil.join()
    return rendu, ouvert, lus


def test_each_line_arrives_as_it_was_written_and_none_ends_the_letter(settings):
    """RFC 5321, 4.5.2: what begins with a dot is sent with two."""
    rendu, _ouvert, lus = remettre(settings)
    assert rendu == "250 2.0.0 pris"
    assert lus[lus.index(b"Un.\r\n") :][:4] == [b"Un.\r\n", b"..deux\r\n", b"..\r\n", b"...trois\r\n"]


@pytest.mark.parametrize(
    ("etape", "reponse", "sorte", "dit"),
    [
        ("accueil", "554 pas de vous", NousRefuse, {}),
        ("accueil", None, Coupe, {"apres": False}),
        ("MAIL", "550 5.7.1 pas de vous", NousRefuse, {}),
        ("MAIL", "451 4.3.2 plus tard", Attendre, {}),
        ("MAIL", "421 je ferme", Coupe, {"apres": False}),
        ("MAIL", None, Coupe, {"apres": False}),
        ("RCPT", "550 5.1.1 inconnue", Refuse, {"morte": True}),
        ("RCPT", "554 5.7.1 refus", Refuse, {"morte": False}),
        ("RCPT", "450 4.2.1 plus tard", Attendre, {}),
        ("RCPT", "421 je ferme", Coupe, {"apres": False}),
        ("RCPT", "ouf", Coupe, {"apres": False}),
        ("RCPT", None, Coupe, {"apres": False}),
        ("DATA", "451 plus tard", Attendre, {}),
        ("DATA", "554 5.1.1 refus", Refuse, {"morte": False}),
        ("DATA", None, Coupe, {"apres": False}),
        ("point", "554 5.1.1 ces mots", Refuse, {"morte": False}),
        ("point", "452 4.3.1 plein", Attendre, {}),
        ("point", "421 je ferme", Coupe, {"apres": False}),  # said, so it was not taken
        ("point", "ouf", Coupe, {"apres": True}),
        ("point", None, Coupe, {"apres": True}),
    ],
)
def test_an_answer_says_what_to_do_with_the_letter_wherever_it_comes(settings, etape, reponse, sorte, dit):
    erreur, _ouvert, _lus = remettre(settings, **{etape: reponse})
    assert (type(erreur), {nom: getattr(erreur, nom) for nom in dit}) == (sorte, dit)


def test_an_address_that_is_forwarded_is_one_that_was_taken(settings):
    assert remettre(settings, RCPT="251 chez un autre", point="251 pris")[0] == "251 pris"


def test_a_refused_envelope_is_forgotten_or_its_connection_let_go(settings):
    _refus, ouvert, lus = remettre(settings, RCPT="550 5.1.1 inconnue")
    assert (ouvert, [ligne.upper() for ligne in lus[-3:]]) == (True, [b"RSET\r\n", b"QUIT\r\n", b""])
    _refus, ouvert, _lus = remettre(settings, RCPT="550 5.1.1 inconnue", RSET=None)
    assert ouvert is False
