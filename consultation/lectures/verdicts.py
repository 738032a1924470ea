"""What a tally means for a piste, in a word for machines and a few plain ones for people.

"retenue" reaches everything asked of it; "a_rediscuter" is supported but a condition by college is not met;
"sous_quorum" lacks little, or the scrutin lacks voters; "en_memoire" stays written down.
"""

from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import decomptes
from ..models import Piste, Scrutin


def juger(scrutin, piste, par_college, votants, accord, quorums, caches):
    """Return (verdict, short reason, longer reason or ""). `accord` is what `decomptes.accord` returned.

    Nothing here depends on what a masked college (`caches`) chose by itself: a verdict would give it away.
    A condition on such a college cannot be checked, so people talk the piste over.
    """
    if piste.etat == Piste.Etat.ECARTEE:
        return "en_memoire", _("Écartée par le groupe"), ""
    if manque := _votants_manquants(votants, quorums):
        return "sous_quorum", _("Pas assez de votants"), manque
    total = sum(decomptes.points(scrutin.mode, valeurs) for valeurs in par_college.values())
    if scrutin.mode == Scrutin.Mode.GOMMETTES and scrutin.quorum_gommettes:
        if total < scrutin.quorum_gommettes:
            return _sous_quorum(scrutin.quorum_gommettes - total, scrutin.quorum_gommettes)
        atteint = _("Quorum atteint")
        par_le_quorum = scrutin.regle == Scrutin.Regle.PERSONNES
    else:
        atteint, par_le_quorum = _("Seuil atteint"), False
    if total == 0:
        return "en_memoire", _("Gardée en mémoire"), ""
    if reserve := _part_manquante(scrutin, par_college, total, quorums, caches):
        return "a_rediscuter", _("À rediscuter"), reserve
    if par_le_quorum:
        return "retenue", atteint, ""
    return _selon_la_regle(scrutin, accord, caches, atteint)


def _votants_manquants(votants, quorums):
    for quorum in quorums:
        manque = quorum.votants_min - votants.get(quorum.college_id, 0)
        if manque > 0:
            return ngettext(
                "Il manque {n} votant dans ce collège : {college}.",
                "Il manque {n} votants dans ce collège : {college}.",
                manque,
            ).format(n=manque, college=quorum.college.nom_court)
    return ""


def _sous_quorum(manque, quorum):
    if manque <= max(1, decomptes.PRESQUE * quorum):
        motif = ngettext("Il manque {n} gommette", "Il manque {n} gommettes", manque).format(n=manque)
        return "sous_quorum", motif, ""
    return "en_memoire", _("Gardée en mémoire"), ""


def _part_manquante(scrutin, par_college, total, quorums, caches):
    """A college's part of a piste's points must be at least `part_min` %: 3 dots of 24 are 12 %, under 20 %."""
    for quorum in quorums:
        siens = decomptes.points(scrutin.mode, par_college.get(quorum.college_id, {}))
        if quorum.part_min and quorum.college_id in caches:
            return _("Trop peu de votants pour vérifier une condition par collège.")
        if quorum.part_min and 100 * siens < quorum.part_min * total:
            return _("Moins de {part} % du soutien vient de ce collège : {college}.").format(
                part=quorum.part_min, college=quorum.college.nom_court
            )
    return ""


def _selon_la_regle(scrutin, accord, caches, atteint):
    part, parts = accord
    seuil = scrutin.seuil / 100
    if part is None:
        return "en_memoire", _("Gardée en mémoire"), ""
    if part >= seuil:
        tous = scrutin.regle == Scrutin.Regle.TOUS_COLLEGES
        return "retenue", _("Accord de tous les collèges") if tous else atteint, ""
    if scrutin.regle == Scrutin.Regle.TOUS_COLLEGES and any(p >= seuil for p in parts.values()):
        return "a_rediscuter", _("À rediscuter"), _("Tous les collèges ne sont pas d’accord.")
    if scrutin.mode == Scrutin.Mode.ADHESION and part >= seuil - decomptes.PRESQUE:
        manque = ceil(round(100 * (seuil - part), 6))
        precision = "" if caches else _("Il manque {n} % d’accord.").format(n=manque)
        return "a_rediscuter", _("À rediscuter"), precision
    return "en_memoire", _("Gardée en mémoire"), ""


def regle_en_clair(scrutin, quorums):
    """Return the rule of a scrutin in plain French, for the wall and the page."""
    phrases = []
    if scrutin.mode == Scrutin.Mode.GOMMETTES and scrutin.quorum_gommettes:
        n = scrutin.quorum_gommettes
        phrases.append(ngettext("Quorum : {n} gommette.", "Quorum : {n} gommettes.", n).format(n=n))
    if not phrases or scrutin.regle != Scrutin.Regle.PERSONNES:
        phrases.append(_REGLES[scrutin.regle]().format(seuil=scrutin.seuil))
    for quorum in quorums:
        if quorum.votants_min:
            phrases.append(
                _("Au moins {n} votants dans ce collège : {college}.").format(
                    n=quorum.votants_min, college=quorum.college.nom_court
                )
            )
        if quorum.part_min:
            phrases.append(
                _("Au moins {n} % du soutien doit venir de ce collège : {college}.").format(
                    n=quorum.part_min, college=quorum.college.nom_court
                )
            )
    return " ".join(phrases)


_REGLES = {
    Scrutin.Regle.PERSONNES: lambda: _("Une personne, une voix : {seuil} % d’accord au moins."),
    Scrutin.Regle.COLLEGES_EGAUX: lambda: _("Chaque collège pèse autant : {seuil} % d’accord en moyenne."),
    Scrutin.Regle.TOUS_COLLEGES: lambda: _("Il faut {seuil} % d’accord dans chaque collège."),
}
