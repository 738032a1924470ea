"""A number sent: its list counted and frozen, handed over to a real server, and a proof equal to its log."""

import socket
import struct
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from consultation.erreurs import Refus
from consultation.models import Journal
from courrier import actions, lectures
from courrier.actions import remises
from courrier.depart import Tour, avancer
from courrier.models import Abonnement, Destinataire, Envoi

from .fabriques_courrier import creer_abonne, creer_abonnes, creer_numero

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


def parti(page, regions=()):
    """Freeze the list of a number and begin to send."""
    envoi = actions.figer(page=page, regions=regions, par=None)
    return actions.lancer(envoi=envoi, personnes=envoi.destinataires.count(), par=None)


def etats(envoi):
    return {d.courriel.partition("@")[0]: d.etat for d in envoi.destinataires.all()}


def plus_tard(**duree):
    """Let time pass for letters: those that wait are due, those that were taken are old."""
    passe = timedelta(**duree)
    Destinataire.objects.update(prochain_le=F("prochain_le") - passe, pris_le=F("pris_le") - passe)
    Envoi.objects.filter(attend_le__isnull=False).update(attend_le=timezone.now())


def test_a_list_holds_those_who_asked_for_it_once_and_no_other():
    creer_abonne("toutes@exemple.test")
    creer_abonne("corse@exemple.test", region="94")
    creer_abonne("bretagne@exemple.test", region="53")
    creer_abonne("une-sur-deux@exemple.test", frequence="alterne")
    creer_abonne("muette@exemple.test", confirme_le=None)
    creer_abonne("morte@exemple.test", mort_le=timezone.now())
    quatre = parti(creer_numero(4), regions=["94"])
    assert sorted(etats(quatre)) == ["corse", "toutes", "une-sur-deux"]
    quatre.destinataires.update(etat="remise")
    cinq = actions.figer(page=creer_numero(5), par=None)
    assert sorted(etats(cinq)) == ["bretagne", "corse", "toutes"]
    actions.se_desabonner(abonnement=Abonnement.objects.get(region="94"))
    lues = lectures.bilan(cinq)
    assert (lues.total, lues.restent, lues.retirees) == (3, 2, 1)
    assert cinq.destinataires.filter(courriel="c…@exemple.test").count() == 1


def test_what_is_not_possible_is_said_and_leaves_nothing():
    page = creer_numero()
    with pytest.raises(Refus, match="personne"):
        actions.figer(page=page, par=None)
    creer_abonne()
    with pytest.raises(Refus, match="region_inconnue"):
        actions.figer(page=page, regions=["99"], par=None)
    envoi = actions.figer(page=page, par=None)
    for code, acte in (
        ("deja_fige", lambda: actions.figer(page=page, par=None)),
        ("compte_change", lambda: actions.lancer(envoi=envoi, personnes=2, par=None)),
        ("pas_en_cours", lambda: actions.suspendre(envoi=envoi, par=None)),
        ("pas_en_cours", lambda: actions.reprendre(envoi=envoi, par=None)),
        ("pas_en_cours", lambda: actions.reecrire(envoi=envoi, par=None)),
    ):
        with pytest.raises(Refus, match=code):
            acte()
    page.unpublish()
    with pytest.raises(Refus, match="brouillon"):
        actions.lancer(envoi=Envoi.objects.get(), personnes=1, par=None)
    assert Journal.objects.first().verbe == "figer_envoi"
    actions.defaire(envoi=envoi, par=None)
    assert (Envoi.objects.count(), Destinataire.objects.count()) == (0, 0)


def test_each_answer_of_the_server_is_in_the_proof_with_its_words(boite):
    noms = ["lise", "morte", "bloquee", "pleine", "attend", "muette", "coupee", "refusee"]
    abonnes = {nom: creer_abonne(f"{nom}@{nom}.test") for nom in noms}
    boite.reponses = {
        "morte@morte.test": "550 5.1.1 User unknown",
        "bloquee@bloquee.test": "554 5.7.1 Blocked",
        "pleine@pleine.test": "452 4.2.2 Mailbox full",
        "attend@attend.test": "451 4.7.1 Try again later",
    }
    boite.fins = {"refusee@refusee.test": "554 5.6.0 No"}
    boite.coupe = {"muette@muette.test"}
    envoi = parti(creer_numero())
    avancer()
    assert etats(envoi) == {
        "lise": "remise", "morte": "refusee", "bloquee": "refusee", "pleine": "attente",
        "attend": "attente", "muette": "sans", "coupee": "remise", "refusee": "refusee",
    }  # fmt: skip
    mots = dict(envoi.destinataires.values_list("courriel", "mots"))
    assert mots["morte@morte.test"] == "550 5.1.1 User unknown"
    assert mots["lise@lise.test"] == "250 2.0.0 pris"
    morts = {nom for nom, a in abonnes.items() if Abonnement.objects.get(pk=a.pk).mort_le}
    assert morts == {"morte"}
    boite.reponses = {}
    plus_tard(minutes=4)
    avancer()
    envoi.refresh_from_db()
    assert envoi.etat == "en_cours"  # five minutes have not passed
    plus_tard(minutes=2)
    avancer()
    envoi.refresh_from_db()
    assert (envoi.etat, Counter(etats(envoi).values())) == ("fini", {"remise": 4, "refusee": 3, "sans": 1})
    assert Counter(boite.adresses) == Counter(
        envoi.destinataires.filter(etat="remise").values_list("courriel", flat=True)
    )
    assert Journal.objects.first().verbe == "finir_envoi"
    boite.coupe = set()
    deja = list(boite.adresses)
    assert actions.reecrire(envoi=envoi, par=None) == 1
    avancer()
    assert boite.adresses == [*deja, "muette@muette.test"]


def test_a_server_that_is_away_or_wants_none_of_us_touches_no_letter(boite):
    creer_abonnes(3)
    envoi = parti(creer_numero())
    boite.fermer()
    avancer()
    envoi.refresh_from_db()
    assert (set(etats(envoi).values()), envoi.attend_le > timezone.now(), bool(envoi.mots)) == (
        {"attente"},
        True,
        True,
    )
    assert set(envoi.destinataires.values_list("essais", flat=True)) == {0}
    boite.ouvrir()
    avancer()
    assert boite.adresses == []  # a minute has not passed
    boite.refus = "550 5.7.1 Not you"
    plus_tard(minutes=2)
    avancer()
    envoi.refresh_from_db()
    assert (envoi.mots, envoi.attend_le > timezone.now()) == ("550 5.7.1 Not you", True)
    assert sorted(envoi.destinataires.values_list("etat", "essais")) == [("attente", 0)] * 2 + [("attente", 1)]
    boite.refus = None
    plus_tard(minutes=6)
    avancer()
    envoi.refresh_from_db()
    assert (envoi.etat, envoi.mots, len(boite.adresses)) == ("fini", "", 3)


def test_a_domain_has_its_share_of_a_minute_and_a_pause_holds_all(boite, monkeypatch):
    monkeypatch.setattr(remises, "PAR_DOMAINE", 2)
    creer_abonnes(8, domaines=2)
    envoi = parti(creer_numero())
    avancer()
    assert Counter(a.partition("@")[2] for a in boite.adresses) == {"d0.test": 2, "d1.test": 2}
    actions.suspendre(envoi=envoi, par=None)
    plus_tard(minutes=2)
    avancer()
    assert len(boite.adresses) == 4
    actions.reprendre(envoi=envoi, par=None)
    avancer()
    assert len(set(boite.adresses)) == 8


def test_a_domain_that_asks_to_wait_brings_none_of_its_letters_forward():
    for nom in ("ana", "bob", "eve"):
        creer_abonne(f"{nom}@exemple.test")
    envoi = parti(creer_numero())
    demain = timezone.now() + timedelta(days=1)
    envoi.destinataires.filter(courriel="eve@exemple.test").update(prochain_le=demain)
    lettre = envoi.destinataires.get(courriel="ana@exemple.test")
    assert remises.prendre(lettre)
    remises.plus_tard(envoi, lettre, "450 Later", tout_le_domaine=True)
    quand = dict(envoi.destinataires.values_list("courriel", "prochain_le"))
    assert quand["bob@exemple.test"] == quand["ana@exemple.test"] > timezone.now()
    assert quand["eve@exemple.test"] == demain


def test_a_full_mailbox_holds_up_nobody_else_of_its_domain_and_a_server_that_is_busy_does(boite):
    for courriel in ("a@pleine.test", "b@pleine.test", "a@prise.test", "b@prise.test"):
        creer_abonne(courriel)
    boite.reponses = {"a@pleine.test": "452 4.2.2 Mailbox full", "a@prise.test": "451 4.7.1 Try again later"}
    envoi = parti(creer_numero())
    bientot = timezone.now() + timedelta(minutes=1)
    envoi.destinataires.filter(courriel__startswith="b@").update(prochain_le=bientot)
    avancer()
    voisines = envoi.destinataires.filter(courriel__startswith="b@").values_list("courriel", "prochain_le")
    assert {courriel: quand > bientot for courriel, quand in voisines} == {
        "b@pleine.test": False,
        "b@prise.test": True,
    }


def test_a_letter_of_a_sending_that_is_held_or_of_whoever_has_left_is_taken_by_nobody():
    creer_abonnes(2)
    envoi = parti(creer_numero())
    lues = une, deux = remises.prochaines(envoi, 2)
    assert remises.prendre(deux)
    actions.suspendre(envoi=envoi, par=None)
    assert ([remises.prendre(lettre) for lettre in lues], remises.prochaines(envoi, 2)) == ([False, False], [])
    actions.reprendre(envoi=envoi, par=None)
    actions.se_desabonner(abonnement=deux.abonnement)
    remises.plus_tard(envoi, deux, "452 4.2.2 Mailbox full")
    plus_tard(minutes=10)  # it waits no more, and nobody is behind it
    assert [remises.prendre(lettre) for lettre in (deux, une, une)] == [False, True, False]


def test_an_end_is_that_of_whoever_has_the_letter_in_hand_and_comes_once():
    creer_abonnes(1)
    envoi = parti(creer_numero())
    (lettre,) = remises.prochaines(envoi, 1)
    fins = (
        lambda: remises.remise(lettre, "250"),
        lambda: remises.refusee(lettre, "554", morte=False),
        lambda: remises.sans_reponse(lettre, "cut"),
        lambda: remises.plus_tard(envoi, lettre, "450"),
        lambda: remises.attendre_la_reponse(lettre),
    )
    for etat in ("attente", "remise", "refusee", "sans", "revenue", "retiree"):
        envoi.destinataires.update(etat=etat)
        for fin in fins:
            fin()
        assert envoi.destinataires.get().etat == etat


def test_whoever_left_is_not_written_to_again_though_their_server_never_answered():
    creer_abonnes(1)
    envoi = parti(creer_numero())
    envoi.destinataires.update(etat="sans")
    actions.suspendre(envoi=envoi, par=None)
    assert not remises.finir(envoi)  # who holds it decides
    actions.reprendre(envoi=envoi, par=None)
    assert remises.finir(envoi)
    actions.se_desabonner(abonnement=Abonnement.objects.get())
    with pytest.raises(Refus, match="personne"):
        actions.reecrire(envoi=envoi, par=None)
    assert (etats(envoi), Envoi.objects.get().etat) == ({"p…": "sans"}, "fini")


def test_a_tour_that_is_over_takes_no_letter_and_no_connection():
    creer_abonnes(1)
    envoi = parti(creer_numero())
    Tour(envoi, time.monotonic()).faire()
    envoi.refresh_from_db()
    assert (envoi.attend_le, etats(envoi)) == (None, {"p0": "attente"})


def test_after_two_days_a_server_that_always_asks_to_wait_is_a_refusal(boite):
    creer_abonne()
    boite.reponses = {"lise@exemple.test": "450 4.2.0 Greylisted"}
    envoi = parti(creer_numero())
    avancer()
    Envoi.objects.update(lance_le=timezone.now() - timedelta(days=3))
    plus_tard(hours=6)
    avancer()
    assert list(envoi.destinataires.values_list("etat", "mots", "essais")) == [
        ("refusee", "450 4.2.0 Greylisted", 2)
    ]
    assert Abonnement.objects.get().mort_le is None


def test_a_letter_taken_by_a_dead_worker_leaves_unless_only_the_answer_was_missing(boite):
    creer_abonnes(2)
    envoi = parti(creer_numero())
    une, deux = envoi.destinataires.all()
    assert (remises.prendre(une), remises.prendre(une)) == (True, False)
    assert (remises.prendre(deux), remises.attendre_la_reponse(deux)) == (True, True)
    avancer()
    assert boite.adresses == []  # their worker may live
    plus_tard(minutes=6)
    avancer()
    assert (boite.adresses, etats(envoi)) == ([une.courriel], {"p0": "remise", "p1": "sans"})


def test_a_server_that_refuses_one_in_three_and_makes_wait_an_hour_is_written_to_once_each(boite):
    abonnes = creer_abonnes(12, domaines=4)
    refusees = {abonne.courriel for abonne in abonnes[::3]}
    boite.reponses = {abonne.courriel: "451 4.7.1 Try again later" for abonne in abonnes}
    boite.reponses |= dict.fromkeys(refusees, "554 5.7.1 Blocked")
    envoi = parti(creer_numero())
    for minutes in (6, 16, 31):  # what the server asks, and what it still answers, for an hour
        avancer()
        assert boite.adresses == []
        plus_tard(minutes=minutes)
    boite.reponses = dict.fromkeys(refusees, "554 5.7.1 Blocked")
    for _tour in range(2):
        plus_tard(minutes=61)
        avancer()
    envoi.refresh_from_db()
    assert (envoi.etat, Counter(boite.adresses)) == (
        "fini",
        Counter({abonne.courriel: 1 for abonne in abonnes if abonne.courriel not in refusees}),
    )
    assert Counter(envoi.destinataires.values_list("etat", "mots")) == {
        ("remise", "250 2.0.0 pris"): 8,
        ("refusee", "554 5.7.1 Blocked"): 4,
    }


def test_who_leaves_while_their_letter_is_handed_over_does_not_receive_it_and_holds_nothing_up(boite, monkeypatch):
    """They leave at the last moment before the dot: the connection is let go, the next letter has another."""
    creer_abonnes(2)
    envoi = parti(creer_numero())
    attendre = remises.attendre_la_reponse

    def quitter_d_abord(lettre):
        if lettre.courriel == "p0@d0.test":
            actions.se_desabonner(abonnement=lettre.abonnement)
        return attendre(lettre)

    monkeypatch.setattr(remises, "attendre_la_reponse", quitter_d_abord)
    avancer()
    assert boite.adresses == ["p1@d0.test"]  # at once: a server that is left in the middle is not waited for
    avancer()
    envoi.refresh_from_db()
    assert (etats(envoi), envoi.etat) == ({"p…": "retiree", "p1": "remise"}, "fini")


def test_a_letter_that_another_worker_has_taken_meanwhile_is_left_to_it(boite, monkeypatch):
    creer_abonnes(2)
    envoi = parti(creer_numero())
    _une, deux = envoi.destinataires.all()
    attendre = remises.attendre_la_reponse
    monkeypatch.setattr(remises, "attendre_la_reponse", lambda lettre: remises.prendre(deux) and attendre(lettre))
    avancer()
    assert (boite.adresses, etats(envoi)) == (["p0@d0.test"], {"p0": "remise", "p1": "prise"})


def test_who_leaves_and_whose_server_asks_to_wait_is_waited_for_no_more_and_named_nowhere(boite):
    creer_abonnes(1)
    envoi = parti(creer_numero())
    (lettre,) = remises.prochaines(envoi, 1)
    assert remises.prendre(lettre)
    actions.se_desabonner(abonnement=lettre.abonnement)
    remises.plus_tard(envoi, lettre, "452 4.2.2 <p0@d0.test> is full")
    avancer()
    envoi.refresh_from_db()
    (lettre,) = envoi.destinataires.all()
    assert (lettre.etat, lettre.courriel, lettre.mots, envoi.etat, boite.recus) == (
        "retiree", "p…@d0.test", "452 4.2.2 <p…@d0.test> is full", "fini", [],
    )  # fmt: skip


def mourir_au_milieu(serveur):
    """Answer one letter up to its text, then hang up on it, unread."""
    prise, _qui = serveur.accept()
    lignes = prise.makefile("rb")
    for reponse in (b"220 la", b"250 OK", b"250 OK", b"250 OK", b"354 dites"):
        prise.sendall(reponse + b"\r\n")
        lignes.readline()
    prise.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    lignes.close()
    prise.close()


def test_a_server_that_dies_in_the_middle_of_a_letter_has_taken_nothing(boite, settings):
    creer_abonne()
    envoi = parti(creer_numero())
    Envoi.objects.update(texte="mot " * 2_000_000)  # more than what the system takes before anyone reads it
    boite.fermer()
    with socket.create_server(("127.0.0.1", boite.port)) as serveur:
        fil = threading.Thread(target=mourir_au_milieu, args=(serveur,))
        fil.start()
        avancer()
        fil.join()
    assert [(lettre.etat, lettre.essais) for lettre in envoi.destinataires.all()] == [("attente", 1)]
    Envoi.objects.update(texte="mot")  # the same, quicker to hand over
    boite.ouvrir()
    plus_tard(minutes=16)
    avancer()
    assert (boite.adresses, etats(envoi)) == (["lise@exemple.test"], {"lise": "remise"})
