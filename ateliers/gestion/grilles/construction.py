"""Writing a questionnaire: the list of questions, one at a time in the middle, what a phone shows of it beside."""

from django.http import Http404
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from consultation import actions, questions
from consultation.gestion.listes import ListeDansConsultation
from consultation.gestion.socle import (
    ActeDansConsultation,
    DansConsultation,
    FormulaireDansConsultation,
    objet_ou_404,
)
from consultation.models import CopieGrille, Grille, VersionGrille
from consultation.questions import redaction
from consultation.textes import entier

from ...lectures.grilles import Etat, ecran_de_question
from ...lectures.suivi_grilles import avec_comptes
from .formulaires import FormulaireNouvelleGrille, FormulairePresentation, FormulaireQuestion


class ListeGrilles(ListeDansConsultation):
    adresse_liste = "gestion_ateliers:grilles"
    page_title = gettext_lazy("Grilles")
    header_icon = "form"
    aide = gettext_lazy(
        "Une grille pose les mêmes questions à tout le monde, sur un téléphone, sans compte ni courriel. "
        "On peut la remplir avant, pendant ou après."
    )
    vide = gettext_lazy("Aucune grille. Partez d’un modèle, ou d’une page vide.")

    def get_base_queryset(self):
        return avec_comptes(Grille.objects.filter(consultation=self.consultation)).order_by("-pk")

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "titre", label=_("Titre"), get_url=lambda g: self.adresse("gestion_ateliers:grille", g.pk)
            ),
            Column("etat", label=_("État"), accessor="get_etat_display"),
            Column("version", label=_("Version en ligne"), accessor=lambda g: g.derniere or "–"),
            Column("envoyees", label=_("Réponses")),
            Column("commencees", label=_("Commencées")),
            Column("code", label=_("Code"), accessor="code_lisible"),
        ]

    @cached_property
    def header_buttons(self):
        adresse = self.adresse("gestion_ateliers:grille_ajouter")
        importer = self.adresse("gestion_ateliers:grille_importer")
        return [
            HeaderButton(_("Ajouter une grille"), url=adresse, icon_name="plus"),
            HeaderButton(_("Reprendre un XLSForm"), url=importer, icon_name="upload"),
        ]


class NouvelleGrille(FormulaireDansConsultation):
    form_class = FormulaireNouvelleGrille
    page_title = gettext_lazy("Nouvelle grille")
    header_icon = "form"
    bouton = gettext_lazy("Commencer")

    def etapes_du_fil(self):
        return [{"url": self.adresse_annuler(), "label": _("Grilles")}]

    def adresse_annuler(self):
        return self.adresse("gestion_ateliers:grilles")

    def ecrire(self, form):
        modele = questions.modeles().get(form.cleaned_data["modele"])
        grille = actions.creer_grille(
            consultation=self.consultation,
            titre=form.cleaned_data["titre"],
            chapeau=modele.chapeau if modele else "",
            contenu=modele.structure.en_donnees() if modele else None,
            par=self.request.user,
        )
        return _("La grille est commencée."), self.adresse("gestion_ateliers:grille", grille.pk)


class DansGrille(DansConsultation):
    header_icon = "form"

    @cached_property
    def grille(self):
        siennes = Grille.objects.filter(consultation=self.consultation).select_related("consultation")
        return objet_ou_404(siennes, self.kwargs["pk"])

    @cached_property
    def structure(self):
        return questions.lire(self.grille.brouillon or {"sections": []})

    @cached_property
    def question(self):
        """The question of the address, the first one by default; None when there is none."""
        if "cle" not in self.kwargs:
            return next(iter(self.structure.questions), None)
        trouvee = self.structure.question(self.kwargs["cle"])
        if trouvee is None:
            raise Http404
        return trouvee

    def etapes_du_fil(self):
        fil = [{"url": self.adresse("gestion_ateliers:grilles"), "label": _("Grilles")}]
        if self.get_page_title() != self.grille.titre:
            fil.append(
                {"url": self.adresse("gestion_ateliers:grille", self.grille.pk), "label": self.grille.titre}
            )
        return fil

    def adresse_de(self, cle):
        """Where a question is written, or the questionnaire when there is none."""
        if cle is None:
            return self.adresse("gestion_ateliers:grille", self.grille.pk)
        return self.adresse("gestion_ateliers:grille_question", self.grille.pk, cle)

    def get_context_data(self, **kwargs):
        derniere = self.grille.versions.last()
        change = derniere is None or questions.lire(derniere.contenu) != self.structure
        return super().get_context_data(
            **{
                "grille": self.grille,
                "derniere": derniere,
                "change": change,
                "onglet": self.onglet,
                "organise": self.organise,
            }
            | kwargs
        )

    onglet = ""

    def retoucher(self, retouche):
        actions.retoucher_grille(grille=self.grille, retouche=retouche, par=self.request.user)


class PageVide(DansGrille, TemplateView):
    """A questionnaire without any question yet."""

    template_name = "ateliers/gestion/grilles/construire.html"
    onglet = "questions"

    def get_page_title(self):
        return self.grille.titre


class PageConstruction(DansGrille, FormulaireDansConsultation):
    template_name = "ateliers/gestion/grilles/construire.html"
    onglet = "questions"
    bouton = gettext_lazy("Enregistrer la question")

    def get_page_title(self):
        return self.grille.titre

    def get(self, request, *args, **kwargs):
        if self.question is None:
            return PageVide.as_view()(request, *args, **kwargs)
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class=None):
        if self.question is None:
            raise Http404
        donnees = self.request.POST if self.request.method == "POST" else None
        return FormulaireQuestion(donnees, structure=self.structure, question=self.question)

    def adresse_annuler(self):
        return self.adresse("gestion_ateliers:grilles")

    def ecrire(self, form):
        ecrite = form.question()
        self.retoucher(lambda lue: redaction.remplacer(lue, ecrite))
        return _("La question est enregistrée."), self.adresse_de(ecrite.cle)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            question=self.question,
            rang=self.structure.questions.index(self.question) + 1,
            plan=self._plan(),
            defauts=self._defauts(),
            en_clair=questions.en_clair(self.structure, self.question),
            **kwargs,
        )

    def _plan(self):
        """[(section, [(rank, question, in words)])], numbered as people see them."""
        rangs = {question.cle: rang for rang, question in enumerate(self.structure.questions, start=1)}
        return [
            (section, [(rangs[q.cle], q, questions.resume(self.structure, q)) for q in section.questions])
            for section in self.structure.sections
        ]

    def _defauts(self):
        rangs = {question.cle: rang for rang, question in enumerate(self.structure.questions, start=1)}
        return [(rangs.get(d.question), d) for d in questions.defauts(self.structure)]


class ActeDansGrille(DansGrille, ActeDansConsultation):
    def adresse_de_retour(self):
        return self.adresse_de(self.vers)

    vers = None


class AjouterQuestion(ActeDansGrille):
    """An empty question at the end of a section, shown at once to be written."""

    def agir(self):
        versions = [questions.lire(contenu) for contenu in self.grille.versions.values_list("contenu", flat=True)]
        section = entier(self.request.POST.get("section", ""), 999)

        def ajouter(lue):
            self.vers = redaction.cle_neuve([lue, *versions])
            return redaction.ajouter(lue, self.vers, section)

        self.retoucher(ajouter)
        return _("La question est ajoutée. Écrivez-la.")


class DeplacerQuestion(ActeDansGrille):
    def agir(self):
        sens = -1 if self.request.POST.get("sens") == "haut" else 1
        self.vers = self.question.cle
        self.retoucher(lambda lue: redaction.deplacer(lue, self.vers, sens))
        return _("L’ordre est changé.")


class RetirerQuestion(ActeDansGrille):
    def agir(self):
        cle = self.question.cle
        self.retoucher(lambda lue: redaction.retirer(lue, cle))
        return _("La question est retirée. Les réponses déjà données restent dans leur version.")


class PagePresentation(DansGrille, FormulaireDansConsultation):
    template_name = "ateliers/gestion/grilles/presentation.html"
    page_title = gettext_lazy("Titre et parties")
    onglet = "presentation"

    def get_form(self, form_class=None):
        donnees = self.request.POST if self.request.method == "POST" else None
        return FormulairePresentation(donnees, grille=self.grille, structure=self.structure)

    def adresse_annuler(self):
        return self.adresse_de(None)

    def ecrire(self, form):
        titre, chapeau = form.cleaned_data["titre"], form.cleaned_data["chapeau"]
        contenu = redaction.titrer(self.structure, form.titres()).en_donnees()
        actions.ecrire_grille(
            grille=self.grille, titre=titre, chapeau=chapeau, contenu=contenu, par=self.request.user
        )
        actions.placer_grille(grille=self.grille, espace=form.cleaned_data["espace"], par=self.request.user)
        return _("C’est enregistré."), self.adresse_de(None)


class Apercu(DansGrille, View):
    """One question as a phone shows it, as if the answers before it were those that lead to it. Sends nothing."""

    def get(self, request, *args, **kwargs):
        version = VersionGrille(grille=self.grille, contenu=self.grille.brouillon)
        copie = CopieGrille(
            grille=self.grille, version=version, valeurs=questions.comme_si(self.structure, self.question)
        )
        etat = Etat.de(copie)
        if self.question not in etat.posees:
            return render(request, "ateliers/gestion/grilles/sans_apercu.html", {"grille": self.grille})
        contexte = ecran_de_question(etat, self.question) | {"prefixe": "r:", "apercu": True}
        return render(request, "ateliers/grille/question.html", contexte)
