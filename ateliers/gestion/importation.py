"""Importing a list: the file, its columns, its words, then a summary to confirm. Nothing is written before.

Between the steps, the rows wait in the session of whoever sent them: nobody else can read or confirm them.
"""

import secrets
import time

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin import messages

from consultation.erreurs import Refus
from consultation.gestion.formulaires import reporter
from consultation.gestion.socle import DansConsultation
from consultation.gestion.tableur import TYPES
from consultation.textes import entier

from ..actions.adresses import gardee_jusqu_au
from ..inscriptions import attente
from ..inscriptions.actions import importer_inscriptions
from ..inscriptions.colonnes import CHAMPS
from ..inscriptions.fichier import TAILLE_MAX, lire
from ..inscriptions.modele import fichier_exemple
from ..inscriptions.questions import questions, reponses
from ..inscriptions.verification import verifier
from .formulaires_inscriptions import FormulaireFichier

#: Seconds during which a list waits to be confirmed.
ATTENTE = 3600
LIGNES_MONTREES = 12


def _cle(consultation):
    return f"inscriptions_{consultation.pk}"


def oublier(request, consultation):
    request.session.pop(_cle(consultation), None)


def en_attente(request, consultation):
    """Return what waits, or None: nothing sent, too old, or sent by another account of the same browser."""
    liste = request.session.get(_cle(consultation))
    if liste and (liste["compte"] != request.user.pk or time.time() - liste["le"] > ATTENTE):
        oublier(request, consultation)
        return None
    return liste


class DansImport(DansConsultation):
    header_icon = "upload"

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion_ateliers:inscriptions"), "label": _("Inscriptions")}]


class PageImport(DansImport, FormView):
    """The file, whatever it looks like."""

    template_name = "ateliers/gestion/importer.html"
    form_class = FormulaireFichier
    page_title = gettext_lazy("Inscrire depuis un tableau")

    def form_valid(self, form):
        fichier = form.cleaned_data["fichier"]
        try:
            if fichier.size > TAILLE_MAX:
                raise Refus(
                    "fichier_trop_lourd", _("Ce fichier dépasse 2 Mo. Gardez seulement la liste."), champ="fichier"
                )
            lue = attente.de_classeur(lire(fichier.read()))
        except Refus as refus:
            reporter(refus, form)
            return self.form_invalid(form)
        self.request.session[_cle(self.consultation)] = {
            "jeton": secrets.token_urlsafe(16),
            "compte": self.request.user.pk,
            "le": int(time.time()),
            "nom": fichier.name[:120],
            **lue,
        }
        return redirect(self.adresse("gestion_ateliers:colonnes"))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        pret = self.consultation.colleges.exists()
        return super().get_context_data(pret=pret, attente=en_attente(self.request, self.consultation), **kwargs)


class Pas(DansImport, TemplateView):
    """A step about the list that waits; without one, back to the file."""

    def dispatch(self, request, *args, **kwargs):
        self.attente = None
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        self.attente = en_attente(request, self.consultation)
        if not self.attente:
            messages.warning(request, _("Aucune liste n’attend. Envoyez-la à nouveau."))
            return redirect(self.adresse("gestion_ateliers:importer"))
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        self.attente = en_attente(request, self.consultation)
        if not self.attente or not constant_time_compare(request.POST.get("jeton", ""), self.attente["jeton"]):
            messages.error(request, _("Cette liste n’attend plus. Envoyez-la à nouveau : rien n’a été écrit."))
            return redirect(self.adresse("gestion_ateliers:importer"))
        if "abandonner" in request.POST:
            oublier(request, self.consultation)
            return redirect(self.adresse("gestion_ateliers:importer"))
        return self.suite()

    def garder(self, **nouveau):
        self.attente |= nouveau
        self.request.session[_cle(self.consultation)] = self.attente

    @cached_property
    def liste(self):
        return attente.liste(self.attente)

    def get_context_data(self, **kwargs):
        pas = [
            ("colonnes", _("Les colonnes"), self.adresse("gestion_ateliers:colonnes")),
            ("mots", _("Les mots"), self.adresse("gestion_ateliers:mots")),
            ("resume", _("Le résumé"), self.adresse("gestion_ateliers:apercu")),
        ]
        faits = [cle for cle, _titre, _adresse in pas].index(self.pas)
        etapes = [
            {"rang": rang + 1, "titre": titre, "adresse": adresse, "fait": rang < faits, "ici": rang == faits}
            for rang, (_cle_de_pas, titre, adresse) in enumerate(pas)
        ]
        return super().get_context_data(attente=self.attente, liste=self.liste, pas=etapes, **kwargs)


class PageColonnes(Pas):
    """What was read, and what each column is."""

    template_name = "ateliers/gestion/colonnes.html"
    page_title = gettext_lazy("Inscrire depuis un tableau")
    pas = "colonnes"
    refus = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            refus=self.refus,
            champs=CHAMPS.items(),
            colonnes=attente.colonnes(self.attente),
            feuilles=attente.feuilles(self.attente),
            entetes_possibles=attente.debut(self.attente),
            **kwargs,
        )

    def suite(self):
        dites = self.request.POST
        if "relire" in dites:
            self.garder(**attente.relire(self.attente, dites.get("feuille"), dites.get("entete")))
            return redirect(self.adresse("gestion_ateliers:colonnes"))
        champs, self.refus = attente.champs_dits(self.attente, dites)
        self.garder(champs=champs)
        if self.refus:
            return self.render_to_response(self.get_context_data(), status=422)
        posees = questions(self.consultation, self.liste.lignes)
        return redirect(self.adresse("gestion_ateliers:mots" if posees else "gestion_ateliers:apercu"))


class PageMots(Pas):
    """Each word that is not known, once, with what it most likely means."""

    template_name = "ateliers/gestion/mots.html"
    page_title = gettext_lazy("Inscrire depuis un tableau")
    pas = "mots"

    def get_context_data(self, **kwargs):
        posees = questions(self.consultation, self.liste.lignes)
        dits = self.attente["mots"]
        for question in posees:
            question.choisi = dits.get(question.champ, {}).get(question.cle, question.propose)
        groupes = [(CHAMPS[champ], [q for q in posees if q.champ == champ]) for champ in CHAMPS]
        return super().get_context_data(groupes=[g for g in groupes if g[1]], nombre=len(posees), **kwargs)

    def suite(self):
        posees = questions(self.consultation, self.liste.lignes)
        self.garder(mots=reponses(posees, self.request.POST))
        return redirect(self.adresse("gestion_ateliers:apercu"))


class PageApercu(Pas):
    """What confirming would do, in figures that add up; then the button that does it."""

    template_name = "ateliers/gestion/apercu.html"
    page_title = gettext_lazy("Inscrire depuis un tableau")
    pas = "resume"

    def arguments(self):
        return {
            "consultation": self.consultation,
            "lignes": self.liste.lignes,
            "avec_ateliers": self.liste.avec_ateliers,
            "mots": self.attente["mots"],
        }

    def get_context_data(self, **kwargs):
        apercu = verifier(**self.arguments())
        return super().get_context_data(
            apercu=apercu,
            remarques=[v for v in apercu.verdicts if v.remarques and not v.erreurs],
            exemples=apercu.acceptees[:LIGNES_MONTREES],
            adresses=sum(bool(v.ligne.courriel) for v in apercu.acceptees),
            jusqu_au=gardee_jusqu_au(self.consultation),
            **kwargs,
        )

    def suite(self):
        fait = importer_inscriptions(
            **self.arguments(),
            distincts={entier(numero) for numero in self.request.POST.getlist("distinct")},
            garder_adresses=self.request.POST.get("adresses") == "oui",
            par=self.request.user,
        )
        oublier(self.request, self.consultation)
        messages.success(self.request, _dire(fait))
        return redirect(self.adresse("gestion_ateliers:inscriptions"))


def _dire(fait):
    """Say what an import did: how many were registered, and of the rest only what happened."""
    n = fait.comptes
    dits = {
        "creer": ngettext("%(creer)s inscrit", "%(creer)s inscrits", n["creer"]),
        "modifier": ngettext("%(modifier)s modifié", "%(modifier)s modifiés", n["modifier"]),
        "inchangee": ngettext("%(inchangee)s inchangé", "%(inchangee)s inchangés", n["inchangee"]),
        "doublon": ngettext("%(doublon)s doublon réuni", "%(doublon)s doublons réunis", n["doublon"]),
        "refusee": ngettext(
            "%(refusee)s ligne laissée de côté", "%(refusee)s lignes laissées de côté", n["refusee"]
        ),
    }
    comptes = ", ".join(dit % n for sorte, dit in dits.items() if n[sorte] or sorte == "creer")
    phrase = _("Liste importée : %(comptes)s.") % {"comptes": comptes}
    attentes = sum(n for _atelier, n in fait.attentes)
    return phrase + (" " + _("%(n)s sur une liste d’attente.") % {"n": attentes} if attentes else "")


class FichierExemple(DansConsultation, TemplateView):
    def get(self, request, *args, **kwargs):
        reponse = HttpResponse(fichier_exemple(self.consultation), content_type=TYPES["xlsx"])
        reponse["Content-Disposition"] = 'attachment; filename="exemple-inscriptions.xlsx"'
        return reponse
