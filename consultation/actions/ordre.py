"""Moving one thing a place up or down among its siblings."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Consultation
from .gardes import consultation_de, exiger, noter
from .preparation import exiger_preparation
from .syntheses import synthese_ouverte
from .versions import garder_version

HAUT, BAS = -1, 1


def deplacer(*, objet, sens, parmi, par):
    """Move something of the preparation HAUT or BAS among `parmi`, its siblings in order (a queryset). Return it.

    At either end nothing moves. Raises Refus "interdit" 403, "sens_inconnu" 400, "disparu" 404.
    """
    exiger_preparation(objet, par)
    with transaction.atomic():
        consultation = consultation_de(objet)
        Consultation.objects.select_for_update(no_key=True).get(pk=getattr(consultation, "pk", consultation))
        if rangs := _echanger(objet, sens, list(parmi)):
            noter(verbe="deplacer", objet=objet, consultation=consultation, compte=par, details=rangs)
    return objet


def deplacer_section(*, section, sens, par, rang=None):
    """Move a part of a synthesis HAUT or BAS; return it with its new `ordre`, from 0.

    `rang`: the rank, from 0, at which it was on screen; if it has moved since, Refus "revision" 409. At either end
    nothing moves. Raises also "interdit" 403, "soumise" 409, "sens_inconnu" 400, "disparu" 404.
    """
    return _deplacer_dans(section.synthese, "deplacer_section", section, "sections", sens, par, rang)


def deplacer_phrase(*, phrase, sens, par, rang=None):
    """Move a sentence HAUT or BAS in its part. As `deplacer_section`."""
    return _deplacer_dans(phrase.section.synthese, "deplacer_phrase", phrase, "phrases", sens, par, rang)


def deplacer_ligne(*, ligne, sens, par, rang=None):
    """Move a row HAUT or BAS in its part. As `deplacer_section`."""
    return _deplacer_dans(ligne.section.synthese, "deplacer_ligne", ligne, "lignes", sens, par, rang)


def _deplacer_dans(synthese, verbe, objet, freres, sens, par, rang):
    with transaction.atomic():
        synthese = synthese_ouverte(synthese, par)
        ranges = list(getattr(synthese if freres == "sections" else objet.section, freres).all())
        exiger(
            rang is None or ranges[rang : rang + 1] == [objet],
            "revision",
            _("Quelqu’un a changé l’ordre entre-temps. Voici l’ordre actuel : recommencez si besoin."),
            statut=409,
        )
        if rangs := _echanger(objet, sens, ranges):
            details = {"synthese": synthese.pk, **rangs}
            noter(verbe=verbe, objet=objet, consultation=synthese.consultation_id, compte=par, details=details)
            garder_version(synthese, par)
    return objet


def _echanger(objet, sens, freres):
    """Swap `objet` with its neighbour and number all of `freres` from 0, in one query; set `objet.ordre`.

    Return the ranks as people count them, {"avant", "apres"}, or None when there is no neighbour on that side.
    """
    exiger(sens in (HAUT, BAS), "sens_inconnu", _("Choisissez de monter ou de descendre."), statut=400)
    exiger(objet in freres, "disparu", _("Ce que vous déplacez n’est plus là. Rechargez la page."), statut=404)
    avant = freres.index(objet)
    apres = avant + sens
    if not 0 <= apres < len(freres):
        return None
    freres[avant], freres[apres] = freres[apres], freres[avant]
    for ordre, frere in enumerate(freres):
        frere.ordre = ordre
    type(objet)._default_manager.bulk_update(freres, ["ordre"])
    objet.ordre = apres
    return {"avant": avant + 1, "apres": apres + 1}
