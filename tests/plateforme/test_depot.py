"""What someone who picks up the project relies on: what is imported is declared, what is declared is locked."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

RACINE = Path(__file__).resolve().parents[2]
PROJET = tomllib.loads((RACINE / "pyproject.toml").read_text())
PRODUIT = ("consultation", "ateliers", "contenus", "site")
NOTRE = {"plateforme", "comptes", "contenus", "ateliers", "consultation", "tests", "manage"} | {
    dossier.name for dossier in (RACINE / "site").iterdir() if (dossier / "__init__.py").exists()
}


@cache
def lire(*dossiers):
    """Return {file: (its lines, every node of its code)}."""
    fichiers = [f for dossier in dossiers for f in sorted((RACINE / dossier).rglob("*.py"))]
    textes = {fichier: fichier.read_text() for fichier in fichiers}
    return {f: (texte.count("\n"), list(ast.walk(ast.parse(texte)))) for f, texte in textes.items()}


def modules_importes(*dossiers):
    """Return {first name of a module: one file that imports it}, but for our own and the standard library's."""
    importes = {}
    for fichier, (_lignes, noeuds) in lire(*dossiers).items():
        for noeud in noeuds:
            if isinstance(noeud, ast.Import):
                noms = [alias.name for alias in noeud.names]
            elif isinstance(noeud, ast.ImportFrom) and not noeud.level:
                noms = [noeud.module]
            else:
                continue
            for nom in (nom.split(".")[0] for nom in noms):
                if nom not in sys.stdlib_module_names and nom not in NOTRE:
                    importes.setdefault(nom, str(fichier.relative_to(RACINE)))
    return importes


def demandes(*listes):
    return {canonicalize_name(Requirement(ligne).name) for liste in listes for ligne in liste}


_paquets = cache(packages_distributions)


def sans_declaration(importes, declares):
    """Those among `importes` that no declared distribution brings."""
    viennent_de = _paquets()
    return {
        module: fichier
        for module, fichier in importes.items()
        if not declares & {canonicalize_name(nom) for nom in viennent_de.get(module, [module])}
    }


def test_every_library_the_product_imports_is_declared():
    declares = demandes(PROJET["project"]["dependencies"])
    assert sans_declaration(modules_importes(*PRODUIT), declares) == {}


def test_every_library_the_tests_import_is_declared():
    declares = demandes(PROJET["project"]["dependencies"], PROJET["project"]["optional-dependencies"]["dev"])
    assert sans_declaration(modules_importes("tests"), declares) == {}


def verrouilles(fichier):
    """{name: set of versions} of a lock file; each line of it carries its hashes."""
    versions = {}
    for ligne in re.sub(r"\\\n", " ", (RACINE / fichier).read_text()).splitlines():
        if trouve := re.match(r"([\w.-]+)(?:\[[^]]*\])?==([^ ;]+)", ligne):
            assert "--hash=sha256:" in ligne, ligne
            versions.setdefault(canonicalize_name(trouve[1]), set()).add(trouve[2])
    return versions


def hors_du_verrou(lignes, verrou):
    """The requirements that the lock file does not answer, or answers with a version they refuse."""
    return [
        ligne
        for ligne in lignes
        for demande in [Requirement(ligne)]
        if not any(demande.specifier.contains(v) for v in verrou.get(canonicalize_name(demande.name), []))
    ]


def test_the_lock_files_answer_what_is_declared():
    produit, construction = PROJET["project"]["dependencies"], PROJET["dependency-groups"]["construction"]
    essais = PROJET["project"]["optional-dependencies"]["dev"]
    site, tout = verrouilles("requirements.txt"), verrouilles("requirements-dev.txt")
    assert hors_du_verrou([*produit, *construction], site) == []  # if not: make verrou
    assert hors_du_verrou([*produit, *construction, *essais], tout) == []
    assert {nom: tout.get(nom) for nom in site} == site


def test_the_documented_installation_and_the_image_use_the_lock_file():
    installer = "pip install --no-cache-dir --require-hashes -r requirements.txt"
    assert installer in (RACINE / "docs/exploitation/compose.yaml").read_text()
    assert "pip install --require-hashes -r requirements.txt" in (RACINE / "docs/exploitation.md").read_text()
    assert "--require-hashes -r requirements-dev.txt" in (RACINE / ".ci/preparer").read_text()


def test_the_changelog_alone_says_the_version():
    derniere = re.search(r"^## ([0-9.]+) \(", (RACINE / "CHANGELOG.md").read_text(), re.MULTILINE)[1]
    assert (version("germoir"), "version" in PROJET["project"]) == (derniere, False)


def centile(valeurs, part):
    """The smallest of `valeurs` below which, itself included, at least `part` hundredths of them are."""
    return sorted(valeurs)[-(-len(valeurs) * part // 100) - 1]


def test_functions_and_files_stay_short_enough_to_be_read():
    lus = {f: lu for f, lu in lire(*PRODUIT).items() if "migrations" not in f.parts and lu[0]}
    fonctions = [
        noeud.end_lineno - noeud.lineno + 1
        for _lignes, noeuds in lus.values()
        for noeud in noeuds
        if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert centile(fonctions, 95) <= 23
    assert centile([lignes for lignes, _noeuds in lus.values()], 90) <= 250


def test_a_centile_is_the_value_that_so_many_do_not_pass():
    assert [centile(range(1, 101), part) for part in (50, 90, 100)] == [50, 90, 100]
    assert centile([7], 90) == 7
