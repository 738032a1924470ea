"""What whoever cannot see a PDF is given of it, read from its structure tree: our own reading, beside `page`'s.

`fautes(pdf)` says what is missing, in words; a document without a fault gives [].
"""

import io
import re
from itertools import pairwise

import page
import pikepdf

#: Operators that put ink on a page (PDF 1.7, table 51): each stands in tagged content or in an artifact.
ENCRE = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "EI", "INLINE IMAGE"}
TITRE = re.compile(r"H(\d)$")
#: Pieces of text under which a last page is nearly empty.
PEU = 4


def fautes(pdf):
    """Return the faults of a PDF (bytes), by `page` (PDF/UA-1, the rules of veraPDF) and by our own reading."""
    juge = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    dites = [f"{faute.rule_id} {faute.message}" for faute in juge.failures]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [*dites, *lire(document)]


def lire(document):
    """Yield what is missing in an open pikepdf.Pdf, by our own reading."""
    racine = document.Root
    if "/StructTreeRoot" not in racine:
        yield "no structure tree"
        return
    elements = [*parcourir(racine.StructTreeRoot, ())]
    yield from _du_document(document)
    yield from _titres(document, elements)
    yield from _renvois(elements)
    for element, sorte, chemin in elements:
        yield from _element(element, sorte, chemin)
    for rang, feuille in enumerate(document.pages, start=1):
        yield from _page(feuille, rang)


def parcourir(element, chemin):
    """Each element of the tree in the order of reading: (element, its type, the types above it)."""
    for enfant in _enfants(element):
        if isinstance(enfant, pikepdf.Dictionary) and "/S" in enfant:
            sorte = str(enfant.S)[1:]
            yield enfant, sorte, chemin
            yield from parcourir(enfant, (*chemin, sorte))


def _enfants(element):
    enfants = element.get("/K", [])
    return list(enfants) if isinstance(enfants, pikepdf.Array) else [enfants]


def _du_document(document):
    racine = document.Root
    if not str(racine.get("/Lang", "")):
        yield "no language"
    if not str(document.open_metadata().get("dc:title") or "").strip():
        yield "no title"
    if not racine.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the window shows the name of the file"


def _titres(document, elements):
    """One H1, first; no level skipped; each in the bookmarks, in the same order."""
    niveaux = [int(lu[1]) for _element, sorte, _chemin in elements if (lu := TITRE.match(sorte))]
    if niveaux[:1] != [1]:
        yield f"the first heading is not an H1: {niveaux}"
    if any(apres > avant + 1 for avant, apres in pairwise(niveaux)):
        yield f"a level of heading is skipped: {niveaux}"
    with document.open_outline() as plan:
        signets = [*_signets(plan.root, 1)]
    if len(document.pages) > 1 and signets != niveaux:
        yield f"bookmarks {signets} for headings {niveaux}"


def _signets(signets, niveau):
    for signet in signets:
        yield niveau
        yield from _signets(signet.children, niveau + 1)


def _element(element, sorte, chemin):
    if sorte in ("Figure", "Formula") and not str(element.get("/Alt", "")).strip():
        yield f"a {sorte} without words, in {'/'.join(chemin)}"
    if sorte == "TH" and not str(_attribut(element, "/Scope")):
        yield f"a header of a table without scope, in {'/'.join(chemin)}"
    if sorte == "Table" and not [1 for _e, dessous, _c in parcourir(element, ()) if dessous == "TH"]:
        yield "a table without a header"
    if sorte == "LI" and [str(e.S) for e in _enfants(element) if "/S" in e][-1:] != ["/LBody"]:
        yield "a line of a list without its body"
    if sorte == "P" and not _enfants(element):
        yield "an empty paragraph"


def _renvois(elements):
    """What names a cell is there."""
    nommes = {str(element.get("/ID", "")) for element, _sorte, _chemin in elements}
    for element, sorte, _chemin in elements:
        if {str(tete) for tete in _attribut(element, "/Headers") or ()} - nommes:
            yield f"a {sorte} whose header is not there"


def mise_en_page(pdf):
    """Yield what a printer sends back of a text that flows: a heading at the foot, a last page nearly empty."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.obj.objgen: rang for rang, page in enumerate(document.pages, start=1)}
        lus = [*_feuilles(document.Root.StructTreeRoot, pages, "", 0)]
        sorties = [(avant, apres) for avant, apres in pairwise(lus) if avant[0] < apres[0]]
        yield from (f"a heading at the foot of page {n}" for (n, sorte), _apres in sorties if TITRE.match(sorte))
        derniere = [sorte for n, sorte in lus if n == len(pages)]
        if len(pages) > 1 and len(derniere) < PEU:
            yield f"{len(derniere)} piece of text on the last page"


def _feuilles(element, pages, sorte, rang):
    """(page, heading or nearest type) of each piece of tagged content, in the order of reading."""
    if "/Pg" in element:
        rang = pages[element.Pg.objgen]
    for enfant in _enfants(element):
        if isinstance(enfant, pikepdf.Dictionary) and "/S" in enfant:
            dite = str(enfant.S)[1:]
            yield from _feuilles(enfant, pages, sorte if TITRE.match(sorte) else dite, rang)
        else:
            page = isinstance(enfant, pikepdf.Dictionary) and enfant.get("/Pg")
            yield (pages[page.objgen] if page else rang, sorte)


def _attribut(element, nom):
    attributs = element.get("/A", [])
    attributs = attributs if isinstance(attributs, pikepdf.Array) else [attributs]
    return next((lus[nom] for lus in attributs if isinstance(lus, pikepdf.Dictionary) and nom in lus), "")


def _page(feuille, rang):
    """Tab order follows the structure; links say where they lead; no ink outside what is read or set aside."""
    liens = [note for note in feuille.get("/Annots", []) if note.get("/Subtype") == "/Link"]
    if liens and feuille.get("/Tabs") != "/S":
        yield f"page {rang}: the tab key does not follow the order of reading"
    if any(not str(lien.get("/Contents", "")).strip() for lien in liens):
        yield f"page {rang}: a link that does not say where it leads"
    ouverts = 0
    for ordre in pikepdf.parse_content_stream(feuille):
        nom = str(ordre.operator)
        ouverts += (nom in ("BDC", "BMC")) - (nom == "EMC")
        if nom in ENCRE and not ouverts:
            yield f"page {rang}: ink ({nom}) that is neither tagged nor an artifact"
            return
