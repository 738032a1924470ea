"""Several people write one draft: nothing is overwritten, earlier versions stay, what moved is said."""

from datetime import timedelta

import pytest

from consultation import actions, lectures
from consultation.models import PhraseSynthese, VersionSynthese
from tests import fabriques as f
from tests.consultation.test_syntheses import ouvrir, refus


@pytest.fixture
def espace(db):
    return f.creer_espace()


@pytest.fixture
def phrase(espace):
    une = f.creer_piste(espace)
    return actions.ajouter_phrase(section=ouvrir(espace).sections.get(), texte="Un", pistes=[une], par=None)


def vieillir(synthese, minutes=11):
    for version in synthese.versions.all():
        version.commencee_le -= timedelta(minutes=minutes)
        version.save()


def test_two_people_who_change_what_a_sentence_rests_on_are_told_too(espace, phrase):
    autre = f.creer_piste(espace)
    actions.modifier_phrase(phrase=phrase, texte="Un", pistes=[autre], par=None, revision=1)
    ecrire = {"phrase": phrase, "texte": "Un", "par": None, "revision": 1}
    refus("revision", 409, actions.modifier_phrase, pistes=[], **ecrire)
    assert actions.modifier_phrase(pistes=[autre], **ecrire).revision == 2
    refus("revision", 409, actions.retirer_phrase, phrase=phrase, par=None, revision=1)
    actions.retirer_phrase(phrase=phrase, par=None, revision=2)
    assert PhraseSynthese.objects.count() == 0


def test_two_people_who_rename_a_part_are_told(espace, phrase):
    actions.modifier_section(section=phrase.section, titre="Deux", par=None, revision=1)
    refus("revision", 409, actions.modifier_section, section=phrase.section, titre="Trois", par=None, revision=1)
    assert actions.modifier_section(section=phrase.section, titre="Deux", par=None, revision=1).revision == 2


def test_what_one_person_writes_in_ten_minutes_is_one_version_and_another_persons_is_another(espace, phrase):
    synthese = phrase.section.synthese
    assert synthese.versions.count() == 1
    actions.modifier_phrase(phrase=phrase, texte="Deux", pistes=[], par=None)
    assert synthese.versions.count() == 1
    rapporteur = f.creer_rapporteur(espace)
    actions.modifier_phrase(phrase=phrase, texte="Trois", pistes=[], par=rapporteur)
    assert [v.par for v in lectures.versions(synthese)] == [rapporteur, None]
    vieillir(synthese)
    actions.modifier_phrase(phrase=phrase, texte="Quatre", pistes=[], par=rapporteur)
    lues = [v.contenu["sections"][0]["phrases"][0]["texte"] for v in lectures.versions(synthese)]
    assert lues == ["Quatre", "Trois", "Deux"]


def mouvements(synthese):
    return lectures.mouvements(lectures.provenance(synthese))


def dire(morceaux):
    return "".join(f"[{m.texte}]" if m.autre else m.texte for m in morceaux)


def test_two_versions_are_compared_word_by_word(espace, phrase):
    section, synthese = phrase.section, phrase.section.synthese
    actions.modifier_phrase(phrase=phrase, texte="Apprendre à deux est utile.", pistes=[], par=None)
    partie = actions.ajouter_phrase(section=section, texte="Vite.", pistes=[], par=None)
    vieillir(synthese)
    actions.modifier_phrase(phrase=phrase, texte="Apprendre à deux rassure.", pistes=[], par=None)
    actions.retirer_phrase(phrase=partie, par=None)
    actions.ajouter_phrase(section=section, texte="Et vous ?", pistes=[], par=None)
    apres, avant = lectures.versions(synthese)
    lue = lectures.comparer(avant, apres)
    assert [(dire(c.avant), dire(c.apres), c.revision) for c in lue.lignes if c.sorte == "phrase"] == [
        ("Apprendre à deux [est utile].", "Apprendre à deux [rassure].", 3),
        ("[Vite.]", "", None),
        ("", "[Et vous ?]", 1),
    ]
    assert (lue.changees, lue.ajoutees, lue.retirees) == (1, 1, 1)
    rien = lectures.comparer(apres, apres)
    assert (rien.changees, rien.ajoutees, rien.retirees) == (0, 0, 0)


def test_words_taken_back_are_in_no_version_and_nobody_puts_them_back(espace):
    critere = f.creer_proposition(espace, "Un casier à mon nom", nature="critere")
    ligne = ouvrir(espace).sections.get().lignes.get()
    ecrire = {"ligne": ligne, "indicateurs": "", "pistes": [], "par": None}
    actions.ecrire_ligne(criteres="Un casier à mon nom\nUn banc", revision=1, **ecrire)
    vieillir(ligne.section.synthese)
    actions.ecrire_ligne(criteres="Un casier à mon nom\nDeux bancs", revision=2, **ecrire)
    actions.effacer_participant(participant=critere.auteur)
    assert [v.contenu["sections"][0]["lignes"][0]["criteres"] for v in VersionSynthese.objects.all()] == [
        "Deux bancs",
        "Un banc",
    ]
    refus("revision", 409, actions.ecrire_ligne, criteres="Un casier à mon nom", revision=3, **ecrire)


def test_a_draft_says_what_moved_under_each_sentence_until_it_is_read_again(espace, phrase):
    synthese, (piste,) = phrase.section.synthese, phrase.pistes.all()
    assert mouvements(synthese) == {}
    scrutin = f.creer_scrutin(espace, [piste], titre="Second tour")
    actions.clore_scrutin(scrutin=scrutin, par=None)
    actions.regrouper(espace=espace, par=None, propositions=[f.creer_proposition(espace)], dans=piste)
    grande = f.creer_piste(espace)
    geste = actions.regrouper(espace=espace, par=None, pistes=[piste], dans=grande)
    dits = mouvements(synthese)[f"phrase-{phrase.pk}"]
    assert dits == [
        f"La piste n°\u00a0{piste.numero} a rejoint la piste n°\u00a0{grande.numero}.",
        f"2 propositions de plus dans la piste n°\u00a0{grande.numero}.",
        "Le groupe a voté\u202f: Second tour.",
    ]
    relue = actions.relire_passage(passage=phrase, par=None)
    assert f"phrase-{phrase.pk}" not in mouvements(synthese)
    assert relue.revision == phrase.revision
    actions.defaire_regroupement(regroupement=geste, par=None)
    assert mouvements(synthese)[f"phrase-{phrase.pk}"] == [
        f"Un regroupement de la piste n°\u00a0{piste.numero} a été défait."
    ]


@pytest.mark.parametrize("n", [1, 5])
def test_what_moved_costs_the_same_whatever_the_length(espace, n, django_assert_num_queries):
    synthese, pistes = ouvrir(espace), f.creer_pistes(espace, n)
    section = actions.ajouter_section(synthese=synthese, titre="Partie", par=None)
    for piste in pistes:
        actions.ajouter_phrase(section=section, texte="Une.", pistes=[piste], par=None)
    for _tour in range(n):
        actions.clore_scrutin(scrutin=f.creer_scrutin(espace, pistes), par=None)
    lue = lectures.provenance(synthese)
    with django_assert_num_queries(5):
        assert len(lectures.mouvements(lue)) == n
