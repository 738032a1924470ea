"""What the command says of the sending server and of the DNS, in words one can send to one's host."""

import io
import socket
import threading

import dns.message
import dns.resolver
import dns.rrset
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from courrier import diagnostic

BIEN = {
    "exemple.test.": "v=spf1 include:_spf.exemple.test -all",
    "mail._domainkey.exemple.test.": "v=DKIM1; k=rsa; p=MIIB",
    "_dmarc.exemple.test.": "v=DMARC1; p=none",
}


def demander_a(port, monkeypatch):
    """Lead the real resolver to a port of this machine."""

    class Ici(dns.resolver.Resolver):
        def __init__(self):
            super().__init__(configure=False)
            self.nameservers, self.port = ["127.0.0.1"], port

    monkeypatch.setattr(dns.resolver, "Resolver", Ici)


@pytest.fixture
def zone(monkeypatch):
    """A DNS server of our own, on UDP: {name: TXT, or several}, asked by the real resolver."""
    zone, prise = {}, socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    prise.bind(("127.0.0.1", 0))

    def servir():
        while True:
            octets, qui = prise.recvfrom(4096)
            if octets == b"fin":
                return
            demande = dns.message.from_wire(octets)
            reponse = dns.message.make_response(demande)
            nom = demande.question[0].name.to_text()
            lignes = zone.get(nom, [])
            for texte in [lignes] if isinstance(lignes, str) else lignes:
                reponse.answer.append(dns.rrset.from_text(nom, 60, "IN", "TXT", f'"{texte}"'))
            prise.sendto(reponse.to_wire(), qui)

    demander_a(prise.getsockname()[1], monkeypatch)
    fil = threading.Thread(target=servir, daemon=True)
    fil.start()
    yield zone
    prise.sendto(b"fin", prise.getsockname())
    fil.join(5)
    prise.close()


def essayer(*args):
    sortie = io.StringIO()
    try:
        call_command("essayer_courriel", *args, stdout=sortie)
    except CommandError as erreur:
        return sortie.getvalue(), str(erreur)
    return sortie.getvalue(), ""


def test_when_all_is_well_it_says_so_and_a_letter_arrives(zone, boite, settings):
    settings.DEFAULT_FROM_EMAIL = "Germoir <fil@exemple.test>"
    zone.update(BIEN)
    dit, erreur = essayer("lise@exemple.test")
    assert ([ligne[0] for ligne in dit.splitlines()[1:]], erreur) == (["✓"] * 4 + ["?"], "")
    assert boite.adresses == ["lise@exemple.test"]


@pytest.mark.parametrize(
    ("lignes", "bons", "demande"),
    [
        ({}, [False, None, False], "ajoutez un TXT _dmarc.exemple.test"),
        ({"exemple.test.": ["v=spf1 -all", "v=spf1 ~all"]}, [False, None, False], "n’en garder qu’une"),
        ({"exemple.test.": "v=spf1 +all"}, [False, None, False], "«\u202f-all\u202f»"),
        ({"exemple.test.": ["autre=1", "v=spf1 mx -all"]}, [True, None, False], "quel sélecteur"),
    ],
)
def test_what_is_missing_is_said_with_what_to_ask(zone, lignes, bons, demande):
    zone.update(lignes)
    constats = diagnostic.dns_du_domaine("exemple.test")
    assert [constat.bon for constat in constats] == bons
    assert demande in " ".join(constat.dit for constat in constats)


def test_the_policy_of_the_domain_above_holds(zone):
    zone.update({"_dmarc.exemple.test.": "v=DMARC1; p=reject"})
    assert diagnostic.dns_du_domaine("lettre.exemple.test")[2].bon is True


def test_a_server_or_a_dns_out_of_reach_is_said(boite, settings, monkeypatch):
    boite.fermer()
    demander_a(1, monkeypatch)  # nothing listens there
    monkeypatch.setattr(diagnostic, "PATIENCE_DNS", 0.2)
    settings.DEFAULT_FROM_EMAIL = "fil@exemple.test"
    dit, erreur = essayer()
    assert ("ne répond pas" in dit, "Le DNS ne répond pas d’ici" in dit, "à régler" in erreur) == (True,) * 3
    boite.ouvrir()
    boite.reponses = {"lise@exemple.test": "550 5.7.1 Relay denied"}
    assert (
        "refuse la lettre. Montrez ses mots à votre hébergeur\u202f: 550 5.7.1 Relay denied"
        in essayer("lise@exemple.test")[0]
    )


def test_without_a_server_or_with_a_wrong_address_it_says_so():
    assert "Aucun serveur d’envoi n’est réglé" in essayer()[0]
    assert "Il manque le signe @" in essayer("lise")[1]
