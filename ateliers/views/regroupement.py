"""The regrouping board: ticking, dragging or choosing with the keyboard all send the same form."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultation import actions, regles
from consultation.erreurs import Refus
from consultation.models import Piste, Proposition, Regroupement
from consultation.textes import entiers

from .. import identite
from ..lectures.suggestions import suggestions
from ..lectures.tableau import Filtre, lire_tableau, premiers_mots
from .acces import faire, pour_atelier

animer = pour_atelier(regles.peut_rapporter)


@require_safe
@never_cache
@pour_atelier()
def regroupement(request, atelier):
    return page_regroupement(request, atelier)


def page_regroupement(request, atelier, *, refus=None, saisie=None, a_nommer=None, ouvert=""):
    """Show the board; `a_nommer` is the text proposed for the piste about to be made from what is ticked."""
    saisie = saisie if saisie is not None else request.GET
    filtre = Filtre.lire(saisie if "montrer" in saisie else request.GET)
    cochees = (_numeros(saisie.getlist(nom)) for nom in ("propositions", "pistes"))
    contexte = {
        "atelier": atelier,
        "tableau": lire_tableau(atelier.espace, filtre, *cochees),
        "etats": [(etat.value, etat.label) for etat in (Piste.Etat.BROUILLON, Piste.Etat.RETENUE)],
        "suggestions": suggestions(atelier),
        "peut_animer": regles.peut_animer(request.user, atelier.espace),
        "peut_agir": regles.peut_rapporter(request.user, atelier.espace),
        "jeton": identite.jeton_direct(identite.CONSOLE, atelier, request.user),
        "refus": refus,
        "saisie": saisie,
        "cochees": {*saisie.getlist("propositions")},
        "pistes_cochees": {*saisie.getlist("pistes")},
        "a_nommer": a_nommer,
        "nom": saisie.get("texte", "") if a_nommer is None else a_nommer,
        "ouvert": ouvert,
    }
    statut = refus.statut if refus else 200
    return render(request, "ateliers/animation/regroupement.html", contexte, status=statut)


def _agir(request, atelier, acte, dit, ouvert=""):
    texte = request.POST.get("texte")

    def sinon(refus):
        return page_regroupement(request, atelier, refus=refus, saisie=request.POST, a_nommer=texte, ouvert=ouvert)

    vers = reverse("regroupement", args=[atelier.pk]) + Filtre.lire(request.GET).suite
    return faire(request, acte, vers=vers, sinon=sinon, dit=dit)


@require_POST
@animer
def regrouper(request, atelier):
    """Join what is ticked: into the piste whose button was pressed, else into a new one, named first.

    Or show another part of the board, with what is ticked kept.
    """
    if _montrer(request.POST, Filtre.lire(request.GET)):
        saisie = request.POST.copy()
        saisie.setdefault("montrer", "1")
        return page_regroupement(request, atelier, saisie=saisie)
    propositions, pistes = _choisies(request, atelier)
    dans = _piste(atelier, request.POST["dans"]) if request.POST.get("dans") else None
    texte = request.POST.get("texte", "")
    if dans is None and not texte.strip() and (propositions or pistes):
        a_nommer = premiers_mots(propositions, pistes)
        return page_regroupement(request, atelier, saisie=request.POST, a_nommer=a_nommer)

    def agir():
        actions.regrouper(
            espace=atelier.espace,
            propositions=propositions,
            pistes=[p for p in pistes if p != dans],
            dans=dans,
            texte="" if dans else texte,
            motif=request.POST.get("motif", ""),
            par=request.user,
        )

    combien = len(propositions) + len(pistes)
    dit = ngettext("%(n)s élément rangé.", "%(n)s éléments rangés ensemble.", combien) % {"n": combien}
    return _agir(request, atelier, agir, dit)


def _montrer(champs, montre):
    """Whether other cards are asked for: by a button, or by Enter in the search, nothing being named."""
    if "montrer" in champs:
        return True
    nomme = champs.get("dans") or champs.get("texte", "").strip()
    return not nomme and "q" in champs and Filtre.lire(champs).est_autre(montre)


def _choisies(request, atelier):
    """Return what is ticked, in the order of the board; what is not of this workshop is left out."""
    propositions = Proposition.objects.filter(
        espace_id=atelier.espace_id, pk__in=_numeros(request.POST.getlist("propositions"))
    )
    pistes = Piste.objects.filter(espace_id=atelier.espace_id, pk__in=_numeros(request.POST.getlist("pistes")))
    return list(propositions), list(pistes)


def _numeros(valeurs):
    return entiers(valeurs)[:500]


def _piste(atelier, numero):
    return get_object_or_404(Piste, pk__in=_numeros([numero]), espace_id=atelier.espace_id)


@require_POST
@animer
def defaire(request, atelier, regroupement_id):
    """Undo one grouping; everything goes back where it was."""
    geste = get_object_or_404(Regroupement, pk=regroupement_id, piste__espace_id=atelier.espace_id)

    def agir():
        actions.defaire_regroupement(regroupement=geste, par=request.user, motif=request.POST.get("motif", ""))

    return _agir(request, atelier, agir, _("Regroupement défait. Tout est revenu à sa place."))


@require_POST
@animer
def semer(request, atelier):
    """Make each proposition nobody gathered a piste by itself."""

    def agir():
        if not actions.semer_orphelines(espace=atelier.espace, par=request.user):
            raise Refus("rien_a_semer", _("Il ne reste aucune proposition à part."), statut=409)

    return _agir(request, atelier, agir, _("Chaque proposition restante est devenue une piste."))


@require_POST
@animer
def agir_piste(request, atelier, piste_id, acte):
    """Reword a piste, set it aside, or bring it back."""
    piste = _piste(atelier, str(piste_id))
    numero = {"numero": piste.numero}
    gestes = {
        "formuler": (_formuler, _("La piste n° %(numero)s a de nouveaux mots.")),
        "ecarter": (_ecarter, _("La piste n° %(numero)s est écartée. Vous pouvez la reprendre.")),
        "reprendre": (_reprendre, _("La piste n° %(numero)s est revenue.")),
    }
    geste, dit = gestes[acte]
    ouvert = f"{acte}-{piste.pk}"
    return _agir(request, atelier, lambda: geste(piste, request), dit % numero, ouvert)


def _formuler(piste, request):
    revision = _numeros([request.POST.get("revision", "")])
    actions.formuler_piste(
        piste=piste,
        texte=request.POST.get("formulation", ""),
        par=request.user,
        revision=revision[0] if revision else None,
    )


def _ecarter(piste, request):
    actions.ecarter_piste(piste=piste, par=request.user, motif=request.POST.get("motif", ""))


def _reprendre(piste, request):
    actions.reprendre_piste(piste=piste, par=request.user)
