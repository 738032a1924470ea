"""The composed booklet: proposed whole, changed by its organisers, printed, and told what could not be printed."""

import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.rich_text import RichText

from consultation import actions as actions_consultation
from consultation.erreurs import Refus
from consultation.models import Journal
from contenus import actions
from contenus.impression.carnets import carnet_pdf
from contenus.impression.constats import bilan
from contenus.lectures.carnet import carnet_de
from contenus.models import CarnetCompose
from tests.consultation.test_grilles import contenu
from tests.consultation.test_questions import question
from tests.fabriques import creer_editeur, creer_organisateur

from .fabriques_carnet import personne, programme, seminaire
from .test_impression_carnet import lire, textes

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return seminaire(chapeau="Deux jours pour parler du travail.")


@pytest.fixture
def carnet(consultation):
    return actions.proposer_carnet(consultation=consultation, par=None)


def page(sorte, **champs):
    return (sorte, champs)


def bienvenue(html="<p>Bonjour.</p>", **champs):
    dits = {"titre": "Bienvenue", "texte": RichText(html), "signature": "", "illustration": {}}
    return page("bienvenue", **dits | champs)


def composer(consultation, *pages):
    return CarnetCompose.objects.create(consultation=consultation, corps=list(pages))


def test_a_whole_booklet_is_proposed_from_what_was_prepared(consultation):
    programme(consultation)
    carnet = actions.proposer_carnet(consultation=consultation, par=None)
    assert [bloc.block_type for bloc in carnet.corps] == [
        *("couverture", "bienvenue", "mode_emploi", "contexte", "qui_vient", "programme", "axes", "grille"),
        *("mes_jours", "preparation", "idees", "ma_page", "pratique", "mots"),
    ]
    assert [e.verbe for e in Journal.objects.all()] == ["proposer_carnet"]
    assert (actions.proposer_carnet(consultation=consultation, par=None), Journal.objects.count()) == (carnet, 1)


def test_the_programme_of_a_composed_booklet_follows_the_seminar(consultation, carnet):
    sonia = personne(consultation, ateliers=[programme(consultation)])
    jours = carnet_de(consultation, sonia).page("mes_jours")
    assert (jours.titre, jours.college.nom, [r.quoi for r in jours.rendez_vous]) == (
        "Sonia, vos ateliers",
        "Salariés en parcours",
        ["Apprendre à deux"],
    )
    assert carnet_de(consultation).page("mes_jours") is None
    temps = consultation.temps.get(ordre=0)
    temps.titre = "Se dire bonjour"
    temps.save()
    assert "Se dire bonjour" in " ".join(textes(carnet_pdf(consultation)))


def test_a_composed_booklet_is_printed_in_its_order_the_cover_first(consultation):
    composer(
        consultation,
        page("mots", titre="Les mots d’ici", mots=[{"mot": "Une piste", "sens": "Une idée du groupe."}]),
        bienvenue(),
        ("couverture", {"surtitre": "Le réseau", "titre": "", "couleur": "blanc", "illustration": {}}),
    )
    assert textes(carnet_pdf(consultation)) == [
        "Le réseau Carnet du participant Nos missions, nos métiers Ce carnet est à "
        "Port-Clair, 13 et 14 octobre 2026",
        "Les mots d’ici Une piste Une idée du groupe. Les mots d’ici 2",
        "Bienvenue Bonjour. Bienvenue 3",
        textes(carnet_pdf(seminaire(slug="autre")))[-1],
    ]


@pytest.mark.parametrize(("format", "points"), [("a5", 10.5), ("a4", 12.075), ("gros", 18)])
def test_each_format_has_its_sheet_and_its_smallest_letters(consultation, carnet, format, points):
    programme(consultation)
    pdf = lire(carnet_pdf(consultation, format=format))
    tailles = set()

    def mesurer(mots, _cm, _tm, _police, taille):
        if mots.strip():
            tailles.add(round(taille, 3))

    for feuille in pdf.pages:
        feuille.extract_text(visitor_text=mesurer)
    feuille = (420, 595) if format == "a5" else (595, 842)
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in pdf.pages} == {feuille}
    assert min(tailles) == points


def test_a_grid_of_six_lines_goes_on_over_the_page_its_heads_said_again(consultation):
    lignes = [{"titre": f"Sujet {n}", "aujourd_hui": "Quoi ?", "demain": "Et puis ?"} for n in range(6)]
    composer(consultation, page("grille", titre="Notre grille", consigne="Écrivez.", lignes=lignes))
    pages = textes(carnet_pdf(consultation))
    assert ["Aujourd’hui Demain" in page for page in pages] == [False, True, True, False]
    assert ("Sujet 3" in pages[1], "Sujet 4" in pages[2], "Notre grille, suite" in pages[2]) == (True, True, True)


def image(nom="plan.png"):
    return get_image_model().objects.create(title="Le plan", file=get_test_image_file(filename=nom))


def test_a_map_is_printed_with_what_is_said_of_it(consultation):
    composer(
        consultation,
        page(
            "pratique",
            titre="Pour venir",
            illustration={"image": image(), "legende": "Depuis la gare."},
            lignes=[{"picto": "i-lieu", "titre": "L’adresse", "texte": "1 rue du Port"}],
        ),
    )
    pdf = carnet_pdf(consultation)
    with pikepdf.open(io.BytesIO(pdf)) as ouvert:
        dits = [str(o.Alt) for o in ouvert.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert ("Le plan" in dits, textes(pdf)[1]) == (
        True,
        "Pour venir Depuis la gare. L’adresse 1 rue du Port Pour venir 2",
    )


def test_what_cannot_be_printed_is_left_out_and_told_where(consultation):
    perdue = image()
    perdue.file.storage.delete(perdue.file.name)
    creuse = "<ul><li>" * 50 + "tout au fond" + "</li></ul>" * 50
    carnet = composer(
        consultation,
        bienvenue("<p>Le 𓀀 du matin, " + "a" * 2000 + ", محمد</p>"),
        page("tendance", titre="T" * 300, illustration={"image": perdue, "legende": ""},
             texte=RichText(creuse), question=""),
    )  # fmt: skip
    lu = bilan(consultation, carnet.corps)
    mot = "Mot de bienvenue («\u202fBienvenue\u202f»)\u202f"
    place = f"Tendance («\u202f{'T' * 300}\u202f»)"
    assert (lu.pages % 4, lu.constats) == (
        0,
        [
            f"{mot}: le signe 𓀀 ne s’imprime pas. Il est remplacé par □.",
            f"{mot}: le mot «\u202f{'a' * 24}…\u202f» est très long. Il est coupé en fin de ligne.",
            f"{place}\u202f: l’image «\u202fLe plan\u202f» ne peut pas être lue. La page sort sans elle.",
            f"{place}\u202f: le mot «\u202f{'T' * 24}…\u202f» est très long. Il est coupé en fin de ligne.",
            f"{place}\u202f: des listes sont rangées trop profond. "
            "Leurs mots sont gardés, pas leur mise en forme.",
        ],
    )
    assert "tout au fond" in " ".join(textes(carnet_pdf(consultation)))


def test_an_empty_programme_leaves_no_empty_page(consultation):
    composer(consultation, ("programme", None), ("axes", None), bienvenue())
    assert [p.genre for p in carnet_de(consultation).pages] == ["tendances", "texte"]


# ---- the act


def test_pages_kept_by_someone_else_meanwhile_are_not_written_over(carnet):
    actions.garder_carnet(carnet=carnet, corps=carnet.corps, revision=1, par=None)
    with pytest.raises(Refus) as refus:
        actions.garder_carnet(carnet=carnet, corps=carnet.corps, revision=1, par=None)
    carnet.refresh_from_db()
    assert (refus.value.code, refus.value.statut, carnet.revision) == ("change_entre_temps", 409, 2)


def test_a_booklet_is_never_left_without_a_page(carnet):
    with pytest.raises(Refus) as refus:
        actions.garder_carnet(carnet=carnet, corps=[], revision=1, par=None)
    assert (refus.value.code, refus.value.champ) == ("vide", "corps")


def test_another_seminars_pages_are_taken_over(consultation, carnet):
    ailleurs = seminaire(titre="Ailleurs", slug="ailleurs")
    with pytest.raises(Refus) as refus:
        actions.proposer_carnet(consultation=ailleurs, par=creer_editeur(ailleurs), d_apres=consultation)
    assert refus.value.code == "interdit"
    repris = actions.proposer_carnet(consultation=ailleurs, par=None, d_apres=consultation)
    assert [b.block_type for b in repris.corps] == [b.block_type for b in carnet.corps]


def test_forgetting_the_pages_gives_back_the_booklet_that_makes_itself(consultation, carnet):
    actions.retirer_carnet(carnet=carnet, par=None)
    assert carnet_de(consultation).page("mots") is None


# ---- the screen


@pytest.fixture
def organisateur(client, consultation):
    compte = creer_organisateur(consultation)
    client.force_login(compte)
    return client


def adresse(consultation, nom="contenus_carnet"):
    return reverse(nom, args=[consultation.pk])


def saisie(titre, revision=1):
    """One welcome, as the editor sends it."""
    bloc = {"type": "bienvenue", "order": "0", "deleted": "", "id": ""}
    texte = '{"blocks":[{"key":"a","text":"Bonjour.","type":"unstyled","depth":0,"inlineStyleRanges":[],'
    valeur = {"titre": titre, "texte": texte + '"entityRanges":[]}],"entityMap":{}}', "signature": ""}
    valeur |= {"illustration-image": "", "illustration-legende": ""}
    envoi = {"corps-count": "1", "revision": str(revision)}
    envoi |= {f"corps-0-{cle}": v for cle, v in bloc.items()}
    return envoi | {f"corps-0-value-{cle}": v for cle, v in valeur.items()}


def test_one_click_proposes_and_opens_the_booklet(organisateur, consultation):
    vide = organisateur.get(adresse(consultation))
    assert "Proposer un carnet" in vide.text
    page = organisateur.post(adresse(consultation, "contenus_proposer_carnet"), follow=True)
    assert (page.redirect_chain[-1][0], "pages A5" in page.text, "Le carnet est proposé" in page.text) == (
        adresse(consultation),
        True,
        True,
    )


def test_pages_are_changed_on_the_screen(organisateur, consultation, carnet):
    reponse = organisateur.post(adresse(consultation), saisie("Bonjour à tous"))
    carnet.refresh_from_db()
    assert (reponse.status_code, [b.value["titre"] for b in carnet.corps], carnet.revision) == (
        302,
        ["Bonjour à tous"],
        2,
    )


def test_a_page_without_a_title_is_refused_and_nothing_is_lost(organisateur, consultation, carnet):
    reponse = organisateur.post(adresse(consultation), saisie(""))
    carnet.refresh_from_db()
    assert (reponse.status_code, carnet.revision, "Bonjour." in reponse.text) == (422, 1, True)


def test_what_was_typed_meanwhile_is_shown_and_may_then_be_kept(organisateur, consultation, carnet):
    organisateur.post(adresse(consultation), saisie("Celui des autres"))
    reponse = organisateur.post(adresse(consultation), saisie("Le mien"))
    assert (reponse.status_code, "Le mien" in reponse.text, "Quelqu’un a changé ce carnet" in reponse.text) == (
        409,
        True,
        True,
    )
    assert organisateur.post(adresse(consultation), saisie("Le mien", revision=2)).status_code == 302


def test_the_preview_is_of_what_is_on_the_screen_and_keeps_nothing(organisateur, consultation, carnet):
    reponse = organisateur.post(
        adresse(consultation, "contenus_apercu_carnet"), saisie("Pas gardé") | {"format": "gros"}
    )
    carnet.refresh_from_db()
    assert ("Pas gardé" in textes(reponse.content)[1], carnet.revision) == (True, 1)
    faute = organisateur.post(adresse(consultation, "contenus_apercu_carnet"), saisie(""))
    assert faute.status_code == 422


def test_the_composed_pages_are_read_on_the_web(client, consultation):
    plan = {"image": image(), "legende": ""}
    composer(
        consultation,
        bienvenue("<p>Entrez <b>tous</b>.</p>", signature="Josiane"),
        page(
            "tendance",
            titre="Apprendre",
            illustration=plan,
            texte=RichText("<p>À deux.</p>"),
            question="Et vous ?",
        ),
    )
    lu = client.get("/carnet/seminaire-essai/").text
    assert all(mots in lu for mots in ("Entrez <b>tous</b>.", "Josiane", "À deux.", "Et vous", 'alt="Le plan"'))


def test_a_booklet_that_makes_itself_costs_one_query_more(consultation, django_assert_num_queries):
    sonia = personne(consultation, ateliers=[programme(consultation)])
    with django_assert_num_queries(7):
        carnet_de(consultation, sonia)


def poser_grille(consultation):
    """A grille online: one table asked twice, one question asked twice, one asked once."""
    questions = [
        question("q1", "texte", libelle="Comment cela se passe-t-il ?", deux_temps=True, lignes="accueil metier"),
        question("q2", "texte", libelle="Nos missions", deux_temps=True),
        question("q3", "texte", libelle="Votre ville"),
    ]
    grille = actions_consultation.creer_grille(
        consultation=consultation, titre="Commune", contenu=contenu(*questions), par=None
    )
    actions_consultation.mettre_en_ligne(grille=grille, par=None)
    grille.refresh_from_db()
    return grille


def grille_du_carnet(code, *lignes):
    dites = [{"titre": titre, "aujourd_hui": "", "demain": ""} for titre in lignes]
    return page("grille", titre="Notre grille", consigne="", code=code, lignes=dites)


def sujets(consultation):
    return [
        (rang.titre, rang.questions[0])
        for lue in carnet_de(consultation).pages
        if lue.genre == "grille"
        for rang in lue.rangs
    ]


def test_the_grid_takes_its_lines_from_a_grille_of_the_seminar_before_those_written_here(consultation):
    composer(consultation, grille_du_carnet(poser_grille(consultation).code_lisible, "Autre chose"))
    assert sujets(consultation) == [
        ("Accueil", "Comment cela se passe-t-il ?"),
        ("Metier", "Comment cela se passe-t-il ?"),
        ("Nos missions", ""),
        ("Autre chose", ""),
    ]
    lus = " ".join(textes(carnet_pdf(consultation)))
    assert all(sujet in lus for sujet in ("Metier", "Nos missions", "Autre chose"))
    assert "Votre ville" not in lus


def test_the_grid_follows_the_versions_of_its_grille_and_says_when_it_is_gone(consultation):
    grille = poser_grille(consultation)
    carnet = composer(consultation, grille_du_carnet(grille.code))
    une = question("q2", "texte", libelle="Nos chantiers", deux_temps=True)
    actions_consultation.ecrire_grille(grille=grille, contenu=contenu(une), par=None)
    actions_consultation.mettre_en_ligne(grille=grille, par=None)
    assert sujets(consultation) == [("Nos chantiers", "")]
    type(grille).objects.update(etat="preparation")
    assert sujets(consultation) == []
    (dit,) = [dit for dit in bilan(consultation, carnet.corps).constats if "Ses lignes manquent" in dit]
    assert grille.code in dit


def test_a_grille_of_another_seminar_gives_its_lines_to_nobody_here(consultation, carnet):
    ailleurs = poser_grille(seminaire(slug="ailleurs"))
    with pytest.raises(Refus) as refus:
        actions.garder_carnet(
            carnet=carnet, corps=[grille_du_carnet(ailleurs.code)], revision=carnet.revision, par=None
        )
    assert (refus.value.code, refus.value.champ) == ("grille_ailleurs", "corps")
    CarnetCompose.objects.update(
        corps=[{"type": "grille", "value": {"titre": "x", "code": ailleurs.code, "lignes": []}}]
    )
    assert sujets(consultation) == []


@pytest.mark.parametrize(
    ("code", "dit"),
    [
        ("", "Donnez le code d’une grille"),
        ("ZZZZZZ", "Aucune grille en ligne"),
        ("une fois", "aucune question deux fois"),
    ],
)
def test_where_lines_come_from_is_asked_for_with_what_to_do(consultation, code, dit):
    if code == "une fois":
        grille = actions_consultation.creer_grille(
            consultation=consultation, titre="Une fois", contenu=contenu(question("q", "texte")), par=None
        )
        actions_consultation.mettre_en_ligne(grille=grille, par=None)
        code = grille.code
    bloc = CarnetCompose._meta.get_field("corps").stream_block.child_blocks["grille"]
    with pytest.raises(ValidationError) as faute:
        bloc.clean(bloc.to_python({"titre": "Grille", "code": code, "lignes": []}))
    assert dit in str(faute.value.block_errors["code"])
