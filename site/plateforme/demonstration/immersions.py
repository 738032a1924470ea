"""A year of immersions on an invented territory: 40 aimed at, 106 done, and six files of today.

Both figures are those that a real scheme told; people, enterprises and everything else are invented.
"""

import random
from datetime import date, time, timedelta

from django.utils import timezone

from consultation import actions as actions_consultation
from consultation.models import Consultation, Structure, Territoire
from immersions import actions, lectures
from immersions.comptage import bornes
from immersions.models import Entreprise, Immersion

from . import cadre
from .domont.donnees import COLLEGES
from .horloge import a_la_date, jour_a, jour_ouvre, moment_ouvre

SLUG = "immersions-deux-rives"
#: Whoever has a convention to sign, with a code to type in the demonstration.
PRENOM, CODE = "Nadia", "NAD2A4RT"
PRENOMS = (
    "Abdou", "Béa", "Chloé", "Driss", "Elsa", "Fanta", "Gaël", "Hawa", "Ivan", "Jade", "Kadi", "Léo", "Mila",
    "Noé", "Ousmane", "Pia", "Rayan", "Sonia", "Tarek", "Uma", "Vlad", "Wendy", "Yasmine", "Zoé",
)  # fmt: skip
STRUCTURES = (
    ("Le Chantier des Saules", "aci"), ("Les Jardins du Gué", "aci"), ("Atelier des Deux Rives", "ei"),
    ("Coup de main du canton", "ai"),
)  # fmt: skip
ENTREPRISES = (
    ("Maçonnerie Belair", "batiment"), ("Charpentes du Val", "batiment"), ("Paysages Verdier", "espaces_verts"),
    ("Ville des Aulnes, espaces verts", "espaces_verts"), ("Net et Clair", "proprete"),
    ("Boulangerie des Tilleuls", "commerce"), ("Halle du Centre", "commerce"), ("Résidence du Parc", "aide"),
    ("Transports Morel", "logistique"), ("L’Auberge du Gué", "restauration"), ("Câbles du Nord", "industrie"),
)  # fmt: skip
#: What was done in each quarter of the year: {what: how many}. Each line of a quarter makes its total.
TRIMESTRES = (
    {
        "genre": {"decouverte": 14, "validation": 7}, "jours": {5: 9, 12: 7, 26: 5},
        "secteur": {"batiment": 6, "espaces_verts": 5, "proprete": 5, "commerce": 5},
        "issue": {"confirme": 9, "abandon": 6, "formation": 6}, "structure": {0: 7, 1: 7, 2: 7},
        "mobilite": {True: 6}, "lecture": {True: 3},
    },
    {
        "genre": {"decouverte": 18, "validation": 10}, "jours": {5: 13, 12: 10, 26: 5},
        "secteur": {"batiment": 8, "espaces_verts": 7, "commerce": 7, "aide": 6},
        "issue": {"confirme": 12, "abandon": 5, "formation": 6, "embauche": 5}, "structure": {0: 10, 1: 9, 2: 9},
        "mobilite": {True: 7}, "equipement": {True: 6}, "garde": {True: 9},
    },
    {
        "genre": {"decouverte": 12, "validation": 7}, "jours": {5: 8, 12: 11},
        "secteur": {"batiment": 7, "espaces_verts": 6, "proprete": 6},
        "issue": {"confirme": 9, "abandon": 5, "formation": 5}, "structure": {0: 7, 1: 6, 2: 6},
        "mobilite": {True: 5},
    },
    {
        "genre": {"decouverte": 24, "validation": 14}, "jours": {5: 17, 12: 14, 26: 7},
        "secteur": {
            "batiment": 9, "espaces_verts": 8, "commerce": 6, "aide": 6, "proprete": 6,
            "logistique": 1, "restauration": 1, "industrie": 1,
        },
        "issue": {"confirme": 14, "abandon": 5, "embauche": 8, "": 11}, "structure": {0: 12, 1: 11, 2: 10, 3: 5},
        "mobilite": {True: 8, False: 5}, "equipement": {True: 8}, "garde": {False: 5},
        "horaires": {True: 5, False: 3},
    },
)  # fmt: skip
#: What the network found missing, by quarter.
BESOINS = ((2, "Un car avant 7 heures vers la zone d’activité"), (4, "Une garde d’enfants le matin tôt"))
OBSTACLES = ("mobilite", "equipement", "garde", "horaires", "lecture")


def poser(equipe, territoires):
    """Create the scheme, its year and what goes on today; return the Consultation."""
    deja = Consultation.objects.filter(slug=SLUG).first()
    if deja is not None:
        return deja
    consultation = _consultation(equipe, territoires)
    par = equipe.organisation
    lettres = cadre.colleges(consultation, COLLEGES, par=par)
    dispositif = actions.regler_dispositif(
        consultation=consultation, porteur="Le réseau des Deux Rives", telephone="01 99 00 12 13", vise=40, par=par
    )
    reseau = Reseau(dispositif, lettres["s"], par)
    annee = timezone.localdate().year - 1
    for numero, faites in enumerate(TRIMESTRES, start=1):
        reseau.trimestre(annee, numero, faites)
    actions.arreter_trimestre(dispositif=dispositif, annee=annee, numero=4, par=par)
    reseau.aujourdhui()
    reseau.se_reunir(annee)
    return consultation


def _consultation(equipe, territoires):
    pays = Territoire(nom="Pays des Deux Rives", niveau="local", parent=territoires["Hauts-de-France"])
    consultation = Consultation(
        titre="Immersions du Pays des Deux Rives",
        slug=SLUG,
        chapeau="Essayer un métier dans une entreprise, deux semaines, sans quitter son travail.",
        territoire=actions_consultation.enregistrer(objet=pays, par=equipe.admin),
        acces=Consultation.Acces.PERSONNEL,
    )
    consultation = actions_consultation.enregistrer(objet=consultation, par=equipe.admin)
    cadre.roles(consultation, equipe)
    return consultation


class Reseau:
    """Who takes part, and what the acts need to be told."""

    def __init__(self, dispositif, college, par):
        self.dispositif, self.college, self.par = dispositif, college, par
        self.tirage = random.Random(40)
        self.structures = [
            actions_consultation.enregistrer(objet=Structure(nom=nom, type=sorte, ville="Saint-Aubin"), par=par)
            for nom, sorte in STRUCTURES
        ]
        self.entreprises = [self._entreprise(nom, secteur) for nom, secteur in ENTREPRISES]

    def _entreprise(self, nom, secteur):
        return actions.enregistrer_entreprise(
            dispositif=self.dispositif,
            nom=nom,
            secteur=secteur,
            adresse="",
            ville="Saint-Aubin",
            siret="",
            contact=self.tirage.choice(PRENOMS),
            telephone="01 99 00 00 00",
            accepte="Une personne à la fois",
            par=self.par,
        )

    def trimestre(self, annee, numero, faites):
        """A quarter: each of its immersions draws one line of each table."""
        total = sum(faites["genre"].values())
        tables = {
            nom: self._melanger(faites.get(nom, {}), total)
            for nom in ("genre", "jours", "secteur", "issue", "structure", *OBSTACLES)
        }
        debut, fin = bornes(annee, numero)
        for rang in range(total):
            ligne = {nom: valeurs[rang] for nom, valeurs in tables.items()}
            dernier = fin - timedelta(days=(fin - debut).days * rang // total)
            travaille = jour_ouvre(dernier, -1)
            self.faire(ligne, travaille if travaille >= debut else jour_ouvre(dernier))

    def _melanger(self, effectifs, total):
        valeurs = [valeur for valeur, n in effectifs.items() for _rang in range(n)]
        valeurs += [None] * (total - len(valeurs))
        self.tirage.shuffle(valeurs)
        return valeurs

    def faire(self, ligne, fin):
        """One immersion from its request to what followed, at the days when it happened."""
        debut = jour_ouvre(fin - timedelta(days=ligne["jours"] - 1))
        with a_la_date(self._matin(debut - timedelta(days=30))):
            une = self.preparer(ligne["genre"], self.structures[ligne["structure"]])
            for sorte in OBSTACLES:
                if ligne[sorte] is not None:
                    obstacle = actions.noter_obstacle(
                        immersion=une, sorte=sorte, qui=self.dispositif.porteur, par=self.par
                    )
                    if ligne[sorte]:
                        actions.lever_obstacle(obstacle=obstacle, par=self.par)
            hotes = [e for e in self.entreprises if e.secteur == ligne["secteur"]]
            self.placer(une, self.tirage.choice(hotes), debut, fin)
            self.signer(une, "personne", "structure", "accueil")
        with a_la_date(self._matin(fin)):
            niveaux = {c.pk: self.tirage.choice((1, 2, 2, 3)) for c in une.competences.all()}
            actions.evaluer(immersion=une, niveaux=niveaux, avis_accueil="Une personne volontaire.")
        if ligne["issue"]:
            une.refresh_from_db(fields=["revision"])
            with a_la_date(self._matin(fin + timedelta(days=2))):
                actions.conclure(
                    immersion=une,
                    revision=une.revision,
                    bilan_le=fin + timedelta(days=2),
                    issue=ligne["issue"],
                    par=self.par,
                )

    def _matin(self, jour):
        return jour_a(0, 9, depuis=jour)

    def demander(self, genre, structure, prenom=None, souhait=""):
        """Someone of a structure asks, with their own code."""
        personne = actions_consultation.inscrire(
            consultation=self.dispositif.consultation,
            college=self.college,
            prenom=prenom or self.tirage.choice(PRENOMS),
            structure=structure,
            origine="inscription",
            par=self.par,
        )
        if prenom == PRENOM:
            personne.code_personnel = CODE
            personne.save(update_fields=["code_personnel"])
        return actions.demander(
            dispositif=self.dispositif,
            participant=personne,
            code=personne.code_personnel,
            genre=genre,
            souhait=souhait,
        )

    def preparer(self, genre, structure, **qui):
        une = self.demander(genre, structure, **qui)
        return actions.preparer(
            immersion=une,
            revision=une.revision,
            genre=genre,
            structure=structure,
            referent="Inès",
            entretien_le=timezone.localdate(),
            objet="decouvrir" if genre == Immersion.Genre.DECOUVERTE else "confirmer",
            prescripteur="structure",
            rome="D1102",
            contrat_fin=None,
            garder_jusqu_au=date(timezone.localdate().year + 2, 3, 31),
            objectifs=("Suivre les gestes du métier", "Arriver à l’heure", "Travailler avec les autres"),
            par=self.par,
        )

    def placer(self, une, entreprise, debut, fin):
        return actions.placer(
            immersion=une,
            revision=une.revision,
            entreprise=entreprise,
            tuteur=entreprise.contact,
            debut=debut,
            fin=fin,
            horaires="de 8 h à 15 h",
            heures=35,
            taches="Suivre le travail de chaque jour, puis en faire une part.",
            par=self.par,
        )

    def signer(self, une, *parties):
        for partie in parties:
            code = une.participant.code_personnel
            if partie != "personne":
                code = actions.donner_un_code(immersion=une, partie=partie, par=self.par)
            actions.signer(immersion=une, partie=partie, code=code, version=une.version)

    def aujourdhui(self):
        """Six files at six steps; Nadia has a convention to sign."""
        jour = timezone.localdate()
        boulangerie = Entreprise.objects.get(dispositif=self.dispositif, nom="Boulangerie des Tilleuls")
        saules, gue, rives, _coup = self.structures
        self.demander("decouverte", saules, souhait="Menuisier")
        self.preparer("validation", gue)
        nadia = self.preparer("decouverte", rives, prenom=PRENOM, souhait="Boulangère")
        self.placer(
            nadia, boulangerie, jour_ouvre(jour + timedelta(days=10)), jour_ouvre(jour + timedelta(days=21))
        )
        self.signer(nadia, "structure")
        en_cours = self.placer(
            self.preparer("validation", saules),
            self.entreprises[2],
            jour_ouvre(jour - timedelta(days=9), -1),
            jour_ouvre(jour + timedelta(days=4)),
        )
        self.signer(en_cours, "personne", "structure", "accueil")
        actions.integrer(immersion=en_cours, le=en_cours.debut, par=self.par)
        finie = self.placer(
            self.preparer("decouverte", gue),
            self.entreprises[4],
            jour_ouvre(jour - timedelta(days=9), -1),
            jour_ouvre(jour - timedelta(days=2), -1),
        )
        self.signer(finie, "personne", "structure", "accueil")
        arretee = self.preparer("decouverte", rives)
        actions.arreter(immersion=arretee, code=arretee.participant.code_personnel)

    def se_reunir(self, annee):
        """Needs found in the year, and the next meeting of the network, made of four lines of its board."""
        for numero, mots in BESOINS:
            actions.noter_besoin(dispositif=self.dispositif, annee=annee, numero=numero, mots=mots, par=self.par)
        offerts = [point.cle for point in lectures.points(self.dispositif, annee)]
        obstacles = [cle for cle in offerts if cle.startswith(lectures.reunion.OBSTACLE)]
        besoins = [cle for cle in offerts if cle.startswith(lectures.reunion.BESOIN)]
        actions.preparer_reunion(
            dispositif=self.dispositif,
            annee=annee,
            trimestre=None,
            points=[*obstacles[:2], *besoins],
            titre="Réunion du réseau",
            question="Que peut-on faire ensemble pour que les immersions se passent bien ?",
            jour=moment_ouvre(21, 14).date(),
            heure=time(14),
            par=self.par,
        )
