"""One search for the whole site, and what no search may ever find."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from consultation import actions
from consultation.models import Consultation, Participant, Piste, Proposition
from contenus.models import PagePlaine
from recherche import gardes
from recherche.indexation import mettre_a_jour
from recherche.lectures import Demande, Reponse
from recherche.models import Fiche
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_forum, entrer, proposer
from tests.contenus.fabriques_contenus import creer_page_publiee, creer_synthese, poser_arborescence
from tests.visites.fabriques_visites import creer_visite
from visites import actions as actes_de_visites

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return creer_forum("proposer", "discuter")


def chercher(q):
    """{kind: how many} of what is found."""
    mettre_a_jour()
    trouves = Reponse(Demande(q, {})).trouves
    return {genre: sum(t.genre == genre for t in trouves) for genre in {t.genre for t in trouves}}


def page_simple(titre="Le covoiturage", **champs):
    accueil = poser_arborescence().accueil
    return accueil.add_child(instance=PagePlaine(title=titre, chapeau="Comment partager un trajet.", **champs))


def test_pages_forums_propositions_pistes_and_documents_are_found_by_one_field(client, forum):
    dite = proposer(forum, "Une aire de covoiturage éclairée.")
    page_simple()
    piste = f.creer_pistes(f.creer_espace(), 1)[0]
    Piste.objects.filter(pk=piste.pk).update(texte="Organiser le covoiturage entre collègues")
    piste.refresh_from_db()
    publiee = creer_page_publiee(creer_synthese(piste.consultation, [piste]))
    reponse = client.get("/recherche/", {"q": "COVOITURAGES"})
    lus = [(r.trouve.genre, r.adresse) for r in reponse.context["resultats"]]
    assert sorted(lus) == sorted(
        [
            ("proposition", f"/forum/{forum.consultation.slug}/propositions/{dite.pk}/"),
            ("page", "/le-covoiturage/"),
            ("piste", f"{publiee.get_url()}#p{piste.numero}"),
            ("page", publiee.get_url()),
        ]
    )
    assert "Une aire de <mark>covoiturage</mark> éclairée." in reponse.content.decode()
    assert chercher("Travailler ici") == {"forum": 1}


def test_a_visit_is_found_by_the_enterprise_the_place_and_what_can_be_seen(client):
    visite = creer_visite(entreprise="La Scierie Verdal", lieu="3 quai du Halage", a_voir="L’atelier bois.")
    adresse = f"/visites/{visite.consultation.slug}/{visite.pk}/"
    for q in ("scierie", "halage", "ateliers"):
        page = client.get("/recherche/", {"q": q})
        assert [(r.trouve.genre, r.adresse, r.annulee) for r in page.context["resultats"]] == [
            ("visite", adresse, False)
        ]
    choix = {nom: [(v.cle, v.nombre) for v, _mot, _a in liens] for nom, _t, liens in page.context["facettes"]}
    consultation = visite.consultation
    assert choix == {
        "genre": [("visite", 1)],
        "ou": [(consultation.slug, 1)],
        "territoire": [(str(consultation.territoire_id), 1)],
    }


def test_the_search_shows_the_visits_that_the_public_list_shows_as_they_are_written_now(client):
    visite = creer_visite(entreprise="La Scierie Verdal", ouverte=False)
    assert chercher("verdal") == {}
    visite = actes_de_visites.ouvrir(visite=visite, par=None)
    assert chercher("verdal") == {"visite": 1}
    visite.entreprise = "Le Moulin"
    actes_de_visites.enregistrer_visite(visite=visite, par=None)
    assert Fiche.objects.filter(mots__contains="verdal").count() == 0
    assert (chercher("verdal"), chercher("moulin")) == ({}, {"visite": 1})
    actes_de_visites.annuler(visite=visite, motif="Un dégât des eaux.", par=None)
    page = client.get("/recherche/", {"q": "moulin"})
    assert [(r.trouve.genre, r.annulee) for r in page.context["resultats"]] == [("visite", True)]
    assert "Annulée" in page.text
    visite.delete()
    assert (chercher("moulin"), Fiche.objects.filter(genre="visite").count()) == ({}, 0)


def test_a_document_is_found_where_a_published_page_shows_it_and_nowhere_else(client):
    lie, _seul = (
        Document.objects.create(title=f"Barème {n}", file=ContentFile(b"x", name=f"{n}.pdf")) for n in (1, 2)
    )
    page_simple("Aides", corps=[("texte", f'<p><a linktype="document" id="{lie.pk}">Lire</a></p>')])
    reponse = client.get("/recherche/", {"q": "barème"})
    assert [(r.trouve.cles["document"], r.adresse) for r in reponse.context["resultats"]] == [(lie.pk, lie.url)]
    Document.objects.filter(pk=lie.pk).update(title="Tarif")
    assert (chercher("barème"), chercher("tarif")) == ({}, {"document": 1})
    CollectionViewRestriction.objects.create(collection=Collection.get_first_root_node(), restriction_type="login")
    assert chercher("tarif") == {}


def test_facets_count_what_each_would_give_and_addresses_keep_every_choice(client, forum):
    for signe, texte in (
        ("habitants", "Un bus."),
        ("salaries", "Le bus du soir."),
        ("salaries", "Un bus le dimanche."),
    ):
        proposer(forum, texte, participant=entrer(forum, signe))
    reponse = client.get("/recherche/", {"q": "bus", "qui": "Salariés"})
    facettes = {
        nom: [(v.cle, v.nombre, v.choisie) for v, _mot, _a in liens]
        for nom, _t, liens in reponse.context["facettes"]
    }
    slug = forum.consultation.slug
    assert facettes == {
        "genre": [("proposition", 2, False)],
        "ou": [(slug, 2, False)],
        "qui": [("Salariés", 2, True), ("Habitants", 1, False)],
        "territoire": [(str(forum.consultation.territoire_id), 2, False)],
        "etat": [("seule", 2, False)],
    }
    liens = {v.cle: adresse for _n, _t, ls in reponse.context["facettes"] for v, _m, adresse in ls}
    assert (liens["Habitants"], liens[slug]) == ("?q=bus&qui=Habitants", f"?q=bus&ou={slug}&qui=Salari%C3%A9s")


def test_a_mistake_is_corrected_said_and_can_be_kept(client, forum):
    proposer(forum, "Une aire de covoiturage.")
    page = client.get("/recherche/", {"q": "covoiturrage"})
    assert (page.context["corrigee"], "Vous avez écrit «" in page.content.decode()) == ("covoiturage", True)
    exact = client.get("/recherche/", {"q": "covoiturrage", "exact": "1"})
    assert "Rien pour «" in exact.content.decode()


def test_nothing_found_offers_what_gives_something_and_the_open_forum(client, forum):
    proposer(forum, "Une garderie le samedi.")
    page = client.get("/recherche/", {"q": "garderie nuit", "qui": "Habitants"})
    assert [(nombre, adresse) for _dit, nombre, adresse in page.context["essais"]] == [
        (1, "?q=garderie&qui=Habitants")
    ]
    assert "Proposer cette idée" in page.content.decode()
    page = client.get("/recherche/", {"q": "garderie", "qui": "Employeurs"})
    assert [(nombre, adresse) for _dit, nombre, adresse in page.context["essais"]] == [(1, "?q=garderie")]
    assert "Aucun résultat avec votre filtre." in page.content.decode()
    assert "trop courants" in client.get("/recherche/", {"q": "le la"}).content.decode()


def test_a_mistake_nearest_to_what_may_not_be_read_leads_to_what_may(forum):
    """Asked for with one letter wrong: the nearest word is hidden, the next is shown."""
    proposer(forum, "Un traiteur solidaire.")
    Proposition.objects.filter(pk=proposer(forum, "Un tracteur partagé.").pk).update(moderation="a_relire")
    mettre_a_jour()
    reponse = Reponse(Demande("tracteyr", {}))
    assert (reponse.mots, reponse.corrigee, len(reponse.trouves)) == (["traiteur"], True, 1)


# Every way of making words unreadable, each after they were found once: (how, what is left to find).
CACHER = {
    "refused": lambda forum, dite: actions.moderer(
        texte=dite, sens="refusee", regle=1, motif="Non.", derniere=dite.decisions.first().pk, par=None
    ),
    "a word masked": lambda forum, dite: actions.moderer(
        texte=dite, sens="masquee", passages=[[8, 14]], derniere=dite.decisions.first().pk, par=None
    ),
    "masked by a bulk write": lambda forum, dite: Proposition.objects.update(masques=[[8, 14]]),
    "reworded by a bulk write": lambda forum, dite: Proposition.objects.update(texte="Un autre"),
    "agreement withdrawn": lambda forum, dite: Participant.objects.update(accord_publication=False),
    "author erased": lambda forum, dite: actions.effacer_participant(participant=dite.auteur),
    "forum taken back": lambda forum, dite: Consultation.objects.update(etat="preparation"),
    "put back to be read": lambda forum, dite: Proposition.objects.update(moderation="a_relire"),
}


def reste(saisie, comment):
    """The rest of what was masked is still read: "chef" leads to it, and to nothing else."""
    return [(["chef"], "", 1)] if saisie == "Verdal chef" and comment.startswith(("a word", "masked")) else []


@pytest.mark.parametrize("comment", CACHER)
def test_what_is_hidden_is_found_no_more_nor_guessed_nor_counted(forum, comment):
    dite = proposer(forum, "Le chef Verdal refuse.")
    assert chercher("verdal") == {"proposition": 1}
    CACHER[comment](forum, dite)
    mettre_a_jour()
    for saisie in ("verdal", "verdall", "Verdal chef", "verd"):
        reponse = Reponse(Demande(saisie, {}))
        assert (reponse.trouves, reponse.corrigee, list(reponse.secours())) == ([], False, reste(saisie, comment))
    assert not Fiche.objects.filter(mots__contains="verdal", proposition__texte="").exists()


def test_a_masked_word_leaves_no_stem_in_the_base(forum):
    dite = proposer(forum, "Le chef Verdal refuse.")
    chercher("verdal")
    Proposition.objects.filter(pk=dite.pk).update(masques=[[8, 14]])
    assert Fiche.objects.filter(mots__contains="verdal").count() == 0
    assert chercher("refuse") == {"proposition": 1}


def test_someone_s_very_words_in_a_published_piste_follow_their_leave():
    espace = f.creer_espace()
    auteur = f.creer_participant(espace.consultation, accord_publication=True)
    dite = f.creer_proposition(espace, "Un parrain Verdal pour chacun", auteur)
    (piste,) = actions.semer_orphelines(espace=espace, par=None)
    creer_page_publiee(creer_synthese(espace.consultation, [piste]))
    assert piste.mots_de_id == dite.pk
    assert chercher("verdal") == {"piste": 1}
    Participant.objects.update(accord_publication=False)
    assert chercher("verdal") == {}
    Participant.objects.update(accord_publication=True)
    Proposition.objects.update(masques=[[11, 17]])
    assert (chercher("verdal"), chercher("parrain")) == ({}, {"piste": 1})


def test_drafts_and_private_pages_are_not_found_and_a_page_published_again_says_its_new_words():
    page = page_simple("Horaires", live=True)
    assert chercher("horaires") == {"page": 1}
    page.title = "Secret"
    page.save_revision()
    assert chercher("secret") == {}
    page.get_latest_revision().publish()
    assert (chercher("secret"), chercher("horaires")) == ({"page": 1}, {})
    PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")
    assert chercher("secret") == {}
    PageViewRestriction.objects.all().delete()
    page.refresh_from_db()
    page.unpublish()
    assert chercher("secret") == {}


def test_it_costs_the_same_whatever_is_there(client, forum, django_assert_max_num_queries):
    personne = entrer(forum)
    proposer(forum, "Un bus le matin.", participant=personne)
    client.get("/recherche/", {"q": "bus"})
    with django_assert_max_num_queries(26) as avant:
        client.get("/recherche/", {"q": "bus"})
    combien = len(avant)
    for n in range(8):
        proposer(forum, f"Un bus numéro {n}.", participant=personne)
    client.get("/recherche/", {"q": "bus"})
    with django_assert_max_num_queries(combien):
        assert chercher("bus") == {"proposition": 9}


@pytest.mark.parametrize("q", ["", " ", "%", "_", "'\"--", "\x00", "é" * 500, "a AND b OR *", "\u202e\u200b"])
def test_anything_may_be_typed(client, q):
    assert client.get("/recherche/", {"q": q, "page": "x", "genre": "?", "tri": "?"}).status_code == 200


def test_guards_are_in_the_base_and_lifted_for_migrations(forum):
    proposer(forum, "Un bus.")
    mettre_a_jour()
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'recherche%'")
        assert curseur.fetchone() == (len(gardes.GARDES),)
    gardes.lever(None, "default", plan=["one"])
    assert Fiche.objects.count() == 0
    gardes.poser(None, "default")
    gardes.poser(None, "default")
    assert chercher("bus") == {"proposition": 1}


@pytest.mark.services
@pytest.mark.django_db(databases=[])
def test_on_postgresql_too_what_changes_is_found_no_more(base_postgres):
    forum = creer_forum("proposer")
    proposer(forum, "Le chef Verdal refuse.")
    page = page_simple()
    assert (chercher("verdal"), chercher("covoiturages")) == ({"proposition": 1}, {"page": 1})
    Proposition.objects.update(masques=[[8, 14]])
    assert Fiche.objects.filter(mots__contains="verdal").count() == 0
    page.title = "Le minibus"
    page.save_revision().publish()
    assert (chercher("verdal"), chercher("chef"), chercher("minibus"), chercher("covoiturages")) == (
        {}, {"proposition": 1}, {"page": 1}, {},
    )  # fmt: skip
    gardes.lever(None, "default", plan=["one"])
    gardes.poser(None, "default")
    assert chercher("chef") == {"proposition": 1}
