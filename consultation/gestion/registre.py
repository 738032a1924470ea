"""The journal in words: the sentence of each verb, what it was done to, and its details. Nothing here writes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..lectures.personnes import repere_au_journal
from ..models import Participant
from .dires import dire_champ, dire_sorte, dire_valeur

VERBES = {
    "importer_inscriptions": gettext_lazy("a importé une liste d’inscriptions"),
    "inscrire": gettext_lazy("a inscrit quelqu’un"),
    "corriger_participant": gettext_lazy("a corrigé une inscription"),
    "reemettre_code": gettext_lazy("a remis un code personnel"),
    "changer_college": gettext_lazy("a changé quelqu’un de collège"),
    "consentir": gettext_lazy("a dit si ses mots peuvent être publiés"),
    "effacer_participant": gettext_lazy("a effacé les données de quelqu’un"),
    "deposer_proposition": gettext_lazy("a déposé une proposition"),
    "relire_proposition": gettext_lazy("a relu une proposition"),
    "demander_precision": gettext_lazy("a demandé de préciser une proposition"),
    "retirer_precision": gettext_lazy("a retiré une demande de précision"),
    "preciser": gettext_lazy("a précisé sa proposition"),
    "garder_ses_mots": gettext_lazy("a gardé ses mots tels quels"),
    "masquer_passages": gettext_lazy("a masqué des passages"),
    "creer_grille": gettext_lazy("a commencé une grille"),
    "ecrire_grille": gettext_lazy("a changé une grille"),
    "placer_grille": gettext_lazy("a choisi l’atelier d’une grille"),
    "mettre_en_ligne": gettext_lazy("a mis une grille en ligne"),
    "clore_grille": gettext_lazy("a clos une grille"),
    "rouvrir_grille": gettext_lazy("a rouvert une grille"),
    "compter_grille": gettext_lazy("a compté les réponses à une grille"),
    "commencer_grille": gettext_lazy("a commencé à répondre à une grille"),
    "envoyer_grille": gettext_lazy("a envoyé ses réponses à une grille"),
    "saisir_copie": gettext_lazy("a saisi une feuille de grille"),
    "effacer_copie": gettext_lazy("a effacé des réponses à une grille"),
    "preparer_forum": gettext_lazy("a préparé un forum"),
    "tirer_cartes": gettext_lazy("a tiré des codes de cartes"),
    "contribuer": gettext_lazy("a donné un argument ou posé une question"),
    "relire_contribution": gettext_lazy("a relu un argument ou une question"),
    "demander_recours": gettext_lazy("a demandé une deuxième lecture"),
    "trancher_recours": gettext_lazy("a répondu à une deuxième lecture"),
    "signaler_texte": gettext_lazy("a signalé un texte"),
    "annuler_decision": gettext_lazy("est revenu sur une décision"),
    "repondre_publiquement": gettext_lazy("a répondu à une proposition"),
    "suivre_forum": gettext_lazy("a demandé à suivre un forum"),
    "confirmer_suivi": gettext_lazy("a confirmé suivre un forum"),
    "cesser_de_suivre": gettext_lazy("ne suit plus un forum"),
    "preparer_lettre": gettext_lazy("a préparé le résumé d’un forum"),
    "oublier_les_personnes": gettext_lazy("a effacé les données des personnes, le jour dit"),
    "regrouper": gettext_lazy("a regroupé"),
    "defaire_regroupement": gettext_lazy("a défait un regroupement"),
    "laisser_suggestion": gettext_lazy("a laissé un regroupement proposé"),
    "reprendre_suggestion": gettext_lazy("a repris un regroupement proposé"),
    "formuler_piste": gettext_lazy("a formulé une piste"),
    "retenir_piste": gettext_lazy("a retenu une piste"),
    "ecarter_piste": gettext_lazy("a écarté une piste"),
    "reprendre_piste": gettext_lazy("a repris une piste"),
    "reprendre_pistes": gettext_lazy("a mis des pistes dans la liste d’une plénière"),
    "ordonner_pistes": gettext_lazy("a changé l’ordre de la liste d’une plénière"),
    "retirer_piste": gettext_lazy("a enlevé une piste de la liste d’une plénière"),
    "preparer_scrutin": gettext_lazy("a préparé un vote"),
    "ouvrir_scrutin": gettext_lazy("a ouvert un vote"),
    "clore_scrutin": gettext_lazy("a clos un vote"),
    "poser_question": gettext_lazy("a posé une question à la salle"),
    "montrer_reponses": gettext_lazy("a montré les réponses à une question"),
    "montrer_resultats": gettext_lazy("a montré les résultats d’un vote"),
    "dessiner_opinions": gettext_lazy("a demandé la carte des opinions d’un vote"),
    "repondre_objection": gettext_lazy("a répondu à une objection"),
    "voter": gettext_lazy("a voté"),
    "corriger_decompte": gettext_lazy("a recompté un vote"),
    "ouvrir_synthese": gettext_lazy("a ouvert une synthèse"),
    "modifier_synthese": gettext_lazy("a modifié une synthèse"),
    "ajouter_section": gettext_lazy("a ajouté une partie à une synthèse"),
    "modifier_section": gettext_lazy("a changé le titre d’une partie"),
    "deplacer_section": gettext_lazy("a déplacé une partie"),
    "retirer_section": gettext_lazy("a retiré une partie"),
    "ajouter_phrase": gettext_lazy("a écrit une phrase"),
    "modifier_phrase": gettext_lazy("a changé une phrase"),
    "deplacer_phrase": gettext_lazy("a déplacé une phrase"),
    "retirer_phrase": gettext_lazy("a retiré une phrase"),
    "ajouter_ligne": gettext_lazy("a ajouté une ligne au tableau"),
    "ecrire_ligne": gettext_lazy("a changé une ligne du tableau"),
    "deplacer_ligne": gettext_lazy("a déplacé une ligne du tableau"),
    "retirer_ligne": gettext_lazy("a retiré une ligne du tableau"),
    "soumettre_synthese": gettext_lazy("a soumis une synthèse"),
    "rendre_synthese": gettext_lazy("a rendu une synthèse à revoir"),
    "publier_synthese": gettext_lazy("a publié une synthèse"),
    "decider_suite": gettext_lazy("a répondu à une piste"),
    "corriger_suite": gettext_lazy("a corrigé la réponse à une piste"),
    "retirer_suite": gettext_lazy("a retiré la réponse à une piste"),
    "faire_page": gettext_lazy("a fait la page d’une synthèse"),
    "faire_page_du_seminaire": gettext_lazy("a fait la page du séminaire"),
    "recevoir_reponse": gettext_lazy("a répondu au formulaire d’une page"),
    "effacer_reponses_echues": gettext_lazy("a effacé les réponses dont le temps est passé"),
    "reprendre_chiffres": gettext_lazy("a repris les chiffres dans une page"),
    "composer_fil_info": gettext_lazy("a composé un Fil d’Info"),
    "poser_arborescence": gettext_lazy("a posé les premières pages"),
    "creer": gettext_lazy("a ajouté"),
    "modifier": gettext_lazy("a modifié"),
    "deplacer": gettext_lazy("a changé l’ordre"),
    "supprimer": gettext_lazy("a supprimé"),
    "creer_compte": gettext_lazy("a créé un compte"),
    "inviter": gettext_lazy("a invité quelqu’un"),
    "confier": gettext_lazy("a confié un rôle"),
    "reprendre_mandat": gettext_lazy("a retiré un rôle"),
    "changer_etat": gettext_lazy("a changé l’état de la consultation"),
    "imprimer_codes": gettext_lazy("a imprimé les codes"),
    "tirer_codes": gettext_lazy("a tiré un fichier de codes personnels"),
    "exporter": gettext_lazy("a exporté des données"),
    "creer_atelier": gettext_lazy("a créé un atelier"),
    "copier_atelier": gettext_lazy("a copié un atelier"),
    "copier_temps": gettext_lazy("a copié une demi-journée"),
    "dupliquer_consultation": gettext_lazy("a préparé un séminaire d’après un autre"),
    "modifier_atelier": gettext_lazy("a modifié un atelier"),
    "appliquer_deroule": gettext_lazy("a posé un déroulé"),
    "garder_deroule": gettext_lazy("a gardé un déroulé pour s’en resservir"),
    "oublier_deroule": gettext_lazy("a oublié un déroulé gardé"),
    "changer_code": gettext_lazy("a changé le code d’un atelier"),
    "ajouter_etape": gettext_lazy("a ajouté une étape"),
    "modifier_etape": gettext_lazy("a modifié une étape"),
    "deplacer_etape": gettext_lazy("a déplacé une étape"),
    "retirer_etape": gettext_lazy("a retiré une étape"),
    "reserver_place": gettext_lazy("a réservé une place"),
    "liberer_place": gettext_lazy("a libéré une place"),
    "regler_inscription_publique": gettext_lazy("a réglé l’inscription publique"),
    "demander_inscription": gettext_lazy("a demandé une place"),
    "accueillir_demandes": gettext_lazy("a inscrit des personnes qui attendaient"),
    "envoyer_convocations": gettext_lazy("a envoyé les convocations"),
    "garder_adresse": gettext_lazy("a gardé une adresse de courriel"),
    "oublier_adresse": gettext_lazy("a effacé une adresse de courriel"),
    "effacer_adresses_echues": gettext_lazy("a effacé les adresses dont le temps est passé"),
    "entrer": gettext_lazy("est entré dans un atelier"),
    "suspendre_entrees": gettext_lazy("a mis les entrées d’un atelier en pause"),
    "reprendre_entrees": gettext_lazy("a repris les entrées d’un atelier"),
    "cacher_mur": gettext_lazy("a caché le mur d’un atelier"),
    "montrer_mur": gettext_lazy("a remis le mur d’un atelier"),
    "placer_au_mur": gettext_lazy("a choisi la place d’une proposition à l’écran"),
    "tirer_la_parole": gettext_lazy("a tiré au sort qui prend la parole"),
    "passer_son_tour": gettext_lazy("a noté que la personne tirée passe son tour"),
    "noter_parole": gettext_lazy("a noté une prise de parole"),
    "oublier_parole": gettext_lazy("a repris une prise de parole notée"),
    "faire_sortir": gettext_lazy("a fait sortir quelqu’un d’un atelier"),
    "rouvrir_atelier": gettext_lazy("a rouvert un atelier"),
    "ouvrir_etape": gettext_lazy("a ouvert une étape"),
    "prolonger": gettext_lazy("a prolongé une étape"),
    "suspendre": gettext_lazy("a mis une étape en pause"),
    "reprendre": gettext_lazy("a repris une étape"),
    "clore_etape": gettext_lazy("a fermé une étape"),
    "preparer_repetition": gettext_lazy("a préparé une répétition"),
    "effacer_repetition": gettext_lazy("a effacé une répétition"),
}
OBJETS = {
    "consultation.college": gettext_lazy("collège"),
    "consultation.axe": gettext_lazy("axe"),
    "consultation.etapedemarche": gettext_lazy("étape de la démarche"),
    "consultation.territoire": gettext_lazy("territoire"),
    "consultation.structure": gettext_lazy("structure"),
    "consultation.consultation": gettext_lazy("consultation"),
    "consultation.participant": gettext_lazy("participant"),
    "consultation.proposition": gettext_lazy("proposition"),
    "consultation.piste": gettext_lazy("piste"),
    "consultation.regroupement": gettext_lazy("regroupement"),
    "consultation.suggestionlaissee": gettext_lazy("regroupement proposé"),
    "consultation.espace": gettext_lazy("espace de parole"),
    "consultation.scrutin": gettext_lazy("vote"),
    "consultation.synthese": gettext_lazy("synthèse"),
    "consultation.sectionsynthese": gettext_lazy("partie de synthèse"),
    "consultation.phrasesynthese": gettext_lazy("phrase de synthèse"),
    "consultation.lignesynthese": gettext_lazy("ligne de synthèse"),
    "consultation.forum": gettext_lazy("forum"),
    "consultation.phase": gettext_lazy("temps du forum"),
    "consultation.contribution": gettext_lazy("argument ou question"),
    "consultation.recours": gettext_lazy("deuxième lecture"),
    "consultation.lotdecodes": gettext_lazy("lot de cartes"),
    "consultation.mandat": gettext_lazy("rôle"),
    "ateliers.temps": gettext_lazy("demi-journée"),
    "ateliers.salle": gettext_lazy("salle"),
    "ateliers.atelier": gettext_lazy("atelier"),
    "ateliers.etape": gettext_lazy("étape"),
    "contenus.synthesepage": gettext_lazy("page de synthèse"),
    "contenus.seminairepage": gettext_lazy("page de séminaire"),
    "contenus.formulairepage": gettext_lazy("page de questions"),
}
DETAILS = {
    "personnes": gettext_lazy("personnes"),
    "forme": gettext_lazy("fichier"),
    "espace": gettext_lazy("espace"),
    "origine": gettext_lazy("origine"),
    "moderation": gettext_lazy("affichage"),
    "numero": gettext_lazy("piste n°"),
    "pistes": gettext_lazy("pistes"),
    "rang": gettext_lazy("place"),
    "cartes": gettext_lazy("cartes"),
    "avant": gettext_lazy("avant"),
    "apres": gettext_lazy("après"),
    "role": gettext_lazy("rôle"),
    "champs": gettext_lazy("champs"),
    "changes": gettext_lazy("ce qui change"),
    "creer": gettext_lazy("inscrits"),
    "modifier": gettext_lazy("modifiés"),
    "inchangee": gettext_lazy("inchangés"),
    "refusee": gettext_lazy("laissées de côté"),
    "doublon": gettext_lazy("doublons"),
    "jusqu_au": gettext_lazy("jusqu’au"),
    "lignes": gettext_lazy("lignes"),
    "rates": gettext_lazy("pas partis"),
    "ouverte": gettext_lazy("ouverte"),
    "deroule": gettext_lazy("déroulé"),
    "duree": gettext_lazy("durée"),
    "regle": gettext_lazy("règle"),
    "college": gettext_lazy("collège"),
    "parmi": gettext_lazy("parmi"),
    "de": gettext_lazy("d’après le n°"),
    "affiches": gettext_lazy("affiches"),
    "groupes": gettext_lazy("groupes"),
    "objection": gettext_lazy("objection n°"),
    "badges": gettext_lazy("badges"),
    "bulletins": gettext_lazy("bulletins"),
    "codes": gettext_lazy("avec les codes"),
    "compte": gettext_lazy("compte n°"),
    "copies": gettext_lazy("réponses"),
    "etape": gettext_lazy("étape n°"),
    "fermee": gettext_lazy("étape fermée n°"),
    "generation": gettext_lazy("code numéro"),
    "le": gettext_lazy("le"),
    "liste_close": gettext_lazy("vote gardé à ceux qui étaient là"),
    "minutes": gettext_lazy("minutes"),
    "mode": gettext_lazy("façon de voter"),
    "nature": gettext_lazy("sorte"),
    "ordre": gettext_lazy("place"),
    "passages": gettext_lazy("passages"),
    "piste": gettext_lazy("piste"),
    "propositions": gettext_lazy("propositions"),
    "quorum_gommettes": gettext_lazy("gommettes demandées"),
    "reponse": gettext_lazy("réponse n°"),
    "restant": gettext_lazy("secondes restantes"),
    "resultats_attendent": gettext_lazy("résultats montrés plus tard"),
    "retenues": gettext_lazy("pistes retenues"),
    "revision": gettext_lazy("version"),
    "scrutin": gettext_lazy("vote n°"),
    "sections": gettext_lazy("parties"),
    "seuil": gettext_lazy("seuil"),
    "sorte": gettext_lazy("quoi"),
    "synthese": gettext_lazy("synthèse n°"),
    "syntheses": gettext_lazy("synthèses n°"),
    "vers": gettext_lazy("vers la place"),
    "version": gettext_lazy("version"),
}


def dire_verbe(verbe):
    """The act as a plain sentence; a verb without one is read as it is written."""
    return VERBES.get(verbe, verbe.replace("_", " "))


def dire_objet(entree):
    if not entree.objet_type:
        return ""
    objet, numero = OBJETS.get(entree.objet_type) or dire_sorte(entree.objet_type), entree.objet_id
    if entree.objet_type == Participant._meta.label_lower:
        if entree.participant_id == numero:  # one's own doing: the two signs side by side would join them
            return objet
        numero = repere_au_journal(entree.consultation_id, numero, agit=False)
    return f"{objet} n° {numero}"


#: Acts of which nothing more is told: entries of former releases say how many pistes a voter chose.
SANS_DETAIL = {"voter"}


def dire_details(entree):
    if entree.verbe in SANS_DETAIL:
        return ""
    lus = ((cle, valeur) for cle, valeur in entree.details.items() if valeur not in (None, "", []))
    return " ; ".join(f"{DETAILS.get(cle, cle)} : {_valeur(entree, cle, valeur)}" for cle, valeur in lus)


def _valeur(entree, cle, valeur):
    if cle == "changes":
        return ", ".join(_dire_changement(entree.objet_type, *change) for change in valeur)
    if cle == "champs":
        return ", ".join(dire_champ(entree.objet_type, nom) for nom in valeur)
    return dire_valeur(valeur)


def _dire_changement(type_, champ, avant, apres):
    """A field and its values, before and after; a long text is named only."""
    dits = [_("rien") if v in (None, "") else dire_valeur(v) for v in (avant, apres)]
    return dire_champ(type_, champ) + ("" if avant is apres is None else f" ({dits[0]} → {dits[1]})")


#: Acts that change what a seminar is to be: its settings, its programme, its team.
REGLAGES = (
    "creer",
    "modifier",
    "deplacer",
    "supprimer",
    "changer_etat",
    "confier",
    "reprendre_mandat",
    "creer_atelier",
    "modifier_atelier",
    "copier_atelier",
    "copier_temps",
    "appliquer_deroule",
    "changer_code",
    "regler_inscription_publique",
    "regler_forum",
)
