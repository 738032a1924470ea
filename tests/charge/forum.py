"""A forum of 10,000 people, 2,000 propositions and 200,000 votes: each screen, the search, the cards."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import modele, serveurs

GENS, DITES, VOIX, CARTES = 10_000, 2_000, 200_000, 10_000
MOTS = (
    "un bus le matin entre les villages", "garder les enfants des horaires décalés",
    "former les apprentis près d’ici",
    "une aire de covoiturage éclairée", "un garage solidaire le samedi", "traduire les consignes de sécurité",
    "payer une partie du trajet", "une cantine ouverte à tous", "des jardins partagés",
    "un lieu pour se rencontrer",
)  # fmt: skip
TOURS = 7
COMMANDE = "python -m tests.charge --seulement forum"


def mesurer():
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. Two minutes."""
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier:
        base = Path(dossier) / "germoir.sqlite3"
        shutil.copy(modele.base_migree(), base)
        # Pages made anew: `passants` tells what keeping them spares.
        env = serveurs._environnement(f"sqlite:///{base}", "", "tests.reglages") | {"GERMOIR_PAGES_GARDEES": "0"}
        lus = [lu for quoi in ("ecrans", "classeur", "cartes") for lu in _jouer(quoi, env)]
    return [
        {"name": nom, "value": valeur, "unit": unite, "baseline": None, "ratio": None, "command": COMMANDE}
        for nom, valeur, unite in lus
    ]


def _jouer(quoi, env):
    """One part of it in a process of its own, whose memory is then its own."""
    commande = [sys.executable, "-m", "tests.charge.forum", quoi]
    fait = subprocess.run(commande, cwd=serveurs.RACINE, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(fait.stdout.splitlines()[-1])


def remplir():
    """Return (forum, an account that moderates it), its vote closed."""
    from consultation import actions
    from consultation.models import Bulletin, Participant, Piste, Proposition, Voix
    from tests import fabriques as f
    from tests.consultation.fabriques_forum import creer_forum

    forum = creer_forum("proposer", "discuter", "voter")
    consultation, colleges = forum.consultation, list(forum.consultation.colleges.all())
    gens = Participant.objects.bulk_create(
        Participant(
            consultation=consultation, college=colleges[n % 3], origine="carte", code_personnel=None,
            accord_publication=True,
        )
        for n in range(GENS)
    )  # fmt: skip
    dites = Proposition.objects.bulk_create(
        Proposition(
            consultation=consultation, espace=forum.espace, auteur=gens[n], college=gens[n].college,
            texte=f"Il faut {MOTS[n % 10]}, et {MOTS[(n // 10) % 10]}, numéro {n}.",
            moderation="affichee" if n % 20 else "a_relire",
        )
        for n in range(DITES)
    )  # fmt: skip
    pistes = Piste.objects.bulk_create(
        Piste(consultation=consultation, espace=forum.espace, numero=n + 1, texte=dite.texte)
        for n, dite in enumerate(dites)
        if dite.moderation == "affichee"
    )
    for dite, piste in zip((d for d in dites if d.moderation == "affichee"), pistes, strict=True):
        dite.piste = piste
    Proposition.objects.bulk_update([d for d in dites if d.piste], ["piste"], batch_size=400)
    scrutin = actions.ouvrir_vote(consultation=consultation, par=None)
    Bulletin.objects.bulk_create(Bulletin(scrutin=scrutin, participant=p, college=p.college) for p in gens)
    chacun = VOIX // GENS
    Voix.objects.bulk_create(
        (
            Voix(
                scrutin=scrutin, participant=p, piste=pistes[(n * chacun + k) % len(pistes)], college=p.college,
                valeur=1 + (n + k) % 4,
            )
            for n, p in enumerate(gens)
            for k in range(chacun)
        ),
        batch_size=5000,
    )  # fmt: skip
    actions.corriger_decompte(scrutin=scrutin, par=None)
    actions.fermer_vote(consultation=consultation, par=None)
    return forum, f.creer_organisateur(consultation), dites


def _ecrans():
    from django.test import Client
    from django.urls import reverse

    from recherche.indexation import mettre_a_jour

    forum, compte, dites = remplir()
    slug = forum.consultation.slug

    def vers(nom, *args):
        return reverse(f"forums:{nom}", args=[slug, *args])

    lus = []
    debut = time.process_time()
    while mettre_a_jour():
        pass
    lus.append(("fiches of 2,000 propositions made", round(time.process_time() - debut, 2), "s"))
    passant, equipe = Client(), Client()
    equipe.force_login(compte)
    ecrans = [
        ("home", passant, vers("accueil")),
        ("index", passant, vers("propositions")),
        (
            "index, one college, one word",
            passant,
            vers("propositions") + f"?mots=bus&college={dites[1].college_id}",
        ),
        ("one proposition", passant, vers("proposition", dites[1].pk)),
        ("results", passant, vers("resultats")),
        ("moderation queue", equipe, vers("moderer")),
        ("search, a common word", passant, "/recherche/?q=bus"),
        ("search, two words and a facet", passant, "/recherche/?q=covoiturage+enfants&qui=Habitants"),
        ("search, a mistake", passant, "/recherche/?q=covoiturrage"),
        ("search, nothing", passant, "/recherche/?q=piscine+municipale"),
    ]
    for nom, client, adresse in ecrans:
        lus += _ecran(nom, client, adresse)
    return lus


def _ecran(nom, client, adresse):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(adresse)
    durees = []
    for _tour in range(TOURS):
        debut = time.process_time()
        reponse = client.get(adresse)
        durees.append((time.process_time() - debut) * 1000)
        assert reponse.status_code == 200, adresse
    with CaptureQueriesContext(connection) as requetes:
        client.get(adresse)
    return [(nom, round(sorted(durees)[TOURS // 2], 1), "ms"), (f"{nom}, queries", len(requetes), "")]


def _classeur():
    """Everything as one XLSX, by a tour of the worker, and the most memory this process has held."""
    from django.conf import settings

    from consultation import actions
    from consultation.gestion import tournee

    settings.VAR = Path(tempfile.mkdtemp(prefix="germoir-charge-"))
    avant = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    classeur, debut = actions.lancer_classeur(consultation=_le_forum().consultation, par=None), time.process_time()
    tournee.avancer()
    duree = time.process_time() - debut
    classeur.refresh_from_db()
    shutil.rmtree(settings.VAR)
    return [
        ("everything as XLSX", round(duree, 1), "s"),
        ("its rows", classeur.lignes, ""),
        ("the XLSX", round(classeur.octets / 1e6, 2), "MB"),
        ("memory before", round(avant / 1000), "MB"),
        ("memory at most", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000), "MB"),
    ]


def _le_forum():
    from consultation.models import Forum

    return Forum.objects.select_related("consultation__territoire", "espace").get()


def _cartes():
    from consultation import actions
    from contenus.impression.cartes import cartes_pdf

    forum, debut = _le_forum(), time.process_time()
    lot = actions.tirer_cartes(consultation=forum.consultation, libelle="Boîtes", nombre=CARTES, par=None)
    tirees = time.process_time() - debut
    pdf = cartes_pdf(forum, list(lot.codes.all()))
    return [
        ("10,000 codes drawn", round(tirees, 1), "s"),
        ("10,000 codes drawn and their cards printed", round(time.process_time() - debut, 1), "s"),
        ("the cards", round(len(getattr(pdf, "pdf", pdf)) / 1e6, 1), "MB"),
    ]


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
    django.setup()
    print(json.dumps({"ecrans": _ecrans, "classeur": _classeur, "cartes": _cartes}[sys.argv[1]]()))
