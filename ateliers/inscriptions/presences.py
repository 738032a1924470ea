"""Who is expected and who came, as it is printed: sheets to sign, certificates, names to stand on a table."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from consultation.models import Participant
from consultation.pliage import par_personne
from consultation.textes import nettoyer_ligne

from ..models import Atelier, Place


@dataclass(frozen=True)
class Feuille:
    """A sheet to sign: what it is for, and who is expected, by name. `temps`, `debut`, `fin`: of a workshop."""

    titre: str
    gens: tuple
    temps: str = ""
    salle: str = ""
    debut: object = None
    fin: object = None


@dataclass(frozen=True)
class Ligne:
    nom: str
    college: str
    signe: str
    structure: str


@dataclass(frozen=True)
class Presence:
    """Someone who came, and the workshops they came into, in the order of the programme."""

    nom: str
    structure: str
    ateliers: tuple


def attendus(consultation):
    """The people who are expected: registered or come in, with a name or a first name; by name."""
    gens = Participant.objects.filter(consultation=consultation, efface_le__isnull=True)
    gens = gens.exclude(origine__in=(*Participant.PAS_ATTENDUS, Participant.Origine.GRILLE))
    return gens.select_related("college", "structure").order_by(*par_personne(), "pk")


def feuilles_par_atelier(consultation):
    """Return a Feuille for each workshop of the programme: whoever has a seat there. Two queries."""
    gens = attendus(consultation).order_by()
    places = Place.objects.filter(atelier__espace__consultation=consultation, participant__in=gens.values("pk"))
    places = places.select_related("participant__college", "participant__structure")
    par_atelier = defaultdict(list)
    for place in places.order_by(*par_personne("participant__"), "pk"):
        par_atelier[place.atelier_id].append(_ligne(place.participant))
    ateliers = (
        Atelier.objects.filter(espace__consultation=consultation)
        .du_programme()
        .select_related("espace", "temps", "salle")
        .dans_l_ordre()
    )
    return [
        Feuille(
            titre=nettoyer_ligne(atelier.titre) or _("Atelier"),
            gens=tuple(par_atelier[atelier.pk]),
            temps=atelier.temps.titre,
            salle=atelier.salle.nom if atelier.salle else "",
            debut=atelier.debut,
            fin=atelier.temps.fin,
        )
        for atelier in ateliers
    ]


def feuilles_par_college(consultation):
    """Return a Feuille for each college that expects someone. Two queries."""
    par_college = {college: [] for college in consultation.colleges.all()}
    for personne in attendus(consultation):
        par_college[personne.college].append(_ligne(personne))
    return [Feuille(titre=college.nom, gens=tuple(gens)) for college, gens in par_college.items() if gens]


def _places_prises(consultation):
    """The seats that someone came to, rehearsals aside."""
    return Place.objects.presentes().filter(atelier__espace__consultation=consultation, atelier__repetition=False)


def venus(consultation):
    """Those of them who came into a workshop, whether they are still there or not."""
    return attendus(consultation).filter(pk__in=_places_prises(consultation).values("participant"))


def presents(consultation, personne=None):
    """Return the Presences of those who came, by name; of `personne` (an id) alone. Two queries."""
    places = _places_prises(consultation).select_related("atelier__espace", "atelier__temps")
    places = places.order_by("atelier__temps__debut", "pk")
    gens = venus(consultation).prefetch_related(Prefetch("places", queryset=places, to_attr="venues"))
    if personne is not None:
        gens = gens.filter(pk=personne)
    return [
        Presence(_nom(qui), qui.structure.nom if qui.structure else "", tuple(p.atelier for p in qui.venues))
        for qui in gens
    ]


def noms_de_table(consultation):
    """Return [(first name, name, Ligne)] of those who are expected, by name. One query."""
    return [
        (nettoyer_ligne(personne.prenom), nettoyer_ligne(personne.nom), _ligne(personne))
        for personne in attendus(consultation)
    ]


def _nom(personne):
    return nettoyer_ligne(personne.nom_complet) or _("Nom à écrire")


def _ligne(personne):
    return Ligne(
        nom=_nom(personne),
        college=personne.college.nom_court,
        signe=personne.college.signe,
        structure=personne.structure.nom if personne.structure else "",
    )
