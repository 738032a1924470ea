"""Every document of the product, as the demonstration fills it: a new template is refused until it is here."""

import re

from ateliers.models import Atelier
from consultation.models import CodeDeCarte, LotDeBulletins
from contenus.impression import affiches_pdf, badges_pdf, carnet_pdf
from contenus.impression.bulletins import bulletins_pdf
from contenus.impression.carnets import FORMATS, carnet_apres_pdf
from contenus.impression.cartes import affiche_pdf, cartes_pdf
from contenus.impression.cartes_a_ecrire import cartes_a_ecrire_pdf
from contenus.impression.convocations import convocations_pdf
from contenus.impression.fiches import collection_pdf, fiche_pdf
from contenus.impression.grilles import grille_pdf
from contenus.impression.presences import attestations_pdf, chevalets_pdf, feuilles_pdf
from contenus.impression.publications import fil_pdf, synthese_pdf
from contenus.impression.salles import conducteur_pdf, mur_pdf
from contenus.models import CasPage, DispositifPage, FilInfoPage, SynthesePage
from immersions.impression import avenant_pdf, bilan_pdf, bord_pdf, convention_pdf, ordre_pdf
from immersions.lectures import bord, ordres_du_jour
from immersions.models import Immersion
from plateforme.demonstration import domont
from tests.serveurs import RACINE
from visites.papier import feuille_pdf

#: {template: what makes some from the demonstration}.
DOCUMENTS = {
    "carnet": lambda d: [
        *(carnet_pdf(d.seminaire, format=format) for format in FORMATS),
        carnet_pdf(d.seminaire, d.seminaire.participants.first()),
        *(carnet_apres_pdf(_quelquun(d.echange), format) for format in FORMATS),
    ],
    "badges": lambda d: [badges_pdf(d.seminaire, _quelques(d.seminaire)), badges_pdf(d.seminaire, [0])],
    "affiches": lambda d: [affiches_pdf(d.seminaire), affiches_pdf(d.forum)],
    "convocations": lambda d: [convocations_pdf(d.rencontre), convocations_pdf(d.forum)],
    "bulletins": lambda d: [bulletins_pdf(lot) for lot in LotDeBulletins.objects.all()],
    "cartes-a-ecrire": lambda d: [cartes_a_ecrire_pdf(atelier) for atelier in Atelier.objects.all()[:2]],
    "emargement": lambda d: [feuilles_pdf(d.seminaire, par) for par in ("atelier", "college")],
    "attestations": lambda d: [attestations_pdf(d.seminaire, d.seminaire.participants.first().pk)],
    "chevalets": lambda d: [chevalets_pdf(d.rencontre), chevalets_pdf(d.seminaire, 3)],
    "mur": lambda d: [mur_pdf(_vote(), grand) for grand in (False, True)],
    "conducteur": lambda d: [conducteur_pdf(_vote())],
    "grille": lambda d: [grille_pdf(d.seminaire.grilles.first().versions.first())],
    "cartes": lambda d: [cartes_pdf(d.forum.forum, CodeDeCarte.objects.all()[:12])],
    "affiche-forum": lambda d: [affiche_pdf(d.forum.forum)],
    "synthese": lambda d: [synthese_pdf(page) for page in SynthesePage.objects.all()],
    "fil": lambda d: [fil_pdf(page) for page in FilInfoPage.objects.all()],
    "visite": lambda d: [feuille_pdf(visite) for visite in d.seminaire.visites.filter(places__in=(6, 12))],
    "immersion": lambda d: [papier(_immersion()) for papier in (convention_pdf, avenant_pdf, bilan_pdf)],
    "immersions-bord": lambda d: _du_bord(_immersion().dispositif),
    "fiches": lambda d: [fiche_pdf(CasPage.objects.first()), collection_pdf(DispositifPage.objects.all())],
}
#: Templates whose text flows from page to page: no heading at the foot of one, no last page of a line.
COULANTS = {"synthese", "fil", "fiches", "immersions-bord"}
#: Where bytes of a PDF are made; the others lay out or bind for the printer alone, untagged, what the first made.
ATELIERS = {
    "contenus/impression/composer.py",
    "contenus/impression/imposition.py",
    "contenus/impression/reliure.py",
}
_FABRIQUE = re.compile(r"typst\.compile|pikepdf\.(?:new|Pdf)\b|\bpypdf\b|reportlab|weasyprint")
_GABARIT = re.compile(r'\bcomposer\("([\w-]+)",')


def _quelques(consultation):
    return list(consultation.participants.values_list("pk", flat=True)[:7])


def _quelquun(consultation):
    """Someone whose words became a piste."""
    return consultation.participants.filter(propositions__piste__isnull=False).first()


def _immersion():
    return Immersion.objects.first()


def _du_bord(dispositif):
    """The board of the year that was counted, and the agenda made of it."""
    ordre = ordres_du_jour(dispositif).get()
    return [bord_pdf(dispositif, bord(dispositif, ordre.annee)), ordre_pdf(dispositif, ordre)]


def _vote():
    return Atelier.objects.get(code=domont.VOTE)


def sources():
    """Return (templates that the code composes, files in which a PDF is made)."""
    codes = {
        str(chemin.relative_to(RACINE)): chemin.read_text()
        for dossier in ("consultation", "ateliers", "contenus", "site")
        for chemin in (RACINE / dossier).rglob("*.py")
    }
    gabarits = {nom for code in codes.values() for nom in _GABARIT.findall(code)}
    return gabarits, {chemin for chemin, code in codes.items() if _FABRIQUE.search(code)}
