"""How the desk's forms speak: a refusal goes back under its field, with what was typed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..lectures.adresses import adresse_libre
from ..models import Axe, College, Consultation, EtapeDemarche, Structure, Territoire
from ..textes import nettoyer_ligne, plier
from .champs import ChampDate


def reporter(refus, formulaire):
    """Show a Refus on the form: under its field when the form has it, at the top otherwise."""
    champ = refus.champ if refus.champ in formulaire.fields else None
    formulaire.add_error(champ, refus.message)


def liens_de(formulaire):
    """The many-to-many values of a model form, as `actions.enregistrer` wants them: {field: objects}."""
    relations = {champ.name for champ in formulaire._meta.model._meta.many_to_many}
    return {nom: list(valeur) for nom, valeur in formulaire.cleaned_data.items() if nom in relations}


class ChoixMultiple(forms.ModelMultipleChoiceField):
    """Several things among a list. A number no database can hold is a wrong choice, not an error of ours."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except (OverflowError, ValueError) as erreur:
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list") from erreur


class FormulaireLot(forms.Form):
    """One thing a line. `lues`: [(the line as typed, {field: value})], made by `lire` of each line."""

    lignes = forms.CharField(label=_("Un par ligne"), max_length=8000, widget=forms.Textarea(attrs={"rows": 10}))
    LIGNES_MAX = 60

    def __init__(self, *args, consultation, compte, **kwargs):
        super().__init__(*args, **kwargs)
        self.lues = []

    def lire(self, texte):
        """Return what a line says, as {field: value}; raises ValidationError when it is not clear."""
        return {"titre": texte}

    def clean_lignes(self):
        textes = [nettoyer_ligne(ligne) for ligne in self.cleaned_data["lignes"].splitlines()]
        textes = [texte for texte in textes if texte]
        if not textes:
            raise ValidationError(_("Écrivez au moins une ligne."))
        if len(textes) > self.LIGNES_MAX:
            raise ValidationError(_("Soixante lignes au plus à la fois."))
        self.lues = [(texte, self.lire(texte)) for texte in textes]
        return self.cleaned_data["lignes"]


class FormulaireTerritoire(forms.ModelForm):
    class Meta:
        model = Territoire
        fields = ["nom", "niveau", "code", "parent"]
        help_texts = {
            "code": _("Par exemple : 75 pour une région, 87 pour un département. Facultatif."),
            "parent": _("La région d’un département, le pays d’une région."),
        }


class FormulaireStructure(forms.ModelForm):
    class Meta:
        model = Structure
        fields = ["nom", "type", "ville", "territoire"]


class FormulaireConsultation(forms.ModelForm):
    class Meta:
        model = Consultation
        fields = [
            "titre",
            "slug",
            "nature",
            "chapeau",
            "territoire",
            "lieu",
            "debut",
            "fin",
            "places",
            "acces",
            "relecture",
            "longueur_max",
            "garder_jusqu_au",
        ]
        field_classes = {"debut": ChampDate, "fin": ChampDate, "garder_jusqu_au": ChampDate}
        widgets = {
            "chapeau": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "slug": _("La fin de l’adresse de la page publique. Laissez vide : elle est faite du titre."),
            "chapeau": _("Deux ou trois phrases simples. Elles ouvrent la page publique."),
            "places": _("Toutes les places, tous collèges confondus."),
            "acces": _("Avec le code de l’atelier : un prénom et un collège suffisent."),
            "relecture": _("Ce qui se passe avant qu’une proposition s’affiche dans la salle."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

        if self.instance._state.adding:
            self.fields["territoire"].required = False
            self.fields["territoire_neuf"] = forms.CharField(
                label=_("Un territoire qui manque à la liste"),
                max_length=120,
                required=False,
                help_text=_("Écrivez son nom : il sera ajouté aux territoires. Par exemple : Hauts-de-France."),
            )
            self.order_fields(["titre", "slug", "nature", "chapeau", "territoire", "territoire_neuf"])

    def clean_slug(self):
        titre = self.cleaned_data.get("titre", "")
        return self.cleaned_data["slug"] or self.instance.slug or adresse_libre(titre)

    def clean(self):
        donnees = super().clean()
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and fin < debut:
            self.add_error("fin", _("Le dernier jour vient avant le premier."))
        if self.instance._state.adding and "territoire" in donnees:
            self._un_territoire(donnees)
        return donnees

    def _un_territoire(self, donnees):
        """One of the list, or a name to add to it; a name that is there already is that one."""
        neuf = donnees["territoire_neuf"] = nettoyer_ligne(donnees.get("territoire_neuf") or "")
        if neuf and not donnees["territoire"]:
            donnees["territoire"] = Territoire.objects.filter(nom__plie=plier(neuf)).order_by("pk").first()
        if not neuf and not donnees["territoire"]:
            self.add_error("territoire", _("Choisissez un territoire, ou écrivez le nom du vôtre."))


class FormulaireCollege(forms.ModelForm):
    class Meta:
        model = College
        fields = ["nom", "nom_court", "description", "signe", "part_cible"]
        help_texts = {
            "signe": _("Une couleur et une forme. Deux collèges n’ont pas le même."),
            "part_cible": _(
                "La part des places que vous voulez pour ce collège. Laissez vide si rien n’est visé."
            ),
        }

    def clean_part_cible(self):
        """Shares are those of one whole: together they are 100 at most."""
        part = self.cleaned_data["part_cible"]
        autres = College.objects.filter(consultation=self.instance.consultation_id).exclude(pk=self.instance.pk)
        total = (part or 0) + sum(college.part_cible or 0 for college in autres)
        if part and total > 100:
            raise ValidationError(
                _("Avec celle-ci, les parts visées font %(total)s %%. Ensemble, elles font 100 %% au plus.")
                % {"total": total}
            )
        return part


class FormulaireAxe(forms.ModelForm):
    class Meta:
        model = Axe
        fields = ["titre", "chapeau", "parent"]
        labels = {"parent": _("Fait partie de l’axe")}
        help_texts = {"parent": _("Laissez vide pour un axe. Choisissez un axe pour un thème de cet axe.")}
        widgets = {"chapeau": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        axes = Axe.objects.filter(consultation=self.instance.consultation_id, parent__isnull=True)
        self.fields["parent"].queryset = axes.exclude(pk=self.instance.pk)
        if self.instance.pk and self.instance.themes.exists():
            self.fields["parent"].disabled = True
            self.fields["parent"].help_text = _("Cet axe a des thèmes : il reste un axe.")


class FormulaireEtapeDemarche(forms.ModelForm):
    class Meta:
        model = EtapeDemarche
        fields = ["titre", "debut", "fin", "moment", "lieu", "resume"]
        field_classes = {"debut": ChampDate, "fin": ChampDate}

    def clean(self):
        donnees = super().clean()
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and fin < debut:
            self.add_error("fin", _("Le dernier jour vient avant le premier."))
        return donnees
