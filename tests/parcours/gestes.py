"""What people do in the journeys, named as they would say it."""

import contextlib
import re
import sqlite3

from django.utils import timezone
from playwright.sync_api import expect

from ateliers import actions as ateliers
from ateliers.models import Temps
from tests import fabriques

MOT_DE_PASSE = "mot de passe"


def preparer_salle(titre="Apprendre et transmettre"):
    """A seminar with one atelier ready to open; return it with its people: {"organisateur": account, …}."""
    consultation = fabriques.creer_consultation(titre="Séminaire des Trois Rives", lieu="Port-Clair")
    axe = fabriques.creer_axe(
        consultation=consultation, titre="Apprendre au travail", chapeau="On apprend en faisant."
    )
    debut = timezone.now()
    temps = Temps.objects.create(
        consultation=consultation,
        titre="Faire germer des idées",
        debut=debut,
        fin=debut + timezone.timedelta(hours=3),
        picto="d-2",
        ordre=2,
    )
    organisateur = fabriques.creer_organisateur(consultation)
    atelier = ateliers.creer_atelier(
        consultation=consultation,
        temps=temps,
        titre=titre,
        question="Qu’est-ce qui vous aiderait à mieux apprendre votre métier ?",
        axes=[axe],
        deroule="classique",
        par=organisateur,
    )
    gens = {
        "organisateur": organisateur,
        "animateur": fabriques.creer_animateur(atelier.espace),
        "rapporteur": fabriques.creer_rapporteur(atelier.espace),
        "editeur": fabriques.creer_editeur(consultation),
    }
    return atelier, gens


def se_connecter(page, compte):
    page.goto("/compte/login/")
    page.locator("input[name=login]").fill(compte.email)
    page.locator("input[name=password]").fill(MOT_DE_PASSE)
    page.get_by_role("button", name=re.compile("Se connecter|Entrer|Connexion")).click()
    page.wait_for_url(re.compile(r"^(?!.*login).*$"))


def entrer_en_salle(page, atelier, prenom, college, accord=True):
    """From the code on the wall to the room: the two screens anyone meets."""
    page.goto("/rejoindre/")
    page.get_by_label("Code de l’atelier, ou code personnel").fill(atelier.code_lisible.lower())
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Votre prénom, ou un surnom").fill(prenom)
    page.get_by_label(re.compile(f"^{college}")).check(force=True)
    if accord:
        page.get_by_label(re.compile("^D’accord")).check(force=True)
    page.get_by_role("button", name="Entrer dans l’atelier").click()
    page.get_by_role("link", name="C’est noté, je continue").or_(
        page.get_by_role("button", name="C’est noté, je continue")
    ).click()
    page.wait_for_url(f"**/a/{atelier.code}/")


def proposer(page, texte):
    page.get_by_label("Ma piste").fill(texte)
    page.get_by_role("button", name="Proposer ma piste").click()
    expect(page.get_by_text(re.compile("^Merci")).first).to_be_visible()


def ouvrir_etape(console, titre):
    """The facilitator opens the next step, and sees it open."""
    console.get_by_role("button", name=re.compile(f"^Ouvrir {titre}")).click()
    expect(console.get_by_role("heading", level=2, name=titre)).to_be_visible()


def lire(base, requete):
    """Rows of the server's database, read from outside, by a connection that has seen nothing before."""
    with contextlib.closing(sqlite3.connect(base)) as lecteur:
        return lecteur.execute(requete).fetchall()
