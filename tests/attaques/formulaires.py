"""The forms a browser would find on the pages, with what is already in them: what an attacker starts from."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import lxml.html
from django.urls import Resolver404, resolve

from . import monde as m


@dataclass(frozen=True)
class Formulaire:
    acteur: str
    adresse: str
    nom: str
    champs: tuple
    fichiers: tuple

    @property
    def valeurs(self):
        return {nom: list(valeurs) for nom, valeurs in self.champs}


def recolter(monde, pages):
    """Return {address name: [Formulaire]} from the pages (actor, address name), one for each set of fields."""
    trouves = {}
    for acteur, nom in pages:
        adresse = m.adresse(nom, monde.ici)
        if nom == "nouvelle_synthese":
            adresse += f"?espace={monde.ici.atelier.espace_id}"
        reponse = monde.client(acteur).get(adresse)
        if reponse.status_code == 200 and reponse["Content-Type"].startswith("text/html"):
            for lu in _lire(acteur, adresse, reponse.content):
                deja = trouves.setdefault(lu.nom, [])
                if {cle for cle, _v in lu.champs} not in [{cle for cle, _v in autre.champs} for autre in deja]:
                    deja.append(lu)
    return trouves


def _lire(acteur, page, contenu):
    for form in lxml.html.document_fromstring(contenu).iter("form"):
        if form.get("method", "get").lower() != "post":
            continue
        adresse = urlsplit(urljoin(page, form.get("action") or page)).path
        nom = nom_de(adresse)
        if nom:
            champs = tuple((cle, tuple(valeurs)) for cle, valeurs in _champs(form).items())
            noms = [e.get("name") for e in form.iter("input") if e.get("type") == "file"]
            fichiers = tuple(filter(None, noms))
            yield Formulaire(acteur, adresse, nom, champs, fichiers)


def nom_de(adresse):
    """Return the full name of an address of ours, or ""."""
    try:
        trouve = resolve(adresse)
    except Resolver404:
        return ""
    return trouve.view_name if trouve.view_name in m.adresses() else ""


def _champs(form):
    champs = {}
    for element in form.iter("input", "textarea", "select", "button"):
        cle = element.get("name")
        if not cle or cle == "csrfmiddlewaretoken" or element.get("type") == "file":
            continue
        if element.tag == "textarea":
            valeur = element.text_content()
        elif element.tag == "select":
            choisies = [*element.xpath(".//option[@selected]"), *element.iter("option")]
            valeur = choisies[0].get("value", "") if choisies else ""
        else:
            valeur = element.get("value", "")
            if element.get("type") in ("checkbox", "radio"):
                deja = champs.setdefault(cle, [])
                if "checked" in element.attrib or (element.get("type") == "radio" and not deja):
                    champs[cle] = [*deja, valeur] if element.get("type") == "checkbox" else [valeur or "on"]
                continue
        champs[cle] = [valeur]
    return champs
