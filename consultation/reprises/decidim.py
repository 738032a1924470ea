"""The proposals that Decidim exports as CSV (component "Proposals", "Export > CSV"), one language after another.

Of its columns: `id`, `title/fr`, `body/fr`, `state`, and the totals of supports and endorsements. It does not say
who supported what, so there is no vote: the totals are noted beside each proposal.
"""

import re
from html import unescape

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..textes import entier, nettoyer_ligne
from .tables import (
    DECIDIM,
    Dite,
    Faute,
    Lecture,
    exiger_colonnes,
    exiger_mesure,
    lire_table,
    pourquoi_non,
    texte_garde,
)

QUOI = gettext_lazy("Le fichier des propositions")
#: Withdrawn by their author there: they stay so.
RETIREES = ("withdrawn", "retiree")
#: Names that the totals have had, from one version of Decidim to the next.
SOUTIENS = ("votes", "supports", "proposal_votes_count", "endorsements/total_count", "endorsements_count")
_FIN_DE_LIGNE = re.compile(r"<(?:br|/p|/li|/h\d|/div)[^>]*>", re.IGNORECASE)
_BALISE = re.compile(r"<[^>]*>")


def lire_decidim(octets):
    """Return the Lecture of the bytes of the file. Raises Refus as `lire_table`."""
    lecture = Lecture(DECIDIM)
    entetes, lignes = lire_table(octets, ("id",), QUOI)
    titre, corps = _langue(entetes, "title"), _langue(entetes, "body")
    exiger_colonnes(entetes, [titre or "title/fr"], QUOI)
    retirees, coupees, deja = 0, 0, set()
    for numero, ligne in lignes:
        if ligne.get("state", "").casefold() in RETIREES or ligne.get("withdrawn", "").casefold() == "true":
            retirees += 1
            continue
        dite, coupee = _dite(ligne, titre, corps)
        if phrase := pourquoi_non(dite.cle, dite.titre, deja) or pourquoi_non(dite.cle, dite.texte, deja):
            lecture.fautes.append(Faute("idees", numero, phrase))
            continue
        deja.add(dite.cle)
        coupees += coupee
        lecture.dites.append(dite)
    exiger_mesure(lecture.dites)
    lecture.constats += _constats(retirees, coupees)
    return lecture


def _langue(entetes, champ):
    """The column of `champ` in French, else in the first language there is, else alone; None without any."""
    noms = [nom for nom in entetes if nom.startswith(f"{champ}/")]
    return f"{champ}/fr" if f"{champ}/fr" in noms else next(iter(noms), champ if champ in entetes else None)


def _dite(ligne, titre, corps):
    """(a Dite, whether its words were cut)."""
    en_tete = nettoyer_ligne(_sans_balises(ligne.get(titre, "")))
    texte, coupee = texte_garde(f"{en_tete}\n{_sans_balises(ligne.get(corps, ''))}" if corps else en_tete)
    return Dite(ligne["id"], en_tete, texte, ligne.get("author/id", ""), _soutiens(ligne)), coupee


def _soutiens(ligne):
    """How many supported it there, in words, or ""; the first of the totals that the file gives."""
    dits = [ligne[nom] for nom in SOUTIENS if entier(ligne.get(nom, "")) is not None]
    return _("%(n)s soutiens là-bas") % {"n": dits[0]} if dits else ""


def _sans_balises(html):
    return unescape(_BALISE.sub("", _FIN_DE_LIGNE.sub("\n", html)))


def _constats(retirees, coupees):
    if retirees:
        yield ngettext(
            "%(n)d proposition avait été retirée là-bas : elle reste de côté.",
            "%(n)d propositions avaient été retirées là-bas : elles restent de côté.",
            retirees,
        ) % {"n": retirees}
    if coupees:
        yield ngettext(
            "%(n)d texte dépasse 2 000 signes : sa fin est remplacée par […].",
            "%(n)d textes dépassent 2 000 signes : leur fin est remplacée par […].",
            coupees,
        ) % {"n": coupees}
    yield _("Ce fichier ne dit pas qui a soutenu quoi : il n’y aura pas de vote. Le nombre de soutiens est noté.")
