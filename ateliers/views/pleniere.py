"""The list of a plenary: chosen from the workshops, put in order, regrouped across them, sent to the vote."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultation import actions, lectures, regles
from consultation.erreurs import Refus
from consultation.models import Piste
from consultation.textes import entier, entiers

from ..lectures.pleniere import RANGS, lire_liste
from ..lectures.tableau import Filtre
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
    """Show the list; `avec` in the query (or a refused join) opens the join of a piste, `envoyer` the summary.

    `montrer`: another page, or something else is looked for, with what is ticked and typed kept.
    """
    saisie = saisie if saisie is not None else request.GET
    filtre = Filtre.lire(saisie if "montrer" in saisie else request.GET)
    avec, autre = (entier(saisie.get(nom, "")) for nom in ("avec", "autre"))
    lue = lire_liste(atelier, filtre, set(entiers(saisie.getlist("pistes"))), (avec, autre))
    contexte = {
        "atelier": atelier,
        "liste": lue,
        "avec": lue.gardes.get(avec),
        "autres": _autres(lue, avec, autre),
        "etats": [(etat.value, etat.label) for etat in (Piste.Etat.BROUILLON, Piste.Etat.RETENUE)],
        "regle": _regle(lue.etape) if lue.etape else "",
        "envoyer": bool(saisie.get("envoyer")) and bool(lue.debout.tout),
        "saisie": saisie,
        "cochees": {*saisie.getlist("pistes")},
        "refus": refus,
    }
    statut = refus.statut if refus else 200
    return render(request, "ateliers/animation/pleniere.html", contexte, status=statut)


def _autres(lue, avec, autre):
    """The pistes to join the piste `avec` with: the one ticked, wherever it is, then those of the page."""
    page = [rang for rang in lue.rangs if rang.piste.pk != avec]
    gardee = lue.gardes.get(autre)
    return page if gardee is None or autre == avec or gardee in page else [gardee, *page]


def _regle(etape):
    """The rule as the room will read it; "" for a vote that will be prepared as it opens."""
    scrutin = etape.scrutin
    return lectures.regle_du_scrutin(scrutin) if scrutin else ""


def _agir(request, atelier, acte, dit, ancre="liste", filtre=None):
    """Do `acte`, then show the list as it was being looked at (or by `filtre`), at `ancre`."""

    def sinon(refus):
        return page_liste(request, atelier, refus=refus, saisie=request.POST)

    suite = (filtre or Filtre.lire(request.GET)).suite
    vers = f"{reverse('liste_pleniere', args=[atelier.pk])}{suite}#{ancre}"
    return faire(request, acte, vers=vers, sinon=sinon, dit=dit)


@require_POST
@pour_pleniere
def prendre(request, atelier):
    """Put in the list what is ticked, or everything that the workshops kept (`retenues`).

    Or show other pistes (`montrer`), with what is ticked kept.
    """
    if "montrer" in request.POST:
        return page_liste(request, atelier, saisie=request.POST)
    cles = entiers(request.POST.getlist("pistes"))
    if request.POST.get("retenues"):
        cles = lire_liste(atelier).retenues_libres
    trouvees = Piste.objects.filter(consultation=atelier.espace.consultation_id).in_bulk(cles)
    pistes = [trouvees[pk] for pk in cles if pk in trouvees]
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
    """Move a piste one place up or down, or to the `place` typed; or take it out of the list."""
    piste = get_object_or_404(Piste, pk=piste_id, consultation=atelier.espace.consultation_id)
    if acte == "enlever":
        dit = _("La piste n° %(numero)s n’est plus dans la liste. Elle reste dans son atelier.")
        return _agir(
            request,
            atelier,
            lambda: actions.retirer_piste(espace=atelier.espace, piste=piste, par=request.user),
            dit % {"numero": piste.numero},
        )
    rangs = lectures.ordre_de_la_liste(atelier.espace)
    vers = _place_voulue(request, acte, rangs.index(piste.pk) if piste.pk in rangs else 0, len(rangs))

    def placer():
        if vers is None:
            raise Refus("place_fausse", _("Écrivez un nombre. La première place est 1."), champ="place")
        actions.ordonner_pistes(espace=atelier.espace, piste=piste, vers=vers, par=request.user)

    dit = _("La piste n° %(numero)s passe en place %(place)s.")
    dit %= {"numero": piste.numero, "place": (vers or 0) + 1}
    return _agir(request, atelier, placer, dit, f"{acte}-{piste.pk}", _a_la_page(request, vers))


def _place_voulue(request, acte, rang, combien):
    """The rank asked for, from 0, within the list; None for a place typed that is not one."""
    dite = entier(request.POST.get("place", "")) or None
    if acte == "placer" and dite is None:
        return None
    vers = {"monter": rang - 1, "descendre": rang + 1, "placer": (dite or 1) - 1}[acte]
    return min(max(0, vers), max(0, combien - 1))


def _a_la_page(request, vers):
    """The filter of the address, at the page of the list where rank `vers` is, unless something is looked for."""
    filtre = Filtre.lire(request.GET)
    return filtre if vers is None or filtre.est_autre(Filtre()) else replace(filtre, pp=vers // RANGS + 1)


@require_POST
@pour_pleniere
def regrouper(request, atelier):
    """Join two pistes of the list into a new one, in the plenary's words; each stays written in its workshop.

    Or show others to join with (`montrer`), with what is typed kept.
    """
    if "montrer" in request.POST:
        return page_liste(request, atelier, saisie=request.POST)
    choisies = [entier(request.POST.get(nom, "")) for nom in ("avec", "autre")]
    dans_la_liste = set(lectures.ordre_de_la_liste(atelier.espace)).intersection(choisies)
    if len(dans_la_liste) < 2:
        return redirect(f"{reverse('liste_pleniere', args=[atelier.pk])}?avec={choisies[0] or ''}")
    trouvees = Piste.objects.in_bulk(choisies)

    def acte():
        actions.regrouper(
            espace=atelier.espace,
            pistes=[trouvees[cle] for cle in choisies],
            texte=request.POST.get("texte", ""),
            motif=request.POST.get("motif", ""),
            par=request.user,
        )

    return _agir(request, atelier, acte, _("Les deux pistes n’en font plus qu’une dans la liste."))
