"""A scheme and its immersions, brought through the acts to where a test wants them."""

import itertools
from datetime import timedelta

from django.utils import timezone

from immersions import actions
from immersions.models import Partie
from tests import fabriques

_suite = itertools.count(1)
PDF = b"%PDF-1.7 signed"
OBJECTIFS = ("Tenir une caisse", "Ranger un rayon")


def jour(n):
    """The day `n` days from today."""
    return timezone.localdate() + timedelta(days=n)


def creer_dispositif(consultation=None, **champs):
    consultation = consultation or fabriques.creer_consultation()
    champs = {"porteur": "Le réseau des Deux Rives", "telephone": "01 00 00 00 00", "vise": 40, **champs}
    return actions.regler_dispositif(consultation=consultation, par=None, **champs)


def creer_entreprise(dispositif, **champs):
    fiche = {
        "nom": f"Boulangerie {next(_suite)}", "secteur": "commerce", "adresse": "4 place du Marché",
        "ville": "Saint-Exemple", "siret": "", "contact": "Paul", "telephone": "01 00 00 00 01", "accepte": "",
    }  # fmt: skip
    return actions.enregistrer_entreprise(dispositif=dispositif, par=None, **fiche | champs)


def demander(dispositif, personne=None, genre="decouverte", **champs):
    structure = champs.pop("structure", None) or fabriques.creer_structure()
    personne = personne or fabriques.creer_participant(dispositif.consultation, structure=structure)
    return actions.demander(
        dispositif=dispositif, participant=personne, code=personne.code_personnel, genre=genre, **champs
    )


def preparer(immersion, par=None, **champs):
    lus = {
        "genre": immersion.genre, "structure": immersion.structure, "referent": "Inès", "objet": "decouvrir",
        "entretien_le": jour(0), "prescripteur": "structure", "rome": "D1102", "contrat_fin": None,
        "garder_jusqu_au": jour(300), "objectifs": OBJECTIFS, "revision": immersion.revision, "motif": "",
    }  # fmt: skip
    return actions.preparer(immersion=immersion, par=par, **lus | champs)


def placer(immersion, par=None, **champs):
    lus = {
        "entreprise": immersion.entreprise or creer_entreprise(immersion.dispositif), "tuteur": "Paul, le patron",
        "debut": jour(3), "fin": jour(14), "horaires": "de 6 h à 13 h", "heures": 35, "taches": "Vendre le pain",
        "revision": immersion.revision, "motif": "",
    }  # fmt: skip
    return actions.placer(immersion=immersion, par=par, **lus | champs)


def creer_prete(dispositif=None, **champs):
    """An immersion whose convention may be signed. `champs`: of `placer`, `preparer` and `demander`."""
    dispositif = dispositif or creer_dispositif()
    qui = {nom: champs.pop(nom) for nom in ("personne", "genre", "structure") if nom in champs}
    entretien = {nom: champs.pop(nom) for nom in ("contrat_fin", "objet", "garder_jusqu_au") if nom in champs}
    return placer(preparer(demander(dispositif, **qui), **entretien), **champs)


def signer(immersion, *parties):
    """Sign, on paper but for the person, who types their code; all three when `parties` are not said."""
    for partie in parties or Partie.values:
        if partie == Partie.PERSONNE:
            code = immersion.participant.code_personnel
            actions.signer(immersion=immersion, partie=partie, code=code, version=immersion.version)
        else:
            actions.signer_sur_papier(
                immersion=immersion, partie=partie, scan=PDF, version=immersion.version, par=None
            )
    return immersion


def creer_faite(dispositif=None, issue="confirme", **champs):
    """An immersion that is over: signed, assessed, closed when `issue` is not ""."""
    immersion = signer(creer_prete(dispositif, **{"debut": jour(-20), "fin": jour(-9)} | champs))
    niveaux = {une.pk: 2 for une in immersion.competences.all()}
    actions.evaluer(immersion=immersion, niveaux=niveaux)
    immersion.refresh_from_db()
    if issue:
        actions.conclure(
            immersion=immersion, revision=immersion.revision, bilan_le=immersion.fin, issue=issue, par=None
        )
    immersion.refresh_from_db()
    return immersion
