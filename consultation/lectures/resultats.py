"""The results of votes: the table kept at the closing of each, with pistes and colleges as they are worded now."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..decomptes import Familles
from ..models import College, Piste, Proclamation, Quorum, Scrutin
from .opinions import Opinions, dresser_opinions
from .tableaux import CollegeLu, PisteLue, Tableau, dresser
from .verdicts import regle_avant_le_vote


@dataclass(frozen=True)
class Resultats:
    """`tableau` is None until the vote is closed and shown; then it never changes but for words.

    `opinions`: the map of opinions, None until it is asked for.
    """

    scrutin: Scrutin
    tableau: Tableau | None
    opinions: Opinions | None = None

    @property
    def lignes(self):
        return self.tableau.lignes if self.tableau else ()


def resultats(scrutin):
    """Return the Resultats of one scrutin: see `tous_resultats`."""
    return tous_resultats([scrutin])[scrutin.pk]


def tous_resultats(scrutins, seulement=None, tues=frozenset()):
    """Return {scrutin id: Resultats}, in three queries whatever the size, none when nothing is shown.

    `seulement`: as in `pistes_lues`; the lines of the others are left out. `tues`: pistes whose words are not
    told.
    """
    clos = [scrutin for scrutin in scrutins if scrutin.est_montre]
    tables = _tables(clos) if clos else {}
    consultations = {scrutin.consultation_id for scrutin in clos}
    pistes, colleges = (pistes_lues(consultations, seulement), _colleges(consultations)) if tables else ({}, {})
    pistes |= {pk: replace(pistes[pk], texte="") for pk in tues if pk in pistes}
    return {
        scrutin.pk: _resultats(scrutin, *tables[scrutin.pk], pistes, colleges[scrutin.consultation_id])
        if scrutin.pk in tables
        else Resultats(scrutin, None)
        for scrutin in scrutins
    }


def _resultats(scrutin, table, opinions, pistes, colleges):
    tableau = _dresser(_Matiere.de(table, pistes, colleges, scrutin))
    return Resultats(scrutin, tableau, dresser_opinions(opinions, pistes))


@dataclass(frozen=True)
class _Matiere:
    """All that a Tableau is made of; two that say the same, in one language, are equal."""

    cle: bytes
    faits: dict = field(compare=False)

    @classmethod
    def de(cls, table, pistes, colleges, scrutin):
        axes = {p.axe.pk: p.axe for p in pistes.values() if p.axe}
        axes = [[getattr(axe, champ.attname) for champ in axe._meta.concrete_fields] for axe in axes.values()]
        dites = [(p.id, p.numero, p.texte, p.ecartee, p.note, p.axe and p.axe.pk) for p in pistes.values()]
        cle = repr((table, dites, axes, colleges, scrutin.pk, scrutin.titre, get_language()))
        faits = {"pistes": pistes, "colleges": colleges, "scrutin": scrutin.pk, "titre": scrutin.titre}
        return cls(hashlib.sha256(cle.encode()).digest(), {"table": table, **faits})


@lru_cache(maxsize=8)
def _dresser(matiere):
    """The Tableau of a _Matiere, kept: of two thousand pistes it takes a third of a second to make."""
    return dresser(**matiere.faits)


def _tables(clos):
    """{scrutin id: (its table, its map of opinions or None)}."""
    lues = Proclamation.objects.filter(scrutin__in=clos).values_list("scrutin_id", "tableau", "opinions")
    return {pk: (table, opinions) for pk, table, opinions in lues}


def pistes_lues(consultations, seulement=None):
    """Return {id: PisteLue} of every piste of `consultations`, each with what became of it. One query.

    `seulement`: only these ids, which must be whole families.
    """
    pistes = Piste.objects.filter(consultation__in=consultations)
    pistes = pistes if seulement is None else pistes.filter(pk__in=seulement)
    toutes = pistes.select_related("axe").in_bulk()
    familles = Familles.des(toutes.values())
    return {
        pk: PisteLue(
            pk,
            piste.numero,
            piste.texte,
            piste.etat == Piste.Etat.ECARTEE,
            _note(toutes[familles.racine(pk)].numero) if familles.racine(pk) != pk else "",
            piste.axe,
        )
        for pk, piste in toutes.items()
    }


def _note(numero):
    return _("Jointe depuis à la piste n° %(numero)d. Voici son résultat, seule.") % {"numero": numero}


def _colleges(consultations):
    lus = defaultdict(list)
    for college in College.objects.filter(consultation__in=consultations):
        lus[college.consultation_id].append(CollegeLu(college.pk, college.nom, college.nom_court, college.signe))
    return lus


def regle_du_scrutin(scrutin):
    """Return how a vote will be counted, in plain French, before it is cast. One query."""
    quorums = list(Quorum.objects.filter(scrutin=scrutin).select_related("college").order_by("college__ordre"))
    return regle_avant_le_vote(
        {
            "tour": 2 if scrutin.precedent_id else 1,
            "mode": scrutin.mode,
            "places": scrutin.places,
            "secret": scrutin.secret,
            "regle": scrutin.regle,
            "seuil": scrutin.seuil,
            "quorum": scrutin.quorum_gommettes,
            "quorums": [
                {"college": str(q.college_id), "votants_min": q.votants_min, "part_min": q.part_min}
                for q in quorums
            ],
        },
        {str(q.college_id): q.college.nom_court for q in quorums},
    )


def pistes_du_scrutin(scrutin):
    """Return the pistes that stand for those put to the vote, by number, in two queries.

    A joined piste is stood for by the one it was joined into. A piste set aside is listed only if it was itself
    put to the vote; what an undone regroupement left behind is not.
    """
    toutes = Piste.objects.filter(consultation=scrutin.consultation_id).select_related("axe").in_bulk()
    familles = Familles.des(toutes.values())
    siennes = set(Scrutin.pistes.through.objects.filter(scrutin=scrutin).values_list("piste_id", flat=True))
    racines = {familles.racine(pk) for pk in siennes}
    debout = [toutes[pk] for pk in racines if pk in siennes or toutes[pk].etat != Piste.Etat.ECARTEE]
    return sorted(debout, key=lambda piste: piste.numero)
