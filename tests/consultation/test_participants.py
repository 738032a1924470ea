import json

import pytest

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.models import Journal, Participant
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return f.creer_consultation()


def refus(code, statut, acte, **appel):
    with pytest.raises(Refus) as erreur:
        acte(**appel)
    assert (erreur.value.code, erreur.value.statut) == (code, statut)
    return erreur.value


def test_a_first_name_and_a_college_are_enough(consultation):
    personne = actions.inscrire(consultation=consultation, college=f.college(consultation), prenom="  Zoé \n ")
    assert (personne.prenom, personne.nom, personne.compte, personne.accord_publication) == (
        "Zoé",
        "",
        None,
        None,
    )
    assert lectures.participant_par_code(personne.code_lisible.lower()) == personne


def test_the_same_key_or_the_same_account_is_the_same_person(consultation):
    une = f.creer_participant(consultation, cle="appareil")
    assert f.creer_participant(consultation, cle="appareil") == une
    compte = f.creer_compte()
    deux = f.creer_participant(consultation, compte=compte)
    assert f.creer_participant(consultation, compte=compte) == deux
    assert Participant.objects.count() == 2


@pytest.mark.parametrize(
    ("prenom", "code"),
    [("", "prenom_vide"), (" \t", "prenom_vide"), ("\x00", "prenom_vide"), ("x" * 41, "prenom_long")]
    + [(rien, "prenom_vide") for rien in f.RIENS],
)
def test_a_first_name_that_cannot_be_kept_is_refused_on_its_field(consultation, prenom, code):
    appel = {"consultation": consultation, "college": f.college(consultation), "prenom": prenom}
    assert refus(code, 422, actions.inscrire, **appel).champ == "prenom"


@pytest.mark.parametrize("prenom", ["<script>alert(1)</script>", "🌱", "محمد", "{{ 7*7 }}", "O’Neil-Ñandú"])
def test_any_first_name_is_kept_as_it_is(consultation, prenom):
    assert f.creer_participant(consultation, prenom=prenom).prenom == prenom


def test_one_enters_only_a_college_of_the_consultation_and_only_before_it_closes(consultation):
    ailleurs = f.college(f.creer_consultation())
    refus("college_inconnu", 422, actions.inscrire, consultation=consultation, college=ailleurs, prenom="Zoé")
    refus("college_inconnu", 422, actions.inscrire, consultation=consultation, college=None, prenom="Zoé")
    consultation.etat = "close"
    college = f.college(consultation)
    refus("consultation_close", 409, actions.inscrire, consultation=consultation, college=college, prenom="Zoé")


def test_reissuing_a_code_lets_the_old_one_go(consultation):
    personne = f.creer_participant(consultation)
    neuve = actions.reemettre_code(participant=personne, par=f.creer_organisateur(consultation))
    assert (neuve.generation, lectures.participant_par_code(personne.code_personnel)) == (2, None)
    assert lectures.participant_par_code(neuve.code_personnel) == personne
    refus("interdit", 403, actions.reemettre_code, participant=personne, par=f.creer_compte())


@pytest.mark.parametrize("saisie", ["", None, "K7P4", "zzzz zzzz", "x" * 10_000, "' OR 1=1", "💥" * 8])
def test_a_code_that_is_nobodys_finds_nobody(consultation, saisie):
    f.creer_participant(consultation)
    assert lectures.participant_par_code(saisie) is None


def test_erasing_someone_forgets_them_and_leaves_the_groups_result(consultation):
    espace = f.creer_espace(consultation=consultation)
    personne = f.creer_participant(
        consultation, prenom="Aglaé", nom="Martinville", compte=f.creer_compte(), cle="k"
    )
    proposition = f.creer_proposition(espace, participant=personne)
    scrutin = f.creer_scrutin(espace)
    actions.voter(scrutin=scrutin, participant=personne, choix={scrutin.pistes.first().pk: 1})
    ancien_code = personne.code_personnel
    actions.effacer_participant(participant=personne, motif="Demande de la personne")
    assert lectures.participant_par_code(ancien_code) is None
    sans_nom = consultation.participants.get(efface_le__isnull=False)
    assert (sans_nom.nom_complet, sans_nom.compte, sans_nom.code_personnel, sans_nom.college) == (
        "",
        None,
        None,
        personne.college,
    )
    proposition.refresh_from_db()
    assert (proposition.auteur, proposition.texte, scrutin.bulletins.count()) == (None, "", 1)
    trace = json.dumps([list(e) for e in Journal.objects.values_list("details", "motif")])
    assert "Aglaé" not in trace
    assert "Martinville" not in trace
    actions.effacer_participant(participant=personne)
    assert consultation.participants.filter(efface_le__isnull=False).count() == 1
    refus("efface", 409, actions.reemettre_code, participant=sans_nom, par=None)


def test_what_is_held_about_someone_is_theirs_to_take_away(consultation, django_assert_max_num_queries):
    espace = f.creer_espace(consultation=consultation)
    personne = f.creer_participant(consultation, prenom="Bao")
    f.creer_proposition(espace, "Apprendre à deux", personne)
    scrutin = f.creer_scrutin(espace)
    actions.voter(scrutin=scrutin, participant=personne, choix={scrutin.pistes.first().pk: 2})
    with django_assert_max_num_queries(13):
        lu = lectures.dossier(Participant.objects.get(pk=personne.pk))
    assert json.loads(json.dumps(lu)) == lu
    assert (lu["prenom"], lu["college"], lu["compte"]) == ("Bao", "Salariés en parcours", "")
    assert [(p["texte"], p["piste"]) for p in lu["propositions"]] == [("Apprendre à deux", None)]
    assert [(v["piste"], v["valeur"]) for v in lu["votes"]] == [(1, 2)]


def test_only_an_organiser_erases_someone_else(consultation):
    personne, espace = f.creer_participant(consultation), f.creer_espace(consultation=consultation)
    refus("interdit", 403, actions.effacer_participant, participant=personne, par=f.creer_animateur(espace))
    actions.effacer_participant(participant=personne, par=f.creer_organisateur(consultation))
    assert not Participant.objects.filter(pk=personne.pk).exists()


def test_consent_is_not_asked_then_given_then_taken_back_and_the_journal_says_so(consultation):
    personne = f.creer_participant(consultation)
    assert personne.accord_publication is None
    for accord in (True, True, False):
        actions.consentir(participant=personne, accord=accord)
    personne.refresh_from_db()
    assert personne.accord_publication is False
    assert [e.details for e in Journal.objects.filter(verbe="consentir").order_by("pk")] == [
        {"avant": None, "apres": True},
        {"avant": True, "apres": False},
    ]
    refus("interdit", 403, actions.consentir, participant=personne, accord=True, par=f.creer_compte())
