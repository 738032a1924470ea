"""The desk of visits: what it shows, what each button does, bad input said."""

import io
import re

import pypdf
import pytest
from django.urls import reverse

from tests import fabriques as f
from tests.visites.fabriques_visites import avec_recit, creer_visite, demander, faite, grille_commune, repondre
from visites import lectures
from visites.models import Demande, Visite

pytestmark = pytest.mark.django_db


@pytest.fixture
def seminaire():
    return f.creer_consultation()


@pytest.fixture
def bureau(client, seminaire):
    client.force_login(f.creer_organisateur(seminaire))
    return client


def chez(seminaire, nom="visites", *args):
    return reverse(f"gestion_visites:{nom}", args=[seminaire.pk, *args])


def lire(bureau, vers, statut=200):
    reponse = bureau.get(vers)
    assert reponse.status_code == statut
    return reponse.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def agir(bureau, visite, acte, **champs):
    vers = chez(visite.consultation, f"visites_{acte}", visite.pk)
    return bureau.post(vers, champs, follow=True).content.decode().replace("\u00a0", " ")


SAISIE = {
    "entreprise": "Le Fournil",
    "a_voir": "Le four et la boutique.",
    "debut": "14/10/2031 à 9 h 30",
    "fin": "14/10/2031 à 12 h",
    "lieu": "2 rue du Four",
    "places": "8",
}


def test_from_nothing_to_an_open_visit(bureau, seminaire):
    assert "Aucune visite" in lire(bureau, chez(seminaire))
    page = bureau.post(chez(seminaire, "visites_ajouter"), SAISIE, follow=True).content.decode()
    visite = Visite.objects.get()
    assert ("Ouvrir la visite" in page, visite.etat) == (True, "preparation")
    assert "chacun peut demander une place" in agir(bureau, visite, "ouvrir")
    page = lire(bureau, chez(seminaire))
    assert [mots in page for mots in ("Le Fournil", "0 sur 8", "Ouverte", "de 9 h 30 à 12 h")] == [True] * 4
    preparation = lire(bureau, reverse("gestion:preparation", args=[seminaire.pk]))
    assert "1 visite." in preparation


def test_bad_input_comes_back_under_its_field_with_what_was_typed(bureau, seminaire):
    reponse = bureau.post(chez(seminaire, "visites_ajouter"), {**SAISIE, "fin": "14/10/2031 à 9 h"})
    page = reponse.content.decode()
    assert (reponse.status_code, "La fin est avant le début" in page, "2 rue du Four" in page) == (422, True, True)
    assert bureau.post(chez(seminaire, "visites_ajouter"), {**SAISIE, "debut": "demain"}).status_code == 422
    assert Visite.objects.count() == 0


def test_someone_without_a_phone_is_put_down_and_taken_out(bureau, seminaire):
    visite = creer_visite(seminaire, places=1)
    amina, karim = f.creer_participant(seminaire, prenom="Amina"), f.creer_participant(seminaire, prenom="Karim")
    assert "une place est notée" in agir(bureau, visite, "inscrire", personne=amina.pk)
    assert "attend une place" in agir(bureau, visite, "inscrire", personne=karim.pk)
    assert "Choisissez une personne" in agir(bureau, visite, "inscrire", personne="x")
    ailleurs = f.creer_participant(f.creer_consultation())
    assert "Choisissez une personne" in agir(bureau, visite, "inscrire", personne=ailleurs.pk)
    page = agir(bureau, visite, "rendre", personne=amina.pk)
    assert ("Viennent\u202f: 1 sur 1" in page, "Attendent" in page) == (True, False)
    assert list(Demande.objects.values_list("participant", "etat")) == [(karim.pk, "place")]


def test_calling_off_asks_why(bureau, seminaire):
    visite = creer_visite(seminaire)
    assert "annuler" in lire(bureau, chez(seminaire, "visites_annuler", visite.pk)).lower()
    assert bureau.post(chez(seminaire, "visites_annuler", visite.pk), {"motif": ""}).status_code == 422
    assert "le lisent sur leur page" in agir(bureau, visite, "annuler", motif="Un incendie")
    assert "Un incendie" in lire(bureau, chez(seminaire, "visites_gens", visite.pk))


def test_a_visit_that_someone_asked_for_is_not_removed(bureau, seminaire):
    visite = creer_visite(seminaire)
    demander(visite)
    vers = chez(seminaire, "visites_supprimer", visite.pk)
    assert bureau.post(vers).status_code == 409
    assert "sont supprimés" not in lire(bureau, chez(seminaire, "visites_supprimer", visite.pk))
    assert Visite.objects.count() == 1


def test_places_are_proposed_read_over_and_given(bureau, seminaire):
    vers = chez(seminaire, "visites_repartir")
    assert "Aucune visite n’attend" in lire(bureau, vers)
    visite = creer_visite(seminaire, places=2, a_repartir=True)
    un, deux = (demander(visite)[0].participant_id for _ in range(2))
    autre = demander(visite, signe="permanents")[0].participant_id
    (part,) = bureau.get(vers).context["parts"]
    assert [(d.participant_id, choisie) for d, _region, choisie in part.lignes] == [
        (un, True),
        (deux, False),
        (autre, True),
    ]
    assert [(college.signe, n) for college, n in part.melange] == [("salaries", 1), ("permanents", 1)]
    champ = f"visite-{visite.pk}"
    reponse = bureau.post(vers, {champ: [un, deux, autre]})
    assert (reponse.status_code, reponse.context["parts"][0].choisies) == (409, 3)
    reponse = bureau.post(vers, {champ: [deux, autre]}, follow=True)
    assert "2 personnes ont une place" in reponse.content.decode()
    assert list(visite.demandes.order_by("pk").values_list("etat", flat=True)) == ["attente", "place", "place"]


def test_who_has_a_place_elsewhere_comes_after_and_their_own_territory_tells_their_region(
    seminaire, django_assert_num_queries
):
    bretagne = f.creer_territoire(nom="Bretagne", niveau="region")
    brest = f.creer_territoire(nom="Brest", niveau="local", parent=bretagne)
    ailleurs = creer_visite(seminaire, "Le Moulin", dans=30)
    visite = creer_visite(seminaire, places=2, a_repartir=True)
    deux_fois, occupee = demander(ailleurs)[0].participant, f.creer_participant(seminaire)
    demander(creer_visite(seminaire, "Le Fournil"), occupee)
    bretonne = f.creer_participant(seminaire, territoire=brest)
    visite.demandes.create(participant=occupee)  # at the same hour
    demander(visite, deux_fois, bretonne)
    with django_assert_num_queries(2):
        (part,) = lectures.repartition(seminaire)
    assert [(d.participant, region and region.nom, choisie) for d, region, choisie in part.lignes] == [
        (occupee, None, False),
        (deux_fois, None, True),
        (bretonne, "Bretagne", True),
    ]
    Visite.objects.filter(pk=visite.pk).update(places=1)
    (part,) = lectures.repartition(seminaire)
    assert [d.participant for d, _region, choisie in part.lignes if choisie] == [bretonne]


def test_the_report_from_the_grille_to_its_publication(bureau, seminaire):
    visite = creer_visite(seminaire)
    amina = demander(visite)[0].participant
    visite = faite(visite)
    page = chez(seminaire, "visites_compte_rendu", visite.pk)
    assert "pas encore de grille" in lire(bureau, page)
    commune = grille_commune(seminaire)
    assert "Choisissez une grille" in agir(bureau, visite, "grille", grille="x")
    assert "en ligne pour cette visite" in agir(bureau, visite, "grille", grille=commune.pk)
    visite.refresh_from_db()
    repondre(visite.grille, amina, constat="La porte reste ouverte.")
    assert "Choisissez un atelier" in agir(bureau, visite, "constats", espace="x")
    espace = f.creer_espace(consultation=seminaire)
    assert "1 constat est une proposition" in agir(bureau, visite, "constats", espace=espace.pk)
    long = bureau.post(page, {"recit": "x" * 4001})
    assert (long.status_code, "x" * 4001 in long.content.decode()) == (422, True)
    assert "est enregistré" in agir(bureau, visite, "compte_rendu", recit="Chacun forme le suivant.")
    assert "Dites oui ou non" in agir(bureau, visite, "accord", personne=amina.pk)
    assert "1 oui sur 1" in agir(bureau, visite, "accord", personne=amina.pk, accord="oui")
    assert "Il faut l’accord de l’entreprise" in agir(bureau, visite, "publier")
    Visite.objects.update(accord_entreprise=True)
    assert "est publié" in agir(bureau, visite, "publier")
    assert "n’est plus publié" in agir(bureau, visite, "retirer")


def test_before_the_visit_there_is_nothing_to_write(bureau, seminaire):
    visite = creer_visite(seminaire)
    page = chez(seminaire, "visites_compte_rendu", visite.pk)
    assert "Il s’écrit après la visite" in lire(bureau, page)
    assert bureau.post(page, {"recit": "Déjà"}).status_code == 409


def test_the_sheet_says_who_comes_and_hands_the_enterprise_its_own_address(bureau, seminaire):
    visite = creer_visite(seminaire)
    demander(visite, f.creer_participant(seminaire, prenom="Zohra"))
    reponse = bureau.get(chez(seminaire, "visites_feuille", visite.pk))
    pages = pypdf.PdfReader(io.BytesIO(reponse.content)).pages
    lu = re.sub(r"[\s\u200b]", "", "".join(page.extract_text() for page in pages))  # an address may be cut
    assert [mots in lu for mots in ("Zohra", visite.lieu.replace(" ", ""), visite.cle)] == [True, True, True]
    assert "no-store" in reponse["Cache-Control"]


def test_another_seminars_visit_does_not_exist_here(bureau, seminaire):
    ailleurs = avec_recit(creer_visite(faite=True))
    lire(bureau, chez(seminaire, "visites_gens", ailleurs.pk), 404)
