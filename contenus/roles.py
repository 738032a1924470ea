"""What the groups may do in the publishing side. Put in place after each migration."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from .models import AccueilPage, FilInfoIndexPage, RelectureRegionale, SynthesesIndexPage

RAPPORTEURS, EDITEURS, ORGANISATEURS = "Rapporteurs", "Éditeurs", "Organisateurs"
RELECTURE = "Relecture régionale"
CIRCUIT_DE_WAGTAIL, GROUPES_DE_WAGTAIL = "Moderators approval", ("Moderators", "Editors")
APPLIS_WAGTAIL = ("wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs")

#: What each group may do under the list of syntheses. "add" lets someone edit the pages they own.
SOUS_LES_SYNTHESES = {
    RAPPORTEURS: ("add",),
    EDITEURS: ("add", "change", "publish", "lock", "unlock"),
    ORGANISATEURS: ("add", "change", "publish", "lock", "unlock"),
}
FICHIERS = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}


def apres_migration(sender, using, **kwargs):
    """Receiver of post_migrate: idempotent, and silent while some of what it reads is not migrated to the end."""
    migrations = MigrationExecutor(connections[using])
    dernieres = migrations.loader.graph.leaf_nodes()
    if not migrations.migration_plan([une for une in dernieres if une[0] in ("contenus", *APPLIS_WAGTAIL)]):
        poser_roles()


def poser_roles():
    """Create the groups, their permissions and the review workflow where missing. Twice is once."""
    for label in APPLIS_WAGTAIL:  # our turn may come before theirs: make sure their permissions exist
        create_permissions(apps.get_app_config(label), verbosity=0)
    for nom in (RAPPORTEURS, EDITEURS, ORGANISATEURS):
        groupe, _cree = Group.objects.get_or_create(name=nom)
        groupe.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    _ouvrir_les_fichiers()
    _sans_les_habitudes_de_wagtail()
    relecture = _relecture()
    for etagere in SynthesesIndexPage.objects.all():
        _ouvrir_les_syntheses(etagere)
        WorkflowPage.objects.get_or_create(page=etagere.page_ptr, defaults={"workflow": relecture})
    for accueil in AccueilPage.objects.all():
        poser_roles_sous(accueil)


def poser_roles_sous(accueil):
    """Let editors and organisers write and publish under the home page: `regles` says which pages are theirs."""
    for nom in (EDITEURS, ORGANISATEURS):
        for permission in ("add", "change", "publish", "lock", "unlock"):
            _permettre(nom, accueil, permission)
    for etagere in FilInfoIndexPage.objects.all():
        WorkflowPage.objects.get_or_create(page=etagere.page_ptr, defaults={"workflow": _relecture()})


def _sans_les_habitudes_de_wagtail():
    """Wagtail comes with a review and two groups, in English, where nobody is: pages would wait there for ever."""
    if Group.objects.filter(name__in=GROUPES_DE_WAGTAIL, user__isnull=False).exists():
        return
    Group.objects.filter(name__in=GROUPES_DE_WAGTAIL).delete()
    for modele in (Workflow, Task):
        for objet in modele.objects.filter(name=CIRCUIT_DE_WAGTAIL):
            objet.deactivate()
    if not WorkflowState.objects.filter(workflow__name=CIRCUIT_DE_WAGTAIL).exists():
        Workflow.objects.filter(name=CIRCUIT_DE_WAGTAIL).delete()
        Task.objects.filter(name=CIRCUIT_DE_WAGTAIL).delete()


def _ouvrir_les_fichiers():
    racine = Collection.get_first_root_node()
    for label, codes in FICHIERS.items():
        for permission in Permission.objects.filter(content_type__app_label=label, codename__in=codes):
            for nom in (EDITEURS, ORGANISATEURS):
                GroupCollectionPermission.objects.get_or_create(
                    group=Group.objects.get(name=nom), collection=racine, permission=permission
                )


def _ouvrir_les_syntheses(etagere):
    for nom, permissions in SOUS_LES_SYNTHESES.items():
        for permission in permissions:
            _permettre(nom, etagere, permission)


def _permettre(nom, page, permission):
    GroupPagePermission.objects.get_or_create(
        group=Group.objects.get(name=nom),
        page=page.page_ptr,
        permission=Permission.objects.get(
            content_type__app_label="wagtailcore", content_type__model="page", codename=f"{permission}_page"
        ),
    )


def _relecture():
    """Return the workflow whose one step is held by the editors of the consultation."""
    tache = RelectureRegionale.objects.filter(name=RELECTURE).first()
    if tache is None:
        tache = RelectureRegionale.objects.create(name=RELECTURE)
        tache.groups.set(Group.objects.filter(name__in=(EDITEURS, ORGANISATEURS)))
    workflow, _cree = Workflow.objects.get_or_create(name=RELECTURE)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=tache.task_ptr, defaults={"sort_order": 0})
    return workflow
