"""The versions of a draft: two side by side, and the mark of the newest, which an open desk asks for."""

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation import lectures
from consultation.models import Synthese
from consultation.textes import entier

from ...lectures.bureau import VERSIONS
from .acces import pour_synthese


def derniere(synthese):
    """What a desk that is open asks for: the mark of the newest version, and who left it when."""
    version = synthese.versions.select_related("par").defer("contenu").first()
    if version is None:
        return {"marque": "", "qui": "", "quand": ""}
    qui = str(version.par or "")
    return {"marque": version.le.isoformat(), "qui": qui, "quand": time_format(timezone.localtime(version.le))}


@require_safe
@never_cache
@pour_synthese
def derniere_version(request, synthese):
    return JsonResponse(derniere(synthese))


@require_safe
@never_cache
@pour_synthese
def versions(request, synthese):
    """Two versions side by side: the last two, or those chosen; and a page of those to choose from."""
    toutes = lectures.versions(synthese)
    dernieres = list(toutes[:2])
    choix = [entier(request.GET.get(nom, "")) for nom in ("avant", "apres")]
    choisies = toutes.in_bulk([pk for pk in choix if pk is not None])
    avant = choisies.get(choix[0], dernieres[-1] if dernieres else None)
    apres = choisies.get(choix[1], dernieres[0] if dernieres else None)
    contexte = {
        "synthese": synthese,
        "versions": Paginator(toutes, VERSIONS).get_page(request.GET.get("page")),
        "comparaison": lectures.comparer(avant, apres) if avant else None,
        "a_ecrire": synthese.a_ecrire and synthese.etat == Synthese.Etat.BROUILLON,
        "parties": set(synthese.sections.values_list("pk", flat=True)),
        "premiere": synthese.sections.first(),
    }
    return render(request, "ateliers/rapporteur/versions.html", contexte)
