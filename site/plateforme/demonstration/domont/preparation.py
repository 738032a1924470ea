"""Before the seminar: the frame, the workshops, the people and their seats."""

from django.utils import timezone

from ateliers import actions as actions_ateliers
from ateliers.models import Atelier
from consultation import actions
from consultation.models import Consultation

from .. import cadre, gens, recits
from .donnees import (
    ATELIERS,
    AXES,
    CHAPEAU,
    CLOTURE,
    COLLEGES,
    DEMI_JOURNEES,
    DIRECT,
    EFFECTIFS,
    OUVERTURE,
    SLUG,
    VILLES,
)


def preparer(equipe, territoires, moments):
    consultation = actions.enregistrer(
        objet=Consultation(
            titre="Séminaire Qualité de Domont",
            slug=SLUG,
            chapeau=CHAPEAU,
            territoire=territoires["Val-d’Oise"],
            lieu="Domont (Val-d’Oise)",
            debut=timezone.localdate(moments[0][0]),
            fin=timezone.localdate(moments[3][0]),
            places=150,
            etat=Consultation.Etat.OUVERTE,
        ),
        par=equipe.admin,
    )
    cadre.roles(consultation, equipe)
    return consultation, cadre.colleges(consultation, COLLEGES, par=equipe.organisation)


def poser_ateliers(consultation, equipe, moments):
    """Return {code: Atelier}: eight workshops and two plenaries, each in its room."""
    par = equipe.organisation
    temps = [
        cadre.temps(consultation, rang, *mots, *moments[rang], par=par) for rang, mots in enumerate(DEMI_JOURNEES)
    ]
    axes = [
        cadre.axe(consultation, titre, rang, chapeau=chapeau, par=par)
        for rang, (titre, chapeau) in enumerate(AXES)
    ]
    ateliers = _plenieres(consultation, temps, par)
    for rang, partie in enumerate(recits.lire("domont")):
        moment, axe, deroule = ATELIERS[partie.code]
        ateliers[partie.code] = actions_ateliers.creer_atelier(
            consultation=consultation,
            temps=temps[moment],
            titre=partie.titre,
            question=partie.question,
            salle=cadre.salle(consultation, f"Salle {rang + 1}", 40, par=par),
            axes=axes if partie.code == DIRECT else [axes[axe]],
            capacite=48,
            code=partie.code,
            deroule=deroule,
            par=par,
        )
    actions.confier(
        compte=equipe.robot,
        role="animateur",
        consultation=consultation,
        espace=ateliers[DIRECT].espace,
        par=equipe.admin,
    )
    return ateliers


def _plenieres(consultation, temps, par):
    """The opening and the closing, in the large room."""
    grande = cadre.salle(consultation, "Grande salle", 160, par=par, acces="Au fond du hall, de plain-pied.")
    return {
        code: actions_ateliers.creer_atelier(
            consultation=consultation,
            temps=moment,
            titre=titre,
            nature=Atelier.Nature.PLENIERE,
            salle=grande,
            code=code,
            deroule="pleniere",
            par=par,
        )
        for code, titre, moment in (
            (OUVERTURE, "Ouverture : d’où partons-nous ?", temps[0]),
            (CLOTURE, "Clôture : qui fait quoi, et quand ?", temps[3]),
        )
    }


def inscrire(consultation, lettres, territoires, ateliers, equipe):
    """Register everyone with a seat in the workshop of their choice; return {code: {letter: [participants]}}."""
    lieux = gens.structures(38, VILLES, territoires["France"], par=equipe.organisation)
    effectifs = {lettres[lettre]: nombre for lettre, nombre in EFFECTIFS.items()}
    inscrits = gens.inscrire(consultation, effectifs, lieux, par=equipe.organisation)
    hier = [code for code, (moment, _axe, _deroule) in ATELIERS.items() if moment == 1]
    aujourdhui = [code for code, (moment, _axe, _deroule) in ATELIERS.items() if moment == 2]
    groupes = {code: {} for code in ATELIERS}
    for lettre, college in lettres.items():
        for codes in (hier, aujourdhui):
            for rang, code in enumerate(codes):
                groupes[code][lettre] = inscrits[college][rang :: len(codes)]
    for code, groupe in groupes.items():
        for personne in [p for people in groupe.values() for p in people]:
            actions_ateliers.reserver_place(atelier=ateliers[code], participant=personne, par=equipe.organisation)
    return groupes
