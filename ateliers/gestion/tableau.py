"""The programme as a grid of rooms and half-days, and as one table where everything is changed at once."""

from django import forms
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin import messages

from consultation.erreurs import Refus
from consultation.gestion.champs import ChampDate
from consultation.gestion.formulaires import adresse_libre, reporter
from consultation.gestion.socle import (
    ActeDansConsultation,
    DansConsultation,
    FormulaireDansConsultation,
    objet_ou_404,
)
from consultation.regles import ANIMATEUR, comptes_connus, mandats_de

from .. import actions
from ..lectures.conflits import colleges_invisibles, conflits, programme
from ..models import Atelier, Temps


class FormulaireTableau(forms.Form):
    """One row of fields for each workshop, named "<id>-<field>"."""

    def __init__(self, *args, consultation, ateliers, compte, **kwargs):
        super().__init__(*args, **kwargs)
        self.ateliers = ateliers
        comptes = comptes_connus(consultation, compte)
        for a in ateliers:
            animateur = a.anime_par[0].compte_id if a.anime_par else None
            lignes = {
                "titre": forms.CharField(label=_("Titre"), max_length=200, initial=a.titre),
                "temps": _choix(_("Demi-journée"), consultation.temps.all(), a.temps_id, True),
                "salle": _choix(_("Salle"), consultation.salles.all(), a.salle_id, False),
                "capacite": forms.IntegerField(
                    label=_("Places"), min_value=1, max_value=100_000, required=False, initial=a.capacite
                ),
                "animateur": _choix(_("Qui anime"), comptes, animateur, False),
            }
            for nom, champ in lignes.items():
                champ.label = f"{champ.label} : {a.titre}"
                self.fields[f"{a.pk}-{nom}"] = champ

    @property
    def rangs(self):
        return [(a, [self[f"{a.pk}-{nom}"] for nom in CHAMPS]) for a in self.ateliers]

    def reglages(self):
        """What `regler_ateliers` takes. Several who lead stay as they are: one choice would drop the others."""
        lus = {a.pk: {nom: self.cleaned_data[f"{a.pk}-{nom}"] for nom in CHAMPS} for a in self.ateliers}
        for atelier in self.ateliers:
            if len(atelier.anime_par) > 1:
                del lus[atelier.pk]["animateur"]
        return lus


CHAMPS = ("titre", "temps", "salle", "capacite", "animateur")


def _choix(nom, objets, initial, required):
    return forms.ModelChoiceField(objets, label=nom, required=required, initial=initial)


class PageProgramme(DansConsultation, FormView):
    template_name = "ateliers/gestion/programme.html"
    page_title = gettext_lazy("Le programme")
    header_icon = "table"
    form_class = FormulaireTableau

    def get_form_kwargs(self):
        anime = mandats_de(self.consultation, role=ANIMATEUR).order_by("pk")
        ateliers = list(
            Atelier.objects.filter(espace__consultation=self.consultation)
            .select_related("espace", "temps", "salle")
            .prefetch_related(Prefetch("espace__mandats", queryset=anime, to_attr="anime_par"))
            .dans_l_ordre()
        )
        for atelier in ateliers:
            atelier.anime_par = atelier.espace.anime_par
        kwargs = {"consultation": self.consultation, "ateliers": ateliers, "compte": self.request.user}
        return super().get_form_kwargs() | kwargs

    def form_valid(self, form):
        try:
            n = actions.regler_ateliers(
                consultation=self.consultation, reglages=form.reglages(), par=self.request.user
            )
        except Refus as refus:
            if refus.statut == 403:
                raise
            reporter(refus, form)
            return self.form_invalid(form)
        donnees = actions.donner_les_places(consultation=self.consultation, par=self.request.user)
        dit = ngettext("%(n)s atelier changé.", "%(n)s ateliers changés.", n) % {"n": n}
        if donnees:
            dit += " " + _("%(n)s personnes en attente ont une place.") % {"n": len(donnees)}
        messages.success(self.request, dit)
        return redirect(self.adresse("gestion_ateliers:programme"))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        ateliers = programme(self.consultation)
        trouves = conflits(self.consultation, ateliers)
        fautifs = {pk for conflit in trouves for pk in conflit.ateliers}
        return super().get_context_data(
            conflits=trouves,
            invisibles=colleges_invisibles(self.consultation, ateliers),
            grille=_grille(self.consultation, ateliers, fautifs),
            **kwargs,
        )


def _grille(consultation, ateliers, fautifs):
    """(half-days, [(room or None, [[(workshop, whether it is in a conflict)] for each half-day])])."""
    temps = list(consultation.temps.order_by("debut", "pk"))
    salles = [*consultation.salles.all()]
    if any(a.salle_id is None for a in ateliers):
        salles.append(None)
    cases = {}
    for a in ateliers:
        cases.setdefault((a.salle_id, a.temps_id), []).append((a, a.pk in fautifs))
    rangs = [(s, [(t, cases.get((s.pk if s else None, t.pk), [])) for t in temps]) for s in salles]
    return temps, rangs


class CopierAtelier(ActeDansConsultation):
    retour = "gestion_ateliers:ateliers"

    def agir(self):
        siens = Atelier.objects.filter(espace__consultation=self.consultation)
        atelier = objet_ou_404(siens.select_related("espace__consultation", "temps", "salle"), self.kwargs["pk"])
        copie = actions.copier_atelier(atelier=atelier, par=self.request.user)
        return _("« %(titre)s » est prêt. Choisissez sa salle.") % {"titre": copie.titre}


class CopierTemps(ActeDansConsultation):
    retour = "gestion_ateliers:temps"

    def agir(self):
        temps = objet_ou_404(Temps.objects.filter(consultation=self.consultation), self.kwargs["pk"])
        actions.copier_temps(temps=temps, par=self.request.user)
        return _("La demi-journée est copiée au lendemain, avec ses ateliers. Vérifiez les heures et les salles.")


class FormulaireDuplication(forms.Form):
    titre = forms.CharField(label=gettext_lazy("Titre du nouveau séminaire"), max_length=200)
    debut = ChampDate(
        label=gettext_lazy("Son premier jour"),
        required=False,
        help_text=gettext_lazy("Les demi-journées sont décalées d’autant."),
    )


class PageDuplication(FormulaireDansConsultation):
    form_class = FormulaireDuplication
    page_title = gettext_lazy("Refaire ce séminaire")
    bouton = gettext_lazy("Préparer le nouveau")

    def get_initial(self):
        return {"titre": self.consultation.titre}

    def ecrire(self, form):
        neuve = actions.dupliquer_consultation(
            consultation=self.consultation,
            slug=adresse_libre(form.cleaned_data["titre"]),
            par=self.request.user,
            **form.cleaned_data,
        )
        self.consultation = neuve
        return _("Le nouveau séminaire est prêt à être vérifié."), self.adresse("gestion:preparation")

    def adresse_annuler(self):
        return self.adresse("gestion:preparation")

    def get_context_data(self, **kwargs):
        aide = _(
            "Sont copiés : les collèges et leurs parts, les axes, les salles, les demi-journées, les ateliers, "
            "leurs étapes et leurs votes. Ne sont pas copiés : les personnes inscrites, leurs mots, "
            "les codes, l’équipe."
        )
        return super().get_context_data(aide=aide, **kwargs)


class NouveauCode(DansConsultation, TemplateView):
    """Asked twice: the code may be on posters already."""

    template_name = "ateliers/gestion/nouveau_code.html"
    page_title = gettext_lazy("Tirer un nouveau code")

    @property
    def atelier(self):
        siens = Atelier.objects.filter(espace__consultation=self.consultation)
        return objet_ou_404(siens.select_related("espace__consultation", "temps"), self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        deroule = self.adresse("gestion_ateliers:deroule", self.kwargs["pk"])
        return super().get_context_data(atelier=self.atelier, annuler=deroule, **kwargs)

    def post(self, request, *args, **kwargs):
        atelier = actions.changer_code(atelier=self.atelier, par=request.user)
        dit = _("Nouveau code de « %(titre)s » : %(code)s. L’ancien n’ouvre plus rien.")
        messages.success(request, dit % {"titre": atelier.titre, "code": atelier.code_lisible})
        return redirect(self.adresse("gestion_ateliers:deroule", atelier.pk))
