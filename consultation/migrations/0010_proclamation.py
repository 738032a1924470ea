import django.db.models.deletion
from django.core.validators import MaxValueValidator
from django.db import migrations, models

from consultation.decomptes.depouillement import depouiller


def proclamer(apps, schema_editor):
    """Decide for the votes already closed, once and for all, what may be shown of them."""
    Scrutin, Proclamation = (apps.get_model("consultation", nom) for nom in ("Scrutin", "Proclamation"))
    for scrutin in Scrutin.objects.filter(etat="clos").order_by("pk").iterator():
        tableau = depouiller(scrutin, apps)
        Proclamation.objects.create(scrutin=scrutin, tableau=tableau, version=tableau["version"])


class Migration(migrations.Migration):
    dependencies = [("consultation", "0009_voix_modifie_le")]

    operations = [
        migrations.AddField(
            model_name="scrutin",
            name="liste_close",
            field=models.BooleanField(
                default=False,
                help_text="Seules les personnes entrées avant l’ouverture du vote peuvent voter.",
                verbose_name="liste close",
            ),
        ),
        migrations.AlterField(
            model_name="quorum",
            name="part_min",
            field=models.PositiveSmallIntegerField(
                default=0, validators=[MaxValueValidator(100)], verbose_name="part du soutien au moins, en %"
            ),
        ),
        migrations.CreateModel(
            name="Proclamation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tableau", models.JSONField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("etablie_le", models.DateTimeField(auto_now_add=True)),
                (
                    "scrutin",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proclamation",
                        to="consultation.scrutin",
                    ),
                ),
            ],
            options={"verbose_name": "proclamation"},
        ),
        migrations.RunPython(proclamer, migrations.RunPython.noop),
    ]
