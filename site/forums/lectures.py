"""What the pages of a forum read besides `consultation.lectures`: evenings, ways in, what one sent."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ateliers.models import Atelier
from consultation import lectures
from consultation.models import Decision, Participant, Phase, Proposition

from . import fournisseur

ORIGINE = Participant.Origine


@dataclass(frozen=True)
class Voie:
    """A way into the forum: what is checked of it, what cannot be, and how many people came that way."""

    nom: str
    verifie: str
    pas_su: str
    personnes: int


def voies(consultation):
    """Return the Voie of each way there is. One query."""
    nombres = lectures.voies(consultation)
    dites = (
        (
            (ORIGINE.CARTE,),
            _("Carte postale"),
            _("Chaque code sert à une seule personne."),
            _("Qu’une personne n’a pas pris deux cartes."),
        ),
        (
            (ORIGINE.COURRIEL,),
            _("Lien par e-mail"),
            _("Chaque adresse sert à une seule personne."),
            _("Qu’une personne n’a pas deux adresses."),
        ),
        *_par_identite(nombres),
        (
            (ORIGINE.GUICHET,),
            _("Guichet"),
            _("La personne était là. Elle a dit oui."),
            _("Qu’elle n’est pas déjà venue ailleurs."),
        ),
        (
            (ORIGINE.SALLE, ORIGINE.INSCRIPTION, ORIGINE.PAPIER),
            _("Soirée en salle"),
            _("La personne était dans la salle, ou inscrite."),
            _("Qu’elle n’a pas aussi une carte."),
        ),
    )
    reprise = (
        (ORIGINE.REPRISE,),
        _("Autre plateforme"),
        _("Chaque personne y avait un numéro."),
        _("Qui elle est, et si elle n’avait pas deux numéros."),
    )
    dites = (reprise,) if consultation.reprise_de else dites
    return [Voie(nom, su, non_su, sum(nombres.get(o, 0) for o in origines)) for origines, nom, su, non_su in dites]


def _par_identite(nombres):
    """The way of an identity provider, where there is one, or where people once came in by one."""
    nom = fournisseur.nom()
    if not nom and not nombres.get(ORIGINE.IDENTITE):
        return
    yield (
        (ORIGINE.IDENTITE,),
        nom or _("Compte d’identité"),
        _("Chaque compte sert à une seule personne. Ce service sait qui elle est, nous non."),
        _("Qu’une personne n’a pas aussi une carte, ou deux comptes."),
    )


def soirees(consultation):
    """Return [(Atelier, whether it is over)] of the evenings, the next first, then those that were. One query."""
    maintenant = timezone.now()
    ateliers = (
        Atelier.objects.filter(espace__consultation=consultation, temps__isnull=False)
        .du_programme()
        .select_related("espace", "temps", "salle")
        .annotate(
            idees=Count(
                "espace__propositions",
                filter=Q(espace__propositions__moderation=Proposition.Moderation.AFFICHEE),
                distinct=True,
            )
        )
        .order_by("temps__debut", "pk")
    )
    lues = [(atelier, atelier.temps.fin < maintenant) for atelier in ateliers]
    return sorted(lues, key=lambda lue: lue[1])


#: What one does in a phase: (its nature, the address, the words of the button).
ACTES = (
    (Phase.Nature.VOTER, "forums:voter"),
    (Phase.Nature.PROPOSER, "forums:proposer"),
    (Phase.Nature.DISCUTER, "forums:propositions"),
)


def acte_du_moment(calendrier):
    """Return (PhaseLue, name of the address of its act) of what one may do now, or (None, "")."""
    ouvertes = {lue.phase.nature: lue for lue in calendrier if lue.etat == "ouverte"}
    return next(((ouvertes[nature], adresse) for nature, adresse in ACTES if nature in ouvertes), (None, ""))


def textes_de(participant):
    """Return [(key, text, last Decision or None, Recours or None)], the latest first. Four queries at most."""
    decisions = Prefetch("decisions", Decision.objects.select_related("recours"))
    textes = [
        *(("p", p) for p in participant.propositions.select_related("axe", "piste").prefetch_related(decisions)),
        *(("c", c) for c in participant.contributions.select_related("proposition").prefetch_related(decisions)),
    ]
    textes.sort(key=lambda lu: lu[1].cree_le, reverse=True)
    return [_suivi(genre, texte) for genre, texte in textes]


def _suivi(genre, texte):
    decisions = list(texte.decisions.all())
    recours = next((d.recours for d in decisions if hasattr(d, "recours")), None)
    return f"{genre}{texte.pk}", texte, decisions[0] if decisions else None, recours


def ligne_de_la_piste(tableau, piste_id):
    """Return the line of a closed vote that bears on this piste, or None."""
    if tableau is None or piste_id is None:
        return None
    return next((ligne for ligne in tableau.lignes if piste_id in (ligne.piste.id, *ligne.membres)), None)
