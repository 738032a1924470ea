"""Votes: any number of ballots in one transaction, with their tallies and journal. The rules are in `urne`."""

from collections import Counter, defaultdict

from django.db import transaction
from django.utils import translation

from ..erreurs import Refus
from ..models import Bulletin, Voix
from ..requetes import PreteEnObjets, inserer, recrire
from .comptage import ajouter_au_decompte
from .envois import Envoi, Recu
from .gardes import annoncer, noter_ensemble, verrouiller
from .secret import glisser_dans_l_urne
from .urne import Urne, decider, deja_dedans, deja_signe


def voter(*, scrutin, participant, choix, cle="", ordre=None, appareil=""):
    """Write someone's choices and return their Bulletin. The same `cle` again changes nothing.

    `choix` is {piste id: value}: dots placed (0 to `scrutin.gommettes`), 1 to 4 in adhésion, a place from 1 to 5
    in a ranking; 0 withdraws. Only the pistes named are replaced; an order is replaced whole. `ordre`: when the
    choice was made, ms since 1970 as the sender tells it; on each piste the choice made last counts, in whatever
    order they arrive. None: made now. Raises Refus: "interdit" and "efface" 403; "scrutin_clos", "piste_jointe"
    409; "piste_inconnue", "trop_de_gommettes", "meme_place" 422; "deja_vote" (secret) 409; "choix_invalide",
    "cle_longue" 400.
    """
    envoi = Envoi.lire(
        scrutin=scrutin, participant=participant, choix=choix, cle=cle, ordre=ordre, appareil=appareil
    )
    (rendu,) = voter_ensemble([envoi])
    if isinstance(rendu, Refus):
        raise rendu
    return rendu.bulletin


def voter_ensemble(envois):
    """Write many ballots (`Envoi`) in one transaction. Return, in their order, the Recu of each or its Refus.

    Queries per scrutin, not per ballot, as long as nobody sends two. A refused ballot leaves the others alone; any
    other error is raised, and then nothing at all was written.
    """
    par_scrutin = defaultdict(list)
    for envoi in envois:
        par_scrutin[envoi.scrutin.pk].append(envoi)
    rendus = {}
    with transaction.atomic(savepoint=False):  # an error is raised to whoever opened the transaction
        for _pk, siens in sorted(par_scrutin.items()):  # always the same order: writers never wait in a circle
            rendus |= _remplir(verrouiller(siens[0].scrutin), siens)
    return [rendus[envoi] for envoi in envois]


def deja_recu(*, scrutin_id, participant, choix, cle="", ordre=None):
    """Return the Bulletin that already holds this act, sent again, or None: the vote may have closed meanwhile."""
    bulletin = Bulletin.objects.filter(scrutin=scrutin_id, participant=participant).first()
    dedans = bulletin and (deja_dedans(bulletin, choix, cle, ordre) or deja_signe(bulletin, cle))
    return bulletin if dedans else None


def _remplir(scrutin, envois):
    """Write the ballots of one scrutin. Return {envoi: Recu or Refus}."""
    rendus, ecarts, urne, signes = {}, Counter(), None, []
    for tour in _tours(envois):
        bulletins, voix = _deja_ecrits(scrutin, tour)
        # Everyone is in the first round: what they had chosen, and what they now name, is all that is looked at.
        urne = urne or Urne(scrutin, {piste for envoi in envois for piste in envoi.choix} | _pistes_de(voix))
        decisions = _juger(urne, tour, bulletins, voix, rendus)
        _enregistrer(decisions)
        _noter(scrutin, decisions)
        for decision in decisions:
            ecarts.update(decision.ecarts)
        signes += decisions
    if scrutin.secret:
        glisser_dans_l_urne(scrutin, signes)
    ajouter_au_decompte(scrutin, ecarts)
    if any(isinstance(rendu, Recu) for rendu in rendus.values()):
        annoncer(scrutin.espace_id, "votes")
    return rendus


def _tours(envois):
    """Split ballots so that nobody is twice in a round: the second is judged on what the first wrote."""
    tours, rangs = [], Counter()
    for envoi in envois:
        rang = rangs[envoi.participant.pk]
        rangs[envoi.participant.pk] += 1
        if rang == len(tours):
            tours.append([])
        tours[rang].append(envoi)
    return tours


_voix, _bulletins = (
    PreteEnObjets(m, lambda scrutin, gens, m=m: m.objects.filter(scrutin=scrutin, participant__in=gens).order_by())
    for m in (Voix, Bulletin)
)


def _deja_ecrits(scrutin, envois):
    """Return ({participant: Bulletin}, {participant: [Voix]}) of who sends. One query; two if any voted before."""
    gens, voix = tuple(envoi.participant.pk for envoi in envois), defaultdict(list)
    bulletins = {bulletin.participant_id: bulletin for bulletin in _bulletins(scrutin.pk, gens)}
    for une in _voix(scrutin.pk, tuple(bulletins)):  # nobody has a vote without its ballot
        voix[une.participant_id].append(une)
    return bulletins, voix


def _pistes_de(voix):
    return {une.piste_id for siennes in voix.values() for une in siennes}


def _juger(urne, envois, bulletins, voix, rendus):
    """Put each ballot's Recu or Refus into `rendus`; return the Decisions to write. No query."""
    decisions = []
    for envoi in envois:
        qui = envoi.participant.pk
        try:
            with translation.override(envoi.langue):
                decision = decider(urne, envoi, bulletins.get(qui), voix[qui])
        except Refus as refus:
            rendus[envoi] = refus
            continue
        decision.recu.bulletin.participant = envoi.participant  # known here: nobody has to read it again
        rendus[envoi] = decision.recu
        if not decision.deja:
            decisions.append(decision)
    return decisions


def _enregistrer(decisions):
    _garder([d.recu.bulletin for d in decisions], "cle", "ordres", "depose_le")
    _garder([une for d in decisions for une in d.a_ecrire], "valeur", "college", "appareil", "modifie_le")
    if a_retirer := [une.pk for d in decisions for une in d.a_retirer]:
        Voix.objects.filter(pk__in=a_retirer).delete()


def _garder(lignes, *champs):
    recrire([ligne for ligne in lignes if ligne.pk is not None], *champs)
    inserer([ligne for ligne in lignes if ligne.pk is None])


def _noter(scrutin, decisions):
    """That they voted, and no more: of two pistes put to the vote, "2 pistes" says which."""
    noter_ensemble(
        {
            "verbe": "voter",
            "objet": scrutin,
            "participant": decision.recu.bulletin.participant,
        }
        for decision in decisions
    )
