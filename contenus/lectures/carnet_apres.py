"""The edition of the booklet after the seminar: what became of what one person wrote."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.models import Proposition

from ..carnet import dates
from ..carnet.contenu import Matiere
from ..carnet.pages_composees import Devenu, IdeeDevenue, Issue
from ..models import CarnetCompose
from .carnet import pages_par_bloc
from .devenir import tige


def carnet_apres(participant):
    """Return the `Carnet` of one person after the seminar. At most 29 queries for each of their propositions."""
    matiere = Matiere(participant.consultation, participant)
    pages = [_devenu(participant), *matiere.pages("ma_page"), *_mots(matiere)]
    return matiere.relier(pages, titre=_("Après le séminaire"))


def _mots(matiere):
    """The plain words of the composed booklet, said again."""
    compose = CarnetCompose.objects.filter(consultation=matiere.consultation).first()
    blocs = pages_par_bloc(compose.corps, matiere) if compose else ()
    return [page for bloc, pages in blocs if bloc.block_type == "mots" for page in pages]


def idees_de(participant):
    """The propositions that one person still has, oldest first."""
    dites = Proposition.objects.filter(auteur=participant).exclude(texte="")
    return dites.select_related("espace", "college").prefetch_related("precisions").order_by("pk")


def _devenu(participant):
    idees = tuple(IdeeDevenue(idee.texte, tuple(_issues(idee))) for idee in idees_de(participant))
    jour = dates.periode(timezone.localdate(), None)
    dit = ngettext(
        "Vous avez écrit %(n)d idée. Voici ce qu’elle est devenue, au %(jour)s.",
        "Vous avez écrit %(n)d idées. Voici ce qu’elles sont devenues, au %(jour)s.",
        len(idees),
    )
    rien = _("Vous n’avez pas écrit d’idée avec votre code. Celles des autres sont dans les synthèses.")
    titre = _("%(prenom)s, vos idées après le séminaire") % {"prenom": participant.prenom}
    return Devenu(
        titre=titre if participant.prenom else _("Vos idées après le séminaire"),
        chapeau=dit % {"n": len(idees), "jour": jour} if idees else rien,
        idees=idees,
    )


def _issues(proposition):
    """Yield what became of it, in order, without the first node: that it was written is known."""
    for noeud in tige(proposition).noeuds[1:]:
        yield Issue(noeud.picto, noeud.titre, _SUITES.get(noeud.genre, lambda contenu: "")(noeud.contenu))


_SUITES = {
    "regroupee": lambda contenu: (
        _("Piste n° %(n)s : « %(texte)s »") % {"n": contenu["piste"].numero, "texte": contenu["piste"].texte}
    ),
    "vote": lambda contenu: str(contenu["lignes"][0].total),
    "synthese": lambda contenu: contenu["synthese"].titre,
    "laissee_de_cote": lambda contenu: contenu["mise"].motif,
    "ecartee": lambda contenu: contenu["motif"],
    "suite": lambda contenu: contenu["suite"].raison,
}
