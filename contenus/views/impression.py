"""What organisers print, and the published pages as PDF for anyone."""

import logging

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ateliers.gestion.actions import noter_codes
from ateliers.inscriptions import lectures
from ateliers.views.acces import pour_atelier
from consultation import regles
from consultation.models import Consultation, LotDeBulletins, VersionGrille
from consultation.textes import entier

from ..impression import EchecImpression, affiches_pdf, badges_pdf
from ..impression.bulletins import bulletins_pdf
from ..impression.cartes_a_ecrire import cartes_a_ecrire_pdf
from ..impression.convocations import convocations_pdf
from ..impression.grilles import grille_pdf
from ..impression.presences import attestations_pdf, chevalets_pdf, feuilles_pdf
from ..impression.publications import fil_pdf, synthese_pdf
from ..impression.salles import conducteur_pdf, mur_pdf
from ..models import FilInfoPage, SynthesePage
from ..models.lecture import IMPRESSIONS

journal = logging.getLogger(__name__)


def pdf_ou_excuse(request, nom, faire):
    """Answer with the PDF that `faire` returns, bytes or an open file; or say plainly that it was not made."""
    try:
        pdf = faire()
    except EchecImpression as echec:
        journal.error("PDF not made: %s", echec)
        return render(request, "contenus/carnet/echec.html", status=503)
    entetes = {"Content-Disposition": f'inline; filename="{nom}.pdf"'}
    reponse = HttpResponse if isinstance(pdf, bytes) else FileResponse
    return reponse(pdf, content_type="application/pdf", headers=entetes)


def _organisee(request, slug):
    consultation = get_object_or_404(Consultation, slug=slug)
    if not regles.est_organisateur(request.user, consultation):
        raise PermissionDenied
    return consultation


@never_cache
@require_GET
def badges(request, slug):
    """Everyone's badge; `?nouveaux=1`: those not printed yet; `?personne=12`: one; by `?ordre=structure`."""
    consultation = _organisee(request, slug)
    choisis = _choisis(request, consultation)
    ordre = "structure" if request.GET.get("ordre") == "structure" else "college"
    reponse = pdf_ou_excuse(request, f"badges-{slug}", lambda: badges_pdf(consultation, choisis, ordre))
    if reponse.status_code == 200:
        personnes = len(lectures.badges(consultation, choisis))
        noter_codes(consultation=consultation, personnes=personnes, forme="pdf", par=request.user)
    return reponse


def _choisis(request, consultation):
    """The ids of the people whose badge is asked for, or None for everyone; 404 when that is nobody."""
    if request.GET.get("nouveaux"):
        gens, _derniere = lectures.badges_a_imprimer(consultation)
    elif personne := request.GET.get("personne"):
        gens = consultation.participants.filter(pk=entier(personne), efface_le__isnull=True)
    else:
        return None
    if ids := list(gens.values_list("pk", flat=True)):
        return ids
    raise Http404


@never_cache
@require_GET
def convocations(request, slug):
    """A letter for each person who left no e-mail."""
    consultation = _organisee(request, slug)
    personnes = lectures.a_convoquer_sur_papier(consultation).count()
    reponse = pdf_ou_excuse(request, f"convocations-{slug}", lambda: convocations_pdf(consultation))
    if reponse.status_code == 200 and personnes:
        noter_codes(consultation=consultation, personnes=personnes, forme="pdf", par=request.user)
    return reponse


@never_cache
@require_GET
def affiches(request, slug):
    consultation = _organisee(request, slug)
    return pdf_ou_excuse(request, f"affiches-{slug}", lambda: affiches_pdf(consultation))


@never_cache
@require_GET
def emargement(request, slug):
    """The sheets to sign, by workshop; `?par=college`: by college."""
    consultation = _organisee(request, slug)
    par = "college" if request.GET.get("par") == "college" else "atelier"
    return pdf_ou_excuse(request, f"emargement-{slug}", lambda: feuilles_pdf(consultation, par))


@never_cache
@require_GET
def attestations(request, slug):
    """A certificate for each person who came; `?personne=12`: for one."""
    consultation = _organisee(request, slug)
    personne = request.GET.get("personne")
    une = (entier(personne) or 0) if personne else None
    return pdf_ou_excuse(request, f"attestations-{slug}", lambda: attestations_pdf(consultation, une))


@never_cache
@require_GET
def chevalets(request, slug):
    """Cards to stand on a table, one for each person; `?tables=8`: numbered from 1 to 8."""
    consultation = _organisee(request, slug)
    tables = entier(request.GET.get("tables", ""))
    return pdf_ou_excuse(request, f"chevalets-{slug}", lambda: chevalets_pdf(consultation, tables))


@never_cache
@require_GET
def grille(request, pk):
    """The sheet of a questionnaire's version online; `?version=2`: of an older one, to print it again."""
    versions = VersionGrille.objects.filter(grille=pk).select_related("grille__consultation").order_by("-numero")
    if numero := request.GET.get("version"):
        versions = versions.filter(numero=entier(numero))
    version = versions.first()
    if version is None:
        raise Http404
    if not regles.est_organisateur(request.user, version.grille.consultation):
        raise PermissionDenied
    return pdf_ou_excuse(request, f"grille-{pk}-version-{version.numero}", lambda: grille_pdf(version))


@never_cache
@require_GET
@pour_atelier()
def mur(request, atelier):
    """What was said in the room, for those who lead or report it; `?affiche=1`: large, to hang."""
    grand = bool(request.GET.get("affiche"))
    return pdf_ou_excuse(request, f"mur-{atelier.code}", lambda: mur_pdf(atelier, grand))


@never_cache
@require_GET
@pour_atelier()
def conducteur(request, atelier):
    """The hour of the workshop on a sheet."""
    return pdf_ou_excuse(request, f"atelier-{atelier.code}", lambda: conducteur_pdf(atelier))


@never_cache
@require_GET
@pour_atelier()
def cartes_a_ecrire(request, atelier):
    """Blank cards for those who propose by hand."""
    return pdf_ou_excuse(request, f"cartes-{atelier.code}", lambda: cartes_a_ecrire_pdf(atelier))


@never_cache
@require_GET
@pour_atelier(regles.peut_rapporter)
def bulletins(request, atelier, lot_id):
    """The ballots of a lot, to be filled by hand."""
    lots = LotDeBulletins.objects.select_related("scrutin__espace", "college")
    lot = get_object_or_404(lots, pk=lot_id, scrutin__espace=atelier.espace_id)
    nom = f"bulletins-{lot.premier}-{lot.dernier}-{atelier.code}"
    return pdf_ou_excuse(request, nom, lambda: bulletins_pdf(lot))


@require_GET
def synthese(request, pk):
    return _pdf_de_synthese(get_object_or_404(SynthesePage.objects.live().public(), pk=pk), request)


@require_GET
def fil(request, numero):
    return _pdf_de_fil(get_object_or_404(FilInfoPage.objects.live().public(), numero=numero), request)


def _pdf_de_synthese(page, request):
    return pdf_ou_excuse(request, f"synthese-{page.slug}", lambda: synthese_pdf(page))


def _pdf_de_fil(page, request):
    return pdf_ou_excuse(request, f"fil-info-{page.numero}", lambda: fil_pdf(page))


def brancher():
    """What the preview of a draft prints."""
    IMPRESSIONS.update({SynthesePage: _pdf_de_synthese, FilInfoPage: _pdf_de_fil})
