"""Fiches on A4 paper, one or a whole collection, from the same content as their pages."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..lectures.fiche import fiche as lire
from ..lectures.fiche import genre_de, parties, reperes
from . import texte_riche
from .composer import composer
from .corps import corps
from .dessins import dessins


def fiche_pdf(page):
    """Return the PDF of one fiche, with what it leads to. Raises EchecImpression."""
    vue = lire(page)
    seule = _fiche(page) | {
        "methodes": [_lien(lien) for lien in vue.methodes],
        "formations": [_lien(lien) for lien in vue.formations],
        "documents": [_lien(lien) for lien in vue.documents],
        "pistes": [_piste(piste) for piste in vue.pistes],
    }
    return _composer([seule], _("Fiche %(numero)s") % {"numero": page.reference})


def collection_pdf(pages):
    """Return the PDF of several fiches, each on a page of its own after their list. Raises EchecImpression."""
    nom = ngettext("%(n)d fiche", "%(n)d fiches", len(pages)) % {"n": len(pages)}
    vides = {"methodes": [], "formations": [], "documents": [], "pistes": []}
    return _composer([_fiche(page) | vides for page in pages], nom)


def _composer(fiches, nom):
    donnees = {"titre": nom, "fiches": fiches, "svg": dessins("logo", "i-papier"), "mots": _mots()}
    return composer("fiches", donnees, nom=nom)


def _fiche(page):
    return {
        "numero": page.reference,
        "titre": page.title,
        "genre": genre_de(page),
        "en_bref": page.en_bref,
        "reperes": [[r.nom, f"{r.valeur} ({r.precision})" if r.precision else r.valeur] for r in reperes(page)],
        "illustration": corps(page.illustration),
        "parties": [_partie(partie) for partie in parties(page)],
        "unite": getattr(page, "unite", ""),
        "adresse": page.full_url or "",
    }


def _partie(partie):
    if partie.forme == "texte":
        return {"titre": partie.titre, "forme": "texte", "valeur": texte_riche.blocs(partie.valeur)}
    return {"titre": partie.titre, "forme": partie.forme, "valeur": partie.valeur}


def _lien(lien):
    return {"titre": lien.titre, "precision": lien.precision, "lien": texte_riche.adresse(lien.adresse)}


def _piste(piste):
    mots = piste.texte or _("(mots d’une personne qui n’a pas donné son accord pour les publier)")
    return {"numero": piste.numero, "texte": mots, "source": piste.page.title}


def _mots():
    return {
        "fiche": _("Fiche"),
        "numero": _("n°"),
        "annee": _("Année"),
        "vise": _("Visé"),
        "fait": _("Fait"),
        "methodes": _("Méthodes et outils"),
        "formations": _("Formations"),
        "documents": _("Documents"),
        "pistes": _("Pistes citées"),
    }
