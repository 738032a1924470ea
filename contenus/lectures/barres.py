"""Results on the page of a synthesis: the lines of each vote that bear on a section, from its frozen copy."""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from consultation.lectures import CollegeLu, PisteLue, Tableau, dresser
from consultation.lectures.accords import accord_des_colleges
from consultation.lectures.opinions import Opinions, dresser_opinions

from ..models import SynthesePage
from .mots import avec_les_mots

#: A frozen copy of before the closing decided what is shown. Its figures by college may tell too much.
ANCIENNE = 1


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
class Vote:
    """The lines of one vote that a section shows."""

    tableau: Tableau
    lignes: list

    @property
    def accord(self):
        """What these lines say of agreement between colleges, or None when that is nothing."""
        accord = accord_des_colleges(self.tableau, self.lignes)
        return None if accord is None or accord.vide else accord


@dataclass(frozen=True)
class Carte:
    """The map of opinions of one vote. `titre`: of the vote."""

    titre: str
    scrutin: int
    opinions: Opinions


@dataclass(frozen=True)
class Mot:
    """What one college put first, in words."""

    nom: str
    signe: str
    phrase: str


@dataclass(frozen=True)
class Releve:
    """`anciennes`: lines of an older copy, without figures: [(numero, texte, verdict in words)]."""

    votes: list = field(default_factory=list)
    mots: list = field(default_factory=list)
    anciennes: list = field(default_factory=list)


def colleges_presents(colleges):
    """Return the CollegePresent of a frozen copy, in order."""
    total = sum(college["n"] for college in colleges) or 1
    return [
        CollegePresent(c["id"], c["nom"], c["signe"], c["n"], round(100 * c["n"] / total), c["part_cible"])
        for c in colleges
    ]


def tableaux(contenu):
    """Return [(Tableau, {piste id: number under which it is cited})] of a frozen copy; none of an older one."""
    if contenu["version"] == ANCIENNE:
        return []
    colleges = [CollegeLu(c["id"], c["nom"], c["nom_court"], c["signe"]) for c in contenu["colleges"]]
    return [
        (
            dresser(s["tableau"], pistes=_pistes(s), colleges=colleges, scrutin=s["id"], titre=s["titre"]),
            {int(pk): piste["sous"] for pk, piste in s["pistes"].items()},
        )
        for s in contenu["scrutins"]
    ]


def cartes(contenu):
    """Return the Cartes of a frozen copy, in the order of its votes; none of an older one."""
    if contenu["version"] == ANCIENNE:
        return []
    siens = [s for s in contenu["scrutins"] if s.get("opinions")]
    return [Carte(s["titre"], s["id"], dresser_opinions(s["opinions"], _pistes(s))) for s in siens]


def _pistes(scrutin):
    return {
        int(pk): PisteLue(int(pk), p["numero"], p.get("texte", ""), p["ecartee"], p["note"])
        for pk, p in scrutin["pistes"].items()
    }


def releve(contenu, numeros):
    """Return the Releve of the pistes `numeros`, each by the last closed round that put it to the vote."""
    if contenu["version"] == ANCIENNE:
        return Releve(anciennes=_anciennes(contenu, numeros))
    dernier = {}
    tous = tableaux(contenu)
    for rang, (tableau, sous) in enumerate(tous):
        for ligne in tableau.lignes:
            dernier[sous[ligne.piste.id]] = rang
    votes = []
    for rang, (tableau, sous) in enumerate(tous):
        lignes = [x for x in tableau.lignes if sous[x.piste.id] in numeros and dernier[sous[x.piste.id]] == rang]
        if lignes:
            votes.append(Vote(tableau, lignes))
    return Releve(votes=votes, mots=_mots_des_colleges(votes))


def vote_de(page, rang):
    """Return the Vote of that rank (from 1) of a synthesis that anyone may read, or None. 3 queries at most."""
    lisible = page and SynthesePage.objects.live().public().filter(pk=page.pk).first()
    if not lisible or not lisible.contenu:
        return None
    contenu, _mots = avec_les_mots(lisible.contenu)
    tous = tableaux(contenu)
    if not 1 <= rang <= len(tous):
        return None
    tableau, _sous = tous[rang - 1]
    return Vote(tableau, list(tableau.lignes))


def _anciennes(contenu, numeros):
    textes = {piste["numero"]: piste["texte"] for piste in contenu["pistes"]}
    dits = {r["numero"]: r["motif"] for s in contenu["scrutins"] for r in s["pistes"] if r["numero"] in numeros}
    return [(numero, textes[numero], motif) for numero, motif in sorted(dits.items()) if numero in textes]


def _mots_des_colleges(votes):
    """One sentence a college, from exact figures alone, in the order of the colleges."""
    meilleures = {}
    for vote in votes:
        for ligne in vote.lignes:
            for part in ligne.parts:
                if part.personnes:
                    note = Fraction(part.personnes, part.sur)
                    meilleures.setdefault(part.college, []).append((note, part.texte, ligne.piste.numero))
    ordre = [c.college for vote in votes[:1] for c in vote.tableau.colonnes]
    return [Mot(c.nom, c.signe, _phrase(meilleures[c])) for c in ordre if c in meilleures]


def _phrase(notes):
    meilleure = max(note for note, _texte, _numero in notes)
    premieres = sorted((numero, texte) for note, texte, numero in notes if note == meilleure)
    numeros = [_("n°\u00a0%(n)d") % {"n": numero} for numero, _texte in premieres]
    combien = {"piste": numeros[0], "combien": premieres[0][1]}
    if len(numeros) == 1:
        return _("Chiffre le plus haut : la piste %(piste)s, %(combien)s.") % combien
    liste = _("%(debut)s et %(fin)s") % {"debut": ", ".join(numeros[:-1]), "fin": numeros[-1]}
    return _("Chiffres les plus hauts, à égalité : %(liste)s, %(combien)s.") % {**combien, "liste": liste}
