"""The guide, read inside the administration: the pages of `docs/guide`, cut at their headings.

The Markdown is ours, and is shown by the cleaner of `contenus.html` all the same. `SECTIONS` links a screen, by
the name of its address, to the section that tells of it; the longest that begins that name wins.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from markdown_it import MarkdownIt

from consultation.textes import plier
from contenus.html import montrer_guide

#: The pages, in the order in which one needs them.
PAGES = (
    "preparer",
    "animer",
    "projeter",
    "publier",
    "fiches",
    "regions",
    "imprimer",
    "courrier",
    "grilles",
    "visites",
    "forum",
    "immersions",
    "moderer",
    "reseau",
    "repetition",
)

SECTIONS = {
    "consultations": "preparer#1-creer-le-seminaire",
    "territoires": "preparer#1-creer-le-seminaire",
    "structures": "preparer#1-creer-le-seminaire",
    "chercher": "preparer",
    "gestion:preparation": "preparer",
    "gestion:changer_etat": "preparer#8-ouvrir",
    "gestion:colleges": "preparer#2-les-colleges",
    "gestion:demarche": "preparer#la-demarche-en-etapes",
    "gestion_ateliers:grille": "grilles",
    "gestion_ateliers:grilles": "grilles",
    "gestion_ateliers:grille_importer": "grilles#reprendre-un-questionnaire-fait-ailleurs",
    "gestion_ateliers:grille_saisir": "grilles#sur-papier",
    "gestion_ateliers:grille_en_ligne": "grilles#mettre-en-ligne",
    "gestion_ateliers:grille_lire": "grilles#lire",
    "gestion:axes": "preparer#3-les-axes",
    "gestion:equipe": "preparer#5-lequipe",
    "gestion_comptes:inviter": "preparer#5-lequipe",
    "gestion:propositions": "animer#proposer",
    "gestion:pistes": "animer#regrouper",
    "gestion:journal": "preparer#pendant-et-apres",
    "gestion:exports": "preparer#pendant-et-apres",
    "gestion:classeur": "preparer#pendant-et-apres",
    "gestion_ateliers:suivi": "regions#pour-le-groupe-regional",
    "gestion_ateliers:suivi_relire": "regions#relire",
    "gestion_ateliers:suivi_reporter": "regions#le-calendrier",
    "gestion_ateliers:suivis": "regions#le-calendrier",
    "gestion_ateliers:suivis_ouvrir": "regions#ouvrir-un-suivi",
    "gestion:suites": "publier#7-repondre-a-chaque-piste",
    "gestion:suite_decider": "publier#7-repondre-a-chaque-piste",
    "gestion:suite_corriger": "publier#7-repondre-a-chaque-piste",
    "gestion:suite_retirer": "publier#7-repondre-a-chaque-piste",
    "gestion_ateliers:temps": "preparer#4-les-demi-journees-les-salles-les-ateliers",
    "gestion_ateliers:salles": "preparer#4-les-demi-journees-les-salles-les-ateliers",
    "gestion_ateliers:ateliers": "preparer#4-les-demi-journees-les-salles-les-ateliers",
    "gestion_ateliers:programme": "preparer#4-les-demi-journees-les-salles-les-ateliers",
    "gestion_ateliers:nouveau_code": "preparer#4-les-demi-journees-les-salles-les-ateliers",
    "gestion_ateliers:dupliquer": "preparer#4-les-demi-journees-les-salles-les-ateliers",
    "gestion_ateliers:deroule": "preparer#changer-un-deroule",
    "gestion_ateliers:garder_deroule": "preparer#changer-un-deroule",
    "gestion_ateliers:oublier_deroule": "preparer#changer-un-deroule",
    "gestion_ateliers:poser_deroule": "preparer#changer-un-deroule",
    "gestion_ateliers:ateliers_rouvrir": "preparer#changer-un-deroule",
    "gestion_ateliers:etape": "preparer#changer-un-deroule",
    "gestion_ateliers:scrutin": "preparer#changer-un-deroule",
    "gestion_ateliers:inscriptions": "preparer#6-les-inscriptions",
    "gestion_ateliers:inscription": "preparer#une-personne-a-la-fois",
    "gestion_ateliers:remettre_code": "preparer#une-personne-a-la-fois",
    "gestion_ateliers:effacer": "preparer#une-personne-a-la-fois",
    "gestion_ateliers:donner_les_places": "preparer#importer-une-liste",
    "gestion_ateliers:importer": "preparer#importer-une-liste",
    "gestion_ateliers:exemple": "preparer#importer-une-liste",
    "gestion_ateliers:colonnes": "preparer#importer-une-liste",
    "gestion_ateliers:mots": "preparer#importer-une-liste",
    "gestion_ateliers:apercu": "preparer#importer-une-liste",
    "gestion_ateliers:publique": "preparer#laisser-les-gens-sinscrire",
    "gestion_ateliers:accueillir": "preparer#laisser-les-gens-sinscrire",
    "gestion_ateliers:convoquer": "preparer#laisser-les-gens-sinscrire",
    "gestion_ateliers:codes": "imprimer#ce-quon-peut-imprimer",
    "reprendre_consultation": "forum#reprendre-une-consultation-faite-ailleurs",
    "reprendre_apercu": "forum#reprendre-une-consultation-faite-ailleurs",
    "gestion_forums": "forum",
    "gestion_forums:forum": "forum#la-question-et-les-regles",
    "gestion_forums:phases": "forum#le-calendrier",
    "gestion_forums:communes": "forum#creer",
    "gestion_forums:cartes": "forum#les-cartes",
    "gestion_forums:vote": "forum#le-vote-et-les-resultats",
    "gestion_immersions": "immersions",
    "gestion_immersions:reglages": "immersions#ouvrir-le-dispositif",
    "gestion_immersions:demander": "immersions#la-demande",
    "gestion_immersions:dossier": "immersions#le-dossier",
    "gestion_immersions:entretien": "immersions#le-dossier",
    "gestion_immersions:lieu": "immersions#le-dossier",
    "gestion_immersions:demarcher": "immersions#le-dossier",
    "gestion_immersions:repondre": "immersions#le-dossier",
    "gestion_immersions:obstacle": "immersions#le-dossier",
    "gestion_immersions:lever": "immersions#le-dossier",
    "gestion_immersions:integrer": "immersions#le-dossier",
    "gestion_immersions:pointer": "immersions#le-dossier",
    "gestion_immersions:bilan": "immersions#le-dossier",
    "gestion_immersions:conclure": "immersions#le-dossier",
    "gestion_immersions:document": "immersions#le-dossier",
    "gestion_immersions:relancer": "immersions#ce-qui-attend",
    "gestion_immersions:papier": "immersions#signer",
    "gestion_immersions:code": "immersions#signer",
    "gestion_immersions:conventions": "immersions#signer",
    "gestion_immersions:trimestre": "immersions#le-tableau-du-trimestre",
    "gestion_immersions:attentes": "immersions#ce-qui-attend",
    "gestion_immersions:entreprises": "immersions#les-entreprises",
    "gestion_immersions:entreprise": "immersions#les-entreprises",
    "gestion_immersions:reunion": "immersions#la-reunion-du-reseau",
    "gestion_immersions:besoin": "immersions#la-reunion-du-reseau",
    "gestion_courrier": "courrier",
    "gestion_courrier:inscrire": "courrier#les-adresses",
    "gestion_courrier:abonnes": "courrier#les-adresses",
    "gestion_courrier:envoi": "courrier#envoyer-un-numero",
    "gestion_courrier:agir": "courrier#envoyer-un-numero",
    "gestion_visites": "visites",
    "gestion_visites:visites_gens": "visites#qui-vient",
    "gestion_visites:visites_ajouter": "visites#annoncer-une-visite",
    "gestion_visites:visites_modifier": "visites#annoncer-une-visite",
    "gestion_visites:visites_supprimer": "visites#annoncer-une-visite",
    "gestion_visites:visites_ouvrir": "visites#annoncer-une-visite",
    "gestion_visites:visites_annuler": "visites#annoncer-une-visite",
    "gestion_visites:visites_inscrire": "visites#qui-vient",
    "gestion_visites:visites_rendre": "visites#qui-vient",
    "gestion_visites:visites_repartir": "visites#repartir-les-places",
    "gestion_visites:visites_compte_rendu": "visites#raconter",
    "gestion_visites:visites_grille": "visites#raconter",
    "gestion_visites:visites_accord": "visites#raconter",
    "gestion_visites:visites_publier": "visites#raconter",
    "gestion_visites:visites_retirer": "visites#raconter",
    "gestion_visites:visites_constats": "visites#les-constats-deviennent-des-propositions",
    "contenus_reprendre": "publier#3-entourer-la-page",
    "contenus_importer_fiches": "fiches#importer-une-collection",
    "contenus_exemple_fiches": "fiches#importer-une-collection",
    "contenus_apercu_fiches": "fiches#importer-une-collection",
    "contenus_tirages": "imprimer#tirer-les-carnets-de-tout-le-monde",
    "contenus_tirage": "imprimer#tirer-les-carnets-de-tout-le-monde",
    "contenus_carnet": "imprimer#composer-le-carnet",
    "contenus_apercu_carnet": "imprimer#composer-le-carnet",
    "contenus_proposer_carnet": "imprimer#composer-le-carnet",
    "contenus_retirer_carnet": "imprimer#composer-le-carnet",
    "contenus_composer": "publier#6-composer-le-fil-dinfo",
    "contenus_page_du_seminaire": "publier#les-pages-du-site",
    "wagtailforms": "publier#poser-des-questions-sur-une-page",
    "wagtailadmin_explore": "publier#les-pages-du-site",
    "wagtailadmin_pages": "publier#3-entourer-la-page",
}


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. `ancre` is "" for what opens the page; `niveau` is 2, 3 or 4."""

    ancre: str
    titre: str
    niveau: int
    html: str
    mots: str


@dataclass(frozen=True)
class PageGuide:
    nom: str
    titre: str
    sections: tuple

    @property
    def html(self):
        return montrer_guide("".join(section.html for section in self.sections))


@cache
def lire():
    """Return {name: PageGuide}, in the order of `PAGES`."""
    return {nom: _page(nom, (settings.GUIDE / f"{nom}.md").read_text()) for nom in PAGES}


def chercher(question):
    """Return [(PageGuide, its sections that hold every word asked for)]; without a word, all with a heading."""
    cherches = plier(question).split()[:12]
    trouvees = [
        (page, [s for s in page.sections if (s.ancre or cherches) and all(mot in s.mots for mot in cherches)])
        for page in lire().values()
    ]
    return [(page, sections) for page, sections in trouvees if sections]


def adresse_de_l_aide(vue):
    """Return the address of the section that tells of the screen named `vue`, or ""."""
    connues = [nom for nom in SECTIONS if vue == nom or vue.startswith((f"{nom}_", f"{nom}:"))]
    if not connues:
        return ""
    nom, diese, ancre = SECTIONS[max(connues, key=len)].partition("#")
    return reverse("guide", args=[nom]) + diese + ancre


def _page(nom, texte):
    lecteur = MarkdownIt("commonmark", {"html": False}).enable("table")
    jetons = lecteur.parse(texte)
    morceaux = [[]]
    for jeton in jetons:
        if jeton.type == "heading_open":
            morceaux.append([])
        morceaux[-1].append(jeton)
    titre = morceaux[1][1].content
    sections = [_section(lecteur, jetons_) for jetons_ in morceaux[1:]]
    return PageGuide(nom, titre, tuple(sections))


def _section(lecteur, jetons):
    ouverture, titre = jetons[0], jetons[1].content
    premiere = ouverture.tag == "h1"
    ancre = "" if premiere else slugify(titre)
    ouverture.attrSet("id", ancre)
    for jeton in jetons:
        for enfant in jeton.children or []:
            if enfant.type == "link_open":
                enfant.attrSet("href", _lien(enfant.attrGet("href")))
    html = lecteur.renderer.render(jetons[3:] if premiere else jetons, lecteur.options, {})
    return Section(ancre, titre, int(ouverture.tag[1]), html, plier(f"{titre} {re.sub('<[^>]*>', ' ', html)}"))


def _lien(href):
    """A link to a page of the guide leads there; one to another document, to the guide's list."""
    nom, diese, ancre = href.partition("#")
    if "://" in nom or not nom.endswith(".md"):
        return href
    voisine = nom.removesuffix(".md")
    return reverse("guide", args=[voisine]) + diese + ancre if voisine in PAGES else reverse("aide")
