"""The demonstration keeps its figures, changes nothing the second time, and its people act like anyone."""

import asyncio
import contextlib
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from asgiref.sync import sync_to_async
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from django.utils import timezone, translation

from ateliers.inscriptions import publique
from ateliers.lectures import suivis
from ateliers.models import Atelier, Attente, Etape, Temps
from consultation import lectures
from consultation.lectures import demarche, lire_grille
from consultation.models import (
    CodeDeCarte,
    Consultation,
    Journal,
    Participant,
    Piste,
    Proposition,
    Structure,
    Suite,
    Territoire,
)
from contenus.models import FilInfoPage, SynthesePage
from courrier import lectures as lectures_du_courrier
from courrier.models import Envoi
from immersions import lectures as lectures_des_immersions
from immersions.models import Immersion
from plateforme.demonstration import domont, recits, simulation, thouarsais, tout
from plateforme.demonstration.horloge import a_la_date, jour_ouvre, moment_ouvre
from plateforme.demonstration.rencontre import jour_apres
from tests.pdfua import fautes, mise_en_page
from visites import lectures as lectures_des_visites

from .documents_pdf import ATELIERS, COULANTS, DOCUMENTS, sources


@pytest.fixture(scope="module")
def faite(base_du_serveur):
    """One demonstration for the whole file, in a database of its own."""
    with override_settings(DEBUG=True):
        yield tout.poser(lambda _etape: None)


def test_the_exchange_of_nouvelle_aquitaine_has_its_figures(faite):
    echange = faite.echange
    structures = Structure.objects.filter(participants__consultation=echange).distinct()
    assert (echange.participants.count(), structures.count()) == (114, 62)
    assert Structure.objects.filter(nom__startswith="Collectif").count() == 2
    axes = echange.axes.filter(parent=None)
    assert (axes.count(), echange.axes.exclude(parent=None).count()) == (3, 9)
    assert list(echange.pistes.values_list("numero", flat=True)) == list(range(1, 61))
    assert echange.pistes.filter(propositions=None).count() == 0
    assert set(echange.scrutins.values_list("etat", flat=True)) == {"clos"}
    assert echange.etat == Consultation.Etat.CLOSE


def test_its_synthesis_went_through_the_workflow_and_is_out(faite):
    page = SynthesePage.objects.get(synthese__consultation=faite.echange)
    assert (page.live, page.synthese.etat, page.nombre_pistes) == (True, "publiee", 60)
    assert page.workflow_states.get().status == "approved"
    assert dict(FilInfoPage.objects.values_list("numero", "live")) == {4: True, 5: False}


def test_number_four_was_sent_to_subscribers_of_whom_some_refuse_and_some_come_back(faite):
    compte = lectures_du_courrier.compte()
    assert (compte.confirmes, compte.en_attente, compte.morts, compte.partis) == (277, 15, 6, 0)
    envoi = Envoi.objects.get(numero=4)
    lues = lectures_du_courrier.bilan(envoi)
    assert (envoi.etat, lues.total, lues.remises, lues.refusees, lues.revenues, lues.retirees) == (
        "fini", 285, 273, 6, 4, 2,
    )  # fmt: skip


def test_some_of_its_pistes_are_answered_and_one_answer_was_corrected(faite):
    bilan = lectures.bilan(faite.echange)
    assert (len(bilan.suivies), bilan.repondues, bilan.en_retard) == (60, 7, [])
    assert bilan.par_etat == {
        "realisee": 1, "en_cours": 1, "retenue": 3, "confiee": 1, "ecartee": 1, "sans": 53,
    }  # fmt: skip
    assert Suite.objects.filter(corrige__isnull=False).count() == 1


def test_the_seminar_has_its_half_days_workshops_and_share_of_salaried_people(faite):
    seminaire = faite.seminaire
    natures = list(Atelier.objects.filter(espace__consultation=seminaire).values_list("nature", flat=True))
    assert (seminaire.temps.count(), natures.count("atelier"), natures.count("pleniere")) == (4, 8, 2)
    assert (seminaire.places, seminaire.participants.exclude(origine="bulletin").count()) == (150, 122)
    salaries = seminaire.participants.filter(college__signe="salaries").count()
    assert salaries / seminaire.participants.count() >= 0.2


def test_a_meeting_to_come_takes_registrations_and_has_waiting_lists(faite):
    rencontre = faite.rencontre
    assert publique.est_ouverte(rencontre)
    attentes = Attente.objects.filter(atelier__espace__consultation=rencontre).count()
    inscrits, demandes = rencontre.participants.count(), rencontre.demandes.count()
    assert (inscrits + demandes, inscrits - attentes) == (11, 6)
    assert attentes > 0 < demandes


def test_a_questionnaire_has_its_150_answers_and_is_read_with_small_figures_withheld(faite):
    close, ouverte = faite.seminaire.grilles.exclude(titre__contains="isite").order_by("pk")
    origines = Counter(close.copies.filter(envoyee_le__isnull=False).values_list("origine", flat=True))
    assert (origines, close.etat, ouverte.etat) == ({"telephone": 110, "papier": 40}, "close", "ouverte")
    connues = next(lue for lue in lire_grille(close) if lue.question.cle == "q4")
    aujourdhui, demain = ([rang.part for rang in tableau.rangs] for tableau in connues.tableaux)
    assert demain[0] > 2 * aujourdhui[0]
    assert sum(lue.textes for lue in lire_grille(close)) > 150


def test_six_visits_stand_each_in_another_state(faite):
    lues = {lue.visite.entreprise: lue for lue in lectures_des_visites.publiques(faite.seminaire)}
    assert {
        nom: (lue.visite.etat, lue.passee, lue.libres, lue.visite.nb_attentes, lue.visite.publiee_le is not None)
        for nom, lue in lues.items()
    } == {
        "La Recyclerie du Grand Pré": ("ouverte", True, 0, 0, True),
        "Les Jardins de l’Écluse": ("ouverte", True, 3, 0, False),
        "Menuiserie du Vexin": ("annulee", False, 2, 0, False),
        "Ressourcerie des Deux Rives": ("ouverte", False, 7, 0, False),
        "Cuisine Centrale du Plateau": ("ouverte", False, 0, 3, False),
        "Lavanderie Claire": ("ouverte", False, 8, 15, False),
    }
    publie = lectures_des_visites.compte_rendu(lues["La Recyclerie du Grand Pré"].visite)
    assert (bool(publie.constats), len(publie.lues)) == (True, 3)


def test_a_year_of_immersions_has_its_two_figures_and_six_files_are_under_way(faite):
    dispositif = lectures_des_immersions.dispositif_de(faite.immersions)
    (annee,) = lectures_des_immersions.annees_arretees(dispositif)
    lu = lectures_des_immersions.bord(dispositif, annee)
    assert (lu.n, lu.vise, [une.n for _cle, _titre, lignes in lu.tables[:2] for une in lignes]) == (
        106, 40, [68, 38, 47, 42, 17],
    )  # fmt: skip
    etats = Counter(une.etat for une in lectures_des_immersions.immersions_de(dispositif))
    assert etats == {
        "finie": 95, "conclure": 11, "entretien": 1, "lieu": 1, "signer": 1, "en_cours": 1, "bilan": 1,
        "arretee": 1,
    }  # fmt: skip


def test_whatever_the_day_it_is_loaded_its_visits_and_immersions_are_on_days_of_work(faite):
    jours = [timezone.localdate(v.debut) for v in faite.seminaire.visites.all()]
    for debut, fin in Immersion.objects.exclude(fin=None).values_list("debut", "fin"):
        jours += [debut, fin]
    temps = Temps.objects.exclude(consultation=faite.seminaire)
    jours += [timezone.localdate(un.debut) for un in temps]
    assert [jour for jour in jours if jour_ouvre(jour) != jour] == []
    for n in range(1461):  # four years, day after day
        ce_jour = date(2026, 1, 1) + timedelta(days=n)
        assert jour_ouvre(jour_apres(ce_jour)) == jour_apres(ce_jour)
        for ecart in (-16, -9, 12, 14, 20, 28):
            vise, tombe = ce_jour + timedelta(days=ecart), moment_ouvre(ecart, 9, depuis=ce_jour).date()
            assert (jour_ouvre(tombe), 0 <= (tombe - vise).days * (1 if ecart > 0 else -1) <= 3) == (tombe, True)


def test_the_network_meets_on_what_its_board_says(faite):
    ordre = lectures_des_immersions.ordres_du_jour(lectures_des_immersions.dispositif_de(faite.immersions)).get()
    assert [e.titre for e in lectures_des_immersions.etapes_de(ordre)] == [
        "Accueil", "Se déplacer", "Garde des enfants", "Un car avant 7 heures vers la zone d’activité",
        "Une garde d’enfants le matin tôt", "Proposer", "Regrouper", "Voter", "Discuter",
    ]  # fmt: skip


def test_the_seminar_is_one_stage_of_a_demarche(faite):
    etats = [(lue.etape.titre, lue.etat) for lue in demarche(faite.seminaire)]
    assert etats == [
        ("Les visites", "faite"),
        ("Le séminaire", "en_cours"),
        ("Le groupe élargi", "a_venir"),
        ("Les rencontres régionales", "a_venir"),
    ]


def test_something_lives_now(faite):
    en_cours = Etape.objects.en_cours().filter(atelier__espace__consultation=faite.seminaire)
    natures = dict(en_cours.values_list("atelier__code", "nature"))
    assert (len(natures), natures[domont.DIRECT], natures[domont.VOTE]) == (5, "ideation", "vote")
    assert {etape.echeance > timezone.now() for etape in en_cours} == {True}
    assert Proposition.objects.a_relire().filter(consultation=faite.seminaire).count() == 2


def test_a_few_paper_ballots_are_keyed_in_and_others_wait(faite):
    vote = faite.seminaire.scrutins.get(espace__atelier__code=domont.VOTE)
    lu = lectures.depouillement_sur_papier(vote, lectures.pistes_a_imprimer(vote))
    assert (lu.imprimes, lu.saisis, [lot.perime for lot in lu.lots]) == (20, 6, [False])


def test_priorities_are_ranked_and_most_of_their_points_are_told(faite):
    lignes = lectures.resultats(faite.seminaire.scrutins.get(mode="classement")).lignes
    assert [ligne.place for ligne in lignes] == sorted(ligne.place for ligne in lignes)
    assert sum(ligne.total_points is not None for ligne in lignes) > len(lignes) / 2


def test_it_shows_a_consent_a_secret_ballot_a_map_of_opinions_tables_and_axes_to_choose(faite):
    compte = lectures.compte_des_bulletins(faite.seminaire.scrutins.get(secret=True))
    assert (compte.juste, compte.signatures > 5) == (True, True)
    consent = faite.seminaire.scrutins.get(mode="consent")
    objections = lectures.objections(consent)
    assert sorted((bool(o.reponse), o.tient) for o in objections) == [(True, False), (True, True)]
    carte = faite.echange.scrutins.get(mode="adhesion").proclamation.opinions
    assert len(carte["groupes"]) == 2
    assert faite.seminaire.propositions.filter(origine="table").values("origine_note").distinct().count() > 2
    direct = Atelier.objects.get(code=domont.donnees.DIRECT)
    assert len(lectures.axes_a_choisir(direct.espace)) == 3


def test_a_forum_is_under_way_with_a_queue_an_appeal_and_a_card_to_try(faite):
    forum = faite.forum.forum
    combien, attentes = lectures.file_de_relecture(forum)
    assert (combien, [bool(attente.recours) for attente in attentes].count(True)) == (6, 1)
    assert lectures.natures_ouvertes(lectures.calendrier(faite.forum)) == {"proposer", "discuter"}
    assert lectures.propositions_publiques(faite.forum).count() == 22
    assert CodeDeCarte.objects.get(code=thouarsais.CARTE).servi is False
    assert lectures.communes(faite.forum).comptees[0][0] == "Thouars"


def test_a_national_seminar_is_followed_up_in_three_regions_one_of_them_late(faite):
    calendrier = suivis.calendrier(faite.national)
    assert [(str(r.suivi), r.etat, r.reunie_le is not None) for r in calendrier.regions] == [
        ("Occitanie", "a_relire", True),
        ("Grand Est", "en_retard", False),
        ("Bretagne", "publiee", True),
    ]
    bilan = lectures.bilan(faite.national)
    assert (len(bilan.suivies), bilan.repondues, len(bilan.en_retard)) == (8, 3, 5)


def test_the_regions_of_france_are_a_tree(faite):
    nation = Territoire.objects.get(niveau="nation")
    assert nation.enfants.filter(niveau="region").count() == 18


def test_a_second_run_changes_nothing(faite):
    def compter():
        modeles = (Journal, Participant, Proposition, Piste, Structure, SynthesePage, FilInfoPage)
        return [modele.objects.count() for modele in modeles]

    avant = compter()
    tout.poser(lambda _etape: None)
    assert compter() == avant


def test_its_tallies_agree_with_its_votes(faite, capsys):
    call_command("verifier")
    assert "Tout concorde" in capsys.readouterr().out


@pytest.mark.parametrize("commande", ["demonstration", "simuler"])
def test_nothing_of_it_runs_outside_debug(settings, commande):
    settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command(commande)


def test_the_clock_is_never_turned_outside_debug(settings):
    settings.DEBUG = False
    with pytest.raises(RuntimeError), a_la_date(timezone.now()):
        pass


def test_every_sentence_that_the_simulation_gathers_belongs_to_one_piste():
    dits = [mots for piste in recits.lire("simulation")[0].pistes for _lettre, mots in piste.dits]
    assert len(dits) == len(set(dits))
    directes = next(partie for partie in recits.lire("domont") if partie.code == domont.DIRECT)
    assert {mots for _lettre, mots in directes.libres} <= set(dits)


PAGES = [
    "/",
    "/rejoindre/",
    "/r/K7P4M2/",
    "/projeter/K7P4M2/",
    "/projeter/P6W3C9/",
    "/syntheses/",
    "/syntheses/nouvelle-aquitaine/",
    "/reponses/",
    "/reponses/parcours-de-qualite/",
    "/reponses/parcours-de-qualite/57/",
    "/fil-info/",
    "/fil-info/numero-4/",
    "/seminaire-qualite-domont/",
    "/carnet/seminaire-qualite-domont/",
    "/accessibilite/",
    "/moi/",
    "/forums/",
    "/forum/travailler-ici/",
    "/forum/travailler-ici/propositions/",
    "/forum/travailler-ici/moderer/",
    "/animer/",
    "/rapporter/",
]


@pytest.mark.parametrize("chemin", PAGES)
def test_every_screen_answers_under_the_strict_policy_without_anything_inline(faite, client, chemin):
    client.force_login(faite.equipe.admin)
    reponse = client.get(chemin)
    texte = reponse.content.decode()
    assert reponse.status_code == 200
    assert "script-src 'self'" in reponse.headers["Content-Security-Policy"].split("; ")
    assert "unsafe" not in reponse.headers["Content-Security-Policy"]
    texte = texte.replace('<script type="application/ld+json">', "")  # data for machines: no browser runs it
    assert re.findall(r"<[^>]*\sstyle=|<style|<script(?![^>]*\ssrc=)|<[^>]*\son\w+=\"", texte) == []
    assert texte.count("<h1") == 1


@pytest.mark.parametrize("gabarit", DOCUMENTS)
def test_each_document_is_read_by_whoever_cannot_see_it(faite, gabarit):
    with translation.override("fr"):
        documents = DOCUMENTS[gabarit](faite)
    assert [fautes(pdf) for pdf in documents] == [[]] * len(documents)
    if gabarit in COULANTS:
        assert [[*mise_en_page(pdf)] for pdf in documents] == [[]] * len(documents)


def test_no_document_is_made_but_those():
    assert sources() == (set(DOCUMENTS), ATELIERS)


def parole_de(simules):
    return Proposition.objects.filter(auteur__in=simules)


async def jouer_jusqu_a(assez, jeu):
    """Let them play until `assez()`; fail if the game ends by itself before that."""
    partie = asyncio.create_task(jeu)
    while not await sync_to_async(assez)():
        assert not partie.done(), partie
        await asyncio.sleep(0.2)
    partie.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await partie


def test_simulated_people_come_in_speak_and_are_marked(faite, serveur, monkeypatch):
    monkeypatch.setattr(simulation, "DUREES", dict.fromkeys(simulation.DUREES, 8))
    monkeypatch.setattr(simulation, "ATTENTE", (0.1, 1.0))
    dits = []
    codes = simulation.inscrire(6)
    simules = Participant.objects.filter(origine="simulation")
    assez = lambda: f"Atelier {domont.DIRECT} : Regrouper" in dits and parole_de(simules).exists()  # noqa: E731
    asyncio.run(jouer_jusqu_a(assez, simulation.jouer(serveur.url, codes, minutes=5, dire=dits.append)))
    assert {personne.prenom.endswith("(simulation)") for personne in simules} == {True}
    assert set(parole_de(simules).values_list("origine", flat=True)) == {"simulation"}


def test_there_are_never_more_simulated_people_than_the_bound(faite):
    assert len(simulation.inscrire(1000)) == simulation.GENS_MAX
