"""Pistes: numbered, worded, kept, set aside."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from .. import regles
from ..decomptes import Familles
from ..models import Piste, Scrutin
from ..textes import nettoyer_ligne
from .gardes import annoncer_pistes, exiger, exiger_axe, exiger_droit, noter, verrouiller
from .mots import LONGUEUR_PISTE, a_une_reference, auteur_des_mots
from .secret import exiger_hors_vote_secret

INCHANGE = object()


def creer_piste(espace, texte, axe, mots_de=None):
    """Number the next piste. `mots_de`: the proposition whose very words `texte` is.

    The caller holds the lock on the consultation; numbers are never used again.
    """
    exiger_axe(axe, espace.consultation_id)
    dernier = Piste.objects.filter(consultation_id=espace.consultation_id).aggregate(n=Max("numero"))["n"] or 0
    return Piste.objects.create(
        consultation_id=espace.consultation_id,
        espace=espace,
        axe=axe,
        numero=dernier + 1,
        texte=_texte_de_piste(texte),
        mots_de=mots_de,
    )


def _texte_de_piste(texte):
    texte = nettoyer_ligne(texte)
    exiger(texte, "texte_vide", _("Écrivez la piste en une phrase."), champ="texte")
    exiger(
        len(texte) <= LONGUEUR_PISTE,
        "texte_long",
        _("Cette piste compte {n} signes. Gardez-en {limite} au plus.").format(
            n=len(texte), limite=LONGUEUR_PISTE
        ),
        champ="texte",
    )
    return texte


def formuler_piste(*, piste, texte, par, axe=INCHANGE, revision=None):
    """Word a piste in one sentence, file it under an axe, return it; what people wrote does not change.

    Worded as one of its propositions is, it refers to it and follows it; reworded, it is the group's own.

    `revision`: the one that was on screen; if someone has reworded since, Refus "revision" 409.
    Raises also "interdit" 403, "texte_vide", "texte_long", "axe_inconnu" 422.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, piste.espace or piste.consultation), par)
    texte = _texte_de_piste(texte)
    if axe is not INCHANGE:
        exiger_axe(axe, piste.consultation_id)
    with transaction.atomic():
        piste = verrouiller(piste)
        voulu = piste.axe if axe is INCHANGE else axe
        if texte == piste.texte and voulu == piste.axe:
            return piste
        exiger(
            revision is None or int(revision) == piste.revision,
            "revision",
            _("Quelqu’un a changé cette piste pendant que vous écriviez. Voyez les deux textes, puis choisissez."),
            statut=409,
            champ="texte",
        )
        details = _reformuler(piste, texte, voulu)
        noter(verbe="formuler_piste", objet=piste, compte=par, details=details)
        annoncer_pistes([piste])
    return piste


def _reformuler(piste, texte, axe):
    """Write the words and the axe of a locked piste; return what the journal says of it."""
    siennes = [piste.mots_de, *piste.propositions.all()]
    avant = {**a_une_reference(piste.texte, siennes), "axe": piste.axe_id}
    piste.texte, piste.axe, piste.revision = texte, axe, piste.revision + 1
    piste.mots_de = auteur_des_mots(texte, siennes)
    piste.save(update_fields=["texte", "axe", "revision", "mots_de"])
    apres = {**a_une_reference(texte, siennes), "axe": piste.axe_id}
    return {"avant": avant, "apres": apres, "revision": piste.revision}


def retenir_piste(*, piste, par):
    """Keep a piste for what follows. Raises Refus "interdit" 403, "deja_jointe" 409."""
    return _changer_etat(piste, par, "retenir_piste", Piste.Etat.RETENUE)


def ecarter_piste(*, piste, par, motif=""):
    """Set a piste aside; it keeps its number, its propositions and its votes. Raises as `retenir_piste`."""
    return _changer_etat(piste, par, "ecarter_piste", Piste.Etat.ECARTEE, motif)


def reprendre_piste(*, piste, par):
    """Take a piste back into work. Refused (409) while a ballot that holds it is open and has voters."""
    return _changer_etat(piste, par, "reprendre_piste", Piste.Etat.BROUILLON)


def _changer_etat(piste, par, verbe, etat, motif=""):
    exiger_droit(lambda: regles.peut_rapporter(par, piste.espace or piste.consultation), par)
    with transaction.atomic():
        piste = verrouiller(piste)
        exiger(
            piste.fusionnee_dans_id is None,
            "deja_jointe",
            _("La piste n° {numero} est jointe à une autre.").format(numero=piste.numero),
            statut=409,
        )
        if piste.etat == Piste.Etat.ECARTEE and etat != Piste.Etat.ECARTEE:
            _refuser_retour_en_plein_vote(piste)
        if Piste.Etat.ECARTEE in (piste.etat, etat) and piste.etat != etat:
            exiger_hors_vote_secret(piste.consultation_id, [piste.pk])
        avant, piste.etat = piste.etat, etat
        piste.save(update_fields=["etat"])
        noter(
            verbe=verbe,
            objet=piste,
            compte=par,
            details={"avant": avant, "apres": etat},
            motif=nettoyer_ligne(motif),
        )
        annoncer_pistes([piste])
    return piste


def _refuser_retour_en_plein_vote(piste):
    """Its dots were given back to the voters when it was set aside: taking it back would make too many.

    Refused as soon as anyone has voted, whatever they chose: refused only where the piste has dots, it would tell
    whoever leads, before the closing, what the first voters chose.
    """
    membres = Familles.de(piste.consultation_id).membres(piste.pk)
    en_cours = Scrutin.objects.filter(etat=Scrutin.Etat.OUVERT, pistes__in=membres, bulletins__isnull=False)
    exiger(
        not en_cours.exists(),
        "vote_en_cours",
        _("Un vote est ouvert. Attendez qu’il soit clos pour reprendre cette piste."),
        statut=409,
    )
