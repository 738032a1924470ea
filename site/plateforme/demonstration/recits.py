"""The stories are text files, easy to read and to correct: `textes/*.txt`.

`=` an axe or a workshop, `==` a theme, `#` a workshop's code, `?` its question, `>` a piste, then the propositions
it is born of, each with its college's letter; `-` a proposition that nobody has gathered; `c` and `i` a criterion
and an indicator of the theme.
"""

from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

DOSSIER = Path(__file__).with_name("textes")


@dataclass
class PisteDite:
    texte: str
    dits: list = field(default_factory=list)  # (college letter, words)


@dataclass
class Partie:
    """A workshop, an axe or a theme."""

    titre: str
    code: str = ""
    question: str = ""
    themes: list = field(default_factory=list)
    pistes: list = field(default_factory=list)
    libres: list = field(default_factory=list)  # (college letter, words) that no piste has gathered
    criteres: list = field(default_factory=list)
    indicateurs: list = field(default_factory=list)


def lire(nom):
    """Return the list of `Partie` told in textes/<nom>.txt."""
    parties, courante, code = [], None, ""
    for ligne in (DOSSIER / f"{nom}.txt").read_text(encoding="utf-8").splitlines():
        signe, _espace, texte = ligne.partition(" ")
        if signe == "#":
            code = texte
        elif signe == "=":
            courante = Partie(texte, code=code)
            parties.append(courante)
        elif signe == "==":
            courante = Partie(texte)
            parties[-1].themes.append(courante)
        else:
            _ajouter(courante, signe, texte)
    return parties


def _ajouter(partie, signe, texte):
    if signe == "?":
        partie.question = texte
    elif signe == ">":
        partie.pistes.append(PisteDite(texte))
    elif signe == "-":
        partie.libres.append((texte[0], texte[2:]))
    elif signe == "c":
        partie.criteres.append(texte)
    elif signe == "i":
        partie.indicateurs.append(texte)
    elif signe in {"s", "p", "e", "a", "d", "h"}:
        (partie.pistes[-1].dits if partie.pistes else partie.libres).append((signe, texte))
    else:
        raise ImproperlyConfigured(f"Unknown sign {signe!r} in a story.")


def phrases(nom):
    """Return the lines of textes/<nom>.txt."""
    return (DOSSIER / f"{nom}.txt").read_text(encoding="utf-8").splitlines()


def mots(nom):
    """Return the words of textes/<nom>.txt."""
    return (DOSSIER / f"{nom}.txt").read_text(encoding="utf-8").split()
