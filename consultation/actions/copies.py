"""What is answered to a questionnaire: copies begun, filled, sent, keyed in, erased, their words reused."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import questions, regles
from ..erreurs import Refus
from ..models import Consultation, CopieGrille, Grille, Proposition
from ..questions import Nature
from .gardes import (
    annoncer,
    exiger,
    exiger_cle,
    exiger_college,
    exiger_droit,
    exiger_participant,
    noter,
    verrouiller,
)
from .grilles import GRACE, exiger_pas_comptee
from .propositions import deposer_proposition

#: Devices remembered for one copy: a phone, a desk, a borrowed phone. The oldest give way.
APPAREILS_MAX = 8


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
        version = _derniere_version(grille)
        copie, creee = _creer_copie(grille, version=version, participant=participant, college=participant.college)
        if creee:
            noter(verbe="commencer_grille", objet=grille, participant=participant)
            annoncer(grille.espace_id, "grilles")
    return copie


def _exiger_repondant(grille, participant):
    exiger_participant(participant, grille.consultation_id, _("Entrez d’abord avec le code de la grille."))


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


def _derniere_version(grille):
    version = grille.versions.last()
    exiger(version is not None, "grille_pas_ouverte", _("Cette grille n’est pas encore en ligne."), statut=409)
    return version


def _creer_copie(grille, **champs):
    """Return (CopieGrille, True once inserted). False: a twin request has won the race by the unique key."""
    siens = {"participant": champs["participant"]} if champs.get("participant") else {"cle": champs["cle"]}
    try:
        with transaction.atomic():
            return CopieGrille.objects.create(grille=grille, **champs), True
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
            annoncer(copie.grille.espace_id, "grilles")
    return copie


def _exiger_complete(copie):
    manquent = questions.manquantes(questions.lire(copie.version.contenu), copie.valeurs)
    if manquent:
        message = ngettext("Il manque une réponse.", "Il manque {n} réponses.", len(manquent)).format(
            n=len(manquent)
        )
        raise Refus("reponse_manque", message, champ=manquent[0].cle)


def saisir_copie(*, grille, college, reponses, cle, version=None, par):
    """Key in a paper sheet and return its copy, counted at once; the same `cle` gives the same one.

    `version`: the one the sheet was printed from, the last one by default. A required question left empty on paper
    stays empty: nobody is there to be asked. A closed grille still takes sheets, until its answers are counted.
    Raises Refus "interdit" 403, "grille_pas_ouverte", "grille_close" and "grille_comptee" 409, "college_inconnu"
    and "version_ailleurs" 422, and those of `questions.lire_valeurs`.
    """
    exiger_droit(lambda: regles.peut_inscrire(par, grille.consultation), par)
    exiger(cle, "cle_manque", _("Rechargez la page avant de saisir une feuille."), statut=400)
    exiger_cle(cle)
    exiger_college(college, grille.consultation_id)
    with transaction.atomic():
        if deja := CopieGrille.objects.filter(grille=grille, cle=cle).first():
            return deja
        version = version or _derniere_version(grille)
        exiger(version.grille_id == grille.pk, "version_ailleurs", _("Cette version n’est pas de cette grille."))
        exiger_pas_comptee(verrouiller(grille))
        exiger(
            grille.consultation.etat != Consultation.Etat.CLOSE,
            "grille_close",
            _("Cette consultation est terminée. Elle ne reçoit plus de feuilles."),
            statut=409,
        )
        valeurs = questions.lire_valeurs(questions.lire(version.contenu), reponses)
        copie, creee = _creer_copie(
            grille,
            version=version,
            college=college,
            cle=cle,
            origine=CopieGrille.Origine.PAPIER,
            valeurs=valeurs,
            envoyee_le=timezone.now(),
        )
        if creee:
            noter(verbe="saisir_copie", objet=grille, compte=par)
            annoncer(grille.espace_id, "grilles")
    return copie


def effacer_copie(*, copie, participant=None, par=None):
    """Take someone's answers away for good: themself, or the organiser; a sheet keyed in, who may key it in again.

    Raises Refus "interdit" 403.
    """
    grille = copie.grille
    if participant is not None:
        exiger(copie.participant_id == participant.pk, "interdit", _("Ce n’est pas votre copie."), statut=403)
    else:
        papier = copie.origine == CopieGrille.Origine.PAPIER and grille.comptes is None
        permis = regles.peut_inscrire if papier else regles.est_organisateur
        exiger_droit(lambda: permis(par, grille.consultation), par)
    with transaction.atomic():
        noter(verbe="effacer_copie", objet=grille, compte=par, participant=participant)
        copie.delete()
        annoncer(grille.espace_id, "grilles")


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
                    cle = copie.cle_de_texte(question, case)
                    faites.append(_verser(grille, copie, cle, texte, espace, par))
    return faites


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
