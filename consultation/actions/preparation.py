"""What organisers prepare beforehand: territories, structures, colleges, axes, half-days, rooms…"""

from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..erreurs import Refus
from ..models import College, Consultation, Participant, Piste, Proposition, Structure, Territoire
from .gardes import consultation_de, exiger, exiger_droit, exiger_valide, noter, verrouiller

#: What people said or chose is never written this way: each has its own verb.
PAROLES = (Participant, Proposition, Piste)


def enregistrer(*, objet, par, liens=None, motif="", demandes=None):
    """Check and save something of the preparation, with its many-to-many `liens` {field: objects}; return it.

    `demandes`: names of the fields that its form asked; what it did not ask stays as it is. None: all are written.
    Raises Refus "interdit" 403; "supprime" 409 if it was deleted meanwhile; "invalide" 422 with the first message
    of the first field at fault.
    """
    exiger_preparation(objet, par)
    with transaction.atomic():
        nouveau = objet._state.adding
        avant = None if nouveau else verrouiller_tel_quel(objet)
        if avant and demandes is not None:
            garder_le_reste(objet, avant, demandes)
        exiger_valide(objet)
        objet.save()
        for champ, valeurs in (liens or {}).items():
            getattr(objet, champ).set(valeurs)
        details = {"changes": _changes(avant, objet)} if avant else {}
        noter(verbe="creer" if nouveau else "modifier", objet=objet, compte=par, motif=motif, details=details)
    return objet


def verrouiller_tel_quel(objet):
    """Return `objet` as the base has it, locked, while it bears what a form says. Raises Refus "supprime" 409."""
    try:
        return verrouiller(objet)
    except type(objet).DoesNotExist:
        message = _("Quelqu’un vient de le supprimer : rien n’est enregistré. Revenez à la liste.")
        raise Refus("supprime", message, statut=409) from None


def garder_le_reste(objet, avant, demandes):
    """What the form did not ask (`demandes`: the names it did) is as the base has it: others acted meanwhile."""
    for champ in objet._meta.concrete_fields:
        if champ.name not in demandes:
            setattr(objet, champ.attname, getattr(avant, champ.attname))


def _changes(avant, objet):
    """[[field, before, after]] of what is about to differ; before and after are None for long texts.

    What all share (a structure, its people to write to) tells its fields only: the journal forgets nothing.
    """
    d_une_consultation = isinstance(objet, Consultation) or hasattr(objet, "consultation_id")
    changes = []
    for champ in objet._meta.concrete_fields:
        if getattr(avant, champ.attname) == getattr(objet, champ.attname):
            continue
        dit = d_une_consultation and not isinstance(champ, models.TextField)
        changes.append([champ.name, *(_dit(x, champ) if dit else None for x in (avant, objet))])
    return changes


def _dit(objet, champ):
    """A value as the journal keeps it: a word, a number, a day; what it points to by its name."""
    valeur = getattr(objet, champ.name)
    if isinstance(valeur, datetime):
        return timezone.localtime(valeur).strftime("%d/%m/%Y %H:%M")
    if isinstance(valeur, date):
        return valeur.strftime("%d/%m/%Y")
    return valeur if valeur is None or isinstance(valeur, int) else str(valeur)


def exiger_preparation(objet, par):
    """Raise Refus "interdit" 403 unless `par` may prepare `objet`; None is the system itself."""
    exiger(
        not isinstance(objet, PAROLES),
        "interdit",
        _("Ce que les gens ont dit ne se modifie pas ici."),
        statut=403,
    )
    exiger_droit(lambda: _peut_preparer(objet, par), par)


def _peut_preparer(objet, par):
    """In a consultation: its organisers. What all share (territories, structures): whoever organises something."""
    if isinstance(objet, Consultation) and not objet._state.adding:
        return regles.est_organisateur(par, objet)
    consultation = consultation_de(objet)
    if consultation is None or isinstance(objet, Territoire | Structure | Consultation):
        return regles.organise_quelque_chose(par)
    if not isinstance(consultation, Consultation):
        consultation = Consultation.objects.get(pk=consultation)
    return regles.est_organisateur(par, consultation)


def supprimer(*, objet, par, motif=""):
    """Delete something of the preparation. Refused (409) when people's words hang on it.

    Raises Refus "interdit" 403, "paroles" 409, "utilise" 409.
    """
    exiger_preparation(objet, par)
    with transaction.atomic():
        exiger(
            not _porte_des_paroles(objet),
            "paroles",
            _("Des personnes ont parlé ici. Cela ne peut pas être supprimé."),
            statut=409,
        )
        noter(verbe="supprimer", objet=objet, compte=par, motif=motif)
        try:
            objet.delete()
        except (models.ProtectedError, models.RestrictedError) as erreur:
            message = _("D’autres éléments s’en servent. Changez-les d’abord.")
            raise Refus("utilise", message, statut=409) from erreur


def _porte_des_paroles(objet):
    """True when a participant, a proposition or a piste points to `objet`, or to what it contains."""
    if isinstance(objet, College):
        return objet.participants.exists() or objet.propositions.exists()
    for relation in objet._meta.related_objects:
        modele, champ = relation.related_model, relation.field.name
        if modele in PAROLES and modele.objects.filter(**{champ: objet}).exists():
            return True
        if relation.one_to_one or relation.one_to_many:
            contenu = modele._base_manager.filter(**{champ: objet})
            if relation.on_delete is models.CASCADE and any(_porte_des_paroles(o) for o in contenu):
                return True
    return False
