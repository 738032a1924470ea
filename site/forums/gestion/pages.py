"""A forum prepared from the desk: its question and rules, its calendar, its cards, its vote."""

from dataclasses import asdict

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.ui.tables import Column

from ateliers.gestion.actions import noter_codes
from consultation import actions, cog
from consultation.erreurs import Refus
from consultation.gestion.rubriques import Rubrique
from consultation.gestion.socle import ActeDansConsultation, DansConsultation, FormulaireDansConsultation
from consultation.models import Forum, LotDeCodes, Phase
from contenus.impression.cartes import cartes_pdf
from contenus.views.impression import pdf_ou_excuse

from .formulaires import FormulaireCartes, FormulaireCommunes, FormulaireForum, FormulairePhase


class PageForum(FormulaireDansConsultation):
    """The question, the published rules, the delays, the desks."""

    page_title = gettext_lazy("Forum : question et règles")
    header_icon = "comment"
    form_class = FormulaireForum

    @cached_property
    def forum(self):
        return Forum.objects.select_related("espace").filter(consultation=self.consultation).first()

    def get_form_kwargs(self):
        question = self.forum.espace.question if self.forum else ""
        return {**super().get_form_kwargs(), "instance": self.forum, "initial": {"question": question}}

    def ecrire(self, form):
        question = form.cleaned_data["question"]
        forum = actions.preparer_forum(consultation=self.consultation, question=question, par=self.request.user)
        for champ in form._meta.fields:
            setattr(forum, champ, form.cleaned_data[champ])
        actions.regler_forum(forum=forum, par=self.request.user, demandes=form.fields)
        return _("Le forum est enregistré."), self.adresse("gestion:preparation")

    def adresse_annuler(self):
        return self.adresse("gestion:preparation")


class RubriquePhases(Rubrique):
    cle = "phases"
    espace_de_noms = "gestion_forums"
    modele = Phase
    formulaire = FormulairePhase
    icone = "calendar-alt"
    titre = gettext_lazy("Calendrier du forum")
    ajouter = gettext_lazy("Ajouter un temps")
    titre_ajout = gettext_lazy("Nouveau temps du forum")
    aide = gettext_lazy(
        "Chaque temps s’ouvre et se ferme tout seul, à l’heure écrite. Ce qui arrive dans les cinq minutes "
        "d’après est encore pris."
    )
    vide = gettext_lazy("Aucun temps. Ajoutez le premier : s’informer, ou proposer.")

    def colonnes(self):
        return [
            Column("debut", label=_("Début"), accessor=lambda p: _dire(p.debut)),
            Column("fin", label=_("Fin"), accessor=lambda p: _dire(p.fin)),
        ]


def _dire(moment):
    return timezone.localtime(moment).strftime("%d/%m/%Y, %H:%M")


class PageCommunes(FormulaireDansConsultation):
    """The communes people may say they speak from, taken from the official list."""

    page_title = gettext_lazy("Communes du forum")
    header_icon = "site"
    form_class = FormulaireCommunes
    bouton = gettext_lazy("Mettre ces communes")

    def get_initial(self):
        return {"intercommunalite": cog.devinee(self.consultation.territoire.nom)}

    def get_context_data(self, **kwargs):
        aide = _(
            "Elles se mettent sous « %(territoire)s », d’après le Code officiel géographique "
            "(version %(version)s). "
            "Celles qui ont fusionné deviennent celle d’aujourd’hui ; les personnes suivent."
        ) % {"territoire": self.consultation.territoire, "version": cog.version()}
        return super().get_context_data(**kwargs) | {"aide": aide}

    def ecrire(self, form):
        pose = actions.poser_communes(consultation=self.consultation, par=self.request.user, **form.cleaned_data)
        dit = _("%(ajoutees)s communes ajoutées, %(renommees)s mises à jour, %(reunies)s réunies.") % asdict(pose)
        return dit, self.adresse("gestion:preparation")

    def adresse_annuler(self):
        return self.adresse("gestion:preparation")


class PageCartes(FormulaireDansConsultation):
    """The batches of cards, and the form that draws another."""

    page_title = gettext_lazy("Cartes à code")
    header_icon = "key"
    form_class = FormulaireCartes
    template_name = "forums/gestion/cartes.html"
    bouton = gettext_lazy("Tirer ces cartes")

    def get_context_data(self, **kwargs):
        lots = LotDeCodes.objects.filter(consultation=self.consultation)
        lots = lots.annotate(nombre=Count("codes"), servis=Count("codes", filter=Q(codes__servi=True)))
        return super().get_context_data(**kwargs) | {"lots": lots}

    def ecrire(self, form):
        lot = actions.tirer_cartes(consultation=self.consultation, par=self.request.user, **form.cleaned_data)
        dit = _("Les cartes « %(lot)s » sont prêtes à imprimer.") % {"lot": lot}
        return dit, self.adresse("gestion_forums:cartes")

    def adresse_annuler(self):
        return self.adresse("gestion:preparation")


class ImprimerCartes(DansConsultation, View):
    """The PDF of a batch: the cards that have not served. Kept in the journal, as any file of codes."""

    http_method_names = ["post"]

    def post(self, request, pk, **_kwargs):
        lot = get_object_or_404(LotDeCodes, consultation=self.consultation, pk=pk)
        forum = get_object_or_404(Forum.objects.select_related("espace"), consultation=self.consultation)
        codes = list(lot.codes.filter(servi=False))
        if not codes:
            raise Refus("rien_a_imprimer", _("Toutes les cartes de ce lot ont servi."), statut=409)
        reponse = pdf_ou_excuse(request, f"cartes-{lot.pk}", lambda: cartes_pdf(forum, codes))
        if reponse.status_code == 200:
            noter_codes(consultation=self.consultation, personnes=len(codes), forme="pdf", par=request.user)
        return reponse


class OuvrirVote(ActeDansConsultation):
    def agir(self):
        actions.ouvrir_vote(consultation=self.consultation, par=self.request.user)
        return _("Le vote est ouvert.")


class FermerVote(ActeDansConsultation):
    def agir(self):
        actions.fermer_vote(consultation=self.consultation, par=self.request.user)
        return _("Le vote est clos. Les résultats sont publiés.")
