"""From the board to the network's meeting: needs, points of an agenda, and the workshop that they make."""

import io
from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from ateliers import actions as actions_ateliers
from ateliers.models import Atelier, Temps
from consultation.erreurs import Refus
from consultation.models import Consultation, Journal
from immersions import actions, lectures
from immersions.models import Besoin, OrdreDuJour
from tests import fabriques

from . import fabriques_immersions as f
from .test_bord import ANNEE, adresse, chiffres, poser

pytestmark = pytest.mark.django_db

ENSEMBLE = "Que peut-on faire ensemble\u202f?"
OBSTACLES = {
    "obstacle_mobilite": {"sans": 9, "leve": 12, "reste": 5},
    "obstacle_garde": {"sans": 20, ("leve", "reste"): 6},
    "obstacle_lecture": {("sans", "leve", "reste"): 26},
    "obstacle_horaires": {"sans": 21, "leve": 0, "reste": 5},
}
SUITES = {"confirme": 15, ("embauche", "formation"): 6, "a_venir": 5}


@pytest.fixture
def dispositif():
    dispositif = f.creer_dispositif()
    poser(dispositif, 1, chiffres(26, suite=SUITES, **OBSTACLES))
    return dispositif


def noter(dispositif, mots="Un car le matin", **champs):
    lus = {"annee": ANNEE, "numero": 1, "par": None, **champs}
    return actions.noter_besoin(dispositif=dispositif, mots=mots, **lus)


def preparer(dispositif, *points, **champs):
    lus = {
        "annee": ANNEE, "trimestre": None, "titre": "Réunion du réseau", "question": "Que faire\u202f?",
        "jour": f.jour(10), "heure": time(14), "par": None, **champs,
    }  # fmt: skip
    return actions.preparer_reunion(dispositif=dispositif, points=points, **lus)


def test_the_lines_of_a_board_are_points_with_no_other_figure_than_its_own(
    dispositif, django_assert_max_num_queries
):
    besoin = noter(dispositif)
    with django_assert_max_num_queries(4):
        points = lectures.points(dispositif, ANNEE)
    assert [(p.cle, p.titre, p.consigne) for p in points] == [
        ("obstacle:mobilite", "Se déplacer", f"Rencontré 17 fois, réglé 12 fois. {ENSEMBLE}"),
        ("obstacle:garde", "Garde des enfants", f"Rencontré 6 fois. {ENSEMBLE}"),
        ("obstacle:horaires", "Horaires", f"Rencontré 5 fois, pas encore réglé. {ENSEMBLE}"),
        (
            "suite:confirme", "Et après\u202f: Projet confirmé",
            "15 immersions sur 26. Qu’est-ce que cela nous apprend\u202f?",
        ),
        (
            f"besoin:{besoin.pk}", "Un car le matin",
            "Un besoin du territoire. Qui peut y répondre, et comment\u202f?",
        ),
    ]  # fmt: skip
    assert [p.cle for p in lectures.points(dispositif, ANNEE, 2)] == []


def test_the_lines_ticked_make_a_workshop_as_long_as_its_steps(dispositif):
    besoin = noter(dispositif)
    ordre = preparer(dispositif, f"besoin:{besoin.pk}", "obstacle:mobilite")
    etapes = [(e.nature, e.titre) for e in ordre.atelier.etapes.all()]
    assert etapes == [
        ("accueil", "Accueil"), ("discussion", "Se déplacer"), ("discussion", "Un car le matin"),
        ("ideation", "Proposer"), ("regroupement", "Regrouper"), ("vote", "Voter"), ("discussion", "Discuter"),
    ]  # fmt: skip
    temps = ordre.atelier.temps
    assert (timezone.localtime(temps.debut).date(), (temps.fin - temps.debut).seconds // 60) == (
        f.jour(10), 58 + 2 * 10,
    )  # fmt: skip
    entree = Journal.objects.get(verbe="preparer_reunion")
    assert (entree.objet_id, entree.details) == (ordre.pk, {"annee": ANNEE, "trimestre": None, "lignes": 2})


def test_a_meeting_is_refused_whole_and_says_what_to_do(dispositif):
    preparer(dispositif, "obstacle:mobilite")
    faits = (Atelier.objects.count(), Temps.objects.count(), OrdreDuJour.objects.count())
    for points, champs, code in (
        ((), {}, "sans_point"),
        (
            ("obstacle:lecture",),
            {"titre": "Autre"},
            "point_inconnu",
        ),  # met by fewer than five: no figure, no point
        (("suite:embauche",), {"titre": "Autre"}, "point_inconnu"),  # told together with another
        (("obstacle:mobilite",), {"titre": "Autre", "trimestre": 2}, "point_inconnu"),
        (tuple(f"besoin:{n}" for n in range(13)), {"titre": "Autre"}, "trop_de_points"),
        (("obstacle:mobilite",), {"jour": f.jour(-1)}, "jour_passe"),
        (("obstacle:mobilite",), {}, "deja_faite"),
        (("obstacle:mobilite",), {"titre": ""}, "invalide"),
    ):
        with pytest.raises(Refus, match=code):
            preparer(dispositif, *points, **champs)
    Consultation.objects.update(etat="close")
    dispositif.refresh_from_db()
    with pytest.raises(Refus, match="consultation_close"):
        preparer(dispositif, "obstacle:mobilite", titre="Autre")
    assert (Atelier.objects.count(), Temps.objects.count(), OrdreDuJour.objects.count()) == faits


def test_a_need_names_nobody_and_is_noted_once(dispositif):
    fabriques.creer_participant(dispositif.consultation, prenom="Leïla")
    for mots, champs, code in (
        ("Appeler Leïla pour la crèche", {}, "nomme_quelqu_un"),
        ("Un car, appelez le 01 99 00 00 00", {}, "nomme_quelqu_un"),
        ("Écrire à reseau@exemple.fr", {}, "nomme_quelqu_un"),
        ("", {}, "invalide"),
        ("x " * 41, {}, "invalide"),
        ("Un car", {"numero": 5}, "trimestre_inconnu"),
    ):
        with pytest.raises(Refus, match=code):
            noter(dispositif, mots, **champs)
    besoin = noter(dispositif)
    with pytest.raises(Refus, match="invalide"):
        noter(dispositif, " Un car  le matin ")
    actions.retirer_besoin(besoin=besoin, par=None)
    assert (Besoin.objects.count(), list(Journal.objects.values_list("verbe", flat=True).order_by("pk"))[-2:]) == (
        0, ["noter_besoin", "retirer_besoin"],
    )  # fmt: skip


def test_the_officer_goes_from_a_need_to_the_meeting_and_the_board_leads_to_it(client, dispositif):
    consultation = dispositif.consultation
    client.force_login(fabriques.creer_organisateur(consultation))
    noter_ici = reverse("gestion_immersions:besoin_noter", args=[consultation.pk])
    jour = timezone.localdate()
    trimestre = f"{jour.year}-{(jour.month - 1) // 3 + 1}"
    fabriques.creer_participant(consultation, prenom="Leïla")
    refuse = client.post(noter_ici, {"mots": "Appeler Leïla", "quand": trimestre})
    assert (refuse.status_code, "ni prénom" in refuse.content.decode()) == (422, True)
    assert 'value="Appeler Leïla"' in refuse.content.decode()
    suite = client.post(noter_ici, {"mots": "Un car le matin", "quand": trimestre}, follow=True)
    assert "Un car le matin" in suite.content.decode()
    ici = reverse("gestion_immersions:reunion", args=[consultation.pk])
    champs = {"titre": "Le réseau de mars", "question": "", "jour": f"{f.jour(9):%d/%m/%Y}", "heure": "14 h"}
    page = client.post(ici, {**champs}).content.decode()
    assert ("Cochez au moins une ligne" in page, 'value="Le réseau de mars"' in page) == (True, True)
    page = client.post(ici, {**champs, "points": ["obstacle:mobilite"]}, follow=True).content.decode()
    assert "La réunion est préparée" in page
    ordre = OrdreDuJour.objects.get()
    assert (ordre.annee, ordre.trimestre) == (ANNEE, None)
    assert "Le réseau de mars" in client.get(ici).content.decode()
    vers = reverse("immersions:ordre", args=[consultation.slug, ordre.pk])
    assert reverse("gestion_ateliers:deroule", args=[consultation.pk, ordre.atelier_id]) in _lire(client, vers)
    client.logout()
    assert vers in _lire(client, adresse(dispositif))
    page = _lire(client, vers)
    assert ("Rencontré 17 fois, réglé 12 fois" in page, "/gestion/" in page) == (True, False)
    assert ordre.atelier.code not in page
    pdf = client.get(reverse("immersions:ordre_pdf", args=[consultation.slug, ordre.pk]))
    texte = " ".join(PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text().split())
    assert ("Le réseau de mars" in texte, "réglé 12 fois" in texte) == (True, True)
    actions_ateliers.modifier_etape(etape=ordre.atelier.etapes.all()[1], titre="Venir au travail", par=None)
    assert "Venir au travail" in _lire(client, vers)
    autre = f.creer_dispositif()
    assert client.get(reverse("immersions:ordre", args=[autre.consultation.slug, ordre.pk])).status_code == 404


def _lire(client, adresse):
    return client.get(adresse).content.decode()


def test_a_board_says_its_needs_and_a_withdrawn_one_is_gone(client, dispositif):
    besoin = noter(dispositif)
    noter(dispositif, "Une crèche tôt", numero=2)
    assert lectures.bord(dispositif, ANNEE).besoins == ["Un car le matin", "Une crèche tôt"]
    assert lectures.bord(dispositif, ANNEE, 1).besoins == ["Un car le matin"]
    assert "Une crèche tôt" in _lire(client, adresse(dispositif))
    client.force_login(fabriques.creer_organisateur(dispositif.consultation))
    autre = f.creer_dispositif()
    client.force_login(fabriques.creer_organisateur(autre.consultation))
    loin = reverse("gestion_immersions:besoin_retirer", args=[autre.consultation_id, besoin.pk])
    assert (client.post(loin).status_code, Besoin.objects.count()) == (404, 2)
    client.force_login(fabriques.creer_organisateur(dispositif.consultation))
    ici = reverse("gestion_immersions:besoin_retirer", args=[dispositif.consultation_id, besoin.pk])
    assert "Le besoin est retiré" in client.post(ici, follow=True).content.decode()
    assert lectures.bord(dispositif, ANNEE).besoins == ["Une crèche tôt"]
