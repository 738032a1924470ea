"""Someone asks to be forgotten: their name and their words are nowhere left, whatever kept them."""

import json
from io import BytesIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from ateliers import actions as ateliers_actions
from ateliers.direct import etats
from consultation import actions
from consultation.models import Synthese
from contenus import actions as contenus_actions
from contenus.models import FilInfoPage
from tests import fabriques
from tests.ateliers.fabriques_salle import faire_atelier, faire_consultation, faire_etapes
from tests.contenus.fabriques_contenus import poser_arborescence, publier

pytestmark = pytest.mark.django_db
NOM, PRENOM = "Martinvillequetot", "Zébulonnette"
MOTS, CRITERE = "un casier turquoise au vestiaire", "des gants fuchsia pour tous"
SECRETS = {NOM, PRENOM, MOTS, CRITERE}


def base_entiere():
    """Every value of every table, as one text."""
    lignes = []
    with connection.cursor() as curseur:
        for table in connection.introspection.table_names(curseur):
            curseur.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            lignes += [repr(ligne) for ligne in curseur.fetchall()]
    return "\n".join(lignes)


def traces(texte):
    """Which of the secrets are in `texte`, in any case, written as they are or escaped as JSON does."""
    lu = texte.casefold()
    formes = {secret: {secret.casefold(), json.dumps(secret)[1:-1].casefold()} for secret in SECRETS}
    return {secret for secret, ecrits in formes.items() if any(ecrit in lu for ecrit in ecrits)}


@pytest.fixture
def salle():
    poser_arborescence()
    atelier = faire_atelier(faire_consultation())
    faire_etapes(atelier)
    return atelier


@pytest.fixture
def parti(salle):
    """Someone who spoke, was gathered, voted on, quoted, published, printed, and whose page has a history."""
    consultation, espace = salle.consultation, salle.espace
    parti = actions.inscrire(
        consultation=consultation,
        college=fabriques.college(consultation),
        prenom=PRENOM,
        nom=NOM,
        accord_publication=True,
        cle="appareil-de-zebulonnette",
    )
    ateliers_actions.entrer(atelier=salle, participant=parti)
    mots = fabriques.creer_proposition(espace, MOTS, parti, axe=None)
    critere = fabriques.creer_proposition(espace, CRITERE, parti, nature="critere")
    (piste,) = actions.semer_orphelines(espace=espace, par=None)
    actions.formuler_piste(piste=piste, texte="Marquer les casiers", par=None)
    actions.formuler_piste(piste=piste, texte=MOTS.upper(), par=None)
    scrutin = fabriques.creer_scrutin(espace, [piste])
    actions.voter(scrutin=scrutin, participant=parti, choix={piste.pk: 2})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    synthese = actions.ouvrir_synthese(consultation=consultation, titre="Synthèse", par=None)
    ligne = synthese.sections.get().lignes.get()
    assert ligne.criteres == critere.texte
    actions.ecrire_ligne(ligne=ligne, criteres=f"{CRITERE}\nAutre", indicateurs="", pistes=[piste], par=None)
    publier(contenus_actions.faire_page(synthese=synthese, par=None))
    contenus_actions.composer_fil_info(numero=1, syntheses=[Synthese.objects.get()], par=None)
    FilInfoPage.objects.get().get_latest_revision().publish()
    assert mots.texte == MOTS
    return parti


def lu_dehors(client, salle):
    """What a visitor, the room and an organiser's export show, and what is kept aside to show it faster."""
    adresses = ["/syntheses/synthese/", "/fil-info/numero-1/", f"/a/{salle.code}/etat.json"]
    pages = [client.get(adresse) for adresse in adresses]
    assert [page.status_code for page in pages] == [200, 200, 200]
    organisateur = fabriques.creer_organisateur(salle.consultation)
    client.force_login(organisateur)
    fichier = client.post(
        reverse("gestion:exports", args=[salle.consultation.pk]), {"sorte": "tout", "forme": "xlsx"}
    )
    assert fichier.status_code == 200
    feuilles = load_workbook(BytesIO(fichier.getvalue())).worksheets
    cellules = [str(cellule) for feuille in feuilles for ligne in feuille.values for cellule in ligne]
    client.logout()
    gardes = [*map(str, etats._gardes.values()), str(getattr(cache, "_cache", ""))]
    return "\n".join([*(page.text for page in pages), *cellules, *gardes])


def test_before_it_their_words_are_wherever_words_go_and_after_it_nowhere(client, salle, parti):
    assert traces(lu_dehors(client, salle)) >= {MOTS, CRITERE}
    assert traces(base_entiere()) == SECRETS
    actions.effacer_participant(participant=parti)
    assert traces(lu_dehors(client, salle)) == set()
    assert traces(base_entiere()) == set()
    medias = [f.read_bytes().decode("latin-1") for f in settings.MEDIA_ROOT.rglob("*") if f.is_file()]
    assert traces("\n".join(medias)) == set()


def test_what_they_chose_is_led_to_by_nothing_and_everything_agrees(parti):
    actions.effacer_participant(participant=parti)
    assert f", {parti.pk}, " not in str(list(parti.consultation.scrutins.get().voix.values_list("participant_id")))
    call_command("verifier", verbosity=0)
