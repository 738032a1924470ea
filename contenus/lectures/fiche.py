"""One fiche as it is read, on screen and on paper: its parts, what it leads to, who cites it."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, ReferenceIndex

from ..ape import Nomenclature
from ..models import CasPage, FichePage, PisteCitee, SynthesePage, Telechargements
from .fiches import GENRES, Demande, genre_de, nommer, publiees
from .mots import mots_des_pistes

TITRES = {
    "description": gettext_lazy("Description"),
    "demande": gettext_lazy("Demande"),
    "demarche": gettext_lazy("Démarche"),
    "bilan": gettext_lazy("Bilan"),
    "objectifs": gettext_lazy("Objectifs"),
    "partenaires": gettext_lazy("Partenaires, et leur rôle"),
    "pourquoi": gettext_lazy("Pourquoi cette action"),
    "etapes": gettext_lazy("Étapes"),
    "evaluation": gettext_lazy("Évaluation"),
    "resultats": gettext_lazy("Résultats"),
    "apports": gettext_lazy("Ce que cela apporte"),
}
#: Parts that are not running text: their own way of being shown.
FORMES = ("partenaires", "etapes", "resultats")


@dataclass(frozen=True)
class Partie:
    """`forme`: "texte", or the name of its own way of being shown; `valeur`: rich text, or a list of dicts."""

    cle: str
    titre: str
    forme: str
    valeur: object


@dataclass(frozen=True)
class Repere:
    """A fact at the head of a fiche. `adresse`: the fiches that share it, as a query string, or ""."""

    nom: str
    valeur: str
    adresse: str = ""
    precision: str = ""


@dataclass(frozen=True)
class Lien:
    """Something to go to. `nombre`: downloads, for a document; `genre`: what the citing page is."""

    titre: str
    precision: str
    adresse: str
    document: object = None
    nombre: int = 0


@dataclass(frozen=True)
class PisteDite:
    """A piste that a fiche cites, in the words that may be shown today."""

    page: SynthesePage
    numero: int
    texte: str

    @property
    def adresse(self):
        return f"{self.page.get_url()}#p{self.numero}"


@dataclass(frozen=True)
class Vue:
    page: FichePage
    genre: str
    reperes: list
    parties: list
    methodes: list
    formations: list
    documents: list
    pistes: list
    citee_par: list
    avant: FichePage | None
    apres: FichePage | None

    @property
    def a_lier(self):
        return any((self.methodes, self.formations, self.documents, self.pistes, self.citee_par))


def fiche(page):
    """Return the Vue of a CasPage or a DispositifPage. Constant queries: at most twelve."""
    return Vue(
        page=page,
        genre=genre_de(page),
        reperes=reperes(page),
        parties=parties(page),
        methodes=[_ressource(bloc.value) for bloc in getattr(page, "methodes", ())],
        formations=[
            Lien(b.value["titre"], b.value["precision"], b.value["lien"]) for b in getattr(page, "formations", ())
        ],
        documents=_documents(page),
        pistes=pistes(page),
        citee_par=pages_qui_citent(page),
        avant=publiees().filter(numero__lt=page.numero).order_by("-numero").first() if page.numero else None,
        apres=publiees().filter(numero__gt=page.numero).order_by("numero").first() if page.numero else None,
    )


def reperes(page):
    """The facts at its head, those that are said."""
    genre = GENRES[page.cached_content_type.model]
    dits = [
        _facette("genre", _("Genre"), genre),
        _facette("categorie", _("Catégorie"), page.categorie),
        _facette("secteur", _("Secteur"), page.secteur),
        _facette("region", _("Région"), page.region),
        _facette("annee", _("Année"), str(page.annee or "")),
    ]
    if isinstance(page, CasPage):
        nomenclature = Nomenclature(page.nomenclature).label if page.nomenclature else ""
        dits += [Repere(_("Code APE"), page.code_ape, precision=nomenclature), Repere(_("Taille"), page.taille)]
    else:
        dits += [Repere(_("Qui le porte"), page.porteur), Repere(_("Qui le finance"), page.financeurs)]
    return [repere for repere in dits if repere.valeur]


def _facette(cle, nom, valeur):
    return Repere(nom, nommer(cle, valeur), Demande().adresse(**{cle: valeur}))


def parties(page):
    """The parts that hold something, in order."""
    return [
        Partie(cle, str(TITRES[cle]), cle if cle in FORMES else "texte", _valeur(cle, valeur))
        for cle in page.PARTIES
        if (valeur := getattr(page, cle))
    ]


def _valeur(cle, valeur):
    if cle not in FORMES:
        return valeur
    lignes = [dict(bloc.value) for bloc in valeur]
    if cle == "resultats":
        lignes.sort(key=lambda ligne: ligne["annee"] or 0)
        plus_grand = max(max(ligne["fait"] or 0, ligne["vise"] or 0) for ligne in lignes)
        lignes = [ligne | {"sur": plus_grand} for ligne in lignes]
    return lignes


def _ressource(valeur):
    page, document = valeur["page"], valeur["document"]
    adresse = page.get_url() if page else document.url if document else valeur["lien"]
    return Lien(valeur["titre"], valeur["precision"], adresse or "", document)


def _documents(page):
    """Its documents that are still there, with how many times each was downloaded. One query more."""
    valeurs = [bloc.value for bloc in page.documents if bloc.value["document"]]
    nombres = dict(
        Telechargements.objects.filter(document__in=[v["document"].pk for v in valeurs]).values_list(
            "document", "nombre"
        )
    ) if valeurs else {}  # fmt: skip
    return [
        Lien(d.title, valeur["precision"], d.url, d, nombres.get(d.pk, 0))
        for valeur in valeurs
        if (d := valeur["document"])
    ]


def pistes(page):
    """The PisteDites of a fiche whose synthesis anyone may read. Three queries."""
    citees = [(citee.synthese_id, citee.numero) for citee in page.pistes_citees.all()]
    if not citees:
        return []
    pages = SynthesePage.objects.live().public().in_bulk([pk for pk, _numero in citees])
    paires = [(pages[pk], numero) for pk, numero in citees if pk in pages]
    mots = mots_des_pistes(paires)
    return [PisteDite(synthese, numero, mots[synthese, numero]) for synthese, numero in paires
            if (synthese, numero) in mots]  # fmt: skip


def pages_qui_citent(page):
    """The published pages whose text shows this fiche, by Wagtail's own index of references. Three queries."""
    if page.pk is None:
        return []
    des_pages = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(
        to_content_type=des_pages, to_object_id=str(page.pk), base_content_type=des_pages
    )
    ids = set(references.values_list("object_id", flat=True)[:200])
    pages = Page.objects.live().public().filter(pk__in=ids) if ids else Page.objects.none()
    return [Lien(p.get_admin_display_title(), p.specific_class._meta.verbose_name, p.get_url())
            for p in pages.order_by("-first_published_at").specific()[:20]]  # fmt: skip


def fiches_qui_citent(consultation_id, numeros):
    """The published fiches that cite one of these pistes of a consultation. Two queries."""
    citees = PisteCitee.objects.filter(synthese__synthese__consultation=consultation_id, numero__in=numeros)
    return list(publiees().filter(pk__in=citees.values("fiche")).order_by("numero"))
