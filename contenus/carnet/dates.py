"""Days and hours as a booklet writes them in French: "mardi 1er octobre", "9 h 30", "13 et 14 octobre 2026"."""

from django.utils import timezone
from django.utils.formats import date_format

INSECABLE = "\u00a0"


def jour(date, annee=False):
    """Return "Mardi 13 octobre", with the year when asked."""
    texte = f"{date_format(date, 'l')} {_quantieme(date)} {date_format(date, 'F')}"
    return texte.capitalize() + (f" {date.year}" if annee else "")


def periode(debut, fin):
    """Return "13 et 14 octobre 2026", "30 septembre au 2 octobre 2026", "13 octobre 2026", or "" without dates."""
    debut = debut or fin
    fin = fin or debut
    if not debut:
        return ""
    dernier = f"{_quantieme(fin)} {date_format(fin, 'F Y')}"
    if debut == fin:
        return dernier
    if (debut.year, debut.month) == (fin.year, fin.month):
        lien = "et" if (fin - debut).days == 1 else "au"
        return f"{_quantieme(debut)} {lien} {dernier}"
    annee = f" {debut.year}" if debut.year != fin.year else ""
    return f"{_quantieme(debut)} {date_format(debut, 'F')}{annee} au {dernier}"


def heure(moment):
    """Return "9 h 30", or "9 h" on the hour."""
    local = timezone.localtime(moment)
    minutes = f"{INSECABLE}{local.minute:02d}" if local.minute else ""
    return f"{local.hour}{INSECABLE}h{minutes}"


def _quantieme(date):
    return "1er" if date.day == 1 else str(date.day)
