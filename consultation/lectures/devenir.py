"""What became of a proposition: the trail from someone's words to the published synthesis."""

from dataclasses import dataclass

from django.db.models import Q

from ..decomptes import Familles
from ..models import (
    LigneRegroupement,
    LigneSynthese,
    PhraseSynthese,
    Piste,
    PisteReprise,
    Proposition,
    Regroupement,
    Scrutin,
    Synthese,
)
from .resultats import tous_resultats
from .tableaux import Tableau


@dataclass(frozen=True)
class Vote:
    """A scrutin the piste was put to. `tableau` is None until it closes; `lignes` are those of its family in it:
    several when pistes were joined after the vote, none when nothing is shown."""

    scrutin: Scrutin
    tableau: Tableau | None
    lignes: list


@dataclass(frozen=True)
class Devenir:
    """`piste` is the one that stands today, or None; `soeurs` the other shown propositions it was born of.

    `regroupements`: the acts, undone ones included, oldest first, that moved the proposition or its pistes.
    `reprises`: the plenaries whose list it stands in, oldest first, each with its espace.
    `phrases`, `lignes` and `syntheses` are the published ones; `en_redaction` counts drafts that cite the piste.
    """

    proposition: Proposition
    piste: Piste | None
    regroupements: list
    soeurs: list
    reprises: list
    votes: list
    phrases: list
    lignes: list
    syntheses: list
    en_redaction: int


def devenir(proposition):
    """Return the Devenir of a proposition, in a constant number of queries (at most 16)."""
    familles = Familles.de(proposition.consultation_id)
    chemin = familles.chemin(proposition.piste_id)
    racine_id = chemin[-1] if chemin else None
    famille = familles.membres(racine_id) if racine_id else set()
    lignes, phrases = _citations(proposition, famille)
    publiee = Synthese.Etat.PUBLIEE
    citantes = {cite.section.synthese for cite in (*lignes, *phrases)}
    return Devenir(
        proposition=proposition,
        piste=Piste.objects.select_related("axe", "espace").get(pk=racine_id) if racine_id else None,
        regroupements=_regroupements(proposition, chemin),
        soeurs=_soeurs(proposition, famille),
        reprises=_reprises(famille),
        votes=_votes(famille),
        phrases=[p for p in phrases if p.section.synthese.etat == publiee],
        lignes=[ligne for ligne in lignes if ligne.section.synthese.etat == publiee],
        syntheses=sorted((s for s in citantes if s.etat == publiee), key=lambda s: s.pk),
        en_redaction=sum(s.etat != publiee for s in citantes),
    )


def _regroupements(proposition, chemin):
    concernes = LigneRegroupement.objects.filter(Q(proposition=proposition) | Q(piste__in=chemin))
    actes = Regroupement.objects.filter(pk__in=concernes.values("regroupement_id"))
    return list(actes.select_related("piste", "par").order_by("pk"))


def _soeurs(proposition, famille):
    if not famille:
        return []
    soeurs = Proposition.objects.affichees().filter(piste__in=famille).exclude(pk=proposition.pk)
    return list(soeurs.select_related("college").order_by("pk"))


def _reprises(famille):
    """One line for each espace that took the piste, or one of its family, over."""
    lignes = PisteReprise.objects.filter(piste__in=famille).select_related("espace").order_by("pk")
    return list({ligne.espace_id: ligne for ligne in reversed(lignes)}.values())[::-1] if famille else []


def _votes(famille):
    if not famille:
        return []
    scrutins = list(Scrutin.objects.filter(pistes__in=famille).distinct().order_by("pk"))
    if not scrutins:
        return []
    return [
        Vote(lus.scrutin, lus.tableau, [ligne for ligne in lus.lignes if famille & set(ligne.membres)])
        for lus in tous_resultats(scrutins).values()
    ]


def _citations(proposition, famille):
    """Rows and sentences that rest on the family of its piste, and rows that cite the proposition itself."""
    lignes = LigneSynthese.objects.filter(Q(pistes__in=famille) | Q(propositions=proposition))
    phrases = PhraseSynthese.objects.filter(pistes__in=famille)
    avec = ("section__synthese", "section__axe")
    return (
        list(lignes.select_related(*avec).distinct().order_by("section__ordre", "ordre", "pk")),
        list(phrases.select_related(*avec).distinct().order_by("section__ordre", "ordre", "pk")),
    )
