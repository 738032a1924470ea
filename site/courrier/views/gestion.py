"""The desk of the post: who receives the newsletter, and each number from its frozen list to its proof."""

from csp.constants import UNSAFE_INLINE
from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import ListView, TemplateView, View
from django.views.generic.edit import FormView
from wagtail.admin import messages

from consultation.erreurs import Refus
from consultation.gestion.formulaires import reporter
from consultation.gestion.listes import contenant
from consultation.gestion.socle import Pupitre, interdit, page_de_refus
from consultation.gestion.tableur import telechargement
from consultation.textes import entier, nettoyer_ligne
from contenus.models import FilInfoPage
from contenus.models.lecture import APERCUS

from .. import actions, lectures, lettre, regles
from ..actions.abonnements import lire_courriel
from ..models import Abonnement, Envoi
from .abonnement import envoyer


class DuCourrier(Pupitre):
    """Pages for those who send the newsletter."""

    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        if not regles.peut_envoyer(request.user):
            return page_de_refus(request, interdit())
        return super().dispatch(request, *args, **kwargs)

    def etapes_du_fil(self):
        return []

    def get_breadcrumbs_items(self):
        fil = [{"url": reverse("wagtailadmin_home"), "label": _("Accueil")}]
        if not isinstance(self, Accueil):
            fil.append({"url": reverse("gestion_courrier:accueil"), "label": _("Courrier")})
        return [*fil, *self.etapes_du_fil(), {"url": "", "label": self.get_page_title()}]


class Accueil(DuCourrier, TemplateView):
    template_name = "courrier/gestion/accueil.html"
    page_title = gettext_lazy("Courrier")

    def get_context_data(self, **kwargs):
        confirmes = Abonnement.objects.filter(confirme_le__isnull=False, mort_le=None)
        return super().get_context_data(**kwargs) | {
            "compte": lectures.compte(),
            "regions": lectures.par_region(confirmes),
            "numeros": lectures.numeros_a_envoyer(),
        }


class Abonnes(DuCourrier, ListView):
    """Every address, searched, so many on a page."""

    template_name = "courrier/gestion/abonnes.html"
    page_title = gettext_lazy("Les adresses")
    paginate_by = lectures.MONTRES
    context_object_name = "abonnements"

    @property
    def mots(self):
        return nettoyer_ligne(self.request.GET.get("q", ""))[:100]

    def get_queryset(self):
        return contenant(Abonnement.objects.all(), ("courriel",), self.mots)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"mots": self.mots}


class FormulaireInscrire(forms.Form):
    adresses = forms.CharField(
        label=gettext_lazy("Adresses"),
        help_text=gettext_lazy("Une par ligne. Chaque personne reçoit une lettre et confirme elle-même."),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    region = forms.ChoiceField(label=gettext_lazy("Région"), required=False)
    frequence = forms.ChoiceField(label=gettext_lazy("Combien de fois"), choices=Abonnement.Frequence.choices)
    accord = forms.BooleanField(
        label=gettext_lazy("Ces personnes m’ont dit qu’elles veulent recevoir le Fil d’Info"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        regions = Abonnement._meta.get_field("region").choices
        self.fields["region"].choices = [("", _("Toutes les régions")), *regions]


class Inscrire(DuCourrier, FormView):
    template_name = "consultation/gestion/formulaire.html"
    page_title = gettext_lazy("Inscrire des adresses")
    form_class = FormulaireInscrire

    def form_valid(self, form):
        try:
            nouveaux = actions.inscrire(par=self.request.user, **form.cleaned_data)
        except Refus as refus:
            reporter(refus, form)
            return self.form_invalid(form, statut=refus.statut)
        parties = sum(envoyer(lettre.demande(abonnement)) for abonnement in nouveaux)
        if parties < len(nouveaux):
            dit = _(
                "La messagerie ne répond pas. Les adresses sont gardées : un rappel leur partira dans trois jours."
            )
            messages.warning(self.request, dit)
        else:
            dit = ngettext(
                "%(n)d lettre est partie. Chaque personne confirme elle-même.",
                "%(n)d lettres sont parties. Chaque personne confirme elle-même.",
                parties,
            )
            messages.success(self.request, dit % {"n": parties})
        return redirect("gestion_courrier:accueil")

    def form_invalid(self, form, statut=422):
        messages.validation_error(self.request, _("Rien n’est enregistré : corrigez ce qui est signalé."), form)
        return self.render_to_response(self.get_context_data(form=form), status=statut)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "action_url": self.request.path,
            "submit_button_label": _("Écrire à ces adresses"),
            "submit_button_active_label": _("Enregistrement…"),
            "annuler": reverse("gestion_courrier:accueil"),
        }


class DunNumero(DuCourrier):
    """A page about one published number; its sending, if its list was frozen, is `envoi`."""

    @cached_property
    def numero(self):
        return get_object_or_404(FilInfoPage, pk=self.kwargs["fil"])

    @cached_property
    def envoi(self):
        return Envoi.objects.filter(numero=self.numero.numero).select_related("fige_par", "lance_par").first()

    def get_page_title(self):
        return _("Envoyer le Fil d’Info n° %(n)s") % {"n": self.numero.numero}

    def get_page_subtitle(self):
        return self.numero.title


class Envoyer(DunNumero, TemplateView):
    """Where the sending of a number is: who receives, frozen and tried, under way, its proof."""

    GABARITS = {None: "qui", "fige": "figee", "en_cours": "encours", "en_pause": "encours", "fini": "preuve"}

    def get_template_names(self):
        return [f"courrier/gestion/{self.GABARITS[self.envoi and self.envoi.etat]}.html"]

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs) | {"numero": self.numero, "envoi": self.envoi}
        if self.envoi is None:
            return contexte | self._qui_recevrait()
        return contexte | {
            "bilan": lectures.bilan(self.envoi),
            "trois": lectures.trois_abonnes(self.envoi),
            "attendent": lectures.qui_attend(self.envoi),
            "a_regarder": lectures.a_regarder(self.envoi),
            "compte": lectures.compte(),
            "a_moi": self.request.user.email,
        }

    def _qui_recevrait(self):
        choisies = [code for code in self.request.GET.getlist("regions") if code in actions.envois.CODES]
        recoivent = lectures.qui_recevrait(self.numero, choisies)
        tous = lectures.qui_recevrait(self.numero, [])
        return {
            "choisies": choisies,
            "regions": lectures.par_region(tous),
            "total": recoivent.count(),
            "montres": recoivent.order_by("courriel")[: lectures.MONTRES],
            "compte": lectures.compte(),
        }


class Agir(DunNumero, View):
    """One button of a sending, by POST: comes back with a sentence."""

    http_method_names = ["post"]
    ACTES = ("figer", "defaire", "essayer", "lancer", "suspendre", "reprendre", "reecrire")

    def post(self, request, fil, acte):
        if acte not in self.ACTES or (self.envoi is None) != (acte == "figer"):
            messages.error(request, _("Cet envoi a changé entre-temps : relisez la page."))
            return redirect("gestion_courrier:envoi", fil)
        try:
            messages.success(request, getattr(self, acte)())
        except Refus as refus:
            if refus.statut == 403:
                raise
            messages.error(request, refus.message)
        return redirect("gestion_courrier:envoi", fil)

    def figer(self):
        actions.figer(page=self.numero, regions=self.request.POST.getlist("regions"), par=self.request.user)
        return _("La liste est figée. Rien ne part encore.")

    def defaire(self):
        actions.defaire(envoi=self.envoi, par=self.request.user)
        return _("La liste est défaite.")

    def essayer(self):
        courriel = lire_courriel(self.request.POST.get("courriel", "")[:254])
        modele = lectures.trois_abonnes(self.envoi)
        partie = bool(modele) and envoyer(lettre.essai(self.numero, courriel, modele[0]))
        dit = _("La messagerie ne répond pas : l’essai n’est pas parti. Dites-le à qui tient le serveur.")
        if not partie:
            raise Refus("pas_parti", dit, statut=503)
        return _("L’essai est remis. Il porte « ESSAI » dans son objet.")

    def lancer(self):
        personnes = entier(self.request.POST.get("personnes", "")) or 0
        actions.lancer(envoi=self.envoi, personnes=personnes, par=self.request.user)
        return _("L’envoi est commencé. Vous pouvez fermer cette page.")

    def suspendre(self):
        actions.suspendre(envoi=self.envoi, par=self.request.user)
        return _("L’envoi est en pause.")

    def reprendre(self):
        actions.reprendre(envoi=self.envoi, par=self.request.user)
        return _("L’envoi reprend.")

    def reecrire(self):
        combien = actions.reecrire(envoi=self.envoi, par=self.request.user)
        return ngettext("%(n)d lettre repart.", "%(n)d lettres repartent.", combien) % {"n": combien}


class Apercu(DunNumero, View):
    """The letter of a number as one real subscriber would receive it: HTML, or its text part."""

    def get(self, request, fil, forme):
        abonne = Abonnement.objects.filter(pk=entier(request.GET.get("abonne", "")) or 0).first()
        lue = lettre.composer(self.numero)
        if abonne is not None:  # their date, never the key that would end their subscription
            lue = lettre.pour(lue, abonne, cle=lettre.CLE)
        return _en_texte(lue) if forme == "texte" else _en_html(lue)


def brancher():
    """What the preview of a draft sends: the letter, in its two parts."""
    APERCUS[FilInfoPage] = {
        "courriel": (gettext_lazy("La lettre par e-mail"), lambda page, _r: _en_html(_apercu(page))),
        "texte": (gettext_lazy("La lettre, texte seul"), lambda page, _r: _en_texte(_apercu(page))),
    }


def _apercu(page):
    """The letter of a draft, for nobody: today's date, and links that end nothing."""
    return lettre.pour(lettre.composer(page), Abonnement(cree_le=timezone.now()), cle=lettre.CLE)


def _en_html(lue):
    """The letter, its styles in its tags; Wagtail asks for a preview as for a page of the site."""
    reponse = HttpResponse(lue.html)
    reponse._csp_replace = {"style-src": [UNSAFE_INLINE]}
    return reponse


def _en_texte(lue):
    return HttpResponse(lue.texte, content_type="text/plain; charset=utf-8")


class Preuve(DunNumero, View):
    """The proof as a table that no spreadsheet runs: one row for each letter."""

    def get(self, request, fil):
        if self.envoi is None:
            return redirect("gestion_courrier:envoi", fil)
        nom = _("preuve fil info %(n)s") % {"n": self.envoi.numero}
        return telechargement([lectures.preuve(self.envoi)], nom)
