"""The visits of a seminar as anyone reads them, and as someone with a code asks."""

import pytest
from django.urls import reverse
from icalendar import Calendar

from contenus.lectures.moi import dossier
from tests import fabriques as f
from visites import actions, lectures

from .fabriques_visites import (
    avec_recit,
    creer_visite,
    demander,
    faite,
    grille_commune,
    le,
    repondre,
    tenir,
)

pytestmark = pytest.mark.django_db


def adresse(visite, nom="visite"):
    return reverse(f"visites:{nom}", args=[visite.consultation.slug, visite.pk])


def lire(client, vers, statut=200):
    reponse = client.get(vers)
    assert reponse.status_code == statut
    return reponse.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def faire(client, visite, nom, **champs):
    return client.post(adresse(visite, nom), champs, follow=True).content.decode()


def ma_page(client):
    return lire(client, reverse("contenus:moi"))


def test_the_list_shows_what_is_open_and_called_off_never_what_is_prepared(client):
    seminaire = f.creer_consultation(etat="preparation")
    vers = reverse("visites:liste", args=[seminaire.slug])
    assert client.get(vers).status_code == 404
    creer_visite(seminaire, "Cachée", ouverte=False)
    assert client.get(vers).status_code == 404
    creer_visite(seminaire, "Le Fournil", places=1)
    actions.annuler(visite=creer_visite(seminaire, "Le Moulin"), motif="Un incendie", par=None)
    creer_visite(seminaire, "La Friche", faite=True)
    page = lire(client, vers)
    dits = ("Cachée", "Le Fournil", "Il reste 1 place", "Un incendie", "Déjà faites", "La visite a eu lieu")
    assert [mots in page for mots in dits] == [False, True, True, True, True, True]


def test_a_seminar_without_visits_says_so(client):
    seminaire = f.creer_consultation()
    assert "Aucune visite n’est annoncée" in lire(client, reverse("visites:liste", args=[seminaire.slug]))


def test_lists_read_the_same_number_of_queries_whatever_their_length(django_assert_num_queries):
    visite = creer_visite()
    (demande,) = demander(visite)
    amina = demande.participant
    for n in range(4):
        demander(creer_visite(visite.consultation, f"Visite {n}", dans=20 + n), amina)
    with django_assert_num_queries(2):
        assert len(lectures.publiques(visite.consultation, amina)) == 5
    with django_assert_num_queries(2):
        assert len(lectures.de_ma_page([amina])[amina.pk]) == 5


def test_someone_asks_gives_back_and_reads_where_it_stands(client):
    visite = creer_visite(places=1)
    amina = f.creer_participant(visite.consultation)
    tenir(client, amina)
    assert "Je viens" in lire(client, adresse(visite))
    assert "vous avez une place" in faire(client, visite, "demander")
    assert "Vous avez une place" in ma_page(client)
    assert "vous ne venez pas" in faire(client, visite, "rendre")
    demander(visite)
    assert "liste d’attente" in faire(client, visite, "demander")
    assert "Vous êtes n° 1 sur la liste d’attente" in ma_page(client)
    actions.rendre(visite=visite, participant=visite.demandes.first().participant)
    assert "La place que vous attendiez est à vous" in ma_page(client)


def test_a_stranger_is_asked_for_their_code(client):
    visite = creer_visite()
    assert "ouvrez votre page avec votre code" in lire(client, adresse(visite))
    for nom in ("demander", "rendre", "accord"):
        assert client.post(adresse(visite, nom)).url == reverse("contenus:moi")
    assert visite.demandes.count() == 0


def test_a_refusal_stays_on_the_page_with_its_reason(client):
    visite = creer_visite()
    amina = f.creer_participant(visite.consultation)
    demander(creer_visite(visite.consultation, "Le Fournil"), amina)
    reponse = tenir(client, amina).post(adresse(visite, "demander"))
    assert (reponse.status_code, "Le Fournil" in reponse.content.decode()) == (409, True)


def test_moved_or_called_off_who_had_asked_reads_what_it_was_and_why(client):
    visite = creer_visite(debut=le(3), fin=le(3, 12))
    tenir(client, demander(visite)[0].participant)
    visite.debut, visite.fin = le(4, 14), le(4, 17)
    actions.enregistrer_visite(visite=visite, par=None)
    for page in (ma_page(client), lire(client, adresse(visite))):
        assert "Mercredi 4 juin 2031, de 14 h à 17 h" in page
        assert "C’était : Mardi 3 juin 2031, de 9 h à 12 h, 3 quai du Halage" in page
    autre = f.creer_participant(visite.consultation)
    demander(visite, autre)
    assert "C’était" not in lire(tenir(client, autre), adresse(visite))
    actions.annuler(visite=visite, motif="Un incendie", par=None)
    assert "Un incendie" in ma_page(client)


def test_the_calendar_file_follows_each_change(client):
    visite = creer_visite(debut=le(3), fin=le(3, 12))

    def lu():
        calendrier = Calendar.from_ical(client.get(adresse(visite, "rendez-vous")).content)
        (evenement,) = calendrier.walk("VEVENT")
        return str(calendrier["method"]), str(evenement["status"]), evenement["sequence"], evenement["dtstart"].dt

    assert lu() == ("PUBLISH", "CONFIRMED", 0, le(3))
    visite.debut = le(3, 10)
    actions.enregistrer_visite(visite=visite, par=None)
    assert lu() == ("PUBLISH", "CONFIRMED", 1, le(3, 10))
    actions.annuler(visite=visite, motif="Un incendie", par=None)
    assert lu() == ("CANCEL", "CANCELLED", 2, le(3, 10))


def test_a_report_goes_from_the_visitors_to_the_public_page(client):
    visite = creer_visite(places=2)
    amina, karim = (demander(visite)[0].participant for _ in range(2))
    grille = actions.preparer_compte_rendu(visite=visite, grille=grille_commune(visite.consultation), par=None)
    grille.refresh_from_db()
    visite = avec_recit(faite(visite), "Chacun forme le suivant.")
    tenir(client, amina)
    assert ("Dire ce que j’ai vu" in ma_page(client), "Relire le compte rendu" in ma_page(client)) == (True, True)
    amina.accord_publication = True
    amina.save()
    repondre(grille, amina, constat="La porte reste ouverte.")
    actions.verser_constats(visite=visite, espace=f.creer_espace(consultation=visite.consultation), par=None)
    assert "Vous pouvez changer d’avis" in faire(client, visite, "accord", accord="oui")
    faire(client, visite, "accord", accord="peut-être")
    actions.accorder(visite=visite, participant=karim, accord=True)
    client.cookies.clear()
    assert "Chacun forme le suivant." not in lire(client, adresse(visite))
    chez_elle = reverse("visites:entreprise", args=[visite.cle])
    assert "Chacun forme le suivant." in lire(client, chez_elle)
    client.post(chez_elle, {"accord": "oui"})
    actions.publier(visite=visite, par=None)
    page = lire(client, adresse(visite))
    assert [mots in page for mots in ("Chacun forme le suivant.", "La porte reste ouverte.")] == [True, True]
    client.post(chez_elle, {"accord": "non"})
    assert "Chacun forme le suivant." not in lire(client, adresse(visite))


def test_the_enterprise_is_told_when_there_is_nothing_to_read_yet(client):
    visite = creer_visite()
    chez_elle = reverse("visites:entreprise", args=[visite.cle])
    assert "Il n’est pas encore écrit" in lire(client, chez_elle)
    assert client.post(chez_elle, {"accord": "oui"}).status_code == 409
    lire(client, reverse("visites:entreprise", args=["x" * 22]), 404)


def test_what_is_held_of_someone_goes_with_them():
    visite = creer_visite()
    (demande,) = demander(visite)
    assert dossier(demande.participant)["visites"] == [
        {
            "entreprise": visite.entreprise,
            "debut": visite.debut.isoformat(),
            "etat": "place",
            "demandee_le": demande.demandee_le.isoformat(),
            "place_le": None,
            "accord_compte_rendu": None,
        }
    ]
