import pytest
from django.contrib.auth.models import AnonymousUser

from consultation import actions, regles
from consultation.erreurs import Refus
from consultation.models import Mandat
from tests import fabriques as f

pytestmark = pytest.mark.django_db
TOUS = {"organise", "anime", "rapporte", "rapporte tout", "publie", "console"}


@pytest.fixture
def espace():
    return f.creer_espace()


def droits(compte, espace):
    consultation = espace.consultation
    return {
        "organise": regles.est_organisateur(compte, consultation),
        "anime": regles.peut_animer(compte, espace),
        "rapporte": regles.peut_rapporter(compte, espace),
        "rapporte tout": regles.peut_rapporter(compte, consultation),
        "publie": regles.peut_editer(compte, consultation),
        "console": regles.peut_voir_console(compte, espace),
    }


@pytest.mark.parametrize(
    ("creer", "permis"),
    [
        (lambda e: f.creer_organisateur(e.consultation), TOUS),
        (f.creer_animateur, {"anime", "rapporte", "console"}),
        (f.creer_rapporteur, {"rapporte", "console"}),
        (lambda e: f.creer_editeur(e.consultation), {"publie"}),
        (lambda e: f.creer_compte(), set()),
        (lambda e: f.creer_compte(is_superuser=True), TOUS),
        (lambda e: f.creer_organisateur(e.consultation, f.creer_compte(is_active=False)), set()),
        (lambda e: AnonymousUser(), set()),
        (lambda e: None, set()),
    ],
)
def test_each_role_may_do_what_is_its_own(espace, creer, permis):
    compte = creer(espace)
    assert {nom for nom, oui in droits(compte, espace).items() if oui} == permis


def test_a_role_held_elsewhere_opens_nothing_here(espace):
    voisin = f.creer_espace(consultation=espace.consultation)
    for compte in (f.creer_animateur(voisin), f.creer_organisateur(f.creer_consultation())):
        assert set(droits(compte, espace).values()) == {False}


def test_each_account_sees_what_is_theirs(espace):
    voisin = f.creer_espace(consultation=espace.consultation)
    organisateur, animateur = f.creer_organisateur(espace.consultation), f.creer_animateur(espace)
    editeur = f.creer_editeur(espace.consultation)
    f.creer_espace()
    assert set(regles.espaces_de(organisateur)) == {espace, voisin}
    assert (list(regles.espaces_de(animateur)), list(regles.espaces_de(editeur))) == ([espace], [])
    assert [list(regles.consultations_de(c)) for c in (organisateur, animateur, editeur)] == [
        [espace.consultation]
    ] * 3
    assert list(regles.consultations_de(AnonymousUser())) == []


def test_an_editor_of_one_room_publishes_nothing_of_the_whole(espace):
    partout = f.creer_editeur(espace.consultation)
    ici = f.creer_mandat("editeur", espace.consultation, espace=espace)
    assert [list(regles.consultations_editees(compte)) for compte in (partout, ici)] == [[espace.consultation], []]
    assert (regles.peut_editer(ici, espace.consultation), list(regles.comptes_avec(["editeur"]))) == (
        False,
        [partout],
    )
    assert [list(regles.espaces_de(compte)) for compte in (partout, ici)] == [[], []]
    partout.is_active = False
    partout.save()
    assert list(regles.comptes_avec(["editeur"])) == []


def test_a_mandate_is_given_once_taken_back_and_opens_the_group_of_its_role(espace):
    organisateur, compte = f.creer_organisateur(espace.consultation), f.creer_compte()
    confier = {"compte": compte, "role": "animateur", "consultation": espace.consultation, "espace": espace}
    mandat = actions.confier(par=organisateur, **confier)
    assert actions.confier(par=organisateur, **confier) == mandat
    assert [groupe.name for groupe in compte.groups.all()] == ["Animateurs"]
    actions.reprendre_mandat(mandat=mandat, par=organisateur)
    assert (list(compte.groups.all()), regles.peut_animer(compte, espace)) == ([], False)


def test_the_last_organiser_stays_and_a_stranger_entrusts_nobody(espace):
    organisateur = f.creer_organisateur(espace.consultation)
    with pytest.raises(Refus) as erreur:
        actions.reprendre_mandat(mandat=Mandat.objects.get(), par=organisateur)
    assert erreur.value.code == "dernier_organisateur"
    intrus = f.creer_compte()
    with pytest.raises(Refus) as erreur:
        actions.confier(compte=intrus, role="organisateur", consultation=espace.consultation, par=intrus)
    assert (erreur.value.statut, Mandat.objects.count()) == (403, 1)
