"""What the API tells, read where the pages read it: public pages, and the tables of the open data."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from contenus.lectures import fiches, fil, suites, synthese
from contenus.lectures.donnees import SCHEMAS, donnees
from contenus.models import SynthesePage


def consultations():
    """Return the rows of the consultations whose board anyone may read, the latest first. One query."""
    return [_consultation(consultation) for consultation in suites.consultations_suivies()]


def consultation(slug):
    """Return that of this slug. Raise Http404."""
    return _consultation(_suivie(slug))


def _suivie(slug):
    return get_object_or_404(suites.consultations_suivies(), slug=slug)


def _consultation(lue):
    return {
        "slug": lue.slug,
        "titre": lue.titre,
        "territoire": str(lue.territoire or ""),
        "debut": lue.debut,
        "fin": lue.fin,
        "reprise_de": lue.reprise_de,
        "page": _adresse("contenus:tableau", lue.slug),
        "archive": _adresse("contenus:archive", lue.slug),
    }


def _adresse(nom, *parametres):
    return settings.URL_PUBLIQUE + reverse(nom, args=parametres)


def _page(request, page):
    """The address of a page of the site. The roots of sites are kept by Wagtail: no query for each."""
    return settings.URL_PUBLIQUE + page.get_url(request)


def _tables(consultation):
    """{table: [row, as {column: value}]} of the open data."""
    tables, _votes = donnees(consultation)
    return {
        nom: [dict(zip((c for c, _t, _d in SCHEMAS[nom]), ligne, strict=True)) for ligne in lignes]
        for nom, lignes in tables.items()
    }


def pistes(slug, etat=""):
    """Return the rows of the pistes; `etat`: of those in this state alone. 21 queries at most. Raise Http404."""
    return [p for p in _tables(_suivie(slug))["pistes"] if not etat or p["reponse"] == etat]


def piste(slug, numero):
    """Return one piste and all that is public of it; a joined one is told by its root. Raise Http404."""
    suivie = _suivie(slug)
    tenue = suites.piste_publique(suivie, numero)
    tables = _tables(suivie)
    siennes = {
        nom: [ligne for ligne in tables[nom] if tenue and ligne["piste"] == tenue.piste.numero]
        for nom in ("pistes", "propositions", "reponses", "resultats")
    }
    if not siennes["pistes"]:
        raise Http404
    return {
        **siennes["pistes"][0],
        "page": _adresse("contenus:piste", slug, tenue.piste.numero),
        "propositions_citees": siennes["propositions"],
        "reponses": siennes["reponses"],
        "resultats": siennes["resultats"],
    }


def votes(slug):
    """Return the shown votes, the oldest first, each with its results. 21 queries at most. Raise Http404."""
    tables = _tables(_suivie(slug))
    return [
        {**vote, "resultats": [r for r in tables["resultats"] if r["vote"] == vote["vote"]]}
        for vote in tables["votes"]
    ]


def syntheses(request):
    """Return the rows of the published syntheses, the newest first. Four queries at most."""
    pages = synthese.syntheses_publiees().select_related("synthese__consultation", "territoire")
    return [_synthese(request, page) for page in pages]


def synthese_entiere(request, pk):
    """Return one synthesis with its parts. Raise Http404."""
    publiees = SynthesePage.objects.live().public()
    page = get_object_or_404(publiees.select_related("synthese__consultation", "territoire"), pk=pk)
    vue = synthese.presenter(page)
    return {**_synthese(request, page), "simulee": vue.simule, "parties": [_partie(s) for s in vue.sections]}


def _synthese(request, page):
    return {
        "id": page.pk,
        "titre": page.title,
        "consultation": page.synthese.consultation.slug if page.synthese else "",
        "territoire": page.territoire.nom if page.territoire else "",
        "chapeau": page.chapeau,
        "publiee_le": page.first_published_at,
        "pistes": page.nombre_pistes,
        "page": _page(request, page),
    }


def _partie(section):
    return {
        "titre": section.titre,
        "phrases": [
            {"sorte": p.sorte, "texte": p.mots or p.texte, "pistes": p.pistes, "valeur": p.valeur}
            for p in section.phrases
        ],
        "pistes": sorted({piste.numero for ligne in section.lignes for piste in ligne.pistes}),
    }


def fils(request):
    """Return the rows of the published numbers of the Fil d'Info, the newest first. Four queries at most."""
    return [_fil(request, page) for page in fil.numeros()]


def fil_entier(request, numero):
    """Return one number with what it tells. Raise Http404."""
    page = get_object_or_404(fil.numeros(), numero=numero)
    lu = fil.numero(page)
    return {
        **_fil(request, page),
        "tendances": [tendance["phrase"] for tendance in lu.tendances],
        "pistes_generales": [piste["texte"] for piste in lu.generales],
        "pistes_qualite": [piste["texte"] for piste in lu.qualite],
    }


def _fil(request, page):
    return {
        "numero": page.numero,
        "titre": page.title,
        "saison": page.saison,
        "paru_le": page.date_parution,
        "points": [str(bloc.value) for bloc in page.points],
        "accroche": page.accroche,
        "questions": [str(bloc.value) for bloc in page.questions],
        "page": _page(request, page),
    }


def fiches_trouvees(request):
    """Return the rows of the fiches that the address asks for, by their number. Six queries at most."""
    trouvees = fiches.Trouvees(fiches.Demande.lire(request.GET))
    pages = fiches.publiees().filter(pk__in=trouvees.numeros).select_related("content_type").order_by("numero")
    return [
        {
            "numero": page.numero,
            "titre": page.title,
            "genre": fiches.GENRES[page.genre],
            "categorie": page.categorie,
            "secteur": page.secteur,
            "region": page.get_region_display(),
            "annee": page.annee,
            "en_bref": page.en_bref,
            "page": _page(request, page),
        }
        for page in pages
    ]
