"""The steps of one immersion: who, when, and what is missing, for its page and the officer's file."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import regles
from ..models import Immersion, Partie
from .dossiers import SIGNATURES

FAIT, ICI, AVENIR = "fait", "ici", "avenir"


@dataclass(frozen=True)
class Qui:
    """How the person and their structure are called, for whoever reads."""

    personne: str
    structure: str


@dataclass
class Etape:
    """`cle` names the step; `qui` and `quand` in words; `manque` says what is still to come, one thing each."""

    cle: str
    titre: str
    qui: str
    quand: str = ""
    faite: bool = False
    manque: list = field(default_factory=list)
    moment: str = AVENIR


def parcours(immersion, *, soi=False):
    """Return the Etapes of an immersion, in order; the first not done is under way. Five queries.

    `soi`: read by the person, who is "vous".
    """
    qui = Qui(_("vous"), _("votre structure")) if soi else Qui(_("la personne"), _("sa structure"))
    etapes = [
        _demande(immersion, soi),
        _entretien(immersion, qui),
        _lieu(immersion),
        _obstacles(immersion),
        _convention(immersion, qui),
        _integration(immersion),
        *([_points(immersion)] if immersion.genre == Immersion.Genre.VALIDATION else []),
        _bilan(immersion, qui),
        _suite(immersion, qui),
    ]
    for etape in etapes:
        etape.moment = FAIT if etape.faite else AVENIR
    if immersion.arretee_le is None:
        ici = next((etape for etape in etapes if not etape.faite), None)
        if ici:
            ici.moment = ICI
    return etapes


def _jour(quand):
    return date_format(quand, "j F Y") if quand else ""


def _reste(immersion, mots):
    """Among `mots`, those that the convention still lacks."""
    manque = regles.manque_a_la_convention(immersion, len(immersion.competences.all()))
    return [dit for dit in manque if dit in mots]


def _demande(immersion, soi):
    demandee = timezone.localtime(immersion.demandee_le)
    return Etape(
        "demande",
        _("La demande"),
        _("vous, avec votre code") if soi else _("la personne, avec son code"),
        _jour(demandee),
        True,
    )


def _entretien(immersion, qui):
    mots = {
        _("la structure qui emploie"), _("qui prescrit"), _("le but"), _("les objectifs"),
        _("le jour où tout est effacé"),
    }  # fmt: skip
    manque = _reste(immersion, mots)
    faite = bool(immersion.entretien_le) and not manque
    trois = ", ".join([qui.personne, immersion.referent or qui.structure, immersion.dispositif.porteur])
    if not immersion.entretien_le:
        manque = [_("le jour de l’entretien"), *manque]
    return Etape("entretien", _("Premier entretien à trois"), trois, _jour(immersion.entretien_le), faite, manque)


def _lieu(immersion):
    mots = {_("l’entreprise"), _("qui accueille"), _("les dates"), _("les horaires"), _("ce que la personne fera")}
    manque = _reste(immersion, mots)
    fermee = immersion.entreprise and immersion.entreprise.fermee_le and not immersion.integration_le
    if fermee:
        manque = [_("un autre lieu : l’entreprise n’accueille plus personne"), *manque]
    quand = ""
    if immersion.debut and immersion.fin:
        quand = _("du %(debut)s au %(fin)s") % {"debut": _jour(immersion.debut), "fin": _jour(immersion.fin)}
    qui = str(immersion.entreprise or immersion.dispositif.porteur)
    return Etape("lieu", _("Trouver un lieu"), qui, quand, not manque, manque)


def _obstacles(immersion):
    tous = immersion.obstacles.all()
    restent = [o for o in tous if o.leve_le is None]
    qui = ", ".join(dict.fromkeys(o.qui for o in tous)) or immersion.dispositif.porteur
    faite = not restent and bool(immersion.debut)
    manque = [f"{o} ({o.qui})" for o in restent]
    return Etape("obstacles", _("Lever les obstacles"), qui, "", faite, manque)


def _convention(immersion, qui):
    siennes = [s for s in immersion.signatures.all() if s.version == immersion.version]
    faites = {s.partie for s in siennes}
    manque = [str(mots) for partie, mots in SIGNATURES.items() if partie not in faites]
    quand = _jour(timezone.localtime(max(s.le for s in siennes))) if siennes and not manque else ""
    titre = _("Signer la convention")
    if immersion.version > 1:
        titre = _("Signer la convention et son avenant n° %(n)s") % {"n": immersion.version - 1}
    return Etape(
        "convention", titre, f"{qui.personne}, {qui.structure}, {_('l’entreprise')}", quand, not manque, manque
    )


def _integration(immersion):
    le = immersion.integration_le
    manque = [] if le else [_("l’accueil dans l’entreprise")]
    return Etape("integration", _("L’accueil"), immersion.tuteur or _("l’entreprise"), _jour(le), bool(le), manque)


def _points(immersion):
    points = immersion.points.all()
    fini = bool(immersion.fin) and immersion.fin < timezone.localdate()
    faite = bool(points) and (fini or bool(immersion.evaluee_le))
    quand = ", ".join(_jour(point.le) for point in points)
    manque = [] if points else [_("un point chaque semaine")]
    return Etape("points", _("Les points de la semaine"), immersion.dispositif.porteur, quand, faite, manque)


def _bilan(immersion, qui):
    sans = [c.intitule for c in immersion.competences.all() if c.niveau is None]
    le = immersion.evaluee_le
    manque = [] if le else [_("le niveau : %(objectif)s") % {"objectif": mots} for mots in sans]
    deux = f"{qui.personne}, {immersion.tuteur or _('l’entreprise')}"
    return Etape("bilan", _("Le bilan"), deux, _jour(timezone.localtime(le)) if le else "", bool(le), manque)


def _suite(immersion, qui):
    manque = [] if immersion.bilan_le else [_("l’entretien final, et ce qui suit")]
    titre = _("Et la suite")
    if immersion.issue:
        titre = _("Et la suite : %(issue)s") % {"issue": immersion.get_issue_display()}
    trois = f"{qui.personne}, {qui.structure}, {immersion.dispositif.porteur}"
    return Etape("suite", titre, trois, _jour(immersion.bilan_le), bool(immersion.bilan_le), manque)


def signatures(immersion):
    """[(party, its Signature of the convention as it stands, or None)], the person first."""
    siennes = {s.partie: s for s in immersion.signatures.all() if s.version == immersion.version}
    return [(partie, siennes.get(partie.value)) for partie in Partie]
