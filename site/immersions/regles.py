"""Who may, what the law allows of an immersion, and what a convention cannot do without.

The law: « période de mise en situation en milieu professionnel » (PMSMP), Code du travail, art. L. 5135-1 and
following, D. 5135-1 and following. Three purposes, those who prescribe, a month at most from date to date, renewed
once with the same host for the same purpose; form CERFA 13912. The project has read them through secondary
sources (service-public.fr, F14102, July 2023; Cap Métiers, fiche F 1.09, January 2024), not in the Code itself:
whoever signs checks the form of the day.
"""

import calendar
import re
from datetime import date, timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from consultation import regles
from consultation.models import Structure
from consultation.textes import cle_de_code

#: A party that has not signed is shown among what waits after so many days, and again after each reminder.
AVANT_RELANCE = timedelta(days=3)
#: How many times one person may go to the same host for the same purpose: once, and its renewal.
FOIS = 2
#: An immersion is kept so long at most after it was asked for.
GARDE_MAX = timedelta(days=3 * 365)
OBJECTIFS_MAX = 12
#: The network's meeting: so many points at most, each discussed so long.
POINTS_MAX = 12
MINUTES_PAR_POINT = 10
SCAN_MAX = 6_000_000  # bytes
#: What a paper that was scanned may be, by its first bytes.
SCANS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_ROME = re.compile(r"[A-N][1-9]\d{3}")
#: The insertion structures of art. L. 5132-4, which may prescribe for those they employ.
SIAE = {Structure.Type.AI, Structure.Type.EI, Structure.Type.ACI, Structure.Type.ETTI}


def peut_tenir(compte, consultation):
    """Read and write every immersion of a scheme: its officers, who organise its consultation."""
    return regles.est_organisateur(compte, consultation)


def est_un_trimestre(annee, numero):
    """Whether these numbers name a quarter that figures or needs may be kept for."""
    return numero in (1, 2, 3, 4) and 2000 <= annee <= 2100


def dernier_jour(debut):
    """The last day that the law allows to what begins on `debut`: a month, from date to date.

    >>> dernier_jour(date(2026, 11, 9)), dernier_jour(date(2026, 1, 31))
    (datetime.date(2026, 12, 8), datetime.date(2026, 2, 27))
    """
    annee, mois = debut.year + debut.month // 12, debut.month % 12 + 1
    jour = min(debut.day, calendar.monthrange(annee, mois)[1])
    return date(annee, mois, jour) - timedelta(days=1)


def faute_de_dates(debut, fin, contrat_fin):
    """What is wrong with the dates, as (code, field, sentence), or None."""
    if fin < debut:
        return "fin_avant_debut", "fin", _("Le dernier jour vient avant le premier.")
    if fin > dernier_jour(debut):
        dit = _("Une immersion dure un mois au plus : jusqu’au %(jour)s.")
        return "trop_longue", "fin", dit % {"jour": f"{dernier_jour(debut):%d/%m/%Y}"}
    if contrat_fin and fin > contrat_fin:
        dit = _("Le contrat de travail finit le %(jour)s : l’immersion finit avant.")
        return "apres_contrat", "fin", dit % {"jour": f"{contrat_fin:%d/%m/%Y}"}
    return None


def faute_de_prescripteur(prescripteur, structure):
    """What is wrong with who prescribes, as (code, field, sentence), or None."""
    if prescripteur != "structure" or structure is None:
        return None
    if structure.type == Structure.Type.ETTI:
        dit = _("Une entreprise de travail temporaire d’insertion ne prescrit pas seule. Choisissez le service.")
        return "etti", "prescripteur", dit
    if structure.type not in SIAE:
        dit = _("Cette structure n’est pas une structure d’insertion : choisissez le service qui prescrit.")
        return "ne_prescrit_pas", "prescripteur", dit
    return None


def lire_rome(saisie):
    """Return a ROME code as it is kept, a letter from A to N and four digits; "" for nothing, or None.

    >>> lire_rome(" d1102 "), lire_rome("D11"), lire_rome("")
    ('D1102', None, '')
    """
    code = re.sub(r"[\s.-]", "", saisie or "").upper()
    return code if not code or _ROME.fullmatch(code) else None


def type_de_scan(octets):
    """The media type of a scanned paper, by its first bytes, or None."""
    return next((nom for debut, nom in SCANS.items() if octets.startswith(debut)), None)


def empreinte(code):
    """The keyed hash under which a code of the day is kept."""
    return salted_hmac("immersions.code_du_jour", cle_de_code(code), algorithm="sha256").hexdigest()


def faute_de_garde(jusqu_au, demandee_le):
    """What is wrong with the day on which it is all erased, as a sentence, or None."""
    if jusqu_au <= timezone.localdate():
        return _("Choisissez un jour à venir.")
    if jusqu_au > timezone.localdate(demandee_le) + GARDE_MAX:
        return _("Trois ans au plus après la demande.")
    return None


#: Conventions bound in one file at once: some four seconds of processor.
CONVENTIONS_MAX = 200


def manque_a_la_convention(immersion, objectifs):
    """What a convention still lacks before anyone may sign it, in words, in the order in which it is filled in."""
    attendus = (
        (immersion.structure_id, _("la structure qui emploie")),
        (immersion.prescripteur, _("qui prescrit")),
        (immersion.objet, _("le but")),
        (objectifs, _("les objectifs")),
        (immersion.garder_jusqu_au, _("le jour où tout est effacé")),
        (immersion.entreprise_id, _("l’entreprise")),
        (immersion.tuteur, _("qui accueille")),
        (immersion.debut and immersion.fin, _("les dates")),
        (immersion.horaires, _("les horaires")),
        (immersion.taches, _("ce que la personne fera")),
    )
    return [mots for valeur, mots in attendus if not valeur]
