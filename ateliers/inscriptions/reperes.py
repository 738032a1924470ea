"""What a consultation already knows, ready to be looked up by name: a constant number of queries for any list."""

import difflib
import re
from collections import Counter, defaultdict

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from consultation.models import Participant, Structure, Territoire
from consultation.textes import cle_de_code, plier

from ..models import Atelier, Attente, Place
from .colonnes import simplifier
from .mots import cle_de_mot

#: The answers to "what does this word mean?" that name nothing known.
RIEN, A_CREER = "-", "+"


class Inconnu(Exception):
    """A name that fits nothing, or several things; the message is a plain French sentence."""

    saisie = ""


class Reperes:
    """The colleges, territoires, structures, workshops and people of one consultation."""

    def __init__(self, consultation, courriels=(), mots=None):
        self.mots = mots or {}
        self.colleges = _annuaire(consultation.colleges.all(), lambda c: (c.nom, c.nom_court, c.signe))
        self.territoires = _annuaire(Territoire.objects.all(), lambda t: (t.nom, t.code))
        self.structures = _annuaire(Structure.objects.all(), lambda s: (s.nom,))
        self.ateliers = list(
            Atelier.objects.filter(espace__consultation=consultation).select_related(
                "espace__consultation", "temps"
            )
        )
        self._lire_participants(consultation)
        self._lire_comptes(courriels)

    def _lire_participants(self, consultation):
        participants = Participant.objects.filter(consultation=consultation, efface_le__isnull=True)
        self.participants = {}
        for participant in participants.exclude(prenom="").select_related("structure"):
            nom_structure = participant.structure.nom if participant.structure else ""
            cle = cle_de_personne(participant.prenom, participant.nom, nom_structure)
            self.participants.setdefault(cle, []).append(participant)
        self.places = defaultdict(dict)
        for place in Place.objects.filter(atelier__espace__consultation=consultation):
            self.places[place.participant_id][place.atelier_id] = place
        self.occupation = Counter(atelier for places in self.places.values() for atelier in places)
        self.attentes = defaultdict(set)
        for participant, atelier in Attente.objects.filter(atelier__espace__consultation=consultation).values_list(
            "participant_id", "atelier_id"
        ):
            self.attentes[participant].add(atelier)

    def _lire_comptes(self, courriels):
        demandes = {courriel.strip().lower() for courriel in courriels if courriel}
        comptes = get_user_model().objects.filter(email__in=demandes, is_active=True)
        self.comptes = {compte.email: compte for compte in comptes}
        self.comptes_pris = {
            p.compte_id: p.pk for memes in self.participants.values() for p in memes if p.compte_id
        }

    def college(self, saisie):
        return self._selon_les_mots("college", self.colleges, saisie) or _trouver(
            self.colleges, saisie, _("collège")
        )

    def territoire(self, saisie):
        """Return the Territoire, the name of one to create (str), or None."""
        reponse = self.reponse("territoire", saisie)
        if not saisie or reponse == RIEN:
            return None
        if reponse.startswith(A_CREER):
            return reponse[1:]
        return self._selon_les_mots("territoire", self.territoires, saisie) or _trouver(
            self.territoires, saisie, _("territoire")
        )

    def reponse(self, champ, saisie):
        """What the organiser said of this word; "" when it was not asked about, or is a known name."""
        return self.mots.get(champ, {}).get(cle_de_mot(saisie or ""), "")

    def _selon_les_mots(self, champ, annuaire, saisie):
        if simplifier(saisie) in annuaire:
            return None
        reponse = self.reponse(champ, saisie)
        return next((o for memes in annuaire.values() for o in memes if str(o.pk) == reponse), None)

    def connait(self, champ, saisie):
        """Whether a college or a territoire is named without any doubt."""
        return len(getattr(self, champ + "s").get(simplifier(saisie), [])) == 1

    def structure(self, nom, ville):
        """Return the Structure of that name, or None when it is new; the town decides between two of one name."""
        memes = self.structures.get(simplifier(nom), [])
        if ville:
            de_la_ville = [s for s in memes if simplifier(s.ville) == simplifier(ville)]
            memes = de_la_ville or [s for s in memes if not s.ville]
        if len(memes) > 1:
            villes = ", ".join(sorted((s.ville or "?" for s in memes), key=plier))
            raise Inconnu(
                _("Plusieurs structures s’appellent « %(nom)s » (%(villes)s). Écrivez la ville.")
                % {"nom": nom, "villes": villes}
            )
        return memes[0] if memes else None

    def structure_proche(self, nom):
        """Name of a known structure spelled nearly the same, or ""."""
        proches = difflib.get_close_matches(simplifier(nom), self.structures, n=1, cutoff=0.85)
        return self.structures[proches[0]][0].nom if proches else ""

    def ateliers_de(self, cellules):
        """Return the workshops named in the cells: by title, beginning of title or code."""
        trouves = []
        for cellule in cellules:
            for atelier in self._ateliers_de_cellule(cellule):
                if atelier and atelier not in trouves:
                    trouves.append(atelier)
        return trouves

    def atelier_inconnu(self, cellule):
        """Return the first words of the cell that name no workshop, or ""."""
        try:
            self._ateliers_de_cellule(cellule)
        except Inconnu as inconnu:
            return inconnu.saisie
        return ""

    def _ateliers_de_cellule(self, cellule):
        """A comma may be part of a title: the whole cell is tried first, then its parts.

        False stands for words that the organiser said to be no workshop.
        """
        for motif in (None, r"[;|\n]", r"[;|\n,/]"):
            morceaux = [m.strip() for m in (re.split(motif, cellule) if motif else [cellule]) if m.strip()]
            trouves = [self._atelier(morceau) for morceau in morceaux]
            if None not in trouves:
                return trouves
        inconnu = next(m for m, t in zip(morceaux, trouves, strict=True) if t is None)
        proche = _proche(simplifier(inconnu), {simplifier(a.titre): a.titre for a in self.ateliers})
        erreur = Inconnu(_inconnu(_("atelier"), inconnu, proche))
        erreur.saisie = inconnu
        raise erreur

    def _atelier(self, saisie):
        cle = simplifier(saisie)
        exacts = [a for a in self.ateliers if simplifier(a.titre) == cle or a.code_cle == cle_de_code(saisie)]
        if exacts:
            return exacts[0]
        debuts = [a for a in self.ateliers if len(cle) >= 4 and simplifier(a.titre).startswith(cle)]
        if len(debuts) == 1:
            return debuts[0]
        reponse = self.reponse("ateliers", saisie)
        return False if reponse == RIEN else next((a for a in self.ateliers if str(a.pk) == reponse), None)

    def atelier_proche(self, saisie):
        """The workshop whose title is nearest to `saisie`, or None."""
        titres = {simplifier(a.titre): a for a in self.ateliers}
        titre = _proche(simplifier(saisie), {cle: cle for cle in titres})
        return titres.get(titre)


def cle_de_personne(prenom, nom, structure):
    return simplifier(prenom), simplifier(nom), simplifier(structure)


def _annuaire(objets, noms):
    annuaire = {}
    for objet in objets:
        for nom in noms(objet):
            memes = annuaire.setdefault(simplifier(nom), []) if nom else []
            if objet not in memes:
                memes.append(objet)
    return annuaire


def _trouver(annuaire, saisie, sorte):
    trouves = annuaire.get(simplifier(saisie), [])
    if len(trouves) == 1:
        return trouves[0]
    if trouves:
        raise Inconnu(
            _("%(sorte)s « %(saisie)s » : plusieurs portent ce nom. Écrivez le code officiel.")
            % {"sorte": sorte.capitalize(), "saisie": saisie}
        )
    noms = {cle: str(objets[0]) for cle, objets in annuaire.items()}
    raise Inconnu(_inconnu(sorte, saisie, _proche(simplifier(saisie), noms)))


def _proche(cle, noms):
    """The known name nearest to `cle`, or ""; a longer name that begins like it or holds it counts as near."""
    proches = difflib.get_close_matches(cle, noms, n=1, cutoff=0.6)
    if proches:
        return noms[proches[0]]
    if len(cle) < 4:
        return ""
    debuts = {autre[: len(cle) + 1]: nom for autre, nom in noms.items()}
    proches = difflib.get_close_matches(cle, debuts, n=1, cutoff=0.7)
    return debuts[proches[0]] if proches else next((nom for autre, nom in noms.items() if cle in autre), "")


def _inconnu(sorte, saisie, proche):
    phrase = _("%(sorte)s « %(saisie)s » inconnu.") % {"sorte": sorte, "saisie": saisie}
    if proche:
        return phrase + " " + _("Vouliez-vous dire « %(proche)s » ?") % {"proche": proche}
    return phrase
