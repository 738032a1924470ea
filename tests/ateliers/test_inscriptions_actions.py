"""Importing a list, correcting a registration: what is written, what is refused, what stays."""

import pytest

from ateliers import actions
from ateliers.inscriptions.actions import corriger_inscription, importer_inscriptions, inscrire_personne
from ateliers.inscriptions.lignes import Ligne
from ateliers.inscriptions.verification import verifier
from ateliers.models import Attente, Place
from consultation.erreurs import Refus
from consultation.models import Journal, Participant, Structure
from tests.fabriques import college, creer_compte, creer_structure

from .fabriques_inscriptions import seminaire

pytestmark = pytest.mark.django_db


def ligne(numero=2, prenom="Amina", college="Salariés en parcours", **champs):
    return Ligne(numero=numero, prenom=prenom, college=college, **champs)


def erreurs(consultation, *lignes):
    return [e for v in verifier(consultation=consultation, lignes=lignes).verdicts for e in v.erreurs]


def places(consultation):
    return sorted(
        Place.objects.filter(atelier__espace__consultation=consultation).values_list(
            "participant__prenom", "atelier__espace__titre"
        )
    )


def test_a_list_registers_people_with_their_structure_and_places():
    consultation, par, _ateliers = seminaire()
    lignes = [
        ligne(nom="Élan", structure="L’Établi", ville="Niort", ateliers=("Apprendre", "Travailler")),
        ligne(3, "Karim", "permanents", structure="L’ETABLI", ville="niort", ateliers=("Transmettre, partager",)),
    ]
    fait = importer_inscriptions(consultation=consultation, lignes=lignes, par=par)
    assert fait.comptes == {"creer": 2, "modifier": 0, "inchangee": 0, "doublon": 0, "refusee": 0}
    gens = Participant.objects.filter(consultation=consultation).order_by("prenom")
    assert [(p.prenom, p.nom, p.college.signe, p.structure.nom, p.origine) for p in gens] == [
        ("Amina", "Élan", "salaries", "L’Établi", "inscription"),
        ("Karim", "", "permanents", "L’Établi", "inscription"),
    ]
    assert Structure.objects.filter(nom="L’Établi", ville="Niort").count() == 1
    assert places(consultation) == [
        ("Amina", "Apprendre"),
        ("Amina", "Travailler"),
        ("Karim", "Transmettre, partager"),
    ]


def test_the_same_list_twice_changes_nothing_the_second_time():
    consultation, par, _ateliers = seminaire()
    lignes = [ligne(structure="Tremplin", ateliers=("Apprendre",)), ligne(3, "Karim")]
    importer_inscriptions(consultation=consultation, lignes=lignes, par=par)
    codes = set(Participant.objects.values_list("prenom", "code_personnel"))
    fait = importer_inscriptions(consultation=consultation, lignes=lignes, par=par)
    assert fait.comptes == {"creer": 0, "modifier": 0, "inchangee": 2, "doublon": 0, "refusee": 0}
    assert set(Participant.objects.values_list("prenom", "code_personnel")) == codes
    assert places(consultation) == [("Amina", "Apprendre")]


def test_a_corrected_list_moves_people_and_keeps_who_they_are():
    consultation, par, _ateliers = seminaire()
    importer_inscriptions(consultation=consultation, lignes=[ligne(ateliers=("Apprendre", "Travailler"))], par=par)
    avant = Participant.objects.get()
    corrigee = ligne(college="Permanents", ateliers=("Apprendre", "Transmettre, partager"))
    fait = importer_inscriptions(consultation=consultation, lignes=[corrigee], par=par)
    apres = Participant.objects.get()
    assert fait.comptes["modifier"] == 1
    assert (apres.pk, apres.code_personnel, apres.college.signe) == (avant.pk, avant.code_personnel, "permanents")
    assert places(consultation) == [("Amina", "Apprendre"), ("Amina", "Transmettre, partager")]


def test_a_list_without_workshops_leaves_places_alone():
    consultation, par, _ateliers = seminaire()
    importer_inscriptions(consultation=consultation, lignes=[ligne(ateliers=("Apprendre",))], par=par)
    importer_inscriptions(consultation=consultation, lignes=[ligne()], par=par, avec_ateliers=False)
    assert places(consultation) == [("Amina", "Apprendre")]


def test_a_seat_someone_has_taken_is_never_given_back_by_a_list():
    consultation, par, ateliers = seminaire()
    importer_inscriptions(consultation=consultation, lignes=[ligne(ateliers=("Apprendre",))], par=par)
    consultation.etat = "ouverte"
    consultation.save()
    ateliers[0].espace.consultation.refresh_from_db()
    actions.entrer(atelier=ateliers[0], participant=Participant.objects.get())
    importer_inscriptions(consultation=consultation, lignes=[ligne(ateliers=("Travailler",))], par=par)
    assert places(consultation) == [("Amina", "Apprendre"), ("Amina", "Travailler")]


def test_wrong_rows_are_left_out_and_the_right_ones_written():
    consultation, par, _ateliers = seminaire()
    fait = importer_inscriptions(
        consultation=consultation, lignes=[ligne(college="permanant"), ligne(3, "Karim")], par=par
    )
    assert fait.comptes == {"creer": 1, "modifier": 0, "inchangee": 0, "doublon": 0, "refusee": 1}
    assert [p.prenom for p in Participant.objects.all()] == ["Karim"]


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"college": "permanant"}, "collège « permanant » inconnu. Vouliez-vous dire « Permanents » ?"),
        ({"college": "zzz"}, "collège « zzz » inconnu."),
        ({"college": ""}, "Le collège manque. Écrivez au nom de qui cette personne parle."),
        ({"prenom": ""}, "Le prénom manque. Écrivez un prénom ou un surnom."),
        ({"prenom": "=HYPERLINK(1)"}, "Le prénom est une formule de calcul. Écrivez le prénom lui-même."),
        ({"prenom": "a" * 41}, "Le prénom dépasse 40 signes. Raccourcissez-le."),
        ({"ateliers": ("Aprendre",)}, "atelier « Aprendre » inconnu. Vouliez-vous dire « Apprendre » ?"),
        ({"territoire": "Atlantide"}, "territoire « Atlantide » inconnu."),
    ],
)
def test_each_mistake_has_its_plain_sentence(champs, phrase):
    consultation, _par, _ateliers = seminaire()
    assert erreurs(consultation, ligne(**champs)) == [phrase]


def test_of_two_workshops_at_once_the_first_is_kept_and_it_is_said():
    consultation, par, _ateliers = seminaire()
    fait = importer_inscriptions(
        consultation=consultation, lignes=[ligne(ateliers=("Travailler ; Transmettre",))], par=par
    )
    assert fait.verdicts[0].remarques == [
        "« Travailler » et « Transmettre, partager » ont lieu en même temps. Seul le premier est gardé."
    ]
    assert places(consultation) == [("Amina", "Travailler")]


def test_the_same_row_twice_is_one_person_said_once_unless_the_organiser_says_two():
    consultation, par, _ateliers = seminaire()
    lignes = [ligne(), ligne(3, "AMINA ")]
    apercu = verifier(consultation=consultation, lignes=lignes)
    assert [(v.ligne.numero, v.double_de) for v in apercu.doublons] == [(3, 2)]
    importer_inscriptions(consultation=consultation, lignes=lignes, distincts={3}, par=par)
    assert Participant.objects.count() == 2
    encore = importer_inscriptions(consultation=consultation, lignes=lignes, par=par)
    assert encore.comptes == {"creer": 0, "modifier": 0, "inchangee": 2, "doublon": 0, "refusee": 0}


def test_namesakes_of_two_structures_are_two_people_and_named():
    consultation, par, _ateliers = seminaire()
    lignes = [ligne(nom="Orme", structure="Relais"), ligne(3, nom="ORME", structure="Escale")]
    fait = importer_inscriptions(consultation=consultation, lignes=lignes, par=par)
    assert fait.comptes["creer"] == 2
    assert [(nom, [v.ligne.numero for v in memes]) for nom, memes in fait.homonymes] == [("Amina Orme", [2, 3])]


def attentes(consultation):
    return list(
        Attente.objects.filter(atelier__espace__consultation=consultation).values_list(
            "participant__prenom", "atelier__espace__titre"
        )
    )


def test_who_finds_a_workshop_full_is_registered_and_waits_for_it():
    consultation, par, _ateliers = seminaire(capacite=1)
    lignes = [ligne(n, prenom, ateliers=("Apprendre",)) for n, prenom in ((2, "Amina"), (3, "Karim"), (4, "Lila"))]
    fait = importer_inscriptions(consultation=consultation, lignes=lignes, par=par)
    assert (fait.comptes["creer"], fait.comptes["refusee"]) == (3, 0)
    assert [(atelier.titre, n) for atelier, n in fait.attentes] == [("Apprendre", 2)]
    assert places(consultation) == [("Amina", "Apprendre")]
    assert attentes(consultation) == [("Karim", "Apprendre"), ("Lila", "Apprendre")]
    encore = importer_inscriptions(consultation=consultation, lignes=lignes, par=par)
    assert encore.comptes["inchangee"] == 3


def test_a_seat_given_back_goes_to_who_waited_first():
    consultation, par, (apprendre, *_autres) = seminaire(capacite=1)
    gens = [
        inscrire_personne(
            consultation=consultation, prenom=prenom, college=college(consultation), ateliers=[apprendre], par=par
        )
        for prenom in ("Amina", "Karim", "Lila")
    ]
    actions.renoncer(atelier=apprendre, participant=gens[0], par=par)
    assert (places(consultation), attentes(consultation)) == ([("Karim", "Apprendre")], [("Lila", "Apprendre")])


def test_a_larger_room_lets_in_those_who_wait_but_nobody_who_sits_elsewhere_then():
    consultation, par, (_matin, transmettre, travailler) = seminaire(capacite=1)
    gens = [
        inscrire_personne(
            consultation=consultation, prenom=prenom, college=college(consultation), ateliers=[travailler], par=par
        )
        for prenom in ("Amina", "Karim", "Lila")
    ]
    actions.reserver_place(atelier=transmettre, participant=gens[1], par=par)
    actions.modifier_atelier(atelier=travailler, capacite=5, par=par)
    actions.donner_les_places(consultation=consultation, par=par)
    assert places(consultation) == [
        ("Amina", "Travailler"),
        ("Karim", "Transmettre, partager"),
        ("Lila", "Travailler"),
    ]
    assert attentes(consultation) == [("Karim", "Travailler")]


def test_two_people_may_swap_full_workshops():
    consultation, par, _ateliers = seminaire(capacite=1)
    premiere = [ligne(ateliers=("Travailler",)), ligne(3, "Karim", ateliers=("Transmettre",))]
    importer_inscriptions(consultation=consultation, lignes=premiere, par=par)
    libre = [ligne(ateliers=()), ligne(3, "Karim", ateliers=("Travailler",))]
    importer_inscriptions(consultation=consultation, lignes=libre, par=par)
    assert places(consultation) == [("Karim", "Travailler")]


def test_an_email_only_joins_an_account_that_exists():
    consultation, par, _ateliers = seminaire()
    compte = creer_compte(email="amina@exemple.test")
    lignes = [ligne(courriel="Amina@exemple.test"), ligne(3, "Karim", courriel="karim@exemple.test")]
    importer_inscriptions(consultation=consultation, lignes=lignes, par=par)
    assert list(Participant.objects.order_by("prenom").values_list("compte", flat=True)) == [compte.pk, None]


def test_a_near_structure_is_pointed_at_before_it_is_created():
    consultation, _par, _ateliers = seminaire()
    creer_structure(nom="Ressourcerie du Pont", ville="")
    apercu = verifier(consultation=consultation, lignes=[ligne(structure="Ressourcerie du Pnt")])
    assert apercu.verdicts[0].remarques == [
        "La structure « Ressourcerie du Pnt » sera créée. Est-ce « Ressourcerie du Pont » ?"
    ]
    assert apercu.structures_nouvelles == 1


def test_looking_at_a_list_writes_nothing_and_asks_as_little_for_many_as_for_one(django_assert_num_queries):
    consultation, _par, _ateliers = seminaire()
    avant = (Participant.objects.count(), Structure.objects.count(), Journal.objects.count())
    for n in (1, 40):
        lignes = [ligne(i, f"P{i}", structure="Neuve", ateliers=("Apprendre",)) for i in range(n)]
        with django_assert_num_queries(7):
            verifier(consultation=consultation, lignes=lignes)
    assert (Participant.objects.count(), Structure.objects.count(), Journal.objects.count()) == avant


def test_one_refusal_while_writing_undoes_the_whole_list():
    consultation, par, _ateliers = seminaire()
    # A control character passes for a first name until the act cleans it (reading a file already has).
    lignes = [ligne(structure="Neuve", ateliers=("Apprendre",)), ligne(3, "\x01")]
    with pytest.raises(Refus) as refus:
        importer_inscriptions(consultation=consultation, lignes=lignes, par=par)
    assert refus.value.code == "prenom_vide"
    assert (Participant.objects.count(), Structure.objects.count(), places(consultation)) == (0, 0, [])


def test_an_import_is_in_the_journal_once_with_its_counts():
    consultation, par, _ateliers = seminaire()
    importer_inscriptions(consultation=consultation, lignes=[ligne()], par=par)
    entree = Journal.objects.get(verbe="importer_inscriptions")
    assert (entree.consultation_id, entree.compte_id, entree.details) == (
        consultation.pk,
        par.pk,
        {"creer": 1, "modifier": 0, "inchangee": 0, "doublon": 0, "refusee": 0},
    )


@pytest.mark.parametrize("qui", ["etranger", None])
def test_only_an_organiser_imports_not_even_the_house(qui):
    consultation, _par, _ateliers = seminaire()
    with pytest.raises(Refus) as refus:
        importer_inscriptions(consultation=consultation, lignes=[ligne()], par=qui and creer_compte())
    assert (refus.value.code, refus.value.statut, Participant.objects.count()) == ("interdit", 403, 0)


def test_a_closed_consultation_takes_no_list():
    consultation, par, _ateliers = seminaire()
    consultation.etat = "close"
    consultation.save()
    with pytest.raises(Refus) as refus:
        importer_inscriptions(consultation=consultation, lignes=[ligne()], par=par)
    assert refus.value.code == "consultation_close"


def test_someone_is_registered_by_hand_with_their_places():
    consultation, par, ateliers = seminaire()
    personne = inscrire_personne(
        consultation=consultation, prenom="Bao", college=college(consultation), ateliers=ateliers[:1], par=par
    )
    assert (personne.origine, places(consultation)) == ("inscription", [("Bao", "Apprendre")])


def test_a_correction_moves_renames_and_says_only_which_fields_in_the_journal():
    consultation, par, ateliers = seminaire()
    personne = inscrire_personne(
        consultation=consultation, prenom="Bao", college=college(consultation), ateliers=ateliers[:1], par=par
    )
    corriger_inscription(
        participant=personne,
        prenom="Baoh",
        nom="",
        college=college(consultation, "permanents"),
        structure=None,
        territoire=None,
        ateliers=ateliers[2:],
        par=par,
    )
    personne.refresh_from_db()
    assert (personne.prenom, personne.college.signe) == ("Baoh", "permanents")
    assert places(consultation) == [("Baoh", "Travailler")]
    assert Journal.objects.get(verbe="corriger_participant").details == {"champs": ["prenom"]}


def test_a_correction_that_cannot_be_done_whole_changes_nothing():
    consultation, par, (apprendre, *_autres) = seminaire()
    etrangere, _par, _ateliers = seminaire()
    personne = inscrire_personne(
        consultation=consultation, prenom="Karim", college=college(consultation), ateliers=[apprendre], par=par
    )
    with pytest.raises(Refus) as refus:
        corriger_inscription(
            participant=personne, prenom="Autre", ateliers=[], college=college(etrangere), par=par
        )
    personne.refresh_from_db()
    assert (refus.value.code, personne.prenom) == ("college_inconnu", "Karim")
    assert places(consultation) == [("Karim", "Apprendre")]


def test_a_long_list_is_written_with_as_few_queries_as_a_short_one(django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    consultation, par, _ateliers = seminaire()
    creer_structure(nom="Tremplin", ville="")

    def lignes(debut, n):
        return [ligne(i, f"P{i}", structure="Tremplin", ateliers=("Apprendre",)) for i in range(debut, debut + n)]

    with CaptureQueriesContext(connection) as une:
        importer_inscriptions(consultation=consultation, lignes=lignes(0, 1), par=par)
    with django_assert_max_num_queries(len(une)):
        importer_inscriptions(consultation=consultation, lignes=lignes(1, 40), par=par)
    assert Place.objects.count() == 41
