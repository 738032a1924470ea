"""Whom a synthesis cites, what it leaves aside, what authors answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import actions, lectures
from consultation.decomptes import equite
from consultation.decomptes.equite import Dit, Groupe
from consultation.models import Desaccord, Journal, MiseDeCote, Proposition, Synthese
from tests import fabriques as f
from tests.consultation.test_syntheses import ouvrir, refus

RAISON = "C’est déjà dit dans la première partie."


def test_each_college_of_five_people_has_its_own_line():
    assert equite.mesurer({1: Dit(3, 9, 5), 2: Dit(4, 4, 6)}) == [Groupe((1,), 3, 9), Groupe((2,), 4, 4)]


def test_small_colleges_are_told_together_and_the_smallest_other_joins_them_when_they_are_still_too_few():
    ensemble = equite.mesurer({1: Dit(8, 10, 9), 2: Dit(1, 2, 2), 3: Dit(2, 3, 3)})
    assert ensemble == [Groupe((1,), 8, 10), Groupe((2, 3), 3, 5)]
    rejoint = equite.mesurer({1: Dit(8, 10, 9), 2: Dit(1, 2, 2), 3: Dit(5, 6, 6)})
    assert rejoint == [Groupe((1,), 8, 10), Groupe((2, 3), 6, 8)]


def test_fewer_than_five_people_in_all_are_not_compared():
    assert equite.mesurer({1: Dit(1, 2, 2), 2: Dit(0, 2, 2), 3: Dit(0, 0, 0)}) == []


@pytest.mark.parametrize(
    ("parts", "points", "a_expliquer"),
    [
        ([(1, 10), (2, 10)], 10, False),
        ([(100, 1000), (201, 1000)], 11, True),
        ([(1, 2)], 0, False),
        ([], 0, False),
    ],
)
def test_a_gap_is_explained_beyond_ten_points_and_never_rounded_across_them(parts, points, a_expliquer):
    ecart = equite.ecart([Groupe((rang,), *part) for rang, part in enumerate(parts)])
    assert (equite.en_points(ecart), equite.a_expliquer(ecart)) == (points, a_expliquer)


dits = st.integers(1, 9).flatmap(
    lambda total: st.builds(Dit, st.integers(0, total), st.just(total), st.integers(1, total))
)


@settings(max_examples=50)
@given(st.dictionaries(st.integers(1, 6), dits, max_size=5))
def test_every_line_stands_for_five_people_and_all_lines_for_everybody(dits):
    groupes = equite.mesurer(dits)
    assert all(sum(dits[c].personnes for c in groupe.colleges) >= 5 for groupe in groupes)
    if sum(dit.personnes for dit in dits.values()) >= 5:
        assert sorted(c for groupe in groupes for c in groupe.colleges) == sorted(dits)
        assert (sum(g.citees for g in groupes), sum(g.total for g in groupes)) == (
            sum(dit.citees for dit in dits.values()),
            sum(dit.total for dit in dits.values()),
        )


@pytest.fixture
def espace(db):
    return f.creer_espace()


def inegale(espace):
    """A draft that cites the five employees and none of the five permanents; return (it, these five's words)."""
    f.creer_piste(espace, propositions=[f.creer_proposition(espace) for _ in range(5)])
    oubliees = [f.creer_proposition(espace, signe="permanents") for _ in range(5)]
    return ouvrir(espace), oubliees


def test_the_meter_tells_the_share_of_each_college_and_the_gap(espace):
    synthese, _oubliees = inegale(espace)
    lue = lectures.couverture(synthese).equite
    assert [([c.signe for c in p.colleges], p.citees, p.total, p.pourcent) for p in lue.parts] == [
        (["salaries"], 5, 5, 100),
        (["permanents"], 0, 5, 0),
    ]
    assert (lue.points, lue.a_expliquer) == (100, True)
    assert lectures.equite_de(synthese) == lue


def test_a_gap_beyond_ten_points_is_explained_before_submission_and_the_words_stay(espace):
    synthese, oubliees = inegale(espace)
    refus("ecart", 422, actions.soumettre_synthese, synthese=synthese, par=None)
    refus(
        "explication_longue", 422, actions.soumettre_synthese, synthese=synthese, par=None, explication="x" * 601
    )
    assert Synthese.objects.get().etat == "brouillon"
    dit = "Les permanents ont surtout posé des questions."
    assert actions.soumettre_synthese(synthese=synthese, par=None, explication=dit).explication_ecart == dit
    actions.rendre_synthese(synthese=synthese, par=None)
    assert actions.soumettre_synthese(synthese=synthese, par=None).explication_ecart == dit
    actions.rendre_synthese(synthese=synthese, par=None)
    piste = f.creer_piste(espace, propositions=oubliees)
    actions.ajouter_phrase(section=synthese.sections.get(), texte="Aussi.", pistes=[piste], par=None)
    assert actions.soumettre_synthese(synthese=synthese, par=None).explication_ecart == ""


def test_setting_aside_takes_a_reason_and_does_not_make_the_synthesis_fairer(espace):
    synthese, (oubliee, *reste) = inegale(espace)
    rapporteur = f.creer_rapporteur(espace)
    appel = {"synthese": synthese, "proposition": oubliee, "par": rapporteur}
    refus("raison_vide", 422, actions.laisser_de_cote, motif=" \n", **appel)
    refus("raison_longue", 422, actions.laisser_de_cote, motif="x" * 501, **appel)
    mise = actions.laisser_de_cote(motif=RAISON, **appel)
    assert actions.laisser_de_cote(motif="Autrement dit.", **appel) == mise
    lue = lectures.couverture(synthese)
    assert [(m.proposition, m.motif, m.par) for m in lue.mises] == [(oubliee, "Autrement dit.", rapporteur)]
    assert (lue.equite.points, lectures.orphelines(synthese, 9, {})) == (100, {oubliee.college_id: reste})
    actions.reprendre_proposition(mise_de_cote=mise, par=rapporteur)
    assert lectures.orphelines(synthese, 9, {})[oubliee.college_id] == [oubliee, *reste]
    assert f.registre(espace.consultation)[-3:] == ["laisser_de_cote", "laisser_de_cote", "reprendre_proposition"]
    assert RAISON not in str(list(Journal.objects.values()))


def test_only_words_that_a_synthesis_speaks_of_are_set_aside_and_only_in_a_draft(espace):
    synthese, (oubliee, autre, *_reste) = inegale(espace)
    ailleurs = f.creer_proposition(f.creer_espace(consultation=espace.consultation))
    poser = {"synthese": synthese, "motif": RAISON, "par": None}
    refus("ailleurs", 422, actions.laisser_de_cote, proposition=ailleurs, **poser)
    tue = f.creer_proposition(espace)
    Proposition.objects.filter(pk=tue.pk).update(moderation=Proposition.Moderation.ECARTEE)
    tue.refresh_from_db()
    refus("ailleurs", 422, actions.laisser_de_cote, proposition=tue, **poser)
    assert MiseDeCote.objects.count() == 0
    mise = actions.laisser_de_cote(proposition=autre, **poser)
    actions.soumettre_synthese(synthese=synthese, par=None, explication="Voilà.")
    refus("soumise", 409, actions.laisser_de_cote, proposition=oubliee, **poser)
    refus("soumise", 409, actions.reprendre_proposition, mise_de_cote=mise, par=None)
    assert list(MiseDeCote.objects.all()) == [mise]


def test_what_is_cited_after_all_is_no_longer_told_as_set_aside(espace):
    synthese, (oubliee, *_reste) = inegale(espace)
    actions.laisser_de_cote(synthese=synthese, proposition=oubliee, motif=RAISON, par=None)
    assert [m.motif for m in lectures.devenir(oubliee).mises_de_cote] == [RAISON]
    piste = f.creer_piste(espace, propositions=[oubliee])
    actions.ajouter_phrase(section=synthese.sections.get(), texte="Aussi.", pistes=[piste], par=None)
    oubliee.refresh_from_db()
    assert (list(lectures.couverture(synthese).mises), lectures.devenir(oubliee).mises_de_cote) == ([], [])


def test_an_author_disagrees_with_a_grouping_and_nothing_is_submitted_before_the_answer(espace):
    piste = f.creer_piste(espace)
    proposition, synthese = espace.propositions.get(), ouvrir(espace)
    dire = {"proposition": proposition, "participant": proposition.auteur}
    refus("raison_vide", 422, actions.dire_desaccord, raison="", **dire)
    refus(
        "pas_la_votre",
        403,
        actions.dire_desaccord,
        raison="Non",
        **{**dire, "participant": f.creer_participant(espace.consultation)},
    )
    desaccord = actions.dire_desaccord(raison="Je parlais d’autre chose.", **dire)
    assert (desaccord.piste, lectures.ordre_des_desaccords(synthese)) == (piste, {desaccord.pk: True})
    refus("desaccord", 409, actions.soumettre_synthese, synthese=synthese, par=None)
    rapporteur = f.creer_rapporteur(espace)
    refus("interdit", 403, actions.repondre_desaccord, desaccord=desaccord, reponse="Non", par=f.creer_compte())
    refus("raison_vide", 422, actions.repondre_desaccord, desaccord=desaccord, reponse=" ", par=rapporteur)
    actions.repondre_desaccord(desaccord=desaccord, reponse="Nous l’avons écrite à part.", par=rapporteur)
    assert lectures.devenir(proposition).desaccords[None].reponse == "Nous l’avons écrite à part."
    assert actions.dire_desaccord(raison="Toujours pas.", **dire).reponse == ""
    actions.repondre_desaccord(desaccord=desaccord, reponse="Voilà.", par=rapporteur)
    assert actions.dire_desaccord(raison="Toujours pas.", **dire).reponse == "Voilà."  # sent twice: nothing new
    assert actions.soumettre_synthese(synthese=synthese, par=rapporteur).etat == "soumise"


def test_a_disagreement_follows_the_piste_into_the_one_it_is_joined_to(espace):
    piste, autre = f.creer_pistes(espace, 2)
    proposition, synthese = piste.propositions.get(), ouvrir(espace)
    dire = {"proposition": proposition, "participant": proposition.auteur}
    desaccord = actions.dire_desaccord(raison="Non", **dire)
    actions.regrouper(espace=espace, par=None, pistes=[piste], dans=autre)
    assert lectures.ordre_des_desaccords(synthese) == {desaccord.pk: True}
    assert actions.dire_desaccord(raison="Toujours non", **dire).piste == autre


def test_a_grouping_that_was_undone_is_disagreed_with_no_more(espace):
    proposition = f.creer_proposition(espace)
    geste = actions.regrouper(espace=espace, par=None, propositions=[proposition], texte="Une piste")
    proposition.refresh_from_db()
    actions.dire_desaccord(proposition=proposition, participant=proposition.auteur, raison="Non")
    actions.defaire_regroupement(regroupement=geste, par=None)
    assert lectures.ordre_des_desaccords(ouvrir(espace)) == {}
    refus(
        "rien_a_redire",
        409,
        actions.dire_desaccord,
        proposition=proposition,
        participant=proposition.auteur,
        raison="Non",
    )


def test_one_answers_to_ones_own_words_being_set_aside_and_to_no_others(espace):
    synthese, (une, autre, *_reste) = inegale(espace)
    mise = actions.laisser_de_cote(synthese=synthese, proposition=une, motif=RAISON, par=None)
    dire = {"participant": autre.auteur, "raison": "Et moi ?", "mise_de_cote": mise}
    refus("rien_a_redire", 409, actions.dire_desaccord, proposition=autre, **dire)
    actions.dire_desaccord(
        proposition=une, participant=une.auteur, raison="La partie 1 parle d’autre chose.", mise_de_cote=mise
    )
    lus = lectures.desaccords(lectures.ordre_des_desaccords(synthese))
    assert [(lu.numero, lu.objet.raison) for lu in lus] == [(None, "La partie 1 parle d’autre chose.")]
    assert lectures.ordre_des_desaccords(ouvrir(espace)) == {}


def test_what_an_author_answered_goes_with_them(espace):
    f.creer_piste(espace)
    proposition = espace.propositions.get()
    actions.dire_desaccord(proposition=proposition, participant=proposition.auteur, raison="Mes mots à moi")
    assert lectures.dossier(proposition.auteur)["propositions"][0]["desaccords"] == [
        {"raison": "Mes mots à moi", "reponse": ""}
    ]
    actions.effacer_participant(participant=proposition.auteur)
    assert Desaccord.objects.count() == 0
