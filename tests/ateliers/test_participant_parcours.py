"""A phone in a real browser. Without scripts: in, say, vote, read the results. With them: reword, vote."""

import pytest
from playwright.sync_api import expect

from ateliers import actions
from consultation import actions as actions_consultation
from consultation.models import CopieGrille, Proposition, Voix

from .fabriques_salle import (
    faire_atelier,
    faire_consultation,
    faire_etapes,
    faire_participant,
    faire_pistes,
    faire_proposition,
)

pytestmark = pytest.mark.parcours


def test_without_scripts_one_comes_in_speaks_votes_and_reads_the_results(ouvrir):
    atelier = faire_atelier()
    ideation, vote, discussion = faire_etapes(atelier, "ideation", "vote", "discussion")

    telephone = ouvrir("/rejoindre/", largeur=320, hauteur=640, java_script_enabled=False)
    telephone.fill("[name=code]", "k7p 4m2")
    telephone.click("main button")
    telephone.fill("[name=prenom]", "Sonia")
    telephone.check("[name=college] >> nth=0", force=True)
    telephone.click("text=Entrer dans l’atelier")
    telephone.click("text=C’est noté, je continue")
    expect(telephone.locator("h1")).to_have_text("Bienvenue, ça commence bientôt")

    actions.ouvrir_etape(etape=ideation, par=None)
    telephone.click("[data-suite] a")
    telephone.fill("[name=texte]", "Apprendre à deux.")
    telephone.click("text=Proposer ma piste")
    expect(telephone.locator("h1")).to_have_text("Merci, Sonia. Votre piste est arrivée.")
    assert list(Proposition.objects.values_list("texte", "auteur__prenom")) == [("Apprendre à deux.", "Sonia")]

    piste, _autre = faire_pistes(atelier, 2)
    vote.scrutin = actions_consultation.preparer_scrutin(espace=atelier.espace, titre="Vote", par=None)
    vote.save()
    actions.ouvrir_etape(etape=vote, par=None)
    for _ in range(5):
        actions.voter(atelier=atelier, participant=faire_participant(atelier), choix={piste.pk: 1})
    telephone.click("[data-suite] a")
    telephone.click(f"#g-{piste.pk}-2")
    telephone.click("text=Valider mes votes")
    expect(telephone.locator("h1")).to_have_text("Merci, Sonia. Vos votes sont arrivés.")
    assert Voix.objects.get(participant__prenom="Sonia", valeur=2).piste == piste

    actions.ouvrir_etape(etape=discussion, par=None)
    telephone.click("[data-suite] a")
    expect(telephone.locator("h1")).to_have_text("On en parle ensemble")
    expect(telephone.locator("main")).to_contain_text("Presque tout le monde")


def test_one_is_asked_to_reword_before_the_phone_knows_that_its_words_arrived(ouvrir):
    """On a slow network the room's state may come first: the question is put once the words are known as ours."""
    atelier = faire_atelier(faire_consultation(slug="preciser-tot"), code="Q7K4M2")
    faire_etapes(atelier, "ideation")
    actions.ouvrir_etape(etape=atelier.etapes.get(), par=None)
    sonia = faire_participant(atelier)
    telephone = ouvrir("/a/Q7K4M2/", qui=sonia)

    retenues = []
    telephone.route("**/proposer/", lambda route: retenues.append(route))
    telephone.fill("[name=texte]", "Mieux organiser.")
    with telephone.expect_request("**/proposer/"):
        telephone.click("text=Proposer ma piste")
    while not retenues:
        telephone.wait_for_timeout(20)
    reponse = retenues[0].fetch()
    proposition = Proposition.objects.get(auteur=sonia)
    with telephone.expect_response("**/precision.js"):  # the state that asks has come
        actions_consultation.demander_precision(proposition=proposition, demande="Pour qui ?", par=None)
    expect(telephone.get_by_role("link", name="Voir la demande")).to_have_count(0)
    retenues[0].fulfill(response=reponse)
    expect(telephone.get_by_role("link", name="Voir la demande")).to_be_visible()

    # Answered, it is asked no more, even while the room's state has not said so yet.
    muette = []

    def relayer(prise):
        prise.connect_to_server().on_message(lambda trame: muette or prise.send(trame))

    telephone.route_web_socket("**/ws/**", relayer)
    telephone.get_by_role("link", name="Voir la demande").click()
    telephone.fill("[name=texte]", "Un planning du vendredi.")
    telephone.wait_for_timeout(1000)  # the state that asks is told to this page too
    muette.append(True)
    telephone.click("text=Envoyer mes nouveaux mots")
    expect(telephone.locator("#reponse")).to_contain_text("Merci. C’est noté.")
    telephone.wait_for_timeout(300)
    expect(telephone.locator("#precisions")).to_be_empty(timeout=1)


def test_one_is_asked_to_reword_and_answers_without_network(ouvrir, sans_defaut_axe):
    atelier = faire_atelier(faire_consultation(slug="preciser"), code="P7K4M2")
    faire_etapes(atelier, "ideation")
    actions.ouvrir_etape(etape=atelier.etapes.get(), par=None)
    sonia = faire_participant(atelier, accord_publication=True)
    proposition = faire_proposition(atelier, "Mieux organiser.", sonia)
    telephone = ouvrir("/a/P7K4M2/", qui=sonia, largeur=320, hauteur=640)
    actions_consultation.demander_precision(proposition=proposition, demande="Pour qui est-ce ?", par=None)
    telephone.get_by_role("link", name="Voir la demande").click()
    expect(telephone.locator("h1")).to_have_text("Pouvez-vous préciser votre idée\u202f?")
    sans_defaut_axe(telephone)
    telephone.context.set_offline(True)
    telephone.fill("[name=texte]", "Un planning du vendredi.")
    telephone.click("text=Envoyer mes nouveaux mots")
    expect(telephone.locator("#avis")).to_contain_text("1 phrase en attente")
    assert Proposition.objects.get(pk=proposition.pk).texte == "Mieux organiser."
    telephone.context.set_offline(False)
    expect(telephone.locator("#reponse")).to_contain_text("Merci. C’est noté.")
    expect(telephone.locator("h1")).to_contain_text("Qu’est-ce qui vous aiderait")
    expect(telephone.locator("#precisions")).to_be_empty()
    assert Proposition.objects.get(pk=proposition.pk).texte == "Un planning du vendredi."

    # The same phone, now that of a table: whose idea it is is asked, and waits with the words.
    actions.modifier_etape(etape=atelier.etapes.get(), tables=6, par=None)
    telephone.get_by_label("Pour qui écrivez-vous").select_option(label="Pour la table n° 3")
    telephone.context.set_offline(True)
    telephone.fill("[name=texte]", "Du temps pour se parler.")
    telephone.click("text=Proposer ma piste")
    expect(telephone.get_by_label("À la table")).to_be_focused()
    telephone.get_by_label("À la table").select_option("Permanents")
    telephone.click("text=Proposer ma piste")
    expect(telephone.locator("#avis")).to_contain_text("1 phrase en attente")
    sans_defaut_axe(telephone)
    telephone.context.set_offline(False)
    expect(telephone.locator("#reponse")).to_contain_text("Votre piste est arrivée.")
    derniere = Proposition.objects.order_by("pk").last()
    assert (derniere.origine, derniere.origine_note, derniere.college.signe) == ("table", "3", "permanents")
    assert telephone.get_by_label("Pour qui écrivez-vous").input_value() == "3"

    # A question comes in the middle of it; its answer waits for the network too, and may change.
    actions.poser_question(atelier=atelier, libelle="On continue ?", reponses=["Oui", "Non"], par=None)
    expect(telephone.locator("h1")).to_contain_text("On continue")
    sans_defaut_axe(telephone)
    telephone.context.set_offline(True)
    telephone.get_by_label("Oui").check()
    telephone.click("text=Envoyer ma réponse")
    expect(telephone.locator("#avis")).to_contain_text("1 réponse en attente")
    telephone.context.set_offline(False)
    expect(telephone.locator("main")).to_contain_text("Votre réponse est arrivée")
    assert [copie.valeurs for copie in CopieGrille.objects.all()] == [{"question": {"": "oui"}}]


@pytest.mark.parametrize(("largeur", "hauteur"), [(320, 568), (390, 844)])
def test_the_foot_of_the_ballot_is_under_a_tenth_of_the_screen(ouvrir, largeur, hauteur):
    code = f"V7K{largeur}".replace("0", "2")
    atelier = faire_atelier(faire_consultation(slug=f"pied-{largeur}"), code=code)
    faire_etapes(atelier, "vote")
    faire_pistes(atelier, 4)
    actions.ouvrir_etape(etape=atelier.etapes.get(), par=None)
    sonia = faire_participant(atelier, accord_publication=True)
    telephone = ouvrir(f"/a/{code}/", qui=sonia, largeur=largeur, hauteur=hauteur)
    part = "document.querySelector('.pied').getBoundingClientRect().height / innerHeight"
    assert telephone.evaluate(part) < 0.1
    for _ in range(3):
        telephone.locator("[data-plus]").first.click()
    expect(telephone.locator("#restantes")).to_have_text("Toutes sont posées.")
    telephone.locator("[data-plus]").last.click(force=True)
    expect(telephone.locator("#restantes")).to_have_text("Retirez-en une d’abord.")
    assert telephone.evaluate(part) < 0.1
