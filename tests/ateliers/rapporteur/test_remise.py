"""The desk before a synthesis is handed over: whom it cites, what moved, its versions, what authors answer."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from consultation import actions
from consultation.models import PhraseSynthese, Synthese
from tests import fabriques as f

from .gestes import PIEGE, agir, ouvrir

pytestmark = pytest.mark.django_db


def test_before_submission_the_pistes_the_group_did_not_keep_are_named(espace, rapporteur, client):
    une, deux = f.creer_pistes(espace, 2)
    synthese = ouvrir(espace, rapporteur)
    page = client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    assert ("Soumettre quand même" in page, "pas retenue par le groupe" in page) == (False, False)
    actions.retenir_piste(piste=une, par=None)
    page = client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    avis = page[page.index("1 piste citée n’est pas retenue par le groupe") : page.index("Soumettre quand même")]
    assert (escape(deux.texte) in avis, escape(une.texte) in avis) == (True, False)
    assert page.count("pas retenue par le groupe</small>") == 1


def test_no_link_of_a_synthesis_is_closed_to_whoever_reads_it(espace, rapporteur, client):
    """Who publishes was offered to word the pistes, and was told that they may not."""
    synthese = ouvrir(espace, rapporteur)
    pistes = reverse("rapporter_pistes", args=[espace.pk])
    assert pistes in client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    client.force_login(f.creer_editeur(espace.consultation))
    assert client.get(pistes).status_code == 403
    assert pistes not in client.get(reverse("synthese", args=[synthese.pk])).content.decode()


def lire(client, adresse):
    """A page, its no-break spaces told as plain ones."""
    return client.get(adresse).content.decode().replace("\u202f", " ").replace("\xa0", " ")


def inegale(espace):
    f.creer_piste(espace, propositions=[f.creer_proposition(espace) for _ in range(5)])
    oubliees = [f.creer_proposition(espace, signe="permanents") for _ in range(5)]
    return ouvrir(espace), oubliees


def test_the_desk_measures_whom_it_cites_and_asks_why_before_it_lets_go(espace, rapporteur, client):
    synthese, _oubliees = inegale(espace)
    page = lire(client, reverse("synthese", args=[synthese.pk]))
    assert re.findall(r"(\d+ sur \d+ · \d+ %)", page) == ["5 sur 5 · 100 %", "0 sur 5 · 0 %"]
    assert "points d’écart entre le collège le plus cité et le moins cité." in page
    assert "Soumettre avec l’explication" in page
    reponse = agir(client, synthese, "soumettre")
    assert reponse.status_code == 422
    assert 'id="soumettre" open' in reponse.content.decode()
    long = "Trop long. " * 60
    assert f"{long}</textarea>" in agir(client, synthese, "soumettre", explication=long).content.decode()
    assert agir(client, synthese, "soumettre", explication="Voilà pourquoi.").status_code == 302
    assert Synthese.objects.get().explication_ecart == "Voilà pourquoi."


def test_an_orphan_is_set_aside_for_a_reason_and_taken_back(espace, rapporteur, client):
    synthese, (oubliee, *_reste) = inegale(espace)
    vide = agir(client, synthese, "laisser-de-cote", oubliee, motif=" ")
    assert (vide.status_code, "Son auteur la lira." in vide.content.decode()) == (422, True)
    assert agir(client, synthese, "laisser-de-cote", oubliee, motif="Dit dans la partie 1.").status_code == 302
    page = client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    assert "1 proposition laissée de côté" in page
    assert "Dit dans la partie 1." in page
    agir(client, synthese, "reprendre-proposition", synthese.mises_de_cote.get())
    assert "laissée de côté" not in client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    ailleurs = f.creer_proposition(f.creer_espace())
    assert agir(client, synthese, "laisser-de-cote", ailleurs, motif="Non").status_code == 404


def test_the_rapporteur_answers_an_author_who_disagrees(espace, rapporteur, client):
    f.creer_piste(espace)
    proposition, synthese = espace.propositions.get(), ouvrir(espace)
    desaccord = actions.dire_desaccord(proposition=proposition, participant=proposition.auteur, raison=PIEGE)
    page = client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    assert "Des auteurs ne sont pas d’accord" in page
    assert "&lt;script&gt;" in page
    assert proposition.auteur.prenom not in page
    refusee = agir(client, synthese, "soumettre")
    assert (refusee.status_code, "attendent une réponse" in refusee.content.decode()) == (409, True)
    assert agir(client, synthese, "repondre-desaccord", desaccord, reponse="Entendu.").status_code == 302
    assert agir(client, synthese, "soumettre").status_code == 302


def test_words_typed_for_a_sentence_that_someone_removed_are_given_back(espace, rapporteur, client):
    f.creer_piste(espace)
    synthese = ouvrir(espace)
    phrase = actions.ajouter_phrase(section=synthese.sections.get(), texte="Un", pistes=[], par=None)
    numero = phrase.pk
    actions.retirer_phrase(phrase=phrase, par=None)
    adresse = reverse("agir_synthese", args=[synthese.pk, "ecrire-phrase", numero])
    reponse = client.post(adresse, {"texte": "Mes mots à garder", "revision": "1"})
    page = reponse.content.decode()
    assert (reponse.status_code, "Quelqu’un l’a retiré" in page, "Mes mots à garder</blockquote>" in page) == (
        409,
        True,
        True,
    )


def test_two_versions_stand_side_by_side_and_an_older_sentence_is_taken_up_again(espace, rapporteur, client):
    f.creer_piste(espace)
    synthese = ouvrir(espace)
    adresse = reverse("versions_synthese", args=[synthese.pk])
    section = synthese.sections.get()
    phrase = actions.ajouter_phrase(section=section, texte=f"Avant {PIEGE}", pistes=[], par=None)
    actions.modifier_phrase(phrase=phrase, texte="Après", pistes=[], par=rapporteur)
    page = client.get(adresse).content.decode()
    assert ("<del>Avant" in page, "<ins>Après</ins>" in page, "<script>alert" in page) == (True, True, False)
    assert "1 phrase ou ligne changée" in page
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    agir(client, synthese, "ecrire-phrase", phrase, texte="Avant", revision=revision)
    assert PhraseSynthese.objects.get().texte == "Avant"
    assert client.get(adresse + "?avant=x&apres=99999").status_code == 200
    marque = client.get(reverse("derniere_version", args=[synthese.pk])).json()
    assert (marque["qui"], marque["marque"]) == (str(rapporteur), synthese.versions.first().le.isoformat())


def test_the_desk_says_what_moved_under_a_sentence_until_someone_reads_it_again(espace, rapporteur, client):
    piste = f.creer_piste(espace)
    synthese = ouvrir(espace)
    phrase = actions.ajouter_phrase(section=synthese.sections.get(), texte="Un", pistes=[piste], par=None)
    actions.clore_scrutin(scrutin=f.creer_scrutin(espace, [piste], titre="Le vote"), par=None)
    adresse = reverse("synthese", args=[synthese.pk])
    assert lire(client, adresse).count("Le groupe a voté : Le vote.") == 2  # the row, the sentence
    agir(client, synthese, "relire-phrase", phrase)
    agir(client, synthese, "relire-ligne", synthese.sections.get().lignes.get())
    assert "Le groupe a voté" not in client.get(adresse).content.decode()


def test_quotations_and_figures_are_put_in_from_what_a_sentence_rests_on(espace, rapporteur, client):
    auteur = f.creer_participant(espace.consultation, accord_publication=True)
    proposition = f.creer_proposition(espace, "Un banc dehors", auteur)
    tue = f.creer_proposition(espace, "Sans accord")
    piste = f.creer_piste(espace, propositions=[proposition, tue])
    scrutin = f.creer_scrutin(espace, [piste, f.creer_piste(espace)])
    f.faire_voter(scrutin, "salaries", 7, {piste: 1})
    f.faire_voter(scrutin, "salaries", 5, {scrutin.pistes.last(): 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    synthese = ouvrir(espace)
    section = synthese.sections.get()
    page = client.get(reverse("synthese", args=[synthese.pk])).content.decode()
    assert page.count("Citer ces mots") == 1
    agir(client, synthese, "citer-mots", section, proposition=proposition.pk)
    agir(client, synthese, "reprendre-chiffre", section, scrutin=scrutin.pk, piste=piste.pk)
    assert [p.sorte for p in section.phrases.all()] == ["citation", "chiffre"]
    page = lire(client, reverse("synthese", args=[synthese.pk]))
    assert ("« Un banc dehors »" in page, '<p class="valeur">7 personnes sur 12</p>' in page) == (True, True)
    refusee = agir(client, synthese, "citer-mots", section, proposition=tue.pk)
    assert (refusee.status_code, "pas dit oui" in refusee.content.decode()) == (422, True)
    assert agir(client, synthese, "citer-mots", section, proposition="x").status_code == 404
