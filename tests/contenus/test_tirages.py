"""A print run: in the order of the rooms, one file, one failure said by name, taken up again after a cut."""

import io
import os

import pikepdf
import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from consultation import actions as actions_consultation
from consultation.actions.fichiers import GARDE, poser
from consultation.erreurs import Refus
from consultation.gestion.classeurs import rendre_fichier
from consultation.models import Journal
from contenus import actions, tournee
from contenus.actions.tirages import finir_tirage
from contenus.impression import EchecImpression
from contenus.lectures.tirages import gens as choisis
from contenus.lectures.tirages import tirages
from contenus.models import CarnetCompose, CarnetTire, Tirage
from tests.fabriques import creer_organisateur

from .fabriques_carnet import atelier, personne, programme, seminaire

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ici(settings, tmp_path, monkeypatch):
    """Files of its own, and a tour as long as a busy machine needs."""
    settings.VAR = tmp_path
    monkeypatch.setattr(tournee, "TOUR", 600)


@pytest.fixture
def consultation():
    """Its booklet has the fewest pages that fold: what is tested here is the run."""
    consultation = seminaire()
    CarnetCompose.objects.create(consultation=consultation, corps=[("idees", None)])
    return consultation


@pytest.fixture
def gens(consultation):
    """Zoé sits in Salle Acacia, Anna in Salle Tilleul, Bao nowhere."""
    premier = programme(consultation)
    autre = atelier(consultation, "Accueillir")
    autre.salle = consultation.salles.create(nom="Salle Acacia")
    autre.save()
    anna = personne(consultation, "Anna", ateliers=[premier])
    return [personne(consultation, "Zoé", ateliers=[autre]), anna, personne(consultation, "Bao")]


def lancer(consultation, **champs):
    champs = {"qui": "tous", "format": "a5", "edition": "avant", "par": None} | champs
    return actions.lancer_tirage(consultation=consultation, **champs)


def tirer(consultation, **champs):
    tirage = lancer(consultation, **champs)
    tournee.avancer()
    tirage.refresh_from_db()
    return tirage


def a_qui(tirage):
    """Whose booklet begins on each front cover of the file, and how many pages it has."""
    pages = pypdf.PdfReader(tirage.fichier).pages
    mots = [" ".join(page.extract_text().split()) for page in pages]
    noms = ("Zoé", "Anna", "Bao")
    return [nom for page in mots for nom in noms if f"Ce carnet est à {nom}" in page], len(pages)


def test_everyones_booklet_is_in_one_file_in_the_order_of_the_rooms(consultation, gens):
    tirage = tirer(consultation)
    noms, pages = a_qui(tirage)
    assert (noms, pages, tirage.etat, tirage.pages) == (["Zoé", "Anna", "Bao"], 12, "fait", 12)
    assert [e.verbe for e in Journal.objects.order_by("pk")] == ["lancer_tirage", "finir_tirage"]
    assert os.stat(tirage.dossier).st_mode & 0o077 == 0


@pytest.mark.parametrize(("format", "feuille"), [("livret", (842, 595)), ("gros", (595, 842))])
def test_a_run_has_the_sheet_of_its_format_and_each_booklet_begins_on_a_front_page(
    consultation, gens, format, feuille
):
    tirage = tirer(consultation, format=format)
    with pikepdf.open(tirage.fichier) as pdf:
        tailles = {tuple(round(float(n)) for n in page.mediabox[2:]) for page in pdf.pages}
        assert (tailles, len(pdf.pages) % 2) == ({feuille}, 0)


def test_one_failure_is_said_by_name_and_the_others_are_there(consultation, gens, monkeypatch):
    faire = tournee.carnet_pdf

    def sauf_anna(lieu, participant, format):
        if participant.prenom == "Anna":
            raise EchecImpression("carnet d’Anna", "encre renversée")
        return faire(lieu, participant, format)

    monkeypatch.setattr(tournee, "carnet_pdf", sauf_anna)
    tirage = tirer(consultation)
    (lu,) = tirages(consultation)
    assert (a_qui(tirage)[0], lu.faits, lu.sur) == (["Zoé", "Bao"], 2, 3)
    assert [(c.participant.prenom, c.mots) for c in lu.manques] == [
        ("Anna", "Ce carnet n’a pas pu être composé. Relisez ce que dit sa fiche.")
    ]
    monkeypatch.setattr(tournee, "carnet_pdf", faire)
    actions.reprendre_tirage(tirage=tirage, par=None)
    tournee.avancer()
    assert (a_qui(tirage)[0], tirages(consultation)[0].remarques) == (["Zoé", "Anna", "Bao"], [])


def test_a_run_cut_anywhere_goes_on_without_making_anything_twice(consultation, gens, monkeypatch):
    faits = []
    faire = tournee.carnet_pdf

    def coupee_apres_deux(lieu, participant, format):
        if len(faits) == 2:
            raise KeyboardInterrupt  # what no task catches, as a machine that stops
        faits.append(participant.prenom)
        return faire(lieu, participant, format)

    monkeypatch.setattr(tournee, "carnet_pdf", coupee_apres_deux)
    tirage = lancer(consultation)
    with pytest.raises(KeyboardInterrupt):
        tournee.avancer()
    (lu,) = tirages(consultation)
    assert (faits, lu.faits, lu.tirage.etat) == (["Zoé", "Anna"], 2, "en_cours")
    monkeypatch.setattr(tournee, "carnet_pdf", lambda *args: faits.append("repris") or faire(*args))
    tournee.avancer()
    assert (faits, a_qui(tirage)[0]) == (["Zoé", "Anna", "repris"], ["Zoé", "Anna", "Bao"])


def test_a_booklet_lost_from_the_disk_is_made_again(consultation, gens):
    tirage = lancer(consultation)
    CarnetTire.objects.filter(rang=1).update(etat="fait")  # said to be made; its file is not there
    tournee.avancer()
    assert tirages(consultation)[0].faits == 2
    tournee.avancer()
    assert a_qui(tirage)[0] == ["Zoé", "Anna", "Bao"]


def test_a_run_is_of_those_who_will_come_and_whose_booklet_of_this_edition_is_not_made(consultation, gens):
    for prenom, champs in {
        "Effacée": {"efface_le": timezone.now()},
        "Sans code": {"code_personnel": None},
        "Simulée": {"origine": "simulation"},
        "Carte": {"origine": "papier"},
        "Réponse": {"origine": "grille"},
    }.items():
        personne(consultation, prenom, **champs)
    zoe, anna, bao, abel = (une.pk for une in [*gens, personne(consultation, "Abel")])
    tirage = lancer(consultation)
    assert list(tirage.carnets.values_list("participant", flat=True)) == [zoe, anna, abel, bao]
    tirage.carnets.filter(rang=1).update(etat="fait")
    tirage.carnets.filter(rang=2).update(etat="echec")
    restent = [choisis(consultation, "nouveaux", edition) for edition in ("avant", "apres")]
    assert restent == [[anna, abel, bao], [zoe, anna, abel, bao]]


def test_an_act_that_means_nothing_now_is_refused_without_a_trace(consultation, gens):
    tirage = lancer(consultation)
    ailleurs = CarnetTire.objects.create(
        tirage=Tirage.objects.create(consultation=seminaire(slug="ailleurs")),
        participant=gens[0],
        rang=1,
        etat="echec",
    )

    def refus(acte):
        with pytest.raises(Refus) as refus:
            acte(tirage=tirage, par=None)
        return refus.value.code

    assert refus(actions.reprendre_tirage) == "rien"  # it is under way
    actions.arreter_tirage(tirage=tirage, par=None)
    assert refus(actions.arreter_tirage) == "pas_en_cours"
    finir_tirage(tirage=tirage, pages=12, relies=3)  # by a worker that had not heard
    tirage.refresh_from_db()
    assert (tirage.etat, tirage.pages, tirage.fini_le) == ("arrete", 0, None)
    actions.reprendre_tirage(tirage=tirage, par=None)
    finir_tirage(tirage=tirage, pages=12, relies=3)
    assert [refus(acte) for acte in (actions.reprendre_tirage, actions.arreter_tirage)] == ["rien", "pas_en_cours"]
    tirage.refresh_from_db()
    ailleurs.refresh_from_db()
    assert ailleurs.etat == "echec"  # another's failure is not this one's
    verbes = [entree.verbe for entree in Journal.objects.order_by("pk")]
    assert (tirage.etat, tirage.fini_le is not None, verbes) == (
        "fait", True, ["lancer_tirage", "arreter_tirage", "reprendre_tirage", "finir_tirage"],
    )  # fmt: skip


@pytest.mark.parametrize("apres", [1, 3])
def test_a_run_stopped_while_it_is_made_goes_no_further(consultation, gens, monkeypatch, apres):
    """After the first booklet, and after the last: then there is no file either."""
    faits = []
    tirage = lancer(consultation)

    def faire(_lieu, participant, _format):
        faits.append(participant.prenom)
        if len(faits) == apres:
            actions.arreter_tirage(tirage=tirage, par=None)
        return b"%PDF"

    monkeypatch.setattr(tournee, "carnet_pdf", faire)
    tournee.avancer()
    tournee.avancer()
    tirage.refresh_from_db()
    assert (len(faits), tirage.etat, tirage.fichier.exists()) == (apres, "arrete", False)


def test_the_edition_of_after_is_what_became_of_their_ideas_and_a_tour_ends_in_time(
    consultation, gens, monkeypatch
):
    apres = []
    monkeypatch.setattr(
        tournee, "carnet_apres_pdf", lambda qui, format: apres.append((qui.prenom, format)) or b"%"
    )
    tirage = lancer(consultation, edition="apres")
    monkeypatch.setattr(tournee, "TOUR", 0)
    tournee.avancer()
    assert (apres, tirages(consultation)[0].tirage.etat) == ([], "en_cours")
    tournee._avancer_un(tirage, float("inf"))
    assert apres == [("Zoé", "a5"), ("Anna", "a5"), ("Bao", "a5")]


def test_a_disk_that_fails_is_nobodys_fault_and_what_is_half_written_takes_no_name(
    consultation, gens, tmp_path, monkeypatch
):
    tirage = lancer(consultation)
    (tmp_path / "tirages").write_text("no folder can be made here")
    monkeypatch.setattr(tournee, "carnet_pdf", lambda *_carnet: b"%PDF")
    with pytest.raises(OSError, match="tirages"):
        tournee.avancer()
    assert set(tirage.carnets.values_list("etat", flat=True)) == {"attente"}
    (tmp_path / "tirages").unlink()

    def a_moitie(chemin):
        chemin.write_bytes(b"%P")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        poser(tirage.fichier, a_moitie)
    assert not tirage.fichier.exists()
    assert (poser(tirage.fichier, lambda chemin: chemin.write_bytes(b"%PDF")), sur_le_disque(tirage)[0]) == (
        4, "carnets.pdf",
    )  # fmt: skip


def test_a_file_is_given_whole_and_while_it_is_there_or_not_at_all(consultation):
    tirage = Tirage.objects.create(consultation=consultation)
    rendu = {}
    for etat in ("en_cours", "arrete", "fait"):
        tirage.etat = etat
        rendu[etat, "absent"] = rendre_fichier(tirage, "carnets.pdf", "application/pdf")
    poser(tirage.fichier, lambda chemin: chemin.write_bytes(b"%PDF"))
    for etat in ("en_cours", "arrete"):
        tirage.etat = etat
        rendu[etat, "présent"] = rendre_fichier(tirage, "carnets.pdf", "application/pdf")
    assert set(rendu.values()) == {None}
    tirage.etat = "fait"
    donne = rendre_fichier(tirage, "carnets.pdf", "application/pdf")
    assert (donne.getvalue(), donne["Content-Disposition"]) == (b"%PDF", 'attachment; filename="carnets.pdf"')


def test_a_name_that_fonts_do_not_have_is_printed_and_told(consultation):
    personne(consultation, "Ana 𓀀")
    tirer(consultation)
    (lu,) = tirages(consultation)
    assert [c.mots for c in lu.remarques] == ["Un signe de ce nom ne s’imprime pas\u202f: il est remplacé par □."]


def test_a_run_is_for_a_workshop_or_for_those_without_a_booklet(consultation, gens):
    accueil = gens[0].places.get().atelier
    premier = tirer(consultation, qui=f"atelier-{accueil.pk}")
    assert a_qui(premier)[0] == ["Zoé"]
    assert a_qui(tirer(consultation, qui="nouveaux"))[0] == ["Anna", "Bao"]


@pytest.mark.parametrize(
    ("champs", "code"),
    [({"qui": "atelier-0"}, "choix"), ({"format": "a3"}, "format"), ({"edition": "jamais"}, "format")],
)
def test_a_choice_that_is_not_one_is_refused_without_a_trace(consultation, gens, champs, code):
    with pytest.raises(Refus) as refus:
        lancer(consultation, **champs)
    assert (refus.value.code, consultation.tirages.count()) == (code, 0)


def test_one_run_at_a_time_and_never_an_empty_one(consultation, gens):
    tirage = lancer(consultation)
    with pytest.raises(Refus) as deja:
        lancer(consultation)
    actions.arreter_tirage(tirage=tirage, par=None)
    tournee.avancer()
    assert tirages(consultation)[0].faits == 0
    with pytest.raises(Refus) as vide:
        lancer(seminaire(slug="vide"))
    assert (deja.value.code, vide.value.code) == ("deja", "personne")


def test_whoever_is_erased_takes_the_file_away(client, consultation, gens):
    tirage = tirer(consultation)
    client.force_login(creer_organisateur(consultation))
    adresse = reverse("contenus_tirage_fichier", args=[consultation.pk, tirage.pk])
    recu = client.get(adresse)
    assert (recu["Content-Type"], "no-store" in recu["Cache-Control"]) == ("application/pdf", True)
    assert len(pypdf.PdfReader(io.BytesIO(recu.getvalue())).pages) == tirage.pages
    actions_consultation.effacer_participant(participant=gens[2], par=None)
    assert client.get(adresse).status_code == 302
    page = client.get(reverse("contenus_tirages", args=[consultation.pk])).text
    assert "a été effacée depuis" in page


def sur_le_disque(tirage):
    return sorted(fichier.name for fichier in tirage.dossier.iterdir()) if tirage.dossier.exists() else None


def test_whoever_is_erased_leaves_no_booklet_on_the_disk(
    consultation, gens, monkeypatch, django_capture_on_commit_callbacks
):
    def sauf_bao(lieu, participant, format, faire=tournee.carnet_pdf):
        if participant.prenom == "Bao":
            raise EchecImpression("carnet de Bao", "encre renversée")
        return faire(lieu, participant, format)

    monkeypatch.setattr(tournee, "carnet_pdf", sauf_bao)
    tirage = tirer(consultation)
    with django_capture_on_commit_callbacks(execute=True):
        actions_consultation.effacer_participant(participant=gens[2])  # Bao, in no booklet
    assert sur_le_disque(tirage) == ["00001.pdf", "00002.pdf", "carnets.pdf"]
    with django_capture_on_commit_callbacks(execute=True):
        actions_consultation.effacer_participant(participant=gens[1])
    assert sur_le_disque(tirage) == ["00001.pdf"]


def test_the_day_said_beforehand_leaves_no_booklet_of_anyone(
    client, consultation, gens, django_capture_on_commit_callbacks
):
    tirage = tirer(consultation)
    ailleurs = seminaire(slug="ailleurs")
    personne(ailleurs, "Lou")
    lancer(ailleurs)
    with django_capture_on_commit_callbacks(execute=True):
        actions_consultation.oublier_les_personnes(consultation=consultation)
    client.force_login(creer_organisateur(consultation))
    recu = client.get(reverse("contenus_tirage_fichier", args=[consultation.pk, tirage.pk]))
    assert (recu.status_code, sur_le_disque(tirage), consultation.tirages.get().etat) == (302, None, "arrete")
    assert [(carnet.participant.prenom, carnet.etat) for carnet in CarnetTire.objects.all()] == [
        ("Lou", "attente")
    ]


def test_files_are_forgotten_after_a_week(consultation, gens, monkeypatch):
    tirage = tirer(consultation)
    actions.oublier_tirages()
    assert tirage.fichier.exists()
    consultation.tirages.update(demande_le=tirage.demande_le - GARDE)
    actions.oublier_tirages()
    assert (consultation.tirages.count(), tirage.dossier.exists()) == (0, False)


def test_a_run_is_asked_for_and_followed_on_the_screen(client, consultation, gens):
    client.force_login(creer_organisateur(consultation))
    adresse = reverse("contenus_tirages", args=[consultation.pk])
    assert "Rien n’a encore été tiré" in client.get(adresse).text
    page = client.post(adresse, {"qui": "tous", "format": "livret", "edition": "avant"}, follow=True).text
    assert ("0 carnet" in page, "data-en-cours" in page) == (True, True)
    tirage = consultation.tirages.get()
    client.post(reverse("contenus_tirage_arreter", args=[consultation.pk, tirage.pk]))
    client.post(reverse("contenus_tirage_reprendre", args=[consultation.pk, tirage.pk]))
    tournee.avancer()
    assert "Télécharger le PDF, " in client.get(adresse).text
    assert client.post(adresse, {"qui": "x", "format": "a5", "edition": "avant"}).status_code == 422


def test_the_list_of_runs_costs_the_same_queries_whatever_their_number(
    consultation, gens, django_assert_num_queries
):
    tirer(consultation)
    with django_assert_num_queries(2):
        tirages(consultation)
    tirer(consultation, format="a4")
    with django_assert_num_queries(2):
        tirages(consultation)
