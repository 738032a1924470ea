"""Votes on paper: numbered sheets printed, keyed in once each, taken back. They count as any other ballot."""

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..decomptes import Familles, rangs
from ..lectures.papier import pas_sur_papier, pistes_a_imprimer
from ..models import BulletinPapier, College, LotDeBulletins, Participant, Piste, Scrutin
from .comptage import recompter
from .feuilles import lire_choix_ecrits, lire_entete, refus_de_saisie
from .gardes import annoncer, exiger, exiger_cle, exiger_college, exiger_droit, noter, verrouiller
from .votes import voter

BULLETINS_MAX = 300


def preparer_bulletins(*, scrutin, nombre, format="a5", college=None, par):
    """Number a lot of paper ballots, to be printed, and return it; numbers go on from the lot before.

    `college`: theirs alone; None: it is a box to tick. Raises Refus "interdit" 403, "pas_sur_papier" and
    "scrutin_clos" 409, "nombre", "format", "college_inconnu" and "sans_piste" 422.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, scrutin.espace), par)
    message = _("De 1 à {n} bulletins à la fois.").format(n=BULLETINS_MAX)
    exiger(1 <= nombre <= BULLETINS_MAX, "nombre", message, champ="nombre")
    exiger(format in LotDeBulletins.Format.values, "format", _("Choisissez une taille."), champ="format")
    if college is not None:
        exiger_college(college, scrutin.consultation_id)
    with transaction.atomic():
        scrutin = verrouiller(scrutin)
        _exiger_sur_papier(scrutin)
        message = _("Ce vote est clos : on n’imprime plus de bulletins.")
        exiger(scrutin.etat != Scrutin.Etat.CLOS, "scrutin_clos", message, statut=409)
        pistes = [piste.pk for piste in pistes_a_imprimer(scrutin)]
        exiger(pistes, "sans_piste", _("Il n’y a pas encore de piste. Regroupez d’abord les propositions."))
        suivant = scrutin.lots.aggregate(n=Max(F("premier") + F("nombre")))["n"] or 1
        lot = LotDeBulletins.objects.create(
            scrutin=scrutin, college=college, premier=suivant, nombre=nombre, format=format, pistes=pistes
        )
        details = {"premier": lot.premier, "dernier": lot.dernier}
        noter(verbe="preparer_bulletins", objet=scrutin, compte=par, details=details)
    return lot


def saisir_bulletin(*, scrutin, saisie, cle="", par):
    """Key in one sheet, as `feuilles` reads it, and return its BulletinPapier; the same `cle` gives the same one.

    It is the ballot of a participant without a name. Only while the vote is open: what is published of it is
    decided once, at the closing. What was joined since the printing counts for what stands. Raises Refus
    "interdit" 403, "pas_sur_papier", "scrutin_clos" and "deja_saisi" 409, "bulletin_illisible" and those of
    `voter` 422.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, scrutin.espace), par)
    exiger_cle(cle)
    with transaction.atomic():
        scrutin = verrouiller(scrutin)
        colleges = list(College.objects.filter(consultation=scrutin.consultation_id))
        numero, rang, reste = lire_entete(saisie, colleges)
        deja = BulletinPapier.objects.filter(scrutin=scrutin, numero=numero).select_related("bulletin").first()
        if deja and cle and deja.bulletin.cle == cle:
            return deja
        _exiger_sur_papier(scrutin)
        message = _("Ce vote n’est pas ouvert. Un bulletin se saisit entre l’ouverture et la fermeture du vote.")
        exiger(scrutin.etat == Scrutin.Etat.OUVERT, "scrutin_clos", message, statut=409)
        _exiger_neuf(numero, deja)
        college = _college(scrutin, numero, colleges[rang] if rang is not None else None)
        choix = _choix(scrutin, lire_choix_ecrits(reste, scrutin), numero)
        personne = Participant.objects.create(
            consultation_id=scrutin.consultation_id,
            college=college,
            origine=Participant.Origine.BULLETIN,
            code_personnel=None,
        )
        bulletin = voter(scrutin=scrutin, participant=personne, choix=choix, cle=cle)
        papier = BulletinPapier.objects.create(scrutin=scrutin, numero=numero, bulletin=bulletin)
        noter(verbe="saisir_bulletin", objet=scrutin, compte=par, details={"bulletin": numero})
    return papier


def retirer_bulletin(*, papier, par):
    """Take back a sheet keyed in by mistake, with its votes: it may be keyed in again. Return its number.

    Raises Refus "interdit" 403, "scrutin_clos" 409.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, papier.scrutin.espace), par)
    with transaction.atomic():
        scrutin = verrouiller(papier.scrutin)
        message = _("Ce vote n’est pas ouvert : ses bulletins ne se retirent plus.")
        exiger(scrutin.etat == Scrutin.Etat.OUVERT, "scrutin_clos", message, statut=409)
        noter(verbe="retirer_bulletin", objet=scrutin, compte=par, details={"bulletin": papier.numero})
        Participant.objects.filter(bulletins__papier=papier).delete()
        recompter(scrutin)
        annoncer(scrutin.espace_id, "votes")
    return papier.numero


def _exiger_sur_papier(scrutin):
    raison = pas_sur_papier(scrutin)
    exiger(not raison, "pas_sur_papier", raison, statut=409)


def _exiger_neuf(numero, deja):
    if deja:
        message = _(
            "Le bulletin n° {n} est déjà saisi, à {heure}. Relisez le numéro ; s’il est bon, mettez-le à part."
        )
        heure = timezone.localtime(deja.saisi_le).strftime("%H:%M")
        raise refus_de_saisie(message.format(n=numero, heure=heure), "deja_saisi", 409)


def _college(scrutin, numero, tape):
    """The college of a sheet: that of its lot, or the one typed."""
    lots = scrutin.lots.filter(premier__lte=numero, premier__gt=numero - F("nombre")).select_related("college")
    lot = lots.first()
    if lot is None:
        message = _("Aucun bulletin n° {n} n’a été imprimé pour ce vote. Relisez le numéro.")
        raise refus_de_saisie(message.format(n=numero))
    if lot.college and tape and lot.college != tape:
        message = _("Le bulletin n° {n} est du collège « {college} ». Tapez le numéro sans lettre.")
        raise refus_de_saisie(message.format(n=numero, college=lot.college.nom_court))
    if lot.college is None and tape is None:
        message = _("Il manque le collège. Tapez sa lettre après le numéro, par exemple {n}a.")
        raise refus_de_saisie(message.format(n=numero))
    return lot.college or tape


def _choix(scrutin, lus, numero_du_bulletin):
    """{piste that stands: value} from [(number printed, value)]. Dots add up; two degrees are refused.

    Of two pistes ranked and joined since, the best place is kept, as for any ballot.
    """
    if not lus:
        message = _("Le bulletin n° {n} n’a aucun choix. Une feuille vide ne se saisit pas : mettez-la à part.")
        raise refus_de_saisie(message.format(n=numero_du_bulletin))
    par_numero, votees = _pistes_du_vote(scrutin)
    choix, tapes = {}, set()
    for numero, valeur in lus:
        racine = par_numero.get(numero)
        if racine not in votees:
            message = _("La piste n° {n} n’est pas dans ce vote. Relisez le numéro, ou ne la tapez pas.")
            raise refus_de_saisie(message.format(n=numero), "piste_inconnue")
        _ajouter(scrutin, choix, racine, numero, valeur, encore=numero in tapes)
        tapes.add(numero)
    _exiger_assez_de_points(scrutin, numero_du_bulletin, choix)
    _exiger_assez_de_places(scrutin, choix)
    return choix


def _pistes_du_vote(scrutin):
    """({number of a piste: the one that stands for it}, those put to the vote)."""
    familles = Familles.de(scrutin.consultation_id)
    votees = {familles.racine(pk) for pk in scrutin.pistes.values_list("pk", flat=True)}
    toutes = Piste.objects.filter(consultation=scrutin.consultation_id).order_by()
    par_numero = {numero: familles.racine(pk) for numero, pk in toutes.values_list("numero", "pk")}
    return par_numero, votees - set(toutes.filter(etat=Piste.Etat.ECARTEE).values_list("pk", flat=True))


def _ajouter(scrutin, choix, racine, numero, valeur, *, encore):
    """Put one choice read in `choix`; `encore`: its number was typed already."""
    if scrutin.mode == Scrutin.Mode.GOMMETTES:
        choix[racine] = choix.get(racine, 0) + valeur
    elif racine not in choix:
        choix[racine] = valeur
    elif scrutin.mode != Scrutin.Mode.CLASSEMENT:
        message = _("La piste n° {n} a deux réponses. Gardez-en une, ou ne tapez rien pour elle.")
        raise refus_de_saisie(message.format(n=numero))
    elif encore:
        message = _("La piste n° {n} est tapée deux fois. Relisez le bulletin, et gardez sa première place.")
        raise refus_de_saisie(message.format(n=numero))


def _exiger_assez_de_points(scrutin, numero, choix):
    if scrutin.mode == Scrutin.Mode.GOMMETTES and sum(choix.values()) > scrutin.gommettes:
        message = _(
            "Le bulletin n° {n} porte {poses} gommettes, et chaque personne en a {total}. Relisez-le. S’il est "
            "bien ainsi, il ne compte pas : mettez-le à part."
        )
        texte = message.format(n=numero, poses=sum(choix.values()), total=scrutin.gommettes)
        raise refus_de_saisie(texte, "trop_de_gommettes")


def _exiger_assez_de_places(scrutin, choix):
    if scrutin.mode == Scrutin.Mode.CLASSEMENT and len(choix) > rangs.PISTES_MAX:
        message = _("On classe {max} pistes au plus. Relisez le bulletin, et tapez les {max} premières.")
        raise refus_de_saisie(message.format(max=rangs.PISTES_MAX), "trop_de_places")
