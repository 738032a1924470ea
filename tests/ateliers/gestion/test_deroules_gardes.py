"""One's own déroulé kept and used again; a closed step opened again; a workshop with an hour of its own."""

from datetime import time

import pytest
from django.utils import timezone

from ateliers import actions, lectures
from ateliers.models import Atelier, DerouleGarde, Etape
from consultation.erreurs import Refus
from tests.fabriques import creer_animateur, registre

from .gestes import adresse

pytestmark = pytest.mark.django_db


def etapes(atelier):
    return [(e.nature, e.titre, e.duree, e.consigne) for e in atelier.etapes.all()]


def test_a_kept_deroule_is_laid_again_with_the_rules_of_its_votes(pupitre):
    consultation, ateliers, client = pupitre
    par = consultation.mandats.get(role="organisateur").compte
    vote = ateliers[0].etapes.get(nature="vote")
    vote.scrutin.gommettes, vote.scrutin.secret = 7, True
    vote.scrutin.save()
    actions.modifier_etape(etape=ateliers[0].etapes.first(), titre="Se dire bonjour", duree=3, par=par)
    client.post(adresse("garder_deroule", consultation, ateliers[0].pk), {"titre": "Le mien"})
    assert registre(consultation)[-1] == "garder_deroule"
    cle = f"garde-{DerouleGarde.objects.get().pk}"
    client.post(adresse("poser_deroule", consultation, ateliers[1].pk), {"deroule": cle})
    assert etapes(ateliers[1]) == etapes(ateliers[0])
    pose = ateliers[1].etapes.get(nature="vote").scrutin
    assert (pose.gommettes, pose.secret) == (7, True)
    neuf = actions.creer_atelier(
        consultation=consultation, temps=ateliers[0].temps, titre="Neuf", deroule=cle, par=par
    )
    assert etapes(neuf) == etapes(ateliers[0])


def test_it_is_offered_to_whom_keeps_it_alone(pupitre):
    consultation, ateliers, client = pupitre
    client.post(adresse("garder_deroule", consultation, ateliers[0].pk), {"titre": "Le mien"})
    assert "Le mien (92 min)" in client.get(adresse("ateliers_ajouter", consultation)).content.decode()
    autre = creer_animateur(ateliers[1].espace)
    with pytest.raises(Refus) as refus:
        actions.appliquer_deroule(atelier=ateliers[1], deroule=f"garde-{DerouleGarde.objects.get().pk}", par=autre)
    assert (refus.value.code, refus.value.champ) == ("deroule_inconnu", "deroule")


def test_the_same_name_takes_its_place_and_it_can_be_forgotten(pupitre):
    consultation, ateliers, client = pupitre
    for _fois in range(2):
        client.post(adresse("garder_deroule", consultation, ateliers[0].pk), {"titre": "Le mien"})
    garde = DerouleGarde.objects.get()
    client.post(adresse("oublier_deroule", consultation, ateliers[0].pk, garde.pk))
    assert (DerouleGarde.objects.count(), registre(consultation)[-1]) == (0, "oublier_deroule")


def test_a_deroule_needs_a_name_and_steps(pupitre):
    consultation, ateliers, _client = pupitre
    par = consultation.mandats.get(role="organisateur").compte
    with pytest.raises(Refus) as sans_nom:
        actions.garder_deroule(atelier=ateliers[0], titre=" ", par=par)
    assert sans_nom.value.champ == "titre"
    ateliers[0].etapes.all().delete()
    with pytest.raises(Refus) as sans_etape:
        actions.garder_deroule(atelier=ateliers[0], titre="Vide", par=par)
    assert sans_etape.value.code == "sans_etape"
    assert not DerouleGarde.objects.exists()


def test_a_closed_step_opens_again_from_the_desk_and_a_closed_vote_does_not(pupitre):
    consultation, ateliers, client = pupitre
    consultation.etat = "ouverte"
    consultation.save()
    accueil, vote = ateliers[0].etapes.first(), ateliers[0].etapes.get(nature="vote")
    for etape in (accueil, vote):
        etape.etat, etape.fermee_le, etape.ouverte_le = "fermee", timezone.now(), timezone.now()
        etape.save()
    vote.scrutin.etat = "clos"
    vote.scrutin.save()
    page = client.get(adresse("deroule", consultation, ateliers[0].pk)).content.decode()
    assert page.count("/rouvrir/") == 1
    assert "Un vote clos ne se rouvre pas." in page
    client.post(adresse("etape_rouvrir", consultation, ateliers[0].pk, accueil.pk))
    assert (Etape.objects.get(pk=accueil.pk).etat, registre(consultation)[-1]) == ("ouverte", "ouvrir_etape")
    refus = client.post(adresse("etape_rouvrir", consultation, ateliers[0].pk, vote.pk), follow=True)
    assert "Ce vote est clos, ses résultats ont été vus." in refus.content.decode()
    assert Etape.objects.get(pk=vote.pk).etat == "fermee"


def finir(atelier):
    """Close every step, as at the end of a workshop, and its vote."""
    atelier.etapes.update(etat="fermee", fermee_le=timezone.now(), ouverte_le=timezone.now(), restant=300)
    type(atelier.etapes.get(nature="vote").scrutin).objects.filter(etape__atelier=atelier).update(etat="clos")
    Atelier.objects.filter(pk=atelier.pk).update(entrees_suspendues=True)


def test_a_finished_workshop_is_taken_up_again_in_one_step_which_its_page_then_tells(pupitre):
    consultation, ateliers, client = pupitre
    consultation.etat = "ouverte"
    consultation.save()
    page = adresse("deroule", consultation, ateliers[0].pk)
    assert "Rouvrir l’atelier" not in client.get(page).content.decode()
    finir(ateliers[0])
    assert "Rouvrir l’atelier" in client.get(page).content.decode()
    rouvert = client.post(adresse("ateliers_rouvrir", consultation, ateliers[0].pk), follow=True).content.decode()
    derniere = ateliers[0].etapes.exclude(nature="vote").last()
    assert (derniere.etat, Atelier.objects.get(pk=ateliers[0].pk).entrees_suspendues) == ("ouverte", False)
    assert round((derniere.echeance - timezone.now()).total_seconds(), -1) == 300
    assert registre(consultation)[-3:] == ["ouvrir_etape", "reprendre_entrees", "rouvrir_atelier"]
    assert "a rouvert un atelier" in rouvert
    encore = client.post(adresse("ateliers_rouvrir", consultation, ateliers[0].pk), follow=True).content.decode()
    assert "Cet atelier n’est pas terminé" in encore


def test_a_workshop_of_votes_alone_does_not_open_again(pupitre):
    consultation, ateliers, _client = pupitre
    consultation.etat = "ouverte"
    consultation.save()
    finir(ateliers[0])
    ateliers[0].etapes.exclude(nature="vote").delete()
    atelier = Atelier.objects.select_related("espace__consultation").get(pk=ateliers[0].pk)
    with pytest.raises(Refus) as refus:
        actions.rouvrir_atelier(atelier=atelier, par=None)
    assert refus.value.code == "rien_a_rouvrir"


def test_a_workshop_begins_at_its_own_hour(pupitre):
    consultation, ateliers, _client = pupitre
    par = consultation.mandats.get(role="organisateur").compte
    actions.modifier_atelier(atelier=ateliers[0], heure=time(10, 30), par=par)
    atelier = Atelier.objects.get(pk=ateliers[0].pk)
    debut = timezone.localtime(lectures.deroule(atelier).lignes[0].debut)
    assert (debut.date(), debut.time()) == (timezone.localdate(atelier.temps.debut), time(10, 30))


@pytest.mark.parametrize("heure", [time(8, 59), time(12, 0)])
def test_an_hour_outside_the_half_day_is_refused(pupitre, heure):
    consultation, ateliers, _client = pupitre
    par = consultation.mandats.get(role="organisateur").compte
    with pytest.raises(Refus) as refus:
        actions.modifier_atelier(atelier=ateliers[0], heure=heure, par=par)
    assert (refus.value.champ, refus.value.message) == (
        "heure",
        "Cette heure n’est pas dans la demi-journée, qui va de 09:00 à 12:00.",
    )
    assert Atelier.objects.get(pk=ateliers[0].pk).heure is None


def test_several_rooms_and_workshops_are_added_one_a_line(pupitre):
    consultation, ateliers, client = pupitre
    client.post(adresse("salles_plusieurs", consultation), {"lignes": "Hêtre ; 40 ; au fond\nOrme"})
    assert [(s.nom, s.capacite, s.acces) for s in consultation.salles.all()] == [
        ("Hêtre", 40, "au fond"),
        ("Orme", None, ""),
    ]
    donnees = {"lignes": "Un ; Quoi ?\nDeux", "temps": ateliers[0].temps_id, "nature": "atelier"}
    client.post(adresse("ateliers_plusieurs", consultation), {**donnees, "capacite": 12, "deroule": "forum"})
    neufs = Atelier.objects.filter(temps=ateliers[0].temps).order_by("ordre")[1:]
    assert [(a.titre, a.espace.question, a.capacite, a.etapes.count()) for a in neufs] == [
        ("Un", "Quoi ?", 12, 5),
        ("Deux", "", 12, 5),
    ]


def test_a_list_or_a_form_of_the_programme_sent_twice_is_written_once(pupitre):
    consultation, ateliers, client = pupitre
    temps = ateliers[0].temps
    donnees = {"temps": temps.pk, "nature": "atelier", "capacite": "", "deroule": "classique"}
    demi = {"titre": "Le soir", "debut": "2027-05-14 18:00", "fin": "2027-05-14 20:00", "picto": "d-1"}
    envois = [
        ("ateliers_plusieurs", {**donnees, "lignes": "Un ; Quoi ?\nDeux"}),
        ("ateliers_ajouter", {**donnees, "titre": " UN", "question": "", "salle": ""}),
        ("temps_ajouter", demi),
    ]
    for nom, champs in envois:
        client.post(adresse(nom, consultation), champs)
        assert client.post(adresse(nom, consultation), champs).status_code == 422
    tous = Atelier.objects.filter(espace__consultation=consultation).dans_l_ordre()
    assert [a.titre for a in tous if a.temps_id == temps.pk][1:] == ["Un", "Deux"]
    assert consultation.temps.filter(titre="Le soir").count() == 1
    refus = client.post(adresse("ateliers_plusieurs", consultation), {**donnees, "lignes": "Trois\nDeux\ntrois"})
    assert "Deux\u202f»\u202f: Un atelier de cette demi-journée a déjà ce titre." in refus.content.decode()
    a_cote = {**donnees, "titre": "Un", "question": "", "salle": consultation.salles.create(nom="À côté").pk}
    statuts = [client.post(adresse("ateliers_ajouter", consultation), a_cote).status_code for _fois in range(2)]
    assert statuts == [302, 422]
    ailleurs = {**donnees, "temps": consultation.temps.exclude(pk=temps.pk).first().pk, "lignes": "Un\nDeux"}
    assert client.post(adresse("ateliers_plusieurs", consultation), ailleurs).status_code == 302


def test_copying_twice_makes_one_copy(pupitre):
    consultation, ateliers, client = pupitre
    for nom, objet in (("ateliers_copier", ateliers[0]), ("temps_copier", ateliers[0].temps)):
        client.post(adresse(nom, consultation, objet.pk))
        client.post(adresse(nom, consultation, objet.pk))
    titres = [f"{a.titre}, {a.temps}" for a in Atelier.objects.filter(espace__titre__startswith=ateliers[0].titre)]
    apprendre, temps = ateliers[0].titre, ateliers[0].temps
    assert sorted(titres) == sorted([f"{apprendre}, {temps}", f"{apprendre} (copie), {temps}"] * 2)


@pytest.mark.parametrize("ligne", ["Hêtre ; beaucoup", "Hêtre ; 4 ; ici ; là", " ; 12"])
def test_a_room_that_is_not_clear_is_refused_and_none_is_written(pupitre, ligne):
    consultation, _ateliers, client = pupitre
    reponse = client.post(adresse("salles_plusieurs", consultation), {"lignes": f"Orme\n{ligne}"})
    assert (reponse.status_code, consultation.salles.count()) == (422, 0)
    assert ligne.strip() in reponse.content.decode()
