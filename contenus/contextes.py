"""What each kind of page gives its template: the reading it asks for, by the name the template uses."""

from .lectures import accueil, fil, seminaire, synthese
from .models import AccueilPage, FilInfoIndexPage, FilInfoPage, SeminairePage, SynthesePage, SynthesesIndexPage
from .models.lecture import CONTEXTES


def _syntheses(_page, request):
    publiees = synthese.syntheses_publiees()
    return {"syntheses": publiees, "tuiles": accueil.tuiles(request, publiees)}


def brancher():
    CONTEXTES.update(
        {
            AccueilPage: lambda _page, request: {"accueil": accueil.accueil(request)},
            FilInfoIndexPage: lambda _page, _request: {"numeros": fil.numeros()},
            FilInfoPage: lambda page, _request: {"fil": fil.numero(page)},
            SeminairePage: lambda page, request: {"seminaire": seminaire.seminaire(page, request)},
            SynthesesIndexPage: _syntheses,
            SynthesePage: lambda page, _request: {"synthese": synthese.presenter(page)},
        }
    )
