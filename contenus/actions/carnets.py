"""The booklet of a seminar: proposed, kept, left to make itself again."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultation import actions as actions_consultation
from consultation.actions.gardes import exiger, exiger_droit
from consultation.models import Consultation

from .. import regles
from ..lectures.proposition_de_carnet import proposition
from ..models import CarnetCompose
from ..models.blocs_grille import grille_en_ligne


def proposer_carnet(*, consultation, par, d_apres=None):
    """Return the composed booklet of `consultation`: made of what is prepared, or the one it already has.

    `d_apres`: another consultation that `par` edits, whose composed pages are taken instead. Raises Refus
    "interdit" 403, "sans_carnet" 422.
    """
    exiger_droit(lambda: regles.peut_composer_carnet(par, consultation), par)
    if d_apres is not None:
        exiger_droit(lambda: regles.peut_composer_carnet(par, d_apres), par)
    modele = CarnetCompose.objects.filter(consultation=d_apres).first() if d_apres else None
    exiger(
        d_apres is None or (modele and modele.corps), "sans_carnet", _("Ce séminaire n’a pas de carnet composé.")
    )
    with transaction.atomic():
        consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
        carnet = CarnetCompose.objects.filter(consultation=consultation).first()
        if carnet is not None:
            return carnet
        corps = modele.corps if modele else proposition(consultation)
        carnet = CarnetCompose.objects.create(consultation=consultation, corps=corps, modifie_par=par)
        details = {"pages": len(carnet.corps)}
        actions_consultation.noter(verbe="proposer_carnet", objet=carnet, compte=par, details=details)
    return carnet


def garder_carnet(*, carnet, corps, revision, par):
    """Keep the pages of a booklet and return it. `corps`: a stream; `revision`: the one that was being changed.

    Raises Refus "interdit" 403, "vide" and "grille_ailleurs" 422, "change_entre_temps" 409 when someone else kept
    other pages since.
    """
    exiger_droit(lambda: regles.peut_composer_carnet(par, carnet.consultation), par)
    exiger(len(corps), "vide", _("Un carnet a au moins une page. Ajoutez-en une."), champ="corps")
    _exiger_ses_grilles(corps, carnet.consultation_id)
    with transaction.atomic():
        carnet = CarnetCompose.objects.select_for_update(no_key=True).get(pk=carnet.pk)
        exiger(
            carnet.revision == revision,
            "change_entre_temps",
            _(
                "Quelqu’un a changé ce carnet pendant que vous écriviez. Vos pages sont encore ici : ouvrez le "
                "carnet dans un autre onglet, comparez, puis enregistrez à nouveau pour garder les vôtres."
            ),
            statut=409,
        )
        carnet.corps, carnet.modifie_par = corps, par
        carnet.revision += 1
        carnet.save()
        details = {"pages": len(corps)}
        actions_consultation.noter(verbe="composer_carnet", objet=carnet, compte=par, details=details)
    return carnet


def _exiger_ses_grilles(corps, consultation_id):
    """Raise a 422 when a page takes its lines from the grille of another seminar: it is not this one's to read."""
    for bloc in CarnetCompose(corps=corps).corps:
        code = bloc.value.get("code") if bloc.block_type == "grille" else ""
        grille = grille_en_ligne(code) if code else None
        exiger(
            grille is None or grille.consultation_id == consultation_id,
            "grille_ailleurs",
            _("La grille {code} est d’un autre séminaire. Donnez le code d’une grille de celui-ci.").format(
                code=code
            ),
            champ="corps",
        )


def retirer_carnet(*, carnet, par):
    """Forget the composed pages: the booklet makes itself again. Raises Refus "interdit" 403."""
    exiger_droit(lambda: regles.peut_composer_carnet(par, carnet.consultation), par)
    with transaction.atomic():
        actions_consultation.noter(verbe="retirer_carnet", objet=carnet, compte=par)
        carnet.delete()
