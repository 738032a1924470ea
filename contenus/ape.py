"""The APE code of an enterprise: its shape, and the nomenclature it belongs to.

Four digits and a letter. The letter tells the nomenclature: A to F and Z in NAF rév. 2 (decree 2007-1888, until
31 December 2026), G to Y in NAF 2025 (decree 2025-736, from 1 January 2027). Codes of before 2008 have three
digits. Only the shape is checked: the lists of the codes themselves change between two releases.
"""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: First day of NAF 2025.
CHANGEMENT = date(2027, 1, 1)
_FORME = re.compile(r"(\d{2})\.?(\d{2})([A-Z])")
_AVANT_2008 = re.compile(r"\d{2}\.?\d[A-Z]")


class Nomenclature(models.TextChoices):
    REV2 = "rev2", gettext_lazy("NAF rév. 2")
    NAF2025 = "2025", gettext_lazy("NAF 2025")


def ecrire(code):
    """Return `code` as it is written, "88.99B", whatever blanks, dots and case; else as it is typed."""
    serre = re.sub(r"[\s.]", "", code or "").upper()
    lu = _FORME.fullmatch(serre)
    return f"{lu[1]}.{lu[2]}{lu[3]}" if lu else (code or "").strip()


def nomenclature_de(code):
    """Return the Nomenclature of a code. Raises ValidationError when it is no code, or is of before 2008."""
    serre = re.sub(r"[\s.]", "", code).upper()
    if _AVANT_2008.fullmatch(serre):
        raise ValidationError(
            _("%(code)s est un code d’avant 2008 : il n’a que trois chiffres. Cherchez le code d’aujourd’hui, "
              "comme 88.99B.") % {"code": code}
        )  # fmt: skip
    lu = _FORME.fullmatch(serre)
    if lu is None or lu[1] == "00":
        raise ValidationError(
            _("%(code)s n’est pas un code APE. Écrivez quatre chiffres et une lettre, comme 88.99B.")
            % {"code": code}
        )
    return Nomenclature.REV2 if lu[3] in "ABCDEFZ" else Nomenclature.NAF2025


def verifier(code, dite="", annee=None):
    """Return the Nomenclature of `code`, which must be the one that is said, when it is, and stand in that year.

    `annee`: the year the fiche tells of. Raises ValidationError with a sentence saying what to do.
    """
    vraie = nomenclature_de(code)
    if dite and dite != vraie:
        raise ValidationError(
            _("%(code)s est un code de la %(vraie)s, pas de la %(dite)s. Changez le code ou la nomenclature.")
            % {"code": code, "vraie": vraie.label, "dite": Nomenclature(dite).label}
        )
    if vraie == Nomenclature.REV2 and annee and annee >= CHANGEMENT.year:
        raise ValidationError(
            _("%(code)s est un code de l’ancienne nomenclature (NAF rév. 2). Depuis le 1er janvier 2027, il faut "
              "celui de la NAF 2025.") % {"code": code}
        )  # fmt: skip
    return vraie
