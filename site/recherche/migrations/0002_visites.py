import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recherche', '0001_initial'),
        ('visites', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='fiche',
            name='visite',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='fiches', to='visites.visite'),
        ),
        migrations.AlterField(
            model_name='fiche',
            name='genre',
            field=models.CharField(choices=[('proposition', 'Propositions'), ('piste', 'Pistes'), ('forum', 'Forums'), ('visite', 'Visites'), ('page', 'Pages'), ('document', 'Documents')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='fiche',
            constraint=models.UniqueConstraint(fields=('visite',), name='fiche_de_visite'),
        ),
    ]
