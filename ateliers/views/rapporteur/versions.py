"""The versions of a draft: two side by side, and the mark of the newest, which an open desk asks for."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation import lectures
from consultation.models import Synthese
from consultation.textes import entier

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
    """Two versions side by side: the last two, or those chosen."""
    toutes = lectures.versions(synthese)
    par_pk = {version.pk: version for version in toutes}
    apres = par_pk.get(entier(request.GET.get("apres", "")), toutes[0] if toutes else None)
    avant = par_pk.get(entier(request.GET.get("avant", "")), toutes[min(1, len(toutes) - 1)] if toutes else None)
    contexte = {
        "synthese": synthese,
        "versions": toutes,
        "comparaison": lectures.comparer(avant, apres) if avant else None,
        "a_ecrire": synthese.a_ecrire and synthese.etat == Synthese.Etat.BROUILLON,
        "parties": set(synthese.sections.values_list("pk", flat=True)),
        "premiere": synthese.sections.first(),
    }
    return render(request, "ateliers/rapporteur/versions.html", contexte)
