"""A year of two thousand immersions: the board, the officer's list, a hundred conventions one after another."""

import json
import resource
import shutil
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from tests import modele, serveurs

from .forum import _ecran

IMMERSIONS = 2000
CONVENTIONS = 100
COMMANDE = "python -m tests.charge --seulement immersions"


def mesurer():
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. A minute."""
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier:
        base = Path(dossier) / "germoir.sqlite3"
        shutil.copy(modele.base_migree(), base)
        env = serveurs._environnement(f"sqlite:///{base}", "", "tests.reglages")
        dit = serveurs.jouer("tests.charge.immersions", env=env, dossier=dossier)
    return [
        {"name": nom, "value": valeur, "unit": unite, "baseline": None, "ratio": None, "command": COMMANDE}
        for nom, valeur, unite in json.loads(dit.splitlines()[-1])
    ]


def remplir(annee, combien=IMMERSIONS):
    """A year of signed immersions, shared out over its days, kinds, sectors, structures and outcomes."""
    from django.utils import timezone

    from consultation.models import Participant
    from immersions.models import Competence, Immersion, Obstacle, Partie, Secteur, Signature
    from tests import fabriques
    from tests.immersions import fabriques_immersions as f

    dispositif = f.creer_dispositif()
    structures = [fabriques.creer_structure(nom=f"Structure {n}") for n in range(12)]
    hotes = [f.creer_entreprise(dispositif, secteur=secteur) for secteur in Secteur.values]
    college = fabriques.creer_participant(dispositif.consultation).college
    gens = Participant.objects.bulk_create(
        Participant(consultation=dispositif.consultation, college=college, prenom=f"Prénom {n}", nom=f"Nom {n}")
        for n in range(combien)
    )
    issues, genres = Immersion.Issue.values, Immersion.Genre.values
    jours = [date(annee, 1, 2) + timedelta(days=n * 361 // combien) for n in range(combien)]
    faites = Immersion.objects.bulk_create(
        Immersion(
            dispositif=dispositif, participant=qui, genre=genres[n % 3 == 0], structure=structures[n * n % 12],
            entreprise=hotes[n % 11], secteur=hotes[n % 11].secteur, objet="decouvrir", tuteur="Paul",
            prescripteur="structure", debut=fin - timedelta(days=n % 26), fin=fin, horaires="de 8 h à 15 h",
            taches="Suivre le travail", garder_jusqu_au=fin + timedelta(days=700),
            entretien_le=fin - timedelta(days=40), issue=issues[n * 7 % len(issues)] if n % 20 else "",
            evaluee_le=timezone.now() if n % 20 else None, bilan_le=fin if n % 20 else None,
        )
        for n, (qui, fin) in enumerate(zip(gens, jours, strict=True))
    )  # fmt: skip
    Signature.objects.bulk_create(
        Signature(immersion=une, partie=partie, moyen="code", version=1, le=timezone.now())
        for une in faites
        for partie in Partie.values
    )
    sortes = Obstacle.Sorte.values
    Obstacle.objects.bulk_create(
        Obstacle(immersion=une, sorte=sortes[n % 5], qui="Lui", leve_le=une.debut if n % 3 else None)
        for n, une in enumerate(faites[::2])
    )
    Competence.objects.bulk_create(
        Competence(immersion=une, rang=1, intitule="Tenir une caisse", niveau=2) for une in faites
    )
    return dispositif, faites


def _lire():
    from django.test import Client

    from immersions import actions, impression
    from tests import fabriques

    annee = date.today().year - 1
    dispositif, faites = remplir(annee)
    debut = time.process_time()
    actions.arreter_trimestre(dispositif=dispositif, annee=annee, numero=4, par=None)
    lus = [("four quarters counted", round(time.process_time() - debut, 1), "s")]
    client = Client()
    client.force_login(fabriques.creer_organisateur(dispositif.consultation))
    public = f"/immersions/{dispositif.consultation.slug}/"
    bureau = f"/gestion/consultations/{dispositif.consultation_id}/immersions/"
    ecrans = {
        "the board of a year": f"{public}bord/",
        "the board of a sector": f"{public}bord/?pour=secteur:batiment",
        "the board as XLSX": f"{public}bord.xlsx",
        "the officer's list": bureau,
        "the officer's list, its last page": f"{bureau}?page=40",
        "a name and a state": f"{bureau}?mots=nom+19&etat=finie",
        "what waits": f"{bureau}attentes/",
        "the network's meeting": f"{bureau}reunion/",
    }
    for nom, adresse in ecrans.items():
        lus += _ecran(nom, client, adresse)
    impression.convention_pdf(faites[0])
    avant, debut = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    for une in faites[:CONVENTIONS]:
        impression.convention_pdf(une)
    lus.append((f"{CONVENTIONS} conventions, one by one", round(time.process_time() - debut, 1), "s"))
    plus = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - avant
    lus.append(("memory more at their end than after the first", round(plus / 1024, 1), "MB"))
    for combien in (CONVENTIONS, 2 * CONVENTIONS):
        lus += _relier(dispositif, faites[:combien])
    print(json.dumps(lus))


def _relier(dispositif, faites):
    """What one file of these conventions costs, and what it weighs."""
    from immersions import impression, lectures

    avant, debut = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    siennes = lectures.immersions_de(dispositif).filter(pk__in=[une.pk for une in faites])
    pretes, _incompletes = lectures.conventions(siennes.prefetch_related("signatures"), len(faites))
    with impression.conventions_pdf(pretes, "Conventions") as flux:
        duree, poids = time.process_time() - debut, flux.seek(0, 2)
    assert len(pretes) == len(faites)
    plus = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - avant
    nom = f"{len(faites)} conventions in one file"
    return [
        (nom, round(duree, 1), "s"),
        (f"{nom}, memory more than before", round(plus / 1024, 1), "MB"),
        (f"{nom}, its weight", round(poids / 2**20, 1), "MB"),
    ]


if __name__ == "__main__":
    import django

    django.setup()
    _lire()
