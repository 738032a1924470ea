"""Ten thousand fiches: the index with its facets, the search, one fiche, a reading list."""

import json
import shutil
import tempfile
import time
import uuid
from copy import copy
from pathlib import Path

from tests import modele, serveurs

from .forum import MOTS, _ecran

FICHES = 10_000
SECTEURS = ("Services à la personne", "Espaces verts", "Bâtiment", "Recyclage", "Restauration", "Textile")
CATEGORIES = ("Accueil", "Organisation du travail", "Apprendre au travail", "Santé", "Gouvernance", "Immersions")
COMMANDE = "python -m tests.charge --seulement fiches"


def mesurer():
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. Half a minute."""
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier:
        base = Path(dossier) / "germoir.sqlite3"
        shutil.copy(modele.base_migree(), base)
        env = serveurs._environnement(f"sqlite:///{base}", "", "tests.reglages")
        dit = serveurs.jouer("tests.charge.fiches", env=env, dossier=dossier)
    return [
        {"name": nom, "value": valeur, "unit": unite, "baseline": None, "ratio": None, "command": COMMANDE}
        for nom, valeur, unite in json.loads(dit.splitlines()[-1])
    ]


def remplir(combien=FICHES):
    """Make so many cases under the index. The first is made by the product, the others are copied from it."""
    from contenus.amorce import poser_arborescence
    from contenus.models import CasPage, FichePage, FichesIndexPage
    from tests.contenus.fabriques_fiches import creer_cas

    poser_arborescence()
    modele = creer_cas(1)
    etagere = FichesIndexPage.objects.get()
    copies = [_copie(modele, etagere, numero) for numero in range(2, combien + 1)]
    for table in (FichePage._meta.pk.related_model, FichePage, CasPage):
        _ecrire(table, copies)
    FichesIndexPage.objects.filter(pk=etagere.pk).update(numchild=combien)


def _copie(modele, etagere, numero):
    from consultation.analyse.mots import a_garder
    from contenus.regions import REGIONS

    fiche = copy(modele)
    fiche._state = copy(modele._state)
    fiche.id = fiche.page_ptr_id = fiche.fichepage_ptr_id = modele.pk + numero
    fiche.numero, fiche.annee = numero, 2000 + numero % 27
    fiche.title = fiche.draft_title = f"{MOTS[numero % 10].capitalize()}, et {MOTS[numero // 10 % 10]}"
    fiche.slug, fiche.translation_key = f"fiche-{numero}", uuid.uuid4()
    fiche.path = modele._get_path(etagere.path, modele.depth, numero)
    fiche.url_path = f"{etagere.url_path}{fiche.slug}/"
    fiche.categorie, fiche.secteur = CATEGORIES[numero % 6], SECTEURS[numero // 6 % 6]
    fiche.region = REGIONS[numero % len(REGIONS)].code
    fiche.mots, fiche.mots_du_titre = a_garder(*fiche.textes()), a_garder(fiche.title)
    return fiche


def _ecrire(table, copies):
    """Insert the rows of one table of these pages: Django writes pages of several tables one by one only."""
    from django.db import connection

    champs = table._meta.local_concrete_fields
    colonnes = ", ".join(connection.ops.quote_name(champ.column) for champ in champs)
    trous = ", ".join(["%s"] * len(champs))
    lignes = [[c.get_db_prep_save(getattr(f, c.attname), connection) for c in champs] for f in copies]
    with connection.cursor() as curseur:
        curseur.executemany(f"INSERT INTO {table._meta.db_table} ({colonnes}) VALUES ({trous})", lignes)


def _lire():
    from django.test import Client

    from contenus.lectures.liste import COOKIE
    from contenus.models import CasPage, FichesIndexPage

    debut = time.process_time()
    remplir()
    lus = [(f"{CasPage.objects.count()} fiches made", round(time.process_time() - debut, 1), "s")]
    ici, client = FichesIndexPage.objects.get().get_url(), Client()
    client.cookies[COOKIE] = "1"  # a reader who keeps a list: pages kept for those who are nobody are not theirs
    ecrans = {
        "index, all facets": ici,
        "index, its last page": f"{ici}?page=500",
        "index, two facets": f"{ici}?categorie=Accueil&region=53",
        "search, a common word": f"{ici}?q=bus",
        "search, two words and a facet": f"{ici}?q=covoiturage+enfants&secteur=Textile",
        "search, a mistake": f"{ici}?q=covoiturrage",
        "search, nothing": f"{ici}?q=piscine+municipale",
        "one fiche": f"{ici}fiche-4000/",
        "a reading list of twenty": "/liste-de-lecture/?" + "&".join(f"n={n}" for n in range(100, 120)),
    }
    for nom, adresse in ecrans.items():
        lus += _ecran(nom, client, adresse)
    print(json.dumps(lus))


if __name__ == "__main__":
    import django

    django.setup()
    _lire()
