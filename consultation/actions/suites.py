"""What is decided of a piste after the synthesis. An answer is never rewritten: it is corrected, or withdrawn."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..decomptes import Familles
from ..erreurs import Refus
from ..models import Piste, Suite
from ..textes import nettoyer_ligne
from .gardes import exiger, exiger_droit, noter, verrouiller

ETAT = Suite.Etat


@dataclass(frozen=True)
class Dite:
    """An answer as it is typed. `document`: a Wagtail document, or None; `nouvelle_le`: when more will be said."""

    etat: str
    le: date
    raison: str
    decidee_par: str
    confiee_a: str = ""
    nouvelle_le: date | None = None
    document: object = None


def decider_suite(*, piste, dite, par):
    """Answer a piste and return the Suite. `dite`: a Dite.

    Raises Refus "interdit" 403, "piste_jointe" 409 and those of `_nette`.
    """
    exiger_droit(lambda: regles.peut_repondre(par, piste.consultation), par)
    champs = _nette(dite)
    with transaction.atomic():
        piste = verrouiller(piste)
        _exiger_qui_tient(piste)
        suite = Suite.objects.create(piste=piste, ecrite_par=par, **champs)
        _noter("decider_suite", suite, par)
    return suite


def corriger_suite(*, suite, dite, par):
    """Write another answer in place of `suite`, which is still read below it; return the new one.

    Raises Refus "interdit" 403, "deja_corrigee" 409 and those of `_nette`.
    """
    exiger_droit(lambda: regles.peut_repondre(par, suite.piste.consultation), par)
    champs = _nette(dite)
    with transaction.atomic():
        suite = _debout(suite)
        neuve = Suite.objects.create(piste_id=suite.piste_id, corrige=suite, ecrite_par=par, **champs)
        _noter("corriger_suite", neuve, par, corrige=suite.pk)
    return neuve


def retirer_suite(*, suite, motif, par):
    """Withdraw an answer, given to the wrong piste for instance; it is still read, with the reason.

    Raises Refus "interdit" 403, "motif_vide" 422, "deja_corrigee" 409.
    """
    exiger_droit(lambda: regles.peut_repondre(par, suite.piste.consultation), par)
    motif = _courte(motif, "motif", 300, _("Dites pourquoi cette réponse est retirée."))
    with transaction.atomic():
        suite = _debout(suite)
        suite.retiree_le, suite.motif_retrait = timezone.now(), motif
        suite.save(update_fields=["retiree_le", "motif_retrait"])
        _noter("retirer_suite", suite, par)
    return suite


def _nette(dite):
    """Return the fields of a Suite. Raises Refus 422: "etat_inconnu", "date_a_venir", "raison_vide" or "_longue",
    "decidee_par_vide" or "_longue", "confiee_a_vide" or "_longue", "nouvelle_passee"."""
    exiger(dite.etat in ETAT.values, "etat_inconnu", _("Choisissez une réponse."), champ="etat")
    a_venir = _("Cette date est à venir. Mettez le jour où la décision a été prise.")
    exiger(dite.le <= timezone.localdate(), "date_a_venir", a_venir, champ="le")
    raison = _courte(dite.raison, "raison", 500, _("Écrivez la raison, ou ce qui est fait."))
    decidee_par = _courte(dite.decidee_par, "decidee_par", 120, _("Dites qui a décidé."))
    confiee_a = ""
    if dite.etat == ETAT.CONFIEE:
        confiee_a = _courte(dite.confiee_a, "confiee_a", 160, _("Dites à qui cette piste est confiée."))
    passee = _("Cette date est passée. Mettez le jour où vous direz la suite, ou laissez vide.")
    exiger(not dite.nouvelle_le or dite.nouvelle_le > dite.le, "nouvelle_passee", passee, champ="nouvelle_le")
    return {
        "etat": dite.etat,
        "le": dite.le,
        "raison": raison,
        "decidee_par": decidee_par,
        "confiee_a": confiee_a,
        "nouvelle_le": dite.nouvelle_le,
        "document": dite.document,
    }


def _courte(texte, champ, signes, manque):
    texte = nettoyer_ligne(texte)
    exiger(texte, f"{champ}_vide", manque, champ=champ)
    longue = _("C’est trop long : {n} signes au plus.").format(n=signes)
    exiger(len(texte) <= signes, f"{champ}_longue", longue, champ=champ)
    return texte


def _debout(suite):
    """Return the answer, locked. Raises Refus "deja_corrigee" 409 when it no longer stands."""
    suite = verrouiller(suite)
    exiger(
        Suite.objects.debout().filter(pk=suite.pk).exists(),
        "deja_corrigee",
        _("Quelqu’un a déjà corrigé ou retiré cette réponse. Relisez la piste."),
        statut=409,
    )
    return suite


def _exiger_qui_tient(piste):
    """Raise Refus "piste_jointe" 409 for a piste that another one stands for."""
    racine = Familles.de(piste.consultation_id).racine(piste.pk)
    if racine != piste.pk:
        numero = Piste.objects.values_list("numero", flat=True).get(pk=racine)
        jointe = _("Cette piste est jointe à la n° {numero}. Répondez à la n° {numero}.").format(numero=numero)
        raise Refus("piste_jointe", jointe, statut=409)


def _noter(verbe, suite, par, **details):
    faits = {"piste": suite.piste.numero, "etat": str(suite.etat), **details}
    noter(verbe=verbe, objet=suite, consultation=suite.piste.consultation_id, compte=par, details=faits)
