"""What was seen: the common grille for the group, a few lines, both sides' leave, propositions made of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation import questions
from consultation.actions.gardes import exiger, exiger_droit, exiger_participant, noter, verrouiller
from consultation.questions import Nature
from consultation.textes import nettoyer

from .. import regles
from ..models import Demande, Visite
from .demandes import retirer_sans_accord
from .offres import exiger_preparer

LONGUEUR_RECIT = Visite._meta.get_field("recit").max_length


def preparer_compte_rendu(*, visite, grille, par):
    """Put online, for this visit, the questions that all visits share; return its own Grille. Twice is once.

    `grille`: the common one; each visit answers a copy of it, so that what is counted is told visit by visit.
    Raises Refus "interdit" 403, "ailleurs" 422, "annulee" 409, and those of `mettre_en_ligne`.
    """
    exiger_preparer(par, visite.consultation)
    exiger(
        grille is not None and grille.consultation_id == visite.consultation_id,
        "ailleurs",
        _("Choisissez une grille de ce séminaire."),
        champ="grille",
    )
    with transaction.atomic():
        visite = verrouiller(visite)
        if visite.grille is not None:
            return visite.grille
        exiger(visite.etat != Visite.Etat.ANNULEE, "annulee", _("Cette visite est annulée."), statut=409)
        titre = _("Visite : {entreprise}").format(entreprise=visite.entreprise)
        sienne = actes.creer_grille(
            consultation=visite.consultation,
            titre=titre,
            chapeau=grille.chapeau,
            contenu=grille.brouillon,
            par=par,
        )
        actes.mettre_en_ligne(grille=sienne, par=par)
        visite.grille = sienne
        visite.save(update_fields=["grille"])
        noter(verbe="preparer_compte_rendu", objet=visite, compte=par, details={"de": grille.pk})
    return sienne


def ecrire_recit(*, visite, recit, par):
    """Write what the group saw. New words need both sides' leave anew: what was public no longer is. Return it.

    Raises Refus "interdit" 403, "long" 422, "pas_encore" 409.
    """
    exiger_preparer(par, visite.consultation)
    recit = nettoyer(recit)
    message = _("Le compte rendu compte {n} signes. Gardez-en {max} au plus.")
    exiger(len(recit) <= LONGUEUR_RECIT, "long", message.format(n=len(recit), max=LONGUEUR_RECIT), champ="recit")
    with transaction.atomic():
        visite = verrouiller(visite)
        _exiger_faite(visite)
        if recit == visite.recit:
            return visite
        visite.recit, visite.accord_entreprise, visite.publiee_le = recit, None, None
        visite.save(update_fields=["recit", "accord_entreprise", "publiee_le"])
        visite.demandes.update(accord=None)
        noter(verbe="ecrire_compte_rendu", objet=visite, compte=par)
    return visite


def _exiger_faite(visite):
    exiger(
        visite.etat == Visite.Etat.OUVERTE and regles.est_passee(visite),
        "pas_encore",
        _("La visite n’a pas encore eu lieu."),
        statut=409,
    )


def accorder(*, visite, participant, accord, par=None):
    """A visitor says yes or no to publishing the report; changed any day. Return the Demande.

    Raises Refus "interdit" and "efface" 403; "pas_encore", "sans_recit" 409.
    """
    exiger_droit(lambda: regles.peut_preparer(par, visite.consultation), par)
    exiger_participant(participant, visite.consultation_id)
    with transaction.atomic():
        visite = verrouiller(visite)
        demande = visite.demandes.filter(participant=participant, etat=Demande.Etat.PLACE).first()
        exiger(demande is not None, "interdit", _("Vous n’étiez pas de cette visite."), statut=403)
        _exiger_lisible(visite)
        demande.accord = accord
        demande.save(update_fields=["accord"])
        details = {"reponse": "oui" if accord else "non"} if par else {}
        noter(verbe="accorder_visite", objet=visite, compte=par, participant=participant, details=details)
        retirer_sans_accord(visite)
    return demande


def accorder_pour_l_entreprise(*, visite, accord):
    """The enterprise says yes or no, by the secret address it was given; changed any day. Return the visit.

    Raises Refus "pas_encore", "sans_recit" 409.
    """
    with transaction.atomic():
        visite = verrouiller(visite)
        _exiger_lisible(visite)
        visite.accord_entreprise = accord
        visite.save(update_fields=["accord_entreprise"])
        noter(verbe="accorder_pour_l_entreprise", objet=visite)
        retirer_sans_accord(visite)
    return visite


def _exiger_lisible(visite):
    _exiger_faite(visite)
    exiger(visite.recit, "sans_recit", _("Le compte rendu n’est pas encore écrit."), statut=409)


def publier(*, visite, par):
    """Make the report a public page. Twice is once. Return the visit.

    Raises Refus "interdit" 403; "pas_encore", "sans_recit", "sans_accord" 409.
    """
    exiger_preparer(par, visite.consultation)
    with transaction.atomic():
        visite = verrouiller(visite)
        if visite.publiee_le is not None:
            return visite
        _exiger_lisible(visite)
        exiger(
            regles.publiable(visite),
            "sans_accord",
            _("Il faut l’accord de l’entreprise et celui de plus de la moitié des visiteurs."),
            statut=409,
        )
        visite.publiee_le = timezone.now()
        visite.save(update_fields=["publiee_le"])
        noter(verbe="publier_compte_rendu", objet=visite, compte=par)
    return visite


def depublier(*, visite, par):
    """Take a published report back. Twice is once. Return the visit. Raises Refus "interdit" 403."""
    exiger_preparer(par, visite.consultation)
    with transaction.atomic():
        visite = verrouiller(visite)
        if visite.publiee_le is not None:
            visite.publiee_le = None
            visite.save(update_fields=["publiee_le"])
            noter(verbe="retirer_compte_rendu", objet=visite, compte=par)
    return visite


def verser_constats(*, visite, espace, par):
    """Make a proposition of each free answer to the visit's grille, in one act; return how many are there now.

    Words, college and author stay theirs; the origin says the visit. Twice is once.
    Raises Refus "interdit" 403, "rien_a_verser" 409, and those of `consultation.actions.verser_textes`.
    """
    exiger_preparer(par, visite.consultation)
    with transaction.atomic():
        visite = verrouiller(visite)
        faites = _verser(visite.grille, espace, par) if visite.grille else []
        exiger(faites, "rien_a_verser", _("Personne n’a encore écrit de constat."), statut=409)
        noter(
            verbe="verser_constats",
            objet=visite,
            compte=par,
            details={"propositions": len(faites), "espace": espace.pk},
        )
    return len(faites)


def _verser(grille, espace, par):
    """Each version is asked its own questions: a copy knows only those it was begun with."""
    faites = []
    for version in grille.versions.all():
        copies = list(grille.copies.filter(version=version, envoyee_le__isnull=False))
        for question in questions.lire(version.contenu).questions if copies else ():
            if question.nature == Nature.TEXTE:
                faites += actes.verser_textes(
                    grille=grille, question=question.cle, copies=copies, espace=espace, par=par
                )
    return faites
