"""What the two parts of a letter need: the site's colours, and blocks told in plain text."""

import re

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()
#: The two blocks of tokens.css that hold the colours, and a colour in them.
_BLOCS = {
    "claires": re.compile(r":root\{(.*?)\n\}", re.S),
    "sombres": re.compile(r"\[data-theme=sombre\]\{(.*?)\n\}", re.S),
}
_JETON = re.compile(r"(--[a-z0-9-]+):(#[0-9a-f]{3,6}|var\(--[a-z-]+\));")
#: What changes in the dark: {selector: {property: token}}. Written in full, since mail readers know no variable.
SOMBRE = {
    "body, .fond": {"background": "papier"},
    ".lettre": {"background": "surface"},
    "h1, h2, h3, p, li, body": {"color": "encre"},
    ".petit": {"color": "encre-2"},
    "a": {"color": "lien"},
    ".manchette, .pastille": {"background": "vert", "color": "sur-vert"},
    ".manchette p": {"color": "sur-vert"},
    ".manchette p.numero": {"color": "souci"},
    ".sommaire, .fin": {"background": "creux"},
    ".ligne td": {"border-top-color": "filet"},
    ".tableau caption": {"color": "encre"},
    ".tableau th, .tableau td": {"color": "encre", "border-bottom-color": "filet"},
    ".trace": {"border-color": "encre"},
    "td.plein": {"background": "action"},
    ".avous": {"background": "souci"},
    ".avous h2, .avous li, .avous p": {"color": "sur-souci"},
    "a.bouton": {"background": "action", "color": "sur-action"},
    ".avous a.bouton": {"background": "sur-souci", "color": "souci"},
    "img": {"background": "vert-pale"},
}


def _jetons(css, lesquels):
    return dict(_JETON.findall(_BLOCS[lesquels].search(css)[1]))


@register.simple_tag
def couleurs(css, lesquels):
    """Return the colours of tokens.css as declarations, to stand in `:root`."""
    return mark_safe(" ".join(f"{nom}: {valeur};" for nom, valeur in _jetons(css, lesquels).items()))


@register.simple_tag
def sombre(css):
    """Return the rules that a reader in the dark takes, with the values of the dark tokens."""
    valeurs = _jetons(css, "claires") | _jetons(css, "sombres")

    def valeur(nom):
        dite = valeurs[f"--{nom}"]
        return valeurs[dite[4:-1]] if dite.startswith("var(") else dite

    def regle(selecteur, dites):
        corps = " ".join(f"{propriete}: {valeur(nom)} !important;" for propriete, nom in dites.items())
        return f"{selecteur} {{ {corps} }}"

    return mark_safe("\n  ".join(regle(*une) for une in SOMBRE.items()))


@register.filter
def souligner(titre, rang=None):
    """A heading of plain text: numbered, or underlined."""
    titre = str(titre).upper()
    return f"{rang}. {titre}" if rang else f"{titre}\n{'-' * min(len(titre), 72)}"


@register.simple_tag
def en_texte(blocs):
    """Tell blocks and runs as plain text: lists with stars, the address of a link after its words."""
    return mark_safe("\n\n".join(filter(None, map(_bloc, blocs))))


def _bloc(bloc):
    genre = bloc["genre"]
    if genre in ("p", "titre"):
        return _mots(bloc["runs"])
    if genre == "liste":
        signes = (f"{n}." if bloc["ordonnee"] else "*" for n in range(1, len(bloc["lignes"]) + 1))
        return "\n".join(f"{signe} {_mots(runs)}" for signe, runs in zip(signes, bloc["lignes"], strict=True))
    if genre == "lien":
        return f"{bloc['titre']}\n{bloc['lien']}".strip()
    if genre == "tableau":
        return "\n".join(
            filter(None, [bloc["titre"], *(_ligne(bloc["colonnes"], ligne) for ligne in bloc["lignes"])])
        )
    if genre == "personne":
        return "\n".join(_mots(un["runs"]) for un in bloc["blocs"])
    if genre in ("chiffres", "graphique"):
        return _chiffres(bloc)
    dit = _("[Image : %(quoi)s]") % {"quoi": bloc["description"]}
    return f"{dit}\n{bloc['legende'] or ''}".strip()


def _chiffres(bloc):
    """Figures, one on a line: with their words after them, or after the name of their bar."""
    if bloc["genre"] == "chiffres":
        lignes = [f"* {nombre} {dit}" for nombre, dit in bloc["chiffres"]]
    else:
        lignes = [bloc["titre"], *(f"* {barre['nom']}\u202f: {barre['dite']}" for barre in bloc["barres"])]
    return "\n".join(filter(None, [*lignes, bloc["source"]]))


def _ligne(colonnes, ligne):
    """A row of a table on one line: each cell after the name of its column."""
    cases = zip(colonnes, ligne, strict=True)
    return "* " + ". ".join(f"{titre}\u202f: {mots}" if titre else mots for titre, mots in cases if mots)


def _mots(runs):
    return "".join(map(_run, runs)).strip()


def _run(run):
    return f"{run['t']} ({run['lien']})" if run["lien"] and run["lien"] != run["t"] else run["t"]
