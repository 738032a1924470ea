"""The example file an organiser starts from: its headers are the ones the import knows best."""

from django.utils.translation import gettext as _

from consultation.gestion.tableur import en_xlsx

ENTETES = ("Prénom", "Nom", "Structure", "Ville", "Collège", "Territoire", "Ateliers", "Courriel")


def fichier_exemple(consultation):
    """Return the bytes of an XLSX with headers, two made-up rows and a sheet listing the names that are known."""
    colleges = [college.nom for college in consultation.colleges.all()] or [_("Salariés en parcours")]
    ateliers = _titres(consultation)
    premier = ateliers[0] if ateliers else ""
    exemples = [
        ("Awa", "", "Le Tremplin", "Niort", colleges[0], "", premier, ""),
        ("Paul", "", "Les Jardins partagés", "Limoges", colleges[-1], "", premier, ""),
    ]
    rangs = range(max(len(colleges), len(ateliers)))
    mots = [[noms[rang] if rang < len(noms) else "" for noms in (colleges, ateliers)] for rang in rangs]
    return en_xlsx(
        [
            (_("Inscriptions"), ENTETES, exemples),
            (_("Mots à employer"), (_("Collèges"), _("Ateliers")), mots),
        ]
    )


def _titres(consultation):
    return list(
        consultation.espaces.filter(atelier__isnull=False)
        .order_by("atelier__temps__ordre", "atelier__ordre", "pk")
        .values_list("titre", flat=True)
    )
