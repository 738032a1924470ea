import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from consultation import actions
from consultation.models import PhraseSynthese, Piste, Synthese
from tests import fabriques as f

from .gestes import PIEGE, agir, agir_piste, ouvrir

pytestmark = pytest.mark.django_db


def test_my_list_shows_what_is_entrusted_to_me_and_nothing_else(espace, rapporteur, client):
    voisin = f.creer_espace(consultation=espace.consultation, titre="Un autre atelier")
    (
        ouvrir(espace),
        actions.ouvrir_synthese(consultation=voisin.consultation, titre="Pas à moi", par=None, espace=voisin),
    )
    page = client.get(reverse("rapporter")).content.decode()
    assert espace.titre in page
    assert "Un autre atelier" not in page
    assert "Pas à moi" not in page


@pytest.mark.parametrize("nom", ["liste", "pistes", "synthese", "nouvelle"])
def test_the_desk_asks_who_one_is_and_refuses_strangers(espace, client, nom):
    synthese = ouvrir(espace)
    adresse = {
        "liste": reverse("rapporter"),
        "pistes": reverse("rapporter_pistes", args=[espace.pk]),
        "synthese": reverse("synthese", args=[synthese.pk]),
        "nouvelle": reverse("nouvelle_synthese") + f"?espace={espace.pk}",
    }[nom]
    reponse = client.get(adresse)
    assert (reponse.status_code, reponse.url.split("?")[0]) == (302, reverse("account_login"))
    client.force_login(f.creer_compte())
    assert client.get(adresse).status_code == (200 if nom == "liste" else 403)


def test_a_synthesis_is_opened_from_a_workshop_and_only_an_organiser_opens_the_whole(espace, rapporteur, client):
    f.creer_piste(espace)
    adresse = reverse("nouvelle_synthese")
    assert client.get(f"{adresse}?espace={espace.pk}").status_code == 200
    reponse = client.post(adresse, {"espace": espace.pk, "titre": "Ma synthèse", "territoire": ""})
    synthese = Synthese.objects.get()
    assert (reponse.url, synthese.titre, synthese.espace) == (
        reverse("synthese", args=[synthese.pk]),
        "Ma synthèse",
        espace,
    )
    assert (
        client.post(adresse, {"espace": espace.pk, "titre": "Tout", "portee": "consultation"}).status_code == 403
    )
    vide = client.post(adresse, {"espace": espace.pk, "titre": " "})
    assert (vide.status_code, Synthese.objects.count()) == (422, 1)
    assert "Donnez un titre." in vide.content.decode()
    assert client.get(f"{adresse}?espace=x").status_code == 404


def test_a_piste_is_worded_filed_kept_and_set_aside(espace, rapporteur, client):
    axe, piste = f.creer_axe(consultation=espace.consultation), f.creer_piste(espace)
    reponse = agir_piste(client, piste, "formuler", texte="Apprendre à deux", axe=axe.pk, revision=1)
    assert reponse.url == reverse("rapporter_pistes", args=[espace.pk]) + f"#piste-{piste.pk}"
    piste.refresh_from_db()
    assert (piste.texte, piste.axe, piste.revision) == ("Apprendre à deux", axe, 2)
    for acte, etat in {"retenir": "retenue", "ecarter": "ecartee", "reprendre": "brouillon"}.items():
        agir_piste(client, piste, acte)
        assert Piste.objects.get(pk=piste.pk).etat == etat


def test_keeping_a_piste_keeps_the_words_being_typed(espace, rapporteur, client):
    piste = f.creer_piste(espace, "Avant")
    agir_piste(client, piste, "retenir", texte="Mieux dit", revision=1)
    piste.refresh_from_db()
    assert (piste.texte, piste.etat) == ("Mieux dit", "retenue")


def test_two_people_wording_one_piste_both_texts_are_shown_and_nothing_is_lost(espace, rapporteur, client):
    piste = f.creer_piste(espace, "Avant")
    actions.formuler_piste(piste=piste, texte="Le texte de l’autre", par=None)
    reponse = agir_piste(client, piste, "formuler", texte="Mon texte à moi", revision=1)
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "Le texte de l’autre" in page
    assert "Mon texte à moi</textarea>" in page
    assert 'name="revision" value="2"' in page
    assert agir_piste(client, piste, "formuler", texte="Mon texte à moi", revision=2).status_code == 302


def test_a_sentence_is_written_with_the_pistes_it_rests_on(espace, rapporteur, client):
    une, deux = f.creer_pistes(espace, 2)
    synthese = ouvrir(espace)
    section = synthese.sections.get()
    formulaire = client.get(reverse("synthese", args=[synthese.pk]) + f"?ouvert=nouvelle-phrase-{section.pk}")
    assert f'name="pistes" value="{une.pk}"' in formulaire.content.decode()
    ecrite = {"texte": "On apprend à deux.", "pistes": [une.pk, "x", 10**9]}
    reponse = agir(client, synthese, "nouvelle-phrase", section, **ecrite)
    phrase = PhraseSynthese.objects.get()
    assert reponse.url == reverse("synthese", args=[synthese.pk]) + f"#phrase-{phrase.pk}"
    assert (phrase.texte, list(phrase.pistes.all())) == ("On apprend à deux.", [une])
    agir(client, synthese, "ecrire-phrase", phrase, texte="À deux, on apprend.", pistes=[deux.pk], revision=1)
    phrase.refresh_from_db()
    assert (phrase.texte, list(phrase.pistes.all())) == ("À deux, on apprend.", [deux])
    agir(client, synthese, "retirer-phrase", phrase)
    assert PhraseSynthese.objects.count() == 0


def test_a_refused_sentence_comes_back_with_what_was_typed_and_ticked(espace, rapporteur, client):
    piste = f.creer_piste(espace)
    synthese = ouvrir(espace)
    long = "mot " * 300
    reponse = agir(client, synthese, "nouvelle-phrase", synthese.sections.get(), texte=long, pistes=[piste.pk])
    page = reponse.content.decode()
    assert (reponse.status_code, PhraseSynthese.objects.count()) == (422, 0)
    assert long in page
    assert f'value="{piste.pk}" checked' in page
    assert "Cette phrase est trop longue" in page


def test_two_people_on_one_sentence_are_shown_both(espace, rapporteur, client):
    f.creer_piste(espace)
    synthese = ouvrir(espace)
    phrase = actions.ajouter_phrase(section=synthese.sections.get(), texte="De l’autre", pistes=[], par=None)
    reponse = agir(client, synthese, "ecrire-phrase", phrase, texte="De moi", revision=0)
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "De moi</textarea>" in page
    assert 'name="revision" value="1"' in page
    suite = agir(client, synthese, "chapeau", titre="Mon titre", chapeau="Mon chapeau", revision="0")
    assert suite.status_code == 409
    assert "Mon chapeau</textarea>" in suite.content.decode()


def test_a_row_holds_criteria_indicators_and_pistes(espace, rapporteur, client):
    piste = f.creer_piste(espace)
    synthese = ouvrir(espace)
    section = synthese.sections.get()
    [ligne] = section.lignes.all()
    agir(
        client,
        synthese,
        "ecrire-ligne",
        ligne,
        titre="Accueil",
        criteres="Un\nDeux",
        indicateurs="Trois",
        pistes=[piste.pk],
    )
    ligne.refresh_from_db()
    assert (ligne.titre, ligne.liste_criteres, ligne.liste_indicateurs) == ("Accueil", ["Un", "Deux"], ["Trois"])
    agir(client, synthese, "nouvelle-ligne", section, titre="Autre")
    agir(client, synthese, "retirer-ligne", ligne)
    assert [li.titre for li in section.lignes.all()] == ["Autre"]


def test_sections_are_added_reworded_and_removed_when_empty(espace, rapporteur, client):
    axe = f.creer_axe(consultation=espace.consultation, titre="Accueillir")
    synthese = ouvrir(espace)
    agir(client, synthese, "nouvelle-section", titre="", axe=axe.pk)
    section = synthese.sections.get()
    agir(client, synthese, "ecrire-section", section, titre="Bien accueillir")
    assert synthese.sections.get().titre == "Bien accueillir"
    agir(client, synthese, "retirer-section", section)
    assert synthese.sections.count() == 0
    assert agir(client, synthese, "nouvelle-section", titre=" ").status_code == 422


def boutons(client, synthese):
    """The ids of the buttons that move something, in the order of the page."""
    page = client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    return re.findall(r'id="((?:monter|descendre)-[a-z]+-\d+)"', page)


def test_a_sentence_goes_down_then_up_and_the_focus_stays_on_the_button_that_moved_it(espace, rapporteur, client):
    synthese = ouvrir(espace)
    section = actions.ajouter_section(synthese=synthese, titre="Partie", par=None)
    a, b, c = (actions.ajouter_phrase(section=section, texte=t, pistes=[], par=None).pk for t in "ABC")
    assert boutons(client, synthese) == [
        f"{geste}-phrase-{pk}" for geste, pk in (("descendre", a), ("monter", b), ("descendre", b), ("monter", c))
    ]
    page = reverse("synthese", args=[synthese.pk])
    une = PhraseSynthese.objects.get(pk=a)
    suites = [
        agir(client, synthese, "deplacer-phrase", une, sens=sens, rang=rang).url
        for sens, rang in (("bas", 0), ("bas", 1), ("haut", 2))
    ]
    assert suites == [f"{page}#descendre-phrase-{a}", f"{page}#monter-phrase-{a}", f"{page}#monter-phrase-{a}"]
    assert list(section.phrases.values_list("texte", flat=True)) == ["B", "A", "C"]


def test_parts_and_rows_are_moved_too_and_their_buttons_say_what_moves(espace, rapporteur, client):
    synthese = ouvrir(espace)
    une, deux = (actions.ajouter_section(synthese=synthese, titre=t, par=None) for t in ("Une", PIEGE))
    lignes = [actions.ajouter_ligne(section=une, titre=t, par=None) for t in "AB"]
    page = client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    assert f'id="monter-section-{deux.pk}" aria-label="Monter\u202f: la partie {escape(PIEGE)}"' in page
    assert f'id="descendre-ligne-{lignes[0].pk}" aria-label="Descendre\u202f: ligne 1, Une"' in page
    agir(client, synthese, "deplacer-section", deux, sens="haut", rang=1)
    agir(client, synthese, "deplacer-ligne", lignes[1], sens="haut", rang=1)
    assert list(synthese.sections.values_list("titre", flat=True)) == [PIEGE, "Une"]
    assert list(une.lignes.values_list("titre", flat=True)) == ["B", "A"]


def test_what_was_moved_meanwhile_is_shown_as_it_is_now_and_not_moved(espace, rapporteur, client):
    synthese = ouvrir(espace)
    section = actions.ajouter_section(synthese=synthese, titre="Partie", par=None)
    a, _b = (actions.ajouter_phrase(section=section, texte=t, pistes=[], par=None) for t in "AB")
    actions.deplacer_phrase(phrase=a, sens=1, par=None)
    reponse = agir(client, synthese, "deplacer-phrase", a, sens="haut", rang=0)
    assert reponse.status_code == 409
    assert "Quelqu’un a changé l’ordre entre-temps." in reponse.content.decode()
    assert list(section.phrases.values_list("texte", flat=True)) == ["B", "A"]
    assert agir(client, synthese, "deplacer-phrase", a, sens="ailleurs", rang=1).status_code == 400


def test_a_refused_title_of_a_part_comes_back_open_with_what_was_typed(espace, rapporteur, client):
    synthese = ouvrir(espace)
    section = actions.ajouter_section(synthese=synthese, titre="Partie", par=None)
    long = "mot " * 60
    reponse = agir(client, synthese, "ecrire-section", section, titre=long)
    assert reponse.status_code == 422
    page = reponse.content.decode()
    assert f'value="{long}" aria-invalid="true"' in page
    assert '<details class="sur" open>' in page


def test_submitting_closes_the_desk_and_taking_back_opens_it(espace, rapporteur, client):
    f.creer_piste(espace)
    synthese = ouvrir(espace)
    agir(client, synthese, "soumettre")
    page = client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    assert "Écrire une phrase" not in page
    assert "Reprendre le brouillon" in page
    refuse = agir(client, synthese, "nouvelle-phrase", synthese.sections.get(), texte="Trop tard")
    assert (refuse.status_code, PhraseSynthese.objects.count()) == (409, 0)
    agir(client, synthese, "reprendre")
    assert Synthese.objects.get().etat == "brouillon"


def test_nobodys_words_become_markup(espace, rapporteur, client):
    espace.consultation.relecture = "aucune"
    proposition = f.creer_proposition(espace, PIEGE)
    piste = f.creer_piste(espace, PIEGE, [proposition])
    synthese = actions.ouvrir_synthese(consultation=espace.consultation, titre=PIEGE, par=None, espace=espace)
    actions.ajouter_phrase(section=synthese.sections.get(), texte=PIEGE, pistes=[piste], par=None)
    for adresse in (
        reverse("rapporter"),
        reverse("rapporter_pistes", args=[espace.pk]),
        reverse("synthese", args=[synthese.pk]),
    ):
        page = client.get(adresse).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
        assert " style=" not in page


def test_a_set_aside_proposition_is_not_shown_at_the_desk(espace, rapporteur, client):
    ecartee = f.creer_proposition(espace, "À ne montrer à personne ici")
    actions.relire_proposition(proposition=ecartee, decision="ecarter", par=None)
    synthese = ouvrir(espace)
    assert "À ne montrer" not in client.get(reverse("synthese", args=[synthese.pk])).content.decode()


def test_an_object_of_another_synthesis_is_not_found(espace, rapporteur, client):
    ailleurs = f.creer_espace()
    f.creer_piste(ailleurs)
    autre = ouvrir(ailleurs)
    phrase = actions.ajouter_phrase(section=autre.sections.get(), texte="Ailleurs", pistes=[], par=None)
    synthese = ouvrir(espace)
    assert agir(client, synthese, "ecrire-phrase", phrase, texte="Volée").status_code == 404
    assert agir(client, synthese, "nouvelle-phrase", autre.sections.get(), texte="X").status_code == 404
    assert agir(client, autre, "retirer-phrase", phrase).status_code == 403
    assert PhraseSynthese.objects.get().texte == "Ailleurs"


@pytest.mark.parametrize("n", [1, 8])
def test_each_page_costs_the_same_whatever_its_length(espace, rapporteur, client, n, django_assert_num_queries):
    pistes = f.creer_pistes(espace, n)
    scrutin = f.creer_scrutin(espace, pistes)
    f.faire_voter(scrutin, "salaries", 5, {pistes[0]: 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    syntheses = [ouvrir(espace) for _ in range(n)]
    section = syntheses[0].sections.get()
    for piste in pistes:
        actions.ajouter_phrase(section=section, texte="Une phrase.", pistes=[piste], par=None)
    client.get(reverse("rapporter"))
    with django_assert_num_queries(5):
        client.get(reverse("rapporter"))
    with django_assert_num_queries(14):
        client.get(reverse("rapporter_pistes", args=[espace.pk]))
    with django_assert_num_queries(49):
        client.get(reverse("synthese", args=[syntheses[0].pk]) + f"?ouvert=nouvelle-phrase-{section.pk}")
