"""The regrouping board, with plain forms: what the scripts do goes through the same."""

import pytest
from django.urls import reverse

from ateliers.lectures.tableau import premiers_mots
from consultation import actions
from consultation.models import Mandat, Piste, Proposition, Regroupement
from tests.fabriques import creer_axe, creer_consultation, creer_piste, creer_proposition

from .fabriques_ateliers import faire_atelier, faire_compte

pytestmark = pytest.mark.django_db


@pytest.fixture
def atelier():
    return faire_atelier(creer_consultation())


@pytest.fixture
def rapporteuse(client, atelier):
    compte = faire_compte(atelier.consultation, Mandat.Role.RAPPORTEUR, atelier.espace)
    client.force_login(compte)
    return compte


def page(client, atelier):
    return client.get(reverse("regroupement", args=[atelier.pk]))


def regrouper(client, atelier, **champs):
    return client.post(reverse("regrouper", args=[atelier.pk]), champs)


def test_what_is_ticked_becomes_a_piste_in_the_group_s_words(client, atelier, rapporteuse):
    deux = [creer_proposition(atelier.espace) for _ in range(2)]
    reponse = regrouper(
        client, atelier, propositions=[p.pk for p in deux], texte="Apprendre en binôme", motif="C’est pareil"
    )
    geste = Regroupement.objects.get()
    assert reponse.status_code == 302
    assert (geste.piste.texte, geste.motif, geste.par) == ("Apprendre en binôme", "C’est pareil", rapporteuse)
    assert set(geste.piste.propositions.all()) == set(deux)


def test_without_a_name_the_first_words_are_proposed_and_nothing_is_done_yet(client, atelier, rapporteuse):
    proposition = creer_proposition(atelier.espace, "Un tuteur pour chacun")
    reponse = regrouper(client, atelier, propositions=[proposition.pk])
    html = reponse.content.decode()
    assert (reponse.status_code, Regroupement.objects.count()) == (200, 0)
    assert 'value="Un tuteur pour chacun"' in html
    assert f'id="op-{proposition.pk}" checked' in html


def test_the_first_words_are_cut_at_a_word():
    proposition = Proposition(texte="mot " * 60)
    assert premiers_mots([proposition]) == " ".join(["mot"] * 30) + "…"
    assert premiers_mots([], [Piste(texte="Déjà nommée")]) == "Déjà nommée"


def test_nothing_ticked_is_said_plainly(client, atelier, rapporteuse):
    reponse = regrouper(client, atelier, texte="Une piste")
    assert reponse.status_code == 422
    assert "Choisissez au moins une proposition" in reponse.content.decode()


def test_the_button_of_a_piste_puts_what_is_ticked_in_it(client, atelier, rapporteuse):
    piste, autre = creer_piste(atelier.espace, "Garder ces mots"), creer_piste(atelier.espace)
    proposition = creer_proposition(atelier.espace)
    regrouper(
        client,
        atelier,
        propositions=[proposition.pk],
        pistes=[piste.pk, autre.pk],
        dans=piste.pk,
        texte="Des mots laissés dans la barre",
    )
    proposition.refresh_from_db()
    autre.refresh_from_db()
    piste.refresh_from_db()
    assert (proposition.piste, autre.fusionnee_dans, piste.texte) == (piste, piste, "Garder ces mots")


def test_undoing_puts_everything_back_and_keeps_the_trail(client, atelier, rapporteuse):
    proposition = creer_proposition(atelier.espace)
    piste = creer_piste(atelier.espace, propositions=[proposition])
    geste = piste.regroupements.get()
    adresse = reverse("defaire_regroupement", args=[atelier.pk, geste.pk])
    assert client.post(adresse).status_code == 302
    tableau = page(client, atelier).context["tableau"]
    assert (list(tableau.orphelines), list(tableau.familles)) == ([proposition], [])
    assert [g.regroupement.annule_par for g in tableau.gestes] == [rapporteuse]
    reponse = client.post(adresse)
    assert reponse.status_code == 409
    assert "déjà défait" in reponse.content.decode()


def test_each_remaining_proposition_becomes_a_piste_by_itself(client, atelier, rapporteuse):
    trois = [creer_proposition(atelier.espace) for _ in range(3)]
    client.post(reverse("semer_orphelines", args=[atelier.pk]))
    assert [p.texte for p in Piste.objects.all()] == [p.texte for p in trois]
    assert client.post(reverse("semer_orphelines", args=[atelier.pk])).status_code == 409


def test_a_piste_is_reworded_set_aside_and_brought_back(client, atelier, rapporteuse):
    piste = creer_piste(atelier.espace)

    def agir(acte, **champs):
        reponse = client.post(reverse("changer_piste", args=[atelier.pk, piste.pk, acte]), champs)
        piste.refresh_from_db()
        return reponse.status_code

    assert (agir("formuler", formulation="Mieux dit", revision=piste.revision), piste.texte) == (302, "Mieux dit")
    assert (agir("ecarter", motif="Déjà dit"), piste.etat) == (302, Piste.Etat.ECARTEE)
    assert [f.piste for f in page(client, atelier).context["tableau"].ecartees] == [piste]
    assert (agir("reprendre"), piste.etat) == (302, Piste.Etat.BROUILLON)


def test_two_people_rewording_at_once_are_told_and_what_was_typed_is_kept(client, atelier, rapporteuse):
    piste = creer_piste(atelier.espace)
    vue = piste.revision
    actions.formuler_piste(piste=piste, texte="Les mots d’une autre", par=None)
    reponse = client.post(
        reverse("changer_piste", args=[atelier.pk, piste.pk, "formuler"]),
        {"formulation": "Mes mots", "revision": vue},
    )
    piste.refresh_from_db()
    assert (reponse.status_code, piste.texte) == (409, "Les mots d’une autre")
    assert ">Mes mots</textarea>" in reponse.content.decode()


def test_a_joined_piste_s_propositions_show_under_the_one_that_stands(client, atelier, rapporteuse):
    debout, jointe = creer_piste(atelier.espace), creer_piste(atelier.espace)
    actions.regrouper(espace=atelier.espace, par=None, pistes=[jointe], dans=debout)
    (famille,) = page(client, atelier).context["tableau"].familles
    assert (famille.piste, famille.jointes, len(famille.propositions)) == (debout, [jointe], 2)


def test_what_waits_to_be_read_is_not_on_the_board(client, atelier, rapporteuse):
    creer_proposition(atelier.espace, "court")
    tableau = page(client, atelier).context["tableau"]
    assert (tableau.orphelines, tableau.a_relire) == ((), 1)


def test_its_queries_do_not_grow_with_the_board(client, atelier, rapporteuse, django_assert_num_queries):
    creer_piste(atelier.espace)
    creer_proposition(atelier.espace)
    page(client, atelier)
    with django_assert_num_queries(20):
        page(client, atelier)
    for _ in range(10):
        creer_piste(atelier.espace)
        creer_proposition(atelier.espace)
    with django_assert_num_queries(20):
        page(client, atelier)


def remplir(atelier, nombre):
    """Put `nombre` more propositions to gather and as many pistes on the board, each holding one."""
    college = atelier.consultation.colleges.first()
    commun = {"consultation": atelier.consultation, "espace": atelier.espace}
    depart = Piste.objects.count()
    pistes = Piste.objects.bulk_create(
        Piste(**commun, numero=depart + rang, texte=f"Une piste {depart + rang}.") for rang in range(1, nombre + 1)
    )
    dites = [
        Proposition(**commun, college=college, texte="Une idée.", piste=piste)
        for piste in (*pistes, *[None] * nombre)
    ]
    Proposition.objects.bulk_create(dites)


def voir(client, atelier, suite=""):
    return client.get(reverse("regroupement", args=[atelier.pk]) + suite)


def test_a_long_board_sends_what_it_shows(client, atelier, rapporteuse):
    """Nodes and bytes at two sizes: ten times more on the board adds only digits."""
    remplir(atelier, 200)
    petit = voir(client, atelier).content
    remplir(atelier, 1800)
    grand = voir(client, atelier).content
    assert grand.count(b"<") == petit.count(b"<")
    assert len(grand) - len(petit) < 1000


def test_what_a_piste_holds_is_shown_in_part_and_counted_whole(client, atelier, rapporteuse):
    creer_piste(atelier.espace, propositions=[creer_proposition(atelier.espace) for _ in range(25)])
    (famille,) = page(client, atelier).context["tableau"].familles
    assert (len(famille.propositions), famille.combien, famille.autres) == (20, 25, 5)


def test_cards_are_found_by_words_without_accents_by_axis_and_by_state(client, atelier, rapporteuse):
    axe = creer_axe(consultation=atelier.consultation, titre="Apprendre")
    voulue = creer_proposition(atelier.espace, "Des Élèves tuteurs de l’Œuvre", axe=axe)
    creer_proposition(atelier.espace, "Autre chose de dit ici")
    retenue = creer_piste(atelier.espace, "Les élèves d’abord")
    Piste.objects.filter(pk=retenue.pk).update(etat=Piste.Etat.RETENUE)
    creer_piste(atelier.espace, "Une autre piste")

    def trouve(suite):
        tableau = voir(client, atelier, suite).context["tableau"]
        return list(tableau.orphelines), [f.piste for f in tableau.familles]

    assert trouve("?q=ELEVES") == ([voulue], [retenue])
    assert trouve("?q=oeuvre+eleves") == ([voulue], [])
    assert trouve(f"?axe={axe.pk}") == ([voulue], [])
    assert trouve("?etat=retenue")[1] == [retenue]
    assert trouve(f"?q={retenue.numero}")[1] == [retenue]


def test_a_filter_that_finds_nothing_says_what_to_do(client, atelier, rapporteuse):
    creer_proposition(atelier.espace)
    creer_piste(atelier.espace)
    html = voir(client, atelier, "?q=%3Cz%C3%A8bre").content.decode()
    assert (
        html.count(
            "Aucune ne répond à votre recherche. Essayez un autre mot, ou touchez «\u202fTout montrer\u202f»."
        )
        == 2
    )
    assert 'value="&lt;zèbre"' in html


@pytest.mark.parametrize("suite", ["?po=99&pp=99", "?po=-1", "?po=½&axe=x&etat=y", "?po=0&montrer=po-"])
def test_a_page_that_does_not_exist_shows_one_that_does(client, atelier, rapporteuse, suite):
    proposition, piste = creer_proposition(atelier.espace), creer_piste(atelier.espace)
    tableau = voir(client, atelier, suite).context["tableau"]
    assert (list(tableau.orphelines), [f.piste for f in tableau.familles]) == ([proposition], [piste])


def test_what_is_ticked_and_typed_stays_while_turning_pages(client, atelier, rapporteuse):
    remplir(atelier, 60)
    premiere, piste = Proposition.objects.orphelines().first(), Piste.objects.first()
    champs = {"propositions": premiere.pk, "pistes": piste.pk, "texte": "Déjà nommée", "montrer": "po-2"}
    reponse = regrouper(client, atelier, **champs)
    tableau = reponse.context["tableau"]
    html = reponse.content.decode()
    assert (reponse.status_code, tableau.a_ranger.page, list(tableau.choisies)) == (200, 2, [premiere])
    assert [f'id="op-{premiere.pk}" checked' in html, f'id="pi-{piste.pk}" checked' in html] == [True, True]
    assert 'value="Déjà nommée"' in html
    assert not Regroupement.objects.exists()


def test_enter_in_the_search_looks_and_does_not_group(client, atelier, rapporteuse):
    proposition = creer_proposition(atelier.espace)
    reponse = regrouper(client, atelier, propositions=proposition.pk, q="tuteur", texte="")
    assert (reponse.context["tableau"].filtre.q, reponse.context["a_nommer"]) == ("tuteur", None)


def test_an_act_brings_back_to_what_was_shown(client, atelier, rapporteuse):
    proposition = creer_proposition(atelier.espace)
    adresse = reverse("regrouper", args=[atelier.pk]) + "?q=t%C3%A9moin&pp=2"
    reponse = client.post(adresse, {"propositions": proposition.pk, "texte": "Une piste"})
    assert reponse.url == reverse("regroupement", args=[atelier.pk]) + "?q=t%C3%A9moin&pp=2"
