"""The officer's lists: every file, what waits, the portfolio; and the files that a code opens."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultation.textes import LONGUEUR_CODE_PERSONNEL, cle_de_code, plier

from .. import regles
from ..models import CodeDuJour, Dispositif, Entreprise, Immersion, Partie

#: Where a file stands, in words; see `_etat` for what each means.
ETATS = {
    "entretien": _("Premier entretien à faire"),
    "lieu": _("Lieu à trouver"),
    "signer": _("Convention à signer"),
    "prete": _("Prête, pas commencée"),
    "en_cours": _("En cours"),
    "bilan": _("Bilan à faire"),
    "conclure": _("Entretien final à faire"),
    "finie": _("Finie"),
    "arretee": _("Arrêtée par la personne"),
}
#: What waits, by where the file stands; a signature waits once for each party.
ATTENDUS = {
    "entretien": _("le premier entretien"),
    "lieu": _("un lieu d’accueil"),
    "bilan": _("le bilan de l’entreprise"),
    "conclure": _("l’entretien final"),
    "point": _("le point de la semaine"),
}
SIGNATURES = {
    Partie.PERSONNE: _("la signature de la personne"),
    Partie.STRUCTURE: _("la signature de la structure"),
    Partie.ACCUEIL: _("la signature de l’entreprise"),
}
UNE_SEMAINE = timedelta(days=7)


@dataclass(frozen=True)
class Attente:
    """One thing that waits: `quoi` is its key, `mots` its name, `relancee_le` when someone was last reminded."""

    immersion: Immersion
    quoi: str
    mots: str
    relancee_le: object


def dispositif_de(consultation):
    """The scheme of a consultation, or None. One query."""
    return Dispositif.objects.select_related("consultation__territoire").filter(consultation=consultation).first()


def immersions_de(dispositif):
    """Its immersions that still name someone: see `toutes`."""
    return toutes().filter(dispositif=dispositif)


def toutes():
    """The immersions that still name someone, each with `etat` (a key of ETATS) and `signees`, of three."""
    siennes = Immersion.objects.filter(effacee_le=None)
    siennes = siennes.select_related("dispositif__consultation", "participant", "structure", "entreprise")
    siennes = siennes.annotate(
        signees=Count("signatures", filter=Q(signatures__version=F("version")), distinct=True)
    )
    return siennes.annotate(etat=_etat()).order_by("-demandee_le", "-pk")


def _etat():
    """Where a file stands: the first of these that is true."""
    jour = timezone.localdate()
    cas = {
        "arretee": Q(arretee_le__isnull=False),
        "finie": Q(bilan_le__isnull=False),
        "entretien": Q(entretien_le=None),
        "lieu": Q(debut=None)
        | Q(fin=None)
        | Q(entreprise=None)
        | Q(entreprise__fermee_le__isnull=False, debut__gt=jour),
        "signer": Q(signees__lt=len(Partie)),
        "prete": Q(debut__gt=jour),
        "en_cours": Q(fin__gte=jour),
        "bilan": Q(evaluee_le=None),
    }
    quand = [When(condition, then=Value(nom)) for nom, condition in cas.items()]
    return Case(*quand, default=Value("conclure"), output_field=CharField())


def recherche(dispositif, *, mots="", etat="", genre="", structure=None):
    """The immersions of a scheme narrowed by what an officer chose; an unknown choice narrows nothing."""
    trouvees = immersions_de(dispositif)
    if mots := plier(mots).strip():
        trouvees = trouvees.filter(
            Q(participant__prenom__plie__contains=mots)
            | Q(participant__nom__plie__contains=mots)
            | Q(entreprise__nom__plie__contains=mots)
        )
    if etat in ETATS:
        trouvees = trouvees.filter(etat=etat)
    if genre in Immersion.Genre.values:
        trouvees = trouvees.filter(genre=genre)
    if structure:
        trouvees = trouvees.filter(structure=structure)
    return trouvees


def conventions(trouvees, combien):
    """Of the `combien` immersions of a list: (those whose convention is ready, [(Immersion, what it lacks)]).

    None past CONVENTIONS_MAX: the list must be narrowed first. Two queries.
    """
    if combien > regles.CONVENTIONS_MAX:
        return None
    pretes, incompletes = [], []
    for immersion in trouvees.prefetch_related("competences"):
        manque = regles.manque_a_la_convention(immersion, len(immersion.competences.all()))
        incompletes.append((immersion, manque)) if manque else pretes.append(immersion)
    return pretes, incompletes


def immersion_de(dispositif, pk):
    """One immersion of a scheme, with `etat`, or None."""
    return immersions_de(dispositif).filter(pk=pk).first()


def entreprises(dispositif):
    """The portfolio, each with how many were sent (`allees`) and asked for (`demandees`), open ones first."""
    siennes = Entreprise.objects.filter(dispositif=dispositif)
    siennes = siennes.annotate(
        allees=Count("immersions", distinct=True), demandees=Count("demarches", distinct=True)
    )
    return siennes.order_by(F("fermee_le").asc(nulls_first=True), "nom__plie", "pk")


def attentes(dispositif):
    """What waits and was not reminded of these last days, the file that begins first at the top. Four queries.

    What has arrived, however it came, is no longer there.
    """
    ouvertes = immersions_de(dispositif).exclude(etat__in=["finie", "arretee", "prete"])
    ouvertes = ouvertes.order_by(F("debut").asc(nulls_last=True), "pk")
    lues = []
    for immersion in ouvertes.prefetch_related("signatures", "relances", "points"):
        relances = {}
        for relance in immersion.relances.all():  # the latest first
            relances.setdefault(relance.quoi, relance.le)
        for quoi, mots in _ce_qui_manque(immersion):
            lues.append(Attente(immersion, quoi, mots, relances.get(quoi)))
    limite = timezone.localdate() - regles.AVANT_RELANCE
    return [une for une in lues if une.relancee_le is None or une.relancee_le <= limite]


def _ce_qui_manque(immersion):
    if immersion.etat == "signer":
        faites = {s.partie for s in immersion.signatures.all() if s.version == immersion.version}
        return [(f"signature:{partie}", mots) for partie, mots in SIGNATURES.items() if partie not in faites]
    if immersion.etat == "en_cours":
        derniers = [point.le for point in immersion.points.all()]
        vieux = max([immersion.debut, *derniers]) <= timezone.localdate() - UNE_SEMAINE
        du = immersion.genre == Immersion.Genre.VALIDATION and vieux
        return [("point", ATTENDUS["point"])] if du else []
    return [(immersion.etat, ATTENDUS[immersion.etat])]


def ouverte_par_code(dispositif, saisie):
    """The CodeDuJour of this scheme that was typed, still good, or None. One query."""
    if len(cle_de_code(saisie)) != LONGUEUR_CODE_PERSONNEL:
        return None
    bons = CodeDuJour.objects.filter(
        empreinte=regles.empreinte(saisie), fin__gt=timezone.now(), immersion__dispositif=dispositif
    )
    return bons.select_related("immersion").first()
