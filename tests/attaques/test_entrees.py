"""Whatever is typed or sent, in every field of every form: a page that says so, no error, nothing half done."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from consultation.models import Journal, Synthese

from . import monde as m
from .formulaires import recolter
from .test_droits import DECISIONS, NOMS, PARTICIPANT, TOUS

pytestmark = pytest.mark.django_db

POISONS = {
    "vide": "",
    "blanc": " \t\u00a0\u2003 ",
    "long": "é" * 10_000,
    "emoji": "👩🏽\u200d🌾" * 8,
    "bidi": "\u202eegassem\u202c\u2066שלום\u2069",
    "controle": "a\x00b\x07\x1b[31m\r\nBcc: x@y.z",
    "balise": '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}',
    "enorme": str(10**30),
    "chiffres": "9" * 5_000,
    "negatif": "-1",
    "decimal": "1,5",
    "exposant": "1e400",
    "indien": "१२३",
    "seul": "\ud800",
}


#: It reaches something different in each field (what no column holds); the others are tried in all the fields of a
#: form at once, mixed. Too many digits to be read are refused by the one reader of numbers (`textes.entier`).
PAR_CHAMP = ("enorme",)


def page_ouverte_a(nom):
    lire = DECISIONS[nom][0]
    if not lire:
        return None
    return "participant" if lire == PARTICIPANT else "organisateur"


@pytest.fixture(scope="module")
def formulaires(_monde, django_db_blocker):
    pages = [(acteur, nom) for nom in NOMS if (acteur := page_ouverte_a(nom)) and not nom.endswith("pdf")]
    pages += [("anonyme", nom) for nom in NOMS if DECISIONS[nom][0] == TOUS]
    with django_db_blocker.unblock():
        return recolter(_monde, pages)


#: What an honest person would have typed in a field found empty, so that the other fields are reached.
HONNETE = {
    "titre": "Un titre", "nom": "Un nom", "nom_court": "Court", "prenom": "Sonia", "texte": "Des mots à dire ici",
    "debut": "2026-11-22 09:00", "fin": "2026-11-22 12:00", "slug": "un-autre", "courriel": "a@exemple.test",
    "signe": "habitants", "nature": "discussion", "code": "K7P4M2",
}  # fmt: skip


def autres_formulaires(monde):
    """Forms that the pages of this world do not show: (actor, name, parameters of the address, fields)."""
    ici = monde.ici
    p1, p2 = (str(piste.pk) for piste in ici.pistes)
    pp = str(ici.proposition.pk)
    org = "organisateur"
    section, synthese = str(ici.fiches["section"]), "agir_synthese"
    ligne = {"titre": "Thème", "criteres": "Un", "indicateurs": "Deux", "pistes": p1}
    return [
        ("participant", "proposer", {}, {"texte": "Des mots à dire ici", "cle": "abc"}),
        ("participant", "voter", {}, {f"piste-{p1}": "1", "piste-": "1", "cle": "abc"}),
        (org, "relire_proposition", {}, {"motif": "", "motif_autre": "Hors sujet"}),
        (org, "masquer_proposition", {}, {"mots": "0-3"}),
        (org, "appliquer_suggestion", {}, {"cle": pp, "texte": "Une piste", "retour": "regroupement"}),
        (org, "laisser_suggestion", {}, {"cle": pp}),
        (org, "reprendre_suggestion", {}, {"cle": pp}),
        (org, "agir_etape", {"acte": "prolonger"}, {"vu": "x", "minutes": "2"}),
        (org, "regrouper", {}, {"propositions": pp, "pistes": p2, "dans": p1, "texte": "Ensemble", "motif": "Oui",
                                "axe": "1", "ancre": "x"}),
        (org, "gestion_ateliers:apercu", {}, {"confirmer": "1", "empreinte": "x"}),
        (org, "contenus_reprendre", {}, {"page": "1"}),
        (org, "nouvelle_synthese", {}, {"espace": str(ici.atelier.espace_id), "titre": "Un", "territoire": "1"}),
        (org, "agir_piste", {"acte": "ecarter"}, {"texte": "Des mots", "revision": "1", "motif": "Oui"}),
        (org, synthese, {"acte": "chapeau", "objet_id": None}, {"titre": "Un", "chapeau": "", "revision": "1"}),
        (org, synthese, {"acte": "nouvelle-section", "objet_id": None}, {"titre": "Un titre", "axe": "1"}),
        (org, synthese, {"acte": "ecrire-section", "objet_id": section}, {"titre": "Un titre"}),
        (org, synthese, {"acte": "nouvelle-phrase", "objet_id": section}, {"texte": "Une phrase.", "pistes": p1}),
        (org, synthese, {"acte": "nouvelle-ligne", "objet_id": section}, ligne),
        (org, synthese, {"acte": "reprendre", "objet_id": None}, {"motif": "Oui"}),
        ("anonyme", "rejoindre", {}, {"code": "K7P4M2"}),
    ]  # fmt: skip


def tous_les_formulaires(monde, formulaires, nom):
    for lu in formulaires.get(nom, []):
        if lu.champs:
            champs = {cle: valeurs or [""] for cle, valeurs in lu.valeurs.items()}
            for cle, valeurs in champs.items():
                if valeurs == [""]:
                    champs[cle] = [HONNETE.get(cle, "")]
            yield lu.acteur, lu.adresse, champs
    for acteur, autre, parametres, champs in autres_formulaires(monde):
        if autre == nom:
            adresse = m.adresse(nom, monde.ici, **{p: v for p, v in parametres.items() if v is not None})
            if parametres.get("objet_id", "") is None:
                adresse = adresse.rsplit("/", 2)[0] + "/"
            yield acteur, adresse, {cle: [valeur] for cle, valeur in champs.items()}


def melanges(champs, decalage, combien=5):
    """Return `combien` times {each of the fields: a poison}, never twice the same for a field.

    What the first field lets pass reaches the others, and a form begins where the one before it ended: fields of
    one kind, which many forms hold, meet all the poisons.
    """
    noms = list(POISONS)
    return [
        {champ: noms[(decalage * combien + fois + 3 * rang) % len(noms)] for rang, champ in enumerate(champs)}
        for fois in range(combien)
    ]


def fuzz(monde, acteur, adresse, champs, empoisonnes):
    """Post the form with the poisons named for its fields; return (response, entries written in the journal)."""
    avant = Journal.objects.count()
    poisons = {champ: POISONS[poison] for champ, poison in empoisonnes.items()}
    corps = urlencode({**champs, **poisons}, doseq=True, errors="surrogatepass")
    with transaction.atomic():
        reponse = monde.client(acteur).post(adresse, corps, content_type="application/x-www-form-urlencoded")
        ecrit = Journal.objects.count() - avant
        transaction.set_rollback(True)
    return reponse, ecrit


#: Whoever signs for someone else is refused, and the journal says so.
REFUS_ECRITS = {f"immersions:{acte}" for acte in ("demander", "signer", "arreter", "effacer")}
A_POSTER = [nom for nom in NOMS if DECISIONS[nom][1]]


@pytest.mark.parametrize("nom", A_POSTER)
def test_whatever_is_in_a_field_it_is_an_answer_and_not_an_error(monde, formulaires, nom):
    for rang, (acteur, adresse, champs) in enumerate(tous_les_formulaires(monde, formulaires, nom)):
        essais = [{champ: poison} for poison in PAR_CHAMP for champ in champs]
        essais += melanges(champs, decalage=A_POSTER.index(nom) + rang)
        for empoisonnes in essais:
            quoi = (nom, empoisonnes)
            reponse, ecrit = fuzz(monde, acteur, adresse, champs, empoisonnes)
            assert reponse.status_code < 500, quoi
            assert ecrit == 0 or reponse.status_code < 400 or nom in REFUS_ECRITS, quoi
            if reponse.status_code >= 400:
                assert "<script>alert(1)" not in reponse.content.decode(), quoi
                assert "Traceback" not in reponse.content.decode(), quoi


def test_words_written_while_a_colleague_submits_the_synthesis_are_given_back(monde):
    Synthese.objects.filter(pk=monde.ici.synthese.pk).update(etat="soumise")
    section = monde.ici.fiches["section"]
    adresse = m.adresse("agir_synthese", monde.ici, acte="nouvelle-phrase", objet_id=section)
    reponse = monde.client("rapporteur").post(adresse, {"texte": "Une phrase que <personne> n’a gardée"})
    assert reponse.status_code == 409
    assert "Une phrase que &lt;personne&gt; n’a gardée" in reponse.content.decode()


@pytest.mark.parametrize(
    ("corps", "sorte"),
    [
        (b"texte=%ff%fe&cle=%c3%28", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded; charset=utf-7"),
        (b'{"texte": "x"}', "application/json"),
        (b"<x/>", "text/xml"),
        (b"--x\r\nrien", "multipart/form-data; boundary=x"),
        (b"rien", "multipart/form-data"),
        (b"texte=a&texte=b&cle=1&cle=2&piste-1=1&piste-1=2", "application/x-www-form-urlencoded"),
        (b"&".join(b"piste-%d=1" % n for n in range(5000)), "application/x-www-form-urlencoded"),
        (b"a=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
    ],
)
@pytest.mark.parametrize("nom", ["rejoindre", "entrer", "proposer", "voter", "saisir_carte", "exports"])
def test_a_body_that_no_form_sends_is_answered(monde, nom, corps, sorte):
    nom = "gestion:exports" if nom == "exports" else nom
    acteur = "participant" if nom in ("proposer", "voter") else "organisateur"
    client = monde.client(acteur)
    client.raise_request_exception = False
    reponse = client.generic("POST", m.adresse(nom, monde.ici), corps, content_type=sorte)
    assert 200 <= reponse.status_code < 500


@pytest.mark.parametrize("nom", ["proposer", "rejoindre", "saisir_carte"])
def test_a_file_in_place_of_words_is_answered(monde, nom):
    fichier = SimpleUploadedFile("<img src=x onerror=alert(1)>.html", b"<script>", "text/html")
    acteur = "participant" if nom == "proposer" else "organisateur"
    reponse = monde.client(acteur).post(m.adresse(nom, monde.ici), {"texte": fichier, "code": fichier})
    assert 400 <= reponse.status_code < 500


REQUETES = [
    "pour", "page", "p", "o", "ordering", "q", "next", "voter", "code", "envoyee", "vote", "ouvert", "saisie",
    "college", "axe", "espace", "moderation", "nature", "etat", "depuis", "verbe", "consultation", "jeton",
    "origine_note", "texte", "territoire", "structure", "portee", "titre", "ecran", "plan", "i", "tri",
]  # fmt: skip


@pytest.mark.parametrize("nom", [nom for nom in NOMS if DECISIONS[nom][0] and not nom.endswith(("pdf", "livret"))])
def test_whatever_is_in_the_query_it_is_an_answer_and_not_an_error(monde, nom):
    client = monde.client(page_ouverte_a(nom))
    # Two of the six on each page, the next two on the next page, which shares its readers.
    debut = NOMS.index(nom) * 2
    for poison in ("balise", "chiffres", "enorme", "controle", "negatif", "seul")[debut % 6 :][:2]:
        requete = urlencode(dict.fromkeys(REQUETES, POISONS[poison]), errors="surrogatepass")
        reponse = client.get(m.adresse(nom, monde.ici), QUERY_STRING=requete)
        # Nothing works in the background here, and /sante/ says so.
        assert reponse.status_code < 500 or nom == "sante", poison
        if "html" in reponse.get("Content-Type", ""):
            assert "<script>alert(1)" not in reponse.content.decode(), poison


@pytest.mark.parametrize("entete", ["HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT",
                                    "HTTP_ACCEPT_LANGUAGE", "HTTP_COOKIE", "HTTP_REFERER"])  # fmt: skip
@pytest.mark.parametrize("nom", ["etat_direct", "rejoindre", "salle", "contenus:moi", "projection"])
def test_a_header_that_makes_no_sense_is_answered(monde, nom, entete):
    for valeur in ('W/"', "bytes=9-1,-0,x", "\x00;=;", "é" * 4000, "*", '"1-participants-' + "9" * 5000 + '"'):
        reponse = monde.client("participant").get(m.adresse(nom, monde.ici), **{entete: valeur})
        assert reponse.status_code < 500, valeur[:20]
