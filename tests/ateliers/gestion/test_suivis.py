"""A national seminar followed up in the regions: opened in one act, written, handed over, sent back, published."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ateliers import actions as actions_ateliers
from ateliers.lectures import suivis as lectures
from ateliers.models import Temps
from consultation import actions, regles
from consultation.erreurs import Refus
from consultation.lectures import devenir_de_piste
from consultation.lectures.fiches import fiches as lire_fiches
from consultation.models import Consultation, Journal, Suivi, Territoire
from contenus.lectures.donnees import donnees
from contenus.lectures.gel import figer
from tests.contenus.fabriques_contenus import creer_page_publiee
from tests.fabriques import (
    creer_axe,
    creer_consultation,
    creer_editeur,
    creer_espace,
    creer_mandat,
    creer_organisateur,
    creer_participant,
    creer_participants,
    creer_piste,
    creer_proposition,
    creer_territoire,
    registre,
)

pytestmark = pytest.mark.django_db


def dans(jours):
    return timezone.localdate() + timedelta(days=jours)


@pytest.fixture
def france():
    return creer_territoire(nom="France", niveau="nation")


@pytest.fixture
def regions(france):
    return [
        creer_territoire(nom=nom, niveau="region", parent=france) for nom in ("Bretagne", "Corse", "Occitanie")
    ]


@pytest.fixture
def national(france):
    return creer_consultation(titre="Séminaire national", slug="national", territoire=france)


@pytest.fixture
def organisation(national):
    return creer_organisateur(national)


def ouvrir(national, regions, par=None, jours=30):
    return actions.ouvrir_suivis(consultation=national, territoires=regions, attendue_le=dans(jours), par=par)


def vieillir(suivi, jours):
    """It was expected so many days ago."""
    Suivi.objects.filter(pk=suivi.pk).update(attendue_le=dans(-jours))
    return Suivi.objects.get(pk=suivi.pk)


def page(compte, nom, *args):
    client = Client()
    client.force_login(compte)
    return client.get(reverse(f"gestion_ateliers:{nom}", args=args))


# Opening


def test_one_act_opens_each_region_with_the_same_colleges_and_axes(national, regions, organisation):
    axe = creer_axe(consultation=national, titre="Apprendre")
    creer_axe(consultation=national, titre="Travailler en binôme", parent=axe)
    ouverts = ouvrir(national, regions[:2], organisation)
    assert [(s.territoire.nom, s.regionale.territoire, s.regionale.etat) for s in ouverts] == [
        ("Bretagne", regions[0], "ouverte"),
        ("Corse", regions[1], "ouverte"),
    ]
    bretagne = ouverts[0].regionale
    assert list(bretagne.colleges.values_list("signe", flat=True)) == list(
        national.colleges.values_list("signe", flat=True)
    )
    assert list(bretagne.axes.order_by("pk").values_list("titre", "parent__titre")) == [
        ("Apprendre", None),
        ("Travailler en binôme", "Apprendre"),
    ]
    assert registre(national).count("ouvrir_suivi") == 2
    assert (regles.est_organisateur(organisation, bretagne), bretagne.participants.count()) == (True, 0)


def test_opening_twice_opens_only_what_is_not(national, regions):
    ouvrir(national, regions[:1])
    assert [s.territoire for s in ouvrir(national, regions)] == regions[1:]
    assert national.suivis.count() == 3


def test_a_region_has_an_address_of_its_own_whatever_others_were_taken(national, regions):
    for slug in ("national-bretagne-2", "national-corse"):
        creer_consultation(slug=slug)
    assert [s.regionale.slug for s in ouvrir(national, regions)] == [
        "national-bretagne", "national-corse-2", "national-occitanie",
    ]  # fmt: skip


@pytest.mark.parametrize("qui", ["editeur", "animateur", "rapporteur"])
def test_organisers_alone_open(national, regions, qui):
    with pytest.raises(Refus) as refus:
        ouvrir(national, regions, creer_mandat(qui, national))
    assert (refus.value.statut, Consultation.objects.count()) == (403, 1)


def test_what_cannot_be_opened_is_said(national, regions, france):
    for territoires, jours, code, champ in (
        ([], 30, "sans_region", "territoires"),
        ([france], 30, "pas_une_region", "territoires"),
        (regions, 0, "date_passee", "attendue_le"),
    ):
        with pytest.raises(Refus) as refus:
            ouvrir(national, territoires, jours=jours)
        assert (refus.value.code, refus.value.champ, refus.value.statut) == (code, champ, 422)
    (suivi,) = ouvrir(national, regions[:1])
    with pytest.raises(Refus) as refus:
        ouvrir(suivi.regionale, regions[1:])
    assert (refus.value.code, refus.value.statut) == ("deja_un_suivi", 409)
    assert Consultation.objects.count() == 2


def test_the_form_proposes_the_regions_that_were_there(national, regions, organisation):
    creer_participant(national, territoire=regions[0])
    client = Client()
    client.force_login(organisation)
    adresse = reverse("gestion_ateliers:suivis_ouvrir", args=[national.pk])
    texte = client.get(adresse).content.decode()
    assert ("Bretagne, 1 personne au séminaire" in texte, "Corse, personne au séminaire" in texte) == (True, True)
    rien = client.post(adresse, {"attendue_le": dans(9).isoformat()})
    assert (rien.status_code, "Choisissez au moins une région." in rien.content.decode()) == (422, True)
    client.post(adresse, {"territoires": [r.pk for r in regions], "attendue_le": dans(9).isoformat()})
    assert list(national.suivis.values_list("territoire__nom", flat=True)) == ["Bretagne", "Corse", "Occitanie"]


# What a region works from


@pytest.fixture
def bretagne(national, regions):
    return ouvrir(national, regions[:1])[0]


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


# The calendar


def reunir(suivi, jours, personnes=0):
    """A meeting `jours` days from now, which so many people came to."""
    debut = timezone.now() + timedelta(days=jours)
    temps = Temps.objects.create(
        consultation=suivi.regionale, titre="Réunion", debut=debut, fin=debut + timedelta(hours=3)
    )
    atelier = actions_ateliers.creer_atelier(consultation=suivi.regionale, temps=temps, titre="À Rennes", par=None)
    for personne in creer_participants(suivi.regionale, personnes):
        actions_ateliers.entrer(atelier=atelier, participant=personne)
    return atelier


def ecrire(suivi, etat="soumise"):
    """Its synthesis, of one sentence, in that state."""
    synthese = actions.ouvrir_synthese(consultation=suivi.regionale, titre=f"Synthèse de {suivi}", par=None)
    section = actions.ajouter_section(synthese=synthese, titre="Apprendre", par=None)
    actions.ajouter_phrase(section=section, texte="On apprend à deux.", pistes=[], par=None)
    if etat != "brouillon":
        actions.soumettre_synthese(synthese=synthese, par=None)
    if etat == "publiee":
        actions.publier_synthese(synthese=synthese, par=None)
    synthese.refresh_from_db()
    return synthese


def test_the_calendar_says_who_met_who_wrote_who_is_late_what_waits_first(national, regions):
    bretagne, corse, occitanie = ouvrir(national, regions)
    reunir(bretagne, -3, personnes=2)
    reunir(occitanie, 5)
    bretagne = vieillir(bretagne, 4)
    ecrire(corse)
    lu = lectures.calendrier(national)
    assert [(str(r.suivi), r.etat, r.retard) for r in lu.regions] == [
        ("Corse", "a_relire", 0),
        ("Bretagne", "en_retard", 4),
        ("Occitanie", "en_cours", 0),
    ]
    assert (lu.publiees, lu.a_relire, lu.en_retard, lu.reunies) == (0, 1, 1, 1)
    assert [(r.reunie_le is not None, r.prevue_le is not None) for r in lu.regions] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip
    assert [(r.personnes, r.tenue) for r in lu.regions[1].reunions] == [(2, True)]


def test_whatever_a_region_hands_over_is_seen_be_it_of_one_meeting(national, bretagne):
    rapporteur = creer_mandat("rapporteur", bretagne.regionale)
    entiere = ecrire(bretagne, "brouillon")
    atelier = reunir(bretagne, -3)
    reunion = actions.ouvrir_synthese(
        consultation=bretagne.regionale, espace=atelier.espace, titre="À Rennes", par=rapporteur
    )
    assert lectures.synthese_de(bretagne) == entiere
    section = actions.ajouter_section(synthese=reunion, titre="Apprendre", par=rapporteur)
    actions.ajouter_phrase(section=section, texte="On apprend à deux.", pistes=[], par=rapporteur)
    actions.soumettre_synthese(synthese=reunion, par=rapporteur)
    (lue,) = lectures.calendrier(national).regions
    assert (lue.etat, lue.synthese, lectures.synthese_de(bretagne)) == ("a_relire", reunion, reunion)
    actions.publier_synthese(synthese=reunion, par=None)
    assert lectures.region(bretagne).etat == "publiee"  # the draft that waits beside it changes nothing
    seconde = ecrire(bretagne)
    assert (lectures.region(bretagne).etat, lectures.synthese_de(bretagne)) == ("a_relire", seconde)


def test_a_synthesis_begun_on_what_was_taken_over_is_that_of_the_whole_region(bretagne):
    client = Client()
    client.force_login(creer_mandat("rapporteur", bretagne.regionale))
    adresse = reverse("nouvelle_synthese")
    texte = client.get(adresse, {"espace": bretagne.reprises_id}).content.decode()
    assert ('value="espace"' in texte, 'value="consultation" checked' in texte) == (False, True)
    client.post(adresse, {"espace": bretagne.reprises_id, "titre": "Bretagne", "portee": "consultation"})
    assert bretagne.regionale.syntheses.get().espace is None


def test_a_region_that_never_meets_writes_all_the_same(national, bretagne):
    ecrire(bretagne, "publiee")
    (lue,) = lectures.calendrier(national).regions
    assert (lue.etat, lue.reunie_le, lue.retard) == ("publiee", None, 0)


def test_a_delay_is_given_by_the_national_group(national, bretagne, organisation):
    bretagne = vieillir(bretagne, 3)
    actions.reporter_suivi(suivi=bretagne, attendue_le=dans(10), par=organisation)
    assert lectures.region(Suivi.objects.get(pk=bretagne.pk)).etat == "en_cours"
    for par, jours, code in ((creer_organisateur(bretagne.regionale), 10, "interdit"), (None, -1, "date_passee")):
        with pytest.raises(Refus) as refus:
            actions.reporter_suivi(suivi=bretagne, attendue_le=dans(jours), par=par)
        assert refus.value.code == code


def test_the_calendar_costs_the_same_queries_whatever_the_regions(national, regions, django_assert_num_queries):
    for suivi in ouvrir(national, regions):
        reunir(suivi, -3, personnes=1)
        ecrire(suivi)
    with django_assert_num_queries(8):
        lectures.calendrier(national)


# Reading again, sending back, publishing


def test_what_a_region_submits_is_sent_back_with_a_word_it_reads(national, bretagne, organisation):
    synthese = ecrire(bretagne)
    adresse = reverse("gestion_ateliers:suivi_relire", args=[national.pk, bretagne.pk])
    client = Client()
    client.force_login(organisation)
    assert "On apprend à deux." in client.get(adresse).content.decode()
    sans = client.post(adresse, {"mot": " \u200b "})
    assert (sans.status_code, Journal.objects.filter(verbe="rendre_synthese").count()) == (422, 0)
    client.post(adresse, {"mot": "Relisez la partie 2."})
    synthese.refresh_from_db()
    lue = lectures.region(bretagne)
    assert (synthese.etat, lue.etat, lue.mot) == ("brouillon", "en_cours", "Relisez la partie 2.")
    referent = creer_organisateur(bretagne.regionale)
    assert "Relisez la partie 2." in page(referent, "suivi", national.pk, bretagne.pk).content.decode()
    actions.soumettre_synthese(synthese=synthese, par=referent)
    assert (lectures.region(bretagne).mot, lectures.region(bretagne).etat) == ("", "a_relire")


def test_the_national_group_publishes_what_a_region_wrote_and_the_region_does_not(national, bretagne):
    synthese = ecrire(bretagne)
    for compte in (creer_organisateur(bretagne.regionale), creer_editeur(bretagne.regionale)):
        with pytest.raises(Refus) as refus:
            actions.publier_synthese(synthese=synthese, par=compte)
        assert refus.value.statut == 403
    actions.publier_synthese(synthese=synthese, par=creer_editeur(national))
    synthese.refresh_from_db()
    assert synthese.etat == "publiee"


#: Who may read, take pistes over, put off and send back, publish: each role, in the region and in the nation.
MATRICE = {
    ("organisateur", "nation"): (True, False, True, True),
    ("editeur", "nation"): (True, False, True, True),
    ("rapporteur", "nation"): (False, False, False, False),
    ("animateur", "nation"): (False, False, False, False),
    ("organisateur", "region"): (True, True, False, False),
    ("rapporteur", "region"): (True, True, False, False),
    ("animateur", "region"): (True, True, False, False),
    ("editeur", "region"): (True, False, False, False),
    ("organisateur", "ailleurs"): (False, False, False, False),
}


@pytest.mark.parametrize(("role", "ou"), MATRICE)
def test_each_role_may_do_what_the_table_says(national, bretagne, role, ou):
    lieu = {"nation": national, "region": bretagne.regionale}.get(ou) or creer_consultation()
    compte = creer_mandat(role, lieu)
    assert (
        regles.peut_suivre(compte, bretagne),
        regles.peut_reprendre(compte, bretagne),
        regles.est_du_groupe_national(compte, bretagne),
        regles.peut_publier(compte, bretagne.regionale),
    ) == MATRICE[role, ou]
    statuts = {nom: page(compte, nom, national.pk, bretagne.pk).status_code for nom in ("suivi", "suivi_reporter")}
    voit, _prend, du_national, _publie = MATRICE[role, ou]
    etranger = 404 if ou == "ailleurs" else 403
    assert statuts == {"suivi": 200 if voit else etranger, "suivi_reporter": 200 if du_national else etranger}


def test_referents_are_the_organisers_of_the_region_the_national_ones_apart(national, regions, organisation):
    (bretagne,) = ouvrir(national, regions[:1], organisation)
    assert list(regles.referents_de(bretagne)) == []
    texte = page(organisation, "suivis", national.pk).content.decode()
    assert ("sans référent" in texte, "Nommer un référent" in texte) == (True, True)
    referent = creer_organisateur(bretagne.regionale)
    assert list(regles.referents_de(bretagne)) == [referent]
    assert "Nommer un référent" not in page(organisation, "suivis", national.pk).content.decode()
