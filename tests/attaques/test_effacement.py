"""Someone asks to be forgotten: their name and their words are nowhere left, whatever kept them."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from ateliers import actions as ateliers_actions
from ateliers.direct import reserve
from ateliers.models import Adresse, Attente, Place
from consultation import actions
from consultation.models import CopieGrille, Synthese
from contenus import actions as contenus_actions
from contenus.models import FilInfoPage
from tests import fabriques
from tests.ateliers.fabriques_salle import faire_atelier, faire_consultation, faire_etapes
from tests.consultation.test_grilles import TROIS, contenu
from tests.contenus.fabriques_contenus import poser_arborescence, publier

pytestmark = pytest.mark.django_db
NOM, PRENOM = "Martinvillequetot", "Zébulonnette"
MOTS, CRITERE = "un casier turquoise au vestiaire", "des gants fuchsia pour tous"
REPONSE, COURRIEL = "un tabouret safran au poste", "zebulonnette@exemple.test"
OBJECTION = "le vieux four coûterait trop cher"
SECRETS = {NOM, PRENOM, MOTS, CRITERE, REPONSE, OBJECTION, COURRIEL}


def base_entiere():
    """Every value of every table, as one text."""
    lignes = []
    with connection.cursor() as curseur:
        for table in connection.introspection.table_names(curseur):
            curseur.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            lignes += [repr(ligne) for ligne in curseur.fetchall()]
    lignes += [json.dumps(seance.get_decoded()) for seance in Session.objects.all()]
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


def repondre_et_attendre(salle, parti):
    """They send a questionnaire and half of another, object, leave an e-mail, and wait for a seat."""
    for envoyee in (True, False):
        grille = actions.creer_grille(
            consultation=salle.consultation, titre="Parcours", contenu=contenu(*TROIS), par=None
        )
        actions.mettre_en_ligne(grille=grille, par=None)
        grille.refresh_from_db()
        copie = actions.commencer_grille(grille=grille, participant=parti)
        reponses = {"aide": {"": REPONSE}, "accueil": {"": "souvent"}}
        actions.repondre(copie=copie, participant=parti, reponses=reponses, appareil="le sien", rang=3)
        if envoyee:
            actions.envoyer_grille(copie=copie, participant=parti)
    scrutin = fabriques.creer_scrutin(salle.espace, mode="consent")
    piste = scrutin.pistes.first()
    actions.objecter(scrutin=scrutin, participant=parti, piste_id=piste.pk, raison=OBJECTION)
    Adresse.objects.create(participant=parti, courriel=COURRIEL, jusqu_au=date(2099, 1, 1))
    Attente.objects.create(atelier=faire_atelier(salle.consultation, code="P7P4M2"), participant=parti)


def taper_sans_etre_connu(client, salle):
    """Forms sent after their session had gone wait in this browser's: two say their words or name."""
    adresse = reverse("saisir_carte", args=[salle.pk])
    for texte in (f"Noté : {MOTS.upper()}", f"Une idée de {PRENOM} {NOM} pour demain", "Une rampe à l’entrée"):
        client.post(adresse, {"texte": texte, "origine_note": "table 3"})


@pytest.fixture
def parti(salle, client):
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
    # What was asked may quote them, and what they wrote before is kept for them alone.
    actions.demander_precision(proposition=mots, demande=f"« {MOTS} » : pour qui ?", par=None)
    actions.preciser(proposition=mots, participant=parti, texte="Un casier à chacun")
    actions.demander_precision(proposition=mots, demande="De quelle couleur ?", par=None)
    mots = actions.preciser(proposition=mots, participant=parti, texte=MOTS)
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
    repondre_et_attendre(salle, parti)
    taper_sans_etre_connu(client, salle)
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
    gardes = [*map(str, reserve._gardes.values()), str(getattr(cache, "_cache", ""))]
    return "\n".join([*(page.text for page in pages), *cellules, *gardes])


def test_before_it_their_words_are_wherever_words_go_and_after_it_nowhere(client, salle, parti):
    assert traces(lu_dehors(client, salle)) >= {MOTS, CRITERE}
    assert traces(base_entiere()) == SECRETS
    actions.effacer_participant(participant=parti)
    assert traces(lu_dehors(client, salle)) == set()
    assert traces(base_entiere()) == set()
    medias = [f.read_bytes().decode("latin-1") for f in settings.MEDIA_ROOT.rglob("*") if f.is_file()]
    assert traces("\n".join(medias)) == set()


def test_what_others_typed_still_waits_for_them(parti):
    actions.effacer_participant(participant=parti)
    (seance,) = Session.objects.all()
    (piece,) = seance.get_decoded()["saisies_gardees"].values()
    assert dict(piece["champs"])["texte"] == "Une rampe à l’entrée"


def test_what_they_sent_of_a_questionnaire_counts_without_them_and_is_poured_into_no_room(salle, parti):
    actions.effacer_participant(participant=parti)
    (copie,) = CopieGrille.objects.select_related("version", "grille")
    assert (copie.participant, copie.valeurs, copie.ordres) == (None, {"accueil": {"": "souvent"}}, {})
    assert (copie.pk < 0, copie.commencee_le, copie.envoyee_le) == (True, *2 * [copie.version.publiee_le])
    assert not actions.verser_textes(
        grille=copie.grille, question="aide", copies=[copie], espace=salle.espace, par=None
    )


def test_their_seat_goes_to_who_waits_for_it(salle):
    gens = [fabriques.creer_participant(salle.consultation) for _rang in range(2)]
    atelier = faire_atelier(salle.consultation, code="P7P4M2", capacite=1)
    for personne in gens:
        ateliers_actions.demander_place(atelier=atelier, participant=personne, par=None)
    actions.effacer_participant(participant=gens[0])
    assert list(Place.objects.filter(atelier=atelier).values_list("participant", flat=True)) == [gens[1].pk]


def test_what_they_chose_is_led_to_by_nothing_and_everything_agrees(parti):
    actions.effacer_participant(participant=parti)
    assert f", {parti.pk}, " not in str(
        list(parti.consultation.scrutins.first().voix.values_list("participant_id"))
    )
    call_command("verifier", verbosity=0)


def test_neither_their_device_nor_the_key_of_their_ballot_is_left_beside_what_they_chose(salle):
    qui = fabriques.creer_participant(salle.consultation)
    mots = fabriques.creer_proposition(salle.espace, MOTS, qui)
    actions.masquer_passages(proposition=mots, passages=[(0, 9)], par=None)
    scrutin = fabriques.creer_scrutin(salle.espace, fabriques.creer_pistes(salle.espace, 2))
    choix = {scrutin.pistes.first().pk: 2}
    actions.voter(scrutin=scrutin, participant=qui, choix=choix, cle="cle-du-vote", appareil="appareil-du-vote")
    laisse = ("cle-du-vote", "appareil-du-vote")
    assert [mot in base_entiere() for mot in laisse] == [True, True]
    actions.effacer_participant(participant=qui)
    assert [mot in base_entiere() for mot in laisse] == [False, False]
    mots.refresh_from_db()
    assert (mots.texte, mots.masques) == ("", [])
