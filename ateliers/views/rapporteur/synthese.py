"""The synthesis being written: what is said on the left, what it rests on beside it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultation import lectures
from consultation.erreurs import Refus
from consultation.models import Axe, PhraseSynthese, Proposition, Synthese
from consultation.textes import entier, entiers

from ...lectures.bureau import MISES, laissees, lire_citables, lire_desaccords
from ...lectures.tableau import Filtre
from .acces import pour_synthese, retours
from .actes import ACTES
from .versions import derniere

#: What people write in the forms of the desk: shown again when a refusal finds the forms gone.
ECRITS = ("titre", "chapeau", "texte", "criteres", "indicateurs", "motif", "reponse", "explication")

#: The forms beside the text. While one of the others is open, nothing leads away from the page.
A_COTE = (
    "citer-mots",
    "reprendre-chiffre",
    "laisser-de-cote",
    "reprendre-proposition",
    "repondre-desaccord",
    "soumettre",
)

#: What tells the page of each list: an act leads back to it.
PAGES = ("college", "page", "cote", "desaccords")


@require_safe
@never_cache
@pour_synthese
def synthese(request, synthese):
    return page_synthese(request, synthese, ouvert=request.GET.get("ouvert", ""))


def page_synthese(request, synthese, *, refus=None, saisie=None, ouvert=""):
    """Show the desk, the form named `ouvert` open ("phrase-12"); with what was typed in it (`saisie`)."""
    vu = request.GET
    lue = lectures.provenance(synthese, vu.get("appuis", ""), entier(vu.get("suite", "")) or 1)
    a_ecrire = synthese.a_ecrire and synthese.etat == Synthese.Etat.BROUILLON
    if a_ecrire:
        _dire_les_mouvements(lue)
        _dire_les_citables(lue)
    couverture = lectures.couverture(synthese)
    contexte = {
        "synthese": synthese,
        "a_ecrire": a_ecrire,
        "retour": retours([synthese]).get(synthese.pk, ""),
        "gardes": _sans_formulaire(saisie) if not a_ecrire or (refus and refus.code == "disparu") else [],
        "provenance": lue,
        **(_a_cocher(lue, ouvert, saisie) if a_ecrire else {}),
        "couverture": couverture,
        "desaccords": lire_desaccords(synthese, vu.get("desaccords"), _desaccord(ouvert)),
        "mises": Paginator(couverture.mises, MISES).get_page(vu.get("cote")),
        "derniere": derniere(synthese),
        "laissees": laissees(synthese, couverture, *(entier(vu.get(nom, "")) or 0 for nom in ("college", "page"))),
        "axes": Axe.objects.filter(consultation=synthese.consultation_id, parent__isnull=True),
        "sortes": PhraseSynthese.Sorte.choices[:3],
        "refus": refus,
        "saisie": saisie,
        "ouvert": ouvert,
        "ecrit": bool(ouvert) and not ouvert.startswith(A_COTE),
    }
    return render(request, "ateliers/rapporteur/synthese.html", contexte, status=refus.statut if refus else 200)


def _a_cocher(lue, ouvert, saisie):
    """What the open form ticks, for the page: `citables`, and `coches`, ids. Nothing when no form cites pistes."""
    for partie in lue.sections:
        nouvelles = {f"nouvelle-{sorte}-{partie.section.pk}": [] for sorte in ("phrase", "ligne")}
        formulaires = nouvelles | {passage.nom: passage.cites for passage in partie.passages}
        if ouvert in formulaires:
            coches = set(entiers(saisie.getlist("pistes")) if saisie else formulaires[ouvert])
            citables = lire_citables(lue.synthese, Filtre.lire(saisie or {}), coches, partie.section.axe_id)
            return {"citables": citables, "coches": coches}
    return {}


def _dire_les_mouvements(provenance):
    """Give each sentence and each row its `mouvements`: what moved under it since it was written."""
    dits = lectures.mouvements(provenance)
    for partie in provenance.sections:
        for passage in partie.passages:
            passage.objet.mouvements = dits.get(passage.nom, [])


def _dire_les_citables(provenance):
    """Mark the propositions on screen that may be quoted: said here, their author agrees. One query."""
    montrees = [
        proposition
        for partie in provenance.sections
        for passage in partie.passages
        for fiche in passage.pistes
        for proposition in fiche.propositions
    ]
    permises = Proposition.objects.publiables().filter(pk__in={p.pk for p in montrees})
    permises = permises.filter(consultation=provenance.synthese.consultation_id)
    permises = set(permises.values_list("pk", flat=True))
    for proposition in montrees:
        proposition.citable = proposition.pk in permises


def _sans_formulaire(saisie):
    """What was typed in a form that this page no longer holds."""
    return [texte for champ in ECRITS if saisie and (texte := saisie.get(champ, "").strip())]


@require_POST
@pour_synthese
def agir_synthese(request, synthese, acte, objet_id=None):
    """Do one act of the desk and come back to the place it was done; or show other pistes to tick."""
    agir, ouvert = ACTES[acte], _formulaire(acte, objet_id)
    if "montrer" in request.POST:
        return page_synthese(request, synthese, saisie=request.POST, ouvert=ouvert)
    try:
        ancre, dit = agir(synthese, objet_id, request)
    except Refus as refus:
        synthese.refresh_from_db(fields=["titre", "chapeau", "revision", "etat", "explication_ecart"])
        return page_synthese(request, synthese, refus=refus, saisie=request.POST, ouvert=ouvert)
    messages.success(request, dit)
    pages = urlencode({nom: request.GET[nom] for nom in PAGES if nom in request.GET})
    suite = (f"?{pages}" if pages else "") + (f"#{ancre}" if ancre else "")
    return redirect(reverse("synthese", args=[synthese.pk]) + suite)


def _desaccord(ouvert):
    """The id of the disagreement whose answer is open, or None."""
    acte, _tiret, pk = ouvert.rpartition("-")
    return entier(pk) if acte == "repondre-desaccord" else None


def _formulaire(acte, objet_id):
    """The name of the form an act was sent from: "ecrire-phrase" 12 is "phrase-12"."""
    nom = acte.removeprefix("ecrire-") if acte.startswith("ecrire-") else acte
    return f"{nom}-{objet_id}" if objet_id else nom
