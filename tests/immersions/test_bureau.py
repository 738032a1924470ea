"""The officer's desk: each form, each button, what it says, and what is typed when it is refused."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from consultation.models import Journal
from immersions import lectures
from immersions.models import Dispositif, Entreprise, Immersion, Signature
from tests import fabriques

from . import fabriques_immersions as f
from .fabriques_immersions import jour

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispositif(client):
    dispositif = f.creer_dispositif()
    client.force_login(fabriques.creer_organisateur(dispositif.consultation))
    return dispositif


@pytest.fixture
def chez(dispositif):
    def adresse(nom, *args):
        args = [getattr(arg, "pk", arg) for arg in args]
        return reverse(f"gestion_immersions:{nom}", args=[dispositif.consultation_id, *args])

    return adresse


def lire(client, adresse, statut=200):
    reponse = client.get(adresse)
    assert reponse.status_code == statut
    return reponse.content.decode()


def envoyer(client, adresse, statut=200, **champs):
    reponse = client.post(adresse, champs, follow=True)
    assert reponse.status_code == statut
    return reponse.content.decode()


def dit(le):
    return f"{le:%d/%m/%Y}"


def test_where_there_are_no_immersions_yet_the_settings_come_first(client):
    consultation = fabriques.creer_consultation()
    client.force_login(fabriques.creer_organisateur(consultation))
    accueil = reverse("gestion_immersions:accueil", args=[consultation.pk])
    assert client.get(accueil).url == reverse("gestion_immersions:reglages", args=[consultation.pk])
    assert "Commencer" in lire(client, reverse("gestion:preparation", args=[consultation.pk]))
    reglages = reverse("gestion_immersions:reglages", args=[consultation.pk])
    assert "qui porte" in envoyer(client, reglages, 422, porteur=" ", vise="40").lower()
    page = envoyer(client, reglages, porteur="Le réseau", vise="40")
    assert ("Aucune immersion pour le moment" in page, Dispositif.objects.get().vise) == (True, 40)


def test_a_file_from_the_request_to_what_follows(client, dispositif, chez):
    personne = fabriques.creer_participant(dispositif.consultation, structure=fabriques.creer_structure())
    demande = {"participant": personne.pk, "genre": "validation", "souhait": "Vendeuse"}
    page = envoyer(client, chez("demander"), 403, **demande, code="K7P4M2XD")
    assert "Seule la personne elle-même" in page
    envoyer(client, chez("demander"), **demande, code=personne.code_personnel)
    une = Immersion.objects.get()
    entretien = {
        "revision": 1, "entretien_le": dit(jour(0)), "genre": "validation", "objet": "confirmer", "motif": "",
        "structure": personne.structure_id, "referent": "Inès", "prescripteur": "structure", "rome": "D11",
        "contrat_fin": "", "garder_jusqu_au": dit(jour(200)), "objectifs": "Tenir une caisse\nRanger un rayon",
    }  # fmt: skip
    page = envoyer(client, chez("entretien", une), 422, **entretien)
    assert ("une lettre et quatre chiffres" in page, "Ranger un rayon" in page) == (True, True)
    envoyer(client, chez("entretien", une), **entretien | {"rome": "D1102"})
    fiche = {"nom": "Halle du Centre", "secteur": "commerce", "ville": "Saint-Exemple"}
    envoyer(client, chez("entreprise_ajouter"), **fiche)
    hote = Entreprise.objects.get()
    envoyer(client, chez("demarcher", une), entreprise=hote.pk, moyen="visite", le=dit(jour(-20)))
    page = envoyer(client, chez("repondre", une, une.demarches.get()), reponse="oui")
    assert "elle accepte" in page
    lieu = {
        "revision": 2, "entreprise": hote.pk, "tuteur": "Paul", "debut": dit(jour(-8)), "fin": dit(jour(-9)),
        "horaires": "de 9 h à 16 h", "heures": "35", "taches": "La caisse", "motif": "",
    }  # fmt: skip
    assert "vient avant le premier" in envoyer(client, chez("lieu", une), 422, **lieu)
    envoyer(client, chez("lieu", une), **lieu | {"fin": dit(jour(-1))})
    envoyer(client, chez("obstacle", une), sorte="mobilite", qui="Le garage", comment="Un vélo")
    assert "Réglé le" in envoyer(client, chez("lever", une, une.obstacles.get()))
    for partie in ("personne", "structure", "accueil"):
        scan = SimpleUploadedFile("papier.pdf", f.PDF)
        envoyer(client, chez("papier", une), partie=partie, scan=scan)
    envoyer(client, chez("integrer", une), le=dit(jour(-8)))
    assert "Ce jour n’est pas pendant" in envoyer(client, chez("pointer", une), 422, le=dit(jour(0)), texte="Bien")
    envoyer(client, chez("pointer", une), le=dit(jour(-3)), texte="Seule le matin")
    caisse, rayon = une.competences.all()
    page = envoyer(client, chez("bilan", une), **{"revision": 3, f"niveau-{caisse.pk}": "3"})
    assert "Il manque le niveau de 1 objectif." in page
    assert "Il manque le bilan" in envoyer(
        client, chez("conclure", une), 409, revision=4, bilan_le=dit(jour(0)), issue="embauche"
    )
    niveaux = {f"niveau-{caisse.pk}": "3", f"niveau-{rayon.pk}": "2"}
    envoyer(client, chez("bilan", une), revision=4, **niveaux, avis_accueil="Très bien")
    page = envoyer(client, chez("conclure", une), revision=5, bilan_le=dit(jour(0)), issue="embauche")
    assert ("Et la suite\u202f: Embauche" in page, "Noter un obstacle" in page) == (True, False)


def test_a_form_that_someone_overtook_comes_back_with_both_words(client, dispositif, chez):
    une = f.creer_prete(dispositif)
    avant = {
        "revision": une.revision, "entreprise": une.entreprise_id, "tuteur": "Karim", "debut": dit(une.debut),
        "fin": dit(une.fin), "horaires": une.horaires, "heures": 35, "taches": une.taches, "motif": "",
    }  # fmt: skip
    f.placer(une, tuteur="Samia")
    page = envoyer(client, chez("lieu", une), 409, **avant)
    assert ("qui accueille\u202f: Samia" in page, 'value="Karim"' in page) == (True, True)
    nouvelle = re.search(r'name="revision" value="(\d+)"', page)[1]
    envoyer(client, chez("lieu", une), **avant | {"revision": nouvelle})
    assert Immersion.objects.get().tuteur == "Karim"


def test_a_code_is_shown_once_with_its_link(client, dispositif, chez):
    une = f.creer_prete(dispositif)
    reponse = client.post(chez("code", une), {"partie": "accueil"})
    page = reponse.content.decode()
    code = re.search(r'g-code">([^<]+)<', page)[1].replace(" ", "")
    assert (f"/jour/{code}/" in page, "no-store" in reponse["Cache-Control"]) == (True, True)
    assert lectures.ouverte_par_code(dispositif, code).partie == "accueil"
    assert client.post(chez("code", une), {"partie": "personne"}).status_code == 422


def test_a_scan_is_given_back_as_a_file_and_a_wrong_one_is_refused(client, dispositif, chez):
    une = f.signer(f.creer_prete(dispositif), "accueil")
    reponse = client.get(chez("papier_lire", une, Signature.objects.get()))
    assert (reponse.content, reponse["Content-Type"], reponse["Content-Disposition"][:10]) == (
        f.PDF, "application/pdf", "attachment",
    )  # fmt: skip
    faux = SimpleUploadedFile("papier.pdf", b"<script>")
    assert "ni un PDF" in envoyer(client, chez("papier", une), 422, partie="structure", scan=faux)
    assert "Choisissez le fichier" in envoyer(client, chez("papier", une), 422, partie="structure")


def test_what_waits_is_a_list_with_a_button(client, dispositif, chez):
    assert "Rien n’attend aujourd’hui" in lire(client, chez("attentes"))
    une = f.signer(f.creer_prete(dispositif), "personne", "structure")
    assert "la signature de l’entreprise" in lire(client, chez("attentes"))
    page = envoyer(client, chez("relancer", une), quoi="signature:accueil")
    assert "Rien n’attend aujourd’hui" in page
    assert "Cela n’attend plus" in envoyer(client, chez("relancer", une), quoi="signature:accueil")
    assert Journal.objects.filter(verbe="relancer_immersion").count() == 1


def test_the_list_is_filtered_and_says_when_nothing_matches(client, dispositif, chez):
    une = f.creer_prete(dispositif, personne=fabriques.creer_participant(dispositif.consultation, prenom="Zohra"))
    assert "Zohra" in lire(client, chez("accueil") + f"?mots=zohra&etat=signer&structure={une.structure_id or ''}")
    for vide in ("?etat=finie", "?mots=personne", "?genre=validation", "?structure=999999"):
        assert "Rien ne correspond" in lire(client, chez("accueil") + vide)


def test_the_portfolio_says_who_welcomes_no_more(client, dispositif, chez):
    assert "Aucune entreprise" in lire(client, chez("entreprises"))
    une = f.creer_prete(dispositif)
    page = envoyer(client, chez("entreprise_fermer", une.entreprise))
    assert ("1 immersion cherche un autre lieu" in page, "N’accueille plus depuis" in page) == (True, True)
    fiche = {"nom": "Le Fournil", "secteur": "commerce", "ville": "Saint-Exemple", "siret": "12"}
    assert "quatorze chiffres" in envoyer(client, chez("entreprise", une.entreprise), 422, **fiche)


def texte_pdf(reponse):
    assert reponse.status_code == 200
    pdf = PdfReader(io.BytesIO(reponse.content))
    assert (pdf.root_object["/MarkInfo"]["/Marked"], b"pdfuaid" in reponse.content) == (True, True)
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_a_convention_says_what_is_held_and_leaves_lines_for_the_rest(client, dispositif, chez):
    une = f.signer(f.creer_prete(dispositif), "personne")
    texte = texte_pdf(client.get(chez("document", une, "convention")))
    dits = (
        "Convention d’immersion",
        "L’organisme qui prescrit",
        "Date de naissance",
        "Vendre le pain",
        "avec son code",
    )
    assert [mots for mots in dits if mots not in texte] == []
    f.placer(une, fin=jour(15), motif="Un jour férié")
    texte = texte_pdf(client.get(chez("document", une, "avenant")))
    dits = ("Avenant n° 1", "Un jour férié", f"{dit(jour(14))}, devient {dit(jour(15))}")
    assert [mots for mots in dits if mots not in texte.replace("\u00a0", " ")] == []
    assert client.get(chez("document", une, "autre")).status_code == 404


def relie(reponse):
    """The bound file: what is said on each page, "" on the back of a sheet."""
    pdf = PdfReader(io.BytesIO(reponse.getvalue()))
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def test_the_conventions_of_the_list_are_one_file_in_its_order_each_from_a_front_page(client, dispositif, chez):
    structure = fabriques.creer_structure()
    gens = [
        fabriques.creer_participant(dispositif.consultation, prenom=prenom, structure=structure)
        for prenom in ("Zohra", "Ali", "Eve")
    ]
    f.creer_prete(dispositif, personne=gens[0])
    f.preparer(f.demander(dispositif, gens[1]))
    f.creer_faite(dispositif, personne=gens[2])
    page = lire(client, chez("accueil"))
    assert ">2 conventions à imprimer en un seul PDF<" in page
    (details,) = re.findall("<details>.*?</details>", page, re.S)
    assert [" ".join(re.sub("<[^>]+>", "", une).split()) for une in re.findall("<li>.*?</li>", details, re.S)] == [
        f"{gens[1].nom_complet} : l’entreprise, qui accueille, les dates, les horaires, ce que la personne fera"
    ]
    reponse = client.get(chez("conventions"))
    assert (reponse.status_code, reponse.streaming, reponse["Content-Disposition"]) == (
        200, True, 'inline; filename="conventions.pdf"',
    )  # fmt: skip
    pages = relie(reponse)
    fronts = {rang: texte for rang, texte in enumerate(pages) if "L’organisme qui prescrit" in texte}
    assert ([rang % 2 for rang in fronts], len(pages) % 2) == ([0, 0], 0)
    assert [q.prenom for texte in fronts.values() for q in gens if q.prenom in texte] == ["Eve", "Zohra"]
    filtrees = " ".join(relie(client.get(chez("conventions") + "?etat=signer")))
    assert [q.prenom for q in gens if q.prenom in filtrees] == ["Zohra"]


def test_a_list_without_conventions_or_too_long_says_so_and_prints_nothing(client, dispositif, chez, monkeypatch):
    f.demander(dispositif)
    assert "Aucune convention de cette liste n’est prête." in lire(client, chez("accueil"))
    assert "Aucune convention de cette liste n’est prête." in lire(client, chez("conventions"), 409)
    f.demander(dispositif)
    monkeypatch.setattr("immersions.regles.CONVENTIONS_MAX", 1)
    trop = "Au plus 1 conventions à la fois. Choisissez un état, un genre ou une structure."
    assert [trop in lire(client, chez("accueil")), trop in lire(client, chez("conventions"), 422)] == [True, True]


def test_an_assessment_is_printed_filled_in_or_to_be(client, dispositif, chez):
    une = f.creer_faite(dispositif)
    texte = texte_pdf(client.get(chez("document", une, "bilan")))
    assert [mots for mots in ("Tenir une caisse", "Acquis", "Projet confirmé", "D1102") if mots not in texte] == []
