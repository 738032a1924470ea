"""From the sheets of an XLSForm to a grille. What cannot be carried over is named, row by row."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from ...erreurs import Refus
from ...textes import entier, nettoyer, nettoyer_ligne
from ..redaction import cle_libre
from ..structure import CLE, DEMAIN, LIGNES_MAX, Choix, Condition, Nature, Question, Section, Structure
from .ecrire import LISTES_CONNUES, TABLEAU
from .expressions import Autrement, lire_bornes, lire_conditions
from .feuilles import Feuille
from .genres import genre_et_liste, nature_et_choix

#: What each of these columns asks for has no place in a grille.
COLONNES_PERDUES = (
    "default", "calculation", "trigger", "choice_filter", "read_only", "readonly", "guidance_hint",
    "constraint_message", "required_message", "media::image", "media::audio", "media::video", "image", "audio",
)  # fmt: skip
VRAIS, FAUX = {"yes", "true", "true()", "oui", "vrai", "1"}, {"", "no", "false", "false()", "non", "faux", "0"}


@dataclass(frozen=True)
class Perte:
    """One thing not carried over: where it is written, and why."""

    feuille: str
    ligne: int
    message: str


@dataclass(frozen=True)
class Formulaire:
    titre: str
    structure: Structure
    pertes: list


@dataclass
class _Bloc:
    """A group or a repeat being read. `places` of a table: [(name of the row, case, question)]."""

    nom: str = ""
    cle: str = ""
    label: str = ""
    aide: str = ""
    si: tuple = ()
    obtenu: list = field(default_factory=list)
    tableau: bool = False
    fois: int = 0
    places: list = field(default_factory=list)


def depuis_xlsform(feuilles):
    """Return the Formulaire of {sheet: rows of cells, the headers first}. Raises Refus "pas_un_xlsform" 422."""
    feuilles = {nom.strip().lower(): lignes for nom, lignes in feuilles.items()}
    if "survey" not in feuilles:
        message = _("Ce fichier n’est pas un XLSForm : il n’a pas de feuille « survey ».")
        raise Refus("pas_un_xlsform", message, champ="fichier")
    return _Lecture(feuilles).lire()


class _Lecture:
    """One form being read. `noms`: {name of a row: (key of its question, case, {answer as written: its key})}."""

    def __init__(self, feuilles):
        reglages = Feuille(feuilles.get("settings", []))
        self.reglages = reglages.lignes[0][1] if reglages.lignes else {}
        self.survey = Feuille(feuilles["survey"], self.reglages.get("default_language", ""))
        self.pertes, self.noms, self.cles = [], {}, set()
        self.listes = self._listes(Feuille(feuilles.get("choices", []), self.survey.langue))
        self.blocs, self.sections = [_Bloc()], []

    def _perdre(self, n, message, feuille="survey"):
        self.pertes.append(Perte(feuille, n, message))

    def _listes(self, choices):
        """{list: {name: Choix}}."""
        listes = {}
        for n, ligne in choices.lignes:
            liste = listes.setdefault(ligne.get("list_name") or ligne.get("list name", ""), {})
            nom = ligne.get("name", "")
            if nom in liste or not nom:
                self._perdre(n, _("Cette réponse n’a pas de nom, ou celui d’une autre."), "choices")
                continue
            liste[nom] = Choix(self._cle(nom, {choix.cle for choix in liste.values()}), ligne.get("label") or nom)
            self._dire_les_colonnes(n, ligne, "choices")
        return listes

    def _cle(self, nom, prises):
        return nom if CLE.match(nom) and nom not in prises else cle_libre(nom, prises)

    def _dire_les_colonnes(self, n, ligne, feuille="survey"):
        for colonne in COLONNES_PERDUES:
            if ligne.get(colonne):
                self._perdre(n, _("La colonne « {colonne} » n’est pas reprise.").format(colonne=colonne), feuille)

    def lire(self):
        for langue in self.survey.laissees:
            self._perdre(1, _("La langue « {langue} » n’est pas reprise.").format(langue=langue))
        for n, ligne in self.survey.lignes:
            genre, liste = genre_et_liste(ligne.get("type", ""))
            if genre in ("begin_group", "begin_repeat"):
                self._ouvrir(n, genre, ligne)
            elif genre in ("end_group", "end_repeat"):
                if len(self.blocs) > 1:
                    self._fermer(n)
            else:
                self._ranger(n, genre, liste, ligne)
        while len(self.blocs) > 1:
            self._fermer(self.survey.lignes[-1][0])
        self._vider_la_racine()
        titre = self.reglages.get("form_title") or self.reglages.get("title", "")
        return Formulaire(nettoyer_ligne(titre)[:160], Structure(tuple(self.sections)), self.pertes)

    # — Groups: sections, tables, repeats

    def _ouvrir(self, n, genre, ligne):
        bloc = _Bloc(
            nom=ligne.get("name", ""),
            label=nettoyer_ligne(ligne.get("label", "")),
            aide=nettoyer(ligne.get("hint", "")),
            si=self._conditions(n, ligne),
            tableau=ligne.get("germoir") == TABLEAU or "table-list" in ligne.get("appearance", ""),
        )
        if bloc.tableau:
            bloc.cle = self._neuve(bloc.nom)
        if genre == "begin_repeat":
            bloc.fois = entier(ligne.get("repeat_count", ""), LIGNES_MAX) or 0
            if not bloc.fois:
                message = _(
                    "Cette partie se répète sans nombre fixe : elle est posée une fois. Donnez « repeat_count »."
                )
                self._perdre(n, message)
        self._dire_les_colonnes(n, ligne)
        self.blocs.append(bloc)

    def _fermer(self, n):
        bloc = self.blocs.pop()
        if bloc.tableau and (question := self._tableau(bloc)):
            self.blocs[-1].obtenu.append(question)
            return
        for nom, _case, question in bloc.places:
            seule = replace(question, cle=self._neuve(nom))
            self.noms[nom] = (seule, "", self.noms[nom][2])
            bloc.obtenu.append(seule)
        obtenu = [self._repeter(question, bloc.fois) for question in bloc.obtenu] if bloc.fois else bloc.obtenu
        if len(self.blocs) > 1:
            self.blocs[-1].obtenu += obtenu
            if bloc.label:
                self._perdre(
                    n, _("Le titre « {titre} », dans une partie, n’est pas repris.").format(titre=bloc.label)
                )
            return
        self._vider_la_racine()
        self.sections.append(Section(bloc.label, tuple(obtenu), bloc.aide))

    def _vider_la_racine(self):
        if self.blocs[0].obtenu:
            self.sections.append(Section("", tuple(self.blocs[0].obtenu)))
            self.blocs[0].obtenu = []

    def _repeter(self, question, fois):
        """A repeat becomes a table of as many lines, numbered."""
        lignes = tuple(Choix(f"ligne_{rang}", str(rang)) for rang in range(1, fois + 1))
        return question if question.lignes else replace(question, lignes=lignes)

    def _tableau(self, bloc):
        """Return the one question of a table, or None when its rows do not ask the same thing."""
        formes = {(q.nature, q.choix, q.mini, q.maxi, q.obligatoire, q.si) for _nom, _case, q in bloc.places}
        if len(formes) != 1:
            return None
        base = bloc.places[0][2]
        lignes = tuple(self.listes.get(f"{bloc.nom}_lignes", {}).values())
        cases = [case for _nom, case, _q in bloc.places]
        if not any(cases):  # somebody else's table: its rows are its lines
            prises = set()
            for nom, _case, question in bloc.places:
                lignes += (Choix(self._cle(nom, prises), question.libelle),)
                prises.add(lignes[-1].cle)
            cases = [ligne.cle for ligne in lignes]
        deux = any(case.split("/")[-1] == DEMAIN for case in cases)
        question = replace(base, cle=bloc.cle, libelle=bloc.label, aide=bloc.aide, lignes=lignes, deux_temps=deux)
        if set(question.cases) != set(cases):
            return None
        for (nom, _case, _q), case in zip(bloc.places, cases, strict=True):
            self.noms[nom] = (question, case, self.noms[nom][2])
        return question

    # — Questions

    def _neuve(self, nom):
        cle = self._cle(nom.lower(), self.cles)
        self.cles.add(cle)
        return cle

    def _ranger(self, n, genre, liste, ligne):
        """Put a question, or a note, in the group being read."""
        bloc, label = self.blocs[-1], nettoyer_ligne(ligne.get("label", ""))
        if genre == "note" and len(self.blocs) == 2 and not (bloc.obtenu or bloc.aide or bloc.tableau):
            bloc.aide = nettoyer(ligne.get("label", ""))
            return
        nature, choix = nature_et_choix(genre, liste, ligne, self.listes)
        if nature is None:
            quoi = ligne.get("type", "")
            self._perdre(
                n, _("« {quoi} » n’a pas d’équivalent : cette ligne n’est pas reprise.").format(quoi=quoi)
            )
            return
        mini, maxi = self._bornes(n, nature, ligne)
        question = Question(
            cle="" if bloc.tableau else self._neuve(ligne.get("name", "")),
            nature=nature,
            libelle=label or nettoyer_ligne(ligne.get("name", "")),
            aide=nettoyer(ligne.get("hint", "")),
            obligatoire=self._obligatoire(n, ligne),
            choix=() if nature in LISTES_CONNUES.values() else tuple(choix.values()),
            mini=mini,
            maxi=maxi,
            si=tuple(c for b in self.blocs for c in b.si) + self._conditions(n, ligne),
        )
        self.noms[ligne.get("name", "")] = (question, "", {nom: c.cle for nom, c in choix.items()})
        if bloc.tableau:
            bloc.places.append((ligne.get("name", ""), ligne.get("germoir", ""), question))
        else:
            bloc.obtenu.append(question)
        self._dire_le_reste(n, ligne, label)

    def _dire_le_reste(self, n, ligne, label):
        if "or_other" in ligne["type"]:
            self._perdre(n, _("La réponse « autre » à écrire n’est pas reprise : ajoutez une question de texte."))
        if "${" in label:
            self._perdre(n, _("Le rappel d’une autre réponse dans la question n’est pas repris : récrivez-la."))
        self._dire_les_colonnes(n, ligne)

    def _bornes(self, n, nature, ligne):
        dite = ligne.get("constraint", "")
        if not dite:
            return None, None
        try:
            if nature in (Nature.ENTIER, Nature.DECIMAL):
                return lire_bornes(dite, nature == Nature.ENTIER)
        except Autrement:
            pass
        self._perdre(n, _("La vérification « {dite} » n’est pas reprise.").format(dite=dite[:60]))
        return None, None

    def _obligatoire(self, n, ligne):
        dit = ligne.get("required", "").lower()
        if dit not in VRAIS | FAUX:
            self._perdre(n, _("« required » dépend d’autre chose : la réponse n’est pas obligatoire."))
        return dit in VRAIS

    def _conditions(self, n, ligne):
        dite = ligne.get("relevant", "")
        try:
            return tuple(self._condition(paires) for paires in lire_conditions(dite)) if dite else ()
        except Autrement:
            message = _("La condition « {dite} » n’est pas reprise : la question est posée à tout le monde.")
            self._perdre(n, message.format(dite=dite[:60]))
            return ()

    def _condition(self, paires):
        """One question, some of its answers, in any of its places; raises Autrement for anything else."""
        if not all(nom in self.noms and reponse in self.noms[nom][2] for nom, reponse in paires):
            raise Autrement
        questions = {self.noms[nom][0].cle for nom, _reponse in paires}
        lues = [(self.noms[nom][1], self.noms[nom][2][reponse]) for nom, reponse in paires]
        parmi = tuple(dict.fromkeys(cle for _case, cle in lues))
        question = self.noms[paires[0][0]][0]
        if len(questions) != 1 or not question.cle or len(set(lues)) != len(parmi) * len(question.cases):
            raise Autrement
        return Condition(question.cle, parmi)
