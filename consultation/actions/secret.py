"""The box of a secret ballot: put on the table, filled without a trace of who filled it, emptied."""

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ..decomptes import Familles, rangs
from ..decomptes.scelles import Urne, sceller, urne_de
from ..models import Piste, Scrutin, UrneScellee
from .gardes import exiger, verrouiller

#: A secret ballot is cast at one go, and so is an order: it holds on one screen of a phone.
PISTES_MAX = 18
DEGRES = 4


def poser_l_urne(scrutin):
    """Put an empty box on the table, at the opening. Raises Refus "trop_de_pistes" 422.

    Whoever joins pistes at this instant waits, then finds the vote open: see `exiger_hors_vote_secret`.
    """
    verrouiller(scrutin.consultation)
    debout = _debout(scrutin)
    message = _("Un vote secret se fait en une fois : {max} pistes au plus. Il y en a {n}. Regroupez-en.")
    exiger(len(debout) <= PISTES_MAX, "trop_de_pistes", message.format(max=PISTES_MAX, n=len(debout)))
    colleges = scrutin.consultation.colleges.values_list("pk", flat=True)
    vide = Urne.vide(colleges, debout, _valeurs(scrutin))
    UrneScellee.objects.create(scrutin=scrutin, comptes=sceller(scrutin.pk, vide))


def _valeurs(scrutin):
    """All that a ballot can hold on a piste."""
    if scrutin.mode == Scrutin.Mode.CLASSEMENT:
        return rangs.VALEURS
    return range(1, 1 + (scrutin.gommettes if scrutin.mode == Scrutin.Mode.GOMMETTES else DEGRES))


def compter_les_places(scrutin):
    """Set, at the opening of a ranking, which first places count: an order is made at one go too.

    Raises Refus "trop_peu_de_pistes", "trop_de_pistes" 422.
    """
    n = len(_debout(scrutin))
    peu = _("Pour classer, il faut au moins deux pistes. Ajoutez-en une.")
    exiger(n > 1, "trop_peu_de_pistes", peu)
    message = _("Un classement se fait en une fois : {max} pistes au plus. Il y en a {n}. Regroupez-en.")
    exiger(n <= PISTES_MAX, "trop_de_pistes", message.format(max=PISTES_MAX, n=n))
    scrutin.places = rangs.places_qui_comptent(n)


def _debout(scrutin):
    """The ids of the pistes that stand for those put to the vote."""
    familles = Familles.de(scrutin.consultation_id)
    racines = {familles.racine(pk) for pk in scrutin.pistes.values_list("pk", flat=True)}
    return set(Piste.objects.vivantes().filter(pk__in=racines).values_list("pk", flat=True))


def glisser_dans_l_urne(scrutin, decisions):
    """Count ballots that were just signed for, at once: two queries. The scrutin is locked."""
    if not decisions:
        return
    urne = urne_de(scrutin)
    for decision in decisions:
        urne.glisser(decision.recu.bulletin.college_id, decision.choix)
    UrneScellee.objects.filter(scrutin=scrutin).update(comptes=sceller(scrutin.pk, urne))


def vider_l_urne(scrutin):
    """Leave nothing of the ballots but what may be published of them, made just before."""
    UrneScellee.objects.filter(scrutin=scrutin).delete()


def signature(scrutin_id, participant_id, cle):
    """Return the key of a secret ballot as its signature keeps it, "" without one.

    The key that a phone sends is made of what was chosen too: kept as it is, it would tell it.
    """
    if not cle:
        return ""
    return salted_hmac(
        "consultation.signature", f"{scrutin_id}:{participant_id}:{cle}", algorithm="sha256"
    ).hexdigest()


def exiger_hors_vote_secret(consultation_id, pistes):
    """Raise a 409 when one of `pistes`, or of its family, is in a secret ballot that is open.

    Its ballots cannot be told apart any more, so they cannot follow a piste that is joined or set aside.
    """
    en_cours = Scrutin.objects.filter(consultation=consultation_id, etat=Scrutin.Etat.OUVERT, secret=True)
    if not en_cours.exists():
        return
    familles = Familles.de(consultation_id)
    famille = set().union(*(familles.membres(familles.racine(pk)) for pk in pistes), pistes)
    exiger(
        not en_cours.filter(pistes__in=famille).exists(),
        "vote_secret_en_cours",
        _("Un vote secret est ouvert sur cette piste. Fermez d’abord le vote."),
        statut=409,
    )
