"""What is entrusted to me to report, and the opening of a synthesis."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultation import actions, regles
from consultation.erreurs import Refus
from consultation.models import Espace, Piste, Proposition, Territoire
from consultation.textes import entier

from .acces import retours


@require_safe
@never_cache
@login_required
def liste(request):
    espaces = (
        regles.espaces_de(request.user)
        .select_related("consultation", "atelier__temps")
        .annotate(
            nombre_pistes=_compte(Piste.objects.vivantes()),
            nombre_seules=_compte(Proposition.objects.orphelines()),
        )
    )
    syntheses = regles.syntheses_de(request.user).select_related("consultation", "espace", "territoire")
    demandes = retours(syntheses)
    for synthese in syntheses:
        synthese.retour = demandes.get(synthese.pk, "")
    contexte = {"consultations": _par_consultation(espaces, syntheses)}
    return render(request, "ateliers/rapporteur/liste.html", contexte)


def _compte(lignes):
    """How many `lignes` each espace has, counted apart so that two counts never multiply each other."""
    comptees = lignes.filter(espace=OuterRef("pk")).order_by().values("espace").annotate(n=Count("pk"))
    return Coalesce(Subquery(comptees.values("n"), output_field=IntegerField()), 0)


def _par_consultation(espaces, syntheses):
    """[(consultation, its espaces in the order of the programme, its syntheses)], the most recent first."""
    groupes = {}
    for espace in sorted(espaces, key=_rang):
        groupes.setdefault(espace.consultation, ([], []))[0].append(espace)
    for synthese in syntheses:
        groupes.setdefault(synthese.consultation, ([], []))[1].append(synthese)
    return [(c, *listes) for c, listes in sorted(groupes.items(), key=lambda g: g[0].pk, reverse=True)]


def _rang(espace):
    atelier = getattr(espace, "atelier", None)
    return (atelier.temps.ordre, atelier.ordre, espace.pk) if atelier else (99, 99, espace.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def nouvelle(request):
    """Open a synthesis, of one workshop or of all that the consultation said."""
    saisie = request.POST if request.method == "POST" else request.GET
    espace = get_object_or_404(
        Espace.objects.select_related("consultation__territoire", "atelier"), pk=entier(saisie.get("espace"))
    )
    entiere = saisie.get("portee", _portee(request.user, espace)) == "consultation"
    if not regles.peut_rapporter(request.user, espace.consultation if entiere else espace):
        raise PermissionDenied
    if request.method != "POST":
        return _page_nouvelle(request, saisie, espace, entiere)
    try:
        synthese = actions.ouvrir_synthese(
            consultation=espace.consultation,
            espace=None if entiere else espace,
            titre=saisie.get("titre", ""),
            territoire=Territoire.objects.filter(pk=entier(saisie.get("territoire"))).first(),
            par=request.user,
        )
    except Refus as refus:
        return _page_nouvelle(request, saisie, espace, entiere, refus=refus)
    return redirect("synthese", synthese.pk)


def _portee(compte, espace):
    """What a synthesis opened from there speaks of, when nothing is said: none is of what is no workshop."""
    d_un_atelier = hasattr(espace, "atelier") or not regles.peut_rapporter(compte, espace.consultation)
    return "espace" if d_un_atelier else "consultation"


def _page_nouvelle(request, saisie, espace, entiere, *, refus=None):
    contexte = {
        "espace": espace,
        "entiere": entiere,
        "peut_tout": regles.peut_rapporter(request.user, espace.consultation),
        "d_un_atelier": _portee(request.user, espace) == "espace",
        "titre": saisie.get(
            "titre", _("Synthèse : {titre}").format(titre=espace.titre)[:200].replace(" :", "\u202f:")
        ),
        "territoires": Territoire.objects.all(),
        "territoire_id": entier(saisie.get("territoire")) or espace.consultation.territoire_id,
        "refus": refus,
    }
    return render(request, "ateliers/rapporteur/nouvelle.html", contexte, status=refus.statut if refus else 200)
