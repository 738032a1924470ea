"""Many documents put in one file, written as it comes: what is held does not grow with what is bound.

pikepdf reads each document and would hold every object of the whole file until it is saved (340 kB for a booklet,
decision 0117). Here a document is open alone: its objects are written at once, with new numbers, and what an
earlier document already brought (a font, an image, a colour profile) is written once. Tags do not follow: the
file is for the printer.
"""

import re
from array import array
from hashlib import sha256

import pikepdf

#: A reference to another object (ISO 32000-1, 7.3.10), or a string, in which "12 0 R" is but words. qpdf writes
#: strings with their parentheses escaped.
_RENVOI = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) (\d+) R\b", re.S)
_RACINE, _PAGES = 1, 2


class Reliure:
    """A PDF being written in `flux` (binary, at its start). `pages` counts what is in it."""

    def __init__(self, flux):
        self.flux, self.pages = flux, 0
        self._ou = array("Q", [0] * 3)  # where each object starts; 0, the catalogue and the pages come first
        self._deja, self._cahiers = {}, []
        flux.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def ajouter(self, pdf):
        """Bind an open pikepdf.Pdf: it begins on a front page, so that a blank one follows an odd count."""
        with pikepdf.new() as seul:
            seul.pages.extend(pdf.pages)
            if len(seul.pages) % 2:
                boite = seul.pages[-1].mediabox
                seul.add_blank_page(page_size=(float(boite[2]), float(boite[3])))
            cahier = self._numero()
            feuilles = [page.obj for page in seul.pages]
            places = {feuille.objgen: self._numero() for feuille in feuilles}
            numeros = [*places.values()]
            for feuille in feuilles:
                del feuille.Parent
                self._ecrire(
                    places[feuille.objgen], self._corps(seul, feuille, places, b"/Parent %d 0 R" % cahier)
                )
            self._ecrire(cahier, _noeud(numeros, len(numeros), b"/Parent %d 0 R" % _PAGES))
            self._cahiers.append(cahier)
            self.pages += len(numeros)

    def finir(self, titre):
        """Write what a reader looks for first: the tree of pages, the title, where each object is."""
        self._ecrire(_RACINE, b"<< /Type /Catalog /Pages %d 0 R >>" % _PAGES)
        self._ecrire(_PAGES, _noeud(self._cahiers, self.pages))
        notice = self._numero()
        self._ecrire(notice, b"<< /Title %s >>" % pikepdf.String(titre).unparse())
        table, n = self.flux.tell(), len(self._ou)
        self.flux.write(b"xref\n0 %d\n0000000000 65535 f \n" % n)
        self.flux.writelines(b"%010d 00000 n \n" % ou for ou in self._ou[1:])
        suite = b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        self.flux.write(suite % (n, _RACINE, notice, table))

    def _numero(self):
        self._ou.append(0)
        return len(self._ou) - 1

    def _ecrire(self, numero, corps):
        self._ou[numero] = self.flux.tell()
        self.flux.write(b"%d 0 obj\n%s\nendobj\n" % (numero, corps))

    def _corps(self, pdf, objet, places, ajout=b""):
        """The bytes of an object, those it refers to being written before it. `places`: {its number: here}."""

        def renvoi(lu):
            return b"%d 0 R" % self._place(pdf, (int(lu[1]), int(lu[2])), places) if lu[1] else lu[0]

        if not isinstance(objet, pikepdf.Stream):
            dit = _RENVOI.sub(renvoi, objet.unparse(resolved=True))
            return dit.removesuffix(b">>") + ajout + b" >>" if ajout else dit
        octets, entete = objet.read_raw_bytes(), objet.stream_dict
        entete.Length = len(octets)
        return b"%s\nstream\n%s\nendstream" % (_RENVOI.sub(renvoi, entete.unparse()), octets)

    def _place(self, pdf, lequel, places):
        """The number here of an object of `pdf`: that of the same one if it was written already."""
        if lequel not in places:
            corps = self._corps(pdf, pdf.get_object(lequel), places)
            marque = sha256(corps).digest()
            if marque not in self._deja:
                self._deja[marque] = self._numero()
                self._ecrire(self._deja[marque], corps)
            places[lequel] = self._deja[marque]
        return places[lequel]


def _noeud(enfants, combien, parent=b""):
    suite = b" ".join(b"%d 0 R" % enfant for enfant in enfants)
    return b"<< /Type /Pages %s /Count %d /Kids [ %s ] >>" % (parent, combien, suite)
