"""What is going on in an espace, in counts, for the console and the projector."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from ..analyse import ressemblance
from ..decomptes import Familles
from ..models import Piste, Proposition

#: Suggesting is quadratic in the worst case: beyond this many texts the oldest wait their turn.
TEXTES_COMPARES = 400


@dataclass(frozen=True)
class EtatEspace:
    """Counts: `moderation` by state, `colleges` (shown propositions) and `auteurs` (writers) by college id.

    `pistes`: those that stand, each with `.n`, its propositions, joined pistes included; `orphelines`: shown
    propositions that no piste has gathered.
    """

    total: int
    moderation: dict
    colleges: dict
    auteurs: dict
    orphelines: int
    pistes: list


def etat_espace(espace):
    """Return the EtatEspace, in 2 queries, 3 when there are joined pistes elsewhere in the consultation."""
    lignes = list(
        espace.propositions.order_by("pk").values_list("moderation", "college_id", "auteur_id", "piste_id")
    )
    pistes = list(Piste.objects.filter(consultation_id=espace.consultation_id).select_related("axe"))
    familles = Familles({p.pk: p.fusionnee_dans_id for p in pistes})
    montrees = [ligne for ligne in lignes if ligne[0] == Proposition.Moderation.AFFICHEE]
    auteurs = defaultdict(set)
    for _moderation, college, auteur, _piste in lignes:
        if auteur:
            auteurs[college].add(auteur)
    return EtatEspace(
        total=len(lignes),
        moderation=dict(Counter(ligne[0] for ligne in lignes)),
        colleges=dict(Counter(ligne[1] for ligne in montrees)),
        auteurs={college: len(gens) for college, gens in auteurs.items()},
        orphelines=sum(ligne[3] is None for ligne in montrees),
        pistes=_pistes_comptees(espace, pistes, familles, montrees),
    )


def _pistes_comptees(espace, pistes, familles, montrees):
    nombre = Counter(familles.racine(ligne[3]) for ligne in montrees if ligne[3])
    tenues = [
        p
        for p in pistes
        if p.espace_id == espace.pk and p.fusionnee_dans_id is None and p.etat != Piste.Etat.ECARTEE
    ]
    for piste in tenues:
        piste.n = nombre[piste.pk]
    return tenues


def suggestions(espace, limite=5):
    """Return up to `limite` groups (lists of 2 or more) of ungathered propositions that look alike. Never applied.

    The most alike first. One query; under half a second at its limit.
    """
    orphelines = list(
        espace.propositions.orphelines().select_related("college", "axe").order_by("-pk")[:TEXTES_COMPARES]
    )[::-1]
    groupes = ressemblance.groupes([p.texte_public for p in orphelines])
    return [[orphelines[rang] for rang in groupe] for groupe in groupes[:limite]]
