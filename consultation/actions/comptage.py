"""Tallies: added to with each vote, written anew when pistes are joined, taken apart, or found wrong."""

from itertools import chain

from django.db import connection, transaction

from .. import regles
from ..decomptes import Familles, attendus
from ..models import Decompte, Scrutin, Voix
from ..requetes import par_lots, places
from .gardes import annoncer, exiger_droit, noter, verrouiller
from .secret import exiger_hors_vote_secret

#: A count as it stands, and what is added to it: one statement, whatever was there. VALUES calls its columns so
#: on both databases. The sum is made first: what is inserted must keep the rule that no count is below nought.
_AJOUTER = """
INSERT INTO consultation_decompte (scrutin_id, piste_id, college_id, valeur, votants)
SELECT %s, n.column1, n.column2, n.column3, n.column4 + COALESCE(d.votants, 0)
FROM (VALUES {}) AS n LEFT JOIN consultation_decompte AS d
ON d.scrutin_id = %s AND d.piste_id = n.column1 AND d.college_id = n.column2 AND d.valeur = n.column3
WHERE true
ON CONFLICT (scrutin_id, piste_id, college_id, valeur) DO UPDATE SET votants = EXCLUDED.votants
"""


def ajouter_au_decompte(scrutin, ecarts):
    """Add differences to the tally: one query, whatever the number of votes stored. The scrutin is locked."""
    with connection.cursor() as curseur:
        for lot in par_lots([(*cle, n) for cle, n in ecarts.items() if n], 4):
            curseur.execute(_AJOUTER.format(places(lot, 4)), [scrutin.pk, *chain.from_iterable(lot), scrutin.pk])


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
