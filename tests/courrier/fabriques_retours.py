"""Reports of failure as servers write them (RFC 3464), and an IMAP server that holds some."""

import datetime
import ipaddress
import re
import socketserver
import ssl
import threading
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


def creer_rapport(
    identifiant, *, action="failed", statut="5.1.1", mots="550 5.1.1 User unknown", a="retours@asso.test"
):
    """A report about the letter whose Message-ID is `identifiant`, sent to `a`; return its bytes."""
    rapport = MIMEMultipart("report", **{"report-type": "delivery-status"})
    rapport["From"], rapport["To"], rapport["Subject"] = "MAILER-DAEMON@mx.test", a, "Undelivered Mail"
    rapport.attach(MIMEText("This is the mail system."))
    etat, general, personne = Message(), Message(), Message()
    general["Reporting-MTA"] = "dns; mx.test"
    personne["Final-Recipient"] = "rfc822; lise@exemple.test"
    personne["Action"], personne["Status"], personne["Diagnostic-Code"] = action, statut, f"smtp; {mots}"
    etat["Content-Type"] = "message/delivery-status"
    etat.set_payload([general, personne])
    rapport.attach(etat)
    rapport.attach(MIMEText(f"Message-ID: {identifiant}\nSubject: Fil", "rfc822-headers"))
    return rapport.as_bytes()


class Imap(socketserver.ThreadingTCPServer):
    """One mailbox, over TLS, that opens to "lise" and "mot". `messages`: {number: (bytes, set of flags)}."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, dossier, messages):
        self.messages = {numero: (octets, set()) for numero, octets in enumerate(messages, start=1)}
        self.certificat = certifier(dossier)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(self.certificat)
        super().__init__(("127.0.0.1", 0), Seance)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def get_request(self):
        prise, qui = super().get_request()
        return self.tls.wrap_socket(prise, server_side=True), qui

    def handle_error(self, request, client_address):
        """A client that hangs up: nothing to tell."""


class Seance(socketserver.StreamRequestHandler):
    def handle(self):
        self.dire(b"* OK la")
        for ligne in self.rfile:
            marque, commande, reste = (ligne.strip() + b"  ").split(b" ", 2)
            dit = getattr(self, commande.decode().lower())(reste.strip())
            self.dire(marque + b" " + (dit or b"OK fait"))

    def dire(self, octets):
        self.wfile.write(octets + b"\r\n")

    def capability(self, reste):
        self.dire(b"* CAPABILITY IMAP4rev1")

    def login(self, reste):
        return None if reste == b'lise "mot"' else b"NO mot de passe"

    def select(self, reste):
        return None if reste == b'"INBOX"' else b"NO pas de boite"

    def uid(self, reste):
        messages = self.server.messages
        verbe, _espace, suite = reste.partition(b" ")
        if verbe == b"SEARCH":
            nouveaux = [numero for numero, (_octets, signes) in messages.items() if b"\\Seen" not in signes]
            return self.dire(b" ".join([b"* SEARCH", *(b"%d" % numero for numero in nouveaux)]))
        numero = int(suite.split(b" ")[0])
        if verbe == b"STORE":
            messages[numero][1].update(re.findall(rb"\\\w+", suite))
            return None
        octets = messages[numero][0]
        self.wfile.write(b"* %d FETCH (UID %d BODY[]<0> {%d}\r\n%s)\r\n" % (numero, numero, len(octets), octets))
        return None

    def expunge(self, reste):
        partis = [numero for numero, (_octets, signes) in self.server.messages.items() if b"\\Deleted" in signes]
        for numero in partis:
            del self.server.messages[numero]

    def logout(self, reste):
        self.dire(b"* BYE")


def certifier(dossier):
    """Write a certificate for 127.0.0.1 and its key in one file; return its path."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    hier = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    qui = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    demande = x509.CertificateBuilder().subject_name(nom).issuer_name(nom).public_key(cle.public_key())
    demande = demande.serial_number(1).not_valid_before(hier).not_valid_after(hier + datetime.timedelta(days=9))
    certificat = demande.add_extension(qui, critical=False).sign(cle, hashes.SHA256())
    pem = serialization.Encoding.PEM
    nue = (pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chemin = dossier / "imap.pem"
    chemin.write_bytes(certificat.public_bytes(pem) + cle.private_bytes(*nue))
    return chemin
