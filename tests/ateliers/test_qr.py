import re
from xml.etree import ElementTree

import segno
from django.utils.safestring import SafeString

from ateliers.qr import masque_de, svg_qr

ADRESSE = "https://germoir.example/r/K7P4M2/"


def modules_noirs(svg):
    """Read the path back as a set of (x, y): what a camera would see."""
    noirs = set()
    for x, y, largeur in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        noirs |= {(int(x) + i, int(y)) for i in range(int(largeur))}
    return noirs


def test_the_drawing_is_exactly_the_code_of_the_address():
    attendu = {
        (x, y)
        for y, ligne in enumerate(segno.make(ADRESSE, error="m", micro=False).matrix_iter(border=4))
        for x, module in enumerate(ligne)
        if module
    }
    assert modules_noirs(svg_qr(ADRESSE, "Entrer")) == attendu


def test_it_is_safe_markup_with_a_name_and_no_inline_style():
    svg = svg_qr(ADRESSE, "Code de « L’été » <script>")
    racine = ElementTree.fromstring(svg)
    assert isinstance(svg, SafeString)
    assert (racine.get("role"), racine.get("aria-label")) == ("img", "Code de « L’été » <script>")
    assert "style" not in svg
    assert "<script>" not in svg


def test_two_addresses_give_two_drawings():
    assert svg_qr(ADRESSE, "a") != svg_qr(ADRESSE + "?x", "a")


def test_codes_much_alike_share_a_mask_and_say_what_they_should():
    masque = masque_de(ADRESSE)
    assert svg_qr(ADRESSE, "a", masque) == svg_qr(ADRESSE, "a")
    autre = ADRESSE[:-2] + "Z9"
    attendu = segno.make(autre, error="m", micro=False, mask=masque)
    assert modules_noirs(svg_qr(autre, "a", masque)) == {
        (x, y) for y, ligne in enumerate(attendu.matrix_iter(border=4)) for x, noir in enumerate(ligne) if noir
    }
