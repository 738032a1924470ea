"""Leading a room: one current step, its clock, its vote."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation.erreurs import Refus
from consultation.lectures import idees_laissees
from consultation.models import Scrutin

from ..annonces import avancer
from ..models import Etape
from .gardes import exiger, exiger_animer, exiger_ouvert

#: A step opened again gets what time it had left, and at least this many seconds.
REOUVERTURE_MIN = 120
PROLONGER_MAX = 240
SANS_AVIS = object()
LAISSER, SEMER, DIRE = "laisser", "semer", "dire"


@transaction.atomic
def ouvrir_etape(*, etape, par, attendu=SANS_AVIS, laissees=LAISSER):
    """Make this step the current one; the former current step closes, and its scrutin with it. Return the Etape.

    A vote opens its scrutin, prepared from the living pistes if it had none. A closed step may open again, with
    the time it had left; a closed vote may not. `attendu`: id of the step the facilitator saw as current (None:
    none); if another one is, someone was faster. `laissees`: what to do, before a vote, of the ideas it
    would leave out: nothing (LAISSER), a piste of each (SEMER; what waits to be read waits on), or tell (DIRE).
    Raises Refus: 403; "deja_ouverte", "change_entre_temps", "idees_laissees", "vote_clos",
    "consultation_fermee" 409;
    what `consultation.actions.ouvrir_scrutin` raises (no piste to vote on).
    """
    exiger_animer(par, etape.atelier)
    exiger_ouvert(etape.atelier)
    etapes = _verrouiller(etape.atelier_id)
    courante = next((e for e in etapes if e.etat in EN_COURS), None)
    etape = next(e for e in etapes if e.pk == etape.pk)
    _exiger_vue(courante, attendu)
    exiger(
        courante != etape,
        "deja_ouverte",
        _("Une autre personne vient d’ouvrir cette étape."),
        statut=409,
    )
    _regarder_les_laissees(etape, laissees, par)
    if courante is not None:
        _fermer(courante, par)
    _ouvrir(etape, par)
    details = {"fermee": courante.pk if courante else None, "scrutin": etape.scrutin_id}
    _noter("ouvrir_etape", etape, par, **details)
    return etape


@transaction.atomic
def clore_etape(*, etape, par, attendre=False):
    """Close the current step, and its scrutin with it, whose results wait if asked to. Return the Etape.

    Texts being written are still taken for GRACE seconds (see `salle.proposer`).
    Raises Refus 403, "pas_en_cours" 409.
    """
    etape = _courante(etape, par)
    _fermer(etape, par, attendre)
    _noter("clore_etape", etape, par, scrutin=etape.scrutin_id)
    return etape


@transaction.atomic
def prolonger(*, etape, minutes, par):
    """Give the current step more minutes, from now if its time is past (negative takes some back).

    Return the Etape. Raises Refus 403, "pas_en_cours" 409, "minutes" 422.
    """
    exiger(
        minutes and abs(minutes) <= PROLONGER_MAX,
        "minutes",
        _("Choisissez un nombre de minutes."),
        champ="minutes",
    )
    etape = _courante(etape, par)
    if etape.etat == Etape.Etat.EN_PAUSE:
        etape.restant = max(0, (etape.restant or 0) + 60 * minutes)
    else:
        maintenant = timezone.now()
        depart = max(etape.echeance, maintenant) if minutes > 0 else etape.echeance
        etape.echeance = max(depart + timedelta(minutes=minutes), maintenant)
    etape.save(update_fields=["echeance", "restant"])
    _noter("prolonger", etape, par, minutes=minutes)
    return etape


@transaction.atomic
def suspendre(*, etape, par):
    """Stop the clock of the open step, keeping the seconds left. What people are writing still gets in.

    Return the Etape. Raises Refus 403, "pas_en_cours", "deja_en_pause" 409.
    """
    etape = _courante(etape, par)
    exiger(etape.etat == Etape.Etat.OUVERTE, "deja_en_pause", _("Cette étape est déjà en pause."), statut=409)
    etape.etat, etape.restant, etape.echeance = Etape.Etat.EN_PAUSE, _secondes_restantes(etape), None
    etape.save(update_fields=["etat", "restant", "echeance"])
    _noter("suspendre", etape, par, restant=etape.restant)
    return etape


@transaction.atomic
def reprendre(*, etape, par):
    """Start the clock again with the seconds that were left. Return the Etape.

    Raises Refus 403, "pas_en_cours", "pas_en_pause" 409.
    """
    etape = _courante(etape, par)
    exiger(etape.etat == Etape.Etat.EN_PAUSE, "pas_en_pause", _("Cette étape n’est pas en pause."), statut=409)
    etape.echeance = timezone.now() + timedelta(seconds=etape.restant or 0)
    etape.etat, etape.restant = Etape.Etat.OUVERTE, None
    etape.save(update_fields=["etat", "restant", "echeance"])
    _noter("reprendre", etape, par)
    return etape


EN_COURS = (Etape.Etat.OUVERTE, Etape.Etat.EN_PAUSE)


def _verrouiller(atelier_id):
    """Return the steps of the room, locked: two facilitators at once are served one after the other."""
    return list(
        Etape.objects.select_for_update(of=("self",), no_key=True)
        .select_related("scrutin", "atelier__espace__consultation")
        .filter(atelier_id=atelier_id)
        .order_by("pk")
    )


def _courante(etape, par):
    exiger_animer(par, etape.atelier)
    etape = next(e for e in _verrouiller(etape.atelier_id) if e.pk == etape.pk)
    exiger(
        etape.etat in EN_COURS,
        "pas_en_cours",
        _("Cette étape n’est plus en cours. Une autre personne vient peut-être de la fermer."),
        statut=409,
    )
    return etape


def _exiger_vue(courante, attendu):
    if attendu is SANS_AVIS or attendu == (courante.pk if courante else None):
        return
    if courante is None:
        message = _("Une autre personne vient de fermer l’étape en cours. Regardez où en est l’atelier.")
    else:
        message = _("Une autre personne vient d’ouvrir « %(titre)s ». Regardez où en est l’atelier.")
        message %= {"titre": courante.titre}
    raise Refus("change_entre_temps", message, statut=409)


def _regarder_les_laissees(etape, laissees, par):
    """Before a vote that has not chosen its pistes, do with the ideas it would leave out what was asked."""
    scrutin = etape.scrutin
    if etape.nature != Etape.Nature.VOTE or laissees == LAISSER:
        return
    if scrutin is not None and (scrutin.etat != Scrutin.Etat.PREPARE or scrutin.pistes.exists()):
        return
    if laissees == SEMER:
        actes.semer_orphelines(espace=etape.atelier.espace, par=par)
        return
    exiger(
        not idees_laissees(etape.atelier.espace),
        "idees_laissees",
        _("Des idées ne sont dans aucune piste. On ne pourrait pas voter dessus. Choisissez quoi en faire."),
        statut=409,
    )


def _ouvrir(etape, par):
    maintenant = timezone.now()
    secondes = etape.duree * 60
    if etape.etat == Etape.Etat.FERMEE:
        secondes = max(etape.restant or 0, REOUVERTURE_MIN)
    if etape.nature == Etape.Nature.VOTE:
        _ouvrir_vote(etape, par)
    etape.etat = Etape.Etat.OUVERTE
    etape.ouverte_le = etape.ouverte_le or maintenant
    etape.echeance = maintenant + timedelta(seconds=secondes)
    etape.restant = etape.fermee_le = None
    etape.save()


def _ouvrir_vote(etape, par):
    scrutin = etape.scrutin
    if scrutin is None:
        titre = f"{etape.titre} · {etape.atelier.espace.titre}"[:160]
        scrutin = etape.scrutin = actes.preparer_scrutin(espace=etape.atelier.espace, titre=titre, par=par)
    exiger(
        scrutin.etat != Scrutin.Etat.CLOS,
        "vote_clos",
        _("Ce vote est clos, ses résultats ont été vus. Ajoutez une étape pour voter à nouveau."),
        statut=409,
    )
    if scrutin.etat == Scrutin.Etat.PREPARE:
        etape.scrutin = actes.ouvrir_scrutin(scrutin=scrutin, par=par)


def _fermer(etape, par, attendre=False):
    """Close a locked step. What was left of its time is kept, in case it opens again."""
    if etape.etat == Etape.Etat.OUVERTE:
        etape.restant = _secondes_restantes(etape)
    etape.etat, etape.echeance, etape.fermee_le = Etape.Etat.FERMEE, None, timezone.now()
    etape.save(update_fields=["etat", "echeance", "restant", "fermee_le"])
    if etape.scrutin is not None and etape.scrutin.etat == Scrutin.Etat.OUVERT:
        etape.scrutin = actes.clore_scrutin(scrutin=etape.scrutin, par=par, attendre=attendre)


def _secondes_restantes(etape):
    return max(0, round((etape.echeance - timezone.now()).total_seconds()))


def _noter(verbe, etape, par, **details):
    actes.noter(verbe=verbe, objet=etape, consultation=etape.atelier.consultation, compte=par, details=details)
    avancer(etape.atelier_id)
