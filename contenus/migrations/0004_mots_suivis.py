"""Published copies hold the numbers of people's propositions instead of their words: pages, revisions, newsletters."""

import hashlib
import json

import wagtail.fields
from django.db import migrations

from consultation.textes import cle_de_mots


def suivre(apps, schema_editor):
    pistes = {
        (p.consultation.slug, p.numero): (p.mots_de_id, cle_de_mots(p.texte))
        for p in apps.get_model("consultation", "Piste")
        .objects.filter(mots_de__isnull=False)
        .select_related("consultation")
    }
    if not pistes:
        return
    SynthesePage = apps.get_model("contenus", "SynthesePage")
    slugs = {}
    for page in SynthesePage.objects.all():
        slugs[page.pk] = page.contenu.get("consultation", {}).get("slug")
        intacte = page.empreinte == _empreinte(page.contenu)
        if _sans_mots(page.contenu, pistes):
            page.empreinte = _empreinte(page.contenu) if intacte else page.empreinte
            SynthesePage.objects.filter(pk=page.pk).update(contenu=page.contenu, empreinte=page.empreinte)
    _revisions(apps, "synthesepage", lambda contenu: _revision_de_synthese(contenu, pistes))
    FilInfoPage = apps.get_model("contenus", "FilInfoPage")
    for fil in FilInfoPage.objects.all():
        champs = {nom: _fil(list(getattr(fil, nom).raw_data), pistes, slugs) for nom in FLUX}
        if any(champs.values()):
            FilInfoPage.objects.filter(pk=fil.pk).update(**{n: json.dumps(v) for n, v in champs.items() if v})
    _revisions(apps, "filinfopage", lambda contenu: _revision_de_fil(contenu, pistes, slugs))


FLUX = ("pistes_generales", "pistes_qualite")


def _empreinte(contenu):
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()


def _sans_mots(contenu, pistes):
    """Take people's words out of a frozen copy; return whether there were any."""
    slug, changee = contenu.get("consultation", {}).get("slug"), False
    for piste in contenu.get("pistes", []):
        siens, cle = pistes.get((slug, piste["numero"]), (None, None))
        if siens and "texte" in piste and cle_de_mots(piste["texte"]) == cle:
            del piste["texte"]
            piste["mots_de"], changee = siens, True
    return changee


def _revisions(apps, modele, changer):
    """Write again the revisions of a model whose content `changer` changes (it says whether it did)."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    sorte = ContentType.objects.filter(app_label="contenus", model=modele).first()
    if sorte is None:
        return
    for revision in apps.get_model("wagtailcore", "Revision").objects.filter(content_type=sorte).iterator(100):
        if changer(revision.content):
            revision.save(update_fields=["content"])


def _revision_de_synthese(contenu, pistes):
    fige = contenu.get("contenu") or {}
    fige = json.loads(fige) if isinstance(fige, str) else fige
    if not _sans_mots(fige, pistes):
        return False
    contenu["contenu"], contenu["empreinte"] = fige, _empreinte(fige)
    return True


def _fil(blocs, pistes, slugs):
    """Return the blocks without people's words, or None when they held none."""
    change = False
    for bloc in blocs:
        valeur = bloc["value"]
        siens, cle = pistes.get((slugs.get(valeur.get("synthese")), valeur.get("numero")), (None, None))
        if siens and valeur.get("texte") and cle_de_mots(valeur["texte"]) == cle:
            valeur["texte"], change = "", True
    return blocs if change else None


def _revision_de_fil(contenu, pistes, slugs):
    change = False
    for nom in FLUX:
        if blocs := _fil(json.loads(contenu.get(nom) or "[]"), pistes, slugs):
            contenu[nom], change = json.dumps(blocs), True
    return change


class Migration(migrations.Migration):
    dependencies = [
        ("contenus", "0003_redaction_et_identite"),
        ("consultation", "0012_reprise_des_mots"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [
        migrations.AlterField(
            model_name='filinfopage',
            name='pistes_generales',
            field=wagtail.fields.StreamField([('piste', 4)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'Laissez vide pour suivre les mots de la page : s’ils en sont retirés, la piste l’est ici aussi.', 'label': 'La piste', 'max_length': 300, 'required': False}), 1: ('wagtail.blocks.PageChooserBlock', (), {'help_text': 'La page où lire d’où elle vient.', 'label': 'Synthèse', 'page_type': ['contenus.SynthesePage']}), 2: ('wagtail.blocks.IntegerBlock', (), {'label': 'Numéro de la piste', 'min_value': 1}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Région', 'max_length': 120, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('texte', 0), ('synthese', 1), ('numero', 2), ('region', 3)]], {})}, verbose_name='pistes générales, pour tout le réseau'),
        ),
        migrations.AlterField(
            model_name='filinfopage',
            name='pistes_qualite',
            field=wagtail.fields.StreamField([('piste', 4)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'Laissez vide pour suivre les mots de la page : s’ils en sont retirés, la piste l’est ici aussi.', 'label': 'La piste', 'max_length': 300, 'required': False}), 1: ('wagtail.blocks.PageChooserBlock', (), {'help_text': 'La page où lire d’où elle vient.', 'label': 'Synthèse', 'page_type': ['contenus.SynthesePage']}), 2: ('wagtail.blocks.IntegerBlock', (), {'label': 'Numéro de la piste', 'min_value': 1}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Région', 'max_length': 120, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('texte', 0), ('synthese', 1), ('numero', 2), ('region', 3)]], {})}, verbose_name='pistes qualité, pour chaque structure'),
        ),
        migrations.RunPython(suivre, migrations.RunPython.noop),
    ]
