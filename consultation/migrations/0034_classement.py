from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0033_entree_par_identite"),
    ]

    operations = [
        migrations.AddField(
            model_name="scrutin",
            name="places",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="In a ranking, how many first places count as being for a piste; set at the opening.",
            ),
        ),
        migrations.AlterField(
            model_name="scrutin",
            name="mode",
            field=models.CharField(
                choices=[
                    ("gommettes", "Gommettes"),
                    ("adhesion", "Accord en quatre degrés"),
                    ("consent", "Consentement : personne n’a d’objection"),
                    ("classement", "Classement de cinq pistes au plus"),
                ],
                default="gommettes",
                max_length=10,
                verbose_name="façon de voter",
            ),
        ),
    ]
