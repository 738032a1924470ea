"""A forum prepared, its cards drawn, its door, its vote."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from .. import guichet, regles
from ..erreurs import Refus
from ..models import (
    CodeDeCarte,
    Consultation,
    Espace,
    Forum,
    LotDeCodes,
    Participant,
    Phase,
    Piste,
    Scrutin,
)
from ..models.forum import nouveau_code_de_carte
from ..textes import nettoyer_ligne
from .entree_par_courriel import prendre_adresse
from .envois import Envoi
from .gardes import exiger, exiger_cle, exiger_droit, noter, verrouiller
from .participants import inscrire
from .preparation import enregistrer
from .regroupements import semer_orphelines
from .scrutins import clore_scrutin, ouvrir_scrutin, preparer_scrutin
from .votes import voter_ensemble

#: What is sent while a phase closes is taken for as long.
GRACE = timedelta(minutes=5)
#: A text of a forum is longer than one typed in a room.
LONGUEUR_AU_FORUM = 600
CODES_PAR_LOT = 10_000
_UN_LIEN = re.compile(r"https?:|www\.|\w\.(?:com|fr|net|org|eu|io|info|biz)\b", re.IGNORECASE)


def preparer_forum(*, consultation, question, par):
    """Make a consultation a forum, with its place to speak; return the Forum. Twice changes the question only.

    Raises Refus "interdit" 403, "question_vide" 422.
    """
    exiger_droit(lambda: regles.est_organisateur(par, consultation), par)
    question = nettoyer_ligne(question)
    exiger(
        0 < len(question) <= 300,
        "question_vide",
        _("Écrivez la question, en 300 signes au plus."),
        champ="question",
    )
    with transaction.atomic():
        consultation = verrouiller(consultation)
        forum = Forum.objects.filter(consultation=consultation).select_related("espace").first()
        if forum is not None:
            Espace.objects.filter(pk=forum.espace_id).update(question=question)
        else:
            espace = Espace.objects.create(consultation=consultation, titre=consultation.titre, question=question)
            forum = Forum.objects.create(consultation=consultation, espace=espace)
            consultation.nature = Consultation.Nature.FORUM
            consultation.relecture = Consultation.Relecture.TOUTES
            consultation.longueur_max = LONGUEUR_AU_FORUM
            consultation.save(update_fields=["nature", "relecture", "longueur_max"])
        noter(verbe="preparer_forum", objet=consultation, compte=par)
    return forum


def tirer_cartes(*, consultation, libelle, nombre, par):
    """Draw `nombre` codes, each to let one person in, once; return the LotDeCodes.

    Raises Refus "interdit" 403, "libelle_vide" and "nombre" 422.
    """
    exiger_droit(lambda: regles.est_organisateur(par, consultation), par)
    libelle = nettoyer_ligne(libelle)
    exiger(
        0 < len(libelle) <= 80,
        "libelle_vide",
        _("Dites où vont ces cartes, en 80 signes au plus."),
        champ="libelle",
    )
    exiger(
        isinstance(nombre, int) and 1 <= nombre <= CODES_PAR_LOT,
        "nombre",
        _("De 1 à {n} cartes à la fois.").format(n=CODES_PAR_LOT),
        champ="nombre",
    )
    with transaction.atomic():
        lot = LotDeCodes.objects.create(consultation=consultation, libelle=libelle)
        codes = set()
        while len(codes) < nombre:
            codes |= _libres({nouveau_code_de_carte() for _n in range(nombre - len(codes))})
        CodeDeCarte.objects.bulk_create(
            (CodeDeCarte(lot=lot, code=code) for code in sorted(codes)), batch_size=2000
        )
        noter(verbe="tirer_cartes", objet=lot, compte=par, details={"cartes": nombre})
    return lot


def _libres(codes):
    """Those that neither a card nor a person already has."""
    pris = set()
    tous = sorted(codes)
    for debut in range(0, len(tous), 900):
        morceau = tous[debut : debut + 900]
        pris |= set(CodeDeCarte.objects.filter(code__in=morceau).values_list("code", flat=True))
        pris |= set(
            Participant.objects.filter(code_personnel__in=morceau).values_list("code_personnel", flat=True)
        )
    return codes - pris


def entrer_au_forum(
    *,
    consultation,
    college,
    prenom="",
    territoire=None,
    accord_publication=None,
    origine,
    code=None,
    empreinte="",
    cle="",
    par=None,
):
    """Let someone in, by the card `code` (CodeDeCarte), an address, an identity or at a desk (`par`); return them.

    `empreinte`: what `empreinte_de` or `empreinte_d_identite` gives for what was proved theirs; the same lets the
    same person in.

    The same `cle` gives the same person. Of the card nothing is kept but that it has served.
    Raises Refus: "interdit" 403; "code_faux" 404; "forum_ferme", "code_servi", "adresse_servie" 409;
    "consentement", "lien_dans_nom" 422; and those of `inscrire`.
    """
    exiger_droit(lambda: regles.peut_inscrire(par, consultation), par)
    exiger_cle(cle)
    _exiger_entree(prenom, accord_publication, par)
    with transaction.atomic():
        if cle and (deja := Participant.objects.filter(consultation=consultation, cle=cle).first()):
            return deja
        exiger_forum_ouvert(consultation)
        adresse = None
        if empreinte:
            adresse = prendre_adresse(empreinte, consultation)
            if adresse.participant is not None:
                return adresse.participant
        elif par is None:
            _prendre(code, consultation)
        personne = inscrire(
            consultation=consultation,
            college=college,
            prenom=prenom,
            territoire=territoire,
            origine=origine,
            accord_publication=accord_publication,
            cle=cle,
            par=par,
        )
        if adresse is not None:
            adresse.participant = personne
            adresse.save(update_fields=["participant"])
        return personne


def _exiger_entree(prenom, accord_publication, par):
    exiger(not _UN_LIEN.search(prenom), "lien_dans_nom", _("Un prénom ne contient pas de lien."), champ="prenom")
    exiger(
        par is None or accord_publication is True,
        "consentement",
        _("Demandez à la personne si ses mots peuvent être publiés, puis cochez la case."),
        champ="accord",
    )


def exiger_forum_ouvert(consultation):
    """Raise Refus "forum_ferme" 409 unless the consultation takes people's words."""
    exiger(
        consultation.etat == Consultation.Etat.OUVERTE,
        "forum_ferme",
        _("Ce forum n’est pas ouvert. Vous pouvez lire ce qui s’y est dit."),
        statut=409,
    )


def _prendre(code, consultation):
    """Use a card up. Two devices at once: one row changes, for one of them."""
    exiger(
        code is not None and code.lot.consultation_id == consultation.pk,
        "code_faux",
        _("Ce code ne marche pas. Relisez votre carte : il n’y a ni lettre O, ni chiffre 0."),
        statut=404,
        champ="code",
    )
    if CodeDeCarte.objects.filter(pk=code.pk, servi=False).update(servi=True) != 1:
        raise carte_servie()


def carte_servie():
    """The Refus of a card that has let someone in already."""
    message = _(
        "Ce code a déjà servi. Une carte sert à une seule personne. "
        "C’était vous ? Entrez avec votre code personnel."
    )
    return Refus("code_servi", message, statut=409, champ="code")


def exiger_phase(consultation, nature, grace=GRACE):
    """Raise Refus "phase_fermee" 409 unless this phase is open, or has just closed."""
    exiger_forum_ouvert(consultation)
    phase = Phase.objects.filter(consultation=consultation, nature=nature).first()
    exiger(
        phase is not None and phase.est_ouverte(grace),
        "phase_fermee",
        _("Ce temps du forum n’est pas ouvert. Regardez le calendrier. Vos mots restent dans la case."),
        statut=409,
    )


def ouvrir_vote(*, consultation, par):
    """Put every piste of the forum to the vote, each shown proposition left alone made one; return the Scrutin.

    Evenings count: their pistes are in. Opening what is open changes nothing. Raises Refus "interdit" 403,
    "pas_un_forum" 409, and those of `ouvrir_scrutin`.
    """
    exiger_droit(lambda: regles.est_organisateur(par, consultation), par)
    with transaction.atomic():
        forum = _forum_verrouille(consultation)
        if forum.scrutin_id is None:
            semer_orphelines(espace=forum.espace, par=par, publiables=True)
            forum.scrutin = preparer_scrutin(
                espace=forum.espace,
                titre=str(forum.consultation),
                mode=Scrutin.Mode.ADHESION,
                pistes=list(Piste.objects.vivantes().filter(consultation=consultation)),
                par=par,
            )
            forum.save(update_fields=["scrutin"])
        return ouvrir_scrutin(scrutin=forum.scrutin, par=par)


def fermer_vote(*, consultation, par):
    """Close the forum's vote and proclaim it; return the Scrutin.

    Raises Refus as `clore_scrutin`, and "sans_vote" 409.
    """
    exiger_droit(lambda: regles.est_organisateur(par, consultation), par)
    with transaction.atomic():
        forum = _forum_verrouille(consultation)
        exiger(forum.scrutin_id is not None, "sans_vote", _("Ce forum n’a pas encore de vote."), statut=409)
        return clore_scrutin(scrutin=forum.scrutin, par=par)


def _forum_verrouille(consultation):
    forum = Forum.objects.select_for_update(of=("self",), no_key=True).filter(consultation=consultation).first()
    exiger(
        forum is not None, "pas_un_forum", _("Préparez d’abord le forum : sa question, ses règles."), statut=409
    )
    return forum


def voter_au_forum(*, consultation, participant, choix, cle="", appareil=""):
    """Cast someone's choices in the forum's vote, while its phase is open; return the Recu.

    `choix` is {piste id: 1 to 4}; 0 passes. Raises Refus as `exiger_phase`, "sans_vote" 409, and those of `voter`.
    """
    exiger_phase(consultation, Phase.Nature.VOTER)
    scrutin = consultation.forum.scrutin
    exiger(
        scrutin is not None,
        "sans_vote",
        _("Le vote s’ouvre dans un instant. Revenez dans une minute."),
        statut=409,
    )
    envoi = Envoi.lire(scrutin=scrutin, participant=participant, choix=choix, cle=cle, appareil=appareil)
    return guichet.deposer(voter_ensemble, envoi)


def regler_forum(*, forum, par, demandes=None):
    """Save the rules, delays and desks of a forum; return it. `demandes` and what it raises: see `enregistrer`."""
    return enregistrer(objet=forum, par=par, demandes=demandes)
