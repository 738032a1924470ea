"""The state of a room at a URL, and what each audience may read of it."""

import pytest
from django.http import Http404
from django.urls import reverse

from ateliers import actions
from ateliers.annonces import avancer
from ateliers.direct import cadres, etats, vues
from ateliers.identite import jeton_direct
from ateliers.models import Atelier
from consultation import actions as actes
from consultation.models import Proposition

from .fabriques_ateliers import faire_atelier, faire_etapes, faire_participant, faire_pistes

pytestmark = [pytest.mark.django_db, pytest.mark.urls("ateliers.urls_direct")]


@pytest.fixture(autouse=True)
def _rien_de_garde():
    etats.oublier()


@pytest.fixture
def salle():
    atelier = faire_atelier()
    faire_etapes(atelier, "ideation", "vote")
    return atelier


def lire(client, atelier, pour="participants", **entetes):
    return client.get(reverse("etat_direct", args=[atelier.code]), {"pour": pour}, headers=entetes)


def dire(atelier, nombre=1, signe="salaries"):
    return [
        actes.deposer_proposition(
            espace=atelier.espace,
            participant=faire_participant(atelier, signe),
            texte=f"Une idée assez longue, numéro {rang}.",
        )
        for rang in range(nombre)
    ]


def test_an_empty_room_before_it_begins(client, salle):
    reponse = lire(client, salle)
    corps = reponse.json()
    assert (reponse.status_code, reponse["Cache-Control"], reponse["X-Maintenant"].isdigit()) == (
        200,
        "no-cache",
        True,
    )
    assert {nom: corps[nom] for nom in ("seq", "etape", "propositions", "pistes", "scrutin", "resultats")} == {
        "seq": 0,
        "etape": None,
        "propositions": {"total": 0, "dernieres": [], "a_preciser": []},
        "pistes": {"total": 0},
        "scrutin": None,
        "resultats": None,
    }
    assert "console" not in corps


def test_an_open_step_is_described_with_its_clock(client, salle):
    etape = actions.ouvrir_etape(etape=salle.etapes.first(), par=None)
    assert lire(client, salle).json()["etape"] == {
        "id": etape.pk,
        "nature": "ideation",
        "titre": "Proposer",
        "consigne": "",
        "etat": "ouverte",
        "rang": 1,
        "sur": 2,
        "ouverte_ms": round(etape.ouverte_le.timestamp() * 1000),
        "echeance_ms": round(etape.echeance.timestamp() * 1000),
        "restant_s": None,
        "duree_s": 600,
    }


def test_each_audience_reads_the_newest_propositions_first(client, salle):
    dites = [p.pk for p in dire(salle, 10)]
    lus = {pour: lire(client, salle, pour).json()["propositions"] for pour in ("participants", "projection")}
    assert {pour: ([p["id"] for p in lu["dernieres"]], lu["total"]) for pour, lu in lus.items()} == {
        "participants": (dites[:4:-1], 10),
        "projection": (dites[:1:-1], 10),
    }


def test_what_is_not_shown_is_not_sent(client, salle):
    une, deux = dire(salle, 2)
    Proposition.objects.filter(pk=une.pk).update(moderation="a_relire")
    Proposition.objects.filter(pk=deux.pk).update(masques=[[0, 3]])
    lues = lire(client, salle).json()["propositions"]
    assert (lues["total"], [p["texte"] for p in lues["dernieres"]]) == (1, ["[…] idée assez longue, numéro 1."])


def test_a_piste_counts_the_propositions_of_those_joined_to_it(client, salle):
    un, deux = faire_pistes(salle, 2)
    a, b, c = dire(salle, 3)
    Proposition.objects.filter(pk=a.pk).update(piste=un)
    Proposition.objects.filter(pk__in=[b.pk, c.pk]).update(piste=deux)
    deux.fusionnee_dans = un
    deux.save()
    assert lire(client, salle).json()["pistes"] == {"total": 1}
    assert lire(client, salle, "projection").json()["pistes"] == {
        "total": 1,
        "liste": [{"id": un.pk, "numero": 1, "texte": un.texte, "n": 3}],
    }


def test_a_vote_says_who_voted_and_nothing_of_what(client, salle):
    (piste,) = faire_pistes(salle, 1)
    personne = faire_participant(salle, "salaries")
    faire_participant(salle, "permanents")
    actions.ouvrir_etape(etape=salle.etapes.get(nature="vote"), par=None)
    actions.voter(atelier=salle, participant=personne, choix={piste.pk: 2})
    corps = lire(client, salle, "projection").json()
    assert corps["resultats"] is None
    assert {nom: corps["scrutin"][nom] for nom in ("etat", "mode", "gommettes", "votants", "presents")} == {
        "etat": "ouvert",
        "mode": "gommettes",
        "gommettes": 3,
        "votants": 1,
        "presents": 2,
    }
    assert [(c["signe"], c["votants"], c["presents"]) for c in corps["scrutin"]["colleges"]] == [
        ("salaries", 1, 1),
        ("permanents", 0, 1),
        ("administrateurs", 0, 0),
    ]


def test_a_closed_vote_keeps_small_colleges_masked(client, salle):
    (piste,) = faire_pistes(salle, 1)
    vote = actions.ouvrir_etape(etape=salle.etapes.get(nature="vote"), par=None)
    for signe, nombre in (("salaries", 6), ("permanents", 2), ("administrateurs", 6)):
        for _rang in range(nombre):
            personne = faire_participant(salle, signe)
            actions.voter(atelier=salle, participant=personne, choix={piste.pk: 1})
    actions.clore_etape(etape=vote, par=None)
    resultats = lire(client, salle, "projection").json()["resultats"]
    assert (resultats["votants"], resultats["masques"]) == (14, True)
    assert {c["signe"]: c["masque"] for c in resultats["colleges"]} == {
        "salaries": False,
        "permanents": True,
        "administrateurs": False,
    }
    [piste] = resultats["pistes"]
    assert (piste["forme"], piste["personnes"], piste["gommettes"], piste["colleges"]) == (
        "presque_tous", None, None, []
    )  # fmt: skip


def test_the_screen_word_changes_with_the_step_and_not_with_a_proposition(client, salle):
    actions.ouvrir_etape(etape=salle.etapes.first(), par=None)
    avant = lire(client, salle).json()["ecran"]
    dire(salle)
    pendant = lire(client, salle).json()["ecran"]
    actions.clore_etape(etape=salle.etapes.first(), par=None)
    apres = lire(client, salle).json()["ecran"]
    assert (avant == pendant, avant == apres) == (True, False)


def test_an_unchanged_state_is_not_sent_again(client, salle):
    premiere = lire(client, salle)
    seconde = lire(client, salle, **{"if-none-match": premiere["ETag"]})
    assert (seconde.status_code, seconde.content, seconde["ETag"]) == (304, b"", premiere["ETag"])
    avancer(salle.pk)
    assert lire(client, salle, **{"if-none-match": premiere["ETag"]}).status_code == 200


def test_the_etag_of_an_audience_is_not_taken_for_another(client, salle):
    participants = lire(client, salle)["ETag"]
    assert lire(client, salle, "projection", **{"if-none-match": participants}).status_code == 200


def test_a_weakened_etag_still_counts(client, salle):
    etag = lire(client, salle)["ETag"]
    assert lire(client, salle, **{"if-none-match": f"W/{etag}"}).status_code == 304


def test_the_console_is_read_with_its_own_token_only(client, salle):
    adresse = reverse("etat_direct", args=[salle.code])
    statuts = [
        client.get(adresse, {"pour": "console", "jeton": jeton}).status_code
        for jeton in ("", "faux", jeton_direct("participants", salle), jeton_direct("console", salle))
    ]
    assert statuts == [403, 403, 403, 200]


def test_the_console_counts_what_waits_and_who_wrote(client, salle):
    une, _deux = dire(salle, 2)
    faire_participant(salle, "permanents")
    Proposition.objects.filter(pk=une.pk).update(moderation="a_relire")
    corps = client.get(
        reverse("etat_direct", args=[salle.code]), {"pour": "console", "jeton": jeton_direct("console", salle)}
    ).json()
    console = corps["console"]
    par_college = [(c["signe"], c["propositions"], c["ecrivains"]) for c in console.pop("colleges")]
    assert console == {
        "a_relire": 1,
        "affichees": 1,
        "ecartees": 0,
        "a_regrouper": 1,
        "ont_ecrit": 2,
        "attendus": 0,
    }
    assert par_college == [("salaries", 2, 2), ("permanents", 0, 0), ("administrateurs", 0, 0)]


@pytest.mark.parametrize(("code", "pour"), [("AAAAAA", "participants"), ("K7P4M2", "tout-le-monde")])
def test_an_unknown_room_or_audience_is_a_404(rf, salle, code, pour):
    with pytest.raises(Http404):
        vues.etat(rf.get("/", {"pour": pour}), code)


@pytest.mark.parametrize("nombre", [1, 30])
def test_a_rendering_costs_a_fixed_number_of_queries(salle, nombre, django_assert_num_queries):
    pistes = faire_pistes(salle, nombre)
    for piste, dite in zip(pistes, dire(salle, nombre), strict=True):
        Proposition.objects.filter(pk=dite.pk).update(piste=piste)
    actions.ouvrir_etape(etape=salle.etapes.get(nature="vote"), par=None)
    # The room and its step, three; who is there, three; the wall, four; pistes and what is carried over, four; the
    # vote, one; what the console alone is told, three. Once a change, whatever the number of screens.
    with django_assert_num_queries(18):
        cadres.rendre(salle.pk)


@pytest.mark.parametrize("nombre", [1, 30])
def test_a_known_state_costs_one_query(client, salle, nombre, django_assert_num_queries):
    dire(salle, nombre)
    lire(client, salle)
    with django_assert_num_queries(1):
        lire(client, salle)


def test_a_state_is_rendered_again_when_the_room_moved(client, salle):
    assert lire(client, salle).json()["seq"] == 0
    Atelier.objects.update(sequence=7)
    assert lire(client, salle).json()["seq"] == 7
