"""The published synthesis: frozen, complete, and silent about who said what."""

import re

import pytest
from django.utils.html import escape

from consultation import actions as actions_consultation
from consultation.models import Proclamation
from contenus import actions
from contenus.lectures.ecarts import a_change, ecarts
from contenus.lectures.gel import empreinte, figer
from contenus.lectures.synthese import presenter
from contenus.models import SynthesePage
from tests import fabriques
from tests.contenus import fabriques_contenus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


@pytest.fixture(scope="module")
def _parue(_arborescence):
    return fabriques_contenus.creer_page_publiee(fabriques_contenus.creer_synthese_votee(4)).pk


@pytest.fixture
def parue(_parue, db):
    """The published page of a synthesis of four pistes that went to the vote."""
    return SynthesePage.objects.get(pk=_parue)


def lire(client, page):
    reponse = client.get(page.url)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_a_page_shows_each_piste_once_as_an_anchor_and_links_both_ways_to_where_it_comes_from(client, parue):
    html = lire(client, parue)
    assert re.findall(r'id="p(\d+)"', html) == ["1", "2", "3", "4"]
    assert re.findall(r'id="o(\d+)"', html) == ["1", "2", "3", "4"]
    assert sorted(set(re.findall(r'href="#o(\d+)"', html))) == ["1", "2", "3", "4"]
    assert set(re.findall(r'href="#p(\d+)"', html)) == {"1", "2", "3", "4"}


def test_the_table_says_its_roles_and_its_lists_go_on_counting(client, parue):
    html = lire(client, parue)
    roles = {role: html.count(f'role="{role}"') for role in ("table", "row", "columnheader", "rowheader", "cell")}
    assert roles == {"table": 1, "row": 3, "columnheader": 3, "rowheader": 2, "cell": 4}
    assert re.findall(r'<ol class="pistes" start="(\d+)">', html) == ["1", "4"]


def test_nothing_upstream_moves_a_published_page(client, parue):
    synthese, avant = parue.synthese, parue.contenu
    piste = synthese.consultation.pistes.first()
    actions_consultation.formuler_piste(piste=piste, texte="Tout autre chose", par=None)
    fabriques.creer_participant(synthese.consultation)
    synthese.sections.first().lignes.all().delete()
    assert SynthesePage.objects.get(pk=parue.pk).contenu == avant
    assert "Tout autre chose" not in lire(client, parue)


def test_the_draft_says_what_moved_and_takes_it_when_asked(parue):
    assert (a_change(parue), ecarts(parue)) == (False, [])
    piste = parue.synthese.consultation.pistes.first()
    actions_consultation.formuler_piste(piste=piste, texte="Tout autre chose", par=None)
    assert ecarts(parue) == ["Piste n°\u00a01\u202f: les mots ont changé."]
    brouillon = actions.reprendre_chiffres(page=parue, par=None)
    assert brouillon.contenu["pistes"][0]["texte"] == "Tout autre chose"
    assert ecarts(brouillon) == []
    assert SynthesePage.objects.get(pk=parue.pk).contenu["pistes"][0]["texte"] != "Tout autre chose"


def test_taking_the_figures_when_nothing_moved_makes_no_new_draft(parue):
    actions.reprendre_chiffres(page=parue, par=None)
    assert parue.revisions.count() == 1


def test_only_the_words_whose_author_agreed_are_quoted_and_never_a_name(client):
    espace = fabriques.creer_espace()
    c = espace.consultation
    oui = fabriques.creer_participant(c, prenom="Zébulonne", accord_publication=True)
    non = fabriques.creer_participant(c, prenom="Philomène")
    propositions = [
        fabriques.creer_proposition(espace, "Un casier à mon nom", oui),
        fabriques.creer_proposition(espace, "Je préfère me taire ici", non),
        actions_consultation.deposer_proposition(
            espace=espace,
            college=fabriques.college(c),
            texte="Carte trouvée table trois",
            origine="papier",
            par=fabriques.creer_animateur(espace),
        ),
    ]
    piste = fabriques.creer_piste(espace, "Marquer les casiers", propositions)
    html = lire(client, fabriques_contenus.creer_page_publiee(fabriques_contenus.creer_synthese(c, [piste])))
    assert "Un casier à mon nom" in html
    assert "née de 3 propositions" in html
    assert "Et 2 autres, non citées\u202f: leurs auteurs n’ont pas donné leur accord." in html
    for secret in ("Je préfère me taire ici", "Carte trouvée table trois", "Zébulonne", "Philomène"):
        assert secret not in html


def test_words_withdrawn_after_publication_are_withdrawn_at_once_and_the_count_stands(client):
    espace = fabriques.creer_espace()
    auteur = fabriques.creer_participant(espace.consultation, accord_publication=True)
    proposition = fabriques.creer_proposition(espace, "Un casier à mon nom", auteur)
    piste = fabriques.creer_piste(espace, "Marquer les casiers", [proposition])
    page = fabriques_contenus.creer_page_publiee(fabriques_contenus.creer_synthese(espace.consultation, [piste]))
    assert "Un casier à mon nom" in lire(client, page)
    actions_consultation.effacer_participant(participant=auteur)
    html = lire(client, page)
    assert "Un casier à mon nom" not in html
    assert "née d’une proposition" in html


def test_neither_the_page_nor_its_revisions_keep_anyone_s_words():
    espace = fabriques.creer_espace()
    auteur = fabriques.creer_participant(espace.consultation, prenom="Zébulonne", accord_publication=True)
    piste = fabriques.creer_piste(
        espace, "Marquer", [fabriques.creer_proposition(espace, "Un casier à moi", auteur)]
    )
    page = fabriques_contenus.creer_page_publiee(fabriques_contenus.creer_synthese(espace.consultation, [piste]))
    garde = str(page.contenu) + str([revision.content for revision in page.revisions.all()])
    assert ("Un casier à moi" in garde, "Zébulonne" in garde) == (False, False)


def test_hidden_spans_stay_hidden_and_words_set_aside_are_neither_quoted_nor_counted(client):
    espace = fabriques.creer_espace()
    auteur = fabriques.creer_participant(espace.consultation, accord_publication=True)
    masquee = fabriques.creer_proposition(espace, "Demander à Bertille un casier", auteur)
    ecartee = fabriques.creer_proposition(espace, "Des mots qui blessent", auteur)
    piste = fabriques.creer_piste(espace, "Marquer les casiers", [masquee])
    synthese = fabriques_contenus.creer_synthese(espace.consultation, [piste])
    synthese.sections.get().lignes.get().propositions.set([ecartee])
    page = fabriques_contenus.creer_page_publiee(synthese)
    assert ("Demander à Bertille" in lire(client, page), "Des mots qui blessent" in lire(client, page)) == (
        True,
        True,
    )
    actions_consultation.masquer_passages(proposition=masquee, passages=[[11, 19]], par=None)
    actions_consultation.relire_proposition(proposition=ecartee, decision="ecarter", motif="blessant", par=None)
    html = lire(client, page)
    assert "Demander à […] un casier" in html
    assert ("Bertille" in html, "Des mots qui blessent" in html) == (False, False)
    assert figer(synthese)["sections"][0]["lignes"][0]["nees"] == 0


def test_a_criterion_kept_as_it_was_proposed_is_not_told_again_as_its_own_origin(client):
    espace = fabriques.creer_espace()
    auteur = fabriques.creer_participant(espace.consultation, accord_publication=True)
    meme = fabriques.creer_proposition(espace, "Élodie suit deux métiers", auteur)
    autre = fabriques.creer_proposition(espace, "On essaie avant de choisir", auteur)
    synthese = fabriques_contenus.creer_synthese(espace.consultation, [fabriques.creer_piste(espace)])
    ligne = synthese.sections.get().lignes.get()
    ligne.criteres, ligne.indicateurs = "élodie suit deux metiers", "nombre de métiers"
    ligne.save()
    ligne.propositions.set([meme, autre])
    html = lire(client, fabriques_contenus.creer_page_publiee(synthese))
    assert "nés de 2 propositions" in html
    assert '<q dir="auto">On essaie avant de choisir</q>' in html
    assert '<q dir="auto">Élodie' not in html


def test_a_small_college_is_masked_and_the_page_says_why(client):
    synthese = fabriques_contenus.creer_synthese_votee(
        2, votants={"salaries": 9, "permanents": 8, "administrateurs": 2}
    )
    page = fabriques_contenus.creer_page_publiee(synthese)
    admin = str(next(c["id"] for c in page.contenu["colleges"] if c["signe"] == "administrateurs"))
    [scrutin] = page.contenu["scrutins"]
    assert scrutin["tableau"] == Proclamation.objects.get(scrutin__consultation=synthese.consultation).tableau
    assert scrutin["tableau"]["colleges"][admin] == {"votants": 2, "masque": True}
    for ligne in scrutin["tableau"]["pistes"].values():
        assert ligne["colleges"].get(admin, {}).get("personnes") is None
    html = lire(client, page)
    assert "Le détail de ce collège n’est pas montré\u202f: Administrateurs." in html
    assert "non montré" in html


def test_bars_carry_people_in_words(client, parue):
    html = lire(client, parue)
    for mots in ("16 personnes sur 24", "32 gommettes", "8 sur 12", "Ce n’est pas un sondage"):
        assert mots in html.replace("\u00a0", " ")
    assert "Chiffre le plus haut\u202f: la piste n°\u00a01, 8 sur 12." in html


def test_a_page_frozen_again_after_someone_was_erased_shows_the_same_figures(parue):
    synthese = parue.synthese
    avant = figer(synthese)["scrutins"]
    for personne in synthese.consultation.participants.all()[:6]:
        actions_consultation.effacer_participant(participant=personne)
    assert figer(synthese)["scrutins"] == avant


def test_a_page_frozen_before_tables_were_kept_shows_its_verdicts_and_no_figure(client, parue):
    """The copy of the last release: a college of three, its dots told because three others were there."""
    part = {"id": 1, "masque": False, "points": 4242, "votants": 3131, "accord": 100}
    resultat = {
        "numero": 1, "points": 5353, "votants": 6464, "accord": 100, "verdict": "retenue",
        "motif": "Quorum atteint", "precision": "", "par_college": [part],
    }  # fmt: skip
    ancien = {
        "titre": "Vote", "mode": "gommettes", "gommettes": 3, "votants": 7, "explication": "", "regle": "",
        "colleges": [{"id": 1, "votants": 3131, "masque": False}], "pistes": [resultat],
    }  # fmt: skip
    parue.contenu = {**parue.contenu, "version": 1, "scrutins": [ancien]}
    parue.save_revision().publish()
    html = lire(client, parue)
    assert "Quorum atteint" in html
    assert "Les chiffres de ce vote ne sont plus montrés ici" in html
    assert [n for n in ("4242", "3131", "5353", "6464") if n in html.replace("\u202f", "")] == []


def test_pistes_joined_after_the_row_was_written_are_cited_under_the_one_that_stands():
    espace = fabriques.creer_espace()
    un, deux = fabriques.creer_pistes(espace, 2)
    synthese = fabriques_contenus.creer_synthese(espace.consultation, [un, deux])
    actions_consultation.regrouper(espace=espace, par=None, pistes=[deux], dans=un)
    contenu = figer(synthese)
    assert [(p["numero"], p["nees"]) for p in contenu["pistes"]] == [(un.numero, 2)]
    assert contenu["sections"][0]["lignes"][0]["pistes"] == [un.numero]


def test_freezing_twice_gives_the_same_fingerprint(parue):
    assert empreinte(figer(parue.synthese)) == empreinte(figer(parue.synthese))


def test_people_who_registered_and_never_came_are_not_counted():
    synthese = fabriques_contenus.creer_synthese_votee(2, votants={"salaries": 6, "permanents": 6})
    fabriques.creer_participants(synthese.consultation, 4)
    # 2 authors of the pistes' propositions and 12 voters
    assert figer(synthese)["chiffres"]["participants"] == 14


def test_simulated_people_are_told_of(client):
    espace = fabriques.creer_espace()
    auteur = fabriques.creer_participant(espace.consultation, origine="simulation")
    piste = fabriques.creer_piste(
        espace, "Essayer", [fabriques.creer_proposition(espace, "Un essai à deux", auteur)]
    )
    page = fabriques_contenus.creer_page_publiee(fabriques_contenus.creer_synthese(espace.consultation, [piste]))
    assert presenter(page).simule is True
    assert "simulés" in lire(client, page)


def test_a_synthesis_with_nothing_in_it_still_makes_a_page(client):
    page = fabriques_contenus.creer_page_publiee(fabriques_contenus.creer_synthese())
    assert page.contenu["chiffres"] == {
        "participants": 0,
        "structures": 0,
        "axes": 1,
        "pistes": 0,
        "propositions": 0,
    }
    assert "Partie 1" in lire(client, page)


def test_many_pistes_cost_no_more_queries_than_one(client, parue, django_assert_max_num_queries):
    une = fabriques_contenus.creer_page_publiee(fabriques_contenus.creer_synthese_votee(1))
    lire(client, une)
    with django_assert_max_num_queries(20) as faites:
        lire(client, une)
    with django_assert_max_num_queries(len(faites)):
        lire(client, parue)


def test_freezing_costs_the_same_for_one_piste_and_for_many(django_assert_num_queries):
    petite, grande = (fabriques_contenus.creer_synthese_votee(n) for n in (1, 20))
    pistes = list(grande.consultation.pistes.all())
    for _tour in range(3):
        autre = fabriques.creer_scrutin(pistes[0].espace, pistes)
        actions_consultation.clore_scrutin(scrutin=autre, par=None)
    for synthese, scrutins in ((petite, 1), (grande, 4)):
        with django_assert_num_queries(21):
            gele = figer(synthese)
        assert len(gele["scrutins"]) == scrutins


def test_scripts_in_titles_rows_and_words_are_shown_as_text(client):
    mal = "<script>alert(1)</script>"
    consultation = fabriques.creer_consultation(titre=mal, lieu=mal)
    consultation.colleges.filter(signe="salaries").update(nom=mal, nom_court="x")
    espace = fabriques.creer_espace(consultation=consultation)
    auteur = fabriques.creer_participant(consultation, accord_publication=True)
    piste = fabriques.creer_piste(espace, mal, [fabriques.creer_proposition(espace, f"Des mots {mal}", auteur)])
    synthese = fabriques_contenus.creer_synthese(consultation, [piste], titre=mal, chapeau=mal)
    synthese.sections.update(titre=mal)
    synthese.sections.get().lignes.update(titre=mal, criteres=mal, indicateurs=mal)
    html = lire(client, fabriques_contenus.creer_page_publiee(synthese))
    donnees = '<script type="application/ld+json"'  # run by no browser
    assert "<script" not in html.replace('<script type="module"', "").replace(donnees, "")
    assert escape(mal) in html
