"""Drafts as people leave them, kept to be compared."""

from datetime import timedelta

from django.utils import timezone

from ..lectures.syntheses import liens_de, plan_de
from ..models import VersionSynthese
from ..textes import cle_de_mots

#: What one person changes within this time makes one version.
REPRISE = timedelta(minutes=10)


def garder_version(synthese, par):
    """Keep what a draft now says, as that of `par`. Inside the caller's transaction; 7 queries."""
    contenu, maintenant = photographier(synthese), timezone.now()
    derniere = synthese.versions.first()
    if derniere and derniere.par == par and maintenant - derniere.commencee_le < REPRISE:
        derniere.contenu, derniere.le = contenu, maintenant
        derniere.save(update_fields=["contenu", "le"])
    else:
        VersionSynthese.objects.create(
            synthese=synthese, contenu=contenu, par=par, commencee_le=maintenant, le=maintenant
        )


def photographier(synthese):
    """Return what a draft says, as `VersionSynthese.contenu` keeps it."""
    liens = liens_de(synthese)
    return {
        "titre": synthese.titre,
        "chapeau": synthese.chapeau,
        "sections": [
            {
                "id": partie.section.pk,
                "titre": partie.section.titre,
                "phrases": [
                    _dit(passage, liens, "sorte", "texte", "proposition_id") for passage in partie.phrases
                ],
                "lignes": [_dit(passage, liens, "titre", "criteres", "indicateurs") for passage in partie.lignes],
            }
            for partie in plan_de(synthese)
        ],
    }


def _dit(passage, liens, *champs):
    mots = {champ: getattr(passage.objet, champ) for champ in champs}
    return {"id": passage.objet.pk, **mots, "pistes": sorted(liens[passage.nom])}


def retirer_des_versions(consultation_id, avant, lignes):
    """Carry to versions what became of someone's words. `avant`: their keys; `lignes(text)`: the text, redone."""
    for version in VersionSynthese.objects.filter(synthese__consultation=consultation_id):
        change = False
        for section in version.contenu["sections"]:
            for ligne in section["lignes"]:
                for champ in ("criteres", "indicateurs"):
                    if any(cle_de_mots(mot) in avant for mot in ligne[champ].splitlines()):
                        ligne[champ], change = lignes(ligne[champ]), True
        if change:
            version.save(update_fields=["contenu"])
