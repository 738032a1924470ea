"""What a phone sends, parsed: cleaned text, known choices, whole numbers. The acts decide what is acceptable."""

import hashlib
import secrets
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.actions.envois import lire_choix
from consultation.models import College, Participant
from consultation.textes import entier, nettoyer, nettoyer_ligne

LONGUEUR_PRENOM = Participant._meta.get_field("prenom").max_length
LONGUEUR_CLE_FORMULAIRE = 40


def nouvelle_cle():
    """Return a key for one form as shown: sent twice, it is one act."""
    return secrets.token_hex(16)


def cle_d_acte(cle, *contenu):
    """Return the key of an act: the form's key and what was written in it, or "" without a key.

    The browser's Back button brings the same form back with other words: those are another act, and must not be
    taken for the first one sent again.
    """
    if not cle:
        return ""
    empreinte = hashlib.sha256("\0".join(str(morceau) for morceau in contenu).encode()).hexdigest()
    return f"{cle}:{empreinte[:16]}"


class Ligne(forms.CharField):
    """A name or a code, on one line, without what no screen can show."""

    def to_python(self, value):
        return nettoyer_ligne(value if isinstance(value, str) else "")


class Parole(forms.CharField):
    """What someone has to say, with its line breaks."""

    def to_python(self, value):
        return nettoyer(value if isinstance(value, str) else "")


class Repere(forms.CharField):
    """A whole number that a script adds of itself; None when there is none, or anything else instead."""

    def to_python(self, value):
        return entier(value)


class FormulaireCode(forms.Form):
    code = Ligne(required=False, max_length=200)

    @property
    def saisie(self):
        """What was typed, kept to be shown again even when it is not a code at all."""
        return nettoyer_ligne(self.data.get("code", ""))[:40]


class FormulaireEntree(forms.Form):
    """First name, college, consent. Consent is asked, never required, never ticked beforehand."""

    prenom = Ligne(
        max_length=LONGUEUR_PRENOM,
        error_messages={
            "required": _("Écrivez votre prénom, ou un surnom."),
            "max_length": _("C’est un peu long : gardez 40 signes au plus."),
        },
    )
    college = forms.ModelChoiceField(
        College.objects.none(),
        error_messages={
            "required": _("Touchez une case pour dire qui vous êtes."),
            "invalid_choice": _("Touchez une case pour dire qui vous êtes."),
        },
    )
    accord = forms.BooleanField(required=False)
    cle = Ligne(required=False, max_length=LONGUEUR_CLE_FORMULAIRE)

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["college"].queryset = College.objects.filter(consultation=consultation)

    @property
    def acte(self):
        """What `actions.rejoindre` is to be told, once the form is valid."""
        d = self.cleaned_data
        cle = cle_d_acte(d["cle"], d["prenom"], d["college"].pk)
        return {"prenom": d["prenom"], "college": d["college"], "accord_publication": d["accord"], "cle": cle}


class FormulaireProposition(forms.Form):
    """The words, and the key of the form. Length and emptiness are the act's business: it says them better."""

    #: What is said of the words beside them; given back with them when they are refused.
    A_COTE = ("axe", "table", "college")

    texte = Parole(required=False)
    cle = Ligne(required=False, max_length=LONGUEUR_CLE_FORMULAIRE)
    etape = Repere(required=False)
    axe = Repere(required=False)
    table = Repere(required=False)
    college = Repere(required=False)

    @property
    def acte(self):
        """What `actions.proposer` is to be told; a field that is wrong counts as empty."""
        self.is_valid()
        texte = self.cleaned_data.get("texte") or ""
        lus = {champ: self.cleaned_data.get(champ) for champ in ("etape", *self.A_COTE)}
        pour = [str(lus[champ]) for champ in ("table", "college") if lus["table"]]
        return {"texte": texte, "cle": cle_d_acte(self.cleaned_data.get("cle"), texte, *pour), **lus}


@dataclass(frozen=True)
class VoteEnvoye:
    """A ballot as sent: `choix` {piste id: value}, and what a script adds of itself, None when it is not a number.

    `suite`: what a plain form wants to see next, {name: value} of a query.

    No form class: a thousand come at once, and there is no field to show an error on.
    """

    PREFIXE = "piste-"
    choix: dict
    cle: str
    scrutin: int | None
    ordre: int | None
    moi: int | None
    suite: dict

    @property
    def va_ailleurs(self):
        """Whether it was sent to see other pistes of a long ballot, more than to vote."""
        return "voter" in self.suite

    @classmethod
    def lire(cls, donnees):
        """`piste-12=2`: one field per piste; an empty value leaves that piste as it is.

        Raises Refus 400 "choix_invalide" when a number is not one.
        """
        debut = len(cls.PREFIXE)
        choix = lire_choix(
            {nom[debut:]: donnees[nom] for nom in donnees if nom.startswith(cls.PREFIXE) and donnees[nom] != ""}
        )
        cle = nettoyer_ligne(donnees.get("cle", ""))
        cle = cle_d_acte(cle if len(cle) <= LONGUEUR_CLE_FORMULAIRE else "", sorted(choix.items()))
        reperes = (entier(donnees.get(nom)) for nom in ("scrutin", "ordre", "moi"))
        return cls(choix, cle, *reperes, suite=_suite_voulue(donnees))


def _suite_voulue(donnees):
    """What a plain form wants to see next, as the query of the room's page."""
    if "chercher" in donnees:
        return {"voter": "1", "q": nettoyer_ligne(donnees.get("q", ""))[:80]}
    if (page := entier(donnees.get("page", ""))) is not None:
        return {"voter": "1", "page": str(page)}
    return {"suite": "1"} if "suite" in donnees else {"vote": "fait"}
