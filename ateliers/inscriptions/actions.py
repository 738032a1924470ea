"""Writing a list of registrations: all of its right rows, or nothing."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from consultation import actions as consultation_actions
from consultation import regles
from consultation.erreurs import Refus
from consultation.models import Consultation, Participant, Structure
from consultation.textes import nettoyer_ligne

from .. import actions as ateliers_actions
from ..annonces import avancer
from ..models import Atelier, Place
from .colonnes import simplifier
from .verification import MODIFIER, changements, verifier

IDENTITE = {"prenom", "nom", "structure", "territoire", "compte"}


def importer_inscriptions(*, consultation, lignes, par, avec_ateliers=True):
    """Register the people of `lignes` (a sequence of `Ligne`) and return the `Apercu` of what was done.

    One transaction, one journal entry for the list (and those of the corrections it brings). Rows that
    `verifier` refuses are left out. The same list again changes nothing: same first name, name and
    structure is the same person, whose places become those of the list.
    Raises Refus "interdit" 403, "consultation_close" 409.
    """
    _exiger_organisateur(consultation, par)
    with transaction.atomic():
        # Two people confirming at once: the second sees what the first wrote, and creates nobody twice.
        consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
        if consultation.etat == Consultation.Etat.CLOSE:
            raise Refus("consultation_close", _("Cette consultation est close. On n’y inscrit plus."), statut=409)
        # Nobody takes a seat between counting what is left and writing.
        ateliers = Atelier.objects.select_for_update(no_key=True)
        list(ateliers.filter(espace__consultation=consultation).order_by("pk"))
        apercu = verifier(consultation=consultation, lignes=lignes, avec_ateliers=avec_ateliers)
        _appliquer(consultation, apercu, par)
        consultation_actions.noter(
            verbe="importer_inscriptions", objet=consultation, compte=par, details=dict(apercu.comptes)
        )
    return apercu


def _appliquer(consultation, apercu, par):
    """Places are given back before any is taken: two people may swap workshops that are full."""
    structures = {}
    for verdict in apercu.acceptees:
        if verdict.structure_nouvelle:
            verdict.structure = _structure(structures, verdict.ligne, par)
    _liberer(apercu, par)
    nouveaux = [verdict for verdict in apercu.acceptees if verdict.etat != MODIFIER]
    crees = Participant.objects.bulk_create(_nouveau(consultation, verdict) for verdict in nouveaux)
    for verdict, personne in zip(nouveaux, crees, strict=True):
        verdict.participant = personne
    for verdict in apercu.acceptees:
        if verdict.etat == MODIFIER:
            corriger_inscription(participant=verdict.participant, par=par, **changements(verdict))
    _reserver(apercu)


def _liberer(apercu, par):
    ateliers = Atelier.objects.select_related("espace__consultation").in_bulk(
        {pk for verdict in apercu.acceptees for pk in verdict.a_liberer}
    )
    for verdict in apercu.acceptees:
        for pk in verdict.a_liberer:
            ateliers_actions.liberer_place(atelier=ateliers[pk], participant=verdict.participant, par=par)


def _reserver(apercu):
    """Two thousand seats one by one would hold the database for a minute: they are written at once.

    `verifier` has counted the seats left while the workshops' rows were locked.
    """
    places = [
        Place(atelier=atelier, participant=verdict.participant)
        for verdict in apercu.acceptees
        for atelier in verdict.a_reserver
    ]
    Place.objects.bulk_create(places)
    for atelier_id in {place.atelier_id for place in places}:
        avancer(atelier_id)


def _nouveau(consultation, verdict):
    prenom, nom = nettoyer_ligne(verdict.ligne.prenom), nettoyer_ligne(verdict.ligne.nom)
    if not prenom:
        raise Refus("prenom_vide", _("Écrivez un prénom ou un surnom."), champ="prenom")
    return Participant(
        consultation=consultation,
        college=verdict.college,
        prenom=prenom,
        nom=nom,
        structure=verdict.structure,
        territoire=verdict.territoire,
        compte=verdict.compte,
        origine=Participant.Origine.INSCRIPTION,
    )


def _structure(structures, ligne, par):
    cle = simplifier(ligne.structure), simplifier(ligne.ville)
    if cle not in structures:
        nouvelle = Structure(nom=ligne.structure, ville=ligne.ville)
        structures[cle] = consultation_actions.enregistrer(objet=nouvelle, par=par)
    return structures[cle]


def inscrire_personne(*, consultation, prenom, college, par, nom="", structure=None, territoire=None, ateliers=()):
    """Register someone by hand, with their places; return the Participant.

    Raises Refus "interdit" 403, "complet" 409 and what `inscrire` and `reserver_place` raise.
    """
    _exiger_organisateur(consultation, par)
    with transaction.atomic():
        participant = consultation_actions.inscrire(
            consultation=consultation,
            college=college,
            prenom=prenom,
            nom=nom,
            structure=structure,
            territoire=territoire,
            origine="inscription",
            par=par,
        )
        _placer(participant, ateliers, par)
    return participant


def corriger_inscription(*, participant, par, ateliers=None, college=None, **identite):
    """Correct how someone is written down (`prenom`, `nom`, `structure`, `territoire`, `compte`), their college
    and their places; return the Participant. What they wrote and voted stays theirs.

    `ateliers`: the workshops they are to have a place in, None to leave places as they are.
    Raises Refus "interdit" 403, "efface" 409, "invalide" 422, "complet" 409. Unknown field: TypeError.
    """
    if inconnus := identite.keys() - IDENTITE:
        raise TypeError(f"Unknown fields: {sorted(inconnus)}")
    _exiger_organisateur(participant.consultation, par)
    with transaction.atomic():
        personne = Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
        if personne.efface_le is not None:
            raise Refus("efface", _("Les données de cette personne ont été effacées."), statut=409)
        if college is not None and college.pk != personne.college_id:
            personne = consultation_actions.changer_college(participant=personne, college=college, par=par)
        _corriger_identite(personne, identite, par)
        if ateliers is not None:
            _placer(personne, ateliers, par)
    return personne


def _corriger_identite(personne, identite, par):
    propres = {champ: nettoyer_ligne(v) if champ in ("prenom", "nom") else v for champ, v in identite.items()}
    changes = {champ: valeur for champ, valeur in propres.items() if getattr(personne, champ) != valeur}
    if not changes:
        return
    for champ, valeur in changes.items():
        setattr(personne, champ, valeur)
    if not personne.prenom:
        raise Refus("prenom_vide", _("Écrivez un prénom ou un surnom."), champ="prenom")
    try:
        personne.full_clean()
    except ValidationError as erreur:
        champ, messages = next(iter(erreur.message_dict.items()))
        raise Refus("invalide", messages[0], champ=champ) from erreur
    personne.save(update_fields=sorted(changes))
    # The journal says which fields, never what was in them.
    consultation_actions.noter(
        verbe="corriger_participant", objet=personne, compte=par, details={"champs": sorted(changes)}
    )


def _placer(participant, ateliers, par):
    """Make these the workshops of the person. A room they have entered stays theirs: they were there."""
    voulus = {atelier.pk: atelier for atelier in ateliers}
    places = participant.places.select_related("atelier__espace__consultation")
    for place in places:
        if place.atelier_id not in voulus and place.entre_le is None:
            ateliers_actions.liberer_place(atelier=place.atelier, participant=participant, par=par)
        voulus.pop(place.atelier_id, None)
    for atelier in voulus.values():
        ateliers_actions.reserver_place(atelier=atelier, participant=participant, par=par)


def _exiger_organisateur(consultation, par):
    if not regles.est_organisateur(par, consultation):
        raise Refus("interdit", _("Seul un organisateur peut inscrire."), statut=403)
