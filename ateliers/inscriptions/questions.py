"""The words of a list that need an answer, each asked once with the likeliest one already chosen."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from consultation.textes import plier

from ..models import MotDeListe
from .mots import cle_de_mot, college_probable, region_probable
from .reperes import A_CREER, RIEN, Reperes


@dataclass
class Question:
    """`lignes`: numbers of the rows that say it. `propose`: the value chosen at first, "" when nobody can tell."""

    champ: str
    cle: str
    textes: list
    lignes: list
    choix: list
    propose: str = ""
    pourquoi: str = ""

    @property
    def nom(self):
        """Name of its field in the form."""
        return f"{self.champ}:{self.cle}"


def questions(consultation, lignes):
    """Return the Questions of a sequence of `Ligne`, by field then from the most said. Eight queries."""
    reperes = Reperes(consultation)
    deja = {(m.champ, m.cle): m for m in MotDeListe.objects.filter(consultation=consultation)}
    posees = {}
    for ligne in lignes:
        for champ, texte in _inconnus(reperes, ligne):
            cle = cle_de_mot(texte)
            question = posees.setdefault((champ, cle), Question(champ, cle, [], [], []))
            question.lignes.append(ligne.numero)
            if texte not in question.textes:
                question.textes.append(texte)
    choix = _choix(reperes)
    for question in posees.values():
        question.choix = choix[question.champ]
        _proposer(question, reperes, deja)
    ordre = ("college", "territoire", "ateliers")
    return sorted(posees.values(), key=lambda q: (ordre.index(q.champ), -len(q.lignes), q.cle))


def _inconnus(reperes, ligne):
    for champ in ("college", "territoire"):
        texte = getattr(ligne, champ)
        if cle_de_mot(texte) and not reperes.connait(champ, texte):
            yield champ, texte
    for cellule in ligne.ateliers:
        texte = reperes.atelier_inconnu(cellule)
        if cle_de_mot(texte):
            yield "ateliers", texte


def _choix(reperes):
    """{field: [(value, label)]}, the harmless choice last."""
    colleges = [(str(c.pk), c.nom) for c in _tous(reperes.colleges)]
    territoires = sorted(_tous(reperes.territoires), key=lambda t: plier(t.nom))
    ateliers = [(str(a.pk), f"{a.titre} ({a.temps})") for a in reperes.ateliers]
    return {
        "college": [*colleges, (RIEN, _("Laisser ces lignes de côté"))],
        "territoire": [*((str(t.pk), t.nom) for t in territoires), (RIEN, _("Sans territoire"))],
        "ateliers": [*ateliers, (RIEN, _("Sans atelier"))],
    }


def _tous(annuaire):
    return list({o.pk: o for memes in annuaire.values() for o in memes}.values())


def _proposer(question, reperes, deja):
    """What was said before, else what the word looks like, else nothing: an error of ours would be believed."""
    mot = deja.get((question.champ, question.cle))
    if mot and (mot.valeur in dict(question.choix) or mot.valeur.startswith(A_CREER)):
        question.propose = mot.valeur
        question.pourquoi = _("Déjà choisi le %(jour)s") % {
            "jour": timezone.localtime(mot.le).strftime("%d/%m/%Y")
        }
    else:
        {"college": _un_college, "territoire": _un_territoire, "ateliers": _un_atelier}[question.champ](
            question, reperes
        )
    if question.propose.startswith(A_CREER):
        neuf = (question.propose, _("%(nom)s (nouveau territoire)") % {"nom": question.propose[1:]})
        question.choix = [neuf, *question.choix]
    question.pourquoi = question.pourquoi or (_("Proposé") if question.propose else _("À choisir"))


def _un_college(question, reperes):
    college = college_probable(question.textes[0], _tous(reperes.colleges))
    question.propose = str(college.pk) if college else ""


def _un_territoire(question, reperes):
    probable = region_probable(question.textes[0])
    if not probable:
        question.propose = RIEN
        question.pourquoi = _("À choisir : nous ne connaissons pas ce territoire")
        return
    nom, cause = probable
    connue = next((t for t in _tous(reperes.territoires) if cle_de_mot(t.nom) == cle_de_mot(nom)), None)
    question.propose = str(connue.pk) if connue else A_CREER + nom
    question.pourquoi = {
        "ancienne": _("Proposé : ancienne région"),
        "departement": _("Proposé : département"),
    }.get(cause, "")


def _un_atelier(question, reperes):
    atelier = reperes.atelier_proche(question.textes[0])
    question.propose = str(atelier.pk) if atelier else RIEN
    question.pourquoi = "" if atelier else _("À choisir : aucun atelier ne s’appelle ainsi")


def reponses(posees, dites):
    """Return {field: {key: value}} from the values posted: only answers that were offered are kept."""
    mots = {}
    for question in posees:
        valeur = dites.get(question.nom, "")
        if valeur in dict(question.choix):
            mots.setdefault(question.champ, {})[question.cle] = valeur
    return mots
