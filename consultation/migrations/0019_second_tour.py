import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultation", "0018_forum")]

    operations = [
        migrations.AddField(
            model_name="scrutin",
            name="precedent",
            field=models.OneToOneField(
                blank=True,
                help_text="The first round that this one votes on again, after discussion.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="suivant",
                to="consultation.scrutin",
            ),
        ),
    ]
