"""What is shown of the things found: their words as anyone may read them now, and where they are read."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page

from consultation.analyse.mots import en_morceaux, extrait, racines
from consultation.models import Forum, Piste, Proposition
from contenus.lectures.mots import mots_des_pistes
from contenus.models import SynthesePage
from visites.models import Visite

from .models import Fiche

Genre = Fiche.Genre


@dataclass(frozen=True)
class Resultat:
    """`titre` and `suite` are pieces: [(text, whether it was asked)]. `dit`: whether these are people's words.
    `annulee`: a visit called off."""

    trouve: object
    adresse: str
    titre: list
    suite: list
    numero: int | None = None
    axe: str = ""
    dit: bool = False
    annulee: bool = False


class _Choses:
    """What the things found on one screen are made of. Nine queries at most."""

    def __init__(self, trouves):
        def ids(cle, *genres):
            return {t.cles[cle] for t in trouves if t.genre in genres and t.cles[cle]}

        self.propositions = (
            Proposition.objects.select_related("college", "axe", "consultation").in_bulk(
                ids("proposition", Genre.PROPOSITION)
            )
        )  # fmt: skip
        self.pistes = Piste.objects.select_related("axe", "consultation").in_bulk(ids("piste", Genre.PISTE))
        self.pages = Page.objects.in_bulk(ids("page", Genre.PAGE, Genre.DOCUMENT, Genre.PISTE))
        self.documents = get_document_model().objects.in_bulk(ids("document", Genre.DOCUMENT))
        visites = Visite.objects.select_related("consultation")
        self.visites = visites.in_bulk(ids("visite", Genre.VISITE))
        slugs = {t.ou for t in trouves if t.genre == Genre.FORUM}
        forums = Forum.objects.filter(consultation__slug__in=slugs).select_related("consultation", "espace")
        self.forums = {forum.consultation.slug: forum for forum in forums}
        figees = SynthesePage.objects.in_bulk(ids("page", Genre.PISTE))
        paires = [
            (figees[t.cles["page"]], self.pistes[t.cles["piste"]].numero)
            for t in trouves
            if t.genre == Genre.PISTE and t.cles["page"] in figees
        ]
        self.mots_figes = {(page.pk, n): mots for (page, n), mots in mots_des_pistes(paires).items()}


def presenter(trouves, voulues):
    """Return the Resultats of one screen, in order."""
    choses = _Choses(trouves)
    return [_FAIRE[t.genre](t, choses, voulues) for t in trouves]


def _resultat(trouve, adresse, titre, suite, voulues, **autres):
    return Resultat(
        trouve, adresse, en_morceaux(titre, voulues), en_morceaux(extrait(suite, voulues), voulues), **autres
    )


def _de_la_proposition(trouve, choses, voulues):
    dite = choses.propositions[trouve.cles["proposition"]]
    adresse = reverse("forums:proposition", args=[dite.consultation.slug, dite.pk])
    axe = dite.axe.titre if dite.axe else ""
    texte = extrait(dite.texte_public, voulues)
    return _resultat(trouve, adresse, texte, "", voulues, numero=dite.pk, axe=axe, dit=True)


def _de_la_piste(trouve, choses, voulues):
    piste = choses.pistes[trouve.cles["piste"]]
    axe = piste.axe.titre if piste.axe else ""
    if (page := choses.pages.get(trouve.cles["page"])) is not None:
        mots = choses.mots_figes.get((page.pk, piste.numero), "")
        adresse = f"{page.get_url()}#p{piste.numero}"
    else:
        mots, adresse = piste.texte, reverse("forums:resultats", args=[piste.consultation.slug])
    return _resultat(trouve, adresse, mots, "", voulues, numero=piste.numero, axe=axe, dit=True)


def _du_forum(trouve, choses, voulues):
    forum = choses.forums[trouve.ou]
    adresse = reverse("forums:accueil", args=[trouve.ou])
    return _resultat(trouve, adresse, forum.consultation.titre, forum.espace.question, voulues, dit=True)


def _de_la_visite(trouve, choses, voulues):
    visite = choses.visites[trouve.cles["visite"]]
    adresse = reverse("visites:visite", args=[visite.consultation.slug, visite.pk])
    suite = f"{visite.a_voir}\n{visite.lieu}"
    annulee = visite.etat == Visite.Etat.ANNULEE
    return _resultat(trouve, adresse, visite.entreprise, suite, voulues, dit=True, annulee=annulee)


def _de_la_page(trouve, choses, voulues):
    page = choses.pages[trouve.cles["page"]]
    return _resultat(trouve, page.get_url(), page.title, page.search_description, voulues, dit=True)


def _du_document(trouve, choses, voulues):
    document, page = choses.documents[trouve.cles["document"]], choses.pages[trouve.cles["page"]]
    return _resultat(trouve, document.url, document.title, page.title, voulues, dit=True)


_FAIRE = {
    Genre.PROPOSITION: _de_la_proposition,
    Genre.PISTE: _de_la_piste,
    Genre.FORUM: _du_forum,
    Genre.VISITE: _de_la_visite,
    Genre.PAGE: _de_la_page,
    Genre.DOCUMENT: _du_document,
}


def ecrire(mots, resultats):
    """Return `mots` as people write them: a stem put in place of a mistake becomes the word that was found."""
    lus = {}
    for resultat in resultats:
        for morceau, demande in (*resultat.titre, *resultat.suite):
            if demande:
                lus.update(dict.fromkeys(racines(morceau), morceau.lower()))
    return [lus.get(mot, mot) for mot in mots]
