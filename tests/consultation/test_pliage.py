"""Lists are read in the order of French: accents and capitals count for nothing, wherever the order is decided."""

import ast

import pytest
from django.apps import apps
from django.db.models import CharField, EmailField, TextField

from consultation.models import Structure, Territoire
from tests import fabriques as f
from tests.serveurs import RACINE

DOSSIERS = ("consultation", "ateliers", "contenus", "site")
#: What people read, and whose first letter may have an accent.
NOMS = {"nom", "prenom", "titre", "title", "ville", "lieu", "first_name", "last_name"}
#: Models that are not ours.
AILLEURS = ("django", "wagtail", "allauth", "taggit")
#: Names that a program gave, read by nobody.
DE_MACHINE = {"travail.Passage"}


def _champ(modele, chemin):
    champ = None
    for nom in chemin.removeprefix("-").split("__"):
        if nom == "plie":
            return None
        champ = (modele._meta.pk if nom == "pk" else modele._meta.get_field(nom)) if modele else champ
        modele = champ.related_model
    return champ


def test_no_model_orders_words_by_the_codes_of_their_letters():
    notres = [m for m in apps.get_models() if not m.__module__.startswith(AILLEURS)]
    bruts = {
        f"{modele._meta.label} : {chemin}"
        for modele in notres
        for chemin in modele._meta.ordering
        if isinstance(chemin, str)
        and isinstance(champ := _champ(modele, chemin), CharField | TextField)
        and not isinstance(champ, EmailField)
        and not champ.choices
    }
    assert len(notres) > 80
    assert {brut for brut in bruts if brut.split(" : ")[0] not in DE_MACHINE} == set()


def test_no_list_is_ordered_by_the_codes_of_its_letters():
    fautes = []
    for dossier in DOSSIERS:
        for chemin in sorted((RACINE / dossier).rglob("*.py")):
            if "migrations" not in chemin.parts:
                arbre = ast.parse(chemin.read_text())
                fautes += [f"{chemin.relative_to(RACINE)}:{n}" for n in _ordres_bruts(arbre)]
    assert fautes == []


def _ordres_bruts(arbre):
    """The lines where order_by is given a name as it is, or sorted a key that is one."""
    for appel in (n for n in ast.walk(arbre) if isinstance(n, ast.Call)):
        fonction = getattr(appel.func, "attr", getattr(appel.func, "id", ""))
        if fonction == "order_by" and any(
            isinstance(a, ast.Constant) and str(a.value).removeprefix("-").split("__")[-1] in NOMS
            for a in appel.args
        ):
            yield appel.lineno
        if fonction in ("sorted", "sort"):
            cles = [
                mot.value.body for mot in appel.keywords if mot.arg == "key" and isinstance(mot.value, ast.Lambda)
            ]
            for cle in cles:
                parties = cle.elts if isinstance(cle, ast.Tuple) else [cle]
                if any(isinstance(p, ast.Attribute) and p.attr in NOMS for p in parties):
                    yield appel.lineno


@pytest.mark.parametrize(
    ("texte", "brut"),
    [
        ('x.order_by("-n", "territoire__nom")', True),
        ("sorted(x, key=lambda r: (r.n, r.nom))", True),
        ('x.order_by("nom__plie")', False),
        ("sorted(x, key=lambda r: plier(r.nom))", False),
    ],
)
def test_what_the_test_above_calls_a_fault(texte, brut):
    assert list(_ordres_bruts(ast.parse(texte))) == ([1] if brut else [])


@pytest.mark.django_db
def test_territoires_and_structures_stand_where_a_dictionary_would_put_them():
    for nom in ("Occitanie", "Île-de-France", "Hauts-de-France", "Martinique"):
        f.creer_territoire(nom=nom)
    for nom in ("zèbre", "Élan", "Écluse", "ferme"):
        Structure.objects.create(nom=nom)
    noms = ["Hauts-de-France", "Île-de-France", "Martinique", "Occitanie"]
    assert [t.nom for t in Territoire.objects.filter(nom__in=noms)] == noms
    assert [s.nom for s in Structure.objects.all()] == ["Écluse", "Élan", "ferme", "zèbre"]
