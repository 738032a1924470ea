"""Questionnaires: written, put online in versions, answered, closed, counted."""

from datetime import timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import questions, regles
from ..erreurs import Refus
from ..models import Consultation, CopieGrille, Grille, Proposition, VersionGrille
from ..questions import Nature
from ..questions.depouillement import depouiller
from ..textes import nettoyer, nettoyer_ligne
from .gardes import exiger, exiger_cle, exiger_college, exiger_droit, exiger_valide, noter, verrouiller
from .propositions import deposer_proposition

#: After a grille closes, what was being typed still gets in.
GRACE = timedelta(seconds=60)
#: Devices remembered for one copy: a phone, a desk, a borrowed phone. The oldest give way.
APPAREILS_MAX = 8
_VIDE = {"sections": []}


def creer_grille(*, consultation, titre, chapeau="", contenu=None, espace=None, par):
    """Start a questionnaire and return it, online for nobody yet.

    Raises Refus "interdit" 403, "grille_illisible" 400, "ailleurs" and "invalide" 422.
    """
    exiger_droit(lambda: regles.est_organisateur(par, consultation), par)
    brouillon = questions.lire(contenu or _VIDE).en_donnees()
    exiger(
        espace is None or espace.consultation_id == consultation.pk,
        "ailleurs",
        _("Cet atelier n’est pas de cette consultation."),
        champ="espace",
    )
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
        _exiger_pas_comptee(grille)
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
    return version


def clore_grille(*, grille, par):
    """Take no more answers. Return the grille. Raises Refus "interdit" 403, "grille_pas_ouverte" 409."""
    exiger_droit(lambda: regles.est_organisateur(par, grille.consultation), par)
    with transaction.atomic():
        grille = verrouiller(grille)
        if grille.etat == Grille.Etat.CLOSE:
            return grille
        exiger(
            grille.etat == Grille.Etat.OUVERTE,
            "grille_pas_ouverte",
            _("Cette grille n’est pas ouverte."),
            statut=409,
        )
        grille.etat, grille.close_le = Grille.Etat.CLOSE, timezone.now()
        grille.save(update_fields=["etat", "close_le"])
        noter(verbe="clore_grille", objet=grille, compte=par, details={"copies": grille.copies.count()})
    return grille


def compter_grille(*, grille, par):
    """Decide, once, what may be published of a closed grille; it takes nothing more. Return the grille.

    Two counts, one answer apart, would tell that answer. There is one, and no erasing changes it.
    Raises Refus "interdit" 403, "grille_pas_close" and "reponses_en_route" 409.
    """
    exiger_droit(lambda: regles.est_organisateur(par, grille.consultation), par)
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
        versions = {version.pk: questions.lire(version.contenu) for version in grille.versions.all()}
        copies = grille.copies.filter(envoyee_le__isnull=False).order_by("pk")
        lues = [(copie.college_id, versions[copie.version_id], copie.valeurs) for copie in copies]
        derniere = grille.versions.last()
        grille.comptes = {"version": derniere.pk, **depouiller(versions[derniere.pk], lues)}
        grille.save(update_fields=["comptes"])
        noter(verbe="compter_grille", objet=grille, compte=par, details={"copies": len(lues)})
    return grille


def _exiger_pas_comptee(grille):
    exiger(
        grille.comptes is None,
        "grille_comptee",
        _("Les réponses de cette grille sont comptées : elle n’en reçoit plus."),
        statut=409,
    )


def commencer_grille(*, grille, participant):
    """Return the participant's copy, begun on the version online unless they had one.

    Raises Refus "grille_close" 409, "interdit" and "efface" 403.
    """
    _exiger_repondant(grille, participant)
    with transaction.atomic():
        deja = CopieGrille.objects.filter(grille=grille, participant=participant).select_related("version").first()
        if deja:
            return deja
        _exiger_ouverte(grille)
        copie, creee = _creer_copie(grille, participant=participant, college=participant.college)
        if creee:
            noter(verbe="commencer_grille", objet=grille, participant=participant)
    return copie


def _exiger_repondant(grille, participant):
    exiger(
        participant is not None and participant.consultation_id == grille.consultation_id,
        "interdit",
        _("Entrez d’abord avec le code de la grille."),
        statut=403,
    )
    exiger(
        participant.efface_le is None, "efface", _("Vos données ont été effacées. Entrez à nouveau."), statut=403
    )


def _exiger_ouverte(grille, grace=timedelta()):
    fermee = grille.etat != Grille.Etat.OUVERTE and not (
        grille.close_le is not None and timezone.now() <= grille.close_le + grace
    )
    exiger(
        not fermee and grille.consultation.etat != Consultation.Etat.CLOSE,
        "grille_close",
        _("Cette grille est terminée. Elle ne reçoit plus de réponses."),
        statut=409,
    )


def _creer_copie(grille, **champs):
    """Return (CopieGrille, True once inserted). False: a twin request has won the race by the unique key."""
    version = grille.versions.last()
    exiger(version is not None, "grille_pas_ouverte", _("Cette grille n’est pas encore en ligne."), statut=409)
    siens = {"participant": champs["participant"]} if champs.get("participant") else {"cle": champs["cle"]}
    try:
        with transaction.atomic():
            return CopieGrille.objects.create(grille=grille, version=version, **champs), True
    except IntegrityError:
        return CopieGrille.objects.select_related("version").get(grille=grille, **siens), False


def repondre(*, copie, participant, reponses, appareil="", rang=0):
    """Keep answers, {question: {case: as typed}}, on the copy; the others stay. Return the copy.

    `appareil` and `rang`: the device's own name and count; what it sent before something received is dropped.
    No entry in the journal for each answer: the copy has one when it is begun and one when it is sent.
    Raises Refus "interdit" and "efface" 403, "grille_close" 409, and those of `questions.lire_valeurs`.
    """
    _exiger_repondant(copie.grille, participant)
    exiger(copie.participant_id == participant.pk, "interdit", _("Ce n’est pas votre copie."), statut=403)
    exiger_cle(appareil)
    with transaction.atomic():
        copie = verrouiller(copie)
        _exiger_ouverte(copie.grille, GRACE)
        lues = questions.lire_valeurs(questions.lire(copie.version.contenu), reponses)
        connus = copie.ordres.get(appareil, {}) if appareil else {}
        for cle, cases in lues.items():
            if appareil and rang <= connus.get(cle, -1):
                continue
            copie.valeurs[cle] = {**copie.valeurs.get(cle, {}), **cases}
            connus[cle] = rang
        if appareil:
            autres = {nom: siens for nom, siens in copie.ordres.items() if nom != appareil}
            copie.ordres = dict([*list(autres.items())[1 - APPAREILS_MAX :], (appareil, connus)])
        copie.save(update_fields=["valeurs", "ordres"])
    return copie


def envoyer_grille(*, copie, participant):
    """Count this copy: the person says it is finished. They may still change it until the grille closes.

    Raises Refus "interdit" and "efface" 403, "grille_close" 409, "reponse_manque" 422 with the first in `champ`.
    """
    _exiger_repondant(copie.grille, participant)
    exiger(copie.participant_id == participant.pk, "interdit", _("Ce n’est pas votre copie."), statut=403)
    with transaction.atomic():
        copie = verrouiller(copie)
        _exiger_ouverte(copie.grille, GRACE)
        _exiger_complete(copie)
        if copie.envoyee_le is None:
            copie.envoyee_le = timezone.now()
            copie.save(update_fields=["envoyee_le"])
            noter(verbe="envoyer_grille", objet=copie.grille, participant=participant)
    return copie


def _exiger_complete(copie):
    manquent = questions.manquantes(questions.lire(copie.version.contenu), copie.valeurs)
    if manquent:
        message = ngettext("Il manque une réponse.", "Il manque {n} réponses.", len(manquent)).format(
            n=len(manquent)
        )
        raise Refus("reponse_manque", message, champ=manquent[0].cle)


def saisir_copie(*, grille, college, reponses, cle, par):
    """Key in a paper sheet and return its copy, counted at once; the same `cle` gives the same one.

    A required question left empty on paper stays empty: nobody is there to be asked. The last version is taken.
    Raises Refus "interdit" 403, "grille_close" and "grille_comptee" 409, "college_inconnu" 422, and those of
    `questions.lire_valeurs`.
    """
    exiger_droit(lambda: regles.peut_inscrire(par, grille.consultation), par)
    exiger(cle, "cle_manque", _("Rechargez la page avant de saisir une feuille."), statut=400)
    exiger_cle(cle)
    exiger_college(college, grille.consultation_id)
    with transaction.atomic():
        if deja := CopieGrille.objects.filter(grille=grille, cle=cle).first():
            return deja
        _exiger_pas_comptee(verrouiller(grille))
        exiger(
            grille.consultation.etat != Consultation.Etat.CLOSE,
            "grille_close",
            _("Cette consultation est terminée. Elle ne reçoit plus de feuilles."),
            statut=409,
        )
        version = grille.versions.last()
        exiger(version is not None, "grille_pas_ouverte", _("Cette grille n’est pas encore en ligne."), statut=409)
        valeurs = questions.lire_valeurs(questions.lire(version.contenu), reponses)
        copie, creee = _creer_copie(
            grille,
            college=college,
            cle=cle,
            origine=CopieGrille.Origine.PAPIER,
            valeurs=valeurs,
            envoyee_le=timezone.now(),
        )
        if creee:
            noter(verbe="saisir_copie", objet=grille, compte=par)
    return copie


def effacer_copie(*, copie, participant=None, par=None):
    """Take someone's answers away for good: themself, or the organiser. Raises Refus "interdit" 403."""
    grille = copie.grille
    if participant is not None:
        exiger(copie.participant_id == participant.pk, "interdit", _("Ce n’est pas votre copie."), statut=403)
    else:
        exiger_droit(lambda: regles.est_organisateur(par, grille.consultation), par)
    with transaction.atomic():
        noter(verbe="effacer_copie", objet=grille, compte=par, participant=participant)
        copie.delete()


def verser_textes(*, grille, question, copies, espace, par):
    """Make a proposition of each free text that these copies give to `question`; return those made, in order.

    The words and the college stay theirs, the author too when they have one; the origin says the grille. Twice is
    once. Raises Refus "interdit" 403, "pas_un_texte" and "ailleurs" 422, and those of `deposer_proposition`.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, espace), par)
    exiger(
        espace.consultation_id == grille.consultation_id,
        "ailleurs",
        _("Cet atelier n’est pas de cette consultation."),
        champ="espace",
    )
    faites = []
    with transaction.atomic():
        for copie in grille.copies.filter(pk__in=[c.pk for c in copies], envoyee_le__isnull=False).order_by("pk"):
            lue = questions.lire(copie.version.contenu).question(question)
            exiger(
                lue is not None and lue.nature == Nature.TEXTE,
                "pas_un_texte",
                _("Choisissez une question à laquelle on répond en écrivant."),
            )
            for case, texte in copie.valeurs.get(question, {}).items():
                if texte:
                    cle = cle_de_texte(copie, question, case)
                    faites.append(_verser(grille, copie, cle, texte, espace, par))
    return faites


def cle_de_texte(copie, question, case):
    """Return the idempotency key of the proposition made of one text of a copy."""
    return sha256(f"{copie.pk}/{question}/{case}".encode()).hexdigest()


def _verser(grille, copie, cle, texte, espace, par):
    return deposer_proposition(
        espace=espace,
        participant=copie.participant,
        college=copie.college,
        texte=texte,
        origine=Proposition.Origine.GRILLE,
        origine_note=grille.titre[:120],
        cle=cle,
        par=par,
    )


def rouvrir_grille(*, grille, par):
    """Take answers again, and return the grille.

    Raises Refus "interdit" 403, "grille_pas_close" and "grille_comptee" 409.
    """
    exiger_droit(lambda: regles.est_organisateur(par, grille.consultation), par)
    with transaction.atomic():
        grille = verrouiller(grille)
        _exiger_pas_comptee(grille)
        exiger(
            grille.etat == Grille.Etat.CLOSE, "grille_pas_close", _("Cette grille n’est pas close."), statut=409
        )
        grille.etat, grille.close_le = Grille.Etat.OUVERTE, None
        grille.save(update_fields=["etat", "close_le"])
        noter(verbe="rouvrir_grille", objet=grille, compte=par)
    return grille
