"""What a synthesis rests on, and what it leaves out."""

from collections import defaultdict
from dataclasses import dataclass

from ..decomptes import Familles
from ..models import (
    LigneSynthese,
    PhraseSynthese,
    Piste,
    Proposition,
    Scrutin,
    SectionSynthese,
    Synthese,
)
from .resultats import tous_resultats

#: Propositions of one piste listed where it is cited.
PREMIERES = 10


@dataclass(frozen=True)
class PisteCitee:
    """A piste that stands, with the shown propositions it was born of and what each closed scrutin gave it.

    `resultats` is [(Resultats of the scrutin, ResultatPiste)], oldest first.
    """

    piste: Piste
    propositions: list
    resultats: list

    @property
    def retenue(self):
        return self.piste.etat == Piste.Etat.RETENUE

    @property
    def premieres(self):
        """The first propositions, where a screen has no room for all."""
        return self.propositions[:PREMIERES]

    @property
    def autres(self):
        """How many there are beside `premieres`."""
        return max(0, len(self.propositions) - PREMIERES)


@dataclass(frozen=True)
class Passage:
    """A sentence or a row (`objet`), the pistes it rests on by number; for a row, the propositions it quotes."""

    objet: PhraseSynthese | LigneSynthese
    pistes: list
    propositions: list

    @property
    def numero(self):
        """Its id as text: templates name anchors and forms with it."""
        return str(self.objet.pk)


@dataclass(frozen=True)
class Partie:
    section: SectionSynthese
    phrases: list
    lignes: list

    @property
    def pistes(self):
        """The pistes cited in this section, each once, by number."""
        citees = {c.piste.pk: c for passage in (*self.phrases, *self.lignes) for c in passage.pistes}
        return sorted(citees.values(), key=lambda c: c.piste.numero)


@dataclass(frozen=True)
class Provenance:
    """`pistes` is {id of the piste that stands: PisteCitee} for all that may be cited, `citees` those that are."""

    synthese: Synthese
    sections: list
    pistes: dict
    resultats: list

    @property
    def a_choisi(self):
        """Whether the group has voted or kept a piste: before, saying of one that it is not kept says nothing."""
        return bool(self.resultats) or any(c.retenue for c in self.pistes.values())

    @property
    def non_retenues(self):
        """The pistes cited that the group has not kept, by number."""
        return [c for c in self.citees if not c.retenue] if self.a_choisi else []

    @property
    def citees(self):
        lues = {c.piste.pk: c for partie in self.sections for c in partie.pistes}
        return sorted(lues.values(), key=lambda c: c.piste.numero)


def provenance(synthese):
    """Return the Provenance of a synthesis: 15 queries at most, whatever its length."""
    familles, pistes, citables = _pistes(synthese)
    resultats = _resultats_clos(synthese.consultation_id)
    for piste_id, siens in _par_piste(resultats, familles).items():
        if piste_id in pistes:
            pistes[piste_id].resultats.extend(siens)
    liens = _liens(synthese)
    sections = []
    for section, phrases, lignes in _plan(synthese):
        sections.append(
            Partie(
                section,
                [Passage(p, _citees(liens["phrase", p.pk], familles, pistes), []) for p in phrases],
                [
                    Passage(
                        ligne,
                        _citees(liens["ligne", ligne.pk], familles, pistes),
                        _quotees(liens["quote", ligne.pk], citables),
                    )
                    for ligne in lignes
                ],
            )
        )
    return Provenance(synthese, sections, pistes, resultats)


def _propositions_de(synthese):
    """The shown propositions a synthesis speaks for: those of its espace, or of the whole consultation."""
    toutes = Proposition.objects.affichees().filter(consultation_id=synthese.consultation_id)
    return toutes.filter(espace_id=synthese.espace_id) if synthese.espace_id else toutes


def _pistes(synthese):
    toutes = Piste.objects.filter(consultation_id=synthese.consultation_id).select_related("axe").in_bulk()
    familles = Familles.des(toutes.values())
    nees, citables = defaultdict(list), {}
    montrees = Proposition.objects.affichees().filter(consultation_id=synthese.consultation_id)
    for proposition in montrees.select_related("college").order_by("pk"):
        citables[proposition.pk] = proposition
        if proposition.piste_id:
            nees[familles.racine(proposition.piste_id)].append(proposition)
    debout = [p for p in toutes.values() if familles.racine(p.pk) == p.pk]
    debout.sort(key=lambda p: p.numero)
    return familles, {piste.pk: PisteCitee(piste, nees[piste.pk], []) for piste in debout}, citables


def resultats_par_piste(consultation_id, familles):
    """Return {id of a piste that stands: [(Tableau, Ligne)]} over the closed scrutins. 4 queries."""
    return _par_piste(_resultats_clos(consultation_id), familles)


def _resultats_clos(consultation_id):
    clos = list(Scrutin.objects.montres().filter(consultation=consultation_id).order_by("clos_le", "pk"))
    return list(tous_resultats(clos).values()) if clos else []


def _par_piste(resultats, familles):
    lus = defaultdict(list)
    for scrutin in resultats:
        for ligne in scrutin.lignes:
            for racine in {familles.racine(pk) for pk in ligne.membres}:
                lus[racine].append((scrutin.tableau, ligne))
    return lus


def _plan(synthese):
    """[(section, its sentences, its rows)] in order. Three queries."""
    phrases, lignes = defaultdict(list), defaultdict(list)
    for phrase in PhraseSynthese.objects.filter(section__synthese=synthese):
        phrases[phrase.section_id].append(phrase)
    for ligne in LigneSynthese.objects.filter(section__synthese=synthese):
        lignes[ligne.section_id].append(ligne)
    return [(s, phrases[s.pk], lignes[s.pk]) for s in synthese.sections.select_related("axe")]


def _liens(synthese):
    """{(kind, id): ids cited}: "phrase" and "ligne" cite pistes, "quote" cites propositions. Three queries."""
    liens = defaultdict(list)
    for sorte, table, de, vers in (
        ("phrase", PhraseSynthese.pistes.through, "phrasesynthese", "piste_id"),
        ("ligne", LigneSynthese.pistes.through, "lignesynthese", "piste_id"),
        ("quote", LigneSynthese.propositions.through, "lignesynthese", "proposition_id"),
    ):
        lignes = table.objects.filter(**{f"{de}__section__synthese": synthese})
        for passage, cite in lignes.values_list(f"{de}_id", vers):
            liens[sorte, passage].append(cite)
    return liens


def _citees(ids, familles, pistes):
    racines = {familles.racine(pk) for pk in ids}
    return sorted((pistes[pk] for pk in racines if pk in pistes), key=lambda c: c.piste.numero)


def _quotees(ids, citables):
    return [citables[pk] for pk in sorted(ids) if pk in citables]


@dataclass(frozen=True)
class CouvertureCollege:
    """How much of what one college said is found again. `orphelines`: what is not, oldest first."""

    college: object
    total: int
    couvertes: int
    orphelines: list


@dataclass(frozen=True)
class Couverture:
    """`pourcent` is None when nothing was said."""

    total: int
    couvertes: int
    pourcent: int | None
    colleges: list


def couverture(synthese):
    """Return the Couverture: shown propositions that a cited piste rests on, or that a row quotes. 5 queries."""
    familles = Familles.de(synthese.consultation_id)
    citees, quotees = set(), set()
    for (sorte, _passage), ids in _liens(synthese).items():
        if sorte == "quote":
            quotees.update(ids)
        else:
            citees.update(familles.racine(pk) for pk in ids)
    par_college = defaultdict(lambda: ([], []))
    for p in _propositions_de(synthese).select_related("college").order_by("college__ordre", "pk"):
        couverte = p.pk in quotees or (p.piste_id and familles.racine(p.piste_id) in citees)
        par_college[p.college][0 if couverte else 1].append(p)
    colleges = [
        CouvertureCollege(college, len(oui) + len(non), len(oui), non)
        for college, (oui, non) in par_college.items()
    ]
    total, couvertes = sum(c.total for c in colleges), sum(c.couvertes for c in colleges)
    # Rounded down: 100 % is only said when nothing is left out.
    return Couverture(total, couvertes, 100 * couvertes // total if total else None, colleges)
