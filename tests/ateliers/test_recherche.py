"""Accents, capitals and ligatures are one thing to whoever searches, and names are sorted as French sorts them."""

import pytest
from django.db.models import TextField, Value
from django.db.models.functions import Cast
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ateliers.gestion.inscriptions import inscrits
from ateliers.inscriptions.lectures import badges
from consultation.models import Participant, Structure
from consultation.pliage import Plie
from consultation.textes import plier
from tests import fabriques

from .gestion.gestes import adresse

BASES = [None, pytest.param("base_postgres", marks=pytest.mark.services)]
LETTRES = "".join(map(chr, [*range(0x20, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00), 0x2019, 0x202F]))


@pytest.fixture(params=BASES, ids=["sqlite", "postgresql"])
def base(request):
    request.getfixturevalue(request.param or "db")


def inscrire(consultation, prenom, nom="", structure=""):
    maison = structure and Structure.objects.get_or_create(nom=structure)[0]
    return fabriques.creer_participant(
        consultation, "permanents", prenom=prenom, nom=nom, structure=maison or None, origine="inscription"
    )


@pytest.mark.parametrize(
    ("tape", "trouve"),
    [
        *(
            (mots, "Élodie")
            for mots in ("élodie", "Elodie", "elodie", "ÉLODIE", "brehat", "Bréhat", "étape", "etape")
        ),
        *((mots, "Zoé") for mots in ("ZOE", "zoé", "If zoe", "coeur", "l'aubepine")),
        ("bréhat elodie", "Élodie"),
        ("elodie if", None),
        ("%", None),
    ],
)
def test_every_way_of_typing_a_name_finds_the_person(client, db, tape, trouve):
    consultation = fabriques.creer_consultation()
    inscrire(consultation, "Élodie", "Bréhat", "Étape Emploi")
    inscrire(consultation, "Zoé", "If", "Le Cœur de L’Aubépine")
    client.force_login(
        fabriques.creer_organisateur(consultation), backend="django.contrib.auth.backends.ModelBackend"
    )
    page = client.get(adresse("inscriptions", consultation), {"q": tape})
    assert [p.prenom for p in page.context["object_list"]] == ([trouve] if trouve else [])


def test_people_are_sorted_by_name_then_first_name_in_french_order(base):
    consultation = fabriques.creer_consultation()
    for prenom, nom in (("Zoé", "Émard"), ("élie", "Eméry"), ("Yann", "Zola"), ("Éric", ""), ("Anne", "Émard")):
        inscrire(consultation, prenom, nom)
    lus = [f"{p.nom} {p.prenom}".strip() for p in inscrits(consultation)]
    assert lus == ["Émard Anne", "Émard Zoé", "Eméry élie", "Éric", "Zola Yann"]
    Participant.objects.filter(nom="Zola").update(code_personnel="AAAA2222")
    Participant.objects.filter(prenom="Éric").update(code_personnel="AAAA3333")
    assert len(badges(consultation)) >= 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(texte="\u0345")  # a mark whose capital is a letter
@given(texte=st.text(LETTRES, max_size=40))
@example(texte="a\u034f\u0301")
def test_the_base_folds_as_we_do(base, texte):
    structure = Structure.objects.first() or Structure.objects.create(nom="x")
    lu = Structure.objects.filter(pk=structure.pk).values_list(Plie(Cast(Value(texte), TextField())), flat=True)
    assert lu.get() == plier(texte)
