"""QR codes as inline SVG: no image to fetch, no inline style, sharp at any size."""

from functools import lru_cache

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

#: Quiet zone, in modules. The standard asks for four; without it cheap phones do not find the code.
MARGE = 4


def svg_qr(url, titre, masque=None) -> SafeString:
    """Return the QR code of `url` as an `<svg>` sized by CSS (class `qr`), named `titre` for screen readers.

    Black on its own white ground, whatever the theme: inverted codes are not read by every phone. `masque`: that
    of a code much like this one (`masque_de`), for those drawn by the thousand; None looks for the best.
    """
    cote, trace = _dessiner(url, masque)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" focusable="false"'
        ' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{2}"/></svg>',
        cote,
        titre,
        trace,
    )


def masque_de(url):
    """Return which of the eight masks suits the code of `url` best; readers undo any (ISO/IEC 18004, 7.8)."""
    return segno.make(url, error="m", micro=False).mask


@lru_cache(maxsize=64)
def _dessiner(url, masque):
    """Return (side in modules, SVG path) of the code of `url`. Kept: choosing among eight masks takes 20 ms."""
    code = segno.make(url, error="m", micro=False, mask=masque)
    return code.symbol_size(border=MARGE)[0], _trace(code)


def _trace(code):
    """Return one SVG path: each run of dark modules on a row is one rectangle."""
    morceaux = []
    for y, ligne in enumerate(code.matrix_iter(border=MARGE)):
        x = 0
        while x < len(ligne):
            fin = x
            while fin < len(ligne) and ligne[fin]:
                fin += 1
            if fin > x:
                morceaux.append(f"M{x} {y}h{fin - x}v1h-{fin - x}z")
            x = max(fin, x + 1)
    return "".join(morceaux)
