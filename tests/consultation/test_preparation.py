from datetime import date

import pytest

from consultation import actions
from consultation.erreurs import Refus
from consultation.models import Axe, Journal, Territoire
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


def refus(code, statut, acte, **appel):
    with pytest.raises(Refus) as erreur:
        acte(**appel)
    assert (erreur.value.code, erreur.value.statut) == (code, statut)
    return erreur.value


def test_what_is_prepared_is_checked_saved_linked_and_journaled(espace):
    organisateur = f.creer_organisateur(espace.consultation)
    axe = actions.enregistrer(objet=Axe(consultation=espace.consultation, titre="Accueillir"), par=organisateur)
    actions.enregistrer(objet=espace, par=organisateur, liens={"axes": [axe]})
    assert list(espace.axes.all()) == [axe]
    entrees = Journal.objects.filter(compte_id=organisateur.pk).values_list("verbe", "objet_type")
    assert list(entrees) == [("modifier", "consultation.espace"), ("creer", "consultation.axe")]


def test_the_journal_keeps_what_changes_in_a_seminar_and_only_the_fields_of_what_all_share(espace):
    consultation, structure = espace.consultation, f.creer_structure()
    consultation.lieu, consultation.chapeau, consultation.debut = "Pontoise", "Une journée.", date(2027, 10, 14)
    structure.nom = "Le Relais"
    for objet in (consultation, structure):
        actions.enregistrer(objet=objet, par=None)
    partage, reglages = (entree.details["changes"] for entree in Journal.objects.all()[:2])
    assert [c for c in reglages if c[0] in ("lieu", "chapeau", "debut")] == [
        ["chapeau", None, None],
        ["lieu", reglages[1][1], "Pontoise"],
        ["debut", reglages[2][1], "14/10/2027"],
    ]
    assert partage == [["nom", None, None]]


def test_what_is_wrong_is_refused_on_its_field_and_not_saved(espace):
    erreur = refus("invalide", 422, actions.enregistrer, objet=Axe(consultation=espace.consultation), par=None)
    assert (erreur.champ, Axe.objects.count()) == ("titre", 0)


def test_only_organisers_prepare_and_peoples_words_are_not_prepared(espace):
    axe = Axe(consultation=espace.consultation, titre="X")
    refus("interdit", 403, actions.enregistrer, objet=axe, par=f.creer_animateur(espace))
    refus("interdit", 403, actions.enregistrer, objet=Territoire(nom="X"), par=f.creer_compte())
    organisateur = f.creer_organisateur(espace.consultation)
    assert actions.enregistrer(objet=Territoire(nom="Une région"), par=organisateur).pk
    refus("interdit", 403, actions.enregistrer, objet=f.creer_proposition(espace), par=organisateur)


def test_what_holds_peoples_words_is_not_deleted(espace):
    axe, piste = f.creer_axe(consultation=espace.consultation), f.creer_piste(espace)
    actions.formuler_piste(piste=piste, texte="X", axe=axe, par=None)
    for objet in (axe, espace, espace.consultation, f.college(espace.consultation)):
        refus("paroles", 409, actions.supprimer, objet=objet, par=None)
    refus("utilise", 409, actions.supprimer, objet=espace.consultation.territoire, par=None)
    vide = f.creer_axe(consultation=espace.consultation)
    actions.supprimer(objet=vide, par=None, motif="En double")
    assert list(Axe.objects.all()) == [axe]
    assert (Journal.objects.first().verbe, Journal.objects.first().motif) == ("supprimer", "En double")


def test_a_territory_is_never_part_of_itself_however_far():
    nation = Territoire.objects.create(nom="Ici", niveau="nation")
    region = Territoire.objects.create(nom="Là", niveau="region", parent=nation)
    for boucle, parent in ((nation, nation), (nation, region)):
        boucle.parent = parent
        assert refus("invalide", 422, actions.enregistrer, objet=boucle, par=None).champ == "parent"
    region.parent = Territoire.objects.create(nom="Ailleurs", niveau="nation")
    actions.enregistrer(objet=region, par=None)
