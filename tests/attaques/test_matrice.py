"""The whole table of mandates and acts: each mandate, each function of an `actions` module, really called.

`ACTES` says who may; what is played is the act itself, undone after each cell. A function that takes `par` and has
no row fails the first test. A refusal is "interdit" and writes nothing; anything else has passed the gate.
"""

import importlib
import inspect
import pkgutil
from datetime import date, time, timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

import ateliers.actions
from ateliers.inscriptions.lignes import Ligne
from ateliers.models import Etape, PriseDeParole, Temps
from consultation import actions as consultation_actions
from consultation.actions.suites import Dite
from consultation.erreurs import Refus
from consultation.models import (
    Axe,
    BulletinPapier,
    Consultation,
    CopieGrille,
    Decision,
    Desaccord,
    Forum,
    Journal,
    LigneSynthese,
    Mandat,
    Objection,
    PhraseSynthese,
    Proposition,
    Recours,
    Regroupement,
    Scrutin,
    SectionSynthese,
    Suite,
    Suivi,
    Synthese,
)
from consultation.reprises import Lecture
from contenus.actions import carnets
from contenus.models import SynthesePage, Tirage
from courrier.models import Envoi
from tests.fabriques import creer_participant, creer_territoire

from . import monde as m
from .test_droits import (
    ANIMATION,
    EDITION,
    ENTIERS,
    EQUIPE,
    LETTRE,
    MODERATION,
    ORGANISATEUR,
    ORGANISATEURS,
    PUBLICATION,
    SALLE,
)

pytestmark = pytest.mark.django_db

MODULES = (
    "consultation.actions", "consultation.gestion.actions", "ateliers.actions", "ateliers.gestion.actions",
    "ateliers.inscriptions.actions", "contenus.actions", "courrier.actions", "visites.actions",
    "immersions.actions",
    "comptes.invitations",
)  # fmt: skip
DITE = Dite("retenue", date(2026, 1, 5), "La salle le demande.", "le conseil")
ADMINISTRATEUR = frozenset({"administrateur"})


def _modules():
    for nom in MODULES:
        module = importlib.import_module(nom)
        yield module
        for autre in pkgutil.iter_modules(getattr(module, "__path__", ())):
            yield importlib.import_module(f"{nom}.{autre.name}")


def actes():
    """Return {"module.function": the function} for each public function of ours that is told who acts."""
    trouves = {}
    for module in _modules():
        for nom, fonction in vars(module).items():
            publique = inspect.isfunction(fonction) and not nom.startswith(("_", "exiger"))
            if publique and fonction.__module__ == module.__name__:
                par = inspect.signature(fonction).parameters.get("par")
                if par is not None and par.kind is inspect.Parameter.KEYWORD_ONLY:
                    trouves[f"{module.__name__.removeprefix('consultation.actions.')}.{nom}"] = fonction
    return trouves


def envoi():
    return Envoi.objects.get()


def d_immersion(s, modele="immersion"):
    return apps.get_model("immersions", modele).objects.get(pk=s.fiches["immersions"][modele])


def de_l_immersion(**champs):
    return lambda s, c: {"immersion": d_immersion(s), **champs}


DEMANDE = {"code": "K7P4M2XD", "genre": "decouverte"}
IMMERSIONS = {
    "reglages.regler_dispositif": lambda s, c: {"consultation": s.consultation, "porteur": "Lui", "vise": 4},
    "demandes.demander": lambda s, c: {
        "dispositif": s.consultation.immersions, "participant": s.participant, **DEMANDE,
    },
    "demandes.arreter": de_l_immersion(code="K7P4M2XD"),
    "demandes.effacer": de_l_immersion(code="K7P4M2XD"),
    "dossiers.preparer": de_l_immersion(
        revision=0, genre="decouverte", structure=None, referent="", entretien_le=None, objet="decouvrir",
        prescripteur="", rome="", contrat_fin=None, garder_jusqu_au=None,
    ),
    "dossiers.placer": de_l_immersion(
        revision=0, entreprise=None, tuteur="", debut=None, fin=None, horaires="", heures=None, taches="",
    ),
    "dossiers.integrer": de_l_immersion(le=date(2026, 1, 5)),
    "dossiers.pointer": de_l_immersion(le=date(2026, 1, 5), texte="Bien"),
    "dossiers.evaluer": de_l_immersion(niveaux={}),
    "dossiers.conclure": de_l_immersion(revision=0, bilan_le=date(2026, 1, 5), issue="embauche"),
    "dossiers.relancer": de_l_immersion(quoi="point"),
    "portefeuille.enregistrer_entreprise": lambda s, c: {
        "dispositif": s.consultation.immersions, "entreprise": d_immersion(s, "entreprise"),
        **dict.fromkeys(("nom", "secteur", "adresse", "ville", "siret", "contact", "telephone", "accepte"), ""),
    },
    "portefeuille.fermer_entreprise": lambda s, c: {"entreprise": d_immersion(s, "entreprise")},
    "portefeuille.demarcher": lambda s, c: {
        "immersion": d_immersion(s), "entreprise": d_immersion(s, "entreprise"), "moyen": "visite",
        "le": date(2026, 1, 5),
    },
    "portefeuille.repondre_demarche": lambda s, c: {"demarche": d_immersion(s, "demarche"), "reponse": "oui"},
    "portefeuille.noter_obstacle": de_l_immersion(sorte="lecture", qui="Inès"),
    "portefeuille.lever_obstacle": lambda s, c: {"obstacle": d_immersion(s, "obstacle")},
    "signatures.donner_un_code": de_l_immersion(partie="structure"),
    "signatures.signer": de_l_immersion(partie="personne", code="K7P4M2XD", version=1),
    "signatures.signer_sur_papier": de_l_immersion(partie="accueil", scan=b"%PDF-", version=1),
    "reunion.noter_besoin": lambda s, c: {
        "dispositif": s.consultation.immersions, "annee": 2025, "numero": 1, "mots": "Un car",
    },
    "reunion.retirer_besoin": lambda s, c: {"besoin": d_immersion(s, "besoin")},
    "reunion.preparer_reunion": lambda s, c: {
        "dispositif": s.consultation.immersions, "annee": 2025, "trimestre": 1,
        "points": [f"besoin:{d_immersion(s, 'besoin').pk}"], "titre": "Le réseau", "question": "",
        "jour": timezone.localdate() + timedelta(days=9), "heure": time(14),
    },
    "bord.arreter_trimestre": lambda s, c: {"dispositif": s.consultation.immersions, "annee": 2025, "numero": 1},
}  # fmt: skip


def section(s):
    return SectionSynthese.objects.get(pk=s.fiches["section"])


def phrase(s):
    return PhraseSynthese.objects.create(section=section(s), texte="On apprend mieux à deux.")


def ligne(s):
    return LigneSynthese.objects.create(section=section(s), criteres="Chacun est attendu")


def accordee(s):
    consultation_actions.consentir(participant=s.proposition.auteur, accord=True)
    return s.proposition


def mise_de_cote(s):
    return consultation_actions.laisser_de_cote(
        synthese=s.synthese, proposition=s.proposition, motif="Dit ailleurs", par=None
    )


def desaccord(s):
    return Desaccord.objects.create(proposition=s.proposition, mise_de_cote=mise_de_cote(s), raison="Non")


def axe(s):
    return Axe.objects.get(pk=s.fiches["axe"])


def page(s):
    return SynthesePage.objects.get(pk=s.fiches["page"])


def tour(s):
    return PriseDeParole.objects.get(pk=s.fiches["tour"])


def suite(s):
    return Suite.objects.get(pk=s.fiches["suite"])


def suivi(s):
    return Suivi.objects.get(pk=s.fiches["suivi"])


def region():
    return creer_territoire(niveau="region")


def demain():
    return timezone.localdate() + timedelta(days=1)


def synthese_en(s, etat):
    Synthese.objects.filter(pk=s.synthese.pk).update(etat=etat)
    return Synthese.objects.get(pk=s.synthese.pk)


def carnet(s):
    return carnets.proposer_carnet(consultation=s.consultation, par=None)


def tirage(s):
    return Tirage.objects.get(pk=s.fiches["tirage"])


def page_en(s, etat):
    p = page(s)
    Synthese.objects.filter(pk=p.synthese_id).update(etat=etat)
    return SynthesePage.objects.get(pk=p.pk)


def suggestion(s):
    return consultation_actions.laisser_suggestion(espace=s.atelier.espace, propositions=libres(s), par=None)


def libres(s):
    return [
        s.proposition,
        type(s.proposition).objects.exclude(pk=s.proposition.pk).filter(espace=s.atelier.espace)[0],
    ]


def copie(s):
    return CopieGrille.objects.get(pk=s.fiches["copie"])


def close(s):
    return consultation_actions.clore_grille(grille=s.grille, par=None)


def liste_libre(s, pistes=()):
    """The espace of the workshop once its vote is over, with `pistes` in its list: none moves under a vote."""
    Scrutin.objects.filter(espace=s.atelier.espace).update(etat=Scrutin.Etat.CLOS)
    if pistes:
        consultation_actions.reprendre_pistes(espace=s.atelier.espace, pistes=pistes, par=None)
    return s.atelier.espace


def avec_adresse(s):
    ateliers.actions.garder_adresse(participant=s.participant, courriel="zoe@exemple.test")
    return s.participant


def etape_de_vote(s):
    return Etape.objects.filter(atelier=s.atelier, nature=Etape.Nature.VOTE).first() or s.etapes[-1]


def repetition(s):
    return ateliers.actions.preparer_repetition(par=None)


def mandat(s, cle):
    return Mandat.objects.get(pk=s.fiches[cle])


def forum(s):
    return Forum.objects.get(pk=s.fiches["forum"])


def refusee(s):
    return Proposition.objects.get(pk=s.fiches["refusee"])


def neuve(s):
    return Consultation(titre="Neuve", slug="neuve", territoire=s.consultation.territoire)


#: Act -> (who may, what it is called with, from the seminar `s` and a second account).
ACTES = {
    "comptage.corriger_decompte": (ORGANISATEUR, lambda s, c: {"scrutin": s.scrutin}),
    "forum.preparer_forum": (ORGANISATEUR, lambda s, c: {"consultation": s.consultation, "question": "Et là ?"}),
    "forum.regler_forum": (ORGANISATEUR, lambda s, c: {"forum": forum(s)}),
    "forum.tirer_cartes": (
        ORGANISATEUR, lambda s, c: {"consultation": s.consultation, "libelle": "Marché", "nombre": 2},
    ),
    "forum.entrer_au_forum": (
        EQUIPE, lambda s, c: {"consultation": s.consultation, "college": s.participant.college,
                              "accord_publication": True, "origine": "guichet"},
    ),
    "forum.ouvrir_vote": (ORGANISATEUR, lambda s, c: {"consultation": s.consultation}),
    "forum.fermer_vote": (ORGANISATEUR, lambda s, c: {"consultation": s.consultation}),
    "discussion.proposer_au_forum": (
        ENTIERS - {"editeur"},
        lambda s, c: {"consultation": s.consultation, "participant": s.participant, "texte": "Un garage"},
    ),
    "discussion.ecrire_pour_quelqu_un": (
        ENTIERS - {"editeur"},
        lambda s, c: {"consultation": s.consultation, "college": s.participant.college, "texte": "Un garage",
                      "accord_publication": True},
    ),
    "moderation.moderer": (
        MODERATION, lambda s, c: {"texte": refusee(s), "sens": "affichee", "derniere": s.fiches["decision"]},
    ),
    "moderation.trancher_recours": (
        MODERATION, lambda s, c: {"recours": Recours.objects.get(pk=s.fiches["recours"]), "accepter": True},
    ),
    # Whoever decided, alone; here someone else did.
    "signalements.annuler_decision": (
        frozenset(), lambda s, c: {"decision": Decision.objects.get(pk=s.fiches["decision"])},
    ),
    "signalements.repondre_publiquement": (
        ORGANISATEUR, lambda s, c: {"proposition": s.proposition, "texte": "C’est fait."},
    ),
    "communes.poser_communes": (
        ORGANISATEUR, lambda s, c: {"consultation": s.consultation, "intercommunalite": "247900798"},
    ),
    "grilles.creer_grille": (ORGANISATEUR, lambda s, c: {"consultation": s.consultation, "titre": "Autre grille"}),
    "grilles.ecrire_grille": (ORGANISATEUR, lambda s, c: {"grille": s.grille, "titre": "Autrement"}),
    "grilles.retoucher_grille": (ORGANISATEUR, lambda s, c: {"grille": s.grille, "retouche": lambda lue: lue}),
    "grilles.placer_grille": (ORGANISATEUR, lambda s, c: {"grille": s.grille, "espace": s.atelier.espace}),
    "grilles.mettre_en_ligne": (ORGANISATEUR, lambda s, c: {"grille": s.grille}),
    "grilles.clore_grille": (ORGANISATEUR, lambda s, c: {"grille": s.grille}),
    "grilles.rouvrir_grille": (ORGANISATEUR, lambda s, c: {"grille": close(s)}),
    "grilles.compter_grille": (ORGANISATEUR, lambda s, c: {"grille": close(s)}),
    "sondages.poser_question": (
        ANIMATION, lambda s, c: {"espace": s.atelier.espace, "libelle": "Alors ?", "reponses": ["Oui", "Non"]},
    ),
    "sondages.montrer_reponses": (ORGANISATEUR, lambda s, c: {"grille": s.grille}),
    "copies.saisir_copie": (
        EQUIPE, lambda s, c: {"grille": s.grille, "college": s.participant.college, "reponses": {}, "cle": "f1"},
    ),
    "papier.preparer_bulletins": (SALLE, lambda s, c: {"scrutin": s.scrutin, "nombre": 2}),
    "papier.saisir_bulletin": (SALLE, lambda s, c: {"scrutin": s.scrutin, "saisie": "2 1"}),
    "papier.retirer_bulletin": (
        SALLE, lambda s, c: {"papier": BulletinPapier.objects.get(pk=s.fiches["papier"])},
    ),
    "copies.effacer_copie": (ORGANISATEUR, lambda s, c: {"copie": copie(s)}),
    "copies.verser_textes": (
        SALLE, lambda s, c: {"grille": s.grille, "question": "aide", "copies": [copie(s)],
                             "espace": s.atelier.espace},
    ),
    "listes.reprendre_pistes": (
        ANIMATION, lambda s, c: {"espace": liste_libre(s), "pistes": s.pistes},
    ),
    "listes.ordonner_pistes": (
        ANIMATION, lambda s, c: {"espace": liste_libre(s, s.pistes), "piste": s.pistes[0], "vers": 1},
    ),
    "listes.retirer_piste": (
        ANIMATION, lambda s, c: {"espace": liste_libre(s, s.pistes), "piste": s.pistes[0]},
    ),
    "mandats.confier": (
        ORGANISATEUR, lambda s, c: {"compte": c, "role": "animateur", "consultation": s.consultation},
    ),
    "mandats.reprendre_mandat": (ORGANISATEUR, lambda s, c: {"mandat": mandat(s, "mandat")}),
    "reprises.reprendre_consultation": (
        ORGANISATEURS,
        lambda s, c: {"lecture": Lecture("polis"), "consultation": Consultation(), "source": "Ailleurs"},
    ),
    "ordre.deplacer": (
        ORGANISATEUR, lambda s, c: {"objet": axe(s), "sens": 1, "parmi": Axe.objects.filter(pk=axe(s).pk)},
    ),
    "ordre.deplacer_section": (SALLE, lambda s, c: {"section": section(s), "sens": 1}),
    "ordre.deplacer_phrase": (SALLE, lambda s, c: {"phrase": phrase(s), "sens": 1}),
    "ordre.deplacer_ligne": (SALLE, lambda s, c: {"ligne": ligne(s), "sens": 1}),
    "participants.inscrire": (
        EQUIPE,
        lambda s, c: {"consultation": s.consultation, "college": s.participant.college, "prenom": "Bao"},
    ),
    "participants.reemettre_code": (EQUIPE, lambda s, c: {"participant": s.participant}),
    "participants.changer_college": (
        EQUIPE, lambda s, c: {"participant": s.participant, "college": s.consultation.colleges.last()},
    ),
    "ateliers.gestion.actions.noter_codes": (
        ORGANISATEUR, lambda s, c: {"consultation": s.consultation, "personnes": 3, "forme": "pdf"},
    ),
    "participants.consentir": (EQUIPE, lambda s, c: {"participant": s.participant, "accord": True}),
    "effacement.effacer_participant": (ORGANISATEUR, lambda s, c: {"participant": s.participant}),
    "passages.ajouter_section": (SALLE, lambda s, c: {"synthese": s.synthese, "titre": "Autre"}),
    "passages.modifier_section": (SALLE, lambda s, c: {"section": section(s), "titre": "Autre"}),
    "passages.retirer_section": (SALLE, lambda s, c: {"section": section(s)}),
    "passages.ajouter_phrase": (SALLE, lambda s, c: {"section": section(s), "texte": "Oui.", "pistes": s.pistes}),
    "passages.modifier_phrase": (SALLE, lambda s, c: {"phrase": phrase(s), "texte": "Non.", "pistes": s.pistes}),
    "passages.retirer_phrase": (SALLE, lambda s, c: {"phrase": phrase(s)}),
    "passages.citer_mots": (SALLE, lambda s, c: {"section": section(s), "proposition": accordee(s)}),
    "passages.reprendre_chiffre": (
        SALLE, lambda s, c: {"section": section(s), "scrutin": s.scrutin, "piste": s.pistes[0]},
    ),
    "passages.relire_passage": (SALLE, lambda s, c: {"passage": phrase(s)}),
    "passages.ajouter_ligne": (SALLE, lambda s, c: {"section": section(s), "criteres": "Un"}),
    "passages.ecrire_ligne": (
        SALLE, lambda s, c: {"ligne": ligne(s), "criteres": "Un", "indicateurs": "Deux", "pistes": s.pistes},
    ),
    "passages.retirer_ligne": (SALLE, lambda s, c: {"ligne": ligne(s)}),
    "pistes.formuler_piste": (SALLE, lambda s, c: {"piste": s.pistes[0], "texte": "Autrement dit"}),
    "pistes.retenir_piste": (SALLE, lambda s, c: {"piste": s.pistes[0]}),
    "pistes.ecarter_piste": (SALLE, lambda s, c: {"piste": s.pistes[0]}),
    "pistes.reprendre_piste": (SALLE, lambda s, c: {"piste": s.pistes[0]}),
    "preparation.enregistrer": (ORGANISATEUR, lambda s, c: {"objet": axe(s)}),
    "preparation.supprimer": (ORGANISATEUR, lambda s, c: {"objet": axe(s)}),
    "propositions.deposer_proposition": (
        SALLE, lambda s, c: {"espace": s.atelier.espace, "college": s.participant.college, "texte": "Un mot",
                             "origine": "papier", "origine_note": "carte"},
    ),
    "propositions.relire_proposition": (
        ANIMATION, lambda s, c: {"proposition": s.proposition, "decision": "garder"},
    ),
    "propositions.masquer_passages": (ANIMATION, lambda s, c: {"proposition": s.proposition, "passages": []}),
    "regroupements.regrouper": (
        SALLE, lambda s, c: {"espace": s.atelier.espace, "propositions": [s.proposition], "texte": "Ensemble"},
    ),
    "regroupements.defaire_regroupement": (
        SALLE, lambda s, c: {"regroupement": Regroupement.objects.get(pk=s.fiches["regroupement"])},
    ),
    "regroupements.semer_orphelines": (SALLE, lambda s, c: {"espace": s.atelier.espace}),
    "scrutins.preparer_scrutin": (ANIMATION, lambda s, c: {"espace": s.atelier.espace, "titre": "Vote"}),
    "scrutins.ouvrir_scrutin": (ANIMATION, lambda s, c: {"scrutin": s.scrutin}),
    "scrutins.clore_scrutin": (ANIMATION, lambda s, c: {"scrutin": s.scrutin}),
    "desaccords.laisser_de_cote": (
        SALLE, lambda s, c: {"synthese": s.synthese, "proposition": s.proposition, "motif": "Dit ailleurs"},
    ),
    "desaccords.reprendre_proposition": (SALLE, lambda s, c: {"mise_de_cote": mise_de_cote(s)}),
    "desaccords.repondre_desaccord": (SALLE, lambda s, c: {"desaccord": desaccord(s), "reponse": "Ajoutée."}),
    "objections.repondre_objection": (
        ANIMATION, lambda s, c: {"objection": Objection.objects.get(pk=s.fiches["objection"]), "reponse": "Oui"},
    ),
    "opinions.dessiner_opinions": (ANIMATION, lambda s, c: {"scrutin": s.scrutin}),
    "scrutins.preparer_second_tour": (ANIMATION, lambda s, c: {"scrutin": s.scrutin}),
    "scrutins.montrer_resultats": (ANIMATION, lambda s, c: {"scrutin": s.scrutin}),
    "suggestions.laisser_suggestion": (
        SALLE, lambda s, c: {"espace": s.atelier.espace, "propositions": libres(s)},
    ),
    "suggestions.reprendre_suggestion": (SALLE, lambda s, c: {"suggestion": suggestion(s)}),
    "syntheses.ouvrir_synthese": (
        SALLE, lambda s, c: {"consultation": s.consultation, "espace": s.atelier.espace, "titre": "Une autre"},
    ),
    "syntheses.modifier_synthese": (
        SALLE,
        lambda s, c: {"synthese": s.synthese, "titre": "T", "chapeau": "", "revision": s.synthese.revision},
    ),
    "suites.decider_suite": (EDITION, lambda s, c: {"piste": s.pistes[0], "dite": DITE}),
    "suites.corriger_suite": (EDITION, lambda s, c: {"suite": suite(s), "dite": DITE}),
    "suites.retirer_suite": (EDITION, lambda s, c: {"suite": suite(s), "motif": "Pas la bonne piste."}),
    "regions.ouvrir_suivis": (
        ORGANISATEUR,
        lambda s, c: {"consultation": s.consultation, "territoires": [region()], "attendue_le": demain()},
    ),
    "regions.reporter_suivi": (EDITION, lambda s, c: {"suivi": suivi(s), "attendue_le": demain()}),
    "regions.emporter_pistes": (ADMINISTRATEUR, lambda s, c: {"suivi": suivi(s), "pistes": s.pistes[:1]}),
    "regions.renvoyer_synthese": (
        EDITION,
        lambda s, c: {"suivi": suivi(s), "synthese": suivi(s).regionale.syntheses.get(), "mot": "Relisez."},
    ),
    "syntheses.soumettre_synthese": (SALLE, lambda s, c: {"synthese": s.synthese}),
    "syntheses.rendre_synthese": (PUBLICATION, lambda s, c: {"synthese": synthese_en(s, "soumise")}),
    "syntheses.publier_synthese": (EDITION, lambda s, c: {"synthese": synthese_en(s, "soumise")}),
    "consultation.gestion.actions.creer_consultation": (ORGANISATEURS, lambda s, c: {"consultation": neuve(s)}),
    "consultation.gestion.actions.mettre_colleges_habituels": (
        ORGANISATEUR, lambda s, c: {"consultation": s.consultation},
    ),
    "consultation.gestion.actions.changer_etat": (
        ORGANISATEUR, lambda s, c: {"consultation": s.consultation, "etat": "close"},
    ),
    **{
        f"ateliers.actions.conduite.{acte}": (
            ANIMATION, lambda s, c, autres=autres: {"etape": s.etapes[0], **autres},
        )
        for acte, autres in {
            "ouvrir_etape": {}, "clore_etape": {}, "prolonger": {"minutes": 5}, "suspendre": {}, "reprendre": {},
        }.items()
    },
    **{
        f"ateliers.actions.parole.{acte}": (
            ANIMATION, lambda s, c: {"atelier": s.atelier, "participant": s.participant},
        )
        for acte in ("reserver_place", "liberer_place")
    },
    "ateliers.actions.adresses.garder_adresse": (
        ORGANISATEUR, lambda s, c: {"participant": s.participant, "courriel": "zoe@exemple.test"},
    ),
    "ateliers.actions.adresses.oublier_adresse": (ORGANISATEUR, lambda s, c: {"participant": avec_adresse(s)}),
    "ateliers.actions.attente.demander_place": (
        ANIMATION, lambda s, c: {"atelier": s.atelier, "participant": s.participant},
    ),
    "ateliers.actions.attente.renoncer": (
        ANIMATION, lambda s, c: {"atelier": s.atelier, "participant": s.participant},
    ),
    "ateliers.actions.attente.donner_les_places": (ORGANISATEUR, lambda s, c: {"consultation": s.consultation}),
    "ateliers.actions.copies.copier_atelier": (ORGANISATEUR, lambda s, c: {"atelier": s.atelier}),
    "ateliers.actions.copies.copier_temps": (ORGANISATEUR, lambda s, c: {"temps": s.atelier.temps}),
    "ateliers.actions.copies.dupliquer_consultation": (
        ORGANISATEUR,
        lambda s, c: {"consultation": s.consultation, "titre": "Le suivant", "slug": "suivant", "debut": None},
    ),
    "ateliers.actions.portes.suspendre_entrees": (ANIMATION, lambda s, c: {"atelier": s.atelier}),
    "ateliers.actions.portes.reprendre_entrees": (ANIMATION, lambda s, c: {"atelier": s.atelier}),
    "ateliers.actions.portes.faire_sortir": (
        ANIMATION, lambda s, c: {"atelier": s.atelier, "participants": [s.participant.pk]},
    ),
    "ateliers.actions.programme_entier.regler_ateliers": (
        ORGANISATEUR,
        lambda s, c: {"consultation": s.consultation, "reglages": {s.atelier.pk: {"titre": "T", "animateur": c}}},
    ),
    "ateliers.actions.sondages.poser_question": (
        ANIMATION, lambda s, c: {"atelier": s.atelier, "libelle": "On continue ?", "reponses": ["Oui", "Non"]},
    ),
    "ateliers.actions.mur.cacher_mur": (ANIMATION, lambda s, c: {"atelier": s.atelier, "cache": True}),
    "ateliers.actions.mur.placer_au_mur": (
        ANIMATION, lambda s, c: {"atelier": s.atelier, "proposition": s.proposition, "place": "epinglee"},
    ),
    "ateliers.actions.parole.saisir_carte": (
        SALLE, lambda s, c: {"atelier": s.atelier, "college": s.participant.college, "texte": "Un mot",
                             "origine_note": "carte 1"},
    ),
    "ateliers.actions.preparation.creer_atelier": (
        ORGANISATEUR, lambda s, c: {"consultation": s.consultation, "temps": Temps.objects.get(
            pk=s.atelier.temps_id), "titre": "Neuf"},
    ),
    "ateliers.actions.preparation.modifier_atelier": (ORGANISATEUR, lambda s, c: {"atelier": s.atelier}),
    "ateliers.actions.preparation.changer_code": (ANIMATION, lambda s, c: {"atelier": s.atelier}),
    "ateliers.actions.preparation.appliquer_deroule": (
        ANIMATION, lambda s, c: {"atelier": s.atelier, "deroule": "court"},
    ),
    "ateliers.actions.deroules.garder_deroule": (ANIMATION, lambda s, c: {"atelier": s.atelier, "titre": "Mien"}),
    "ateliers.actions.deroules.oublier_deroule": (
        ANIMATION, lambda s, c: {"atelier": s.atelier, "garde": s.fiches["garde"]},
    ),
    "ateliers.actions.reouverture.rouvrir_atelier": (ANIMATION, lambda s, c: {"atelier": s.atelier}),
    "ateliers.actions.tours.tirer_la_parole": (ANIMATION, lambda s, c: {"atelier": s.atelier}),
    "ateliers.actions.tours.noter_parole": (
        ANIMATION, lambda s, c: {"atelier": s.atelier, "college": s.participant.college},
    ),
    "ateliers.actions.tours.passer_son_tour": (ANIMATION, lambda s, c: {"tour": tour(s)}),
    "ateliers.actions.tours.oublier_parole": (ANIMATION, lambda s, c: {"tour": tour(s)}),
    "precisions.demander_precision": (
        ANIMATION, lambda s, c: {"proposition": s.proposition, "demande": "Pour qui ?"},
    ),
    "precisions.retirer_precision": (ANIMATION, lambda s, c: {"proposition": s.proposition}),
    "ateliers.actions.second_tour.ajouter_second_tour": (
        ANIMATION, lambda s, c: {"atelier": s.atelier, "scrutin": s.scrutin},
    ),
    "ateliers.actions.programme.ajouter_etape": (
        ANIMATION, lambda s, c: {"atelier": s.atelier, "nature": "pause", "titre": "Pause"},
    ),
    "ateliers.actions.programme.modifier_etape": (ANIMATION, lambda s, c: {"etape": s.etapes[0], "titre": "T"}),
    "ateliers.actions.programme.deplacer_etape": (ANIMATION, lambda s, c: {"etape": s.etapes[0], "vers": 2}),
    "ateliers.actions.programme.retirer_etape": (ANIMATION, lambda s, c: {"etape": s.etapes[0]}),
    "ateliers.actions.repetition.preparer_repetition": (ADMINISTRATEUR, lambda s, c: {}),
    "ateliers.actions.repetition.effacer_repetition": (ADMINISTRATEUR, lambda s, c: {"repetition": repetition(s)}),
    "ateliers.gestion.actions.poser_demi_journees": (ORGANISATEUR, lambda s, c: {"consultation": s.consultation}),
    "ateliers.gestion.actions.attribuer": (
        ORGANISATEUR, lambda s, c: {"atelier": s.atelier, "animateurs": [c], "rapporteurs": []},
    ),
    "ateliers.gestion.actions.regler_scrutin": (ORGANISATEUR, lambda s, c: {"etape": etape_de_vote(s)}),
    "ateliers.gestion.actions.noter_impression": (
        ORGANISATEUR, lambda s, c: {"consultation": s.consultation, "badges": 1, "affiches": 1},
    ),
    "ateliers.inscriptions.actions.importer_inscriptions": (
        ORGANISATEUR, lambda s, c: {"consultation": s.consultation, "lignes": [Ligne(2, "Bao", "Permanents")]},
    ),
    "ateliers.inscriptions.actions.inscrire_personne": (
        ORGANISATEUR,
        lambda s, c: {"consultation": s.consultation, "prenom": "Bao", "college": s.participant.college},
    ),
    "ateliers.inscriptions.actions.corriger_inscription": (
        ORGANISATEUR, lambda s, c: {"participant": s.participant, "nom": "Autre"},
    ),
    "contenus.actions.pages.faire_page_du_seminaire": (
        EDITION, lambda s, c: {"consultation": s.consultation},
    ),
    "contenus.actions.carnets.proposer_carnet": (EDITION, lambda s, c: {"consultation": s.consultation}),
    "contenus.actions.carnets.garder_carnet": (
        EDITION, lambda s, c: {"carnet": carnet(s), "corps": carnet(s).corps, "revision": 1},
    ),
    "classeurs.lancer_classeur": (
        ORGANISATEUR, lambda s, c: {"consultation": s.consultation},
    ),
    "contenus.actions.tirages.lancer_tirage": (
        ORGANISATEUR,
        lambda s, c: {"consultation": s.consultation, "qui": "rien", "format": "a5", "edition": "avant"},
    ),
    "contenus.actions.tirages.arreter_tirage": (ORGANISATEUR, lambda s, c: {"tirage": tirage(s)}),
    "contenus.actions.tirages.reprendre_tirage": (ORGANISATEUR, lambda s, c: {"tirage": tirage(s)}),
    "contenus.actions.carnets.retirer_carnet": (EDITION, lambda s, c: {"carnet": carnet(s)}),
    "contenus.actions.publications.faire_page": (PUBLICATION, lambda s, c: {"synthese": s.synthese}),
    "contenus.actions.publications.reprendre_chiffres": (ENTIERS, lambda s, c: {"page": page(s)}),
    "contenus.actions.publications.constater_publication": (EDITION, lambda s, c: {"page": page_en(s, "soumise")}),
    "contenus.actions.publications.constater_soumission": (
        ENTIERS - {"editeur"}, lambda s, c: {"page": page_en(s, "brouillon")},
    ),
    "contenus.actions.publications.constater_retour": (ENTIERS, lambda s, c: {"page": page_en(s, "soumise")}),
    "contenus.actions.publications.composer_fil_info": (LETTRE, lambda s, c: {"numero": 9, "syntheses": []}),
    "contenus.actions.fiches.importer_fiches": (
        LETTRE, lambda s, c: {"lignes": [], "champs": [], "publier": False},
    ),
    "courrier.actions.abonnements.inscrire": (LETTRE, lambda s, c: {"adresses": "", "accord": False}),
    "courrier.actions.envois.figer": (LETTRE, lambda s, c: {"page": envoi().page}),
    "courrier.actions.envois.lancer": (LETTRE, lambda s, c: {"envoi": envoi(), "personnes": 1}),
    **{
        f"courrier.actions.envois.{acte}": (LETTRE, lambda s, c: {"envoi": envoi()})
        for acte in ("defaire", "suspendre", "reprendre", "reecrire")
    },
    "visites.actions.offres.enregistrer_visite": (ORGANISATEUR, lambda s, c: {"visite": s.fiches["visite"]}),
    "visites.actions.offres.ouvrir": (ORGANISATEUR, lambda s, c: {"visite": s.fiches["visite"]}),
    "visites.actions.offres.annuler": (ORGANISATEUR, lambda s, c: {"visite": s.fiches["visite"], "motif": "Non"}),
    "visites.actions.offres.supprimer_visite": (ORGANISATEUR, lambda s, c: {"visite": s.fiches["visite"]}),
    **{
        f"visites.actions.demandes.{acte}": (
            ORGANISATEUR, lambda s, c: {"visite": s.fiches["visite"], "participant": s.participant}
        )
        for acte in ("demander", "rendre")
    },
    "visites.actions.demandes.repartir_les_places": (
        ORGANISATEUR, lambda s, c: {"consultation": s.consultation, "choix": {}},
    ),
    "visites.actions.comptes_rendus.preparer_compte_rendu": (
        ORGANISATEUR, lambda s, c: {"visite": s.fiches["visite"], "grille": s.grille},
    ),
    "visites.actions.comptes_rendus.ecrire_recit": (
        ORGANISATEUR, lambda s, c: {"visite": s.fiches["visite"], "recit": "Autre"},
    ),
    "visites.actions.comptes_rendus.accorder": (
        ORGANISATEUR,
        lambda s, c: {"visite": s.fiches["visite"], "participant": s.participant, "accord": True},
    ),
    **{
        f"visites.actions.comptes_rendus.{acte}": (ORGANISATEUR, lambda s, c: {"visite": s.fiches["visite"]})
        for acte in ("publier", "depublier")
    },
    "visites.actions.comptes_rendus.verser_constats": (
        ORGANISATEUR, lambda s, c: {"visite": s.fiches["visite"], "espace": s.atelier.espace},
    ),
    **{f"immersions.actions.{acte}": (ORGANISATEUR, donnees) for acte, donnees in IMMERSIONS.items()},
    "comptes.invitations.inviter": (
        ORGANISATEUR,
        lambda s, c: {"courriel": "neuf@exemple.test", "role": "editeur", "consultation": s.consultation},
    ),
    "comptes.invitations.renvoyer_invitation": (ORGANISATEUR, lambda s, c: {"mandat": mandat(s, "invite")}),
}  # fmt: skip

COMPTES = [acteur for acteur in m.ACTEURS if acteur not in ("anonyme", "participant")]


def test_every_act_that_is_told_who_acts_has_a_row():
    assert set(ACTES) == set(actes())


def refuse(acte, appel, compte):
    """Play the act to see whether it is refused; what it did is undone, but in the objects that it was given."""
    try:
        with transaction.atomic():
            acte(**appel, par=compte)
            transaction.set_rollback(True)
    except Refus as refus:
        return (refus.code, refus.statut) == ("interdit", 403)
    return False


@pytest.mark.parametrize("nom", ACTES)
def test_each_mandate_does_what_is_decided_and_nothing_else(monde, nom):
    """Those refused meet the same things one after the other: nothing comes of it. The others, new ones."""
    acte, (permis, donnees) = actes()[nom], ACTES[nom]
    with transaction.atomic():
        appel, avant = donnees(monde.ici, monde.comptes["inconnu"]), Journal.objects.count()
        refuses = {
            acteur for acteur in COMPTES if acteur not in permis and refuse(acte, appel, monde.comptes[acteur])
        }
        assert (refuses, Journal.objects.count()) == (set(COMPTES) - permis, avant)
        transaction.set_rollback(True)
    for acteur in permis:
        with transaction.atomic():
            appel = donnees(monde.ici, monde.comptes["inconnu"])
            assert not refuse(acte, appel, monde.comptes[acteur]), acteur
            transaction.set_rollback(True)


@pytest.mark.parametrize("etranger", ["de la salle", "d’ailleurs"])
@pytest.mark.parametrize("acte", ["repondre", "envoyer_grille", "effacer_copie"])
def test_a_copy_of_a_grille_answers_to_its_own_person_alone(monde, acte, etranger):
    ici, reponses = monde.ici, {"reponses": {"aide": {"": "Rien"}}} if acte == "repondre" else {}
    qui = monde.ailleurs.participant if etranger == "d’ailleurs" else creer_participant(ici.consultation)
    avant = Journal.objects.count()
    with pytest.raises(Refus) as refus:
        getattr(consultation_actions, acte)(copie=copie(ici), participant=qui, **reponses)
    assert (refus.value.code, refus.value.statut, Journal.objects.count()) == ("interdit", 403, avant)
    assert copie(ici).valeurs == {"aide": {"": "Un mot que personne ne lit"}}


def test_nobody_begins_a_grille_of_a_seminar_they_are_not_in(monde):
    with pytest.raises(Refus) as refus:
        consultation_actions.commencer_grille(grille=monde.ici.grille, participant=monde.ailleurs.participant)
    assert (refus.value.code, refus.value.statut) == ("interdit", 403)
