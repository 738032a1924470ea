"""The officer's desk: the files, what waits, the portfolio, the scheme's settings."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import ListView, TemplateView, View

from consultation.erreurs import Refus
from consultation.gestion.socle import ActeDansConsultation, FormulaireDansConsultation
from consultation.models import Structure
from consultation.textes import entier, nettoyer_ligne
from contenus.views.impression import pdf_ou_excuse

from .. import actions, impression, lectures, regles
from ..formulaires import FormulaireDemande, FormulaireDispositif, FormulaireEntreprise
from ..models import Entreprise, Immersion
from .socle import DansDispositif

PAR_PAGE = 50


class AvecChoix(DansDispositif):
    """What an officer chose to see of the files, in the address."""

    @cached_property
    def choix(self):
        lus = self.request.GET
        return {
            "mots": nettoyer_ligne(lus.get("mots", ""))[:100],
            "etat": lus.get("etat", "")[:20],
            "genre": lus.get("genre", "")[:20],
            "structure": entier(lus.get("structure", "")),
        }

    def get_queryset(self):
        return lectures.recherche(self.dispositif, **self.choix)


class Accueil(AvecChoix, ListView):
    """Every file, filtered, so many on a page."""

    template_name = "immersions/gestion/accueil.html"
    page_title = gettext_lazy("Immersions")
    paginate_by = PAR_PAGE
    context_object_name = "immersions"

    def etapes_du_fil(self):
        return []

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        lus = self.request.GET.copy()
        lus.pop("page", None)
        siennes = Immersion.objects.filter(dispositif=self.dispositif).values("structure")
        return contexte | {
            "choix": self.choix,
            "filtree": any(self.choix.values()),
            "etats": lectures.ETATS,
            "genres": Immersion.Genre.choices,
            "structures": Structure.objects.filter(pk__in=siennes),
            "demande": lus.urlencode(),
            "conventions": lectures.conventions(self.get_queryset(), contexte["paginator"].count),
            "conventions_max": regles.CONVENTIONS_MAX,
            "attendent": len(lectures.attentes(self.dispositif)),
            "a_arreter": lectures.trimestres_a_arreter(self.dispositif),
            "annees": lectures.annees_arretees(self.dispositif),
        }


class Conventions(AvecChoix, View):
    """The conventions of what the list shows, in its order, as one PDF."""

    page_title = gettext_lazy("Conventions")

    def get(self, request, *args, **kwargs):
        if self.dispositif is None:
            return super().get(request, *args, **kwargs)
        trouvees = self.get_queryset().prefetch_related("signatures")
        lues = lectures.conventions(trouvees, trouvees.count())
        if lues is None:
            dit = _("Au plus %(n)d conventions à la fois. Choisissez un état, un genre ou une structure.")
            raise Refus("trop_de_conventions", dit % {"n": regles.CONVENTIONS_MAX}, statut=422)
        pretes, _incompletes = lues
        if not pretes:
            raise Refus("pas_de_convention", _("Aucune convention de cette liste n’est prête."), statut=409)
        titre = _("Conventions d’immersion : %(consultation)s") % {"consultation": self.consultation.titre}
        return pdf_ou_excuse(request, "conventions", lambda: impression.conventions_pdf(pretes, titre))


class Attentes(DansDispositif, TemplateView):
    """What waits, each with who to call and a button that says it was done."""

    template_name = "immersions/gestion/attentes.html"
    page_title = gettext_lazy("Ce qui attend")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"attentes": lectures.attentes(self.dispositif)}


class Reglages(DansDispositif, FormulaireDansConsultation):
    page_title = gettext_lazy("Le dispositif d’immersions")
    form_class = FormulaireDispositif
    reglages = True

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.dispositif}

    def ecrire(self, form):
        champs = {nom: form.cleaned_data[nom] for nom in form._meta.fields}
        actions.regler_dispositif(consultation=self.consultation, par=self.request.user, **champs)
        return _("Le dispositif est enregistré."), self.chez("accueil")

    def adresse_annuler(self):
        return self.adresse("gestion:preparation")

    def etapes_du_fil(self):
        return super().etapes_du_fil() if self.dispositif else []


class Demander(DansDispositif, FormulaireDansConsultation):
    """A request typed at the desk, with the person: their own code makes it theirs."""

    page_title = gettext_lazy("Une demande d’immersion")
    form_class = FormulaireDemande
    bouton = gettext_lazy("Envoyer ma demande")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "consultation": self.consultation}

    def get_context_data(self, **kwargs):
        aide = _("La personne est à côté de vous. La demande est à elle : elle tape son code.")
        return super().get_context_data(**kwargs) | {"aide": aide}

    def ecrire(self, form):
        immersion = actions.demander(dispositif=self.dispositif, par=self.request.user, **form.cleaned_data)
        return _("La demande est enregistrée."), self.chez("dossier", immersion.pk)

    def adresse_annuler(self):
        return self.chez("accueil")


class Entreprises(DansDispositif, ListView):
    template_name = "immersions/gestion/entreprises.html"
    page_title = gettext_lazy("Entreprises qui accueillent")
    paginate_by = PAR_PAGE
    context_object_name = "entreprises"

    def get_queryset(self):
        return lectures.entreprises(self.dispositif)


class FicheEntreprise(DansDispositif, FormulaireDansConsultation):
    """One enterprise of the portfolio, new or known."""

    form_class = FormulaireEntreprise

    @cached_property
    def entreprise(self):
        pk = self.kwargs.get("entreprise")
        return pk and get_object_or_404(Entreprise, dispositif=self.dispositif, pk=pk)

    def get_page_title(self):
        return str(self.entreprise) if self.entreprise else _("Une entreprise de plus")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.entreprise or Entreprise(dispositif=self.dispositif)}

    def ecrire(self, form):
        champs = {nom: form.cleaned_data[nom] for nom in form._meta.fields}
        actions.enregistrer_entreprise(
            dispositif=self.dispositif, entreprise=self.entreprise, par=self.request.user, **champs
        )
        return _("L’entreprise est enregistrée."), self.chez("entreprises")

    def adresse_annuler(self):
        return self.chez("entreprises")


class FermerEntreprise(DansDispositif, ActeDansConsultation):
    def agir(self):
        entreprise = get_object_or_404(Entreprise, dispositif=self.dispositif, pk=self.kwargs["entreprise"])
        n = actions.fermer_entreprise(entreprise=entreprise, par=self.request.user)
        dit = ngettext(
            "Elle n’accueille plus. %(n)d immersion cherche un autre lieu.",
            "Elle n’accueille plus. %(n)d immersions cherchent un autre lieu.",
            n,
        )
        return dit % {"n": n} if n else _("Elle n’accueille plus personne.")

    def adresse_de_retour(self):
        return self.chez("entreprises")


class ArreterTrimestre(DansDispositif, ActeDansConsultation):
    def agir(self):
        annee, numero = (entier(self.request.POST.get(nom, "")) or 0 for nom in ("annee", "numero"))
        actions.arreter_trimestre(dispositif=self.dispositif, annee=annee, numero=numero, par=self.request.user)
        return _("Les chiffres sont arrêtés. Ils ne changeront plus.")

    def adresse_de_retour(self):
        return self.chez("accueil")
