"""The forms in which a questionnaire is written."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation import questions
from consultation.models import Espace
from consultation.questions import Condition, Nature, Question, redaction
from consultation.questions.structure import (
    A_CHOIX,
    CHOIX_MAX,
    LIGNES_MAX,
    LONGUEUR_AIDE,
    LONGUEUR_LIBELLE,
    REGARDEES,
)
from consultation.textes import nettoyer_ligne

NOMBRES = {Nature.ENTIER, Nature.DECIMAL}


class FormulaireNouvelleGrille(forms.Form):
    titre = forms.CharField(label=_("Titre"), max_length=160, help_text=_("Les personnes le lisent en premier."))
    modele = forms.ChoiceField(label=_("Pour commencer"), widget=forms.RadioSelect, initial="")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choix = [(m.cle, _dire(m)) for m in questions.modeles().values()]
        self.fields["modele"].choices = [("", _("Une grille vide")), *choix]
        self.fields["modele"].required = False


def _dire(modele):
    n = len(modele.structure.questions)
    return _("{titre} : {n} questions. {pour}.").format(titre=modele.titre, n=n, pour=modele.pour)


class Lignes(forms.CharField):
    """One thing a line, read as a list of words without empty ones."""

    def __init__(self, au_plus, **kwargs):
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 5}), **kwargs)
        self.au_plus = au_plus

    def clean(self, value):
        lues = [net for ligne in super().clean(value).splitlines() if (net := nettoyer_ligne(ligne))]
        if len(lues) > self.au_plus:
            raise forms.ValidationError(_("Donnez {n} lignes au plus.").format(n=self.au_plus))
        if len(set(lues)) < len(lues):
            raise forms.ValidationError(_("Deux lignes disent la même chose. Gardez-en une."))
        return lues


class FormulaireQuestion(forms.Form):
    """One question of a Structure. `question()` gives what was written, its key kept."""

    libelle = forms.CharField(
        label=_("La question"), max_length=LONGUEUR_LIBELLE, widget=forms.Textarea(attrs={"rows": 2})
    )
    aide = forms.CharField(label=_("L’aide, sous la question"), max_length=LONGUEUR_AIDE, required=False)
    nature = forms.ChoiceField(label=_("Genre de réponse"), choices=questions.NATURES.items())
    choix = Lignes(CHOIX_MAX, label=_("Les réponses à choisir"), help_text=_("Une réponse par ligne."))
    lignes = Lignes(
        LIGNES_MAX,
        label=_("Les lignes du tableau"),
        help_text=_("La question est alors posée pour chaque ligne. Laissez vide si elle est posée une fois."),
    )
    mini = forms.IntegerField(label=_("Au moins"), required=False)
    maxi = forms.IntegerField(label=_("Au plus"), required=False)
    obligatoire = forms.BooleanField(label=_("Réponse obligatoire"), required=False)
    deux_temps = forms.BooleanField(label=_("Posée deux fois : aujourd’hui et demain"), required=False)

    def __init__(self, *args, structure, question, **kwargs):
        self.avant = question
        super().__init__(*args, initial=_valeurs(question), **kwargs)
        self.regardees = []
        for rang, autre in enumerate(structure.questions, start=1):
            if autre.cle == question.cle:
                break
            if autre.nature in REGARDEES and (reponses := questions.reponses_en_mots(autre)):
                self._condition(rang, autre, reponses)

    def _condition(self, rang, autre, reponses):
        voulues = next((c.parmi for c in self.avant.si if c.question == autre.cle), ())
        champ = forms.MultipleChoiceField(
            label=f"{rang}. {autre.libelle}",
            choices=reponses.items(),
            widget=forms.CheckboxSelectMultiple,
            initial=list(voulues),
            required=False,
        )
        self.fields[f"si_{autre.cle}"] = champ
        self.regardees.append(autre.cle)

    @property
    def conditions(self):
        """The bound fields of the earlier questions that this one may look at."""
        return [self[f"si_{cle}"] for cle in self.regardees]

    def question(self):
        """Return the Question that was written. What its kind has no use for is left out."""
        lu, nature = self.cleaned_data, Nature(self.cleaned_data["nature"])
        si = (Condition(cle, tuple(parmi)) for cle in self.regardees if (parmi := lu[f"si_{cle}"]))
        return Question(
            cle=self.avant.cle,
            nature=nature,
            libelle=nettoyer_ligne(lu["libelle"]),
            aide=lu["aide"],
            obligatoire=lu["obligatoire"],
            deux_temps=lu["deux_temps"],
            choix=redaction.choix_de(lu["choix"], self.avant.choix) if nature in A_CHOIX else (),
            lignes=redaction.choix_de(lu["lignes"], self.avant.lignes),
            mini=lu["mini"] if nature in NOMBRES else None,
            maxi=lu["maxi"] if nature in NOMBRES else None,
            si=tuple(si),
        )

    def clean(self):
        lu = super().clean()
        if lu.get("nature") in A_CHOIX and "choix" in lu and len(lu["choix"]) < 2:
            self.add_error("choix", _("Donnez au moins deux réponses à choisir."))
        if None not in (lu.get("mini"), lu.get("maxi")) and lu["mini"] > lu["maxi"]:
            self.add_error("maxi", _("Le plus petit nombre permis est plus grand que le plus grand."))
        return lu


def _valeurs(question):
    return {
        "libelle": question.libelle,
        "aide": question.aide,
        "nature": str(question.nature),
        "choix": "\n".join(choix.libelle for choix in question.choix),
        "lignes": "\n".join(ligne.libelle for ligne in question.lignes),
        "mini": question.mini,
        "maxi": question.maxi,
        "obligatoire": question.obligatoire,
        "deux_temps": question.deux_temps,
    }


class FormulairePresentation(forms.Form):
    """The title, what opens the questionnaire, and the titles of its sections, with one more to begin another."""

    titre = forms.CharField(label=_("Titre"), max_length=160)
    chapeau = forms.CharField(
        label=_("Présentation"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("À quoi ça sert, qui lira les réponses. Deux ou trois phrases simples."),
    )

    espace = forms.ModelChoiceField(
        label=_("Atelier"),
        queryset=Espace.objects.none(),
        required=False,
        empty_label=_("Aucun : elle se remplit quand on veut"),
        help_text=_("On y répond alors à l’étape « Répondre à une grille » de cet atelier."),
    )

    def __init__(self, *args, grille, structure, **kwargs):
        super().__init__(*args, initial={"titre": grille.titre, "chapeau": grille.chapeau}, **kwargs)
        self.fields["espace"].queryset = Espace.objects.filter(
            consultation=grille.consultation, atelier__isnull=False
        )
        self.fields["espace"].initial = grille.espace_id
        self.parties = []
        for rang, section in enumerate((*structure.sections, None)):
            nom = f"partie_{rang}"
            self.parties.append(nom)
            self.fields[nom] = forms.CharField(
                label=_("Partie {n}").format(n=rang + 1) if section else _("Ajouter une partie"),
                max_length=120,
                required=False,
                initial=section.titre if section else "",
            )

    def titres(self):
        """The titles of the sections in order; the last one only when it is written."""
        lus = [nettoyer_ligne(self.cleaned_data[nom]) for nom in self.parties]
        return lus if lus[-1] else lus[:-1]
