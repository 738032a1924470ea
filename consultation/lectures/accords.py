"""What the table of a vote says of agreement between its colleges: what unites, what divides, what waits.

Read from what is published of the vote and from nothing else, like a verdict, so that it tells nothing more. The
groups are those of `verdicts.groupes`: each college whose figure is exact, and all the others as one. Formulas and
their sources: `analyse.accord`.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from django.utils.translation import gettext as _

from ..analyse import accord
from ..decomptes.formes import EXACT
from ..models import Scrutin

#: Pistes told of each kind at most.
COMBIEN = 3
#: What divides: two groups' chances are at least so far apart, and not by chance (`accord.Z_90`).
ECART = 0.25
#: What waits for an answer: at least this share of the voters gave none.
SANS_REPONSE = Fraction(1, 4)


@dataclass(frozen=True)
class Dite:
    """A piste and what is told of it. `pour`: of a college, whether it supports it more than the others."""

    piste: object
    texte: str
    pour: bool = True


@dataclass(frozen=True)
class DuCollege:
    college: object
    dites: tuple


@dataclass(frozen=True)
class Accord:
    """`pourquoi`: why agreement cannot be told, or "". Each tuple holds Dites, the clearest first."""

    rapproche: tuple = ()
    partage: tuple = ()
    attend: tuple = ()
    colleges: tuple = ()
    pourquoi: str = ""

    @property
    def vide(self):
        return not (self.rapproche or self.partage or self.attend or self.colleges)


def accord_des_colleges(tableau, lignes=None):
    """Return the Accord of a Tableau, or of some of its lines; None when nothing is told of the vote."""
    lignes = [ligne for ligne in (tableau.lignes if lignes is None else lignes) if ligne.groupes]
    if not lignes:
        return None
    if not any(len(ligne.groupes) > 1 for ligne in lignes):
        return Accord(attend=_ce_qui_attend(tableau, lignes), pourquoi=_pourquoi(tableau))
    rapproche = _ce_qui_rapproche(lignes)
    deja = {dite.piste.id for dite in rapproche}
    return Accord(
        rapproche=rapproche,
        partage=_ce_qui_partage([ligne for ligne in lignes if ligne.piste.id not in deja]),
        attend=_ce_qui_attend(tableau, lignes),
        colleges=_ce_que_dit_chaque_college(tableau, lignes),
    )


def _pourquoi(tableau):
    if sum(colonne.votants > 0 for colonne in tableau.colonnes) < 2:
        return _("Un seul collège a voté : il n’y a pas d’accord entre collèges à chercher.")
    return _("Trop peu de chiffres par collège sont montrés pour dire ce qui rapproche ou partage les collèges.")


def _comptes(groupes):
    """The Comptes of one piste, a row a group."""
    pour, sur = (np.array([[n] for n in colonne]) for colonne in zip(*groupes, strict=True))
    return accord.Comptes(pour, sur - pour, sur)


def _ce_qui_rapproche(lignes):
    """More than half of each group. Ranked by consensus: a mean by group, since not all show as many groups."""
    notes = []
    for ligne in lignes:
        parts = [Fraction(pour, sur) for pour, sur in ligne.groupes if sur]
        if len(parts) > 1 and min(parts) > Fraction(1, 2):
            note = float(accord.consensus(_comptes(ligne.groupes))[0]) ** (1 / len(parts))
            texte = _("{total}. Dans chaque collège, {part} % des personnes ou plus.")
            dit = texte.format(total=ligne.total, part=int(100 * min(parts)))
            notes.append((-note, ligne.piste.numero, Dite(ligne.piste, dit)))
    return _premieres(notes)


def _ce_qui_partage(lignes):
    """A college far from the others, not by chance, and told by an exact figure."""
    notes = []
    for ligne in lignes:
        exactes = [part for part in ligne.parts if part.forme == EXACT]
        if len(ligne.groupes) < 2 or not exactes:
            continue
        comptes = _comptes(ligne.groupes)
        ecart = float(accord.division(comptes)[0])
        autres = comptes.ailleurs
        z = accord.z_ecart(comptes.pour, comptes.reponses, autres.pour, autres.reponses)
        if ecart >= ECART and float(np.abs(z).max()) > accord.Z_90:
            notes.append((-ecart, ligne.piste.numero, Dite(ligne.piste, _dire_les_bouts(ligne))))
    return _premieres(notes)


def _dire_les_bouts(ligne):
    """The figures of the college that supports a piste most, then of the one that supports it least.

    Colleges whose figures are hidden have none here either: they are told to support it more, or less.
    """
    exactes = [part for part in ligne.parts if part.forme == EXACT]
    dits = [(Fraction(p.personnes, p.sur), f"{p.college.nom_court} : {p.texte}") for p in exactes]
    if len(ligne.groupes) > len(exactes):
        dits.append((Fraction(*ligne.groupes[-1]), ""))
    (_haut, plus), (_bas, moins) = max(dits), min(dits)
    if not plus:
        return _("{moins}. Les autres, ensemble, sont bien plus pour.").format(moins=moins)
    if not moins:
        return _("{plus}. Les autres, ensemble, sont bien moins pour.").format(plus=plus)
    return _("{plus} ; {moins}.").format(plus=plus, moins=moins)


def _ce_qui_attend(tableau, lignes):
    """In four degrees, the pistes that many voters left without an answer."""
    if tableau.mode != Scrutin.Mode.ADHESION:
        return ()
    notes = []
    for ligne in lignes:
        sans = tableau.votants - ligne.sur
        if sans >= SANS_REPONSE * tableau.votants:
            texte = _("{n} personnes sur {sur} sont passées ou n’ont pas répondu.").format(
                n=sans, sur=tableau.votants
            )
            notes.append((-sans, ligne.piste.numero, Dite(ligne.piste, texte)))
    return _premieres(notes)


def _ce_que_dit_chaque_college(tableau, lignes):
    """What each college supports, or in four degrees refuses, more than everybody else (two-proportion tests)."""
    exactes = [ligne for ligne in lignes if ligne.forme == EXACT]
    colleges = [colonne.college for colonne in tableau.colonnes]
    if not exactes or not colleges:
        return ()
    pour, sur = (np.zeros((len(colleges) + 1, len(exactes)), dtype=int) for _cote in range(2))
    for colonne, ligne in enumerate(exactes):
        for part in ligne.parts:
            if part.forme == EXACT:
                rang = colleges.index(part.college)
                pour[rang, colonne], sur[rang, colonne] = part.personnes, part.sur
        pour[-1, colonne] = ligne.personnes - pour[:, colonne].sum()
        sur[-1, colonne] = ligne.sur - sur[:, colonne].sum()
    contre = sur - pour if tableau.mode == Scrutin.Mode.ADHESION else np.zeros_like(pour)
    dites = accord.representatives(accord.Comptes(pour, contre, sur), combien=COMBIEN)
    return tuple(
        DuCollege(college, tuple(_du_college(exactes[r.piste], college, r.pour) for r in siennes))
        for college, siennes in zip(colleges, dites[:-1], strict=True)
        if siennes
    )


def _du_college(ligne, college, pour):
    texte = next(part.texte for part in ligne.parts if part.college == college)
    return Dite(ligne.piste, texte, pour)


def _premieres(notes):
    return tuple(dite for _note, _numero, dite in sorted(notes, key=lambda n: n[:2])[:COMBIEN])
