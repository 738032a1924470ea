"""What the desk shows of subscribers and of sendings."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation.models import Journal
from consultation.textes import plier
from contenus.lectures.fil import numeros
from contenus.regions import REGIONS

from . import regles
from .models import Abonnement, Destinataire, Envoi

E = Destinataire.Etat
#: Recipients shown on one page.
MONTRES = 100
#: Letters of the proof that someone should look at.
A_REGARDER = [E.REFUSEE, E.REVENUE, E.SANS_REPONSE]


@dataclass(frozen=True)
class Compte:
    """Addresses, by what they may receive. `jamais`: forgotten since the first day, never confirmed.

    `partis`, `nouveaux`: since the last sending began, or None before the first.
    """

    confirmes: int
    en_attente: int
    rappeles: int
    morts: int
    jamais: int
    partis: int | None
    nouveaux: int | None
    dernier: Envoi | None


def compte():
    """Return the Compte of all addresses. Four queries."""
    oui = Q(confirme_le__isnull=False)
    lus = Abonnement.objects.aggregate(
        confirmes=Count("pk", filter=oui & Q(mort_le=None)),
        en_attente=Count("pk", filter=~oui),
        rappeles=Count("pk", filter=~oui & Q(rappel_le__isnull=False)),
        morts=Count("pk", filter=Q(mort_le__isnull=False)),
    )
    oublis = Journal.objects.filter(verbe="oublier_abonnements").values_list("details", flat=True)
    jamais = sum(details.get("jamais_confirmes", 0) for details in oublis)
    dernier = Envoi.objects.filter(lance_le__isnull=False).order_by("-lance_le").first()
    partis = nouveaux = None
    if dernier is not None:
        partis = Journal.objects.filter(verbe="se_desabonner", le__gt=dernier.lance_le).count()
        nouveaux = Abonnement.objects.filter(oui, confirme_le__gt=dernier.lance_le).count()
    return Compte(**lus, jamais=jamais, partis=partis, nouveaux=nouveaux, dernier=dernier)


@dataclass(frozen=True)
class Region:
    code: str
    nom: str
    chaque: int
    alterne: int

    @property
    def total(self):
        return self.chaque + self.alterne


def par_region(abonnements):
    """Return a Region for each that someone chose, all regions first, from the largest. One query."""
    alterne = Count("pk", filter=Q(frequence=Abonnement.Frequence.ALTERNE))
    lues = abonnements.order_by().values("region").annotate(tous=Count("pk"), alterne=alterne)
    noms = {region.code: region.nom for region in REGIONS}
    regions = [
        Region(r["region"], noms.get(r["region"], ""), r["tous"] - r["alterne"], r["alterne"]) for r in lues
    ]
    return sorted(regions, key=lambda region: (region.code != "", -region.total, plier(region.nom)))


@dataclass(frozen=True)
class Numero:
    """A published number and its sending, if its list was frozen."""

    page: object
    envoi: Envoi | None


def numeros_a_envoyer():
    """Return the Numero of each published number, newest first. Two queries."""
    envois = {envoi.numero: envoi for envoi in Envoi.objects.all()}
    return [Numero(page, envois.get(page.numero)) for page in numeros()]


def qui_recevrait(page, regions):
    """Return those a number would go to if its list were frozen now, unread."""
    avant = Envoi.objects.filter(numero__lt=page.numero, lance_le__isnull=False).first()
    return regles.recoivent(Abonnement.objects.all(), avant, regions)


@dataclass(frozen=True)
class Bilan:
    """The letters of a sending, by state; they add up to `total`. `attendent`: asked by a server to wait."""

    total: int
    remises: int
    revenues: int
    refusees: int
    sans_reponse: int
    retirees: int
    restent: int
    attendent: int

    @property
    def a_regarder(self):
        return self.revenues + self.refusees + self.sans_reponse

    @property
    def faites(self):
        return self.total - self.restent


def bilan(envoi):
    """Return the Bilan of a sending. One query."""
    lus = dict(envoi.destinataires.order_by().values_list("etat").annotate(n=Count("pk")))
    total = sum(lus.values())
    finis = [lus.get(e, 0) for e in (E.REMISE, E.REVENUE, E.REFUSEE, E.SANS_REPONSE, E.RETIREE)]
    attendent = envoi.destinataires.filter(etat=E.ATTENTE, essais__gt=0).count()
    return Bilan(total, *finis, restent=total - sum(finis), attendent=attendent)


def qui_attend(envoi):
    """Return [(domain, words of its server, letters, hour of the next try)] of those who ask to wait."""
    lues = envoi.destinataires.filter(etat=E.ATTENTE, essais__gt=0).exclude(mots="")
    dites = {}
    for lettre in lues.order_by("prochain_le")[:500]:
        mots, n, quand = dites.get(lettre.domaine, (lettre.mots, 0, lettre.prochain_le))
        dites[lettre.domaine] = (mots, n + 1, quand)
    return [(domaine, *dit) for domaine, dit in dites.items()][:5]


def a_regarder(envoi):
    return envoi.destinataires.filter(etat__in=A_REGARDER).select_related("abonnement")[:MONTRES]


def trois_abonnes(envoi):
    """Return up to three real subscribers of a list who do not receive the same: a region, all, text alone."""
    siens = Abonnement.objects.filter(lettres__envoi=envoi).order_by("pk")
    sortes = [
        siens.exclude(region="").filter(forme="images"),
        siens.filter(region="", forme="images"),
        siens.filter(forme="texte"),
    ]
    trouves = [abonne for sorte in sortes if (abonne := sorte.first())]
    return (trouves + [a for a in siens[:3] if a not in trouves])[:3]


def preuve(envoi):
    """Return (title, headers, rows) of the proof: one row for each letter."""
    entetes = (_("Adresse"), _("Ce qui s’est passé"), _("Le"), _("Les mots du serveur"), _("Essais"))
    lignes = [
        (
            lettre.courriel,
            lettre.get_etat_display(),
            f"{timezone.localtime(lettre.fait_le):%d/%m/%Y %H:%M:%S}" if lettre.fait_le else "",
            lettre.mots,
            lettre.essais,
        )
        for lettre in envoi.destinataires.all()
    ]
    return str(envoi), entetes, lignes
