"""The results of a vote as a block of any page: the figures of a published synthesis, and no others."""

import re

import pytest
from django.core.exceptions import ValidationError

from contenus.impression.corps import corps
from contenus.models import PagePlaine, SynthesePage
from contenus.models.blocs import CorpsBloc
from tests import fabriques
from tests.contenus import fabriques_contenus as fc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


@pytest.fixture(scope="module")
def _synthese(_arborescence):
    espace = fabriques.creer_espace()
    source = fc.creer_synthese_votee(2, votants={"salaries": 9, "permanents": 8}, espace_vote=espace)
    return fc.creer_page_publiee(source).pk


@pytest.fixture
def synthese(_synthese, db):
    """A published page with one vote: nine salariés and eight permanents."""
    return SynthesePage.objects.get(pk=_synthese)


@pytest.fixture
def page(arborescence, synthese):
    page = PagePlaine(title="Résultats", slug="resultats")
    page.corps = [("scrutin", {"titre": "Le vote de la salle", "synthese": synthese, "vote": 1})]
    arborescence.accueil.add_child(instance=page)
    return page


def test_a_vote_is_shown_with_the_figures_of_the_synthesis_and_leads_to_it(client, page, synthese):
    la_bas = client.get(synthese.url).content.decode()
    ici = client.get("/resultats/").content.decode()
    assert "Le vote de la salle" in ici
    assert f'href="{synthese.url}"' in ici
    chiffres = [re.findall(r'<strong class="nb">([^<]+)</strong>', html) for html in (ici, la_bas)]
    assert chiffres[0] == chiffres[1] != []


def test_a_vote_is_told_on_paper(page, synthese):
    [bloc] = corps(page.corps)
    dit = "\n".join("".join(run["t"] for run in ligne["runs"]).strip() for ligne in bloc["blocs"])
    assert dit.startswith("Le vote de la salle\n")
    assert len(re.findall(r"^Piste n°\u00a0\d+ .*personnes? sur", dit, re.M)) == 2


def test_nothing_is_shown_once_the_synthesis_is_taken_away(client, page, synthese):
    synthese.unpublish()
    html = client.get("/resultats/").content.decode()
    assert ("Le vote de la salle" in html, 'class="resultats"' in html) == (False, False)
    assert corps(page.corps) == []


@pytest.mark.parametrize("rang", [2, 40])
def test_a_vote_that_the_synthesis_does_not_show_is_refused(synthese, rang):
    bloc = CorpsBloc().child_blocks["scrutin"]
    with pytest.raises(ValidationError) as refus:
        bloc.clean(bloc.normalize({"titre": "", "synthese": synthese, "vote": rang}))
    assert "Cette synthèse montre 1 vote" in str(refus.value.block_errors["vote"])


def test_every_block_is_previewed_for_whoever_chooses_it(synthese):
    """Wagtail shows a preview only where it is given something to show."""
    sans = [nom for nom, bloc in CorpsBloc().child_blocks.items() if not bloc.is_previewable]
    assert sans == []
    bloc = CorpsBloc().child_blocks["scrutin"]
    assert 'class="resultats"' in str(bloc.render(bloc.get_preview_value()))
