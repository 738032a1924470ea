"""What confirming a list would do, row by row. Reads, never writes."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from consultation.textes import plier

from .colonnes import simplifier
from .reperes import Inconnu, Reperes, cle_de_personne

CREER, MODIFIER, INCHANGEE, REFUSEE = "creer", "modifier", "inchangee", "refusee"
#: The same row twice: one person, said once.
DOUBLON = "doublon"


@dataclass
class Verdict:
    """One row and what would become of it. `erreurs` are sentences; a row with one is left out whole."""

    ligne: object
    etat: str = CREER
    erreurs: list[str] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)
    college: object = None
    structure: object = None
    territoire: object = None
    territoire_neuf: str = ""
    compte: object = None
    participant: object = None
    ateliers: list = field(default_factory=list)
    a_reserver: list = field(default_factory=list)
    a_liberer: list = field(default_factory=list)
    a_attendre: list = field(default_factory=list)
    double_de: int | None = None

    @property
    def structure_nouvelle(self):
        return bool(self.ligne.structure) and self.structure is None and not self.erreurs


@dataclass(frozen=True)
class Apercu:
    """The verdicts of a list, and how many of each kind."""

    verdicts: list[Verdict]
    comptes: dict[str, int]
    structures_nouvelles: int

    @property
    def acceptees(self):
        return [v for v in self.verdicts if v.etat in (CREER, MODIFIER)]

    @property
    def refusees(self):
        return [v for v in self.verdicts if v.etat == REFUSEE]

    @property
    def doublons(self):
        return [v for v in self.verdicts if v.etat == DOUBLON]

    @property
    def attentes(self):
        """How many would wait for each full workshop: [(workshop, people)]."""
        attendus = Counter(atelier for v in self.acceptees for atelier in v.a_attendre)
        return sorted(attendus.items(), key=lambda item: plier(item[0].titre))

    @property
    def homonymes(self):
        """People of one name in several structures: [(name, verdicts)], told apart and both registered."""
        par_nom = {}
        for v in self.verdicts:
            if v.etat not in (REFUSEE, DOUBLON) and v.ligne.nom:
                par_nom.setdefault((simplifier(v.ligne.prenom), simplifier(v.ligne.nom)), []).append(v)
        return [(f"{v[0].ligne.prenom} {v[0].ligne.nom}", v) for v in par_nom.values() if len(v) > 1]


def verifier(*, consultation, lignes, avec_ateliers=True, mots=None, distincts=()):
    """Return the `Apercu` of confirming `lignes` now. Seven queries or eight, whatever its length.

    `mots`: what the organiser said words mean, {field: {key: value}} (see `MotDeListe`). `distincts`: numbers of
    the rows said to be somebody else than the row they repeat.
    """
    examen = _Examen(consultation, [ligne.courriel for ligne in lignes], avec_ateliers, mots, distincts)
    verdicts = [examen.juger(ligne) for ligne in lignes]
    nouvelles = {
        (simplifier(v.ligne.structure), simplifier(v.ligne.ville)) for v in verdicts if v.structure_nouvelle
    }
    comptes = Counter(v.etat for v in verdicts)
    return Apercu(
        verdicts,
        {etat: comptes[etat] for etat in (CREER, MODIFIER, INCHANGEE, DOUBLON, REFUSEE)},
        len(nouvelles),
    )


class _Examen:
    """Rows are judged in order: a place taken by row 3 is no longer there for row 9."""

    def __init__(self, consultation, courriels, avec_ateliers, mots, distincts):
        self.reperes = Reperes(consultation, courriels, mots)
        self.avec_ateliers, self.distincts = avec_ateliers, set(distincts)
        self.vues = {}
        self.libres = {
            a.pk: a.capacite - self.reperes.occupation[a.pk]
            for a in self.reperes.ateliers
            if a.capacite is not None
        }

    def juger(self, ligne):
        verdict = Verdict(ligne)
        self._noms(verdict)
        for chercher in (self._college, self._territoire, self._structure, self._ateliers):
            try:
                chercher(verdict)
            except Inconnu as inconnu:
                verdict.erreurs.append(str(inconnu))
        if not verdict.erreurs:
            self._personne(verdict)
        if not verdict.erreurs and verdict.double_de is None:
            self._compte(verdict)
            self._places(verdict)
        verdict.etat = self._etat(verdict)
        if verdict.etat not in (REFUSEE, DOUBLON):
            self._retenir(verdict)
        return verdict

    def _noms(self, verdict):
        ligne = verdict.ligne
        if not ligne.prenom:
            verdict.erreurs.append(_("Le prénom manque. Écrivez un prénom ou un surnom."))
        elif ligne.prenom[0] in "=+@":
            verdict.erreurs.append(_("Le prénom est une formule de calcul. Écrivez le prénom lui-même."))
        for valeur, limite, nom in ((ligne.prenom, 40, _("Le prénom")), (ligne.nom, 80, _("Le nom"))):
            if len(valeur) > limite:
                verdict.erreurs.append(
                    _("%(nom)s dépasse %(limite)s signes. Raccourcissez-le.") % {"nom": nom, "limite": limite}
                )
        if ligne.accord and lire_accord(ligne.accord) is None:
            verdict.erreurs.append(
                _("Accord « %(mot)s » : écrivez « oui », « non », ou laissez vide si on ne l’a pas demandé.")
                % {"mot": ligne.accord}
            )
        if len(ligne.structure) > 160 or len(ligne.ville) > 120:
            verdict.erreurs.append(_("Le nom de la structure ou de la ville est trop long. Raccourcissez-le."))

    def _college(self, verdict):
        if not verdict.ligne.college:
            raise Inconnu(_("Le collège manque. Écrivez au nom de qui cette personne parle."))
        verdict.college = self.reperes.college(verdict.ligne.college)

    def _territoire(self, verdict):
        territoire = self.reperes.territoire(verdict.ligne.territoire)
        if isinstance(territoire, str):
            verdict.territoire_neuf = territoire
        else:
            verdict.territoire = territoire

    def _structure(self, verdict):
        ligne = verdict.ligne
        if not ligne.structure:
            return
        verdict.structure = self.reperes.structure(ligne.structure, ligne.ville)
        proche = "" if verdict.structure else self.reperes.structure_proche(ligne.structure)
        if proche:
            verdict.remarques.append(
                _("La structure « %(nom)s » sera créée. Est-ce « %(proche)s » ?")
                % {"nom": ligne.structure, "proche": proche}
            )

    def _ateliers(self, verdict):
        """Of two workshops held at once the first is kept: the person is registered all the same."""
        par_temps = {}
        for atelier in self.reperes.ateliers_de(verdict.ligne.ateliers):
            autre = par_temps.setdefault(atelier.temps_id, atelier)
            if autre is not atelier:
                verdict.remarques.append(
                    _("« %(un)s » et « %(autre)s » ont lieu en même temps. Seul le premier est gardé.")
                    % {"un": autre.titre, "autre": atelier.titre}
                )
        verdict.ateliers = list(par_temps.values())

    def _personne(self, verdict):
        """Who they are: someone known, somebody of this list again, or somebody new.

        Those of one name and one structure are taken in turn, so that a list sent again finds each of them.
        """
        ligne = verdict.ligne
        cle = cle_de_personne(ligne.prenom, ligne.nom, ligne.structure)
        connus = self.reperes.participants.get(cle, [])
        for rang, connu in enumerate(connus):
            if _de_la_ville(connu, ligne.ville):
                verdict.participant = connus.pop(rang)
                return
        verdict.double_de = (
            None if ligne.numero in self.distincts else self.vues.get((cle, simplifier(ligne.ville)))
        )

    def _compte(self, verdict):
        """An e-mail only serves to join someone to an account that exists; otherwise it is not kept."""
        compte = self.reperes.comptes.get(verdict.ligne.courriel.lower())
        if compte is None:
            return
        titulaire = self.reperes.comptes_pris.get(compte.pk)
        if titulaire is None or (verdict.participant and titulaire == verdict.participant.pk):
            verdict.compte = compte

    def _places(self, verdict):
        if not self.avec_ateliers:
            return
        prises = self.reperes.places[verdict.participant.pk] if verdict.participant else {}
        gardes = {atelier.pk for atelier in verdict.ateliers}
        # Someone who has entered a room was there: a list never takes that back.
        verdict.a_liberer = [
            place.atelier_id for pk, place in prises.items() if pk not in gardes and place.entre_le is None
        ]
        for atelier in verdict.ateliers:
            if atelier.pk in prises:
                continue
            if self.libres.get(atelier.pk, 1) > 0:
                verdict.a_reserver.append(atelier)
            elif not (verdict.participant and atelier.pk in self.reperes.attentes[verdict.participant.pk]):
                verdict.a_attendre.append(atelier)

    def _etat(self, verdict):
        if verdict.erreurs:
            return REFUSEE
        if verdict.double_de is not None:
            return DOUBLON
        if verdict.participant is None:
            return CREER
        bouge = changements(verdict) or verdict.a_reserver or verdict.a_liberer or verdict.a_attendre
        return MODIFIER if bouge else INCHANGEE

    def _retenir(self, verdict):
        ligne = verdict.ligne
        cle = cle_de_personne(ligne.prenom, ligne.nom, ligne.structure)
        self.vues.setdefault((cle, simplifier(ligne.ville)), ligne.numero)
        for atelier in verdict.a_reserver:
            if atelier.pk in self.libres:
                self.libres[atelier.pk] -= 1
        for atelier_id in verdict.a_liberer:
            if atelier_id in self.libres:
                self.libres[atelier_id] += 1
        if verdict.compte:
            self.reperes.comptes_pris[verdict.compte.pk] = verdict.participant and verdict.participant.pk


def _de_la_ville(participant, ville):
    """Whether someone known may be the one of a row that says a town: only their own town tells them apart."""
    sienne = participant.structure.ville if participant.structure else ""
    return not (ville and sienne) or simplifier(ville) == simplifier(sienne)


def changements(verdict):
    """Fields of a known participant that the row changes: {field: new value}. An empty cell changes nothing."""
    participant, nouveaux = verdict.participant, {}
    if verdict.college != participant.college:
        nouveaux["college"] = verdict.college
    if verdict.territoire and verdict.territoire.pk != participant.territoire_id:
        nouveaux["territoire"] = verdict.territoire
    elif verdict.territoire_neuf:
        nouveaux["territoire"] = verdict.territoire_neuf
    if verdict.compte and verdict.compte.pk != participant.compte_id:
        nouveaux["compte"] = verdict.compte
    if participant.accord_publication is None and (accord := lire_accord(verdict.ligne.accord)) is not None:
        nouveaux["accord_publication"] = accord  # what someone answered themself, a list does not change
    return nouveaux


def lire_accord(mot):
    """Read a cell of the column "Accord": True, False, or None for anything else, an empty cell included."""
    return {"oui": True, "o": True, "yes": True, "x": True, "non": False, "n": False, "no": False}.get(
        simplifier(mot)
    )
