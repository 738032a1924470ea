"""What of a booklet could not be printed as it was written, and where: told to whoever composes it, in French."""

from dataclasses import dataclass
from io import BytesIO

import pikepdf
from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..carnet.contenu import Matiere
from ..carnet.pages import Illustration, Redige
from ..lectures.carnet import carnet_de, illustration, pages_par_bloc, rangs_pris
from .carnets import en_donnees, relier
from .composer import EchecImpression, couverte
from .images import image_svg
from .texte_riche import PROFONDEUR_MAX
from .textes import MANQUE, MOT_LONG, imprimable


@dataclass(frozen=True)
class Bilan:
    """`pages`: how many the A5 booklet has, 0 when it cannot be made. `constats`: sentences."""

    pages: int
    constats: list

    @property
    def feuilles(self):
        return self.pages // 4


def bilan(consultation, corps):
    """Return the Bilan of a booklet as it would be printed without a name."""
    constats = [dit for place, valeur in _places(consultation, corps) for dit in _constats(place, valeur)]
    constats += _grilles_absentes(consultation, corps)
    try:
        pdf = relier(consultation, carnet_de(consultation, corps=corps), nom="carnet")
    except EchecImpression:
        return Bilan(0, [*constats, _("Ce carnet ne s’imprime pas. Enlevez la dernière page changée.")])
    with pikepdf.open(BytesIO(pdf)) as ouvert:
        return Bilan(len(ouvert.pages), constats)


def _grilles_absentes(consultation, corps):
    """Yield a sentence for each page whose grille gives it no line: taken offline since, or another seminar's."""
    for bloc in corps:
        code = bloc.value.get("code") if bloc.block_type == "grille" else ""
        if code and not rangs_pris(code, consultation):
            dit = _("%(page)s : la grille %(code)s n’est pas en ligne dans ce séminaire. Ses lignes manquent.")
            yield dit % {"page": bloc.block.label, "code": code}


def _places(consultation, corps):
    """Yield (where it is, in words, what is there) for each block."""
    matiere = Matiere(consultation)
    for bloc in corps:
        if bloc.block_type == "couverture":
            yield (
                bloc.block.label,
                (bloc.value["surtitre"], bloc.value["titre"], illustration(bloc.value["illustration"])),
            )
    for bloc, pages in pages_par_bloc(corps, matiere):
        titre = pages[0].titre if pages else ""
        yield f"{bloc.block.label} («\u202f{titre}\u202f»)" if titre else str(bloc.block.label), tuple(pages)


def _constats(place, valeur):
    """Yield a sentence for each thing that is not printed as it was written."""
    for image in _tous(valeur, Illustration):
        if image_svg(image.image) is None:
            yield _("%(place)s : l’image « %(image)s » ne peut pas être lue. La page sort sans elle.") % {
                "place": place,
                "image": image.image.title,
            }
    mots = " ".join(_mots(en_donnees(tuple(_tous(valeur, (str, Redige))))))
    signes = list(
        dict.fromkeys(signe for signe in mots if MANQUE in imprimable(signe, couverte) and signe != MANQUE)
    )
    if signes:
        dit = ngettext(
            "%(place)s : le signe %(signes)s ne s’imprime pas. Il est remplacé par %(carre)s.",
            "%(place)s : les signes %(signes)s ne s’impriment pas. Ils sont remplacés par %(carre)s.",
            len(signes),
        )
        yield dit % {"place": place, "signes": " ".join(signes[:12]), "carre": MANQUE}
    if long := next((mot for mot in mots.split() if len(mot) >= MOT_LONG + 6 and "/" not in mot), None):
        yield _("%(place)s : le mot « %(mot)s… » est très long. Il est coupé en fin de ligne.") % {
            "place": place,
            "mot": long[:MOT_LONG],
        }
    if any(_profondeur(texte.source) > PROFONDEUR_MAX for texte in _tous(valeur, Redige)):
        yield _(
            "%(place)s : des listes sont rangées trop profond. Leurs mots sont gardés, pas leur mise en forme."
        ) % {"place": place}


def _tous(valeur, sorte):
    """Yield what is of that kind in a page, or in several; drawings of the house are left alone."""
    if isinstance(valeur, sorte):
        yield valeur
    elif isinstance(valeur, tuple):
        for un in valeur:
            yield from _tous(un, sorte)
    elif hasattr(valeur, "__dataclass_fields__"):
        yield from _tous(tuple(un for nom, un in vars(valeur).items() if not nom.startswith("svg")), sorte)


def _mots(donnees):
    """Yield every text of plain data."""
    if isinstance(donnees, str):
        yield donnees
    elif isinstance(donnees, dict):
        yield from (mots for valeur in donnees.values() for mots in _mots(valeur))
    elif isinstance(donnees, list):
        yield from (mots for valeur in donnees for mots in _mots(valeur))


def _profondeur(html):
    """How many elements stand one inside the other, at most."""
    feuilles = BeautifulSoup(html, "html.parser").find_all(lambda balise: balise.find(True) is None)
    return max((len(list(feuille.parents)) for feuille in feuilles), default=0)
