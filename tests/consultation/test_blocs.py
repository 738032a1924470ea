"""The other blocks of a synthesis: trends, open questions, quotations, figures."""

import pytest

from consultation import actions, lectures
from tests import fabriques as f
from tests.consultation.test_syntheses import ouvrir, refus


@pytest.fixture
def espace(db):
    return f.creer_espace()


def accordee(espace, texte="Apprendre à deux, c’est rassurant."):
    auteur = f.creer_participant(espace.consultation, accord_publication=True)
    proposition = f.creer_proposition(espace, texte, auteur)
    return proposition, f.creer_piste(espace, propositions=[proposition])


def passage(synthese, phrase):
    toutes = (p for partie in lectures.provenance(synthese).sections for p in partie.phrases)
    return next(p for p in toutes if p.objet == phrase)


def test_a_question_and_a_trend_are_written_as_sentences_are_and_change_sort(espace):
    f.creer_piste(espace)
    section = ouvrir(espace).sections.get()
    ecrire = {"section": section, "texte": "Comment faire ?", "pistes": [], "par": None}
    question = actions.ajouter_phrase(sorte="question", **ecrire)
    assert (question.sorte, question.get_sorte_display()) == ("question", "Question ouverte")
    refus("sorte", 422, actions.ajouter_phrase, sorte="chiffre", **ecrire)
    changer = {"phrase": question, "texte": "Comment faire ?", "pistes": [], "par": None}
    assert actions.modifier_phrase(sorte="tendance", **changer).sorte == "tendance"
    assert actions.modifier_phrase(**changer).sorte == "tendance"


def test_words_are_quoted_with_their_authors_leave_only_and_as_long_as_it_lasts(espace):
    proposition, piste = accordee(espace)
    synthese = ouvrir(espace)
    section = synthese.sections.get()
    phrase = actions.citer_mots(section=section, proposition=proposition, par=None)
    proposition.refresh_from_db()
    assert (phrase.texte, list(phrase.pistes.all())) == ("", [piste])
    assert passage(synthese, phrase).mots == "Apprendre à deux, c’est rassurant."
    assert actions.modifier_phrase(phrase=phrase, texte="", pistes=[piste], par=None).sorte == "citation"
    actions.consentir(participant=proposition.auteur, accord=False)
    assert passage(synthese, phrase).mots == ""
    refus("sans_accord", 422, actions.citer_mots, section=section, proposition=proposition, par=None)
    jamais_demande = f.creer_proposition(espace)
    refus("sans_accord", 422, actions.citer_mots, section=section, proposition=jamais_demande, par=None)


def test_quoted_words_are_found_again_without_a_piste_and_lead_back_to_their_author(espace):
    f.creer_piste(espace)
    synthese = ouvrir(espace)
    auteur = f.creer_participant(espace.consultation, accord_publication=True)
    proposition = f.creer_proposition(espace, "Un banc dehors", auteur)
    assert lectures.couverture(synthese).couvertes == 1
    phrase = actions.citer_mots(section=synthese.sections.get(), proposition=proposition, par=None)
    assert lectures.couverture(synthese).couvertes == 2
    assert (lectures.devenir(proposition).en_redaction, lectures.devenir(proposition).phrases) == (1, [])
    actions.soumettre_synthese(synthese=synthese, par=None)
    actions.publier_synthese(synthese=synthese, par=None)
    assert lectures.devenir(proposition).phrases == [phrase]


def test_quoted_words_that_are_taken_back_are_in_no_version(espace):
    proposition, _piste = accordee(espace)
    synthese = ouvrir(espace)
    phrase = actions.citer_mots(section=synthese.sections.get(), proposition=proposition, par=None)
    (version,) = lectures.versions(synthese)
    assert "rassurant" not in str(version.contenu)

    def dits():
        lignes = lectures.comparer(version, version).lignes
        return [c.texte_avant for c in lignes if (c.sorte, c.id) == ("bloc", phrase.pk)]

    assert dits() == ["« Apprendre à deux, c’est rassurant. »"]
    actions.effacer_participant(participant=proposition.auteur)
    assert dits() == ["« citation retirée par son auteur »"]


def test_a_figure_is_that_of_the_published_table_and_of_no_vote_that_is_not_shown(espace):
    piste, autre = f.creer_pistes(espace, 2)
    synthese = ouvrir(espace)
    scrutin = f.creer_scrutin(espace, [piste, autre])
    f.faire_voter(scrutin, "salaries", 7, {piste: 1})
    f.faire_voter(scrutin, "salaries", 5, {autre: 1})
    appel = {"section": synthese.sections.get(), "scrutin": scrutin, "piste": piste, "par": None}
    refus("sans_chiffre", 409, actions.reprendre_chiffre, **appel)
    appel["scrutin"] = actions.clore_scrutin(scrutin=scrutin, par=None)
    phrase = actions.reprendre_chiffre(**appel)
    assert passage(synthese, phrase).chiffre.total == "7 personnes sur 12"
    refus("sans_chiffre", 409, actions.reprendre_chiffre, **{**appel, "piste": f.creer_piste(espace)})
    ailleurs = f.creer_piste(f.creer_espace())
    scrutin_d_ailleurs = f.creer_scrutin(ailleurs.espace, [ailleurs])
    f.faire_voter(scrutin_d_ailleurs, "salaries", 7, {ailleurs: 1})
    scrutin_d_ailleurs = actions.clore_scrutin(scrutin=scrutin_d_ailleurs, par=None)
    refus(
        "ailleurs", 422, actions.reprendre_chiffre, **{**appel, "piste": ailleurs, "scrutin": scrutin_d_ailleurs}
    )
