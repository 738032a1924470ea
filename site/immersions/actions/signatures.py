"""A convention signed in three acts: with one's own code, with a code of the day, or on paper, scanned in."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation.actions.gardes import exiger, noter
from consultation.textes import LONGUEUR_CODE_PERSONNEL, tirer_code

from .. import regles
from ..models import CodeDuJour, Partie, Signature
from .gardes import exiger_la_bonne_main, exiger_sa_main, exiger_tenir, ouverte


def donner_un_code(*, immersion, partie, par):
    """Draw the code that opens an immersion to the structure, or the enterprise, for a day; return it.

    It is shown once and kept as a hash; the former one ends. Raises Refus 403, 409; "a_son_code" 422.
    """
    exiger_tenir(par, immersion.dispositif.consultation)
    dit = _("La personne signe avec son propre code.")
    exiger(partie in (Partie.STRUCTURE, Partie.ACCUEIL), "a_son_code", dit, champ="partie")
    code = tirer_code(LONGUEUR_CODE_PERSONNEL)
    with transaction.atomic():
        immersion = ouverte(immersion)
        immersion.codes.filter(partie=partie).delete()
        fin = timezone.now() + CodeDuJour.DUREE
        immersion.codes.create(partie=partie, empreinte=regles.empreinte(code), fin=fin)
        noter(verbe="donner_code_du_jour", objet=immersion, compte=par, details={"partie": partie})
    return code


def signer(*, immersion, partie, code, version, par=None):
    """Sign the convention as it was read (`version`), with one's code or that of the day; return the Signature.

    `par`: the officer whose tablet it is, or None. Twice is once. Raises Refus "pas_votre_code" 403; "arretee",
    "finie", "incomplete", "entreprise_fermee", "a_change" 409; "code_vide", "partie_inconnue" 422.
    """
    exiger_tenir(par, immersion.dispositif.consultation)
    exiger(partie in Partie.values, "partie_inconnue", _("Dites qui signe."), champ="partie")
    if partie == Partie.PERSONNE:
        exiger_sa_main(personne=immersion.participant, code=code, acte="signer", objet=immersion, par=par)
    else:
        exiger_la_bonne_main(_du_jour(immersion, partie, code), acte="signer", objet=immersion, par=par)
    qui = immersion.participant if partie == Partie.PERSONNE else None
    return _poser(immersion, partie, version, Signature.Moyen.CODE, par, qui)


def _du_jour(immersion, partie, code):
    siens = immersion.codes.filter(partie=partie, fin__gt=timezone.now())
    return siens.filter(empreinte=regles.empreinte(code)).exists()


def signer_sur_papier(*, immersion, partie, scan, version, par):
    """Keep the scan (bytes) of a paper that a party has signed; return the Signature.

    Raises Refus 403; 409 as `signer`; "scan_vide", "scan_lourd", "scan_inconnu" 422.
    """
    exiger_tenir(par, immersion.dispositif.consultation)
    exiger(partie in Partie.values, "partie_inconnue", _("Dites qui signe."), champ="partie")
    exiger(scan, "scan_vide", _("Choisissez le fichier du papier signé."), champ="scan")
    exiger(len(scan) <= regles.SCAN_MAX, "scan_lourd", _("Six mégaoctets au plus."), champ="scan")
    type_lu = regles.type_de_scan(scan)
    dit = _("Ce fichier n’est ni un PDF, ni une image JPEG ou PNG.")
    exiger(type_lu is not None, "scan_inconnu", dit, champ="scan")
    papier = {"scan": scan, "scan_type": type_lu}
    return _poser(immersion, partie, version, Signature.Moyen.PAPIER, par, None, **papier)


def _poser(immersion, partie, version, moyen, par, qui, **papier):
    with transaction.atomic():
        immersion = ouverte(immersion)
        dit = _("La convention a changé depuis que vous l’avez lue. Relisez-la, puis signez.")
        exiger(version == immersion.version, "a_change", dit, statut=409)
        deja = immersion.signatures.filter(version=version, partie=partie).first()
        if deja:
            return deja
        manque = regles.manque_a_la_convention(immersion, immersion.competences.exists())
        dit = _("On ne peut pas encore signer. Il manque : %(quoi)s.")
        exiger(not manque, "incomplete", dit % {"quoi": ", ".join(manque)}, statut=409)
        dit = _("L’entreprise n’accueille plus personne : il faut un autre lieu avant de signer.")
        exiger(immersion.entreprise.fermee_le is None, "entreprise_fermee", dit, statut=409)
        signature = immersion.signatures.create(
            version=version, partie=partie, moyen=moyen, le=timezone.now(), **papier
        )
        noter(
            verbe="signer_convention",
            objet=immersion,
            compte=par,
            participant=qui,
            details={"partie": partie, "moyen": moyen, "version": version},
        )
    return signature
