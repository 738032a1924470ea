"""What became of my proposition: the stem, as far as it went, and nothing that is not mine."""

from datetime import date

import pytest
from wagtail.models import Page

from consultation import actions
from contenus.lectures.devenir import tige
from contenus.models import FilInfoPage, SynthesePage
from tests.fabriques import (
    creer_compte,
    creer_espace,
    creer_participant,
    creer_piste,
    creer_proposition,
    creer_scrutin,
    faire_voter,
)

from .test_moi import telephone

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return creer_espace()


@pytest.fixture
def sonia(espace):
    return creer_participant(espace.consultation, prenom="Sonia")


@pytest.fixture
def mienne(espace, sonia):
    return creer_proposition(espace, "Apprendre à deux, avec quelqu’un qui sait", sonia)


def noeuds(proposition):
    proposition.refresh_from_db()
    return [(noeud.genre, noeud.etat, noeud.titre) for noeud in tige(proposition).noeuds]


def voir(sonia, proposition):
    return telephone(sonia).get(f"/moi/proposition/{proposition.pk}/")


def test_a_proposition_just_written(sonia, mienne):
    assert noeuds(mienne) == [
        ("ecrite", "fait", "Vous l’avez écrite"),
        ("sans_piste", "attente", "Le groupe n’a pas encore fait les piles"),
    ]
    page = voir(sonia, mienne)
    assert (page.status_code, "Apprendre à deux, avec quelqu’un qui sait" in page.text) == (200, True)


def test_what_was_noted_for_a_table_says_which_and_who_said_it(sonia, mienne):
    mienne.origine, mienne.origine_note = "table", "3"
    mienne.save()
    assert noeuds(mienne)[0] == ("ecrite", "fait", "Vous l’avez notée pour la table n°\u00a03")
    assert "Salariés en parcours</bdi>. Ces mots ne sont pas publiés" in voir(sonia, mienne).text


def test_a_paper_card_was_copied_by_someone(espace, mienne):
    mienne.origine = "papier"
    mienne.save()
    assert noeuds(mienne)[0] == ("ecrite", "fait", "Quelqu’un l’a recopiée de votre carte")


def test_a_proposition_to_be_read_waits(sonia, mienne):
    mienne.moderation = "a_relire"
    mienne.save()
    assert noeuds(mienne)[1:] == [("a_relire", "attente", "Quelqu’un va la relire")]
    assert "Vous n’avez rien à faire." in voir(sonia, mienne).text


def test_a_proposition_set_aside_says_why(sonia, mienne):
    mienne.moderation, mienne.motif = "ecartee", "Elle parle d’une personne."
    mienne.save()
    assert noeuds(mienne)[1:] == [("ecartee", "stop", "Elle n’est pas affichée")]
    assert "Elle parle d’une personne." in voir(sonia, mienne).text


def test_hidden_words_are_shown_to_their_author_both_ways(sonia, mienne):
    mienne.masques = [[0, 9]]
    mienne.save()
    page = voir(sonia, mienne).text
    assert "Apprendre à deux, avec" in page
    assert "[…] à deux, avec" in page


def test_gathered_with_others_it_tells_their_words_without_a_name(espace, sonia, mienne):
    karim = creer_participant(espace.consultation, prenom="Karimounet")
    autre = creer_proposition(espace, "Un tuteur pour chaque nouvelle personne", karim)
    cachee = creer_proposition(espace, "Des mots que la salle n’a pas vus", karim)
    cachee.moderation = "ecartee"
    cachee.save()
    piste = creer_piste(espace, "Apprendre en binôme", [mienne, autre])
    cachee.piste = piste
    cachee.save()
    page = voir(sonia, mienne).text
    assert noeuds(mienne)[1] == ("regroupee", "fait", "Elle a rejoint 1 autre")
    assert "Un tuteur pour chaque nouvelle personne" in page
    assert "Des mots que la salle n’a pas vus" not in page
    assert "Karimounet" not in page


def test_alone_it_becomes_a_piste(espace, mienne):
    creer_piste(espace, "Apprendre en binôme", [mienne])
    assert noeuds(mienne)[1] == ("regroupee", "fait", "Elle est devenue une piste")


def test_a_grouping_undone_leaves_no_piste(espace, mienne):
    geste = actions.regrouper(espace=espace, par=None, propositions=[mienne], texte="Trop vite")
    actions.defaire_regroupement(regroupement=geste, par=None)
    assert noeuds(mienne)[1][0] == "sans_piste"


def vote(espace, mienne, gens, **reglages):
    piste = creer_piste(espace, "Apprendre en binôme", [mienne])
    scrutin = creer_scrutin(espace, pistes=[piste], **reglages)
    for signe, n in gens.items():
        faire_voter(scrutin, signe, n, {piste: 1})
    return scrutin


def test_while_the_vote_is_open_nothing_is_told(espace, sonia, mienne):
    vote(espace, mienne, {"salaries": 6})
    assert noeuds(mienne)[2] == ("vote_ouvert", "attente", "Le groupe vote en ce moment")
    assert "gommette" not in voir(sonia, mienne).text


def noeud_du_vote(mienne):
    return tige(mienne.__class__.objects.get(pk=mienne.pk)).noeuds[2]


def lignes(noeud):
    return [
        (x.total, x.points, x.verdict.motif, [(p.college.signe, p.texte) for p in x.parts])
        for x in noeud.contenu["lignes"]
    ]


def test_a_vote_tells_its_people_and_each_college(espace, sonia, mienne):
    scrutin = vote(espace, mienne, {"salaries": 6, "permanents": 5}, quorum_gommettes=10)
    for signe in ("salaries", "permanents"):
        faire_voter(scrutin, signe, 4, {})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    noeud = noeud_du_vote(mienne)
    assert (noeud.genre, noeud.titre) == ("vote", "La salle a voté pour")
    assert lignes(noeud)[0][:3] == ("11 personnes sur 19", "11 gommettes", "Quorum atteint")
    assert "11 personnes sur 19" in voir(sonia, mienne).text


def test_a_small_college_is_not_shown_and_the_page_says_why(espace, sonia, mienne):
    scrutin = vote(espace, mienne, {"salaries": 8, "permanents": 8, "partenaires": 2})
    for signe in ("salaries", "permanents"):
        faire_voter(scrutin, signe, 4, {})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    assert lignes(noeud_du_vote(mienne))[0][3] == [
        ("salaries", "non montré"),
        ("permanents", "8 sur 12"),
        ("partenaires", "non montré"),
    ]
    page = voir(sonia, mienne).text
    assert "non montré" in page
    assert "Trop peu de personnes y ont choisi." in page


def test_a_piste_joined_after_the_vote_tells_each_of_its_family(espace, sonia, mienne):
    scrutin = vote(espace, mienne, {"salaries": 6})
    faire_voter(scrutin, "salaries", 3, {})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    autre = creer_piste(espace, "Transmettre")
    actions.regrouper(espace=espace, par=None, pistes=[scrutin.pistes.get()], dans=autre)
    assert [ligne[0] for ligne in lignes(noeud_du_vote(mienne))] == ["6 personnes sur 9"]
    assert f"Jointe depuis à la piste n°\u00a0{autre.numero}." in voir(sonia, mienne).text


def test_too_few_voters_show_no_figure_at_all(espace, sonia, mienne):
    scrutin = vote(espace, mienne, {"salaries": 3})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    assert noeuds(mienne)[2] == ("vote_cache", "fait", "Le groupe a voté")
    assert "Moins de 5 personnes ont voté." in voir(sonia, mienne).text.replace("\u00a0", " ")


@pytest.fixture
def synthese(espace, mienne):
    organisateur = creer_compte(is_superuser=True)
    piste = creer_piste(espace, "Apprendre en binôme", [mienne])
    synthese = actions.ouvrir_synthese(
        consultation=espace.consultation, titre="Synthèse du Vallon", par=organisateur
    )
    section = actions.ajouter_section(synthese=synthese, titre="Apprendre et transmettre", par=organisateur)
    actions.ajouter_phrase(section=section, texte="On apprend à deux.", pistes=[piste], par=organisateur)
    synthese.organisateur = organisateur
    return synthese


def publier(synthese):
    actions.soumettre_synthese(synthese=synthese, par=synthese.organisateur)
    synthese.refresh_from_db()
    actions.publier_synthese(synthese=synthese, par=synthese.organisateur)
    page = SynthesePage(title="Synthèse du Vallon", synthese=synthese)
    return Page.objects.get(depth=2).add_child(instance=page)


def test_a_draft_is_said_to_be_written(synthese, mienne):
    assert noeuds(mienne)[2:] == [("en_redaction", "attente", "Des personnes écrivent la synthèse")]


def test_a_published_synthesis_is_one_link_away(synthese, sonia, mienne):
    page = publier(synthese)
    assert noeuds(mienne)[2:] == [("synthese", "fait", "Elle est dans la synthèse")]
    texte = voir(sonia, mienne).text
    assert f'href="{page.url}#p1"' in texte
    assert "Apprendre et transmettre" in texte


def test_a_page_not_published_yet_is_not_linked(synthese, sonia, mienne):
    page = publier(synthese)
    adresse = page.url
    assert adresse in voir(sonia, mienne).text
    page.unpublish()
    assert adresse not in voir(sonia, mienne).text


def test_a_newsletter_that_took_the_piste_over_ends_the_stem(synthese, sonia, mienne):
    page = publier(synthese)
    fil = FilInfoPage(title="Fil", numero=5, saison="Automne", date_parution=date(2026, 12, 1))
    fil.pistes_generales = [("piste", {"texte": "Apprendre", "synthese": page, "numero": 1, "region": ""})]
    Page.objects.get(depth=2).add_child(instance=fil)
    assert noeuds(mienne)[3:] == [("fil", "fait", "Tout le réseau peut la lire")]
    texte = voir(sonia, mienne).text
    assert "Elle est allée jusqu’au bout" in texte
    assert "Mardi 1er décembre 2026" in texte
    assert "Elle est dans le Fil d’Info (piste n°\u00a01)." in telephone(sonia).get("/moi/").text
    assert f'href="{fil.url}"' in texte


def test_someone_elses_proposition_does_not_exist_for_me(espace, sonia):
    autre = creer_proposition(espace, "Pas à moi", creer_participant(espace.consultation))
    assert voir(sonia, autre).status_code == 404


def test_without_anyone_the_code_is_asked_for(client, mienne):
    reponse = client.get(f"/moi/proposition/{mienne.pk}/")
    assert "Quel est votre code personnel" in reponse.text
    assert "Apprendre à deux" not in reponse.text


def test_the_stem_costs_the_same_queries_whatever_it_holds(
    espace, sonia, mienne, synthese, django_assert_max_num_queries
):
    publier(synthese)
    for _ in range(15):
        piste = creer_piste(espace)
        actions.regrouper(
            espace=espace, par=None, pistes=[piste], dans=mienne.__class__.objects.get(pk=mienne.pk).piste
        )
    client = telephone(sonia)
    with django_assert_max_num_queries(28):
        client.get(f"/moi/proposition/{mienne.pk}/")


def repondre(sonia, proposition, **saisie):
    return telephone(sonia).post(f"/moi/proposition/{proposition.pk}/desaccord/", saisie)


def test_its_author_reads_why_it_was_left_aside_answers_and_reads_the_answer(espace, sonia, mienne):
    synthese = actions.ouvrir_synthese(
        consultation=espace.consultation, espace=espace, titre="La synthèse", par=None
    )
    mise = actions.laisser_de_cote(synthese=synthese, proposition=mienne, motif="Déjà dit ailleurs.", par=None)
    assert noeuds(mienne)[-1] == ("laissee_de_cote", "stop", "La synthèse ne la reprend pas")
    page = voir(sonia, mienne).text
    assert ("Déjà dit ailleurs." in page, "Une synthèse l’a laissée de côté. Lisez pourquoi." in page) == (
        True,
        True,
    )
    vide = repondre(sonia, mienne, mise=mise.pk, raison=" ")
    assert (vide.status_code, "Écrivez une raison." in vide.text) == (422, True)
    long = "Je ne suis pas d’accord. " * 30
    assert long.strip() in repondre(sonia, mienne, mise=mise.pk, raison=long).text
    assert repondre(sonia, mienne, mise=mise.pk, raison="Non, c’est autre chose.").status_code == 302
    actions.repondre_desaccord(desaccord=mise.desaccords.get(), reponse="Vous avez raison.", par=None)
    page = voir(sonia, mienne).text
    assert ("Non, c’est autre chose." in page, "Vous avez raison." in page) == (True, True)


def test_its_author_disagrees_with_the_piste_that_gathered_it_and_nobody_else_does(espace, sonia, mienne):
    creer_piste(espace, propositions=[mienne])
    assert "Ce n’est pas ce que vous vouliez dire" in voir(sonia, mienne).text
    assert repondre(sonia, mienne, mise="", raison="Je parlais du matin.").status_code == 302
    assert "Sa réponse sera ici." in voir(sonia, mienne).text
    assert [d.raison for d in mienne.desaccords.all()] == ["Je parlais du matin."]
    karim = creer_participant(espace.consultation, prenom="Karim")
    assert repondre(karim, mienne, mise="", raison="Moi non plus.").status_code == 404
    assert repondre(sonia, mienne, mise="999", raison="Sans objet").status_code == 404
