"""The desk's programme: half-days, rooms, workshops, their steps and their votes."""

import pytest

from ateliers.models import Atelier, Etape, Salle
from consultation.models import Consultation, Mandat, Scrutin
from tests.fabriques import (
    college,
    creer_animateur,
    creer_compte,
    creer_consultation,
    creer_organisateur,
    registre,
)

from .gestes import adresse, inscrit

pytestmark = pytest.mark.django_db


def test_the_four_half_days_come_from_the_dates_and_only_once(client):
    consultation = creer_consultation(debut="2027-05-14", fin="2027-05-15")
    client.force_login(creer_organisateur(consultation))
    client.post(adresse("temps_habituels", consultation))
    client.post(adresse("temps_habituels", consultation))
    poses = [(t.titre, t.picto, t.debut.astimezone().strftime("%d")) for t in consultation.temps.all()]
    assert [(titre, picto) for titre, picto, _jour in poses] == [
        ("Planter le décor", "d-1"),
        ("Faire germer des idées", "d-2"),
        ("Faire fructifier des propositions", "d-3"),
        ("Semer l’avenir", "d-4"),
    ]
    assert [jour for _t, _p, jour in poses] == ["14", "14", "15", "15"]


def test_half_days_without_dates_are_refused_with_what_to_do(client):
    consultation = creer_consultation()
    client.force_login(creer_organisateur(consultation))
    reponse = client.post(adresse("temps_habituels", consultation), follow=True)
    assert "Donnez d’abord le premier et le dernier jour" in reponse.content.decode()
    assert consultation.temps.count() == 0


def test_a_room_is_saved_through_the_action_and_is_in_the_journal(pupitre):
    consultation, _ateliers, client = pupitre
    client.post(adresse("salles_ajouter", consultation), {"nom": "Hêtre", "capacite": 20, "acces": ""})
    assert (Salle.objects.get().nom, registre(consultation)[-1]) == ("Hêtre", "creer")


def test_what_was_typed_comes_back_when_it_is_refused(pupitre):
    consultation, _ateliers, client = pupitre
    donnees = {"nom": "Hêtre", "capacite": "", "acces": "<b>en haut</b>"}
    client.post(adresse("salles_ajouter", consultation), donnees)
    reponse = client.post(adresse("salles_ajouter", consultation), donnees)
    assert reponse.status_code == 422
    assert "&lt;b&gt;en haut&lt;/b&gt;" in reponse.content.decode()
    assert Salle.objects.count() == 1


def atelier_poste(atelier, **change):
    return {
        "titre": atelier.titre,
        "question": "",
        "nature": "atelier",
        "temps": atelier.temps_id,
        "salle": "",
        "capacite": "",
        **change,
    }


def test_a_workshop_is_made_with_its_deroule_and_who_leads_it(pupitre):
    consultation, ateliers, client = pupitre
    anime = creer_animateur(ateliers[0].espace)
    donnees = atelier_poste(
        ateliers[0], titre="Nouveau", deroule="forum", animateurs=[anime.pk], rapporteurs=[anime.pk]
    )
    client.post(adresse("ateliers_ajouter", consultation), donnees)
    atelier = Atelier.objects.get(espace__titre="Nouveau")
    assert [e.nature for e in atelier.etapes.all()] == [
        "accueil",
        "ideation",
        "regroupement",
        "vote",
        "discussion",
    ]
    assert sorted(Mandat.objects.filter(espace=atelier.espace).values_list("role", "compte")) == [
        ("animateur", anime.pk),
        ("rapporteur", anime.pk),
    ]


def test_a_workshop_taken_from_its_facilitator_takes_the_mandate_back(pupitre):
    consultation, ateliers, client = pupitre
    creer_animateur(ateliers[0].espace)
    client.post(
        adresse("ateliers_modifier", consultation, ateliers[0].pk),
        atelier_poste(ateliers[0], question="Par où commencer"),
    )
    ateliers[0].espace.refresh_from_db()
    assert ateliers[0].espace.question == "Par où commencer"
    assert not Mandat.objects.filter(espace=ateliers[0].espace).exists()


def test_only_accounts_of_the_organisers_own_circle_can_be_chosen(pupitre):
    consultation, ateliers, client = pupitre
    etranger = creer_compte()
    reponse = client.get(adresse("ateliers_ajouter", consultation))
    assert etranger not in reponse.context["form"].fields["animateurs"].queryset
    donnees = atelier_poste(ateliers[0], titre="Nouveau", deroule="forum", animateurs=[etranger.pk])
    assert client.post(adresse("ateliers_ajouter", consultation), donnees).status_code == 422


def test_a_workshop_where_someone_entered_is_not_deleted(pupitre):
    consultation, ateliers, client = pupitre
    personne = inscrit(consultation, ateliers=ateliers[:1])
    personne.places.update(entre_le="2027-05-14T09:00Z")
    reponse = client.post(adresse("ateliers_supprimer", consultation, ateliers[0].pk))
    assert (reponse.status_code, Atelier.objects.filter(pk=ateliers[0].pk).exists()) == (409, True)


def test_an_unused_workshop_goes_with_all_that_hangs_on_it(pupitre):
    consultation, ateliers, client = pupitre
    espace = ateliers[0].espace_id
    client.post(adresse("ateliers_supprimer", consultation, ateliers[0].pk))
    assert not Atelier.objects.filter(pk=ateliers[0].pk).exists()
    assert not consultation.espaces.filter(pk=espace).exists()


def test_workshops_are_moved_within_their_half_day_in_one_act(pupitre):
    consultation, (seul, transmettre, travailler), client = pupitre
    avant = len(registre(consultation))
    client.post(adresse("ateliers_deplacer", consultation, travailler.pk), {"sens": "haut"})
    client.post(adresse("ateliers_deplacer", consultation, seul.pk), {"sens": "bas"})
    assert list(transmettre.temps.ateliers.all()) == [travailler, transmettre]
    assert registre(consultation)[avant:] == ["deplacer"]


def test_steps_are_added_moved_and_taken_out(pupitre):
    consultation, ateliers, client = pupitre
    atelier = ateliers[0]
    donnees = {"nature": "pause", "titre": "Souffler", "consigne": "", "duree": 5, "proposition_nature": "piste"}
    client.post(adresse("etape_ajouter", consultation, atelier.pk), donnees)
    derniere = atelier.etapes.last()
    client.post(adresse("etape_deplacer", consultation, atelier.pk, derniere.pk), {"sens": "haut"})
    assert list(atelier.etapes.values_list("titre", flat=True))[-2:] == ["Souffler", "Pause"]
    client.post(adresse("etape_retirer", consultation, atelier.pk, derniere.pk))
    assert not Etape.objects.filter(pk=derniere.pk).exists()


def test_a_consigne_of_three_sentences_comes_back_under_its_field(pupitre):
    consultation, ateliers, client = pupitre
    donnees = {
        "nature": "pause",
        "titre": "A",
        "consigne": "Un. Deux. Trois.",
        "duree": 5,
        "proposition_nature": "piste",
    }
    reponse = client.post(adresse("etape_ajouter", consultation, ateliers[0].pk), donnees)
    assert reponse.status_code == 422
    assert list(reponse.context["form"].errors) == ["consigne"]


def test_the_rules_of_a_vote_are_set_with_a_quorum_by_college(pupitre):
    consultation, ateliers, client = pupitre
    etape = ateliers[0].etapes.get(nature="vote")
    ancien = etape.scrutin_id
    salaries = college(consultation)
    reglages = {"mode": "adhesion", "gommettes": 3, "regle": "tous_colleges", "seuil": 60, "quorum_gommettes": 0}
    reglages["secret"] = "on"
    client.post(
        adresse("scrutin", consultation, ateliers[0].pk, etape.pk), reglages | {f"votants_{salaries.pk}": 5}
    )
    etape.refresh_from_db()
    scrutin = etape.scrutin
    assert (scrutin.mode, scrutin.regle, scrutin.seuil, scrutin.secret) == ("adhesion", "tous_colleges", 60, True)
    assert list(scrutin.quorums.values_list("college", "votants_min", "part_min")) == [(salaries.pk, 5, 0)]
    assert not Scrutin.objects.filter(pk=ancien).exists()


def test_the_programme_shows_conflicts_and_saves_the_whole_table_at_once(pupitre):
    consultation, ateliers, client = pupitre
    salle = Salle.objects.create(consultation=consultation, nom="Tilleul", capacite=1)
    page = client.get(adresse("programme", consultation))
    donnees = {
        f"{a.pk}-{nom}": valeur
        for a in ateliers
        for nom, valeur in (
            ("titre", a.titre),
            ("temps", a.temps_id),
            ("salle", salle.pk),
            ("capacite", 2),
            ("animateur", ""),
        )
    }
    assert set(page.context["form"].fields) == set(donnees)
    client.post(adresse("programme", consultation), donnees)
    page = client.get(adresse("programme", consultation))
    assert [c.phrase.split(" :")[0] for c in page.context["conflits"]] == [
        "Tilleul, Après-midi",
        "« Apprendre »",
        "« Transmettre, partager »",
        "« Travailler »",
    ]
    faux = client.post(adresse("programme", consultation), donnees | {f"{ateliers[0].pk}-capacite": "x"})
    assert (faux.status_code, list(faux.context["form"].errors)) == (422, [f"{ateliers[0].pk}-capacite"])


def test_a_code_on_posters_is_changed_only_after_being_asked(pupitre):
    consultation, (atelier, *_autres), client = pupitre
    code = atelier.code
    page = client.get(adresse("nouveau_code", consultation, atelier.pk)).content.decode()
    atelier.refresh_from_db()
    assert ("il n’ouvrira plus rien" in page, atelier.code) == (True, code)
    client.post(adresse("nouveau_code", consultation, atelier.pk))
    atelier.refresh_from_db()
    assert atelier.code != code


def test_a_seminar_is_made_again_from_the_desk_with_an_address_of_its_own(pupitre):
    consultation, _ateliers, client = pupitre
    reponse = client.post(adresse("dupliquer", consultation), {"titre": "Été à Évreux", "debut": "14/10/2028"})
    neuve = Consultation.objects.get(slug="ete-a-evreux")
    assert reponse["Location"].endswith(f"/consultations/{neuve.pk}/")
    assert str(neuve.debut) == "2028-10-14"


def test_half_days_are_ranked_by_their_hours(pupitre):
    consultation, _ateliers, client = pupitre
    donnees = {"titre": "Aube", "picto": "d-1", "debut": "14/05/2027 7h", "fin": "2027-05-14T08:00"}
    client.post(adresse("temps_ajouter", consultation), donnees)
    rangs = consultation.temps.order_by("ordre").values_list("titre", flat=True)
    assert list(rangs) == ["Aube", "Matin", "Après-midi"]


def test_a_half_day_and_a_workshop_are_copied_from_their_lists(pupitre):
    consultation, (atelier, *_autres), client = pupitre
    client.post(adresse("ateliers_copier", consultation, atelier.pk))
    client.post(adresse("temps_copier", consultation, atelier.temps_id))
    titres = list(
        Atelier.objects.filter(espace__consultation=consultation).values_list("espace__titre", flat=True)
    )
    assert (consultation.temps.count(), titres.count("Apprendre (copie)")) == (3, 2)
