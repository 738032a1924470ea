"""Forms of the registrations: someone by hand, or a whole list from a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.gestion.formulaires import ChoixMultiple
from consultation.models import College, Structure, Territoire

from ..models import Atelier


class ChoixAteliers(ChoixMultiple):
    """Workshops with their half-day and the seats left."""

    def label_from_instance(self, atelier):
        libres = "" if atelier.capacite is None else _(" ; %(n)s places") % {"n": atelier.capacite}
        return f"{atelier.temps.titre} : {atelier.titre}{libres}"


class ChoixStructure(forms.ModelChoiceField):
    """Structures of one name are told apart by their town."""

    def label_from_instance(self, structure):
        return f"{structure.nom} ({structure.ville})" if structure.ville else structure.nom


class FormulaireInscription(forms.Form):
    """Someone's registration, by hand."""

    prenom = forms.CharField(label=_("Prénom ou surnom"), max_length=40)
    nom = forms.CharField(label=_("Nom"), max_length=80, required=False)
    college = forms.ModelChoiceField(label=_("Collège"), queryset=College.objects.none())
    structure = ChoixStructure(
        label=_("Structure"), queryset=Structure.objects.order_by("nom__plie", "pk"), required=False
    )
    territoire = forms.ModelChoiceField(label=_("Territoire"), queryset=Territoire.objects.all(), required=False)
    accord_publication = forms.TypedChoiceField(
        label=_("Ses mots peuvent être publiés, sans son nom"),
        choices=[("", _("On ne le lui a pas demandé")), ("oui", _("Oui")), ("non", _("Non"))],
        coerce={"oui": True, "non": False}.get,
        empty_value=None,
        required=False,
    )
    ateliers = ChoixAteliers(
        label=_("Ateliers"), queryset=Atelier.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["college"].queryset = consultation.colleges.all()
        self.fields["ateliers"].queryset = Atelier.objects.filter(
            espace__consultation=consultation
        ).select_related("espace", "temps")

    def clean_ateliers(self):
        ateliers = list(self.cleaned_data["ateliers"])
        temps = [atelier.temps_id for atelier in ateliers]
        if len(temps) != len(set(temps)):
            raise forms.ValidationError(
                _("Deux de ces ateliers ont lieu en même temps. Choisissez l’un des deux.")
            )
        return ateliers


class FormulaireFichier(forms.Form):
    fichier = forms.FileField(
        label=_("Votre liste"),
        help_text=_("Un tableau .xlsx ou .csv : 2 Mo et 2 000 lignes au plus."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.ods,.xls,.csv,.txt,.tsv"}),
        error_messages={"required": _("Choisissez un fichier."), "empty": _("Ce fichier est vide.")},
    )
