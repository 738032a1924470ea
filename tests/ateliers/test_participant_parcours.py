"""A phone without scripts, in a real browser: in, say, vote, read the results."""

import pytest
from playwright.sync_api import expect

from ateliers import actions
from consultation import actions as actions_consultation
from consultation.models import Proposition, Voix

from .fabriques_salle import faire_atelier, faire_etapes, faire_participant, faire_pistes

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
