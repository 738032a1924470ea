"""What is typed in a forum, parsed; the acts decide what is acceptable."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ateliers.formulaires import LONGUEUR_CLE_FORMULAIRE, Ligne, Parole, cle_d_acte
from consultation.models import Axe, College, Contribution, Decision, Territoire
from consultation.textes import entier


class FormulaireQui(forms.Form):
    """Whom one speaks as. The name is optional, consent is never ticked beforehand."""

    code = Ligne(required=False, max_length=40)
    jeton = forms.CharField(required=False, max_length=400)
    prenom = Ligne(
        required=False,
        max_length=40,
        error_messages={"max_length": _("C’est un peu long : gardez 40 signes au plus.")},
    )
    college = forms.ModelChoiceField(
        College.objects.none(),
        error_messages={
            "required": _("Touchez une case pour dire au nom de qui vous parlez."),
            "invalid_choice": _("Touchez une case pour dire au nom de qui vous parlez."),
        },
    )
    commune = forms.ModelChoiceField(Territoire.objects.none(), required=False)
    accord = forms.BooleanField(required=False)
    cle = Ligne(required=False, max_length=LONGUEUR_CLE_FORMULAIRE)

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["college"].queryset = consultation.colleges.all()
        self.fields["commune"].queryset = consultation.territoire.enfants.all()

    @property
    def acte(self):
        """What `entrer_au_forum` is to be told of the person, once the form is valid."""
        d = self.cleaned_data
        return {
            "prenom": d["prenom"],
            "college": d["college"],
            "territoire": d["commune"],
            "accord_publication": d["accord"],
            "cle": cle_d_acte(d["cle"], d["prenom"], d["college"].pk),
        }


class FormulaireGuichet(FormulaireQui):
    """At a desk: the person, and their words."""

    texte = Parole(required=False)
    axe = forms.ModelChoiceField(Axe.objects.none(), required=False)
    note = Ligne(required=False, max_length=120)

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, consultation=consultation, **kwargs)
        self.fields["axe"].queryset = consultation.axes.all()

    @property
    def acte(self):
        d = self.cleaned_data
        dit = {"texte": d["texte"], "axe": d["axe"], "note": d["note"]}
        return {**super().acte, **dit, "cle": cle_d_acte(d["cle"], d["prenom"], d["texte"])}


class FormulaireTexte(forms.Form):
    """Words sent: a proposition with its axe, or a contribution with its nature."""

    texte = Parole(required=False)
    axe = forms.ModelChoiceField(Axe.objects.none(), required=False)
    nature = Ligne(required=False, max_length=20)
    cle = Ligne(required=False, max_length=LONGUEUR_CLE_FORMULAIRE)

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["axe"].queryset = consultation.axes.all()

    def lu(self, *champs):
        """The fields named, and the key of this act; a field that is wrong counts as empty."""
        self.is_valid()
        texte = self.cleaned_data.get("texte") or ""
        cle = cle_d_acte(self.cleaned_data.get("cle") or "", texte, self.cleaned_data.get("nature") or "")
        return {champ: self.cleaned_data.get(champ) for champ in champs} | {"texte": texte, "cle": cle}

    @property
    def natures(self):
        return Contribution.Nature.choices


class FormulaireDecision(forms.Form):
    """What a moderator chose of one text."""

    sens = Ligne(required=False, max_length=20)
    regle = Ligne(required=False, max_length=4)
    motif = Parole(required=False)
    mots = Parole(required=False)
    derniere = Ligne(required=False, max_length=20)

    def clean(self):
        d = super().clean()
        d["regle"], d["derniere"] = entier(d.get("regle") or ""), entier(d.get("derniere") or "")
        return d

    @property
    def lu(self):
        self.is_valid()
        champs = ("sens", "regle", "motif", "mots", "derniere")
        return {champ: self.cleaned_data.get(champ) for champ in champs}

    @property
    def refuse(self):
        return self.data.get("sens") == Decision.Sens.REFUSEE
