"""The synthesis being written: what is said on the left, what it rests on beside it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultation import lectures
from consultation.erreurs import Refus
from consultation.models import Axe, Piste, Synthese
from consultation.textes import entier

from ...lectures.bureau import CITABLES, laissees
from .acces import pour_synthese, retours
from .actes import ACTES

#: What people write in the forms of the desk: shown again when a refusal finds the forms gone.
ECRITS = ("titre", "chapeau", "texte", "criteres", "indicateurs", "motif")


@require_safe
@never_cache
@pour_synthese
def synthese(request, synthese):
    return page_synthese(request, synthese, ouvert=request.GET.get("ouvert", ""))


def page_synthese(request, synthese, *, refus=None, saisie=None, ouvert=""):
    """Show the desk, the form named `ouvert` open ("phrase-12"); after a refusal, with what was typed in it."""
    lue = lectures.provenance(synthese)
    citables = [c for c in lue.pistes.values() if _citable(c.piste, synthese)]
    a_ecrire = synthese.a_ecrire and synthese.etat == Synthese.Etat.BROUILLON
    couverture = lectures.couverture(synthese)
    contexte = {
        "synthese": synthese,
        "a_ecrire": a_ecrire,
        "retour": retours([synthese]).get(synthese.pk, ""),
        "gardes": [] if a_ecrire or not saisie else [t for c in ECRITS if (t := saisie.get(c, "").strip())],
        "provenance": lue,
        # Those the group kept come first.
        "citables": sorted(citables, key=lambda c: not c.retenue),
        "peu_de_citables": len(citables) <= CITABLES,
        "couverture": couverture,
        "laissees": laissees(couverture, *(entier(request.GET.get(nom, "")) or 1 for nom in ("college", "page"))),
        "axes": Axe.objects.filter(consultation=synthese.consultation_id, parent__isnull=True),
        "refus": refus,
        "saisie": saisie,
        "coches": set(saisie.getlist("pistes")) if saisie else set(),
        "ouvert": ouvert,
    }
    return render(request, "ateliers/rapporteur/synthese.html", contexte, status=refus.statut if refus else 200)


def _citable(piste, synthese):
    return piste.etat != Piste.Etat.ECARTEE and synthese.espace_id in (None, piste.espace_id)


@require_POST
@pour_synthese
def agir_synthese(request, synthese, acte, objet_id=None):
    """Do one act of the desk and come back to the place it was done."""
    agir = ACTES[acte]
    try:
        ancre, dit = agir(synthese, objet_id, request)
    except Refus as refus:
        synthese.refresh_from_db(fields=["titre", "chapeau", "revision", "etat"])
        return page_synthese(
            request, synthese, refus=refus, saisie=request.POST, ouvert=_formulaire(acte, objet_id)
        )
    messages.success(request, dit)
    return redirect(reverse("synthese", args=[synthese.pk]) + (f"#{ancre}" if ancre else ""))


def _formulaire(acte, objet_id):
    """The name of the form an act was sent from: "ecrire-phrase" 12 is "phrase-12"."""
    nom = acte.removeprefix("ecrire-") if acte.startswith("ecrire-") else acte
    return f"{nom}-{objet_id}" if objet_id else nom
