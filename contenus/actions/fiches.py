"""Bringing an existing collection of fiches in."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultation import actions as actions_consultation
from consultation.actions.gardes import exiger, exiger_droit

from .. import regles
from ..amorce import poser_arborescence
from ..lectures.import_fiches import LIGNES_MAX, ce_qui_manque, verifier
from ..models import FichesIndexPage
from .pages import slug_libre


def importer_fiches(*, lignes, champs, publier, par):
    """Make a page of each right row, numbered cells whose fields are `champs`; return how many.

    Wrong rows are left out: they were named before. `publier`: at once, or left as drafts. Raises Refus
    "interdit" 403, "colonnes", "trop_de_lignes" or "rien" 422.
    """
    exiger_droit(lambda: regles.peut_importer_fiches(par), par)
    manque = ce_qui_manque(champs)
    exiger(not manque, "colonnes", manque)
    exiger(
        len(lignes) <= LIGNES_MAX,
        "trop_de_lignes",
        _("Ce tableau a plus de %(n)d lignes. Coupez-le en plusieurs.") % {"n": LIGNES_MAX},
    )
    with transaction.atomic():
        etagere = FichesIndexPage.objects.first() or poser_arborescence().fiches
        etagere = FichesIndexPage.objects.select_for_update(of=("self",), no_key=True).get(pk=etagere.pk)
        pages = [verdict.page for verdict in verifier(lignes, champs) if verdict.page]
        exiger(pages, "rien", _("Aucune ligne n’est juste : corrigez le tableau, puis envoyez-le à nouveau."))
        for page in pages:
            _ajouter(etagere, page, publier, par)
        details = {"fiches": len(pages), "publiees": publier}
        actions_consultation.noter(verbe="importer_fiches", objet=etagere, compte=par, details=details)
    return len(pages)


def _ajouter(etagere, page, publier, par):
    page.live, page.owner, page.slug = False, par, slug_libre(etagere, page.title)
    etagere.add_child(instance=page)
    revision = page.save_revision(user=par, log_action=True)
    if publier:
        revision.publish(user=par)
