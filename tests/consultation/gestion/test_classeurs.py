"""Everything as one spreadsheet, made in the background: followed, given to organisers, gone when words go."""

import io
from functools import partial

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from consultation import actions
from consultation.actions.classeurs import perimer_classeurs
from consultation.actions.fichiers import GARDE
from consultation.erreurs import Refus
from consultation.gestion import exports, tournee
from consultation.models import Classeur, Contribution, Journal, Piste, Proposition
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_forum, entrer

from .gestes import adresse

pytestmark = pytest.mark.django_db
DIT = "Un bus le matin entre les villages"


@pytest.fixture(autouse=True)
def ici(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def forum():
    return faire_forum()


def faire_forum():
    """A forum where Bao proposed, and Zoé argued for it."""
    forum = creer_forum("proposer", "discuter")
    consultation = forum.consultation
    dite = actions.proposer_au_forum(consultation=consultation, participant=entrer(forum), texte=DIT, cle="a")
    dite = actions.relire_proposition(proposition=dite, decision="afficher", par=None)
    contribuer = partial(actions.contribuer, proposition=dite, participant=entrer(forum), nature="pour", cle="b")
    contribuer(texte="Il en faut deux, avant et après l’école.")
    return forum


def lancer(forum):
    return actions.lancer_classeur(consultation=forum.consultation, par=None)


def ecrit(classeur):
    livre = openpyxl.load_workbook(classeur.fichier)
    return {feuille.title: [tuple(ligne) for ligne in feuille.values] for feuille in livre.worksheets}


def test_the_whole_is_written_sheet_by_sheet_without_a_name(forum):
    classeur = lancer(forum)
    tournee.avancer()
    classeur.refresh_from_db()
    feuilles = ecrit(classeur)
    assert list(feuilles) == [
        "Propositions", "Arguments et questions", "Pistes", "Mur", "Résultats", "Réponses",
    ]  # fmt: skip
    dite = forum.consultation.propositions.get()
    assert feuilles["Propositions"][1][:4] == (dite.pk, DIT, "Piste", "Habitants")
    argument = (dite.pk, "Un argument pour", "Il en faut deux, avant et après l’école.", "Habitants", "Affichée")
    assert feuilles["Arguments et questions"][1][:4] == argument[:4]
    assert (classeur.etat, classeur.feuilles, classeur.lignes) == ("fait", 6, 2)
    assert classeur.octets == classeur.fichier.stat().st_size
    assert [p.name for p in classeur.dossier.iterdir()] == ["classeur.xlsx"]
    assert classeur.dossier.stat().st_mode & 0o077 == 0


def test_no_sheet_says_what_was_hidden_nor_erased_nor_what_was_said_elsewhere(forum):
    faire_forum()  # another, whose argument is nobody's here
    dite = forum.consultation.propositions.get()
    entre = entrer(forum)
    actions.contribuer(proposition=dite, participant=entre, nature="contre", texte="Trop cher.", cle="c")
    Contribution.objects.filter(nature="contre").update(texte="")
    piste = Piste.objects.create(consultation=forum.consultation, espace=dite.espace, numero=1, texte="Circuler")
    cachee = f.creer_proposition(dite.espace, "Un car le soir")
    Proposition.objects.filter(pk=cachee.pk).update(moderation=Proposition.Moderation.ECARTEE)
    forum.consultation.propositions.update(piste=piste)
    Proposition.objects.filter(pk=dite.pk).update(masques=[[0, 6]])
    Contribution.objects.filter(nature="pour").update(masques=[[0, 2]])
    classeur = lancer(forum)
    tournee.avancer()
    feuilles = ecrit(classeur)
    assert [ligne[1] for ligne in feuilles["Propositions"][1:]] == [
        "[…] le matin entre les villages", "Un car le soir",
    ]  # fmt: skip
    arguments = [ligne[2] for ligne in feuilles["Arguments et questions"][1:]]
    assert arguments == ["[…] en faut deux, avant et après l’école."]
    assert [ligne[2] for ligne in feuilles["Mur"][1:]] == [1]


def test_what_a_killed_worker_left_is_written_again(forum):
    classeur = lancer(forum)
    Classeur.objects.update(feuilles=3, lignes=700)
    (classeur.dossier / "tmpxyz").mkdir(parents=True)
    (classeur.dossier / "tmpxyz" / "classeur.xlsx").write_bytes(b"half")
    tournee.avancer()
    classeur.refresh_from_db()
    assert (classeur.etat, classeur.lignes, len(ecrit(classeur))) == ("fait", 2, 6)


def effacer(forum):
    actions.effacer_participant(participant=forum.consultation.participants.first())


def masquer(forum):
    actions.masquer_passages(proposition=forum.consultation.propositions.get(), passages=[[0, 2]], par=None)


def masquer_l_argument(forum):
    argument = forum.consultation.propositions.get().contributions.get()
    organisateur = f.creer_organisateur(forum.consultation)
    actions.moderer(texte=argument, sens="masquee", passages=[[0, 2]], par=organisateur)


def oublier(forum):
    actions.oublier_les_personnes(consultation=forum.consultation)


@pytest.mark.parametrize("acte", [effacer, masquer, masquer_l_argument, oublier])
def test_the_file_goes_with_the_words_it_holds(client, forum, acte, django_capture_on_commit_callbacks):
    classeur = lancer(forum)
    tournee.avancer()
    assert classeur.fichier.exists()
    with django_capture_on_commit_callbacks(execute=True):
        acte(forum)
    classeur.refresh_from_db()
    assert (classeur.etat, classeur.dossier.exists()) == ("arrete", False)
    client.force_login(f.creer_organisateur(forum.consultation))
    assert "effacés ou masqués depuis" in client.get(adresse("exports", forum.consultation)).text


def test_words_that_go_take_away_no_other_forums_file_and_none_before_they_have_gone(forum):
    classeur, ailleurs = lancer(forum), lancer(creer_forum("proposer"))
    tournee.avancer()
    perimer_classeurs(forum.consultation.pk)  # inside an act that may still come undone
    ailleurs.refresh_from_db()
    assert (ailleurs.etat, ailleurs.fichier.exists(), classeur.fichier.exists()) == ("fait", True, True)


def test_one_that_goes_while_it_is_written_says_why(forum, monkeypatch):
    classeur = lancer(forum)

    def effacer_puis_manquer(*_args):
        effacer(forum)
        raise OSError("its folder has gone")

    monkeypatch.setattr(tournee, "_ecrire", effacer_puis_manquer)
    tournee.avancer()
    classeur.refresh_from_db()
    assert classeur.mots[:45] == "Des mots de ce fichier ont été effacés ou mas"


def test_words_taken_back_while_it_is_written_never_come_out(forum, tmp_path):
    classeur = lancer(forum)
    pris = tmp_path / "pris.xlsx"
    tournee._ecrire(classeur, pris)
    effacer(forum)
    assert actions.finir_classeur(classeur=classeur, ecrit=pris) is False
    assert not classeur.fichier.exists()
    with pytest.raises(tournee.PlusAttendu):
        tournee._ecrire(classeur, pris)


def test_one_that_cannot_be_written_is_said_and_holds_up_no_other(forum, tmp_path):
    classeur = lancer(forum)
    (tmp_path / "classeurs").write_text("no folder can be made here")
    tournee.avancer()
    classeur.refresh_from_db()
    assert (classeur.etat, classeur.mots[:37]) == ("arrete", "Ce fichier n’a pas pu être écrit. Dem")
    (tmp_path / "classeurs").unlink()
    lancer(forum)
    tournee.avancer()
    assert forum.consultation.classeurs.first().etat == "fait"


def test_one_at_a_time(forum):
    lancer(forum)
    with pytest.raises(Refus) as refus:
        lancer(forum)
    assert (refus.value.code, forum.consultation.classeurs.count()) == ("deja", 1)
    assert lancer(creer_forum("proposer")).etat == "en_cours"  # elsewhere, nobody waits


def test_it_is_asked_for_followed_and_taken_away_on_the_screen(client, forum):
    consultation = forum.consultation
    client.force_login(f.creer_organisateur(consultation))
    page = client.post(reverse("gestion:classeur_lancer", args=[consultation.pk]), follow=True).text
    avance = BeautifulSoup(page, "html.parser").progress
    assert ("data-en-cours" in page, avance["max"], avance["value"]) == (True, "6", "0")
    classeur = consultation.classeurs.get()
    prendre = reverse("gestion:classeur_fichier", args=[consultation.pk, classeur.pk])
    assert "n’est pas prêt" in client.get(prendre, follow=True).text
    tournee.avancer()
    assert prendre in client.get(adresse("exports", consultation)).text
    recu = client.get(prendre)
    assert "no-store" in recu["Cache-Control"]
    assert len(openpyxl.load_workbook(io.BytesIO(recu.getvalue())).worksheets) == 6
    verbes = list(Journal.objects.filter(consultation=consultation).values_list("verbe", flat=True))
    assert [v for v in verbes if "classeur" in v or v == "exporter"].count("exporter") == 1


def test_a_great_many_words_are_not_written_while_one_waits(client, forum, monkeypatch):
    client.force_login(f.creer_organisateur(forum.consultation))
    envoi, la = {"sorte": "tout", "forme": "xlsx"}, adresse("exports", forum.consultation)
    assert client.post(la, envoi)["Content-Type"].startswith("application/vnd.openxml")
    monkeypatch.setattr(exports, "LOURD", 0)
    reponse = client.post(la, envoi)
    assert (reponse.status_code, reponse.url, forum.consultation.classeurs.count()) == (302, la, 1)


def test_files_are_forgotten_after_a_week(forum):
    classeur = lancer(forum)
    tournee.avancer()
    actions.oublier_classeurs()
    assert classeur.fichier.exists()
    Classeur.objects.update(demande_le=classeur.demande_le - GARDE)
    actions.oublier_classeurs()
    assert (Classeur.objects.count(), classeur.dossier.exists()) == (0, False)
