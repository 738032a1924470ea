"""Without a phone of one's own: the shared tablet, and the link of the day of the structure and the enterprise."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ateliers import essais
from consultation.erreurs import Refus
from consultation.textes import entier
from contenus.views.impression import pdf_ou_excuse

from .. import actions, impression, lectures
from ..acces import avec_dispositif, avec_essais, chercher, immersion_a_signer
from ..lectures.parcours import signatures
from ..models import CodeDuJour, Competence, Partie
from .dossier import dire_bilan
from .personne import _version, montrer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_dispositif
def tablette(request, dispositif):
    """Each types their code, reads, signs; the tablet keeps nobody."""
    if request.method != "POST":
        return montrer(request, "tablette", dispositif=dispositif)
    saisie = request.POST.get("code", "")[:40]
    try:
        trouve = chercher(request, dispositif, saisie)
        if isinstance(trouve, CodeDuJour):
            return redirect("immersions:jour", dispositif.consultation.slug, saisie)
        immersion = immersion_a_signer(dispositif, trouve)
        if immersion is None or immersion.etat != "signer":
            raise Refus("rien_a_signer", _("Vous n’avez rien à signer aujourd’hui."), statut=409, champ="code")
    except Refus as refus:
        return montrer(request, "tablette", refus, dispositif=dispositif)
    return montrer(
        request,
        "signer",
        dispositif=dispositif,
        immersion=immersion,
        competences=immersion.competences.all(),
        signee=dict(signatures(immersion))[Partie.PERSONNE],
        partagee=True,
    )


def _ouverte(request, dispositif, saisie):
    """Return (the CodeDuJour, its immersion), or None when the link is over; a wrong one counts as a try."""
    essais.exiger(essais.visiteur(request), request.POST)
    code = lectures.ouverte_par_code(dispositif, saisie)
    if code is None:
        essais.compter(essais.visiteur(request))
        return None, None
    return code, lectures.immersion_de(dispositif, code.immersion_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_dispositif
def jour(request, dispositif, code):
    """What a party may do today: read the convention, sign it; for the enterprise, fill the assessment in."""
    try:
        du_jour, immersion = _ouverte(request, dispositif, code)
    except Refus as refus:
        return montrer(request, "tablette", refus, dispositif=dispositif)
    if du_jour is None:
        refus = Refus("lien_fini", _("Ce lien ne marche plus. Demandez-en un autre."), statut=404)
        return montrer(request, "tablette", refus, dispositif=dispositif)
    if request.method != "POST":
        return _montrer(request, dispositif, du_jour, immersion, code)
    acte = _evaluer if "evaluer" in request.POST and du_jour.partie == Partie.ACCUEIL else _signer
    try:
        dit = acte(request, immersion, du_jour.partie, code)
    except Refus as refus:
        return _montrer(request, dispositif, du_jour, immersion, code, refus)
    immersion = lectures.immersion_de(dispositif, immersion.pk)
    return _montrer(request, dispositif, du_jour, immersion, code, dit=dit)


def _signer(request, immersion, partie, code):
    champs = {"partie": partie, "code": code, "version": _version(request)}
    avec_essais(request, actions.signer, immersion=immersion, **champs)
    return _("C’est signé.")


def _evaluer(request, immersion, _partie, _code):
    lus = {c.pk: entier(request.POST.get(f"niveau-{c.pk}", "")) for c in immersion.competences.all()}
    avis = request.POST.get("avis_accueil", "")
    manquent = actions.evaluer(
        immersion=immersion, niveaux=lus, avis_accueil=avis, avis_personne=immersion.avis_personne
    )
    return dire_bilan(manquent)


def _montrer(request, dispositif, du_jour, immersion, code, refus=None, dit=""):
    partie = Partie(du_jour.partie)
    return montrer(
        request,
        "jour",
        refus,
        dispositif=dispositif,
        immersion=immersion,
        code=code,
        partie=partie,
        fin=du_jour.fin,
        dit=dit,
        competences=_competences(request, immersion, refus),
        avis=request.POST.get("avis_accueil", immersion.avis_accueil) if refus else immersion.avis_accueil,
        niveaux=Competence.Niveau.choices,
        signee=dict(signatures(immersion))[partie],
        bilan=partie == Partie.ACCUEIL and immersion.etat in ("en_cours", "bilan", "conclure"),
    )


def _competences(request, immersion, refus):
    """Each objective, with the level that was typed when the form comes back."""
    competences = list(immersion.competences.all())
    if refus and "evaluer" in request.POST:
        for une in competences:
            une.niveau = entier(request.POST.get(f"niveau-{une.pk}", ""))
    return competences


@never_cache
@require_safe
@avec_dispositif
def convention(request, dispositif, code):
    """The convention as PDF, for whoever holds the link of the day."""
    try:
        _du_jour, immersion = _ouverte(request, dispositif, code)
    except Refus:
        immersion = None
    if immersion is None:
        raise Http404
    return pdf_ou_excuse(request, "convention", lambda: impression.convention_pdf(immersion))
