"""What the acts of immersions call first: whose hand it is, whether the file is still open, what it says now."""

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from consultation.actions.gardes import exiger, exiger_droit, noter, verrouiller
from consultation.erreurs import Refus
from consultation.textes import cle_de_code

from .. import regles
from ..models import Immersion, Partie


def exiger_tenir(par, consultation):
    """Raise a 403 unless `par` is an officer of the scheme; None is the person themself, or the system."""
    exiger_droit(lambda: regles.peut_tenir(par, consultation), par)


def exiger_sa_main(*, personne, code, acte, objet, par):
    """Raise Refus "code_vide" 422, "pas_votre_code" 403 unless `code` is `personne`'s own.

    A wrong one is written down: `acte` is what someone tried to do for them. Outside of any transaction.
    """
    exiger(cle_de_code(code), "code_vide", _("Tapez votre code : il est sur votre carte."), champ="code")
    sien = personne.code_personnel if personne is not None else None
    bonne = sien is not None and constant_time_compare(cle_de_code(code), sien)
    exiger_la_bonne_main(bonne, acte=acte, objet=objet, par=par)


def exiger_la_bonne_main(bonne, *, acte, objet, par):
    """Unless `bonne`: write down that someone tried, change nothing else, and raise "pas_votre_code" 403."""
    if bonne:
        return
    noter(verbe="refuser_immersion", objet=objet, compte=par, details={"acte": acte})
    dit = _("Ce code n’est pas le vôtre. Rien n’a changé. Seule la personne elle-même peut faire cela.")
    raise Refus("pas_votre_code", dit, statut=403, champ="code")


def ouverte(immersion):
    """Return a fresh copy of an immersion that still goes on, locked. Raises Refus "arretee", "finie" 409."""
    dispositif, immersion = immersion.dispositif, verrouiller(immersion)
    immersion.dispositif = dispositif  # it has no other one, and both its right and its entry ask for it
    exiger(
        immersion.arretee_le is None,
        "arretee",
        _("La personne a arrêté cette immersion : plus rien n’y change."),
        statut=409,
    )
    exiger(
        immersion.effacee_le is None and not immersion.bilan_le,
        "finie",
        _("Cette immersion est finie : plus rien n’y change."),
        statut=409,
    )
    return immersion


def deja_signee(immersion):
    """Whether anyone has signed the convention as it stands."""
    return immersion.signatures.filter(version=immersion.version).exists()


def signee_par_tous(immersion):
    """Whether the three parties have signed the convention as it stands."""
    return immersion.signatures.filter(version=immersion.version).count() == len(Partie)


def dire(immersion, champ):
    """The value of a field of an immersion, in words; "" for nothing."""
    valeur = getattr(immersion, champ)
    if valeur in (None, ""):
        return ""
    if Immersion._meta.get_field(champ).choices:
        return str(getattr(immersion, f"get_{champ}_display")())
    return f"{valeur:%d/%m/%Y}" if hasattr(valeur, "strftime") else str(valeur)
