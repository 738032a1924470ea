"""Tallies: added to with each vote, written anew when pistes are joined, taken apart, or found wrong."""

from django.db import transaction

from .. import regles
from ..decomptes import Familles, attendus
from ..models import Decompte, Scrutin, Voix
from ..requetes import Prete
from .gardes import annoncer, exiger_droit, noter, verrouiller
from .secret import exiger_hors_vote_secret

_compte = Prete(
    lambda scrutin, pistes, colleges: (
        Decompte.objects.filter(scrutin=scrutin, piste__in=pistes, college__in=colleges)
        .order_by()
        .values_list("piste_id", "college_id", "valeur", "votants")
    )
)


def ajouter_au_decompte(scrutin, ecarts):
    """Add differences to the tally: two queries, whatever the number of votes stored. The scrutin is locked."""
    ecarts = {cle: n for cle, n in ecarts.items() if n}
    if not ecarts:
        return
    pistes, colleges, _valeurs = map(set, zip(*ecarts, strict=True))
    avant = {tuple(cle): votants for *cle, votants in _compte(scrutin.pk, tuple(pistes), tuple(colleges))}
    Decompte.objects.bulk_create(
        (
            Decompte(
                scrutin=scrutin, piste_id=cle[0], college_id=cle[1], valeur=cle[2], votants=avant.get(cle, 0) + n
            )
            for cle, n in ecarts.items()
        ),
        update_conflicts=True,
        unique_fields=["scrutin", "piste", "college", "valeur"],
        update_fields=["votants"],
    )


def recompter(scrutin, familles=None):
    """Write the tally of one scrutin anew from its votes. Inside the caller's transaction."""
    total = attendus(scrutin, familles)
    Decompte.objects.filter(scrutin=scrutin).delete()
    Decompte.objects.bulk_create(
        Decompte(scrutin=scrutin, piste_id=piste, college_id=college, valeur=valeur, votants=n)
        for (piste, college, valeur), n in total.items()
    )


def corriger_decompte(*, scrutin, par, motif=""):
    """Write a tally anew from its votes, after something other than an act has touched it; return the Scrutin.

    Raises Refus "interdit" 403.
    """
    exiger_droit(lambda: regles.est_organisateur(par, scrutin.consultation), par)
    with transaction.atomic():
        scrutin = verrouiller(scrutin)
        recompter(scrutin)
        noter(verbe="corriger_decompte", objet=scrutin, compte=par, motif=motif)
        annoncer(scrutin.espace_id, "votes")
    return scrutin


def recompter_pour(consultation_id, pistes):
    """Recount the scrutins in which someone voted on one of `pistes`, or on a piste of the same family.

    Raises Refus "vote_secret_en_cours" 409: what cannot be counted anew is not moved.
    """
    exiger_hors_vote_secret(consultation_id, pistes)
    familles = Familles.de(consultation_id)
    concernees = set().union(*(familles.membres(familles.racine(pk)) for pk in pistes), pistes)
    scrutins = Scrutin.objects.filter(
        pk__in=Voix.objects.filter(piste__in=concernees).values("scrutin_id")
    ).select_for_update(no_key=True)
    for scrutin in scrutins.order_by("pk"):
        recompter(scrutin, familles)
        annoncer(scrutin.espace_id, "votes")
