"""Paper sheets keyed in at the desk: one field for a whole sheet, the last ones shown in words to be checked."""

from django import forms
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultation import actions, lectures, questions
from consultation.gestion.socle import FormulaireDansConsultation, objet_ou_404
from consultation.models import College, CopieGrille
from consultation.questions import papier
from consultation.textes import entier

from ...formulaires import nouvelle_cle
from .construction import ActeDansGrille, DansGrille

#: Sheets shown again, to be checked.
DERNIERES = 5
#: Twenty pages of writing: what a form may bring.
SIGNES_MAX = 60_000


class FormulaireFeuille(forms.Form):
    saisie = forms.CharField(
        label=gettext_lazy("La feuille"),
        max_length=SIGNES_MAX,
        widget=forms.Textarea(attrs={"rows": 14, "autofocus": True, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Une réponse par ligne, ou plusieurs : 0a, 1c, 3d. Pour un texte ou un nombre : le numéro, un espace, "
            "puis ce qui est écrit. Rien pour une question sans réponse."
        ),
    )
    cle = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class AuBureau(DansGrille):
    """What whoever is entrusted with something in the consultation may do: note down what others wrote."""

    reserve_aux_organisateurs = False
    onglet = "saisir"

    @cached_property
    def version(self):
        """The version that the sheets at hand were printed from: the one asked for, the last one otherwise."""
        numero = entier(self.request.GET.get("version", ""))
        versions = self.grille.versions.select_related("grille")
        version = versions.filter(numero=numero).first() if numero is not None else versions.last()
        if version is None and numero is not None:
            raise Http404
        return version


class PageSaisie(AuBureau, FormulaireDansConsultation):
    template_name = "ateliers/gestion/grilles/saisir.html"
    page_title = gettext_lazy("Saisir des feuilles")
    form_class = FormulaireFeuille
    bouton = gettext_lazy("Enregistrer la feuille")

    def get_initial(self):
        return {"cle": nouvelle_cle()}

    def adresse_annuler(self):
        return self.adresse("gestion:preparation")

    @cached_property
    def colleges(self):
        return list(College.objects.filter(consultation=self.consultation))

    def ecrire(self, form):
        copie = self._saisir(form.cleaned_data)
        n = len(copie.valeurs)
        dit = ngettext(
            "La feuille est enregistrée : {n} réponse.", "La feuille est enregistrée : {n} réponses.", n
        )
        return dit.format(n=n), self.request.get_full_path()

    def _saisir(self, lu):
        structure = questions.lire(self.version.contenu) if self.version else questions.Structure(())
        rang, reponses = papier.lire_feuille(structure, [c.nom for c in self.colleges], lu["saisie"])
        return actions.saisir_copie(
            grille=self.grille,
            version=self.version,
            college=self.colleges[rang],
            reponses=reponses,
            cle=lu["cle"],
            par=self.request.user,
        )

    def get_context_data(self, **kwargs):
        feuilles = self.grille.copies.filter(origine=CopieGrille.Origine.PAPIER)
        return super().get_context_data(
            version=self.version,
            versions=list(self.grille.versions.values_list("numero", flat=True)),
            reperes=self._reperes(),
            saisies=feuilles.count(),
            dernieres=lectures.copies_en_mots(feuilles.order_by("-pk")[:DERNIERES]),
            **kwargs,
        )

    def _reperes(self):
        """[(number, question in words, [(letter, answer in words)])] of the sheet, the college first."""
        if self.version is None:
            return []
        structure = questions.lire(self.version.contenu)
        college = papier.question_du_college([c.nom for c in self.colleges])
        return [
            (numero, _titre(question, case), _boites(question))
            for numero, (question, case) in {papier.COLLEGE: (college, ""), **papier.numeros(structure)}.items()
        ]


def _titre(question, case):
    precise = questions.titre_de_case(question, case)
    return f"{question.libelle} {precise}" if precise else question.libelle


def _boites(question):
    mots = questions.reponses_en_mots(question)
    return list(zip(papier.lettres(len(mots)), mots.values(), strict=True))


class RetirerFeuille(AuBureau, ActeDansGrille):
    """Take back a sheet keyed in by mistake, to key it in again."""

    def agir(self):
        feuilles = self.grille.copies.filter(origine=CopieGrille.Origine.PAPIER).select_related(
            "grille__consultation"
        )
        actions.effacer_copie(copie=objet_ou_404(feuilles, self.kwargs["copie"]), par=self.request.user)
        return _("La feuille est retirée. Saisissez-la de nouveau si besoin.")

    def adresse_de_retour(self):
        return self.adresse("gestion_ateliers:grille_saisir", self.grille.pk)
