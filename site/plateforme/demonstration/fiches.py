"""Thirty invented fiches, cited by a number of the newsletter, with documents that were downloaded."""

import random
import tomllib
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.text import slugify
from wagtail.documents.models import Document
from wagtail.log_actions import LogContext

from consultation.gestion.tableur import en_xlsx
from contenus.amorce import poser_arborescence
from contenus.models import CasPage, DispositifPage, FichePage, FilInfoPage, PisteCitee, Telechargements

from .horloge import a_la_date, jour_a

TEXTES = Path(__file__).parent / "textes" / "fiches.toml"
_RICHES = {"description", "demande", "demarche", "bilan", "objectifs", "pourquoi", "evaluation", "apports"}
_BLOCS = {
    "partenaires": ("partenaire", ("nom", "role")),
    "etapes": ("etape", ("titre", "texte")),
    "resultats": ("resultat", ("annee", "vise", "fait")),
    "methodes": ("methode", ("titre", "precision", "lien")),
    "formations": ("formation", ("titre", "precision")),
}


def poser(equipe, page_de_synthese):
    """Publish the fiches, once, and cite one of them in the last number."""
    if FichePage.objects.exists():
        return
    dites = tomllib.loads(TEXTES.read_text(encoding="utf-8"))
    etagere = poser_arborescence(par=equipe.admin).fiches
    genres = [(CasPage, dites["cas"]), (DispositifPage, dites["dispositif"])]
    with a_la_date(jour_a(-40, 10)), LogContext(user=equipe.edition):
        for modele, fiches in genres:
            for dite in fiches:
                _publier(etagere, modele, dite, page_de_synthese, equipe.edition)
    _citer(FichePage.objects.get(numero=118), equipe.edition)


def _publier(etagere, modele, dite, synthese, par):
    citees, documents = dite.pop("pistes", []), dite.pop("documents", [])
    champs = {nom: _valeur(nom, mots) for nom, mots in dite.items()}
    page = modele(title=champs.pop("titre"), slug=slugify(dite["titre"]), owner=par, **champs)
    page.documents = [("document", {"document": _document(titre), "precision": ""}) for titre in documents]
    page.pistes_citees = [PisteCitee(synthese=synthese, numero=numero) for numero in citees]
    etagere.refresh_from_db()
    etagere.add_child(instance=page)
    page.save_revision(user=par, log_action=True, clean=False).publish(user=par)


def _valeur(nom, mots):
    if nom in _RICHES:
        return "".join(f"<p>{ligne}</p>" for ligne in mots.split("\n"))
    if nom in _BLOCS:
        genre, cles = _BLOCS[nom]
        return [(genre, dict(zip(cles, ligne, strict=True))) for ligne in mots]
    return mots


def _document(titre):
    """A sheet to fill in, and downloads as a year would have left them."""
    feuille = (titre, ["Quoi", "Qui", "Quand"], [["", "", ""]] * 12)
    fichier = ContentFile(en_xlsx([feuille]), f"{slugify(titre)}.xlsx")
    document = Document.objects.create(title=titre, file=fichier)
    Telechargements.objects.create(document=document, nombre=random.Random(titre).randint(20, 180))
    return document


def _citer(fiche, par):
    numero = FilInfoPage.objects.get(numero=4)
    numero.corps.append(("fiche", {"fiche": fiche, "precision": "Une fiche à lire avant l’hiver."}))
    with a_la_date(jour_a(-13, 9)), LogContext(user=par):
        numero.save_revision(user=par, log_action=True).publish(user=par)
