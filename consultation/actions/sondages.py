"""One question put to a room on the spot: a questionnaire of a single question, online once it is written."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..models import Grille, VersionGrille
from ..questions import Nature
from ..questions.redaction import choix_de
from ..questions.structure import Question, Section, Structure
from ..textes import nettoyer_ligne
from .gardes import annoncer, exiger, exiger_droit, exiger_valide, noter, verrouiller
from .grilles import compter

#: What fits a phone and a wall without turning a page.
REPONSES_MAX, SIGNES_MAX = 6, 80
CLE = "question"


def poser_question(*, espace, libelle, reponses, par):
    """Ask one question with these answers (a list of words, two to REPONSES_MAX). Return the open Grille.

    Raises Refus "interdit" 403; "question_vide", "reponses" and "invalide" 422.
    """
    exiger_droit(lambda: regles.peut_animer(par, espace), par)
    libelle = nettoyer_ligne(libelle)
    exiger(libelle, "question_vide", _("Écrivez la question."), champ="question")
    mots = list(dict.fromkeys(filter(None, map(nettoyer_ligne, reponses))))
    exiger(
        2 <= len(mots) <= REPONSES_MAX and all(len(mot) <= SIGNES_MAX for mot in mots),
        "reponses",
        _("Donnez de deux à {n} réponses, une par ligne, de {signes} signes au plus.").format(
            n=REPONSES_MAX, signes=SIGNES_MAX
        ),
        champ="reponses",
    )
    posee = Question(CLE, Nature.CHOIX, libelle, obligatoire=True, choix=choix_de(mots))
    contenu = Structure((Section("", (posee,)),)).en_donnees()
    grille = Grille(
        consultation=espace.consultation, espace=espace, titre=libelle, brouillon=contenu, etat=Grille.Etat.OUVERTE
    )
    exiger_valide(grille)
    with transaction.atomic():
        grille.save()
        VersionGrille.objects.create(grille=grille, numero=1, contenu=contenu)
        noter(verbe="poser_question", objet=grille, compte=par)
    return grille


def montrer_reponses(*, grille, par):
    """Close a question and count it, in one go: an answer to it is one tap, none is being written.

    Return the grille. Twice is once. Raises Refus "interdit" 403.
    """
    exiger_droit(lambda: regles.peut_tenir_grille(par, grille), par)
    with transaction.atomic():
        grille = verrouiller(grille)
        if grille.comptes is not None:
            return grille
        grille.etat, grille.close_le = Grille.Etat.CLOSE, timezone.now()
        grille.save(update_fields=["etat", "close_le"])
        noter(verbe="montrer_reponses", objet=grille, compte=par, details={"copies": compter(grille)})
        annoncer(grille.espace_id, "grilles")
    return grille
