"""From the rapporteur's desk to the reader: worded, reviewed, published, and traced back to who said it."""

import email
import re

import pytest
from playwright.sync_api import expect

from ateliers import actions as ateliers
from consultation import actions
from contenus.amorce import poser_arborescence
from courrier import actions as actions_du_courrier
from courrier import lettre
from courrier.depart import avancer
from courrier.models import Abonnement
from tests import fabriques
from tests.courrier.conftest import boite  # noqa: F401
from tests.courrier.fabriques_courrier import creer_numero

from .gestes import lire, preparer_salle

pytestmark = pytest.mark.parcours

MOTS = ["Apprendre à deux, avec quelqu’un qui sait faire.", "Un tuteur pour chaque nouvelle personne."]


@pytest.fixture(scope="module")
def salle(serveur):
    """An atelier in which twelve people have spoken, gathered and voted."""
    poser_arborescence()
    atelier, gens = preparer_salle()
    consultation, espace = atelier.consultation, atelier.espace
    sonia = fabriques.creer_participant(consultation, "salaries", "Sonia", accord_publication=True)
    karim = fabriques.creer_participant(consultation, "permanents", "Karim", accord_publication=True)
    propositions = [
        fabriques.creer_proposition(espace, mots, auteur)
        for mots, auteur in zip(MOTS, (sonia, karim), strict=True)
    ]
    piste = fabriques.creer_piste(
        espace, "Apprendre le métier en binôme", propositions, axe=consultation.axes.get()
    )
    scrutin = actions.preparer_scrutin(espace=espace, titre="Voter", par=gens["animateur"])
    actions.ouvrir_scrutin(scrutin=scrutin, par=gens["animateur"])
    for signe in ("salaries", "permanents"):
        for qui in fabriques.creer_participants(consultation, 6, signe):
            actions.voter(scrutin=scrutin, participant=qui, choix={piste.pk: 2})
    actions.clore_scrutin(scrutin=scrutin, par=gens["animateur"])
    actions.retenir_piste(piste=piste, par=gens["rapporteur"])
    ateliers.entrer(atelier=atelier, participant=sonia)
    return atelier, gens, sonia


def rediger(page, atelier):
    page.goto(f"/rapporter/nouvelle/?espace={atelier.espace_id}")
    page.get_by_label("Titre", exact=True).fill("Ce que l’atelier propose")
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"/rapporter/\d+/"))
    page.get_by_role("textbox", name="Chapeau").fill("Douze personnes ont travaillé sur une question.")
    page.get_by_role("button", name="Enregistrer le chapeau").click()
    expect(page.get_by_role("textbox", name="Chapeau")).to_have_value(
        "Douze personnes ont travaillé sur une question."
    )


def soumettre_la_page(page):
    page.get_by_role("button", name="Soumettre").click()
    page.get_by_role("button", name="En faire une page").click()
    page.wait_for_url(re.compile(r"/gestion/pages/\d+/edit/"))
    adresse = page.url
    page.get_by_role("button", name="Plus d'actions").last.click()
    page.locator("button[name=action-submit]").click()
    page.wait_for_url(re.compile(r"/gestion/pages/\d+/$"))
    return adresse


def approuver(page, adresse):
    page.goto(adresse)
    page.get_by_role("button", name="Plus d'actions").last.click()
    page.locator("button[data-workflow-action-name=approve]").first.click()
    page.wait_for_url(re.compile(r"/gestion/(pages/\d+/)?$"))


def test_a_synthesis_is_worded_reviewed_published_and_traced_back(salle, ouvrir, sans_defaut_axe, base_du_serveur):
    atelier, gens, sonia = salle
    rapporteur = ouvrir("", qui=gens["rapporteur"], largeur=1280, hauteur=900)
    rediger(rapporteur, atelier)
    sans_defaut_axe(rapporteur)
    editeur = ouvrir("", qui=gens["editeur"], largeur=1280, hauteur=900, attendre_erreurs=True)
    adresse = soumettre_la_page(rapporteur)
    lecteur = ouvrir("/syntheses/")
    expect(lecteur.get_by_text("Ce que l’atelier propose")).to_have_count(0)

    approuver(editeur, adresse)
    assert lire(base_du_serveur, "SELECT etat FROM consultation_synthese") == [("publiee",)]

    lecteur.goto("/syntheses/")
    lecteur.get_by_role("link", name=re.compile("Ce que l’atelier propose")).first.click()
    expect(lecteur.get_by_role("heading", level=1)).to_contain_text("Ce que l’atelier propose")
    sans_defaut_axe(lecteur)
    plis = lecteur.locator("main details:not([open]) > summary")
    while plis.count():
        plis.first.click()
    lecteur.get_by_role("link", name=re.compile("née de 2 propositions")).first.click()
    expect(lecteur).to_have_url(re.compile(r"#o\d+$"))
    origine = lecteur.locator(lecteur.url[lecteur.url.index("#") :])
    for mots in MOTS:
        expect(origine.get_by_text(mots)).to_be_visible()
    origine.get_by_role("link").first.click()
    expect(lecteur).to_have_url(re.compile(r"#p\d+$"))

    lecteur.goto(f"/m/{sonia.code_personnel}/")
    lecteur.wait_for_url("**/moi/")
    lecteur.get_by_role("link", name=re.compile("publi", re.I)).first.click()
    expect(
        lecteur.get_by_role("heading", level=1, name=re.compile("Qu’est devenue ma proposition"))
    ).to_be_visible()
    expect(lecteur.get_by_text("Apprendre le métier en binôme").first).to_be_visible()
    sans_defaut_axe(lecteur)
    lecteur.get_by_role("link", name=re.compile("Lire la synthèse")).click()
    expect(lecteur.get_by_role("heading", level=1)).to_contain_text("Ce que l’atelier propose")


def ouvrir_a_deux(salle, ouvrir):
    """A draft with one sentence, open for writing on the desks of the rapporteur and of the facilitator."""
    atelier, gens, sonia = salle
    fabriques.creer_proposition(atelier.espace, "Un banc dehors, pour souffler.", sonia)
    synthese = actions.ouvrir_synthese(
        consultation=atelier.consultation, espace=atelier.espace, titre="À deux", par=None
    )
    phrase = actions.ajouter_phrase(section=synthese.sections.get(), texte="Apprendre.", pistes=[], par=None)
    page, taille = f"/rapporter/{synthese.pk}/?ouvert=phrase-{phrase.pk}", {"largeur": 1280, "hauteur": 900}
    qui = (gens["rapporteur"], gens["animateur"])
    return synthese, *(ouvrir(page, qui=un, attendre_erreurs=True, **taille) for un in qui)


def ecrire(bureau, texte, bouton="Enregistrer la phrase"):
    bureau.locator("textarea[name=texte]").fill(texte)
    bureau.get_by_role("button", name=bouton).click()


def test_two_rapporteurs_write_one_sentence_and_an_author_answers(salle, ouvrir, sans_defaut_axe):
    synthese, une, autre = ouvrir_a_deux(salle, ouvrir)
    ecrire(autre, "Apprendre à deux rassure.")
    expect(autre.locator(".dit", has_text="Apprendre à deux rassure.")).to_be_visible()
    une.evaluate("dispatchEvent(new Event('focus'))")
    expect(une.get_by_role("status").filter(has_text="a changé cette synthèse")).to_be_visible()
    ecrire(une, "Apprendre vite.")
    expect(une.get_by_text("Apprendre à deux rassure.")).to_be_visible()
    expect(une.locator("textarea[name=texte]")).to_have_value("Apprendre vite.")
    sans_defaut_axe(une)
    ecrire(une, "Apprendre à deux, vite.", "Garder mon texte")
    une.get_by_role("link", name="Comparer les versions").click()
    expect(une.locator("ins").first).to_be_visible()
    sans_defaut_axe(une)

    une.goto(f"/rapporter/{synthese.pk}/")
    une.locator(".orphelines summary").first.click()
    une.locator(".a-laisser summary").first.click()
    une.get_by_label("Votre raison").first.fill("Nous en parlons à la prochaine réunion.")
    sans_defaut_axe(une)
    une.get_by_role("button", name="Laisser de côté et le dire").first.click()
    expect(une.get_by_role("heading", name="1 proposition laissée de côté")).to_be_visible()

    telephone = ouvrir(f"/m/{salle[2].code_personnel}/")
    telephone.wait_for_url("**/moi/")
    telephone.get_by_role("link", name=re.compile("Un banc dehors")).click()
    expect(telephone.get_by_text("Nous en parlons à la prochaine réunion.")).to_be_visible()
    telephone.get_by_text("Vous n’êtes pas d’accord").click()
    telephone.get_by_label("Dites pourquoi").fill("Il fait chaud maintenant.")
    sans_defaut_axe(telephone)
    telephone.get_by_role("button", name="Envoyer").click()

    une.reload()
    une.get_by_label("Votre réponse").fill("Vous avez raison, nous l’ajoutons.")
    sans_defaut_axe(une)
    une.get_by_role("button", name="Envoyer la réponse").click()
    expect(une.get_by_text("Votre réponse est enregistrée.")).to_be_visible()
    telephone.reload()
    expect(telephone.get_by_text("Vous avez raison, nous l’ajoutons.")).to_be_visible()


def lien(mots, nom):
    """The path of a link of a letter, by how it ends."""
    return re.search(rf"https?://[^/\s]+(/courrier/\w+/{nom})\s", mots)[1]


def test_the_newsletter_is_asked_for_confirmed_received_and_ended(salle, ouvrir, sans_defaut_axe, boite):  # noqa: F811
    lectrice = ouvrir("/")
    lectrice.get_by_role("link", name="Recevoir le Fil d’Info").click()
    lectrice.get_by_label("Votre adresse e-mail").fill("Lise@exemple.test")
    lectrice.get_by_role("button", name="M’abonner").click()
    expect(lectrice.get_by_text("Nous écrivons à lise@exemple.test")).to_be_visible()
    sans_defaut_axe(lectrice)

    lectrice.goto(lien(lettre.demande(Abonnement.objects.get()).body, ""))
    lectrice.get_by_role("button", name="Oui, je m’abonne").click()
    expect(lectrice.get_by_text("Vous recevrez le prochain numéro")).to_be_visible()
    sans_defaut_axe(lectrice)

    envoi = actions_du_courrier.figer(page=creer_numero(5), par=None)
    actions_du_courrier.lancer(envoi=envoi, personnes=1, par=None)
    avancer()
    [(courriel, recue)] = boite.recus
    assert courriel == "lise@exemple.test"
    message = email.message_from_bytes(recue.encode())
    texte = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    lectrice.goto(lien(texte.get_payload(decode=True).decode(), "arreter/"))
    sans_defaut_axe(lectrice)
    lectrice.get_by_role("button", name="Ne plus rien recevoir").click()
    expect(lectrice.get_by_role("heading", name="C’est fait.")).to_be_visible()
    assert Abonnement.objects.count() == 0
    assert envoi.destinataires.get().courriel == "l…@exemple.test"
