"""What was made of a piste once published: syntheses, numbers of the newsletter, regions, answers; each a node."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import FilInfoPage, SynthesePage
from .noeuds import Noeud


def syntheses(suite):
    if not suite.syntheses:
        if not suite.en_redaction:
            return []
        return [Noeud("en_redaction", "d-3", _("Des personnes écrivent la synthèse"), "attente")]
    pages = {
        page.synthese_id: page
        for page in SynthesePage.objects.live().public().filter(synthese__in=suite.syntheses)
    }
    noeuds = [_synthese(lue, pages.get(lue.pk), suite) for lue in suite.syntheses]
    return [*noeuds, *_fils(suite, list(pages.values()))]


def _synthese(synthese, page, suite):
    cites = [cite for cite in (*suite.lignes, *suite.phrases) if cite.section.synthese_id == synthese.pk]
    return Noeud(
        "synthese",
        "d-3",
        _("Elle est dans la synthèse"),
        le=synthese.publiee_le,
        contenu={
            "chapeau": _("Elle est allée loin : elle est dans la synthèse."),
            "synthese": synthese,
            "sections": list(dict.fromkeys(cite.section.titre for cite in cites)),
            "page": page,
            "ancre": f"p{suite.piste.numero}" if suite.piste else "",
        },
    )


def _fils(suite, pages):
    """The numbers of the newsletter that took the piste over, each once, oldest first. One query."""
    if not pages or suite.piste is None:
        return []
    cherches = {(page.pk, suite.piste.numero) for page in pages}
    fils = FilInfoPage.objects.live().public().order_by("numero")
    return [_fil(page) for page in fils if cherches & set(pistes_reprises(page))]


def pistes_reprises(page):
    """Yield (synthesis page id, piste number) for each piste a number of the newsletter took over."""
    for flux in (page.pistes_generales, page.pistes_qualite):
        for bloc in flux.raw_data:
            yield bloc["value"].get("synthese"), bloc["value"].get("numero")


def _fil(page):
    return Noeud(
        "fil",
        "d-4",
        _("Tout le réseau peut la lire"),
        le=page.date_parution or page.first_published_at,
        contenu={
            "chapeau": _("Elle est allée jusqu’au bout : elle est dans la synthèse et dans le Fil d’Info."),
            "page": page,
        },
    )


def regions(suite):
    """The regions that took its piste over, oldest first, with their published syntheses. One query, or none."""
    citantes = {pk for region in suite.en_regions for pk in region.syntheses}
    pages = SynthesePage.objects.live().public().filter(synthese__in=citantes) if citantes else ()
    par_synthese = {page.synthese_id: page for page in pages}
    return [
        Noeud(
            "en_region",
            "i-lieu",
            _("Reprise en région : %(region)s") % {"region": region.territoire},
            le=region.piste.cree_le,
            contenu={
                "chapeau": _("Une région travaille dessus."),
                "territoire": region.territoire,
                "pages": [par_synthese[pk] for pk in region.syntheses if pk in par_synthese],
            },
        )
        for region in suite.en_regions
    ]


#: The pictogram of an answer, by its state.
PICTOS = {"retenue": "i-ok", "en_cours": "i-travaux", "realisee": "d-3", "confiee": "i-relais", "ecartee": "i-non"}


def suites(suite):
    """What was decided of its piste since, oldest first: the answers that stand."""
    debout = [une for une in reversed(suite.suites) if une.retiree_le is None and not hasattr(une, "corrigee_par")]
    page = _page_de_piste(suite) if debout else ""
    return [noeud_de_suite(une, page) for une in debout]


def _page_de_piste(suite):
    """The address of the public page of its piste, "" while its consultation has none. One query."""
    consultation = suite.proposition.consultation
    if not SynthesePage.objects.live().public().filter(synthese__consultation=consultation).exists():
        return ""
    return reverse("contenus:piste", args=[consultation.slug, suite.piste.numero])


def noeud_de_suite(une, page=""):
    """The node of one Suite."""
    titre = _("Réponse : %(etat)s") % {"etat": une.get_etat_display().lower()}
    return Noeud(
        "suite", PICTOS[une.etat], titre, le=une.le, contenu={"chapeau": f"{titre}.", "suite": une, "page": page}
    )
