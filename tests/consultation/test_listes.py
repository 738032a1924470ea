"""The list of a plenary: taken over from the workshops, ordered, joined across them, voted on, told to authors."""

import pytest

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.models import Journal
from consultation.signaux import espace_modifie
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def salles():
    """(the plenary, two workshops with two pistes each), all of one consultation."""
    plenaire = f.creer_espace()
    ateliers = [f.creer_espace(consultation=plenaire.consultation) for _ in range(2)]
    return plenaire, [f.creer_pistes(espace, 2) for espace in ateliers]


def numeros(espace):
    return [place.piste.numero for place in lectures.liste(espace)]


def refus(acte, **appel):
    with pytest.raises(Refus) as erreur:
        acte(**appel)
    return erreur.value.code, erreur.value.statut


def test_pistes_of_two_workshops_make_one_list_in_the_order_they_were_taken(salles):
    plenaire, ((une, deux), (trois, _quatre)) = salles
    actions.reprendre_pistes(espace=plenaire, pistes=[trois, une], par=None)
    actions.reprendre_pistes(espace=plenaire, pistes=[deux, une], par=None)
    assert numeros(plenaire) == [3, 1, 2]
    assert [p.espace_id == plenaire.pk for p in (une, deux, trois)] == [False, False, False]
    notees = Journal.objects.filter(verbe="reprendre_pistes").order_by("pk")
    assert [une.details for une in notees] == [{"pistes": [3, 1]}, {"pistes": [2]}]


def test_the_order_is_changed_one_at_a_time_and_never_goes_out_of_the_list(salles):
    plenaire, ((une, deux), (trois, _quatre)) = salles
    actions.reprendre_pistes(espace=plenaire, pistes=[une, deux, trois], par=None)
    assert actions.ordonner_pistes(espace=plenaire, piste=trois, vers=0, par=None) == 0
    assert numeros(plenaire) == [3, 1, 2]
    assert actions.ordonner_pistes(espace=plenaire, piste=trois, vers=99, par=None) == 2
    assert numeros(plenaire) == [1, 2, 3]
    actions.retirer_piste(espace=plenaire, piste=deux, par=None)
    assert numeros(plenaire) == [1, 3]
    assert refus(actions.retirer_piste, espace=plenaire, piste=deux, par=None) == ("pas_dans_la_liste", 409)


def test_the_vote_of_the_plenary_is_on_its_list_in_its_order_and_that_of_a_workshop_is_untouched(salles):
    plenaire, ((une, deux), (trois, _quatre)) = salles
    atelier = f.creer_scrutin(une.espace, [une, deux])
    f.faire_voter(atelier, "salaries", 6, {une: 1})
    actions.reprendre_pistes(espace=plenaire, pistes=[trois, une], par=None)
    scrutin = f.creer_scrutin(plenaire, [])
    ordonnees = lectures.dans_l_ordre(plenaire.pk, lectures.pistes_du_scrutin(scrutin))
    assert [p.numero for p in ordonnees] == [3, 1]
    f.faire_voter(scrutin, "salaries", 5, {trois: 1})
    comptes = [{d.piste.numero: d.votants for d in s.decomptes.all()} for s in (atelier, scrutin)]
    assert comptes == [{1: 6}, {3: 5}]


def test_without_a_list_an_espace_votes_on_its_own_pistes(salles):
    _plenaire, ((une, deux), _autres) = salles
    assert lectures.pistes_a_voter(une.espace) == [une, deux]


def test_two_pistes_of_two_workshops_are_joined_in_the_plenary_and_taken_apart_again(salles):
    plenaire, ((une, _deux), (trois, quatre)) = salles
    anime = f.creer_animateur(plenaire)
    ailleurs = {"espace": plenaire, "pistes": [une, trois], "texte": "Apprendre à deux", "par": anime}
    assert refus(actions.regrouper, **ailleurs) == ("ailleurs", 422)
    actions.reprendre_pistes(espace=plenaire, pistes=[quatre, une, trois], par=anime)
    ecrite = (une.texte, une.espace_id)
    geste = actions.regrouper(**ailleurs)
    assert [(p.piste.numero, [j.numero for j in p.jointes]) for p in lectures.liste(plenaire)] == [
        (4, []),
        (5, [1, 3]),
    ]
    une.refresh_from_db()
    assert (une.texte, une.espace_id) == ecrite
    actions.defaire_regroupement(regroupement=geste, par=anime)
    assert numeros(plenaire) == [4, 1, 3]


def test_what_is_set_aside_leaves_the_list_and_comes_back_to_its_place(salles):
    plenaire, ((une, deux), (trois, _quatre)) = salles
    actions.reprendre_pistes(espace=plenaire, pistes=[une, deux, trois], par=None)
    actions.ecarter_piste(piste=deux, par=None)
    assert numeros(plenaire) == [1, 3]
    actions.ordonner_pistes(espace=plenaire, piste=trois, vers=0, par=None)
    assert numeros(plenaire) == [3, 1]
    actions.reprendre_piste(piste=deux, par=None)
    assert numeros(plenaire) == [3, 1, 2]


def test_the_list_does_not_change_under_a_vote(salles):
    plenaire, ((une, deux), _autres) = salles
    actions.reprendre_pistes(espace=plenaire, pistes=[une], par=None)
    f.creer_scrutin(plenaire, [])
    assert refus(actions.reprendre_pistes, espace=plenaire, pistes=[deux], par=None) == ("vote_en_cours", 409)
    assert refus(actions.retirer_piste, espace=plenaire, piste=une, par=None) == ("vote_en_cours", 409)
    assert refus(actions.ordonner_pistes, espace=plenaire, piste=une, vers=0, par=None) == ("vote_en_cours", 409)
    assert numeros(plenaire) == [1]


def test_what_may_not_be_taken_over_is_refused_and_leaves_no_trace(salles):
    plenaire, ((une, deux), _autres) = salles
    actions.ecarter_piste(piste=deux, par=None)
    etrangere, intrus = f.creer_piste(f.creer_espace()), f.creer_animateur(une.espace)
    deux.refresh_from_db()
    avant = Journal.objects.count()
    for pistes, attendu in (
        ([], ("rien_a_reprendre", 422)),
        ([une, etrangere], ("ailleurs", 422)),
        ([une, deux], ("piste_ecartee", 409)),
    ):
        assert refus(actions.reprendre_pistes, espace=plenaire, pistes=pistes, par=None) == attendu
    assert refus(actions.reprendre_pistes, espace=plenaire, pistes=[une], par=intrus) == ("interdit", 403)
    assert (numeros(plenaire), Journal.objects.count()) == ([], avant)


def test_its_author_is_told_that_a_piste_went_to_the_plenary(salles):
    plenaire, ((une, _deux), (trois, _quatre)) = salles
    assert lectures.devenir(une.propositions.get()).reprises == []
    actions.reprendre_pistes(espace=plenaire, pistes=[une, trois], par=None)
    actions.regrouper(espace=plenaire, pistes=[une, trois], texte="Ensemble", par=None)
    assert [r.espace for r in lectures.devenir(trois.propositions.get()).reprises] == [plenaire]


def test_a_reworded_piste_is_announced_in_the_plenary_that_lists_it(salles):
    plenaire, ((une, _deux), _autres) = salles
    actions.reprendre_pistes(espace=plenaire, pistes=[une], par=None)
    entendus = []

    def ecouter(espace_id, **_suite):
        entendus.append(espace_id)

    espace_modifie.connect(ecouter)
    actions.formuler_piste(piste=une, texte="D’autres mots", par=None)
    espace_modifie.disconnect(ecouter)
    assert set(entendus) == {plenaire.pk, une.espace_id}
