"""What the table of a vote means for a piste, in a word for machines and a few plain ones for people.

"retenue" reaches everything asked of it; "a_rediscuter" is supported but a condition by college is not met;
"sous_quorum" lacks little, or the scrutin lacks voters; "en_memoire" stays written down; "" when nothing is told.
Read from what is published and from nothing else, so that a verdict never tells more.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..decomptes import accord, rangs
from ..decomptes.formes import EXACT, PEU, TU, bornes_dites
from ..models import Scrutin

#: A piste that misses its quorum by at most a tenth is told how much it lacks, rather than only remembered.
PRESQUE = Fraction(1, 10)
PICTOS = {"retenue": "i-ok", "a_rediscuter": "i-attention", "sous_quorum": "i-attention", "en_memoire": "i-marque"}
TITRES = {
    "retenue": gettext_lazy("Retenue"),
    "a_rediscuter": gettext_lazy("À rediscuter"),
    "sous_quorum": gettext_lazy("Pas assez de voix"),
    "en_memoire": gettext_lazy("Gardée en mémoire"),
}


@dataclass(frozen=True)
class Verdict:
    """`motif`: why, in a few words; `precision`: in a sentence, or ""."""

    cle: str = ""
    motif: str = ""
    precision: str = ""

    @property
    def picto(self):
        return PICTOS.get(self.cle, "")

    @property
    def titre(self):
        return str(TITRES.get(self.cle, ""))


def memoire():
    return Verdict("en_memoire", _("Gardée en mémoire"))


def juger(table, ligne, noms):
    """Return the Verdict of one line of a table. `noms`: {college key: its short name}."""
    if manque := _votants_manquants(table, noms):
        return Verdict("sous_quorum", _("Pas assez de votants"), manque)
    if ligne["forme"] == TU:
        return Verdict("", "", _("Trop peu de réponses pour donner un résultat."))
    reglages = table["reglages"]
    if "objections" in ligne:
        return _selon_le_consentement(ligne)
    atteint, par_le_quorum = _("Seuil atteint"), False
    if reglages["quorum"] and reglages["mode"] == Scrutin.Mode.GOMMETTES:
        if not ligne["quorum"]:
            return _sous_quorum(reglages["quorum"], ligne)
        atteint, par_le_quorum = _("Quorum atteint"), reglages["regle"] == Scrutin.Regle.PERSONNES
    if ligne["forme"] == PEU:
        return memoire()
    if reserve := _part_manquante(reglages, ligne, noms):
        return Verdict("a_rediscuter", _("À rediscuter"), reserve)
    if par_le_quorum:
        return Verdict("retenue", atteint)
    return _selon_la_regle(reglages, groupes(ligne), atteint)


def _selon_le_consentement(ligne):
    if n := ligne["objections"]:
        motif = ngettext("{n} objection tient", "{n} objections tiennent", n).format(n=n)
        return Verdict("a_rediscuter", motif)
    return Verdict("retenue", _("Aucune objection"))


def _votants_manquants(table, noms):
    for quorum in table["reglages"]["quorums"]:
        manque = quorum["votants_min"] - table["colleges"].get(quorum["college"], {"votants": 0})["votants"]
        if manque > 0:
            return ngettext(
                "Il manque {n} votant dans ce collège : {college}.",
                "Il manque {n} votants dans ce collège : {college}.",
                manque,
            ).format(n=manque, college=noms.get(quorum["college"], ""))
    return ""


def _sous_quorum(quorum, ligne):
    manque = quorum - (ligne["gommettes"] or 0)
    if ligne["gommettes"] is not None and manque <= max(1, PRESQUE * quorum):
        motif = ngettext("Il manque {n} gommette", "Il manque {n} gommettes", manque).format(n=manque)
        return Verdict("sous_quorum", motif)
    return memoire()


def _part_manquante(reglages, ligne, noms):
    """A college must be at least `part_min` % of the people who support a piste; a band may leave it in doubt."""
    for quorum in reglages["quorums"]:
        if not quorum["part_min"]:
            continue
        college = noms.get(quorum["college"], "")
        case = ligne["colleges"].get(quorum["college"])
        if case is None or case["forme"] == TU or ligne["forme"] != EXACT:
            return _("Trop peu de votants pour vérifier une condition par collège.")
        bas, haut = (case["personnes"],) * 2
        if case["forme"] != EXACT:
            bas, haut = bornes_dites(reglages["mode"], case)
        if 100 * haut < quorum["part_min"] * ligne["personnes"]:
            return _("Moins de {part} % du soutien vient de ce collège : {college}.").format(
                part=quorum["part_min"], college=college
            )
        if 100 * bas < quorum["part_min"] * ligne["personnes"]:
            return _("Une condition par collège ne peut pas être vérifiée sans dire ce que chacun a choisi.")
    return ""


def groupes(ligne):
    """Return [(people for, out of)]: each college whose figure is exact, and all the others as one.

    What the others make together is what anyone has by subtraction. A total that is a band counts for its lowest.
    """
    if ligne["forme"] != EXACT:
        return [(0 if ligne["forme"] == PEU else ligne["sur"] - 1, ligne["sur"])]
    exacts = [(c["personnes"], c["sur"]) for c in ligne["colleges"].values() if c["forme"] == EXACT]
    pour, sur = (sum(n) for n in zip((0, 0), *exacts, strict=True))
    return [*exacts, (ligne["personnes"] - pour, ligne["sur"] - sur)]


def _selon_la_regle(reglages, groupes, atteint):
    part, seuil = accord(reglages["regle"], groupes), Fraction(reglages["seuil"], 100)
    tous = reglages["regle"] == Scrutin.Regle.TOUS_COLLEGES
    if not part and not tous:
        return memoire()
    if part >= seuil:
        return Verdict("retenue", _("Accord de tous les collèges") if tous else atteint)
    if tous and any(pour >= seuil * sur for pour, sur in groupes if sur):
        return Verdict("a_rediscuter", _("À rediscuter"), _("Tous les collèges ne sont pas d’accord."))
    if reglages["mode"] == Scrutin.Mode.ADHESION and part >= seuil - PRESQUE:
        manque = ceil(100 * (seuil - part))
        return Verdict("a_rediscuter", _("À rediscuter"), _("Il manque {n} % d’accord.").format(n=manque))
    return memoire()


def regle_avant_le_vote(reglages, noms):
    """Return `regle_en_clair`, with how points are counted where one ranks: from the last one up, which holds
    however many are ranked (`decomptes.rangs`).
    """
    regle = regle_en_clair(reglages, noms)
    if reglages["mode"] != Scrutin.Mode.CLASSEMENT:
        return regle
    compte = _(
        "Chaque personne classe {n} pistes au plus. La dernière classée reçoit 1 point, celle d’avant 2, "
        "et ainsi de suite jusqu’à la première."
    ).format(n=rangs.PISTES_MAX)
    return f"{compte} {regle}"


def regle_en_clair(reglages, noms):
    """Return what a piste needs to be kept, in one sentence made from the settings, before a vote and after.

    Another one when the vote is secret.
    """
    regle = _ce_qu_il_faut(reglages, noms)
    if reglages["mode"] == Scrutin.Mode.CLASSEMENT:
        regle = "{} {}".format(_("Les pistes sont rangées par points (compte de Borda)."), regle)
    if not reglages.get("secret"):
        return regle
    secret = _("Le vote est secret : on sait qui a voté, personne ne sait qui a choisi quoi.")
    return f"{regle} {secret}"


def _ce_qu_il_faut(reglages, noms):
    conditions = list(_conditions(reglages, noms))
    *premieres, derniere = conditions
    toutes = (
        _("{premieres} et si {derniere}").format(premieres=_(", si ").join(premieres), derniere=derniere)
        if premieres
        else derniere
    )
    if reglages.get("tour") == 2:
        return _("Au second tour, où tout le monde vote à nouveau, une piste est retenue si {conditions}.").format(
            conditions=toutes
        )
    return _("Une piste est retenue si {conditions}.").format(conditions=toutes)


def _conditions(reglages, noms):
    """Yield what comes after each "if"; of a vote by consent, the long one comes last."""
    consent = reglages["mode"] == Scrutin.Mode.CONSENTEMENT
    quorum = reglages["quorum"] if reglages["mode"] == Scrutin.Mode.GOMMETTES else 0
    if quorum:
        yield ngettext("elle réunit au moins {n} gommette", "elle réunit au moins {n} gommettes", quorum).format(
            n=quorum
        )
    if not consent and (not quorum or reglages["regle"] != Scrutin.Regle.PERSONNES):
        yield _ACCORDS[reglages["mode"], reglages["regle"]]().format(
            seuil=reglages["seuil"], premieres=_premieres(reglages.get("places", 0))
        )
    for demande in reglages["quorums"]:
        college = noms.get(demande["college"], "")
        if n := demande["votants_min"]:
            yield ngettext(
                "au moins {n} personne du collège « {college} » vote",
                "au moins {n} personnes du collège « {college} » votent",
                n,
            ).format(n=n, college=college)
        if (n := demande["part_min"]) and not consent:
            yield _("au moins {n} % de son soutien vient du collège « {college} »").format(n=n, college=college)
    if consent:
        yield _(
            "personne ne garde d’objection, c’est-à-dire une raison précise, à laquelle le groupe répond, "
            "et que seule la personne qui l’a écrite peut lever"
        )


def _premieres(places):
    """The places that count; before the opening, nobody knows how many pistes there will be."""
    if not places:
        return _("parmi leurs premières")
    return ngettext("en premier", "parmi leurs {n} premières", places).format(n=places)


_ACCORDS = {
    (Scrutin.Mode.GOMMETTES, Scrutin.Regle.PERSONNES): lambda: _(
        "au moins {seuil} % des personnes qui votent y mettent une gommette ou plus"
    ),
    (Scrutin.Mode.GOMMETTES, Scrutin.Regle.COLLEGES_EGAUX): lambda: _(
        "au moins {seuil} % des personnes qui votent y mettent une gommette ou plus, "
        "en moyenne des collèges, qui pèsent tous autant"
    ),
    (Scrutin.Mode.GOMMETTES, Scrutin.Regle.TOUS_COLLEGES): lambda: _(
        "dans chaque collège, au moins {seuil} % des personnes qui votent y mettent une gommette ou plus"
    ),
    (Scrutin.Mode.CLASSEMENT, Scrutin.Regle.PERSONNES): lambda: _(
        "au moins {seuil} % des personnes qui votent la mettent {premieres}"
    ),
    (Scrutin.Mode.CLASSEMENT, Scrutin.Regle.COLLEGES_EGAUX): lambda: _(
        "au moins {seuil} % des personnes qui votent la mettent {premieres}, "
        "en moyenne des collèges, qui pèsent tous autant"
    ),
    (Scrutin.Mode.CLASSEMENT, Scrutin.Regle.TOUS_COLLEGES): lambda: _(
        "dans chaque collège, au moins {seuil} % des personnes qui votent la mettent {premieres}"
    ),
    (Scrutin.Mode.ADHESION, Scrutin.Regle.PERSONNES): lambda: _(
        "au moins {seuil} % des personnes qui répondent sont d’accord"
    ),
    (Scrutin.Mode.ADHESION, Scrutin.Regle.COLLEGES_EGAUX): lambda: _(
        "au moins {seuil} % des personnes qui répondent sont d’accord, "
        "en moyenne des collèges, qui pèsent tous autant"
    ),
    (Scrutin.Mode.ADHESION, Scrutin.Regle.TOUS_COLLEGES): lambda: _(
        "dans chaque collège, au moins {seuil} % des personnes qui répondent sont d’accord"
    ),
}
