"""What the employee alone does: ask, stop, have it all erased; and the day on which it is erased by itself."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation.actions.effacement import numero_sans_ordre
from consultation.actions.gardes import exiger, exiger_participant, noter, verrouiller
from consultation.textes import nettoyer_ligne

from ..models import Immersion, Obstacle
from .gardes import exiger_sa_main, exiger_tenir, ouverte, signee_par_tous


def demander(*, dispositif, participant, code, genre, souhait="", par=None):
    """Ask for an immersion, with one's own code; return it. `par`: the officer on whose screen it is typed.

    Raises Refus "interdit", "pas_votre_code" 403; "consultation_close", "deja_demandee" 409; "code_vide",
    "genre_inconnu", "souhait_long" 422.
    """
    consultation = dispositif.consultation
    exiger_tenir(par, consultation)
    exiger_participant(participant, consultation.pk)
    exiger(genre in Immersion.Genre.values, "genre_inconnu", _("Choisissez ce que vous voulez."), champ="genre")
    souhait = nettoyer_ligne(souhait)
    exiger(len(souhait) <= 120, "souhait_long", _("120 signes au plus pour le métier."), champ="souhait")
    exiger(
        consultation.etat != "close", "consultation_close", _("Ce dispositif est terminé. Parlez-en."), statut=409
    )
    exiger_sa_main(personne=participant, code=code, acte="demander", objet=dispositif, par=par)
    with transaction.atomic():
        verrouiller(participant)
        siennes = Immersion.objects.filter(participant=participant, arretee_le=None, bilan_le=None)
        attend = siennes.filter(debut=None).exists()
        exiger(not attend, "deja_demandee", _("Vous avez déjà une demande en cours."), statut=409)
        immersion = Immersion.objects.create(
            dispositif=dispositif,
            participant=participant,
            genre=genre,
            souhait=souhait,
            demandee_le=timezone.now(),
            structure=participant.structure,
        )
        noter(
            verbe="demander_immersion",
            objet=immersion,
            compte=par,
            participant=participant,
            details={"genre": genre},
        )
    return immersion


def arreter(*, immersion, code, par=None):
    """Stop one's own immersion, without a reason: nobody else can. Codes of the day end.

    Raises Refus "pas_votre_code" 403, "arretee", "finie" 409, "code_vide" 422.
    """
    personne = immersion.participant
    exiger_tenir(par, immersion.dispositif.consultation)
    exiger_sa_main(personne=personne, code=code, acte="arreter", objet=immersion, par=par)
    with transaction.atomic():
        immersion = ouverte(immersion)
        immersion.arretee_le = timezone.now()
        immersion.save(update_fields=["arretee_le"])
        immersion.codes.all().delete()
        noter(verbe="arreter_immersion", objet=immersion, compte=par, participant=personne)
    return immersion


def effacer(*, immersion, code, par=None):
    """Erase at once one's own immersion, stopped or over. Raises Refus 403, "en_cours" 409, 422."""
    exiger_tenir(par, immersion.dispositif.consultation)
    exiger_sa_main(personne=immersion.participant, code=code, acte="effacer", objet=immersion, par=par)
    with transaction.atomic():
        immersion = verrouiller(immersion)
        exiger(
            immersion.arretee_le or immersion.bilan_le,
            "en_cours",
            _("Cette immersion continue. Arrêtez-la d’abord."),
            statut=409,
        )
        noter(verbe="effacer_immersion", objet=immersion, compte=par, participant=immersion.participant)
        _vider(immersion)


def effacer_a_terme():
    """Erase the immersions whose day has passed; return how many. The journal keeps their number."""
    passees = Q(garder_jusqu_au__lt=timezone.localdate())
    return _effacer_toutes(Immersion.objects.filter(passees, effacee_le=None), "jour_passe")


def oublier_de(*, participant=None, consultation=None):
    """Erase what is kept of the immersions of a person, or of everyone in a consultation, who is forgotten."""
    siennes = Immersion.objects.filter(effacee_le=None)
    if participant is not None:
        return _effacer_toutes(siennes.filter(participant=participant), "personne_oubliee")
    return _effacer_toutes(siennes.filter(dispositif__consultation=consultation), "personnes_oubliees")


def _effacer_toutes(immersions, pourquoi):
    with transaction.atomic():
        trouvees = list(immersions.select_for_update(of=("self",), no_key=True).select_related("dispositif"))
        for immersion in trouvees:
            _vider(immersion)
        for consultation in sorted({immersion.consultation_id for immersion in trouvees}):
            combien = sum(immersion.consultation_id == consultation for immersion in trouvees)
            noter(verbe="effacer_immersions", consultation=consultation, details={pourquoi: combien})
    return len(trouvees)


def _vider(immersion):
    """Put in its place, when it was done, a row that names nobody and that nothing leads to; nothing otherwise.

    What is left: kind, purpose, sector, structure, length, outcome, obstacles; its dates are moved to the end of
    their quarter.
    """
    faite = immersion.arretee_le is None and bool(immersion.fin) and signee_par_tous(immersion)
    obstacles = list(immersion.obstacles.all())
    immersion.delete()
    if not faite:
        return
    fin = fin_de_trimestre(immersion.fin)
    reste = Immersion.objects.create(
        pk=numero_sans_ordre(),
        dispositif_id=immersion.dispositif_id,
        genre=immersion.genre,
        objet=immersion.objet,
        secteur=immersion.secteur,
        structure_id=immersion.structure_id,
        issue=immersion.issue,
        debut=fin - timedelta(days=immersion.jours - 1),
        fin=fin,
        demandee_le=timezone.make_aware(datetime.combine(fin, time())),
        effacee_le=timezone.now(),
    )
    Obstacle.objects.bulk_create(
        Obstacle(pk=numero_sans_ordre(), immersion=reste, sorte=o.sorte, leve_le=fin if o.leve_le else None)
        for o in obstacles
    )


def fin_de_trimestre(jour):
    """The last day of the quarter of a date.

    >>> fin_de_trimestre(date(2026, 11, 9)), fin_de_trimestre(date(2026, 1, 1))
    (datetime.date(2026, 12, 31), datetime.date(2026, 3, 31))
    """
    mois = (jour.month - 1) // 3 * 3 + 3
    suivant = date(jour.year + mois // 12, mois % 12 + 1, 1)
    return suivant - timedelta(days=1)
