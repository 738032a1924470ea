"""Votes on paper: sheets printed for a vote of the room, keyed in one by one, the last ones shown again."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consultation import actions, lectures, regles
from consultation.models import BulletinPapier, College, LotDeBulletins, Scrutin
from consultation.questions.papier import lettres
from consultation.textes import entier

from ..formulaires import nouvelle_cle
from .acces import faire, pour_atelier
from .mots import DEGRES


def _scrutin(atelier, scrutin_id):
    siens = Scrutin.objects.select_related("espace", "consultation")
    return get_object_or_404(siens, pk=scrutin_id, espace=atelier.espace_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@pour_atelier(regles.peut_rapporter)
def saisir(request, atelier, scrutin_id):
    """Key in one sheet; the page comes back empty for the next one."""
    scrutin = _scrutin(atelier, scrutin_id)
    if request.method != "POST":
        return page_bulletins(request, atelier, scrutin)
    saisie, cle = request.POST.get("saisie", ""), request.POST.get("cle", "")

    def agir():
        actions.saisir_bulletin(scrutin=scrutin, saisie=saisie, cle=cle, par=request.user)

    return _agir(request, atelier, scrutin, agir, dit=_("Bulletin gardé. Saisissez le suivant."))


@require_POST
@pour_atelier(regles.peut_rapporter)
def preparer(request, atelier, scrutin_id):
    """Number a lot of sheets; the page then offers it to be printed."""
    scrutin = _scrutin(atelier, scrutin_id)
    college = College.objects.filter(
        consultation=scrutin.consultation_id, pk=entier(request.POST.get("college", ""))
    ).first()

    def agir():
        actions.preparer_bulletins(
            scrutin=scrutin,
            nombre=entier(request.POST.get("nombre", "")) or 0,
            format=request.POST.get("format", ""),
            college=college,
            par=request.user,
        )

    return _agir(request, atelier, scrutin, agir, dit=_("Les bulletins sont prêts. Imprimez-les."), ancre="lots")


@require_POST
@pour_atelier(regles.peut_rapporter)
def retirer(request, atelier, scrutin_id, papier_id):
    """Take back a sheet keyed in by mistake."""
    scrutin = _scrutin(atelier, scrutin_id)
    siens = BulletinPapier.objects.select_related("scrutin__espace")
    papier = get_object_or_404(siens, pk=papier_id, scrutin=scrutin)

    def agir():
        actions.retirer_bulletin(papier=papier, par=request.user)

    dit = _("Le bulletin n° %(n)s est retiré. Saisissez-le de nouveau si besoin.") % {"n": papier.numero}
    return _agir(request, atelier, scrutin, agir, dit=dit)


def page_bulletins(request, atelier, scrutin, *, refus=None):
    """Show what is printed and keyed in; after a refusal, with what was typed."""
    pistes = lectures.pistes_a_imprimer(scrutin)
    colleges = list(College.objects.filter(consultation=scrutin.consultation_id))
    contexte = {
        "atelier": atelier,
        "scrutin": scrutin,
        "pas_sur_papier": lectures.pas_sur_papier(scrutin),
        "pistes": pistes,
        "papier": lectures.depouillement_sur_papier(scrutin, pistes),
        "colleges": list(zip(lettres(len(colleges)), colleges, strict=True)),
        "formats": LotDeBulletins.Format.choices,
        "degres": list(zip("abcd", DEGRES, strict=True)) if scrutin.mode == Scrutin.Mode.ADHESION else [],
        "refus": refus,
        "saisie": request.POST,
        "cle": nouvelle_cle(),
    }
    return render(request, "ateliers/animation/bulletins.html", contexte, status=refus.statut if refus else 200)


def _agir(request, atelier, scrutin, acte, *, dit="", ancre=""):
    def sinon(refus):
        return page_bulletins(request, atelier, scrutin, refus=refus)

    vers = reverse("bulletins", args=[atelier.pk, scrutin.pk]) + (f"#{ancre}" if ancre else "")
    return faire(request, acte, vers=vers, sinon=sinon, dit=dit)
