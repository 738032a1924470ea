"""The seminar played: yesterday from its opening to its results; this morning, each workshop at another step."""

from datetime import timedelta

from ateliers import actions as actions_ateliers
from ateliers.models import Etape
from consultation import actions
from consultation.models import Scrutin

from .. import cadre, recits
from ..horloge import a_la_date
from .donnees import (
    A_PART,
    ATELIERS,
    CLASSEMENT,
    COLLEGES,
    CONSENT,
    DIRECT,
    FINI,
    LONGTEMPS,
    OBJECTIONS,
    OUVERTURE,
    SECRET,
    VOTE,
)


def salons(ateliers, groupes, equipe):
    parties = {partie.code: partie for partie in recits.lire("domont")}
    return {
        code: cadre.Salon(
            ateliers[code], parties[code], groupe, animateur=equipe.animation, rapporteur=equipe.rapport
        )
        for code, groupe in groupes.items()
    } | {
        OUVERTURE: cadre.Salon(
            ateliers[OUVERTURE],
            recits.Partie("Ouverture"),
            {lettre: _ensemble(groupes, lettre) for lettre in COLLEGES},
            animateur=equipe.animation,
            rapporteur=equipe.rapport,
        )
    }


def _ensemble(groupes, lettre):
    """Everyone of a college, through yesterday's workshops."""
    return [p for code, groupe in groupes.items() if ATELIERS[code][0] == 1 for p in groupe[lettre]]


def hier(consultation, joues, moments, equipe):
    with a_la_date(moments[0][0]):
        salon = joues[OUVERTURE]
        salon.entrer()
        for nature in (cadre.N.ACCUEIL, cadre.N.DISCUSSION):
            salon.ouvrir(nature)
        salon.fermer()
        for etape in salon.atelier.etapes.filter(etat=Etape.Etat.A_VENIR):
            actions_ateliers.retirer_etape(etape=etape, par=equipe.animation)
    for rang, code in enumerate(code for code in ATELIERS if ATELIERS[code][0] == 1):
        with a_la_date(moments[1][0] + timedelta(minutes=2 * rang)):
            _jusqu_aux_resultats(joues[code])
    with a_la_date(moments[1][0] + timedelta(minutes=150)):
        _ecrire(consultation, joues[FINI], equipe)


def _jusqu_aux_resultats(salon):
    """Play a workshop from its welcome to its results."""
    salon.entrer()
    salon.ouvrir(cadre.N.ACCUEIL)
    etape = salon.ouvrir(cadre.N.IDEATION)
    while etape.proposition_nature != "piste":
        _dire_a_part(salon, etape.proposition_nature)
        etape = salon.ouvrir(cadre.N.IDEATION)
    nees = salon.proposer()
    salon.ouvrir(cadre.N.REGROUPEMENT)
    salon.regrouper(nees)
    if salon.atelier.code == CONSENT:
        salon.regler_vote(mode="consent")
    if salon.atelier.code == SECRET:
        salon.regler_vote(secret=True)
    salon.ouvrir(cadre.N.VOTE)
    if salon.atelier.code == CONSENT:
        salon.consentir(OBJECTIONS)
    else:
        salon.voter(0.9)
    salon.fermer()
    salon.ouvrir(cadre.N.DISCUSSION)
    salon.fermer()


def _dire_a_part(salon, nature):
    for lettre, mots in A_PART[nature]:
        salon.dire(lettre, mots)
    salon.relire()


def _ecrire(consultation, salon, equipe):
    """Yesterday's first workshop is being written up: a draft with one sentence, the rest is to be done."""
    salon.ouvrir(cadre.N.SYNTHESE)
    synthese = actions.ouvrir_synthese(
        consultation=consultation, espace=salon.atelier.espace, titre=salon.atelier.titre, par=equipe.rapport
    )
    pistes = list(salon.atelier.espace.pistes.order_by("numero"))
    actions.ajouter_phrase(
        section=synthese.sections.first(),
        texte="On apprend mieux à deux, et quand ce temps est prévu : c’est ce que tous les collèges ont choisi.",
        pistes=pistes[:2],
        par=equipe.rapport,
    )
    salon.fermer()


def maintenant(joues):
    """The five workshops of this morning, each at another step."""
    for code in (code for code in ATELIERS if ATELIERS[code][0] == 2):
        joues[code].entrer()
        joues[code].ouvrir(cadre.N.ACCUEIL, LONGTEMPS)
    _direct(joues[DIRECT])
    _en_vote(joues[VOTE])
    _sur_papier(joues[VOTE])
    _en_regroupement(joues["T3M7H9"])
    _aux_resultats(joues[CLASSEMENT])


def _direct(salon):
    salon.ouvrir(cadre.N.IDEATION, LONGTEMPS)
    salon.proposer()
    salon.dire("p", "Demander à Bruno d’expliquer moins vite.")
    court = salon.dire("s", "cariste")
    actions.demander_precision(
        proposition=court, demande="Que faudrait-il pour devenir cariste ?", par=salon.animateur
    )


def _en_vote(salon):
    salon.ouvrir(cadre.N.IDEATION)
    nees = salon.proposer()
    salon.ouvrir(cadre.N.REGROUPEMENT)
    salon.regrouper(nees)
    if salon.atelier.code == CLASSEMENT:
        salon.regler_vote(mode="classement")
    salon.ouvrir(cadre.N.VOTE, LONGTEMPS)
    salon.voter(0.5)


def _sur_papier(salon):
    """Some vote on paper: sheets are printed, a few keyed in already, the others wait on the desk."""
    scrutin, par = Scrutin.objects.get(espace=salon.atelier.espace), salon.animateur
    actions.preparer_bulletins(scrutin=scrutin, nombre=20, par=par)
    une, autre, *_reste = scrutin.pistes.order_by("numero").values_list("numero", flat=True)
    for numero, college in enumerate("abacad", start=1):
        choix = f"{une} {autre}x2" if numero % 2 else f"{autre}"
        actions.saisir_bulletin(scrutin=scrutin, saisie=f"{numero}{college} {choix}", par=par)


def _en_regroupement(salon):
    """Five tables, with a phone each."""
    salon.ouvrir(cadre.N.IDEATION)
    salon.par_tables(5)
    nees = salon.proposer()
    salon.ouvrir(cadre.N.REGROUPEMENT, LONGTEMPS)
    salon.regrouper(nees)


def _aux_resultats(salon):
    _en_vote(salon)
    salon.fermer()
    salon.ouvrir(cadre.N.DISCUSSION, LONGTEMPS)


def preparer_la_cloture(consultation, cloture, joues, equipe):
    """The list of the closing plenary begins with yesterday's workshops: two pistes each, two of them joined."""
    finis = [joues[code].atelier.espace for code in ATELIERS if ATELIERS[code][0] == 1]
    choisies = [piste for espace in finis for piste in espace.pistes.vivantes().order_by("numero")[:2]]
    actions.reprendre_pistes(espace=cloture.espace, pistes=choisies, par=equipe.organisation)
    actions.regrouper(
        espace=cloture.espace,
        pistes=[choisies[0], choisies[2]],
        texte="Que quelqu’un soit à côté de chaque personne qui arrive, et que ce temps soit prévu",
        motif="Les deux ateliers demandent une personne à côté de soi.",
        par=equipe.organisation,
    )
