"""The one writer of the journal, and the small guards every act uses."""

from functools import cache

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..erreurs import Refus
from ..models import Consultation, Journal, Participant, Piste, PisteReprise
from ..requetes import PreteEnObjets, inserer
from ..signaux import espace_modifie

LONGUEUR_MOTIF = 300
LONGUEUR_CLE = 64


def noter(**faits):
    """Write one journal entry and return it, inside the transaction of the act. Keywords: see `_entree`."""
    entree = _entree(**faits)
    inserer([entree])
    return entree


def noter_ensemble(faits):
    """Write an entry for each dict of `noter`'s keywords, at once."""
    inserer([_entree(**un) for un in faits])


def _entree(*, verbe, objet=None, consultation=None, compte=None, participant=None, details=None, motif=""):
    """`details` holds numbers, identifiers and states, never a person's name nor what someone voted.

    The consultation is taken from `objet` when it is not given.
    """
    if consultation is None and objet is not None:
        consultation = consultation_de(objet)
    return Journal(
        verbe=verbe,
        objet_type=objet._meta.label_lower if objet is not None else "",
        objet_id=objet.pk if objet is not None else None,
        consultation_id=getattr(consultation, "pk", consultation),
        compte_id=getattr(compte, "pk", None),
        participant_id=getattr(participant, "pk", None),
        details=details or {},
        motif=motif[:LONGUEUR_MOTIF],
    )


def consultation_de(objet):
    """Return the consultation that `objet` belongs to, its id when that is what is at hand, or None."""
    if isinstance(objet, Consultation):
        return objet
    for champ in ("consultation_id", "consultation"):
        valeur = getattr(objet, champ, None)
        if valeur is not None:
            return valeur
    return None


def exiger(condition, code, message, *, statut=422, champ=None):
    """Raise a Refus unless `condition` holds."""
    if not condition:
        raise Refus(code, message, statut=statut, champ=champ)


def exiger_droit(permis, par):
    """Raise a 403 unless `par` is None (the system itself) or `permis`, a call without argument, says yes."""
    if par is not None and not permis():
        raise Refus("interdit", _("Vous n’avez pas ce droit ici. Demandez à l’organisateur."), statut=403)


def exiger_cle(cle):
    """Raise a 400 when an idempotency key is longer than the column that keeps it."""
    exiger(len(cle) <= LONGUEUR_CLE, "cle_longue", _("La clé d’envoi est trop longue."), statut=400)


def exiger_axe(axe, consultation_id):
    """Raise a 422 when an axe is of another consultation; None is no axe."""
    exiger(
        axe is None or axe.consultation_id == consultation_id,
        "axe_inconnu",
        _("Cet axe n’est pas de cette consultation."),
        champ="axe",
    )


def exiger_college(college, consultation_id):
    """Raise a 422 when a college is of another consultation."""
    exiger(
        college.consultation_id == consultation_id,
        "college_inconnu",
        _("Ce collège n’est pas de cette consultation."),
        champ="college",
    )


def exiger_participant(participant, consultation_id, dehors=None):
    """Raise a 403 unless a participant is of this consultation, and not erased. `dehors`: what others are told."""
    exiger(
        participant is not None and participant.consultation_id == consultation_id,
        "interdit",
        dehors or _("Vous n’êtes pas inscrit à cette consultation."),
        statut=403,
    )
    exiger(
        participant.efface_le is None, "efface", _("Vos données ont été effacées. Entrez à nouveau."), statut=403
    )


def exiger_non_efface(personne):
    """Raise a 409 when whoever is acted upon was erased."""
    exiger(personne.efface_le is None, "efface", _("Les données de cette personne ont été effacées."), statut=409)


def exiger_non_ecartee(piste):
    """Raise a 409 when a piste was set aside."""
    exiger(
        piste.etat != Piste.Etat.ECARTEE,
        "piste_ecartee",
        _("La piste n° {numero} est écartée. Reprenez-la d’abord.").format(numero=piste.numero),
        statut=409,
    )


def exiger_valide(objet):
    """Raise a 422 with the first thing wrong in a model instance, naming its field."""
    try:
        objet.full_clean()
    except ValidationError as erreur:
        champ, messages = next(iter(erreur.message_dict.items()))
        raise Refus("invalide", messages[0], champ=None if champ == "__all__" else champ) from erreur


def annoncer(espace_id, quoi):
    """Tell upward that something moved in an espace; see `signaux` for the words."""
    if espace_id is not None:
        espace_modifie.send(sender=Participant, espace_id=espace_id, quoi=quoi)


def annoncer_pistes(pistes, *espaces):
    """Tell that pistes moved: in their own espaces, in those whose list holds one of them, and in `espaces`."""
    cles = [piste.pk for piste in pistes]
    reprises = PisteReprise.objects.filter(piste__in=cles).values_list("espace_id", flat=True)
    for espace_id in {*espaces, *(piste.espace_id for piste in pistes), *reprises}:
        annoncer(espace_id, "pistes")


def verrouiller(objet):
    """Return a fresh copy of `objet`, its row locked until the end of the transaction (where the base can).

    "No key": a row being written may still be pointed to. Otherwise a voter (scrutin, then piste) and a
    facilitator (piste, then scrutin) could wait for each other. SQLite takes the whole base at BEGIN, as good.
    """
    assert transaction.get_connection().in_atomic_block
    modele = type(objet)
    for verrouille in _verrou_de(modele)(objet.pk):
        return verrouille
    raise modele.DoesNotExist


@cache
def _verrou_de(modele):
    """The reading of one row, by its key, which locks it: every act begins with one."""

    def lire(pk):
        return modele._default_manager.select_for_update(no_key=True).filter(pk=pk).order_by()

    return PreteEnObjets(modele, lire)


def verrouiller_pour_clore(objet, etats, code, message):
    """Return (a fresh copy of `objet`, locked; whether it is to be closed). Closing twice changes nothing.

    `etats`: (open, closed). Raises a 409 with `code` and `message` when it is neither, never opened.
    """
    ouvert, clos = etats
    objet = verrouiller(objet)
    if objet.etat != clos:
        exiger(objet.etat == ouvert, code, message, statut=409)
    return objet, objet.etat == ouvert
