import pytest

from consultation import actions
from consultation.erreurs import Refus
from consultation.models import Journal, LigneRegroupement, Piste
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


def refus(code, statut, acte, **appel):
    with pytest.raises(Refus) as erreur:
        acte(**appel)
    assert (erreur.value.code, erreur.value.statut) == (code, statut)
    return erreur.value.message


def regrouper(espace, par=None, **appel):
    return actions.regrouper(espace=espace, par=par, **appel)


def rangements(espace):
    return (
        dict(espace.propositions.values_list("pk", "piste_id")),
        dict(Piste.objects.exclude(etat="ecartee").values_list("pk", "fusionnee_dans_id")),
    )


def test_numbers_run_on_across_espaces_and_axes_of_a_consultation(espace):
    voisin = f.creer_espace(consultation=espace.consultation)
    ailleurs = f.creer_espace()
    assert [f.creer_piste(e).numero for e in (espace, voisin, espace, ailleurs)] == [1, 2, 3, 1]


def test_the_number_of_an_undone_piste_is_not_used_again(espace):
    geste = regrouper(espace, propositions=[f.creer_proposition(espace)], texte="Une")
    actions.defaire_regroupement(regroupement=geste, par=None)
    assert f.creer_piste(espace).numero == 2


def test_a_new_piste_starts_from_the_first_words_when_none_are_given(espace):
    proposition = f.creer_proposition(espace, "Apprendre\nà deux " + "sans peur " * 25)
    piste = regrouper(espace, propositions=[proposition]).piste
    assert (piste.texte[:16], len(piste.texte) <= 300, proposition.texte[:9]) == (
        "Apprendre à deux",
        True,
        "Apprendre",
    )


def test_a_gathered_proposition_moves_and_its_line_remembers(espace):
    proposition = f.creer_proposition(espace)
    ancienne, nouvelle = f.creer_piste(espace, propositions=[proposition]), f.creer_piste(espace)
    avant = rangements(espace)
    geste = regrouper(espace, propositions=[proposition], dans=nouvelle)
    proposition.refresh_from_db()
    assert (proposition.piste, geste.lignes.get().piste_avant) == (nouvelle, ancienne)
    actions.defaire_regroupement(regroupement=geste, par=None)
    assert rangements(espace) == avant


def test_a_group_of_groups_is_undone_in_order_and_says_which_first(espace):
    une, deux, trois = f.creer_pistes(espace, 3)
    avant = rangements(espace)
    premier = regrouper(espace, pistes=[une, deux], texte="Les deux", motif="Le même sujet")
    second = regrouper(espace, pistes=[premier.piste, trois], texte="Les trois", motif="Plus large")
    message = refus("defaire_avant", 409, actions.defaire_regroupement, regroupement=premier, par=None)
    assert message == (
        "Un regroupement plus récent s’appuie sur celui-ci. "
        "Défaites d’abord celui de la piste n°\u00a05 («\u202fPlus large\u202f»)."
    )
    actions.defaire_regroupement(regroupement=second, par=None)
    actions.defaire_regroupement(regroupement=premier, par=None)
    assert rangements(espace) == avant
    refus("deja_defait", 409, actions.defaire_regroupement, regroupement=premier, par=None)


def test_joining_in_a_circle_or_with_itself_is_refused(espace):
    une, deux = f.creer_pistes(espace, 2)
    refus("soi_meme", 422, regrouper, espace=espace, pistes=[une], dans=une)
    regrouper(espace, pistes=[une], dans=deux)
    message = refus("deja_jointe", 409, regrouper, espace=espace, pistes=[deux], dans=une)
    assert message == "La piste n°\u00a01 est déjà jointe à la n°\u00a02. Choisissez la n°\u00a02."
    refus("deja_jointe", 409, regrouper, espace=espace, pistes=[une], texte="Encore")


def test_what_cannot_be_joined_is_refused_and_writes_nothing(espace):
    a_part, ailleurs = f.creer_espace(consultation=espace.consultation), f.creer_espace()
    ecartee = f.creer_proposition(espace)
    actions.relire_proposition(proposition=ecartee, decision="ecarter", par=None)
    posee = f.creer_piste(espace)
    actions.ecarter_piste(piste=posee, par=None)
    avant = (Piste.objects.count(), LigneRegroupement.objects.count(), Journal.objects.count())
    un = {"espace": espace, "texte": "Une"}
    etranger = [f.creer_proposition(a_part)]
    avant = (Piste.objects.count(), LigneRegroupement.objects.count(), Journal.objects.count())
    refus("rien_a_joindre", 422, regrouper, **un)
    refus("ailleurs", 422, regrouper, propositions=etranger, **un)
    refus("pas_affichee", 422, regrouper, propositions=[ecartee], **un)
    refus("piste_ecartee", 409, regrouper, pistes=[posee], **un)
    assert (Piste.objects.count(), LigneRegroupement.objects.count(), Journal.objects.count()) == avant
    refus("ailleurs", 422, regrouper, pistes=[f.creer_piste(ailleurs)], **un)


def test_pistes_of_another_workshop_are_joined_only_by_someone_entrusted_with_both(espace):
    voisin = f.creer_espace(consultation=espace.consultation)
    autre = f.creer_piste(voisin)
    appel = {"espace": espace, "pistes": [autre], "texte": "En plénière"}
    refus("ailleurs", 422, regrouper, par=f.creer_animateur(espace), **appel)
    assert regrouper(par=f.creer_organisateur(espace.consultation), **appel).piste.numero == 2


@pytest.mark.parametrize("texte", ["", "   ", "x" * 301, "\x00\x07"])
def test_a_piste_is_worded_in_one_short_line(espace, texte):
    piste = f.creer_piste(espace, "Avant")
    code = "texte_long" if len(texte) > 300 else "texte_vide"
    refus(code, 422, actions.formuler_piste, piste=piste, texte=texte, par=None)
    piste.refresh_from_db()
    assert piste.texte == "Avant"


def test_two_people_wording_the_same_piste_are_told(espace):
    piste = f.creer_piste(espace, "Avant")
    actions.formuler_piste(piste=piste, texte="De l’un", par=None, revision=1)
    refus("revision", 409, actions.formuler_piste, piste=piste, texte="De l’autre", par=None, revision=1)
    piste.refresh_from_db()
    assert (piste.texte, piste.revision) == ("De l’un", 2)


def test_wording_keeps_the_axe_unless_told(espace):
    axe = f.creer_axe(consultation=espace.consultation)
    piste = f.creer_piste(espace, axe=axe)
    assert actions.formuler_piste(piste=piste, texte="Autre", par=None).axe == axe
    assert actions.formuler_piste(piste=piste, texte="Autre", par=None, axe=None).axe is None
    refus("axe_inconnu", 422, actions.formuler_piste, piste=piste, texte="X", par=None, axe=f.creer_axe())


def test_joining_into_a_piste_with_new_words_words_it(espace):
    une, deux = f.creer_pistes(espace, 2)
    regrouper(espace, pistes=[deux], dans=une, texte="Ensemble")
    une.refresh_from_db()
    assert (une.texte, une.revision) == ("Ensemble", 2)


def test_each_ungathered_proposition_becomes_a_piste(espace):
    deja = f.creer_piste(espace)
    seules = [f.creer_proposition(espace) for _ in range(2)]
    f.creer_proposition(espace, nature="question")
    pistes = actions.semer_orphelines(espace=espace, par=None)
    assert [(p.numero, p.texte) for p in pistes] == [(2, seules[0].texte), (3, seules[1].texte)]
    assert (actions.semer_orphelines(espace=espace, par=None), deja.numero) == ([], 1)


def test_keeping_setting_aside_and_taking_back(espace):
    piste = f.creer_piste(espace)
    assert actions.retenir_piste(piste=piste, par=None).etat == "retenue"
    assert actions.ecarter_piste(piste=piste, par=None, motif="Hors sujet").etat == "ecartee"
    assert Journal.objects.first().motif == "Hors sujet"
    assert actions.reprendre_piste(piste=piste, par=None).etat == "brouillon"


@pytest.mark.parametrize("acte", ["formuler", "regrouper", "defaire", "semer", "retenir", "ecarter"])
def test_a_stranger_touches_no_piste(espace, acte):
    geste = regrouper(espace, propositions=[f.creer_proposition(espace)], texte="Une")
    intrus = f.creer_compte()
    faire = {
        "formuler": lambda: actions.formuler_piste(piste=geste.piste, texte="X", par=intrus),
        "regrouper": lambda: regrouper(espace, par=intrus, pistes=[geste.piste], texte="X"),
        "defaire": lambda: actions.defaire_regroupement(regroupement=geste, par=intrus),
        "semer": lambda: actions.semer_orphelines(espace=espace, par=intrus),
        "retenir": lambda: actions.retenir_piste(piste=geste.piste, par=intrus),
        "ecarter": lambda: actions.ecarter_piste(piste=geste.piste, par=intrus),
    }
    refus("interdit", 403, faire[acte])
