"""Badges, posters and whole print runs."""

import io

import pikepdf
import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from ateliers.models import Etape
from consultation import actions
from consultation.models import Axe, Journal, Participant
from contenus.impression import tirages
from contenus.impression.cartes_a_ecrire import cartes_a_ecrire_pdf
from contenus.impression.composer import EchecImpression
from contenus.impression.murs import affiches_pdf, badges_illisibles, badges_pdf
from contenus.impression.salles import conducteur_pdf, mur_pdf
from tests.fabriques import (
    RIENS,
    creer_organisateur,
    creer_participant,
    creer_piste,
    creer_proposition,
    creer_rapporteur,
)
from tests.pdfua import fautes

from .fabriques_carnet import atelier, personne, programme, seminaire

pytestmark = pytest.mark.django_db


def textes(pdf):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture
def consultation():
    consultation = seminaire()
    programme(consultation)
    return consultation


def test_a_badge_says_the_name_and_the_college_and_the_coupon_the_code(consultation):
    personne(consultation, nom="Ménard", code_personnel="K7P4M2XD")
    assert textes(badges_pdf(consultation)) == [
        "Sonia Ménard Salariés en parcours 13 et 14 octobre 2026 · Nos missions, nos métiers "
        "À garder dans votre poche Votre code. Il ouvre votre page à vous. "
        "Sonia Ménard K7P4 M2XD"
    ]


@pytest.mark.parametrize("titre", ["Journée d’été des jardins de l’Oise : semer, récolter", "Long titre " * 18])
def test_the_foot_of_a_badge_is_whole_above_its_edge_whatever_the_title(consultation, titre):
    consultation.titre = titre.strip()
    personne(consultation, prenom="Prénom très très long numéro", nom="D’Artagnan de la Rivière")
    hauteurs = []

    def mesurer(mots, cm, _tm, _police, taille):
        if mots.strip() and taille < 9 and cm[4] < 200:
            hauteurs.append(cm[5])

    (feuille,) = pypdf.PdfReader(io.BytesIO(badges_pdf(consultation))).pages
    feuille.extract_text(visitor_text=mesurer)
    fin = 841.89 - (13 + 54 - 7) * 72 / 25.4  # points: the margin, a badge, what is under its foot
    assert (len(hauteurs) > 1, round(min(hauteurs), 1)) == (True, round(fin, 1))


@pytest.mark.parametrize(("gens", "feuilles"), [(0, 1), (5, 1), (6, 2), (23, 5)])
def test_five_badges_hold_on_a_sheet(consultation, gens, feuilles):
    for rang in range(gens):
        personne(consultation, prenom=f"Prénom très très long numéro {rang}", nom="D’Artagnan de la Rivière " * 3)
    assert len(textes(badges_pdf(consultation))) == feuilles


def test_a_poster_says_where_when_and_how_to_come_in(consultation):
    code = consultation.espaces.get().atelier.code_lisible
    assert textes(affiches_pdf(consultation)) == [
        "Faire germer des idées Mardi 13 octobre, de 14 h à 17 h 30 Apprendre à deux "
        "Qu’est-ce qui aide à apprendre ? Salle Tilleul Entrez avec votre téléphone "
        "Visez le carré avec l’appareil photo. Ou bien allez sur 127.0.0.1:8000/rejoindre et tapez le code " + code
    ]


def test_each_poster_holds_on_one_page(consultation):
    for rang, titre in enumerate(["a", "Accueillir, donner sa place " * 3, "Long " * 38]):
        un_atelier = atelier(consultation, titre, rang=rang)
        un_atelier.espace.question = "Qu’est-ce qui use, qu’est-ce qui aide, et comment ? " * (2 * rang + 1)
        un_atelier.espace.question = un_atelier.espace.question[:300]
        un_atelier.espace.save()
    assert len(textes(affiches_pdf(consultation))) == 4


@pytest.mark.parametrize("faire", [badges_pdf, affiches_pdf])
def test_what_hangs_on_walls_is_tagged_too(consultation, faire):
    with pikepdf.open(io.BytesIO(faire(consultation))) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "fr")


def test_a_print_run_makes_a_file_for_each_document(consultation, tmp_path, capsys):
    sonia = personne(consultation, nom="Ménard")
    personne(consultation, prenom="Simulée", origine="simulation")
    call_command("imprimer", consultation.slug, vers=tmp_path)
    assert sorted(str(f.relative_to(tmp_path)) for f in tmp_path.rglob("*.pdf")) == [
        "affiches.pdf",
        "badges.pdf",
        f"carnets-a-imprimer/{sonia.pk:05d}-sonia-menard-a-imprimer.pdf",
        "carnets-a-imprimer/sans-nom-a-imprimer.pdf",
        f"carnets-a-lire/{sonia.pk:05d}-sonia-menard.pdf",
        "carnets-a-lire/sans-nom.pdf",
    ]
    assert "[4/4] Sonia Ménard" in capsys.readouterr().out


def test_one_booklet_that_fails_is_named_and_the_others_are_made(consultation, tmp_path, monkeypatch):
    sonia, karim = personne(consultation), personne(consultation, prenom="Karim")
    vraiment = tirages.carnet_pdf

    def capricieux(consultation, participant=None):
        if participant == sonia:
            raise EchecImpression("carnet de Sonia", "encre renversée")
        return vraiment(consultation, participant)

    monkeypatch.setattr(tirages, "carnet_pdf", capricieux)
    with pytest.raises(CommandError) as erreur:
        call_command("imprimer", consultation.slug, vers=tmp_path)
    assert str(erreur.value) == "Non imprimés\u202f: Sonia. Tout le reste est prêt."
    assert (tmp_path / "carnets-a-lire" / f"{karim.pk:05d}-karim.pdf").exists()


def test_an_unknown_seminar_is_said_so(tmp_path):
    with pytest.raises(CommandError) as erreur:
        call_command("imprimer", "nulle-part", vers=tmp_path)
    assert str(erreur.value) == "Aucune consultation n’a l’adresse «\u202fnulle-part\u202f»."


@pytest.mark.parametrize("mot", ["ወንዝ", "阿明"])
def test_a_name_that_no_font_prints_is_said_before_printing(client, consultation, mot):
    personne(consultation, prenom=mot, code_personnel="K7P4M2XD")
    personne(consultation, prenom="மலர்", code_personnel="K7P4M2XE")
    personne(consultation, prenom="فاطمة", code_personnel="K7P4M2XF")
    personne(consultation, prenom="Нина", code_personnel="K7P4M2XG")
    assert badges_illisibles(consultation) == [("K7P4 M2XD", mot)]
    client.force_login(creer_organisateur(consultation))
    page = client.get(reverse("gestion_ateliers:codes", args=[consultation.pk])).content.decode()
    assert f"Le badge K7P4 M2XD ({mot}) porte des signes que nos polices n’ont pas." in page


def test_first_names_that_show_nothing_stop_nobodys_badge_and_are_named_to_the_organiser(consultation, client):
    sans_nom = {personne(consultation, nom=f"Ménard{rang}"): rien for rang, rien in enumerate(RIENS)}
    personne(consultation, prenom="Karim")
    for une, rien in sans_nom.items():
        Participant.objects.filter(pk=une.pk).update(prenom=rien)
    client.force_login(creer_organisateur(consultation))
    reponse = client.get(f"/impression/{consultation.slug}/badges.pdf")
    assert (reponse.status_code, reponse.headers["Content-Type"]) == (200, "application/pdf")
    feuilles = " ".join(textes(reponse.content))
    assert [rien for une, rien in sans_nom.items() if f"Prénom à écrire {une.nom}" not in feuilles] == []
    assert "Karim" in feuilles
    dit = client.get(reverse("gestion_ateliers:codes", args=[consultation.pk])).text
    adresses = {reverse("gestion_ateliers:inscription", args=[consultation.pk, une.pk]) for une in sans_nom}
    assert {adresse for adresse in adresses if adresse not in dit} == set()


def test_taking_a_file_of_codes_is_an_act_of_its_own_with_who_and_how_many(consultation, client):
    for prenom in ("Sonia", "Karim"):
        personne(consultation, prenom=prenom)
    organisateur = creer_organisateur(consultation)
    client.force_login(organisateur)
    client.get(f"/impression/{consultation.slug}/badges.pdf")
    adresse = reverse("gestion_ateliers:inscriptions_exporter", args=[consultation.pk])
    client.post(adresse, {"codes": "oui", "forme": "xlsx"})
    client.post(adresse, {"forme": "xlsx"})
    actes = Journal.objects.filter(verbe="tirer_codes").order_by("pk").values_list("compte", "details")
    assert list(actes) == [
        (organisateur.pk, {"personnes": 2, "forme": "pdf"}),
        (organisateur.pk, {"personnes": 2, "forme": "xlsx"}),
    ]


@pytest.fixture
def salle(consultation):
    salle = consultation.espaces.get().atelier
    etapes = (("ideation", "Proposer", 20), ("vote", "Voter", 10))
    for ordre, (nature, titre, duree) in enumerate(etapes):
        Etape.objects.create(atelier=salle, ordre=ordre, nature=nature, titre=titre, duree=duree)
    return salle


def test_the_wall_on_paper_is_what_the_room_reads_under_its_pistes(salle):
    espace = salle.espace
    dits = [creer_proposition(espace, f"Une idée écrite par quelqu’un, {mot}") for mot in ("une", "deux", "trois")]
    actions.masquer_passages(proposition=dits[2], passages=[[31, 36]], par=None)
    creer_piste(espace, "Apprendre ensemble", propositions=dits[:1])
    ecartee = creer_proposition(espace, "Hors du sujet, tout à fait")
    actions.relire_proposition(proposition=ecartee, decision="ecarter", motif="Hors du sujet", par=None)
    (page,) = textes(mur_pdf(salle))
    assert page.startswith(
        "Faire germer des idées Mardi 13 octobre, de 14 h à 17 h 30 Apprendre à deux Qu’est-ce qui"
    )
    assert page.split("apprendre ? ")[1] == (
        "n° 1 Apprendre ensemble Une idée écrite par quelqu’un, une (Salariés en parcours) "
        "Pas encore rangées Une idée écrite par quelqu’un, deux (Salariés en parcours) "
        "Une idée écrite par quelqu’un, […] (Salariés en parcours) "
        "3 propositions · Ces mots ont été dits pour la salle : demandez avant de les publier. · 1 / 1"
    )


def test_a_long_wall_to_hang_turns_its_pages_and_an_empty_one_says_so(salle):
    assert "Rien n’a encore été proposé." in textes(mur_pdf(salle))[0]
    auteur = creer_participant(salle.espace.consultation)
    for rang in range(60):
        mots = f"Une idée assez longue pour prendre deux lignes sur une affiche, numéro {rang}"
        creer_proposition(salle.espace, mots, auteur)
    pages = textes(mur_pdf(salle, grand=True))
    assert len(pages) > 1
    assert all(f"numéro {rang} " in " ".join(pages) for rang in range(60))


def test_the_hour_on_a_sheet_says_when_what_how_it_counts_and_what_to_do_without_anything(salle):
    vote = salle.etapes.get(nature="vote")
    vote.scrutin = actions.preparer_scrutin(espace=salle.espace, titre="Vote", gommettes=5, par=None)
    vote.save()
    tout = " ".join(textes(conducteur_pdf(salle)))
    for dit in (
        salle.code_lisible,
        "14 h 20 min Proposer",
        "14 h 20 10 min Voter Placez vos 5 gommettes sur les pistes qui comptent pour vous.",
        "La règle : Une piste est retenue si au moins 50 % des personnes qui votent",
        "Fin prévue à 14 h 30.",
        "Si rien ne marche",
        "Compter à la main",
    ):
        assert dit in tout.replace("\u202f", " ").replace("\u00a0", " "), dit


@pytest.mark.parametrize("faire", [mur_pdf, conducteur_pdf])
def test_what_is_printed_of_a_room_is_tagged_too(salle, faire):
    creer_proposition(salle.espace)
    with pikepdf.open(io.BytesIO(faire(salle))) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "fr")


@pytest.mark.parametrize("nom", ["mur-pdf", "conducteur-pdf"])
def test_those_of_the_room_download_them(client, salle, nom):
    adresse = reverse(f"contenus:{nom}", args=[salle.pk])
    client.force_login(creer_rapporteur(salle.espace))
    reponse = client.get(adresse)
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "application/pdf")


@pytest.mark.parametrize("question", ["", "Qu’est-ce qui aide à #emph[apprendre] ?", "b" * 300 + " 🌱 السلام"])
def test_a_sheet_holds_four_blank_cards_whatever_the_question(consultation, question):
    ici = atelier(consultation, titre="Loger", code="L2K4M6")
    ici.espace.question = question
    ici.espace.save()
    ici.espace.axes.set(Axe.objects.create(consultation=consultation, titre=titre) for titre in ("Près", "Loin"))
    pdf = cartes_a_ecrire_pdf(ici)
    (page,) = textes(pdf)
    assert [page.count(mot) for mot in ("Loger", "Vous êtes (une croix) :", "Près", "#emph[apprendre]")] == [
        4,
        4,
        4,
        4 * question.count("#emph"),
    ]
    assert fautes(pdf) == []
