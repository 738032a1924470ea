"""The list of a plenary: chosen from the workshops, put in order, regrouped across them, sent to the vote."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultation import actions, lectures, regles
from consultation.models import Piste
from consultation.textes import entiers

from ..lectures.pleniere import lire_liste
from ..models import Atelier
from .acces import faire, pour_atelier


def pour_pleniere(vue):
    """Give the view the plenary; a workshop votes on its own pistes and has no list: 404."""

    @pour_atelier(regles.peut_animer)
    def enveloppe(request, atelier, **kwargs):
        if atelier.nature != Atelier.Nature.PLENIERE:
            raise Http404
        return vue(request, atelier, **kwargs)

    return enveloppe


@require_safe
@never_cache
@pour_pleniere
def liste(request, atelier):
    return page_liste(request, atelier)


def page_liste(request, atelier, *, refus=None, saisie=None):
    """Show the list; `avec` in the query (or a refused join) opens the join of a piste, `envoyer` the summary."""
    saisie = saisie if saisie is not None else request.GET
    lue = lire_liste(atelier)
    avec = next((r for r in lue.rangs if str(r.piste.pk) == saisie.get("avec")), None)
    contexte = {
        "atelier": atelier,
        "liste": lue,
        "avec": avec,
        "autres": [r for r in lue.rangs if r is not avec],
        "regle": _regle(lue.etape) if lue.etape else "",
        "envoyer": bool(saisie.get("envoyer")) and bool(lue.rangs),
        "saisie": saisie,
        "refus": refus,
    }
    statut = refus.statut if refus else 200
    return render(request, "ateliers/animation/pleniere.html", contexte, status=statut)


def _regle(etape):
    """The rule as the room will read it; "" for a vote that will be prepared as it opens."""
    scrutin = etape.scrutin
    return lectures.regle_du_scrutin(scrutin) if scrutin else ""


def _agir(request, atelier, acte, dit, ancre="liste"):
    def sinon(refus):
        return page_liste(request, atelier, refus=refus, saisie=request.POST)

    vers = f"{reverse('liste_pleniere', args=[atelier.pk])}#{ancre}"
    return faire(request, acte, vers=vers, sinon=sinon, dit=dit)


@require_POST
@pour_pleniere
def prendre(request, atelier):
    """Put in the list what is ticked, or everything that the workshops kept (`retenues`)."""
    if request.POST.get("retenues"):
        pistes = [c.piste for s in lire_liste(atelier).sources for c in s.retenues_libres]
    else:
        cles = entiers(request.POST.getlist("pistes"))
        pistes = list(Piste.objects.filter(consultation=atelier.espace.consultation_id, pk__in=cles))
    dit = ngettext("%(n)s piste ajoutée à la liste.", "%(n)s pistes ajoutées à la liste.", len(pistes))
    return _agir(
        request,
        atelier,
        lambda: actions.reprendre_pistes(espace=atelier.espace, pistes=pistes, par=request.user),
        dit % {"n": len(pistes)},
    )


@require_POST
@pour_pleniere
def changer(request, atelier, piste_id, acte):
    """Move a piste one place up or down, or take it out of the list."""
    piste = get_object_or_404(Piste, pk=piste_id, consultation=atelier.espace.consultation_id)
    if acte == "enlever":
        dit = _("La piste n° %(numero)s n’est plus dans la liste. Elle reste dans son atelier.")
        return _agir(
            request,
            atelier,
            lambda: actions.retirer_piste(espace=atelier.espace, piste=piste, par=request.user),
            dit % {"numero": piste.numero},
        )
    rangs = [place.piste.pk for place in lectures.liste(atelier.espace)]
    rang = rangs.index(piste.pk) if piste.pk in rangs else 0
    vers = min(max(0, rang + (1 if acte == "descendre" else -1)), max(0, len(rangs) - 1))
    dit = _("La piste n° %(numero)s passe en place %(place)s.") % {"numero": piste.numero, "place": vers + 1}
    return _agir(
        request,
        atelier,
        lambda: actions.ordonner_pistes(espace=atelier.espace, piste=piste, vers=vers, par=request.user),
        dit,
        ancre=f"{acte}-{piste.pk}",
    )


@require_POST
@pour_pleniere
def regrouper(request, atelier):
    """Join two pistes of the list into a new one, in the plenary's words; each stays written in its workshop."""
    dans_la_liste = {str(place.piste.pk): place.piste for place in lectures.liste(atelier.espace)}
    choisies = [request.POST.get("avec", ""), request.POST.get("autre", "")]
    pistes = [dans_la_liste[cle] for cle in choisies if cle in dans_la_liste]
    if len({p.pk for p in pistes}) < 2:
        return redirect(f"{reverse('liste_pleniere', args=[atelier.pk])}?avec={choisies[0][:15]}")

    def acte():
        actions.regrouper(
            espace=atelier.espace,
            pistes=pistes,
            texte=request.POST.get("texte", ""),
            motif=request.POST.get("motif", ""),
            par=request.user,
        )

    return _agir(request, atelier, acte, _("Les deux pistes n’en font plus qu’une dans la liste."))
