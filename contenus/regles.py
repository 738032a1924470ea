"""Who may do what with pages. Wagtail's permissions say where; the mandates of the consultation say whose."""

from consultation import regles as regles_consultation

from .models import FilInfoIndexPage, SynthesePage


def _synthese_de(page):
    """The synthesis a page shows, or None. Wagtail often hands over the bare Page: its own kind is looked up."""
    page = page.specific
    return page.synthese if isinstance(page, SynthesePage) else None


def peut_faire_page(compte, synthese):
    """Turn a synthesis into a page, or take its new figures: who reports there, or who edits it."""
    lieu = synthese.espace or synthese.consultation
    return regles_consultation.peut_rapporter(compte, lieu) or regles_consultation.peut_editer(
        compte, synthese.consultation
    )


def peut_ecrire(compte, page):
    """Open the draft of a page in the editor, beyond what Wagtail allows in the tree."""
    synthese = _synthese_de(page)
    return synthese is None or peut_faire_page(compte, synthese)


def peut_publier(compte, page):
    """Send a page out: an editor of its consultation. Pages of no consultation follow Wagtail's permissions."""
    synthese = _synthese_de(page)
    return synthese is None or regles_consultation.peut_editer(compte, synthese.consultation)


def peut_composer(compte):
    """Start a number of the newsletter: who may add pages under the shelf, in Wagtail's permissions."""
    if compte is None or not compte.is_active:
        return False
    etagere = FilInfoIndexPage.objects.first()
    return compte.is_superuser or (etagere is not None and etagere.permissions_for_user(compte).can_add_subpage())
