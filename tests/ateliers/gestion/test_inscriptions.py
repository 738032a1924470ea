"""The desk's people: imported, listed, exported, corrected, printed."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ateliers.inscriptions import lectures
from ateliers.models import Adresse, Atelier
from consultation.models import Journal, Participant
from tests.fabriques import (
    college,
    creer_organisateur,
    creer_structure,
    registre,
)

from ..fabriques_inscriptions import en_csv, seminaire
from .gestes import adresse, inscrit

pytestmark = pytest.mark.django_db


def envoyer(client, consultation, lignes, nom="liste.csv"):
    octets = lignes if isinstance(lignes, bytes) else en_csv(lignes)
    return client.post(adresse("importer", consultation), {"fichier": SimpleUploadedFile(nom, octets)})


LISTE = [["Prénom", "Collège", "Ateliers"], ["Amina", "En parcours", "Apprendre"], ["<i>Bao</i>", "permanant", ""]]


def test_a_list_is_looked_at_then_confirmed_and_only_then_written(pupitre):
    consultation, _ateliers, client = pupitre
    assert envoyer(client, consultation, LISTE)["Location"] == adresse("colonnes", consultation)
    page = client.get(adresse("apercu", consultation))
    texte = page.content.decode()
    assert page.context["apercu"].comptes == {
        "creer": 1,
        "modifier": 0,
        "inchangee": 0,
        "doublon": 0,
        "refusee": 1,
    }
    assert "collège « permanant » inconnu. Vouliez-vous dire « Permanents » ?" in texte
    assert "Ligne 3" in texte
    assert "<i>Bao</i>" not in texte
    assert Participant.objects.count() == 0
    client.post(adresse("apercu", consultation), {"jeton": page.context["attente"]["jeton"]})
    assert [p.prenom for p in Participant.objects.all()] == ["Amina"]


def test_what_an_import_did_is_said_and_nothing_else(pupitre):
    consultation, _ateliers, client = pupitre
    envoyer(client, consultation, [*LISTE, LISTE[1]])
    page = client.get(adresse("apercu", consultation))
    comptes = page.content.decode().split('class="g-comptes"')[1].split("</ul>")[0]
    assert [mot in comptes for mot in ("> doublon réuni<", "> laissée de côté<")] == [True, True]
    fait = client.post(adresse("apercu", consultation), {"jeton": page.context["attente"]["jeton"]}, follow=True)
    assert [str(dit).strip() for dit in fait.context["messages"]] == [
        "Liste importée : 1 inscrit, 1 doublon réuni, 1 ligne laissée de côté."
    ]


def test_a_confirmation_serves_once_and_only_whoever_sent_the_list(pupitre):
    consultation, _ateliers, client = pupitre
    envoyer(client, consultation, LISTE)
    jeton = client.get(adresse("apercu", consultation)).context["attente"]["jeton"]
    from django.test import Client

    autre = Client()
    autre.force_login(creer_organisateur(consultation))
    assert autre.post(adresse("apercu", consultation), {"jeton": jeton})["Location"] == adresse(
        "importer", consultation
    )
    for faux in ("autre", "é", ""):
        reponse = client.post(adresse("apercu", consultation), {"jeton": faux})
        assert reponse["Location"] == adresse("importer", consultation)
    assert Participant.objects.count() == 0
    client.post(adresse("apercu", consultation), {"jeton": jeton})
    client.post(adresse("apercu", consultation), {"jeton": jeton})
    assert registre(consultation).count("importer_inscriptions") == 1


def test_a_list_left_waiting_too_long_is_forgotten(pupitre):
    consultation, _ateliers, client = pupitre
    envoyer(client, consultation, LISTE)
    session = client.session
    session[f"inscriptions_{consultation.pk}"]["le"] -= 3601
    session.save()
    assert client.get(adresse("apercu", consultation))["Location"] == adresse("importer", consultation)
    assert f"inscriptions_{consultation.pk}" not in client.session


def test_a_file_that_cannot_be_read_says_why_under_its_field(pupitre):
    consultation, _ateliers, client = pupitre
    reponse = envoyer(client, consultation, b"\xd0\xcf\x11\xe0" + b"0" * 99, "<script>.xls")
    assert reponse.status_code == 422
    assert reponse.context["form"].errors["fichier"] == [
        "Ce fichier est abîmé. Ouvrez-le dans votre tableur et enregistrez-le à nouveau."
    ]


def test_the_example_file_imports_as_it_is(pupitre):
    consultation, _ateliers, client = pupitre
    exemple = client.get(adresse("exemple", consultation)).content
    envoyer(client, consultation, exemple, "exemple.xlsx")
    apercu = client.get(adresse("apercu", consultation)).context["apercu"]
    assert apercu.comptes == {"creer": 2, "modifier": 0, "inchangee": 0, "doublon": 0, "refusee": 0}


def test_the_list_is_searched_filtered_and_sorted_by_known_columns_only(pupitre):
    consultation, ateliers, client = pupitre
    inscrit(consultation, "Bao", ateliers=ateliers[:1])
    inscrit(consultation, "Amina")

    def noms(**params):
        return [p.prenom for p in client.get(adresse("inscriptions", consultation), params).context["object_list"]]

    assert noms(q="bao") == ["Bao"]
    assert noms(atelier=ateliers[0].pk) == ["Bao"]
    assert noms(ordering="-tri") == ["Bao", "Amina"]
    assert noms(ordering="compte__password") == ["Amina", "Bao"]
    assert noms(ordering="1);DROP TABLE") == ["Amina", "Bao"]


def test_filters_offer_nothing_of_another_consultation(pupitre):
    consultation, _ateliers, client = pupitre
    autre, _par, etrangers = seminaire()
    inscrit(consultation)
    reponse = client.get(
        adresse("inscriptions", consultation), {"atelier": etrangers[0].pk, "college": college(autre).pk}
    )
    assert reponse.status_code == 200
    assert autre.titre not in reponse.content.decode()


def test_the_list_asks_as_little_for_many_as_for_one(pupitre, django_assert_max_num_queries):
    consultation, ateliers, client = pupitre
    inscrit(consultation, "Un", structure=creer_structure(), ateliers=ateliers[2:])
    client.get(adresse("inscriptions", consultation))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as un:
        client.get(adresse("inscriptions", consultation))
    Atelier.objects.update(capacite=None)
    for n in range(20):
        inscrit(consultation, f"P{n}", structure=creer_structure(), ateliers=ateliers[1:2])
    with django_assert_max_num_queries(len(un)):
        client.get(adresse("inscriptions", consultation))


def exporter(client, consultation, **donnees):
    reponse = client.post(adresse("inscriptions_exporter", consultation), donnees)
    if donnees.get("forme") == "xlsx":
        feuille = openpyxl.load_workbook(io.BytesIO(reponse.content)).active
        return [list(ligne) for ligne in feuille.iter_rows(values_only=True)]
    return list(csv.reader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))


def test_the_export_leaves_codes_out_unless_asked_and_no_cell_is_a_formula(pupitre):
    consultation, ateliers, client = pupitre
    personne = inscrit(consultation, "@SUM(1+1)", nom="-2+3", ateliers=ateliers[:1])
    lignes = exporter(client, consultation, forme="csv")
    assert lignes == [
        ["Prénom", "Nom", "Structure", "Ville", "Collège", "Territoire", "Ateliers"],
        ["'@SUM(1+1)", "'-2+3", "", "", "Salariés en parcours", "", "Apprendre"],
    ]
    assert personne.code_lisible not in str(lignes)
    assert exporter(client, consultation, forme="xlsx", codes="oui")[1][-1] == personne.code_lisible
    assert [e.details["codes"] for e in Journal.objects.filter(verbe="exporter").order_by("pk")] == [False, True]


def test_a_person_is_corrected_moved_given_a_code_then_forgotten(pupitre):
    consultation, ateliers, client = pupitre
    personne = inscrit(consultation, ateliers=ateliers[:1])
    code = personne.code_personnel
    donnees = {"prenom": "Baoh", "college": college(consultation, "permanents").pk, "ateliers": [ateliers[1].pk]}
    client.post(adresse("inscription", consultation, personne.pk), donnees)
    client.post(adresse("remettre_code", consultation, personne.pk))
    personne.refresh_from_db()
    assert (personne.prenom, personne.college.signe, personne.places.get().atelier) == (
        "Baoh",
        "permanents",
        ateliers[1],
    )
    assert personne.code_personnel != code
    page = client.get(adresse("effacer", consultation, personne.pk)).content.decode()
    assert "Les résultats du groupe ne changent pas." in page
    client.post(adresse("effacer", consultation, personne.pk), {"motif": "à sa demande"})
    sans_nom = consultation.participants.get(efface_le__isnull=False)
    assert (sans_nom.prenom, sans_nom.code_personnel, sans_nom.college) == ("", None, personne.college)
    assert not consultation.participants.filter(pk=personne.pk).exists()
    assert client.get(adresse("inscription", consultation, personne.pk)).status_code == 404


def test_who_asks_for_a_full_workshop_by_hand_is_registered_and_waits(pupitre):
    consultation, ateliers, client = pupitre
    for prenom in ("A", "B"):
        inscrit(consultation, prenom, ateliers=ateliers[:1])
    donnees = {"prenom": "Trop", "college": college(consultation).pk, "ateliers": [ateliers[0].pk]}
    page = client.post(adresse("inscription_ajouter", consultation), donnees, follow=True).content.decode()
    assert "L’inscription de Trop est enregistrée. Sur la liste d’attente : Apprendre." in page
    assert "Apprendre (en attente)" in page
    assert "Donner les places libres" not in page
    Atelier.objects.filter(pk=ateliers[0].pk).update(capacite=3)
    assert "Donner les places libres" in client.get(adresse("inscriptions", consultation)).content.decode()
    client.post(adresse("donner_les_places", consultation))
    assert "(en attente)" not in client.get(adresse("inscriptions", consultation)).content.decode()


def test_columns_are_recognised_changed_and_asked_for_when_missing(pupitre):
    consultation, _ateliers, client = pupitre
    envoyer(client, consultation, [["Liste"], ["Qui", "Groupe"], ["Awa", "Permanents"]])
    page = client.get(adresse("colonnes", consultation))
    jeton = page.context["attente"]["jeton"]
    choix = {"jeton": jeton, "entete": "1", "relire": "1"}
    client.post(adresse("colonnes", consultation), choix)
    manque = client.post(adresse("colonnes", consultation), {"jeton": jeton})
    assert (manque.status_code, manque.context["refus"]) == (422, "Dites quelle colonne donne : Prénom, Collège.")
    dites = {"jeton": jeton, "colonne-0": "prenom", "colonne-1": "college"}
    assert client.post(adresse("colonnes", consultation), dites)["Location"] == adresse("apercu", consultation)
    assert client.get(adresse("apercu", consultation)).context["apercu"].comptes["creer"] == 1


def test_each_unknown_word_is_asked_once_and_its_answer_holds_for_all_its_rows(pupitre):
    consultation, _ateliers, client = pupitre
    envoyer(client, consultation, [["Prénom", "Collège"], ["Awa", "CDDI"], ["Ali", "cddi"], ["Zoé", "<b>?!</b>"]])
    jeton = client.get(adresse("colonnes", consultation)).context["attente"]["jeton"]
    assert client.post(adresse("colonnes", consultation), {"jeton": jeton})["Location"] == adresse(
        "mots", consultation
    )
    page = client.get(adresse("mots", consultation))
    (_titre, (cddi, inconnu)) = page.context["groupes"][0]
    assert (cddi.lignes, cddi.textes, inconnu.propose) == ([2, 3], ["CDDI", "cddi"], "")
    assert "<b>?!</b>" not in page.content.decode()
    choix = {"jeton": jeton, cddi.nom: cddi.propose, inconnu.nom: "-"}
    client.post(adresse("mots", consultation), choix)
    client.post(adresse("apercu", consultation), {"jeton": jeton})
    assert [(p.prenom, p.college.signe) for p in Participant.objects.all()] == [
        ("Ali", "salaries"),
        ("Awa", "salaries"),
    ]


def test_addresses_are_kept_only_when_the_organiser_says_so(pupitre):
    consultation, _ateliers, client = pupitre
    lignes = [
        ["Prénom", "Collège", "Courriel"],
        ["Awa", "Permanents", "awa@exemple.test"],
        ["Ali", "Permanents", "x"],
    ]
    for dit, gardees in (("", []), ("oui", ["awa@exemple.test"])):
        envoyer(client, consultation, lignes)
        jeton = client.get(adresse("colonnes", consultation)).context["attente"]["jeton"]
        client.post(adresse("apercu", consultation), {"jeton": jeton, "adresses": dit})
        assert [a.courriel for a in Adresse.objects.all()] == gardees
        Participant.objects.all().delete()


def test_badges_hold_what_a_person_needs(pupitre, settings):
    consultation, ateliers, _client = pupitre
    settings.URL_PUBLIQUE = "https://germoir.test"
    personne = inscrit(consultation, "<b>Bao</b>", ateliers=[ateliers[0], ateliers[1]])
    badge = lectures.badges(consultation)[0]
    assert (badge.prenom, badge.college_court, badge.signe, badge.code_lisible, badge.adresse) == (
        "<b>Bao</b>",
        "En parcours",
        "salaries",
        personne.code_lisible,
        f"https://germoir.test/m/{personne.code_personnel}/",
    )
    assert [a.titre for a in badge.ateliers] == ["Apprendre", "Transmettre, partager"]


def test_badges_are_five_to_a_sheet_and_read_in_two_queries(pupitre, django_assert_num_queries):
    consultation, _ateliers, client = pupitre
    for n in range(11):
        inscrit(consultation, f"P{n}")
    contexte = client.get(adresse("codes", consultation)).context
    assert (contexte["nb_badges"], contexte["feuilles"]) == (11, 3)
    with django_assert_num_queries(2):
        lectures.badges(consultation)


def test_badges_come_by_college_or_by_organisation_with_those_of_none_last(pupitre):
    consultation, _ateliers, _client = pupitre
    tilleul, aubepine = creer_structure(nom="Tilleul"), creer_structure(nom="Aubépine")
    for prenom, structure in (("A", None), ("B", tilleul), ("C", aubepine), ("D", tilleul)):
        inscrit(consultation, prenom, structure=structure)
    assert [b.prenom for b in lectures.badges(consultation)] == ["A", "B", "C", "D"]
    assert [b.prenom for b in lectures.badges(consultation, ordre="structure")] == ["C", "B", "D", "A"]


def test_posters_leave_rehearsals_out_and_are_read_in_one_query(pupitre, django_assert_num_queries):
    consultation, ateliers, _client = pupitre
    Atelier.objects.filter(pk=ateliers[2].pk).update(repetition=True)
    with django_assert_num_queries(1):
        affiches = lectures.affiches(consultation)
    assert [(a.titre, a.code) for a in affiches] == [(a.titre, a.code) for a in ateliers[:2]]


def test_who_registers_after_the_print_shows_as_still_to_print(pupitre):
    consultation, _ateliers, client = pupitre
    _tranquille, change = inscrit(consultation, "Avant"), inscrit(consultation, "Autre code")
    client.post(adresse("codes_imprimes", consultation))
    inscrit(consultation, "Après")
    client.post(adresse("remettre_code", consultation, change.pk))
    assert client.get(adresse("codes", consultation)).context["nb_nouveaux"] == 2
    gens, _derniere = lectures.badges_a_imprimer(consultation)
    assert sorted(p.prenom for p in gens) == ["Après", "Autre code"]
