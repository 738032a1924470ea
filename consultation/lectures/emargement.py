"""The sign-in sheet of a secret ballot: who took part, and whether the box holds as many ballots as signatures."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..decomptes.scelles import urne_de
from ..erreurs import Refus
from ..models import Bulletin, Proclamation, Scrutin
from ..textes import plier


@dataclass(frozen=True)
class Compte:
    """`signatures` on the sheet, `bulletins` in the box: anyone may compare them."""

    signatures: int
    bulletins: int

    @property
    def juste(self):
        return self.signatures == self.bulletins


@dataclass(frozen=True)
class Feuille:
    """Those of one college who signed: first names from A to Z, and how many have been erased since."""

    college: object
    prenoms: list
    effaces: int


def compte_des_bulletins(scrutin):
    """Return the Compte of a secret ballot, or None of another and of one that is not open yet.

    Three queries at most. A box that does not open counts for nothing: people see it, `verifier` says why.
    """
    if not scrutin.secret or scrutin.etat == Scrutin.Etat.PREPARE:
        return None
    try:
        bulletins = sum(bulletins_par_college(scrutin).values())
    except Refus:
        bulletins = 0
    return Compte(Bulletin.objects.filter(scrutin=scrutin).count(), bulletins)


def bulletins_par_college(scrutin):
    """{college id: ballots counted}, from the open box, or else from what was kept at its closing. Two queries.

    Whatever `scrutin.etat` says: the vote may have closed since it was read.
    """
    if (urne := urne_de(scrutin)) is not None:
        return dict(urne.bulletins)
    tableau = Proclamation.objects.values_list("tableau", flat=True).get(scrutin=scrutin)
    return {int(college): lu["votants"] for college, lu in tableau["colleges"].items()}


def emargement(scrutin):
    """Return the Feuilles of a secret ballot, in the order of the colleges. Two queries.

    Never in the order in which they signed: nobody is told who came after whom.
    """
    signatures = Bulletin.objects.filter(scrutin=scrutin).order_by()
    par_college = {}
    for college, prenom, efface in signatures.values_list(
        "college_id", "participant__prenom", "participant__efface_le"
    ):
        par_college.setdefault(college, []).append("" if efface else prenom or str(_("Une personne")))
    return [
        Feuille(college, sorted(filter(None, gens), key=plier), gens.count(""))
        for college in scrutin.consultation.colleges.all()
        if (gens := par_college.get(college.pk))
    ]


def signatures_par_college(scrutin):
    """{college id: people who signed}. One query."""
    return Counter(Bulletin.objects.filter(scrutin=scrutin).order_by().values_list("college_id", flat=True))
