"""The composed booklet is changed by its organisers, and nothing that somebody typed is lost."""

import pytest
from django.urls import reverse
from wagtail.rich_text import RichText

from consultation.erreurs import Refus
from contenus import actions
from contenus.lectures.carnet import carnet_de
from tests.contenus.fabriques_carnet import seminaire
from tests.contenus.test_impression_carnet import textes
from tests.fabriques import creer_editeur, creer_organisateur

from .gestes import bienvenue, composer, image, page

pytestmark = pytest.mark.django_db


def test_pages_kept_by_someone_else_meanwhile_are_not_written_over(carnet):
    actions.garder_carnet(carnet=carnet, corps=carnet.corps, revision=1, par=None)
    with pytest.raises(Refus) as refus:
        actions.garder_carnet(carnet=carnet, corps=carnet.corps, revision=1, par=None)
    carnet.refresh_from_db()
    assert (refus.value.code, refus.value.statut, carnet.revision) == ("change_entre_temps", 409, 2)


def test_a_booklet_is_never_left_without_a_page(carnet):
    with pytest.raises(Refus) as refus:
        actions.garder_carnet(carnet=carnet, corps=[], revision=1, par=None)
    assert (refus.value.code, refus.value.champ) == ("vide", "corps")


def test_another_seminars_pages_are_taken_over(consultation, carnet):
    ailleurs = seminaire(titre="Ailleurs", slug="ailleurs")
    with pytest.raises(Refus) as refus:
        actions.proposer_carnet(consultation=ailleurs, par=creer_editeur(ailleurs), d_apres=consultation)
    assert refus.value.code == "interdit"
    repris = actions.proposer_carnet(consultation=ailleurs, par=None, d_apres=consultation)
    assert [b.block_type for b in repris.corps] == [b.block_type for b in carnet.corps]


def test_forgetting_the_pages_gives_back_the_booklet_that_makes_itself(consultation, carnet):
    actions.retirer_carnet(carnet=carnet, par=None)
    assert carnet_de(consultation).page("mots") is None


@pytest.fixture
def organisateur(client, consultation):
    compte = creer_organisateur(consultation)
    client.force_login(compte)
    return client


def adresse(consultation, nom="contenus_carnet"):
    return reverse(nom, args=[consultation.pk])


def saisie(titre, revision=1):
    """One welcome, as the editor sends it."""
    bloc = {"type": "bienvenue", "order": "0", "deleted": "", "id": ""}
    texte = '{"blocks":[{"key":"a","text":"Bonjour.","type":"unstyled","depth":0,"inlineStyleRanges":[],'
    valeur = {"titre": titre, "texte": texte + '"entityRanges":[]}],"entityMap":{}}', "signature": ""}
    valeur |= {"illustration-image": "", "illustration-legende": ""}
    envoi = {"corps-count": "1", "revision": str(revision)}
    envoi |= {f"corps-0-{cle}": v for cle, v in bloc.items()}
    return envoi | {f"corps-0-value-{cle}": v for cle, v in valeur.items()}


def test_one_click_proposes_and_opens_the_booklet(organisateur, consultation):
    vide = organisateur.get(adresse(consultation))
    assert "Proposer un carnet" in vide.text
    page = organisateur.post(adresse(consultation, "contenus_proposer_carnet"), follow=True)
    assert (page.redirect_chain[-1][0], "pages A5" in page.text, "Le carnet est proposé" in page.text) == (
        adresse(consultation),
        True,
        True,
    )


def test_pages_are_changed_on_the_screen(organisateur, consultation, carnet):
    reponse = organisateur.post(adresse(consultation), saisie("Bonjour à tous"))
    carnet.refresh_from_db()
    assert (reponse.status_code, [b.value["titre"] for b in carnet.corps], carnet.revision) == (
        302,
        ["Bonjour à tous"],
        2,
    )


def test_a_page_without_a_title_is_refused_and_nothing_is_lost(organisateur, consultation, carnet):
    reponse = organisateur.post(adresse(consultation), saisie(""))
    carnet.refresh_from_db()
    assert (reponse.status_code, carnet.revision, "Bonjour." in reponse.text) == (422, 1, True)


def test_what_was_typed_meanwhile_is_shown_and_may_then_be_kept(organisateur, consultation, carnet):
    organisateur.post(adresse(consultation), saisie("Celui des autres"))
    reponse = organisateur.post(adresse(consultation), saisie("Le mien"))
    assert (reponse.status_code, "Le mien" in reponse.text, "Quelqu’un a changé ce carnet" in reponse.text) == (
        409,
        True,
        True,
    )
    assert organisateur.post(adresse(consultation), saisie("Le mien", revision=2)).status_code == 302


def test_the_preview_is_of_what_is_on_the_screen_and_keeps_nothing(organisateur, consultation, carnet):
    reponse = organisateur.post(
        adresse(consultation, "contenus_apercu_carnet"), saisie("Pas gardé") | {"format": "gros"}
    )
    carnet.refresh_from_db()
    assert ("Pas gardé" in textes(reponse.content)[1], carnet.revision) == (True, 1)
    faute = organisateur.post(adresse(consultation, "contenus_apercu_carnet"), saisie(""))
    assert faute.status_code == 422


def test_the_composed_pages_are_read_on_the_web(client, consultation):
    plan = {"image": image(), "legende": ""}
    composer(
        consultation,
        bienvenue("<p>Entrez <b>tous</b>.</p>", signature="Josiane"),
        page(
            "tendance",
            titre="Apprendre",
            illustration=plan,
            texte=RichText("<p>À deux.</p>"),
            question="Et vous ?",
        ),
    )
    lu = client.get("/carnet/seminaire-essai/").text
    assert all(mots in lu for mots in ("Entrez <b>tous</b>.", "Josiane", "À deux.", "Et vous", 'alt="Le plan"'))
