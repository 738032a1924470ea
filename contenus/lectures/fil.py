"""What the newsletter's pages show."""

from dataclasses import dataclass

from django.db.models import Max

from consultation.models import Piste

from ..carnet import dates
from ..models import FilInfoPage
from .mots import mots_des_pistes


@dataclass(frozen=True)
class Numero:
    """One number as read: its date in words, its sections that hold something, its neighbours."""

    paru: str
    sommaire: list
    tendances: list
    generales: list
    qualite: list
    suivant: FilInfoPage | None
    autres: list


def numeros():
    """Return the published numbers, newest first. One query."""
    return FilInfoPage.objects.live().public().order_by("-numero")


def numero(page):
    """Return the Numero of `page`. Three queries."""
    generales, qualite = pistes_montrees(page.pistes_generales, page.pistes_qualite)
    tous = list(numeros().exclude(pk=page.pk).only("pk", "title", "numero", "saison", "url_path", "slug")[:60])
    suivants = [autre for autre in tous if autre.numero > page.numero]
    return Numero(
        paru=dates.periode(page.date_parution, None),
        sommaire=_sommaire(page, generales or qualite),
        tendances=[_tendance(bloc.value) for bloc in page.tendances],
        generales=generales,
        qualite=qualite,
        suivant=suivants[-1] if suivants else None,
        autres=[autre for autre in tous if autre.numero < page.numero][:8],
    )


def pistes_montrees(*listes):
    """Return, for each StreamField of pistes, its values with their words; those without any are left out.

    Words of the newsletter's own stand as they are; the others are read from the synthesis, if authors agree.
    """
    valeurs = [[dict(bloc.value) for bloc in liste] for liste in listes]
    sans_mots = [
        (v["synthese"], v["numero"]) for liste in valeurs for v in liste if not v["texte"] and v["synthese"]
    ]
    mots = mots_des_pistes(sans_mots) if sans_mots else {}
    for liste in valeurs:
        for valeur in liste:
            valeur["texte"] = valeur["texte"] or mots.get((valeur["synthese"], valeur["numero"]), "")
    return [[valeur for valeur in liste if valeur["texte"]] for liste in valeurs]


def _sommaire(page, pistes):
    parties = [
        ("edito", bool(page.accroche or page.edito)),
        ("objectifs", bool(page.objectifs)),
        ("tendances", bool(page.tendances)),
        ("pistes", bool(pistes)),
        ("questions", bool(page.questions)),
        ("nouvelles", bool(page.corps)),
        ("prochain", bool(page.prochain or page.lien_nouvelle)),
    ]
    return [partie for partie, pleine in parties if pleine]


def _tendance(bloc):
    """A tendency, with its little squares: True for each region where it was heard."""
    return {
        "phrase": bloc["phrase"],
        "regions": bloc["regions"],
        "sur": bloc["sur"],
        "carres": [rang < bloc["regions"] for rang in range(bloc["sur"])],
    }


def prochain_numero():
    """Return the number after the last one, drafts counted. One query."""
    return (FilInfoPage.objects.aggregate(dernier=Max("numero"))["dernier"] or 0) + 1


def numeros_retenus(page):
    """Return the numbers of the pistes cited by the page of a synthesis that the group has kept. One query."""
    if page.synthese is None:
        return set()
    retenues = Piste.objects.retenues().filter(consultation=page.synthese.consultation_id)
    cites = {piste["numero"] for piste in page.contenu.get("pistes", [])}
    return cites & set(retenues.values_list("numero", flat=True))


def pistes_retenues_sur(synthese):
    """Return (pistes the group kept, pistes cited) of a published synthesis. Two queries."""
    page = synthese.page
    return len(numeros_retenus(page)), len(page.contenu.get("pistes", []))
