"""What the last release kept, as this one reads it: keys of first names, who was asked, whose words pistes say."""

from collections import defaultdict

from django.db import migrations

from consultation.textes import cle_de_mots, cle_de_prenom, nettoyer_ligne

LOT = 2000
LONGUEUR_PISTE = 300


def reprendre(apps, schema_editor):
    _prenoms(apps.get_model("consultation", "Participant"))
    _jamais_demande(apps.get_model("consultation", "Participant"))
    _mots_de(apps.get_model("consultation", "Piste"), apps.get_model("consultation", "Proposition"))
    # No device is known to have cast what is there: it is shown to none.
    apps.get_model("consultation", "Voix").objects.update(appareil="avant")
    # What is shown has been looked at: until now a doubt waited.
    apps.get_model("consultation", "Proposition").objects.filter(moderation="affichee").update(signalement="")


def _prenoms(Participant):
    gens = []
    for personne in Participant.objects.exclude(prenom="").only("pk", "prenom").iterator(LOT):
        personne.prenom_cle = cle_de_prenom(personne.prenom)[:40]
        gens.append(personne)
    Participant.objects.bulk_update(gens, ["prenom_cle"], batch_size=LOT)


def _jamais_demande(Participant):
    """Nobody asked those who were on a list or whose card was copied out: "no" was only the default."""
    Participant.objects.filter(origine__in=["inscription", "papier"], accord_publication=False).update(
        accord_publication=None
    )


def _mots_de(Piste, Proposition):
    rangees = defaultdict(list)
    for proposition in Proposition.objects.filter(piste__isnull=False).order_by("pk").iterator(LOT):
        rangees[proposition.piste_id].append(proposition)
    pistes = []
    for piste in Piste.objects.filter(pk__in=rangees).only("pk", "texte"):
        cle = cle_de_mots(piste.texte)
        siens = next((p for p in rangees[piste.pk] if cle in _cles(p)), None)
        if siens is not None:
            piste.mots_de, piste.texte = siens, nettoyer_ligne(_public(siens))[:LONGUEUR_PISTE]
            pistes.append(piste)
    Piste.objects.bulk_update(pistes, ["mots_de", "texte"], batch_size=LOT)


def _public(proposition):
    morceaux, fin = [], 0
    for debut, arret in sorted(proposition.masques):
        morceaux += [proposition.texte[fin:debut], "[…]"]
        fin = arret
    return "".join([*morceaux, proposition.texte[fin:]])


def _cles(proposition):
    textes = (proposition.texte, _public(proposition))
    return {cle_de_mots(t) for texte in textes for t in (texte, nettoyer_ligne(texte)[:LONGUEUR_PISTE])}


class Migration(migrations.Migration):
    dependencies = [("consultation", "0011_mots_et_accord")]
    operations = [migrations.RunPython(reprendre, migrations.RunPython.noop)]
