"""What is printed before the day: a badge for each person, a poster for each workshop."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext as _

from consultation.models import Journal, Participant
from consultation.pliage import par_personne
from consultation.textes import espacer_code, nettoyer_ligne

from ..models import Atelier, Attente, Place


@dataclass(frozen=True)
class PlaceImprimee:
    """A workshop as a badge names it. `temps` is the half-day's title, `salle` may be empty."""

    titre: str
    temps: str
    salle: str


@dataclass(frozen=True)
class Badge:
    """`signe` is the college's sign ("salaries", "permanents"…). `adresse` is absolute and opens `/moi/`."""

    participant_id: int
    prenom: str
    nom: str
    college: str
    college_court: str
    signe: str
    structure: str
    ateliers: tuple[PlaceImprimee, ...]
    code: str
    code_lisible: str
    adresse: str


@dataclass(frozen=True)
class Affiche:
    """A poster for a wall. `debut`, `fin`: aware datetimes. `adresse` is absolute and opens the welcome form."""

    atelier_id: int
    titre: str
    question: str
    nature: str
    temps: str
    debut: object
    fin: object
    salle: str
    acces: str
    code: str
    code_lisible: str
    adresse: str


#: As laid out in contenus/impression/gabarits/badges.typ.
BADGES_PAR_FEUILLE = 5
ORDRES = {
    "college": ("college__ordre", "college_id", *par_personne(), "pk"),
    "structure": (F("structure__nom__plie").asc(nulls_last=True), "structure_id", *par_personne(), "pk"),
}


def badges(consultation, participants=None, ordre="college"):
    """Return the badges of those who have a personal code, in one of ORDRES, then by name. Two queries.

    `participants`: ids to keep (for printing one badge again), None for everyone registered or walked in.
    """
    gens = _porteurs(consultation).select_related("college", "structure").order_by(*ORDRES[ordre])
    if participants is not None:
        gens = gens.filter(pk__in=participants)
    places = _places(consultation)
    return [_badge(personne, places[personne.pk]) for personne in gens]


def sans_prenom_lisible(consultation):
    """Return the people whose badge comes out with a stand-in: their first name shows nothing. One query."""
    gens = _porteurs(consultation).select_related("college")
    return [personne for personne in gens if not nettoyer_ligne(personne.prenom)]


def _porteurs(consultation):
    """Those who wear a badge: everyone with a code, but cards, sheets and rehearsals, which are nobody's."""
    sans_badge = [
        Participant.Origine.PAPIER,
        Participant.Origine.BULLETIN,
        Participant.Origine.GRILLE,
        Participant.Origine.SIMULATION,
    ]
    gens = Participant.objects.filter(consultation=consultation, efface_le__isnull=True)
    return gens.exclude(code_personnel=None).exclude(origine__in=sans_badge)


def a_convoquer_sur_papier(consultation):
    """Return the registered people who left no e-mail, by name, with their seats and waits. Three queries."""
    gens = _porteurs(consultation).filter(origine=Participant.Origine.INSCRIPTION, adresse=None)
    ou = ("atelier__espace", "atelier__temps", "atelier__salle")
    places = Place.objects.select_related(*ou).order_by("atelier__temps__debut", "pk")
    attentes = Attente.objects.select_related("atelier__espace").order_by("pk")
    return gens.order_by(*ORDRES["college"]).prefetch_related(
        Prefetch("places", queryset=places), Prefetch("attentes", queryset=attentes)
    )


def badges_a_imprimer(consultation):
    """Return (the registered people whose badge was not printed, when the last print was or None). Two queries.

    Those who came on the list since, and those given another code since: what they hold opens nothing any more.
    """
    entrees = Journal.objects.filter(consultation=consultation.pk)
    derniere = entrees.filter(verbe="imprimer_codes").values_list("le", flat=True).first()
    gens = Participant.objects.filter(
        consultation=consultation,
        efface_le__isnull=True,
        code_personnel__isnull=False,
        origine=Participant.Origine.INSCRIPTION,
    )
    if derniere is None:
        return gens, None
    reemis = entrees.filter(verbe="reemettre_code", le__gt=derniere).values("objet_id")
    return gens.filter(Q(entre_le__gt=derniere) | Q(pk__in=reemis)), derniere


def _places(consultation):
    places = defaultdict(list)
    prises = (
        Place.objects.filter(atelier__espace__consultation=consultation)
        .select_related("atelier__espace", "atelier__temps", "atelier__salle")
        .order_by("atelier__temps__ordre", "atelier__temps__debut", "atelier__ordre", "pk")
    )
    for place in prises:
        atelier = place.atelier
        salle = atelier.salle.nom if atelier.salle else ""
        places[place.participant_id].append(PlaceImprimee(atelier.titre, atelier.temps.titre, salle))
    return places


def _badge(personne, places):
    return Badge(
        participant_id=personne.pk,
        prenom=nettoyer_ligne(personne.prenom) or _("Prénom à écrire"),
        nom=nettoyer_ligne(personne.nom),
        college=personne.college.nom,
        college_court=personne.college.nom_court,
        signe=personne.college.signe,
        structure=personne.structure.nom if personne.structure else "",
        ateliers=tuple(places),
        code=personne.code_personnel,
        code_lisible=espacer_code(personne.code_personnel),
        adresse=f"{settings.URL_PUBLIQUE}/m/{personne.code_personnel}/",
    )


def affiches(consultation):
    """Return the posters of the workshops, in the order of the programme; rehearsals are left out. One query."""
    ateliers = (
        Atelier.objects.filter(espace__consultation=consultation)
        .du_programme()
        .select_related("espace", "temps", "salle")
        .dans_l_ordre()
    )
    return [_affiche(atelier) for atelier in ateliers]


def _affiche(atelier):
    return Affiche(
        atelier_id=atelier.pk,
        titre=nettoyer_ligne(atelier.titre) or _("Atelier"),
        question=atelier.espace.question,
        nature=atelier.nature,
        temps=atelier.temps.titre,
        debut=atelier.debut,
        fin=atelier.temps.fin,
        salle=atelier.salle.nom if atelier.salle else "",
        acces=atelier.salle.acces if atelier.salle else "",
        code=atelier.code,
        code_lisible=atelier.code_lisible,
        adresse=f"{settings.URL_PUBLIQUE}/r/{atelier.code_cle}/",
    )
