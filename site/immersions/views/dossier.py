"""One file: its steps and what is missing, and the form of each step."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from consultation.erreurs import Refus
from contenus.views.impression import pdf_ou_excuse

from .. import actions, formulaires, impression, lectures
from ..actions.dossiers import PLACEMENT, PREPARATION
from ..lectures.parcours import signatures
from ..models import Demarche, Obstacle, Partie, Signature
from .socle import ActeDeDossier, DansDossier, FormulaireDeDossier

DOCUMENTS = {
    "convention": impression.convention_pdf,
    "avenant": impression.avenant_pdf,
    "bilan": impression.bilan_pdf,
}


class Dossier(DansDossier, TemplateView):
    template_name = "immersions/gestion/dossier.html"

    def get_page_title(self):
        return self.immersion.participant.nom_complet

    def get_page_subtitle(self):
        return self.immersion.get_genre_display()

    def etapes_du_fil(self):
        return super().etapes_du_fil()[:-1]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "etat": lectures.ETATS[self.immersion.etat],
            "parcours": lectures.parcours(self.immersion),
            "signatures": signatures(self.immersion),
            "demarches": self.immersion.demarches.select_related("entreprise"),
            "reponses": Demarche.Reponse.choices,
            "obstacles": self.immersion.obstacles.all(),
            "points": self.immersion.points.all(),
            "competences": self.immersion.competences.all(),
            "avenants": self.immersion.avenants.all(),
            "ouverte": self.immersion.vivante and not self.immersion.bilan_le,
        }


class AvecRevision(FormulaireDeDossier):
    """A form that two officers may have open: a refusal shows what the file says now."""

    def form_invalid(self, form, statut=422):
        if statut == 409:
            self.immersion.refresh_from_db(fields=["revision"])
            form.relire(self.immersion.revision)
        return super().form_invalid(form, statut)

    def get_form_kwargs(self):
        initial = {"revision": self.immersion.revision}
        return {**super().get_form_kwargs(), "instance": self.immersion, "initial": initial}


class Entretien(AvecRevision):
    page_title = gettext_lazy("Premier entretien à trois")
    form_class = formulaires.FormulairePreparer

    def get_form_kwargs(self):
        siens = super().get_form_kwargs()
        objectifs = "\n".join(c.intitule for c in self.immersion.competences.all())
        siens["initial"]["objectifs"] = objectifs
        return siens

    def ecrire(self, form):
        lus = form.cleaned_data
        actions.preparer(
            immersion=self.immersion,
            revision=lus["revision"],
            objectifs=lus["objectifs"].splitlines(),
            motif=lus["motif"],
            par=self.request.user,
            **{nom: lus[nom] for nom in PREPARATION},
        )
        return self.fait(_("L’entretien est enregistré."))


class Lieu(AvecRevision):
    page_title = gettext_lazy("Le lieu et les dates")
    form_class = formulaires.FormulairePlacer

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "dispositif": self.dispositif}

    def ecrire(self, form):
        lus = form.cleaned_data
        actions.placer(
            immersion=self.immersion,
            revision=lus["revision"],
            motif=lus["motif"],
            par=self.request.user,
            **{nom: lus[nom] for nom in PLACEMENT},
        )
        return self.fait(_("Le lieu et les dates sont enregistrés."))


class Demarcher(FormulaireDeDossier):
    page_title = gettext_lazy("Une entreprise contactée")
    form_class = formulaires.FormulaireDemarche

    def get_form_kwargs(self):
        neuve = Demarche(immersion=self.immersion)
        return {
            **super().get_form_kwargs(),
            "instance": neuve,
            "dispositif": self.dispositif,
            "initial": {"le": timezone.localdate()},
        }

    def ecrire(self, form):
        lus = {nom: form.cleaned_data[nom] for nom in form._meta.fields}
        actions.demarcher(immersion=self.immersion, par=self.request.user, **lus)
        return self.fait(_("C’est noté."))


class RepondreDemarche(ActeDeDossier):
    def agir(self):
        demarche = get_object_or_404(self.immersion.demarches, pk=self.kwargs["demarche"])
        actions.repondre_demarche(
            demarche=demarche, reponse=self.request.POST.get("reponse", ""), par=self.request.user
        )
        return _("Sa réponse est notée.")


class NoterObstacle(FormulaireDeDossier):
    page_title = gettext_lazy("Un obstacle")
    form_class = formulaires.FormulaireObstacle

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": Obstacle(immersion=self.immersion)}

    def ecrire(self, form):
        lus = {nom: form.cleaned_data[nom] for nom in form._meta.fields}
        actions.noter_obstacle(immersion=self.immersion, par=self.request.user, **lus)
        return self.fait(_("L’obstacle est noté."))


class LeverObstacle(ActeDeDossier):
    def agir(self):
        obstacle = get_object_or_404(self.immersion.obstacles, pk=self.kwargs["obstacle"])
        actions.lever_obstacle(obstacle=obstacle, par=self.request.user)
        return _("L’obstacle est réglé.")


class DonnerUnCode(DansDossier, View):
    """Draw a code of the day and show it, once."""

    http_method_names = ["post"]
    page_title = gettext_lazy("Un code pour aujourd’hui")

    def post(self, request, *args, **kwargs):
        partie = request.POST.get("partie", "")
        code = actions.donner_un_code(immersion=self.immersion, partie=partie, par=request.user)
        lien = reverse("immersions:jour", args=[self.consultation.slug, code])
        contexte = {
            "immersion": self.immersion,
            "partie": Partie(partie),
            "code": f"{code[:4]} {code[4:]}",
            "lien": request.build_absolute_uri(lien),
            "retour": self.le_dossier(),
            "page_title": self.page_title,
            "bureau": True,
            "consultation": self.consultation,
        }
        return TemplateResponse(request, "immersions/gestion/code.html", contexte)


class Papier(FormulaireDeDossier):
    page_title = gettext_lazy("Une signature sur papier")
    form_class = formulaires.FormulairePapier

    def ecrire(self, form):
        scan = form.cleaned_data["scan"]
        actions.signer_sur_papier(
            immersion=self.immersion,
            partie=form.cleaned_data["partie"],
            scan=scan.read() if scan else b"",
            version=self.immersion.version,
            par=self.request.user,
        )
        return self.fait(_("La signature est gardée avec son papier."))


class LirePapier(DansDossier, View):
    """The scan that was kept, as a file: never shown in the page."""

    def get(self, request, *args, **kwargs):
        papiers = Signature.objects.filter(immersion=self.immersion, scan__isnull=False)
        signature = get_object_or_404(papiers, pk=self.kwargs["signature"])
        fin = signature.scan_type.rpartition("/")[2]
        nom = f"immersion-{self.immersion.pk}-{signature.partie}.{fin}"
        reponse = HttpResponse(bytes(signature.scan), content_type=signature.scan_type)
        reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
        return reponse


class Integrer(FormulaireDeDossier):
    page_title = gettext_lazy("L’accueil dans l’entreprise")
    form_class = formulaires.FormulaireJour

    def ecrire(self, form):
        actions.integrer(immersion=self.immersion, par=self.request.user, **form.cleaned_data)
        return self.fait(_("L’accueil est noté."))


class Pointer(FormulaireDeDossier):
    page_title = gettext_lazy("Le point de la semaine")
    form_class = formulaires.FormulairePoint

    def ecrire(self, form):
        actions.pointer(immersion=self.immersion, par=self.request.user, **form.cleaned_data)
        return self.fait(_("Le point est noté."))


class Bilan(FormulaireDeDossier):
    page_title = gettext_lazy("Le bilan")
    form_class = formulaires.FormulaireBilan

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "immersion": self.immersion}

    def form_invalid(self, form, statut=422):
        if statut == 409:
            self.immersion.refresh_from_db(fields=["revision"])
            form.relire(self.immersion.revision)
        return super().form_invalid(form, statut)

    def ecrire(self, form):
        lus = form.cleaned_data
        manquent = actions.evaluer(
            immersion=self.immersion,
            niveaux=form.niveaux,
            avis_personne=lus["avis_personne"],
            avis_accueil=lus["avis_accueil"],
            revision=lus["revision"] or 0,
            par=self.request.user,
        )
        return self.fait(dire_bilan(manquent))


def dire_bilan(manquent):
    """What is said once levels are kept: done, or how many are missing."""
    if not manquent:
        return _("Le bilan est complet.")
    dit = ngettext(
        "C’est gardé. Il manque le niveau de %(n)d objectif.",
        "C’est gardé. Il manque le niveau de %(n)d objectifs.",
        len(manquent),
    )
    return dit % {"n": len(manquent)}


class Conclure(AvecRevision):
    page_title = gettext_lazy("L’entretien final, et la suite")
    form_class = formulaires.FormulaireConclure

    def ecrire(self, form):
        actions.conclure(immersion=self.immersion, par=self.request.user, **form.cleaned_data)
        return self.fait(_("L’immersion est finie."))


class Relancer(ActeDeDossier):
    def agir(self):
        quoi = self.request.POST.get("quoi", "")
        if quoi not in {une.quoi for une in lectures.attentes(self.dispositif) if une.immersion == self.immersion}:
            raise Refus(
                "rien_n_attend", _("Cela n’attend plus : c’est arrivé, ou vous avez déjà relancé."), statut=409
            )
        actions.relancer(immersion=self.immersion, quoi=quoi, par=self.request.user)
        return _("C’est noté. La liste vous le redira dans trois jours.")

    def adresse_de_retour(self):
        return self.chez("attentes")


class Document(DansDossier, View):
    """The convention, its last amendment or the assessment, as PDF."""

    def get(self, request, *args, **kwargs):
        document = self.kwargs["document"]
        if document not in DOCUMENTS:
            raise Http404
        nom = f"{document}-{self.immersion.pk}"
        return pdf_ou_excuse(request, nom, lambda: DOCUMENTS[document](self.immersion))
