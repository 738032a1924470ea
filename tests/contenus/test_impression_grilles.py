"""A questionnaire on paper: the same questions as on a phone, boxes with their letter."""

import pikepdf
import pytest
from django.urls import reverse

from consultation import actions, questions
from contenus.impression.grilles import grille_pdf
from tests import fabriques as f
from tests.consultation.test_grilles import contenu
from tests.consultation.test_questions import question

from .test_impression_salle import textes

pytestmark = pytest.mark.django_db


def en_ligne(contenu, consultation=None):
    grille = actions.creer_grille(
        consultation=consultation or f.creer_consultation(), titre="Mon parcours", contenu=contenu, par=None
    )
    return actions.mettre_en_ligne(grille=grille, par=None)


def test_a_sheet_says_the_numbers_the_letters_and_where_to_go(tmp_path):
    version = en_ligne(
        contenu(
            question("formation", "oui_non"),
            question("heures", "decimal", maxi=151, si=[{"question": "formation", "parmi": ["oui"]}]),
            question("gene", "plusieurs", choix="bus enfants sante trajet"),
            question("metier", deux_temps=True),
            question("gestes", "niveau", lignes="ranger peindre"),
            question("ordre", "rang", choix="bus velo"),
            question("jour", "date"),
        )
    )
    (page, *_suite) = textes(grille_pdf(version))
    tout = " ".join([page, *_suite])
    for dit in (
        "Mon travail",
        "1 Question formation ? a Oui b Non allez à la question 3",
        "2 Question heures ? Seulement si vous avez répondu, à la question 1 : Oui. ,",
        "3 Question gene ? Plusieurs croix sont possibles. a Bus b Enfants c Sante d Trajet",
        "4 Question metier ? 4.1 Aujourd’hui Ce qui est déjà là. 4.2 Demain",
        "Une croix par ligne.",
        "5.1 Ranger a b c d 5.2 Peindre a b c d",
        "Écrivez 1 dans la case de ce qui compte le plus, puis 2, jusqu’à 2. a Bus b Velo",
        "7 Question jour ? / /",
        "Pour la saisie : tapez le numéro puis la lettre de la case, par exemple 3d.",
    ):
        assert dit in tout


@pytest.mark.parametrize("cle", list(questions.modeles()))
def test_each_template_prints_as_a_tagged_sheet_of_few_pages(cle, tmp_path):
    pdf = grille_pdf(en_ligne(questions.modeles()[cle].structure.en_donnees()))
    (tmp_path / "grille.pdf").write_bytes(pdf)
    with pikepdf.open(tmp_path / "grille.pdf") as lu:
        assert lu.Root.MarkInfo.Marked
        assert len(lu.pages) <= 4


def test_only_the_organiser_prints_the_version_online_or_an_older_one(client):
    version = en_ligne(contenu(question("a")))
    adresse = reverse("contenus:grille-pdf", args=[version.grille_id])
    assert client.get(adresse).status_code == 403
    client.force_login(f.creer_organisateur(version.grille.consultation))
    assert client.get(adresse)["Content-Type"] == "application/pdf"
    assert [client.get(f"{adresse}?version={n}").status_code for n in (1, 2)] == [200, 404]
