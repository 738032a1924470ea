"""What the home page shows of the moment: live rooms, next seminar, last newsletter, map of the regions."""

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ateliers import lectures as lectures_ateliers
from consultation.models import Consultation

from ..carnet import dates
from ..models import FilInfoPage, SeminairePage
from ..regions import PARENTS, REGIONS, region_de
from .synthese import syntheses_publiees

#: Seminars told on the home page: the next one whole, the others in a line.
ANNONCES = 6


@dataclass(frozen=True)
class Rendezvous:
    """The seminar or forum announced: `quand` in words, its half-days, its public page if there is one."""

    consultation: Consultation
    quand: str
    duree: str
    temps: list
    page: SeminairePage | None
    commence: bool


@dataclass(frozen=True)
class Tuile:
    """One cell of the map. `etat`: "cours", "pub", "prevu" or "venir"; `mention` says it in words."""

    nom: str
    case: str
    large: bool
    etat: str
    mention: str
    picto: str
    url: str = ""


@dataclass(frozen=True)
class Accueil:
    ateliers: list
    rendezvous: Rendezvous | None
    suivants: list
    fil: FilInfoPage | None
    tuiles: list
    legende: str


def accueil(request):
    """Return the Accueil. Nine queries at most, whatever there is to show."""
    ouverts = ateliers_ouverts()
    publiees = syntheses_publiees()
    cases = tuiles(request, publiees, ouverts)
    a_venir = seminaires_a_venir()
    return Accueil(
        ateliers=ouverts,
        rendezvous=prochain_rendezvous(a_venir),
        suivants=[_annonce(consultation) for consultation in a_venir[1:]],
        fil=dernier_fil(),
        tuiles=cases,
        legende=_legende(cases),
    )


def ateliers_ouverts():
    """Return the live rooms with `presents`, the people who came in. One query."""
    presents = Count("places_prises", filter=Q(places_prises__entre_le__isnull=False), distinct=True)
    return list(
        lectures_ateliers.en_ce_moment()
        .select_related("espace__consultation__" + PARENTS, "temps", "salle")
        .annotate(presents=presents)
    )


def seminaires_a_venir():
    """Return the seminars under way or to come, the nearest first, with `page` (public, or None). Two queries."""
    aujourdhui = timezone.localdate()
    a_venir = list(
        Consultation.objects.filter(Q(fin__gte=aujourdhui) | Q(fin__isnull=True, debut__gte=aujourdhui))
        .filter(nature=Consultation.Nature.SEMINAIRE, debut__isnull=False, repetition_generale__isnull=True)
        .exclude(etat=Consultation.Etat.CLOSE)
        .order_by("debut", "pk")[:ANNONCES]
    )
    pages = SeminairePage.objects.live().public().filter(consultation__in=a_venir)
    par_consultation = {page.consultation_id: page for page in pages}
    for consultation in a_venir:
        consultation.page = par_consultation.get(consultation.pk)
    return a_venir


def _annonce(consultation):
    """Return (seminar, its dates in words)."""
    return consultation, dates.periode(consultation.debut, consultation.fin)


def prochain_rendezvous(a_venir=None):
    """Return the first of `seminaires_a_venir`, as a Rendezvous, or None. One query more."""
    a_venir = seminaires_a_venir() if a_venir is None else a_venir
    if not a_venir:
        return None
    consultation = a_venir[0]
    jours = ((consultation.fin or consultation.debut) - consultation.debut).days + 1
    return Rendezvous(
        consultation=consultation,
        quand=dates.periode(consultation.debut, consultation.fin),
        duree=ngettext("Un jour.", "%(n)d jours.", jours) % {"n": jours},
        temps=[(temps, demi_journee(temps.debut)) for temps in consultation.temps.all()],
        page=consultation.page,
        commence=consultation.debut <= timezone.localdate(),
    )


def demi_journee(moment):
    """Return "Mardi 13 octobre, matin", or "après-midi", or "soir", in local time."""
    local = timezone.localtime(moment)
    partie = _("matin") if local.hour < 12 else _("après-midi") if local.hour < 18 else _("soir")
    return f"{dates.jour(local.date())}, {partie}"


def dernier_fil():
    """Return the newest published number, or None. One query."""
    return FilInfoPage.objects.live().public().order_by("-numero").first()


def tuiles(request, publiees, ouverts=None):
    """Return the eighteen Tuile, those with something to say first. Two queries at most.

    An open room is said before a published synthesis, and a synthesis before a date; the link to the synthesis
    stays in every case.
    """
    ouverts = ateliers_ouverts() if ouverts is None else ouverts
    parues = {}
    for page in publiees:
        if not page.d_atelier:
            parues.setdefault(region_de(page.territoire), page)
    vivantes = {region_de(atelier.espace.consultation.territoire) for atelier in ouverts}
    prevues = _prevues()
    cases = [_tuile(region, request, parues, vivantes, prevues) for region in REGIONS]
    return sorted(cases, key=lambda case: ("pub", "cours", "prevu", "venir").index(case.etat))


def _prevues():
    """Return {Region: consultation} for what is prepared or open and has no synthesis yet. One query."""
    prevues = {}
    for consultation in (
        Consultation.objects.exclude(etat=Consultation.Etat.CLOSE)
        .filter(Q(fin__isnull=True) | Q(fin__gte=timezone.localdate()), repetition_generale__isnull=True)
        .select_related(PARENTS)
        .order_by(F("debut").asc(nulls_last=True), "pk")
    ):
        prevues.setdefault(region_de(consultation.territoire), consultation)
    return prevues


def _tuile(region, request, parues, vivantes, prevues):
    page = parues.get(region)
    etat, mention, picto = "venir", _("à venir"), ""
    if region in vivantes:
        etat, mention, picto = "cours", _("atelier ouvert"), "i-horloge"
    elif page is not None:
        etat, picto = "pub", "i-ok"
        mention = ngettext("%(n)d piste publiée", "%(n)d pistes publiées", page.nombre_pistes) % {
            "n": page.nombre_pistes
        }
    elif region in prevues:
        etat, mention, picto = "prevu", _mention_prevue(prevues[region]), "d-1"
    return Tuile(
        nom=region.nom,
        case=f"g{region.y}{region.x}",
        large=region.largeur > 1,
        etat=etat,
        mention=mention,
        picto=picto,
        url=page.get_url(request) if page is not None else "",
    )


def _mention_prevue(consultation):
    quoi = _("séminaire") if consultation.nature == Consultation.Nature.SEMINAIRE else _("forum")
    if consultation.debut is None:
        return _("%(quoi)s en préparation") % {"quoi": quoi}
    if consultation.debut <= timezone.localdate():
        return _("%(quoi)s en cours") % {"quoi": quoi}
    return _("%(quoi)s en %(mois)s") % {"quoi": quoi, "mois": date_format(consultation.debut, "F")}


def _legende(cases):
    """Say the map in a sentence or two: it is not only colours."""
    parues = sum(case.etat == "pub" for case in cases)
    phrases = [_("Une case par région.")]
    if parues:
        phrases.append(
            ngettext(
                "Dans %(n)d région, la synthèse est publiée.",
                "Dans %(n)d régions, la synthèse est publiée.",
                parues,
            )
            % {"n": parues}
        )
    else:
        phrases.append(_("Aucune synthèse n’est encore publiée."))
    return " ".join(phrases)
