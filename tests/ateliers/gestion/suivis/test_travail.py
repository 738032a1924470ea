"""What a region works from: its people, their words, the national pistes."""

import pytest
from django.test import Client
from django.urls import reverse

from ateliers.lectures import suivis as lectures
from consultation import actions
from consultation.erreurs import Refus
from consultation.lectures import devenir_de_piste
from consultation.lectures.fiches import fiches as lire_fiches
from consultation.models import Territoire
from contenus.lectures.donnees import donnees
from contenus.lectures.gel import figer
from tests.contenus.fabriques_contenus import creer_page_publiee
from tests.fabriques import (
    creer_axe,
    creer_editeur,
    creer_espace,
    creer_mandat,
    creer_organisateur,
    creer_participant,
    creer_participants,
    creer_piste,
    creer_proposition,
    creer_territoire,
)

from .gestes import page

pytestmark = pytest.mark.django_db


def test_people_are_of_the_region_of_their_territory_or_of_their_structures(national, bretagne, regions):
    morbihan = creer_territoire(nom="Morbihan", niveau="departement", parent=regions[0])
    structure = Territoire.objects.get(pk=morbihan.pk).structures.create(nom="Atelier du Pont", type="aci")
    for champs in ({"territoire": regions[0]}, {"territoire": morbihan}, {"structure": structure}):
        creer_participant(national, **champs)
    creer_participant(national, territoire=regions[1], structure=structure)  # one's own territory comes first
    creer_participant(national)
    assert lectures.personnes_par_region(national) == {regions[0].pk: 3, regions[1].pk: 1}
    gens = national.participants.filter(lectures.dans(regions[0]))
    assert gens.count() == 3


def test_the_region_reads_its_peoples_words_and_the_national_pistes(national, bretagne, regions):
    espace = creer_espace(consultation=national)
    gens = creer_participants(national, 5, territoire=regions[0])
    dites = [creer_proposition(espace, f"Une idée d’ici {rang}", qui) for rang, qui in enumerate(gens)]
    ailleurs = creer_piste(espace, "Une piste d’ailleurs")
    d_ici = creer_piste(espace, "Une piste d’ici", dites[:2])
    matiere = lectures.matiere(bretagne, 5)
    assert [p.texte for p in matiere.propositions] == [p.texte for p in dites]
    assert [(lue.piste, lue.d_ici) for lue in matiere.pistes] == [(d_ici, 2), (ailleurs, 0)]
    assert (matiere.seules, matiere.prises, matiere.nees) == (3, 0, 0)


def test_a_region_of_a_few_people_does_not_have_their_words_told_apart(national, bretagne, regions):
    espace = creer_espace(consultation=national)
    creer_proposition(espace, "Les mots d’une seule personne", creer_participant(national, territoire=regions[0]))
    creer_piste(espace, "Une piste", list(espace.propositions.all()))
    matiere = lectures.matiere(bretagne, 1)
    assert (matiere.propositions, [lue.d_ici for lue in matiere.pistes]) == (None, [0])
    texte = page(
        creer_mandat("rapporteur", bretagne.regionale), "suivi", national.pk, bretagne.pk
    ).content.decode()
    assert ("Les mots d’une seule" in texte, "Moins de 5 personnes de la région" in texte) == (False, True)


def test_pistes_are_taken_over_with_their_words_and_lineage_once(national, bretagne):
    espace = creer_espace(consultation=national)
    qui = creer_participant(national, accord_publication=True)
    proposition = creer_proposition(espace, "Apprendre à deux", qui)
    actions.semer_orphelines(espace=espace, par=None)
    mot_a_mot, jointe = espace.pistes.get(), creer_piste(espace, "Jointe")
    racine = creer_piste(espace, "Racine", axe=creer_axe(consultation=national, titre="Neuf"))
    actions.regrouper(espace=espace, par=None, pistes=[jointe], dans=racine)
    for _fois in range(2):
        prises = actions.emporter_pistes(suivi=bretagne, pistes=[mot_a_mot, jointe], par=None)
    siennes = bretagne.regionale.pistes.order_by("numero")
    assert [(p.numero, p.texte, p.venue_de, p.mots_de) for p in siennes] == [
        (1, "Apprendre à deux", mot_a_mot, proposition),
        (2, "Racine", racine, None),
    ]
    assert (prises, {p.espace_id for p in siennes}) == ([], {bretagne.reprises_id})
    actions.masquer_passages(proposition=proposition, passages=[[0, 9]], par=None)
    assert siennes.get(numero=1).texte == "[…] à deux"  # what its author's words become is followed there too


def test_what_a_region_writes_leads_back_to_the_words_said_at_the_seminar(national, bretagne, regions):
    espace = creer_espace(consultation=national)
    oui, non = (creer_participant(national, territoire=regions[0], accord_publication=a) for a in (True, False))
    dites = [
        creer_proposition(espace, mots, qui)
        for mots, qui in (("Apprendre à deux", oui), ("Travailler en binôme", non))
    ]
    piste, jointe = (creer_piste(espace, f"Piste {p.texte}", [p]) for p in dites)
    actions.emporter_pistes(suivi=bretagne, pistes=[piste], par=None)
    actions.regrouper(espace=espace, par=None, pistes=[piste], dans=jointe)  # after it was taken over
    sienne = bretagne.regionale.pistes.get()
    locale = creer_piste(sienne.espace, "D’ici", [creer_proposition(sienne.espace, "Ouvrir un lieu chez nous")])
    actions.regrouper(espace=sienne.espace, par=None, pistes=[sienne], dans=locale)

    fiche = lire_fiches(bretagne.regionale_id, [locale.pk])[locale.pk]
    assert [(p.texte, p.dite_ailleurs) for p in fiche.propositions] == [
        ("Apprendre à deux", True), ("Travailler en binôme", True), ("Ouvrir un lieu chez nous", False),
    ]  # fmt: skip
    assert fiche.combien == 3
    synthese = actions.ouvrir_synthese(consultation=bretagne.regionale, titre="Bretagne", par=None)
    section = actions.ajouter_section(synthese=synthese, titre="Apprendre", par=None)
    actions.ajouter_phrase(section=section, texte="On apprend à deux.", pistes=[locale], par=None)
    (figee,) = figer(synthese)["pistes"]
    assert (figee["nees"], figee["citees"]) == (3, [dites[0].pk])
    actions.soumettre_synthese(synthese=synthese, par=None)
    creer_page_publiee(synthese)
    tables, _votes = donnees(bretagne.regionale)
    assert [ligne[3] for ligne in tables["pistes"]] == [3]
    assert [ligne[1:] for ligne in tables["propositions"]] == [["Apprendre à deux", ""]]
    assert [p.texte for p in devenir_de_piste(locale).soeurs] == [
        "Apprendre à deux",
        "Travailler en binôme",
        "Ouvrir un lieu chez nous",
    ]


def test_those_of_the_region_take_over_and_nobody_else(national, bretagne, organisation):
    piste = creer_piste(creer_espace(consultation=national))
    adresse = reverse("gestion_ateliers:suivi_emporter", args=[national.pk, bretagne.pk])
    for compte, statut in (
        (organisation, 403),
        (creer_editeur(bretagne.regionale), 403),
        (creer_mandat("rapporteur", bretagne.regionale), 302),
        (creer_mandat("animateur", bretagne.regionale), 302),
        (creer_organisateur(bretagne.regionale), 302),
    ):
        client = Client()
        client.force_login(compte)
        assert client.post(adresse, {"pistes": [piste.pk, "x", "9" * 40]}).status_code == statut
    assert bretagne.regionale.pistes.count() == 1
    ailleurs = creer_piste(creer_espace())
    with pytest.raises(Refus) as refus:
        actions.emporter_pistes(suivi=bretagne, pistes=[ailleurs], par=None)
    assert refus.value.code == "ailleurs"
