"""Reading a questionnaire: figures by college once they are counted, words at any time, both to take away."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from consultation import actions, lectures, questions, regles
from consultation.erreurs import Refus
from consultation.gestion.tableur import telechargement
from consultation.models import CopieGrille, Espace, Grille
from consultation.questions import Nature
from consultation.textes import entier, entiers

from .construction import ActeDansGrille, DansGrille

PAR_PAGE = 100


class PageLecture(DansGrille, TemplateView):
    """Before the count, how many answers there are: figures read one answer apart would tell what it said."""

    template_name = "ateliers/gestion/grilles/lire.html"
    page_title = gettext_lazy("Lire les réponses")
    onglet = "lire"

    def get_context_data(self, **kwargs):
        comptes = lectures.copies_par_college(self.grille)
        lues = lectures.lire_grille(self.grille)
        return super().get_context_data(
            comptes=comptes,
            **self._comparaisons(lues),
            total=sum(n for _college, n in comptes),
            close=self.grille.etat == Grille.Etat.CLOSE,
            lues=[(lue, lectures.aujourd_hui_et_demain(lue)) for lue in lues],
            a_lire=_questions_libres(self.grille),
            **kwargs,
        )

    def _comparaisons(self, lues):
        """The counted questionnaires it may be put beside, and the one asked for with `?avec=12`."""
        if not lues:
            return {}
        autres = lectures.grilles_comparables(self.grille, regles.consultations_organisees(self.request.user))
        avec = autres.filter(pk=entier(self.request.GET.get("avec", ""))).first()
        comparaisons = lectures.avant_et_apres(lectures.lire_grille(avec), lues) if avec else []
        return {"autres": autres, "avec": avec, "comparaisons": comparaisons}

    def post(self, request, *args, **kwargs):
        """The same figures as a file."""
        if self.grille.comptes is None:
            raise Refus("grille_pas_comptee", _("Comptez d’abord les réponses."), statut=409)
        actions.noter(verbe="exporter", objet=self.grille, compte=request.user, details={"sorte": "grille"})
        forme = "csv" if request.POST.get("forme") == "csv" else "xlsx"
        return telechargement([self._feuille()], f"grille-{self.grille.pk}", forme)

    def _feuille(self):
        colleges = [college.nom for college, _n in lectures.copies_par_college(self.grille)]
        entetes = [_("N°"), _("Question"), _("Ligne ou temps"), _("Réponse"), _("Tous"), *colleges]
        lignes = [
            (lue.rang, lue.question.libelle, tableau.titre, rang.mots, rang.total, *rang.colleges)
            for lue in lectures.lire_grille(self.grille)
            for tableau in lue.tableaux
            for rang in tableau.rangs
        ]
        return self.grille.titre, entetes, lignes


class Compter(ActeDansGrille):
    def adresse_de_retour(self):
        return self.adresse("gestion_ateliers:grille_lire", self.grille.pk)

    def agir(self):
        actions.compter_grille(grille=self.grille, par=self.request.user)
        return _("Les réponses sont comptées.")


def _questions_libres(grille):
    """[(rank, Question)] of the last version to which one answers in words."""
    version = grille.versions.last()
    posees = questions.lire(version.contenu).questions if version else ()
    return [(rang, q) for rang, q in enumerate(posees, start=1) if q.nature == Nature.TEXTE]


class PageTextes(DansGrille, TemplateView):
    """What people wrote to one question, and by one act, propositions in a workshop that keep their origin."""

    template_name = "ateliers/gestion/grilles/textes.html"
    onglet = "lire"

    @cached_property
    def question(self):
        trouvee = next((q for _rang, q in _questions_libres(self.grille) if q.cle == self.kwargs["cle"]), None)
        if trouvee is None:
            raise Http404
        return trouvee

    def get_page_title(self):
        return self.question.libelle

    def etapes_du_fil(self):
        lire = self.adresse("gestion_ateliers:grille_lire", self.grille.pk)
        return [*super().etapes_du_fil(), {"url": lire, "label": _("Lire les réponses")}]

    def get_context_data(self, **kwargs):
        paroles = Paginator(lectures.textes_de(self.grille, self.question), PAR_PAGE)
        return super().get_context_data(
            question=self.question,
            page=paroles.get_page(self.request.GET.get("page")),
            espaces=Espace.objects.filter(consultation=self.consultation),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        choisies = set(entiers(request.POST.getlist("copie")))
        espaces = Espace.objects.filter(consultation=self.consultation)
        espace = espaces.filter(pk=entier(request.POST.get("espace", ""))).first()
        try:
            faites = self._verser(choisies, espace)
        except Refus as refus:
            if refus.statut == 403:
                raise
            contexte = self.get_context_data(refus=refus, choisies=choisies, espace_choisi=espace)
            return self.render_to_response(contexte, status=refus.statut)
        dit = ngettext("{n} proposition dans « {ou} ».", "{n} propositions dans « {ou} ».", len(faites))
        messages.success(request, dit.format(n=len(faites), ou=espace))
        return redirect(request.path)

    def _verser(self, choisies, espace):
        if not choisies:
            raise Refus("rien_choisi", _("Cochez au moins une réponse."))
        if espace is None:
            raise Refus("sans_espace", _("Choisissez un atelier."), champ="espace")
        copies = CopieGrille.objects.filter(grille=self.grille, pk__in=choisies)
        return actions.verser_textes(
            grille=self.grille, question=self.question.cle, copies=copies, espace=espace, par=self.request.user
        )
