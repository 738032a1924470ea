"""A questionnaire inside a page: found by its code, answered from there, closed when it is."""

import pytest
from django.core.exceptions import ValidationError

from consultation import actions
from consultation.models import Grille
from contenus.impression.corps import corps
from contenus.models import PagePlaine
from contenus.models.blocs import CorpsBloc
from tests import fabriques
from tests.consultation.test_grilles import contenu
from tests.consultation.test_questions import question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


@pytest.fixture
def grille(db):
    grille = actions.creer_grille(
        consultation=fabriques.creer_consultation(),
        titre="Mon parcours",
        contenu=contenu(question("aide")),
        par=None,
    )
    actions.mettre_en_ligne(grille=grille, par=None)
    grille.refresh_from_db()
    return grille


@pytest.fixture
def page(arborescence, grille):
    page = PagePlaine(title="Donnez votre avis", slug="avis")
    page.corps = [("grille", {"code": grille.code, "phrase": "Dix minutes, sans votre nom."})]
    arborescence.accueil.add_child(instance=page)
    return page


def test_a_page_leads_to_the_questions_while_they_are_open_and_says_when_they_are_not(client, page, grille):
    dit = client.get("/avis/").content.decode()
    assert ("Dix minutes, sans votre nom." in dit, f'href="/g/{grille.code}/"' in dit) == (True, True)
    assert client.get(f"/g/{grille.code}/").status_code == 200
    actions.clore_grille(grille=grille, par=None)
    dit = client.get("/avis/").content.decode()
    assert ("Cette grille est close." in dit, "Répondre aux questions" in dit) == (True, False)


def test_on_paper_it_gives_its_title_and_where_to_answer(page, grille):
    (bloc,) = corps(page.corps)
    mots = " ".join(run["t"] for p in bloc["blocs"] for run in p["runs"])
    assert ("Mon parcours" in mots, f"/g/{grille.code}/" in mots) == (True, True)


def test_a_grille_taken_back_to_the_workshop_leaves_nothing_on_the_page(client, page, grille):
    Grille.objects.update(etat="preparation")
    dit = client.get("/avis/").content.decode()
    assert ("Mon parcours" in dit, "Répondre aux questions" in dit, corps(page.corps)) == (False, False, [])


@pytest.mark.parametrize("code", ["ZZZZZZ", " ", "<script>", "é" * 20])
def test_a_code_of_nothing_online_is_refused_with_what_to_do(grille, code):
    bloc = CorpsBloc().child_blocks["grille"]
    with pytest.raises(ValidationError) as faute:
        bloc.clean(bloc.to_python({"code": code, "phrase": ""}))
    assert list(faute.value.block_errors) == ["code"]


def test_a_code_is_read_as_people_type_it(grille):
    bloc = CorpsBloc().child_blocks["grille"]
    propre = bloc.clean(bloc.to_python({"code": grille.code_lisible.lower(), "phrase": ""}))
    assert propre["code"] == grille.code_lisible
