"""What people are told to do in a vote is made from the vote's own settings, so that it never says otherwise."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.decomptes import rangs
from consultation.models import Scrutin

_GOMMETTES = re.compile(r"(?:(\d+)\s+)?\bgommettes?\b", re.IGNORECASE)
#: What ready-made steps said of a vote in degrees, before it was made from the settings.
_ACCORD = "Pour chaque piste, dites si vous êtes d’accord."


def consigne_du_vote(scrutin):
    """Return what to do in this vote, in one sentence."""
    if scrutin.mode == Scrutin.Mode.ADHESION:
        return _("Pour chaque piste, dites si vous êtes d’accord.")
    if scrutin.mode == Scrutin.Mode.CONSENTEMENT:
        return _("Pour chaque piste, dites si vous pouvez vivre avec.")
    if scrutin.mode == Scrutin.Mode.CLASSEMENT:
        return _("Classez les pistes, de la plus importante à la moins importante : {n} au plus.").format(
            n=rangs.PISTES_MAX
        )
    return ngettext(
        "Placez votre gommette sur la piste qui compte le plus pour vous.",
        "Placez vos {n} gommettes sur les pistes qui comptent pour vous.",
        scrutin.gommettes,
    ).format(n=scrutin.gommettes)


def s_accordent(consigne, scrutin):
    """Whether an instruction typed for a vote agrees with its settings: as many dots, or no dots at all."""
    dits = [int(n) for n in _GOMMETTES.findall(consigne) if n]
    if scrutin.mode != Scrutin.Mode.GOMMETTES:
        return not _GOMMETTES.search(consigne)
    return consigne != _ACCORD and all(n == scrutin.gommettes for n in dits)


def consigne_propre(etape):
    """Return what was typed for a step, "" for a vote whose settings say otherwise."""
    if etape.scrutin is None or s_accordent(etape.consigne, etape.scrutin):
        return etape.consigne
    return ""


def consigne_dite(etape):
    """Return the instruction to show: the one typed if it holds, else for a vote the one its settings make."""
    if etape.nature != etape.Nature.VOTE or etape.scrutin is None:
        return etape.consigne
    return consigne_propre(etape) or consigne_du_vote(etape.scrutin)
