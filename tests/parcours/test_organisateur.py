"""The preparation of the seminar of October 2010, played in a browser from an empty site: what it costs."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ateliers import actions as ateliers_actions
from ateliers.lectures.conflits import conflits
from ateliers.models import Atelier, Attente
from consultation.models import Consultation, EtapeDemarche, Participant
from contenus.amorce import poser_arborescence
from contenus.models import SeminairePage
from tests.ateliers.fabriques_inscriptions import seminaire
from tests.ateliers.test_inscriptions_listes import qualite
from tests.fabriques import creer_compte, creer_participant
from tests.patience import jusqu_a

from .gestes import se_connecter

pytestmark = pytest.mark.parcours

TABLEAUX = Path(__file__).parents[1] / "ateliers" / "tableaux"
#: What the same seminar cost before: 270 clicks. A click is a link, a button, a box or a radio.
CLICS_AU_PLUS = 90
MATIN, APRES_MIDI = "Planter le décor", "Faire germer des idées"
LENDEMAIN, DERNIERE = "Faire fructifier des propositions", "Semer l’avenir"


class Main:
    """Someone's hand on the desk, that counts: `clics` and `champs` (fields typed in or chosen from a list)."""

    def __init__(self, page):
        self.page, self.clics, self.champs, self.releve = page, 0, 0, {}

    def cliquer(self, role, nom, **options):
        self.page.get_by_role(role, name=nom, **options).first.click()
        self.clics += 1

    def ecrire(self, libelle, valeur):
        self.page.get_by_label(libelle).first.fill(valeur)
        self.champs += 1

    def choisir(self, libelle, valeur):
        self.page.get_by_label(libelle).first.select_option(label=valeur)
        self.champs += 1

    def cocher(self, libelle):
        self.page.get_by_label(libelle).first.check()
        self.clics += 1

    def au_tableau_de_bord(self):
        """Back to the preparation page by the bar that stays in sight."""
        self.page.locator(".g-barre > a").click()
        self.clics += 1
        expect(self.page.locator(".g-lignes")).to_be_visible()

    def noter(self, quoi):
        avant = [sum(n for n, _c in self.releve.values()), sum(c for _n, c in self.releve.values())]
        self.releve[quoi] = (self.clics - avant[0], self.champs - avant[1])


@pytest.fixture
def main(ouvrir):
    """The hand of the only account of an empty site."""
    compte = creer_compte(email="organisation@example.org", is_superuser=True, is_staff=True)
    page = ouvrir("", largeur=1280, hauteur=900)
    se_connecter(page, compte)
    main = Main(page)
    main.clics, main.champs = 1, 2
    page.goto("/gestion/")
    return main


def creer_le_seminaire(main):
    main.cliquer("link", "Préparer un séminaire ou un forum")
    for libelle, valeur in (
        ("Titre", "Une autre insertion est-elle possible ?"),
        ("Présentation", "Deux jours pour dire ce que les visites ont changé dans notre regard."),
        ("Un territoire qui manque", "France"),
        ("Lieu", "Lille"),
        ("Premier jour", "2027-10-14"),
        ("Dernier jour", "2027-10-15"),
        ("Nombre de places", "120"),
    ):
        main.ecrire(libelle, valeur)
    main.cliquer("button", re.compile("^(Enregistrer|Créer)"))
    expect(main.page.locator(".g-lignes")).to_be_visible()


def poser_le_cadre(main):
    main.cliquer("button", "Mettre les quatre collèges habituels")
    main.au_tableau_de_bord()
    main.cliquer("link", "Axes et thèmes")
    main.cliquer("link", "Ajouter plusieurs axes")
    main.ecrire("Un par ligne", "Changer de posture\nUn projet d’entreprise\nDiriger par la qualité")
    main.cliquer("button", "Ajouter tout")
    main.au_tableau_de_bord()
    main.cliquer("link", "Démarche en étapes")
    main.cliquer("link", "Ajouter plusieurs étapes")
    main.ecrire("Un par ligne", "Les visites\nLe séminaire\nLe groupe élargi\nLes rencontres en région")
    main.cliquer("button", "Ajouter tout")
    main.au_tableau_de_bord()


SALLES = ["Beffroi", "Escaut", "Deûle", "Lys"]
JEUDI = ("L’accompagnement", "Les échanges de pratiques", "Le référent qualité", "La transmission")
VENDREDI = (
    "Les instances en région",
    "Les nouveaux métiers",
    "Mesurer la qualité de l’emploi",
    "La participation des salariés",
)


def poser_le_programme(main):
    main.cliquer("button", "Poser les quatre demi-journées")
    main.au_tableau_de_bord()
    main.cliquer("link", "Salles", exact=True)
    main.cliquer("link", "Ajouter plusieurs salles")
    main.ecrire("Une salle par ligne", "\n".join(["Grande salle ; 160", *(f"{nom} ; 40" for nom in SALLES)]))
    main.cliquer("button", "Ajouter tout")
    main.au_tableau_de_bord()
    for temps, titres, deroule in (
        (MATIN, ["D’où partons-nous ?"], "pleniere"),
        (APRES_MIDI, JEUDI, None),
        (LENDEMAIN, VENDREDI, None),
        (DERNIERE, ["Qui fait quoi, et quand ?"], "pleniere"),
    ):
        ajouter_des_ateliers(main, temps, titres, deroule)


def ajouter_des_ateliers(main, temps, titres, deroule):
    if temps == MATIN:
        main.cliquer("link", "Ateliers et plénières")
    main.cliquer("link", "Ajouter plusieurs ateliers")
    main.choisir("Demi-journée", temps)
    main.ecrire("Un atelier par ligne", "\n".join(f"{t} ; Qu’est-ce qui doit changer ?" for t in titres))
    if deroule:
        main.choisir("Nature", "Plénière")
        main.page.get_by_label("Déroulé de départ").select_option(deroule)
        main.champs += 1
    else:
        main.ecrire("Places dans chacun", "40")
    main.cliquer("button", "Ajouter tout")


def former_l_equipe(main):
    main.au_tableau_de_bord()
    main.cliquer("link", re.compile("^Équipe"))
    for rang in range(8):
        main.cliquer("link", "Confier un rôle")
        main.ecrire("Courriel", f"anime{rang}@example.org")
        main.ecrire("Prénom", f"Anime {rang}")
        main.cocher("Animateur")
        main.choisir("Atelier", (JEUDI + VENDREDI)[rang])
        main.cliquer("button", "Confier ce rôle")
    main.cliquer("link", "Confier un rôle")
    main.ecrire("Courriel", "rapporte@example.org")
    main.cocher("Rapporteur")
    main.cliquer("button", "Confier ce rôle")


def ranger_les_salles(main):
    main.au_tableau_de_bord()
    main.cliquer("link", re.compile("^Voir le programme"))
    salles = dict(zip(JEUDI + VENDREDI, SALLES * 2, strict=True))
    for titre in ("D’où partons-nous ?", "Qui fait quoi, et quand ?"):
        salles[titre] = "Grande salle"
    for titre, salle in salles.items():
        main.choisir(f"Salle : {titre}", salle)
    main.cliquer("button", "Enregistrer tout le tableau")


def inscrire_tout_le_monde(main):
    for fichier in ("comme-elle-est.xlsx", "ajouts-cp1252.csv"):
        main.au_tableau_de_bord()
        main.cliquer("link", re.compile("^(Importer une liste|Voir les inscriptions)"))
        if fichier.endswith("csv"):
            main.cliquer("link", "Importer une liste")
        main.page.get_by_label("Votre liste").set_input_files(TABLEAUX / fichier)
        main.champs += 1
        main.cliquer("button", "Lire ce tableau")
        main.cliquer("button", "Garder ces colonnes et continuer")
        main.page.get_by_role("button", name=re.compile("^(Garder ces réponses|Confirmer)")).first.wait_for()
        if main.page.get_by_role("button", name="Garder ces réponses et continuer").count():
            main.cliquer("button", "Garder ces réponses et continuer")
        main.cliquer("button", re.compile("^Confirmer"))


def imprimer_et_ouvrir(main):
    main.au_tableau_de_bord()
    main.cliquer("link", re.compile("^Imprimer|À imprimer"))
    for lien in ("Les badges, par collège (PDF)", "Les affiches (PDF)"):
        adresse = main.page.get_by_role("link", name=lien).get_attribute("href")
        reponse = main.page.request.get(adresse, timeout=120_000)
        assert (reponse.status, reponse.body()[:5]) == (200, b"%PDF-")
        main.clics += 1
    main.cliquer("button", "C’est imprimé")
    main.au_tableau_de_bord()
    main.cliquer("button", "Ouvrir la consultation")
    expect(main.page.get_by_role("button", name="Ouvrir la consultation")).to_have_count(0)


def test_the_seminar_of_2010_is_prepared_from_nothing_in_ninety_clicks(main, sans_defaut_axe):
    for quoi, faire in (
        ("Créer le séminaire", creer_le_seminaire),
        ("Collèges, axes, démarche", poser_le_cadre),
        ("Demi-journées, salles, ateliers", poser_le_programme),
        ("Équipe de neuf personnes", former_l_equipe),
        ("Qui est dans quelle salle", ranger_les_salles),
        ("Inscriptions, deux fichiers", inscrire_tout_le_monde),
        ("Codes imprimés, ouverture", imprimer_et_ouvrir),
    ):
        faire(main)
        main.noter(quoi)
    for quoi, (clics, champs) in main.releve.items():
        print(f"{quoi:34} {clics:3} clics {champs:3} champs")
    print(f"{'En tout':34} {main.clics:3} clics {main.champs:3} champs")
    sans_defaut_axe(main.page)
    consultation = Consultation.objects.get(titre__startswith="Une autre insertion")
    natures = [a.nature for a in Atelier.objects.filter(espace__consultation=consultation)]
    assert (natures.count("atelier"), natures.count("pleniere")) == (8, 2)
    assert (consultation.etat, conflits(consultation)) == ("ouverte", [])
    assert Participant.objects.filter(consultation=consultation).count() == 120
    assert Attente.objects.filter(atelier__espace__consultation=consultation).count() > 0
    assert consultation.mandats.count() == 10
    assert main.clics <= CLICS_AU_PLUS


def test_a_list_as_it_is_registers_everybody_in_four_clicks(ouvrir, serveur):
    consultation, par = qualite()
    page = ouvrir(f"/gestion/consultations/{consultation.pk}/inscriptions/importer/", qui=par, largeur=320)
    page.get_by_label("Votre liste").set_input_files(TABLEAUX / "comme-elle-est.xlsx")
    for bouton in (
        "Lire ce tableau",
        "Garder ces colonnes et continuer",
        "Garder ces réponses et continuer",
        "Confirmer 118 inscriptions",
    ):
        page.get_by_role("button", name=bouton).click()
    expect(page.get_by_text("118 inscrits, 2 doublons réunis")).to_be_visible()
    assert Participant.objects.filter(consultation=consultation).count() == 118


@pytest.fixture(scope="module")
def en_route(serveur):
    """A seminar of two stages with its workshops, a person, its public page and a kept déroulé; its organiser."""
    consultation, par, ateliers = seminaire(
        titre="Séminaire des Trois Rives", slug="trois-rives", lieu="Port-Clair"
    )
    for ordre, champs in enumerate(
        (
            {"titre": "Les visites", "debut": "2024-09-21", "lieu": "Liège", "resume": "Six portes ouvertes."},
            {"titre": "Les rencontres en région", "moment": "quand la date sera connue"},
        )
    ):
        EtapeDemarche.objects.create(consultation=consultation, ordre=ordre, **champs)
    creer_participant(consultation, prenom="Élodie", nom="Bréhat")
    ateliers_actions.garder_deroule(atelier=ateliers[0], titre="Le mien", par=par)
    accueil = poser_arborescence().accueil
    page = SeminairePage(title=consultation.titre, slug="trois-rives", consultation=consultation)
    accueil.add_child(instance=page)
    return consultation, par, ateliers


def test_the_desk_of_a_seminar_under_way_is_sound_at_every_width(en_route, ouvrir, sans_defaut_axe):
    consultation, par, ateliers = en_route
    page = ouvrir("", qui=par)
    desk = f"/gestion/consultations/{consultation.pk}/"
    for adresse, dit in (
        (desk, "Les visites"),
        ("/gestion/chercher/?q=elodie+brehat", "Élodie Bréhat"),
        (f"{desk}demarche/", "quand la date sera connue"),
        (f"{desk}ateliers/plusieurs/", "Un atelier par ligne"),
        (f"{desk}ateliers/{ateliers[0].pk}/deroule/", "Le mien"),
        ("/trois-rives/", "Six portes ouvertes."),
    ):
        page.goto(adresse)
        for largeur in (1280, 320):
            page.set_viewport_size({"width": largeur, "height": 900})
            expect(page.get_by_text(dit).first).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (adresse, largeur)
        sans_defaut_axe(page)
    page.goto("/gestion/consultations/")
    titre, vue = page.locator(".listing td.title").first, page.locator("div:has(> .listing)")
    for largeur in (1280, 320):
        page.set_viewport_size({"width": largeur, "height": 900})
        assert titre.bounding_box()["width"] >= 160  # whole words, not one letter under another
        assert vue.evaluate("e => e.scrollWidth <= e.clientWidth || getComputedStyle(e).overflowX === 'auto'")


def test_the_way_back_and_the_search_stay_in_sight(en_route, ouvrir):
    consultation, par, ateliers = en_route
    deroule = f"/gestion/consultations/{consultation.pk}/ateliers/{ateliers[0].pk}/deroule/"
    page = ouvrir(deroule, qui=par, largeur=1280, hauteur=600)
    page.mouse.move(640, 300)
    page.mouse.wheel(0, 4000)
    jusqu_a(page, "scrollY > 300 || document.querySelector('.content-wrapper').scrollTop > 300")
    expect(page.locator(".g-barre")).to_be_in_viewport(ratio=1)
    page.get_by_label("Chercher dans tout le bureau").fill("transmettre")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Transmettre, partager").click()
    expect(page).to_have_url(re.compile(f"/ateliers/{ateliers[1].pk}/deroule/"))
    page.locator(".g-barre").get_by_role("link", name="Séminaire des Trois Rives").click()
    expect(page).to_have_url(re.compile(f"/consultations/{consultation.pk}/$"))
