"""What became of a proposition: the trail from someone's words to the published synthesis."""

from dataclasses import dataclass

from django.db.models import Q

from ..decomptes import Familles
from ..models import (
    LigneRegroupement,
    LigneSynthese,
    MiseDeCote,
    PhraseSynthese,
    Piste,
    PisteReprise,
    Proposition,
    Regroupement,
    Scrutin,
    Synthese,
)
from .regions import en_regions
from .resultats import tous_resultats
from .suites import histoire_des_suites
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

    `proposition` is None when a piste is followed, and `soeurs` are then all those it was born of.

    `regroupements`: the acts, undone ones included, oldest first, that moved the proposition or its pistes.
    `reprises`: the plenaries whose list it stands in, oldest first, each with its espace.
    `phrases`, `lignes` and `syntheses` are the published ones; `en_redaction` counts drafts that cite the piste.
    `mises_de_cote`: the syntheses that leave it out on purpose, with why; `desaccords`: what its author answered,
    {MiseDeCote id, or None for the piste: Desaccord}.
    """

    proposition: Proposition | None
    piste: Piste | None
    regroupements: list
    soeurs: list
    reprises: list
    votes: list
    phrases: list
    lignes: list
    syntheses: list
    en_redaction: int
    suites: list
    mises_de_cote: list
    desaccords: dict
    en_regions: list

    @property
    def espace_id(self):
        """Where it comes from."""
        return (self.proposition or self.piste).espace_id


def devenir(proposition):
    """Return the Devenir of a proposition, in a constant number of queries (at most 23)."""
    familles = Familles.de(proposition.consultation_id)
    chemin = familles.chemin(proposition.piste_id)
    racine_id = chemin[-1] if chemin else None
    famille = familles.membres(racine_id) if racine_id else set()
    souches = familles.souches(racine_id) if racine_id else set()
    concernes = Q(proposition=proposition) | Q(piste__in=chemin)
    return _devenir(proposition, racine_id, famille, souches, concernes)


def devenir_de_piste(piste):
    """Return the Devenir of a piste: of all that was gathered into the one that stands for it. As many queries."""
    familles = Familles.de(piste.consultation_id)
    racine_id = familles.racine(piste.pk)
    famille = familles.membres(racine_id)
    return _devenir(None, racine_id, famille, familles.souches(racine_id), Q(regroupement__piste__in=famille))


def _devenir(proposition, racine_id, famille, souches, concernes):
    lignes, phrases = _citations(proposition, famille)
    publiee = Synthese.Etat.PUBLIEE
    citantes = {cite.section.synthese for cite in (*lignes, *phrases)}
    return Devenir(
        proposition=proposition,
        piste=Piste.objects.select_related("axe", "espace").get(pk=racine_id) if racine_id else None,
        regroupements=_regroupements(concernes),
        soeurs=_soeurs(proposition, souches),
        reprises=_reprises(famille),
        votes=_votes(famille),
        phrases=[p for p in phrases if p.section.synthese.etat == publiee],
        lignes=[ligne for ligne in lignes if ligne.section.synthese.etat == publiee],
        syntheses=sorted((s for s in citantes if s.etat == publiee), key=lambda s: s.pk),
        en_redaction=sum(s.etat != publiee for s in citantes),
        suites=histoire_des_suites(famille) if famille else [],
        mises_de_cote=_mises_de_cote(proposition, citantes),
        desaccords=_desaccords(proposition, famille),
        en_regions=en_regions(famille) if famille else [],
    )


def _mises_de_cote(proposition, citantes):
    if proposition is None:
        return []
    mises = MiseDeCote.objects.filter(proposition=proposition).exclude(synthese__in=citantes)
    return list(mises.select_related("synthese").order_by("pk"))


def _desaccords(proposition, famille):
    if proposition is None:
        return {}
    siens = proposition.desaccords.all()
    return {d.mise_de_cote_id: d for d in siens if d.mise_de_cote_id or d.piste_id in famille}


def _regroupements(concernes):
    lignes = LigneRegroupement.objects.filter(concernes)
    actes = Regroupement.objects.filter(pk__in=lignes.values("regroupement_id"))
    return list(actes.select_related("piste", "par").order_by("pk"))


def _soeurs(proposition, souches):
    if not souches:
        return []
    soeurs = Proposition.objects.affichees().filter(piste__in=souches)
    if proposition is not None:
        soeurs = soeurs.exclude(pk=proposition.pk)
    return list(soeurs.select_related("college", "auteur").order_by("pk"))


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
    citees = Q(pistes__in=famille)
    if proposition is not None:
        citees |= Q(propositions=proposition)
    lignes = LigneSynthese.objects.filter(citees)
    siennes = Q(pistes__in=famille) | (Q(proposition=proposition) if proposition else Q())
    phrases = PhraseSynthese.objects.filter(siennes)
    avec = ("section__synthese", "section__axe")
    return (
        list(lignes.select_related(*avec).distinct().order_by("section__ordre", "ordre", "pk")),
        list(phrases.select_related(*avec).distinct().order_by("section__ordre", "ordre", "pk")),
    )
