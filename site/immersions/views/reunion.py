"""From the board to the network's meeting: the officer's screens, and the agenda that anyone reads and prints."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consultation.gestion.socle import ActeDansConsultation, FormulaireDansConsultation
from consultation.textes import entier
from contenus.views.impression import pdf_ou_excuse

from .. import actions, impression, lectures, regles
from ..acces import avec_dispositif
from ..formulaires import FormulaireBesoin, FormulaireReunion
from .socle import DansDispositif

#: A need may be noted for so many quarters, this one first.
TRIMESTRES_OFFERTS = 6


def trimestres_recents(jour):
    """The quarter of a day and those before it, the latest first: [(year, number)].

    >>> trimestres_recents(date(2027, 2, 1))[:3]
    [(2027, 1), (2026, 4), (2026, 3)]
    """
    rang = jour.year * 4 + (jour.month - 1) // 3
    return [((rang - n) // 4, (rang - n) % 4 + 1) for n in range(TRIMESTRES_OFFERTS)]


class Reunion(DansDispositif, FormulaireDansConsultation):
    """Lines of the board are ticked, and one act makes of them a workshop of the network."""

    template_name = "immersions/gestion/reunion.html"
    page_title = gettext_lazy("Réunion du réseau")
    form_class = FormulaireReunion
    bouton = gettext_lazy("Préparer la réunion")

    @cached_property
    def periode(self):
        """(year, quarter or None) that the address asks for; the latest year counted, else this one."""
        annee, _tiret, numero = self.request.GET.get("periode", "").partition("-")
        annee, numero = entier(annee), entier(numero)
        if annee not in self.annees:
            annee = (lectures.annees_arretees(self.dispositif) or self.annees)[0]
        return annee, numero if numero in (1, 2, 3, 4) else None

    @cached_property
    def annees(self):
        siennes = {*lectures.annees_arretees(self.dispositif), timezone.localdate().year}
        return sorted(siennes, reverse=True)

    @cached_property
    def points(self):
        return lectures.points(self.dispositif, *self.periode)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "points": self.points}

    def ecrire(self, form):
        annee, trimestre = self.periode
        ordre = actions.preparer_reunion(
            dispositif=self.dispositif,
            annee=annee,
            trimestre=trimestre,
            par=self.request.user,
            **form.cleaned_data,
        )
        dit = _("La réunion est préparée. Vous pouvez changer son déroulé.")
        return dit, self.adresse("gestion_ateliers:deroule", ordre.atelier_id)

    def adresse_annuler(self):
        return self.chez("accueil")

    def get_context_data(self, **kwargs):
        annee, trimestre = self.periode
        return super().get_context_data(**kwargs) | {
            "action_url": self.request.get_full_path(),
            "annees": self.annees,
            "choisie": f"{annee}-{trimestre}" if trimestre else str(annee),
            "points": self.points,
            "besoins": lectures.besoins(self.dispositif, annee, trimestre),
            "ordres": lectures.ordres_du_jour(self.dispositif),
        }


class NoterBesoin(DansDispositif, FormulaireDansConsultation):
    page_title = gettext_lazy("Un besoin du territoire")
    form_class = FormulaireBesoin

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "trimestres": trimestres_recents(timezone.localdate())}

    def ecrire(self, form):
        annee, numero = map(int, form.cleaned_data["quand"].split("-"))
        actions.noter_besoin(
            dispositif=self.dispositif,
            annee=annee,
            numero=numero,
            mots=form.cleaned_data["mots"],
            par=self.request.user,
        )
        return _("Le besoin est noté."), f"{self.chez('reunion')}?periode={annee}-{numero}"

    def adresse_annuler(self):
        return self.chez("reunion")


class RetirerBesoin(DansDispositif, ActeDansConsultation):
    def agir(self):
        besoin = get_object_or_404(self.dispositif.besoins, pk=self.kwargs["besoin"])
        actions.retirer_besoin(besoin=besoin, par=self.request.user)
        return _("Le besoin est retiré.")

    def adresse_de_retour(self):
        return self.chez("reunion")


def _ordre(dispositif, pk):
    ordre = lectures.ordres_du_jour(dispositif).filter(pk=pk).first()
    if ordre is None:
        raise Http404
    return ordre


@require_safe
@avec_dispositif
def ordre_du_jour(request, dispositif, ordre):
    """The agenda of a meeting, for anyone: its points, with the figures of the board."""
    lu = _ordre(dispositif, ordre)
    organise = request.user.is_authenticated and regles.peut_tenir(request.user, dispositif.consultation)
    contexte = {"dispositif": dispositif, "ordre": lu, "etapes": lectures.etapes_de(lu), "organise": organise}
    return render(request, "immersions/ordre.html", contexte)


@require_safe
@avec_dispositif
def ordre_pdf(request, dispositif, ordre):
    lu = _ordre(dispositif, ordre)
    return pdf_ou_excuse(request, f"ordre-du-jour-{lu.pk}", lambda: impression.ordre_pdf(dispositif, lu))
