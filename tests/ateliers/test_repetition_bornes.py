"""What a rehearsal refuses before anything is made, and which server it may speak to."""

import pytest

from ateliers.repetition import bornes
from ateliers.repetition.cible import Cible, lire_cible
from consultation.erreurs import Refus
from consultation.models import Journal

from .test_repetition import refus_de


@pytest.mark.parametrize(
    ("options", "phrase"),
    [
        ({"participants": 0}, "Le nombre de participants va de 1 à 5000."),
        ({"participants": 5001}, "Le nombre de participants va de 1 à 5000."),
        ({"duree": 0}, "La durée des entrées va de 1 à 600 secondes."),
        ({"limite": 61}, "La limite de temps va de 1 à 60 minutes."),
        (
            {"duree": 300, "limite": 10},
            "Avec des entrées sur 300 secondes, il faut une limite d’au moins 11 minutes.",
        ),
        ({"vers": "gemini://127.0.0.1"}, "L’adresse «\u202fgemini://127.0.0.1\u202f» n’est pas lisible."),
        ({"vers": "http://127.0.0.1:8123/a/b"}, "L’adresse "),
        ({"vers": "http://moi@127.0.0.1:8123"}, "L’adresse "),
        ({"vers": "https://exemple.org"}, "«\u202fexemple.org\u202f» n’est pas cet ordinateur."),
        (
            {"vers": "https://exemple.org", "mon_hote": "autre.org"},
            "«\u202fexemple.org\u202f» n’est pas cet ordinateur.",
        ),
        (
            {"vers": "https://exemple.org", "mon_hote": "exemple.org"},
            "«\u202fexemple.org\u202f» n’est pas un des noms",
        ),
    ],
)
@pytest.mark.django_db
def test_what_is_out_of_bounds_is_refused_in_plain_words(options, phrase):
    assert refus_de(**options).startswith(phrase)
    assert not Journal.objects.exists()


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_told_before_playing(tmp_path):
    assert refus_de(json=tmp_path / "absent" / "mesures.json").endswith("n’existe pas.")


@pytest.mark.django_db
def test_a_machine_that_opens_too_few_files_is_told_how_many_phones_fit(monkeypatch):
    monkeypatch.setattr(bornes.resource, "getrlimit", lambda _quoi: (1000, 1000))
    monkeypatch.setattr(bornes.resource, "setrlimit", lambda _quoi, _bornes: None)
    assert "1000 fichiers à la fois\u202f: 300 téléphones au plus." in refus_de(participants=301)


def test_two_rehearsals_do_not_run_at_once():
    with bornes.un_seul(), pytest.raises(Refus) as refus, bornes.un_seul():
        pass
    assert refus.value.code == "deja_en_cours"


# Whom to knock at, and as whom


def test_this_machine_is_spoken_to_under_its_own_address():
    assert lire_cible("http://localhost:8123") == Cible(
        "127.0.0.1", 8123, False, "localhost:8123", "http://localhost:8123"
    )


def test_behind_a_front_server_this_machine_is_spoken_to_as_that_server_does(settings):
    settings.URL_PUBLIQUE, settings.HTTPS = "https://germoir.exemple.org", True
    settings.ALLOWED_HOSTS = ["germoir.exemple.org"]
    entetes = (("X-Forwarded-Proto", "https"),)
    attendue = Cible("127.0.0.1", 8000, False, "germoir.exemple.org", "https://germoir.exemple.org", entetes)
    assert lire_cible("http://127.0.0.1:8000") == attendue


def test_one_s_own_site_named_twice_is_accepted(settings):
    settings.ALLOWED_HOSTS = [".exemple.org"]
    cible = lire_cible("https://salle.exemple.org", "Salle.exemple.org")
    assert cible == Cible("salle.exemple.org", 443, True, "salle.exemple.org", "https://salle.exemple.org")
