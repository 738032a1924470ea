"""Words sent from a phone: answered, kept as written, given back when refused."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ateliers import actions
from ateliers.direct import cadres
from ateliers.models import Etape
from consultation import actions as actions_consultation
from consultation.lectures import axes_a_choisir
from consultation.models import Proposition

from ..fabriques_salle import (
    faire_participant,
    faire_pistes,
    faire_proposition,
)
from .gestes import JSON, Salle, telephone_de, texte, titre

pytestmark = pytest.mark.django_db


class TestProposer:
    @pytest.fixture
    def salle(self):
        salle = Salle("ideation", "vote")
        salle.ouvrir("ideation")
        return salle

    def test_a_form_is_answered_by_a_page_that_says_thank_you(self, salle):
        reponse = salle.proposer("Apprendre à deux.")
        proposition = Proposition.objects.get()
        assert (reponse.status_code, reponse.headers["Location"]) == (302, f"/a/K7P4M2/?envoyee={proposition.pk}")
        vue = salle.voir(f"?envoyee={proposition.pk}")
        assert titre(vue) == "Merci, Sonia. Votre piste est arrivée."
        assert "«\u202fApprendre à deux.\u202f»" in vue.content.decode()
        assert (proposition.texte, proposition.auteur, proposition.origine) == (
            "Apprendre à deux.",
            salle.sonia,
            "telephone",
        )

    def test_a_script_is_answered_with_what_became_of_the_words(self, salle):
        reponse = salle.proposer("Apprendre à deux.", **JSON)
        proposition = Proposition.objects.get()
        assert (reponse.status_code, reponse.json()) == (
            201,
            {
                "proposition": {
                    "id": proposition.pk,
                    "texte": "Apprendre à deux.",
                    "etat": "affichee",
                    "mot": "Affichée dans la salle.",
                    "suivre": f"/moi/proposition/{proposition.pk}/",
                }
            },
        )

    def test_the_same_form_sent_twice_is_one_proposition(self, salle):
        adresses = {salle.proposer("Apprendre à deux.").headers["Location"] for _ in range(3)}
        assert (len(adresses), Proposition.objects.count()) == (1, 1)

    def test_the_same_form_brought_back_with_other_words_is_another_one(self, salle):
        salle.proposer("Apprendre à deux.")
        salle.proposer("Apprendre à trois.")
        assert list(Proposition.objects.values_list("texte", flat=True)) == [
            "Apprendre à deux.",
            "Apprendre à trois.",
        ]

    @pytest.mark.parametrize(
        ("saisi", "attendu"),
        [("", "Écrivez votre idée"), (" \x00\n ", "Écrivez votre idée"), ("x" * 281, "281 signes")],
    )
    def test_what_cannot_be_taken_says_why(self, salle, saisi, attendu):
        for entetes in ({}, JSON):
            reponse = salle.proposer(saisi, **entetes)
            assert reponse.status_code == 422
            assert attendu in (reponse.json()["message"] if entetes else texte(reponse))
        assert Proposition.objects.count() == 0

    def test_what_was_typed_stays_in_the_field(self, salle):
        page = salle.proposer("<b>" + "x" * 300).content.decode()
        assert re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1] == "&lt;b&gt;" + "x" * 300

    @pytest.mark.parametrize(
        "mots_ecrits", ["أريد أن أتعلم", "🌱🤝", "<script>alert(1)</script>", "Un\nDeux", "x" * 280]
    )
    def test_any_words_are_kept_as_they_were_written(self, salle, mots_ecrits):
        salle.proposer(mots_ecrits)
        assert Proposition.objects.get().texte == mots_ecrits
        assert "<script>alert" not in salle.voir().content.decode()

    def test_a_key_of_any_shape_never_breaks_the_act(self, salle):
        for cle in ("", "é" * 40, "x" * 500, "\x00"):
            assert salle.proposer(f"Avec la clé {cle[:3]!r}", cle=cle).status_code == 302

    def test_one_sees_what_became_of_each_of_one_s_own_words(self, salle):
        faire_proposition(salle.atelier, "Vue.", salle.sonia)
        faire_proposition(salle.atelier, "À lire.", salle.sonia, moderation="a_relire")
        faire_proposition(salle.atelier, "Non.", salle.sonia, moderation="ecartee", motif="Un nom y est cité.")
        piste = faire_pistes(salle.atelier, 1, debut=12)[0]
        faire_proposition(salle.atelier, "Réunie.", salle.sonia, piste=piste)
        faire_proposition(salle.atelier, "D’une autre personne.")
        assert [(p["texte"], p["mot"]) for p in salle.voir().context["miennes"]] == [
            ("Réunie.", "Réunie avec d’autres dans la piste n°\u00a012."),
            ("Non.", "Pas affichée. Voici pourquoi\u202f: Un nom y est cité."),
            ("À lire.", "Bien reçue. Une personne de l’équipe la lit, puis l’affiche."),
            ("Vue.", "Affichée dans la salle."),
        ]

    def test_what_is_to_be_read_first_is_not_shown_to_the_others(self, salle):
        faire_proposition(salle.atelier, "Secrète.", moderation="a_relire")
        faire_proposition(salle.atelier, "Publique.")
        page = texte(salle.voir())
        assert ("Publique." in page, "Secrète." in page) == (True, False)

    def test_once_the_step_is_closed_the_words_are_refused_and_given_back(self, salle):
        salle.ouvrir("vote")
        Etape.objects.filter(nature="ideation").update(fermee_le=timezone.now() - timedelta(minutes=1))
        reponse = salle.proposer("Trop tard, hélas.")
        assert reponse.status_code == 409
        assert "Trop tard, hélas." in texte(reponse)
        assert Proposition.objects.count() == 0

    def test_the_last_seconds_count(self, salle):
        salle.ouvrir("vote")
        assert salle.proposer("Juste à temps.").status_code == 302

    def test_a_phone_that_is_no_longer_known_gets_its_words_back(self, salle):
        inconnu = Client()
        reponse = inconnu.post("/a/K7P4M2/proposer/", {"texte": "Mes mots à moi"})
        assert (reponse.status_code, "Mes mots à moi" in texte(reponse)) == (403, True)
        assert inconnu.post("/a/K7P4M2/proposer/", {"texte": "x"}, **JSON).json()["code"] == "pas_entre"

    def test_who_has_no_seat_in_this_room_cannot_write_in_it(self, salle):
        karim = faire_participant(salle.atelier, prenom="Karim", entre=False)
        assert telephone_de(karim).post("/a/K7P4M2/proposer/", {"texte": "Bonjour"}).status_code == 403

    def test_someone_else_s_proposition_cannot_be_shown_as_just_sent(self, salle):
        autre = faire_proposition(salle.atelier, "Secrète.", moderation="a_relire")
        assert "Secrète." not in texte(salle.voir(f"?envoyee={autre.pk}"))


class TestAxes:
    @pytest.fixture
    def salle(self):
        salle = Salle("ideation")
        salle.ouvrir("ideation")
        return salle

    def test_words_may_be_filed_under_an_axe_by_a_form_as_by_a_script(self, salle):
        accueil, emploi = salle.offrir_axes("Être accueilli", "Trouver un emploi")
        salle.proposer("Un tuteur.", axe=emploi.pk)
        salle.proposer("Un livret.", axe=accueil.pk, cle="d" * 32, **JSON)
        salle.proposer("Du temps.", axe="", cle="e" * 32)
        assert list(Proposition.objects.order_by("pk").values_list("texte", "axe")) == [
            ("Un tuteur.", emploi.pk),
            ("Un livret.", accueil.pk),
            ("Du temps.", None),
        ]

    def test_the_choice_is_offered_after_the_words_and_may_be_left(self, salle):
        accueil, emploi = salle.offrir_axes("Être accueilli", "Trouver un emploi")
        choix = re.search(r'<select [^>]*name="axe">(.*?)</select>', salle.voir().content.decode(), re.S)[1]
        assert re.findall(r'<option value="(\d*)"( selected)?>(.*?)</option>', choix) == [
            ("", "", "Je ne sais pas"),
            (str(accueil.pk), "", "Être accueilli"),
            (str(emploi.pk), "", "Trouver un emploi"),
        ]

    def test_one_phone_writes_for_its_table_and_each_idea_counts_for_whoever_had_it(self, salle):
        etape, permanents = salle.par_tables(6), salle.atelier.consultation.colleges.get(signe="permanents")
        assert 'name="table"' in salle.voir().content.decode()
        pour = {"table": "3", "college": permanents.pk}
        salle.proposer("Du temps pour se parler.", pour=pour)
        recue = salle.proposer("Un tuteur.", cle="d" * 32, pour=pour, **JSON).json()["proposition"]
        salle.proposer("Mon idée à moi.", cle="e" * 32)
        lues = Proposition.objects.order_by("pk").values_list(
            "college__signe", "origine", "origine_note", "auteur"
        )
        assert list(lues) == [("permanents", "table", "3", salle.sonia.pk)] * 2 + [
            ("salaries", "telephone", "", salle.sonia.pk)
        ]
        assert recue["mot"] == "Pour la table n°\u00a03, Équipe permanente. Affichée dans la salle."
        assert [
            p["college"] for p in cadres.Salle.de(salle.atelier).section("propositions", "console")["dernieres"]
        ] == ["Équipe permanente", "Équipe permanente", "En parcours"][::-1]
        actions.modifier_etape(etape=etape, tables=0, par=None)
        assert 'name="table"' not in salle.voir().content.decode()

    @pytest.mark.parametrize(
        ("pour", "dit"),
        [
            ({"table": "2"}, "Dites qui a eu cette idée"),
            ({"table": "2", "college": "999"}, "Dites qui a eu cette idée"),
            ({"table": "7"}, "Cette table n’écrit pas en ce moment."),
        ],
    )
    def test_a_table_without_a_college_or_that_does_not_write_loses_nothing_typed(self, salle, pour, dit):
        salle.par_tables(6)
        for entetes in ({}, JSON):
            reponse = salle.proposer("Un tuteur.", pour=pour, **entetes)
            assert (reponse.status_code, Proposition.objects.count()) == (422, 0)
        page = salle.proposer("Un tuteur.", pour=pour).content.decode()
        assert (dit in page, ">Un tuteur.</textarea>" in page) == (True, True)
        assert ('<option value="2" selected>' in page) == (pour["table"] == "2")

    def test_whoever_wrote_for_a_table_finds_it_chosen_for_the_next_idea(self, salle):
        salle.par_tables(6)
        salle.proposer("Un tuteur.", pour={"table": "3", "college": salle.sonia.college_id})
        page = salle.voir().content.decode()
        assert re.findall(r'<option value="(\d*)" selected>', page) == ["3"]

    def test_words_noted_at_a_table_are_published_nowhere_and_outlive_whoever_noted_them(self, salle):
        salle.par_tables(6)
        actions_consultation.consentir(participant=salle.sonia, accord=True)
        salle.proposer("Un tuteur.", pour={"table": "3", "college": salle.sonia.college_id})
        salle.proposer("Mon idée à moi.", cle="d" * 32)
        notee, mienne = Proposition.objects.order_by("pk")
        assert [(p.est_citable, p in Proposition.objects.publiables()) for p in (notee, mienne)] == [
            (False, False),
            (True, True),
        ]
        actions_consultation.effacer_participant(participant=salle.sonia)
        assert list(Proposition.objects.order_by("pk").values_list("texte", "origine_note", "auteur", "cle")) == [
            ("Un tuteur.", "3", None, ""),
            ("", "", None, ""),
        ]

    def test_an_axe_with_themes_offers_its_themes_and_a_single_axe_asks_nothing(self, salle):
        (travail,) = salle.offrir_axes("Travailler")
        assert axes_a_choisir(salle.atelier.espace) == []
        for theme in ("Les gestes", "Le temps"):
            salle.atelier.consultation.axes.create(titre=theme, parent=travail)
        page = salle.voir().content.decode()
        assert re.findall(r'<option value="\d+">(.*?)</option>', page) == ["Les gestes", "Le temps"]

    def test_an_axe_that_is_not_offered_never_costs_the_words(self, salle):
        salle.offrir_axes("Être accueilli", "Trouver un emploi")
        ailleurs = salle.atelier.consultation.axes.create(titre="Ailleurs")
        for rang, axe in enumerate((ailleurs.pk, 10**12, "abc")):
            assert salle.proposer(f"Idée {rang}", axe=axe, cle=f"{rang}" * 32).status_code == 302
        assert list(Proposition.objects.values_list("axe", flat=True)) == [None, None, None]

    def test_a_refused_form_keeps_the_choice(self, salle):
        _accueil, emploi = salle.offrir_axes("Être accueilli", "Trouver un emploi")
        page = salle.proposer("", axe=emploi.pk).content.decode()
        assert re.findall(r'<option value="(\d*)" selected', page) == [str(emploi.pk)]

    def test_a_piste_sown_from_filed_words_is_filed_with_them(self, salle):
        _accueil, emploi = salle.offrir_axes("Être accueilli", "Trouver un emploi")
        salle.proposer("Un tuteur.", axe=emploi.pk)
        (piste,) = actions_consultation.semer_orphelines(espace=salle.atelier.espace, par=None)
        assert piste.axe == emploi
