"""Preparing from what was prepared, and what cannot be in a programme."""

from datetime import date, timedelta

import pytest

from ateliers import actions
from ateliers.inscriptions.actions import inscrire_personne
from ateliers.lectures.conflits import colleges_invisibles, conflits
from ateliers.models import Atelier, Salle, Temps
from consultation import actions as actes
from consultation.erreurs import Refus
from consultation.models import Consultation, Participant
from tests.fabriques import college, creer_animateur, creer_compte, creer_participants

from .fabriques_inscriptions import seminaire

pytestmark = pytest.mark.django_db


def etapes(atelier):
    return [
        (e.nature, e.titre, e.duree, e.scrutin and (e.scrutin.mode, e.scrutin.gommettes, e.scrutin.etat))
        for e in atelier.etapes.select_related("scrutin")
    ]


def test_a_seminar_made_again_has_its_frame_moved_in_time_and_nobody_in_it():
    consultation, par, ateliers = seminaire(
        capacite=12, titre="Séminaire 2027", slug="s27", debut=date(2027, 5, 14), fin=date(2027, 5, 15)
    )
    salle = Salle.objects.create(consultation=consultation, nom="Tilleul")
    actions.modifier_atelier(atelier=ateliers[0], salle=salle, par=par)
    inscrire_personne(consultation=consultation, prenom="Awa", college=college(consultation), par=par)
    neuve = actions.dupliquer_consultation(
        consultation=consultation, titre="Séminaire 2028", slug="s28", debut=date(2028, 5, 12), par=par
    )
    assert (neuve.titre, neuve.slug, neuve.debut, neuve.fin, neuve.etat) == (
        "Séminaire 2028",
        "s28",
        date(2028, 5, 12),
        date(2028, 5, 13),
        "preparation",
    )
    assert [(c.nom, c.signe, c.part_cible) for c in neuve.colleges.all()] == [
        (c.nom, c.signe, c.part_cible) for c in consultation.colleges.all()
    ]
    copies = list(Atelier.objects.filter(espace__consultation=neuve).dans_l_ordre())
    assert [(a.titre, a.capacite, a.salle and a.salle.nom, a.temps.debut) for a in copies] == [
        (a.titre, a.capacite, a.salle and a.salle.nom, a.temps.debut + timedelta(days=364))
        for a in Atelier.objects.filter(espace__consultation=consultation).dans_l_ordre()
    ]
    assert etapes(copies[0]) == etapes(ateliers[0])
    assert {a.code for a in copies}.isdisjoint({a.code for a in ateliers})
    assert not Participant.objects.filter(consultation=neuve).exists()
    assert [m.compte for m in neuve.mandats.all()] == [par]


def test_only_an_organiser_makes_a_seminar_again():
    consultation, _par, ateliers = seminaire()
    with pytest.raises(Refus) as refus:
        actions.dupliquer_consultation(
            consultation=consultation,
            titre="Volé",
            slug="vole",
            debut=None,
            par=creer_animateur(ateliers[0].espace),
        )
    assert (refus.value.statut, Consultation.objects.filter(slug="vole").count()) == (403, 0)


def test_a_workshop_is_copied_beside_itself_without_its_room():
    consultation, par, (apprendre, *_autres) = seminaire(capacite=9)
    apprendre.salle = Salle.objects.create(consultation=consultation, nom="Tilleul")
    apprendre.save()
    copie = actions.copier_atelier(atelier=apprendre, par=par)
    assert (copie.titre, copie.temps, copie.salle, copie.capacite) == (
        "Apprendre (copie)",
        apprendre.temps,
        None,
        9,
    )
    assert etapes(copie) == etapes(apprendre)


def test_a_half_day_is_copied_to_the_next_day_with_its_workshops_and_takes_its_rank():
    consultation, par, (_matin, transmettre, _travailler) = seminaire()
    copie = actions.copier_temps(temps=transmettre.temps, par=par)
    assert [a.titre for a in copie.ateliers.order_by("ordre")] == ["Transmettre, partager", "Travailler"]
    assert copie.debut - transmettre.temps.debut == timedelta(days=1)
    assert list(
        Temps.objects.filter(consultation=consultation).order_by("ordre").values_list("ordre", flat=True)
    ) == [
        0,
        1,
        2,
    ]


def test_what_cannot_be_is_said_room_person_and_seats():
    consultation, par, (_apprendre, transmettre, travailler) = seminaire()
    salle = Salle.objects.create(consultation=consultation, nom="Tilleul", capacite=16)
    anime = creer_compte(first_name="Ana", last_name="Orme")
    for atelier in (transmettre, travailler):
        actions.modifier_atelier(atelier=atelier, salle=salle, par=par)
        actes.confier(compte=anime, role="animateur", consultation=consultation, espace=atelier.espace, par=par)
    actions.modifier_atelier(atelier=travailler, capacite=40, par=par)
    deux = frozenset([transmettre.pk, travailler.pk])
    assert [(c.ateliers, c.phrase) for c in conflits(consultation)] == [
        (deux, "Tilleul, Après-midi : la même salle pour « Transmettre, partager », « Travailler »."),
        (frozenset([travailler.pk]), "« Travailler » : 40 places dans une salle de 16 (Tilleul)."),
        (deux, f"{anime}, Après-midi : à deux endroits à la fois, « Transmettre, partager », « Travailler »."),
    ]


def test_a_programme_without_conflict_says_nothing_and_asks_two_queries(django_assert_num_queries):
    consultation, _par, _ateliers = seminaire()
    with django_assert_num_queries(2):
        assert conflits(consultation) == []


@pytest.mark.parametrize(("nombre", "dit"), [(0, False), (9, True), (10, False)])
def test_a_college_too_few_for_the_workshops_held_at_once_is_said_beforehand(nombre, dit):
    consultation, _par, _ateliers = seminaire()
    creer_participants(consultation, nombre)
    phrases = colleges_invisibles(consultation)
    assert bool(phrases) == dit
    if dit:
        assert phrases == [
            "Salariés en parcours : 9 personnes pour 2 ateliers à la fois. Aucun résultat d’atelier ne les "
            "montrera à part (il faut 5 votants). Faites moins d’ateliers à la même heure, ou faites voter "
            "toute la salle en plénière."
        ]


def test_a_table_is_written_whole_or_not_at_all():
    consultation, par, (apprendre, transmettre, _travailler) = seminaire()
    with pytest.raises(Refus) as refus:
        actions.regler_ateliers(
            consultation=consultation,
            reglages={apprendre.pk: {"titre": "Autre"}, transmettre.pk: {"titre": ""}},
            par=par,
        )
    apprendre.espace.refresh_from_db()
    assert (refus.value.champ, apprendre.titre) == (f"{transmettre.pk}-titre", "Apprendre")
    anime = creer_animateur(transmettre.espace)
    n = actions.regler_ateliers(
        consultation=consultation,
        reglages={apprendre.pk: {"titre": "Autre", "capacite": 7, "animateur": anime}, transmettre.pk: {}},
        par=par,
    )
    apprendre = Atelier.objects.get(pk=apprendre.pk)
    assert (n, apprendre.titre, apprendre.capacite) == (1, "Autre", 7)
    assert [m.compte for m in apprendre.espace.mandats.all()] == [anime]
