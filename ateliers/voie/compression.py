"""gzip (RFC 1952) of what the lane serves: what is the same for many is deflated once, what is one's own never.

A page made for many is cut at its gaps: each piece is deflated up to the end of a byte, and what fills a gap is
stored as it is between two of them (RFC 1951, 3.2.4). A thousand phones cost one deflation, and since no secret is
deflated with the rest of its page, no length tells how alike they are (BREACH).
"""

import secrets
import struct
import zlib

#: How hard to try, for what is made for one person, and for what is made once for many.
VITE, BIEN = 1, 6
#: Deflated, with a name to come, no date, from no system in particular; then the end of the last block.
_DEBUT, _FIN = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff", b"\x03\0"
_BLOC_MAX = 0xFFFF


def degonfler(clair, effort=BIEN):
    """Deflate one piece for itself: what comes before and after does not matter."""
    fil = zlib.compressobj(effort, zlib.DEFLATED, -zlib.MAX_WBITS)
    return fil.compress(clair) + fil.flush(zlib.Z_FULL_FLUSH)


def stocker(clair):
    """The same, without deflating."""
    blocs = (clair[debut : debut + _BLOC_MAX] for debut in range(0, len(clair), _BLOC_MAX))
    return b"".join(struct.pack("<xHH", len(bloc), len(bloc) ^ _BLOC_MAX) + bloc for bloc in blocs)


def assembler(clair, degonfles, nom=b""):
    """The gzip of `clair`, whose pieces are there, deflated or stored, in their order."""
    fin = struct.pack("<II", zlib.crc32(clair), len(clair) & 0xFFFFFFFF)
    return b"".join([_DEBUT, nom, b"\0", *degonfles, _FIN, fin])


def comprimer(clair):
    """gzip, quickly. A name of random length in its header hides the exact size, as Django does (BREACH)."""
    return assembler(clair, [degonfler(clair, VITE)], b"a" * secrets.randbelow(100))
