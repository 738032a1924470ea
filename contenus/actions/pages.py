"""The pages that are made from what was prepared, so that nothing is typed twice."""

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from ateliers.models import InscriptionPublique
from consultation import actions as actions_consultation
from consultation.actions.gardes import exiger_droit
from consultation.models import Consultation

from .. import regles
from ..amorce import poser_arborescence
from ..models import AccueilPage, SeminairePage


def faire_page_du_seminaire(*, consultation, par):
    """Return the public page of `consultation`: a new draft under the home page, or the page it already has.

    The draft has its title, its address and the way to register when there is one; its presentation, programme and
    dates are read from the seminar at each visit. Raises Refus "interdit" 403.
    """
    exiger_droit(lambda: regles.peut_faire_page_du_seminaire(par, consultation), par)
    with transaction.atomic():
        consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
        page = SeminairePage.objects.filter(consultation=consultation).order_by("pk").first()
        if page is not None:
            return page
        accueil = AccueilPage.objects.first() or poser_arborescence().accueil
        page = SeminairePage(
            title=consultation.titre,
            slug=slug_libre(accueil, consultation.slug),
            consultation=consultation,
            lien_inscription=_ou_s_inscrire(consultation),
            live=False,
            owner=par,
        )
        accueil.add_child(instance=page)
        page.save_revision(user=par, log_action=True)
        actions_consultation.noter(
            verbe="faire_page_du_seminaire", objet=page, consultation=consultation, compte=par
        )
    return page


def _ou_s_inscrire(consultation):
    """The page where people register by themselves, once the organiser has opened it."""
    if not InscriptionPublique.objects.filter(consultation=consultation, ouverte=True).exists():
        return ""
    return reverse("s-inscrire", args=[consultation.slug])


def slug_libre(parent, titre):
    """Return the last words of an address under `parent`, made of `titre`, that no page has yet."""
    base = slugify(titre)[:80] or "page"
    pris = set(parent.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    rangs = (f"-{n}" for n in range(2, len(pris) + 3))
    return next(base + suffixe for suffixe in ("", *rangs) if base + suffixe not in pris)
