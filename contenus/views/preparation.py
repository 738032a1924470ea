"""What publishing adds to the preparation page: the seminar's page, the booklet, the newsletter."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.gestion.preparation import A_FAIRE, EN_COURS, FACULTATIF, FAIT, PLUS_TARD, Ligne

from ..lectures.publies import pistes_reprises
from ..models import CarnetCompose, FilInfoPage, SeminairePage, SynthesePage, Tirage


def lignes(consultation):
    return [_page(consultation), _carnet(consultation), _tirages(consultation), _fil(consultation)]


def _page(consultation):
    page = SeminairePage.objects.filter(consultation=consultation).order_by("pk").first()
    if page is None:
        constat = _("Elle dit le programme, le lieu et les dates, d’après ce que vous préparez ici.")
        faire = (_("Faire la page"), reverse("contenus_page_du_seminaire", args=[consultation.pk]), {})
        return Ligne(80, _("Page publique"), A_FAIRE, constat, "", "", actes=[faire])
    adresse = reverse("wagtailadmin_pages:edit", args=[page.pk])
    titre = _("Page publique")
    if not page.live:
        return Ligne(80, titre, EN_COURS, _("C’est un brouillon : personne ne la voit."), adresse, _("Continuer"))
    le = date_format(page.last_published_at, "j F") if page.last_published_at else ""
    constat = _("Publiée le %(le)s.") % {"le": le} if le else _("Publiée.")
    reste = [_("Des changements attendent d’être publiés.")] if page.has_unpublished_changes else []
    return Ligne(80, titre, EN_COURS if reste else FAIT, constat, adresse, _("Modifier la page"), precisions=reste)


def _carnet(consultation):
    """The booklet makes itself of what is prepared: say what would be missing from it."""
    temps = consultation.temps.count()
    manques = [
        quoi
        for quoi, la in (
            (_("la présentation"), consultation.chapeau),
            (_("les demi-journées"), temps),
            (_("les axes, chacun avec ses deux phrases"), _axes_presentes(consultation)),
        )
        if not la
    ]
    compose = CarnetCompose.objects.filter(consultation=consultation).exists()
    constat = _("Il se fait avec ce que vous préparez ici, pour chaque personne.")
    if compose:
        constat = _(
            "Vous l’avez composé. Son programme et ses pages personnelles suivent ce que vous préparez ici."
        )
    return Ligne(
        85,
        _("Carnet du participant"),
        EN_COURS if manques else FAIT,
        constat,
        reverse("contenus_carnet", args=[consultation.pk]),
        _("Modifier le carnet") if compose else _("Composer le carnet"),
        precisions=[_("Il lui manque : %(quoi)s.") % {"quoi": ", ".join(manques)}] if manques else [],
    )


def _tirages(consultation):
    """The print run of everyone's booklet."""
    titre, adresse = _("Tirage des carnets"), reverse("contenus_tirages", args=[consultation.pk])
    dernier = consultation.tirages.first()
    if dernier is None:
        constat = _("Un carnet par personne, en un seul fichier, dans l’ordre des salles.")
        return Ligne(105, titre, FACULTATIF, constat, adresse, _("Tirer les carnets"))
    le = date_format(timezone.localtime(dernier.demande_le), "j F")
    constat = _("Le dernier, du %(le)s : %(etat)s.") % {"le": le, "etat": dernier.get_etat_display()}
    etat = FAIT if dernier.etat == Tirage.Etat.FAIT else EN_COURS
    return Ligne(105, titre, etat, constat, adresse, _("Voir les tirages"))


def _axes_presentes(consultation):
    axes = list(consultation.axes.filter(parent__isnull=True).values_list("chapeau", flat=True))
    return bool(axes) and all(axes)


def _fil(consultation):
    titre, composer = _("Fil d’Info"), reverse("contenus_composer")
    pages = set(
        SynthesePage.objects.live().filter(synthese__consultation=consultation).values_list("pk", flat=True)
    )
    if not pages:
        constat = _("Quand une synthèse sera publiée, un numéro pourra reprendre ses pistes.")
        return Ligne(120, titre, PLUS_TARD, constat, "", "")
    siens = [
        fil
        for fil in FilInfoPage.objects.order_by("-numero")
        if any(page in pages for page, _numero in pistes_reprises(fil))
    ]
    if not siens:
        n = len(pages)
        constat = ngettext(
            "%(n)s synthèse est publiée. Aucun numéro n’en parle.",
            "%(n)s synthèses sont publiées. Aucun numéro n’en parle.",
            n,
        )
        return Ligne(120, titre, FACULTATIF, constat % {"n": n}, composer, _("Composer un numéro"))
    adresse = reverse("wagtailadmin_pages:edit", args=[siens[0].pk])
    if siens[0].live:
        constat = _("Le n° %(n)s, publié, en parle.") % {"n": siens[0].numero}
        return Ligne(120, titre, FAIT, constat, adresse, _("Voir le numéro"))
    constat = _("Le n° %(n)s en parle. C’est un brouillon.") % {"n": siens[0].numero}
    return Ligne(120, titre, EN_COURS, constat, adresse, _("Continuer"))
