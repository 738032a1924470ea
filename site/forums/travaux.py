"""What goes by itself: votes at the hours of the calendar, what tells who people were on the day said."""

import logging
from datetime import timedelta
from functools import partial

from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from consultation import actions, regles
from consultation.actions.forum import GRACE
from consultation.erreurs import Refus
from consultation.models import Consultation, Forum, Phase, Scrutin
from contenus.lettres import partir

from . import courriers

logger = logging.getLogger(__name__)


def tenir_les_votes():
    """Open the vote of each forum whose phase is open, close those whose phase is over and its grace gone."""
    maintenant = timezone.now()
    phases = Phase.objects.filter(nature=Phase.Nature.VOTER, consultation__etat=Consultation.Etat.OUVERTE)
    clos = Scrutin.Etat.CLOS
    for phase in phases.filter(debut__lte=maintenant, fin__gt=maintenant).exclude(
        consultation__forum__scrutin__etat__in=[Scrutin.Etat.OUVERT, clos]
    ):
        _faire(actions.ouvrir_vote, phase.consultation)
    finies = phases.filter(fin__lt=maintenant - GRACE)
    for phase in finies.filter(consultation__forum__scrutin__etat=Scrutin.Etat.OUVERT):
        _faire(actions.fermer_vote, phase.consultation)


def _faire(acte, consultation):
    """One forum that cannot be voted on does not keep the others waiting."""
    try:
        acte(consultation=consultation, par=None)
    except Refus as refus:
        logger.warning("Forum %s: %s", consultation.slug, refus.code)


def oublier_les_gens_a_terme():
    """Erase what tells who people are in each consultation whose day has passed, and tell its organisers."""
    for consultation in actions.consultations_echues():
        combien = actions.oublier_les_personnes(consultation=consultation)
        with override("fr"):
            _prevenir(consultation, combien)


def _prevenir(consultation, combien):
    organisateurs = regles.comptes_avec([regles.ORGANISATEUR], consultation).values_list("email", flat=True)
    objet = _("Les données des personnes sont effacées : %(titre)s") % {"titre": consultation.titre}
    texte = _(
        "Bonjour,\n\nLe jour que vous aviez écrit est passé. Les prénoms, les codes, les communes, "
        "les adresses et les brouillons de %(n)s personnes sont effacés. "
        "Leurs propositions affichées et les résultats restent.\n"
    ) % {"n": combien}
    for courriel in organisateurs:
        send_mail(objet[:180], texte, None, [courriel], fail_silently=True)


def ecrire_aux_abonnes():
    """Set down each forum's weekly summary when it is time, and send it to those who have not had it yet."""
    actions.oublier_les_demandes()
    for forum in (
        Forum.objects.select_related("consultation", "espace")
        .filter(abonnes__confirme_le__isnull=False)
        .distinct()
    ):
        if forum.consultation.etat == Consultation.Etat.OUVERTE:
            actions.preparer_lettre(forum=forum)
            forum.refresh_from_db()
        if forum.lettre_le is not None:
            with override("fr"):
                _envoyer(forum)


def _envoyer(forum):
    """Whoever it is for is marked before it leaves: a worker that dies sends nothing twice."""
    attend = forum.abonnes.filter(confirme_le__lte=forum.lettre_le).exclude(ecrit_le=forum.lettre_le)
    resume = None
    for abonne in attend.select_related("forum__consultation").prefetch_related("propositions"):
        resume = resume or courriers.Resume(forum)
        avant = abonne.ecrit_le
        if forum.abonnes.filter(pk=abonne.pk, ecrit_le=avant).update(ecrit_le=forum.lettre_le) != 1:
            continue  # another worker has it
        lettre = resume.pour(abonne)
        rendre = partial(forum.abonnes.filter(pk=abonne.pk).update, ecrit_le=avant)
        if lettre is not None and not partir(lettre, rendre):
            return  # an hour later, all of them


TRAVAUX = {
    "tenir-les-votes-des-forums": (timedelta(minutes=1), tenir_les_votes),
    "ecrire-aux-abonnes-des-forums": (timedelta(hours=1), ecrire_aux_abonnes),
    "oublier-les-gens-a-terme": (timedelta(days=1), oublier_les_gens_a_terme),
}
