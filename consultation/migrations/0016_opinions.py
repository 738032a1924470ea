from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultation", "0015_grille_comptee")]

    operations = [
        migrations.AddField(
            model_name="proclamation",
            name="opinions",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
