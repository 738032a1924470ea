from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultation", "0001_initial")]
    operations = [migrations.CreateModel("Nouveau", [("id", models.BigAutoField(primary_key=True))])]
