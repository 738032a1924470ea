"""The read-only API: what anyone may read and nothing more, described, sent again only when it changed."""

import json

import pytest
from django.core.cache import cache

from api.routes import PAR_MINUTE, PAR_PAGE_MAX
from ateliers.essais import Visiteur
from consultation import actions
from consultation.models import Piste
from contenus import actions as actions_contenus
from contenus.models import SynthesePage
from tests.contenus.fabriques_contenus import creer_page_publiee, creer_synthese, publier
from tests.contenus.fabriques_fiches import creer_cas, creer_dispositif
from tests.contenus.test_suites import decider
from tests.fabriques import (
    creer_espace,
    creer_participant,
    creer_piste,
    creer_proposition,
    creer_scrutin,
    faire_voter,
)

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture(scope="module")
def _votee(_arborescence):
    espace = creer_espace()
    oui = creer_participant(espace.consultation, prenom="Zénobie", accord_publication=True)
    non = creer_participant(espace.consultation, prenom="Zénobie", accord_publication=False)
    dites = [creer_proposition(espace, "Apprendre à deux", oui), creer_proposition(espace, "Un secret", non)]
    piste = creer_piste(espace, "Apprendre en binôme", dites)
    scrutin = creer_scrutin(espace, [piste, creer_piste(espace, "Pas encore publiée")])
    for signe, n in (("salaries", 12), ("permanents", 11), ("partenaires", 3)):
        faire_voter(scrutin, signe, n - n // 3, {piste: 1})
        faire_voter(scrutin, signe, n // 3, {})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    creer_page_publiee(creer_synthese(espace.consultation, [piste]))
    decider(piste, raison="Deux lieux l’essaient.")
    return piste.pk


@pytest.fixture
def votee(_votee, db):
    """A published piste with words, a vote in which a college is hidden, and an answer."""
    return Piste.objects.get(pk=_votee)


@pytest.fixture
def espace(votee):
    return votee.espace


def lire(client, chemin, **entetes):
    reponse = client.get(API + chemin, **entetes)
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


def test_a_piste_tells_its_words_its_votes_and_its_answers_and_no_name(client, espace, votee):
    slug = espace.consultation.slug
    (ligne,) = lire(client, f"consultations/{slug}/pistes")["items"]
    assert (ligne["piste"], ligne["texte"], ligne["propositions"]) == (1, "Apprendre en binôme", 2)
    lue = lire(client, f"consultations/{slug}/pistes/1")
    assert lue["propositions_citees"] == [{"piste": 1, "texte": "Apprendre à deux", "college": ""}]
    assert [reponse["raison"] for reponse in lue["reponses"]] == ["Deux lieux l’essaient."]
    tous = lue["resultats"][0]
    assert (tous["college"], tous["personnes"], tous["sur"]) == ("", 18, 26)
    assert next(r for r in lue["resultats"] if r["college"] == "Partenaires")["personnes"] is None
    (vote,) = lire(client, f"consultations/{slug}/votes")["items"]
    assert (vote["votants"], vote["resultats"]) == (26, lue["resultats"])
    tout = json.dumps([lue, ligne, vote], ensure_ascii=False)
    assert [mot for mot in ("Zénobie", "Un secret", "Pas encore publiée") if mot in tout] == []


def test_what_an_author_withdraws_is_withdrawn_at_once(client, espace, votee):
    adresse = f"consultations/{espace.consultation.slug}/pistes/1"
    auteur = votee.propositions.get(texte="Apprendre à deux").auteur
    actions.consentir(participant=auteur, accord=False)
    assert lire(client, adresse)["propositions_citees"] == []


def test_pistes_are_chosen_by_where_they_are(client, espace, votee):
    chemin = f"consultations/{espace.consultation.slug}/pistes?etat="
    etat = lire(client, chemin)["items"][0]["reponse"]
    assert (etat, lire(client, chemin + etat)["count"], lire(client, chemin + "sans")["count"]) == (
        "en_cours",
        1,
        0,
    )


def test_nothing_is_there_before_a_synthesis_is_out(client, votee):
    espace = creer_espace()
    creer_synthese(espace.consultation, [creer_piste(espace)])
    lues = lire(client, "consultations")
    assert ([lue["slug"] for lue in lues["items"]], lues["count"]) == ([votee.consultation.slug], 1)
    for suite in ("", "/pistes", "/pistes/1", "/votes"):
        reponse = client.get(f"{API}consultations/{espace.consultation.slug}{suite}")
        assert (reponse.status_code, reponse.json()["code"]) == (404, "introuvable")


def test_a_consultation_says_where_its_pages_are(client, espace, votee, settings):
    slug = espace.consultation.slug
    (lue,) = lire(client, "consultations")["items"]
    assert lue == lire(client, f"consultations/{slug}")
    assert (lue["titre"], lue["page"]) == (espace.consultation.titre, f"{settings.URL_PUBLIQUE}/reponses/{slug}/")
    assert client.get(lue["archive"].removeprefix(settings.URL_PUBLIQUE)).status_code == 200


def test_a_synthesis_and_a_number_are_told_part_by_part(client, espace, votee):
    (ligne,) = lire(client, "syntheses")["items"]
    entiere = lire(client, f"syntheses/{ligne['id']}")
    assert {nom: entiere[nom] for nom in ligne} == ligne
    (partie,) = entiere["parties"]
    assert partie["pistes"] == [1]
    dite = {"sorte": "phrase", "texte": "On apprend mieux à deux.", "pistes": [1], "valeur": ""}
    assert partie["phrases"] == [dite]
    source = SynthesePage.objects.get(pk=ligne["id"]).synthese
    publier(actions_contenus.composer_fil_info(numero=7, syntheses=[source], par=None))
    assert [fil["numero"] for fil in lire(client, "fil-info")["items"]] == [7]
    assert lire(client, "fil-info/7")["pistes_generales"] == ["Apprendre en binôme"]
    SynthesePage.objects.filter(pk=ligne["id"]).update(live=False)
    assert client.get(f"{API}syntheses/{ligne['id']}").status_code == 404
    assert lire(client, "syntheses")["count"] == 0


def test_fiches_are_chosen_by_words_and_by_facets(client, arborescence):
    cas, autre = creer_cas(3, "Le vélo partagé"), creer_dispositif(4, "Le tutorat")
    assert [f["numero"] for f in lire(client, "fiches")["items"]] == [cas.numero, autre.numero]
    assert [f["genre"] for f in lire(client, "fiches?q=velos")["items"]] == ["cas"]
    assert [f["titre"] for f in lire(client, "fiches?genre=dispositif")["items"]] == ["Le tutorat"]


def test_a_list_comes_in_pages_and_a_wrong_page_is_said(client, arborescence):
    espace = creer_espace()
    pistes = [creer_piste(espace) for _ in range(5)]
    creer_page_publiee(creer_synthese(espace.consultation, pistes))
    chemin = f"consultations/{espace.consultation.slug}/pistes"
    page = lire(client, f"{chemin}?page=2&page_size=2")
    assert ([p["piste"] for p in page["items"]], page["count"]) == ([3, 4], 5)
    assert lire(client, f"{chemin}?page=9")["items"] == []
    assert len(lire(client, f"{chemin}?page_size={PAR_PAGE_MAX * 9}")["items"]) == 5
    for faux in ("page=0", "page=deux", "page_size=-1", "etat=peut-etre"):
        reponse = client.get(f"{API}{chemin}?{faux}")
        assert reponse.status_code == 400
        assert f"« {faux.split('=')[0]} » est mal écrit" in reponse.json()["message"]


def test_what_did_not_move_is_not_sent_again(client, espace, votee):
    adresse = f"{API}consultations/{espace.consultation.slug}/pistes/1"
    premiere = client.get(adresse)
    encore = client.get(adresse, headers={"if-none-match": premiere["ETag"]})
    assert (encore.status_code, encore.content, encore["Access-Control-Allow-Origin"]) == (304, b"", "*")
    decider(votee, raison="Dix lieux l’essaient.")
    apres = client.get(adresse, headers={"if-none-match": premiere["ETag"]})
    assert (apres.status_code, "Dix lieux" in apres.text) == (200, True)


def test_pages_of_any_site_may_read_and_nobody_may_write(client, arborescence):
    lue = client.get(API + "fiches", headers={"origin": "https://ailleurs.test"})
    assert (lue["Access-Control-Allow-Origin"], "Access-Control-Allow-Credentials" in lue) == ("*", False)
    assert (lue["Cache-Control"], lue.cookies) == ("public, no-cache", {})
    avant = client.options(API + "fiches", headers={"origin": "https://ailleurs.test"})
    assert (avant.status_code, avant["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert client.head(API + "fiches")["ETag"] == lue["ETag"]
    for methode in (client.post, client.put, client.patch, client.delete):
        assert methode(API + "fiches").status_code == 405


def test_an_address_that_asks_too_much_waits_a_minute_whatever_it_says_it_is(client, arborescence):
    cache.set(f"api:{Visiteur({}, '127.0.0.1').adresse}", PAR_MINUTE, 60)
    trop = client.get(API + "fiches", headers={"x-forwarded-for": "203.0.113.9"})
    assert (trop.status_code, trop["Retry-After"], trop.json()["code"]) == (429, "60", "trop_de_demandes")
    assert client.get(API + "fiches", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_it_speaks_french_whatever_the_screens_speak(client, espace, votee):
    adresse = f"{API}consultations/{espace.consultation.slug}/votes"
    francais = client.get(adresse)
    client.post("/langue/", {"language": "en"})
    assert client.get(adresse).content == francais.content


def test_what_it_describes_is_what_it_answers(client, espace, votee):
    schema = lire(client, "openapi.json")
    slug = espace.consultation.slug
    fixes = {"{slug}": slug, "{numero}": "1", "{page_id}": str(lire(client, "syntheses")["items"][0]["id"])}
    for chemin, actes in schema["paths"].items():
        assert set(actes) == {"get"}
        adresse = chemin
        for trou, valeur in fixes.items():
            adresse = adresse.replace(trou, valeur)
        reponse = client.get(adresse)
        if "fil-info/" in chemin:
            assert reponse.status_code == 404
            continue
        forme = actes["get"]["responses"]["200" if reponse.status_code == 200 else "404"]
        nom = forme["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        assert set(reponse.json()) == set(schema["components"]["schemas"][nom]["properties"])


def test_people_read_how_to_ask(client, arborescence):
    page = client.get("/api/")
    assert page.status_code == 200
    for chemin in lire(client, "openapi.json")["paths"]:
        assert f"<code>{chemin}</code>" in page.text.replace("<wbr>", "")
    assert 'href="/api/v1/openapi.json"' in page.text


@pytest.mark.parametrize(("chemin", "requetes"), [("pistes", 22), ("pistes/1", 31), ("votes", 22)])
def test_it_costs_the_same_queries_whatever_it_holds(
    client, espace, votee, chemin, requetes, django_assert_max_num_queries
):
    pistes = [creer_piste(espace) for _ in range(4)]
    creer_page_publiee(creer_synthese(espace.consultation, pistes))
    client.get(f"{API}fiches")
    with django_assert_max_num_queries(requetes):
        client.get(f"{API}consultations/{espace.consultation.slug}/{chemin}")


def test_a_list_of_pages_costs_the_same_queries_whatever_it_holds(client, espace, django_assert_max_num_queries):
    for _ in range(3):
        creer_page_publiee(creer_synthese(espace.consultation, [creer_piste(espace)]))
    client.get(f"{API}fiches")
    for chemin, requetes in (("syntheses", 4), ("consultations", 2), ("fil-info", 4), ("fiches", 6)):
        with django_assert_max_num_queries(requetes):
            client.get(API + chemin)
