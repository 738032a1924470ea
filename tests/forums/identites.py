"""A small OpenID Connect provider on this machine: what lies outside. It signs as a real one does (ES256)."""

import base64
import hashlib
import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "germoir", "un secret d’essai"


class Fournisseur:
    """`montrer` plays the person who shows who they are; `dit` changes claims of the next token."""

    def __init__(self):
        self.cle, self.attendus, self.dit = ECKey.generate_key("P-256", {"kid": "une"}), {}, {}
        self.signe_par = self.cle

    def montrer(self, adresse, sujet):
        """Given where the site sends someone, return the query with which they are sent back."""
        demande = {nom: valeur for nom, (valeur,) in parse_qs(urlsplit(adresse).query).items()}
        assert (demande["client_id"], demande["response_type"]) == (CLIENT, "code")
        code = f"code-{len(self.attendus)}"
        self.attendus[code] = demande | {"sub": sujet}
        return {"code": code, "state": demande["state"]}

    def jeton(self, envoi):
        """The answer of the token endpoint, or None: every code serves once, to whom asked for it."""
        demande = self.attendus.pop(envoi.get("code"), None)
        empreinte = hashlib.sha256(envoi.get("code_verifier", "").encode()).digest()
        preuve = base64.urlsafe_b64encode(empreinte).decode().rstrip("=")
        if demande is None or (envoi["client_id"], envoi["client_secret"]) != (CLIENT, SECRET):
            return None
        if (demande["code_challenge"], demande["redirect_uri"]) != (preuve, envoi["redirect_uri"]):
            return None
        maintenant = int(time.time())
        claims = {
            "iss": self.adresse, "aud": CLIENT, "sub": demande["sub"], "nonce": demande["nonce"],
            "iat": maintenant, "exp": maintenant + 60, "email": "lise@exemple.test", "given_name": "Lise",
        }  # fmt: skip
        signe = jwt.encode({"alg": "ES256", "kid": "une"}, claims | self.dit, self.signe_par)
        return {"access_token": "acces", "token_type": "Bearer", "id_token": signe}

    def repondre(self, chemin):
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.adresse,
                "authorization_endpoint": f"{self.adresse}/authorize",
                "token_endpoint": f"{self.adresse}/token",
                "jwks_uri": f"{self.adresse}/jwks",
                "id_token_signing_alg_values_supported": ["ES256"],
            },
            "/jwks": {"keys": [self.cle.as_dict(private=False)]},
        }.get(chemin)


@contextmanager
def fournisseur_en_marche():
    lui = Fournisseur()

    class Porte(BaseHTTPRequestHandler):
        def do_GET(self):
            self._dire(lui.repondre(self.path))

        def do_POST(self):
            corps = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._dire(lui.jeton({nom: valeur for nom, (valeur,) in parse_qs(corps).items()}))

        def _dire(self, quoi):
            octets = json.dumps(quoi or {"error": "invalid_grant"}).encode()
            self.send_response(200 if quoi else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

        def log_message(self, *_):
            pass

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Porte)
    lui.adresse = f"http://127.0.0.1:{serveur.server_port}"
    Thread(target=serveur.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield lui
    finally:
        serveur.shutdown()
        serveur.server_close()
