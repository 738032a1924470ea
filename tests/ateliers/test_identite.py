"""Whom a phone speaks as: kept in a signed cookie, lost when the code is reissued, never forged."""

import time

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from ateliers import identite

from .fabriques_salle import faire_atelier, faire_consultation, faire_participant

pytestmark = pytest.mark.django_db


def requete(cookie=""):
    requete = RequestFactory().get("/")
    requete.COOKIES[identite.COOKIE] = cookie
    return requete


def cookie_de(*participants, depuis=""):
    cookie = depuis
    for participant in participants:
        reponse = HttpResponse()
        identite.retenir(reponse, participant, cookies=requete(cookie).COOKIES)
        cookie = reponse.cookies[identite.COOKIE].value
    return cookie


@pytest.fixture
def atelier():
    return faire_atelier()


@pytest.fixture
def sonia(atelier):
    return faire_participant(atelier)


def test_a_phone_that_entered_speaks_as_its_participant(sonia, django_assert_num_queries):
    connue = requete(cookie_de(sonia))
    with django_assert_num_queries(1):
        assert identite.participant_de(connue, sonia.consultation) == sonia
        assert identite.participant_de(connue, sonia.consultation).college.signe == "salaries"


def test_a_phone_nobody_knows_speaks_as_no_one_without_a_query(sonia, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert identite.participant_de(requete(), sonia.consultation) is None
        assert identite.participants_de(requete()) == []


def test_the_cookie_cannot_be_read_by_scripts_and_lasts_long_enough_to_come_back(sonia):
    reponse = HttpResponse()
    identite.retenir(reponse, sonia, cookies={})
    morceau = reponse.cookies[identite.COOKIE]
    assert (morceau["httponly"], morceau["samesite"], morceau["max-age"]) == (True, "Lax", 400 * 24 * 3600)


@pytest.mark.parametrize("cookie", ["", "rien", "eyJhIjoxfQ:1abc:faux", "[]", "\x00"])
def test_a_forged_cookie_is_no_cookie(sonia, cookie):
    assert identite.participant_de(requete(cookie), sonia.consultation) is None


def test_an_altered_cookie_is_no_cookie(sonia):
    bon = cookie_de(sonia)
    assert identite.participant_de(requete("A" + bon[1:]), sonia.consultation) is None


def test_a_signed_value_of_another_shape_is_no_cookie(sonia):
    jeton = identite.jeton_direct(sonia, faire_atelier(sonia.consultation, code="AAAAA2"))
    autre = identite.signing.dumps({"x": "y"}, salt=identite._SEL_COOKIE)
    assert identite.participant_de(requete(jeton), sonia.consultation) is None
    assert identite.participant_de(requete(autre), sonia.consultation) is None


def test_a_cookie_checked_once_is_still_refused_altered_too_old_or_under_another_key(sonia, settings, monkeypatch):
    bon = cookie_de(sonia)
    assert identite.entrees({identite.COOKIE: bon}) == {sonia.consultation_id: (sonia.pk, sonia.generation)}
    assert identite.entrees({identite.COOKIE: bon[:-1]}) == {}
    cle, settings.SECRET_KEY = settings.SECRET_KEY, "une autre clé" * 5
    assert identite.entrees({identite.COOKIE: bon}) == {}
    settings.SECRET_KEY = cle
    depuis = time.time() + identite.DUREE_COOKIE + identite.VERIFIEE
    monkeypatch.setattr(time, "time", lambda: depuis)
    assert identite.entrees({identite.COOKIE: bon}) == {}


def test_leaving_on_one_phone_takes_nothing_from_another_that_shows_the_same_cookie(sonia):
    cookies = {identite.COOKIE: cookie_de(sonia)}
    identite.oublier(HttpResponse(), sonia.consultation, cookies=cookies)
    ici = faire_participant(faire_atelier(sonia.consultation, code="AAAAA3"))
    identite.retenir(HttpResponse(), ici, cookies=cookies)
    assert identite.entrees(cookies) == {sonia.consultation_id: (sonia.pk, sonia.generation)}


def test_a_reissued_code_lets_go_of_the_devices_that_held_the_former_one(sonia):
    cookie = cookie_de(sonia)
    sonia.generation += 1
    sonia.save()
    assert identite.participant_de(requete(cookie), sonia.consultation) is None
    assert identite.participants_de(requete(cookie)) == []


def test_someone_erased_is_no_longer_recognised(sonia):
    from django.utils import timezone

    cookie = cookie_de(sonia)
    sonia.efface_le = timezone.now()
    sonia.save()
    assert identite.participant_de(requete(cookie), sonia.consultation) is None


def test_one_phone_keeps_one_entry_per_consultation_latest_first(sonia):
    autre = faire_participant(faire_atelier(faire_consultation(slug="forum"), code="AAAAA2"), prenom="So")
    relue = requete(cookie_de(sonia, autre))
    assert identite.participants_de(relue) == [autre, sonia]
    assert identite.participant_de(relue, sonia.consultation) == sonia
    assert identite.participant_de(relue, autre.consultation) == autre


def test_taking_another_identity_in_the_same_consultation_replaces_the_former(atelier, sonia):
    karim = faire_participant(atelier, prenom="Karim")
    assert identite.participants_de(requete(cookie_de(sonia, karim))) == [karim]


def test_forgetting_one_consultation_keeps_the_others(sonia):
    autre = faire_participant(faire_atelier(faire_consultation(slug="forum"), code="AAAAA2"))
    reponse = HttpResponse()
    identite.oublier(reponse, sonia.consultation, cookies=requete(cookie_de(sonia, autre)).COOKIES)
    assert identite.participants_de(requete(reponse.cookies[identite.COOKIE].value)) == [autre]


def test_forgetting_everything_empties_the_cookie(sonia):
    reponse = HttpResponse()
    identite.oublier(reponse)
    assert (reponse.cookies[identite.COOKIE].value, reponse.cookies[identite.COOKIE]["max-age"]) == ("", 0)


def test_the_cookie_stays_under_the_size_a_browser_keeps(atelier):
    cookie = ""
    for n in range(25):
        participant = faire_participant(faire_atelier(faire_consultation(slug=f"c{n}"), code=f"AAAA{n:02}"))
        cookie = cookie_de(participant, depuis=cookie)
    assert len(cookie) < 1500
    assert len(identite.participants_de(requete(cookie))) == identite.MAX_ENTREES


def test_the_socket_token_says_who_listens_without_a_query(atelier, sonia, django_assert_num_queries):
    with django_assert_num_queries(0):
        jetons = [identite.jeton_direct(qui, atelier) for qui in (sonia, "projection", "console")]
        assert [identite.verifier_jeton(jeton) for jeton in jetons] == [
            identite.Jeton(atelier.pk, "participants", sonia.pk, atelier.acces, sonia.generation),
            identite.Jeton(atelier.pk, "projection", None, atelier.acces, None),
            identite.Jeton(atelier.pk, "console", None, atelier.acces, None),
        ]


@pytest.mark.parametrize("jeton", ["", None, "rien", "WzEsMl0:1abc:faux"])
def test_a_forged_socket_token_opens_nothing(jeton):
    assert identite.verifier_jeton(jeton) is None


def test_the_cookie_is_not_a_socket_token(sonia):
    assert identite.verifier_jeton(cookie_de(sonia)) is None
