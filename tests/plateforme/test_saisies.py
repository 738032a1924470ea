"""Nothing typed is lost when a session, a right or a page has gone: every form, through login and back."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from lxml import html as lxml_html

from consultation import actions
from consultation.models import Mandat, PhraseSynthese, Proposition
from tests.ateliers.fabriques_ateliers import faire_atelier, faire_compte
from tests.fabriques import creer_consultation, creer_piste

pytestmark = pytest.mark.django_db
PHRASE = "Le trajet compte autant que le contrat."


@pytest.fixture
def atelier():
    return faire_atelier(creer_consultation())


@pytest.fixture
def gens(atelier):
    return {
        role: faire_compte(atelier.consultation, role, atelier.espace, email=f"{role}@exemple.test")
        for role in (Mandat.Role.RAPPORTEUR, Mandat.Role.ANIMATEUR)
    }


def perdre_la_session(client):
    del client.cookies[settings.SESSION_COOKIE_NAME]


def se_connecter(client, reponse, compte):
    """Log in on the page that `reponse` leads to; return what is shown then."""
    connexion = client.get(reponse["Location"])
    assert connexion.status_code == 200
    suite = lxml_html.fromstring(connexion.content.decode()).xpath("//input[@name='next']/@value")[0]
    champs = {"login": compte.email, "password": "x", "next": suite}
    return client.post(reverse("account_login"), champs, follow=True)


def renvoyer(client, page):
    """Press the button of the page that shows what was kept."""
    (form,) = [f for f in lxml_html.fromstring(page.content.decode()).forms if f.fields.get("saisie_gardee")]
    return client.post(form.action, dict(form.form_values()), follow=True)


def test_the_sentence_of_a_rapporteur_survives_a_lost_session(client, atelier, gens):
    rapporteuse = gens["rapporteur"]
    synthese = actions.ouvrir_synthese(
        consultation=atelier.consultation, espace=atelier.espace, titre="Synthèse", par=rapporteuse
    )
    section = actions.ajouter_section(synthese=synthese, titre="Partie", axe=None, par=rapporteuse)
    piste = creer_piste(atelier.espace)
    client.force_login(rapporteuse)
    perdre_la_session(client)
    adresse = reverse("agir_synthese", args=[synthese.pk, "nouvelle-phrase", section.pk])
    page = se_connecter(client, client.post(adresse, {"texte": PHRASE, "pistes": [piste.pk]}), rapporteuse)
    assert (page.status_code, PHRASE in page.content.decode()) == (200, True)
    assert PhraseSynthese.objects.count() == 0
    assert renvoyer(client, page).status_code == 200
    phrase = PhraseSynthese.objects.get()
    assert (phrase.texte, list(phrase.pistes.all())) == (PHRASE, [piste])


def test_a_paper_card_survives_it_too_and_is_kept_once(client, atelier, gens):
    animatrice = gens["animateur"]
    college = atelier.consultation.colleges.first()
    client.force_login(animatrice)
    perdre_la_session(client)
    carte = {"college": college.pk, "texte": "cariste", "origine_note": "table 3", "prenom": "", "cle": "c" * 32}
    page = se_connecter(client, client.post(reverse("saisir_carte", args=[atelier.pk]), carte), animatrice)
    assert "cariste" in page.content.decode()
    renvoyer(client, page)
    renvoyer(client, page)
    (proposition,) = Proposition.objects.all()
    assert (proposition.texte, proposition.college, proposition.origine_note) == ("cariste", college, "table 3")


def test_what_was_sent_again_is_kept_no_more(client, atelier, gens):
    client.force_login(gens["animateur"])
    perdre_la_session(client)
    carte = {"college": atelier.consultation.colleges.first().pk, "texte": PHRASE}
    page = se_connecter(client, client.post(reverse("saisir_carte", args=[atelier.pk]), carte), gens["animateur"])
    adresse = page.redirect_chain[-1][0]
    assert client.get(adresse).status_code == 200
    renvoyer(client, page)
    assert client.get(adresse).headers["Location"] == settings.LOGIN_REDIRECT_URL


@pytest.mark.parametrize(
    "adresse", ["/animer/{pk}/etapes/1/ouvrir/", "/gestion/images/add/", "/animer/{pk}/carte/"]
)
def test_after_login_one_lands_on_a_real_page_whatever_the_form(client, atelier, gens, adresse):
    reponse = client.post(adresse.format(pk=atelier.pk), {"courante": "1"})
    page = se_connecter(client, reponse, gens["animateur"])
    assert page.status_code == 200
    assert "Ce geste n’est pas encore fait" in page.content.decode()


def test_no_password_is_kept_and_no_stranger_fills_the_base(client, atelier):
    adresse = reverse("saisir_carte", args=[atelier.pk])
    for _envoi in range(9):
        client.post(adresse, {"texte": "a" * 50_000, "password1": "secret-de-quelqu-un"})
    client.post(adresse, {"texte": "b" * 61_000})
    (seance,) = Session.objects.all()
    gardees = seance.get_decoded()["saisies_gardees"]
    assert [len(piece["champs"]) for piece in gardees.values()] == [1, 1, 1, 1, 0]
    assert "secret-de-quelqu-un" not in str(gardees)


def test_another_browser_finds_nothing(client, atelier, gens):
    reponse = client.post(reverse("saisir_carte", args=[atelier.pk]), {"texte": PHRASE})
    ailleurs = Client()
    page = se_connecter(ailleurs, reponse, gens["animateur"])
    assert PHRASE not in page.content.decode()


def test_a_page_that_has_gone_or_closed_gives_the_words_back(client, atelier, gens):
    client.force_login(gens["rapporteur"])
    etape = client.post("/animer/999999/carte/", {"texte": PHRASE})
    interdit = client.post(
        reverse("ajouter_etape", args=[atelier.pk]), {"titre": "Voter encore", "consigne": PHRASE}
    )
    jeton = Client(enforce_csrf_checks=True).post("/animer/1/carte/", {"texte": PHRASE, "password": "x y"})
    assert [r.status_code for r in (etape, interdit, jeton)] == [404, 403, 403]
    assert [PHRASE in r.content.decode() for r in (etape, interdit, jeton)] == [True, True, True]
    assert "x y" not in jeton.content.decode()
