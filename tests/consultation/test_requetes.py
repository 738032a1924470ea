"""What is read and written by SQL written once is what the queryset reads and writes, whatever it is asked."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from consultation.actions.comptage import ajouter_au_decompte
from consultation.models import Bulletin, Decompte, Journal, Participant, Piste
from consultation.requetes import Prete, PreteEnObjets, cles_vers, inserer, recrire
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def gens_de(consultation, numeros):
    voulus = Participant.objects.filter(consultation=consultation, pk__in=numeros, origine="salle").order_by("pk")
    return voulus.values_list("pk", "prenom", "entre_le", "accord_publication")


def test_they_give_the_rows_of_the_queryset_with_their_python_values():
    consultation, ailleurs = f.creer_consultation(), f.creer_consultation()
    siens = [p.pk for p in f.creer_participants(consultation, 3)] + [f.creer_participant(ailleurs).pk]
    prete = Prete(gens_de)
    for numeros in (siens, siens[1:2], siens[2:], siens[::-1]):
        lues = [tuple(ligne) for ligne in prete(consultation.pk, tuple(numeros))]
        assert lues == list(gens_de(consultation.pk, numeros))
    assert [ligne[0] for ligne in prete(consultation.pk, tuple(siens))] == siens[:3]


def test_json_comes_back_as_it_was_kept():
    scrutin = f.creer_scrutin(f.creer_espace())
    f.faire_voter(scrutin, "salaries", 1, {scrutin.pistes.first(): 1})
    bulletin = Bulletin.objects.get()
    prete = Prete(lambda pk: Bulletin.objects.filter(scrutin=pk).order_by().values_list("pk", "ordres"))
    assert [tuple(ligne) for ligne in prete(scrutin.pk)] == [(bulletin.pk, bulletin.ordres)]
    assert bulletin.ordres != {}


def test_a_text_from_outside_is_a_value_and_nothing_else():
    personne = f.creer_participant(f.creer_consultation(), prenom="Zoé' OR 1=1 --")
    prete = Prete(lambda prenom: Participant.objects.filter(prenom=prenom).order_by().values_list("pk"))
    assert [list(map(tuple, prete(mot))) for mot in (personne.prenom, "' OR 1=1 --", "2000000000")] == [
        [(personne.pk,)],
        [],
        [],
    ]


def test_the_sql_is_written_once_for_as_many_values_and_nobody_is_asked_about_nobody():
    ecrites = []

    def demander(numeros):
        ecrites.append(len(numeros))
        return Participant.objects.filter(pk__in=numeros).order_by().values_list("pk")

    prete = Prete(demander)
    with CaptureQueriesContext(connection) as lues:
        assert [list(prete(numeros)) for numeros in ((1, 2), (3, 4), (5,), (6,), ())] == [[], [], [], [], []]
    assert (ecrites, len(lues)) == ([2, 1], 4)


def test_whole_rows_come_with_those_their_keys_lead_to_and_none_where_a_key_leads_nowhere(
    django_assert_num_queries,
):
    espace = f.creer_espace()
    dedans = f.creer_piste(espace)
    hors = Piste.objects.create(consultation=espace.consultation, numero=70, texte="D’aucun atelier")
    prete = PreteEnObjets(
        Piste, lambda pk: Piste.objects.filter(consultation=pk), ["espace", "espace__consultation"]
    )
    with django_assert_num_queries(1):
        lues = prete(espace.consultation_id)
        noms = [(p.pk, p.texte, p.espace and p.espace.consultation.titre) for p in lues]
    assert noms == [(dedans.pk, dedans.texte, espace.consultation.titre), (hors.pk, hors.texte, None)]


def test_a_long_way_is_gone_step_by_step():
    assert cles_vers(["espace__consultation", "temps"]) == ["espace", "espace__consultation", "temps"]


def test_rows_inserted_are_those_the_queryset_would_write_and_have_their_keys_in_order():
    scrutin = f.creer_scrutin(f.creer_espace())
    ordres = {"7": 1_700_000_000_000, "é'": None}

    def bulletins(noms):
        gens = [f.creer_participant(scrutin.consultation, prenom=nom) for nom in noms]
        return [
            Bulletin(scrutin=scrutin, participant=p, college=p.college, cle=f"%s'{p.prenom}", ordres=ordres)
            for p in gens
        ]

    ecrits = bulletins(("Zoé", "Ali"))
    inserer(ecrits)
    Bulletin.objects.bulk_create(bulletins(("Zoé", "Ali")))
    relus = list(Bulletin.objects.order_by("pk"))
    assert [un.pk for un in ecrits] == [un.pk for un in relus[:2]]
    assert [(un.cle, un.ordres, un.college_id) for un in relus[:2]] == [
        (un.cle, un.ordres, un.college_id) for un in relus[2:]
    ]
    assert [(un.depose_le, un._state.adding) for un in ecrits] == [(un.depose_le, False) for un in relus[:2]]


def test_more_rows_than_a_statement_holds_are_all_inserted_and_none_asks_nothing():
    entrees = [Journal(verbe=f"essai {rang}") for rang in range(300)]
    with CaptureQueriesContext(connection) as faites:
        inserer(entrees)
        inserer([])
    assert len(faites) == 3  # SQLite is given 999 values at most, an entry has nine
    lues = list(Journal.objects.filter(verbe__startswith="essai ").order_by("pk").values_list("pk", "verbe"))
    assert lues == [(entree.pk, f"essai {rang}") for rang, entree in enumerate(entrees)]


def test_a_tally_takes_more_differences_than_a_statement_holds_and_never_falls_below_nought():
    scrutin = f.creer_scrutin(f.creer_espace())
    piste, college = scrutin.pistes.first().pk, f.college(scrutin.consultation, "salaries").pk
    comptes = {(piste, college, valeur): valeur for valeur in range(1, 301)}
    for signe in (1, 1, -1):
        ajouter_au_decompte(scrutin, {cle: signe * n for cle, n in comptes.items()} | {(piste, college, 999): 0})
    kept = Decompte.objects.filter(scrutin=scrutin).values_list("piste", "college", "valeur", "votants")
    assert {tuple(cle): n for *cle, n in kept} == comptes
    with pytest.raises(IntegrityError), transaction.atomic():
        ajouter_au_decompte(scrutin, {(piste, college, 1): -2})


def test_rows_written_over_change_in_the_fields_named_and_in_no_other():
    espace = f.creer_espace()
    pistes = f.creer_pistes(espace, 2)
    for piste, texte in zip(pistes, ("L'une", "L'autre"), strict=True):
        piste.texte, piste.numero = texte, 41
    numeros = [piste.pk for piste in pistes]
    avant = list(Piste.objects.filter(pk__in=numeros).order_by("pk").values_list("numero", flat=True))
    recrire(pistes, "texte")
    recrire([], "texte")
    lues = list(Piste.objects.filter(pk__in=numeros).order_by("pk").values_list("texte", "numero"))
    assert lues == [("L'une", avant[0]), ("L'autre", avant[1])]
