"""The regrouping board: what is not gathered yet, the pistes and what each holds, and the trail of each act."""

from dataclasses import dataclass, field

from consultation.decomptes import Familles
from consultation.models import Espace, Piste, Regroupement


@dataclass
class Famille:
    """A piste that stands by itself, with the propositions it holds and the pistes joined into it."""

    piste: Piste
    propositions: list = field(default_factory=list)
    jointes: list = field(default_factory=list)


@dataclass(frozen=True)
class Geste:
    """One grouping: what was joined, by whom and when; `regroupement.annule_le` when it was undone."""

    regroupement: Regroupement
    propositions: tuple
    pistes: tuple


@dataclass(frozen=True)
class Tableau:
    espace: Espace
    orphelines: tuple
    familles: tuple
    ecartees: tuple
    gestes: tuple
    a_relire: int


#: The trail shows the latest acts; the older ones are in the journal.
GESTES_MONTRES = 30


def lire_tableau(espace):
    """Read the whole board in seven queries, whatever its size."""
    dites = list(espace.propositions.affichees().select_related("college", "axe"))
    pistes = {p.pk: p for p in espace.pistes.select_related("axe")}
    liens = Familles.de(espace.consultation_id)
    racines = {pk: liens.dernier(pk, pistes) for pk in pistes}
    familles = {pk: Famille(p) for pk, p in pistes.items() if racines[pk] == pk}
    for pk, piste in pistes.items():
        if pk not in familles:
            familles[racines[pk]].jointes.append(piste)
    orphelines = []
    for proposition in dites:
        piste = pistes.get(proposition.piste_id)
        if piste is None:
            if proposition.piste_id is None:
                orphelines.append(proposition)
            continue
        familles[racines[piste.pk]].propositions.append(proposition)
    return Tableau(
        espace=espace,
        orphelines=tuple(orphelines),
        familles=tuple(f for f in familles.values() if f.piste.etat != Piste.Etat.ECARTEE),
        ecartees=tuple(_a_reprendre(familles.values())),
        gestes=tuple(_gestes(espace)),
        a_relire=espace.propositions.a_relire().count(),
    )


def _a_reprendre(familles):
    return (f for f in familles if f.piste.etat == Piste.Etat.ECARTEE)


def _gestes(espace):
    gestes = list(
        Regroupement.objects.filter(piste__espace=espace)
        .select_related("piste", "par", "annule_par")
        .prefetch_related("lignes__proposition", "lignes__piste")
        .order_by("-pk")[:GESTES_MONTRES]
    )
    for geste in gestes:
        lignes = list(geste.lignes.all())
        yield Geste(
            geste,
            tuple(x.proposition for x in lignes if x.proposition_id),
            tuple(x.piste for x in lignes if x.piste_id),
        )


def premiers_mots(propositions, pistes=(), limite=120):
    """Return words to start naming a piste from: the first thing chosen, cut at a word."""
    texte = pistes[0].texte if pistes else " ".join(propositions[0].texte_public.split()) if propositions else ""
    if len(texte) <= limite:
        return texte
    return texte[:limite].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
