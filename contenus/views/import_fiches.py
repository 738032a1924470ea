"""Importing fiches: the file, then what each row would make, then the act. Nothing is written before.

Between the steps, the rows wait in the session of whoever sent them.
"""

import secrets
import time
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ateliers.inscriptions.fichier import TAILLE_MAX, lire
from consultation.erreurs import Refus
from consultation.gestion.formulaires import reporter
from consultation.gestion.tableur import TYPES, en_xlsx

from .. import actions, regles
from ..lectures import import_fiches as lectures
from ..regions import REGIONS

CLE = "fiches_a_importer"
#: Seconds during which a table waits to be confirmed.
ATTENTE = 3600
MONTREES = 12


class FormulaireFichier(forms.Form):
    fichier = forms.FileField(
        label=gettext_lazy("Votre tableau"),
        help_text=gettext_lazy("Un tableau .xlsx, .ods ou .csv : 2 Mo et 200 fiches au plus."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.ods,.xls,.csv,.txt,.tsv"}),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."),
            "empty": gettext_lazy("Ce fichier est vide."),
        },
    )

    def lu(self):
        """What waits of the file. Raises Refus."""
        fichier = self.cleaned_data["fichier"]
        if fichier.size > TAILLE_MAX:
            raise Refus("fichier_trop_lourd", _("Ce fichier dépasse 2 Mo. Coupez-le en deux."), champ="fichier")
        lues = lectures.de_feuilles(lire(fichier.read(), lectures.CELLULE_MAX).feuilles)
        if len(lues["lignes"]) > lectures.LIGNES_MAX:
            raise Refus(
                "trop_de_lignes", _("Ce tableau a plus de 200 lignes. Coupez-le en plusieurs."), champ="fichier"
            )
        return lues | {"nom": fichier.name[:120]}


def _gardee(vue):
    """Only for those who may import: the others are told so, where Wagtail would send them back without a word."""

    @wraps(vue)
    def gardee(request):
        if not regles.peut_importer_fiches(request.user):
            return render(request, "contenus/gestion/importer_fiches.html", {"form": None}, status=403)
        return vue(request)

    return gardee


@require_http_methods(["GET", "POST"])
@_gardee
def importer(request):
    """The file, whatever it looks like."""
    form = FormulaireFichier(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            lues = form.lu()
        except Refus as refus:
            reporter(refus, form)
        else:
            request.session[CLE] = lues | {
                "jeton": secrets.token_urlsafe(16), "compte": request.user.pk, "le": int(time.time())
            }  # fmt: skip
            return redirect("contenus_apercu_fiches")
    statut = 422 if request.method == "POST" else 200
    return render(request, "contenus/gestion/importer_fiches.html", {"form": form}, status=statut)


def _en_attente(request):
    attente = request.session.get(CLE)
    if attente and (attente["compte"] != request.user.pk or time.time() - attente["le"] > ATTENTE):
        attente = None
    return attente


@require_http_methods(["GET", "POST"])
@_gardee
def apercu(request):
    """Each column, each wrong row by its number, the first right ones; then the button that makes them."""
    attente = _en_attente(request)
    jeton_juste = attente and constant_time_compare(request.POST.get("jeton", ""), attente["jeton"])
    if not attente or (request.method == "POST" and not jeton_juste):
        messages.warning(request, _("Aucun tableau n’attend. Envoyez-le à nouveau : rien n’a été écrit."))
        return redirect("contenus_importer_fiches")
    refus = ""
    if request.method == "POST":
        champs, refus = lectures.champs_dits(attente, request.POST)
        request.session[CLE] = attente = attente | {"champs": champs}
        if not refus and "importer" in request.POST:
            try:
                return _importer(request, attente)
            except Refus as non:
                refus = non.message
    statut = 422 if refus else 200
    return render(request, "contenus/gestion/apercu_fiches.html", _contexte(attente, refus), status=statut)


def _contexte(attente, refus):
    refus = refus or lectures.ce_qui_manque(attente["champs"])
    verdicts = [] if refus else lectures.verifier(attente["lignes"], attente["champs"])
    justes = [v for v in verdicts if v.page]
    premiere = attente["lignes"][0][1] if attente["lignes"] else ()
    return {
        "attente": attente,
        "refus": refus,
        "champs": lectures.CHAMPS.items(),
        "colonnes": [
            (rang, entete, premiere[rang] if rang < len(premiere) else "", champ)
            for rang, (entete, champ) in enumerate(zip(attente["entetes"], attente["champs"], strict=False))
        ],
        "justes": len(justes),
        "premieres": justes[:MONTREES],
        "fausses": [v for v in verdicts if not v.page],
    }


def _importer(request, attente):
    publier = request.POST.get("publier") == "oui"
    nombre = actions.importer_fiches(
        lignes=attente["lignes"], champs=attente["champs"], publier=publier, par=request.user
    )
    del request.session[CLE]
    if publier:
        dit = ngettext("%(n)d fiche est publiée.", "%(n)d fiches sont publiées.", nombre)
    else:
        dit = ngettext("%(n)d fiche est en brouillon.", "%(n)d fiches sont en brouillon.", nombre)
    messages.success(request, dit % {"n": nombre})
    return redirect("contenus_importer_fiches")


@require_safe
@_gardee
def exemple(request):
    """A table to start from: the headers that are known best, two made-up rows, the names of regions."""
    cas = {"numero": 1, "titre": _("Un livret d’accueil en images"), "genre": "cas",
           "categorie": _("Apprendre au travail"), "region": "Bretagne", "annee": 2026, "code_ape": "88.99B",
           "en_bref": _("Trois salariées dessinent le livret que l’on reçoit le premier jour.")}  # fmt: skip
    dispositif = cas | {"numero": 2, "titre": _("Un réseau d’immersions"), "genre": "dispositif", "code_ape": ""}
    lignes = [[fiche.get(champ, "") for champ in lectures.CHAMPS] for fiche in (cas, dispositif)]
    feuilles = [
        (_("Fiches"), [str(nom) for nom in lectures.CHAMPS.values()], lignes),
        (_("Mots à employer"), [_("Régions")], [[region.nom] for region in REGIONS]),
    ]
    entetes = {"Content-Disposition": 'attachment; filename="exemple-fiches.xlsx"'}
    return HttpResponse(en_xlsx(feuilles), content_type=TYPES["xlsx"], headers=entetes)
