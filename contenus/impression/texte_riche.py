"""The editor's rich text as plain data that a template can set: blocks and runs, never markup.

A run is {"t": words, "gras": bool, "lien": address or ""}. A block is {"genre": "p", "runs"},
{"genre": "titre", "niveau", "runs"} or {"genre": "liste", "ordonnee", "lignes": [runs]}. Lists inside lists are
told one after the other; what is nested absurdly deep loses its shape, not its words.
"""

from bs4 import BeautifulSoup, NavigableString

from ..html import adresse, montrer

PROFONDEUR_MAX = 30  # nobody nests deeper on purpose
_LISTES = ("ul", "ol")
_BLOCS = ("p", "h2", "h3", "h4", "div", "blockquote", *_LISTES)


def blocs(html):
    """Return the blocks of a rich text as Wagtail stores it ("" gives none)."""
    racine = BeautifulSoup(montrer(html), "html.parser")
    return list(_blocs(racine, 0))


def _blocs(noeud, profondeur):
    if profondeur > PROFONDEUR_MAX:
        yield from _paragraphe([_run(noeud.get_text())])
        return
    volants = []
    for enfant in noeud.children:
        if getattr(enfant, "name", None) in _BLOCS:
            yield from _paragraphe(volants)
            volants = []
            yield from _bloc(enfant, profondeur)
        else:
            volants += _runs(enfant, profondeur)
    yield from _paragraphe(volants)


def _bloc(balise, profondeur):
    if balise.name in _LISTES:
        lignes = [runs for ligne in balise.find_all("li") if (runs := _runs_de_ligne(ligne, profondeur))]
        if lignes:
            yield {"genre": "liste", "ordonnee": balise.name == "ol", "lignes": lignes}
    elif balise.name in ("h2", "h3", "h4"):
        if runs := _enfants(balise, profondeur):
            yield {"genre": "titre", "niveau": int(balise.name[1]), "runs": runs}
    else:
        yield from _blocs(balise, profondeur + 1)


def _runs_de_ligne(ligne, profondeur):
    """The words of one item, those of the lists inside it left to their own items."""
    runs = [
        run
        for enfant in ligne.children
        if getattr(enfant, "name", None) not in _LISTES
        for run in _runs(enfant, profondeur)
    ]
    return runs if any(run["t"].strip() for run in runs) else []


def _paragraphe(runs):
    if any(run["t"].strip() for run in runs):
        yield {"genre": "p", "runs": runs}


def _enfants(balise, profondeur, **style):
    return [run for enfant in balise.children for run in _runs(enfant, profondeur + 1, **style)]


def _runs(noeud, profondeur, gras=False, lien=""):
    if type(noeud) is NavigableString:
        return [_run(str(noeud).replace("\n", " "), gras, lien)]
    if noeud.name is None:
        return []
    if noeud.name == "br":
        return [_run("\n", gras, lien)]
    if profondeur > PROFONDEUR_MAX:
        return [_run(noeud.get_text(), gras, lien)]
    if noeud.name == "a":
        lien = adresse(noeud.get("href", "")) or lien
    return _enfants(noeud, profondeur, gras=gras or noeud.name in ("b", "strong"), lien=lien)


def _run(mots, gras=False, lien=""):
    return {"t": mots, "gras": gras, "lien": lien}
