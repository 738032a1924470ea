"""Every piste answered, as anyone reads it: the board of a consultation, and the trail of each piste."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import CollectionViewRestriction

from consultation import lectures
from consultation.models import Consultation, Piste, Proposition, Scrutin, Suite

from ..models import SynthesePage
from .devenir import votes
from .fiche import fiches_qui_citent
from .noeuds import Noeud
from .publies import PICTOS, noeud_de_suite, regions, syntheses

#: What is read of a state on the board, where pistes are counted.
AU_PLURIEL = {
    "realisee": lambda: _("Réalisées"),
    "en_cours": lambda: _("En cours"),
    "retenue": lambda: _("Retenues"),
    "confiee": lambda: _("Confiées à quelqu’un"),
    "ecartee": lambda: _("Écartées, avec la raison"),
    lectures.SANS_REPONSE: lambda: _("Sans réponse"),
}


@dataclass(frozen=True)
class Etat:
    """A state of the board: how many of `sur` pistes are in it."""

    cle: str
    nom: str
    picto: str
    nombre: int
    sur: int


@dataclass(frozen=True)
class Ligne:
    """A piste of the board. `texte`: its words, or "" when they are someone's who did not agree."""

    suivie: lectures.PisteSuivie
    texte: str
    picto: str


@dataclass(frozen=True)
class Tableau:
    """The board. `lignes`: those of the state `choisi` ("" for all); `nees`: propositions behind all pistes."""

    consultation: Consultation
    bilan: lectures.Bilan
    etats: list
    en_retard: list
    lignes: list
    choisi: str
    nees: int
    depuis: date | None

    @property
    def total(self):
        return len(self.bilan.suivies)

    @property
    def delai(self):
        return lectures.DELAI


@dataclass(frozen=True)
class Mot:
    """Words a piste was born of. `college` is None where naming it could point at someone."""

    texte: str
    college: object


@dataclass(frozen=True)
class VuePiste:
    """The trail of a piste, newest first. `etat`: its last answer, or None."""

    piste: Piste
    texte: str
    etat: Suite | None
    picto: str
    noeuds: list
    auteurs: int
    nouvelle_le: date | None
    fiches: list


def consultations_suivies():
    """Return the consultations whose board anyone may read, the latest first. One query."""
    pages = _pages()
    return (
        Consultation.objects.filter(pk__in=pages.values("synthese__consultation"))
        .select_related("territoire")
        .order_by("-debut", "titre__plie")
    )


def _pages(**filtres):
    return SynthesePage.objects.live().public().filter(synthese__isnull=False, **filtres)


def bilan_public(consultation):
    """Return the Bilan of what anyone may read: syntheses whose page is out, and answers. Seven queries."""
    return lectures.bilan(
        consultation, list(_pages(synthese__consultation=consultation).values_list("synthese_id", flat=True))
    )


def tableau(consultation, choisi=""):
    """Return the Tableau of a consultation. Nine queries."""
    bilan = bilan_public(consultation)
    tues = lectures.pistes_tues(consultation.pk)
    choisi = choisi if choisi in bilan.par_etat else ""
    familles = lectures.racines_de([suivie.piste for suivie in bilan.suivies])
    return Tableau(
        consultation=consultation,
        bilan=bilan,
        etats=[
            Etat(etat, AU_PLURIEL[etat](), PICTOS.get(etat, "i-horloge"), nombre, len(bilan.suivies))
            for etat, nombre in bilan.par_etat.items()
        ],
        en_retard=[_ligne(suivie, tues) for suivie in bilan.en_retard],
        lignes=[_ligne(suivie, tues) for suivie in bilan.choisies(choisi)],
        choisi=choisi,
        nees=Proposition.objects.affichees().filter(piste__in=familles).count(),
        depuis=min((s.depuis for s in bilan.suivies if s.depuis), default=None),
    )


def _ligne(suivie, tues):
    texte = "" if suivie.piste.pk in tues else suivie.piste.texte
    return Ligne(suivie, texte, PICTOS.get(suivie.etat, "i-horloge"))


def piste_publique(consultation, numero):
    """Return the PisteSuivie of that number that anyone may read, or None; a joined one is told by its root."""
    piste = Piste.objects.filter(consultation=consultation, numero=numero).first()
    if piste is None:
        return None
    famille = lectures.famille_de(piste)
    return next((s for s in bilan_public(consultation).suivies if s.piste.pk in famille), None)


def presenter(suivie):
    """Return the VuePiste of a PisteSuivie. At most 32 queries, whatever its story."""
    suite = lectures.devenir_de_piste(suivie.piste)
    tue = suivie.piste.pk in lectures.pistes_tues(suivie.piste.consultation_id)
    # On a same day, what comes last in the chain is the newest.
    noeuds = [
        *_suites(suite),
        *reversed(regions(suite)),
        *reversed(_publiees(suite)),
        *reversed(_votes_publics(suite)),
        *_reunies(suite),
        _depart(suite, suivie.piste.consultation_id),
    ]
    noeuds.sort(key=lambda noeud: _jour(noeud.le), reverse=True)
    return VuePiste(
        piste=suivie.piste,
        texte="" if tue else suivie.piste.texte,
        etat=suivie.derniere,
        picto=PICTOS.get(suivie.etat, "i-horloge"),
        noeuds=noeuds,
        auteurs=len({p.auteur_id for p in suite.soeurs if p.auteur_id}),
        nouvelle_le=_prochaine(suivie),
        fiches=_fiches(suivie.piste),
    )


def _fiches(piste):
    """The fiches that cite the piste, by its number or that of one joined to it. Three queries."""
    numeros = Piste.objects.filter(pk__in=lectures.famille_de(piste)).values_list("numero", flat=True)
    return fiches_qui_citent(piste.consultation_id, list(numeros))


def _jour(moment):
    """A day, for what has one and for what has an hour too; nothing known comes first of all."""
    if moment is None:
        return date.min
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _prochaine(suivie):
    """The day when more will be said, if it is still to come."""
    jour = suivie.derniere.nouvelle_le if suivie.derniere else None
    return jour if jour and jour >= timezone.localdate() else None


def _depart(suite, consultation_id):
    """The words it was born of: those that may be published; the others are counted."""
    nommes = colleges_dits(consultation_id)
    lisibles = [p for p in suite.soeurs if est_citable(p)]
    mots = [Mot(p.texte_public, p.college if p.college_id in nommes else None) for p in lisibles]
    retirees = sum(not p.texte for p in suite.soeurs)
    tues = len(suite.soeurs) - len(lisibles) - retirees
    titre = _("Les mots du départ")
    premier = min((p.cree_le for p in suite.soeurs), default=None)
    contenu = {"mots": mots, "dites": _dire_tues(tues, retirees), "vide": not suite.soeurs}
    return Noeud("depart", "d-1", titre, le=premier, contenu=contenu)


def est_citable(proposition):
    """Whether the words of a shown proposition, read with its author, may stand in public."""
    auteur = proposition.auteur
    return bool(proposition.texte and auteur and auteur.accord_publication and auteur.efface_le is None)


def colleges_dits(consultation_id):
    """The ids of the colleges whose name may stand beside words: five authors at least, and never one told by
    being the only one that is not. One query."""
    ecrites = Proposition.objects.affichees().filter(consultation=consultation_id, auteur__isnull=False)
    auteurs = Counter(college for college, _auteur in ecrites.values_list("college", "auteur").distinct())
    return {college for college, _n in lectures.taire_les_petites(auteurs.most_common()).comptees}


def _dire_tues(tues, retirees):
    phrases = []
    if tues:
        phrases.append(
            ngettext(
                "%(n)d proposition n’est pas citée : son auteur n’a pas donné son accord.",
                "%(n)d propositions ne sont pas citées : leurs auteurs n’ont pas donné leur accord.",
                tues,
            )
            % {"n": tues}
        )
    if retirees:
        phrases.append(
            ngettext(
                "%(n)d proposition a été retirée à la demande de son auteur.",
                "%(n)d propositions ont été retirées à la demande de leurs auteurs.",
                retirees,
            )
            % {"n": retirees}
        )
    return phrases


def _reunies(suite):
    """One node for the groupings that stand, dated of the last: how many propositions, and why."""
    actes = [acte for acte in suite.regroupements if acte.annule_le is None]
    if not actes or len(suite.soeurs) < 2:
        return []
    titre = _("%(n)d propositions réunies") % {"n": len(suite.soeurs)}
    motifs = list(dict.fromkeys(acte.motif for acte in actes if acte.motif))
    return [Noeud("reunies", "i-regrouper", titre, le=actes[-1].cree_le, contenu={"motifs": motifs})]


def _votes_publics(suite):
    """The votes whose table is out, no rehearsal. One query more."""
    montres = [vote for vote in suite.votes if vote.tableau and vote.lignes]
    essais = Scrutin.objects.filter(pk__in=[v.scrutin.pk for v in montres], espace__atelier__repetition=True)
    essais = set(essais.values_list("pk", flat=True)) if montres else set()
    return votes(replace(suite, votes=[vote for vote in montres if vote.scrutin.pk not in essais]))


def _publiees(suite):
    """Where it is cited, among what is out: syntheses, numbers of the newsletter."""
    noeuds = [noeud for noeud in syntheses(replace(suite, en_redaction=0)) if noeud.contenu["page"] is not None]
    titres = {"synthese": _("Citée dans une synthèse"), "fil": _("Reprise dans le Fil d’Info")}
    return [replace(noeud, titre=titres[noeud.genre]) for noeud in noeuds]


def _suites(suite):
    """Every answer, corrected and withdrawn ones too; the file of a private collection is not offered."""
    fermees = _collections_fermees() if any(une.document for une in suite.suites) else ()
    return [_noeud(une, fermees) for une in suite.suites]


def _noeud(une, fermees):
    noeud = noeud_de_suite(une)
    offert = une.document and not une.document.collection.path.startswith(fermees)
    debout = une.retiree_le is None and not hasattr(une, "corrigee_par")
    contenu = {**noeud.contenu, "document": une.document if offert else None, "debout": debout}
    return replace(noeud, etat="fait" if debout else "stop", contenu=contenu)


def _collections_fermees():
    """The paths of the collections that not everyone may open, as a tuple for `startswith`. One query."""
    return tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
