"""The room of a rehearsal: made at once, seen nowhere, cleared without touching anything real."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models import ProtectedError
from django.urls import reverse

from ateliers import actions, lectures, regles
from ateliers.models import Atelier, Repetition
from consultation import actions as actes
from consultation.erreurs import Refus
from consultation.models import Journal, Piste
from contenus.lectures import accueil
from tests.ateliers.fabriques_salle import faire_atelier, faire_etapes, faire_participant, faire_pistes

pytestmark = pytest.mark.django_db
#: What a rehearsal leaves: the journal takes nothing back.
RESTES = {"consultation.journal"}


def lignes():
    """How many rows each table holds."""
    return {
        modele._meta.label_lower: modele._base_manager.count()
        for modele in apps.get_models()
        if modele._meta.managed and not modele._meta.proxy and modele is not Session
    }


def salle_de(repetition):
    return Atelier.objects.select_related("espace__consultation").get(espace__consultation=repetition.consultation)


def y_vivre(atelier):
    """Someone comes in, proposes and votes, as phones do."""
    college = atelier.consultation.colleges.first()
    personne = actions.rejoindre(atelier=atelier, prenom="Ada", college=college)
    _accueil, proposer, voter = atelier.etapes.all()
    actions.ouvrir_etape(etape=proposer, par=None)
    actions.proposer(atelier=atelier, participant=personne, texte="Une phrase assez longue")
    etape = actions.ouvrir_etape(etape=voter, par=None)
    actes.voter(scrutin=etape.scrutin, participant=personne, choix={etape.scrutin.pistes.first().pk: 3})
    actions.clore_etape(etape=etape, par=None)


def test_the_room_takes_people_and_its_account_leads_it_alone():
    autre = faire_atelier()
    repetition = actions.preparer_repetition()
    atelier = salle_de(repetition)
    assert [etape.nature for etape in atelier.etapes.all()] == ["accueil", "ideation", "vote"]
    assert Piste.objects.vivantes().filter(espace=atelier.espace).count() == 12
    assert repetition.consultation.titre.startswith("Répétition générale du ")
    assert regles.est_ouvert(atelier)
    assert not repetition.animateur.has_usable_password()
    assert regles.peut_animer(repetition.animateur, atelier)
    assert not regles.peut_animer(repetition.animateur, autre)
    assert not regles.peut_preparer(repetition.animateur, atelier.consultation)


def test_clearing_leaves_every_table_as_it_was_but_the_journal():
    reel = faire_atelier()
    faire_pistes(reel, 3)
    personne = faire_participant(reel)
    faire_etapes(reel)
    avant = lignes()
    repetition = actions.preparer_repetition()
    y_vivre(salle_de(repetition))
    actions.effacer_repetition(repetition=repetition)
    apres = lignes()
    assert {nom: (avant[nom], n) for nom, n in apres.items() if n != avant[nom] and nom not in RESTES} == {}
    assert list(reel.espace.pistes.values_list("numero", flat=True)) == [1, 2, 3]
    assert reel.consultation.participants.get() == personne


def test_each_act_leaves_one_line_in_the_journal():
    repetition = actions.preparer_repetition()
    actions.effacer_repetition(repetition=repetition)
    lignes_du_journal = list(Journal.objects.order_by("pk").values_list("verbe", "objet_type", "details"))
    assert lignes_du_journal[0][:2] == ("confier", "consultation.mandat")  # the account that leads it
    assert lignes_du_journal[1:] == [
        ("preparer_repetition", "ateliers.repetition", {}),
        ("effacer_repetition", "ateliers.repetition", {"participants": 0, "propositions": 0}),
    ]


def test_only_the_system_or_an_administrator_makes_or_clears_one():
    compte = get_user_model().objects.create_user("a@exemple.org", "x")
    with pytest.raises(Refus) as refus:
        actions.preparer_repetition(par=compte)
    assert refus.value.code == "interdit"
    repetition = actions.preparer_repetition(par=get_user_model().objects.create_superuser("b@exemple.org", "x"))
    with pytest.raises(Refus):
        actions.effacer_repetition(repetition=repetition, par=compte)
    assert Repetition.objects.count() == 1


def test_clearing_stops_whole_when_something_real_rests_on_it():
    repetition = actions.preparer_repetition()
    # By hand, on a rehearsal that was kept: a real seminar put in its territory.
    reel = faire_atelier().consultation
    reel.territoire = repetition.territoire
    reel.save()
    with pytest.raises(ProtectedError):
        actions.effacer_repetition(repetition=repetition)
    assert Repetition.objects.get() == repetition
    assert Repetition.objects.get().consultation.colleges.count() == 3


def test_public_pages_and_lists_do_not_show_it(client):
    avant = client.get("/").content.decode()
    repetition = actions.preparer_repetition()
    atelier = salle_de(repetition)
    y_vivre(atelier)
    vue = client.get("/").content.decode()
    assert "Répétition" not in vue
    assert vue.count("<li") == avant.count("<li")
    assert list(lectures.en_ce_moment()) == []
    assert accueil.prochain_rendezvous() is None
    assert accueil._prevues() == {}
    assert client.get(reverse("contenus:carnet", args=[repetition.consultation.slug])).status_code == 404


def test_even_given_dates_and_a_region_by_hand_it_is_announced_nowhere():
    repetition = actions.preparer_repetition()
    reel = faire_atelier().consultation
    maintenant = repetition.commencee_le.date()
    repetition.consultation.__class__.objects.filter(pk=repetition.consultation_id).update(
        debut=maintenant, fin=maintenant, territoire=reel.territoire, etat="ouverte"
    )
    assert accueil.prochain_rendezvous() is None
    assert list(accueil._prevues().values()) == [reel]


def test_those_who_prepare_a_seminar_do_not_see_it():
    reel = faire_atelier().consultation
    compte = get_user_model().objects.create_user("a@exemple.org", "x")
    actes.confier(compte=compte, role="organisateur", consultation=reel, par=None)
    actions.preparer_repetition()
    assert [atelier.consultation for atelier in lectures.ateliers_de(compte)] == [reel]
