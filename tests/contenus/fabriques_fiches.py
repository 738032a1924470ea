"""Fiches of the tests: published, each with words of its own."""

from django.utils.text import slugify

from contenus.models import CasPage, DispositifPage, FichesIndexPage

CAS = {
    "categorie": "Organisation du travail",
    "secteur": "Services à la personne",
    "region": "24",
    "annee": 2025,
    "en_bref": "Cinq permanents écrivent qui fait quoi. L’accueil n’est plus interrompu le matin.",
    "description": "<p>L’association met à disposition des personnes.</p>",
    "bilan": "<p>Neuf rendez-vous sur dix ont eu lieu.</p>",
}
DISPOSITIF = {
    "categorie": "Immersions",
    "region": "32",
    "annee": 2013,
    "en_bref": "Un réseau organise ensemble les immersions en entreprise.",
    "porteur": "Une association du bassin",
    "etapes": [("etape", {"titre": "Préparer", "texte": "Un entretien à trois."})],
    "partenaires": [("partenaire", {"nom": "Les structures", "role": "Elles repèrent les besoins."})],
    "unite": "immersions dans l’année",
    "resultats": [("resultat", {"annee": 2013, "vise": 40, "fait": 106})],
}


def creer_cas(numero, titre="Une petite équipe se répartit les rôles", **champs):
    return _creer(CasPage, numero, titre, {**CAS, **champs})


def creer_dispositif(numero, titre="Un réseau d’immersions", **champs):
    return _creer(DispositifPage, numero, titre, {**DISPOSITIF, **champs})


def _creer(modele, numero, titre, champs):
    champs = {"slug": slugify(f"{titre} {numero}"), **champs}
    page = modele(title=titre, numero=numero, **champs)
    return FichesIndexPage.objects.get().add_child(instance=page)
