import pytest
from django.utils.translation import override

from consultation import actions
from consultation.erreurs import Refus
from consultation.models import Participant, Proposition
from tests import fabriques as f

pytestmark = pytest.mark.django_db
PHRASE = "Apprendre à deux avec quelqu’un qui sait"


@pytest.fixture
def espace():
    return f.creer_espace()


def refus(code, statut, acte, **appel):
    with pytest.raises(Refus) as erreur:
        acte(**appel)
    assert (erreur.value.code, erreur.value.statut) == (code, statut)
    return erreur.value


@pytest.mark.parametrize(
    "texte",
    [
        PHRASE,
        "Des pauses 🌱🌱 pour apprendre 👩🏽‍🌾",
        "نتعلم معا خطوة بخطوة",
        "<script>alert('bonjour')</script>",
        "<b>gras</b> & « guillemets »",
        "{{ 7*7 }} {% now %} ${jndi}",
        "'; DROP TABLE consultation_proposition; --",
        "Une ligne\nune autre",
    ],
)
def test_words_are_kept_as_they_were_written(espace, texte):
    proposition = f.creer_proposition(espace, texte)
    proposition.refresh_from_db()
    assert (proposition.texte, proposition.texte_public) == (texte, texte)


@pytest.mark.parametrize(
    ("texte", "code"),
    [("", "vide"), (None, "vide"), (" \n\t ", "vide"), ("\x00\x07\x1b", "vide"), ("x" * 10_000, "long")]
    + [(rien, "vide") for rien in f.RIENS],
)
def test_what_cannot_be_kept_is_refused_on_its_field(espace, texte, code):
    personne = f.creer_participant(espace.consultation)
    erreur = refus(code, 422, actions.deposer_proposition, espace=espace, participant=personne, texte=texte)
    assert (erreur.champ, Proposition.objects.count()) == ("texte", 0)


def test_control_characters_no_screen_can_show_are_taken_out(espace):
    assert (
        f.creer_proposition(espace, " Apprendre\x00 à\tdeux\x1b\r\nsans peur ").texte
        == "Apprendre à deux\nsans peur"
    )


def test_the_length_allowed_is_the_consultations(espace):
    espace.consultation.longueur_max = 40
    personne = f.creer_participant(espace.consultation)
    erreur = refus("long", 422, actions.deposer_proposition, espace=espace, participant=personne, texte="é" * 41)
    assert erreur.message == "Votre texte compte 41 signes. Gardez-en 40 au plus."


def test_the_same_key_twice_is_one_proposition(espace):
    personne = f.creer_participant(espace.consultation)
    une = f.creer_proposition(espace, PHRASE, personne, cle="k1")
    assert f.creer_proposition(espace, "Autre chose en second", personne, cle="k1") == une
    assert Proposition.objects.count() == 1


def test_a_key_does_not_show_someone_elses_words(espace):
    f.creer_proposition(espace, cle="k1")
    autre = f.creer_participant(espace.consultation)
    refus("cle_prise", 409, f.creer_proposition, espace=espace, texte=PHRASE, participant=autre, cle="k1")
    refus("cle_longue", 400, f.creer_proposition, espace=espace, texte=PHRASE, participant=autre, cle="k" * 65)


def test_a_paper_card_is_typed_in_by_the_team_with_its_college_and_origin(espace):
    scribe, college = f.creer_animateur(espace), f.college(espace.consultation, "partenaires")
    carte = actions.deposer_proposition(
        espace=espace, college=college, texte="Ok", origine="papier", origine_note="table 3", par=scribe
    )
    assert (carte.auteur, carte.college, carte.saisie_par) == (None, college, scribe)
    assert (carte.origine, carte.origine_note, carte.moderation) == ("papier", "table 3", "affichee")
    refus("college_inconnu", 422, actions.deposer_proposition, espace=espace, texte=PHRASE, par=scribe)
    refus(
        "interdit",
        403,
        actions.deposer_proposition,
        espace=espace,
        college=college,
        texte=PHRASE,
        par=f.creer_compte(),
    )


def test_nobody_speaks_from_outside_nor_once_the_consultation_is_closed(espace):
    deposer = {"espace": espace, "texte": PHRASE}
    refus("anonyme", 403, actions.deposer_proposition, **deposer)
    etranger = f.creer_participant(f.creer_consultation())
    refus("interdit", 403, actions.deposer_proposition, participant=etranger, **deposer)
    personne = f.creer_participant(espace.consultation)
    espace.consultation.etat = "close"
    refus("consultation_close", 409, actions.deposer_proposition, participant=personne, **deposer)


@pytest.mark.parametrize(
    ("texte", "relecture", "moderation", "signalement"),
    [
        (PHRASE, "signalees", "affichee", ""),
        (PHRASE, "toutes", "a_relire", ""),
        ("Ok", "signalees", "a_relire", "très court"),
        ("Ok", "aucune", "affichee", ""),
        ("Demandez à Lucette de venir", "signalees", "a_relire", "cite un prénom"),
        ("merci à lucette pour son aide", "signalees", "affichee", "peut-être un prénom"),
        ("Demandez à Lucette, 06 12 34 56 78", "signalees", "a_relire", "contient un numéro, cite un prénom"),
    ],
)
def test_what_poses_a_question_waits_for_someone_to_read_it(espace, texte, relecture, moderation, signalement):
    f.creer_participant(espace.consultation, prenom="Lucette")
    espace.consultation.relecture = relecture
    lue = f.creer_proposition(espace, texte, f.creer_participant(espace.consultation, prenom="Bao"))
    assert (lue.moderation, lue.signalement) == (moderation, signalement)


def test_reading_shows_or_sets_aside_without_touching_the_words(espace):
    lue = f.creer_proposition(espace, "Ok")
    assert actions.relire_proposition(proposition=lue, decision="afficher", par=None).moderation == "affichee"
    lue = actions.relire_proposition(proposition=lue, decision="ecarter", motif="Illisible", par=None)
    assert (lue.moderation, lue.motif, lue.texte) == ("ecartee", "Illisible", "Ok")
    refus("decision_inconnue", 400, actions.relire_proposition, proposition=lue, decision="brûler", par=None)
    intrus = f.creer_compte()
    refus("interdit", 403, actions.relire_proposition, proposition=lue, decision="afficher", par=intrus)


def test_a_gathered_proposition_is_not_set_aside_unseen(espace):
    lue = f.creer_proposition(espace)
    f.creer_piste(espace, propositions=[lue])
    refus("deja_regroupee", 409, actions.relire_proposition, proposition=lue, decision="ecarter", par=None)


def test_hidden_passages_are_hidden_everywhere_and_the_words_stay(espace):
    lue = f.creer_proposition(espace, "Merci à Zoé et à Paul pour tout")
    lue = actions.masquer_passages(proposition=lue, passages=[[8, 11], [10, 16], [17, 21]], par=None)
    assert (lue.masques, lue.texte_public) == ([[8, 16], [17, 21]], "Merci à […] […] pour tout")
    assert lue.texte == "Merci à Zoé et à Paul pour tout"
    assert actions.masquer_passages(proposition=lue, passages=[], par=None).texte_public == lue.texte


@pytest.mark.parametrize("passages", [[[5, 2]], [[-1, 3]], [[0, 999]], [["a", "b"]], [[1]], [None]])
def test_a_passage_out_of_the_text_is_refused(espace, passages):
    lue = f.creer_proposition(espace)
    refus("passage_invalide", 422, actions.masquer_passages, proposition=lue, passages=passages, par=None)


@pytest.mark.parametrize("deja", [1, 30])
def test_a_proposition_costs_the_same_whatever_is_stored(espace, deja, django_assert_num_queries):
    personne = f.creer_participant(espace.consultation)
    for _ in range(deja):
        f.creer_proposition(espace, participant=personne)
    with django_assert_num_queries(9):
        f.creer_proposition(espace, PHRASE, personne, cle="k")
    assert espace.propositions.count() == deja + 1


def test_someone_who_calls_themself_work_holds_nobodys_word_back(espace):
    f.creer_participant(espace.consultation, prenom="Travail")
    lue = f.creer_proposition(espace, "Un travail près de chez moi")
    assert (lue.moderation, lue.signalement) == ("affichee", "peut-être un prénom")
    actions.relire_proposition(proposition=lue, decision="afficher", par=None)
    lue.refresh_from_db()
    assert (lue.signalement, espace.propositions.a_revoir().count()) == ("", 0)


@pytest.mark.parametrize("combien", [10, 400])
def test_looking_for_first_names_reads_those_of_the_text_and_no_other(espace, combien, django_assert_num_queries):
    gens = [
        Participant(
            consultation=espace.consultation,
            college=f.college(espace.consultation),
            prenom=f"Prénom{rang:b}".replace("0", "o").replace("1", "i"),
            code_personnel=None,
        )
        for rang in range(combien)
    ]
    Participant.objects.bulk_create(gens)
    with django_assert_num_queries(1):
        lus = Participant.objects.prenoms_dans(
            espace.consultation_id, "Merci à Prénomiii et aux autres", "prénomii"
        )
    assert sorted(lus) == ["Prénomii", "Prénomiii"]


def test_why_to_read_first_is_kept_in_french_and_read_in_one_s_own_language(espace):
    with override("en"):
        proposition = actions.deposer_proposition(
            espace=espace, participant=f.creer_participant(espace.consultation), texte="cariste"
        )
        assert (proposition.signalement, proposition.signes_dits) == ("très court", "very short")
    with override("fr"):
        assert proposition.signes_dits == "très court"
