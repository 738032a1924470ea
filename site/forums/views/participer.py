"""Taking part in a forum: a code, a proposition, an argument, a vote. Plain forms; no account, no e-mail."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ateliers import essais, identite
from ateliers.formulaires import nouvelle_cle
from ateliers.lectures import bulletins
from consultation import actions, lectures
from consultation.actions.forum import GRACE, carte_servie
from consultation.erreurs import Refus
from consultation.models import Bulletin, CodeDeCarte, Contribution, Phase
from consultation.textes import cle_de_code, entier

from .. import jetons
from .. import lectures as lectures_forums
from ..acces import avec_forum, avec_participant
from ..formulaires import FormulaireDecision, FormulaireQui, FormulaireTexte
from .publiques import contexte_de


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_forum
def entrer(request, forum):
    """One field for the card's code and for one's own."""
    saisie = request.POST.get("code", "")[:40]
    if request.method != "POST":
        return demander_code(request, forum)
    return _ouvrir(request, forum, saisie)


@never_cache
@require_safe
@avec_forum
def carte(request, forum, code):
    """Where the square of a card leads. Looking at it uses nothing up."""
    return _ouvrir(request, forum, code[:40])


def _ouvrir(request, forum, saisie):
    try:
        trouve = _chercher_code(request, forum, saisie)
    except Refus as refus:
        return demander_code(request, forum, saisie, refus)
    if isinstance(trouve, CodeDeCarte):
        return demander_qui(
            request, forum, FormulaireQui(initial={"code": trouve.code}, consultation=forum.consultation)
        )
    reponse = redirect("forums:mes-textes", slug=forum.consultation.slug)
    identite.retenir(reponse, trouve, cookies=request.COOKIES)
    return reponse


def _chercher_code(request, forum, saisie):
    """Return the CodeDeCarte not used yet, or the Participant whose own code it is. Raises Refus 404, 409, 429."""
    qui = essais.visiteur(request)
    essais.exiger(qui, request.POST)
    codes = CodeDeCarte.objects.select_related("lot").filter(lot__consultation=forum.consultation)
    code = codes.filter(code=cle_de_code(saisie)).first()
    participant = None if code else lectures.participant_par_code(saisie)
    if code is None and (participant is None or participant.consultation_id != forum.consultation_id):
        essais.compter(qui)
        message = _("Ce code ne marche pas. Relisez votre carte : il n’y a ni lettre O, ni chiffre 0.")
        raise Refus("code_faux", message, statut=404, champ="code")
    essais.laisser_passer(qui)
    if code is not None and code.servi:
        raise carte_servie()
    return code or participant


def demander_code(request, forum, saisie="", refus=None):
    contexte = contexte_de(request, forum, saisie=saisie, refus=refus)
    reponse = render(request, "forums/entrer.html", contexte, status=refus.statut if refus else 200)
    essais.marquer(request, reponse)
    return reponse


def demander_qui(request, forum, formulaire, refus=None):
    contexte = contexte_de(
        request,
        forum,
        formulaire=formulaire,
        colleges=forum.consultation.colleges.all(),
        refus=refus,
        cle=formulaire.data.get("cle") or nouvelle_cle(),
    )
    statut = refus.statut if refus else 422 if formulaire.is_bound else 200
    return render(request, "forums/bienvenue.html", contexte, status=statut)


@never_cache
@require_POST
@avec_forum
def bienvenue(request, forum):
    """Use the card up and let its bearer in."""
    formulaire = FormulaireQui(request.POST, consultation=forum.consultation)
    if not formulaire.is_valid():
        return demander_qui(request, forum, formulaire)
    acte = formulaire.acte
    try:
        participant = forum.consultation.participants.filter(cle=acte["cle"]).first() if acte["cle"] else None
        participant = participant or _faire_entrer(request, forum, formulaire.cleaned_data["code"], acte)
    except Refus as refus:
        if refus.champ == "code":
            return demander_code(request, forum, formulaire.cleaned_data["code"], refus)
        return demander_qui(request, forum, formulaire, refus)
    _phase, adresse = lectures_forums.acte_du_moment(lectures.calendrier(forum.consultation))
    reponse = redirect(adresse or "forums:accueil", slug=forum.consultation.slug)
    identite.retenir(reponse, participant, cookies=request.COOKIES)
    messages.success(
        request,
        _("Bienvenue. Votre code personnel : %(code)s. Notez-le.") % {"code": participant.code_lisible},
    )
    return reponse


def _faire_entrer(request, forum, saisie, acte):
    if jeton := request.POST.get("jeton", ""):
        empreinte, origine = jetons.lire(jeton, forum)
        return actions.entrer_au_forum(
            consultation=forum.consultation, origine=origine, empreinte=empreinte, **acte
        )
    code = _chercher_code(request, forum, saisie)
    if not isinstance(code, CodeDeCarte):
        return code
    return actions.entrer_au_forum(consultation=forum.consultation, origine="carte", code=code, **acte)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_participant
def proposer(request, forum, participant):
    formulaire = FormulaireTexte(request.POST or None, consultation=forum.consultation)
    if request.method != "POST":
        return _montrer_texte(request, forum, "forums/proposer.html", formulaire)
    try:
        dite = actions.proposer_au_forum(
            consultation=forum.consultation, participant=participant, **formulaire.lu("axe")
        )
    except Refus as refus:
        return _montrer_texte(request, forum, "forums/proposer.html", formulaire, refus)
    messages.success(request, _("Merci. Votre idée est arrivée."))
    return redirect(f"{reverse('forums:mes-textes', args=[forum.consultation.slug])}#p{dite.pk}")


def _montrer_texte(request, forum, gabarit, formulaire, refus=None, **autres):
    contexte = contexte_de(
        request,
        forum,
        formulaire=formulaire,
        refus=refus,
        axes=forum.consultation.axes.all(),
        cle=formulaire.data.get("cle") or nouvelle_cle(),
        en_grace=_en_grace(forum, Phase.Nature.PROPOSER),
        **autres,
    )
    return render(request, gabarit, contexte, status=refus.statut if refus else 200)


def _en_grace(forum, nature):
    """The Phase that has just closed and still takes what is sent, or None."""
    phase = forum.consultation.phases.filter(nature=nature).first()
    closing = phase is not None and not phase.est_ouverte() and phase.est_ouverte(GRACE)
    return phase if closing else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_participant
def contribuer(request, forum, participant, proposition_id):
    """An argument or a question about one proposition."""
    dite = get_object_or_404(lectures.propositions_publiques(forum.consultation), pk=proposition_id)
    formulaire = FormulaireTexte(request.POST or None, consultation=forum.consultation)
    ecran = {"proposition": dite, "natures": Contribution.Nature.choices, "voulue": request.POST.get("nature", "")}
    if request.method != "POST":
        return _montrer_texte(request, forum, "forums/contribuer.html", formulaire, **ecran)
    try:
        actions.contribuer(proposition=dite, participant=participant, **formulaire.lu("nature"))
    except Refus as refus:
        return _montrer_texte(request, forum, "forums/contribuer.html", formulaire, refus, **ecran)
    messages.success(request, _("Merci. Vos mots sont arrivés. Une personne les relit."))
    return redirect("forums:proposition", slug=forum.consultation.slug, proposition_id=dite.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_forum
def signaler(request, forum, cle):
    """Anyone who reads may say that a text breaks a rule; someone of the team reads it again."""
    texte, _appel = lectures.texte_nomme(forum, cle)
    if texte is None or cle[0] == "r" or not lectures.est_lisible(texte):
        raise Http404
    formulaire, refus = FormulaireDecision(request.POST), None
    if request.method == "POST":
        lu = formulaire.lu
        try:
            essais.exiger_entree(essais.visiteur(request), f"signaler:{forum.pk}", request.POST)
            actions.signaler(texte=texte, regle=lu["regle"], mots=lu["mots"] or "")
        except Refus as survenu:
            refus = survenu
        else:
            messages.success(request, _("Merci. Une personne de l’équipe va relire ce texte."))
            vers = getattr(texte, "proposition_id", texte.pk)
            return redirect("forums:proposition", slug=forum.consultation.slug, proposition_id=vers)
    ecran = {"texte": texte, "cle": cle, "refus": refus, "formulaire": formulaire, "regles": forum.regles_lues}
    reponse = render(
        request,
        "forums/signaler.html",
        contexte_de(request, forum, **ecran),
        status=refus.statut if refus else 200,
    )
    essais.marquer(request, reponse)
    return reponse


@never_cache
@require_safe
@avec_participant
def mes_textes(request, forum, participant):
    """What became of each text one sent: waiting, shown, or refused with the reason; and one's own code."""
    contexte = contexte_de(request, forum, textes=lectures_forums.textes_de(participant), regles=forum.regles_lues)
    return render(request, "forums/mes_textes.html", contexte)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_participant
def recours(request, forum, participant, cle):
    """Ask for a second reading of one's own refused text."""
    texte, _appel = lectures.texte_nomme(forum, cle)
    if texte is None or texte.auteur_id != participant.pk or cle[0] == "r":
        raise Http404
    refus = None
    if request.method == "POST":
        try:
            actions.demander_recours(texte=texte, participant=participant, mots=request.POST.get("mots", ""))
        except Refus as survenu:
            refus = survenu
        else:
            messages.success(request, _("Votre demande est arrivée. Une autre personne va relire."))
            return redirect("forums:mes-textes", slug=forum.consultation.slug)
    contexte = contexte_de(request, forum, texte=texte, cle=cle, refus=refus, mots=request.POST.get("mots", ""))
    return render(request, "forums/recours.html", contexte, status=refus.statut if refus else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_participant
def voter(request, forum, participant):
    """One proposition at a time, the least answered first; passing counts as read, not as a vote."""
    refus = None
    if request.method == "POST":
        try:
            actions.voter_au_forum(
                consultation=forum.consultation,
                participant=participant,
                choix=_choix(request.POST),
                cle=request.POST.get("cle", ""),
                appareil=identite.appareils(request.COOKIES).get(forum.consultation_id, ""),
            )
        except Refus as survenu:
            refus = survenu
        else:
            return redirect("forums:voter", slug=forum.consultation.slug)
    contexte = contexte_de(
        request, forum, refus=refus, cle=nouvelle_cle(), **_bulletin(forum, participant, request)
    )
    return render(request, "forums/voter.html", contexte, status=refus.statut if refus else 200)


def _choix(champs):
    """{piste: value} of one screen: passing is 0; nothing chosen is refused, and said."""
    if "passer" in champs:
        return {champs.get("piste", ""): "0"}
    if "valeur" not in champs:
        raise Refus("rien_choisi", _("Choisissez une des quatre réponses, ou passez."), champ="valeur")
    return {champs.get("piste", ""): champs["valeur"]}


def _bulletin(forum, participant, request):
    """The piste to answer, how many are done, of how many."""
    if forum.scrutin_id is None:
        return {"piste": None, "faites": 0, "total": 0}
    bulletin = Bulletin.objects.filter(scrutin=forum.scrutin, participant=participant).first()
    vues = {int(piste) for piste in bulletin.ordres} if bulletin else set()
    tues = lectures.pistes_tues(forum.consultation_id)
    piste, faites, total = bulletins.suivante(forum.scrutin, participant.pk, vues, tues)
    voulue = entier(request.POST.get("piste") or request.GET.get("piste", ""))
    if voulue and voulue not in tues:
        piste = forum.scrutin.pistes.filter(pk=voulue).first() or piste
    return {"piste": piste, "faites": faites, "total": total}
