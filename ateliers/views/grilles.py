"""A questionnaire on a phone: one question a screen, each answer kept as it is given. Complete without scripts."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation import actions as actes
from consultation import questions
from consultation.erreurs import Refus
from consultation.models import College, CopieGrille, Grille
from consultation.textes import entier

from .. import essais, identite
from ..actions.grilles import SANS_CODE, repondre_en_inconnu
from ..formulaires import nouvelle_cle
from ..lectures.grilles import Etat, case_lue, ecran_de_question, grille_par_code, pour_le_telephone
from ..lectures.suivi_grilles import salle_ou_repondre
from .entree import demander_code

PREFIXE = "r:"


def avec_grille(vue):
    """Give the view the Grille of its address, online at least once, and the copy of whoever holds this phone."""

    @wraps(vue)
    @never_cache
    def enveloppe(request, code, **reste):
        try:
            grille = _chercher(request, code)
        except essais.EpreuveDemandee as refus:
            return demander_code(request, code[:40], refus)
        if grille is None:
            raise Http404
        return vue(request, grille, _copie(request, grille), **reste)

    return enveloppe


def _chercher(request, code):
    """Return the Grille of a code, or None, which counts as a wrong one. Raises EpreuveDemandee 429."""
    qui = essais.visiteur(request)
    essais.exiger(qui, request.POST)
    grille = grille_par_code(code)
    if grille is None:
        essais.compter(qui)
    else:
        essais.laisser_passer(qui)
    return grille


def _copie(request, grille):
    participant = identite.participant_de(request, grille.consultation)
    if participant is None:
        return None
    copie = CopieGrille.objects.select_related("version").filter(grille=grille, participant=participant).first()
    if copie is not None:
        copie.grille, copie.participant = grille, participant
    return copie


def avec_copie(vue):
    """The same; who has not begun is led to the beginning."""

    @wraps(vue)
    @avec_grille
    def enveloppe(request, grille, copie, **reste):
        return redirect("grille", code=grille.code) if copie is None else vue(request, grille, copie, **reste)

    return enveloppe


@require_safe
@avec_grille
def debut(request, grille, copie):
    """What it is, how long it takes, who will see it; and where one stopped, for who comes back."""
    return _debut(request, grille, copie)


def _debut(request, grille, copie, refus=None):
    connu = identite.participant_de(request, grille.consultation)
    contexte = {
        "grille": grille,
        "refus": refus,
        "connu": connu,
        "etat": Etat.de(copie) if copie else None,
        "questions": len(questions.lire(grille.versions.last().contenu).questions),
        "colleges": () if connu else College.objects.filter(consultation=grille.consultation),
        "ouverte": grille.etat == Grille.Etat.OUVERTE,
        "sans_code": grille.consultation.acces in SANS_CODE,
        "choisi": entier(request.POST.get("college")),
        "cle": request.POST.get("cle", "")[:40] or nouvelle_cle(),
    }
    reponse = render(request, "ateliers/grille/debut.html", contexte, status=refus.statut if refus else 200)
    essais.marquer(request, reponse)
    return reponse


@require_POST
@avec_grille
def commencer(request, grille, copie):
    """Begin, as the person this phone knows or as someone of a college, and go to the first question."""
    participant = identite.participant_de(request, grille.consultation)
    try:
        if participant is None:
            college = College.objects.filter(
                consultation=grille.consultation, pk=entier(request.POST.get("college"))
            ).first()
            essais.exiger_entree(essais.visiteur(request), grille.code, request.POST)
            copie = repondre_en_inconnu(grille=grille, college=college, cle=request.POST.get("cle", "")[:40])
        else:
            copie = actes.commencer_grille(grille=grille, participant=participant)
    except Refus as refus:
        return _debut(request, grille, copie, refus)
    copie.grille = grille
    reponse = redirect(_suite(grille, Etat.de(copie).a_reprendre))
    identite.retenir(reponse, copie.participant, cookies=request.COOKIES)
    return reponse


def _suite(grille, question):
    """The address of a question, or of the last look when there is none."""
    if question is None:
        return reverse("grille-relire", kwargs={"code": grille.code})
    return reverse("grille-question", kwargs={"code": grille.code, "cle": question.cle})


@require_http_methods(["GET", "HEAD", "POST"])
@avec_copie
def question(request, grille, copie, cle):
    """Show one question; sent, keep its answer and go to the next one asked."""
    etat = Etat.de(copie)
    lue = etat.structure.question(cle)
    if lue is None:
        raise Http404
    if request.method != "POST":
        return _montrer(request, etat, lue)
    brutes = {case: case_lue(lue, request.POST, PREFIXE + case) for case in lue.cases}
    try:
        copie = actes.repondre(copie=copie, participant=copie.participant, reponses={cle: brutes})
    except Refus as refus:
        return _montrer(request, etat, lue, refus, brutes)
    copie.grille = grille
    return redirect(_suite(grille, Etat.de(copie).apres(cle)))


def _montrer(request, etat, lue, refus=None, brutes=None):
    contexte = (
        ecran_de_question(etat, lue, brutes) | pour_le_telephone(etat) | {"refus": refus, "prefixe": PREFIXE}
    )
    return render(request, "ateliers/grille/question.html", contexte, status=refus.statut if refus else 200)


@require_safe
@avec_copie
def relire(request, grille, copie):
    """Before sending: what is missing, what was passed, and the button."""
    return _relire(request, grille, copie)


def _relire(request, grille, copie, refus=None):
    etat = Etat.de(copie)
    contexte = {"grille": grille, "etat": etat, "refus": refus} | pour_le_telephone(etat)
    return render(request, "ateliers/grille/relire.html", contexte, status=refus.statut if refus else 200)


@require_POST
@avec_copie
def envoyer(request, grille, copie):
    try:
        actes.envoyer_grille(copie=copie, participant=copie.participant)
    except Refus as refus:
        return _relire(request, grille, copie, refus)
    return redirect("grille-merci", code=grille.code)


@require_safe
@avec_copie
def merci(request, grille, copie):
    """It is in; and the code to come back with."""
    if copie.envoyee_le is None:
        return redirect("grille-relire", code=grille.code)
    salle = salle_ou_repondre(grille, copie.participant)
    contexte = {"grille": grille, "participant": copie.participant, "etat": Etat.de(copie), "salle": salle}
    return render(request, "ateliers/grille/merci.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@avec_copie
def effacer(request, grille, copie):
    """Take one's answers away, after having been asked."""
    if request.method != "POST":
        return render(request, "ateliers/grille/effacer.html", {"grille": grille, "copie": copie})
    actes.effacer_copie(copie=copie, participant=copie.participant)
    return render(
        request, "ateliers/grille/efface.html", {"grille": grille, "titre": _("Vos réponses sont effacées")}
    )
