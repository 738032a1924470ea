"""Only the employee asks, stops and erases, with their code; the day said at the start, their name goes."""

import pytest
from django.db import connection

from consultation import actions as actions_consultation
from consultation.erreurs import Refus
from consultation.models import Consultation, Journal
from immersions import actions
from immersions.models import Immersion, Obstacle, Signature
from immersions.travaux import TRAVAUX
from tests import fabriques

from .fabriques_immersions import creer_dispositif, creer_faite, creer_prete, demander, jour, signer

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispositif():
    return creer_dispositif()


def verbes():
    return list(Journal.objects.filter(verbe__contains="immersion").values_list("verbe", flat=True)[::-1])[1:]


def test_someone_asks_with_their_own_code_however_they_write_it(dispositif):
    personne = fabriques.creer_participant(dispositif.consultation)
    code = f" {personne.code_lisible.lower()} "
    immersion = actions.demander(
        dispositif=dispositif, participant=personne, code=code, genre="validation", souhait=" Boulangère "
    )
    assert (immersion.participant, immersion.souhait, immersion.genre) == (personne, "Boulangère", "validation")
    entree = Journal.objects.first()
    assert (entree.verbe, entree.participant_id, entree.details) == (
        "demander_immersion", personne.pk, {"genre": "validation"},
    )  # fmt: skip


@pytest.mark.parametrize("de_qui", ["d’une autre personne", "inventé"])
def test_anyone_else_is_refused_and_written_down_whatever_they_try(dispositif, de_qui):
    agente = fabriques.creer_organisateur(dispositif.consultation)
    personne, autre = fabriques.creer_participants(dispositif.consultation, 2)
    code = autre.code_personnel if de_qui == "d’une autre personne" else "K7P4M2XD"
    immersion = demander(dispositif)
    essais = {
        "demander": lambda: actions.demander(
            dispositif=dispositif, participant=personne, code=code, genre="decouverte", par=agente
        ),
        "arreter": lambda: actions.arreter(immersion=immersion, code=code, par=agente),
        "effacer": lambda: actions.effacer(immersion=immersion, code=code),
    }
    for acte, essai in essais.items():
        with pytest.raises(Refus, match="pas_votre_code") as refus:
            essai()
        entree = Journal.objects.first()
        assert (refus.value.statut, entree.verbe, entree.details) == (403, "refuser_immersion", {"acte": acte})
    assert Immersion.objects.get().arretee_le is None


def test_a_request_is_refused_in_words_and_leaves_nothing(dispositif):
    personne = fabriques.creer_participant(dispositif.consultation)
    d_ailleurs = fabriques.creer_participant(fabriques.creer_consultation())
    bon = {
        "dispositif": dispositif,
        "participant": personne,
        "code": personne.code_personnel,
        "genre": "decouverte",
    }
    for champs, code in (
        ({"code": "  "}, "code_vide"),
        ({"genre": "autre"}, "genre_inconnu"),
        ({"souhait": "x" * 121}, "souhait_long"),
        ({"participant": d_ailleurs, "code": d_ailleurs.code_personnel}, "interdit"),
        ({"par": fabriques.creer_compte()}, "interdit"),
    ):
        with pytest.raises(Refus, match=code):
            actions.demander(**bon | champs)
    assert (Immersion.objects.count(), verbes()) == (0, [])
    demander(dispositif, personne)
    with pytest.raises(Refus, match="deja_demandee"):
        demander(dispositif, personne)
    Consultation.objects.update(etat="close")
    dispositif.consultation.refresh_from_db()
    with pytest.raises(Refus, match="consultation_close"):
        demander(dispositif, d_ailleurs and personne)


def test_a_code_that_was_lost_no_longer_works_and_the_new_one_does(dispositif):
    immersion = demander(dispositif)
    perdu = immersion.participant.code_personnel
    actions_consultation.reemettre_code(participant=immersion.participant, par=None)
    immersion = Immersion.objects.get()
    with pytest.raises(Refus, match="pas_votre_code"):
        actions.arreter(immersion=immersion, code=perdu)
    assert actions.arreter(immersion=immersion, code=immersion.participant.code_personnel).arretee_le is not None


def test_whoever_stops_in_the_middle_ends_everything_and_may_ask_again(dispositif):
    immersion = signer(creer_prete(dispositif, debut=jour(-2)))
    actions.donner_un_code(immersion=immersion, partie="accueil", par=None)
    personne = immersion.participant
    actions.arreter(immersion=immersion, code=personne.code_personnel)
    assert immersion.codes.count() == 0
    for acte in (
        lambda: actions.integrer(immersion=immersion, le=jour(0), par=None),
        lambda: actions.evaluer(immersion=immersion, niveaux={}),
        lambda: actions.arreter(immersion=immersion, code=personne.code_personnel),
        lambda: actions.noter_obstacle(immersion=immersion, sorte="garde", qui="Inès", par=None),
    ):
        with pytest.raises(Refus, match="arretee"):
            acte()
    assert demander(dispositif, personne).pk != immersion.pk


def test_a_request_stopped_before_its_dates_are_known_holds_up_no_other(dispositif):
    immersion = demander(dispositif)
    personne = immersion.participant
    actions.arreter(immersion=immersion, code=personne.code_personnel)
    assert demander(dispositif, personne).pk != immersion.pk


def test_only_what_is_stopped_or_over_is_erased_on_request(dispositif):
    immersion = creer_prete(dispositif)
    code = immersion.participant.code_personnel
    with pytest.raises(Refus, match="en_cours"):
        actions.effacer(immersion=immersion, code=code)
    actions.arreter(immersion=immersion, code=code)
    actions.effacer(immersion=immersion, code=code)
    assert Immersion.objects.count() == 0


def dans_la_base(*mots):
    """Which of `mots` are somewhere in the tables of immersions."""
    lues = []
    with connection.cursor() as curseur:
        for table in connection.introspection.table_names(curseur):
            if table.startswith("immersions_"):
                curseur.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                lues += [repr(ligne) for ligne in curseur.fetchall()]
    return {mot for mot in mots if mot in "\n".join(lues)}


MOTS = ("Paul, le patron", "Inès", "Vendre le pain", "Tenir une caisse", "signed", "Le vélo")


def test_the_day_having_passed_the_night_leaves_counts_and_no_name(dispositif):
    immersion = creer_faite(dispositif)
    obstacle = {"immersion": immersion, "sorte": "mobilite", "qui": "Le vélo"}
    Obstacle.objects.create(**obstacle, leve_le=jour(-21))
    gardee, structure = creer_prete(dispositif), immersion.structure
    assert dans_la_base(*MOTS) == set(MOTS)
    Immersion.objects.filter(pk=immersion.pk).update(garder_jusqu_au=jour(-1))
    _periode, effacer = TRAVAUX["effacer-les-immersions"]
    assert (effacer(), effacer()) == (1, 0)
    reste = Immersion.objects.exclude(effacee_le=None).get()
    dits = (reste.participant, reste.genre, reste.secteur, reste.structure, reste.issue, reste.jours)
    assert dits == (None, "decouverte", "commerce", structure, "confirme", 12)
    assert (reste.pk < 0, reste.garder_jusqu_au, list(reste.obstacles.values_list("sorte", "qui"))) == (
        True, None, [("mobilite", "")],
    )  # fmt: skip
    assert Journal.objects.first().details == {"jour_passe": 1}
    gardee.delete()
    assert (dans_la_base(*MOTS) - {"Inès"}, Signature.objects.count()) == (set(), 0)


def test_someone_who_is_forgotten_takes_their_immersions_along(dispositif):
    immersion = creer_faite(dispositif)
    attend = demander(dispositif)
    actions_consultation.effacer_participant(participant=immersion.participant)
    assert dans_la_base("Paul, le patron", "Tenir une caisse") == set()
    assert [une.participant for une in Immersion.objects.order_by("effacee_le")] == [attend.participant, None]
    Consultation.objects.update(garder_jusqu_au=jour(-1))
    actions_consultation.oublier_les_personnes(consultation=dispositif.consultation)
    assert list(Immersion.objects.values_list("participant", flat=True)) == [None]
