"""The booklet after the seminar: what became of one's own words, and of nobody else's."""

import pytest

from consultation import actions
from contenus.lectures.carnet_apres import carnet_apres
from tests.fabriques import (
    creer_espace,
    creer_participant,
    creer_piste,
    creer_proposition,
    creer_scrutin,
    faire_voter,
)

from .test_impression_carnet import lire, textes
from .test_moi import telephone

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return creer_espace()


@pytest.fixture
def sonia(espace):
    return creer_participant(espace.consultation, prenom="Sonia")


def devenues(sonia):
    idees = carnet_apres(sonia).page("devenu").idees
    return [(idee.texte, [(issue.titre, issue.suite) for issue in idee.issues]) for idee in idees]


def test_each_idea_tells_its_piste_and_its_vote(espace, sonia):
    mienne = creer_proposition(espace, "Apprendre à deux", sonia)
    piste = creer_piste(espace, "Se former en binôme", [mienne])
    creer_proposition(espace, "Un vestiaire qui ferme", sonia)
    creer_proposition(espace, "Les mots d’un autre", creer_participant(espace.consultation))
    autre = creer_piste(espace)
    scrutin = creer_scrutin(espace, [piste, autre])
    faire_voter(scrutin, "salaries", 6, {piste: 1})
    faire_voter(scrutin, "salaries", 6, {autre: 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    actions.montrer_resultats(scrutin=scrutin, par=None)
    lues = devenues(sonia)
    assert [texte for texte, _issues in lues] == ["Apprendre à deux", "Un vestiaire qui ferme"]
    assert lues[0][1] == [
        ("Elle est devenue une piste", "Piste n°\u00a01\u202f: «\u202fSe former en binôme\u202f»"),
        ("La salle a voté pour", "6 personnes sur 12"),
    ]
    assert lues[1][1] == [("Le groupe n’a pas encore fait les piles", "")]


def test_what_was_left_out_is_printed_with_its_reason(espace, sonia):
    idee = creer_proposition(espace, "Des mots trop durs", sonia)
    actions.relire_proposition(proposition=idee, decision="ecarter", motif="Elle nomme quelqu’un.", par=None)
    assert devenues(sonia) == [("Des mots trop durs", [("Elle n’est pas affichée", "Elle nomme quelqu’un.")])]


def test_whoever_wrote_nothing_is_told_so(espace, sonia):
    assert carnet_apres(sonia).page("devenu").chapeau == (
        "Vous n’avez pas écrit d’idée avec votre code. Celles des autres sont dans les synthèses."
    )


def test_it_is_read_and_printed_from_ones_own_booklet(espace, sonia):
    creer_proposition(espace, "#panic() <b>à deux</b>", sonia)
    moi = telephone(sonia)
    assert "Ce que mes idées sont devenues" in moi.get("/moi/carnet/").text
    page = moi.get("/moi/carnet/?edition=apres").text
    assert ("Sonia, vos idées après le séminaire" in page, "&lt;b&gt;à deux" in page) == (True, True)
    pdf = moi.get("/moi/carnet.pdf?edition=apres&format=gros")
    assert pdf["Content-Disposition"].endswith(f'carnet-{espace.consultation.slug}-apres-gros-caracteres.pdf"')
    assert ("« #panic() <b>à deux</b> »" in textes(pdf.content)[1], len(lire(pdf.content).pages)) == (True, 4)


def test_nobody_reads_the_ideas_of_another(client, espace, sonia):
    creer_proposition(espace, "À moi", sonia)
    autre = telephone(creer_participant(espace.consultation, prenom="Bao"))
    assert "À moi" not in autre.get("/moi/carnet/?edition=apres").text
    commun = client.get(f"/carnet/{espace.consultation.slug}/?edition=apres").text
    assert "À moi" not in commun
