"""What must hold whatever happens, played at random."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation import actions
from consultation.decomptes import Familles, attendus, compter
from consultation.erreurs import Refus
from consultation.lectures.coherence import incoherences
from consultation.models import Decompte, Piste, Regroupement, Voix
from consultation.textes import ALPHABET, cle_de_code, espacer_code, nettoyer
from tests import fabriques as f

en_base = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

gestes = st.lists(
    st.one_of(
        st.tuples(st.just("voter"), st.integers(0, 5), st.integers(0, 5), st.integers(0, 4)),
        st.tuples(st.just("joindre"), st.integers(0, 5), st.integers(0, 5), st.booleans()),
        st.tuples(st.just("defaire"), st.integers(0, 9)),
        st.tuples(st.just("ecarter"), st.integers(0, 5)),
        st.tuples(st.just("reprendre"), st.integers(0, 5)),
        st.tuples(st.just("college"), st.integers(0, 5), st.integers(0, 3)),
    ),
    min_size=4,
    max_size=18,
)


def tenu(scrutin):
    lignes = Decompte.objects.filter(scrutin=scrutin, votants__gt=0)
    return {(d.piste_id, d.college_id, d.valeur): d.votants for d in lignes}


def jouer(espace, scrutin, gens, pistes, geste):
    """Play one act; a refusal is an outcome like another."""
    verbe, *valeurs = geste
    colleges = list(espace.consultation.colleges.all())
    try:
        if verbe == "voter":
            qui, piste, valeur = valeurs
            actions.voter(scrutin=scrutin, participant=gens[qui], choix={pistes[piste].pk: valeur})
        elif verbe == "joindre":
            une, autre, nouvelle = valeurs
            dans = None if nouvelle else pistes[autre]
            jointes = [pistes[une], pistes[autre]] if nouvelle else [pistes[une]]
            actions.regrouper(espace=espace, par=None, pistes=jointes, dans=dans, texte="Ensemble")
        elif verbe == "defaire":
            tous = list(Regroupement.objects.filter(consultation=espace.consultation, lignes__piste__isnull=False))
            if tous:
                actions.defaire_regroupement(regroupement=tous[valeurs[0] % len(tous)], par=None)
        elif verbe == "ecarter":
            actions.ecarter_piste(piste=pistes[valeurs[0]], par=None)
        elif verbe == "reprendre":
            actions.reprendre_piste(piste=pistes[valeurs[0]], par=None)
        else:
            gens[valeurs[0]] = actions.changer_college(
                participant=gens[valeurs[0]], college=colleges[valeurs[1]], par=None
            )
    except Refus:
        pass


@contextmanager
def exemple():
    """The base of one example, rolled back at its end: the test's own transaction holds them all."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["gommettes", "adhesion"])
@en_base
@given(suite=gestes)
def test_the_tally_kept_vote_by_vote_equals_the_one_recomputed(mode, suite):
    with exemple():
        espace = f.creer_espace()
        pistes = f.creer_pistes(espace, 6)
        gens = [f.creer_participant(espace.consultation, s) for s in ("salaries", "permanents") for _ in range(3)]
        scrutin = f.creer_scrutin(espace, pistes, mode=mode, gommettes=5)
        for geste in suite:
            jouer(espace, scrutin, gens, pistes, geste)
            assert tenu(scrutin) == attendus(scrutin)
        assert list(incoherences(espace.consultation)) == []


@pytest.mark.django_db
@en_base
@given(votes=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(1, 3)), max_size=12))
def test_joining_then_undoing_gives_back_exactly_what_was(votes):
    with exemple():
        espace = f.creer_espace()
        pistes = f.creer_pistes(espace, 4)
        gens = f.creer_participants(espace.consultation, 5)
        scrutin = f.creer_scrutin(espace, pistes, gommettes=20)
        for qui, piste, valeur in votes:
            actions.voter(scrutin=scrutin, participant=gens[qui], choix={pistes[piste].pk: valeur})
        etat = (tenu(scrutin), list(Voix.objects.order_by("pk").values()), list(espace.propositions.values()))
        geste = actions.regrouper(espace=espace, par=None, pistes=pistes[:3], texte="Ensemble")
        voteurs = {v.participant_id for v in Voix.objects.filter(scrutin=scrutin, piste__in=pistes[:3])}
        assert sum(n for (piste, _c, _v), n in tenu(scrutin).items() if piste == geste.piste_id) == len(voteurs)
        actions.defaire_regroupement(regroupement=geste, par=None)
        apres = (tenu(scrutin), list(Voix.objects.order_by("pk").values()), list(espace.propositions.values()))
        assert apres == etat


@pytest.mark.django_db
@en_base
@given(suite=st.lists(st.sampled_from(["piste", "defaire", "ecarter"]), max_size=10))
def test_numbers_run_on_without_a_gap_nor_a_reuse(suite):
    with exemple():
        espace = f.creer_espace()
        donnes = []
        for geste in suite:
            if geste == "piste":
                donnes.append(f.creer_piste(espace).numero)
            elif donnes and geste == "defaire":
                actes = Regroupement.objects.filter(
                    piste__consultation=espace.consultation, annule_le__isnull=True
                )
                if dernier := actes.last():
                    actions.defaire_regroupement(regroupement=dernier, par=None)
            elif donnes:
                actions.ecarter_piste(piste=Piste.objects.filter(espace=espace).first(), par=None)
        assert donnes == list(range(1, len(donnes) + 1))


voix = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 5), st.integers(1, 3), st.integers(0, 99)),
    unique_by=lambda v: (v[0], v[1]),
    max_size=25,
)


@given(voix=voix, liens=st.lists(st.integers(1, 5), min_size=5, max_size=5))
def test_a_family_counts_each_distinct_voter_once(voix, liens):
    jointes = {piste: (autre if autre < piste else None) for piste, autre in enumerate(liens, start=1)}
    familles = Familles(jointes)
    lues = [(qui, piste, 1, valeur, le, rang) for rang, (qui, piste, valeur, le) in enumerate(voix)]
    for mode in ("gommettes", "adhesion"):
        total = compter(mode, lues, familles)
        for racine in {familles.racine(p) for p in jointes}:
            voteurs = {qui for qui, piste, *_ in lues if familles.racine(piste) == racine}
            assert sum(n for (r, _c, _v), n in total.items() if r == racine) == len(voteurs)
    posees = sum(valeur * n for (_r, _c, valeur), n in compter("gommettes", lues, familles).items())
    assert posees == sum(valeur for *_x, valeur, _le, _pk in lues)


@given(liens=st.dictionaries(st.integers(1, 8), st.one_of(st.none(), st.integers(1, 8)), max_size=8))
def test_a_root_is_found_even_in_a_circle(liens):
    familles = Familles(liens)
    for piste in liens:
        assert familles.racine(piste) == familles.racine(familles.racine(piste))


@given(st.text(alphabet=ALPHABET, min_size=6, max_size=8), st.sampled_from([" ", "-", " - ", "\u202f"]))
def test_a_code_is_the_same_however_it_is_typed(code, coupe):
    cle = cle_de_code(code)
    saisies = [code.lower(), espacer_code(code), f"  {code[:3]}{coupe}{code[3:]}  ", cle]
    assert {cle_de_code(saisie) for saisie in saisies} == {cle}


@given(st.text(max_size=200))
def test_cleaning_is_done_once_and_for_all_and_a_code_is_always_plain(texte):
    assert nettoyer(nettoyer(texte)) == nettoyer(texte)
    cle = cle_de_code(texte)
    assert cle == cle_de_code(cle)
    assert cle.isascii()
