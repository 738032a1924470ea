from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from consultation import actions
from consultation.actions.urne import dernier_ordre
from consultation.decomptes import attendus
from consultation.erreurs import Refus
from consultation.models import Bulletin, Decompte, Journal, Piste, Voix
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def decompte(scrutin):
    """{(piste number, college sign, value): voters}, empty lines left out."""
    return {
        (d.piste.numero, d.college.signe, d.valeur): d.votants
        for d in Decompte.objects.filter(scrutin=scrutin, votants__gt=0).select_related("piste", "college")
    }


def etat_exact(scrutin):
    return {
        (d.piste_id, d.college_id, d.valeur): d.votants
        for d in Decompte.objects.filter(scrutin=scrutin, votants__gt=0)
    }


@pytest.fixture
def espace():
    return f.creer_espace()


def refus(code, statut, **appel):
    with pytest.raises(Refus) as erreur:
        actions.voter(**appel)
    assert (erreur.value.code, erreur.value.statut) == (code, statut)
    return erreur.value


def test_a_ballot_is_written_once_and_counted_by_college(espace):
    scrutin = f.creer_scrutin(espace)
    une, deux = scrutin.pistes.all()
    personne = f.creer_participant(espace.consultation)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 2, str(deux.pk): "1"}, cle="a")
    assert decompte(scrutin) == {(1, "salaries", 2): 1, (2, "salaries", 1): 1}


def test_a_new_choice_replaces_only_the_pistes_named(espace):
    scrutin = f.creer_scrutin(espace)
    une, deux = scrutin.pistes.all()
    personne = f.creer_participant(espace.consultation)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 2, deux.pk: 1})
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 0})
    actions.voter(scrutin=scrutin, participant=personne, choix={deux.pk: 3})
    assert decompte(scrutin) == {(2, "salaries", 3): 1}


def votes_de(personne):
    return dict(Voix.objects.filter(participant=personne).values_list("piste__numero", "valeur"))


def test_the_choice_made_last_counts_in_whatever_order_they_arrive(espace):
    scrutin = f.creer_scrutin(espace)
    une, deux = scrutin.pistes.all()
    personne = f.creer_participant(espace.consultation)
    appel = {"scrutin": scrutin, "participant": personne}
    actions.voter(**appel, choix={une.pk: 0, deux.pk: 3}, cle="b", ordre=2000)
    actions.voter(**appel, choix={une.pk: 3, deux.pk: 0}, cle="a", ordre=1000)
    assert (votes_de(personne), decompte(scrutin)) == ({2: 3}, {(2, "salaries", 3): 1})


def test_an_old_delivery_after_newer_votes_undoes_nothing(espace):
    scrutin = f.creer_scrutin(espace)
    une, _deux = scrutin.pistes.all()
    personne = f.creer_participant(espace.consultation)
    for ordre, valeur in ((1000, 1), (2000, 2), (3000, 3), (1000, 1), (2000, 2)):
        actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: valeur}, cle=f"k{ordre}", ordre=ordre)
    assert votes_de(personne) == {1: 3}
    assert Journal.objects.filter(verbe="voter").count() == 3


def test_two_phones_of_one_person_each_keep_the_pistes_they_alone_have_spoken_of(espace):
    scrutin = f.creer_scrutin(espace, mode="adhesion")
    une, deux = scrutin.pistes.all()
    personne = f.creer_participant(espace.consultation)
    actions.voter(scrutin=scrutin, participant=personne, choix={deux.pk: 1}, ordre=2000)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 4, deux.pk: 4}, ordre=1000)
    assert votes_de(personne) == {1: 4, 2: 1}


def test_a_plain_form_comes_last_and_a_clock_far_ahead_shuts_nobody_out(espace):
    scrutin = f.creer_scrutin(espace)
    une, _deux = scrutin.pistes.all()
    personne = f.creer_participant(espace.consultation)
    dans_deux_heures = int(timezone.now().timestamp() * 1000) + 7_200_000
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 1}, cle="a", ordre=dans_deux_heures)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 2}, cle="b")
    assert votes_de(personne) == {1: 2}
    (garde,) = Bulletin.objects.get().ordres.values()
    assert garde < dans_deux_heures - 7_000_000


def horloge_reculee(scrutin):
    """As if our clock had been set back two minutes after the votes that are in."""
    recul = timedelta(minutes=2)
    for bulletin in Bulletin.objects.filter(scrutin=scrutin):
        bulletin.ordres = {piste: ordre + 120_000 for piste, ordre in bulletin.ordres.items()}
        bulletin.save()
    Voix.objects.filter(scrutin=scrutin).update(modifie_le=F("modifie_le") + recul)


@pytest.mark.parametrize("apres", [1, 5_000])
def test_a_clock_stepped_back_drops_no_vote_that_is_changed(espace, apres):
    """A phone counts on from the last order it was told, whatever the clocks say since."""
    scrutin = f.creer_scrutin(espace)
    une, deux = scrutin.pistes.all()
    personne = f.creer_participant(espace.consultation)
    maintenant = int(timezone.now().timestamp() * 1000)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 1, deux.pk: 1}, cle="a", ordre=maintenant)
    horloge_reculee(scrutin)
    tenu = dernier_ordre(Bulletin.objects.get())
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 2}, cle="b", ordre=tenu + apres)
    actions.voter(scrutin=scrutin, participant=personne, choix={deux.pk: 0}, cle="c", ordre=tenu + apres + 1)
    assert votes_de(personne) == {1: 2}
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 3}, cle="d", ordre=tenu)
    assert votes_de(personne) == {1: 2}  # made before: still left aside


def test_a_clock_stepped_back_does_not_bring_back_the_degree_of_a_joined_piste(espace):
    scrutin = f.creer_scrutin(espace, mode="adhesion")
    une, deux = scrutin.pistes.all()
    personne = f.creer_participant(espace.consultation)
    actions.voter(scrutin=scrutin, participant=personne, choix={deux.pk: 1})
    actions.regrouper(espace=espace, pistes=[deux], dans=une, texte="Ensemble", par=None)
    horloge_reculee(scrutin)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 4})
    assert decompte(scrutin) == {(1, "salaries", 4): 1}
    assert etat_exact(scrutin) == dict(attendus(scrutin))


def test_the_same_key_twice_returns_the_same_ballot_and_changes_nothing(espace):
    scrutin = f.creer_scrutin(espace)
    une, deux = scrutin.pistes.all()
    personne = f.creer_participant(espace.consultation)
    premier = actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 1}, cle="k")
    second = actions.voter(scrutin=scrutin, participant=personne, choix={deux.pk: 3}, cle="k")
    assert (second, decompte(scrutin)) == (premier, {(1, "salaries", 1): 1})


def test_more_dots_than_one_has_is_refused_over_the_whole_ballot(espace):
    scrutin = f.creer_scrutin(espace)
    une, deux = scrutin.pistes.all()
    personne = f.creer_participant(espace.consultation)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 2})
    erreur = refus("trop_de_gommettes", 422, scrutin=scrutin, participant=personne, choix={deux.pk: 2})
    assert erreur.message == "Vous avez 3 gommettes. Vous en avez posé 4. Retirez-en."
    assert decompte(scrutin) == {(1, "salaries", 2): 1}


@pytest.mark.parametrize("valeur", [-1, "-1", 1.5, "1.5", True, None, "beaucoup", "½", "9" * 30])
def test_a_value_that_is_not_a_count_is_refused(espace, valeur):
    scrutin = f.creer_scrutin(espace)
    personne = f.creer_participant(espace.consultation)
    refus("choix_invalide", 400, scrutin=scrutin, participant=personne, choix={scrutin.pistes.first().pk: valeur})
    assert decompte(scrutin) == {}


@pytest.mark.parametrize("choix", [None, [], "1", {None: 1}, {"x": 1}])
def test_a_ballot_that_is_not_a_mapping_of_numbers_is_refused(espace, choix):
    scrutin = f.creer_scrutin(espace)
    refus(
        "choix_invalide", 400, scrutin=scrutin, participant=f.creer_participant(espace.consultation), choix=choix
    )


def test_a_fifth_degree_of_agreement_does_not_exist(espace):
    scrutin = f.creer_scrutin(espace, mode="adhesion")
    personne = f.creer_participant(espace.consultation)
    refus("choix_invalide", 400, scrutin=scrutin, participant=personne, choix={scrutin.pistes.first().pk: 5})


def test_a_closed_ballot_takes_no_vote(espace):
    scrutin = f.creer_scrutin(espace)
    une = scrutin.pistes.first()
    actions.clore_scrutin(scrutin=scrutin, par=None)
    refus(
        "scrutin_clos",
        409,
        scrutin=scrutin,
        participant=f.creer_participant(espace.consultation),
        choix={une.pk: 1},
    )


def test_a_piste_out_of_the_ballot_is_refused(espace):
    scrutin = f.creer_scrutin(espace)
    autre = f.creer_piste(espace)
    personne = f.creer_participant(espace.consultation)
    refus("piste_inconnue", 422, scrutin=scrutin, participant=personne, choix={autre.pk: 1})
    refus("piste_inconnue", 422, scrutin=scrutin, participant=personne, choix={10**9: 1})


def test_someone_of_another_consultation_or_erased_cannot_vote(espace):
    scrutin = f.creer_scrutin(espace)
    choix = {scrutin.pistes.first().pk: 1}
    refus("interdit", 403, scrutin=scrutin, participant=f.creer_participant(f.creer_consultation()), choix=choix)
    actions.effacer_participant(participant=f.creer_participant(espace.consultation))
    parti = espace.consultation.participants.get(efface_le__isnull=False)
    refus("efface", 403, scrutin=scrutin, participant=parti, choix=choix)


def test_voting_on_a_joined_piste_says_which_one_to_vote_on(espace):
    une, deux = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, deux])
    actions.regrouper(espace=espace, par=None, pistes=[deux], dans=une)
    erreur = refus(
        "piste_jointe",
        409,
        scrutin=scrutin,
        participant=f.creer_participant(espace.consultation),
        choix={deux.pk: 1},
    )
    assert erreur.message == "La piste n°\u00a02 a été jointe à la n°\u00a01. Votez sur la n°\u00a01."


def test_joining_counts_each_voter_once_and_rewrites_no_vote(espace):
    une, deux = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, deux])
    f.faire_voter(scrutin, "salaries", 2, {une: 1, deux: 2})
    f.faire_voter(scrutin, "permanents", 1, {deux: 3})
    avant, voix = decompte(scrutin), list(Voix.objects.order_by("pk").values())
    geste = actions.regrouper(espace=espace, par=None, pistes=[une, deux], texte="Les deux")
    assert decompte(scrutin) == {(3, "salaries", 3): 2, (3, "permanents", 3): 1}
    assert list(Voix.objects.order_by("pk").values()) == voix
    actions.defaire_regroupement(regroupement=geste, par=None)
    assert decompte(scrutin) == avant
    assert Piste.objects.get(numero=3).etat == Piste.Etat.ECARTEE


def test_in_adhesion_the_most_recent_choice_of_a_joined_piste_counts(espace):
    une, deux = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, deux], mode="adhesion")
    [personne] = f.faire_voter(scrutin, "salaries", 1, {une: 4})
    actions.voter(scrutin=scrutin, participant=personne, choix={deux.pk: 2})
    actions.regrouper(espace=espace, par=None, pistes=[deux], dans=une)
    assert decompte(scrutin) == {(1, "salaries", 2): 1}


def test_a_choice_on_a_joined_piste_speaks_for_the_family_and_keeps_earlier_votes_in_place(espace):
    une, deux = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, deux])
    [personne] = f.faire_voter(scrutin, "salaries", 1, {une: 1, deux: 1})
    geste = actions.regrouper(espace=espace, par=None, pistes=[deux], dans=une)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 3})
    assert decompte(scrutin) == {(1, "salaries", 3): 1}
    actions.defaire_regroupement(regroupement=geste, par=None)
    assert decompte(scrutin) == {(1, "salaries", 2): 1, (2, "salaries", 1): 1}


def test_withdrawing_from_a_joined_piste_withdraws_from_its_family(espace):
    une, deux = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, deux])
    [personne] = f.faire_voter(scrutin, "salaries", 1, {une: 1, deux: 1})
    actions.regrouper(espace=espace, par=None, pistes=[deux], dans=une)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 0})
    assert (decompte(scrutin), Voix.objects.count()) == ({}, 0)


def test_dots_on_a_piste_set_aside_are_given_back(espace):
    une, deux = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, deux])
    [personne] = f.faire_voter(scrutin, "salaries", 1, {une: 3})
    actions.ecarter_piste(piste=une, par=None)
    actions.voter(scrutin=scrutin, participant=personne, choix={deux.pk: 3})
    assert decompte(scrutin)[2, "salaries", 3] == 1
    with pytest.raises(Refus) as erreur:
        actions.reprendre_piste(piste=une, par=None)
    assert erreur.value.code == "vote_en_cours"


@pytest.mark.parametrize("choisie", [0, 1])
def test_what_is_refused_while_a_vote_is_open_does_not_tell_what_the_first_voter_chose(espace, choisie):
    """Whoever leads could set each piste aside and try to take it back: the answer is the same whatever it has."""
    pistes = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, pistes)
    actions.ecarter_piste(piste=pistes[0], par=None)
    pistes[0] = actions.reprendre_piste(piste=pistes[0], par=None)  # nobody has voted yet
    f.faire_voter(scrutin, "salaries", 1, {pistes[choisie]: 1})
    codes = []
    for piste in pistes:
        ecartee = actions.ecarter_piste(piste=piste, par=None)
        with pytest.raises(Refus) as refus:
            actions.reprendre_piste(piste=ecartee, par=None)
        codes.append(refus.value.code)
    assert codes == ["vote_en_cours"] * 2


def test_changing_college_carries_open_ballots_and_leaves_closed_ones(espace):
    ouvert, clos = f.creer_scrutin(espace), f.creer_scrutin(espace)
    personne = f.creer_participant(espace.consultation)
    for scrutin in (ouvert, clos):
        actions.voter(scrutin=scrutin, participant=personne, choix={scrutin.pistes.first().pk: 1})
    actions.clore_scrutin(scrutin=clos, par=None)
    actions.changer_college(participant=personne, college=f.college(espace.consultation, "permanents"), par=None)
    assert [signe for _n, signe, _v in decompte(ouvert)] == ["permanents"]
    assert [signe for _n, signe, _v in decompte(clos)] == ["salaries"]


@pytest.mark.parametrize("deja", [1, 12])
def test_a_vote_costs_as_many_queries_whatever_is_stored(espace, deja, django_assert_num_queries):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, 3))
    pistes = list(scrutin.pistes.all())
    f.faire_voter(scrutin, "permanents", deja, {pistes[0]: 1, pistes[1]: 2})
    personne = f.creer_participant(espace.consultation)
    with django_assert_num_queries(8):
        actions.voter(scrutin=scrutin, participant=personne, choix={p.pk: 1 for p in pistes})
    assert etat_exact(scrutin) == attendus(scrutin)


def test_only_the_facilitator_prepares_opens_and_closes(espace):
    intrus, animateur = f.creer_compte(), f.creer_animateur(espace)
    pistes = f.creer_pistes(espace, 1)
    with pytest.raises(Refus) as erreur:
        actions.preparer_scrutin(espace=espace, titre="Vote", par=intrus)
    assert erreur.value.statut == 403
    scrutin = actions.preparer_scrutin(espace=espace, titre="Vote", par=animateur)
    for acte in (actions.ouvrir_scrutin, actions.clore_scrutin):
        with pytest.raises(Refus):
            acte(scrutin=scrutin, par=intrus)
    ouvert = actions.ouvrir_scrutin(scrutin=scrutin, par=animateur)
    assert (list(ouvert.pistes.all()), actions.clore_scrutin(scrutin=ouvert, par=animateur).etat) == (
        pistes,
        "clos",
    )


def test_a_ballot_without_any_piste_cannot_open(espace):
    scrutin = f.creer_scrutin(espace, [], ouvert=False)
    with pytest.raises(Refus) as erreur:
        actions.ouvrir_scrutin(scrutin=scrutin, par=None)
    assert erreur.value.code == "sans_piste"
