"""Days and hours as people write them: "Mardi 1er octobre", "9 h 30", "13 et 14 octobre 2026"; in English,
"Tuesday 1 October", "9:30", "13 and 14 October 2026"."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext

INSECABLE = "\u00a0"


def jour(date, annee=False, au_milieu=False):
    """Return "Mardi 13 octobre", with the year when asked; "mardi 13 octobre" inside a sentence (`au_milieu`)."""
    texte = f"{date_format(date, 'l')} {_quantieme(date)} {date_format(date, 'F')}"
    return (texte if au_milieu else texte[:1].upper() + texte[1:]) + (f" {date.year}" if annee else "")


def periode(debut, fin):
    """Return "13 et 14 octobre 2026", "30 septembre au 2 octobre 2026", "13 octobre 2026", or "" without dates."""
    debut = debut or fin
    fin = fin or debut
    if not debut:
        return ""
    dernier = f"{_quantieme(fin)} {date_format(fin, 'F Y')}"
    if debut == fin:
        return dernier
    au = pgettext("dates", "au")
    if (debut.year, debut.month) == (fin.year, fin.month):
        lien = pgettext("dates", "et") if (fin - debut).days == 1 else au
        return f"{_quantieme(debut)} {lien} {dernier}"
    annee = f" {debut.year}" if debut.year != fin.year else ""
    return f"{_quantieme(debut)} {date_format(debut, 'F')}{annee} {au} {dernier}"


def heure(moment):
    """Return "9 h 30", or "9 h" on the hour; in English "9:30", "9:00"."""
    local = timezone.localtime(moment)
    if not _en_francais():
        return f"{local.hour}:{local.minute:02d}"
    minutes = f"{INSECABLE}{local.minute:02d}" if local.minute else ""
    return f"{local.hour}{INSECABLE}h{minutes}"


def _quantieme(date):
    return "1er" if date.day == 1 and _en_francais() else str(date.day)


def _en_francais():
    return (get_language() or "fr").startswith("fr")
