"""The desk's forms of a forum."""

from django import forms
from django.utils.translation import gettext_lazy as _

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


class FormulaireCartes(forms.Form):
    libelle = forms.CharField(
        label=_("Où vont ces cartes ?"),
        max_length=80,
        help_text=_("Par exemple : boîtes aux lettres de Louzy. C’est tout ce que nous saurons d’un code."),
    )
    nombre = forms.IntegerField(label=_("Combien"), min_value=1, help_text=_("Dix par feuille A4."))
