"""The preparation page, colleges, axes, team, journal, words and exports, in the admin."""

import io

import openpyxl
import pytest
from django.urls import reverse

from consultation import actions
from consultation.gestion.exports import feuille_resultats
from consultation.gestion.tableur import cellule_sure, en_csv
from consultation.models import Axe, College, Consultation, Journal, Mandat, Structure, Territoire
from tests.fabriques import (
    creer_animateur,
    creer_axe,
    creer_compte,
    creer_consultation,
    creer_editeur,
    creer_espace,
    creer_organisateur,
    creer_participants,
    creer_piste,
    creer_proposition,
    creer_territoire,
)

pytestmark = pytest.mark.django_db

RESERVEES = ["colleges", "colleges_ajouter", "axes", "axes_ajouter", "equipe", "journal", "exports"]
PARTAGEES = ["preparation", "propositions", "pistes"]


def adresse(nom, consultation, *args):
    return reverse(f"gestion:{nom}", args=[consultation.pk, *args])


def registre(consultation):
    return list(
        Journal.objects.filter(consultation=consultation.pk).order_by("pk").values_list("verbe", flat=True)
    )


@pytest.fixture
def pupitre(client):
    consultation = creer_consultation(etat="preparation")
    client.force_login(creer_organisateur(consultation))
    return consultation, client


@pytest.mark.parametrize("nom", RESERVEES + PARTAGEES)
def test_pages_open_to_who_may_read_them(nom, pupitre):
    consultation, client = pupitre
    assert client.get(adresse(nom, consultation)).status_code == 200
    client.force_login(creer_animateur(creer_espace(consultation=consultation)))
    assert client.get(adresse(nom, consultation)).status_code == (200 if nom in PARTAGEES else 403)
    client.force_login(creer_organisateur(creer_consultation()))
    assert client.get(adresse(nom, consultation)).status_code == 404


def test_the_preparation_page_says_in_order_what_remains(client):
    consultation = creer_consultation(etat="preparation", colleges=[])
    client.force_login(creer_organisateur(consultation))
    lignes = client.get(adresse("preparation", consultation)).context["lignes"]
    assert [(ligne.titre, ligne.etat) for ligne in lignes] == [
        ("Présentation, dates et règles", "en_cours"),
        ("Collèges et parts visées", "a_faire"),
        ("Axes et thèmes", "a_faire"),
        ("Demi-journées", "a_faire"),
        ("Salles", "a_faire"),
        ("Ateliers et plénières", "a_faire"),
        ("Déroulés", "a_faire"),
        ("Équipe : qui anime, qui rapporte", "a_faire"),
        ("Inscriptions", "a_faire"),
        ("Codes à imprimer", "facultatif"),
        ("Ouvrir la consultation", "a_faire"),
    ]


def test_a_facilitator_reads_the_page_without_its_preparation(client):
    espace = creer_espace()
    client.force_login(creer_animateur(espace))
    assert "lignes" not in client.get(adresse("preparation", espace.consultation)).context


def test_the_four_usual_colleges_are_put_once_with_a_fifth_for_salaries(client):
    consultation = creer_consultation(colleges=[])
    client.force_login(creer_organisateur(consultation))
    client.post(adresse("colleges_habituels", consultation))
    client.post(adresse("colleges_habituels", consultation))
    assert list(consultation.colleges.values_list("nom", "signe", "part_cible")) == [
        ("Salariés en parcours", "salaries", 20),
        ("Permanents", "permanents", None),
        ("Administrateurs", "administrateurs", None),
        ("Partenaires", "partenaires", None),
    ]


def test_opening_needs_a_college_then_opens_and_is_in_the_journal(client):
    consultation = creer_consultation(etat="preparation", colleges=[])
    client.force_login(creer_organisateur(consultation))
    client.post(adresse("changer_etat", consultation), {"etat": "ouverte"})
    consultation.refresh_from_db()
    assert consultation.etat == "preparation"
    client.post(adresse("colleges_habituels", consultation))
    client.post(adresse("changer_etat", consultation), {"etat": "ouverte"})
    consultation.refresh_from_db()
    assert (consultation.etat, registre(consultation)[-1]) == ("ouverte", "changer_etat")


COLLEGE = {
    "nom": "Habitants",
    "nom_court": "Habitants",
    "description": "",
    "signe": "habitants",
    "part_cible": "30",
}


def test_saving_goes_through_the_action_and_is_in_the_journal(pupitre):
    consultation, client = pupitre
    client.post(adresse("colleges_ajouter", consultation), COLLEGE)
    nouveau = consultation.colleges.get(signe="habitants")
    client.post(adresse("colleges_modifier", consultation, nouveau.pk), COLLEGE | {"part_cible": "40"})
    nouveau.refresh_from_db()
    assert (nouveau.part_cible, nouveau.ordre, registre(consultation)[-2:]) == (40, 4, ["creer", "modifier"])


@pytest.mark.parametrize("role", ["animateur", "rapporteur", "editeur"])
def test_saving_without_right_is_a_403_and_writes_nothing(role, client):
    consultation = creer_consultation()
    compte = creer_compte()
    actions.confier(compte=compte, role=role, consultation=consultation, par=None)
    client.force_login(compte)
    avant = registre(consultation)
    college = consultation.colleges.first()
    for nom, args in (
        ("colleges_ajouter", []),
        ("colleges_modifier", [college.pk]),
        ("colleges_supprimer", [college.pk]),
    ):
        assert client.post(adresse(nom, consultation, *args), COLLEGE).status_code == 403
    assert client.post(adresse("changer_etat", consultation), {"etat": "close"}).status_code == 403
    assert registre(consultation) == avant


def test_two_colleges_do_not_share_a_sign_and_what_was_typed_comes_back(pupitre):
    consultation, client = pupitre
    reponse = client.post(adresse("colleges_ajouter", consultation), COLLEGE | {"signe": "salaries"})
    assert reponse.status_code == 422
    assert 'value="Habitants"' in reponse.content.decode()
    assert consultation.colleges.count() == 4


def test_a_college_someone_speaks_for_is_not_deleted(pupitre):
    consultation, client = pupitre
    creer_participants(consultation, 1)
    college = consultation.colleges.get(signe="salaries")
    assert client.post(adresse("colleges_supprimer", consultation, college.pk)).status_code == 409
    assert College.objects.filter(pk=college.pk).exists()


def test_colleges_of_another_consultation_are_not_reached_through_mine(pupitre):
    consultation, client = pupitre
    autre = creer_consultation().colleges.first()
    for nom in ("colleges_modifier", "colleges_supprimer"):
        assert client.get(adresse(nom, consultation, autre.pk)).status_code == 404
    assert client.post(adresse("colleges_deplacer", consultation, autre.pk), {"sens": "bas"}).status_code == 404


def test_axes_are_moved_among_their_own(pupitre):
    consultation, client = pupitre
    premier, second = (creer_axe(consultation=consultation, titre=t, ordre=o) for o, t in enumerate("AB"))
    theme = creer_axe(consultation=consultation, titre="t", parent=premier, ordre=2)
    client.post(adresse("axes_deplacer", consultation, second.pk), {"sens": "haut"})
    client.post(adresse("axes_deplacer", consultation, theme.pk), {"sens": "haut"})
    assert [a.titre for a in Axe.objects.filter(parent=None).order_by("ordre")] == ["B", "A"]


def test_the_last_organiser_stays(pupitre):
    consultation, client = pupitre
    mandat = Mandat.objects.get(consultation=consultation)
    reponse = client.post(adresse("reprendre_mandat", consultation, mandat.pk), follow=True)
    assert "C’est le dernier organisateur." in reponse.content.decode()
    assert Mandat.objects.filter(pk=mandat.pk).exists()


# Territoires, structures, consultations: Wagtail viewsets that ask our rules.


def formulaire_consultation(territoire, **change):
    return {
        "titre": "Séminaire",
        "slug": "seminaire",
        "nature": "seminaire",
        "territoire": territoire.pk,
        "acces": "code",
        "relecture": "signalees",
        "longueur_max": 280,
        **change,
    }


def test_whoever_prepares_a_consultation_becomes_its_organiser(pupitre):
    _consultation, client = pupitre
    reponse = client.post(reverse("consultations:add"), formulaire_consultation(creer_territoire()))
    nouvelle = Consultation.objects.get(slug="seminaire")
    assert reponse["Location"] == adresse("preparation", nouvelle)
    assert registre(nouvelle) == ["creer", "confier"]
    assert client.get(reponse["Location"]).status_code == 200


def test_only_mine_are_listed_and_changed(pupitre):
    consultation, client = pupitre
    autre = creer_consultation(titre="La consultation des voisins")
    assert autre.titre not in client.get(reverse("consultations:index")).content.decode()
    for nom in ("edit", "delete"):
        assert client.get(reverse(f"consultations:{nom}", args=[autre.pk])).status_code == 404
        assert client.post(reverse(f"consultations:{nom}", args=[autre.pk]), {}).status_code == 404
    donnees = formulaire_consultation(consultation.territoire, titre="Renommé", slug=consultation.slug)
    client.post(reverse("consultations:edit", args=[consultation.pk]), donnees)
    consultation.refresh_from_db()
    assert (consultation.titre, registre(consultation)[-1]) == ("Renommé", "modifier")


def test_an_editor_sees_the_consultation_but_does_not_change_it(client):
    consultation = creer_consultation()
    client.force_login(creer_editeur(consultation))
    assert client.get(reverse("consultations:index")).status_code == 200
    for nom in ("edit", "delete"):
        assert client.post(reverse(f"consultations:{nom}", args=[consultation.pk]), {}).status_code == 403
    assert client.post(reverse("consultations:add"), {}).status_code == 403


def test_dates_the_wrong_way_round_are_said_with_what_was_typed(pupitre):
    consultation, client = pupitre
    donnees = formulaire_consultation(
        consultation.territoire, debut="15/05/2027", fin="14/05/2027", lieu="Ici même"
    )
    reponse = client.post(reverse("consultations:add"), donnees)
    assert (reponse.status_code, list(reponse.context["form"].errors)) == (422, ["fin"])
    assert "Ici même" in reponse.content.decode()


@pytest.mark.parametrize(
    ("viewset", "modele", "donnees"),
    [
        ("territoires", Territoire, {"nom": "Corse", "niveau": "region", "code": "94"}),
        ("structures", Structure, {"nom": "Tremplin", "type": "aci", "ville": "Niort"}),
    ],
)
def test_shared_lists_are_written_by_organisers_only_and_in_the_journal(viewset, modele, donnees, pupitre):
    _consultation, client = pupitre
    client.post(reverse(f"{viewset}:add"), donnees)
    objet = modele.objects.get(nom=donnees["nom"])
    assert (
        Journal.objects.filter(verbe="creer", objet_type=objet._meta.label_lower, objet_id=objet.pk).count() == 1
    )
    client.force_login(creer_animateur(creer_espace()))
    assert client.post(reverse(f"{viewset}:edit", args=[objet.pk]), donnees | {"nom": "Volé"}).status_code == 403
    assert client.post(reverse(f"{viewset}:delete", args=[objet.pk])).status_code == 403
    objet.refresh_from_db()
    assert objet.nom == donnees["nom"]


def test_territoires_are_shown_as_a_tree(pupitre):
    _consultation, client = pupitre
    Territoire.objects.exclude(consultations__isnull=False).delete()
    pays = creer_territoire(nom="France", niveau="nation")
    region = creer_territoire(nom="Nouvelle-Aquitaine", parent=pays)
    creer_territoire(nom="Haute-Vienne", niveau="departement", parent=region)
    liste = client.get(reverse("territoires:index")).context["object_list"]
    arbre = [(t.nom, t.profondeur) for t in liste]
    assert [ligne for ligne in arbre if ligne[0] in ("France", "Nouvelle-Aquitaine", "Haute-Vienne")] == [
        ("France", 0),
        ("Nouvelle-Aquitaine", 1),
        ("Haute-Vienne", 2),
    ]


# Journal, words, exports.


def test_the_journal_is_read_filtered_and_names_no_participant(pupitre):
    consultation, client = pupitre
    personne = creer_participants(consultation, 1, prenom="Zéphyrine")[0]
    page = client.get(adresse("journal", consultation))
    assert "Zéphyrine" not in page.content.decode()
    assert f"Participant n° {personne.pk}" in page.content.decode()
    filtre = client.get(adresse("journal", consultation), {"verbe": "confier"})
    assert [e.verbe for e in filtre.context["object_list"]] == ["confier"]
    vide = client.get(adresse("journal", consultation), {"jusque": "01/01/2001"})
    assert list(vide.context["object_list"]) == []
    assert client.post(adresse("journal", consultation)).status_code == 405


def test_the_journal_asks_as_little_for_many_entries_as_for_few(pupitre, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    consultation, client = pupitre
    client.get(adresse("journal", consultation))
    with CaptureQueriesContext(connection) as peu:
        client.get(adresse("journal", consultation))
    creer_participants(consultation, 30)
    with django_assert_max_num_queries(len(peu)):
        client.get(adresse("journal", consultation))


def test_facilitators_read_the_words_of_their_own_workshops(client):
    consultation = creer_consultation()
    sien, autre = (creer_espace(consultation=consultation) for _ in range(2))
    creer_proposition(sien, "Chez moi on apprend")
    creer_proposition(autre, "Chez eux on transmet")
    client.force_login(creer_animateur(sien))
    texte = client.get(adresse("propositions", consultation)).content.decode()
    assert ("Chez moi on apprend" in texte, "Chez eux on transmet" in texte) == (True, False)
    filtre = client.get(adresse("propositions", consultation), {"espace": autre.pk})
    assert "Chez eux on transmet" not in filtre.content.decode()


def exporter(client, consultation, sorte):
    reponse = client.post(adresse("exports", consultation), {"sorte": sorte, "forme": "xlsx"})
    classeur = openpyxl.load_workbook(io.BytesIO(reponse.content))
    return {f.title: [list(ligne) for ligne in f.iter_rows(values_only=True)] for f in classeur}


def test_words_are_exported_without_names_and_never_as_formulas(client):
    consultation = creer_consultation()
    client.force_login(creer_organisateur(consultation))
    espace = creer_espace(consultation=consultation)
    auteur = creer_participants(consultation, 1, prenom="Zéphyrine")[0]
    proposition = creer_proposition(espace, '=HYPERLINK("http://exemple.test")', participant=auteur)
    creer_piste(espace, propositions=[proposition], texte="Apprendre")
    feuille = exporter(client, consultation, "propositions")["Propositions"]
    assert feuille[1][1:7] == [
        '\'=HYPERLINK("http://exemple.test")',
        "Piste",
        "Salariés en parcours",
        espace.titre,
        None,
        1,
    ]
    assert "Zéphyrine" not in str(feuille)
    assert registre(consultation)[-1] == "exporter"


def test_results_are_exported_with_small_colleges_withheld(client):
    consultation = creer_consultation()
    client.force_login(creer_organisateur(consultation))
    espace = creer_espace(consultation=consultation)
    piste = creer_piste(espace, texte="Apprendre")
    scrutin = actions.preparer_scrutin(espace=espace, titre="Vote", par=None)
    scrutin = actions.ouvrir_scrutin(scrutin=scrutin, par=None)
    for signe, n in (("salaries", 2), ("permanents", 6), ("administrateurs", 6)):
        for personne in creer_participants(consultation, n, signe):
            actions.voter(scrutin=scrutin, participant=personne, choix={piste.pk: 1})
    assert len(exporter(client, consultation, "resultats")["Résultats"]) == 1
    actions.clore_scrutin(scrutin=scrutin, par=None)
    entetes, ligne = exporter(client, consultation, "resultats")["Résultats"]
    lu = dict(zip(entetes, ligne, strict=True))
    assert lu["En parcours (votants)"] == "non affiché"
    assert lu["En parcours (points)"] == "non affiché"
    visibles = [lu["Permanents (votants)"], lu["Administrateurs (votants)"]]
    assert sorted(visibles, key=str) == [6, "non affiché"]


@pytest.mark.parametrize("n", [1, 4])
def test_exported_results_cost_the_same_for_one_vote_and_for_many(n, django_assert_num_queries):
    espace = creer_espace()
    piste = creer_piste(espace, texte="Apprendre")
    for rang in range(n):
        scrutin = actions.preparer_scrutin(espace=espace, titre=f"Vote {rang}", pistes=[piste], par=None)
        scrutin = actions.ouvrir_scrutin(scrutin=scrutin, par=None)
        for personne in creer_participants(espace.consultation, 6):
            actions.voter(scrutin=scrutin, participant=personne, choix={piste.pk: 1})
        actions.clore_scrutin(scrutin=scrutin, par=None)
    with django_assert_num_queries(8):
        _titre, _entetes, lignes = feuille_resultats(espace.consultation)
    assert [ligne[0] for ligne in lignes] == [f"{espace.titre} · Vote {rang}" for rang in range(n)]


def test_an_unknown_export_is_refused(pupitre):
    consultation, client = pupitre
    assert client.post(adresse("exports", consultation), {"sorte": "../etc"}).status_code == 400


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r", "|", "%", "  ="])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(debut):
    assert cellule_sure(f"{debut}cmd") == f"'{debut}cmd"


def test_a_csv_opens_at_once_in_a_french_spreadsheet():
    assert en_csv([("T", ["Été", "N"], [["a;b", 3]])]) == '\ufeffÉté;N\r\n"a;b";3\r\n'.encode()
