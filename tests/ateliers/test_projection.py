"""The projector: which screen, what it shows, what it never shows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from ateliers import actions
from ateliers.direct import cadres, etats
from ateliers.lectures import mur
from ateliers.lectures.projection import (
    choisir_ecran,
    etapes_montrees,
    pages_de_resultats,
    tourner,
)
from ateliers.models import Etape
from consultation import actions as actes
from consultation.erreurs import Refus
from tests.fabriques import (
    creer_consultation,
    creer_piste,
    creer_pistes,
    creer_proposition,
    creer_scrutin,
    faire_voter,
)

from .fabriques_ateliers import faire_atelier, faire_etapes, faire_participant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _etats_oublies():
    """Tests give the same ids to other rooms: what one rendered is not the next one's."""
    etats.oublier()


@pytest.fixture
def atelier():
    return faire_atelier(creer_consultation())


def projeter(client, atelier, **parametres):
    return client.get(reverse("projection", args=[atelier.code]), parametres)


def voter_en_etape(atelier, **reglages):
    """Open a vote on two pistes of this room; return (step, scrutin)."""
    etape = faire_etapes(atelier, "vote", "discussion")[0]
    scrutin = creer_scrutin(atelier.espace, **reglages)
    Etape.objects.filter(pk=etape.pk).update(scrutin=scrutin)
    etape.refresh_from_db()
    return actions.ouvrir_etape(etape=etape, par=None), scrutin


def test_the_code_on_the_wall_is_enough_however_it_is_typed(client, atelier):
    for code in (atelier.code, atelier.code.lower(), atelier.code_lisible):
        reponse = client.get(reverse("projection", args=[code]))
        assert (reponse.status_code, reponse["X-Robots-Tag"]) == (200, "noindex")


def test_an_unknown_code_is_not_found(client):
    assert client.get("/projeter/ZZZZZZ/").status_code == 404


def test_it_refreshes_itself_without_scripts_and_says_nothing_aloud(client, atelier):
    html = projeter(client, atelier).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="12"></noscript>' in html
    assert 'aria-live="off"' in html
    assert 'data-theme="projecteur"' in html


@pytest.mark.parametrize(
    ("nature", "ecran"),
    [
        ("accueil", "accueil"),
        ("ideation", "mur"),
        ("regroupement", "pistes"),
        ("discussion", "consigne"),
        ("synthese", "consigne"),
        ("pause", "consigne"),
    ],
)
def test_each_kind_of_step_has_its_screen(client, atelier, nature, ecran):
    (etape,) = faire_etapes(atelier, nature)
    actions.ouvrir_etape(etape=etape, par=None)
    reponse = projeter(client, atelier)
    assert (reponse.context["ecran"], f'data-ecran="{ecran}"' in reponse.content.decode()) == (ecran, True)


def test_before_between_and_after_the_steps(client, atelier):
    premiere, derniere = faire_etapes(atelier, "ideation", "synthese")
    assert projeter(client, atelier).context["ecran"] == "accueil"
    actions.ouvrir_etape(etape=premiere, par=None)
    actions.clore_etape(etape=premiere, par=None)
    assert projeter(client, atelier).context["ecran"] == "attente"
    actions.ouvrir_etape(etape=derniere, par=None)
    actions.clore_etape(etape=derniere, par=None)
    reponse = projeter(client, atelier)
    assert reponse.context["ecran"] == "fini"
    assert "Merci" in reponse.content.decode()


def test_the_code_leads_to_the_public_address(client, atelier, settings):
    settings.URL_PUBLIQUE = "https://germoir.example"
    reponse = projeter(client, atelier)
    assert reponse.context["hote"] == "germoir.example"
    assert atelier.code_lisible in reponse.content.decode()


def test_without_a_public_address_phones_get_the_one_the_projector_uses(client, atelier):
    assert projeter(client, atelier).context["hote"] == "testserver"


def test_the_wall_shows_words_without_names_newest_first(client, atelier):
    (etape,) = faire_etapes(atelier, "ideation")
    actions.ouvrir_etape(etape=etape, par=None)
    auteur = faire_participant(atelier, "permanents", prenom="Zébulon")
    for texte in ("Une première idée", "Une <b>seconde</b> idée"):
        creer_proposition(atelier.espace, texte, participant=auteur)
    creer_proposition(atelier.espace, "court", participant=auteur)  # waits to be read
    reponse = projeter(client, atelier)
    html = reponse.content.decode()
    assert [p.texte for p, _place in reponse.context["page"].lignes] == [
        "Une <b>seconde</b> idée",
        "Une première idée",
    ]
    assert escape("Une <b>seconde</b> idée") in html
    assert "Zébulon" not in html
    assert ">court<" not in html


def test_a_simulated_proposition_says_so(client, atelier):
    (etape,) = faire_etapes(atelier, "ideation")
    actions.ouvrir_etape(etape=etape, par=None)
    creer_proposition(atelier.espace, "Une idée pour l’essai", origine="simulation")
    assert "(simulation)" in projeter(client, atelier).content.decode()


def test_during_a_vote_only_who_has_voted_shows(client, atelier):
    _etape, scrutin = voter_en_etape(atelier)
    piste = scrutin.pistes.first()
    for rang in range(3):
        personne = faire_participant(atelier, "permanents", prenom=f"P{rang}")
        if rang:
            actions.voter(atelier=atelier, participant=personne, choix={piste.pk: 3})
    reponse = projeter(client, atelier)
    html = reponse.content.decode()
    assert reponse.context["ecran"] == "vote"
    assert 'data-nombre="scrutin.votants">2<' in html
    assert 'data-nombre="scrutin.colleges.permanents.presents">3<' in html
    assert "gommette" not in html.replace("vos 3 gommettes", "").lower()  # told how many there are, not where


def test_only_the_pistes_put_to_the_vote_are_shown(client, atelier):
    _etape, scrutin = voter_en_etape(atelier)
    hors = creer_piste(atelier.espace, "Pas dans ce vote")
    vues = projeter(client, atelier).context["page"].lignes
    assert vues == list(scrutin.pistes.order_by("numero"))
    assert hors not in vues


def resultats(client, atelier, **voix):
    """Close a vote: of each college, (people with 2 dots on the first piste, people with 1 on the second)."""
    _etape, scrutin = voter_en_etape(atelier, quorum_gommettes=8)
    premiere, seconde = scrutin.pistes.order_by("numero")
    for signe, (une, autre) in voix.items():
        faire_voter(scrutin, signe, une, {premiere: 2})
        faire_voter(scrutin, signe, autre, {seconde: 1})
    actions.ouvrir_etape(etape=atelier.etapes.last(), par=None)
    return projeter(client, atelier)


def test_results_are_bars_on_one_scale_with_their_quorum(client, atelier):
    reponse = resultats(client, atelier, permanents=(6, 2), salaries=(5, 5))
    tableau = reponse.context["tableau"]
    assert reponse.context["ecran"] == "resultats"
    assert (tableau.repere, tableau.repere_texte, tableau.retenues) == (36, "Quorum\u202f: 8", 1)
    lues = [
        (x.total, x.longueur, [(s.college and s.college.signe, s.personnes) for s in x.segments], x.verdict.motif)
        for x in tableau.lignes
    ]
    assert lues == [
        ("11 personnes sur 18", 100, [("salaries", 5), ("permanents", 6)], "Quorum atteint"),
        ("7 personnes sur 18", 32, [(None, 7)], "Il manque 1 gommette"),
    ]
    html = reponse.content.decode()
    assert "18 personnes ont voté." in html
    assert "Ce n’est pas un sondage" in html


def test_a_small_college_is_withheld_and_the_wall_says_why(client, atelier):
    reponse = resultats(client, atelier, permanents=(6, 6), salaries=(5, 5), partenaires=(2, 0))
    tableau = reponse.context["tableau"]
    html = reponse.content.decode()
    montres = {s.college.signe for x in tableau.lignes for s in x.segments if s.college}
    assert "partenaires" not in montres
    assert all(sum(s.personnes for s in x.segments) == x.personnes for x in tableau.lignes)
    assert "trop peu de personnes y ont choisi." in html
    assert "détail caché" in html


def test_where_every_college_is_withheld_the_wall_names_none(client, atelier):
    html = resultats(client, atelier, permanents=(3, 3), salaries=(3, 3)).content.decode()
    assert ("trop peu de personnes y ont choisi." in html, "détail caché" in html) == (True, False)


def test_agreement_is_shown_with_its_threshold(client, atelier):
    _etape, scrutin = voter_en_etape(atelier, mode="adhesion", seuil=60)
    faire_voter(scrutin, "permanents", 6, dict.fromkeys(scrutin.pistes.all(), 4))
    faire_voter(scrutin, "permanents", 4, dict.fromkeys(scrutin.pistes.all(), 2))
    actions.clore_etape(etape=atelier.etapes.first(), par=None)
    tableau = projeter(client, atelier).context["tableau"]
    assert (tableau.repere, [(x.total, x.longueur, x.retenue) for x in tableau.lignes]) == (
        60,
        [("6 personnes sur 10", 60, True)] * 2,
    )


def test_fewer_than_five_voters_give_no_bar_at_all(client, atelier):
    reponse = resultats(client, atelier, permanents=(3, 1))
    assert reponse.context["tableau"].lignes == ()
    assert "Pour protéger leur choix" in reponse.content.decode()


def test_many_pistes_are_turned_page_by_page(client, atelier):
    (etape,) = faire_etapes(atelier, "regroupement")
    actions.ouvrir_etape(etape=etape, par=None)
    pistes = creer_pistes(atelier.espace, 19)
    premiere = projeter(client, atelier).context["page"]
    derniere = projeter(client, atelier, page=99).context["page"]
    assert premiere.lignes[0]["numero"] == pistes[-1].numero
    assert (premiere.numero, premiere.avant, premiere.apres) == (1, 0, 2)
    assert (derniere.numero, derniere.apres, derniere.dernier) == (derniere.sur, 0, 19)
    assert projeter(client, atelier, page="deux").context["page"].numero == 1


def test_a_page_knows_its_place_in_the_whole():
    page = tourner([[1, 2, 3, 4], [5, 6], [7]], 2)
    assert (page.lignes, page.premier, page.dernier, page.total, page.reste) == ([5, 6], 5, 6, 7, 5)
    vide = tourner([[]], 3)
    assert (vide.lignes, vide.numero, vide.sur) == ([], 1, 1)


@pytest.mark.parametrize(("total", "pages"), [(0, [0]), (4, [4]), (5, [3, 2]), (12, [3, 3, 3, 3])])
def test_results_hold_on_a_screen_and_the_others_are_announced(total, pages):
    assert [len(page) for page in pages_de_resultats(tuple(range(total)))] == pages


def test_pages_hold_what_fits_and_leave_nothing_out():
    textes = ["x" * n for n in (20, 60, 280, 20, 20, 700, 1, 1)]
    lues = mur.en_pages(textes, str, mur.hauteur("Une question ?"))
    assert [texte for page in lues for texte in page] == textes
    assert [len(page) for page in lues] == [2, 2, 1, 1, 2]


@pytest.mark.parametrize(
    ("n", "longueur", "taille"), [(1, 20, 1), (1, 600, 5), (2, 50, 1), (4, 60, 3), (6, 40, 4)]
)
def test_the_fewer_the_words_the_larger_the_letters(n, longueur, taille):
    assert mur.taille(["x" * longueur] * n, str, mur.hauteur("Une question ?")) == taille


def test_a_long_question_leaves_less_room():
    assert mur.hauteur("x" * 100) < mur.hauteur("x" * 40)


def test_pinned_ones_come_first_and_hidden_ones_do_not_come(atelier):
    une, deux, trois, quatre = (creer_proposition(atelier.espace) for _ in range(4))
    actions.placer_au_mur(atelier=atelier, proposition=une, place="epinglee", par=None)
    actions.placer_au_mur(atelier=atelier, proposition=trois, place="cachee", par=None)
    assert [(p.pk, place) for p, place in mur.au_mur(atelier)] == [
        (une.pk, "epinglee"), (quatre.pk, ""), (deux.pk, ""),
    ]  # fmt: skip


def test_one_at_most_is_put_forward_and_none_that_is_not_shown(client, atelier):
    une, deux = creer_proposition(atelier.espace), creer_proposition(atelier.espace)
    for proposition in (une, deux):
        actions.placer_au_mur(atelier=atelier, proposition=proposition, place="une", par=None)
    assert projeter(client, atelier).context["une"] == deux
    actes.relire_proposition(proposition=deux, decision="ecarter", motif="Hors du sujet", par=None)
    assert projeter(client, atelier).context["ecran"] == "accueil"
    with pytest.raises(Refus) as refus:
        actions.placer_au_mur(atelier=atelier, proposition=deux, place="une", par=None)
    assert (refus.value.code, refus.value.statut) == ("pas_affichee", 422)


def test_while_the_wall_is_hidden_neither_phones_nor_projector_are_told_the_words(client, atelier):
    faire_etapes(atelier, "ideation")
    actions.ouvrir_etape(etape=atelier.etapes.get(), par=None)
    creer_proposition(atelier.espace)
    actions.cacher_mur(atelier=atelier, cache=True, par=None)
    _sequence, lus = cadres.rendre(atelier.pk)
    dites = {pour: len(etat["propositions"]["dernieres"]) for pour, etat in lus.items()}
    assert dites == {"participants": 0, "projection": 0, "console": 1}
    assert projeter(client, atelier).context["ecran"] == "cache"
    actions.cacher_mur(atelier=atelier, cache=False, par=None)
    assert projeter(client, atelier).context["ecran"] == "mur"


def test_seven_steps_are_shown_around_the_current_one():
    etapes = [Etape(pk=n, titre=str(n)) for n in range(1, 8)]
    assert [rang for rang, _etape in etapes_montrees(etapes, 4)] == [3, 4, 5]
    assert [rang for rang, _etape in etapes_montrees(etapes, 7)] == [5, 6, 7]
    assert [rang for rang, _etape in etapes_montrees(etapes, None)] == [1, 2, 3]
    assert [rang for rang, _etape in etapes_montrees(etapes[:4], 2)] == [1, 2, 3, 4]


def test_the_end_of_a_room_where_nothing_was_written_promises_nothing(client, atelier):
    (etape,) = faire_etapes(atelier, "discussion")
    actions.ouvrir_etape(etape=etape, par=None)
    actions.clore_etape(etape=etape, par=None)
    vue = projeter(client, atelier).text
    assert ("C’est fini" in vue, "Vous avez fait" in vue, "la vôtre" in vue) == (True, False, False)


def test_a_closed_vote_stays_on_screen_until_the_next_step():
    maintenant = timezone.now()
    vote = Etape(pk=1, nature="vote", etat="fermee", fermee_le=maintenant)
    avant = Etape(pk=2, nature="ideation", etat="fermee", fermee_le=maintenant - timedelta(minutes=9))
    assert choisir_ecran({"etape": None, "resultats": {"x": 1}}, [avant, vote]) == "resultats"
    assert choisir_ecran({"etape": None, "resultats": None}, [avant, vote]) == "fini"


def test_its_queries_do_not_grow_with_the_room(client, atelier, django_assert_num_queries):
    (etape,) = faire_etapes(atelier, "regroupement")
    actions.ouvrir_etape(etape=etape, par=None)
    creer_piste(atelier.espace)
    projeter(client, atelier)
    with django_assert_num_queries(2):  # the state of an unchanged room is rendered once for everyone
        projeter(client, atelier)
    with django_assert_num_queries(11):
        etats.oublier()
        projeter(client, atelier)
    creer_pistes(atelier.espace, 12)
    with django_assert_num_queries(11):
        etats.oublier()
        projeter(client, atelier)
