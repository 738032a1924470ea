"""The officer's forms of an immersion. What they say is checked by the acts; what they read is checked here."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from consultation.gestion.champs import ChampDate, ChampHeure
from consultation.models import Participant

from .lectures.reunion import SORTES
from .models import Competence, Demarche, Dispositif, Entreprise, Immersion, Obstacle, Partie


class FormulaireDispositif(forms.ModelForm):
    class Meta:
        model = Dispositif
        fields = ["porteur", "telephone", "vise"]


class FormulaireEntreprise(forms.ModelForm):
    class Meta:
        model = Entreprise
        fields = ["nom", "secteur", "adresse", "ville", "siret", "contact", "telephone", "accepte"]


class FormulaireDemande(forms.Form):
    """Filled in by the person, or read to them; the code is typed by them."""

    participant = forms.ModelChoiceField(Participant.objects.none(), label=_("Qui demande"))
    genre = forms.ChoiceField(label=_("Ce que la personne veut"), choices=Immersion.Genre.choices)
    souhait = forms.CharField(label=_("Quel métier"), max_length=120, required=False)
    code = forms.CharField(
        label=_("Son code"),
        max_length=40,
        required=False,
        help_text=_("La personne le tape elle-même. Personne ne peut demander à sa place."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        gens = Participant.objects.filter(consultation=consultation, efface_le=None, code_personnel__isnull=False)
        self.fields["participant"].queryset = gens
        self.fields["participant"].label_from_instance = lambda personne: personne.nom_complet or str(personne)


class FormulaireRevise(forms.ModelForm):
    """A form of the file as it was shown: `revision` comes back with it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    motif = forms.CharField(
        label=_("Pourquoi la convention change"),
        max_length=300,
        required=False,
        help_text=_("Seulement si quelqu’un l’a déjà signée : un avenant est alors à signer par les trois."),
    )

    def relire(self, revision):
        """Carry the revision of now, so that sending again is done knowingly."""
        self.data = self.data.copy()
        self.data["revision"] = str(revision)


class FormulairePreparer(FormulaireRevise):
    objectifs = forms.CharField(
        label=_("Objectifs"),
        required=False,
        help_text=_("Un par ligne. Le bilan sera rempli sur cette liste."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = Immersion
        fields = [
            "entretien_le",
            "genre",
            "objet",
            "structure",
            "referent",
            "prescripteur",
            "rome",
            "contrat_fin",
            "garder_jusqu_au",
        ]
        field_classes = {"entretien_le": ChampDate, "contrat_fin": ChampDate, "garder_jusqu_au": ChampDate}
        help_texts = {
            "rome": _("Une lettre et quatre chiffres, par exemple D1102. Facultatif."),
            "garder_jusqu_au": _("Ce jour passé, tout ce qui dit qui est la personne est effacé."),
            "contrat_fin": _("Laissez vide si le contrat n’a pas de fin."),
        }

    field_order = [*Meta.fields, "objectifs", "motif"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rome"].max_length = None
        self.fields["rome"].widget.attrs.pop("maxlength", None)
        self.fields["rome"].validators = []

    def _post_clean(self):
        """The act checks: what is typed here is not written on the instance."""


class FormulairePlacer(FormulaireRevise):
    class Meta:
        model = Immersion
        fields = ["entreprise", "tuteur", "debut", "fin", "horaires", "heures", "taches"]
        field_classes = {"debut": ChampDate, "fin": ChampDate}
        widgets = {"taches": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "fin": _("Un mois au plus après le premier jour, et pas après la fin du contrat."),
            "horaires": _("Par exemple : de 6 h à 13 h, du lundi au vendredi."),
        }

    field_order = [*Meta.fields, "motif"]

    def __init__(self, *args, dispositif, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entreprise"].queryset = Entreprise.objects.filter(dispositif=dispositif)

    def _post_clean(self):
        """The act checks: what is typed here is not written on the instance."""


class FormulaireDemarche(forms.ModelForm):
    class Meta:
        model = Demarche
        fields = ["entreprise", "moyen", "le"]
        field_classes = {"le": ChampDate}

    def __init__(self, *args, dispositif, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entreprise"].queryset = Entreprise.objects.filter(dispositif=dispositif, fermee_le=None)


class FormulaireObstacle(forms.ModelForm):
    class Meta:
        model = Obstacle
        fields = ["sorte", "qui", "comment"]


class FormulairePapier(forms.Form):
    partie = forms.ChoiceField(label=_("Qui a signé"), choices=Partie.choices)
    scan = forms.FileField(
        label=_("Le papier signé"),
        required=False,
        help_text=_("Un PDF, ou une photo JPEG ou PNG. Six mégaoctets au plus."),
    )


class FormulaireJour(forms.Form):
    le = ChampDate(label=_("Quel jour"))


class FormulairePoint(FormulaireJour):
    texte = forms.CharField(
        label=_("Ce qui a été vu"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )


class FormulaireBilan(forms.Form):
    """One question for each objective, then two opinions. Nothing is required: half of it is kept."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, immersion, **kwargs):
        super().__init__(*args, **kwargs)
        self.competences = list(immersion.competences.all())
        choix = [("", _("pas encore")), *Competence.Niveau.choices]
        for une in self.competences:
            self.fields[f"niveau-{une.pk}"] = forms.TypedChoiceField(
                label=une.intitule, choices=choix, coerce=int, empty_value=None, required=False, initial=une.niveau
            )
        for nom in ("avis_personne", "avis_accueil"):
            modele = Immersion._meta.get_field(nom)
            self.fields[nom] = forms.CharField(
                label=modele.verbose_name.capitalize(),
                required=False,
                max_length=1000,
                initial=getattr(immersion, nom),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.initial["revision"] = immersion.revision

    relire = FormulaireRevise.relire

    @property
    def niveaux(self):
        return {une.pk: self.cleaned_data[f"niveau-{une.pk}"] for une in self.competences}


class FormulaireConclure(forms.ModelForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    relire = FormulaireRevise.relire

    class Meta:
        model = Immersion
        fields = ["bilan_le", "issue"]
        field_classes = {"bilan_le": ChampDate}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            champ.required = True

    def _post_clean(self):
        """The act checks: what is typed here is not written on the instance."""


class FormulaireBesoin(forms.Form):
    """A need found for the territory; `trimestres`: [(year, number)] that it may be noted for."""

    mots = forms.CharField(
        label=_("Ce qui manque au territoire"),
        max_length=80,
        help_text=_("Une phrase que tout le monde lira. Par exemple : un car le matin vers la zone d’activité."),
    )
    quand = forms.ChoiceField(label=_("Trimestre"))

    def __init__(self, *args, trimestres, **kwargs):
        super().__init__(*args, **kwargs)
        dits = [
            (f"{annee}-{n}", _("Trimestre %(n)s de %(annee)s") % {"n": n, "annee": annee})
            for annee, n in trimestres
        ]
        self.fields["quand"].choices = dits


class FormulaireReunion(forms.Form):
    """What of the board the network talks about, and when. `points`: those offered."""

    points = forms.MultipleChoiceField(
        label=_("Les lignes du tableau à mettre à l’ordre du jour"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Dix minutes chacune. Ensuite, le réseau propose, regroupe et choisit quoi faire."),
    )
    titre = forms.CharField(label=_("Titre de la réunion"), max_length=120, initial=_("Réunion du réseau"))
    question = forms.CharField(
        label=_("La question posée au réseau"),
        required=False,
        max_length=200,
        initial=_("Que peut-on faire ensemble pour que les immersions se passent bien ?"),
    )
    jour = ChampDate(label=_("Jour"))
    heure = ChampHeure(label=_("Heure"))

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        groupes = {}
        for point in points:
            dit = format_html("<strong>{}</strong> {}", point.titre, point.consigne)
            groupes.setdefault(point.sorte, []).append((point.cle, dit))
        self.fields["points"].choices = [(SORTES[sorte], lignes) for sorte, lignes in groupes.items()]
