"""Results of a synthesis, as bars with words, by piste and by college; what is withheld is said, never shown."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.models import Scrutin

#: Under this share of the chart's scale, a segment stacks its sign over its number.
ETROIT = 0.09

PICTOS = {"retenue": "i-ok", "a_rediscuter": "i-attention", "sous_quorum": "i-attention", "en_memoire": "i-marque"}


@dataclass(frozen=True)
class CollegePresent:
    """`part`: share of the people who came, in whole %."""

    id: int
    nom: str
    signe: str
    n: int
    part: int
    part_cible: int | None


@dataclass(frozen=True)
class Segment:
    """`signe`: a college's, "accord" for people of all colleges, "reste" where the detail is withheld."""

    signe: str
    nom: str
    n: int
    etroit: bool


@dataclass(frozen=True)
class Part:
    """One college's agreement, in words: "80 % d’accord", or that it is not published."""

    signe: str
    nom: str
    texte: str


@dataclass(frozen=True)
class Barre:
    """`longueur`: % of the chart's scale. `total` is in words; `verdict` and `precision` say what it means."""

    numero: int
    texte: str
    total: str
    longueur: int
    segments: list
    verdict: str
    picto: str
    precision: str
    parts: list = field(default_factory=list)

    @property
    def somme(self):
        """What the segments add up to: each is a share of it."""
        return sum(segment.n for segment in self.segments)


@dataclass(frozen=True)
class Mot:
    """What one college put first, in words."""

    nom: str
    signe: str
    phrase: str


@dataclass(frozen=True)
class Releve:
    barres: list = field(default_factory=list)
    mots: list = field(default_factory=list)
    explications: list = field(default_factory=list)


def colleges_presents(colleges):
    """Return the CollegePresent of a frozen copy, in order."""
    total = sum(college["n"] for college in colleges) or 1
    return [
        CollegePresent(c["id"], c["nom"], c["signe"], c["n"], round(100 * c["n"] / total), c["part_cible"])
        for c in colleges
    ]


def releve(contenu, numeros):
    """Return the Releve of the pistes `numeros`, each by the last closed round that put it to the vote."""
    textes = {piste["numero"]: piste["texte"] for piste in contenu["pistes"]}
    colleges = {college["id"]: college for college in contenu["colleges"]}
    trouves = {}
    for scrutin in contenu["scrutins"]:
        for resultat in scrutin["pistes"]:
            if resultat["numero"] in numeros:
                trouves[resultat["numero"]] = (scrutin, resultat)
    if not trouves:
        return Releve()
    echelle = max((r["points"] for s in contenu["scrutins"] if _gommettes(s) for r in s["pistes"]), default=0) or 1
    rangees = sorted(trouves.values(), key=lambda paire: (-_poids(*paire), paire[1]["numero"]))
    explications = dict.fromkeys(s["explication"] for s, _resultat in rangees if s["explication"])
    return Releve(
        barres=[_barre(s, r, textes[r["numero"]], colleges, echelle) for s, r in rangees],
        mots=_mots_des_colleges(rangees, colleges),
        explications=list(explications),
    )


def _gommettes(scrutin):
    return scrutin["mode"] == Scrutin.Mode.GOMMETTES


def _poids(scrutin, resultat):
    return resultat["points"] if _gommettes(scrutin) else (resultat["accord"] or 0)


def _barre(scrutin, resultat, texte, colleges, echelle):
    gommettes = _gommettes(scrutin)
    sur = echelle if gommettes else 100
    valeur = _poids(scrutin, resultat)
    return Barre(
        numero=resultat["numero"],
        texte=texte,
        total=_total(scrutin, resultat),
        longueur=round(100 * valeur / sur),
        segments=_segments(resultat, colleges, sur) if gommettes else _segment_accord(valeur),
        verdict=resultat["motif"],
        picto=PICTOS.get(resultat["verdict"], ""),
        precision=resultat["precision"],
        parts=[] if gommettes else _parts(resultat, colleges),
    )


def _total(scrutin, resultat):
    if _gommettes(scrutin):
        return ngettext("%(n)d gommette", "%(n)d gommettes", resultat["points"]) % {"n": resultat["points"]}
    if resultat["accord"] is None:
        return ngettext("%(n)d personne d’accord", "%(n)d personnes d’accord", resultat["points"]) % {
            "n": resultat["points"]
        }
    return _("%(n)d %% d’accord") % {"n": resultat["accord"]}


def _segments(resultat, colleges, echelle):
    segments = [
        Segment(
            signe=colleges[part["id"]]["signe"],
            nom=colleges[part["id"]]["nom"],
            n=part["points"],
            etroit=part["points"] / echelle < ETROIT,
        )
        for part in resultat["par_college"]
        if part["points"] and part["id"] in colleges
    ]
    reste = resultat["points"] - sum(segment.n for segment in segments)
    if reste > 0:
        segments.append(
            Segment("reste", _("autres, dont le détail n’est pas publié"), reste, reste / echelle < ETROIT)
        )
    return segments


def _segment_accord(valeur):
    return [Segment("accord", _("% d’accord"), valeur, False)]


def _parts(resultat, colleges):
    """Agreement college by college: a bar of one colour does not tell it."""
    parts = []
    for part in resultat["par_college"]:
        if part["id"] in colleges and (part["masque"] or part["accord"] is not None):
            texte = _("non publié") if part["masque"] else _("%(n)d %%") % {"n": part["accord"]}
            parts.append(Part(colleges[part["id"]]["signe"], colleges[part["id"]]["nom"], texte))
    return parts


def _mots_des_colleges(rangees, colleges):
    """One sentence a college, from the numbers alone, in the order of the colleges."""
    return [
        Mot(college["nom"], college["signe"], phrase)
        for college in colleges.values()
        if (phrase := _phrase(college["id"], rangees))
    ]


def _phrase(college_id, rangees):
    notes, masque = [], False
    for scrutin, resultat in rangees:
        for part in resultat["par_college"]:
            if part["id"] == college_id:
                masque = masque or part["masque"]
                notes.append((_note(scrutin, part), _gommettes(scrutin), resultat["numero"]))
    notes = [note for note in notes if note[0]]
    if not notes:
        return _("Le détail de ce collège n’est pas publié.") if masque else ""
    meilleure = max(note for note, _mode, _numero in notes)
    premieres = [(mode, numero) for note, mode, numero in notes if note == meilleure]
    return _dire_premieres(premieres, meilleure)


def _note(scrutin, part):
    """Dots of a college on a piste, or its agreement in whole %; 0 when withheld or without a vote."""
    if part["masque"] or not part["votants"]:
        return 0
    return part["points"] if _gommettes(scrutin) else (part["accord"] or 0)


def _dire_premieres(premieres, note):
    gommettes = premieres[0][0]
    numeros = [_("n°\u00a0%(n)d") % {"n": numero} for _mode, numero in premieres]
    if gommettes:
        combien = ngettext("%(n)d gommette", "%(n)d gommettes", note) % {"n": note}
    else:
        combien = _("%(n)d %% d’accord") % {"n": note}
    if len(numeros) == 1:
        return _("En premier : la piste %(piste)s, %(combien)s.") % {"piste": numeros[0], "combien": combien}
    liste = _("%(debut)s et %(fin)s") % {"debut": ", ".join(numeros[:-1]), "fin": numeros[-1]}
    return _("À égalité en premier : %(liste)s, %(combien)s chacune.") % {"liste": liste, "combien": combien}
