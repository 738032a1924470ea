"""Registering by oneself, from a page that the organiser opens."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultation.erreurs import Refus
from consultation.models import Consultation, Participant

from .. import essais
from ..formulaires import FormulaireEntree, Ligne, nouvelle_cle
from ..inscriptions.publique import est_ouverte, s_inscrire
from ..models import Atelier, InscriptionPublique

#: Said past the limits, which a whole association registering from one address does not reach.
TROP = _("Beaucoup de monde s’inscrit en même temps. Attendez cinq secondes, puis envoyez à nouveau.")


class FormulairePublic(FormulaireEntree):
    """A first name and a college; the rest only helps."""

    nom = Ligne(required=False, max_length=80)
    courriel = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={"invalid": _("Cette adresse n’est pas complète. Exemple : prenom@exemple.fr")},
    )

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, consultation=consultation, **kwargs)
        self.temps = {}
        for atelier in _ateliers(consultation):
            self.temps.setdefault(atelier.temps, []).append(atelier)
        for temps, ateliers in self.temps.items():
            choix = [(str(a.pk), a.titre) for a in ateliers]
            self.fields[f"temps-{temps.pk}"] = forms.ChoiceField(choices=[("", ""), *choix], required=False)

    def choix(self):
        """[(half-day, name of its field, value, workshops)], to be shown."""
        return [(t, f"temps-{t.pk}", self[f"temps-{t.pk}"].value() or "", a) for t, a in self.temps.items()]

    @property
    def demande(self):
        """What `s_inscrire` is to be told, once the form is valid."""
        d = self.cleaned_data
        voulus = {d[f"temps-{t.pk}"] for t in self.temps}
        ateliers = [a for memes in self.temps.values() for a in memes if str(a.pk) in voulus]
        return self.acte | {"nom": d["nom"], "courriel": d["courriel"], "ateliers": ateliers}


def _ateliers(consultation):
    siens = Atelier.objects.filter(espace__consultation=consultation, nature=Atelier.Nature.ATELIER)
    return siens.du_programme().select_related("espace__consultation", "temps").dans_l_ordre()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inscription(request, slug):
    """The page of a consultation whose organiser opened it once; 404 for any other."""
    consultation = get_object_or_404(Consultation.objects.select_related("territoire"), slug=slug)
    if not InscriptionPublique.objects.filter(consultation=consultation).exists():
        raise Http404
    if not est_ouverte(consultation):
        statut = 409 if request.method == "POST" else 200
        return _page(request, consultation, "fermee", status=statut)
    if request.method != "POST":
        formulaire = FormulairePublic(initial={"cle": nouvelle_cle()}, consultation=consultation)
        return _page(request, consultation, "formulaire", formulaire=formulaire)
    formulaire = FormulairePublic(request.POST, consultation=consultation)
    if not formulaire.is_valid():
        return _page(request, consultation, "formulaire", formulaire=formulaire, status=422)
    try:
        essais.exiger_entree(essais.visiteur(request), f"inscription-{consultation.pk}", request.POST, TROP)
        fait = s_inscrire(consultation=consultation, **formulaire.demande)
    except Refus as refus:
        return _page(request, consultation, "formulaire", formulaire=formulaire, refus=refus, status=refus.statut)
    if isinstance(fait, Participant):
        attentes = fait.attentes.select_related("atelier__espace")
        places = fait.places.select_related("atelier__espace", "atelier__temps")
        return _page(request, consultation, "fait", personne=fait, places=places, attentes=attentes)
    return _page(request, consultation, "attente", demande=fait)


def _page(request, consultation, etat, status=200, **contexte):
    contexte |= {"consultation": consultation, "etat": etat, "colleges": consultation.colleges.all()}
    reponse = render(request, "ateliers/participant/s_inscrire.html", contexte, status=status)
    essais.marquer(request, reponse)
    return reponse
