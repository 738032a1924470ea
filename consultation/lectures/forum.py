"""A forum as it is read by anyone: its calendar, who speaks in it, what may be read outside the room."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from ..models import (
    Consultation,
    Contribution,
    Forum,
    Participant,
    Phase,
    Piste,
    Proposition,
    ReponsePublique,
    Scrutin,
)
from ..textes import entier, plier
from .resultats import resultats, tous_resultats

PASSEE, OUVERTE, A_VENIR = "passee", "ouverte", "a_venir"
#: Under so many people, no number is told of a commune.
PEU = 5


@dataclass(frozen=True)
class PhaseLue:
    """A phase and where it stands now. `avance`: share of it that has gone, in %; `jours`: whole days left."""

    phase: Phase
    etat: str
    avance: int = 0
    jours: int = 0


def forums_publics():
    """Return the forums anyone may read: open or closed, those under way first, then the latest."""
    return (
        Forum.objects.exclude(consultation__etat=Consultation.Etat.PREPARATION)
        .select_related("consultation__territoire", "espace", "scrutin")
        .order_by("-consultation__etat", "-consultation__debut", "pk")
    )


def calendrier(consultation):
    """Return [PhaseLue] in order. One query."""
    maintenant = timezone.now()
    return [_lire(phase, maintenant) for phase in consultation.phases.all()]


def _lire(phase, maintenant):
    if maintenant < phase.debut:
        return PhaseLue(phase, A_VENIR)
    if maintenant >= phase.fin:
        return PhaseLue(phase, PASSEE, 100)
    avance = round(100 * ((maintenant - phase.debut) / (phase.fin - phase.debut)))
    return PhaseLue(phase, OUVERTE, avance, (phase.fin - maintenant) // timedelta(days=1))


def natures_ouvertes(calendrier):
    """Return the natures of the phases open now."""
    return {lue.phase.nature for lue in calendrier if lue.etat == OUVERTE}


def propositions_de_forums():
    """Return what may be read of all forums that are published, evenings included."""
    return Proposition.objects.publiables().filter(
        nature=Proposition.Nature.PISTE, consultation__in=forums_publics().order_by().values("consultation")
    )


def propositions_publiques(consultation):
    """Return what may be read of the whole forum, evenings included, with its college, axe and piste."""
    return (
        Proposition.objects.publiables()
        .filter(consultation=consultation, nature=Proposition.Nature.PISTE)
        .select_related("college", "axe", "piste", "espace")
    )


def pistes_votees_au_forum():
    """Return the pistes of the closed votes of forums: their results page tells them."""
    return Piste.objects.filter(
        scrutins__in=forums_publics().filter(scrutin__etat=Scrutin.Etat.CLOS).order_by().values("scrutin")
    )


def avec_discussion(propositions):
    """Add `nb_pour`, `nb_contre` and `nb_question`, of what is shown."""
    montre = Q(contributions__in=Contribution.objects.publiables())
    return propositions.annotate(
        **{
            f"nb_{nature}": Count("contributions", filter=montre & Q(contributions__nature=nature))
            for nature in Contribution.Nature.values
        }
    )


def chercher_propositions(propositions, *, axe="", college="", mots=""):
    """Keep those of an axe, of a college, and that hold each word, accents and capitals aside, or this number."""
    if axe:
        propositions = propositions.filter(axe=entier(axe) or 0)
    if college:
        propositions = propositions.filter(college=entier(college) or 0)
    tous = Q()
    for mot in plier(mots).split()[:12]:
        tous &= Q(texte__plie__contains=mot)
    if (numero := entier(mots)) is not None:
        tous |= Q(pk=numero)
    return propositions.filter(tous)


def discussion(proposition):
    """Return {nature: [Contribution shown]}, oldest first. One query."""
    montrees = proposition.contributions.publiables()
    par_nature = {nature: [] for nature in Contribution.Nature.values}
    for contribution in montrees.select_related("college"):
        par_nature[contribution.nature].append(contribution)
    return par_nature


def reponse_publique(proposition):
    """Return the organiser's ReponsePublique to a proposition, or None. One query."""
    return ReponsePublique.objects.filter(proposition=proposition).first()


def colleges_du_forum(consultation):
    """Return the colleges with `personnes` and `idees` (those that may be read). Two queries."""
    lisibles = propositions_publiques(consultation).order_by().values("college").annotate(n=Count("pk"))
    idees = dict(lisibles.values_list("college", "n"))
    gens = Count("participants", filter=Q(participants__efface_le__isnull=True))
    colleges = list(consultation.colleges.annotate(personnes=gens).order_by("ordre", "pk"))
    for college in colleges:
        college.idees = idees.get(college.pk, 0)
    return colleges


def voies(consultation):
    """Return {origine: people}, of those who came in. One query."""
    gens = Participant.objects.filter(consultation=consultation, efface_le__isnull=True)
    return dict(gens.order_by().values("origine").annotate(n=Count("pk")).values_list("origine", "n"))


@dataclass(frozen=True)
class Communes:
    """Who speaks from where. `comptees`: [(name, people)], most first; `autres`: how many communes told together.

    `ensemble`: the people of `autres`, None while they are too few; `muettes`: names nobody speaks from.
    """

    comptees: list
    autres: int
    ensemble: int | None
    muettes: list


def communes(consultation):
    """Return the Communes of the forum's territory. One query."""
    vivants = Q(participants__consultation=consultation, participants__efface_le__isnull=True)
    lues = consultation.territoire.enfants.annotate(n=Count("participants", filter=vivants))
    return taire_les_petites([(commune.nom, commune.n) for commune in lues.order_by("-n", "nom__plie")])


def taire_les_petites(lues):
    """Return the Communes of [(name, people)], most people first.

    Under PEU people a commune has no number of its own; one alone would be had by subtraction, so the smallest
    of the others joins it.
    """
    comptees = [lue for lue in lues if lue[1] >= PEU]
    rares = [n for _nom, n in lues if 0 < n < PEU]
    while rares and comptees and (len(rares) < 2 or sum(rares) < PEU):
        rares.append(comptees.pop()[1])
    ensemble = sum(rares)
    return Communes(
        comptees,
        len(rares),
        ensemble if ensemble >= PEU and len(rares) > 1 else None,
        [nom for nom, n in lues if n == 0],
    )


def resultats_du_forum(forum):
    """Return the Tableau of the forum's closed vote, or None; words that may no longer be read are not in it."""
    if not forum.scrutin_id or not forum.scrutin.est_montre:
        return None
    tues = pistes_tues(forum.consultation_id)
    return tous_resultats([forum.scrutin], tues=tues)[forum.scrutin_id].tableau


def opinions_du_forum(forum):
    """Return the map of opinions of the forum's closed vote, None until it was drawn. Words that may no longer be
    read are taken out. Four queries."""
    lues = resultats(forum.scrutin).opinions if forum.scrutin_id else None
    if lues is None:
        return None
    tus = pistes_tues(forum.consultation_id)
    groupes = tuple(
        replace(
            groupe,
            pour=tuple(piste for piste in groupe.pour if piste.id not in tus),
            contre=tuple(piste for piste in groupe.contre if piste.id not in tus),
        )
        for groupe in lues.groupes
    )
    return replace(lues, groupes=groupes)


def pistes_tues(consultation_id):
    """Return the ids of the pistes that are someone's very words, and may not be read outside the room."""
    mot_a_mot = Proposition.objects.filter(consultation=consultation_id, pistes_mot_a_mot__isnull=False)
    lisibles = mot_a_mot.publiables().values("pk")
    return set(mot_a_mot.exclude(pk__in=lisibles).values_list("pistes_mot_a_mot", flat=True))
