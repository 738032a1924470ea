"""The booklet of a seminar: as it was composed, or as it makes itself."""

from django.utils.translation import gettext as _

from consultation.lectures import demarche

from ..carnet import dates
from ..carnet.contenu import Matiere, carnet
from ..carnet.grilles import pages_de_grille, rangs_de
from ..carnet.pages import Illustration, Redige
from ..carnet.pages_composees import (
    Contexte,
    EtapeDite,
    Mots,
    MotSimple,
    Notes,
    Objectif,
    Objectifs,
    Part,
    Pratique,
    QuiVient,
    TendanceIllustree,
    Texte,
)
from ..models import CarnetCompose
from ..models.blocs_grille import grille_en_ligne, structure_de

#: The pages that make themselves, by their block.
SEULES = ("mode_emploi", "programme", "axes", "mes_jours", "preparation", "idees", "ma_page")


def carnet_de(consultation, participant=None, corps=None):
    """Return the `Carnet` of `consultation`, anonymous or marked for `participant`. Ten queries at most.

    `corps`: a stream that is not kept yet, to see what it gives.
    """
    if corps is None:
        compose = CarnetCompose.objects.filter(consultation=consultation).first()
        if compose is None or not compose.corps:
            return carnet(consultation, participant)
        corps = compose.corps
    matiere = Matiere(consultation, participant)
    pages = [page for bloc, siennes in pages_par_bloc(corps, matiere) for page in siennes]
    return matiere.relier(pages, **_couverture(corps))


def pages_par_bloc(corps, matiere):
    """Yield (block, its pages) in the order of the stream, the cover apart."""
    for rang, bloc in enumerate(corps, start=1):
        if bloc.block_type in SEULES:
            yield bloc, matiere.pages(bloc.block_type)
        elif bloc.block_type != "couverture":
            yield bloc, _LECTEURS[bloc.block_type](bloc.value, f"page-{rang}", matiere.consultation)


def _couverture(corps):
    bloc = next((bloc for bloc in corps if bloc.block_type == "couverture"), None)
    if bloc is None:
        return {}
    return {
        "titre": bloc.value["titre"],
        "surtitre": bloc.value["surtitre"],
        "couleur": bloc.value["couleur"],
        "illustration": illustration(bloc.value["illustration"]),
    }


def illustration(valeur):
    """Return the Illustration of an IllustrationBloc's value, or None."""
    image = valeur.get("image")
    if image is None:
        return None
    dit = "" if getattr(image, "decorative", False) else getattr(image, "contextual_alt_text", "") or image.title
    return Illustration(image, dit, valeur.get("legende") or "")


def _redige(texte):
    return Redige(texte.source if texte else "")


def _texte(v, ancre, _consultation):
    return [
        Texte(
            titre=v["titre"],
            ancre=ancre,
            texte=_redige(v["texte"]),
            signature=v["signature"] or "",
            illustration=illustration(v["illustration"]),
        )
    ]


def _contexte(v, ancre, consultation):
    etapes = demarche(consultation) if v["demarche"] else ()
    dits = {"faite": _("C’est fait."), "en_cours": _("En ce moment.")}
    return [
        Contexte(
            titre=v["titre"],
            ancre=ancre,
            texte=_redige(v["texte"]),
            attentes=bool(v["attentes"]),
            etapes=tuple(
                EtapeDite(
                    lue.etape.moment or dates.periode(lue.etape.debut, lue.etape.fin),
                    lue.etape.titre,
                    dits.get(lue.etat, ""),
                )
                for lue in etapes
            ),
        )
    ]


def _qui_vient(v, ancre, consultation):
    return [
        QuiVient(
            titre=v["titre"],
            ancre=ancre,
            texte=v["texte"] or "",
            parts=tuple(
                Part(college.signe, college.nom, college.part_cible, _part(college.part_cible))
                for college in consultation.colleges.all()
            ),
        )
    ]


def _part(part):
    return "" if part is None else _("au moins %(part)d places sur 100") % {"part": part}


def _objectifs(v, ancre, _consultation):
    objectifs = tuple(Objectif(o["picto"], o["titre"], o["texte"]) for o in v["objectifs"])
    return [Objectifs(titre=v["titre"], ancre=ancre, objectifs=objectifs)]


def _tendance(v, ancre, _consultation):
    return [
        TendanceIllustree(
            titre=v["titre"],
            ancre=ancre,
            illustration=illustration(v["illustration"]),
            texte=_redige(v["texte"]),
            question=v["question"] or "",
        )
    ]


def _pratique(v, ancre, _consultation):
    lignes = tuple(Objectif(ligne["picto"], ligne["titre"], ligne["texte"] or "") for ligne in v["lignes"])
    return [Pratique(titre=v["titre"], ancre=ancre, illustration=illustration(v["illustration"]), lignes=lignes)]


def _mots(v, ancre, _consultation):
    mots = tuple(MotSimple(m["mot"], m["sens"]) for m in v["mots"])
    return [Mots(titre=v["titre"], ancre=ancre, mots=mots, merci=v.get("merci") or "")]


def _notes(v, ancre, _consultation):
    return [Notes(titre=v["titre"], ancre=f"{ancre}-{rang}") for rang in range(1, (v["pages"] or 1) + 1)]


def _grille(v, ancre, consultation):
    rangs = [*rangs_pris(v.get("code"), consultation), *v["lignes"]]
    return pages_de_grille(v["titre"], v["consigne"] or "", rangs, ancre)


def rangs_pris(code, consultation):
    """The lines of the grille of that code, when it is this consultation's and still online. Two queries."""
    grille = grille_en_ligne(code) if code else None
    if grille is None or grille.consultation_id != consultation.pk:
        return []
    return rangs_de(structure_de(grille))


_LECTEURS = {
    "bienvenue": _texte,
    "merci": _texte,
    "contexte": _contexte,
    "qui_vient": _qui_vient,
    "objectifs": _objectifs,
    "tendance": _tendance,
    "grille": _grille,
    "pratique": _pratique,
    "mots": _mots,
    "notes": _notes,
}
