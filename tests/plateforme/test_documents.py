"""What the documents say of the code, where a test can hold it."""

import re
import subprocess
import unicodedata

import pytest

from plateforme.service import FILS
from tests.serveurs import RACINE

ARCHITECTURE = (RACINE / "docs/architecture.md").read_text()
PAGES = [*sorted((RACINE / "docs").rglob("*.md")), RACINE / "README.md", RACINE / "CONTRIBUTING.md"]


def test_the_connections_of_a_process_are_those_of_its_threads():
    """The threads of the pages, and three: the rooms, their common pages, the writer."""
    for page in ("docs/exploitation.md", "docs/exploitation/compose.yaml"):
        assert f"jusqu’à {FILS + 3} connexions" in (RACINE / page).read_text(), page


def test_the_service_worker_that_is_there_is_told():
    assert (RACINE / "ateliers/views/horsligne.py").exists()
    assert "No service worker" not in ARCHITECTURE


def glossaire():
    partie = ARCHITECTURE.split("## Glossary of rooms")[1].split("\n## ")[0]
    return re.findall(r"^\| ([^|]+) \| `([^`]+)` \|", partie, re.M)


@pytest.mark.parametrize(("mot", "lieu"), glossaire())
def test_each_room_of_the_glossary_is_where_it_says(mot, lieu):
    lieu = lieu.replace("ateliers/js", "ateliers/static/ateliers/js")
    assert [*RACINE.glob(lieu.rstrip("/") + "*")] != [], mot


#: Names that whoever knows Django, Channels or Wagtail knows.
CONNUS = {
    "actions", "adapter", "apps", "asgi", "formulaires", "lectures", "locale", "management", "migrations",
    "models", "settings", "static", "templates", "templatetags", "urls", "views", "vues", "wagtail_hooks",
}  # fmt: skip


def pieces():
    """{name of a module or folder: its app}, at the top of each app."""
    for app in ("consultation", "ateliers", "contenus", *(f"site/{p.name}" for p in (RACINE / "site").iterdir())):
        if (RACINE / app / "__init__.py").exists():
            for piece in (RACINE / app).iterdir():
                nom = piece.stem.split("_")[0] if piece.stem.startswith("urls_") else piece.stem
                if not nom.startswith("_") and nom not in CONNUS and (piece.suffix == ".py" or _tient(piece)):
                    yield nom, app


def _tient(dossier):
    """Whether something is in it, but for what an older commit left compiled."""
    return dossier.is_dir() and any(piece.name != "__pycache__" for piece in dossier.iterdir())


def test_each_room_of_each_app_is_in_the_glossary():
    mots = {unicodedata.normalize("NFD", mot.lower()).encode("ascii", "ignore") for mot, _lieu in glossaire()}
    mots = set(re.split(rb"\W+", b" ".join(mots)))
    lieux = " ".join(lieu for _mot, lieu in glossaire())
    assert {
        (nom, app) for nom, app in pieces() if nom.encode() not in mots and f"{app}/{nom}" not in lieux
    } == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_to_a_file_of_ours_leads_somewhere(page):
    liens = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
    assert [lien for lien in liens if not (page.parent / lien).exists() and lien != "SECURITY.md"] == []


def test_the_act_added_as_an_example_names_tests_that_exist():
    for fichier, nom in re.findall(
        r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (RACINE / "docs/ajouter-un-acte.md").read_text()
    ):
        assert not nom or f"def {nom}(" in (RACINE / fichier).read_text()


def test_the_scripts_ask_for_nothing_that_linux_alone_has():
    scripts = [p for p in (RACINE / ".ci").iterdir() if p.name in ("commun.sh", "preparer", "demo", "lint")]
    assert [p.name for p in scripts if re.search(r"sha256sum|mapfile|readlink -f", p.read_text())] == []


def test_the_distribution_s_python_is_taken_first_and_another_by_asking(tmp_path):
    """One that is too old, or has no venv, is passed over, whatever its name."""
    corps = re.search(r"^trouver_python\(\) \{.*?^\}", (RACINE / ".ci/preparer").read_text(), re.S | re.M)[0]
    for nom, code in (("python3.11", 1), ("python3.12", 0), ("mien", 0)):
        (tmp_path / nom).write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / nom).chmod(0o755)

    def trouve(corps, python=""):
        commande = f"mourir() {{ exit 1; }}\n{corps}\ntrouver_python"
        env = {"PATH": f"{tmp_path}:/usr/bin:/bin", "PYTHON": python}
        return subprocess.run(["/bin/bash", "-c", commande], env=env, capture_output=True, text=True).stdout

    ailleurs = corps.replace("/usr/bin/python3 ", "/nulle/part/python3 ")
    assert (trouve(corps, "mien"), trouve(ailleurs)) == ("mien", "python3.12")
    assert corps.index("/usr/bin/python3 ") < corps.index("python3.11")


#: What the tests change for a moment (`monkeypatch`), and why: as a parameter the product would carry it for them.
CHANGES = {
    "a duration or a size made short, or long": {
        "LOURD",
        "MELANGES", "TIRAGES", "TICK", "PONG", "VEILLE", "PATIENCE", "ENTREES_APPAREIL", "PAR_APPAREIL", "FENETRE",
        "ATTENTE", "ETALEMENT", "MINUTE", "PREMIERE", "MEMOIRE_MAX", "RETARD", "VIE", "SUR_PLACE", "DUREES",
        "AGE", "DUREE", "TOUR", "PAR_DOMAINE", "PATIENCE_DNS", "COLLECTION_MAX", "CONVENTIONS_MAX", "CONFIANCE",
    },
    "a fault that cannot be had otherwise": {
        "proposer", "voter_ensemble", "_ecrire", "attendre_la_reponse", "lire", "carnet_pdf", "GABARITS", "rendre",
    },
    "a function that also counts its calls": {
        "resultats", "section", "lire", "_requete", "groupes", "acces_de", "is_usable", "verrouiller",
        "carnet_apres_pdf",
    },
    "a rule taken away, to see that it was needed": {"regle", "presents", "_au_moins_une", "_aussi_longs"},
    "what the system says of itself": {"getrlimit", "setrlimit", "disk_usage", "Resolver", "stdin"},
    "the clock, so that two runs differ by one thing alone": {"now", "time"},
    "not ours but the tests'": {"prises", "voie", "Client"},
}  # fmt: skip
CHANGE = re.compile(r'monkeypatch\.setattr\(\s*(?:"[\w.]*?(\w+)"|[\w.]+,\s*"?(\w+))')


def test_what_the_tests_change_for_a_moment_is_known():
    faits = {
        dernier or nom
        for chemin in (RACINE / "tests").rglob("*.py")
        for dernier, nom in CHANGE.findall(chemin.read_text())
    }
    assert faits == set().union(*CHANGES.values())
