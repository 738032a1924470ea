"""The desk's forms of a forum."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultation import cog
from consultation.gestion.champs import ChampMoment
from consultation.models import Forum, Phase


class FormulaireForum(forms.ModelForm):
    question = forms.CharField(
        label=_("La question posée"),
        max_length=300,
        help_text=_("Une phrase simple, en « vous ». Elle ouvre la page du forum."),
    )

    class Meta:
        model = Forum
        fields = ["regles", "delai_lecture", "delai_recours", "guichets"]
        widgets = {"regles": forms.Textarea(attrs={"rows": 8}), "guichets": forms.Textarea(attrs={"rows": 5})}

    field_order = ["question", "regles", "delai_lecture", "delai_recours", "guichets"]


class FormulairePhase(forms.ModelForm):
    class Meta:
        model = Phase
        fields = ["nature", "debut", "fin"]
        field_classes = {"debut": ChampMoment, "fin": ChampMoment}


class FormulaireCommunes(forms.Form):
    intercommunalite = forms.ChoiceField(
        label=_("L’intercommunalité du forum"),
        help_text=_("Tapez les premières lettres, « CC du Th » par exemple."),
        error_messages={"invalid_choice": _("Choisissez une intercommunalité dans la liste.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        lues = (
            (code, ngettext("%(nom)s, %(n)s commune", "%(nom)s, %(n)s communes", n) % {"nom": nom, "n": n})
            for code, nom, n in cog.intercommunalites()
        )
        self.fields["intercommunalite"].choices = [("", _("Choisissez")), *lues]


class FormulaireCartes(forms.Form):
    libelle = forms.CharField(
        label=_("Où vont ces cartes ?"),
        max_length=80,
        help_text=_("Par exemple : boîtes aux lettres de Louzy. C’est tout ce que nous saurons d’un code."),
    )
    nombre = forms.IntegerField(label=_("Combien"), min_value=1, help_text=_("Dix par feuille A4."))
