"""The screens of a phone on which one votes, reads one's vote back, and sees what came of it.

Each takes the `Cadre` of `ecrans`.
"""

from collections import defaultdict
from operator import itemgetter

from consultation import lectures as lectures_consultation
from consultation.actions.urne import choisi, choisi_par, dernier_ordre
from consultation.decomptes import Familles, rangs, valeur_de_famille
from consultation.models import Bulletin, Piste, Scrutin, Voix
from consultation.requetes import PreteEnObjets
from consultation.textes import entier

from ..direct import cadres
from ..lectures import bulletins
from . import mots

_bulletin, _siennes = (
    PreteEnObjets(m, lambda scrutin, qui, m=m: m.objects.filter(scrutin=scrutin, participant=qui).order_by())
    for m in (Bulletin, Voix)
)


def voter(cadre):
    scrutin = cadre.courante.scrutin
    if scrutin is None or scrutin.etat != Scrutin.Etat.OUVERT:
        return "entre_deux", derniers_resultats(cadre)
    if scrutin.est_ferme_a(cadre.participant):
        return "vote_reserve", {}
    familles = Familles.de(scrutin.consultation_id)
    voix, ailleurs = _voix(scrutin, cadre, familles)
    choix = voix | cadre.choix
    bulletin = next(iter(_bulletin(scrutin.pk, cadre.participant.pk)), None)
    debout = bulletins.debout(scrutin, familles)
    fenetre = bulletins.ouvrir(
        scrutin,
        debout,
        tour=bulletins.tour_de(cadre.participant.pk),
        vues=set() if ailleurs else _vues(bulletin, familles),
        demande=cadre.demande,
        gardees=list(cadre.choix) if cadre.refus else (),
    )
    donnees = {
        "scrutin": scrutin,
        "fenetre": fenetre,
        "ailleurs": ailleurs,
        "ordre": dernier_ordre(bulletin),
        "regle": lectures_consultation.regle_du_scrutin(scrutin),
        **_ce_qui_tient(scrutin, voix, debout),
    }
    donnees["objections"] = lectures_consultation.objections(scrutin, cadre.participant, cadre.appareil)
    if scrutin.secret and bulletin is not None:
        return "bulletin_depose", donnees
    if cadre.refus is None and bulletin is not None and not _vote_encore(cadre.demande, fenetre):
        return "vote_fait", {**donnees, "bulletins": _posees(scrutin, fenetre, voix, debout)}
    donnees["bulletins"] = [(piste, choix.get(piste.pk)) for piste in fenetre.pistes]
    if scrutin.mode == Scrutin.Mode.CONSENTEMENT:
        return _consentir(cadre, donnees, debout)
    if scrutin.mode == Scrutin.Mode.ADHESION:
        return "accord", {**donnees, "degres": mots.DEGRES}
    if scrutin.mode == Scrutin.Mode.CLASSEMENT:
        return "classement", {**donnees, "places": range(1, min(rangs.PISTES_MAX, fenetre.total) + 1)}
    return "gommettes", donnees | _a_poser(scrutin, fenetre, choix, debout)


def _a_poser(scrutin, fenetre, choix, debout):
    """How many dots may be placed on the pistes of this page: all but those already elsewhere."""
    ici = {piste.pk for piste in fenetre.pistes}
    disponibles = scrutin.gommettes - sum(n for pk, n in choix.items() if pk in debout and pk not in ici)
    restantes = max(0, disponibles - sum(choix.get(pk) or 0 for pk in ici))
    return {"disponibles": disponibles, "valeurs": range(max(0, disponibles) + 1), "restantes": restantes}


def _vote_encore(demande, fenetre):
    """Whether someone who has voted is shown the ballot: they asked for it, or for what is left of a long one."""
    reste = fenetre.longue and fenetre.faites < fenetre.total
    return bool(demande.get("voter") or demande.get("objecter")) or bool(demande.get("suite") and reste)


def _consentir(cadre, donnees, debout):
    """The ballot of a vote by consent, or the page where a reason is written."""
    visee = entier(cadre.demande.get("objecter", ""))
    if visee in debout:
        mienne = next((o.raison for o in donnees["objections"] if o.piste == visee), "")
        piste = Piste.objects.get(pk=visee)
        return "objecter", {**donnees, "piste": piste, "raison": cadre.raison or mienne}
    return "consentement", {**donnees, "degres": mots.CONSENTEMENTS}


def _vues(bulletin, familles):
    """The pistes one has answered or passed: a choice of nothing is a choice made."""
    return {familles.racine(int(piste)) for piste in bulletin.ordres} if bulletin else set()


def _posees(scrutin, fenetre, voix, debout):
    """The pistes that got something, to be read back; of a long ballot, those and no other."""
    if scrutin.mode == Scrutin.Mode.CLASSEMENT:
        return sorted(((piste, voix[piste.pk]) for piste in fenetre.pistes if piste.pk in voix), key=itemgetter(1))
    if not fenetre.longue:
        return [(piste, voix.get(piste.pk)) for piste in fenetre.pistes]
    if scrutin.mode != Scrutin.Mode.GOMMETTES:
        return []
    lues = Piste.objects.filter(pk__in=voix.keys() & debout.keys()).order_by("numero")
    return [(piste, voix[piste.pk]) for piste in lues]


def _ce_qui_tient(scrutin, voix, debout):
    """Count one's choices on what is still put to the vote; what was on a piste set aside since is given back."""
    tenues = {piste: valeur for piste, valeur in voix.items() if piste in debout}
    rendues = {piste: valeur for piste, valeur in voix.items() if piste not in debout}
    ecartees = Piste.objects.filter(pk__in=rendues).order_by("numero").values_list("numero", flat=True)
    return {
        "posees": sum(tenues.values()),
        "donnes": len(tenues),
        "ecartees": list(ecartees) if rendues else [],
        "rendues": sum(rendues.values()) if scrutin.mode == Scrutin.Mode.GOMMETTES else 0,
    }


def _voix(scrutin, cadre, familles):
    """Return ({piste that stands now: value}, whether another device chose): this phone's own choices.

    Votes on a joined piste show on the one it joined.
    """
    siennes = defaultdict(list)
    for voix in _siennes(scrutin.pk, cadre.participant.pk):
        siennes[familles.racine(voix.piste_id)].append(voix)
    ici = {piste: v for piste, v in siennes.items() if choisi_par(cadre.appareil, scrutin.mode, v)}
    valeurs = {
        piste: valeur_de_famille(scrutin.mode, [(une.valeur, une.modifie_le, une.pk) for une in v])
        for piste, v in ici.items()
    }
    valeurs = {piste: choisi(scrutin.mode, valeur) for piste, valeur in valeurs.items() if valeur}
    return valeurs, len(ici) < len(siennes)


def derniers_resultats(cadre):
    scrutin = cadre.dernier_scrutin_clos
    if scrutin is None:
        return {"tableau": None}
    lus = cadres.resultats_montres(cadre.atelier.pk, cadre.etat["seq"], scrutin)
    tableau = lus and lus.tableau
    return {
        "tableau": tableau,
        "page": bulletins.page_de(tableau.lignes if tableau else (), cadre.demande),
        "opinions": lus and lus.opinions,
        "repondues": [o for o in lectures_consultation.objections(scrutin) if o.reponse and o.raison],
        "resultats_arrivent": not scrutin.est_montre,
        "a_verifier": scrutin if scrutin.secret else None,
    }
