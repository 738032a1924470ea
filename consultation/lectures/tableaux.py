"""The one table of a vote that every screen shows: bars, people by college, words, verdicts.

Screens choose the layout. It is dressed from the plain table kept at the closing (`Proclamation.tableau`) and from
words; no query, no tally.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..decomptes import en_pourcents
from ..decomptes.secret import EXACT, MOINS_DE_5, PAREIL, PERSONNE, PEU, PRESQUE_TOUS, SEUIL_SECRET, TU
from ..models import Scrutin
from .accords import accord_des_colleges
from .verdicts import Verdict, groupes, juger, regle_en_clair


@dataclass(frozen=True)
class CollegeLu:
    id: int
    nom: str
    nom_court: str
    signe: str


@dataclass(frozen=True)
class PisteLue:
    """A piste as it was put to the vote. `note`: what became of it since ("Jointe depuis à la n° 3."), or ""."""

    id: int
    numero: int
    texte: str
    ecartee: bool = False
    note: str = ""
    axe: object = field(default=None, compare=False)


@dataclass(frozen=True)
class Colonne:
    """A college in the vote. `masque`: nothing of what it chose is shown."""

    college: CollegeLu
    votants: int
    masque: bool


@dataclass(frozen=True)
class Part:
    """One college on one piste. `personnes` is None unless the figure is exact; `texte` says it in words."""

    college: CollegeLu
    forme: str
    personnes: int | None
    sur: int | None
    texte: str


@dataclass(frozen=True)
class Segment:
    """A piece of the bar: `college`, or None for the others together; people, and % of the bar."""

    college: CollegeLu | None
    personnes: int
    part: int


@dataclass(frozen=True)
class Ligne:
    """One piste. `total` in words ("12 personnes sur 40"); `longueur` of the bar in % of the chart.

    `avant`: the first round in words, in a second one, or ""; `repere_avant`: its bar, in % of the chart, or None.
    `gommettes`: dots, None when not told; `sans_detail`: why there is nothing by college, or ""; `groupes`: see
    `verdicts.groupes`, without those of nobody.
    """

    piste: PisteLue
    forme: str
    personnes: int | None
    sur: int | None
    gommettes: int | None
    total: str
    longueur: int
    segments: tuple
    parts: tuple
    verdict: Verdict
    sans_detail: str
    membres: tuple
    groupes: tuple = ()
    avant: str = ""
    repere_avant: int | None = None

    @property
    def points(self):
        """The dots in words, or ""."""
        if self.gommettes is None:
            return ""
        return ngettext("%(n)d gommette", "%(n)d gommettes", self.gommettes) % {"n": self.gommettes}

    @property
    def retenue(self):
        return self.verdict.cle == "retenue"


@dataclass(frozen=True)
class Tableau:
    """A closed vote. `repere`: where its mark stands, in % of the chart, or None; `repere_texte`: what it says."""

    scrutin: int | None
    titre: str
    mode: str
    votants: int
    colonnes: tuple
    lignes: tuple
    explication: str
    regle: str
    repere: int | None
    repere_texte: str

    @property
    def retenues(self):
        return sum(ligne.retenue for ligne in self.lignes)

    @property
    def masques(self):
        return any(colonne.masque for colonne in self.colonnes)

    @property
    def accord(self):
        """What unites and divides the colleges, or None: see `accords`. Consent tells nothing by college."""
        return None if self.mode == Scrutin.Mode.CONSENTEMENT else accord_des_colleges(self)

    @property
    def portee(self):
        """That this is not a poll."""
        return ngettext(
            "Ce vote dit ce que pense %(n)d personne. Ce n’est pas un sondage de toute la population.",
            "Ce vote dit ce que pensent les %(n)d personnes qui ont voté. "
            "Ce n’est pas un sondage de toute la population.",
            self.votants,
        ) % {"n": self.votants}


def dresser(table, *, pistes, colleges, scrutin=None, titre=""):
    """Return the Tableau of a plain table. `pistes`: {id: PisteLue}; `colleges`: [CollegeLu], in order of display.

    Lines whose piste is not in `pistes` are left out.
    """
    noms = {str(c.id): c.nom_court for c in colleges}
    connues = {int(cle): ligne for cle, ligne in table["pistes"].items() if int(cle) in pistes}
    echelle = _echelle(table)
    lignes = [_ligne(table, pistes[pk], ligne, colleges, noms, echelle) for pk, ligne in connues.items()]
    lignes += [_mise_de_cote(pistes[int(cle)], m) for cle, m in table["ecartees"].items() if int(cle) in pistes]
    return Tableau(
        scrutin=scrutin,
        titre=titre,
        mode=table["reglages"]["mode"],
        votants=table["votants"],
        colonnes=tuple(
            Colonne(c, lu["votants"], lu["masque"]) for c in colleges if (lu := table["colleges"].get(str(c.id)))
        ),
        lignes=() if table["silence"] else tuple(sorted(lignes, key=lambda x: _rang(x, echelle))),
        explication=_explication(table, noms),
        regle=regle_en_clair(table["reglages"], noms),
        repere=_repere(table["reglages"], echelle),
        repere_texte=_dire_repere(table["reglages"]),
    )


def _par_gommettes(reglages):
    return bool(reglages["quorum"]) and reglages["mode"] == Scrutin.Mode.GOMMETTES


def _echelle(table):
    """What a bar of full length stands for, in dots, when a vote is judged by dots; else 0: bars are shares."""
    if not _par_gommettes(table["reglages"]):
        return 0
    return max([1, table["reglages"]["quorum"], *(x["gommettes"] or 0 for x in table["pistes"].values())])


def _repere(reglages, echelle):
    if reglages["mode"] == Scrutin.Mode.CONSENTEMENT:
        return None
    if echelle:
        return _pourcent(reglages["quorum"], echelle)
    return reglages["seuil"] if reglages["regle"] == Scrutin.Regle.PERSONNES else None


def _dire_repere(reglages):
    if _par_gommettes(reglages):
        return _("Quorum : %(n)d") % {"n": reglages["quorum"]}
    return _("Seuil : %(n)d %%") % {"n": reglages["seuil"]}


def _pourcent(n, sur):
    return int(100 * Fraction(n, sur) + Fraction(1, 2)) if sur else 0


def _rang(ligne, echelle):
    """Where a line stands: by its dots when they decide, then by its people; equal ones go by number."""
    part = Fraction(0)
    if ligne.forme == PRESQUE_TOUS:
        part = Fraction(ligne.sur - 1, ligne.sur)
    elif ligne.personnes:
        part = Fraction(ligne.personnes, ligne.sur)
    return -ligne.longueur if echelle else 0, -part, ligne.piste.numero


def _ligne(table, piste, ligne, colleges, noms, echelle):
    verdict = juger(table, ligne, noms)
    if piste.ecartee:
        verdict = Verdict("en_memoire", _("Écartée par le groupe"))
    longueur = _longueur(table["reglages"], ligne, echelle)
    parts = tuple(_part(table, c, lu) for c in colleges if (lu := ligne["colleges"].get(str(c.id))))
    return Ligne(
        piste=piste,
        forme=ligne["forme"],
        personnes=ligne["personnes"],
        sur=ligne["sur"],
        gommettes=ligne.get("gommettes"),
        total=dire_total(ligne),
        longueur=longueur,
        segments=_segments(ligne, parts) if longueur else (),
        parts=parts,
        verdict=verdict,
        sans_detail=_sans_detail(table, ligne),
        membres=tuple(ligne["membres"]),
        avant=_dire_avant(ligne),
        repere_avant=_repere_avant(ligne, echelle),
        groupes=() if ligne["forme"] == TU else tuple(g for g in groupes(ligne) if g[1]),
    )


def _mise_de_cote(piste, membres):
    verdict = Verdict("en_memoire", _("Écartée par le groupe"))
    return Ligne(piste, TU, None, None, None, "", 0, (), (), verdict, "", tuple(membres))


def _longueur(reglages, ligne, echelle):
    if ligne["forme"] == TU or ligne["forme"] == PEU:
        return 0
    if echelle and ligne["gommettes"] is not None:
        return _pourcent(ligne["gommettes"], echelle)
    if ligne["forme"] == PRESQUE_TOUS:
        return max(1, 100 * (ligne["sur"] - 1) // ligne["sur"])
    part = Fraction(ligne["personnes"], ligne["sur"])
    if _repere(reglages, echelle) is not None and not echelle:
        return en_pourcents(part, reglages["seuil"])
    return int(100 * part + Fraction(1, 2))


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


def _dire_avant(ligne):
    if "avant" not in ligne:
        return ""
    return _("Au premier tour : {n} sur {sur}.").format(n=ligne["avant"]["personnes"], sur=ligne["avant"]["sur"])


def _repere_avant(ligne, echelle):
    avant = ligne.get("avant")
    return None if avant is None or echelle or not avant["sur"] else _pourcent(avant["personnes"], avant["sur"])


def _part(table, college, case):
    return Part(college, case["forme"], case["personnes"], case["sur"], dire_part(table["reglages"]["mode"], case))


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
    if mode == Scrutin.Mode.GOMMETTES:
        return _("moins de 5, sur %(sur)d") % {"sur": case["sur"]}
    return _("presque personne, sur %(sur)d") % {"sur": case["sur"]}


def _dire_glissement(case):
    """The figure of a second round, with its shift from the first: five people at least."""
    ecart = case["personnes"] - case["avant"]
    dit = _("%(n)d sur %(sur)d, %(ecart)d de plus") if ecart > 0 else _("%(n)d sur %(sur)d, %(ecart)d de moins")
    return dit % {"n": case["personnes"], "sur": case["sur"], "ecart": abs(ecart)}


def _segments(ligne, parts):
    """People of each college whose figure is exact, and of all the others together, in % of the bar."""
    if ligne["forme"] != EXACT or not ligne["personnes"]:
        return ()
    total = ligne["personnes"]
    segments = [
        Segment(p.college, p.personnes, _pourcent(p.personnes, total)) for p in parts if p.personnes is not None
    ]
    reste = total - sum(s.personnes for s in segments)
    return (*segments, Segment(None, reste, _pourcent(reste, total))) if reste else tuple(segments)


def _sans_detail(table, ligne):
    if (
        ligne["colleges"]
        or "objections" in ligne
        or ligne["forme"] == TU
        or sum(c["votants"] > 0 for c in table["colleges"].values()) < 2
    ):
        return ""
    return _("Le détail par collège n’est pas montré : il dirait ce que des personnes ont choisi.")


def _explication(table, noms):
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
