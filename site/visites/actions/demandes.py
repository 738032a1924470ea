"""Who comes: asked by oneself or for someone, given in the order of asking or all together, given back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation.actions.gardes import exiger, exiger_droit, exiger_participant, noter, verrouiller

from .. import regles
from ..models import Demande, Visite


def demander(*, visite, participant, par=None):
    """Ask for a place for someone, themself or through the team. Return the Demande; twice is once.

    A place at once when one is left and nobody waits before; a rank otherwise, or when places are given together.
    Raises Refus "interdit" and "efface" 403; "demandes_closes", "meme_heure" 409.
    """
    exiger_droit(lambda: regles.peut_preparer(par, visite.consultation), par)
    exiger_participant(participant, visite.consultation_id)
    with transaction.atomic():
        verrouiller(participant)  # two visits of the same hour, asked for at once, are two locks: theirs is one
        visite = verrouiller(visite)
        demande = Demande.objects.filter(visite=visite, participant=participant).first()
        if demande is not None:
            return demande
        exiger(regles.prend_des_demandes(visite), "demandes_closes", _dire_pourquoi(visite), statut=409)
        _exiger_libre(visite, participant)
        demande = Demande.objects.create(visite=visite, participant=participant)
        noter(verbe="demander_visite", objet=visite, compte=par, participant=participant)
        servir(visite)
        Demande.objects.filter(pk=demande.pk).update(place_le=None)  # had at once: nobody is told that it came
        demande.refresh_from_db()
    return demande


def _dire_pourquoi(visite):
    if visite.etat == Visite.Etat.ANNULEE:
        return _("Cette visite est annulée. Choisissez-en une autre.")
    if visite.etat == Visite.Etat.PREPARATION:
        return _("Cette visite n’est pas encore ouverte. Revenez plus tard.")
    return _("Cette visite ne prend plus de demandes.")


def _exiger_libre(visite, participant):
    prise = regles.places_en_meme_temps(visite, [participant]).select_related("visite").first()
    if prise is not None:
        message = _("À la même heure, il y a déjà une place pour « {autre} ». Rendez-la d’abord.")
        exiger(False, "meme_heure", message.format(autre=prise.visite.entreprise), statut=409)


def rendre(*, visite, participant, par=None):
    """Take back what someone asked; their place goes to the first who waits. Twice is once.

    Once the visit has begun only the team may, for who did not come: what they said of the report counts no more.
    Raises Refus "interdit" 403, "passee" 409.
    """
    exiger_droit(lambda: regles.peut_preparer(par, visite.consultation), par)
    exiger_participant(participant, visite.consultation_id)
    with transaction.atomic():
        visite = verrouiller(visite)
        exiger(
            par is not None or not regles.est_passee(visite),
            "passee",
            _("La visite a eu lieu. Dites à l’équipe que vous n’y étiez pas."),
            statut=409,
        )
        if Demande.objects.filter(visite=visite, participant=participant).delete()[0]:
            noter(verbe="rendre_visite", objet=visite, compte=par, participant=participant)
            servir(visite)
            retirer_sans_accord(visite)


def retirer_sans_accord(visite):
    """What one side takes back is no longer public, at once. Called inside a transaction, the visit locked."""
    if visite.publiee_le is not None and not regles.publiable(visite):
        visite.publiee_le = None
        visite.save(update_fields=["publiee_le"])
        noter(verbe="retirer_compte_rendu", objet=visite)


def servir(visite):
    """Give the places left to who waits, the first first; whoever is elsewhere at that hour keeps their rank.

    Nobody is served once the visit has begun, nor while its places wait to be given together.
    Called inside a transaction.
    """
    visite = verrouiller(visite)
    if visite.a_repartir or not regles.prend_des_demandes(visite):
        return
    libres = visite.places - visite.demandes.filter(etat=Demande.Etat.PLACE).count()
    if libres <= 0:
        return
    attendent = visite.demandes.filter(etat=Demande.Etat.ATTENTE).order_by("pk")
    gens = attendent.values("participant")
    pris = set(regles.places_en_meme_temps(visite, gens).values_list("participant", flat=True))
    servies = [demande for demande in attendent if demande.participant_id not in pris][:libres]
    _donner(servies)


def _donner(demandes):
    Demande.objects.filter(pk__in=[d.pk for d in demandes]).update(
        etat=Demande.Etat.PLACE, place_le=timezone.now()
    )


def repartir_les_places(*, consultation, choix, par):
    """Give places together, as someone read them over: {visit id: [participant ids]}; return how many.

    Every open visit that waited for it takes requests in order from then on; who got nothing keeps their rank.
    Raises Refus "interdit" 403; "demande_partie", "plus_de_place", "meme_heure" 409: nothing is given then.
    """
    exiger_droit(lambda: regles.peut_preparer(par, consultation), par)
    donnees = 0
    with transaction.atomic():
        visites = Visite.objects.filter(consultation=consultation, etat=Visite.Etat.OUVERTE, a_repartir=True)
        for visite in visites.select_for_update(no_key=True).order_by("pk"):
            donnees += _donner_choisies(visite, choix.get(visite.pk, []))
        visites.update(a_repartir=False)
        noter(verbe="repartir_visites", objet=consultation, compte=par, details={"personnes": donnees})
    return donnees


def _donner_choisies(visite, personnes):
    attendent = visite.demandes.filter(etat=Demande.Etat.ATTENTE, participant__in=personnes)
    demandes = list(attendent.select_related("participant"))
    exiger(
        len(demandes) == len(set(personnes)),
        "demande_partie",
        _("« {visite} » : une demande a changé depuis. Relisez la répartition.").format(visite=visite),
        statut=409,
    )
    libres = visite.places - visite.demandes.filter(etat=Demande.Etat.PLACE).count()
    exiger(
        len(demandes) <= libres,
        "plus_de_place",
        _("« {visite} » : places qui restent : {n}. Décochez des personnes.").format(visite=visite, n=libres),
        statut=409,
    )
    prise = regles.places_en_meme_temps(visite, personnes).select_related("participant").first()
    exiger(
        prise is None,
        "meme_heure",
        _("« {visite} » : {qui} a déjà une place ailleurs à la même heure. Décochez cette personne.").format(
            visite=visite, qui=prise and prise.participant
        ),
        statut=409,
    )
    _donner(demandes)
    return len(demandes)
