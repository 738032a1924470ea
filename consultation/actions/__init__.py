"""Every write of the counting rooms, one verb each. Screens, sockets, forms and imports all come through here."""

from .classeurs import (
    constater_classeur,
    finir_classeur,
    lancer_classeur,
    oublier_classeurs,
    renoncer_au_classeur,
)
from .communes import poser_communes
from .comptage import corriger_decompte
from .copies import (
    commencer_grille,
    effacer_copie,
    envoyer_grille,
    repondre,
    saisir_copie,
    verser_textes,
)
from .desaccords import dire_desaccord, laisser_de_cote, repondre_desaccord, reprendre_proposition
from .discussion import contribuer, ecrire_pour_quelqu_un, proposer_au_forum
from .effacement import effacer_participant
from .entree_par_courriel import empreinte_d_identite, empreinte_de, personne_de
from .envois import Envoi, Recu
from .forum import (
    entrer_au_forum,
    exiger_forum_ouvert,
    fermer_vote,
    ouvrir_vote,
    preparer_forum,
    regler_forum,
    tirer_cartes,
    voter_au_forum,
)
from .gardes import noter, noter_ensemble
from .grilles import (
    clore_grille,
    compter_grille,
    creer_grille,
    ecrire_grille,
    mettre_en_ligne,
    placer_grille,
    retoucher_grille,
    rouvrir_grille,
)
from .listes import ordonner_pistes, reprendre_pistes, retirer_piste
from .mandats import confier, reprendre_mandat
from .moderation import demander_recours, moderer, passages_de, trancher_recours
from .objections import objecter, repondre_objection
from .opinions import dessiner_opinions
from .ordre import deplacer, deplacer_ligne, deplacer_phrase, deplacer_section
from .oubli import consultations_echues, oublier_les_personnes
from .papier import preparer_bulletins, retirer_bulletin, saisir_bulletin
from .participants import changer_college, consentir, inscrire, reemettre_code
from .passages import (
    ajouter_ligne,
    ajouter_phrase,
    ajouter_section,
    citer_mots,
    ecrire_ligne,
    modifier_phrase,
    modifier_section,
    relire_passage,
    reprendre_chiffre,
    retirer_ligne,
    retirer_phrase,
    retirer_section,
)
from .pistes import ecarter_piste, formuler_piste, reprendre_piste, retenir_piste
from .precisions import demander_precision, garder_ses_mots, preciser, retirer_precision
from .preparation import enregistrer, supprimer
from .propositions import deposer_proposition, masquer_passages, relire_proposition
from .regions import emporter_pistes, ouvrir_suivis, renvoyer_synthese, reporter_suivi
from .regroupements import defaire_regroupement, regrouper, semer_orphelines
from .reprises import reprendre_consultation
from .scrutins import clore_scrutin, montrer_resultats, ouvrir_scrutin, preparer_scrutin, preparer_second_tour
from .signalements import annuler_decision, decisions_annulables, repondre_publiquement, signaler
from .sondages import montrer_reponses, poser_question
from .suggestions import laisser_suggestion, reprendre_suggestion
from .suites import corriger_suite, decider_suite, retirer_suite
from .suivi import (
    cesser_de_suivre,
    confirmer_suivi,
    oublier_les_demandes,
    preparer_lettre,
    suivre,
)
from .syntheses import modifier_synthese, ouvrir_synthese, publier_synthese, rendre_synthese, soumettre_synthese
from .votes import deja_recu, voter, voter_ensemble

__all__ = [
    "Envoi",
    "Recu",
    "ajouter_ligne",
    "ajouter_phrase",
    "ajouter_section",
    "annuler_decision",
    "cesser_de_suivre",
    "changer_college",
    "citer_mots",
    "clore_grille",
    "clore_scrutin",
    "commencer_grille",
    "compter_grille",
    "confier",
    "confirmer_suivi",
    "consentir",
    "constater_classeur",
    "consultations_echues",
    "contribuer",
    "corriger_decompte",
    "corriger_suite",
    "creer_grille",
    "decider_suite",
    "decisions_annulables",
    "defaire_regroupement",
    "deja_recu",
    "demander_precision",
    "demander_recours",
    "deplacer",
    "deplacer_ligne",
    "deplacer_phrase",
    "deplacer_section",
    "deposer_proposition",
    "dessiner_opinions",
    "dire_desaccord",
    "ecarter_piste",
    "ecrire_grille",
    "ecrire_ligne",
    "ecrire_pour_quelqu_un",
    "effacer_copie",
    "effacer_participant",
    "emporter_pistes",
    "empreinte_d_identite",
    "empreinte_de",
    "enregistrer",
    "entrer_au_forum",
    "envoyer_grille",
    "exiger_forum_ouvert",
    "fermer_vote",
    "finir_classeur",
    "formuler_piste",
    "garder_ses_mots",
    "inscrire",
    "laisser_de_cote",
    "laisser_suggestion",
    "lancer_classeur",
    "masquer_passages",
    "mettre_en_ligne",
    "moderer",
    "modifier_phrase",
    "modifier_section",
    "modifier_synthese",
    "montrer_reponses",
    "montrer_resultats",
    "noter",
    "noter_ensemble",
    "objecter",
    "ordonner_pistes",
    "oublier_classeurs",
    "oublier_les_demandes",
    "oublier_les_personnes",
    "ouvrir_scrutin",
    "ouvrir_suivis",
    "ouvrir_synthese",
    "ouvrir_vote",
    "passages_de",
    "personne_de",
    "placer_grille",
    "poser_communes",
    "poser_question",
    "preciser",
    "preparer_bulletins",
    "preparer_forum",
    "preparer_lettre",
    "preparer_scrutin",
    "preparer_second_tour",
    "proposer_au_forum",
    "publier_synthese",
    "reemettre_code",
    "regler_forum",
    "regrouper",
    "relire_passage",
    "relire_proposition",
    "rendre_synthese",
    "renoncer_au_classeur",
    "renvoyer_synthese",
    "repondre",
    "repondre_desaccord",
    "repondre_objection",
    "repondre_publiquement",
    "reporter_suivi",
    "reprendre_chiffre",
    "reprendre_consultation",
    "reprendre_mandat",
    "reprendre_piste",
    "reprendre_pistes",
    "reprendre_proposition",
    "reprendre_suggestion",
    "retenir_piste",
    "retirer_bulletin",
    "retirer_ligne",
    "retirer_phrase",
    "retirer_piste",
    "retirer_precision",
    "retirer_section",
    "retirer_suite",
    "retoucher_grille",
    "rouvrir_grille",
    "saisir_bulletin",
    "saisir_copie",
    "semer_orphelines",
    "signaler",
    "soumettre_synthese",
    "suivre",
    "supprimer",
    "tirer_cartes",
    "trancher_recours",
    "verser_textes",
    "voter",
    "voter_au_forum",
    "voter_ensemble",
]
