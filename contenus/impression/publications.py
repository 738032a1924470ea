"""The published syntheses and the newsletter, on A4 paper, from the same content as their pages."""

from dataclasses import fields, is_dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..carnet import dates
from ..lectures.fil import numero
from ..lectures.synthese import presenter
from . import texte_riche
from .composer import composer
from .corps import corps
from .dessins import SIGNES, carte_svg, dessins

_FORMES = [f"f-{signe}" for signe in SIGNES]


def synthese_pdf(page):
    """Return the PDF of a published synthesis: its frozen figures, its words as its page shows them today.

    Raises EchecImpression.
    """
    presentee = presenter(page)
    vue = _en_donnees(presentee)
    for carte, sienne in zip(vue["cartes"], presentee.cartes, strict=True):
        carte["svg"] = carte_svg(sienne)
    donnees = {
        "titre": page.title,
        "territoire": page.territoire.nom if page.territoire else "",
        "chapeau": page.chapeau,
        "avant": corps(page.avant),
        "apres": corps(page.apres),
        "adresse": page.full_url or "",
        "vue": vue,
        "cles": _cles(vue["chiffres"]),
        "svg": dessins("logo", "i-ok", "i-attention", "i-marque", *_FORMES),
        "mots": _mots_synthese(page),
    }
    return composer("synthese", donnees, nom=_("synthèse « %(titre)s »") % {"titre": page.title})


#: Words that a reading makes by itself, beside its fields.
_DITS = ("dite", "points", "portee", "accord", "nom", "titre", "fondus", "tenue", "description", "nees_dites")


def _en_donnees(valeur):
    """A reading as plain data, with the words that it makes by itself."""
    if is_dataclass(valeur):
        donnees = {champ.name: _en_donnees(getattr(valeur, champ.name)) for champ in fields(valeur)}
        return donnees | {nom: _en_donnees(getattr(valeur, nom)) for nom in _DITS if hasattr(valeur, nom)}
    if isinstance(valeur, dict):
        return {cle: _en_donnees(v) for cle, v in valeur.items()}
    return [_en_donnees(v) for v in valeur] if isinstance(valeur, (list, tuple)) else valeur


def _cles(chiffres):
    """The key figures, each with its word: [[114, "participants"], …]; those at zero are left out."""
    mots = {
        "participants": ngettext("participant", "participants", chiffres.get("participants", 0)),
        "structures": ngettext("structure", "structures", chiffres.get("structures", 0)),
        "axes": ngettext("axe", "axes", chiffres.get("axes", 0)),
        "pistes": ngettext("piste", "pistes", chiffres.get("pistes", 0)),
        "propositions": ngettext("proposition", "propositions", chiffres.get("propositions", 0)),
    }
    return [[chiffres[nom], mot] for nom, mot in mots.items() if chiffres.get(nom)]


def _mots_synthese(page):
    return {
        "sur": _("Synthèse d’atelier") if page.d_atelier else _("Synthèse régionale"),
        "simule": _("Démonstration : une partie des personnes, des mots et des votes sont simulés."),
        "qui": _("Qui était là ?"),
        "axe": _("Axe"),
        "criteres": _("Critères"),
        "indicateurs": _("Indicateurs"),
        "pistes": _("Pistes"),
        "autres": _("Pistes citées"),
        "anciennes": _(
            "Les chiffres de ce vote ne sont plus montrés ici : "
            "ils pouvaient dire ce que des personnes avaient choisi."
        ),
        "soutenu": _("Ce que la salle a soutenu"),
        "colleges": _("Collège par collège"),
        "repose": _("Repose sur :"),
        "piste": _("Piste n°"),
        "numero": _("n°"),
        "rapproche": _("Ce qui rapproche les collèges"),
        "partage": _("Ce qui partage les collèges"),
        "attend": _("Ce qui reste sans réponse"),
        "dit_plus": _("Ce que chaque collège dit plus que les autres"),
        "plus": _("Plus pour :"),
        "moins": _("Moins pour :"),
        "plus_que": _("Plus pour que les autres :"),
        "contre_que": _("Plus contre que les autres :"),
        "formes": _(
            "Plus deux personnes ont répondu pareil, plus elles sont proches. Chaque forme réunit au moins "
            "5 personnes. Les groupes viennent des réponses, pas des collèges."
        ),
        "hors": _("Pas sur la carte : trop peu de réponses, ou la même partout"),
        "ou": _("Où"),
        "personnes": _("Personnes"),
        "en_tout": _("En tout"),
        "citation_retiree": _("Citation retirée par son auteur."),
        "equite": _("Qui est cité ?"),
        "equite_chapeau": _("Part des propositions de chaque collège que l’on retrouve dans cette synthèse."),
        "ensemble": _("ensemble"),
        "pourquoi_ecart": _("Pourquoi cet écart :"),
        "origines": _("D’où vient chaque piste"),
        "origines_chapeau": _(
            "Aucune piste n’est écrite à la place des participants. Voici leurs mots, sans les noms."
        ),
        "arrete": _("Chiffres arrêtés le"),
        "page": _("page"),
    }


def fil_pdf(page):
    """Return the PDF of one published number of the newsletter. Raises EchecImpression."""
    lu = numero(page)
    donnees = {
        "titre": page.title,
        "numero": page.numero,
        "quand": " · ".join(filter(None, (page.saison, dates.periode(page.date_parution, None)))),
        "points": [bloc.value for bloc in page.points],
        "accroche": page.accroche,
        "edito": texte_riche.blocs(page.edito),
        "signature": page.signature,
        "objectifs": [dict(bloc.value) for bloc in page.objectifs],
        "tendances": lu.tendances,
        "pistes_generales": [_piste(valeur) for valeur in lu.generales],
        "pistes_qualite": [_piste(valeur) for valeur in lu.qualite],
        "questions": [bloc.value for bloc in page.questions],
        "corps": corps(page.corps),
        "prochain": texte_riche.blocs(page.prochain),
        "precedents": [
            {"numero": a.numero, "saison": a.saison, "titre": a.title, "lien": a.full_url or ""} for a in lu.autres
        ],
        "adresse": page.full_url or "",
        "svg": dessins("logo", "d-1", "d-2", "d-3", "d-4"),
        "mots": _mots_fil(),
    }
    return composer("fil", donnees, nom=_("Fil d’Info n° %(numero)s") % {"numero": page.numero})


def _piste(valeur):
    source = valeur["synthese"]
    return {
        "texte": valeur["texte"],
        "numero": valeur["numero"],
        "region": valeur["region"] or "",
        "lien": texte_riche.adresse(f"{source.full_url}#p{valeur['numero']}") if source and source.live else "",
    }


def _mots_fil():
    return {
        "fil": _("Fil d’Info"),
        "retenir": _("À retenir"),
        "objectifs": _("Nos objectifs"),
        "tendances": _("Les tendances"),
        "sur": _("régions sur"),
        "generales": _("Pistes générales, pour tout le réseau"),
        "qualite": _("Pistes qualité, pour chaque structure"),
        "questions": _("Questions ouvertes : à vous"),
        "prochain": _("Prochain Fil d’Info"),
        "precedents": _("Numéros précédents"),
        "page": _("page"),
        "numero": _("n°"),
    }
