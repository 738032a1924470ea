"""The officer's file: what the law and the contract allow, two officers at once, the portfolio, the assessment."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.erreurs import Refus
from consultation.models import Journal
from immersions import actions, lectures, regles
from immersions.models import Competence, Immersion
from tests import fabriques

from . import fabriques_immersions as f
from .fabriques_immersions import jour

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispositif():
    return f.creer_dispositif()


def refus_de(acte):
    """The (code, status, field) of a refusal; nothing was written of any immersion."""

    def ecrit():
        dites = Journal.objects.exclude(verbe="enregistrer_entreprise")  # a factory's
        return dites.count(), list(Immersion.objects.values())

    avant = ecrit()
    with pytest.raises(Refus) as refus:
        acte()
    assert ecrit() == avant
    return refus.value.code, refus.value.statut, refus.value.champ


@settings(max_examples=50)
@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_month_is_counted_from_date_to_date(debut):
    fin = regles.dernier_jour(debut)
    assert 27 <= (fin - debut).days <= 30
    assert regles.faute_de_dates(debut, fin, None) is None
    assert regles.faute_de_dates(debut, date.fromordinal(fin.toordinal() + 1), None)[0] == "trop_longue"


def test_dates_are_refused_with_the_rule_they_break(dispositif):
    immersion = f.preparer(f.demander(dispositif), contrat_fin=jour(20))
    for champs, attendu in (
        ({"debut": jour(5), "fin": jour(4)}, ("fin_avant_debut", 422, "fin")),
        ({"debut": jour(5), "fin": jour(40)}, ("trop_longue", 422, "fin")),
        ({"debut": jour(5), "fin": jour(21)}, ("apres_contrat", 422, "fin")),
        ({"heures": 60}, ("invalide", 422, "heures")),
    ):
        assert refus_de(lambda champs=champs: f.placer(immersion, **champs)) == attendu
    f.placer(immersion, debut=jour(5), fin=jour(20))
    immersion.refresh_from_db()
    court = {"contrat_fin": jour(10)}  # the other way round: the contract ends sooner than was said
    assert refus_de(lambda: f.preparer(immersion, **court)) == ("apres_contrat", 422, "fin")
    tot = {"garder_jusqu_au": jour(15)}
    assert refus_de(lambda: f.preparer(immersion, **tot)) == ("garde", 422, "garder_jusqu_au")


def test_one_person_is_in_one_place_at_a_time_and_twice_at_most_with_the_same_host(dispositif):
    premiere = f.creer_faite(dispositif, debut=jour(-60), fin=jour(-40))
    personne, hote = premiere.participant, premiere.entreprise
    deuxieme = f.preparer(f.demander(dispositif, personne, structure=premiere.structure))
    dates = {"debut": jour(-45), "fin": jour(-30)}
    chevauche = ("se_chevauchent", 409, "debut")
    assert refus_de(lambda: f.placer(deuxieme, **dates)) == chevauche
    f.placer(deuxieme, entreprise=hote, debut=jour(2), fin=jour(5))
    troisieme = f.preparer(f.demander(dispositif, personne, structure=premiere.structure))
    ailleurs = {"debut": jour(20), "fin": jour(25)}
    encore = ("deja_renouvelee", 409, "entreprise")
    assert refus_de(lambda: f.placer(troisieme, entreprise=hote, **ailleurs)) == encore
    f.placer(troisieme, **ailleurs)


def test_who_prescribes_a_rome_code_and_the_day_of_erasing_are_checked(dispositif):
    immersion = f.demander(dispositif)
    etti, ges = fabriques.creer_structure(type="etti"), fabriques.creer_structure(type="ges")
    for champs, attendu in (
        ({"rome": "D11"}, ("rome_faux", 422, "rome")),
        ({"rome": "Z9999"}, ("rome_faux", 422, "rome")),
        ({"structure": etti}, ("etti", 422, "prescripteur")),
        ({"structure": ges}, ("ne_prescrit_pas", 422, "prescripteur")),
        ({"garder_jusqu_au": jour(0)}, ("garde", 422, "garder_jusqu_au")),
        ({"garder_jusqu_au": jour(1100)}, ("garde", 422, "garder_jusqu_au")),
        ({"objectifs": ["x" * 161]}, ("objectif_long", 422, "objectifs")),
        ({"objectifs": [f"objectif {n}" for n in range(13)]}, ("trop_d_objectifs", 422, "objectifs")),
    ):
        assert refus_de(lambda champs=champs: f.preparer(immersion, **champs)) == attendu
    prete = f.preparer(immersion, structure=etti, prescripteur="france_travail", rome=" d 1102")
    assert (prete.rome, prete.prescripteur) == ("D1102", "france_travail")


def test_two_officers_on_one_file_overwrite_nothing(dispositif):
    immersion = f.creer_prete(dispositif)
    vue = immersion.revision
    f.placer(immersion, tuteur="Samia")
    with pytest.raises(Refus, match="a_change") as refus:
        f.placer(immersion, revision=vue, tuteur="Karim")
    assert (refus.value.statut, "qui accueille\u202f: Samia" in refus.value.message) == (409, True)
    assert f.placer(immersion, revision=vue, tuteur="Samia").tuteur == "Samia"  # the same words: nothing to lose
    assert f.placer(immersion, revision=vue + 1, tuteur="Karim").tuteur == "Karim"


def test_a_host_that_closes_is_said_where_it_was_expected(dispositif):
    immersion = f.creer_prete(dispositif)
    finie = f.creer_faite(dispositif, entreprise=immersion.entreprise, issue="")
    hote = immersion.entreprise
    assert (actions.fermer_entreprise(entreprise=hote, par=None), finie.entreprise) == (1, hote)
    hote.refresh_from_db()
    immersion = lectures.immersion_de(dispositif, immersion.pk)
    lieu = next(etape for etape in lectures.parcours(immersion) if etape.cle == "lieu")
    assert (immersion.etat, lieu.faite, lieu.manque) == (
        "lieu", False, ["un autre lieu\u202f: l’entreprise n’accueille plus personne"],
    )  # fmt: skip
    autre = f.preparer(f.demander(dispositif))
    assert refus_de(lambda: f.placer(autre, entreprise=hote))[0] == "entreprise_fermee"
    demarche = {"entreprise": hote, "moyen": "visite", "le": jour(0), "par": None}
    assert refus_de(lambda: actions.demarcher(immersion=autre, **demarche))[0] == "entreprise_fermee"


def test_an_enterprise_is_asked_once_for_each_person_and_its_answer_kept(dispositif):
    immersion, hote = f.demander(dispositif), f.creer_entreprise(dispositif)
    etrangere = f.creer_entreprise(f.creer_dispositif())
    champs = {"entreprise": hote, "moyen": "telephone", "le": jour(0), "par": None}
    demarche = actions.demarcher(immersion=immersion, **champs)
    for autres, code in (
        ({}, "deja_demandee"),
        ({"entreprise": etrangere}, "entreprise_inconnue"),
        ({"entreprise": f.creer_entreprise(dispositif), "le": jour(1)}, "hors_dates"),
        ({"entreprise": f.creer_entreprise(dispositif), "moyen": "tous"}, "invalide"),
    ):
        assert refus_de(lambda autres=autres: actions.demarcher(immersion=immersion, **champs | autres))[0] == code
    assert actions.repondre_demarche(demarche=demarche, reponse="oui", par=None).reponse == "oui"
    assert refus_de(lambda: actions.repondre_demarche(demarche=demarche, reponse="bof", par=None))[0] == (
        "reponse_inconnue"
    )
    assert [(e.nom, e.demandees) for e in lectures.entreprises(dispositif) if e.demandees] == [(hote.nom, 1)]


def test_an_enterprise_is_in_the_list_once(dispositif):
    hote = f.creer_entreprise(dispositif)
    assert refus_de(lambda: f.creer_entreprise(dispositif, nom=hote.nom)) == ("deja_la", 409, "nom")
    assert refus_de(lambda: f.creer_entreprise(dispositif, siret="123")) == ("invalide", 422, "siret")


def test_an_obstacle_has_someone_who_lifts_it(dispositif):
    immersion = f.creer_prete(dispositif)
    champs = {"immersion": immersion, "sorte": "garde", "qui": "La crèche", "par": None}
    obstacle = actions.noter_obstacle(**champs)
    assert refus_de(lambda: actions.noter_obstacle(**champs))[0] == "deja_note"
    assert refus_de(lambda: actions.noter_obstacle(**champs | {"sorte": "lecture", "qui": " "}))[0] == "qui_vide"
    etape = next(e for e in lectures.parcours(immersion) if e.cle == "obstacles")
    assert (etape.faite, etape.manque) == (False, ["Garde des enfants (La crèche)"])
    assert actions.lever_obstacle(obstacle=obstacle, par=None).leve_le == jour(0)
    assert actions.lever_obstacle(obstacle=obstacle, par=None).leve_le == jour(0)
    assert Journal.objects.filter(verbe="lever_obstacle").count() == 1


def test_nothing_happens_in_the_enterprise_before_three_have_signed_nor_outside_its_dates(dispositif):
    immersion = f.creer_prete(dispositif, genre="validation", debut=jour(-8), fin=jour(5))
    for partie in ("structure", "accueil", "personne"):
        assert refus_de(lambda: actions.integrer(immersion=immersion, le=jour(-8), par=None))[0] == "pas_signee"
        f.signer(immersion, partie)
    for le in (jour(-9), jour(1), jour(6)):
        assert refus_de(lambda le=le: actions.integrer(immersion=immersion, le=le, par=None))[0] == "hors_dates"
    actions.integrer(immersion=immersion, le=jour(-8), par=None)
    assert (
        refus_de(lambda: actions.pointer(immersion=immersion, le=jour(-3), texte=" ", par=None))[0] == "texte_vide"
    )
    actions.pointer(immersion=immersion, le=jour(-3), texte="Sert seul le matin.", par=None)
    assert [p.texte for p in immersion.points.all()] == ["Sert seul le matin."]


def test_half_an_assessment_is_kept_and_says_what_is_missing(dispositif):
    immersion = f.signer(f.creer_prete(dispositif, debut=jour(-12), fin=jour(-1)))
    caisse, rayon = immersion.competences.all()
    assert actions.evaluer(immersion=immersion, niveaux={caisse.pk: 3}, avis_accueil="Bien") == ["Ranger un rayon"]
    immersion = lectures.immersion_de(dispositif, immersion.pk)
    assert (immersion.evaluee_le, immersion.avis_accueil, immersion.etat) == (None, "Bien", "bilan")
    conclure = {"bilan_le": jour(-1), "issue": "embauche", "par": None}
    essai = lambda: actions.conclure(immersion=immersion, revision=immersion.revision, **conclure)  # noqa: E731
    assert refus_de(essai)[0] == "bilan_incomplet"
    faux = {caisse.pk: 9}
    assert refus_de(lambda: actions.evaluer(immersion=immersion, niveaux=faux))[0] == "niveau_inconnu"
    assert actions.evaluer(immersion=immersion, niveaux={caisse.pk: 3, rayon.pk: 1}) == []
    immersion = lectures.immersion_de(dispositif, immersion.pk)
    assert (immersion.etat, sorted(Competence.objects.values_list("niveau", flat=True))) == ("conclure", [1, 3])
    conclure["bilan_le"] = jour(1)
    assert refus_de(essai)[0] == "hors_dates"
    conclure["bilan_le"] = jour(0)
    essai()
    assert lectures.immersion_de(dispositif, immersion.pk).etat == "finie"
    assert refus_de(lambda: f.placer(immersion, tuteur="Autre"))[0] == "finie"


def test_an_assessment_waits_for_the_first_day(dispositif):
    immersion = f.signer(f.creer_prete(dispositif))
    assert refus_de(lambda: actions.evaluer(immersion=immersion, niveaux={}))[:2] == ("trop_tot", 409)


def test_the_file_goes_from_step_to_step_and_says_what_is_missing(dispositif):
    def ici(immersion):
        immersion = lectures.immersion_de(dispositif, immersion.pk)
        etape = next(e for e in lectures.parcours(immersion) if e.moment == "ici")
        return immersion.etat, etape.cle, etape.manque

    immersion = f.demander(dispositif, genre="validation")
    etat, cle, manque = ici(immersion)
    assert (etat, cle, manque[:2]) == ("entretien", "entretien", ["le jour de l’entretien", "qui prescrit"])
    f.preparer(immersion)
    immersion.refresh_from_db()
    assert ici(immersion) == (
        "lieu", "lieu", ["l’entreprise", "qui accueille", "les dates", "les horaires", "ce que la personne fera"],
    )  # fmt: skip
    f.placer(immersion, debut=jour(-1), fin=jour(5))
    f.signer(immersion, "personne", "accueil")
    assert ici(immersion) == ("signer", "convention", ["la signature de la structure"])
    f.signer(immersion, "structure")
    assert ici(immersion) == ("en_cours", "integration", ["l’accueil dans l’entreprise"])
    actions.integrer(immersion=immersion, le=jour(0), par=None)
    assert ici(immersion)[1:] == ("points", ["un point chaque semaine"])


def test_what_waits_leaves_the_list_when_it_comes_any_other_way_and_a_reminder_holds_it_three_days(dispositif):
    def attendus():
        return [une.quoi for une in lectures.attentes(dispositif)]

    immersion = f.creer_prete(dispositif)
    f.signer(immersion, "personne")
    assert attendus() == ["signature:structure", "signature:accueil"]
    f.signer(immersion, "accueil")  # on paper
    assert attendus() == ["signature:structure"]
    relance = actions.relancer(immersion=immersion, quoi="signature:structure", par=None)
    assert attendus() == []
    immersion.relances.filter(pk=relance.pk).update(le=jour(-3))
    assert attendus() == ["signature:structure"]  # a party that never signs
    f.signer(immersion, "structure")
    assert attendus() == []


def test_the_lists_cost_as_many_queries_however_long(dispositif, django_assert_max_num_queries):
    for n in range(6):
        f.signer(f.creer_prete(dispositif, debut=jour(n), fin=jour(n + 3)), "personne")
    with django_assert_max_num_queries(1):
        lues = list(lectures.recherche(dispositif, etat="signer", genre="decouverte"))
        assert {(une.participant.prenom, une.structure.nom, une.entreprise.nom, une.signees) for une in lues}
    assert len(lues) == 6
    with django_assert_max_num_queries(4):
        assert len(lectures.attentes(dispositif)) == 12
    with django_assert_max_num_queries(2):
        pretes, incompletes = lectures.conventions(lectures.recherche(dispositif), 6)
    assert (pretes, incompletes) == (lues, [])
    assert [une.pk for une in lectures.recherche(dispositif, mots=lues[0].entreprise.nom.upper())] == [lues[0].pk]
    assert len(lectures.recherche(dispositif, etat="n’importe quoi")) == 6
