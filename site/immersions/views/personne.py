"""The employee's own pages, by their code: ask, read where it stands, sign, stop, erase. No e-mail, no script."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ateliers import essais, identite
from consultation.erreurs import Refus
from consultation.textes import entier
from contenus.views.impression import pdf_ou_excuse

from .. import actions, impression, lectures
from ..acces import avec_dispositif, avec_essais, chercher, la_sienne, personne_de, vivante
from ..lectures.parcours import signatures
from ..models import CodeDuJour, Immersion, Partie

DOCUMENTS = {"convention": impression.convention_pdf, "bilan": impression.bilan_pdf}


def montrer(request, gabarit, refus=None, **contexte):
    reponse = render(
        request, f"immersions/{gabarit}.html", contexte | {"refus": refus}, status=refus.statut if refus else 200
    )
    essais.marquer(request, reponse)
    return reponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_dispositif
def moi(request, dispositif):
    """Where my immersion stands; a device that is nobody's asks for the code, and is then theirs."""
    if request.method == "POST":
        return _entrer(request, dispositif)
    personne = personne_de(request, dispositif)
    if personne is None:
        return montrer(request, "entrer", dispositif=dispositif)
    return _ou_j_en_suis(request, dispositif, personne)


def _entrer(request, dispositif):
    saisie = request.POST.get("code", "")[:40]
    try:
        trouve = chercher(request, dispositif, saisie)
    except Refus as refus:
        return montrer(request, "entrer", refus, dispositif=dispositif, saisie=saisie)
    if isinstance(trouve, CodeDuJour):
        return redirect("immersions:jour", dispositif.consultation.slug, saisie)
    reponse = redirect("immersions:moi", dispositif.consultation.slug)
    identite.retenir(reponse, trouve, cookies=request.COOKIES)
    return reponse


def _ou_j_en_suis(request, dispositif, personne):
    siennes = list(lectures.immersions_de(dispositif).filter(participant=personne))
    if not siennes:
        return _demander(request, dispositif, personne)
    immersion = siennes[0]
    return montrer(
        request,
        "moi",
        dispositif=dispositif,
        personne=personne,
        immersion=immersion,
        autres=siennes[1:],
        **_etapes(immersion),
        competences=immersion.competences.all(),
        a_signer=_a_signer(immersion),
        signatures=signatures(immersion),
        finie=bool(immersion.arretee_le or immersion.bilan_le),
    )


def _etapes(immersion):
    """The steps done, which the page folds, and the others."""
    etapes = lectures.parcours(immersion, soi=True)
    return {"faites": [e for e in etapes if e.faite], "restent": [e for e in etapes if not e.faite]}


def _a_signer(immersion):
    siennes = dict(signatures(immersion))
    return immersion.etat == "signer" and siennes[Partie.PERSONNE] is None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_dispositif
def demander(request, dispositif):
    personne = personne_de(request, dispositif)
    if personne is None:
        return redirect("immersions:moi", dispositif.consultation.slug)
    if request.method != "POST":
        return _demander(request, dispositif, personne)
    lus = {nom: request.POST.get(nom, "") for nom in ("genre", "souhait", "code")}
    try:
        avec_essais(request, actions.demander, dispositif=dispositif, participant=personne, **lus)
    except Refus as refus:
        return _demander(request, dispositif, personne, refus, lus)
    return redirect("immersions:moi", dispositif.consultation.slug)


def _demander(request, dispositif, personne, refus=None, lus=None):
    genres = [
        (Immersion.Genre.DECOUVERTE.value, _("Découvrir un métier"), _("Voir si cela me plaît.")),
        (Immersion.Genre.VALIDATION.value, _("Montrer ce que je sais faire"), _("Avoir un papier qui le dit.")),
    ]
    return montrer(
        request, "demander", refus, dispositif=dispositif, personne=personne, genres=genres, lus=lus or {}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_dispositif
def signer(request, dispositif, immersion):
    """Read the convention, then sign it with one's code; a shared tablet, which is nobody's, only sends it."""
    if request.method != "POST":
        sienne = la_sienne(request, dispositif, immersion)
        return _lire_et_signer(request, dispositif, sienne)
    sienne = vivante(dispositif, immersion)
    try:
        avec_essais(
            request,
            actions.signer,
            immersion=sienne,
            partie=Partie.PERSONNE,
            code=request.POST.get("code", ""),
            version=_version(request),
        )
    except Refus as refus:
        if personne_de(request, dispositif) != sienne.participant:
            return montrer(request, "tablette", refus, dispositif=dispositif)
        return _lire_et_signer(request, dispositif, la_sienne(request, dispositif, immersion), refus)
    return montrer(
        request,
        "signee",
        dispositif=dispositif,
        immersion=sienne,
        signatures=signatures(sienne),
        a_soi=personne_de(request, dispositif) == sienne.participant,
    )


def _version(request):
    return entier(request.POST.get("version", ""), 9999) or 0


def _lire_et_signer(request, dispositif, immersion, refus=None):
    return montrer(
        request,
        "signer",
        refus,
        dispositif=dispositif,
        personne=immersion.participant,
        immersion=immersion,
        competences=immersion.competences.all(),
        signee=dict(signatures(immersion))[Partie.PERSONNE],
    )


def _avec_code(request, dispositif, immersion, acte, gabarit):
    """A page that asks for one's code before `acte`, and goes back to one's own page."""
    sienne = la_sienne(request, dispositif, immersion)
    contexte = {"dispositif": dispositif, "personne": sienne.participant, "immersion": sienne}
    if request.method == "POST":
        try:
            avec_essais(request, acte, immersion=sienne, code=request.POST.get("code", ""))
        except Refus as refus:
            return montrer(request, gabarit, refus, **contexte)
        return redirect("immersions:moi", dispositif.consultation.slug)
    return montrer(request, gabarit, **contexte)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_dispositif
def arreter(request, dispositif, immersion):
    return _avec_code(request, dispositif, immersion, actions.arreter, "arreter")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_dispositif
def effacer(request, dispositif, immersion):
    return _avec_code(request, dispositif, immersion, actions.effacer, "effacer")


@never_cache
@require_safe
@avec_dispositif
def document(request, dispositif, immersion, document):
    """One's own convention, or assessment, as PDF."""
    sienne = la_sienne(request, dispositif, immersion)
    if document not in DOCUMENTS:
        raise Http404
    return pdf_ou_excuse(request, document, lambda: DOCUMENTS[document](sienne))
