"""Questionnaires: written, put online in versions, closed, counted. What is answered to them: `copies`."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import questions, regles
from ..erreurs import Refus
from ..models import Grille, VersionGrille
from ..questions.depouillement import depouiller
from ..textes import nettoyer, nettoyer_ligne
from .gardes import annoncer, exiger, exiger_droit, exiger_valide, noter, verrouiller, verrouiller_pour_clore

#: After a grille closes, what was being typed still gets in.
GRACE = timedelta(seconds=60)
_VIDE = {"sections": []}


def creer_grille(*, consultation, titre, chapeau="", contenu=None, espace=None, par):
    """Start a questionnaire and return it, online for nobody yet.

    Raises Refus "interdit" 403, "grille_illisible" 400, "ailleurs" and "invalide" 422.
    """
    exiger_droit(lambda: regles.est_organisateur(par, consultation), par)
    brouillon = questions.lire(contenu or _VIDE).en_donnees()
    _exiger_ici(espace, consultation.pk)
    grille = Grille(
        consultation=consultation,
        espace=espace,
        titre=nettoyer_ligne(titre),
        chapeau=nettoyer(chapeau),
        brouillon=brouillon,
    )
    exiger_valide(grille)
    with transaction.atomic():
        grille.save()
        noter(verbe="creer_grille", objet=grille, compte=par)
    return grille


def _exiger_ici(espace, consultation_id):
    exiger(
        espace is None or espace.consultation_id == consultation_id,
        "ailleurs",
        _("Cet atelier n’est pas de cette consultation."),
        champ="espace",
    )


def placer_grille(*, grille, espace, par):
    """Have a questionnaire answered in a room, at its steps made for that; None: in none. Return the grille.

    Raises Refus "interdit" 403, "ailleurs" 422.
    """
    exiger_droit(lambda: regles.est_organisateur(par, grille.consultation), par)
    _exiger_ici(espace, grille.consultation_id)
    with transaction.atomic():
        grille = verrouiller(grille)
        avant, grille.espace = grille.espace_id, espace
        if avant != grille.espace_id:
            grille.save(update_fields=["espace"])
            noter(verbe="placer_grille", objet=grille, compte=par, details={"espace": grille.espace_id})
            annoncer(avant, "grilles")
            annoncer(grille.espace_id, "grilles")
    return grille


def ecrire_grille(*, grille, titre=None, chapeau=None, contenu=None, par):
    """Change what is being written; what is online stays as it is. Return the grille.

    Raises Refus "interdit" 403, "grille_illisible" 400, "invalide" 422.
    """
    exiger_droit(lambda: regles.est_organisateur(par, grille.consultation), par)
    structure = None if contenu is None else questions.lire(contenu)
    with transaction.atomic():
        grille = verrouiller(grille)
        if titre is not None:
            grille.titre = nettoyer_ligne(titre)
        if chapeau is not None:
            grille.chapeau = nettoyer(chapeau)
        if structure is not None:
            grille.brouillon = structure.en_donnees()
        exiger_valide(grille)
        grille.save()
        noter(verbe="ecrire_grille", objet=grille, compte=par)
    return grille


def retoucher_grille(*, grille, retouche, par):
    """Change one thing in what is being written: `retouche` makes a Structure of the one there now.

    Read and written under the same lock: two people who write different questions both keep theirs. Return the
    grille. Raises Refus "interdit" 403.
    """
    exiger_droit(lambda: regles.est_organisateur(par, grille.consultation), par)
    with transaction.atomic():
        grille = verrouiller(grille)
        grille.brouillon = retouche(questions.lire(grille.brouillon or _VIDE)).en_donnees()
        grille.save(update_fields=["brouillon"])
        noter(verbe="ecrire_grille", objet=grille, compte=par)
    return grille


def mettre_en_ligne(*, grille, par):
    """Open the grille with what is written now, as a new version if it differs. Return the version online.

    People who have begun keep the version they began with. Raises Refus "interdit" 403, "grille_comptee" 409, and
    "grille_a_corriger" 422 and the first question to mend.
    """
    exiger_droit(lambda: regles.est_organisateur(par, grille.consultation), par)
    with transaction.atomic():
        grille = verrouiller(grille)
        exiger_pas_comptee(grille)
        structure = questions.lire(grille.brouillon or _VIDE)
        for defaut in questions.defauts(structure):
            raise Refus("grille_a_corriger", defaut.message, champ=defaut.question or None)
        derniere = grille.versions.last()
        contenu = structure.en_donnees()
        version = derniere
        if derniere is None or questions.lire(derniere.contenu) != structure:
            numero = 1 if derniere is None else derniere.numero + 1
            version = VersionGrille.objects.create(grille=grille, numero=numero, contenu=contenu)
        grille.etat, grille.close_le = Grille.Etat.OUVERTE, None
        grille.save(update_fields=["etat", "close_le"])
        noter(verbe="mettre_en_ligne", objet=grille, compte=par, details={"version": version.numero})
        annoncer(grille.espace_id, "grilles")
    return version


def clore_grille(*, grille, par):
    """Take no more answers. Return the grille. Raises Refus "interdit" 403, "grille_pas_ouverte" 409."""
    exiger_droit(lambda: regles.peut_tenir_grille(par, grille), par)
    with transaction.atomic():
        etats = (Grille.Etat.OUVERTE, Grille.Etat.CLOSE)
        grille, ouverte = verrouiller_pour_clore(
            grille, etats, "grille_pas_ouverte", _("Cette grille n’est pas ouverte.")
        )
        if not ouverte:
            return grille
        grille.etat, grille.close_le = Grille.Etat.CLOSE, timezone.now()
        grille.save(update_fields=["etat", "close_le"])
        noter(verbe="clore_grille", objet=grille, compte=par, details={"copies": grille.copies.count()})
        annoncer(grille.espace_id, "grilles")
    return grille


def compter_grille(*, grille, par):
    """Decide, once, what may be published of a closed grille; it takes nothing more. Return the grille.

    Two counts, one answer apart, would tell that answer. There is one, and no erasing changes it.
    Raises Refus "interdit" 403, "grille_pas_close" and "reponses_en_route" 409.
    """
    exiger_droit(lambda: regles.peut_tenir_grille(par, grille), par)
    with transaction.atomic():
        grille = verrouiller(grille)
        if grille.comptes is not None:
            return grille
        exiger(grille.etat == Grille.Etat.CLOSE, "grille_pas_close", _("Fermez d’abord la grille."), statut=409)
        exiger(
            grille.close_le is None or timezone.now() > grille.close_le + GRACE,
            "reponses_en_route",
            _("Des réponses sont peut-être en route. Attendez une minute, puis comptez."),
            statut=409,
        )
        noter(verbe="compter_grille", objet=grille, compte=par, details={"copies": compter(grille)})
        annoncer(grille.espace_id, "grilles")
    return grille


def compter(grille):
    """Keep what may be published of a locked, closed grille. Return how many copies were counted."""
    versions = {version.pk: questions.lire(version.contenu) for version in grille.versions.all()}
    copies = grille.copies.filter(envoyee_le__isnull=False).order_by("pk")
    lues = [(copie.college_id, versions[copie.version_id], copie.valeurs) for copie in copies]
    derniere = grille.versions.last()
    grille.comptes = {"version": derniere.pk, **depouiller(versions[derniere.pk], lues)}
    grille.save(update_fields=["comptes"])
    return len(lues)


def exiger_pas_comptee(grille):
    exiger(
        grille.comptes is None,
        "grille_comptee",
        _("Les réponses de cette grille sont comptées : elle n’en reçoit plus."),
        statut=409,
    )


def rouvrir_grille(*, grille, par):
    """Take answers again, and return the grille.

    Raises Refus "interdit" 403, "grille_pas_close" and "grille_comptee" 409.
    """
    exiger_droit(lambda: regles.est_organisateur(par, grille.consultation), par)
    with transaction.atomic():
        grille = verrouiller(grille)
        exiger_pas_comptee(grille)
        exiger(
            grille.etat == Grille.Etat.CLOSE, "grille_pas_close", _("Cette grille n’est pas close."), statut=409
        )
        grille.etat, grille.close_le = Grille.Etat.OUVERTE, None
        grille.save(update_fields=["etat", "close_le"])
        noter(verbe="rouvrir_grille", objet=grille, compte=par)
        annoncer(grille.espace_id, "grilles")
    return grille
