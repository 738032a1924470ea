"""The plenary's list in a real browser: nothing out of the screen, nothing that a machine finds wrong."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from ateliers.models import Atelier
from consultation import actions, lectures
from consultation.models import Mandat
from tests.fabriques import creer_consultation, creer_piste

from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes, faire_participant

pytestmark = pytest.mark.parcours

#: From the console to the results of the whole room's vote, on the pistes of two workshops. Reached: 12.
CLICS_AU_PLUS = 15
#: Each room of this module has its own code: they share one server.
RANGS = itertools.count(2)


@pytest.fixture
def pleniere(serveur):
    """A plenary and two workshops, one of which has nothing in the list yet."""
    consultation = creer_consultation()
    rang = next(RANGS)
    salle = faire_atelier(consultation, f"PN{rang}R4M", "Tous ensemble", nature=Atelier.Nature.PLENIERE)
    faire_etapes(salle, "discussion", "vote")
    faire_compte(consultation, Mandat.Role.ANIMATEUR, salle.espace, email=f"{salle.code}@exemple.test")
    ateliers = [
        faire_atelier(consultation, code, titre)
        for code, titre in ((f"AN{rang}R4M", "Accueillir"), (f"AN{rang}R5M", "Apprendre"))
    ]
    une, deux, _trois = (
        creer_piste(a.espace, "Un temps pour apprendre, au planning")
        for a in (ateliers[0], ateliers[0], ateliers[1])
    )
    actions.reprendre_pistes(espace=salle.espace, pistes=[une, deux], par=None)
    return salle


def entrer(ouvrir, pleniere, chemin):
    return ouvrir(chemin, qui=Mandat.objects.get(espace=pleniere.espace).compte, largeur=1366, hauteur=768)


def test_two_workshops_feed_one_list_on_which_the_whole_room_votes_in_fifteen_clicks(ouvrir, pleniere):
    voisine = Atelier.objects.get(code=pleniere.code.replace("PN", "AN").replace("R4", "R5")).espace.pistes.get()
    salariee = faire_participant(pleniere)
    page = entrer(ouvrir, pleniere, f"/animer/{pleniere.pk}/")
    clics = 0

    def cliquer(role, nom, **options):
        nonlocal clics
        page.get_by_role(role, name=nom, **options).first.click()
        clics += 1

    cliquer("link", "Choisir les pistes des ateliers")
    page.get_by_label(f"n° {voisine.numero} ").check()
    cliquer("button", "Ajouter ce qui est coché")
    cliquer("link", f"Regrouper la piste n° {voisine.numero} avec une autre")
    page.get_by_label("n° 1 ").check()
    page.get_by_label("Les mots de la piste pour la plénière").fill(
        "Un temps pour apprendre, dans les deux ateliers"
    )
    cliquer("button", "Regrouper")
    cliquer("button", re.compile("^Descendre la piste n° 4"))
    cliquer("link", "Envoyer au vote")
    cliquer("button", "Envoyer au vote")
    page.wait_for_url(re.compile(f"/animer/{pleniere.pk}/(#.*)?$"))
    scrutin = pleniere.etapes.get(nature="vote").scrutin
    mises = lectures.pistes_du_scrutin(scrutin)
    assert [(p.numero, p.texte) for p in mises] == [
        (2, "Un temps pour apprendre, au planning"),
        (4, "Un temps pour apprendre, dans les deux ateliers"),
    ]
    actions.voter(scrutin=scrutin, participant=salariee, choix={mises[1].pk: 2})
    page.reload()
    cliquer("button", "Fermer le vote")
    expect(page.get_by_role("heading", name=re.compile("^(Toutes les étapes|Aucune étape)"))).to_be_visible()
    clics += 2  # the two boxes
    scrutin.refresh_from_db()
    assert (scrutin.etat, clics <= CLICS_AU_PLUS) == ("clos", True)


def test_the_list_is_kept_with_the_keyboard_alone_and_reads_at_every_width(ouvrir, pleniere, sans_defaut_axe):
    chemin = f"/animer/{pleniere.pk}/liste/"
    page = entrer(ouvrir, pleniere, chemin)
    page.get_by_role("button", name="Descendre la piste n° 1").press("Enter")
    expect(page.locator(".messages")).to_have_text("La piste n° 1 passe en place 2.")
    assert [p.piste.numero for p in lectures.liste(pleniere.espace)] == [2, 1]
    for suite in ("", "?envoyer=1", f"?avec={lectures.liste(pleniere.espace)[0].piste.pk}"):
        page.goto(chemin + suite)
        for largeur in (320, 768, 1366):
            page.set_viewport_size({"width": largeur, "height": 768})
            assert page.evaluate("document.documentElement.scrollWidth") <= largeur
        sans_defaut_axe(page)
