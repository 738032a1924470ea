"""Letters that come back: known by a sealed mark alone, said in the proof, and not written to again."""

import io
import mailbox
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.models import Journal
from courrier import actions, lectures, lettre, regles, releve, retours, travaux
from courrier.actions import remises
from courrier.depart import avancer
from courrier.models import Abonnement, Envoi
from tests import fabriques

from .fabriques_courrier import creer_abonne, creer_numero
from .fabriques_retours import Imap, creer_rapport
from .test_envoi import etats, parti

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


@pytest.fixture
def envoi():
    """Number 5, handed over to two people."""
    for nom in ("lise", "paul"):
        creer_abonne(f"{nom}@exemple.test")
    return remis(5)


def remis(numero, page=None):
    """A number that was handed over to everyone."""
    maintenant = timezone.now()
    envoi = Envoi.objects.create(numero=numero, page=page, etat="en_cours", lance_le=maintenant)
    for abonnement in Abonnement.objects.all():
        envoi.destinataires.create(
            abonnement=abonnement, courriel=abonnement.courriel, etat="remise", prochain_le=maintenant
        )
    return envoi


def identifiant(lue):
    return lettre.message(lue.envoi, lue).extra_headers["Message-ID"]


def rapport(envoi, nom="lise", **dites):
    return creer_rapport(identifiant(envoi.destinataires.get(courriel__startswith=nom)), **dites)


def recevoir(*messages):
    return releve.recevoir(list(enumerate(messages)))


def test_a_letter_that_comes_back_is_in_the_proof_with_its_reason_and_its_address_is_left_in_peace(envoi, client):
    Envoi.objects.update(page=creer_numero(5))
    envoi.refresh_from_db()
    assert recevoir(rapport(envoi), rapport(envoi)) == (1, 0)  # twice is once
    assert (etats(envoi), lectures.bilan(envoi).revenues) == ({"lise": "revenue", "paul": "remise"}, 1)
    assert envoi.destinataires.get(etat="revenue").mots == "550 5.1.1 User unknown"
    assert [a.courriel for a in Abonnement.objects.filter(mort_le__isnull=False)] == ["lise@exemple.test"]
    assert Journal.objects.first().details == {"lettres": 1}
    remises.finir(envoi)
    client.force_login(fabriques.creer_compte(is_superuser=True, is_staff=True))
    page = client.get(reverse("gestion_courrier:envoi", args=[envoi.page_id])).content.decode()
    assert ("1 + 1 + 0 + 0 + 0 = 2" in page, "550 5.1.1 User unknown" in page) == (True, True)
    preuve = client.get(reverse("gestion_courrier:preuve", args=[envoi.page_id])).content.decode()
    assert '"lise@exemple.test";"revenue"' in preuve
    assert [a.courriel for a in lectures.qui_recevrait(creer_numero(6), [])] == ["paul@exemple.test"]


def test_a_full_mailbox_is_written_to_again_until_three_numbers_in_a_row_came_back(envoi):
    pleine = {"statut": "5.2.2", "mots": "552 5.2.2 Mailbox full"}
    morte = lambda: Abonnement.objects.get(courriel="lise@exemple.test").mort_le is not None  # noqa: E731
    recevoir(rapport(envoi, **pleine))
    remis(6)  # this one arrived
    for numero, attendu in ((7, False), (8, False), (9, True)):
        recevoir(rapport(remis(numero), **pleine))
        assert morte() is attendu
    assert not Abonnement.objects.get(courriel="paul@exemple.test").mort_le


@pytest.mark.parametrize(
    ("statut", "mots", "morte"),
    [
        ("5.1.1", "", True),
        ("5.1.1 (bad mailbox)", "X-Postfix, no such user", True),
        ("5.0.0", "550 No such user", True),
        ("5.0.0", "554 5.7.1 Blocked", False),
        ("5.7.1", "550 5.7.1 Spam", False),
        ("5.4.1", "550 Recipient address rejected", False),
        ("5.2.1", "mailbox disabled", True),
    ],
)
def test_what_servers_say_tells_whether_somebody_is_there(envoi, statut, mots, morte):
    assert retours.lire(rapport(envoi, statut=statut, mots=mots)).morte is morte


def test_what_is_not_the_report_of_a_failure_of_ours_changes_nothing(envoi):
    premiere, seconde = envoi.destinataires.all()
    vraie = identifiant(premiere)
    fausse = vraie.replace(retours.marque(5, premiere.pk), f"fil5.{premiere.pk}.{'0' * 16}")
    autre = vraie.replace(f"fil5.{premiere.pk}.", f"fil5.{seconde.pk}.")
    reponse = f"From: lise@exemple.test\nSubject: Re: Fil\nIn-Reply-To: {vraie}\n\nMerci !".encode()
    messages = [
        creer_rapport(fausse),  # a seal that is not ours
        creer_rapport(autre),  # the seal of another letter
        rapport(envoi, action="delayed", statut="5.1.1"),
        rapport(envoi, action="delivered", statut="2.0.0"),
        rapport(envoi, statut="4.2.2"),
        rapport(envoi).replace(b"multipart/report", b"multipart/mixed"),  # a report that someone passes on
        reponse,
        b"",
        b"\xff\x00" * 50,
    ]
    assert recevoir(*messages) == (0, len(messages))
    assert (etats(envoi), Journal.objects.filter(verbe="lire_retours").count()) == (
        {"lise": "remise", "paul": "remise"},
        0,
    )


def test_a_report_about_a_letter_that_never_left_changes_nothing(envoi):
    envoi.destinataires.update(etat="attente")
    assert (recevoir(rapport(envoi)), set(etats(envoi).values())) == ((0, 0), {"attente"})


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 800))
def test_any_bytes_at_all_are_read(octets, place):
    brut = creer_rapport("<fil1.1.0123456789abcdef@exemple.test>")
    assert retours.lire(brut[:place] + octets + brut[place:]) is None


def test_the_envelope_carries_the_mark_where_the_return_address_has_room_for_it(boite, settings):
    settings.RETOURS = "retours+{}@asso.test"
    creer_abonne()
    envoi = parti(creer_numero())
    avancer()
    (de,) = boite.envoyeurs
    assert de == f"retours+{retours.marque(5, envoi.destinataires.get().pk)}@asso.test"
    nu = creer_rapport("<autre@mx.test>", a=de.upper())  # a server that quotes nothing, and shouts
    assert (recevoir(nu), etats(envoi)) == ((1, 0), {"lise": "revenue"})


def test_an_address_that_is_forgotten_leaves_the_words_of_its_server_too(envoi):
    recevoir(rapport(envoi, mots="550 5.1.1 <Lise@exemple.test>: unknown"))
    actions.se_desabonner(abonnement=Abonnement.objects.get(courriel="lise@exemple.test"))
    revenue = envoi.destinataires.get(etat="revenue")
    assert (revenue.courriel, revenue.mots) == ("l…@exemple.test", "550 5.1.1 <l…@exemple.test>: unknown")


def test_a_report_that_comes_after_its_owner_left_brings_no_address_back(envoi):
    revient = rapport(envoi, mots="550 5.1.1 <Lise@exemple.test>: unknown")
    actions.se_desabonner(abonnement=Abonnement.objects.get(courriel="lise@exemple.test"))
    assert recevoir(revient) == (1, 0)
    assert envoi.destinataires.get(etat="revenue").mots == "550 5.1.1 <L…@exemple.test>: unknown"


def test_its_owner_who_chooses_anew_is_written_to_again(envoi):
    recevoir(rapport(envoi))
    abonne = Abonnement.objects.get(courriel="lise@exemple.test")
    actions.choisir(abonnement=abonne, region="", frequence="chaque", forme="texte")
    assert regles.recoivent(Abonnement.objects.all(), None, []).count() == 2


def test_a_folder_gives_its_reports_once_and_keeps_what_people_wrote(envoi, settings, tmp_path):
    boite = mailbox.Maildir(tmp_path / "retours")
    for message in (rapport(envoi), b"Subject: Bonjour\n\nMerci", rapport(envoi, "paul")):
        boite.add(message)
    settings.RETOURS_BOITE = f"maildir://{tmp_path / 'retours'}"
    assert (releve.relever(), releve.relever()) == ((2, 1), (0, 0))
    (reste,) = boite
    assert (reste["Subject"], reste.get_flags()) == ("Bonjour", "S")


def test_a_mailbox_at_a_host_is_read_by_the_worker(envoi, settings, tmp_path, monkeypatch):
    serveur = Imap(tmp_path, [rapport(envoi), b"Subject: Bonjour\r\n\r\nMerci"])
    monkeypatch.setenv("SSL_CERT_FILE", str(serveur.certificat))
    chez = f"127.0.0.1:{serveur.server_address[1]}"
    settings.RETOURS_BOITE = f"imaps://lise:mot@{chez}/INBOX"
    travaux.lire_les_retours()
    assert etats(envoi) == {"lise": "revenue", "paul": "remise"}
    assert serveur.messages == {2: (b"Subject: Bonjour\r\n\r\nMerci", {rb"\Seen"})}
    assert lire_retours() == "Aucune lettre revenue.\n"
    for boite in (f"imaps://lise:faux@{chez}", f"imaps://lise:mot@{chez}/Ailleurs", "imaps://127.0.0.1:1", "ici"):
        settings.RETOURS_BOITE = boite
        with pytest.raises(CommandError, match="ne s’ouvre pas"):
            lire_retours()
    serveur.shutdown()
    serveur.server_close()


def lire_retours(*args):
    sortie = io.StringIO()
    call_command("lire_retours", *args, stdout=sortie)
    return sortie.getvalue()


def test_a_message_is_read_from_the_mail_server_of_the_machine(envoi, monkeypatch):
    for message, dit in (
        (rapport(envoi), "1 lettre revenue.\n"),
        (
            b"Merci",
            "Aucune lettre revenue.\n1 message qui n’est pas le retour d’une de nos lettres.\n",
        ),
    ):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(message)))
        assert lire_retours("--message").replace("\u202f", " ") == dit


def test_without_a_mailbox_nothing_is_read_and_the_command_says_so():
    travaux.lire_les_retours()
    with pytest.raises(CommandError, match="Aucune boîte"):
        lire_retours()
