"""Reading again, sending back, publishing; and what each role may do."""

import pytest
from django.test import Client
from django.urls import reverse

from ateliers.lectures import suivis as lectures
from consultation import actions, regles
from consultation.erreurs import Refus
from consultation.models import Journal
from tests.fabriques import (
    creer_consultation,
    creer_editeur,
    creer_mandat,
    creer_organisateur,
)

from .gestes import ecrire, ouvrir, page

pytestmark = pytest.mark.django_db


# Reading again, sending back, publishing


def test_what_a_region_submits_is_sent_back_with_a_word_it_reads(national, bretagne, organisation):
    synthese = ecrire(bretagne)
    adresse = reverse("gestion_ateliers:suivi_relire", args=[national.pk, bretagne.pk])
    client = Client()
    client.force_login(organisation)
    assert "On apprend à deux." in client.get(adresse).content.decode()
    sans = client.post(adresse, {"mot": " \u200b "})
    assert (sans.status_code, Journal.objects.filter(verbe="rendre_synthese").count()) == (422, 0)
    client.post(adresse, {"mot": "Relisez la partie 2."})
    synthese.refresh_from_db()
    lue = lectures.region(bretagne)
    assert (synthese.etat, lue.etat, lue.mot) == ("brouillon", "en_cours", "Relisez la partie 2.")
    referent = creer_organisateur(bretagne.regionale)
    assert "Relisez la partie 2." in page(referent, "suivi", national.pk, bretagne.pk).content.decode()
    actions.soumettre_synthese(synthese=synthese, par=referent)
    assert (lectures.region(bretagne).mot, lectures.region(bretagne).etat) == ("", "a_relire")


def test_the_national_group_publishes_what_a_region_wrote_and_the_region_does_not(national, bretagne):
    synthese = ecrire(bretagne)
    for compte in (creer_organisateur(bretagne.regionale), creer_editeur(bretagne.regionale)):
        with pytest.raises(Refus) as refus:
            actions.publier_synthese(synthese=synthese, par=compte)
        assert refus.value.statut == 403
    actions.publier_synthese(synthese=synthese, par=creer_editeur(national))
    synthese.refresh_from_db()
    assert synthese.etat == "publiee"


#: Who may read, take pistes over, put off and send back, publish: each role, in the region and in the nation.
MATRICE = {
    ("organisateur", "nation"): (True, False, True, True),
    ("editeur", "nation"): (True, False, True, True),
    ("rapporteur", "nation"): (False, False, False, False),
    ("animateur", "nation"): (False, False, False, False),
    ("organisateur", "region"): (True, True, False, False),
    ("rapporteur", "region"): (True, True, False, False),
    ("animateur", "region"): (True, True, False, False),
    ("editeur", "region"): (True, False, False, False),
    ("organisateur", "ailleurs"): (False, False, False, False),
}


@pytest.mark.parametrize(("role", "ou"), MATRICE)
def test_each_role_may_do_what_the_table_says(national, bretagne, role, ou):
    lieu = {"nation": national, "region": bretagne.regionale}.get(ou) or creer_consultation()
    compte = creer_mandat(role, lieu)
    assert (
        regles.peut_suivre(compte, bretagne),
        regles.peut_reprendre(compte, bretagne),
        regles.est_du_groupe_national(compte, bretagne),
        regles.peut_publier(compte, bretagne.regionale),
    ) == MATRICE[role, ou]
    statuts = {nom: page(compte, nom, national.pk, bretagne.pk).status_code for nom in ("suivi", "suivi_reporter")}
    voit, _prend, du_national, _publie = MATRICE[role, ou]
    etranger = 404 if ou == "ailleurs" else 403
    assert statuts == {"suivi": 200 if voit else etranger, "suivi_reporter": 200 if du_national else etranger}


def test_referents_are_the_organisers_of_the_region_the_national_ones_apart(national, regions, organisation):
    (bretagne,) = ouvrir(national, regions[:1], organisation)
    assert list(regles.referents_de(bretagne)) == []
    texte = page(organisation, "suivis", national.pk).content.decode()
    assert ("sans référent" in texte, "Nommer un référent" in texte) == (True, True)
    referent = creer_organisateur(bretagne.regionale)
    assert list(regles.referents_de(bretagne)) == [referent]
    assert "Nommer un référent" not in page(organisation, "suivis", national.pk).content.decode()
