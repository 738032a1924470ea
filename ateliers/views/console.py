"""The facilitator's console: one page read at once, and small acts that come back to it."""

from uuid import uuid4

from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultation import actions as actions_consultation
from consultation import regles
from consultation.erreurs import Refus
from consultation.lectures import axes_a_choisir
from consultation.models import College, Proposition
from consultation.textes import entier

from .. import actions, identite
from ..lectures.console import empreinte, lire_pupitre
from ..lectures.relecture import passages_lus
from ..lectures.tableau import Filtre
from ..models import Etape
from .acces import faire, pour_atelier


@require_safe
@never_cache
@pour_atelier()
def console(request, atelier):
    return page_console(request, atelier)


def page_console(request, atelier, *, refus=None, saisie=None, ouvert=""):
    """Show the console; after a refusal, with its sentence and what was typed (`saisie`) in the form `ouvert`."""
    pupitre = lire_pupitre(atelier, objections_demandees(request))
    contexte = {
        "atelier": atelier,
        "pupitre": pupitre,
        "vote_a_ouvrir": pupitre.programme.vote_a_ouvrir(ouvert),
        "peut_animer": regles.peut_animer(request.user, atelier.espace),
        "jeton": identite.jeton_direct(identite.CONSOLE, atelier, request.user),
        "refus": refus,
        "saisie": saisie if saisie is not None else request.GET,
        "ouvert": ouvert or request.GET.get("ouvert", ""),
        "cle_carte": uuid4().hex,
        "axes": axes_a_choisir(atelier.espace),
        "longueur_max": atelier.consultation.longueur_max,
    }
    return render(request, "ateliers/animation/console.html", contexte, status=refus.statut if refus else 200)


def objections_demandees(request):
    """The Filtre of the address: words or a number, and a page of the objections."""
    demande = Filtre.lire(request.GET)
    return Filtre(q=demande.q, pp=demande.pp)


def vers_console(atelier, ancre="", **parametres):
    adresse = reverse("console", args=[atelier.pk])
    return adresse + (f"?{urlencode(parametres)}" if parametres else "") + (f"#{ancre}" if ancre else "")


def _agir(request, atelier, acte, *, dit="", vers="", ouvert=""):
    def sinon(refus):
        return page_console(request, atelier, refus=refus, saisie=request.POST, ouvert=ouvert)

    return faire(request, acte, vers=vers or vers_console(atelier), sinon=sinon, dit=dit)


def agir_et_revenir(request, atelier, acte, *, dit, ancre):
    """Do an act of the console, then show it again at `ancre`, which is also the form to open after a refusal.

    The page of objections that was being read is kept.
    """
    vers = vers_console(atelier) + objections_demandees(request).suite + f"#{ancre}"
    return _agir(request, atelier, acte, dit=dit, vers=vers, ouvert=ancre)


@require_POST
@pour_atelier(regles.peut_animer)
def agir_etape(request, atelier, etape_id, acte):
    """Open, close, pause, resume or lengthen a step."""
    etape = get_object_or_404(Etape, pk=etape_id, atelier=atelier)

    def agir():
        ACTES_ETAPE[acte](etape, request)

    dit = DITS_ETAPE[acte] % {"titre": etape.titre}
    return _agir(request, atelier, agir, dit=dit, vers=vers_console(atelier, "etape"), ouvert=f"etape-{etape.pk}")


def _ouvrir(etape, request):
    """`courante` is the step seen as current ("" for none): if another one is, the act is refused."""
    laissees = request.POST.get("laissees", "dire")
    actions.ouvrir_etape(
        etape=etape,
        attendu=entier(request.POST.get("courante")),
        laissees=laissees if laissees in ("laisser", "semer") else "dire",
        par=request.user,
    )


def _prolonger(etape, request):
    """Two people who lengthen at once give two minutes, not four: the form says which end it was made from."""
    with transaction.atomic():
        actuelle = Etape.objects.select_for_update(no_key=True).get(pk=etape.pk)
        if request.POST.get("vu") not in (None, empreinte(actuelle)):
            raise Refus(
                "change_entre_temps",
                _("Une autre personne vient de changer le temps de cette étape. Regardez où en est l’atelier."),
                statut=409,
            )
        actions.prolonger(etape=actuelle, minutes=2, par=request.user)


ACTES_ETAPE = {
    "ouvrir": _ouvrir,
    "fermer": lambda etape, request: actions.clore_etape(
        etape=etape, attendre=request.POST.get("resultats") == "attendre", par=request.user
    ),
    "prolonger": _prolonger,
    "suspendre": lambda etape, request: actions.suspendre(etape=etape, par=request.user),
    "reprendre": lambda etape, request: actions.reprendre(etape=etape, par=request.user),
}
DITS_ETAPE = {
    "ouvrir": gettext_lazy("L’étape « %(titre)s » est ouverte."),
    "fermer": gettext_lazy("L’étape « %(titre)s » est fermée."),
    "prolonger": gettext_lazy("Deux minutes de plus pour « %(titre)s »."),
    "suspendre": gettext_lazy("« %(titre)s » est en pause. Le temps ne compte plus."),
    "reprendre": gettext_lazy("« %(titre)s » a repris."),
}


@require_POST
@pour_atelier(regles.peut_animer)
def relire(request, atelier, proposition_id, decision):
    """Show a proposition, or set it aside with a reason."""
    proposition = get_object_or_404(Proposition, pk=proposition_id, espace_id=atelier.espace_id)
    motif = request.POST.get("motif_autre", "").strip() or request.POST.get("motif", "")

    def agir():
        actions_consultation.relire_proposition(
            proposition=proposition, decision=decision, motif=motif, par=request.user
        )

    dit = _("Proposition affichée.") if decision == "afficher" else _("Proposition écartée. Elle est gardée.")
    return _agir(
        request, atelier, agir, dit=dit, vers=vers_console(atelier, "relire"), ouvert=f"ecarter-{proposition.pk}"
    )


@require_POST
@pour_atelier(regles.peut_animer)
def masquer(request, atelier, proposition_id):
    """Hide the ticked words of a proposition, then show it."""
    proposition = get_object_or_404(Proposition, pk=proposition_id, espace_id=atelier.espace_id)

    def agir():
        with transaction.atomic():
            actions_consultation.masquer_passages(
                proposition=proposition, passages=passages_lus(request.POST.getlist("mots")), par=request.user
            )
            actions_consultation.relire_proposition(proposition=proposition, decision="afficher", par=request.user)

    dit = _("Proposition affichée, avec ces mots cachés.")
    return _agir(
        request, atelier, agir, dit=dit, vers=vers_console(atelier, "relire"), ouvert=f"masquer-{proposition.pk}"
    )


@require_POST
@pour_atelier()
def saisir_carte(request, atelier):
    """Copy out a paper card; the form comes back open for the next one, same college, same table, same theme."""
    college = College.objects.filter(
        consultation_id=atelier.espace.consultation_id, pk=entier(request.POST.get("college"))
    ).first()
    axe = entier(request.POST.get("axe", ""))

    def agir():
        if college is None:
            raise Refus("college_inconnu", _("Dites de quel collège vient cette carte."), champ="college")
        actions.saisir_carte(
            atelier=atelier,
            college=college,
            texte=request.POST.get("texte", ""),
            origine_note=request.POST.get("origine_note", ""),
            prenom=request.POST.get("prenom", ""),
            axe=axe,
            cle=request.POST.get("cle", ""),
            par=request.user,
        )

    suite = {"ouvert": "carte", "origine_note": request.POST.get("origine_note", "")[:120]}
    suite |= {"college": college.pk} if college else {}
    suite |= {"axe": axe} if axe else {}
    dit = _("Carte gardée. Vous pouvez saisir la suivante.")
    return _agir(request, atelier, agir, dit=dit, vers=vers_console(atelier, "papier", **suite), ouvert="carte")
