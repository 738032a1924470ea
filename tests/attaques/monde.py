"""Two seminars side by side, everyone who may turn up at a door, and every address of the product.

`batir()` fills the base; `adresses()` walks the URL resolver, so that an address added tomorrow is met here too.
"""

from dataclasses import dataclass, field
from datetime import time, timedelta
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from ateliers import actions as actions_ateliers
from ateliers import identite
from ateliers.models import Atelier, DerouleGarde, Etape, PriseDeParole, Salle, Temps
from consultation import actions
from consultation.actions.suites import Dite
from consultation.models import (
    Axe,
    Classeur,
    Consultation,
    EtapeDemarche,
    Journal,
    Mandat,
    Objection,
    Phase,
    Regroupement,
    Structure,
)
from contenus import actions as actions_contenus
from contenus.amorce import poser_arborescence
from contenus.models import Tirage
from courrier import actions as actions_courrier
from courrier.models import Abonnement
from forums import jetons
from immersions import actions as actions_immersions
from tests import fabriques
from tests.immersions import fabriques_immersions
from visites import actions as actions_visites
from visites.models import Visite

#: Everyone who may knock, from the least to the most entitled; `_entier`: in the whole consultation.
ACTEURS = (
    "anonyme",
    "inconnu",
    "participant",
    "organisateur_ailleurs",
    "animateur_voisin",
    "editeur_ailleurs",
    "rapporteur_ailleurs",
    "editeur",
    "rapporteur",
    "rapporteur_entier",
    "animateur",
    "animateur_entier",
    "organisateur",
    "administrateur",
)
#: Whose words these are; they must show nowhere to someone who may not read them.
SECRET = "Zénobie"
NOS_APPS = (
    "forums", "courrier", "immersions", "visites", "recherche", "api", "ateliers", "consultation", "contenus",
    "comptes", "plateforme",
)  # fmt: skip


@dataclass
class Seminaire:
    """One consultation and one of each thing an address can name."""

    consultation: object
    atelier: object
    voisin: object
    etapes: list
    participant: object
    proposition: object
    pistes: list
    scrutin: object
    synthese: object
    structure: object
    grille: object
    fiches: dict = field(default_factory=dict)

    def numeros(self, nom):
        """Return the keyword arguments of the address called `nom` (without its namespace)."""
        c = self.consultation
        rubrique = nom.rsplit("_", 1)[0]
        pk = {
            "temps": self.atelier.temps_id,
            "salles": self.atelier.salle_id,
            "ateliers": self.atelier.pk,
            "colleges": self.fiches["college"],
            "axes": self.fiches["axe"],
            "demarche": self.fiches["demarche"],
            "phases": self.fiches["phase"],
            "cartes_imprimer": self.fiches["lot"],
            "devenir": self.proposition.pk,
            "desaccord": self.proposition.pk,
            "effacer": self.participant.pk,
            "prevenir": self.participant.pk,
            "inscription": self.participant.pk,
            "remettre_code": self.participant.pk,
            **dict.fromkeys(("suivi", "suivi_emporter", "suivi_reporter", "suivi_relire"), self.fiches["suivi"]),
            "suite_corriger": self.fiches["suite"],
            "suite_retirer": self.fiches["suite"],
            "reprendre_mandat": self.fiches["mandat"],
            "renvoyer": self.fiches["invite"],
            "synthese-pdf": self.fiches["page"],
        }
        return {
            "consultation": c.pk,
            "atelier_id": self.atelier.pk,
            "etape_id": self.etapes[0].pk,
            "etape": self.etapes[0].pk,
            "proposition_id": self.fiches["publique"]
            if nom in ("proposition", "contribuer", "repondre")
            else self.proposition.pk,
            "regroupement_id": self.fiches["regroupement"],
            "piste_id": self.pistes[0].pk,
            "espace_id": self.atelier.espace_id,
            "synthese_id": self.synthese.pk,
            "scrutin_id": self.scrutin.pk,
            "objection_id": self.fiches["objection"],
            "lot_id": self.fiches["lot_de_bulletins"],
            "papier_id": self.fiches["papier"],
            "grille_id": self.grille.pk,
            "objet_id": self.fiches["section"],
            "page_id": self.fiches["page"],
            "code": self._code(nom),
            "slug": c.slug,
            "garde": self.fiches["garde"],
            "tour_id": self.fiches["tour"],
            "copie": self.fiches["feuille"],
            "cle": self._cle(nom),
            "numero": 1,
            "guide": "preparer",
            "acte": {
                "agir": "figer",
                "agir_grille": "clore",
                "agir_piste": "retenir",
                "agir_synthese": "ecrire-section",
                "changer_etape": "modifier",
                "changer_liste": "monter",
                "changer_piste": "ecarter",
                "tenir_la_porte": "suspendre",
                "tenir_le_mur": "cacher",
            }.get(nom, "ouvrir"),
            "decision": "ecarter",
            "jeton": self.fiches["jeton"],
            "decision_id": self.fiches["decision"],
            "geste": "epingler",
            "classeur": self.fiches["classeur"],
            "tirage": self.fiches["tirage"],
            "fil": self.fiches["fil"],
            "forme": "texte",
            "visite_id": self.fiches["visite"].pk,
            **self.fiches["immersions"],
            "document": "convention",
            "pk": self._pk(nom, pk.get(nom, pk.get(rubrique, self.atelier.pk))),
        }

    def _pk(self, nom, autre):
        if nom.startswith("visites"):
            return self.fiches["visite"].pk
        return self.grille.pk if "grille" in nom else autre

    def _cle(self, nom):
        if nom in ("recours", "decider"):
            return f"p{self.fiches['refusee']}"
        if nom == "signaler":
            return f"p{self.fiches['publique']}"
        if nom == "entreprise":
            return self.fiches["visite"].cle
        if nom == "choix":
            return self.fiches["abonnement"]
        if nom in ("suivi", "arreter"):
            return self.fiches["suivi"]
        return "aide" if "grille" in nom else "0123456789abcdef"

    def _code(self, nom):
        if nom == "carte":
            return self.fiches["code"]
        if nom in ("jour", "jour_convention"):
            return self.fiches["code_du_jour"]
        if nom == "appareil":
            return self.participant.code_personnel
        return self.grille.code if nom.split("-")[0] == "grille" else self.atelier.code


@dataclass
class Monde:
    ici: Seminaire
    ailleurs: Seminaire
    comptes: dict
    sessions: dict = field(default_factory=dict)
    portes: dict = field(default_factory=dict)

    def client(self, acteur, enforce_csrf_checks=False, **options):
        """A browser in the hands of `acteur`, its cookies real: those of the session opened with the world.

        All come to the same door, as to a server: making the layers of one costs as much as passing through them.
        """
        client = Client(enforce_csrf_checks, **options)
        client.handler = self.portes.setdefault(enforce_csrf_checks, client.handler)
        if acteur == "participant":
            client.cookies[identite.COOKIE] = biscuit(self.ici.participant)
        elif acteur != "anonyme":
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[acteur]
        return client

    def ouvrir_les_sessions(self):
        """Log everyone in once: logging in costs as much as many of the pages asked for."""
        for acteur, compte in self.comptes.items():
            self._ouvrir(acteur, compte)

    def _ouvrir(self, acteur, compte):
        client = Client()
        client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
        self.sessions[acteur] = client.session.session_key

    def cumuler(self, acteurs):
        """Let someone more in, who holds at once each mandate of `acteurs`; return what `client` calls them."""
        compte = fabriques.creer_compte()
        for mandat in Mandat.objects.filter(compte__in=[self.comptes[acteur] for acteur in acteurs]):
            fabriques.creer_mandat(mandat.role, mandat.consultation, mandat.espace, compte)
        cumul = " + ".join(sorted(acteurs))
        self._ouvrir(cumul, compte)
        return cumul


def biscuit(participant):
    """Return the value of the cookie that a phone holding `participant` carries."""
    from django.http import HttpResponse

    reponse = HttpResponse()
    identite.retenir(reponse, participant, cookies={})
    return reponse.cookies[identite.COOKIE].value


def batir():
    poser_arborescence()
    ici, ailleurs = _seminaire("ici"), _seminaire("ailleurs")
    courrier = _courrier()
    ici.fiches |= courrier
    ailleurs.fiches |= courrier
    espace = ici.atelier.espace
    monde = Monde(
        ici,
        ailleurs,
        {
            "inconnu": fabriques.creer_compte(),
            "organisateur_ailleurs": fabriques.creer_organisateur(ailleurs.consultation),
            "animateur_voisin": fabriques.creer_animateur(ici.voisin.espace),
            "editeur_ailleurs": fabriques.creer_editeur(ailleurs.consultation),
            "rapporteur_ailleurs": fabriques.creer_mandat("rapporteur", ailleurs.consultation),
            "editeur": fabriques.creer_editeur(ici.consultation),
            "rapporteur_entier": fabriques.creer_mandat("rapporteur", ici.consultation),
            "animateur_entier": fabriques.creer_mandat("animateur", ici.consultation),
            "administrateur": fabriques.creer_compte(is_superuser=True, is_staff=True),
            "rapporteur": fabriques.creer_rapporteur(espace),
            "animateur": fabriques.creer_animateur(espace),
            "organisateur": fabriques.creer_organisateur(ici.consultation),
        },
    )
    monde.ouvrir_les_sessions()
    return monde


def _courrier():
    """A number of the newsletter, the list of those who receive it, frozen; return {what: its key}."""
    quand = timezone.now()
    abonnement = Abonnement.objects.create(
        courriel="abonne@exemple.test", demande_le=quand, contact_le=quand, confirme_le=quand
    )
    page = actions_contenus.composer_fil_info(numero=77, syntheses=(), par=None)
    page.get_latest_revision().publish()
    actions_courrier.figer(page=page, par=None)
    return {"fil": page.pk, "abonnement": abonnement.cle}


def _seminaire(nom):
    consultation = fabriques.creer_consultation(titre=f"Séminaire {nom}", slug=f"seminaire-{nom}")
    debut = timezone.now()
    temps = Temps.objects.create(
        consultation=consultation, titre="Faire germer", debut=debut, fin=debut + timedelta(hours=3)
    )
    salle = Salle.objects.create(consultation=consultation, nom="Salle Tilleul")
    atelier = actions_ateliers.creer_atelier(
        consultation=consultation,
        temps=temps,
        titre=f"Apprendre {nom}",
        nature=Atelier.Nature.PLENIERE,
        salle=salle,
        par=None,
    )
    voisin = actions_ateliers.creer_atelier(
        consultation=consultation, temps=temps, titre=f"Voisin {nom}", par=None
    )
    atelier, voisin = Atelier.objects.get(pk=atelier.pk), Atelier.objects.get(pk=voisin.pk)
    structure = Structure.objects.create(nom=f"Structure {nom}")
    participant = fabriques.creer_participant(consultation, prenom=SECRET, nom="Quatrelivres", structure=structure)
    actions_ateliers.entrer(atelier=atelier, participant=participant)
    espace = atelier.espace
    propositions = [fabriques.creer_proposition(espace, participant=participant) for _ in range(3)]
    pistes = [fabriques.creer_piste(espace, propositions=[p]) for p in propositions[:2]]
    scrutin = fabriques.creer_scrutin(espace, pistes)
    synthese = actions.ouvrir_synthese(consultation=consultation, espace=espace, titre=f"Synthèse {nom}", par=None)
    grille, copie = _grille(consultation, participant)
    forum = _forum(consultation, participant)
    axe = Axe.objects.create(consultation=consultation, titre="Apprendre")
    section = actions.ajouter_section(synthese=synthese, titre="Partie", axe=None, par=None)
    publiee = actions.ouvrir_synthese(consultation=consultation, titre=f"Publiée {nom}", par=None)
    page = actions_contenus.faire_page(synthese=publiee, par=None)
    page.get_latest_revision().publish()
    invite = fabriques.creer_compte(password=UNUSABLE_PASSWORD_PREFIX)
    invite.set_unusable_password()
    invite.save()
    mandats = [
        Mandat.objects.create(consultation=consultation, compte=compte, role="rapporteur", espace=voisin.espace)
        for compte in (fabriques.creer_compte(), invite)
    ]
    return Seminaire(
        consultation,
        atelier,
        voisin,
        list(Etape.objects.filter(atelier=atelier)),
        participant,
        propositions[2],
        pistes,
        scrutin,
        synthese,
        structure,
        grille,
        {
            "college": consultation.colleges.last().pk,
            "copie": copie.pk,
            **forum,
            "feuille": actions.saisir_copie(
                grille=grille, college=participant.college, reponses={}, cle="feuille", par=None
            ).pk,
            "axe": axe.pk,
            "suivi": _suivi(consultation, nom).pk,
            "suite": actions.decider_suite(
                piste=pistes[0],
                dite=Dite("retenue", timezone.localdate(), "La salle le demande.", "le conseil"),
                par=None,
            ).pk,
            "objection": Objection.objects.create(
                scrutin=scrutin, piste=pistes[0], participant=participant, raison="Une raison"
            ).pk,
            "demarche": EtapeDemarche.objects.create(consultation=consultation, titre="Visites").pk,
            **_papier(scrutin, participant),
            "tour": PriseDeParole.objects.create(atelier=atelier, college=participant.college).pk,
            "garde": DerouleGarde.objects.create(compte=invite, titre="Le mien", etapes=[]).pk,
            "mandat": mandats[0].pk,
            "invite": mandats[1].pk,
            "visite": _visite(consultation, participant),
            "regroupement": Regroupement.objects.filter(piste=pistes[0]).first().pk,
            "section": section.pk,
            "page": page.pk,
            **_immersion(consultation, participant, structure),
            "classeur": Classeur.objects.create(consultation=consultation, etat="arrete").pk,
            "tirage": Tirage.objects.create(consultation=consultation, etat="arrete").pk,
        },
    )


def _papier(scrutin, participant):
    """Sheets printed for the vote, the first one keyed in."""
    lot = actions.preparer_bulletins(scrutin=scrutin, nombre=4, college=participant.college, par=None)
    papier = actions.saisir_bulletin(scrutin=scrutin, saisie=f"1 {scrutin.pistes.first().numero}", par=None)
    return {"lot_de_bulletins": lot.pk, "papier": papier.pk}


def _visite(consultation, participant):
    """An enterprise visited yesterday by `participant`, its report written."""
    quand = {"debut": timezone.now() + timedelta(days=9), "fin": timezone.now() + timedelta(days=10)}
    visite = Visite(
        consultation=consultation, entreprise="Le Fournil", a_voir="Le four", lieu="Ici", places=5, **quand
    )
    actions_visites.enregistrer_visite(visite=visite, par=None)
    visite = actions_visites.ouvrir(visite=visite, par=None)
    actions_visites.demander(visite=visite, participant=participant)
    hier = timezone.now() - timedelta(days=1)
    Visite.objects.filter(pk=visite.pk).update(debut=hier, fin=hier)
    return actions_visites.ecrire_recit(visite=visite, recit="Chacun forme le suivant.", par=None)


def _immersion(consultation, participant, structure):
    """Someone's immersion under way, and one of each thing of it that an address names."""
    dispositif = fabriques_immersions.creer_dispositif(consultation)
    structure.type = "aci"
    structure.save()
    immersion = fabriques_immersions.creer_prete(dispositif, personne=participant, structure=structure)
    fabriques_immersions.signer(immersion, "structure")
    hote = fabriques_immersions.creer_entreprise(dispositif)
    qui = {"immersion": immersion, "par": None}
    demarche = actions_immersions.demarcher(**qui, entreprise=hote, moyen="visite", le=timezone.localdate())
    obstacle = actions_immersions.noter_obstacle(**qui, sorte="garde", qui="La crèche")
    trimestre = {"dispositif": dispositif, "annee": 2025, "par": None}
    besoin = actions_immersions.noter_besoin(**trimestre, numero=1, mots="Un car le matin")
    ordre = actions_immersions.preparer_reunion(
        **trimestre, trimestre=1, points=[f"besoin:{besoin.pk}"], titre="Réunion du réseau", question="",
        jour=timezone.localdate() + timedelta(days=30), heure=time(14),
    )  # fmt: skip
    return {
        "code_du_jour": actions_immersions.donner_un_code(**qui, partie="accueil"),
        "immersions": {
            "immersion": immersion.pk,
            "entreprise": hote.pk,
            "demarche": demarche.pk,
            "obstacle": obstacle.pk,
            "signature": immersion.signatures.get().pk,
            "besoin": besoin.pk,
            "ordre": ordre.pk,
        },
    }


def _suivi(consultation, nom):
    """A region that follows it up, with a synthesis handed over; the region has nobody of its own here."""
    region = fabriques.creer_territoire(nom=f"Bretagne {nom}", niveau="region")
    demain = timezone.localdate() + timedelta(days=1)
    (suivi,) = actions.ouvrir_suivis(consultation=consultation, territoires=[region], attendue_le=demain, par=None)
    synthese = actions.ouvrir_synthese(consultation=suivi.regionale, titre=f"Région {nom}", par=None)
    section = actions.ajouter_section(synthese=synthese, titre="Partie", par=None)
    actions.ajouter_phrase(section=section, texte="On apprend à deux.", pistes=[], par=None)
    actions.soumettre_synthese(synthese=synthese, par=None)
    return suivi


def _grille(consultation, participant):
    """Return (Grille online, with one free question, the copy that `participant` sent)."""
    aide = {"cle": "aide", "libelle": "Qu’est-ce qui vous aiderait ?", "nature": "texte"}
    grille = actions.creer_grille(
        consultation=consultation,
        titre="Mon parcours",
        contenu={"sections": [{"titre": "Mon travail", "questions": [aide]}]},
        par=None,
    )
    actions.mettre_en_ligne(grille=grille, par=None)
    grille.refresh_from_db()
    copie = actions.commencer_grille(grille=grille, participant=participant)
    reponses = {"aide": {"": "Un mot que personne ne lit"}}
    actions.repondre(copie=copie, participant=participant, reponses=reponses)
    return grille, actions.envoyer_grille(copie=copie, participant=participant)


def _forum(consultation, participant):
    """Make a forum of it, its phases open, with a text refused and an appeal; return {what: its key}."""
    reglages = {nom: getattr(consultation, nom) for nom in ("nature", "relecture", "longueur_max")}
    forum = actions.preparer_forum(consultation=consultation, question="Et ici ?", par=None)
    maintenant = timezone.now()
    phases = [
        Phase.objects.create(
            consultation=consultation, nature=nature, debut=maintenant, fin=maintenant + timedelta(days=9)
        )
        for nature in ("proposer", "discuter", "voter")
    ]
    lot = actions.tirer_cartes(consultation=consultation, libelle="Mairie", nombre=2, par=None)
    publique = _publique(forum)
    refusee = actions.proposer_au_forum(consultation=consultation, participant=participant, texte="Un mot caché")
    decision = actions.moderer(texte=refusee, sens="refusee", regle=1, motif="Hors du sujet.", par=None)
    recours = actions.demander_recours(texte=refusee, participant=participant)
    Consultation.objects.filter(pk=consultation.pk).update(**reglages)
    abonne, _ecrire = actions.suivre(forum=forum, courriel="lise@exemple.test", accord=True)
    return {
        "suivi": abonne.cle,
        "jeton": jetons.faire(actions.empreinte_de("yann@exemple.test", consultation), forum),
        "forum": forum.pk,
        "phase": phases[0].pk,
        "lot": lot.pk,
        "code": lot.codes.first().code,
        "publique": publique.pk,
        "refusee": refusee.pk,
        "decision": decision.pk,
        "recours": recours.pk,
    }


def _publique(forum):
    """A proposition that anyone may read, by someone who agreed to it."""
    consultation = forum.consultation
    autre = fabriques.creer_participant(consultation, prenom="Bao", accord_publication=True)
    publique = actions.proposer_au_forum(consultation=consultation, participant=autre, texte="Un minibus le matin")
    actions.moderer(texte=publique, sens="affichee", par=None)
    return publique


@cache
def adresses():
    """Return {full name of an address of ours: the parameters it takes}, from the URL resolver itself."""
    return dict(_adresses(get_resolver(), "", frozenset()))


def _adresses(resolveur, espace, parametres):
    for motif in resolveur.url_patterns:
        siens = parametres | motif.pattern.regex.groupindex.keys() | set(motif.pattern.converters)
        if hasattr(motif, "url_patterns"):
            yield from _adresses(motif, f"{espace}{motif.namespace}:" if motif.namespace else espace, siens)
        elif getattr(motif.callback, "__module__", "").split(".")[0] in NOS_APPS:
            yield espace + motif.name, siens


def adresse(nom, seminaire, **autres):
    """Return the path of the address `nom` for the things of `seminaire`, `autres` replacing its numbers."""
    *espaces, court = nom.split(":")
    valeurs = seminaire.numeros(court)
    communs = {
        "structures": seminaire.structure.pk,
        "territoires": seminaire.consultation.territoire_id,
        "consultations": seminaire.consultation.pk,
    }
    if espaces and espaces[-1] in communs:
        valeurs["pk"] = communs[espaces[-1]]
    valeurs |= autres
    return reverse(nom, kwargs={p: valeurs[p] for p in adresses()[nom]})


def trace():
    """Return what changes when anything is done: the journal's length."""
    return Journal.objects.count()
