"""A forum as it is lived: a resident refused then heard, a queue, a desk, a reader; immersions, and a visit."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consultation.models import Participant, Proposition
from immersions import actions as actions_immersions
from immersions.models import Immersion, OrdreDuJour
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_code, creer_forum, entrer, proposer
from tests.immersions import fabriques_immersions as immersions
from tests.visites.fabriques_visites import faite
from visites.models import Visite

pytestmark = pytest.mark.parcours


@pytest.fixture(scope="module")
def forum(serveur):
    forum = creer_forum("proposer", "discuter", titre="Travailler ici")
    proposer(forum, "Un minibus le matin entre les villages. Il passerait à cinq heures.")
    return forum


def chez(forum, suite=""):
    return f"/forum/{forum.consultation.slug}/{suite}"


def relire(page, forum, mots):
    """Bring a text of the queue before one's eyes."""
    page.goto(chez(forum, "moderer/"))
    page.locator(".file a", has_text=mots).click()
    expect(page.locator(".fiche .dit")).to_contain_text(mots)


def test_a_resident_without_scripts_is_refused_with_a_reason_appeals_and_is_heard(forum, ouvrir, sans_defaut_axe):
    code = creer_code(forum)
    telephone = ouvrir(chez(forum), largeur=360, java_script_enabled=False)
    telephone.get_by_label("Le code de votre carte").fill(code.lisible.lower())
    telephone.get_by_role("button", name="Entrer dans le forum").click()
    telephone.get_by_label(re.compile("^Habitants")).check()
    telephone.get_by_label(re.compile("mes mots peuvent être publiés")).check()
    telephone.get_by_role("button", name="Continuer").click()
    telephone.locator("#texte").fill("Chez Verdalou, prévenir des horaires une semaine avant.")
    telephone.get_by_role("button", name="Envoyer").click()
    expect(telephone.get_by_role("heading", name="En attente de lecture")).to_be_visible()

    premiere, seconde = f.creer_animateur(forum.espace), f.creer_animateur(forum.espace)
    bureau = ouvrir("", qui=premiere, largeur=1366)
    relire(bureau, forum, "Verdalou")
    sans_defaut_axe(bureau)
    bureau.get_by_text("Refuser, avec la raison").click()
    bureau.get_by_label(re.compile("^2\\. ")).check()
    bureau.get_by_label("Votre phrase pour l’auteur").fill("Retirez le nom : nous affichons le reste.")
    bureau.get_by_role("button", name="Refuser et prévenir").click()
    expect(bureau.get_by_role("heading", name="Tout est relu")).to_be_visible()
    expect(bureau.get_by_role("button", name=re.compile("^Annuler"))).to_be_visible()

    telephone.goto(chez(forum, "mes-textes/"))
    expect(telephone.get_by_text("Retirez le nom")).to_be_visible()
    telephone.get_by_role("link", name="Je ne suis pas d’accord").click()
    # axe is a script: the same pages, as the same person, where scripts run.
    double = ouvrir("", largeur=360, storage_state=telephone.context.storage_state())
    for vers in (telephone.url, *(chez(forum, suite) for suite in ("", "mes-textes/", "proposer/"))):
        double.goto(vers)
        sans_defaut_axe(double)
    telephone.get_by_label(re.compile("Que voulez-vous lui dire")).fill("C’est l’entreprise.")
    telephone.get_by_role("button", name="Demander la deuxième lecture").click()

    bureau.reload()
    expect(bureau.get_by_text("Une autre personne doit le relire")).to_be_visible()
    autre = ouvrir("", qui=seconde, largeur=1366)
    relire(autre, forum, "Verdalou")
    expect(autre.get_by_text("C’est l’entreprise.")).to_be_visible()
    autre.get_by_role("button", name="Afficher", exact=True).click()
    telephone.reload()
    telephone.get_by_role("link", name="Voir la proposition et ce qu’on en dit").click()
    expect(telephone.get_by_role("heading", level=1)).to_contain_text("Verdalou")


def test_a_moderator_goes_through_a_queue_and_takes_a_decision_back(forum, ouvrir, sans_defaut_axe):
    gens = [entrer(forum) for _n in range(5)]
    for n in range(50):
        proposer(forum, f"Attente numéro {n}.", participant=gens[n % 5], affichee=False)
    bureau = ouvrir(chez(forum, "moderer/"), qui=f.creer_animateur(forum.espace), largeur=1366)
    expect(bureau.get_by_role("heading", name=re.compile("50 textes"))).to_be_visible()
    for n in range(3):
        expect(bureau.locator(".fiche .dit")).to_contain_text(f"Attente numéro {n}.")
        bureau.get_by_role("button", name="Afficher", exact=True).click()
    expect(bureau.get_by_role("heading", name=re.compile("47 textes"))).to_be_visible()
    sans_defaut_axe(bureau)
    bureau.get_by_role("button", name=re.compile("^Annuler")).first.click()
    expect(bureau.locator(".fiche .dit")).to_contain_text("Attente numéro 2.")
    expect(bureau.get_by_role("heading", name=re.compile("48 textes"))).to_be_visible()


def test_a_desk_helper_writes_for_someone_and_gives_them_their_code(forum, ouvrir, sans_defaut_axe):
    rapporteur = f.creer_mandat("rapporteur", forum.consultation)
    guichet = ouvrir(chez(forum, "guichet/"), qui=rapporteur, largeur=1024)
    sans_defaut_axe(guichet)
    guichet.get_by_label(re.compile("^Salariés")).check()
    guichet.locator("#texte").fill("Une cantine ouverte aux apprentis.")
    guichet.get_by_label(re.compile("La personne est d’accord")).check()
    guichet.get_by_role("button", name=re.compile("Envoyer|Afficher|Enregistrer")).last.click()
    dite = Proposition.objects.get(texte="Une cantine ouverte aux apprentis.")
    expect(guichet.get_by_text(dite.auteur.code_lisible)).to_be_visible()
    assert dite.auteur.origine == Participant.Origine.GUICHET


def test_a_reader_searches_reads_reports_and_asks_to_follow(forum, ouvrir, sans_defaut_axe):
    page = ouvrir(chez(forum), largeur=360)
    page.get_by_role("link", name="Rechercher").click()
    sans_defaut_axe(page)
    page.get_by_label(re.compile("Que cherchez-vous")).fill("minibuss")
    page.get_by_role("button", name="Rechercher").click()
    expect(page.get_by_text("Vous avez écrit")).to_be_visible()
    sans_defaut_axe(page)
    page.locator(".resultats a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Un minibus le matin")
    sans_defaut_axe(page)
    page.get_by_role("link", name="Signaler ce texte").click()
    sans_defaut_axe(page)
    page.get_by_label(re.compile("^4\\. ")).check()
    page.get_by_role("button", name="Signaler").click()
    expect(page.get_by_text("va relire ce texte")).to_be_visible()
    page.get_by_role("link", name="Suivre cette proposition").click()
    sans_defaut_axe(page)
    page.get_by_label("Votre adresse e-mail").fill("lise@exemple.test")
    page.get_by_label(re.compile("gardez mon adresse")).check()
    page.get_by_role("button", name="Recevoir l’e-mail de confirmation").click()
    expect(page.get_by_role("heading", name="Regardez vos e-mails")).to_be_visible()
    page.goto(chez(forum, "entrer/e-mail/"))
    sans_defaut_axe(page)


def test_an_employee_without_e_mail_asks_signs_and_reads_their_assessment_beside_a_host_with_a_link(
    serveur, ouvrir, sans_defaut_axe
):
    dispositif = immersions.creer_dispositif()
    personne = f.creer_participant(dispositif.consultation, structure=f.creer_structure())
    racine = f"/immersions/{dispositif.consultation.slug}/"
    telephone = ouvrir(racine, largeur=320, java_script_enabled=False)
    telephone.get_by_label("Votre code").fill(personne.code_lisible.lower())
    telephone.get_by_role("button", name="Continuer").click()
    telephone.get_by_label(re.compile("^Montrer ce que je sais faire")).check()
    telephone.get_by_label("Votre code").fill(personne.code_personnel)
    telephone.get_by_role("button", name="Envoyer ma demande").click()
    expect(telephone.get_by_text("Cette demande est à vous.")).to_be_visible()

    jour = immersions.jour
    une = immersions.placer(immersions.preparer(Immersion.objects.get()), debut=jour(-2), fin=jour(2))
    immersions.signer(une, "structure")
    telephone.goto(racine)
    telephone.get_by_role("link", name="Lire et signer").click()
    telephone.get_by_label("Votre code").fill(personne.code_personnel)
    telephone.get_by_role("button", name="Signer").click()
    expect(telephone.get_by_text("C’est signé.")).to_be_visible()

    code = actions_immersions.donner_un_code(immersion=une, partie="accueil", par=None)
    hote = ouvrir(f"{racine}jour/{code}/", largeur=390)
    sans_defaut_axe(hote)
    hote.get_by_role("button", name="Signer").click()
    for objectif in immersions.OBJECTIFS:
        hote.get_by_label(objectif).select_option("Acquis")
    sans_defaut_axe(hote)
    hote.get_by_role("button", name="Envoyer le bilan").click()
    expect(hote.get_by_text("Le bilan est complet.")).to_be_visible()
    telephone.goto(racine)
    expect(telephone.get_by_role("heading", name="Mon bilan")).to_be_visible()
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 320


def test_an_officer_counts_a_quarter_notes_a_need_and_prepares_the_meeting_that_the_board_leads_to(
    serveur, ouvrir, sans_defaut_axe
):
    dispositif = immersions.creer_dispositif()
    annee = timezone.localdate().year - 1
    for issue in 5 * ("confirme", "embauche"):
        immersions.creer_faite(dispositif, issue=issue)
    Immersion.objects.filter(dispositif=dispositif).update(debut=f"{annee}-11-02", fin=f"{annee}-11-13")
    desk = f"/gestion/consultations/{dispositif.consultation_id}/immersions/"
    bureau = ouvrir(desk, qui=f.creer_organisateur(dispositif.consultation), largeur=1366)
    sans_defaut_axe(bureau)
    bureau.get_by_role("button", name=f"Arrêter le trimestre 4 de {annee}").click()
    expect(bureau.get_by_text("Ils ne changeront plus.")).to_be_visible()
    bureau.get_by_role("link", name="Réunion du réseau").click()
    bureau.get_by_role("link", name="Noter un besoin").click()
    sans_defaut_axe(bureau)
    bureau.get_by_label("Ce qui manque au territoire").fill("Un car le matin")
    bureau.get_by_role("button", name="Enregistrer").click()
    expect(bureau.get_by_text("Le besoin est noté.")).to_be_visible()
    bureau.get_by_label("Période du tableau").select_option(str(annee))
    bureau.get_by_role("button", name="Afficher", exact=True).click()
    sans_defaut_axe(bureau)
    bureau.get_by_label(re.compile("Et après.*Projet confirmé")).check()
    bureau.get_by_label("Jour").fill(f"{immersions.jour(12):%Y-%m-%d}")
    bureau.get_by_label("Heure").fill("14:00")
    bureau.get_by_role("button", name="Préparer la réunion").click()
    expect(bureau.get_by_text("La réunion est préparée.")).to_be_visible()

    public = ouvrir(f"/immersions/{dispositif.consultation.slug}/bord/", largeur=320, java_script_enabled=False)
    expect(public.get_by_role("heading", level=1)).to_have_text("10 immersions faites, 40 étaient visées")
    public.get_by_label("Ne lire que").select_option("genre:decouverte")
    public.get_by_role("button", name="Afficher").click()
    expect(public.get_by_role("heading", level=1)).to_contain_text("10 immersions faites")
    public.get_by_label("Ne lire que").select_option("")
    public.get_by_role("button", name="Afficher").click()
    public.get_by_role("link", name="Réunion du réseau").click()
    expect(public.get_by_text("5 immersions sur 10.")).to_be_visible()
    assert public.evaluate("document.documentElement.scrollWidth") <= 320
    assert OrdreDuJour.objects.get(dispositif=dispositif).atelier.etapes.count() == 6


def test_a_visit_goes_from_the_offer_to_the_report_that_both_sides_agreed_to(serveur, ouvrir, sans_defaut_axe):
    seminaire = f.creer_consultation()
    personne = f.creer_participant(seminaire)
    desk = f"/gestion/consultations/{seminaire.pk}/visites/"
    bureau = ouvrir(f"{desk}ajouter/", qui=f.creer_organisateur(seminaire), largeur=1366)
    sans_defaut_axe(bureau)
    for nom, valeur in (
        ("entreprise", "Le Fournil"), ("a_voir", "Le four."), ("debut", "2031-10-14T09:30"), ("lieu", "Ici"),
        ("fin", "2031-10-14T12:00"), ("places", "8"),
    ):  # fmt: skip
        bureau.locator(f"[name={nom}]").fill(valeur)
    bureau.get_by_role("button", name="Enregistrer").click()
    bureau.get_by_role("button", name="Ouvrir la visite").click()
    expect(bureau.get_by_text("chacun peut demander une place")).to_be_visible()

    telephone = ouvrir("/moi/", qui=personne, largeur=320, java_script_enabled=False)
    telephone.get_by_role("link", name="Le Fournil").click()
    telephone.get_by_role("button", name="Je viens").click()
    expect(telephone.get_by_role("button", name=re.compile("rendre ma place"))).to_be_visible()

    visite = faite(Visite.objects.get(consultation=seminaire))
    bureau.goto(f"{desk}{visite.pk}/compte-rendu/")
    bureau.get_by_label("Ce que le groupe a vu, en quelques lignes").fill("Chacun forme le suivant.")
    bureau.get_by_role("button", name="Enregistrer le compte rendu").click()
    sans_defaut_axe(bureau)
    for adresse in (f"/visites/{seminaire.slug}/{visite.pk}/", f"/visite-entreprise/{visite.cle}/"):
        telephone.goto(adresse)
        telephone.get_by_role("button", name="Oui, publiez-le").click()
        expect(telephone.get_by_text("Vous avez dit oui.")).to_be_visible()
    bureau.reload()
    bureau.get_by_role("button", name="Publier le compte rendu").click()
    telephone.context.clear_cookies()
    telephone.goto(f"/visites/{seminaire.slug}/{visite.pk}/")
    expect(telephone.get_by_text("Chacun forme le suivant.")).to_be_visible()
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 320
