"""The preparation page, colleges, axes and team, in the admin."""

import pytest
from django.urls import reverse

from consultation import actions
from consultation.models import Axe, College, Consultation, Mandat
from tests.fabriques import (
    creer_animateur,
    creer_axe,
    creer_compte,
    creer_consultation,
    creer_espace,
    creer_organisateur,
    creer_participants,
    registre,
)

from .gestes import adresse

pytestmark = pytest.mark.django_db


RESERVEES = ["colleges", "colleges_ajouter", "axes", "axes_ajouter", "equipe", "journal", "exports"]


PARTAGEES = ["preparation", "propositions", "pistes"]


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
        ("Démarche en étapes", "facultatif"),
        ("Collèges et parts visées", "a_faire"),
        ("Axes et thèmes", "a_faire"),
        ("Demi-journées", "a_faire"),
        ("Salles", "a_faire"),
        ("Équipe : qui anime, qui rapporte", "a_faire"),
        ("Ateliers et plénières", "a_faire"),
        ("Déroulés", "a_faire"),
        ("Page publique", "a_faire"),
        ("Carnet du participant", "en_cours"),
        ("Inscriptions", "a_faire"),
        ("Visites d’entreprises", "facultatif"),
        ("Immersions", "facultatif"),
        ("À imprimer", "facultatif"),
        ("Tirage des carnets", "facultatif"),
        ("Ouvrir la consultation", "a_faire"),
        ("Fil d’Info", "plus_tard"),
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


def test_shares_of_colleges_never_make_more_than_a_hundred_and_less_is_said(pupitre):
    consultation, client = pupitre
    premier, *autres = consultation.colleges.all()
    for college in autres:
        college.part_cible = 20
        college.save()
    donnees = {"nom": premier.nom, "nom_court": premier.nom_court, "signe": premier.signe}
    trop = 100 - 20 * len(autres) + 1
    adresse_du_college = adresse("colleges_modifier", consultation, premier.pk)
    refus = client.post(adresse_du_college, donnees | {"part_cible": trop})
    assert refus.context["form"].errors["part_cible"] == [
        "Avec celle-ci, les parts visées font 101\u202f%. Ensemble, elles font 100\u202f% au plus."
    ]
    client.post(adresse_du_college, donnees | {"part_cible": trop - 11})
    lignes = client.get(adresse("preparation", consultation)).context["lignes"]
    ligne = next(ligne for ligne in lignes if ligne.titre == "Collèges et parts visées")
    assert (ligne.etat, "Elles font 90\u202f%, au lieu de 100." in ligne.constat) == ("en_cours", True)


def test_an_address_is_made_of_the_title_without_accents(pupitre):
    consultation, client = pupitre
    donnees = {
        "titre": "L’été à Évreux",
        "nature": "seminaire",
        "territoire": consultation.territoire_id,
        "acces": "code",
        "relecture": "signalees",
        "longueur_max": 280,
    }
    for _fois in range(2):
        client.post(reverse("consultations:add"), donnees)
    assert sorted(Consultation.objects.filter(titre="L’été à Évreux").values_list("slug", flat=True)) == [
        "l-ete-a-evreux",
        "l-ete-a-evreux-2",
    ]


def test_the_preparation_page_says_who_changed_what_last(client):
    consultation = creer_consultation()
    compte = creer_organisateur(consultation)
    consultation.lieu = "Pontoise"
    actions.enregistrer(objet=consultation, par=compte)
    actions.noter(verbe="entrer", objet=consultation, consultation=consultation, compte=compte)  # not a setting
    client.force_login(compte)
    page = client.get(adresse("preparation", consultation))
    acte = page.context["histoire"][0]
    assert (acte["qui"], acte["acte"], acte["details"].replace("\u202f", " ")) == (
        str(compte),
        "a modifié",
        "ce qui change : lieu (rien → Pontoise)",
    )
    assert "lieu (rien → Pontoise)" in page.text
    client.force_login(creer_animateur(creer_espace(consultation=consultation)))
    assert "Derniers changements" not in client.get(adresse("preparation", consultation)).text
