"""The figures of a vote in words, as the plain table of its closing lets them be told."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..decomptes.formes import A_CHOISIR, EXACT, MOINS_DE_5, PAREIL, PERSONNE, PEU, PRESQUE_TOUS, SEUIL_SECRET, TU
from ..models import Scrutin


def dire_repere(reglages, echelle):
    """What the mark of a chart says. `echelle`: see `tableaux`; 0 where bars are shares."""
    if echelle:
        return _("Quorum : %(n)d") % {"n": reglages["quorum"]}
    return _("Seuil : %(n)d %%") % {"n": reglages["seuil"]}


def dire_total(ligne):
    """Return how many people are for, out of all, as may be shown."""
    if ligne["forme"] == TU:
        return _("Chiffre non montré")
    if "objections" in ligne:
        return _dire_consentement(ligne)
    if ligne["forme"] == PEU:
        return _("Presque personne, sur %(sur)d") % {"sur": ligne["sur"]}
    if ligne["forme"] == PRESQUE_TOUS:
        return _("Presque tout le monde, sur %(sur)d") % {"sur": ligne["sur"]}
    return ngettext("%(n)d personne sur %(sur)d", "%(n)d personnes sur %(sur)d", ligne["personnes"]) % {
        "n": ligne["personnes"],
        "sur": ligne["sur"],
    }


def _dire_consentement(ligne):
    oui = ngettext("{n} personne consent", "{n} personnes consentent", ligne["personnes"])
    non = ngettext("{n} objection", "{n} objections", ligne["objections"])
    non = non if ligne["objections"] else _("aucune objection")
    return f"{oui.format(n=ligne['personnes'])}, {non.format(n=ligne['objections'])}"


def dire_avant(ligne):
    if "avant" not in ligne:
        return ""
    return _("Au premier tour : {n} sur {sur}.").format(n=ligne["avant"]["personnes"], sur=ligne["avant"]["sur"])


def dire_place(ligne, a_egalite):
    """Return where a piste comes in a ranking, with its points when they are told; "" of another vote."""
    place = ligne.get("place")
    if place is None:
        return ""
    if a_egalite:
        dit = _("1re place à égalité") if place == 1 else _("{n}e place à égalité").format(n=place)
    else:
        dit = _("1re place") if place == 1 else _("{n}e place").format(n=place)
    if ligne["points"] is None:
        return dit
    return f"{dit}, " + ngettext("{n} point", "{n} points", ligne["points"]).format(n=ligne["points"])


def dire_part(mode, case):
    """Return the figure of one college in words, as may be shown."""
    if case["forme"] == TU:
        return _("non montré")
    if case["forme"] == EXACT and "avant" in case:
        return _dire_glissement(case)
    if case["forme"] == EXACT:
        return _("%(n)d sur %(sur)d") % {"n": case["personnes"], "sur": case["sur"]}
    if case["forme"] == PAREIL:
        return _("à peu près pareil, entre %(bas)d et %(haut)d sur %(sur)d") % case
    if case["forme"] == PRESQUE_TOUS:
        return _("presque tous, sur %(sur)d") % {"sur": case["sur"]}
    if mode in A_CHOISIR:
        return _("moins de 5, sur %(sur)d") % {"sur": case["sur"]}
    return _("presque personne, sur %(sur)d") % {"sur": case["sur"]}


def _dire_glissement(case):
    """The figure of a second round, with its shift from the first: five people at least."""
    ecart = case["personnes"] - case["avant"]
    dit = _("%(n)d sur %(sur)d, %(ecart)d de plus") if ecart > 0 else _("%(n)d sur %(sur)d, %(ecart)d de moins")
    return dit % {"n": case["personnes"], "sur": case["sur"], "ecart": abs(ecart)}


def dire_sans_detail(table, ligne):
    if (
        ligne["colleges"]
        or "objections" in ligne
        or ligne["forme"] == TU
        or sum(c["votants"] > 0 for c in table["colleges"].values()) < 2
    ):
        return ""
    return _("Le détail par collège n’est pas montré : il dirait ce que des personnes ont choisi.")


def expliquer(table, noms):
    if table["silence"] == PERSONNE:
        return _("Personne n’a voté.")
    if table["silence"] == MOINS_DE_5:
        if table["votants"] < SEUIL_SECRET:
            return _("Moins de 5 personnes ont voté. Pour protéger leur choix, le résultat n’est pas montré.")
        return _("Moins de 5 personnes ont choisi. Pour protéger leur choix, le résultat n’est pas montré.")
    masques = [noms[c] for c in noms if table["colleges"].get(c, {}).get("masque")]
    phrases = []
    if masques:
        phrases.append(
            ngettext(
                "Le détail de ce collège n’est pas montré : {noms}. Trop peu de personnes y ont choisi.",
                "Le détail de ces collèges n’est pas montré : {noms}. Trop peu de personnes y ont choisi.",
                len(masques),
            ).format(noms=", ".join(masques))
        )
    if any(case["forme"] != EXACT for x in table["pistes"].values() for case in x["colleges"].values()):
        phrases.append(_("Certains chiffres sont cachés, pour qu’on ne retrouve pas le choix de quelqu’un."))
        if any(case["forme"] == PAREIL for x in table["pistes"].values() for case in x["colleges"].values()):
            phrases.append(
                _("« À peu près pareil » : moins de 5 personnes de plus ou de moins qu’au premier tour.")
            )
        if table["reglages"]["regle"] != Scrutin.Regle.PERSONNES:
            phrases.append(_("Dans la règle du vote, les collèges cachés comptent ensemble, comme un seul."))
    return " ".join(phrases)
