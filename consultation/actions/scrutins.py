"""Ballots: prepared, opened, closed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..decomptes.depouillement import depouiller
from ..lectures.listes import pistes_a_voter
from ..lectures.resultats import pistes_du_scrutin
from ..lectures.soutenues import pistes_soutenues
from ..models import Piste, Proclamation, Quorum, Scrutin
from ..textes import nettoyer_ligne
from .gardes import annoncer, exiger, exiger_droit, noter, verrouiller, verrouiller_pour_clore
from .secret import compter_les_places, poser_l_urne, vider_l_urne


def preparer_scrutin(
    *,
    espace,
    titre,
    mode="gommettes",
    gommettes=3,
    regle="personnes",
    seuil=50,
    quorum_gommettes=0,
    pistes=None,
    quorums=(),
    liste_close=False,
    resultats_attendent=False,
    precedent=None,
    secret=False,
    par,
):
    """Prepare a ballot and return it. `pistes` may be chosen later, or left to the opening (all living ones).

    `quorums`: objects or dicts with college, votants_min, part_min (%). `liste_close`: only those known before it
    opens may vote. `resultats_attendent`: see `montrer_resultats`. `precedent`: see `preparer_second_tour`.
    `secret`: see `urne.decider`. Raises Refus "interdit" 403, "titre_vide", "reglage" 422, "ailleurs" 422.
    """
    exiger_droit(lambda: regles.peut_animer(par, espace), par)
    titre = nettoyer_ligne(titre)
    exiger(titre and len(titre) <= 160, "titre_vide", _("Donnez un titre à ce vote."), champ="titre")
    reglages = {"mode": mode, "regle": regle, "seuil": seuil, "quorum_gommettes": quorum_gommettes}
    _verifier_reglages(gommettes=gommettes, secret=secret, **reglages)
    with transaction.atomic():
        scrutin = Scrutin.objects.create(
            consultation_id=espace.consultation_id,
            espace=espace,
            titre=titre,
            gommettes=gommettes,
            liste_close=bool(liste_close),
            resultats_attendent=bool(resultats_attendent),
            precedent=precedent,
            secret=bool(secret),
            **reglages,
        )
        _choisir_pistes(scrutin, pistes or ())
        _poser_quorums(scrutin, quorums)
        noter(verbe="preparer_scrutin", objet=scrutin, compte=par, details=_dits(scrutin, reglages))
        annoncer(espace.pk, "scrutin")
    return scrutin


def preparer_second_tour(*, scrutin, par):
    """Prepare a second vote, after discussion, on what a shown one was on: same pistes, same rules. Return it.

    Asked for twice, it is the same one. Its table tells the shift from the first: see `decomptes.secret`. Raises
    Refus "interdit" 403, "scrutin_pas_clos" (or not shown yet) 409, "dernier_tour", "sans_piste" 422.
    """
    exiger_droit(lambda: regles.peut_animer(par, scrutin.espace), par)
    with transaction.atomic():
        scrutin = verrouiller(scrutin)
        message = _("Montrez d’abord les résultats du premier tour.")
        exiger(scrutin.est_montre, "scrutin_pas_clos", message, statut=409)
        exiger(scrutin.precedent_id is None, "dernier_tour", _("Il n’y a pas de troisième tour."))
        if second := Scrutin.objects.filter(precedent=scrutin).first():
            return second
        debout = [piste for piste in pistes_du_scrutin(scrutin) if piste.etat != Piste.Etat.ECARTEE]
        exiger(debout, "sans_piste", _("Toutes les pistes de ce vote ont été écartées depuis."))
        return preparer_scrutin(
            espace=scrutin.espace,
            titre=_("Second tour : {titre}").format(titre=scrutin.titre)[:160],
            mode=scrutin.mode,
            gommettes=scrutin.gommettes,
            regle=scrutin.regle,
            seuil=scrutin.seuil,
            quorum_gommettes=scrutin.quorum_gommettes,
            pistes=debout,
            quorums=scrutin.quorums.all(),
            liste_close=scrutin.liste_close,
            resultats_attendent=scrutin.resultats_attendent,
            precedent=scrutin,
            secret=scrutin.secret,
            par=par,
        )


def _dits(scrutin, reglages):
    """What the journal keeps of a vote as it was prepared."""
    return {
        **reglages,
        "liste_close": scrutin.liste_close,
        "resultats_attendent": scrutin.resultats_attendent,
        **({"precedent": scrutin.precedent_id} if scrutin.precedent_id else {}),
        **({"secret": True} if scrutin.secret else {}),
    }


def _verifier_reglages(*, mode, gommettes, regle, seuil, quorum_gommettes, secret):
    a_haute_voix = _("Une objection se lit à voix haute : un vote par consentement ne peut pas être secret.")
    for permis, message, champ in (
        (mode in Scrutin.Mode.values, _("Choisissez une façon de voter."), "mode"),
        (regle in Scrutin.Regle.values, _("Choisissez une règle."), "regle"),
        (1 <= gommettes <= 20, _("De 1 à 20 gommettes par personne."), "gommettes"),
        (0 <= seuil <= 100, _("Le seuil va de 0 à 100 %."), "seuil"),
        (quorum_gommettes >= 0, _("Le quorum ne peut pas être négatif."), "quorum_gommettes"),
        (not secret or mode != Scrutin.Mode.CONSENTEMENT, a_haute_voix, "secret"),
    ):
        exiger(permis, "reglage", message, champ=champ)


def _choisir_pistes(scrutin, pistes):
    for piste in pistes:
        exiger(
            piste.consultation_id == scrutin.consultation_id,
            "ailleurs",
            _("Une de ces pistes vient d’une autre consultation."),
            champ="pistes",
        )
    scrutin.pistes.set(pistes)


def _poser_quorums(scrutin, quorums):
    for quorum in quorums:
        lu = quorum if isinstance(quorum, dict) else vars(quorum)
        college_id = lu["college"].pk if lu.get("college") else lu.get("college_id")
        exiger(
            scrutin.consultation.colleges.filter(pk=college_id).exists(),
            "college_inconnu",
            _("Ce collège n’est pas de cette consultation."),
            champ="quorums",
        )
        part = int(lu.get("part_min") or 0)
        exiger(0 <= part <= 100, "reglage", _("Une part va de 0 à 100 %."), champ="quorums")
        Quorum.objects.create(
            scrutin=scrutin, college_id=college_id, votants_min=int(lu.get("votants_min") or 0), part_min=part
        )


def ouvrir_scrutin(*, scrutin, par):
    """Open a ballot and return it; with no piste chosen, it takes the list of its espace, or its own pistes.

    Opening an open ballot changes nothing. Raises Refus "interdit" 403, "scrutin_clos" 409, "sans_piste" and
    "trop_de_pistes" (secret, classement), "trop_peu_de_pistes" (classement) 422.
    """
    exiger_droit(lambda: regles.peut_animer(par, scrutin.espace), par)
    with transaction.atomic():
        scrutin = verrouiller(scrutin)
        if scrutin.etat == Scrutin.Etat.OUVERT:
            return scrutin
        exiger(
            scrutin.etat == Scrutin.Etat.PREPARE,
            "scrutin_clos",
            _("Ce vote est clos. Préparez-en un autre."),
            statut=409,
        )
        if not scrutin.pistes.exists():
            scrutin.pistes.set(pistes_a_voter(scrutin.espace))
        exiger(
            scrutin.pistes.exists(),
            "sans_piste",
            _("Il n’y a pas encore de piste. Regroupez d’abord les propositions."),
        )
        if scrutin.mode == Scrutin.Mode.CLASSEMENT:
            compter_les_places(scrutin)
        if scrutin.secret:
            poser_l_urne(scrutin)
        scrutin.etat, scrutin.ouvert_le = Scrutin.Etat.OUVERT, timezone.now()
        scrutin.save(update_fields=["etat", "ouvert_le", "places"])
        noter(verbe="ouvrir_scrutin", objet=scrutin, compte=par, details={"pistes": scrutin.pistes.count()})
        annoncer(scrutin.espace_id, "scrutin")
    return scrutin


def clore_scrutin(*, scrutin, par, attendre=False):
    """Close a ballot: what may be shown of it is decided now, and kept. Return it. Closing twice changes nothing.

    The pistes it kept are marked as kept, unless its results wait (its settings, or `attendre`): see
    `montrer_resultats`.

    Raises Refus "interdit" 403, "scrutin_pas_ouvert" 409.
    """
    exiger_droit(lambda: regles.peut_animer(par, scrutin.espace), par)
    with transaction.atomic():
        etats = (Scrutin.Etat.OUVERT, Scrutin.Etat.CLOS)
        scrutin, ouvert = verrouiller_pour_clore(
            scrutin, etats, "scrutin_pas_ouvert", _("Ce vote n’est pas ouvert.")
        )
        if not ouvert:
            return scrutin
        scrutin.etat, scrutin.clos_le = Scrutin.Etat.CLOS, timezone.now()
        scrutin.resultats_attendent |= attendre
        scrutin.save(update_fields=["etat", "clos_le", "resultats_attendent"])
        tableau = depouiller(scrutin)
        Proclamation.objects.create(scrutin=scrutin, tableau=tableau, version=tableau["version"])
        if scrutin.secret:
            vider_l_urne(scrutin)
        details = {"bulletins": scrutin.bulletins.count(), "retenues": _retenir_les_soutenues(scrutin)}
        noter(verbe="clore_scrutin", objet=scrutin, compte=par, details=details)
        annoncer(scrutin.espace_id, "scrutin")
    return scrutin


def montrer_resultats(*, scrutin, par):
    """Show the results of a closed vote that were waiting, and mark the pistes it kept as kept. Return it.

    Showing what is shown changes nothing. Raises Refus "interdit" 403, "scrutin_pas_clos" 409.
    """
    exiger_droit(lambda: regles.peut_animer(par, scrutin.espace), par)
    with transaction.atomic():
        scrutin = verrouiller(scrutin)
        exiger(
            scrutin.etat == Scrutin.Etat.CLOS,
            "scrutin_pas_clos",
            _("Ce vote n’est pas clos. Fermez-le d’abord."),
            statut=409,
        )
        if scrutin.est_montre:
            return scrutin
        scrutin.montres_le = timezone.now()
        scrutin.save(update_fields=["montres_le"])
        details = {"retenues": _retenir_les_soutenues(scrutin)}
        noter(verbe="montrer_resultats", objet=scrutin, compte=par, details=details)
        annoncer(scrutin.espace_id, "scrutin")
    return scrutin


def _retenir_les_soutenues(scrutin):
    """Mark as kept what a shown vote kept; return their numbers. A person may say otherwise afterwards.

    What a first round kept and its second does not is no longer kept.
    """
    gardees = pistes_soutenues(scrutin)
    if scrutin.precedent_id:
        depassees = pistes_soutenues(scrutin.precedent) - gardees
        Piste.objects.filter(pk__in=depassees, etat=Piste.Etat.RETENUE).update(etat=Piste.Etat.BROUILLON)
    soutenues = Piste.objects.vivantes().filter(pk__in=gardees).exclude(etat=Piste.Etat.RETENUE)
    numeros = sorted(soutenues.values_list("numero", flat=True))
    soutenues.update(etat=Piste.Etat.RETENUE)
    return numeros
