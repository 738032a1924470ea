"""A page of questions as visitors meet it, and the list of answers as its editors do."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.forms.views import SubmissionsListView

from ateliers import essais
from consultation.erreurs import Refus
from consultation.gestion.tableur import telechargement

from .. import actions
from ..models import FormulairePage
from ..models.lecture import RECEPTIONS

#: A field that nobody sees: only programs that fill everything answer it. Nothing of theirs is kept.
PIEGE = "site_web"


def accueillir(page, request, recue=False):
    """The questions; then, once an answer is kept, the thanks, at an address that can be loaded again."""
    if request.method == "POST":
        reponse = _recevoir(page, request)
    else:
        recue = recue or "merci" in request.GET
        reponse = _montrer(page, request, None if recue else page.get_form(page=page), recue=recue)
    essais.marquer(request, reponse)
    return reponse


def _recevoir(page, request):
    form = page.get_form(request.POST, page=page)
    if not form.is_valid():
        return _montrer(page, request, form, statut=422)
    try:
        if not request.POST.get(PIEGE):
            essais.exiger_entree(
                essais.visiteur(request),
                f"page-{page.pk}",
                request.POST,
                _("Beaucoup de réponses arrivent en même temps. Attendez cinq secondes, puis envoyez à nouveau."),
            )
            actions.recevoir_reponse(page=page, reponses=form.cleaned_data)
    except Refus as refus:
        return _montrer(page, request, form, refus=refus, statut=refus.statut)
    return redirect(f"{page.get_url(request)}?merci")


def _montrer(page, request, form, *, refus=None, recue=False, statut=200):
    contexte = page.get_context(request) | {
        "form": form,
        "refus": refus,
        "recue": recue,
        "piege": PIEGE,
        "ouverte": page.est_ouverte if page.pk else True,
    }
    return render(request, page.get_template(request), contexte, status=statut)


class Reponses(SubmissionsListView):
    """Wagtail's list; its tables to take away are ours, which no spreadsheet runs as a formula."""

    page_title = gettext_lazy("Réponses")

    def as_spreadsheet(self, queryset, spreadsheet_format):
        lignes = [
            [_en_mots(valeur) for valeur in self.to_row_dict(reponse).values()] for reponse in queryset.iterator()
        ]
        entetes = list(self.export_headings.values())
        return telechargement([(self.form_page.title, entetes, lignes)], self.get_filename(), spreadsheet_format)


def _en_mots(valeur):
    if isinstance(valeur, bool):
        return _("oui") if valeur else _("non")
    return ", ".join(valeur) if isinstance(valeur, list) else valeur


def lister(page, request, *args, results_only=False, **kwargs):
    return Reponses.as_view(results_only=results_only)(request, *args, form_page=page, **kwargs)


def brancher():
    RECEPTIONS.update({FormulairePage: accueillir, "reponses": lister})
