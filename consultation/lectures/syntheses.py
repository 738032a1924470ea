"""What a synthesis rests on, a page at a time."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

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
from .fiches import fiches

#: Pistes a passage rests on that one page shows, and propositions that a row quotes.
APPUIS, CITATIONS = 20, 10


@dataclass
class Passage:
    """A sentence or a row (`objet`) and what it rests on: `cites`, the ids of its pistes, by number.

    `pistes`: the Fiches of a page of them, `page`, from 1. For a row, the first `propositions` it quotes, and how
    many `autres`; for a quotation, its `mots`, "" once they may not be published.
    """

    objet: PhraseSynthese | LigneSynthese
    cites: list = field(default_factory=list)
    page: int = 1
    pistes: list = field(default_factory=list)
    propositions: list = field(default_factory=list)
    autres: int = 0
    mots: str = ""

    @property
    def numero(self):
        """Its id as text: templates name anchors and forms with it."""
        return str(self.objet.pk)

    @property
    def nom(self):
        return f"{'phrase' if isinstance(self.objet, PhraseSynthese) else 'ligne'}-{self.numero}"

    @property
    def quotees(self):
        """How many propositions it quotes."""
        return len(self.propositions) + self.autres

    @property
    def chiffre(self):
        """For a figure, the Ligne of the vote it shows, or None when that is not told (any more)."""
        ici = (self.objet.scrutin_id, self.objet.piste_id)
        lus = (paire for fiche in self.pistes for paire in fiche.resultats)
        return next((ligne for tableau, ligne in lus if (tableau.scrutin, ligne.piste.id) == ici), None)

    @property
    def pages(self):
        return max(1, -(-len(self.cites) // APPUIS))

    @property
    def ici(self):
        """The ids of its page."""
        return self.cites[APPUIS * (self.page - 1) : APPUIS * self.page]

    @property
    def avant(self):
        return self.page - 1

    @property
    def apres(self):
        return self.page + 1 if self.page < self.pages else 0


@dataclass(frozen=True)
class Partie:
    section: SectionSynthese
    phrases: list
    lignes: list

    @property
    def passages(self):
        return [*self.phrases, *self.lignes]


@dataclass(frozen=True)
class Provenance:
    """What each passage rests on. `citees`: the pistes cited, by number; `liens`: see `liens_de`.

    `pas_retenues`: the ids of the pistes that a group which has chosen did not keep; see `_pas_retenues`.
    """

    synthese: Synthese
    sections: list
    citees: list
    pas_retenues: frozenset
    liens: dict

    @property
    def non_retenues(self):
        """The pistes cited that the group has not kept, by number."""
        return [piste for piste in self.citees if piste.pk in self.pas_retenues]


def provenance(synthese, passage="", page=1):
    """Return the Provenance of a synthesis, in a fixed number of queries.

    Each passage has the first page of what it rests on; the one named `passage` ("phrase-12") has `page`.
    """
    familles, sections = Familles.de(synthese.consultation_id), plan_de(synthese)
    passages = {un.nom: un for partie in sections for un in partie.passages}
    liens = liens_de(synthese)
    citees = _citer(passages, liens, familles)
    if passage in passages:
        passages[passage].page = min(max(1, page), passages[passage].pages)
    lues = fiches(synthese.consultation_id, sorted({pk for un in passages.values() for pk in un.ici}), familles)
    for un in passages.values():
        un.pistes = [lues[pk] for pk in un.ici]
    _quoter(synthese, passages)
    _dire_les_mots(passages)
    return Provenance(synthese, sections, citees, _pas_retenues(synthese.consultation_id), liens)


def _pas_retenues(consultation_id):
    """The ids of the standing pistes that are not kept, where their group has chosen. One query.

    A group has chosen once a vote of its own is shown, or once a piste born there is kept by no other vote: before
    that, and whatever other rooms did, saying of one that it is not kept would be false.
    """
    debout = Piste.objects.filter(consultation_id=consultation_id).debout()
    retenues = debout.filter(etat=Piste.Etat.RETENUE)
    montres = Scrutin.objects.montres().filter(consultation_id=consultation_id)
    a_la_main = retenues.exclude(reprises__espace__in=montres.values("espace")).values("espace")
    la = Q(espace__in=a_la_main)
    for place in ("espace__in", "reprises__espace__in"):
        la |= Q(**{place: montres.values("espace")})
    return frozenset(debout.filter(la).exclude(etat=Piste.Etat.RETENUE).values_list("pk", flat=True))


def plan_de(synthese):
    """[Partie] in order, each passage without what it rests on. Three queries."""
    phrases, lignes = defaultdict(list), defaultdict(list)
    for phrase in PhraseSynthese.objects.filter(section__synthese=synthese).select_related("ecrit_par"):
        phrases[phrase.section_id].append(Passage(phrase))
    for ligne in LigneSynthese.objects.filter(section__synthese=synthese).select_related("ecrit_par"):
        lignes[ligne.section_id].append(Passage(ligne))
    return [Partie(s, phrases[s.pk], lignes[s.pk]) for s in synthese.sections.select_related("axe")]


def liens_de(synthese):
    """Return {name of a passage: ids of the pistes it cites, whatever was joined since}. Two queries."""
    liens = defaultdict(set)
    for sorte, table in (("phrase", PhraseSynthese.pistes.through), ("ligne", LigneSynthese.pistes.through)):
        siens = table.objects.filter(**{f"{sorte}synthese__section__synthese": synthese})
        for pk, piste in siens.values_list(f"{sorte}synthese_id", "piste_id"):
            liens[f"{sorte}-{pk}"].add(piste)
    return liens


def _citer(passages, liens, familles):
    """Give each passage the ids of the pistes it cites; return all of them, by number. One query."""
    debout = {nom: {familles.racine(pk) for pk in ids} for nom, ids in liens.items()}
    citees = list(Piste.objects.filter(pk__in=set().union(*debout.values())).order_by("numero"))
    rangs = {piste.pk: rang for rang, piste in enumerate(citees)}
    for nom, racines in debout.items():
        passages[nom].cites = sorted(racines, key=rangs.get)
    return citees


def _quoter(synthese, passages):
    """Give each row the first propositions it quotes, of those that are shown. Two queries."""
    liens = LigneSynthese.propositions.through.objects.filter(
        lignesynthese__section__synthese=synthese, proposition__moderation=Proposition.Moderation.AFFICHEE
    )
    quotees = defaultdict(list)
    for ligne, proposition in liens.order_by("proposition_id").values_list("lignesynthese_id", "proposition_id"):
        quotees[ligne].append(proposition)
    premieres = {pk for siennes in quotees.values() for pk in siennes[:CITATIONS]}
    lues = Proposition.objects.filter(pk__in=premieres).select_related("college").in_bulk()
    for pk, siennes in quotees.items():
        ligne = passages[f"ligne-{pk}"]
        ligne.propositions = [lues[p] for p in siennes[:CITATIONS]]
        ligne.autres = len(siennes) - len(ligne.propositions)


def _dire_les_mots(passages):
    """Give each quotation its words, as long as their author agrees. One query, none without quotations."""
    cites = {un.objet.proposition_id: un for un in passages.values() if getattr(un.objet, "proposition_id", None)}
    permises = Proposition.objects.publiables().filter(pk__in=cites) if cites else ()
    mots = {proposition.pk: proposition.texte_public for proposition in permises}
    for un in passages.values():
        un.mots = mots.get(getattr(un.objet, "proposition_id", None), "")
