"""Registering by oneself: open to all when it is opened, never sent away, forgotten in time."""

import io
import re
from datetime import date, time, timedelta
from email import message_from_bytes
from email.policy import default
from smtplib import SMTPException

import pypdf
import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from ateliers import actions, epreuve
from ateliers.inscriptions import publique
from ateliers.models import Adresse, Attente, Demande
from consultation import actions as actes
from consultation.erreurs import Refus
from consultation.models import Participant
from tests.fabriques import college, creer_participants
from tests.serveurs import port_libre
from travail.actions import tourner

from .fabriques_inscriptions import seminaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def ouverte():
    """A seminar of May 2027 whose public page is open, its organiser and its workshops."""
    consultation, par, ateliers = seminaire(capacite=1, slug="s27", debut=date(2027, 5, 14), lieu="Poitiers")
    publique.regler_inscription_publique(consultation=consultation, ouverte=True, jusqu_au=None, par=par)
    return consultation, par, ateliers


def envoyer(client, consultation, **champs):
    donnees = {"prenom": "Awa", "college": college(consultation).pk, **champs}
    return client.post(reverse("s-inscrire", args=[consultation.slug]), donnees)


def test_a_first_name_and_a_college_are_enough_and_the_code_is_shown(ouverte, client):
    consultation, _par, _ateliers = ouverte
    reponse = envoyer(client, consultation)
    personne = Participant.objects.get()
    assert (reponse.status_code, personne.prenom, personne.origine) == (200, "Awa", "inscription")
    assert personne.code_lisible in reponse.content.decode()
    assert (mail.outbox, Adresse.objects.count(), personne.accord_publication) == ([], 0, False)


def test_the_same_form_sent_twice_is_one_person(ouverte, client):
    consultation, _par, _ateliers = ouverte
    for _fois in range(2):
        envoyer(client, consultation, cle="a" * 32)
    assert Participant.objects.count() == 1


def test_what_is_missing_is_said_under_its_field_and_nothing_typed_is_lost(ouverte, client):
    consultation, _par, _ateliers = ouverte
    reponse = envoyer(client, consultation, prenom="", nom="Orme", courriel="awa@")
    page = reponse.content.decode()
    assert (reponse.status_code, Participant.objects.count()) == (422, 0)
    assert "Écrivez votre prénom, ou un surnom." in page
    assert "Cette adresse n’est pas complète." in page
    assert 'value="Orme"' in page
    assert 'value="awa@"' in page


def test_past_the_limits_registering_costs_a_small_work_and_nothing_typed_is_lost(ouverte, client, monkeypatch):
    cache.clear()
    monkeypatch.setattr("ateliers.essais.ENTREES_APPAREIL", 2)
    consultation, _par, _ateliers = ouverte
    assert [envoyer(client, consultation, cle=f"{n}" * 32).status_code for n in range(2)] == [200, 200]
    reponse = envoyer(client, consultation, prenom="Odile", nom="Orme")
    page = reponse.content.decode()
    assert (reponse.status_code, Participant.objects.count()) == (429, 2)
    assert 'value="Odile"' in page
    defi = re.search(r'name="defi" value="([^"]+)" data-bits="(\d+)"', page)
    preuve = epreuve.resoudre(defi[1], int(defi[2]))
    assert envoyer(client, consultation, prenom="Odile", defi=defi[1], preuve=preuve).status_code == 200


def test_a_page_nobody_opened_is_unknown_and_a_closed_one_says_so(ouverte, client):
    consultation, par, _ateliers = ouverte
    autre, _par, _ateliers = seminaire()
    assert client.get(reverse("s-inscrire", args=[autre.slug])).status_code == 404
    hier = timezone.localdate() - timedelta(days=1)
    publique.regler_inscription_publique(consultation=consultation, ouverte=True, jusqu_au=hier, par=par)
    assert (
        "Les inscriptions sont fermées."
        in client.get(reverse("s-inscrire", args=[consultation.slug])).content.decode()
    )
    assert (envoyer(client, consultation).status_code, Participant.objects.count()) == (409, 0)


def test_a_full_workshop_makes_one_wait_for_it_and_registers_all_the_same(ouverte, client):
    consultation, _par, (apprendre, *_autres) = ouverte
    choix = {f"temps-{apprendre.temps_id}": apprendre.pk}
    envoyer(client, consultation, **choix)
    page = envoyer(client, consultation, prenom="Ali", **choix).content.decode()
    assert "sur la liste d’attente" in page
    assert [a.participant.prenom for a in Attente.objects.all()] == ["Ali"]


def test_seats_that_a_target_share_keeps_for_others_are_not_taken():
    consultation, _par, _ateliers = seminaire(places=10)
    salaries, permanents = college(consultation, "salaries"), college(consultation, "permanents")
    consultation.colleges.update(part_cible=None)
    consultation.colleges.filter(pk=salaries.pk).update(part_cible=20)
    creer_participants(consultation, 8, signe="permanents")
    assert (publique.place_pour(consultation, permanents), publique.place_pour(consultation, salaries)) == (
        False,
        True,
    )


def test_who_finds_no_seat_waits_in_order_and_is_registered_when_there_is_one(ouverte, client):
    consultation, par, _ateliers = ouverte
    consultation.places = 1
    consultation.save()
    consultation.colleges.update(part_cible=None)
    premiere = Participant.objects.get(pk=envoyer(client, consultation).context["personne"].pk)
    page = envoyer(client, consultation, prenom="Ali", courriel="ali@exemple.test").content.decode()
    envoyer(client, consultation, prenom="Zoé")
    assert "Vous êtes sur la liste d’attente" in page
    assert [d.prenom for d in Demande.objects.all()] == ["Ali", "Zoé"]
    actes.effacer_participant(participant=premiere, par=par)
    accueillis = publique.accueillir_les_demandes(consultation=consultation, par=par)
    assert [p.prenom for p in accueillis] == ["Ali"]
    assert [d.prenom for d in Demande.objects.all()] == ["Zoé"]
    assert Adresse.objects.get().courriel == "ali@exemple.test"


def test_the_letter_says_when_where_and_the_code_with_a_calendar(
    ouverte, client, django_capture_on_commit_callbacks
):
    consultation, _par, (apprendre, *_autres) = ouverte
    with django_capture_on_commit_callbacks(execute=True):
        choix = {f"temps-{apprendre.temps_id}": apprendre.pk}
        envoyer(client, consultation, courriel="awa@exemple.test", **choix)
    (lettre,) = mail.outbox
    personne = Participant.objects.get()
    assert lettre.to == ["awa@exemple.test"]
    for mot in ("Bonjour Awa,", "vendredi 14 mai 2027", "Poitiers", "Apprendre", personne.code_lisible):
        assert mot in lettre.body
    ((nom, contenu, sorte),) = [tuple(piece) for piece in lettre.attachments]
    evenements = Calendar.from_ical(contenu).walk("VEVENT")
    assert (nom, sorte, [str(e["SUMMARY"]) for e in evenements]) == (
        "rendez-vous.ics",
        "text/calendar",
        [consultation.titre, "Apprendre"],
    )
    assert evenements[1].decoded("DTSTART") == apprendre.temps.debut


class Facteur:
    """A mail server that refuses one address, on a port of this machine."""

    def __init__(self):
        self.recus = []

    async def handle_RCPT(self, _serveur, _session, enveloppe, adresse, _options):
        if adresse == "p0@exemple.test":
            return "550 no such user"
        enveloppe.rcpt_tos.append(adresse)
        return "250 OK"

    async def handle_DATA(self, _serveur, _session, enveloppe):
        self.recus.append((enveloppe.rcpt_tos, message_from_bytes(enveloppe.content, policy=default)))
        return "250 OK"


@pytest.fixture
def facteur(settings):
    """A real mail server, and the site told to use it."""
    facteur = Facteur()
    serveur = Controller(facteur, hostname="127.0.0.1", port=port_libre())
    serveur.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", serveur.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield facteur
    serveur.stop()


def test_the_desk_sends_letters_with_code_and_calendar_by_a_real_mail_server_and_prints_the_others(
    ouverte, client, facteur
):
    consultation, par, (apprendre, *_autres) = ouverte
    apprendre.heure = time(9, 30)
    apprendre.save()
    gens = creer_participants(consultation, 3, origine="inscription")
    for rang, personne in enumerate(gens[:2]):
        actions.garder_adresse(participant=personne, courriel=f"p{rang}@exemple.test", par=par)
    actions.reserver_place(atelier=apprendre, participant=gens[1], par=par)
    client.force_login(par)
    page = client.post(reverse("gestion_ateliers:convoquer", args=[consultation.pk]), follow=True).text
    assert ("1 courriel remis. 1 n’est pas parti." in page, "d’une personne sans adresse" in page) == (True, True)
    ((qui, lettre),) = facteur.recus
    corps = lettre.get_body().get_content().replace("\u00a0", " ").replace("\u202f", " ")
    assert (qui, gens[1].code_lisible in corps, "vendredi 14 mai, 9 h 30" in corps) == (
        ["p1@exemple.test"],
        True,
        True,
    )
    (calendrier,) = lettre.iter_attachments()
    assert (calendrier.get_content_type(), len(Calendar.from_ical(calendrier.get_content()).walk("VEVENT"))) == (
        "text/calendar",
        2,
    )
    papier = client.get(reverse("contenus:convocations-pdf", args=[consultation.slug]))
    lu = " ".join(feuille.extract_text() for feuille in pypdf.PdfReader(io.BytesIO(papier.content)).pages)
    assert [gens[n].code_lisible in lu for n in range(3)] == [False, False, True]


class CourrierQuiRate(EmailBackend):
    """A server that refuses one address."""

    def send_messages(self, messages):
        if messages[0].to == ["p0@exemple.test"]:
            raise SMTPException("550 no such user")
        return super().send_messages(messages)


def test_letters_go_to_those_who_left_an_address_and_one_that_fails_stops_nobody(ouverte, settings):
    settings.EMAIL_BACKEND = f"{__name__}.CourrierQuiRate"
    consultation, par, _ateliers = ouverte
    gens = creer_participants(consultation, 4)
    for rang, personne in enumerate(gens[:3]):
        actions.garder_adresse(participant=personne, courriel=f"p{rang}@exemple.test", par=par)
    assert publique.envoyer_les_convocations(consultation=consultation, par=par) == (2, 1)
    assert sorted(lettre.to for lettre in mail.outbox) == [["p1@exemple.test"], ["p2@exemple.test"]]


def test_an_address_is_erased_by_itself_thirty_days_after_and_with_the_person(ouverte):
    consultation, par, _ateliers = ouverte
    une, autre = creer_participants(consultation, 2)
    for personne in (une, autre):
        actions.garder_adresse(participant=personne, courriel="p@exemple.test", par=par)
    assert Adresse.objects.first().jusqu_au == date(2027, 6, 13)
    actes.effacer_participant(participant=autre, par=par)
    assert [a.participant for a in Adresse.objects.all()] == [une]
    assert actions.effacer_adresses_echues(jour=date(2027, 6, 13)) == 0
    assert actions.effacer_adresses_echues(jour=date(2027, 6, 14)) == 1
    assert not Adresse.objects.exists()


def test_the_command_erases_what_is_past(ouverte, capsys):
    consultation, par, _ateliers = ouverte
    adresse = actions.garder_adresse(
        participant=creer_participants(consultation, 1)[0], courriel="p@exemple.test", par=par
    )
    adresse.jusqu_au = timezone.localdate() - timedelta(days=1)
    adresse.save()
    call_command("effacer_adresses")
    assert (capsys.readouterr().out, Adresse.objects.count()) == ("1 adresse effacée.\n", 0)


def test_the_worker_erases_what_is_past_without_being_asked(ouverte):
    consultation, par, _ateliers = ouverte
    finie, en_cours = (
        actions.garder_adresse(participant=personne, courriel="p@exemple.test", par=par)
        for personne in creer_participants(consultation, 2)
    )
    for adresse, jours in ((finie, -1), (en_cours, 0)):
        adresse.jusqu_au = timezone.localdate() + timedelta(days=jours)
        adresse.save()
    assert "effacer-les-adresses" in tourner()
    assert list(Adresse.objects.all()) == [en_cours]


def test_what_is_no_address_is_refused_with_what_to_do(ouverte):
    consultation, par, _ateliers = ouverte
    with pytest.raises(Refus) as refus:
        actions.garder_adresse(participant=creer_participants(consultation, 1)[0], courriel="awa", par=par)
    assert (refus.value.code, refus.value.champ) == ("courriel", "courriel")


def test_the_desk_opens_the_page_and_shows_who_waits(client):
    consultation, par, _ateliers = seminaire(slug="s27")
    client.force_login(par)
    bureau = reverse("gestion_ateliers:publique", args=[consultation.pk])
    client.post(bureau, {"ouverte": "on", "jusqu_au": "14/10/2099"})
    Demande.objects.create(consultation=consultation, college=college(consultation), prenom="Zoé")
    page = client.get(bureau).content.decode()
    assert "/s-inscrire/s27/" in page
    assert "1 personne attend une place" in page
    assert publique.est_ouverte(consultation)
