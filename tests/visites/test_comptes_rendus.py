"""What was seen: the common grille, a few lines, both sides' leave, propositions made of it."""

import pytest

from consultation.erreurs import Refus
from consultation.models import Journal, Proposition
from tests import fabriques as f
from visites import actions, lectures
from visites.models import Visite

from .fabriques_visites import CONSTAT, avec_recit, creer_visite, demander, faite, grille_commune, repondre

pytestmark = pytest.mark.django_db


def code_du_refus(acte, **champs):
    with pytest.raises(Refus) as survenu:
        acte(**champs)
    return survenu.value.code, survenu.value.statut


@pytest.fixture
def visite():
    """Yesterday, with three visitors."""
    visite = creer_visite(places=3)
    for _ in range(3):
        demander(visite)
    return faite(visite)


def visiteurs(visite):
    return [demande.participant for demande in visite.demandes.order_by("pk")]


def dire(visite, *reponses):
    for qui, accord in zip(visiteurs(visite), reponses, strict=False):
        actions.accorder(visite=visite, participant=qui, accord=accord)


def publiee(visite):
    avec_recit(visite)
    dire(visite, True, True, False)
    actions.accorder_pour_l_entreprise(visite=visite, accord=True)
    return actions.publier(visite=visite, par=None)


def est_publiee(visite):
    return Visite.objects.get(pk=visite.pk).publiee_le is not None


def test_each_visit_answers_its_own_copy_of_the_common_grille_made_once(visite):
    commune = grille_commune(visite.consultation)
    sienne = actions.preparer_compte_rendu(visite=visite, grille=commune, par=None)
    assert actions.preparer_compte_rendu(visite=visite, grille=commune, par=None) == sienne
    sienne.refresh_from_db()
    commune.refresh_from_db()
    assert (sienne.titre, sienne.etat) == ("Visite : Les Ateliers du Halage", "ouverte")
    assert (sienne.brouillon, sienne.pk == commune.pk) == (commune.brouillon, False)
    assert list(lectures.grilles_communes(visite.consultation)) == [commune]


def test_a_grille_of_another_seminar_or_none_is_refused(visite):
    ailleurs = grille_commune(f.creer_consultation())
    for grille in (ailleurs, None):
        assert code_du_refus(actions.preparer_compte_rendu, visite=visite, grille=grille, par=None) == (
            "ailleurs",
            422,
        )


def test_nothing_is_told_before_it_was_seen(visite):
    a_venir = creer_visite(visite.consultation)
    demander(a_venir, visiteurs(visite)[0])
    assert code_du_refus(actions.ecrire_recit, visite=a_venir, recit="Déjà", par=None) == ("pas_encore", 409)
    dit = {"visite": a_venir, "accord": True}
    assert code_du_refus(actions.accorder_pour_l_entreprise, **dit) == ("pas_encore", 409)
    assert code_du_refus(actions.accorder, participant=visiteurs(a_venir)[0], **dit) == ("pas_encore", 409)
    assert code_du_refus(actions.accorder_pour_l_entreprise, visite=visite, accord=True) == ("sans_recit", 409)


def test_it_takes_the_enterprise_and_more_than_half_of_the_group(visite):
    avec_recit(visite)
    dire(visite, True, False)
    actions.accorder_pour_l_entreprise(visite=visite, accord=True)
    assert code_du_refus(actions.publier, visite=visite, par=None) == ("sans_accord", 409)
    dire(visite, True, True)
    actions.accorder_pour_l_entreprise(visite=visite, accord=False)
    assert code_du_refus(actions.publier, visite=visite, par=None) == ("sans_accord", 409)
    actions.accorder_pour_l_entreprise(visite=visite, accord=True)
    actions.publier(visite=visite, par=None)
    actions.publier(visite=visite, par=None)
    assert est_publiee(visite)
    assert Journal.objects.filter(verbe="publier_compte_rendu").count() == 1


def test_what_either_side_takes_back_is_no_longer_public_at_once(visite):
    publiee(visite)
    actions.accorder_pour_l_entreprise(visite=visite, accord=False)
    assert not est_publiee(visite)
    publiee(visite)
    dire(visite, False)
    assert not est_publiee(visite)
    assert Journal.objects.filter(verbe="retirer_compte_rendu").count() == 2


def test_who_did_not_come_counts_no_more_and_a_report_left_without_its_majority_is_no_longer_public(visite):
    publiee(visite)
    equipe = f.creer_organisateur(visite.consultation)
    oui, _deux, non = visiteurs(visite)
    actions.rendre(visite=visite, participant=oui, par=equipe)
    assert not est_publiee(visite)  # one yes of two is not more than half
    assert code_du_refus(actions.publier, visite=visite, par=equipe) == ("sans_accord", 409)
    actions.rendre(visite=visite, participant=non, par=equipe)
    actions.publier(visite=visite, par=equipe)
    assert est_publiee(visite)


def test_new_words_ask_both_sides_again_the_same_words_nothing(visite):
    publiee(visite)
    avec_recit(visite)
    assert est_publiee(visite)
    avec_recit(visite, "Autre chose.")
    visite.refresh_from_db()
    assert (visite.publiee_le, visite.accord_entreprise) == (None, None)
    assert set(visite.demandes.values_list("accord", flat=True)) == {None}
    assert code_du_refus(actions.ecrire_recit, visite=visite, recit="x" * 4001, par=None) == ("long", 422)


def test_who_waited_was_not_of_the_group(visite):
    avec_recit(visite)
    attend = f.creer_participant(visite.consultation)
    visite.demandes.create(participant=attend)
    assert code_du_refus(actions.accorder, visite=visite, participant=attend, accord=True) == ("interdit", 403)


def test_findings_become_propositions_in_one_act_and_keep_where_they_come_from(visite):
    deuxieme = {**CONSTAT, "cle": "deuxieme", "libelle": "Et quoi encore ?"}
    commune = grille_commune(visite.consultation, CONSTAT, deuxieme)
    grille = actions.preparer_compte_rendu(visite=visite, grille=commune, par=None)
    grille.refresh_from_db()
    un, deux, _trois = visiteurs(visite)
    repondre(grille, un, constat="Chacun forme le suivant.", deuxieme="La porte reste ouverte.")
    repondre(grille, deux, constat="Le chef connaît chaque poste.")
    espace = f.creer_espace(consultation=visite.consultation)
    assert actions.verser_constats(visite=visite, espace=espace, par=None) == 3
    assert actions.verser_constats(visite=visite, espace=espace, par=None) == 3
    faites = Proposition.objects.order_by("texte")
    assert [(p.texte, p.auteur, p.origine, p.origine_note) for p in faites] == [
        ("Chacun forme le suivant.", un, "grille", "Visite : Les Ateliers du Halage"),
        ("La porte reste ouverte.", un, "grille", "Visite : Les Ateliers du Halage"),
        ("Le chef connaît chaque poste.", deux, "grille", "Visite : Les Ateliers du Halage"),
    ]


def test_without_an_answer_there_is_nothing_to_make_propositions_of(visite):
    espace = f.creer_espace(consultation=visite.consultation)
    assert code_du_refus(actions.verser_constats, visite=visite, espace=espace, par=None) == ("rien_a_verser", 409)
    actions.preparer_compte_rendu(visite=visite, grille=grille_commune(visite.consultation), par=None)
    assert code_du_refus(actions.verser_constats, visite=visite, espace=espace, par=None) == ("rien_a_verser", 409)


def test_the_page_quotes_only_who_agreed_to_be_quoted(visite):
    grille = actions.preparer_compte_rendu(visite=visite, grille=grille_commune(visite.consultation), par=None)
    grille.refresh_from_db()
    un, deux, _trois = visiteurs(visite)
    type(un).objects.filter(pk=un.pk).update(accord_publication=True)
    repondre(grille, un, constat="Chacun forme le suivant.")
    repondre(grille, deux, constat="Ne me citez pas.")
    visite.refresh_from_db()
    actions.verser_constats(visite=visite, espace=f.creer_espace(consultation=visite.consultation), par=None)
    lu = lectures.compte_rendu(visite)
    assert ([c.texte for c in lu.constats], lu.lues) == (["Chacun forme le suivant."], [])
