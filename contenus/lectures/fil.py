"""What the newsletter's pages show."""

from dataclasses import dataclass

from django.db.models import Max

from consultation.models import Piste

from ..carnet import dates
from ..models import FilInfoPage


@dataclass(frozen=True)
class Numero:
    """One number as read: its date in words, its sections that hold something, its neighbours."""

    paru: str
    sommaire: list
    tendances: list
    suivant: FilInfoPage | None
    autres: list


def numeros():
    """Return the published numbers, newest first. One query."""
    return FilInfoPage.objects.live().public().order_by("-numero")


def numero(page):
    """Return the Numero of `page`. Two queries."""
    tous = list(numeros().exclude(pk=page.pk).only("pk", "title", "numero", "saison", "url_path", "slug")[:60])
    suivants = [autre for autre in tous if autre.numero > page.numero]
    return Numero(
        paru=dates.periode(page.date_parution, None),
        sommaire=_sommaire(page),
        tendances=[_tendance(bloc.value) for bloc in page.tendances],
        suivant=suivants[-1] if suivants else None,
        autres=[autre for autre in tous if autre.numero < page.numero][:8],
    )


def _sommaire(page):
    parties = [
        ("edito", bool(page.accroche or page.edito)),
        ("objectifs", bool(page.objectifs)),
        ("tendances", bool(page.tendances)),
        ("pistes", bool(page.pistes_generales or page.pistes_qualite)),
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
