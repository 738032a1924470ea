"""What a scrutin gave: for all, by college, with its verdicts; withheld where it would tell who chose what."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import decomptes
from ..models import Bulletin, College, Decompte, Piste, Quorum, Scrutin
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
    """Return the Resultats of one scrutin: see `tous_resultats`."""
    return tous_resultats([scrutin])[scrutin.pk]


def tous_resultats(scrutins):
    """Return {scrutin id: Resultats}: 3 queries while nothing is closed, 6 otherwise, whatever the size.

    Agreement under the rules by college is withheld (None) when a college is masked: with the totals, it would
    make a second equation from which two masked colleges could be told apart.
    """
    colleges, votants, quorums = _colleges(scrutins), _votants(scrutins), _quorums(scrutins)
    clos = [scrutin for scrutin in scrutins if scrutin.etat == Scrutin.Etat.CLOS]
    valeurs, tenues = (_valeurs(clos), _pistes_tenues(clos)) if clos else ({}, {})
    return {
        scrutin.pk: _resultats(
            scrutin,
            colleges[scrutin.consultation_id],
            votants[scrutin.pk],
            quorums[scrutin.pk],
            valeurs.get(scrutin.pk, {}),
            tenues.get(scrutin.pk, []),
        )
        for scrutin in scrutins
    }


def _resultats(scrutin, colleges, votants, quorums, valeurs, tenues):
    votants = {college.pk: votants.get(college.pk, 0) for college in colleges}
    caches = decomptes.masques(votants)
    lus = [ResultatCollege(c, c.inscrits, votants[c.pk], c.pk in caches) for c in colleges]
    secrets = decomptes.totaux_secrets(votants)
    return Resultats(
        scrutin=scrutin,
        votants=sum(votants.values()),
        colleges=lus,
        pistes=[] if secrets else _pistes(scrutin, tenues, valeurs, votants, caches, quorums),
        mode=scrutin.mode,
        regle=scrutin.regle,
        masques=bool(caches),
        explication=_explication(scrutin, secrets, lus),
        regle_en_clair=regle_en_clair(scrutin, quorums),
    )


def _colleges(scrutins):
    """{consultation id: its colleges in order, each with `.inscrits`}"""
    connus = Count("participants", filter=Q(participants__efface_le__isnull=True))
    lus = defaultdict(list)
    for college in College.objects.filter(consultation__in={s.consultation_id for s in scrutins}).annotate(
        inscrits=connus
    ):
        lus[college.consultation_id].append(college)
    return lus


def _votants(scrutins):
    """{scrutin id: {college id: voters}}"""
    lus = defaultdict(dict)
    lignes = Bulletin.objects.filter(scrutin__in=scrutins).order_by().values_list("scrutin_id", "college_id")
    for scrutin, college, n in lignes.annotate(n=Count("pk")):
        lus[scrutin][college] = n
    return lus


def _quorums(scrutins):
    lus = defaultdict(list)
    for quorum in Quorum.objects.filter(scrutin__in=scrutins).select_related("college").order_by("college__ordre"):
        lus[quorum.scrutin_id].append(quorum)
    return lus


def _valeurs(scrutins):
    """{scrutin id: {piste id: {college id: Counter of values}}}"""
    lus = defaultdict(lambda: defaultdict(lambda: defaultdict(Counter)))
    lignes = Decompte.objects.filter(scrutin__in=scrutins, votants__gt=0)
    for scrutin, piste, college, valeur, n in lignes.values_list(
        "scrutin_id", "piste_id", "college_id", "valeur", "votants"
    ):
        lus[scrutin][piste][college][valeur] = n
    return lus


def _explication(scrutin, secrets, colleges):
    if scrutin.etat != Scrutin.Etat.CLOS:
        return _("Les résultats seront montrés quand le vote sera clos.")
    if secrets:
        return _("Moins de 5 personnes ont voté. Pour protéger leur choix, le résultat n’est pas montré.")
    noms = [c.college.nom_court for c in colleges if c.masque]
    if not noms:
        return ""
    dit = ngettext(
        "Le détail de ce collège n’est pas montré : {noms}. Trop peu de personnes y ont voté.",
        "Le détail de ces collèges n’est pas montré : {noms}. Trop peu de personnes y ont voté.",
        len(noms),
    ).format(noms=", ".join(noms))
    if scrutin.regle == Scrutin.Regle.PERSONNES:
        return dit
    return dit + " " + _("Dans la règle du vote, ils comptent ensemble, comme un seul collège.")


def _pistes(scrutin, tenues, valeurs, votants, caches, quorums):
    lus = [_resultat(scrutin, piste, valeurs.get(piste.pk, {}), votants, caches, quorums) for piste in tenues]
    return sorted(lus, key=lambda r: (-_rang(scrutin, r), r.piste.numero))


def _rang(scrutin, resultat):
    """Agreement orders adhésion; dots order gommettes. A withheld agreement orders nothing: points do."""
    if resultat.accord is not None and scrutin.mode == Scrutin.Mode.ADHESION:
        return resultat.accord
    return resultat.points


def pistes_du_scrutin(scrutin):
    """Return the pistes that stand for those put to the vote, by number, in two queries.

    A joined piste is stood for by the one it was joined into. A piste set aside is listed only if it was itself
    put to the vote; what an undone regroupement left behind is not.
    """
    return _pistes_tenues([scrutin])[scrutin.pk]


def _pistes_tenues(scrutins):
    """{scrutin id: the pistes that stand, by number}, in two queries."""
    consultations = {scrutin.consultation_id for scrutin in scrutins}
    toutes = Piste.objects.filter(consultation__in=consultations).select_related("axe").in_bulk()
    familles = decomptes.Familles({pk: piste.fusionnee_dans_id for pk, piste in toutes.items()})
    choisies = {scrutin.pk: set() for scrutin in scrutins}
    liens = Scrutin.pistes.through.objects.filter(scrutin__in=scrutins)
    for scrutin_id, piste_id in liens.values_list("scrutin_id", "piste_id"):
        choisies[scrutin_id].add(piste_id)
    tenues = {}
    for scrutin_id, siennes in choisies.items():
        racines = {familles.racine(pk) for pk in siennes}
        debout = [toutes[pk] for pk in racines if pk in siennes or toutes[pk].etat != Piste.Etat.ECARTEE]
        tenues[scrutin_id] = sorted(debout, key=lambda piste: piste.numero)
    return tenues


def _resultat(scrutin, piste, par_college, votants, caches, quorums):
    ensemble = decomptes.ensemble(par_college.values())
    part, parts = decomptes.accord(scrutin, par_college, votants, caches)
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
