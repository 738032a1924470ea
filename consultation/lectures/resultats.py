"""What a scrutin gave: for all, by college, with its verdicts; withheld where it would tell who chose what."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import decomptes
from ..models import Bulletin, College, Decompte, Participant, Piste, Scrutin
from .verdicts import juger, regle_en_clair


@dataclass(frozen=True)
class PartCollege:
    """One college's part in a piste. When `masque`, the figures are 0 and {} and mean nothing."""

    points: int = 0
    votants: int = 0
    valeurs: dict = field(default_factory=dict)
    masque: bool = False
    accord: int | None = None


@dataclass(frozen=True)
class ResultatCollege:
    """A college in the scrutin: people known of in the consultation, and voters. `masque`: choices withheld."""

    college: College
    inscrits: int
    votants: int
    masque: bool


@dataclass(frozen=True)
class ResultatPiste:
    """A piste that stands (joined ones counted in it). `points`: dots, or people who agree; `accord` in %."""

    piste: Piste
    points: int
    votants: int
    accord: int | None
    par_college: dict
    verdict: str
    motif: str
    precision: str = ""


@dataclass(frozen=True)
class Resultats:
    """`pistes` is empty until the scrutin is closed; `explication` says why something is withheld, or is ""."""

    scrutin: Scrutin
    votants: int
    colleges: list
    pistes: list
    mode: str
    regle: str
    masques: bool
    explication: str
    regle_en_clair: str


def resultats(scrutin):
    """Return the Resultats of a scrutin: 2 queries while it is open, 5 once closed, whatever its size.

    Agreement under "colleges_egaux" is withheld (None) when a college is masked: with the totals, it would make a
    second equation from which two masked colleges could be told apart.
    """
    colleges = _colleges(scrutin)
    votants = {ligne.college.pk: ligne.votants for ligne in colleges}
    caches = decomptes.masques(votants)
    colleges = [ResultatCollege(c.college, c.inscrits, c.votants, c.college.pk in caches) for c in colleges]
    secrets = decomptes.totaux_secrets(votants)
    quorums = list(scrutin.quorums.select_related("college"))
    clos = scrutin.etat == Scrutin.Etat.CLOS
    return Resultats(
        scrutin=scrutin,
        votants=sum(votants.values()),
        colleges=colleges,
        pistes=_pistes(scrutin, colleges, caches, quorums) if clos and not secrets else [],
        mode=scrutin.mode,
        regle=scrutin.regle,
        masques=bool(caches),
        explication=_explication(clos, secrets, colleges),
        regle_en_clair=regle_en_clair(scrutin, quorums),
    )


def _explication(clos, secrets, colleges):
    if not clos:
        return _("Les résultats seront montrés quand le vote sera clos.")
    if secrets:
        return _("Moins de 5 personnes ont voté. Pour protéger leur choix, le résultat n’est pas montré.")
    noms = [c.college.nom_court for c in colleges if c.masque]
    if not noms:
        return ""
    return ngettext(
        "Le détail de ce collège n’est pas montré\u202f: {noms}. Trop peu de personnes y ont voté.",
        "Le détail de ces collèges n’est pas montré\u202f: {noms}. Trop peu de personnes y ont voté.",
        len(noms),
    ).format(noms=", ".join(noms))


def _colleges(scrutin):
    def compte(lignes):
        comptees = lignes.filter(college=OuterRef("pk")).order_by().values("college").annotate(n=Count("pk"))
        return Coalesce(Subquery(comptees.values("n"), output_field=IntegerField()), 0)

    connus = Participant.objects.filter(efface_le__isnull=True)
    lus = College.objects.filter(consultation_id=scrutin.consultation_id).annotate(
        inscrits=compte(connus), votants=compte(Bulletin.objects.filter(scrutin=scrutin))
    )
    return [ResultatCollege(c, c.inscrits, c.votants, False) for c in lus]


def _pistes(scrutin, colleges, caches, quorums):
    valeurs = defaultdict(lambda: defaultdict(Counter))
    lignes = Decompte.objects.filter(scrutin=scrutin, votants__gt=0)
    for piste, college, valeur, n in lignes.values_list("piste_id", "college_id", "valeur", "votants"):
        valeurs[piste][college][valeur] = n
    votants = {c.college.pk: c.votants for c in colleges}
    lus = [
        _resultat(scrutin, piste, valeurs[piste.pk], votants, caches, quorums)
        for piste in pistes_du_scrutin(scrutin)
    ]
    return sorted(lus, key=lambda r: (-_rang(r), r.piste.numero))


def _rang(resultat):
    """Agreement orders adhésion; dots order gommettes. A withheld agreement orders nothing: points do."""
    if resultat.accord is not None and resultat.piste.mode_du_scrutin == Scrutin.Mode.ADHESION:
        return resultat.accord
    return resultat.points


def pistes_du_scrutin(scrutin):
    """Return the pistes that stand for those put to the vote, by number, in two queries.

    A joined piste is stood for by the one it was joined into. A piste set aside is listed only if it was itself
    put to the vote; what an undone regroupement left behind is not.
    """
    toutes = {p.pk: p for p in Piste.objects.filter(consultation_id=scrutin.consultation_id).select_related("axe")}
    choisies = set(scrutin.pistes.through.objects.filter(scrutin=scrutin).values_list("piste_id", flat=True))
    familles = decomptes.Familles({pk: piste.fusionnee_dans_id for pk, piste in toutes.items()})
    racines = {familles.racine(pk) for pk in choisies}
    tenues = [toutes[pk] for pk in racines if pk in choisies or toutes[pk].etat != Piste.Etat.ECARTEE]
    for piste in tenues:
        piste.mode_du_scrutin = scrutin.mode
    return sorted(tenues, key=lambda p: p.numero)


def _resultat(scrutin, piste, par_college, votants, caches, quorums):
    ensemble = Counter()
    for valeurs in par_college.values():
        ensemble.update(valeurs)
    part, parts = decomptes.accord(scrutin, par_college, votants)
    verdict, motif, precision = juger(scrutin, piste, par_college, votants, (part, parts), quorums, caches)
    cachee = bool(caches) and scrutin.regle != Scrutin.Regle.PERSONNES
    return ResultatPiste(
        piste=piste,
        points=decomptes.points(scrutin.mode, ensemble),
        votants=sum(ensemble.values()),
        accord=None if part is None or cachee else round(100 * part),
        par_college={
            college: PartCollege(masque=True) if college in caches else _part(scrutin, par_college, college, parts)
            for college in votants
        },
        verdict=verdict,
        motif=motif,
        precision=precision,
    )


def _part(scrutin, par_college, college, parts):
    valeurs = dict(par_college.get(college, {}))
    part = parts.get(college)
    return PartCollege(
        points=decomptes.points(scrutin.mode, valeurs),
        votants=sum(valeurs.values()),
        valeurs=valeurs,
        accord=None if part is None else round(100 * part),
    )
