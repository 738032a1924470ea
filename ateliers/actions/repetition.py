"""A rehearsal: a room of its own to play the day in beforehand, made at once and cleared at once.

Nothing of it hangs on anything real: its consultation, its territory, its facilitator's account are made for it.
Each act leaves one line in the journal. What phones do there is told as on the day, since telling it is part of
what is measured; those lines stay, as all lines do: numbers only, of a consultation that is no more.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultation import actions as actes
from consultation.actions.gardes import exiger_droit
from consultation.models import (
    Axe,
    Bulletin,
    College,
    Consultation,
    Decompte,
    Espace,
    Mandat,
    Participant,
    Piste,
    Proposition,
    Territoire,
    Voix,
)

from ..models import Atelier, Etape, Place, Repetition, Temps
from .preparation import code_libre

#: Pistes put to the vote, and minutes of each step: more than a rehearsal may last.
PISTES, DUREE = 12, 60
AXES = (gettext_lazy("Les personnes"), gettext_lazy("Les outils"), gettext_lazy("Le temps"))
NATURE = Etape.Nature
ETAPES = (NATURE.ACCUEIL, NATURE.IDEATION, NATURE.VOTE)
SIGNES = (College.Signe.SALARIES, College.Signe.PERMANENTS, College.Signe.ADMINISTRATEURS)


@transaction.atomic
def preparer_repetition(*, par=None):
    """Make the room of a rehearsal: its colleges, its steps, pistes to vote on, an account to lead it.

    The consultation stays in preparation, without dates, so that nothing announces it. Return the Repetition.
    Raises Refus 403 unless `par` is a superuser or None, the system itself.
    """
    exiger_droit(lambda: par.is_superuser, par)
    marque = get_random_string(8, "abcdefghjkmnpqrstuvwxyz23456789")
    maintenant = timezone.now()
    titre = _("Répétition générale du %(quand)s") % {
        "quand": date_format(timezone.localtime(maintenant), "j F Y, H:i")
    }
    territoire = Territoire.objects.create(nom=f"{titre} ({marque})", niveau=Territoire.Niveau.LOCAL)
    consultation = Consultation.objects.create(
        titre=titre, slug=f"repetition-generale-{marque}", territoire=territoire
    )
    for ordre, signe in enumerate(SIGNES):
        nom = _("Collège %(n)d") % {"n": ordre + 1}
        College.objects.create(consultation=consultation, nom=nom, nom_court=nom, signe=signe, ordre=ordre)
    espace = _faire_salle(consultation, maintenant)
    animateur = get_user_model().objects.create_user(
        f"repetition-{marque}@germoir.invalid", None, first_name=_("Répétition générale")
    )
    actes.confier(compte=animateur, role=Mandat.Role.ANIMATEUR, consultation=consultation, espace=espace, par=None)
    repetition = Repetition.objects.create(consultation=consultation, territoire=territoire, animateur=animateur)
    actes.noter(verbe="preparer_repetition", objet=repetition, compte=par)
    return repetition


def _faire_salle(consultation, maintenant):
    titre = _("Salle de répétition")
    temps = Temps.objects.create(
        consultation=consultation, titre=titre, debut=maintenant, fin=maintenant + timedelta(hours=3)
    )
    espace = Espace.objects.create(
        consultation=consultation, titre=titre, question=_("Qu’est-ce qui vous aiderait au travail ?")
    )
    for ordre, nom in enumerate(AXES):
        espace.axes.add(Axe.objects.create(consultation=consultation, titre=nom, ordre=ordre))
    atelier = Atelier.objects.create(espace=espace, temps=temps, code=code_libre(), repetition=True)
    for ordre, nature in enumerate(ETAPES):
        Etape.objects.create(atelier=atelier, ordre=ordre, nature=nature, titre=nature.label, duree=DUREE)
    Piste.objects.bulk_create(
        Piste(
            consultation=consultation,
            espace=espace,
            numero=numero,
            texte=_("Une idée pour la répétition, la numéro %(n)d.") % {"n": numero},
        )
        for numero in range(1, PISTES + 1)
    )
    return espace


@transaction.atomic
def effacer_repetition(*, repetition, par=None):
    """Remove all that was made for a rehearsal, and all that was said there. What is real cannot be reached.

    Raises Refus 403 unless `par` is a superuser or None; ProtectedError, with nothing removed, when something real
    was made to rest on it by hand (a published synthesis).
    """
    exiger_droit(lambda: par.is_superuser, par)
    consultation, animateur, territoire = repetition.consultation, repetition.animateur, repetition.territoire
    dits = {"participants": consultation.participants.count(), "propositions": consultation.propositions.count()}
    actes.noter(verbe="effacer_repetition", objet=repetition, compte=par, details=dits)
    # From the leaves to the root: what a college or a half-day protects goes before it.
    for modele in (Voix, Bulletin, Decompte):
        modele.objects.filter(scrutin__consultation=consultation).delete()
    Place.objects.filter(atelier__espace__consultation=consultation).delete()
    for modele in (Proposition, Participant):
        modele.objects.filter(consultation=consultation).delete()
    Atelier.objects.filter(espace__consultation=consultation).delete()
    consultation.delete()
    territoire.delete()
    if animateur is not None:
        animateur.delete()
