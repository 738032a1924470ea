"""The read-only API, version 1: its addresses, what each takes and answers, what it says when it cannot."""

from typing import Literal

from django.http import Http404
from ninja import NinjaAPI, Query
from ninja.errors import Throttled, ValidationError
from ninja.pagination import PageNumberPagination, paginate
from ninja.throttling import BaseThrottle

from ateliers.epreuve import incrementer
from ateliers.essais import visiteur

from . import formes, lectures

#: Calls in a minute from one address: a program reads a whole site in a few, and a whole school may share one.
PAR_MINUTE = 300
#: Things in one page of a list, unless `page_size` asks for less or more, and at most.
PAR_PAGE, PAR_PAGE_MAX = 50, 200


#: Where a piste may be, or "" for all.
Etat = Literal["", "retenue", "en_cours", "realisee", "confiee", "ecartee", "sans"]


class ParAdresse(BaseThrottle):
    """Counts as the doors do: the keyed hash of an address (never the header anyone may write), for a minute."""

    def allow_request(self, request):
        return incrementer(f"api:{visiteur(request).adresse}", 60) <= PAR_MINUTE

    def wait(self):
        return 60


class Pages(PageNumberPagination):
    """Pages of a list: `items` and `count`, how many there are in all."""

    def __init__(self):
        super().__init__(page_size=PAR_PAGE, max_page_size=PAR_PAGE_MAX)


api = NinjaAPI(
    title="Germoir : les données publiques",
    version="1",
    description="Ce que tout le monde peut lire sur le site, pour les programmes. En lecture seule, sans clé, "
    "sans aucun nom. Les chiffres par collège sont tus comme sur le site. Licence Ouverte 2.0.",
    urls_namespace="api-interne",
    docs_url=None,
    openapi_url=None,
    throttle=[ParAdresse()],
)
ERREURS = dict.fromkeys((400, 404, 429), formes.Erreur)


def lire(chemin, nom, reponse, resume):
    """Register a reading at `chemin`, named `nom`, answering `reponse`."""
    return api.get(chemin, url_name=nom, response={200: reponse, **ERREURS}, summary=resume)


@api.exception_handler(Http404)
def _introuvable(request, erreur):
    return _refuser(request, 404, "introuvable", "Il n’y a rien de public à cette adresse. Vérifiez-la.")


@api.exception_handler(ValidationError)
def _mal_ecrit(request, erreur):
    nom = erreur.errors[0]["loc"][-1]
    return _refuser(request, 400, "mal_ecrit", f"« {nom} » est mal écrit. Regardez ce qu’il attend dans /api/.")


@api.exception_handler(Throttled)
def _trop_de_demandes(request, erreur):
    dit = f"Plus de {PAR_MINUTE} demandes en une minute. Attendez une minute, puis continuez."
    reponse = _refuser(request, 429, "trop_de_demandes", dit)
    reponse["Retry-After"] = "60"
    return reponse


def _refuser(request, statut, code, message):
    return api.create_response(request, {"code": code, "message": message}, status=statut)


@lire(
    "consultations", "consultations", list[formes.Consultation], "Les consultations dont une synthèse est publiée"
)
@paginate(Pages)
def consultations(request):
    return lectures.consultations()


@lire("consultations/{slug:slug}", "consultation", formes.Consultation, "Une consultation")
def consultation(request, slug: str):
    return lectures.consultation(slug)


@lire("consultations/{slug:slug}/pistes", "pistes", list[formes.Piste], "Ses pistes, et où en est chacune")
@paginate(Pages)
def pistes(request, slug: str, etat: Etat = ""):
    return lectures.pistes(slug, etat)


@lire(
    "consultations/{slug:slug}/pistes/{int:numero}",
    "piste",
    formes.PisteEntiere,
    "Une piste : ses mots, d’où elle vient, ses votes, ses réponses",
)
def piste(request, slug: str, numero: int):
    return lectures.piste(slug, numero)


@lire("consultations/{slug:slug}/votes", "votes", list[formes.VoteEntier], "Ses votes publiés, et leurs résultats")
@paginate(Pages)
def votes(request, slug: str):
    return lectures.votes(slug)


@lire("syntheses", "syntheses", list[formes.Synthese], "Les synthèses publiées")
@paginate(Pages)
def syntheses(request):
    return lectures.syntheses(request)


@lire("syntheses/{int:page_id}", "synthese", formes.SyntheseEntiere, "Une synthèse, partie par partie")
def synthese(request, page_id: int):
    return lectures.synthese_entiere(request, page_id)


@lire("fil-info", "fils", list[formes.FilInfo], "Les numéros du Fil d’Info")
@paginate(Pages)
def fils(request):
    return lectures.fils(request)


@lire("fil-info/{int:numero}", "fil", formes.FilInfoEntier, "Un numéro du Fil d’Info")
def fil(request, numero: int):
    return lectures.fil_entier(request, numero)


@lire("fiches", "fiches", list[formes.Fiche], "Les fiches, choisies par des mots et par leurs facettes")
@paginate(Pages)
def fiches(request, choix: Query[formes.ChoixDeFiches]):
    return lectures.fiches_trouvees(request)
