import pytest

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.models import Journal, Piste, SuggestionLaissee
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


def test_a_suggestion_is_set_aside_once_with_who_did_it_and_taken_up_again(espace):
    rapporteur = f.creer_rapporteur(espace)
    une, deux = (f.creer_proposition(espace) for _n in range(2))
    avant = Journal.objects.count()
    laissee = actions.laisser_suggestion(espace=espace, propositions=[deux, une], par=rapporteur)
    encore = actions.laisser_suggestion(espace=espace, propositions=[une, deux], par=None)
    assert (laissee, laissee.cle, laissee.par) == (encore, f"{une.pk}-{deux.pk}", rapporteur)
    actions.reprendre_suggestion(suggestion=laissee, par=rapporteur)
    assert not SuggestionLaissee.objects.exists()
    entrees = Journal.objects.all()[: Journal.objects.count() - avant]
    assert [(e.verbe, e.compte_id, e.details) for e in entrees] == [
        (verbe, rapporteur.pk, {"propositions": [une.pk, deux.pk]})
        for verbe in ("reprendre_suggestion", "laisser_suggestion")
    ]


def test_only_who_groups_may_and_only_what_was_said_there(espace):
    ici = [f.creer_proposition(espace) for _n in range(2)]
    ailleurs = f.creer_proposition(f.creer_espace(consultation=espace.consultation))
    for propositions, par, code in (
        (ici, f.creer_editeur(espace.consultation), "interdit"),
        (ici[:1], None, "rien_a_laisser"),
        ([*ici, ailleurs], None, "ailleurs"),
    ):
        with pytest.raises(Refus) as refus:
            actions.laisser_suggestion(espace=espace, propositions=propositions, par=par)
        assert refus.value.code == code
    laissee = actions.laisser_suggestion(espace=espace, propositions=ici, par=None)
    with pytest.raises(Refus) as refus:
        actions.reprendre_suggestion(suggestion=laissee, par=f.creer_editeur(espace.consultation))
    assert (refus.value.statut, SuggestionLaissee.objects.count()) == (403, 1)


def test_look_alikes_are_suggested_and_nothing_is_joined(espace):
    textes = ["Apprendre à deux avec un ancien", "Visiter une autre structure", "Apprendre à deux, avec quelqu’un"]
    propositions = [f.creer_proposition(espace, texte) for texte in textes]
    assert lectures.suggestions(espace) == [[propositions[0], propositions[2]]]
    assert Piste.objects.count() == 0
