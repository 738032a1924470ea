"""Coming in: a code, a first name, a college; or a personal code, months later, on any phone."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultation import lectures as lectures_consultation
from consultation.erreurs import Refus
from consultation.models import Consultation, Participant
from consultation.textes import LONGUEUR_CODE_PERSONNEL, cle_de_code

from .. import actions, essais, identite, lectures, regles
from ..actions.gardes import exiger_entrees
from ..formulaires import FormulaireCode, FormulaireEntree, nouvelle_cle
from ..lectures.grilles import grille_par_code
from ..models import Etape, Place
from ..reponses import accompagner, repondre_refus

MA_PAGE = "/moi/"
ACCORD = "/moi/accord/"
ACCES = Consultation.Acces


def avec_atelier(vue):
    """Give the view the Atelier of its address, or answer 404 with the code's form and what was tried in it."""

    @wraps(vue)
    def enveloppe(request, code, **kwargs):
        try:
            atelier = chercher_atelier(request, code)
        except essais.EpreuveDemandee as refus:
            return repondre_refus(refus) if veut_json(request) else demander_code(request, code[:40], refus)
        if atelier is None and veut_json(request):
            return repondre_refus(_code_change())
        if atelier is None:
            return demander_code(request, code[:40], _code_faux())
        return vue(request, atelier, **kwargs)

    return enveloppe


def chercher_atelier(request, code):
    """Return the Atelier of a code, or None, which counts as a wrong one. Raises EpreuveDemandee 429."""
    qui = essais.visiteur(request)
    essais.exiger(qui, request.POST)
    atelier = lectures.atelier_par_code(code)
    if atelier is None:
        essais.compter(qui)
    else:
        essais.laisser_passer(qui)
    return atelier


def veut_json(request):
    """Whether a script asks, to keep the page as it is."""
    return request.headers.get("accept", "").startswith("application/json")


def _code_change():
    message = _("Le code de cet atelier a changé. Entrez avec le nouveau code, écrit sur l’écran de la salle.")
    return Refus("code_change", message, statut=404)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rejoindre(request):
    """One field for every code: a workshop's or a questionnaire's (6 signs), or one's own (8)."""
    if request.method != "POST":
        return demander_code(request, request.GET.get("code", "")[:40])
    saisie = FormulaireCode(request.POST).saisie
    try:
        return _ouvrir(request, saisie)
    except Refus as refus:
        return demander_code(request, saisie, refus)


def _ouvrir(request, saisie):
    qui = essais.visiteur(request)
    essais.exiger(qui, request.POST)
    atelier = lectures.atelier_par_code(saisie)
    if atelier is not None:
        essais.laisser_passer(qui)
        return redirect("bienvenue", code=atelier.code)
    if (grille := grille_par_code(saisie)) is not None:
        essais.laisser_passer(qui)
        return redirect("grille", code=grille.code)
    participant = _par_code_personnel(qui, saisie)
    # Someone who comes back in the middle of a workshop wants the room; months later, their page.
    place = (
        Place.objects.filter(participant=participant, atelier__etapes__in=Etape.objects.en_cours())
        .select_related("atelier")
        .first()
    )
    vers = reverse("bienvenue", kwargs={"code": place.atelier.code}) if place else MA_PAGE
    return _reconnaitre(request, participant, vers)


def _reconnaitre(request, participant, vers):
    """Make the phone theirs and lead to `vers`, the first time by way of the question about their words."""
    if participant.accord_publication is None:
        vers = f"{ACCORD}?{urlencode({'personne': participant.pk, 'suite': vers})}"
    reponse = redirect(vers)
    identite.retenir(reponse, participant, cookies=request.COOKIES)
    return reponse


def _par_code_personnel(qui, saisie):
    """Return whose code it is. Raises Refus 404 when it is nobody's, which counts as a wrong one."""
    possible = len(cle_de_code(saisie)) == LONGUEUR_CODE_PERSONNEL
    participant = lectures_consultation.participant_par_code(saisie) if possible else None
    if participant is None:
        essais.compter(qui)
        raise _code_faux()
    return participant


def _code_faux():
    return Refus("code_faux", _("Ce code ne marche pas."), statut=404, champ="code")


def demander_code(request, saisie="", refus=None):
    contexte = {"saisie": saisie, "refus": refus, "places": _places_ouvertes(request)}
    reponse = render(
        request, "ateliers/participant/rejoindre.html", contexte, status=refus.statut if refus else 200
    )
    essais.marquer(request, reponse)
    return reponse


def _places_ouvertes(request):
    """The rooms this phone is already in, to go back with one touch."""
    participants = identite.participants_de(request)
    if not participants:
        return []
    presentes = Place.objects.presentes().filter(participant__in=participants)
    return presentes.select_related("atelier__espace", "participant").order_by("-entre_le")[:3]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appareil(request, code):
    """Make this phone its owner's again, from the personal code of a booklet's QR code; then show their page.

    A phone that is someone else's already does not change hands by a mere address: it says who is there and asks.
    """
    qui = essais.visiteur(request)
    try:
        essais.exiger(qui, request.POST)
        participant = _par_code_personnel(qui, code)
    except Refus as refus:
        return demander_code(request, code[:40], refus)
    la = identite.participant_de(request, participant.consultation)
    if request.method != "POST" and la is not None and la.pk != participant.pk:
        return render(request, "ateliers/participant/appareil.html", {"participant": participant, "la": la})
    return _reconnaitre(request, participant, MA_PAGE)


@never_cache
@require_GET
@avec_atelier
def bienvenue(request, atelier):
    """Where the QR code of the room leads: straight in for a phone we know, the welcome form for the others."""
    try:
        participant = _deja_la(request, atelier)
        if participant is None:
            _exiger_acces(request, atelier)
            return _accueillir(request, atelier)
        return _faire_entrer(request, atelier, participant)
    except Refus as refus:
        return fermer(request, atelier, refus)


def _deja_la(request, atelier):
    """The participant that this phone, or failing that this account, already is in the consultation."""
    participant = identite.participant_de(request, atelier.consultation)
    if participant is None and request.user.is_authenticated:
        participant = Participant.objects.filter(
            consultation=atelier.consultation, compte=request.user, efface_le__isnull=True
        ).first()
    return participant


def _faire_entrer(request, atelier, participant):
    """Enter, unless it is over: whoever was there still finds the room's last screen."""
    if regles.est_ouvert(atelier):
        actions.entrer(atelier=atelier, participant=participant)
    elif not Place.objects.presentes().filter(atelier=atelier, participant=participant).exists():
        _exiger_ouvert(atelier)
    return _accompagner(request, "salle", atelier, participant)


def _accompagner(request, ecran, atelier, participant):
    return accompagner(ecran, atelier.code, participant, cookies=request.COOKIES, en_json=veut_json(request))


def _exiger_ouvert(atelier):
    if regles.est_ouvert(atelier):
        return
    if atelier.consultation.etat == Consultation.Etat.CLOSE:
        message = _("Cet atelier est terminé. Si vous y étiez, votre code personnel ouvre votre page.")
        raise Refus("consultation_close", message, statut=410)
    raise Refus("pas_encore", _("Cet atelier n’est pas encore ouvert. Revenez le jour du séminaire."), statut=409)


def _exiger_acces(request, atelier):
    """Raise Refus unless a stranger may enter with the workshop's code alone."""
    _exiger_ouvert(atelier)
    exiger_entrees(atelier)
    acces = atelier.consultation.acces
    if acces == ACCES.PERSONNEL:
        message = _("Ici, chacun entre avec son code personnel. Il est écrit sur votre carnet ou votre badge.")
        raise Refus("code_personnel_demande", message, statut=403)
    if acces == ACCES.COMPTE and not request.user.is_authenticated:
        raise Refus("compte_demande", _("Pour entrer ici, il faut se connecter à son compte."), statut=403)


def _accueillir(request, atelier, formulaire=None, refus=None):
    formulaire = formulaire or FormulaireEntree(consultation=atelier.consultation)
    contexte = {
        "atelier": atelier,
        "colleges": atelier.consultation.colleges.all(),
        "formulaire": formulaire,
        "refus": refus,
        "cle": formulaire.data.get("cle") or nouvelle_cle(),
    }
    statut = refus.statut if refus else 422 if formulaire.is_bound else 200
    return render(request, "ateliers/participant/bienvenue.html", contexte, status=statut)


@require_POST
@avec_atelier
def entrer(request, atelier):
    formulaire = FormulaireEntree(request.POST, consultation=atelier.consultation)
    try:
        participant = _deja_la(request, atelier)
        if participant is not None:
            return _faire_entrer(request, atelier, participant)
        _exiger_acces(request, atelier)
        if not formulaire.is_valid():
            return _mal_rempli(request, atelier, formulaire)
        if not atelier.repetition:
            essais.exiger_entree(essais.visiteur(request), atelier.code_cle, request.POST)
        compte = request.user if atelier.consultation.acces == ACCES.COMPTE else None
        participant = actions.rejoindre(atelier=atelier, compte=compte, **formulaire.acte)
    except Refus as refus:
        return repondre_refus(refus) if veut_json(request) else _accueillir(request, atelier, formulaire, refus)
    return _accompagner(request, "mon-code", atelier, participant)


def _mal_rempli(request, atelier, formulaire):
    if not veut_json(request):
        return _accueillir(request, atelier, formulaire)
    champ, messages = next(iter(formulaire.errors.items()))
    return repondre_refus(Refus("mal_rempli", messages[0], champ=champ))


@never_cache
@require_GET
@avec_atelier
def mon_code(request, atelier):
    """The personal code, large: shown once after entering, and reachable from every screen of the room."""
    participant = identite.participant_de(request, atelier.consultation)
    if participant is None:
        return redirect("bienvenue", code=atelier.code)
    contexte = {"atelier": atelier, "participant": participant}
    return render(request, "ateliers/participant/mon_code.html", contexte)


@require_POST
@avec_atelier
def sortir(request, atelier):
    """Hand the phone to someone else: a table of eight may share one."""
    reponse = redirect("bienvenue", code=atelier.code)
    identite.oublier(reponse, atelier.consultation, cookies=request.COOKIES)
    return reponse


@require_GET
def donnees(request):
    """What is kept about a participant, in plain words."""
    retour = request.GET.get("code", "")
    try:
        atelier = chercher_atelier(request, retour) if retour else None
    except essais.EpreuveDemandee:
        atelier = None  # only the way back is missing
    fournisseur = (settings.OIDC["nom"] or _("un compte d’identité")) if settings.OIDC["adresse"] else ""
    contexte = {"atelier": atelier, "fournisseur": fournisseur}
    return render(request, "ateliers/participant/donnees.html", contexte)


def fermer(request, atelier, refus, garde=""):
    """Say why the door is shut and what to do. `garde`: what was typed, shown again so that it is not lost."""
    connexion = f"{reverse(settings.LOGIN_URL)}?next={reverse('bienvenue', kwargs={'code': atelier.code})}"
    contexte = {"atelier": atelier, "refus": refus, "garde": garde, "connexion": connexion}
    return render(request, "ateliers/participant/porte.html", contexte, status=refus.statut)
