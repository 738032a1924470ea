"""What nobody may learn: what a piste has before the vote is closed, and what a few people chose, ever."""

import itertools
import json
import re

import pytest
from django.db import transaction
from django.urls import reverse

from ateliers import actions as actions_ateliers
from ateliers import identite
from ateliers.models import Etape
from consultation import actions, lectures
from consultation.models import Decompte, Scrutin
from tests import fabriques as f

from . import monde as m

pytestmark = pytest.mark.django_db

REGLES = ("personnes", "colleges_egaux", "tous_colleges")
QUORUMS = ({}, {"part_min": 5}, {"quorum_gommettes": 1})


def voter(mode, seule, autres):
    """An open vote on two pistes: one partner and nine permanents voted as said; all salariés agree."""
    espace = f.creer_espace()
    une, autre = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, autre], mode=mode)
    f.faire_voter(scrutin, "salaries", 10, {une: 3})
    for signe, choix in [("partenaires", seule), *itertools.repeat(("permanents", 0), 9 - autres)]:
        f.faire_voter(scrutin, signe, 1, {une: 3} if choix else {autre: 3})
    f.faire_voter(scrutin, "permanents", autres, {une: 3})
    return scrutin, {une.pk: 0, autre.pk: 1}


def publie(scrutin, rangs, part_min=None, **reglages):
    """Everything published of a vote, had it these settings when it closed; then it is open again."""
    with transaction.atomic():
        Scrutin.objects.filter(pk=scrutin.pk).update(**reglages)
        if part_min:
            scrutin.quorums.create(college=f.college(scrutin.consultation, "partenaires"), part_min=part_min)
        lus = lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None)).tableau
        transaction.set_rollback(True)
    return lus.explication, [
        (rangs[x.piste.id], x.total, x.points, x.longueur, x.verdict, x.sans_detail,
         [(s.personnes, s.part) for s in x.segments], [part.texte for part in x.parts])
        for x in lus.lignes
    ]  # fmt: skip


@pytest.mark.parametrize("mode", ["gommettes", "adhesion"])
def test_nothing_published_depends_on_how_the_one_voter_of_a_college_voted(mode):
    """The same totals, once with the lone partner for the piste, once with one more permanent in their place."""
    pour, contre = voter(mode, 1, 4), voter(mode, 0, 5)
    for regle, seuil, quorum in itertools.product(REGLES, (40, 60), QUORUMS):
        reglages = {"regle": regle, "seuil": seuil, **quorum}
        assert publie(*pour, **reglages) == publie(*contre, **reglages), reglages


@pytest.fixture
def scrutin_ouvert(monde):
    """A vote in the workshop's voting step: every piste has a number of dots that shows nowhere else."""
    ici = monde.ici
    etape = ici.atelier.etapes.filter(nature=Etape.Nature.VOTE).first()
    actions_ateliers.ouvrir_etape(etape=etape, par=None)
    etape.refresh_from_db()
    pistes = list(etape.scrutin.pistes.all())
    gens = [*f.creer_participants(ici.consultation, 6, "salaries"), ici.participant]
    for personne in gens:
        actions_ateliers.entrer(atelier=ici.atelier, participant=personne)
        actions_ateliers.voter(atelier=ici.atelier, participant=personne, choix={pistes[0].pk: 3})
    actions_ateliers.entrer(atelier=ici.atelier, participant=gens[0])
    return etape.scrutin


def etat(monde, pour):
    jeton = identite.jeton_direct(identite.CONSOLE, monde.ici.atelier)
    adresse = reverse("etat_direct", args=[monde.ici.atelier.code])
    return monde.client("anonyme").get(adresse, {"pour": pour, "jeton": jeton}).json()


@pytest.mark.parametrize("pour", ["participants", "projection", "console"])
def test_an_open_vote_shows_who_voted_and_nothing_of_the_pistes(monde, scrutin_ouvert, pour):
    lu = etat(monde, pour)
    assert lu["resultats"] is None
    assert lu["scrutin"]["votants"] == 7
    assert "points" not in json.dumps(lu)
    assert all(set(piste) <= {"id", "numero", "texte", "n", "axe"} for piste in lu["pistes"].get("liste", ()))


PAGES = [
    ("organisateur", "console"), ("organisateur", "regroupement"), ("organisateur", "rapporter_pistes"),
    ("organisateur", "gestion:pistes"), ("organisateur", "synthese"), ("anonyme", "projection"),
    ("participant", "contenus:devenir"), ("participant", "contenus:moi"), ("anonyme", "contenus:carnet"),
]  # fmt: skip


@pytest.mark.parametrize(("acteur", "nom"), PAGES)
def test_no_page_says_what_a_piste_has_before_the_vote_is_closed(
    monde, scrutin_ouvert, heure_arretee, acteur, nom
):
    avant = _chiffres(monde, acteur, nom)
    assert Decompte.objects.filter(scrutin=scrutin_ouvert).exists()
    Decompte.objects.filter(scrutin=scrutin_ouvert).update(votants=88_888, valeur=7)
    assert _chiffres(monde, acteur, nom) == avant
    assert "88888" not in avant.replace("\u202f", "").replace("&nbsp;", "")


def _chiffres(monde, acteur, nom):
    """The page, without what differs from one showing to the next (keys, tokens)."""
    texte = monde.client(acteur).get(m.adresse(nom, monde.ici)).content.decode()
    return re.sub(r'"[A-Za-z0-9]{64}"|(?:value|data-[a-z-]+)="[^"]{20,}"', "", texte)


@pytest.mark.parametrize("sorte", ["resultats", "tout", "pistes"])
def test_the_exports_leave_an_open_vote_out(monde, scrutin_ouvert, sorte):
    reponse = monde.client("organisateur").post(
        m.adresse("gestion:exports", monde.ici), {"sorte": sorte, "forme": "csv"}
    )
    assert scrutin_ouvert.titre not in [ligne.split(";")[0] for ligne in reponse.content.decode().splitlines()]
    assert "21" not in [case for ligne in reponse.content.decode().splitlines() for case in ligne.split(";")]
