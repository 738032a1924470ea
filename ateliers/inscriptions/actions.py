"""Writing a list of registrations: all of its right rows, or nothing."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from consultation import actions as consultation_actions
from consultation import regles
from consultation.actions.gardes import exiger_non_efface
from consultation.erreurs import Refus
from consultation.models import Consultation, Participant, Structure, Territoire
from consultation.textes import nettoyer_ligne

from .. import actions as ateliers_actions
from ..actions.adresses import gardee_jusqu_au
from ..annonces import avancer
from ..models import Adresse, Atelier, Attente, MotDeListe, Place
from .colonnes import simplifier
from .verification import MODIFIER, changements, lire_accord, verifier

IDENTITE = {"prenom", "nom", "structure", "territoire", "compte", "accord_publication"}


def importer_inscriptions(
    *, consultation, lignes, par, avec_ateliers=True, mots=None, distincts=(), garder_adresses=False
):
    """Register the people of `lignes` (a sequence of `Ligne`) and return the `Apercu` of what was done.

    One transaction, one journal entry for the list (and those of the corrections it brings). Rows that
    `verifier` refuses are left out, who finds a workshop full waits for it, what the words mean (`mots`) is
    remembered. `garder_adresses`: the organiser says that people agreed to leave theirs.
    The same list again changes nothing: same first name, name and
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
        apercu = verifier(
            consultation=consultation, lignes=lignes, avec_ateliers=avec_ateliers, mots=mots, distincts=distincts
        )
        _appliquer(consultation, apercu, par)
        _retenir_les_mots(consultation, mots or {})
        if garder_adresses:
            _garder_les_adresses(consultation, apercu)
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
    _creer_les_territoires(apercu, par)
    _liberer(apercu, par)
    nouveaux = [verdict for verdict in apercu.acceptees if verdict.etat != MODIFIER]
    crees = Participant.objects.bulk_create(_nouveau(consultation, verdict) for verdict in nouveaux)
    for verdict, personne in zip(nouveaux, crees, strict=True):
        verdict.participant = personne
    for verdict in apercu.acceptees:
        if verdict.etat == MODIFIER:
            corriger_inscription(participant=verdict.participant, par=par, **changements(verdict))
    _reserver(apercu)
    ateliers_actions.donner_les_places(consultation=consultation, par=par)


def _garder_les_adresses(consultation, apercu):
    """Those that are addresses; one that is not is left, and stops nobody."""
    jusqu_au = gardee_jusqu_au(consultation)
    adresses = []
    for verdict in apercu.acceptees:
        try:
            validate_email(verdict.ligne.courriel)
        except ValidationError:
            continue
        adresses.append(
            Adresse(participant=verdict.participant, courriel=verdict.ligne.courriel, jusqu_au=jusqu_au)
        )
    Adresse.objects.bulk_create(
        adresses, update_conflicts=True, unique_fields=["participant"], update_fields=["courriel", "jusqu_au"]
    )


def _creer_les_territoires(apercu, par):
    """A region that people name and that nobody has written yet is created once, with its real name."""
    faits = {}
    for verdict in apercu.acceptees:
        nom = verdict.territoire_neuf
        if nom and nom not in faits:
            region = Territoire.Niveau.REGION
            faits[nom] = Territoire.objects.filter(
                nom=nom, niveau=region
            ).first() or consultation_actions.enregistrer(objet=Territoire(nom=nom, niveau=region), par=par)
        if nom:
            verdict.territoire, verdict.territoire_neuf = faits[nom], ""


def _retenir_les_mots(consultation, mots):
    """Each word is asked about once: the next list finds the answers."""
    dits = [
        MotDeListe(consultation=consultation, champ=champ, cle=cle, valeur=valeur)
        for champ, reponses in mots.items()
        for cle, valeur in reponses.items()
    ]
    MotDeListe.objects.bulk_create(
        dits, update_conflicts=True, unique_fields=["consultation", "champ", "cle"], update_fields=["valeur", "le"]
    )


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
    attentes = [
        Attente(atelier=atelier, participant=verdict.participant)
        for verdict in apercu.acceptees
        for atelier in verdict.a_attendre
    ]
    Attente.objects.bulk_create(attentes)
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
        accord_publication=lire_accord(verdict.ligne.accord),
        origine=Participant.Origine.INSCRIPTION,
    )


def _structure(structures, ligne, par):
    cle = simplifier(ligne.structure), simplifier(ligne.ville)
    if cle not in structures:
        nouvelle = Structure(nom=ligne.structure, ville=ligne.ville)
        structures[cle] = consultation_actions.enregistrer(objet=nouvelle, par=par)
    return structures[cle]


def inscrire_personne(
    *,
    consultation,
    prenom,
    college,
    par,
    nom="",
    structure=None,
    territoire=None,
    accord_publication=None,
    ateliers=(),
):
    """Register someone by hand, with their places; return the Participant.

    Raises Refus "interdit" 403 and what `inscrire` and `demander_place` raise.
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
            accord_publication=accord_publication,
            origine="inscription",
            par=par,
        )
        _placer(participant, ateliers, par)
    return participant


def corriger_inscription(*, participant, par, ateliers=None, college=None, **identite):
    """Correct how someone is written down (`prenom`, `nom`, `structure`, `territoire`, `compte`,
    `accord_publication`), their college
    and their places; return the Participant. What they wrote and voted stays theirs.

    `ateliers`: the workshops they are to have a place in, None to leave places as they are.
    Raises Refus "interdit" 403, "efface" 409, "invalide" 422. Unknown field: TypeError.
    """
    if inconnus := identite.keys() - IDENTITE:
        raise TypeError(f"Unknown fields: {sorted(inconnus)}")
    _exiger_organisateur(participant.consultation, par)
    with transaction.atomic():
        personne = Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
        exiger_non_efface(personne)
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
    """Make these the workshops of the person; they wait for those that are full.

    A room they have entered stays theirs: they were there.
    """
    voulus = {atelier.pk: atelier for atelier in ateliers}
    places = participant.places.select_related("atelier__espace__consultation")
    for place in places:
        if place.atelier_id not in voulus and place.entre_le is None:
            ateliers_actions.liberer_place(atelier=place.atelier, participant=participant, par=par)
        voulus.pop(place.atelier_id, None)
    participant.attentes.exclude(atelier__in=voulus).delete()
    for atelier in voulus.values():
        ateliers_actions.demander_place(atelier=atelier, participant=participant, par=par)
    ateliers_actions.donner_les_places(consultation=participant.consultation, par=par)


def _exiger_organisateur(consultation, par):
    if not regles.est_organisateur(par, consultation):
        raise Refus("interdit", _("Seul un organisateur peut inscrire."), statut=403)
