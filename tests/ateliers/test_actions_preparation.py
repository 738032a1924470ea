"""Preparing a room and its déroulé: what is made, what is refused, what the journal keeps."""

import pytest

from ateliers import actions
from ateliers.actions.programme import compter_phrases
from ateliers.deroules import DEROULES
from ateliers.models import Atelier, Etape, Salle
from consultation.erreurs import Refus
from consultation.models import Axe, Espace, Journal, Scrutin

from .fabriques_ateliers import faire_atelier, faire_compte, faire_consultation, faire_etapes

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return faire_atelier().consultation


@pytest.fixture
def temps(consultation):
    return consultation.temps.get()


@pytest.fixture
def organise(consultation):
    return faire_compte(consultation, "organisateur", email="organise@exemple.test")


def refus(acte, **kwargs):
    with pytest.raises(Refus) as leve:
        acte(**kwargs)
    return leve.value.code, leve.value.statut, leve.value.champ


def titres(atelier):
    return [(e.titre, e.ordre) for e in atelier.etapes.all()]


def test_a_room_is_made_whole_in_one_act(consultation, temps, organise):
    axe = Axe.objects.create(consultation=consultation, titre="Apprendre")
    atelier = actions.creer_atelier(
        consultation=consultation,
        temps=temps,
        titre="  Se former  ",
        question="Comment ?",
        axes=[axe],
        par=organise,
    )
    atelier = Atelier.objects.get(pk=atelier.pk)
    assert (atelier.titre, atelier.espace.question, list(atelier.espace.axes.all()), len(atelier.code)) == (
        "Se former",
        "Comment ?",
        [axe],
        6,
    )
    assert [(e.nature, e.duree) for e in atelier.etapes.all()] == [
        ("accueil", 10),
        ("ideation", 14),
        ("regroupement", 15),
        ("vote", 8),
        ("discussion", 10),
        ("synthese", 20),
        ("pause", 15),
    ]
    vote = atelier.etapes.get(nature="vote").scrutin
    assert (vote.mode, vote.gommettes, vote.etat, vote.espace) == ("gommettes", 3, "prepare", atelier.espace)
    assert Journal.objects.filter(verbe="creer_atelier", objet_id=atelier.pk, compte_id=organise.pk).count() == 1


def test_leading_is_not_enough_to_make_a_room(consultation, temps):
    anime = faire_compte(consultation, "animateur")
    essai = {"consultation": consultation, "temps": temps, "titre": "Se former", "par": anime}
    assert refus(actions.creer_atelier, **essai) == ("interdit", 403, None)
    assert Espace.objects.count() == 1


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"titre": "   "}, ("invalide", 422, "titre")),
        ({"titre": "x" * 300}, ("invalide", 422, "titre")),
        ({"deroule": "autre"}, ("deroule_inconnu", 422, "deroule")),
        ({"code": "AB1"}, ("code_malforme", 422, "code")),
        ({"code": "K7P-4M2"}, ("code_malforme", 422, "code")),
        ({"code": "k7p 4m2"}, ("code_pris", 409, "code")),
        ({"nature": "concert"}, ("invalide", 422, "nature")),
    ],
)
def test_what_cannot_be_made_is_refused_with_its_field_and_nothing_is_made(
    consultation, temps, organise, champs, attendu
):
    essai = {"consultation": consultation, "temps": temps, "titre": "Se former", "par": organise, **champs}
    assert refus(actions.creer_atelier, **essai) == attendu
    assert (Espace.objects.count(), Atelier.objects.count(), Scrutin.objects.count()) == (1, 1, 0)


def test_a_place_of_another_consultation_is_refused(consultation, temps, organise):
    ailleurs = faire_consultation(titre="Ailleurs", slug="ailleurs")
    salle = Salle.objects.create(consultation=ailleurs, nom="Salle bleue")
    essai = {"consultation": consultation, "temps": temps, "titre": "Se former", "par": organise}
    assert refus(actions.creer_atelier, **essai, salle=salle) == ("salle_etrangere", 422, "salle")


def test_a_room_is_changed_and_moves_on(consultation, organise):
    atelier = Atelier.objects.get()
    actions.modifier_atelier(atelier=atelier, titre="Autre titre", capacite=24, par=organise)
    atelier = Atelier.objects.get()
    assert (atelier.titre, atelier.capacite, atelier.sequence) == ("Autre titre", 24, 1)
    assert Journal.objects.get().details == {"champs": ["capacite", "titre"]}


def test_another_code_closes_the_old_door(consultation, organise):
    atelier = Atelier.objects.get()
    ancien = atelier.code
    actions.changer_code(atelier=atelier, par=organise)
    assert (Atelier.objects.get().code != ancien, Atelier.objects.filter(code=ancien).exists()) == (True, False)
    actions.changer_code(atelier=atelier, code="T4R9KA", par=organise)
    assert Atelier.objects.get().code == "T4R9KA"


def test_a_deroule_that_has_not_begun_is_replaced_with_its_votes(consultation, organise):
    atelier = Atelier.objects.get()
    actions.appliquer_deroule(atelier=atelier, deroule="classique", par=organise)
    actions.appliquer_deroule(atelier=atelier, deroule="criteres", par=organise)
    assert [e.proposition_nature for e in atelier.etapes.filter(nature="ideation")] == [
        "critere",
        "indicateur",
        "piste",
    ]
    assert [s.mode for s in Scrutin.objects.all()] == ["adhesion"]


def test_a_deroule_that_has_begun_is_not_replaced(consultation, organise):
    atelier = Atelier.objects.get()
    etapes = actions.appliquer_deroule(atelier=atelier, deroule="forum", par=organise)
    actions.ouvrir_etape(etape=etapes[0], par=organise)
    essai = {"atelier": atelier, "deroule": "pleniere", "par": organise}
    assert refus(actions.appliquer_deroule, **essai) == ("deroule_commence", 409, None)


def test_steps_are_added_moved_and_taken_out(consultation, organise):
    atelier = Atelier.objects.get()
    a, _b = faire_etapes(atelier, "accueil", "ideation")
    c = actions.ajouter_etape(atelier=atelier, nature="pause", titre="Café", duree=15, par=organise)
    actions.deplacer_etape(etape=c, vers=0, par=organise)
    assert titres(atelier) == [("Café", 0), ("Accueil", 1), ("Proposer", 2)]
    actions.retirer_etape(etape=a, par=organise)
    assert titres(atelier) == [("Café", 0), ("Proposer", 1)]


def test_a_step_never_goes_before_one_that_has_begun(consultation, organise):
    atelier = Atelier.objects.get()
    a, _b, c = faire_etapes(atelier, "accueil", "ideation", "pause")
    actions.ouvrir_etape(etape=a, par=organise)
    actions.deplacer_etape(etape=c, vers=0, par=organise)
    assert [titre for titre, _ordre in titres(atelier)] == ["Accueil", "Pause", "Proposer"]


@pytest.mark.parametrize("acte", [actions.retirer_etape, lambda **k: actions.deplacer_etape(vers=0, **k)])
def test_a_step_that_has_begun_stays_where_it_is(consultation, organise, acte):
    (etape,) = faire_etapes(Atelier.objects.get(), "accueil")
    actions.ouvrir_etape(etape=etape, par=organise)
    assert refus(acte, etape=etape, par=organise) == ("etape_commencee", 409, None)


def test_the_words_of_a_current_step_change_and_not_what_it_is(consultation, organise):
    (etape,) = faire_etapes(Atelier.objects.get(), "ideation")
    etape = actions.ouvrir_etape(etape=etape, par=organise)
    actions.modifier_etape(etape=etape, titre="Écrire", consigne="Une idée à la fois.", par=organise)
    assert (Etape.objects.get().titre, Etape.objects.get().consigne) == ("Écrire", "Une idée à la fois.")
    assert refus(actions.modifier_etape, etape=etape, nature="vote", par=organise) == (
        "etape_commencee",
        409,
        None,
    )


def test_changing_a_step_leaves_its_clock_alone(consultation, organise):
    (etape,) = faire_etapes(Atelier.objects.get(), "ideation")
    ouverte = actions.ouvrir_etape(etape=etape, par=organise)
    actions.modifier_etape(etape=etape, titre="Écrire", par=organise)
    assert (Etape.objects.get().etat, Etape.objects.get().echeance) == ("ouverte", ouverte.echeance)


@pytest.mark.parametrize(
    ("consigne", "phrases"),
    [
        ("", 0),
        ("Écrivez une idée", 1),
        ("Écrivez une idée. Une seule.", 2),
        ("Quoi ? Comment ! Et puis…", 3),
        ("Comptez de 1.5 à 2.5 environ.", 1),
        ("Attendez... Puis écrivez.", 2),
        ("Dites « oui ». Ou « non ».", 2),
    ],
)
def test_sentences_are_counted(consigne, phrases):
    assert compter_phrases(consigne) == phrases


def test_an_instruction_of_three_sentences_is_refused(consultation, organise):
    essai = {"atelier": Atelier.objects.get(), "nature": "accueil", "titre": "Accueil", "par": organise}
    assert refus(actions.ajouter_etape, **essai, consigne="Un. Deux. Trois.") == (
        "consigne_longue",
        422,
        "consigne",
    )
    assert not Etape.objects.exists()


@pytest.mark.parametrize("duree", [0, 481])
def test_a_senseless_duration_is_refused(consultation, organise, duree):
    essai = {"atelier": Atelier.objects.get(), "nature": "accueil", "titre": "Accueil", "par": organise}
    assert refus(actions.ajouter_etape, **essai, duree=duree) == ("invalide", 422, "duree")


@pytest.mark.parametrize("cle", DEROULES)
def test_each_ready_made_deroule_stands_in_a_room(consultation, organise, cle):
    atelier = Atelier.objects.get()
    etapes = actions.appliquer_deroule(atelier=atelier, deroule=cle, par=organise)
    for etape in etapes:
        etape.full_clean()
        assert compter_phrases(etape.consigne) <= 2
    assert sum(e.duree for e in etapes) == DEROULES[cle].duree
    assert all((e.scrutin is not None) == (e.nature == "vote") for e in etapes)
