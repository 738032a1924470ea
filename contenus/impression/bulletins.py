"""Ballots to fill by hand: numbered, without a name, large boxes, as many sheets as the lot has."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ateliers.views.mots import DEGRES
from consultation.actions.feuilles import DEGRES_EN_LETTRES
from consultation.decomptes import rangs
from consultation.models import College, Piste, Scrutin
from consultation.questions.papier import lettres

from .composer import composer
from .dessins import dessins

#: Beyond that many dots, one writes how many: no row of boxes to count.
CASES_MAX = 5


def bulletins_pdf(lot):
    """Return the sheets of a LotDeBulletins: two or four to an A4 page, or whole pages when the pistes ask for it.

    Raises EchecImpression.
    """
    scrutin = lot.scrutin
    colleges = list(College.objects.filter(consultation=scrutin.consultation_id))
    pistes = Piste.objects.in_bulk(lot.pistes)
    donnees = {
        "titre": _("Bulletins – %(vote)s") % {"vote": scrutin.titre},
        "vote": scrutin.titre,
        "atelier": scrutin.espace.titre,
        "format": lot.format,
        "numeros": list(range(lot.premier, lot.dernier + 1)),
        "college": lot.college.nom if lot.college else "",
        "colleges": [
            {"lettre": lettre, "signe": college.signe, "nom": college.nom_court}
            for lettre, college in zip(lettres(len(colleges)), colleges, strict=True)
        ],
        "signe": lot.college.signe if lot.college else "",
        "pistes": [{"numero": pistes[pk].numero, "texte": pistes[pk].texte} for pk in lot.pistes if pk in pistes],
        "places": _places(scrutin, lot.pistes),
        **_cases(scrutin),
        "svg": dessins("logo", *(f"f-{college.signe}" for college in colleges)),
        "mots": _mots(scrutin),
    }
    return composer("bulletins", donnees, nom=_("bulletins"))


def _cases(scrutin):
    """{"cases": the boxes of a line, with letter and words; "ecrire": it is one box to write a figure in}.

    A ranking has none: its boxes are under the list, as many as the `places` in words.
    """
    if scrutin.mode == Scrutin.Mode.CLASSEMENT:
        return {"cases": [], "ecrire": False, "degres": False}
    if scrutin.mode == Scrutin.Mode.ADHESION:
        mots = dict(DEGRES)
        cases = [{"lettre": lettre, "mots": str(mots[degre])} for lettre, degre in DEGRES_EN_LETTRES.items()]
        return {"cases": cases, "ecrire": False, "degres": True}
    n = min(scrutin.gommettes, CASES_MAX)
    ecrire = scrutin.gommettes > CASES_MAX
    return {"cases": [{"lettre": "", "mots": ""}] * (1 if ecrire else n), "ecrire": ecrire, "degres": False}


def _places(scrutin, pistes):
    """The places of an order to write down, in words, as phones say them; none in another vote."""
    combien = min(rangs.PISTES_MAX, len(pistes)) if scrutin.mode == Scrutin.Mode.CLASSEMENT else 0
    return [_("1re place"), *(_("{n}e place").format(n=n) for n in range(2, combien + 1))][:combien]


def _consigne(scrutin):
    if scrutin.mode == Scrutin.Mode.CLASSEMENT:
        return _(
            "En bas, écrivez le numéro de la piste que vous mettez en premier, puis la suivante. {n} au plus ; "
            "vous pouvez vous arrêter avant."
        ).format(n=rangs.PISTES_MAX)
    if scrutin.mode == Scrutin.Mode.ADHESION:
        return _("Une croix par ligne. Une ligne vide ne compte pas.")
    if scrutin.gommettes > CASES_MAX:
        dit = _("Vous avez {n} gommettes. Écrivez combien vous en mettez sur chaque piste : {n} en tout, au plus.")
        return dit.format(n=scrutin.gommettes)
    return ngettext(
        "Vous avez {n} gommette : faites une croix, et une seule.",
        "Vous avez {n} gommettes : faites {n} croix en tout, au plus. Plusieurs sur la même ligne, c’est permis.",
        scrutin.gommettes,
    ).format(n=scrutin.gommettes)


def _mots(scrutin):
    return {
        "numero": _("n°"),
        "bulletin": _("Bulletin"),
        "vous_etes": _("Vous êtes (une croix) :"),
        "piste": _("La piste"),
        "gommettes": _("Combien ?") if scrutin.gommettes > CASES_MAX else _("Vos gommettes"),
        "consigne": _consigne(scrutin),
        "pied": _("N’écrivez pas votre nom. Un bulletin par personne, ou le téléphone : pas les deux."),
    }
