"""The grid of a booklet over as many pages as its lines ask for, its heads said again on each."""

from django.utils.translation import gettext as _

from .pages import Grille, RangGrille

LIGNES_PAR_PAGE = 4


def rangs_de(structure):
    """Return the lines that a booklet takes from a grille: what it asks twice, today and tomorrow, a line for each
    line of its tables. `structure`: a `consultation.questions.structure.Structure`."""
    rangs = []
    for question in structure.questions:
        if question.deux_temps:
            sujets = [(ligne.libelle, question.libelle) for ligne in question.lignes] or [(question.libelle, "")]
            rangs += [{"titre": sujet, "aujourd_hui": dit, "demain": ""} for sujet, dit in sujets]
    return rangs


def pages_de_grille(titre, consigne, lignes, ancre):
    """Return the pages of a grid. `lignes`: what has `titre`, `aujourd_hui` and `demain`."""
    lots = [lignes[rang : rang + LIGNES_PAR_PAGE] for rang in range(0, len(lignes), LIGNES_PAR_PAGE)]
    return [
        Grille(
            titre=_("%(titre)s, suite") % {"titre": titre} if rang else titre,
            ancre=f"{ancre}-{rang + 1}" if rang else ancre,
            consigne="" if rang else consigne,
            colonnes=(_("Aujourd’hui"), _("Demain")),
            debout=len(lignes) == 2,
            rangs=tuple(
                RangGrille(ligne["titre"], (ligne["aujourd_hui"] or "", ligne["demain"] or "")) for ligne in lot
            ),
        )
        for rang, lot in enumerate(lots)
    ]
