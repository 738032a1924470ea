"""The desk's pages: who may open them, what they say, what they write."""

import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ateliers.inscriptions import lectures
from ateliers.inscriptions.actions import inscrire_personne
from ateliers.models import Atelier, Etape, Salle
from consultation.models import Journal, Mandat, Participant, Scrutin
from tests.fabriques import (
    college,
    creer_animateur,
    creer_compte,
    creer_consultation,
    creer_organisateur,
    creer_structure,
)

from .fabriques_inscriptions import en_csv, seminaire

pytestmark = pytest.mark.django_db

PAGES = [
    "temps",
    "temps_ajouter",
    "salles",
    "salles_ajouter",
    "ateliers",
    "ateliers_ajouter",
    "inscriptions",
    "inscriptions_resultats",
    "inscription_ajouter",
    "importer",
    "exemple",
    "codes",
]
ACTES = ["temps_habituels", "inscriptions_exporter", "apercu", "codes_imprimes"]


def adresse(nom, consultation, *args):
    return reverse(f"gestion_ateliers:{nom}", args=[consultation.pk, *args])


def registre(consultation):
    return list(
        Journal.objects.filter(consultation=consultation.pk).order_by("pk").values_list("verbe", flat=True)
    )


@pytest.fixture
def pupitre(client):
    """A prepared seminar, and a browser signed in as its organiser: (consultation, workshops, client)."""
    consultation, organisateur, ateliers = seminaire(capacite=2)
    client.force_login(organisateur)
    return consultation, ateliers, client


def inscrit(consultation, prenom="Bao", **champs):
    par = consultation.mandats.get(role="organisateur").compte
    return inscrire_personne(
        consultation=consultation, prenom=prenom, college=college(consultation), par=par, **champs
    )


@pytest.mark.parametrize("nom", PAGES)
def test_a_page_opens_for_its_organiser_is_refused_to_a_facilitator_and_unknown_to_a_stranger(nom, pupitre):
    consultation, ateliers, client = pupitre
    assert client.get(adresse(nom, consultation)).status_code == 200
    client.force_login(creer_animateur(ateliers[0].espace))
    assert client.get(adresse(nom, consultation)).status_code == 403
    client.force_login(creer_organisateur(creer_consultation()))
    assert client.get(adresse(nom, consultation)).status_code == 404
    client.logout()
    assert client.get(adresse(nom, consultation)).status_code == 302


@pytest.mark.parametrize("nom", ACTES)
def test_an_act_is_refused_without_right_and_writes_nothing(nom, pupitre):
    consultation, ateliers, client = pupitre
    avant = registre(consultation)
    client.force_login(creer_animateur(ateliers[0].espace))
    avant = registre(consultation)
    assert client.post(adresse(nom, consultation)).status_code == 403
    client.force_login(creer_organisateur(creer_consultation()))
    assert client.post(adresse(nom, consultation)).status_code == 404
    assert registre(consultation) == avant


def test_things_of_another_consultation_are_not_reached_through_mine(pupitre):
    consultation, _ateliers, client = pupitre
    autre, _par, ateliers = seminaire()
    personne = inscrit(autre)
    etape = ateliers[0].etapes.first()
    for nom, args in (
        ("ateliers_modifier", [ateliers[0].pk]),
        ("ateliers_supprimer", [ateliers[0].pk]),
        ("deroule", [ateliers[0].pk]),
        ("etape", [ateliers[0].pk, etape.pk]),
        ("scrutin", [ateliers[0].pk, etape.pk]),
        ("temps_modifier", [ateliers[0].temps_id]),
        ("inscription", [personne.pk]),
        ("effacer", [personne.pk]),
    ):
        assert client.get(adresse(nom, consultation, *args)).status_code == 404, nom
    for nom, args in (
        ("nouveau_code", [ateliers[0].pk]),
        ("etape_retirer", [ateliers[0].pk, etape.pk]),
        ("remettre_code", [personne.pk]),
        ("effacer", [personne.pk]),
    ):
        assert client.post(adresse(nom, consultation, *args)).status_code == 404, nom


def test_the_four_half_days_come_from_the_dates_and_only_once(client):
    consultation = creer_consultation(debut="2027-05-14", fin="2027-05-15")
    client.force_login(creer_organisateur(consultation))
    client.post(adresse("temps_habituels", consultation))
    client.post(adresse("temps_habituels", consultation))
    poses = [(t.titre, t.picto, t.debut.astimezone().strftime("%d")) for t in consultation.temps.all()]
    assert [(titre, picto) for titre, picto, _jour in poses] == [
        ("Planter le décor", "d-1"),
        ("Faire germer des idées", "d-2"),
        ("Faire fructifier des propositions", "d-3"),
        ("Semer l’avenir", "d-4"),
    ]
    assert [jour for _t, _p, jour in poses] == ["14", "14", "15", "15"]


def test_half_days_without_dates_are_refused_with_what_to_do(client):
    consultation = creer_consultation()
    client.force_login(creer_organisateur(consultation))
    reponse = client.post(adresse("temps_habituels", consultation), follow=True)
    assert "Donnez d’abord le premier et le dernier jour" in reponse.content.decode()
    assert consultation.temps.count() == 0


def test_a_room_is_saved_through_the_action_and_is_in_the_journal(pupitre):
    consultation, _ateliers, client = pupitre
    client.post(adresse("salles_ajouter", consultation), {"nom": "Hêtre", "capacite": 20, "acces": ""})
    assert (Salle.objects.get().nom, registre(consultation)[-1]) == ("Hêtre", "creer")


def test_what_was_typed_comes_back_when_it_is_refused(pupitre):
    consultation, _ateliers, client = pupitre
    donnees = {"nom": "Hêtre", "capacite": "", "acces": "<b>en haut</b>"}
    client.post(adresse("salles_ajouter", consultation), donnees)
    reponse = client.post(adresse("salles_ajouter", consultation), donnees)
    assert reponse.status_code == 422
    assert "&lt;b&gt;en haut&lt;/b&gt;" in reponse.content.decode()
    assert Salle.objects.count() == 1


def atelier_poste(atelier, **change):
    return {
        "titre": atelier.titre,
        "question": "",
        "nature": "atelier",
        "temps": atelier.temps_id,
        "salle": "",
        "capacite": "",
        **change,
    }


def test_a_workshop_is_made_with_its_deroule_and_who_leads_it(pupitre):
    consultation, ateliers, client = pupitre
    anime = creer_animateur(ateliers[0].espace)
    donnees = atelier_poste(
        ateliers[0], titre="Nouveau", deroule="forum", animateurs=[anime.pk], rapporteurs=[anime.pk]
    )
    client.post(adresse("ateliers_ajouter", consultation), donnees)
    atelier = Atelier.objects.get(espace__titre="Nouveau")
    assert [e.nature for e in atelier.etapes.all()] == [
        "accueil",
        "ideation",
        "regroupement",
        "vote",
        "discussion",
    ]
    assert sorted(Mandat.objects.filter(espace=atelier.espace).values_list("role", "compte")) == [
        ("animateur", anime.pk),
        ("rapporteur", anime.pk),
    ]


def test_a_workshop_taken_from_its_facilitator_takes_the_mandate_back(pupitre):
    consultation, ateliers, client = pupitre
    creer_animateur(ateliers[0].espace)
    client.post(
        adresse("ateliers_modifier", consultation, ateliers[0].pk),
        atelier_poste(ateliers[0], question="Par où commencer"),
    )
    ateliers[0].espace.refresh_from_db()
    assert ateliers[0].espace.question == "Par où commencer"
    assert not Mandat.objects.filter(espace=ateliers[0].espace).exists()


def test_only_accounts_of_the_organisers_own_circle_can_be_chosen(pupitre):
    consultation, ateliers, client = pupitre
    etranger = creer_compte()
    reponse = client.get(adresse("ateliers_ajouter", consultation))
    assert etranger not in reponse.context["form"].fields["animateurs"].queryset
    donnees = atelier_poste(ateliers[0], titre="Nouveau", deroule="forum", animateurs=[etranger.pk])
    assert client.post(adresse("ateliers_ajouter", consultation), donnees).status_code == 422


def test_a_workshop_where_someone_entered_is_not_deleted(pupitre):
    consultation, ateliers, client = pupitre
    personne = inscrit(consultation, ateliers=ateliers[:1])
    personne.places.update(entre_le="2027-05-14T09:00Z")
    reponse = client.post(adresse("ateliers_supprimer", consultation, ateliers[0].pk))
    assert (reponse.status_code, Atelier.objects.filter(pk=ateliers[0].pk).exists()) == (409, True)


def test_an_unused_workshop_goes_with_all_that_hangs_on_it(pupitre):
    consultation, ateliers, client = pupitre
    espace = ateliers[0].espace_id
    client.post(adresse("ateliers_supprimer", consultation, ateliers[0].pk))
    assert not Atelier.objects.filter(pk=ateliers[0].pk).exists()
    assert not consultation.espaces.filter(pk=espace).exists()


def test_workshops_are_moved_within_their_half_day_in_one_act(pupitre):
    consultation, (seul, transmettre, travailler), client = pupitre
    avant = len(registre(consultation))
    client.post(adresse("ateliers_deplacer", consultation, travailler.pk), {"sens": "haut"})
    client.post(adresse("ateliers_deplacer", consultation, seul.pk), {"sens": "bas"})
    assert list(transmettre.temps.ateliers.all()) == [travailler, transmettre]
    assert registre(consultation)[avant:] == ["deplacer"]


def test_steps_are_added_moved_and_taken_out(pupitre):
    consultation, ateliers, client = pupitre
    atelier = ateliers[0]
    donnees = {"nature": "pause", "titre": "Souffler", "consigne": "", "duree": 5, "proposition_nature": "piste"}
    client.post(adresse("etape_ajouter", consultation, atelier.pk), donnees)
    derniere = atelier.etapes.last()
    client.post(adresse("etape_deplacer", consultation, atelier.pk, derniere.pk), {"sens": "haut"})
    assert list(atelier.etapes.values_list("titre", flat=True))[-2:] == ["Souffler", "Pause"]
    client.post(adresse("etape_retirer", consultation, atelier.pk, derniere.pk))
    assert not Etape.objects.filter(pk=derniere.pk).exists()


def test_a_consigne_of_three_sentences_comes_back_under_its_field(pupitre):
    consultation, ateliers, client = pupitre
    donnees = {
        "nature": "pause",
        "titre": "A",
        "consigne": "Un. Deux. Trois.",
        "duree": 5,
        "proposition_nature": "piste",
    }
    reponse = client.post(adresse("etape_ajouter", consultation, ateliers[0].pk), donnees)
    assert reponse.status_code == 422
    assert list(reponse.context["form"].errors) == ["consigne"]


def test_the_rules_of_a_vote_are_set_with_a_quorum_by_college(pupitre):
    consultation, ateliers, client = pupitre
    etape = ateliers[0].etapes.get(nature="vote")
    ancien = etape.scrutin_id
    salaries = college(consultation)
    reglages = {"mode": "adhesion", "gommettes": 3, "regle": "tous_colleges", "seuil": 60, "quorum_gommettes": 0}
    client.post(
        adresse("scrutin", consultation, ateliers[0].pk, etape.pk), reglages | {f"votants_{salaries.pk}": 5}
    )
    etape.refresh_from_db()
    scrutin = etape.scrutin
    assert (scrutin.mode, scrutin.regle, scrutin.seuil) == ("adhesion", "tous_colleges", 60)
    assert list(scrutin.quorums.values_list("college", "votants_min", "part_min")) == [(salaries.pk, 5, 0)]
    assert not Scrutin.objects.filter(pk=ancien).exists()


def envoyer(client, consultation, lignes, nom="liste.csv"):
    octets = lignes if isinstance(lignes, bytes) else en_csv(lignes)
    return client.post(adresse("importer", consultation), {"fichier": SimpleUploadedFile(nom, octets)})


LISTE = [["Prénom", "Collège", "Ateliers"], ["Amina", "En parcours", "Apprendre"], ["<i>Bao</i>", "permanant", ""]]


def test_a_list_is_looked_at_then_confirmed_and_only_then_written(pupitre):
    consultation, _ateliers, client = pupitre
    assert envoyer(client, consultation, LISTE)["Location"] == adresse("apercu", consultation)
    page = client.get(adresse("apercu", consultation))
    texte = page.content.decode()
    assert page.context["apercu"].comptes == {"creer": 1, "modifier": 0, "inchangee": 0, "refusee": 1}
    assert "collège « permanant » inconnu. Vouliez-vous dire « Permanents » ?" in texte
    assert "Ligne 3" in texte
    assert "<i>Bao</i>" not in texte
    assert Participant.objects.count() == 0
    client.post(adresse("apercu", consultation), {"jeton": page.context["attente"]["jeton"]})
    assert [p.prenom for p in Participant.objects.all()] == ["Amina"]


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
    assert client.post(adresse("apercu", consultation), {"jeton": "autre"})["Location"] == adresse(
        "importer", consultation
    )
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
        "C’est un ancien fichier Excel. Enregistrez-le au format .xlsx ou .csv."
    ]


def test_the_example_file_imports_as_it_is(pupitre):
    consultation, _ateliers, client = pupitre
    exemple = client.get(adresse("exemple", consultation)).content
    envoyer(client, consultation, exemple, "exemple.xlsx")
    apercu = client.get(adresse("apercu", consultation)).context["apercu"]
    assert apercu.comptes == {"creer": 2, "modifier": 0, "inchangee": 0, "refusee": 0}


def test_the_list_is_searched_filtered_and_sorted_by_known_columns_only(pupitre):
    consultation, ateliers, client = pupitre
    inscrit(consultation, "Bao", ateliers=ateliers[:1])
    inscrit(consultation, "Amina")

    def noms(**params):
        return [p.prenom for p in client.get(adresse("inscriptions", consultation), params).context["object_list"]]

    assert noms(q="bao") == ["Bao"]
    assert noms(atelier=ateliers[0].pk) == ["Bao"]
    assert noms(ordering="-prenom") == ["Bao", "Amina"]
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
    personne.refresh_from_db()
    assert (personne.prenom, personne.code_personnel, personne.efface_le is None) == ("", None, False)
    assert client.get(adresse("inscription", consultation, personne.pk)).status_code == 404


def test_a_full_workshop_is_said_under_the_workshops_with_what_was_typed(pupitre):
    consultation, ateliers, client = pupitre
    for prenom in ("A", "B"):
        inscrit(consultation, prenom, ateliers=ateliers[:1])
    donnees = {"prenom": "Trop", "college": college(consultation).pk, "ateliers": [ateliers[0].pk]}
    reponse = client.post(adresse("inscription_ajouter", consultation), donnees)
    assert (reponse.status_code, list(reponse.context["form"].errors)) == (409, ["ateliers"])
    assert 'value="Trop"' in reponse.content.decode()
    assert not Participant.objects.filter(prenom="Trop").exists()


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


def test_the_groups_open_the_admin(pupitre):
    assert sorted(Group.objects.filter(permissions__codename="access_admin").values_list("name", flat=True)) == [
        "Animateurs",
        "Editors",
        "Moderators",
        "Organisateurs",
        "Rapporteurs",
        "Éditeurs",
    ]
