"""What every consultation of the demonstration needs: its colleges, its rooms and workshops, its steps played."""

import random
from datetime import timedelta

from ateliers import actions as actions_ateliers
from ateliers.gestion.actions import regler_scrutin
from ateliers.models import Etape, Salle, Temps
from consultation import actions
from consultation.decomptes import rangs
from consultation.erreurs import Refus
from consultation.models import Axe, College, Mandat, Piste, Scrutin, Voix

N = Etape.Nature


def colleges(consultation, descriptions, *, par):
    """Create the colleges from {letter: fields of College}; return {letter: College}."""
    return {
        lettre: actions.enregistrer(objet=College(consultation=consultation, ordre=ordre, **champs), par=par)
        for ordre, (lettre, champs) in enumerate(descriptions.items())
    }


def roles(consultation, equipe):
    """Entrust the four roles of a consultation to the team."""
    for role, compte in (
        (Mandat.Role.ORGANISATEUR, equipe.organisation),
        (Mandat.Role.ANIMATEUR, equipe.animation),
        (Mandat.Role.RAPPORTEUR, equipe.rapport),
        (Mandat.Role.EDITEUR, equipe.edition),
    ):
        actions.confier(compte=compte, role=role, consultation=consultation, par=equipe.admin)


def axe(consultation, titre, ordre, *, par, parent=None, chapeau=""):
    return actions.enregistrer(
        objet=Axe(consultation=consultation, titre=titre, chapeau=chapeau, ordre=ordre, parent=parent), par=par
    )


def temps(consultation, ordre, titre, resume, debut, duree, *, par):
    """`duree` in minutes; the pictogram follows the order of the four half-days."""
    return actions.enregistrer(
        objet=Temps(
            consultation=consultation,
            titre=titre,
            resume=resume,
            debut=debut,
            fin=debut + timedelta(minutes=duree),
            picto=f"d-{ordre + 1}",
            ordre=ordre,
        ),
        par=par,
    )


def salle(consultation, nom, capacite, *, par, acces=""):
    return actions.enregistrer(
        objet=Salle(consultation=consultation, nom=nom, capacite=capacite, acces=acces), par=par
    )


class Salon:
    """A workshop being played: who is in it, and the acts of its facilitator, in order."""

    def __init__(self, atelier, partie, presents, *, animateur, rapporteur):
        self.atelier, self.partie, self.presents = atelier, partie, presents
        self.animateur, self.rapporteur = animateur, rapporteur
        self.hasard = random.Random(atelier.code)
        self._rangs = dict.fromkeys(presents, 0)
        self.tables = 0

    def entrer(self):
        for personne in self.tous():
            actions_ateliers.entrer(atelier=self.atelier, participant=personne)

    def tous(self):
        return [personne for groupe in self.presents.values() for personne in groupe]

    def ouvrir(self, nature, duree=None):
        """Open the next step of that nature, for `duree` minutes if given, and return it."""
        etape = self.atelier.etapes.filter(nature=nature, etat=Etape.Etat.A_VENIR).first()
        if duree:
            etape = actions_ateliers.modifier_etape(etape=etape, duree=duree, par=self.animateur)
        actions_ateliers.ouvrir_etape(etape=etape, par=self.animateur)
        return etape

    def fermer(self):
        etape = self.atelier.etapes.en_cours().get()
        actions_ateliers.clore_etape(etape=etape, par=self.animateur)

    def quelqu_un(self, lettre):
        """The next person of a college to speak."""
        groupe = self.presents[lettre]
        self._rangs[lettre] += 1
        return groupe[(self._rangs[lettre] - 1) % len(groupe)]

    def dire(self, lettre, texte, axe=None):
        return actions_ateliers.proposer(
            atelier=self.atelier,
            texte=texte,
            axe=axe,
            cle=f"demo-{self.atelier.code}-{self.hasard.getrandbits(40):x}",
            **self._qui(lettre),
        )

    def par_tables(self, nombre):
        """In the step of now, one of the permanents writes for each table."""
        etape = self.atelier.etapes.en_cours().get()
        actions_ateliers.modifier_etape(etape=etape, tables=nombre, par=self.animateur)
        self.tables = nombre

    def _qui(self, lettre):
        personne = self.quelqu_un(lettre)
        if not self.tables:
            return {"participant": personne}
        table = self.hasard.randrange(self.tables)
        return {"participant": self.presents["p"][table], "table": 1 + table, "college": personne.college_id}

    def proposer(self):
        """Everyone says their piece, all mixed; return {piste of the story: [propositions]}."""
        dits = [(piste, lettre, mots) for piste in self.partie.pistes for lettre, mots in piste.dits]
        dits += [(None, lettre, mots) for lettre, mots in self.partie.libres]
        self.hasard.shuffle(dits)
        nees = {}
        for piste, lettre, mots in dits:
            nees.setdefault(piste.texte if piste else None, []).append(self.dire(lettre, mots))
        self.relire()
        return nees

    def relire(self):
        """Show what waits to be read: the stories cite nobody."""
        for proposition in self.atelier.espace.propositions.a_relire():
            actions.relire_proposition(proposition=proposition, decision="afficher", par=self.animateur)

    def regrouper(self, nees, axes=None):
        """Gather the propositions into the pistes of the story, in its order; return the pistes."""
        faites = []
        for piste in self.partie.pistes:
            geste = actions.regrouper(
                espace=self.atelier.espace,
                par=self.rapporteur,
                propositions=nees[piste.texte],
                texte=piste.texte,
                axe=(axes or {}).get(piste.texte),
                motif="Les mêmes mots, ou presque",
            )
            faites.append(geste.piste)
        return faites

    def regler_vote(self, **reglages):
        regler_scrutin(etape=self.atelier.etapes.get(nature=N.VOTE), par=None, **reglages)

    def consentir(self, objections):
        """Everyone can live with the pistes, but a few; the group answers them: `domont.donnees.OBJECTIONS`."""
        pistes = list(Piste.objects.vivantes().filter(espace=self.atelier.espace))
        self._deposer([self._depot(personne, {p.pk: Voix.CONSENT for p in pistes}) for personne in self.tous()])
        for lettre, rang, raison, reponse, suffit in objections:
            personne, piste = self.quelqu_un(lettre), pistes[rang]
            objection = actions_ateliers.objecter(
                atelier=self.atelier, participant=personne, piste_id=piste.pk, raison=raison
            )
            actions.repondre_objection(objection=objection, reponse=reponse, par=self.animateur)
            if suffit:
                self._deposer([self._depot(personne, {piste.pk: Voix.CONSENT}, "leve")])

    def voter(self, part=1.0, camps=False):
        """A share of the room votes; each college leans its own way, always the same from run to run.

        `camps`: people lean one way or the other, whatever their college.
        """
        etape = self.atelier.etapes.en_cours().select_related("scrutin").get()
        pistes = list(Piste.objects.vivantes().filter(espace=self.atelier.espace))
        deux = [[_gout(rang, camp) for rang in range(len(pistes))] for camp in (0, 1)]
        depots = []
        for groupe in self.presents.values():
            gouts = deux if camps else [[0.3 + self.hasard.random() for _piste in pistes]]
            depots += [
                self._depot(personne, self._choix(etape.scrutin, pistes, gouts[rang % len(gouts)]))
                for rang, personne in enumerate(groupe[: max(1, round(part * len(groupe)))])
            ]
        self._deposer(depots)

    def _depot(self, personne, choix, fois=""):
        return actions_ateliers.Depot.lire(
            code=self.atelier.code,
            qui={personne.consultation_id: (personne.pk, personne.generation)},
            choix=choix,
            cle=f"demo-vote{fois}-{personne.pk}",
        )

    @staticmethod
    def _deposer(depots):
        for rendu in actions_ateliers.voter_ensemble(depots):
            if isinstance(rendu, Refus):
                raise rendu

    def _choix(self, scrutin, pistes, gouts):
        if scrutin.mode == Scrutin.Mode.ADHESION:
            return {
                piste.pk: min(4, max(1, round(self.hasard.gauss(1.6 + 2 * gout, 0.8))))
                for piste, gout in zip(pistes, gouts, strict=True)
            }
        if scrutin.mode == Scrutin.Mode.CLASSEMENT:
            envies = {piste.pk: gout * self.hasard.random() for piste, gout in zip(pistes, gouts, strict=True)}
            classees = sorted(envies, key=envies.get, reverse=True)[: self.hasard.randint(2, rangs.PISTES_MAX)]
            return {pk: place for place, pk in enumerate(classees, 1)}
        posees = self.hasard.choices(pistes, weights=gouts, k=scrutin.gommettes)
        return {piste.pk: posees.count(piste) for piste in set(posees)}


def _gout(rang, camp):
    """How a camp likes the piste of that rank: every other one divides the camps, nobody is sure of the rest."""
    if rang % 2:
        return 0.55
    return 1.3 if rang % 4 == 2 * camp else 0.1
