"""Ballots: prepared, opened, filled in, closed. Tallies are kept with each vote, in its transaction."""

from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..decomptes import Familles, compter, valeur_de_famille
from ..erreurs import Refus
from ..models import Bulletin, Decompte, Piste, Quorum, Scrutin, Voix
from ..textes import nettoyer_ligne
from .journal import annoncer, exiger, exiger_cle, exiger_droit, noter, verrouiller

GOMMETTES, ADHESION = Scrutin.Mode.GOMMETTES, Scrutin.Mode.ADHESION
DEGRES = 4


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
    par,
):
    """Prepare a ballot and return it. `pistes` may be chosen later, or left to the opening (all living ones).

    `quorums`: objects or dicts with college, votants_min, part_min (%). Raises Refus "interdit" 403, "titre_vide",
    "reglage" 422, "ailleurs" 422.
    """
    exiger_droit(lambda: regles.peut_animer(par, espace), par)
    titre = nettoyer_ligne(titre)
    exiger(titre and len(titre) <= 160, "titre_vide", _("Donnez un titre à ce vote."), champ="titre")
    exiger(mode in Scrutin.Mode.values, "reglage", _("Choisissez une façon de voter."), champ="mode")
    exiger(regle in Scrutin.Regle.values, "reglage", _("Choisissez une règle."), champ="regle")
    exiger(1 <= gommettes <= 20, "reglage", _("De 1 à 20 gommettes par personne."), champ="gommettes")
    exiger(0 <= seuil <= 100, "reglage", _("Le seuil va de 0 à 100 %."), champ="seuil")
    exiger(quorum_gommettes >= 0, "reglage", _("Le quorum ne peut pas être négatif."), champ="quorum_gommettes")
    with transaction.atomic():
        scrutin = Scrutin.objects.create(
            consultation_id=espace.consultation_id,
            espace=espace,
            titre=titre,
            mode=mode,
            gommettes=gommettes,
            regle=regle,
            seuil=seuil,
            quorum_gommettes=quorum_gommettes,
        )
        _choisir_pistes(scrutin, pistes or ())
        _poser_quorums(scrutin, quorums)
        noter(
            verbe="preparer_scrutin",
            objet=scrutin,
            compte=par,
            details={"mode": mode, "regle": regle, "seuil": seuil, "quorum_gommettes": quorum_gommettes},
        )
        annoncer(espace.pk, "scrutin")
    return scrutin


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
    """Open a ballot; with no piste chosen, all living pistes of its espace are put to the vote. Return it.

    Raises Refus "interdit" 403, "scrutin_clos" 409, "sans_piste" 422. Opening an open ballot changes nothing.
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
            scrutin.pistes.set(Piste.objects.filter(espace_id=scrutin.espace_id).vivantes())
        exiger(
            scrutin.pistes.exists(),
            "sans_piste",
            _("Il n’y a pas encore de piste. Regroupez d’abord les propositions."),
        )
        scrutin.etat, scrutin.ouvert_le = Scrutin.Etat.OUVERT, timezone.now()
        scrutin.save(update_fields=["etat", "ouvert_le"])
        noter(verbe="ouvrir_scrutin", objet=scrutin, compte=par, details={"pistes": scrutin.pistes.count()})
        annoncer(scrutin.espace_id, "scrutin")
    return scrutin


def clore_scrutin(*, scrutin, par):
    """Close a ballot: its results may now be shown. Return it. Closing a closed one changes nothing.

    Raises Refus "interdit" 403, "scrutin_pas_ouvert" 409.
    """
    exiger_droit(lambda: regles.peut_animer(par, scrutin.espace), par)
    with transaction.atomic():
        scrutin = verrouiller(scrutin)
        if scrutin.etat == Scrutin.Etat.CLOS:
            return scrutin
        exiger(
            scrutin.etat == Scrutin.Etat.OUVERT, "scrutin_pas_ouvert", _("Ce vote n’est pas ouvert."), statut=409
        )
        scrutin.etat, scrutin.clos_le = Scrutin.Etat.CLOS, timezone.now()
        scrutin.save(update_fields=["etat", "clos_le"])
        noter(verbe="clore_scrutin", objet=scrutin, compte=par, details={"bulletins": scrutin.bulletins.count()})
        annoncer(scrutin.espace_id, "scrutin")
    return scrutin


def voter(*, scrutin, participant, choix, cle=""):
    """Write someone's choices and return their Bulletin. The same `cle` again changes nothing.

    `choix` is {piste id: value}: dots placed (0 to `scrutin.gommettes`), or 1 to 4 in adhésion; 0 withdraws.
    Only the pistes named are replaced. Raises Refus: "interdit" and "efface" 403; "scrutin_clos", "piste_jointe"
    409; "piste_inconnue", "trop_de_gommettes" 422; "choix_invalide", "cle_longue" 400.
    """
    exiger_cle(cle)
    choix = lire_choix(choix)
    with transaction.atomic():
        urne = Urne(verrouiller(scrutin))
        bulletin, ecarts = _ecrire_bulletin(urne, participant, choix, cle)
        _ajouter(urne.scrutin, ecarts)
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


def _ecrire_bulletin(urne, participant, choix, cle):
    """Write one ballot in the caller's transaction; return (Bulletin, {(root, college, value): ±voters}).

    The tally is left to the caller, who may add up many ballots before writing it.
    """
    scrutin = urne.scrutin
    _verifier_voteur(scrutin, participant)
    bulletin = Bulletin.objects.filter(scrutin=scrutin, participant=participant).first()
    if bulletin and cle and bulletin.cle == cle:
        return bulletin, Counter()
    exiger(scrutin.etat == Scrutin.Etat.OUVERT, "scrutin_clos", _("Ce vote n’est pas ouvert."), statut=409)
    for piste_id, valeur in choix.items():
        urne.verifier_piste(piste_id)
        _verifier_valeur(scrutin, valeur)
    college_id = bulletin.college_id if bulletin else participant.college_id
    siennes = defaultdict(dict)
    for voix in Voix.objects.filter(scrutin=scrutin, participant=participant):
        siennes[urne.familles.racine(voix.piste_id)][voix.piste_id] = voix
    ecarts, a_ecrire, a_retirer = _changements(urne, siennes, choix, college_id)
    for voix in a_ecrire:
        voix.participant = participant
    _enregistrer_voix(a_ecrire, a_retirer)
    bulletin = bulletin or Bulletin(scrutin=scrutin, participant=participant, college_id=college_id)
    bulletin.cle = cle
    bulletin.save()
    noter(verbe="voter", objet=scrutin, participant=participant, details={"pistes": len(choix)})
    return bulletin, ecarts


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


def _ajouter(scrutin, ecarts):
    """Add differences to the tally: two queries, whatever the number of votes stored."""
    ecarts = {cle: n for cle, n in ecarts.items() if n}
    if not ecarts:
        return
    lignes = [
        Decompte(scrutin=scrutin, piste_id=piste, college_id=college, valeur=valeur)
        for piste, college, valeur in ecarts
    ]
    Decompte.objects.bulk_create(lignes, ignore_conflicts=True)
    cas = {cle: Q(piste_id=cle[0], college_id=cle[1], valeur=cle[2]) for cle in ecarts}
    ou = Q()
    for condition in cas.values():
        ou |= condition
    Decompte.objects.filter(ou, scrutin=scrutin).update(
        votants=F("votants")
        + Case(
            *(When(cas[cle], then=Value(n)) for cle, n in ecarts.items()),
            default=Value(0),
            output_field=IntegerField(),
        )
    )


def attendus(scrutin, familles=None):
    """Return the tally that the stored votes make, as `decomptes.compter` does. 2 queries."""
    familles = familles or Familles.de(scrutin.consultation_id)
    voix = Voix.objects.filter(scrutin=scrutin).values_list(
        "participant_id", "piste_id", "college_id", "valeur", "modifie_le", "pk"
    )
    return compter(scrutin.mode, voix.iterator(), familles)


def recompter(scrutin, familles=None):
    """Write the tally of one scrutin anew from its votes. Inside the caller's transaction."""
    total = attendus(scrutin, familles)
    Decompte.objects.filter(scrutin=scrutin).delete()
    Decompte.objects.bulk_create(
        Decompte(scrutin=scrutin, piste_id=piste, college_id=college, valeur=valeur, votants=n)
        for (piste, college, valeur), n in total.items()
    )


def corriger_decompte(*, scrutin, par, motif=""):
    """Write a tally anew from its votes, after something other than an act has touched it; return the Scrutin.

    Raises Refus "interdit" 403.
    """
    exiger_droit(lambda: regles.est_organisateur(par, scrutin.consultation), par)
    with transaction.atomic():
        scrutin = verrouiller(scrutin)
        recompter(scrutin)
        noter(verbe="corriger_decompte", objet=scrutin, compte=par, motif=motif)
        annoncer(scrutin.espace_id, "votes")
    return scrutin


def recompter_pour(consultation_id, pistes):
    """Recount the scrutins in which someone voted on one of `pistes`, or on a piste of the same family."""
    familles = Familles.de(consultation_id)
    concernees = set().union(*(familles.membres(familles.racine(pk)) for pk in pistes), pistes)
    scrutins = Scrutin.objects.filter(
        pk__in=Voix.objects.filter(piste__in=concernees).values("scrutin_id")
    ).select_for_update(no_key=True)
    for scrutin in scrutins.order_by("pk"):
        recompter(scrutin, familles)
        annoncer(scrutin.espace_id, "votes")
