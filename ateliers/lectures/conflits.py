"""What cannot be in a programme: one room for two, one person in two places, more seats than chairs."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation import regles as regles_consultation
from consultation.models import Participant

from ..models import Atelier

#: Voters below which a college is shown nowhere apart (docs/domaine.md, "What is withheld").
VOTANTS_MONTRES = 5


@dataclass(frozen=True)
class Conflit:
    """`ateliers`: ids of the workshops it is about. `phrase` says what and, where one can tell, what to do."""

    ateliers: frozenset
    phrase: str


def programme(consultation):
    """The workshops of the programme with room, half-day and space. One query."""
    return list(
        Atelier.objects.filter(espace__consultation=consultation)
        .du_programme()
        .select_related("espace", "temps", "salle")
        .dans_l_ordre()
    )


def conflits(consultation, ateliers=None):
    """Return the Conflits of a programme, in its order. Two queries."""
    ateliers = programme(consultation) if ateliers is None else ateliers
    return [*_salles(ateliers), *_places(ateliers), *_gens(consultation, ateliers)]


def _salles(ateliers):
    prises = defaultdict(list)
    for atelier in ateliers:
        if atelier.salle_id:
            prises[atelier.salle_id, atelier.temps_id].append(atelier)
    for memes in prises.values():
        if len(memes) > 1:
            yield Conflit(
                frozenset(a.pk for a in memes),
                _("%(salle)s, %(temps)s : la même salle pour %(ateliers)s.")
                % {"salle": memes[0].salle, "temps": memes[0].temps, "ateliers": _noms(memes)},
            )


def _places(ateliers):
    for atelier in ateliers:
        assises = atelier.salle.capacite if atelier.salle else None
        if assises and atelier.capacite and atelier.capacite > assises:
            yield Conflit(
                frozenset([atelier.pk]),
                _("« %(atelier)s » : %(places)s places dans une salle de %(assises)s (%(salle)s).")
                % {
                    "atelier": atelier.titre,
                    "places": atelier.capacite,
                    "assises": assises,
                    "salle": atelier.salle,
                },
            )


def _gens(consultation, ateliers):
    par_espace = {atelier.espace_id: atelier for atelier in ateliers}
    occupes = defaultdict(dict)
    roles = [regles_consultation.ANIMATEUR, regles_consultation.RAPPORTEUR]
    mandats = regles_consultation.mandats_de(consultation, espace__in=par_espace, role__in=roles)
    for mandat in mandats.order_by("pk"):
        atelier = par_espace[mandat.espace_id]
        occupes[mandat.compte, atelier.temps_id][atelier.pk] = atelier
    for (compte, _temps), memes in occupes.items():
        if len(memes) > 1:
            memes = list(memes.values())
            yield Conflit(
                frozenset(a.pk for a in memes),
                _("%(qui)s, %(temps)s : à deux endroits à la fois, %(ateliers)s.")
                % {"qui": compte, "temps": memes[0].temps, "ateliers": _noms(memes)},
            )


def _noms(ateliers):
    return ", ".join(_("« %(titre)s »") % {"titre": atelier.titre} for atelier in ateliers)


def colleges_invisibles(consultation, ateliers=None):
    """Sentences about the colleges too few to be shown apart in any workshop. Two queries at most.

    Spread evenly over the workshops held at once, fewer than VOTANTS_MONTRES of them would vote in each.
    """
    ateliers = programme(consultation) if ateliers is None else ateliers
    a_la_fois = defaultdict(int)
    for atelier in ateliers:
        if atelier.nature == Atelier.Nature.ATELIER:
            a_la_fois[atelier.temps_id] += 1
    ensemble = max(a_la_fois.values(), default=0)
    if ensemble < 2:
        return []
    comptes = Q(participants__efface_le__isnull=True) & ~Q(participants__origine__in=Participant.PAS_ATTENDUS)
    colleges = consultation.colleges.annotate(nb=Count("participants", filter=comptes)).order_by("ordre", "pk")
    phrase = _(
        "%(college)s : %(gens)s pour %(n)s ateliers à la fois. Aucun résultat d’atelier ne les montrera à part "
        "(il faut 5 votants). Faites moins d’ateliers à la même heure, ou faites voter toute la salle en plénière."
    )
    return [
        phrase
        % {
            "college": college.nom,
            "n": ensemble,
            "gens": ngettext("%(n)s personne", "%(n)s personnes", college.nb) % {"n": college.nb},
        }
        for college in colleges
        if 0 < college.nb < VOTANTS_MONTRES * ensemble
    ]
