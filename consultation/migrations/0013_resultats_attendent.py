"""Results may wait to be shown; the pistes that votes already closed have kept are marked as kept."""

from django.db import migrations, models

from consultation.decomptes import Familles
from consultation.lectures.tableaux import CollegeLu, PisteLue, dresser


def retenir(apps, schema_editor):
    """What `clore_scrutin` now does at the closing of a vote, for the votes closed before."""
    Piste, College = apps.get_model("consultation", "Piste"), apps.get_model("consultation", "College")
    for proclamation in apps.get_model("consultation", "Proclamation").objects.select_related("scrutin"):
        lieu = {"consultation_id": proclamation.scrutin.consultation_id}
        pistes = {p.pk: p for p in Piste.objects.filter(**lieu)}
        colleges = [CollegeLu(c.pk, c.nom, c.nom_court, c.signe) for c in College.objects.filter(**lieu)]
        lues = {pk: PisteLue(pk, p.numero, p.texte) for pk, p in pistes.items()}
        lignes = dresser(proclamation.tableau, pistes=lues, colleges=colleges).lignes
        familles = Familles({pk: p.fusionnee_dans_id for pk, p in pistes.items()})
        racines = {familles.racine(ligne.piste.id) for ligne in lignes if ligne.retenue}
        Piste.objects.filter(pk__in=racines, etat="brouillon").update(etat="retenue")


class Migration(migrations.Migration):

    dependencies = [
        ('consultation', '0012_reprise_des_mots'),
    ]

    operations = [
        migrations.AddField(
            model_name='scrutin',
            name='montres_le',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='scrutin',
            name='resultats_attendent',
            field=models.BooleanField(default=False, help_text='Les écrans attendent que la personne qui anime les montre, depuis la console.', verbose_name='montrer les résultats plus tard'),
        ),
        migrations.RunPython(retenir, migrations.RunPython.noop),
    ]
