from django.db import migrations, models


def effacer(apps, schema_editor):
    apps.get_model("consultation", "Decompte").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("consultation", "0001_initial")]
    operations = [
        migrations.CreateModel("Nouveau", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RunPython(effacer),
    ]
