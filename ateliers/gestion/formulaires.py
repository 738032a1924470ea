"""Forms of the programme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation import regles
from consultation.gestion.champs import ChampHeure, ChampMoment
from consultation.gestion.formulaires import ChoixMultiple, FormulaireLot
from consultation.models import Axe, Scrutin
from consultation.textes import entier

from ..actions.deroules import PREFIXE
from ..deroules import DEROULES
from ..models import Atelier, DerouleGarde, Etape, Salle, Temps


class FormulaireTemps(forms.ModelForm):
    class Meta:
        model = Temps
        fields = ["titre", "resume", "debut", "fin", "picto"]
        field_classes = {"debut": ChampMoment, "fin": ChampMoment}

    def clean(self):
        donnees = super().clean()
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and fin <= debut:
            self.add_error("fin", _("La fin vient avant le début."))
        return donnees


class FormulaireSalle(forms.ModelForm):
    class Meta:
        model = Salle
        fields = ["nom", "capacite", "acces"]
        help_texts = {"acces": _("Par exemple : au premier étage, à droite de l’accueil. Écrit sur les affiches.")}


def _morceaux(texte, n):
    """The parts of a line between semicolons, `n` of them, empty where there is none."""
    morceaux = [morceau.strip() for morceau in texte.split(";")]
    if len(morceaux) > n:
        raise forms.ValidationError(_("« %(texte)s » a trop de points-virgules.") % {"texte": texte})
    return morceaux + [""] * (n - len(morceaux))


class FormulaireSalles(FormulaireLot):
    """ "Hêtre ; 40 ; au premier étage"."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lignes"].label = _("Une salle par ligne")
        self.fields["lignes"].help_text = _("Son nom, ses places, comment y aller. Exemple : Hêtre ; 40 ; au fond")

    def lire(self, texte):
        nom, places, acces = _morceaux(texte, 3)
        capacite = entier(places, 999_999)
        if places and capacite is None:
            raise forms.ValidationError(
                _("« %(texte)s » : le nombre de places s’écrit en chiffres, après un point-virgule.")
                % {"texte": texte}
            )
        return {"nom": nom, "capacite": capacite, "acces": acces}


class FormulaireAteliers(FormulaireLot):
    """ "Title ; question", one workshop a line, all in one half-day and with one déroulé."""

    temps = forms.ModelChoiceField(label=_("Demi-journée"), queryset=Temps.objects.none())
    nature = forms.ChoiceField(label=_("Nature"), choices=Atelier.Nature, initial=Atelier.Nature.ATELIER)
    capacite = forms.IntegerField(label=_("Places dans chacun"), min_value=1, max_value=100_000, required=False)
    deroule = forms.ChoiceField(label=_("Déroulé de départ"), initial="classique")
    field_order = ["temps", "nature", "lignes", "capacite", "deroule"]

    def __init__(self, *args, consultation, compte, **kwargs):
        super().__init__(*args, consultation=consultation, compte=compte, **kwargs)
        self.fields["temps"].queryset = consultation.temps.all()
        self.fields["deroule"].choices = choix_deroules(compte)
        self.fields["lignes"].label = _("Un atelier par ligne")
        self.fields["lignes"].help_text = _(
            "Son titre, puis sa question. Exemple : Apprendre ; Qu’est-ce qui aide à apprendre ?"
        )

    def lire(self, texte):
        titre, question = _morceaux(texte, 2)
        return {"titre": titre, "question": question}


class FormulaireAtelier(forms.ModelForm):
    """A workshop, its space of speech and who leads it: one form, several acts."""

    titre = forms.CharField(label=_("Titre"), max_length=200)
    question = forms.CharField(
        label=_("Question posée"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Elle s’affiche en grand dans la salle et sur les téléphones."),
    )
    axes = ChoixMultiple(
        label=_("Axes"), queryset=Axe.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    deroule = forms.ChoiceField(label=_("Déroulé de départ"), widget=forms.RadioSelect, initial="classique")
    animateurs = ChoixMultiple(
        label=_("Qui anime"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Quelqu’un manque ? Confiez-lui d’abord un rôle à la page Équipe."),
    )
    rapporteurs = ChoixMultiple(
        label=_("Qui rapporte"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Atelier
        fields = ["temps", "heure", "nature", "salle", "capacite", "repetition"]
        field_classes = {"heure": ChampHeure}
        labels = {"temps": _("Demi-journée")}
        help_texts = {
            "capacite": _("Laissez vide si tout le monde peut entrer."),
            "repetition": _("Pour s’exercer avant le jour. Ses résultats ne comptent pas."),
        }

    field_order = [
        "titre",
        "question",
        "nature",
        "temps",
        "heure",
        "salle",
        "capacite",
        "axes",
        "deroule",
        "animateurs",
        "rapporteurs",
        "repetition",
    ]

    def __init__(self, *args, consultation, compte, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["temps"].queryset = consultation.temps.all()
        self.fields["salle"].queryset = consultation.salles.all()
        self.fields["axes"].queryset = consultation.axes.all()
        comptes = regles.comptes_connus(consultation, compte)
        self.fields["animateurs"].queryset = self.fields["rapporteurs"].queryset = comptes
        if self.instance.pk:
            self._remplir()
            del self.fields["deroule"]
        else:
            self.fields["deroule"].choices = choix_deroules(compte)
            self.fields["deroule"].help_text = _("Vous pourrez changer chaque étape ensuite.")

    def _remplir(self):
        espace = self.instance.espace
        mandats = list(regles.mandats_de(espace.consultation, espace=espace))
        self.initial |= {
            "titre": espace.titre,
            "question": espace.question,
            "axes": list(espace.axes.all()),
            "animateurs": [m.compte_id for m in mandats if m.role == regles.ANIMATEUR],
            "rapporteurs": [m.compte_id for m in mandats if m.role == regles.RAPPORTEUR],
        }


def choix_deroules(compte):
    """The ready-made déroulés, then those this account keeps."""
    prets = [(cle, f"{d.titre} ({d.duree} min). {d.description}") for cle, d in DEROULES.items()]
    gardes = [
        (
            f"{PREFIXE}{g.pk}",
            f"{g.titre} ({sum(e['duree'] for e in g.etapes)} min). " + str(_("Un déroulé à vous.")),
        )
        for g in DerouleGarde.objects.filter(compte=compte)
    ]
    return [*prets, *gardes]


class FormulaireDeroule(forms.Form):
    deroule = forms.ChoiceField(label=_("Déroulé prêt à l’emploi"), widget=forms.RadioSelect, initial="classique")

    def __init__(self, *args, compte, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deroule"].choices = choix_deroules(compte)


class FormulaireGarderDeroule(forms.Form):
    titre = forms.CharField(label=_("Nom du déroulé"), max_length=80)


class FormulaireEtape(forms.ModelForm):
    class Meta:
        model = Etape
        fields = ["nature", "titre", "consigne", "duree", "proposition_nature", "tables"]
        widgets = {"consigne": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tables"].required = False

    def clean_tables(self):
        """Left empty: everyone writes for themselves."""
        return self.cleaned_data["tables"] or 0


class FormulaireScrutin(forms.ModelForm):
    """Settings of a vote, and a quorum for each college (empty or 0: none)."""

    class Meta:
        model = Scrutin
        fields = [
            "mode", "secret", "gommettes", "regle", "seuil", "quorum_gommettes",
            "liste_close", "resultats_attendent",
        ]  # fmt: skip
        help_texts = {
            "mode": _(
                "Gommettes : chacun place des points. Accord : chacun répond pour chaque piste. "
                "Consentement : une piste passe si personne n’a d’objection, et chaque objection a sa raison. "
                "Classement : chacun range cinq pistes au plus, de la plus importante à la moins importante."
            ),
            "gommettes": _("Seulement pour le vote par gommettes."),
            "regle": _("Comment on dit qu’une piste est retenue."),
        }

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        poses = {q.college_id: q for q in self.instance.quorums.all()} if self.instance.pk else {}
        self.colleges = list(consultation.colleges.all())
        for college in self.colleges:
            quorum = poses.get(college.pk)
            self.fields[f"votants_{college.pk}"] = forms.IntegerField(
                label=_("%(college)s : votants au moins") % {"college": college.nom},
                min_value=0,
                max_value=100_000,
                required=False,
                initial=quorum.votants_min if quorum else 0,
            )
            self.fields[f"part_{college.pk}"] = forms.IntegerField(
                label=_("%(college)s : part du soutien au moins, en %%") % {"college": college.nom},
                min_value=0,
                max_value=100,
                required=False,
                initial=quorum.part_min if quorum else 0,
            )

    def quorums(self):
        """The quorums asked for, as `preparer_scrutin` takes them."""
        lus = (
            {
                "college": college,
                "votants_min": self.cleaned_data.get(f"votants_{college.pk}") or 0,
                "part_min": self.cleaned_data.get(f"part_{college.pk}") or 0,
            }
            for college in self.colleges
        )
        return [quorum for quorum in lus if quorum["votants_min"] or quorum["part_min"]]
