"""What each kind of page gives its template: the reading it asks for, by the name the template uses."""

from .lectures import accueil, fil, seminaire, synthese
from .lectures.fiche import fiche
from .lectures.fiches import index
from .lectures.liste import numeros_gardes
from .models import (
    AccueilPage,
    CasPage,
    DispositifPage,
    FichesIndexPage,
    FilInfoIndexPage,
    FilInfoPage,
    SeminairePage,
    SynthesePage,
    SynthesesIndexPage,
)
from .models.lecture import CONTEXTES


def _syntheses(_page, request):
    publiees = synthese.syntheses_publiees()
    return {"syntheses": publiees, "tuiles": accueil.tuiles(request, publiees)}


def _fiche(page, request):
    return {"fiche": fiche(page), "gardees": numeros_gardes(request.COOKIES)}


def _fiches(_page, request):
    return {"index": index(request.GET), "gardees": numeros_gardes(request.COOKIES)}


def brancher():
    CONTEXTES.update(
        {
            AccueilPage: lambda _page, request: {"accueil": accueil.accueil(request)},
            CasPage: _fiche,
            DispositifPage: _fiche,
            FichesIndexPage: _fiches,
            FilInfoIndexPage: lambda _page, _request: {"numeros": fil.numeros()},
            FilInfoPage: lambda page, _request: {"fil": fil.numero(page)},
            SeminairePage: lambda page, request: {"seminaire": seminaire.seminaire(page, request)},
            SynthesesIndexPage: _syntheses,
            SynthesePage: lambda page, _request: {"synthese": synthese.presenter(page)},
        }
    )
