"""Who enters, changes college, loses a code, or asks to be forgotten."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .. import regles
from ..models import Bulletin, Consultation, Grille, Participant, Scrutin, Voix
from ..models.acteurs import nouveau_code_personnel
from ..textes import nettoyer_ligne
from .comptage import recompter
from .gardes import exiger, exiger_cle, exiger_college, exiger_droit, exiger_non_efface, noter, verrouiller

ESSAIS_DE_CODE = 5
#: A paper card, a questionnaire and a forum ask for no name.
SANS_PRENOM = (
    Participant.Origine.COURRIEL,
    Participant.Origine.IDENTITE,
    Participant.Origine.PAPIER,
    Participant.Origine.GRILLE,
    Participant.Origine.CARTE,
    Participant.Origine.GUICHET,
)


def inscrire(
    *,
    consultation,
    college,
    prenom,
    nom="",
    structure=None,
    territoire=None,
    origine="salle",
    accord_publication=None,
    cle="",
    compte=None,
    par=None,
):
    """Make someone a participant and return them; the same `cle`, or the same account, gives the same person.

    `accord_publication`: True, False, or None when they have not been asked.
    Raises Refus: "interdit" 403, "consultation_close" 409, "college_inconnu" 422, "prenom_vide" 422,
    "prenom_long" and "nom_long" 422, "origine_inconnue" 400.
    """
    exiger_droit(lambda: regles.peut_inscrire(par, consultation), par)
    exiger_cle(cle)
    champs = _champs_personne(consultation, college, prenom, nom, origine)
    with transaction.atomic():
        deja = _deja_inscrit(consultation, cle, compte)
        if deja:
            return deja
        exiger(
            consultation.etat != Consultation.Etat.CLOSE,
            "consultation_close",
            _("Cette consultation est terminée. On ne peut plus y entrer."),
            statut=409,
        )
        champs |= {"structure": structure, "territoire": territoire, "compte": compte, "cle": cle}
        personne, cree = _creer(consultation, accord_publication=accord_publication, **champs)
        if cree:
            noter(verbe="inscrire", objet=personne, compte=par, participant=personne, details={"origine": origine})
    return personne


def _champs_personne(consultation, college, prenom, nom, origine):
    exiger(origine in Participant.Origine.values, "origine_inconnue", _("Cette origine n’existe pas."), statut=400)
    exiger(
        college is not None and college.consultation_id == consultation.pk,
        "college_inconnu",
        _("Choisissez qui vous êtes parmi les réponses proposées."),
        champ="college",
    )
    prenom, nom = nettoyer_ligne(prenom), nettoyer_ligne(nom)
    exiger(
        prenom or origine in SANS_PRENOM,
        "prenom_vide",
        _("Écrivez votre prénom, ou un surnom."),
        champ="prenom",
    )
    exiger(len(prenom) <= 40, "prenom_long", _("Ce prénom est trop long : 40 signes au plus."), champ="prenom")
    exiger(len(nom) <= 80, "nom_long", _("Ce nom est trop long : 80 signes au plus."), champ="nom")
    return {"college": college, "prenom": prenom, "nom": nom, "origine": origine}


def _deja_inscrit(consultation, cle, compte):
    gens = Participant.objects.filter(consultation=consultation)
    if cle and (deja := gens.filter(cle=cle).first()):
        return deja
    return gens.filter(compte=compte).first() if compte is not None else None


def _creer(consultation, **champs):
    """Return (Participant, True once inserted). False: a twin request has won the race by the unique key.

    A personal code that someone already has is drawn again: ESSAIS_DE_CODE draws, out of 2e11 codes.
    """
    for _essai in range(ESSAIS_DE_CODE - 1):
        try:
            with transaction.atomic():
                return Participant.objects.create(consultation=consultation, **champs), True
        except IntegrityError:
            if deja := _deja_inscrit(consultation, champs["cle"], champs["compte"]):
                return deja, False
    return Participant.objects.create(consultation=consultation, **champs), True


def reemettre_code(*, participant, par):
    """Give a new personal code and let go of the devices that hold the old one. Return the participant.

    Raises Refus "interdit" 403, "efface" 409.
    """
    exiger_droit(lambda: regles.peut_inscrire(par, participant.consultation), par)
    with transaction.atomic():
        personne = _vivant(participant)
        personne.code_personnel = nouveau_code_personnel()
        personne.generation += 1
        personne.save(update_fields=["code_personnel", "generation"])
        noter(verbe="reemettre_code", objet=personne, compte=par, details={"generation": personne.generation})
    return personne


def changer_college(*, participant, college, par):
    """Correct whom someone speaks as. What they proposed, and their votes in ballots still open, follow them.

    A closed ballot keeps the college they had when it closed. Raises Refus "interdit" 403, "college_inconnu" 422,
    "efface" 409.
    """
    exiger_droit(lambda: regles.peut_inscrire(par, participant.consultation), par)
    exiger_college(college, participant.consultation_id)
    with transaction.atomic():
        personne = _vivant(participant)
        avant, personne.college = personne.college_id, college
        personne.save(update_fields=["college"])
        personne.propositions.update(college=college)
        personne.copies_grilles.exclude(grille__etat=Grille.Etat.CLOSE).update(college=college)
        _reporter_les_votes(personne, college)
        noter(
            verbe="changer_college",
            objet=personne,
            compte=par,
            participant=personne,
            details={"avant": avant, "apres": college.pk},
        )
    return personne


def _reporter_les_votes(personne, college):
    """Count their votes with their college in the ballots that are not closed, tallies included.

    A secret ballot stays counted in the college it was signed for: nobody knows which it is.
    """
    ouverts = list(
        Scrutin.objects.select_for_update(no_key=True)
        .filter(bulletins__participant=personne)
        .exclude(etat=Scrutin.Etat.CLOS)
        .exclude(secret=True)
        .order_by("pk")
    )
    for modele in (Bulletin, Voix):
        modele.objects.filter(participant=personne, scrutin__in=ouverts).update(college=college)
    for scrutin in ouverts:
        recompter(scrutin)


def consentir(*, participant, accord, par=None):
    """Keep someone's answer: may their words be published, without their name? Return the participant.

    `accord`: True, False, or None ("not asked"). With `par` None it is the person themself who answers.
    Pages follow at once. Raises Refus "interdit" 403, "efface" 409.
    """
    exiger_droit(lambda: regles.peut_inscrire(par, participant.consultation), par)
    with transaction.atomic():
        personne = _vivant(participant)
        avant = personne.accord_publication
        if avant != accord:
            personne.accord_publication = accord
            personne.save(update_fields=["accord_publication"])
            noter(
                verbe="consentir",
                objet=personne,
                compte=par,
                participant=None if par else personne,
                details={"avant": avant, "apres": accord},
            )
    return personne


def _vivant(participant):
    personne = verrouiller(participant)
    exiger_non_efface(personne)
    return personne
