import pytest

from consultation import actions
from consultation.erreurs import Refus
from consultation.models import Axe, Journal
from tests import fabriques as f

pytestmark = pytest.mark.django_db
DEPLACER = {
    "phrase": actions.deplacer_phrase,
    "ligne": actions.deplacer_ligne,
    "section": actions.deplacer_section,
}


def ouvrir():
    espace = f.creer_espace()
    return actions.ouvrir_synthese(consultation=espace.consultation, espace=espace, titre="Synthèse", par=None)


def trois(sorte, synthese=None):
    """Three sentences, rows or parts, in a part or a synthesis of their own; and how to read their order."""
    synthese = synthese or ouvrir()
    if sorte == "section":
        objets = [actions.ajouter_section(synthese=synthese, titre=t, par=None) for t in "ABC"]
        return objets, lambda: list(synthese.sections.values_list("titre", flat=True))
    section = actions.ajouter_section(synthese=synthese, titre="Partie", par=None)
    if sorte == "phrase":
        objets = [actions.ajouter_phrase(section=section, texte=t, pistes=[], par=None) for t in "ABC"]
        return objets, lambda: list(section.phrases.values_list("texte", flat=True))
    objets = [actions.ajouter_ligne(section=section, titre=t, par=None) for t in "ABC"]
    return objets, lambda: list(section.lignes.values_list("titre", flat=True))


@pytest.mark.parametrize("sorte", DEPLACER)
def test_what_is_moved_changes_place_with_its_neighbour_in_one_entry(sorte):
    (_a, b, _c), lu = trois(sorte)
    avant = Journal.objects.count()
    deplace = DEPLACER[sorte](**{sorte: b}, sens=-1, par=None)
    assert (lu(), deplace.ordre) == (["B", "A", "C"], 0)
    entree = Journal.objects.first()
    assert (Journal.objects.count() - avant, entree.verbe, entree.objet_id) == (1, f"deplacer_{sorte}", b.pk)
    assert (entree.details["avant"], entree.details["apres"]) == (2, 1)
    DEPLACER[sorte](**{sorte: b}, sens=1, par=None)
    DEPLACER[sorte](**{sorte: b}, sens=1, par=None)
    assert lu() == ["A", "C", "B"]


@pytest.mark.parametrize(("rang", "sens"), [(0, -1), (2, 1)])
@pytest.mark.parametrize("sorte", DEPLACER)
def test_nothing_moves_beyond_the_ends_and_nothing_is_noted(sorte, rang, sens):
    objets, lu = trois(sorte)
    avant = Journal.objects.count()
    DEPLACER[sorte](**{sorte: objets[rang]}, sens=sens, par=None)
    assert (lu(), Journal.objects.count()) == (["A", "B", "C"], avant)


@pytest.mark.parametrize("sorte", DEPLACER)
def test_what_someone_else_has_moved_meanwhile_is_not_moved_again(sorte):
    (a, b, _c), lu = trois(sorte)
    DEPLACER[sorte](**{sorte: a}, sens=1, par=None, rang=0)
    avant = Journal.objects.count()
    with pytest.raises(Refus) as refus:
        DEPLACER[sorte](**{sorte: b}, sens=-1, par=None, rang=1)
    assert (refus.value.code, refus.value.statut) == ("revision", 409)
    assert (lu(), Journal.objects.count()) == (["B", "A", "C"], avant)


@pytest.mark.parametrize("sorte", DEPLACER)
def test_only_who_writes_a_draft_moves_what_is_in_it(sorte):
    synthese = ouvrir()
    (_a, b, _c), lu = trois(sorte, synthese)
    if sorte == "section":
        actions.ajouter_phrase(section=b, texte="Une phrase.", pistes=[], par=None)
    with pytest.raises(Refus) as refus:
        DEPLACER[sorte](**{sorte: b}, sens=-1, par=f.creer_animateur(f.creer_espace()))
    assert refus.value.statut == 403
    actions.soumettre_synthese(synthese=synthese, par=None)
    with pytest.raises(Refus) as refus:
        DEPLACER[sorte](**{sorte: b}, sens=-1, par=f.creer_rapporteur(synthese.espace))
    assert (refus.value.code, lu()) == ("soumise", ["A", "B", "C"])


def test_a_direction_that_is_none_is_refused():
    (a, *_reste), _lu = trois("phrase")
    with pytest.raises(Refus) as refus:
        actions.deplacer_phrase(phrase=a, sens=2, par=None)
    assert (refus.value.code, refus.value.statut) == ("sens_inconnu", 400)


def test_a_sentence_taken_out_meanwhile_is_said_to_be_gone():
    (a, *_reste), _lu = trois("phrase")
    encore = type(a).objects.get(pk=a.pk)
    actions.retirer_phrase(phrase=a, par=None)
    with pytest.raises(Refus) as refus:
        actions.deplacer_phrase(phrase=encore, sens=1, par=None)
    assert (refus.value.code, refus.value.statut) == ("disparu", 404)


@pytest.mark.parametrize("n", [2, 12])
def test_moving_costs_the_same_among_few_and_among_many(n, django_assert_num_queries):
    section = actions.ajouter_section(synthese=ouvrir(), titre="Partie", par=None)
    phrases = [actions.ajouter_phrase(section=section, texte=f"{i}", pistes=[], par=None) for i in range(n)]
    with django_assert_num_queries(13):
        actions.deplacer_phrase(phrase=phrases[0], sens=1, par=None)


def test_something_prepared_is_moved_in_one_entry_even_where_ranks_were_equal():
    consultation = f.creer_consultation()
    axes = [f.creer_axe(consultation=consultation, titre=t, ordre=0) for t in "ABC"]
    avant = Journal.objects.count()
    actions.deplacer(objet=axes[2], sens=-1, parmi=Axe.objects.filter(consultation=consultation), par=None)
    assert list(Axe.objects.values_list("titre", "ordre")) == [("A", 0), ("C", 1), ("B", 2)]
    assert [
        (e.verbe, e.objet_id, e.details) for e in Journal.objects.all()[: Journal.objects.count() - avant]
    ] == [("deplacer", axes[2].pk, {"avant": 3, "apres": 2})]


def test_only_an_organiser_moves_what_is_prepared():
    espace = f.creer_espace()
    axes = [f.creer_axe(consultation=espace.consultation, titre=t, ordre=o) for o, t in enumerate("AB")]
    with pytest.raises(Refus) as refus:
        actions.deplacer(objet=axes[1], sens=-1, parmi=Axe.objects.all(), par=f.creer_animateur(espace))
    assert (refus.value.statut, list(Axe.objects.values_list("titre", flat=True))) == (403, ["A", "B"])
