"""What is printed before the day and for it: codes, sheets to sign, certificates. `contenus` makes the PDF."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks

from consultation.gestion.socle import ActeDansConsultation, DansConsultation

from ..inscriptions import lectures, presences
from .actions import noter_impression


class PageCodes(DansConsultation, TemplateView):
    """What there is to print, how, and what was printed already."""

    template_name = "ateliers/gestion/codes.html"
    page_title = gettext_lazy("À imprimer")
    header_icon = "key"

    def get_context_data(self, **kwargs):
        nouveaux, derniere = lectures.badges_a_imprimer(self.consultation)
        badges = len(lectures.badges(self.consultation))
        return super().get_context_data(
            nb_badges=badges,
            feuilles=-(-badges // lectures.BADGES_PAR_FEUILLE),
            nb_affiches=len(lectures.affiches(self.consultation)),
            nb_nouveaux=nouveaux.count(),
            nb_attendus=presences.attendus(self.consultation).count(),
            nb_presents=presences.venus(self.consultation).count(),
            derniere=derniere and timezone.localtime(derniere),
            avertissements=[dit for dire in hooks.get_hooks("avant_les_codes") for dit in dire(self.consultation)],
            **kwargs,
        )


class CodesImprimes(ActeDansConsultation):
    retour = "gestion_ateliers:codes"

    def agir(self):
        noter_impression(
            consultation=self.consultation,
            badges=len(lectures.badges(self.consultation)),
            affiches=len(lectures.affiches(self.consultation)),
            par=self.request.user,
        )
        return _("C’est noté. Les personnes inscrites après seront signalées.")
