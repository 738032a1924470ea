"""A room, live: three people of three colleges, a facilitator, a projector, in as many browsers."""

import re

import pytest
from playwright.sync_api import expect

from ateliers import actions as ateliers
from consultation import actions
from tests import fabriques

from .gestes import entrer_en_salle, lire, ouvrir_etape, preparer_salle, proposer

pytestmark = pytest.mark.parcours

MOTS = {
    "Sonia": "Apprendre à deux, avec quelqu’un qui sait faire.",
    "Karim": "Mettre un ancien avec un nouveau, à deux, pour apprendre.",
    "Odile": "Un carnet avec des photos de nos gestes.",
}
COLLEGES = {"Sonia": "En parcours", "Karim": "Permanents", "Odile": "Administrateurs"}
PISTE_DES_MOTS = """SELECT p.texte, n.numero FROM consultation_proposition p
    JOIN consultation_piste n ON n.id = p.piste_id"""
VOIX = """SELECT n.numero, v.valeur FROM consultation_voix v
    JOIN consultation_piste n ON n.id = v.piste_id ORDER BY 1, 2"""


@pytest.fixture(scope="module")
def salle(serveur):
    return preparer_salle()


def test_three_colleges_propose_group_and_vote_and_everyone_sees_it(
    salle, ouvrir, sans_defaut_axe, base_du_serveur
):
    atelier, gens = salle
    console = ouvrir(f"/animer/{atelier.pk}/", qui=gens["animateur"], largeur=1280, hauteur=800)
    mur = ouvrir(f"/projeter/{atelier.code}/", largeur=1920, hauteur=1080)
    telephones = {prenom: ouvrir("", service_workers="allow") for prenom in MOTS}

    for prenom, page in telephones.items():
        entrer_en_salle(page, atelier, prenom, COLLEGES[prenom])
        sans_defaut_axe(page)
    expect(mur.get_by_text(re.compile("3 personnes"))).to_be_visible()
    sans_defaut_axe(mur)
    sans_defaut_axe(console)

    ouvrir_etape(console, "Comprendre")
    ouvrir_etape(console, "Proposer")
    for prenom, page in telephones.items():
        page.get_by_label("Ma piste").wait_for()
        proposer(page, MOTS[prenom])
        expect(mur.get_by_text(MOTS[prenom])).to_be_visible()
    expect(telephones["Sonia"].locator("#arrivees").get_by_text(MOTS["Odile"])).to_be_visible()
    for page in (*telephones.values(), mur, console):
        sans_defaut_axe(page)

    ouvrir_etape(console, "Regrouper")
    console.goto(f"/animer/{atelier.pk}/regrouper/")
    sans_defaut_axe(console)
    for prenom in ("Sonia", "Karim"):
        console.get_by_label(re.compile(re.escape(MOTS[prenom]))).check()
    console.get_by_label("La piste, dans les mots du groupe").fill("Apprendre le métier en binôme")
    console.get_by_role("button", name="En faire une piste").click()
    expect(console.get_by_text("Apprendre le métier en binôme").first).to_be_visible()
    console.locator("#semer summary").click()
    console.get_by_role("button", name="Oui, faire les pistes").click()
    expect(console.get_by_text("Tout est rangé.")).to_be_visible()
    assert dict(lire(base_du_serveur, PISTE_DES_MOTS)) == {MOTS["Sonia"]: 1, MOTS["Karim"]: 1, MOTS["Odile"]: 2}

    console.goto(f"/animer/{atelier.pk}/")
    ouvrir_etape(console, "Voter")
    for page in telephones.values():
        binome = page.locator("article.piste", has_text="Apprendre le métier en binôme")
        carnet = page.locator("article.piste", has_text=MOTS["Odile"])
        plus = re.compile("^Poser une gommette")
        binome.get_by_role("button", name=plus).click()
        binome.get_by_role("button", name=plus).click()
        carnet.get_by_role("button", name=plus).click()
        expect(carnet.get_by_role("button", name=plus)).to_be_disabled()
        sans_defaut_axe(page)
        page.get_by_role("button", name="Valider mes votes").click()
        expect(page.get_by_role("heading", level=1, name=re.compile("votes sont arrivés"))).to_be_visible()
    expect(mur.get_by_text(re.compile(r"3\s"))).not_to_have_count(0)
    assert lire(base_du_serveur, "SELECT count(*) FROM consultation_bulletin") == [(3,)]
    assert lire(base_du_serveur, VOIX) == [*[(1, 2)] * 3, *[(2, 1)] * 3]

    ouvrir_etape(console, "Lire les résultats")
    for page in (*telephones.values(), mur):
        expect(page.get_by_text(re.compile("moins de (cinq|5)", re.I)).first).to_be_visible()
        sans_defaut_axe(page)


def deja_dans_la_salle(ouvrir, atelier):
    """The phone of Sonia, who came in as those of the first journey did."""
    sonia = fabriques.creer_participant(atelier.consultation, prenom="Sonia", accord_publication=True)
    ateliers.entrer(atelier=atelier, participant=sonia)
    return ouvrir(f"/a/{atelier.code}/", qui=sonia)


def test_an_objection_is_answered_and_lifted_then_a_map_is_found(serveur, ouvrir, sans_defaut_axe):
    atelier, gens = preparer_salle("Décider ensemble")
    etape = atelier.etapes.filter(nature="vote").first()
    pistes = fabriques.creer_pistes(atelier.espace, 8)
    consent = actions.preparer_scrutin(
        espace=atelier.espace, titre="Consentir", mode="consent", pistes=pistes[:2], par=None
    )
    ateliers.modifier_etape(etape=etape, scrutin=consent, par=None)
    ateliers.ouvrir_etape(etape=etape, par=None)
    console = ouvrir(f"/animer/{atelier.pk}/", qui=gens["animateur"], largeur=1280, hauteur=800)
    sonia = deja_dans_la_salle(ouvrir, atelier)
    sans_defaut_axe(sonia)

    sonia.get_by_role("radio", name="Je consens").locator("visible=true").first.check()
    sonia.get_by_role("link", name=re.compile("^J’ai une objection")).locator("visible=true").first.click()
    sans_defaut_axe(sonia)
    sonia.get_by_label("Pourquoi cette piste").fill("On n’a pas assez de machines.")
    sonia.get_by_role("button", name="Envoyer mon objection").click()
    expect(sonia.get_by_text("Le groupe lit votre objection")).to_be_visible()
    expect(console.get_by_text("On n’a pas assez de machines.").first).to_be_visible()
    console.get_by_label("La réponse du groupe").fill("On commence sans machine.")
    sans_defaut_axe(console)
    console.get_by_role("button", name="Envoyer la réponse").click()
    expect(console.get_by_text("Répondue, elle tient encore")).to_be_visible()
    sonia.get_by_role("link", name="Regarder si le groupe a répondu").click()
    expect(sonia.get_by_text("On commence sans machine.")).to_be_visible()
    sans_defaut_axe(sonia)
    sonia.get_by_role("button", name="Je lève mon objection").click()
    expect(sonia.get_by_text("Objection levée")).to_be_visible()

    actions.clore_scrutin(scrutin=consent, par=None)
    fabriques.faire_deux_camps(atelier.espace, camps=(24, 18), memes=6)
    console.reload()
    console.get_by_role("button", name="Chercher des groupes d’opinion").click()
    console.get_by_text("La carte des opinions").click()
    expect(console.get_by_text("Où sont les 48 votants")).to_be_visible()
    sans_defaut_axe(console)
    etape.refresh_from_db()
    ateliers.clore_etape(etape=etape, par=None)
    mur = ouvrir(f"/projeter/{atelier.code}/?page=9", largeur=1920, hauteur=1080)
    expect(mur.get_by_role("heading", level=1, name="2 façons de répondre")).to_be_visible()
    sonia.goto(f"/a/{atelier.code}/")
    for page in (mur, sonia):
        sans_defaut_axe(page)


def test_a_secret_ballot_waits_for_the_network_is_forgotten_by_the_phone_and_checked_by_the_room(
    serveur, ouvrir, sans_defaut_axe, base_du_serveur
):
    atelier, _gens = preparer_salle("Choisir qui parle pour nous")
    etape = atelier.etapes.filter(nature="vote").first()
    pistes = fabriques.creer_pistes(atelier.espace, 2)
    secret = actions.preparer_scrutin(espace=atelier.espace, titre="Choisir", pistes=pistes, secret=True, par=None)
    ateliers.modifier_etape(etape=etape, scrutin=secret, par=None)
    ateliers.ouvrir_etape(etape=etape, par=None)
    sonia = deja_dans_la_salle(ouvrir, atelier)
    expect(sonia.get_by_text("on vote une seule fois")).to_be_visible()
    sans_defaut_axe(sonia)
    sonia.get_by_role("button", name="Poser une gommette sur la piste n° 1").click()
    assert "piste-" not in sonia.evaluate("JSON.stringify(localStorage)")  # no draft

    sonia.context.set_offline(True)
    sonia.get_by_role("button", name="Voter une seule fois").click()
    expect(sonia.get_by_role("heading", level=1, name="Votre bulletin est gardé")).to_be_visible()
    assert sonia.get_by_role("button", name="Changer mes votes").count() == 0
    assert f"piste-{pistes[0].pk}" in sonia.evaluate("JSON.stringify(localStorage)")
    sonia.context.set_offline(False)
    expect(
        sonia.get_by_role("heading", level=1, name=re.compile("Votre bulletin est dans l’urne"))
    ).to_be_visible()
    assert "piste-" not in sonia.evaluate("JSON.stringify(localStorage)")
    sonia.get_by_role("link", name="Voir qui a voté, et vérifier le compte").click()
    expect(sonia.get_by_text("1 signature, 1 bulletin compté.")).to_be_visible()
    expect(sonia.get_by_role("main").get_by_text("Sonia")).to_be_visible()
    sans_defaut_axe(sonia)
    assert lire(base_du_serveur, f"SELECT count(*) FROM consultation_voix WHERE scrutin_id = {secret.pk}") == [
        (0,)
    ]


def test_priorities_are_ranked_with_buttons_by_keyboard_and_without_network(
    serveur, ouvrir, sans_defaut_axe, base_du_serveur
):
    atelier, _gens = preparer_salle("Ranger nos priorités")
    etape = atelier.etapes.filter(nature="vote").first()
    pistes = fabriques.creer_pistes(atelier.espace, 3)
    vote = actions.preparer_scrutin(
        espace=atelier.espace, titre="Ranger", pistes=pistes, mode="classement", par=None
    )
    ateliers.modifier_etape(etape=etape, scrutin=vote, par=None)
    ateliers.ouvrir_etape(etape=etape, par=None)
    sonia = deja_dans_la_salle(ouvrir, atelier)
    expect(sonia.get_by_text("La dernière classée reçoit 1 point")).to_be_visible()
    for numero in (3, 1, 2):
        sonia.get_by_role("button", name=re.compile(rf"^Classer : Piste n°\s{numero}$")).press("Enter")
    monter = sonia.get_by_role("button", name=re.compile(r"^Monter : Piste n°\s1$"))
    monter.press("Enter")
    expect(monter).to_be_focused()
    expect(monter).to_have_attribute("aria-disabled", "true")
    expect(sonia.locator("#restantes")).to_have_text(re.compile(r"Votre ordre.*n°\s1, n°\s3, n°\s2"))
    sans_defaut_axe(sonia)

    sonia.context.set_offline(True)
    sonia.get_by_role("button", name="Valider mon classement").click()
    expect(sonia.get_by_role("heading", level=1, name="Vos votes sont gardés")).to_be_visible()
    expect(sonia.locator("#gardes li").first).to_contain_text("1re place, en attente")
    sonia.context.set_offline(False)
    expect(sonia.get_by_text("3 pistes classées.")).to_be_visible()
    expect(sonia.locator("#arrives li").first).to_contain_text("1re place")
    sans_defaut_axe(sonia)
    ecrites = f"SELECT valeur FROM consultation_voix WHERE scrutin_id = {vote.pk} ORDER BY piste_id"
    assert lire(base_du_serveur, ecrites) == [(31,), (33,), (32,)]
