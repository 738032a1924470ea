"""The console and its acts, through their URLs."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from ateliers import actions
from ateliers.lectures.suggestions import Suggestions
from ateliers.models import Etape
from consultation import actions as actions_consultation
from consultation.models import Axe, Journal, Mandat, Participant, Proposition, Regroupement
from tests.fabriques import (
    creer_consultation,
    creer_pistes,
    creer_proposition,
    creer_rapporteur,
    creer_scrutin,
    faire_voter,
)

from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes, faire_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def atelier():
    return faire_atelier(creer_consultation())


@pytest.fixture
def animatrice(client, atelier):
    compte = faire_compte(atelier.consultation, Mandat.Role.ANIMATEUR, atelier.espace)
    client.force_login(compte)
    return compte


def page(client, atelier):
    return client.get(reverse("console", args=[atelier.pk]))


def agir(client, atelier, etape, acte, **champs):
    return client.post(reverse("agir_etape", args=[atelier.pk, etape.pk, acte]), champs)


def relire(client, atelier, proposition, decision, **champs):
    return client.post(reverse("relire_proposition", args=[atelier.pk, proposition.pk, decision]), champs)


def etats(atelier):
    return list(atelier.etapes.values_list("etat", flat=True))


def test_an_empty_workshop_says_what_to_do(client, atelier, animatrice):
    reponse = page(client, atelier)
    assert reponse.status_code == 200
    for phrase in ("Il n’y a pas encore d’étape.", "Personne n’est encore entré.", "Rien à relire."):
        assert phrase in reponse.content.decode()
    assert "affichée" not in reponse.content.decode()


def test_the_way_to_what_is_shown_is_there_once_something_is(client, atelier, animatrice):
    dites = [creer_proposition(atelier.espace) for _rang in range(2)]
    relire(client, atelier, dites[0], "ecarter", motif="Hors du sujet")
    assert "Voir la proposition affichée</a><span" in page(client, atelier).content.decode()
    relire(client, atelier, dites[1], "ecarter", motif="Hors du sujet")
    lue = page(client, atelier).content.decode()
    assert ("Voir la proposition" in lue, '<span class="discret">2 écartées</span>' in lue) == (False, True)


def test_opening_closing_pausing_and_lengthening_go_through_the_console(client, atelier, animatrice):
    premiere, seconde = faire_etapes(atelier, "ideation", "discussion")
    assert agir(client, atelier, premiere, "ouvrir").status_code == 302
    agir(client, atelier, premiere, "suspendre")
    assert etats(atelier) == ["en_pause", "a_venir"]
    agir(client, atelier, premiere, "reprendre")
    agir(client, atelier, premiere, "prolonger")
    premiere.refresh_from_db()
    assert round((premiere.echeance - premiere.ouverte_le).total_seconds() / 60) == 12
    agir(client, atelier, seconde, "ouvrir", courante=premiere.pk)
    assert etats(atelier) == ["fermee", "ouverte"]
    agir(client, atelier, seconde, "fermer")
    assert etats(atelier) == ["fermee", "fermee"]


def test_the_second_facilitator_is_told_and_nothing_is_done_twice(client, atelier, animatrice):
    premiere, seconde, troisieme = faire_etapes(atelier, "ideation", "discussion", "synthese")
    actions.ouvrir_etape(etape=premiere, par=None)
    actions.ouvrir_etape(etape=seconde, par=None)
    faits = Journal.objects.count()
    reponse = agir(client, atelier, troisieme, "ouvrir", courante=premiere.pk)
    assert reponse.status_code == 409
    assert "Une autre personne vient d’ouvrir" in reponse.content.decode()
    assert agir(client, atelier, premiere, "fermer").status_code == 409
    assert etats(atelier) == ["fermee", "ouverte", "a_venir"]
    assert Journal.objects.count() == faits


def test_lengthening_from_the_same_page_twice_gives_two_minutes_once(client, atelier, animatrice):
    (etape,) = faire_etapes(atelier, "ideation")
    actions.ouvrir_etape(etape=etape, par=None)
    vu = page(client, atelier).context["pupitre"].programme.vu
    assert agir(client, atelier, etape, "prolonger", vu=vu).status_code == 302
    etape.refresh_from_db()
    echeance = etape.echeance
    reponse = agir(client, atelier, etape, "prolonger", vu=vu)
    etape.refresh_from_db()
    assert (reponse.status_code, etape.echeance) == (409, echeance)
    assert "Une autre personne vient de changer le temps" in reponse.content.decode()


def test_a_vote_shows_who_has_voted_and_asks_before_closing_on_the_others(client, atelier, animatrice):
    (etape,) = faire_etapes(atelier, "vote")
    piste = creer_pistes(atelier.espace, 1)[0]
    gens = [faire_participant(atelier, "permanents", prenom=f"P{n}") for n in range(3)]
    actions.ouvrir_etape(etape=etape, par=None)
    actions.voter(atelier=atelier, participant=gens[0], choix={piste.pk: 1})
    html = page(client, atelier).content.decode()
    assert "<b>1</b> ont voté sur <b>3</b> présents" in html
    assert "2 personnes n’ont pas encore voté." in html


def test_hiding_the_ticked_words_shows_the_rest(client, atelier, animatrice):
    proposition = creer_proposition(atelier.espace, "Demander à Michel d’expliquer moins vite.")
    Proposition.objects.filter(pk=proposition.pk).update(moderation="a_relire", signalement="cite un prénom")
    adresse = reverse("masquer_proposition", args=[atelier.pk, proposition.pk])
    assert client.post(adresse, {"mots": ["11-17"]}).status_code == 302
    proposition.refresh_from_db()
    assert (proposition.texte_public, proposition.moderation) == (
        "Demander à […] d’expliquer moins vite.",
        "affichee",
    )
    assert proposition.texte == "Demander à Michel d’expliquer moins vite."


def test_the_first_name_found_is_ticked_beforehand(client, atelier, animatrice):
    faire_participant(atelier, prenom="Michel")
    creer_proposition(atelier.espace, "Demander à Michel d’expliquer moins vite.")
    (a_relire,) = page(client, atelier).context["pupitre"].a_relire
    assert [mot.texte for mot in a_relire.mots if mot.presume] == ["Michel"]


@pytest.mark.parametrize(
    ("champs", "motif"),
    [
        ({"motif": "Hors du sujet"}, "Hors du sujet"),
        ({"motif": "Hors du sujet", "motif_autre": " Déjà dit "}, "Déjà dit"),
    ],
)
def test_setting_aside_keeps_the_words_and_the_reason(client, atelier, animatrice, champs, motif):
    proposition = creer_proposition(atelier.espace)
    assert relire(client, atelier, proposition, "ecarter", **champs).status_code == 302
    apres = Proposition.objects.get(pk=proposition.pk)
    assert (apres.moderation, apres.motif, apres.texte) == ("ecartee", motif, proposition.texte)


def test_a_paper_card_is_kept_with_its_origin_and_the_form_stays_open(client, atelier, animatrice):
    college = atelier.consultation.colleges.get(signe="salaries")
    champs = {
        "college": college.pk,
        "texte": "Des mots simples",
        "origine_note": "table 3",
        "prenom": "Awa",
        "cle": "c1",
    }
    reponse = client.post(reverse("saisir_carte", args=[atelier.pk]), champs, follow=True)
    carte = Proposition.objects.get(espace=atelier.espace)
    assert (
        carte.texte,
        carte.origine,
        carte.origine_note,
        carte.college,
        carte.saisie_par,
        carte.auteur.prenom,
    ) == (
        "Des mots simples",
        "papier",
        "table 3",
        college,
        animatrice,
        "Awa",
    )
    html = reponse.content.decode()
    assert 'id="details-papier" open' in html
    assert 'value="table 3"' in html
    assert "Des mots simples</textarea>" not in html


def test_a_card_is_filed_under_the_theme_it_ticks_which_stays_chosen_for_the_next_one(client, atelier, animatrice):
    axes = [Axe.objects.create(consultation=atelier.consultation, titre=titre) for titre in ("Apprendre", "Loger")]
    atelier.espace.axes.set(axes)
    college = atelier.consultation.colleges.first()
    champs = {"college": college.pk, "texte": "Une carte", "axe": axes[1].pk}
    html = client.post(reverse("saisir_carte", args=[atelier.pk]), champs, follow=True).content.decode()
    assert Proposition.objects.get().axe == axes[1]
    assert f'<option value="{axes[1].pk}" selected>Loger</option>' in html


def test_the_same_card_sent_twice_is_kept_once(client, atelier, animatrice):
    college = atelier.consultation.colleges.first()
    for _fois in range(2):
        client.post(
            reverse("saisir_carte", args=[atelier.pk]),
            {"college": college.pk, "texte": "Une carte", "prenom": "Awa", "cle": "la-meme"},
        )
    assert (Proposition.objects.count(), Participant.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "champs", [{"texte": "Sans <b>collège</b>"}, {"college": "9", "texte": "Sans <b>collège</b>"}]
)
def test_a_card_without_its_college_is_given_back_as_typed(client, atelier, animatrice, champs):
    reponse = client.post(reverse("saisir_carte", args=[atelier.pk]), champs)
    html = reponse.content.decode()
    assert (reponse.status_code, Proposition.objects.count()) == (422, 0)
    assert "Dites de quel collège vient cette carte." in html
    assert escape("Sans <b>collège</b>") + "</textarea>" in html


def test_look_alikes_are_suggested_and_only_grouped_when_asked(client, atelier, animatrice):
    for texte in ("Visiter une autre structure", "Visiter une autre structure du territoire"):
        creer_proposition(atelier.espace, texte)
    (suggestion,) = page(client, atelier).context["pupitre"].suggestions.proposees
    assert not Regroupement.objects.exists()
    client.post(reverse("appliquer_suggestion", args=[atelier.pk]), {"cle": suggestion.cle})
    assert Regroupement.objects.get().lignes.count() == 2
    assert page(client, atelier).context["pupitre"].suggestions == Suggestions()


def test_a_suggestion_set_aside_is_so_for_everyone_until_it_is_taken_up_again(client, atelier, animatrice):
    for texte in ("Visiter une autre structure", "Visiter une autre structure du territoire"):
        creer_proposition(atelier.espace, texte)
    (suggestion,) = page(client, atelier).context["pupitre"].suggestions.proposees
    client.post(reverse("laisser_suggestion", args=[atelier.pk]), {"cle": suggestion.cle})
    assert not Regroupement.objects.exists()
    client.force_login(creer_rapporteur(atelier.espace))
    lues = client.get(reverse("regroupement", args=[atelier.pk])).context["suggestions"]
    assert (lues.proposees, [s.cle for s in lues.laissees]) == ((), [suggestion.cle])
    assert lues.laissees[0].laissee.par == animatrice
    client.post(
        reverse("reprendre_suggestion", args=[atelier.pk]), {"cle": suggestion.cle, "retour": "regroupement"}
    )
    lues = client.get(reverse("regroupement", args=[atelier.pk])).context["suggestions"]
    assert ([s.cle for s in lues.proposees], lues.laissees) == ([suggestion.cle], ())


def test_a_suggestion_set_aside_comes_back_when_a_proposition_joins_it(client, atelier, animatrice):
    for texte in ("Visiter une autre structure", "Visiter une autre structure du territoire"):
        creer_proposition(atelier.espace, texte)
    (suggestion,) = page(client, atelier).context["pupitre"].suggestions.proposees
    client.post(reverse("laisser_suggestion", args=[atelier.pk]), {"cle": suggestion.cle})
    creer_proposition(atelier.espace, "Visiter une autre structure chaque année")
    lues = page(client, atelier).context["pupitre"].suggestions
    assert ([len(s.propositions) for s in lues.proposees], lues.laissees) == ([3], ())


def test_nobody_s_choice_is_even_read_by_the_console(client, atelier, animatrice, django_assert_max_num_queries):
    (etape,) = faire_etapes(atelier, "vote")
    scrutin = creer_scrutin(atelier.espace)
    Etape.objects.filter(pk=etape.pk).update(scrutin=scrutin)
    actions.ouvrir_etape(etape=etape, par=None)
    faire_voter(scrutin, "permanents", 6, {scrutin.pistes.first(): 3})
    with django_assert_max_num_queries(30) as lues:
        page(client, atelier)
    tables = ("consultation_voix", "consultation_decompte")
    assert [q["sql"] for q in lues.captured_queries if any(table in q["sql"] for table in tables)] == []


def test_what_people_wrote_is_shown_as_text(client, atelier, animatrice):
    creer_proposition(atelier.espace, "<script>alert(1)</script>")
    Proposition.objects.update(moderation="a_relire")
    html = page(client, atelier).content.decode()
    assert "<script>alert" not in html
    assert escape("<script>alert(1)</script>") in html


def remplir(atelier, n):
    for rang in range(n):
        personne = faire_participant(atelier, "permanents", prenom=f"Prénom{rang}")
        proposition = creer_proposition(atelier.espace, participant=personne)
        if rang % 2:
            Proposition.objects.filter(pk=proposition.pk).update(moderation="a_relire")


def test_its_queries_do_not_grow_with_the_room(
    client, atelier, animatrice, django_assert_num_queries, django_assert_max_num_queries
):
    faire_etapes(atelier, "accueil", "ideation", "vote")
    remplir(atelier, 2)
    page(client, atelier)
    with django_assert_max_num_queries(23) as peu:
        page(client, atelier)
    remplir(atelier, 12)
    with django_assert_num_queries(len(peu.captured_queries)):
        page(client, atelier)


def test_the_console_says_that_the_list_is_closed_before_and_during_the_vote(client, atelier, animatrice):
    vote, _discussion = faire_etapes(atelier, "vote", "discussion")
    creer_pistes(atelier.espace, 2)
    vote.scrutin = actions_consultation.preparer_scrutin(
        espace=atelier.espace, titre="Vote", liste_close=True, par=None
    )
    vote.save()
    faire_participant(atelier)
    assert "Liste close\u202f: qui arrive après l’ouverture ne vote pas." in espaces(page(client, atelier))
    actions.ouvrir_etape(etape=vote, par=None)
    assert "sont arrivées après" not in page(client, atelier).text
    faire_participant(atelier), faire_participant(atelier)
    dit = page(client, atelier).text
    assert ("<b>Liste close.</b>" in dit, "2 personnes sont arrivées après" in dit) == (True, True)


def espaces(reponse):
    return reponse.text.replace("close :", "close\u202f:")
