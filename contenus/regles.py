"""Who may do what with pages. Wagtail's permissions say where; the mandates of the consultation say whose.

A page speaks for a consultation (a synthesis, a seminar's page), or for the whole network (the home page, the
shelves, plain pages, the newsletter). What speaks for a consultation is its own people's; what speaks for all is
edited by who may edit in the tree, and taken away by whoever made it or by an administrator. A page whose
consultation is gone is left to administrators. These rules are asked by each page (`models/garde.py`), so by every
screen of the admin, bulk actions included. They stand under the models, which are reached by their names.
"""

from django.apps import apps
from django.db.models import Q
from wagtail.models import Page

from consultation import regles as regles_consultation


def _type(nom):
    return apps.get_model("contenus", nom)


def peut_faire_page(compte, synthese):
    """Turn a synthesis into a page, or take its new figures: who reports there, or who edits it."""
    lieu = synthese.espace or synthese.consultation
    return regles_consultation.peut_rapporter(compte, lieu) or regles_consultation.peut_editer(
        compte, synthese.consultation
    )


def peut_faire_page_du_seminaire(compte, consultation):
    """Begin the public page of a seminar from the desk: who publishes its pages."""
    return regles_consultation.peut_editer(compte, consultation)


def peut_composer_carnet(compte, consultation):
    """Compose the booklet of a seminar: who publishes its pages."""
    return regles_consultation.peut_editer(compte, consultation)


def _choisissent():
    """The page types whose author chooses the consultation they speak for."""
    return _type("SeminairePage"), _type("FormulairePage")


def _sienne(page):
    """Return (whether the page speaks for a consultation, that consultation or None)."""
    page = page.specific
    if isinstance(page, _type("SynthesePage")):
        return True, page.synthese.consultation if page.synthese else None
    if isinstance(page, _choisissent()):
        return True, page.consultation
    return False, None


def _possede(compte, page):
    return compte.is_superuser or (page.owner_id is not None and page.owner_id == compte.pk)


def peut_ecrire(compte, page):
    """Read and change the draft of a page, beyond what Wagtail allows in the tree."""
    d_une, consultation = _sienne(page)
    if not d_une:
        return True
    if consultation is None:  # a page may be begun before its consultation is chosen
        sien = isinstance(page.specific, _choisissent()) and _possede(compte, page)
        return compte.is_superuser or sien
    page = page.specific
    if isinstance(page, _type("SynthesePage")):
        return peut_faire_page(compte, page.synthese)
    return regles_consultation.peut_editer(compte, consultation)


def peut_publier(compte, page):
    """Send a page out: an editor of its consultation. Pages of no consultation follow Wagtail's permissions."""
    d_une, consultation = _sienne(page)
    if not d_une:
        return True
    if consultation is None:
        return compte.is_superuser
    return regles_consultation.peut_publier(compte, consultation)


def peut_retirer(compte, page):
    """Take a page away from its readers (delete, move, unpublish, hide, lock), with all that hangs below it."""
    if compte.is_superuser:
        return True
    if not _retire(compte, page):
        return False
    return page.is_leaf() or all(_retire(compte, dessous) for dessous in page.get_descendants().specific())


def _retire(compte, page):
    d_une, _consultation = _sienne(page)
    return peut_publier(compte, page) if d_une else _possede(compte, page)


def se_copie(compte, page):
    """A synthesis has one page and a number is printed once: nobody copies them."""
    return page.specific_class not in (_type("SynthesePage"), _type("FilInfoPage"))


def visibles(compte):
    """Return the Q of the pages whose title, state and history `compte` may see: all but other consultations'."""
    if compte.is_superuser:
        return ~Q(pk__in=())  # an empty Q would be forgotten beside another
    Synthese, editees = _type("SynthesePage"), regles_consultation.consultations_editees(compte)
    vues = ~Page.objects.all().type_q(Synthese, *_choisissent())
    vues |= Q(synthesepage__synthese__in=regles_consultation.syntheses_de(compte))
    for nom in (modele._meta.model_name for modele in _choisissent()):
        commencee = {f"{nom}__isnull": False, f"{nom}__consultation__isnull": True, "owner_id": compte.pk}
        vues |= Q(**{f"{nom}__consultation__in": editees}) | Q(**commencee)
    return vues


def pages_visibles(compte):
    """The pages whose title, state and history `compte` may see in the admin."""
    return Page.objects.filter(visibles(compte))


def relecteurs(page):
    """The accounts that may publish `page`, by their role: the editors and organisers of its consultation.

    For a page of no consultation, those of any. Administrators, who may everything, are not asked to.
    """
    _d_une, consultation = _sienne(page)
    roles = (regles_consultation.EDITEUR, regles_consultation.ORGANISATEUR)
    if consultation is not None:
        consultation = regles_consultation.consultation_qui_publie(consultation)
    return regles_consultation.comptes_avec(roles, consultation)


def peut_composer(compte):
    """Start a number of the newsletter: who may add pages under the shelf, in Wagtail's permissions."""
    if compte is None or not compte.is_active:
        return False
    etagere = _type("FilInfoIndexPage").objects.first()
    return compte.is_superuser or (etagere is not None and etagere.permissions_for_user(compte).can_add_subpage())


def peut_importer_fiches(compte):
    """Bring a collection in: who may add and publish pages under the list of fiches, in Wagtail's permissions."""
    if compte is None or not compte.is_active:
        return False
    etagere = _type("FichesIndexPage").objects.first()
    if compte.is_superuser or etagere is None:
        return compte.is_superuser
    droits = etagere.permissions_for_user(compte)
    return droits.can_add_subpage() and droits.can_publish_subpage()


def peut_rediriger(compte):
    """Send an old address to a new one: who publishes the pages of a consultation."""
    return compte.is_superuser or regles_consultation.consultations_editees(compte).exists()


def redirections_de(compte):
    """The old addresses `compte` may change: those that lead to no page of another region."""
    toutes = apps.get_model("wagtailredirects", "Redirect").objects.all()
    if compte.is_superuser:
        return toutes
    if not peut_rediriger(compte):
        return toutes.none()
    return toutes.filter(Q(redirect_page=None) | Q(redirect_page__in=pages_visibles(compte).values("pk")))
