"""The rules of one ballot: who may cast it, on what, and what it changes. Reads the scrutin; writes nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ..decomptes import Familles, rangs, valeur_de_famille
from ..erreurs import Refus
from ..models import Bulletin, Piste, Scrutin, Voix
from ..requetes import Prete
from .envois import Recu
from .gardes import exiger, exiger_participant
from .secret import DEGRES, signature

GOMMETTES, ADHESION, CONSENTEMENT = Scrutin.Mode.GOMMETTES, Scrutin.Mode.ADHESION, Scrutin.Mode.CONSENTEMENT
CLASSEMENT = Scrutin.Mode.CLASSEMENT
INSTANT = timedelta(microseconds=1)
_CHAMPS = ("id", "numero", "fusionnee_dans_id", "etat")
AVANCE = 60_000  # ms by which a phone's idea of the time may be ahead of ours


@dataclass(frozen=True)
class Decision:
    """What a ballot changes: tally differences {(root, college, value): ±voters}, votes to write and to remove.

    `deja`: it was already counted, and changes nothing.
    """

    recu: Recu
    choix: dict = field(default_factory=dict)
    ecarts: Counter = field(default_factory=Counter)
    a_ecrire: list = field(default_factory=list)
    a_retirer: list = field(default_factory=list)
    deja: bool = False


_au_vote = Prete(
    lambda scrutin, pistes: (
        Scrutin.pistes.through.objects.filter(scrutin=scrutin, piste__in=pistes)
        .order_by()
        .values_list(*(f"piste__{champ}" for champ in _CHAMPS))
    )
)


class Urne:
    """What ballots of one scrutin need, read once: the pistes they name, what is joined, what is set aside.

    `nommees`: ids of the pistes that ballots name or that their voters had chosen. Made inside the transaction, in
    one query as long as each is put to the vote itself and joined into no other; in three otherwise.
    """

    def __init__(self, scrutin, nommees):
        self.scrutin = scrutin
        lignes = _au_vote(scrutin.pk, tuple(nommees))
        choisies = {pk for pk, *_reste in lignes}
        if choisies != nommees or any(jointe is not None for _pk, _numero, jointe, _etat in lignes):
            # A vote on what was joined counts for what stands, and any of a family puts it to the vote.
            toutes = Piste.objects.filter(consultation_id=scrutin.consultation_id).order_by()
            lignes = list(toutes.values_list(*_CHAMPS))
            choisies = set(scrutin.pistes.order_by().values_list("pk", flat=True))
        self.familles = Familles({pk: jointe for pk, _numero, jointe, _etat in lignes})
        self.numeros = {pk: numero for pk, numero, _jointe, _etat in lignes}
        ecartees = {pk for pk, _numero, _jointe, etat in lignes if etat == Piste.Etat.ECARTEE}
        self.racines = {self.familles.racine(pk) for pk in choisies} - ecartees

    def ranger(self, voix):
        """Return someone's votes by the piste that stands for each family: {root: {piste: Voix}}."""
        siennes = defaultdict(dict)
        for une in voix:
            siennes[self.familles.racine(une.piste_id)][une.piste_id] = une
        return siennes

    def verifier_piste(self, piste_id):
        if piste_id in self.racines:
            return
        racine = self.familles.racine(piste_id)
        if racine != piste_id and racine in self.racines:
            message = _("La piste n° {numero} a été jointe à la n° {autre}. Votez sur la n° {autre}.")
            message = message.format(numero=self.numeros[piste_id], autre=self.numeros[racine])
            raise Refus("piste_jointe", message, statut=409)
        raise Refus("piste_inconnue", _("Cette piste n’est pas dans ce vote. Rechargez la page."), statut=422)


def decider(urne, envoi, bulletin, voix):
    """Return the Decision of a ballot. Raises Refus; touches no base.

    `bulletin`: the voter's own in this scrutin, or None; `voix`: their votes in it.
    """
    scrutin = urne.scrutin
    _verifier_voteur(scrutin, envoi.participant)
    if scrutin.secret:
        return _decider_en_secret(urne, envoi, bulletin)
    siennes = urne.ranger(voix)
    avant = {racine: _valeur(scrutin, posees.values()) for racine, posees in siennes.items()}
    cachees = {racine for racine, v in siennes.items() if not choisi_par(envoi.appareil, scrutin.mode, v.values())}
    if bulletin and deja_dedans(bulletin, envoi.choix, envoi.cle, envoi.ordre):
        return Decision(_recu(scrutin, bulletin, avant, cachees, envoi.choix), deja=True)
    exiger(scrutin.etat == Scrutin.Etat.OUVERT, "scrutin_clos", _("Ce vote n’est pas ouvert."), statut=409)
    _verifier_choix(urne, envoi)
    bulletin = bulletin or Bulletin(
        scrutin=scrutin, participant=envoi.participant, college_id=envoi.participant.college_id
    )
    ordre = _ordre_retenu(bulletin, envoi.ordre)
    demande = _demande(urne, envoi, siennes, cachees)
    choix = {piste: valeur for piste, valeur in demande.items() if not _depasse(bulletin, piste, ordre)}
    if scrutin.mode == GOMMETTES and (cachees & urne.racines) - choix.keys():
        choix = {}
    if scrutin.mode == CLASSEMENT and ordre <= dernier_ordre(bulletin):
        choix = {}
    ecarts, a_ecrire, a_retirer = _changements(urne, siennes, avant, choix, bulletin.college_id, cachees)
    for une in a_ecrire:
        une.participant, une.appareil = envoi.participant, envoi.appareil
    bulletin.cle, bulletin.depose_le = envoi.cle, timezone.now()
    bulletin.ordres = {**bulletin.ordres, **dict.fromkeys(map(str, choix), ordre)}
    apres = {racine: valeur for racine, valeur in {**avant, **choix}.items() if valeur}
    recu = _recu(scrutin, bulletin, apres, cachees - choix.keys(), demande)
    return Decision(recu, choix, ecarts, a_ecrire, a_retirer)


def _demande(urne, envoi, siennes, cachees):
    """What a ballot asks for: {root: value}, with what it takes back."""
    if urne.scrutin.mode == GOMMETTES:
        # Dots are counted together: another device's are taken back, or the limit would tell where they are;
        # and if those were placed later, these are what is left aside, whole.
        return {**dict.fromkeys(cachees & urne.racines, 0), **envoi.choix}
    if urne.scrutin.mode == CLASSEMENT:  # an order is whole: it replaces another, wherever that one was made
        return {**dict.fromkeys(siennes, 0), **rangs.ecrire(envoi.choix)}
    return envoi.choix


def _decider_en_secret(urne, envoi, bulletin):
    """The Decision of a secret ballot: a signature, which holds nothing of `choix`, and a ballot for the box.

    One ballot each, for good: nobody knows which to take back. Sent again, with the same key, it is already in.
    """
    scrutin = urne.scrutin
    if bulletin and deja_signe(bulletin, envoi.cle):
        return Decision(Recu(bulletin, {}), deja=True)
    message = _(
        "Vous avez déjà voté. Dans un vote secret, on vote une seule fois : votre premier bulletin compte."
    )
    exiger(bulletin is None, "deja_vote", message, statut=409)
    exiger(scrutin.etat == Scrutin.Etat.OUVERT, "scrutin_clos", _("Ce vote n’est pas ouvert."), statut=409)
    _verifier_choix(urne, envoi)
    if scrutin.mode == GOMMETTES and sum(envoi.choix.values()) > scrutin.gommettes:
        _trop_de_gommettes(scrutin, sum(envoi.choix.values()))
    signe = Bulletin(scrutin=scrutin, participant=envoi.participant, college_id=envoi.participant.college_id)
    signe.cle = signature(scrutin.pk, envoi.participant.pk, envoi.cle)
    signe.depose_le = timezone.now()
    return Decision(Recu(signe, {}), rangs.ecrire(envoi.choix) if scrutin.mode == CLASSEMENT else envoi.choix)


def choisi_par(appareil, mode, voix):
    """Whether what someone holds on a family is this device's own choice: all of it, or its latest answer."""
    if mode in (GOMMETTES, CLASSEMENT):
        return all(une.appareil == appareil for une in voix)
    return max(voix, key=lambda une: (une.modifie_le, une.pk)).appareil == appareil


def _recu(scrutin, bulletin, voix, cachees, choix):
    montrees = {racine: choisi(scrutin.mode, n) for racine, n in voix.items() if racine not in cachees}
    ailleurs = bool(cachees) if scrutin.mode == CLASSEMENT else not cachees.isdisjoint(choix)
    return Recu(bulletin, montrees, ailleurs)


def choisi(mode, valeur):
    """What a voter is told of the value they hold: of an order, the place."""
    return rangs.place_de(valeur) if mode == CLASSEMENT else valeur


def deja_dedans(bulletin, choix, cle, ordre):
    """Whether this act was already counted, or each of its choices replaced since by one made later."""
    if cle and bulletin.cle == cle:
        return True
    return ordre is not None and bool(choix) and all(_depasse(bulletin, piste, ordre) for piste in choix)


def deja_signe(bulletin, cle):
    """Whether a secret ballot sent with this key is the one that was signed for."""
    return bool(cle) and bulletin.cle == signature(bulletin.scrutin_id, bulletin.participant_id, cle)


def _depasse(bulletin, piste_id, ordre):
    return ordre <= bulletin.ordres.get(str(piste_id), 0)


def _ordre_retenu(bulletin, ordre):
    """A plain form does not say when it was filled: it is the latest. A clock far ahead shuts nobody out.

    Nor does ours, stepped back: what was made after the last choice we hold still comes after it.
    """
    maintenant, suivant = int(timezone.now().timestamp() * 1000), dernier_ordre(bulletin) + 1
    if ordre is None:
        return max(maintenant, suivant)
    return min(ordre, max(maintenant + AVANCE, suivant))


def dernier_ordre(bulletin):
    """The order of the last choice that a Bulletin, or None, holds; 0 without any. Other devices go on from it."""
    return max(bulletin.ordres.values(), default=0) if bulletin else 0


def _verifier_voteur(scrutin, participant):
    exiger_participant(participant, scrutin.consultation_id)
    exiger(
        not scrutin.est_ferme_a(participant),
        "liste_close",
        _("Ce vote est réservé aux personnes arrivées avant son ouverture."),
        statut=403,
    )


def _verifier_choix(urne, envoi):
    for piste_id, valeur in envoi.choix.items():
        urne.verifier_piste(piste_id)
        _verifier_valeur(urne.scrutin, valeur, envoi.objecte)
    places = [place for place in envoi.choix.values() if place]
    exiger(
        urne.scrutin.mode != CLASSEMENT or len(places) == len(set(places)),
        "meme_place",
        _("Deux pistes ont la même place. Donnez une place différente à chacune."),
    )


def _verifier_valeur(scrutin, valeur, objecte=False):
    if scrutin.mode == CONSENTEMENT:
        exiger(
            objecte or valeur != Voix.OBJECTION, "raison_vide", _("Une objection demande une raison. Écrivez-la.")
        )
        permises = (0, Voix.CONSENT, Voix.OBJECTION)
        exiger(valeur in permises, "choix_invalide", _("Ce choix n’existe pas. Rechargez la page."), statut=400)
        return
    plafond = {GOMMETTES: scrutin.gommettes, CLASSEMENT: rangs.PISTES_MAX}.get(scrutin.mode, DEGRES)
    if valeur < 0 or (valeur > plafond and scrutin.mode != GOMMETTES):
        raise Refus("choix_invalide", _("Ce choix n’existe pas. Rechargez la page."), statut=400)
    if valeur > plafond:
        _trop_de_gommettes(scrutin, valeur)


def _trop_de_gommettes(scrutin, posees):
    message = _("Vous avez {n} gommettes. Vous en avez posé {posees}. Retirez-en.")
    raise Refus("trop_de_gommettes", message.format(n=scrutin.gommettes, posees=posees))


def _changements(urne, siennes, avant, choix, college_id, cachees):
    """Return (tally differences, Voix to write, Voix to remove), after checking the dots of the whole ballot.

    `cachees`: roots on which another device chose; the same value chosen again is then this one's to see.
    """
    scrutin = urne.scrutin
    apres = {racine: valeur for racine, valeur in {**avant, **choix}.items() if racine in urne.racines}
    if scrutin.mode == GOMMETTES and sum(apres.values()) > scrutin.gommettes:
        _trop_de_gommettes(scrutin, sum(apres.values()))
    ecarts, a_ecrire, a_retirer = Counter(), [], []
    for racine, valeur in choix.items():
        ancienne = avant.get(racine, 0)
        if valeur == ancienne and racine not in cachees and scrutin.mode != CLASSEMENT:
            continue
        if ancienne and valeur != ancienne:
            ecarts[racine, college_id, ancienne] -= 1
        if valeur and valeur != ancienne:
            ecarts[racine, college_id, valeur] += 1
        entiere = racine in cachees and scrutin.mode == GOMMETTES
        neuves, vieilles = _voix_de_famille(scrutin, racine, siennes[racine], valeur, college_id, entiere)
        a_ecrire += neuves
        a_retirer += vieilles
    return ecarts, a_ecrire, a_retirer


def _valeur(scrutin, voix):
    return valeur_de_famille(scrutin.mode, [(v.valeur, v.modifie_le, v.pk) for v in voix])


def _voix_de_famille(scrutin, racine, siennes, valeur, college_id, entiere=False):
    """Return (to write, to remove) so that the voter holds `valeur` on a family.

    Votes they had cast on joined pistes stay there as long as the new choice allows: undoing the join then finds
    them. Withdrawing, or asking for fewer dots than those, speaks for the whole family; so does `entiere`, and an
    order: a place of one and a place of another are never mixed.
    """
    jointes = [v for pk, v in siennes.items() if pk != racine]
    dessus = siennes.get(racine)
    reste = valeur
    if scrutin.mode == GOMMETTES and not entiere and valeur >= sum(v.valeur for v in jointes):
        reste = valeur - sum(v.valeur for v in jointes)
        jointes = []
    elif scrutin.mode in (ADHESION, CONSENTEMENT) and valeur:
        jointes = []
    if not reste:
        return [], [*jointes, *([dessus] if dessus else [])]
    dessus = dessus or Voix(scrutin=scrutin, piste_id=racine)
    # The latest of the family, even if our clock was stepped back since.
    apres = max((v.modifie_le + INSTANT for v in siennes.values()), default=timezone.now())
    dessus.valeur, dessus.college_id, dessus.modifie_le = reste, college_id, max(apres, timezone.now())
    return [dessus], jointes
