"""A questionnaire from the organiser's desk to a phone without scripts, in a real browser."""

import json
import os
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from ateliers.lectures.grilles import Etat, pour_le_telephone
from consultation import actions, questions
from consultation.gestion.tableur import en_xlsx
from consultation.models import CopieGrille, Grille, VersionGrille
from tests import fabriques as f
from tests.consultation.test_grilles import contenu
from tests.consultation.test_grilles_lecture import recevoir
from tests.consultation.test_questions import question
from tests.consultation.test_questions_xlsform import xlsform

pytestmark = pytest.mark.parcours


def photo(page, nom):
    if dossier := os.environ.get("PHOTOS"):
        page.screenshot(path=f"{dossier}/{nom}.png", full_page=True)


@pytest.fixture(scope="module")
def consultation(serveur):
    return f.creer_consultation(titre="Séminaire des Trois Rives")


def test_a_grille_is_written_at_the_desk_and_answered_on_a_phone_without_scripts(
    consultation, ouvrir, sans_defaut_axe
):
    desk = f"/gestion/consultations/{consultation.pk}/grilles/"
    bureau = ouvrir(desk, qui=f.creer_organisateur(consultation), largeur=1440, hauteur=1000)
    sans_defaut_axe(bureau)
    bureau.get_by_role("link", name="Ajouter une grille").first.click()
    bureau.locator("[name=titre]").fill("Mon parcours ici")
    bureau.get_by_label(re.compile("Satisfaction en parcours")).check()
    photo(bureau, "grille-nouvelle")
    sans_defaut_axe(bureau)
    bureau.get_by_role("button", name="Commencer").click()

    bureau.get_by_role("link", name=re.compile("Combien d’heures")).click()
    expect(bureau.get_by_text(re.compile("seulement si la réponse à la question 4"))).to_be_visible()
    expect(bureau.locator("[name=choix]")).to_be_hidden()
    expect(bureau.locator("[name=maxi]")).to_have_value("151")
    expect(bureau.frame_locator("iframe").get_by_role("heading", name=re.compile("Combien"))).to_be_visible()
    photo(bureau, "grille-construire")
    sans_defaut_axe(bureau)
    bureau.locator("[name=libelle]").fill("Combien d’heures avez-vous eues ?")
    bureau.get_by_role("button", name="Enregistrer la question").click()
    expect(bureau.frame_locator("iframe").get_by_text(re.compile("avez-vous eues"))).to_be_visible()
    bureau.get_by_role("link", name="Titre et parties").click()
    photo(bureau, "grille-presentation")
    sans_defaut_axe(bureau)
    bureau.get_by_role("link", name="Mettre en ligne").click()
    bureau.get_by_role("button", name="Mettre en ligne").click()
    expect(bureau.get_by_role("img", name="Code QR de la grille")).to_be_visible()
    photo(bureau, "grille-en-ligne")
    sans_defaut_axe(bureau)
    for ecran in (f"{Grille.objects.get().pk}/saisir/", "importer/"):
        bureau.goto(desk + ecran)
        sans_defaut_axe(bureau)
    bureau.goto(f"{desk}{Grille.objects.get().pk}/en-ligne/")

    telephone = ouvrir(f"/g/{Grille.objects.get().code}/", largeur=320, java_script_enabled=False)
    photo(telephone, "grille-debut")
    telephone.locator("[name=college]").first.check(force=True)
    telephone.get_by_role("button", name="Commencer").click()
    telephone.get_by_label("Plus d’un an").check(force=True)
    assert telephone.evaluate("document.querySelector('.avancer button').offsetHeight") < 80
    photo(telephone, "grille-question")
    telephone.get_by_role("button", name="Suivant").click()
    expect(telephone.get_by_text("Question 2 sur 10")).to_be_visible()
    assert CopieGrille.objects.get().valeurs == {"q1": {"": "plus_dun_an"}}

    bureau.get_by_role("button", name="Clore la grille").click()
    for reponse in ("moins_de_trois_mois", "de_trois_mois_a_un_an", "plus_dun_an"):
        recevoir(Grille.objects.get(), "salaries", 9, q1=reponse, q6="Un livret d’accueil")
        recevoir(Grille.objects.get(), "permanents", 7, q1=reponse, q6="Du temps")
    bureau.get_by_role("link", name="Lire les réponses").click()
    Grille.objects.update(close_le=timezone.now() - timedelta(minutes=2))
    bureau.get_by_role("button", name="Compter les réponses").click()
    expect(bureau.get_by_text("16 personnes sur 48").first).to_be_visible()
    photo(bureau, "grille-lire")
    sans_defaut_axe(bureau)
    bureau.get_by_role("link", name="Lire 48 réponses écrites").click()
    expect(bureau.get_by_label("Du temps").first).to_be_visible()
    photo(bureau, "grille-textes")
    sans_defaut_axe(bureau)


def commencer(ouvrir, consultation, *les_questions):
    grille = actions.creer_grille(
        consultation=consultation, titre="Sans réseau", contenu=contenu(*les_questions), par=None
    )
    actions.mettre_en_ligne(grille=grille, par=None)
    telephone = ouvrir(f"/g/{grille.code}/", largeur=320, service_workers="allow")
    telephone.locator("[name=college]").first.check(force=True)
    telephone.get_by_role("button", name="Commencer").click()
    telephone.locator("template[id^=ecran-]").first.wait_for(state="attached")
    telephone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return grille, telephone


def suivant(telephone, question):
    telephone.get_by_role("button", name="Suivant").click()
    expect(telephone.get_by_text(question)).to_be_visible()


def test_a_cut_network_stops_nobody_and_loses_and_doubles_nothing(consultation, ouvrir, sans_defaut_axe):
    formation = question("formation", "oui_non")
    heures = question("heures", "decimal", si=[{"question": "formation", "parmi": ["oui"]}])
    grille, telephone = commencer(ouvrir, consultation, formation, heures, question("aide"), question("fin"))
    perdues = []

    def perdre_la_reponse(route):
        """The server has it, and the phone never hears of it."""
        perdues.append(route.fetch().status)
        route.abort()

    telephone.route("**/garder/", perdre_la_reponse, times=1)
    telephone.get_by_label("Oui").check(force=True)
    suivant(telephone, "Question 2 sur 4")
    telephone.context.set_offline(True)
    telephone.locator(".saisie").fill("3,5")
    suivant(telephone, "Question 3 sur 4")
    expect(telephone.get_by_text("Le réseau est coupé.")).to_be_visible()
    telephone.locator(".saisie").fill("Un livret")
    photo(telephone, "grille-hors-connexion")
    sans_defaut_axe(telephone)
    telephone.reload()
    expect(telephone.locator(".saisie")).to_have_value("Un livret")
    suivant(telephone, "Question 4 sur 4")
    telephone.get_by_role("link", name="Retour").click()
    expect(telephone.locator(".saisie")).to_have_value("Un livret")
    telephone.locator(".saisie").fill("Un livret d’accueil")
    suivant(telephone, "Question 4 sur 4")
    telephone.get_by_role("link", name="Je passe cette question").click()
    expect(telephone.get_by_role("heading", name="Vos réponses attendent le réseau")).to_be_visible()
    assert CopieGrille.objects.get(grille=grille).envoyee_le is None
    telephone.context.set_offline(False)
    telephone.get_by_role("button", name="Envoyer mes réponses").click()
    expect(telephone.get_by_role("heading", name="Merci, tout est envoyé")).to_be_visible()
    copie = CopieGrille.objects.get(grille=grille)
    attendues = {"formation": {"": "oui"}, "heures": {"": "3.5"}, "aide": {"": "Un livret d’accueil"}}
    assert (perdues, copie.valeurs, copie.envoyee_le is not None) == ([200], attendues, True)


def test_an_unreadable_answer_is_said_at_once_and_stays_typed(consultation, ouvrir):
    grille, telephone = commencer(ouvrir, consultation, question("heures", "decimal"), question("aide"))
    telephone.locator(".saisie").fill("beaucoup")
    telephone.get_by_role("button", name="Suivant").click()
    expect(telephone.get_by_role("alert")).to_contain_text("Nous ne lisons pas « beaucoup »")
    expect(telephone.locator(".saisie")).to_have_value("beaucoup")
    telephone.locator(".saisie").fill("12")
    suivant(telephone, "Question 2 sur 2")
    expect(telephone.get_by_role("alert")).to_have_count(0)
    assert CopieGrille.objects.get(grille=grille).valeurs == {"heures": {"": "12"}}
    _memes_questions(telephone)


def _memes_questions(telephone):
    """The phone asks the same questions as the server, whatever was answered."""
    lue = questions.lire(
        contenu(
            question("q1", "plusieurs", choix="bus velo"),
            question("q2", "oui_non", si=[{"question": "q1", "parmi": ["bus"]}]),
            question("q3", si=[{"question": "q2", "parmi": ["non"]}, {"question": "q1", "parmi": ["velo"]}]),
        )
    )
    copie = CopieGrille(version=VersionGrille(contenu=lue.en_donnees()), grille=Grille())
    parcours = json.loads(pour_le_telephone(Etat.de(copie))["parcours"])
    essais = [
        {"q1": {"": q1}, "q2": {"": q2}}
        for q1 in ([], ["bus"], ["bus", "velo"], None)
        for q2 in ("oui", "non", None)
    ]
    dites = telephone.evaluate(
        "async ([module, parcours, essais]) => {"
        "const { posees } = await import(module); return essais.map((un) => posees(parcours, un)); }",
        ["/static/ateliers/js/grille-cahier.js", parcours, essais],
    )
    assert dites == [[q.cle for q in questions.posees(lue, essai)] for essai in essais]


def test_a_form_made_elsewhere_comes_in_and_three_sheets_of_paper_are_keyed(consultation, ouvrir, sans_defaut_axe):
    feuilles = xlsform(
        {"type": "select_one oui", "name": "venu", "label": "Êtes-vous venu en bus ?"},
        {"type": "text", "name": "manque", "label": "Que manque-t-il ?"},
        {"type": "geopoint", "name": "ou", "label": "Où habitez-vous ?"},
        choices=[("oui", "o", "Oui"), ("oui", "n", "Non")],
        settings="Venir au travail",
    )
    desk = reverse("gestion_ateliers:grille_importer", args=[consultation.pk])
    bureau = ouvrir(desk, qui=f.creer_organisateur(consultation), largeur=1280, hauteur=900)
    fichier = {"name": "venir.xlsx", "mimeType": "application/octet-stream", "buffer": en_xlsx(feuilles)}
    bureau.locator("input[type=file]").set_input_files(fichier)
    bureau.get_by_role("button", name="Lire ce fichier").click()
    expect(bureau.get_by_text("2 questions se reprennent")).to_be_visible()
    expect(bureau.get_by_role("row").filter(has_text="survey")).to_contain_text(
        "4"
    )  # the row nobody can carry over
    sans_defaut_axe(bureau)
    bureau.get_by_role("button", name="Créer la grille").click()
    bureau.get_by_role("link", name="Mettre en ligne").click()
    bureau.get_by_role("button", name="Mettre en ligne").click()
    feuille = bureau.request.get(bureau.get_by_role("link", name="Imprimer la feuille").get_attribute("href"))
    assert feuille.body().startswith(b"%PDF")

    bureau.get_by_role("link", name="Saisir des feuilles").first.click()
    for mots in ("Un abri", "Un bus le soir", "Un trottoir"):
        bureau.locator("textarea[name=saisie]").fill(f"0a 1a\n2 {mots}")
        bureau.keyboard.press("Tab")
        bureau.keyboard.press("Enter")
        expect(bureau.get_by_text(mots)).to_be_visible()
    expect(bureau.get_by_role("heading", name="3 feuilles saisies")).to_be_visible()
    sans_defaut_axe(bureau)
    copies = CopieGrille.objects.filter(grille__titre="Venir au travail")
    assert sorted((c.valeurs["venu"][""], c.valeurs["manque"][""]) for c in copies) == [
        ("o", "Un abri"), ("o", "Un bus le soir"), ("o", "Un trottoir"),
    ]  # fmt: skip
