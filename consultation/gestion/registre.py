"""The journal in words: what was done (`verbes`), what it was done to, and its details. Nothing here writes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..lectures.personnes import repere_au_journal
from ..models import Participant
from .dires import dire_champ, dire_sorte, dire_valeur
from .verbes import VERBES

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
    "visites.visite": gettext_lazy("visite"),
    "courrier.abonnement": gettext_lazy("abonnement"),
    "courrier.envoi": gettext_lazy("envoi"),
    "immersions.dispositif": gettext_lazy("dispositif d’immersions"),
    "immersions.immersion": gettext_lazy("immersion"),
    "immersions.entreprise": gettext_lazy("entreprise"),
    "immersions.trimestre": gettext_lazy("trimestre"),
    "immersions.besoin": gettext_lazy("besoin du territoire"),
    "immersions.ordredujour": gettext_lazy("ordre du jour"),
}
DETAILS = {
    "pages": gettext_lazy("pages"),
    "personnes": gettext_lazy("personnes"),
    "forme": gettext_lazy("fichier"),
    "espace": gettext_lazy("espace"),
    "origine": gettext_lazy("origine"),
    "moderation": gettext_lazy("affichage"),
    "numero": gettext_lazy("piste n°"),
    "pistes": gettext_lazy("pistes"),
    "bulletin": gettext_lazy("bulletin n°"),
    "premier": gettext_lazy("du n°"),
    "dernier": gettext_lazy("au n°"),
    "fil": gettext_lazy("Fil d’Info n°"),
    "vise": gettext_lazy("immersions visées"),
    "acte": gettext_lazy("ce qui était tenté"),
    "genre": gettext_lazy("genre"),
    "partie": gettext_lazy("qui signe"),
    "moyen": gettext_lazy("comment"),
    "manquent": gettext_lazy("niveaux qui manquent"),
    "issue": gettext_lazy("suite"),
    "quoi": gettext_lazy("ce qui attend"),
    "entreprise": gettext_lazy("entreprise n°"),
    "annee": gettext_lazy("année"),
    "trimestre": gettext_lazy("trimestre"),
    "jour_passe": gettext_lazy("le jour dit est passé"),
    "personne_oubliee": gettext_lazy("personne oubliée"),
    "personnes_oubliees": gettext_lazy("consultation oubliée"),
    "jamais_confirmes": gettext_lazy("jamais confirmées"),
    "trois_ans": gettext_lazy("sans nouvelle depuis trois ans"),
    "rang": gettext_lazy("place"),
    "fusions": gettext_lazy("communes réunies"),
    "cartes": gettext_lazy("cartes"),
    "fiches": gettext_lazy("fiches"),
    "plateforme": gettext_lazy("plateforme"),
    "votes": gettext_lazy("votes"),
    "publiees": gettext_lazy("publiées"),
    "region": gettext_lazy("région n°"),
    "attendue_le": gettext_lazy("attendue le"),
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
    "lettres": gettext_lazy("lettres"),
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
    "secret": gettext_lazy("vote secret"),
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
