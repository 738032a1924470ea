"""The plenary's list, with plain forms: from the workshops to the phones and the wall."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ateliers.direct import cadres
from ateliers.lectures import pistes_par_auteur
from ateliers.lectures.pleniere import CANDIDATES, RANGS
from ateliers.models import Atelier
from consultation import actions, lectures
from consultation.models import Mandat, Piste
from tests.fabriques import creer_consultation, creer_piste, creer_pistes, creer_scrutin, faire_voter

from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes
from .fabriques_salle import faire_pistes

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return creer_consultation()


@pytest.fixture
def ateliers(consultation):
    return [
        faire_atelier(consultation, code, titre)
        for code, titre in (("ATEL2R", "Accueillir"), ("ATEL3R", "Apprendre"))
    ]


@pytest.fixture
def pleniere(consultation):
    salle = faire_atelier(consultation, "PLEN2R", "Tous ensemble", nature=Atelier.Nature.PLENIERE)
    faire_etapes(salle, "discussion", "vote")
    return salle


@pytest.fixture
def animatrice(client, pleniere):
    compte = faire_compte(pleniere.consultation, Mandat.Role.ANIMATEUR, pleniere.espace)
    client.force_login(compte)
    return compte


def adresse(nom, pleniere, *suite):
    return reverse(nom, args=[pleniere.pk, *suite])


def numeros(pleniere):
    return [place.piste.numero for place in lectures.liste(pleniere.espace)]


def test_a_list_is_chosen_ordered_joined_and_voted_on(client, pleniere, ateliers, animatrice):
    une, deux = creer_pistes(ateliers[0].espace, 2)
    trois = creer_piste(ateliers[1].espace, "Un parrain le premier mois")
    client.post(adresse("prendre_pistes", pleniere), {"pistes": [une.pk, trois.pk]})
    client.post(adresse("changer_liste", pleniere, trois.pk, "monter"))
    assert numeros(pleniere) == [3, 1]
    client.post(
        adresse("regrouper_liste", pleniere),
        {
            "avec": trois.pk,
            "autre": une.pk,
            "texte": "En binôme dès le premier mois",
            "motif": "Une personne à côté",
        },
    )
    assert numeros(pleniere) == [4]
    client.post(adresse("prendre_pistes", pleniere), {"pistes": [deux.pk]})
    etape = pleniere.etapes.get(nature="vote")
    client.post(reverse("agir_etape", args=[pleniere.pk, etape.pk, "ouvrir"]))
    etape.refresh_from_db()
    assert [p.numero for p in lectures.pistes_du_scrutin(etape.scrutin)] == [2, 4]
    html = client.get(reverse("projection", args=[pleniere.code])).content.decode()
    assert html.index("En binôme dès le premier mois") < html.index(deux.texte)


def test_the_phones_of_the_plenary_see_the_list_and_vote_in_its_order(client, pleniere, ateliers):
    une, deux = creer_pistes(ateliers[0].espace, 2)
    actions.reprendre_pistes(espace=pleniere.espace, pistes=[deux, une], par=None)
    _sequence, etats = cadres.rendre(pleniere.pk, (cadres.PROJECTION,))
    assert [(p["numero"], p["n"]) for p in etats["projection"]["pistes"]["liste"]] == [(2, 1), (1, 1)]


def test_everything_the_workshops_kept_is_taken_in_one_press(client, pleniere, ateliers, animatrice):
    une, deux = creer_pistes(ateliers[0].espace, 2)
    trois, _quatre = creer_pistes(ateliers[1].espace, 2)
    scrutin = creer_scrutin(ateliers[0].espace, [une, deux])
    faire_voter(scrutin, "salaries", 6, {une: 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    actions.retenir_piste(piste=trois, par=None)
    html = client.get(adresse("liste_pleniere", pleniere)).content.decode()
    assert "Prendre les 2 pistes retenues" in html
    assert "Presque tout le monde, sur 6" in html
    client.post(adresse("prendre_pistes", pleniere), {"retenues": "1"})
    assert numeros(pleniere) == [1, 3]


def test_before_the_vote_the_workshops_left_out_are_named_with_a_button_each(
    client, pleniere, ateliers, animatrice
):
    une = creer_piste(ateliers[0].espace)
    deux = creer_piste(ateliers[1].espace)
    actions.reprendre_pistes(espace=pleniere.espace, pistes=[une], par=None)
    html = client.get(adresse("liste_pleniere", pleniere) + "?envoyer=1").content.decode()
    absents = [nom for nom in ("Apprendre", "Accueillir") if f"Aucune piste de «\u202f{nom}\u202f»" in html]
    assert absents == ["Apprendre"]
    assert f'name="pistes" value="{deux.pk}"' in html


def test_a_refused_join_keeps_what_was_typed(client, pleniere, ateliers, animatrice):
    une, deux = creer_pistes(ateliers[0].espace, 2)
    actions.reprendre_pistes(espace=pleniere.espace, pistes=[une, deux], par=None)
    reponse = client.post(
        adresse("regrouper_liste", pleniere),
        {"avec": une.pk, "autre": deux.pk, "texte": "x" * 301, "motif": "Elles disent la même chose"},
    )
    assert reponse.status_code == 422
    assert "Elles disent la même chose" in reponse.content.decode()
    assert numeros(pleniere) == [1, 2]


def test_a_workshop_has_no_list_and_a_neighbour_may_not_touch_it(client, pleniere, ateliers):
    voisine = faire_compte(pleniere.consultation, Mandat.Role.ANIMATEUR, ateliers[0].espace)
    client.force_login(voisine)
    assert client.get(adresse("liste_pleniere", ateliers[0])).status_code == 404
    assert client.get(adresse("liste_pleniere", pleniere)).status_code == 403


def test_the_words_of_a_workshop_are_known_as_one_s_own_in_the_plenary(pleniere, ateliers):
    une = creer_piste(ateliers[0].espace)
    auteur = une.propositions.get().auteur
    assert pistes_par_auteur(pleniere.espace_id) == {}
    actions.reprendre_pistes(espace=pleniere.espace, pistes=[une], par=None)
    assert pistes_par_auteur(pleniere.espace_id) == {auteur.pk: frozenset({une.pk})}


def test_the_list_costs_the_same_queries_whatever_it_holds(client, pleniere, ateliers, animatrice):
    def lire():
        with CaptureQueriesContext(connection) as faites:
            client.get(adresse("liste_pleniere", pleniere))
        return len(faites)

    for piste in creer_pistes(ateliers[0].espace, 2):
        actions.reprendre_pistes(espace=pleniere.espace, pistes=[piste], par=None)
    peu = lire()
    actions.reprendre_pistes(espace=pleniere.espace, pistes=creer_pistes(ateliers[1].espace, 8), par=None)
    assert lire() == peu


def longue_liste(pleniere, atelier, combien=RANGS + 2):
    """A list of more than a page, of as many pistes of one workshop, and as many again to choose from."""
    pistes = faire_pistes(atelier, 2 * combien)
    actions.reprendre_pistes(espace=pleniere.espace, pistes=pistes[:combien], par=None)
    return pistes


def montrees(html):
    """The numbers of what may be ticked, then the places of the list: what the page shows of each column."""
    a_cocher = re.findall(r'id="c-\d+"(?! checked disabled).*?n°\s(\d+)', html)
    return list(map(int, a_cocher)), list(map(int, re.findall(r'class="rang-l">(\d+)<', html)))


def test_a_long_list_is_read_page_by_page_with_what_is_ticked_kept(client, pleniere, ateliers, animatrice):
    pistes = longue_liste(pleniere, ateliers[0])
    html = client.get(adresse("liste_pleniere", pleniere)).content.decode()
    assert montrees(html) == (list(range(33, 41)), list(range(1, 31)))
    cochee, autre = pistes[33], pistes[50]
    champs = {"pistes": cochee.pk, "po": 1, "pp": 1, "montrer": "po-2"}
    html = client.post(adresse("prendre_pistes", pleniere), champs).content.decode()
    assert montrees(html) == ([34, *range(41, 65)], list(range(1, 31)))
    assert f'value="{cochee.pk}" id="c-{cochee.pk}" checked>' in html
    suite = "?po=2"
    assert f'{adresse("prendre_pistes", pleniere)}{suite}"' in html
    reponse = client.post(adresse("prendre_pistes", pleniere) + suite, {"pistes": [cochee.pk, autre.pk]})
    assert reponse.url == adresse("liste_pleniere", pleniere) + suite + "#liste"
    assert numeros(pleniere) == [*range(1, 33), 34, 51]


@pytest.mark.parametrize(
    ("demande", "attendues", "riens"),
    [
        ("q=PARRAIN", ([65], []), 1),
        ("q=12", ([], [12]), 0),
        ("etat=retenue", ([64], []), 1),
        ("lieu={voisine}", ([65], []), 1),
        ("q=licorne", ([], []), 2),
        ("po=99&pp=99", ([*range(40, 64), 65], [31, 32]), 0),
        ("po=-1&pp=x&lieu=½&axe=y", ([64, *range(33, 40)], [*range(1, 31)]), 0),
    ],
)
def test_a_long_list_is_searched_in_both_columns(
    client, pleniere, ateliers, animatrice, demande, attendues, riens
):
    pistes = longue_liste(pleniere, ateliers[0])
    actions.retenir_piste(piste=pistes[63], par=None)
    creer_piste(ateliers[1].espace, "Un parrain le premier mois")
    suite = demande.format(voisine=ateliers[1].espace_id)
    html = client.get(f"{adresse('liste_pleniere', pleniere)}?{suite}").content.decode()
    assert montrees(html) == attendues
    rien = "Aucune ne répond à votre recherche. Essayez un autre mot, ou touchez «\u202fTout montrer\u202f»."
    assert html.count(rien) == riens


@pytest.mark.parametrize(
    ("acte", "champs", "rang", "page"),
    [
        ("placer", {"place": " 2 "}, 2, ""),
        ("placer", {"place": "900000000"}, 32, "?pp=2"),
        ("descendre", {}, 31, "?pp=2"),
        ("monter", {}, 29, ""),
    ],
)
def test_a_place_is_given_at_once_and_its_page_is_shown(
    client, pleniere, ateliers, animatrice, acte, champs, rang, page
):
    trentieme = longue_liste(pleniere, ateliers[0])[29]
    reponse = client.post(adresse("changer_liste", pleniere, trentieme.pk, acte), champs)
    assert reponse.url == f"{adresse('liste_pleniere', pleniere)}{page}#{acte}-{trentieme.pk}"
    assert numeros(pleniere).index(30) + 1 == rang
    assert f'id="{acte}-{trentieme.pk}"' in client.get(reponse.url).content.decode()


def test_a_place_that_is_none_is_refused_and_stays_written(client, pleniere, ateliers, animatrice):
    deuxieme = longue_liste(pleniere, ateliers[0])[1]
    vers = adresse("changer_liste", pleniere, deuxieme.pk, "placer")
    for place in ("0", "-3", "deux", "1,5"):
        reponse = client.post(vers, {"place": place, "piste": deuxieme.pk})
        html = reponse.content.decode()
        assert (reponse.status_code, numeros(pleniere)) == (422, list(range(1, 33)))
        assert "Écrivez un nombre. La première place est 1." in html
        assert f'required value="{place}" aria-invalid="true"' in html


def test_two_pistes_of_a_long_list_are_found_and_joined_with_what_is_typed_kept(
    client, pleniere, ateliers, animatrice
):
    pistes = longue_liste(pleniere, ateliers[0])
    une, loin = pistes[0], pistes[31]
    saisie = {"avec": une.pk, "texte": "Une porte d’entrée", "motif": "Le même geste"}
    html = client.post(adresse("regrouper_liste", pleniere), saisie | {"q": "32", "montrer": "1"}).content.decode()
    assert re.findall(r'name="autre" required value="(\d+)"', html) == [str(loin.pk)]
    assert [mot in html for mot in ("Une porte d’entrée", "Le même geste")] == [True, True]
    saisie |= {"autre": loin.pk}
    html = client.post(adresse("regrouper_liste", pleniere), saisie | {"montrer": "pp-1"}).content.decode()
    autres = re.findall(r'name="autre" required value="(\d+)"', html)
    assert autres == [str(piste.pk) for piste in [loin, *pistes[1:30]]]
    assert f'value="{loin.pk}" id="a-{loin.pk}" checked' in html
    client.post(adresse("regrouper_liste", pleniere), saisie)
    assert numeros(pleniere) == [65, *range(2, 32)]


def test_everything_kept_is_taken_in_the_order_of_the_days_however_long(client, pleniere, ateliers, animatrice):
    pistes = faire_pistes(ateliers[0], CANDIDATES + 5)
    Piste.objects.filter(pk__in=[p.pk for p in pistes]).update(etat=Piste.Etat.RETENUE)
    client.post(adresse("prendre_pistes", pleniere), {"retenues": "1"})
    assert numeros(pleniere) == list(range(1, CANDIDATES + 6))
