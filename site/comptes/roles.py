"""The four groups of the desk, with the admin permissions each needs and no more.

Groups only open Wagtail's own doors (the admin, its pages, its images). What someone may do in a consultation is
decided by `consultation.regles` and `ateliers.regles`, from mandates.
"""

from django.apps import apps

#: Group -> codenames of model permissions. Names are those `consultation.actions.confier` uses.
PERMISSIONS = {
    "Organisateurs": ("access_admin",),
    "Animateurs": ("access_admin",),
    "Rapporteurs": ("access_admin",),
    "Éditeurs": ("access_admin",),
}
#: Who puts images and documents in the pages they write.
PUBLIENT = ("Organisateurs", "Éditeurs")
PERMISSIONS_MEDIAS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)


def creer_groupes(sender=None, **kwargs):
    """Create the groups and what they lack. Run after each migrate.

    What an administrator added by hand stays, but at the root of the pages.

    It waits for the last app: before it, some permissions do not exist yet.
    """
    if sender is not None and sender is not _derniere_app():
        return
    from django.contrib.auth.models import Group, Permission

    connues = {p.codename: p for p in Permission.objects.filter(content_type__app_label__startswith="wagtail")}
    for nom, codes in PERMISSIONS.items():
        groupe, _cree = Group.objects.get_or_create(name=nom)
        groupe.permissions.add(*[connues[code] for code in codes if code in connues])
        if nom in PUBLIENT:
            _ouvrir_medias(groupe, connues)
    _fermer_la_racine()


def _derniere_app():
    return [app for app in apps.get_app_configs() if app.models_module is not None][-1]


def _fermer_la_racine():
    """No group holds anything at the root of the tree: what the last release gave there is taken back.

    Pages are opened under the home page by `contenus.roles`; the root is the administrators'.
    """
    from wagtail.models import GroupPagePermission

    GroupPagePermission.objects.filter(page__depth=1).delete()


def _ouvrir_medias(groupe, connues):
    from wagtail.models import Collection, GroupCollectionPermission

    racine = Collection.get_first_root_node()
    for code in PERMISSIONS_MEDIAS:
        if racine and code in connues:
            GroupCollectionPermission.objects.get_or_create(
                group=groupe, collection=racine, permission=connues[code]
            )
