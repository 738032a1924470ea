"""What the groups may do is put in place after a migration, once nothing of what it reads is still to come."""

import pytest
from django.contrib.auth.models import Group
from django.db.migrations.recorder import MigrationRecorder

from contenus import roles

pytestmark = pytest.mark.django_db


def test_while_a_migration_is_to_come_groups_are_let_alone_and_once_it_has_passed_they_are_put_in_place():
    """`migrate` may stop on the way: at an application, or at a step that failed."""
    derniere = MigrationRecorder.Migration.objects.filter(app="contenus").latest("name")
    Group.objects.filter(name=roles.EDITEURS).delete()
    numero, derniere.pk = derniere.pk, None
    MigrationRecorder.Migration.objects.filter(pk=numero).delete()
    roles.apres_migration(sender=None, using="default")
    assert not Group.objects.filter(name=roles.EDITEURS).exists()
    derniere.save()
    roles.apres_migration(sender=None, using="default")
    assert Group.objects.get(name=roles.EDITEURS).permissions.filter(codename="access_admin").exists()
