"""Votes on paper: sheets numbered, keyed in once each, counted as any other ballot."""

import pytest

from consultation import actions, lectures
from consultation.actions.feuilles import lire_choix_ecrits, lire_entete
from consultation.decomptes import attendus
from consultation.erreurs import Refus
from consultation.models import (
    Bulletin,
    BulletinPapier,
    Decompte,
    Journal,
    Participant,
    Proclamation,
    Scrutin,
    Voix,
)
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def scrutin():
    """An open vote, three dots each, on pistes 1 and 2; sheets 1 to 10 are printed, the college to be ticked."""
    scrutin = f.creer_scrutin(f.creer_espace())
    actions.preparer_bulletins(scrutin=scrutin, nombre=10, par=None)
    return scrutin


def saisir(scrutin, saisie, **suite):
    return actions.saisir_bulletin(scrutin=scrutin, saisie=saisie, par=None, **suite)


def refus(scrutin, saisie, acte=saisir):
    """The code, status and sentence of a refusal, and that it left nothing."""
    avant = [modele.objects.count() for modele in (Journal, Participant, Bulletin, Voix, BulletinPapier)]
    with pytest.raises(Refus) as erreur:
        acte(scrutin, saisie)
    apres = [modele.objects.count() for modele in (Journal, Participant, Bulletin, Voix, BulletinPapier)]
    assert apres == avant
    return erreur.value.code, erreur.value.statut, erreur.value.message


def decompte(scrutin):
    lignes = Decompte.objects.filter(scrutin=scrutin, votants__gt=0).select_related("piste", "college")
    return {(d.piste.numero, d.college.signe, d.valeur): d.votants for d in lignes}


def test_a_sheet_is_the_ballot_of_someone_without_a_name_nor_a_code(scrutin):
    papier = saisir(scrutin, "7a 1 2 2", cle="k")
    personne = papier.bulletin.participant
    assert (papier.numero, personne.prenom, personne.code_personnel, personne.origine, personne.college.signe) == (
        7,
        "",
        None,
        "bulletin",
        "salaries",
    )
    assert decompte(scrutin) == {(1, "salaries", 1): 1, (2, "salaries", 2): 1}
    entree = Journal.objects.get(verbe="saisir_bulletin")
    assert (entree.objet_id, entree.details) == (scrutin.pk, {"bulletin": 7})


def test_a_sheet_is_keyed_in_once(scrutin):
    premier = saisir(scrutin, "7a 1", cle="k")
    assert saisir(scrutin, "7a 1", cle="k") == premier  # the same form, sent twice
    code, statut, message = refus(scrutin, "7b 2 2")
    assert (code, statut, message.split(",")[0]) == ("deja_saisi", 409, "Le bulletin n°\u00a07 est déjà saisi")
    assert decompte(scrutin) == {(1, "salaries", 1): 1}


def test_a_sheet_taken_back_leaves_nothing_but_the_journal_and_may_be_keyed_in_again(scrutin):
    saisir(scrutin, "8b 2")
    papier = saisir(scrutin, "7a 1")
    assert actions.retirer_bulletin(papier=papier, par=None) == 7
    assert (decompte(scrutin), Participant.objects.filter(origine="bulletin").count()) == (
        {(2, "permanents", 1): 1},
        1,
    )
    saisir(scrutin, "7c 1")
    assert decompte(scrutin) == {(2, "permanents", 1): 1, (1, "administrateurs", 1): 1}
    assert Decompte.objects.filter(votants__gt=0).count() == len(attendus(scrutin))


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ("", "Commencez par le numéro du bulletin, écrit en haut. Par exemple\u202f: 12b."),
        ("bonjour", "Commencez par le numéro du bulletin, écrit en haut. Par exemple\u202f: 12b."),
        ("3 1", "Il manque le collège. Tapez sa lettre après le numéro, par exemple 3a."),
        ("3z 1", "Pas de collège «\u202fz\u202f»\u202f: les lettres vont de a à d."),
        ("11a 1", "Aucun bulletin n°\u00a011 n’a été imprimé pour ce vote. Relisez le numéro."),
        (
            "3a",
            "Le bulletin n°\u00a03 n’a aucun choix. Une feuille vide ne se saisit pas\u202f: mettez-la à part.",
        ),
        ("3a 9", "La piste n°\u00a09 n’est pas dans ce vote. Relisez le numéro, ou ne la tapez pas."),
        (
            "3a 1x",
            "«\u202f1x\u202f» ne se lit pas. Tapez le numéro de la piste, une fois par gommette\u202f: "
            "3 7 7, ou 7x2.",
        ),
        (
            "3a 1x2 2 2",
            "Le bulletin n°\u00a03 porte 4 gommettes, et chaque personne en a 3. Relisez-le. S’il est bien ainsi, "
            "il ne compte pas\u202f: mettez-le à part.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_kept(scrutin, saisie, dit):
    assert refus(scrutin, saisie)[1:] == (422, dit)


def test_a_lot_of_one_college_needs_no_letter_and_refuses_another(scrutin):
    lot = actions.preparer_bulletins(
        scrutin=scrutin, nombre=5, college=f.college(scrutin.consultation, "partenaires"), par=None
    )
    assert (lot.premier, lot.dernier) == (11, 15)
    saisir(scrutin, "12 1")
    assert decompte(scrutin) == {(1, "partenaires", 1): 1}
    assert refus(scrutin, "13a 1")[2] == (
        "Le bulletin n°\u00a013 est du collège «\u202fPartenaires\u202f». Tapez le numéro sans lettre."
    )


def test_degrees_are_typed_by_the_letter_of_their_box():
    scrutin = f.creer_scrutin(f.creer_espace(), mode="adhesion")
    actions.preparer_bulletins(scrutin=scrutin, nombre=2, par=None)
    saisir(scrutin, "1a 1a 2D")
    assert decompte(scrutin) == {(1, "salaries", 4): 1, (2, "salaries", 1): 1}
    assert refus(scrutin, "2a 1a 1b")[2] == (
        "La piste n°\u00a01 a deux réponses. Gardez-en une, ou ne tapez rien pour elle."
    )
    assert refus(scrutin, "2a 1e")[2] == (
        "«\u202f1e\u202f» ne se lit pas. Tapez le numéro de la piste, puis la lettre de la case\u202f: 3a."
    )


def test_a_piste_joined_since_the_printing_counts_for_the_one_that_stands(scrutin):
    actions.regrouper(espace=scrutin.espace, pistes=list(scrutin.pistes.all()), texte="Les deux", par=None)
    saisir(scrutin, "1a 1 2")
    ((numero, signe, valeur),) = decompte(scrutin)
    assert (numero not in (1, 2), signe, valeur) == (True, "salaries", 2)


@pytest.mark.parametrize("reglage", [{"secret": True}, {"mode": "consent"}, {"liste_close": True}])
def test_votes_that_paper_would_betray_are_refused_with_the_reason(reglage):
    scrutin = f.creer_scrutin(f.creer_espace(), **reglage)
    code, statut, message = refus(
        scrutin, 3, acte=lambda s, n: actions.preparer_bulletins(scrutin=s, nombre=n, par=None)
    )
    assert (code, statut, message) == ("pas_sur_papier", 409, lectures.pas_sur_papier(scrutin))
    assert message.endswith("Prêtez un téléphone.")
    assert refus(scrutin, "1a 1")[:2] == ("pas_sur_papier", 409)


def test_nothing_is_keyed_in_nor_taken_back_but_while_the_vote_is_open(scrutin):
    papier = saisir(scrutin, "1a 1")
    actions.clore_scrutin(scrutin=scrutin, par=None)
    retirer = lambda s, p: actions.retirer_bulletin(papier=p, par=None)  # noqa: E731
    preparer = lambda s, n: actions.preparer_bulletins(scrutin=s, nombre=n, par=None)  # noqa: E731
    codes = [refus(scrutin, x, acte=acte)[:2] for x, acte in (("2a 1", saisir), (papier, retirer), (3, preparer))]
    assert codes == [("scrutin_clos", 409)] * 3


def test_the_results_say_how_many_came_on_paper_and_hide_as_much_as_without(scrutin):
    for n in range(1, 4):
        saisir(scrutin, f"{n}a 1")
    f.faire_voter(scrutin, "salaries", 4, {scrutin.pistes.get(numero=2).pk: 1})
    f.faire_voter(scrutin, "permanents", 9, {scrutin.pistes.get(numero=2).pk: 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    tableau = lectures.resultats(Scrutin.objects.get(pk=scrutin.pk)).tableau
    assert (tableau.votants, tableau.papier, tableau.sur_papier) == (16, 3, "dont 3 sur papier")
    assert tableau.portee.endswith("3 bulletins ont été saisis depuis le papier.")
    table = Proclamation.objects.get(scrutin=scrutin).tableau
    assert all("papier" not in ligne for ligne in table["pistes"].values())


def test_a_lot_remembers_its_pistes_and_says_when_they_have_changed(scrutin):
    scrutin.pistes.add(f.creer_piste(scrutin.espace))
    lu = lectures.depouillement_sur_papier(scrutin, lectures.pistes_a_imprimer(scrutin))
    assert [(lot.perime, lot.saisis) for lot in lu.lots] == [(True, 0)]


def test_what_the_desk_reads_takes_as_many_queries_for_five_sheets_as_for_one(scrutin, django_assert_num_queries):
    pistes = lectures.pistes_a_imprimer(scrutin)
    for n in range(1, 8):
        saisir(scrutin, f"{n}a {1 + n % 2}")
        with django_assert_num_queries(4):
            lu = lectures.depouillement_sur_papier(scrutin, pistes)
    assert (lu.imprimes, lu.saisis, [(x.papier.numero, x.choix) for x in lu.dernieres][:2]) == (
        10,
        7,
        [(7, [(2, 1)]), (6, [(1, 1)])],
    )


def test_the_head_of_a_sheet_is_read_with_or_without_spaces():
    lus = [lire_entete(saisie, ["", ""]) for saisie in ("12b 3", " 12 B: 3", "12 3", "12, 3x2")]
    assert lus == [(12, 1, "3"), (12, 1, "3"), (12, None, "3"), (12, None, "3x2")]
    par_points, par_degres = Scrutin(mode="gommettes"), Scrutin(mode="adhesion")
    assert lire_choix_ecrits("3, 7 x 2;7", par_points) == [(3, 1), (7, 2), (7, 1)]
    assert lire_choix_ecrits("3a 7:D", par_degres) == [(3, 4), (7, 1)]


@pytest.mark.parametrize("nombre", [0, 301])
def test_a_lot_has_from_one_to_three_hundred_sheets(scrutin, nombre):
    code, statut, message = refus(
        scrutin, nombre, acte=lambda s, n: actions.preparer_bulletins(scrutin=s, nombre=n, par=None)
    )
    assert (code, statut, message) == ("nombre", 422, "De 1 à 300 bulletins à la fois.")
