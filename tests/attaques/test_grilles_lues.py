"""The attacker before a questionnaire: what its page, its files and two readings of it say, and what follows."""

import io
import random

import openpyxl
import pytest

from consultation import actions
from consultation.models import CopieGrille, Grille
from consultation.questions import comptage
from consultation.questions.structure import Choix, Nature, Question
from tests.consultation.test_grilles_lecture import recevoir
from tests.consultation.test_questions import question

from . import monde as m

EXACT = "exact"
REPONSES = ("bus", "velo", "train", "pied")


def salle(graine):
    """(a question with several answers, what people of one to three colleges answered)"""
    hasard = random.Random(graine)
    cles = REPONSES[: hasard.choice([2, 3, 3, 4])]
    attraits = [hasard.choice([0.02, 0.5, 0.95, hasard.random()]) for _cle in cles]
    donnees = []
    for college in range(hasard.randint(1, 3)):
        for _ in range(hasard.choice([1, 3, 5, 6, 8, 12, 20])):
            dits = [cle for cle, attrait in zip(cles, attraits, strict=True) if hasard.random() < attrait]
            donnees.append((college, dits or [hasard.choice(cles)]))
    return Question("a", Nature.PLUSIEURS, "?", choix=tuple(Choix(c, c) for c in cles)), donnees


def _bornes(case, gens):
    if case["forme"] == EXACT:
        return case["personnes"], case["personnes"]
    return {"peu": (0, 1), "presque_tous": (max(0, gens - 1), gens), "tu": (0, gens)}[case["forme"]]


def fuites(table):
    """Hidden figures with one value: of those who gave an answer, everyone having given one at least (HiGHS)."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    colleges = {c: lu["votants"] for c, lu in table["colleges"].items() if lu["votants"]}
    cles = [(p, c) for p in table["pistes"] for c in colleges]
    bornes = {
        (p, c): _bornes(table["pistes"][p]["colleges"].get(c, {"forme": "tu"}), colleges[c]) for p, c in cles
    }
    totaux = {p: _bornes(ligne, table["votants"]) for p, ligne in table["pistes"].items()}

    def somme(garde):
        return np.array([float(garde(*cle)) for cle in cles])

    lignes = [(somme(lambda p, c, piste=piste: p == piste), *bas_haut) for piste, bas_haut in totaux.items()]
    lignes += [(somme(lambda p, c, le=le: c == le), gens, np.inf) for le, gens in colleges.items()]
    cachees = [(cle, somme(lambda p, c, cle=cle: (p, c) == cle)) for cle, (b, h) in bornes.items() if b < h]
    cachees = cachees if len(colleges) > 1 else []  # one college is the total
    cachees += [(p, somme(lambda q, c, p=p: q == p)) for p, (bas, haut) in totaux.items() if bas < haut]
    cadre = LinearConstraint(
        np.array([x for x, _b, _h in lignes]), [b for _x, b, _h in lignes], [h for _x, _b, h in lignes]
    )
    trouvees = []
    for nom, but in cachees:
        lus = [
            milp(
                sens * but,
                constraints=cadre,
                integrality=np.ones(len(cles)),
                bounds=Bounds(*zip(*bornes.values(), strict=True)),
            )
            for sens in (1, -1)
        ]
        assert all(lu.success for lu in lus)
        if round(lus[0].fun) == -round(lus[1].fun):
            trouvees.append(nom)
    return trouvees


def test_nothing_follows_from_everyone_having_answered():
    pytest.importorskip("scipy")
    tables = [comptage.compter(*salle(graine)) for graine in range(60)]
    assert [trouvees for table in tables if (trouvees := fuites(table))] == []
    assert any(ligne["colleges"] for table in tables for ligne in table["pistes"].values())


def test_without_that_rule_something_does(monkeypatch):
    pytest.importorskip("scipy")
    monkeypatch.setattr(comptage, "_au_moins_une", lambda table: table)
    assert any(fuites(comptage.compter(*salle(graine))) for graine in range(60))


@pytest.fixture
def lue(monde):
    """A grille of three colleges, closed and counted: of the salariés, all but one said yes; two partners came."""
    ici = monde.ici
    grille = actions.creer_grille(
        consultation=ici.consultation,
        titre="Avis",
        contenu={"sections": [{"titre": "Ici", "questions": [
            question("vu", "oui_non"),
            question("bus", "plusieurs", choix="tram velo", si=[{"question": "vu", "parmi": ["oui"]}]),
            question("heures", "decimal"),
        ]}]},
        par=None,
    )  # fmt: skip
    actions.mettre_en_ligne(grille=grille, par=None)
    for college, oui, non in (("salaries", 9, 1), ("permanents", 7, 8), ("partenaires", 1, 1)):
        recevoir(grille, college, oui, vu="oui", bus=["tram"], heures="4")
        recevoir(grille, college, non, vu="non", heures="6")
    Grille.objects.filter(pk=grille.pk).update(etat="close")
    return actions.compter_grille(grille=grille, par=None)


def lectures(monde, grille):
    """What the organiser's page, its XLSX and its CSV say of the figures."""
    client, adresse = (
        monde.client("organisateur"),
        m.adresse("gestion_ateliers:grille_lire", monde.ici, pk=grille.pk),
    )
    page = client.get(adresse).content.decode()
    xlsx = io.BytesIO(client.post(adresse, {"forme": "xlsx"}).getvalue())
    cases = [str(case) for ligne in openpyxl.load_workbook(xlsx).active.values for case in ligne]
    return page[page.index('id="chiffres"') :], cases, client.post(adresse, {"forme": "csv"}).content.decode()


@pytest.mark.django_db
def test_page_and_files_tell_the_counted_figures_and_stay_the_same_when_answers_go(monde, lue):
    page, cases, fichier = avant = lectures(monde, lue)
    for dit in (page, " ".join(cases), fichier):
        assert ("17 personnes sur 27" in dit, "10 personnes sur 27" in dit) == (True, True)
        assert not any(tu in dit for tu in ("9 sur 10", "1 sur 10", "7 sur 15", "1 sur 2"))
    partie = CopieGrille.objects.filter(grille=lue, college__signe="partenaires").first()
    actions.effacer_copie(copie=partie, par=None)
    assert tuple(sans_jetons(dit) for dit in lectures(monde, lue)) == tuple(map(sans_jetons, avant))


def sans_jetons(dit):
    lignes = dit if isinstance(dit, list) else dit.splitlines()
    return [ligne for ligne in lignes if "csrfmiddlewaretoken" not in ligne]
