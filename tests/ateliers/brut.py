"""Bytes on a bare connection: what no browser sends."""

import contextlib
import os
import re
import socket
import struct
from pathlib import Path

from tests.patience import PATIENCE

#: (seconds, kernel's own) to close with a reset instead of a goodbye, as a phone that goes out of reach.
_SANS_ADIEU = struct.pack("ii", 1, 0)
_MASQUE = b"abcd"


def brancher(port):
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def poignee(chemin, *entetes):
    """Return the bytes of a WebSocket handshake."""
    lignes = [f"GET {chemin} HTTP/1.1", "Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade", *entetes]
    lignes += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", "", ""]
    return "\r\n".join(lignes).encode()


def ouvrir(port, chemin):
    """Return a connection whose WebSocket handshake was accepted."""
    return ouvrir_ensemble(port, chemin, 1)[0]


def ouvrir_ensemble(port, chemin, nombre):
    """Return as many of them, opened at once."""
    prises = [brancher(port) for _rang in range(nombre)]
    for prise in prises:
        prise.sendall(poignee(chemin))
    for prise in prises:
        recu = b""
        while b"\r\n\r\n" not in recu:
            recu += prise.recv(4096)
        assert recu.startswith(b"HTTP/1.1 101"), recu
    return prises


def trame(genre, octets=b"", *, masque=True, fin=True, reserve=0, longueur=None):
    """Return a WebSocket frame, right or not. `longueur`: what it claims to hold."""
    n = len(octets) if longueur is None else longueur
    taille = (
        bytes([n]) if n < 126 else b"\x7e" + struct.pack("!H", n) if n < 65536 else b"\x7f" + struct.pack("!Q", n)
    )
    if masque:
        taille = bytes([taille[0] | 0x80]) + taille[1:] + _MASQUE
        octets = bytes(octet ^ _MASQUE[rang % 4] for rang, octet in enumerate(octets))
    return bytes([(0x80 if fin else 0) | reserve | genre]) + taille + octets


def envoyer_et_lire(prise, octets, delai=PATIENCE, assez=lambda _recu: False):
    """Send, then read until the server closes, says nothing for `delai` seconds, or `assez(bytes)` holds.

    Return (bytes, closed?).
    """
    prise.settimeout(delai)
    recu = b""
    try:
        prise.sendall(octets)
        while morceau := prise.recv(65536):
            recu += morceau
            if assez(recu):
                return recu, False
    except TimeoutError:
        return recu, False
    except OSError:  # reset: closed while we were still sending
        pass
    return recu, True


def code_de_fin(recu):
    """Return the code of the close frame that ends what a socket received, or None."""
    trouve = re.search(rb"\x88[\x02-\x7d](..)[^\x88]*$", recu, re.S)
    return int.from_bytes(trouve[1], "big") if trouve else None


def disparaitre(prise):
    """Be gone without a word: a reset, no close frame."""
    with contextlib.suppress(OSError):
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _SANS_ADIEU)
    prise.close()


def prises_ouvertes(pid):
    """How many sockets a process holds."""
    liens = Path(f"/proc/{pid}/fd")
    n = 0
    for nom in os.listdir(liens):
        with contextlib.suppress(OSError):
            n += os.readlink(liens / nom).startswith("socket:")
    return n


def memoire(pid):
    """Resident memory of a process, in MB."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024
