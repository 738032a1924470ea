"""The registrations: the list, one person, what may be done for them."""

import django_filters
from django.db.models import Count, Prefetch, Q
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from consultation import actions as actes
from consultation.gestion.listes import ListeDansConsultation
from consultation.gestion.paroles import FiltresDeConsultation
from consultation.gestion.socle import (
    ActeDansConsultation,
    DansConsultation,
    FormulaireDansConsultation,
    objet_ou_404,
)
from consultation.gestion.tableur import telechargement
from consultation.models import Participant
from consultation.pliage import par_personne

from .. import actions as ateliers_actions
from ..inscriptions.actions import corriger_inscription, inscrire_personne
from ..models import Atelier, Attente, Place
from .actions import noter_codes
from .formulaires_inscriptions import FormulaireInscription
from .mixite import mixite


def inscrits(consultation):
    """People of the consultation who are not erased, with what the lists show of them. Three queries when read.

    A ballot of paper is nobody one may look for.
    """
    places = Place.objects.select_related("atelier__espace", "atelier__temps").order_by(
        "atelier__temps__ordre", "atelier__ordre"
    )
    return (
        Participant.objects.filter(consultation=consultation, efface_le__isnull=True)
        .exclude(origine=Participant.Origine.BULLETIN)
        .select_related("college", "structure", "territoire")
        .prefetch_related(
            Prefetch("places", queryset=places),
            Prefetch("attentes", queryset=Attente.objects.select_related("atelier__espace")),
        )
        .annotate(tri=par_personne()[0])
        .order_by(*par_personne(), "pk")
    )


class FiltresInscriptions(FiltresDeConsultation):
    atelier = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Atelier"), field_name="places__atelier", queryset=Atelier.objects.none(), distinct=True
    )

    class Meta:
        model = Participant
        fields = ["college", "origine"]

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, consultation=consultation, **kwargs)
        ateliers = Atelier.objects.filter(espace__consultation=consultation)
        self.filters["atelier"].queryset = ateliers.select_related("espace")


class ListeInscriptions(ListeDansConsultation):
    template_name = "ateliers/gestion/inscriptions.html"
    adresse_liste = "gestion_ateliers:inscriptions"
    page_title = gettext_lazy("Inscriptions")
    header_icon = "user"
    is_searchable = True
    search_fields = ["prenom", "nom", "structure__nom"]
    search_backend_name = None
    filterset_class = FiltresInscriptions
    vide = gettext_lazy("Personne n’est encore inscrit. Importez votre liste, ou ajoutez les personnes une à une.")

    def get_filterset_kwargs(self):
        kwargs = super().get_filterset_kwargs()
        return {**kwargs, "queryset": self.get_base_queryset(), "consultation": self.consultation}

    def get_base_queryset(self):
        return inscrits(self.consultation)

    @cached_property
    def columns(self):
        def page(personne):
            return self.adresse("gestion_ateliers:inscription", personne.pk)

        return [
            TitleColumn("prenom", label=_("Personne"), accessor=nom_complet, get_url=page, sort_key="tri"),
            Column("college", label=_("Collège"), sort_key="college__ordre"),
            Column(
                "structure",
                label=_("Structure"),
                accessor=lambda p: p.structure or "–",
                sort_key="structure__nom__plie",
            ),
            Column("ateliers", label=_("Ateliers"), accessor=_titres),
            Column("origine", label=_("Origine"), accessor="get_origine_display"),
        ]

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(
                _("Importer une liste"), url=self.adresse("gestion_ateliers:importer"), icon_name="upload"
            ),
            HeaderButton(
                _("Inscription publique"), url=self.adresse("gestion_ateliers:publique"), icon_name="globe"
            ),
            HeaderButton(_("Ajouter"), url=self.adresse("gestion_ateliers:inscription_ajouter"), icon_name="plus"),
        ]

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        if self.results_only:
            return contexte
        ateliers = list(remplissage(self.consultation))
        libres = any(a.attendus and (a.capacite is None or a.prises < a.capacite) for a in ateliers)
        mixte = mixite(self.consultation)
        return contexte | {"mixite": mixte, "remplissage": ateliers, "places_a_donner": libres}


def nom_complet(personne):
    return personne.nom_complet or _("Sans nom")


def _titres(personne):
    titres = [place.atelier.titre for place in personne.places.all()]
    titres += [_("%(titre)s (en attente)") % {"titre": a.atelier.titre} for a in personne.attentes.all()]
    return ", ".join(titres) or "–"


def remplissage(consultation):
    """Workshops with `prises`, `entrees` and `attendus` counted, in the order of the programme. One query."""
    return (
        Atelier.objects.filter(espace__consultation=consultation)
        .select_related("espace", "temps", "salle")
        .annotate(
            prises=Count("places_prises", distinct=True),
            entrees=Count("places_prises", filter=Q(places_prises__entre_le__isnull=False), distinct=True),
            attendus=Count("attentes", distinct=True),
        )
        .dans_l_ordre()
    )


class ExporterInscriptions(DansConsultation, TemplateView):
    """The list as a file. Personal codes only when asked for: whoever holds one speaks as that person."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        avec_codes = request.POST.get("codes") == "oui"
        forme = "xlsx" if request.POST.get("forme") == "xlsx" else "csv"
        gens = list(inscrits(self.consultation))
        details = {"sorte": "inscriptions", "codes": avec_codes, "lignes": len(gens)}
        if avec_codes:
            noter_codes(consultation=self.consultation, personnes=len(gens), forme=forme, par=request.user)
        actes.noter(verbe="exporter", objet=self.consultation, compte=request.user, details=details)
        feuille = feuille_inscriptions(gens, avec_codes=avec_codes)
        return telechargement([feuille], f"{self.consultation.slug}-inscriptions", forme)


def feuille_inscriptions(gens, avec_codes):
    """The sheet of a list of people; its columns are those the import reads."""
    entetes = [_("Prénom"), _("Nom"), _("Structure"), _("Ville"), _("Collège"), _("Territoire"), _("Ateliers")]
    lignes = [
        [
            personne.prenom,
            personne.nom,
            personne.structure.nom if personne.structure else "",
            personne.structure.ville if personne.structure else "",
            personne.college.nom,
            personne.territoire.nom if personne.territoire else "",
            " ; ".join(place.atelier.titre for place in personne.places.all()),
        ]
        for personne in gens
    ]
    if avec_codes:
        entetes.append(_("Code personnel"))
        for ligne, personne in zip(lignes, gens, strict=True):
            ligne.append(personne.code_lisible)
    return (_("Inscriptions"), entetes, lignes)


class DansInscription(DansConsultation):
    header_icon = "user"

    @cached_property
    def participant(self):
        return objet_ou_404(inscrits(self.consultation), self.kwargs["pk"])

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion_ateliers:inscriptions"), "label": _("Inscriptions")}]

    def adresse_de_retour(self):
        return self.adresse("gestion_ateliers:inscription", self.kwargs["pk"])


class PageInscription(DansInscription, FormulaireDansConsultation):
    """Someone to add, or someone to correct, move, give another code to or forget."""

    template_name = "ateliers/gestion/inscription.html"
    form_class = FormulaireInscription

    @cached_property
    def personne(self):
        return self.participant if "pk" in self.kwargs else None

    def get_page_title(self):
        return nom_complet(self.personne) if self.personne else _("Nouvelle inscription")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "consultation": self.consultation}

    def get_initial(self):
        if not self.personne:
            return {}
        champs = {
            champ: getattr(self.personne, champ)
            for champ in ("prenom", "nom", "college", "structure", "territoire")
        }
        champs["accord_publication"] = {True: "oui", False: "non"}.get(self.personne.accord_publication, "")
        demandes = [*self.personne.places.all(), *self.personne.attentes.all()]
        return champs | {"ateliers": [demande.atelier_id for demande in demandes]}

    def ecrire(self, form):
        personne = self._enregistrer(form.cleaned_data)
        dit = _("L’inscription de %(nom)s est enregistrée.") % {"nom": nom_complet(personne)}
        attendus = ", ".join(a.atelier.titre for a in personne.attentes.select_related("atelier__espace"))
        if attendus:
            dit += " " + _("Sur la liste d’attente : %(ateliers)s.") % {"ateliers": attendus}
        return dit, self.adresse_annuler()

    def _enregistrer(self, champs):
        if self.personne:
            return corriger_inscription(participant=self.personne, par=self.request.user, **champs)
        return inscrire_personne(consultation=self.consultation, par=self.request.user, **champs)

    def adresse_annuler(self):
        return self.adresse("gestion_ateliers:inscriptions")

    def get_context_data(self, **kwargs):
        venue = self.personne and any(place.entre_le for place in self.personne.places.all())
        return super().get_context_data(personne=self.personne, est_venue=venue, **kwargs)


class DonnerLesPlaces(ActeDansConsultation):
    retour = "gestion_ateliers:inscriptions"

    def agir(self):
        n = len(ateliers_actions.donner_les_places(consultation=self.consultation, par=self.request.user))
        return ngettext("%(n)s place donnée.", "%(n)s places données.", n) % {"n": n}


class RemettreCode(DansInscription, ActeDansConsultation):
    def agir(self):
        personne = actes.reemettre_code(participant=self.participant, par=self.request.user)
        return _("Nouveau code de %(nom)s : %(code)s. L’ancien n’ouvre plus rien.") % {
            "nom": nom_complet(personne),
            "code": personne.code_lisible,
        }


class Effacer(DansInscription, TemplateView):
    """Forgetting someone, after having read what goes and what stays."""

    template_name = "ateliers/gestion/effacer.html"

    def get_page_title(self):
        return _("Effacer %(nom)s") % {"nom": nom_complet(self.participant)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            personne=self.participant,
            nb_propositions=self.participant.propositions.count(),
            nb_votes=self.participant.bulletins.count(),
            annuler=self.adresse_de_retour(),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        motif = request.POST.get("motif", "")[:300]
        actes.effacer_participant(participant=self.participant, par=request.user, motif=motif)
        messages.success(request, _("Les données de cette personne sont effacées."))
        return redirect(self.adresse("gestion_ateliers:inscriptions"))
