"""Codes to print: badges, ten to a sheet, and a poster for each workshop."""

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from consultation.gestion.socle import ActeDansConsultation, DansConsultation
from consultation.models import Journal, Participant

from ..inscriptions import lectures
from ..qr import svg_qr
from .actions import noter_impression

BADGES_PAR_FEUILLE = 10


@dataclass(frozen=True)
class Imprime:
    """Something to print and its QR code, as inline SVG."""

    objet: object
    qr: SafeString


def badges_a_imprimer(consultation):
    """People who came on the list after the last print, and when that was (None: never). Two queries."""
    derniere = (
        Journal.objects.filter(consultation=consultation.pk, verbe="imprimer_codes")
        .values_list("le", flat=True)
        .first()
    )
    gens = Participant.objects.filter(
        consultation=consultation, efface_le__isnull=True, code_personnel__isnull=False, origine="inscription"
    )
    return (gens.filter(entre_le__gt=derniere) if derniere else gens), derniere


class PageCodes(DansConsultation, TemplateView):
    """What there is to print, how, and what was printed already."""

    template_name = "ateliers/gestion/codes.html"
    page_title = gettext_lazy("Codes à imprimer")
    header_icon = "key"

    def get_context_data(self, **kwargs):
        nouveaux, derniere = badges_a_imprimer(self.consultation)
        badges = len(lectures.badges(self.consultation))
        return super().get_context_data(
            nb_badges=badges,
            feuilles=-(-badges // BADGES_PAR_FEUILLE),
            nb_affiches=len(lectures.affiches(self.consultation)),
            nb_nouveaux=nouveaux.count(),
            derniere=derniere and timezone.localtime(derniere),
            **kwargs,
        )


class Imprimer(DansConsultation, TemplateView):
    """A page made for paper. It holds people's keys: no other site learns that it was read."""

    def render_to_response(self, context, **kwargs):
        reponse = super().render_to_response(context, **kwargs)
        reponse["Referrer-Policy"] = "no-referrer"
        return reponse


class ImprimerBadges(Imprimer):
    """All badges; `?nouveaux=1`: only those since the last print; `?personne=12`: one."""

    template_name = "ateliers/gestion/imprimer_badges.html"

    def choisis(self):
        personne = self.request.GET.get("personne", "")
        if personne:
            if not personne.isdecimal():
                raise Http404
            return [int(personne)]
        if self.request.GET.get("nouveaux"):
            return list(badges_a_imprimer(self.consultation)[0].values_list("pk", flat=True))
        return None

    def get_context_data(self, **kwargs):
        badges = [
            Imprime(badge, svg_qr(badge.adresse, _("Code QR de %(prenom)s") % {"prenom": badge.prenom}))
            for badge in lectures.badges(self.consultation, self.choisis())
        ]
        feuilles = [badges[i : i + BADGES_PAR_FEUILLE] for i in range(0, len(badges), BADGES_PAR_FEUILLE)]
        return super().get_context_data(feuilles=feuilles, **kwargs)


class ImprimerAffiches(Imprimer):
    template_name = "ateliers/gestion/imprimer_affiches.html"

    def get_context_data(self, **kwargs):
        affiches = [
            Imprime(affiche, svg_qr(affiche.adresse, _("Code QR de %(titre)s") % {"titre": affiche.titre}))
            for affiche in lectures.affiches(self.consultation)
        ]
        return super().get_context_data(affiches=affiches, **kwargs)


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
