"""The example file an organiser starts from: its headers are the ones the import knows best."""

import io

from django.utils.translation import gettext as _

ENTETES = ("Prénom", "Nom", "Structure", "Ville", "Collège", "Territoire", "Ateliers", "Courriel")


def fichier_exemple(consultation):
    """Return the bytes of an XLSX with headers, two made-up rows and a sheet listing the names that are known."""
    import openpyxl
    from openpyxl.styles import Font

    classeur = openpyxl.Workbook()
    feuille = classeur.active
    feuille.title = _("Inscriptions")
    feuille.append(ENTETES)
    colleges = [college.nom for college in consultation.colleges.all()] or [_("Salariés en parcours")]
    ateliers = _titres(consultation)
    for prenom, structure, ville, college in (
        ("Awa", "Le Tremplin", "Niort", colleges[0]),
        ("Paul", "Les Jardins partagés", "Limoges", colleges[-1]),
    ):
        feuille.append((prenom, "", structure, ville, college, "", ateliers[0] if ateliers else "", ""))
    for cellule, largeur in zip(feuille[1], (16, 16, 28, 18, 26, 22, 40, 28), strict=True):
        cellule.font = Font(bold=True)
        feuille.column_dimensions[cellule.column_letter].width = largeur
    feuille.freeze_panes = "A2"
    _mots_connus(classeur.create_sheet(_("Mots à employer")), colleges, ateliers)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _titres(consultation):
    return list(
        consultation.espaces.filter(atelier__isnull=False)
        .order_by("atelier__temps__ordre", "atelier__ordre", "pk")
        .values_list("titre", flat=True)
    )


def _mots_connus(feuille, colleges, ateliers):
    feuille.append((_("Collèges"), _("Ateliers")))
    for rang in range(max(len(colleges), len(ateliers))):
        feuille.append(tuple(noms[rang] if rang < len(noms) else "" for noms in (colleges, ateliers)))
    for colonne, largeur in (("A", 32), ("B", 60)):
        feuille.column_dimensions[colonne].width = largeur
    for ligne in feuille.iter_rows():
        for cellule in ligne:
            if cellule.data_type == "f":  # a title beginning with "=" is words, not a formula
                cellule.data_type = "s"
