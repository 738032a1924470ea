from django.db import migrations


def echouer(apps, schema_editor):
    raise RuntimeError("la deuxième migration échoue")


class Migration(migrations.Migration):
    dependencies = [("niveau", "0001_ajoute")]
    operations = [migrations.RunPython(echouer)]
