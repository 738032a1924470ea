"""Small screens of the Wagtail admin: a seminar's page, a synthesis' new figures, a number of the newsletter."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page
from wagtail.permissions import policy_registry

from consultation.erreurs import Refus
from consultation.gestion.formulaires import ChoixMultiple
from consultation.gestion.listes import contenant
from consultation.gestion.recherche import Trouve, groupe
from consultation.gestion.socle import ActeDansConsultation
from consultation.models import Synthese

from .. import actions, regles
from ..lectures.ecarts import ecarts
from ..lectures.fil import pistes_retenues_sur, prochain_numero
from ..lectures.nouvelles import nouvelles
from ..models import SynthesePage


def chercher(compte, mots):
    """What the desk's search finds here: the pages that the explorer shows this account. Three queries."""
    pages = contenant(
        policy_registry.get_by_type(Page).explorable_instances(compte), ("title", "draft_title"), mots
    )
    return [groupe(_("Pages du site"), pages.filter(depth__gt=1).order_by("title__plie", "pk"), _page)]


def _page(page):
    precision = _("Publiée") if page.live else _("Brouillon")
    return Trouve(page.get_admin_display_title(), precision, reverse("wagtailadmin_explore", args=[page.pk]))


class FairePageDuSeminaire(ActeDansConsultation):
    """One button of the preparation page: the draft is made of what is prepared, and opens."""

    def agir(self):
        self.page = actions.faire_page_du_seminaire(consultation=self.consultation, par=self.request.user)
        return _("Le brouillon de la page est fait. Relisez-le, puis publiez-le.")

    def adresse_de_retour(self):
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


def reprendre(request, page_id):
    """Show what moved since the figures were taken, and take them when asked."""
    page = get_object_or_404(SynthesePage, pk=page_id)
    brouillon = page.get_latest_revision_as_object()
    refus = None
    if not regles.peut_ecrire(request.user, page):
        refus = Refus(
            "interdit", _("Seuls les rapporteurs et les éditeurs de cette consultation le peuvent."), statut=403
        )
    elif request.method == "POST":
        try:
            actions.reprendre_chiffres(page=page, par=request.user)
        except Refus as non:
            refus = non
        else:
            messages.success(request, _("Le brouillon a les nouveaux chiffres. La page publiée n’a pas bougé."))
            return redirect("wagtailadmin_pages:edit", page.pk)
    contexte = {"page_lue": page, "ecarts": [] if refus else ecarts(brouillon), "refus": refus}
    return render(request, "contenus/gestion/reprendre.html", contexte, status=refus.statut if refus else 200)


def dire_les_syntheses_en_retard(request, pages):
    """Tell whoever published that a page is out while its synthesis, which this act may not hand over, is not."""
    parues = SynthesePage.objects.live().filter(pk__in=[page.pk for page in pages])
    for page in parues.exclude(synthese__etat=Synthese.Etat.PUBLIEE).filter(synthese__isnull=False):
        dit = _(
            "La page « %(titre)s » est publiée, mais la synthèse n’a pas été remise : elle reste un brouillon au "
            "bureau du rapporteur. Demandez-lui de la remettre, puis publiez la page à nouveau."
        )
        messages.warning(request, dit % {"titre": page.title})


class ChoixSyntheses(ChoixMultiple):
    """Published syntheses, each with what the group kept of the pistes it cites."""

    def label_from_instance(self, synthese):
        n, sur = pistes_retenues_sur(synthese)
        if not n:
            dit = _("%(titre)s : aucune piste retenue par le groupe, sur %(sur)d")
            return dit % {"titre": synthese.titre, "sur": sur}
        dit = ngettext(
            "%(titre)s : %(n)d piste retenue par le groupe, sur %(sur)d",
            "%(titre)s : %(n)d pistes retenues par le groupe, sur %(sur)d",
            n,
        )
        return dit % {"titre": synthese.titre, "n": n, "sur": sur}


class ComposerForm(forms.Form):
    """`syntheses` are those whose page is published."""

    numero = forms.IntegerField(label=gettext_lazy("Numéro"), min_value=1)
    syntheses = ChoixSyntheses(
        label=gettext_lazy("Synthèses publiées"),
        queryset=Synthese.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    avec_nouvelles = forms.BooleanField(
        label=gettext_lazy("Mettre dans le brouillon les réponses aux pistes et l’agenda"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["syntheses"].queryset = Synthese.objects.filter(page__live=True).select_related("page")


def composer(request):
    """Choose a number and the syntheses it speaks of, then write it in the editor."""
    if not regles.peut_composer(request.user):
        return render(request, "contenus/gestion/composer.html", {"form": None}, status=403)
    neuves, statut = nouvelles(), 200
    propose = {"syntheses": [page.synthese_id for page in neuves.syntheses], "avec_nouvelles": True}
    form = ComposerForm(request.POST or None, initial={"numero": prochain_numero(), **propose})
    if request.method == "POST" and form.is_valid():
        try:
            page = actions.composer_fil_info(par=request.user, **form.cleaned_data)
        except Refus as refus:
            form.add_error(refus.champ, refus.message)
            statut = refus.statut
        else:
            return redirect("wagtailadmin_pages:edit", page.pk)
    elif request.method == "POST":
        statut = 422
    return render(request, "contenus/gestion/composer.html", {"form": form, "neuves": neuves}, status=statut)
