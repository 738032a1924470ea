"""Votes: one ballot at a time, or many through the same inner function; the tally in the same transaction."""

from collections import Counter, defaultdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..decomptes import Familles, valeur_de_famille
from ..erreurs import Refus
from ..models import Bulletin, Piste, Scrutin, Voix
from .comptage import ajouter_au_decompte
from .journal import annoncer, exiger, exiger_cle, noter, verrouiller

GOMMETTES, ADHESION = Scrutin.Mode.GOMMETTES, Scrutin.Mode.ADHESION
DEGRES = 4
AVANCE = 60_000  # ms by which a phone's idea of the time may be ahead of ours


def voter(*, scrutin, participant, choix, cle="", ordre=None):
    """Write someone's choices and return their Bulletin. The same `cle` again changes nothing.

    `choix` is {piste id: value}: dots placed (0 to `scrutin.gommettes`), or 1 to 4 in adhésion; 0 withdraws.
    Only the pistes named are replaced. `ordre`: when the choice was made, ms since 1970 as the sender tells it; on
    each piste the choice made last counts, in whatever order they arrive. None: made now.
    Raises Refus: "interdit" and "efface" 403; "scrutin_clos", "piste_jointe" 409; "piste_inconnue",
    "trop_de_gommettes" 422; "choix_invalide", "cle_longue" 400.
    """
    exiger_cle(cle)
    choix = lire_choix(choix)
    with transaction.atomic():
        urne = Urne(verrouiller(scrutin))
        bulletin, ecarts = _ecrire_bulletin(urne, participant, choix, cle, ordre)
        ajouter_au_decompte(urne.scrutin, ecarts)
        annoncer(urne.scrutin.espace_id, "votes")
    return bulletin


def lire_choix(choix):
    """Return {int: int} from what a form or a phone sent. Raises Refus "choix_invalide" 400."""
    try:
        return {_entier(piste): _entier(valeur) for piste, valeur in choix.items()}
    except (AttributeError, TypeError, ValueError) as erreur:
        message = _("Ce bulletin n’est pas lisible. Rechargez la page.")
        raise Refus("choix_invalide", message, statut=400) from erreur


def _entier(valeur):
    """An int, or a str of plain digits; anything else (True, 1.5, "½", "-1") is a ValueError."""
    if isinstance(valeur, str) and valeur.isascii() and valeur.isdigit() and len(valeur) < 19:
        return int(valeur)
    if type(valeur) is int:
        return valeur
    raise ValueError(valeur)


class Urne:
    """What every ballot of one scrutin needs, read once: its pistes, who is joined into whom, what is set aside.

    Made inside the transaction; 2 queries. A writer of many ballots makes one and fills it many times.
    """

    def __init__(self, scrutin):
        self.scrutin = scrutin
        lignes = list(
            Piste.objects.filter(consultation_id=scrutin.consultation_id).values_list(
                "pk", "numero", "fusionnee_dans_id", "etat"
            )
        )
        self.familles = Familles({pk: jointe for pk, _numero, jointe, _etat in lignes})
        self.numeros = {pk: numero for pk, numero, _jointe, _etat in lignes}
        ecartees = {pk for pk, _numero, _jointe, etat in lignes if etat == Piste.Etat.ECARTEE}
        choisies = scrutin.pistes.through.objects.filter(scrutin=scrutin).values_list("piste_id", flat=True)
        self.racines = {self.familles.racine(pk) for pk in choisies} - ecartees

    def verifier_piste(self, piste_id):
        if piste_id in self.racines:
            return
        racine = self.familles.racine(piste_id)
        if racine != piste_id and racine in self.racines:
            message = _("La piste n° {numero} a été jointe à la n° {autre}. Votez sur la n° {autre}.")
            message = message.format(numero=self.numeros[piste_id], autre=self.numeros[racine])
            raise Refus("piste_jointe", message, statut=409)
        raise Refus("piste_inconnue", _("Cette piste n’est pas dans ce vote. Rechargez la page."), statut=422)


def _ecrire_bulletin(urne, participant, choix, cle, ordre=None):
    """Write one ballot in the caller's transaction; return (Bulletin, {(root, college, value): ±voters}).

    The tally is left to the caller, who may add up many ballots before writing it.
    """
    scrutin = urne.scrutin
    _verifier_voteur(scrutin, participant)
    bulletin = Bulletin.objects.filter(scrutin=scrutin, participant=participant).first()
    if bulletin and _deja_dedans(bulletin, choix, cle, ordre):
        return bulletin, Counter()
    exiger(scrutin.etat == Scrutin.Etat.OUVERT, "scrutin_clos", _("Ce vote n’est pas ouvert."), statut=409)
    for piste_id, valeur in choix.items():
        urne.verifier_piste(piste_id)
        _verifier_valeur(scrutin, valeur)
    bulletin = bulletin or Bulletin(scrutin=scrutin, participant=participant, college_id=participant.college_id)
    ordre = _ordre_retenu(bulletin, ordre)
    choix = {piste: valeur for piste, valeur in choix.items() if not _depasse(bulletin, piste, ordre)}
    siennes = defaultdict(dict)
    for voix in Voix.objects.filter(scrutin=scrutin, participant=participant):
        siennes[urne.familles.racine(voix.piste_id)][voix.piste_id] = voix
    ecarts, a_ecrire, a_retirer = _changements(urne, siennes, choix, bulletin.college_id)
    for voix in a_ecrire:
        voix.participant = participant
    _enregistrer_voix(a_ecrire, a_retirer)
    bulletin.cle = cle
    bulletin.ordres = {**bulletin.ordres, **dict.fromkeys(map(str, choix), ordre)}
    bulletin.save()
    noter(verbe="voter", objet=scrutin, participant=participant, details={"pistes": len(choix)})
    return bulletin, ecarts


def deja_recu(*, scrutin_id, participant, choix, cle="", ordre=None):
    """Return the Bulletin that already holds this act, sent again, or None: the vote may have closed meanwhile."""
    bulletin = Bulletin.objects.filter(scrutin=scrutin_id, participant=participant).first()
    return bulletin if bulletin and _deja_dedans(bulletin, choix, cle, ordre) else None


def _deja_dedans(bulletin, choix, cle, ordre):
    """Whether this act was already counted, or each of its choices replaced since by one made later."""
    if cle and bulletin.cle == cle:
        return True
    return ordre is not None and bool(choix) and all(_depasse(bulletin, piste, ordre) for piste in choix)


def _depasse(bulletin, piste_id, ordre):
    return ordre <= bulletin.ordres.get(str(piste_id), 0)


def _ordre_retenu(bulletin, ordre):
    """A plain form does not say when it was filled: it is the latest. A clock far ahead must not shut others out."""
    maintenant = int(timezone.now().timestamp() * 1000)
    if ordre is None:
        return max([maintenant, *(dernier + 1 for dernier in bulletin.ordres.values())])
    return min(ordre, maintenant + AVANCE)


def _verifier_voteur(scrutin, participant):
    exiger(
        participant.consultation_id == scrutin.consultation_id,
        "interdit",
        _("Vous n’êtes pas inscrit à cette consultation."),
        statut=403,
    )
    exiger(
        participant.efface_le is None, "efface", _("Vos données ont été effacées. Entrez à nouveau."), statut=403
    )


def _verifier_valeur(scrutin, valeur):
    plafond = scrutin.gommettes if scrutin.mode == GOMMETTES else DEGRES
    if valeur < 0 or (valeur > plafond and scrutin.mode == ADHESION):
        raise Refus("choix_invalide", _("Ce choix n’existe pas. Rechargez la page."), statut=400)
    if valeur > plafond:
        _trop_de_gommettes(scrutin, valeur)


def _trop_de_gommettes(scrutin, posees):
    message = _("Vous avez {n} gommettes. Vous en avez posé {posees}. Retirez-en.")
    raise Refus("trop_de_gommettes", message.format(n=scrutin.gommettes, posees=posees))


def _changements(urne, siennes, choix, college_id):
    """Return (tally differences, Voix to write, Voix to remove), after checking the dots of the whole ballot."""
    scrutin = urne.scrutin
    avant = {racine: _valeur(scrutin, voix.values()) for racine, voix in siennes.items()}
    apres = {racine: valeur for racine, valeur in {**avant, **choix}.items() if racine in urne.racines}
    if scrutin.mode == GOMMETTES and sum(apres.values()) > scrutin.gommettes:
        _trop_de_gommettes(scrutin, sum(apres.values()))
    ecarts, a_ecrire, a_retirer = Counter(), [], []
    for racine, valeur in choix.items():
        ancienne = avant.get(racine, 0)
        if valeur == ancienne:
            continue
        if ancienne:
            ecarts[racine, college_id, ancienne] -= 1
        if valeur:
            ecarts[racine, college_id, valeur] += 1
        neuves, vieilles = _voix_de_famille(scrutin, racine, siennes[racine], valeur, college_id)
        a_ecrire += neuves
        a_retirer += vieilles
    return ecarts, a_ecrire, a_retirer


def _valeur(scrutin, voix):
    return valeur_de_famille(scrutin.mode, [(v.valeur, v.modifie_le, v.pk) for v in voix])


def _voix_de_famille(scrutin, racine, siennes, valeur, college_id):
    """Return (to write, to remove) so that the voter holds `valeur` on a family.

    Votes they had cast on joined pistes stay there as long as the new choice allows: undoing the join then finds
    them. Withdrawing, or asking for fewer dots than those, speaks for the whole family.
    """
    jointes = [v for pk, v in siennes.items() if pk != racine]
    dessus = siennes.get(racine)
    reste = valeur
    if scrutin.mode == GOMMETTES and valeur >= sum(v.valeur for v in jointes):
        reste = valeur - sum(v.valeur for v in jointes)
        jointes = []
    elif scrutin.mode == ADHESION and valeur:
        jointes = []
    if not reste:
        return [], [*jointes, *([dessus] if dessus else [])]
    dessus = dessus or Voix(scrutin=scrutin, piste_id=racine)
    dessus.valeur, dessus.college_id, dessus.modifie_le = reste, college_id, timezone.now()
    return [dessus], jointes


def _enregistrer_voix(a_ecrire, a_retirer):
    if a_retirer:
        Voix.objects.filter(pk__in=[v.pk for v in a_retirer]).delete()
    changees = [v for v in a_ecrire if v.pk is not None]
    if neuves := [v for v in a_ecrire if v.pk is None]:
        Voix.objects.bulk_create(neuves)
    if changees:
        Voix.objects.bulk_update(changees, ["valeur", "college", "modifie_le"])
