"""What people say, and what is shown of it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from .. import regles
from ..analyse import relecture
from ..erreurs import Refus
from ..models import Consultation, Participant, Proposition
from ..textes import nettoyer, nettoyer_ligne
from .gardes import (
    annoncer,
    exiger,
    exiger_axe,
    exiger_cle,
    exiger_college,
    exiger_droit,
    exiger_participant,
    noter,
    verrouiller,
)
from .mots import cles_de, suivre

MODERATION = Proposition.Moderation
SIGNES = {
    "court": gettext_lazy("très court"),
    "telephone": gettext_lazy("contient un numéro"),
    "courriel": gettext_lazy("contient une adresse"),
    "prenom": gettext_lazy("cite un prénom"),
    "doute": gettext_lazy("peut-être un prénom"),
    "crie": gettext_lazy("en majuscules"),
    "repete": gettext_lazy("lettres répétées"),
}


def deposer_proposition(
    *,
    espace,
    participant=None,
    college=None,
    texte,
    nature="piste",
    axe=None,
    cle="",
    origine="telephone",
    origine_note="",
    par=None,
):
    """Keep someone's words as they wrote them and return the proposition; the same `cle` gives the same one.

    A paper card comes with `par` (who types it in) and `college`; its participant is optional.
    Raises Refus: "interdit" 403, "efface" 403, "cle_prise" 409, "consultation_close" 409, "vide" 422, "long" 422,
    "college_inconnu" 422, "axe_inconnu" 422, "nature_inconnue" and "origine_inconnue" 400.
    """
    auteur = _qui_parle(espace, participant, college, par)
    exiger_cle(cle)
    champs = _champs_proposition(espace, auteur, texte, nature, axe, origine, origine_note, par)
    with transaction.atomic():
        if cle and (deja := _deja_recue(espace, participant, cle)):
            return deja
        exiger(
            espace.consultation.etat != Consultation.Etat.CLOSE,
            "consultation_close",
            _("Cette consultation est terminée. Vos idées ne peuvent plus être reçues ici."),
            statut=409,
        )
        proposition, creee = _creer(espace, participant, cle, champs)
        if not creee:
            return proposition
        recue = {"espace": espace.pk, "origine": proposition.origine, "moderation": proposition.moderation}
        verbe = "deposer_proposition"
        noter(verbe=verbe, objet=proposition, compte=par, participant=participant, details=recue)
        annoncer(espace.pk, "propositions")
    return proposition


def _creer(espace, participant, cle, champs):
    """Return (Proposition, True once inserted). False: a twin request has won the race by the unique key."""
    try:
        with transaction.atomic():
            return Proposition.objects.create(
                consultation_id=espace.consultation_id, espace=espace, auteur=participant, cle=cle, **champs
            ), True
    except IntegrityError:
        if cle and (deja := _deja_recue(espace, participant, cle)):
            return deja, False
        raise


def _qui_parle(espace, participant, college, par):
    """Check who speaks and return the college they speak as."""
    exiger(participant is not None or par is not None, "anonyme", _("Entrez d’abord dans l’atelier."), statut=403)
    exiger_droit(lambda: regles.peut_voir_console(par, espace), par)
    if participant is not None:
        exiger_participant(participant, espace.consultation_id)
        return college or participant.college
    exiger(
        college is not None and college.consultation_id == espace.consultation_id,
        "college_inconnu",
        _("Dites de quel collège vient cette carte."),
        champ="college",
    )
    return college


def _champs_proposition(espace, college, texte, nature, axe, origine, origine_note, par):
    exiger(
        nature in Proposition.Nature.values, "nature_inconnue", _("Cette sorte d’idée n’existe pas."), statut=400
    )
    exiger(origine in Proposition.Origine.values, "origine_inconnue", _("Cette origine n’existe pas."), statut=400)
    exiger_college(college, espace.consultation_id)
    exiger_axe(axe, espace.consultation_id)
    texte, note = texte_net(texte, limite_de(espace, origine)), _note_nette(origine_note)
    moderation, signalement = relecture_voulue(espace.consultation, texte, par)
    return {
        "college": college,
        "axe": axe,
        "nature": nature,
        "texte": texte,
        "origine": origine,
        "origine_note": note,
        "saisie_par": par,
        "moderation": moderation,
        "signalement": signalement,
    }


def limite_de(espace, origine):
    """An answer to a grille may be longer than what is typed in a room; it is kept whole."""
    if origine == Proposition.Origine.GRILLE:
        return Proposition._meta.get_field("texte").max_length
    return espace.consultation.longueur_max


def texte_net(texte, limite):
    texte = nettoyer(texte)
    exiger(texte, "vide", _("Écrivez votre idée avant de l’envoyer."), champ="texte")
    exiger(
        len(texte) <= limite,
        "long",
        _("Votre texte compte {n} signes. Gardez-en {limite} au plus.").format(n=len(texte), limite=limite),
        champ="texte",
    )
    return texte


def _note_nette(note):
    note = nettoyer_ligne(note)
    exiger(
        len(note) <= 120,
        "note_longue",
        _("Cette note est trop longue : 120 signes au plus."),
        champ="origine_note",
    )
    return note


def signes_en_mots(signes):
    """The signs of `analyse.relecture` as they are kept: in French, whoever wrote; `signes_dits` reads them."""
    with override("fr"):
        return ", ".join(str(SIGNES[signe]) for signe in signes)[:120]


def relecture_voulue(consultation, texte, par):
    """Whether to read before showing, and why. A card typed by the team has already been read.

    A doubt is shown to whoever leads and holds nothing back: anyone could call themself "Travail".
    """
    if consultation.relecture == Consultation.Relecture.AUCUNE or par is not None:
        return MODERATION.AFFICHEE, ""
    signes = relecture.signes(texte, Participant.objects.prenoms_dans(consultation.pk, texte))
    signalement = signes_en_mots(signes)
    if {*signes} - {"doute"} or consultation.relecture == Consultation.Relecture.TOUTES:
        return MODERATION.A_RELIRE, signalement
    return MODERATION.AFFICHEE, signalement


def _deja_recue(espace, participant, cle):
    deja = Proposition.objects.filter(consultation_id=espace.consultation_id, cle=cle).first()
    if deja is None:
        return None
    exiger(
        deja.auteur_id == getattr(participant, "pk", None),
        "cle_prise",
        _("Cet envoi a déjà été reçu d’un autre appareil. Envoyez à nouveau."),
        statut=409,
    )
    return deja


def relire_proposition(*, proposition, decision, motif="", par):
    """Show a proposition ("afficher") or set it aside ("ecarter"). Its words do not change. Return it.

    Setting aside one that a piste has gathered is refused: take it out of the piste first.
    Raises Refus "interdit" 403, "decision_inconnue" 400, "deja_regroupee" 409.
    """
    exiger_droit(lambda: regles.peut_animer(par, proposition.espace), par)
    etats = {"afficher": MODERATION.AFFICHEE, "ecarter": MODERATION.ECARTEE}
    exiger(decision in etats, "decision_inconnue", _("Choisissez d’afficher ou d’écarter."), statut=400)
    with transaction.atomic():
        proposition = verrouiller(proposition)
        if decision == "ecarter" and proposition.piste_id:
            message = _("Cette proposition est dans la piste n° {numero}. Défaites d’abord ce regroupement.")
            raise Refus("deja_regroupee", message.format(numero=proposition.piste.numero), statut=409)
        avant = proposition.moderation
        proposition.moderation = etats[decision]
        proposition.motif = nettoyer_ligne(motif)[:300]
        proposition.signalement = ""  # someone has looked
        proposition.save(update_fields=["moderation", "motif", "signalement"])
        noter(
            verbe="relire_proposition",
            objet=proposition,
            compte=par,
            details={"avant": avant, "apres": proposition.moderation},
            motif=proposition.motif,
        )
        annoncer(proposition.espace_id, "propositions")
    return proposition


def masquer_passages(*, proposition, passages, par):
    """Hide spans of a proposition when it is shown (a name, a number); the words kept do not change.

    `passages` is [[start, end), …] in characters of `texte`; overlaps are joined; [] shows everything again.
    Raises Refus "interdit" 403, "passage_invalide" 422.
    """
    exiger_droit(lambda: regles.peut_animer(par, proposition.espace), par)
    with transaction.atomic():
        proposition = verrouiller(proposition)
        avant = cles_de(proposition)
        proposition.masques = passages_joints(passages, len(proposition.texte))
        proposition.save(update_fields=["masques"])
        suivre(avant, proposition)
        noter(verbe="masquer_passages", objet=proposition, compte=par, details={"passages": proposition.masques})
        annoncer(proposition.espace_id, "propositions")
    return proposition


def passages_joints(passages, longueur):
    """Return spans of a text in order, overlaps joined. Raises Refus "passage_invalide" 422."""
    joints = []
    for passage in sorted(_passages_lus(passages, longueur)):
        if joints and passage[0] <= joints[-1][1]:
            joints[-1][1] = max(joints[-1][1], passage[1])
        else:
            joints.append(passage)
    return joints


def _passages_lus(passages, longueur):
    for passage in passages:
        try:
            debut, fin = (int(borne) for borne in passage)
        except (TypeError, ValueError):
            debut, fin = 0, 0
        exiger(
            0 <= debut < fin <= longueur,
            "passage_invalide",
            _("Choisissez un passage du texte."),
            champ="passages",
        )
        yield [debut, fin]
