"""The communes people may say they speak from: today's, under the territory of a consultation."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from .. import cog, regles
from ..models import Territoire
from ..textes import plier
from .gardes import exiger, exiger_droit, noter, verrouiller


@dataclass(frozen=True)
class Pose:
    """How many communes were added, renamed, and merged into today's."""

    ajoutees: int
    renommees: int
    reunies: int


def poser_communes(*, consultation, intercommunalite, par):
    """Put the communes of an intercommunalité under a consultation's territory; return the Pose.

    Again: those added or renamed since come, and merged ones are followed: whoever spoke from there speaks from
    today's commune. Nothing else is taken away. Raises Refus "interdit" 403, "intercommunalite_inconnue" 422.
    """
    exiger_droit(lambda: regles.est_organisateur(par, consultation), par)
    communes = cog.communes_de(intercommunalite)
    exiger(
        communes,
        "intercommunalite_inconnue",
        _("Choisissez une intercommunalité dans la liste."),
        champ="intercommunalite",
    )
    with transaction.atomic():
        parent = verrouiller(consultation.territoire)
        enfants = list(parent.enfants.filter(niveau=Territoire.Niveau.LOCAL).select_for_update(of=("self",)))
        posees, renommees = _actuelles(enfants, communes)
        manquent = [code for code in communes if code not in posees]
        posees |= {
            code: Territoire.objects.create(
                nom=communes[code], code=code, niveau=Territoire.Niveau.LOCAL, parent=parent
            )
            for code in manquent
        }
        reunies = _suivre_les_fusions(enfants, posees)
        noter(
            verbe="poser_communes",
            objet=consultation,
            compte=par,
            details={"creer": len(manquent), "modifier": renommees, "fusions": reunies, "version": cog.version()},
        )
    return Pose(len(manquent), renommees, reunies)


def _actuelles(enfants, communes):
    """Return ({code: Territoire} of those there, by code or by name, how many took today's name or code)."""
    par_nom = {plier(nom): code for code, nom in communes.items()}
    posees, changees = {}, 0
    for enfant in sorted(enfants, key=lambda e: e.code not in communes):
        code = enfant.code if enfant.code in communes else par_nom.get(plier(enfant.nom))
        if code is None or code in posees or (enfant.code and enfant.code != code):
            continue
        posees[code] = enfant
        if (enfant.nom, enfant.code) != (communes[code], code):
            enfant.nom, enfant.code = communes[code], code
            enfant.save(update_fields=["nom", "code"])
            changees += 1
    return posees, changees


def _suivre_les_fusions(enfants, posees):
    """Lead whatever points to a merged commune to today's, and take the old row away; return how many."""
    suivies = cog.anciennes_de(posees)
    combien = 0
    for ancien in enfants:
        actuelle = suivies.get(ancien.code or plier(ancien.nom))
        if ancien in posees.values() or actuelle is None:
            continue
        for lien in Territoire._meta.related_objects:
            if lien.one_to_many:
                visant = {lien.field.name: ancien}
                lien.related_model._base_manager.filter(**visant).update(**{lien.field.name: posees[actuelle]})
        ancien.delete()
        combien += 1
    return combien
