"""The synthesis: drafted from what is there, worded by people, submitted, published."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..lectures.couverture import equite_de
from ..lectures.desaccords import ordre_des_desaccords
from ..models import Synthese
from ..textes import nettoyer, nettoyer_ligne
from .ebauche import ebaucher
from .gardes import exiger, exiger_droit, noter, verrouiller
from .versions import garder_version

ETAT = Synthese.Etat
EXPLICATION_MAX = 600


def ouvrir_synthese(*, consultation, titre, par, espace=None, territoire=None):
    """Open a draft and return the Synthese: a section an axe, a row a theme, their pistes; no prose is invented.

    Raises Refus "interdit" 403, "titre_vide" and "titre_long" 422, "ailleurs" 422.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, espace or consultation), par)
    exiger(
        espace is None or espace.consultation_id == consultation.pk,
        "ailleurs",
        _("Cet atelier est d’une autre consultation."),
    )
    with transaction.atomic():
        synthese = Synthese.objects.create(
            consultation=consultation,
            espace=espace,
            territoire=territoire or consultation.territoire,
            titre=titre_net(titre),
            redigee_par=par,
        )
        ebaucher(synthese)
        noter(verbe="ouvrir_synthese", objet=synthese, compte=par, details={"sections": synthese.sections.count()})
        garder_version(synthese, par)
    return synthese


def modifier_synthese(*, synthese, titre, chapeau, revision, par):
    """Change the title and the lead; return the Synthese. `revision`: the one that was on screen.

    Raises Refus "interdit" 403, "revision" 409, "soumise" 409, "titre_vide", "titre_long", "chapeau_long" 422.
    """
    titre, chapeau = titre_net(titre), nettoyer(chapeau)
    exiger(
        len(chapeau) <= 1500,
        "chapeau_long",
        _("Le chapeau est trop long : 1 500 signes au plus."),
        champ="chapeau",
    )
    with transaction.atomic():
        synthese = synthese_ouverte(synthese, par)
        if (titre, chapeau) == (synthese.titre, synthese.chapeau):
            return synthese
        exiger(
            str(revision) == str(synthese.revision),
            "revision",
            _("Quelqu’un a changé ce texte pendant que vous écriviez. Voyez les deux textes, puis choisissez."),
            statut=409,
            champ="chapeau",
        )
        synthese.titre, synthese.chapeau, synthese.revision = titre, chapeau, synthese.revision + 1
        synthese.save(update_fields=["titre", "chapeau", "revision"])
        noter(verbe="modifier_synthese", objet=synthese, compte=par, details={"revision": synthese.revision})
        garder_version(synthese, par)
    return synthese


def soumettre_synthese(*, synthese, par, explication=""):
    """Hand the draft over to those who publish. `explication`: why some colleges are cited more than others.

    Asked for beyond `equite.ECART_MAX` points, and printed with it; the last one given stays. Raises Refus
    "interdit" 403, "soumise", "desaccord" 409 (an author waits for an answer), "vide", "ecart",
    "explication_longue" 422.
    """
    explication = nettoyer(explication)
    longue = _("Cette explication est trop longue : 600 signes au plus.")
    exiger(len(explication) <= EXPLICATION_MAX, "explication_longue", longue, champ="explication")
    with transaction.atomic():
        synthese = synthese_ouverte(synthese, par)
        exiger(
            synthese.sections.filter(phrases__isnull=False).exists()
            or synthese.sections.filter(lignes__isnull=False).exists(),
            "vide",
            _("La synthèse est vide. Écrivez au moins une phrase."),
        )
        exiger(
            not any(ordre_des_desaccords(synthese).values()),
            "desaccord",
            _("Des auteurs ne sont pas d’accord et attendent une réponse. Répondez-leur d’abord."),
            statut=409,
        )
        _expliquer_l_ecart(synthese, explication)
        return _passer(synthese, ETAT.SOUMISE, "soumettre_synthese", par)


def _expliquer_l_ecart(synthese, explication):
    """Keep the explanation while there is a gap to explain; without one there is nothing to print."""
    lue = equite_de(synthese)
    explication = (explication or synthese.explication_ecart) if lue.a_expliquer else ""
    exiger(
        explication or not lue.a_expliquer,
        "ecart",
        _("Il y a {n} points d’écart entre les collèges. Écrivez pourquoi, puis soumettez.").format(n=lue.points),
        champ="explication",
    )
    synthese.explication_ecart = explication
    synthese.save(update_fields=["explication_ecart"])


def rendre_synthese(*, synthese, par, motif=""):
    """Give a submitted synthesis back to its rapporteur. Raises Refus "interdit" 403, "pas_soumise" 409."""
    with transaction.atomic():
        synthese = verrouiller(synthese)
        _exiger_edition_ou_auteur(synthese, par)
        _exiger_soumise(synthese)
        return _passer(synthese, ETAT.BROUILLON, "rendre_synthese", par, motif)


def publier_synthese(*, synthese, par):
    """Publish a submitted synthesis: it no longer changes. Raises Refus "interdit" 403, "pas_soumise" 409."""
    exiger_droit(lambda: regles.peut_publier(par, synthese.consultation), par)
    with transaction.atomic():
        synthese = verrouiller(synthese)
        if synthese.etat == ETAT.PUBLIEE:
            return synthese
        _exiger_soumise(synthese)
        synthese.publiee_le = timezone.now()
        return _passer(synthese, ETAT.PUBLIEE, "publier_synthese", par)


def _exiger_soumise(synthese):
    exiger(synthese.etat == ETAT.SOUMISE, "pas_soumise", _("Cette synthèse n’est pas soumise."), statut=409)


def _exiger_edition_ou_auteur(synthese, par):
    """An editor gives back; a rapporteur may take back what they have just handed over."""
    exiger_droit(
        lambda: regles.peut_editer(par, synthese.consultation) or regles.peut_rapporter(par, lieu_de(synthese)),
        par,
    )


def _passer(synthese, etat, verbe, par, motif=""):
    avant, synthese.etat = synthese.etat, etat
    synthese.save(update_fields=["etat", "publiee_le"])
    noter(
        verbe=verbe,
        objet=synthese,
        compte=par,
        details={"avant": str(avant), "apres": str(etat)},
        motif=nettoyer_ligne(motif),
    )
    return synthese


def lieu_de(synthese):
    """Where one must be rapporteur to write this synthesis: its espace, or the whole consultation."""
    return synthese.espace or synthese.consultation


def synthese_ouverte(synthese, par):
    """Return the locked synthesis, once sure that `par` may write it and that it is a draft."""
    synthese = verrouiller(synthese)
    exiger_droit(lambda: regles.peut_rapporter(par, lieu_de(synthese)), par)
    exiger(
        synthese.etat == ETAT.BROUILLON,
        "soumise",
        _("Cette synthèse a été soumise. Reprenez-la pour la changer."),
        statut=409,
    )
    return synthese


def titre_net(titre):
    titre = nettoyer_ligne(titre)
    exiger(titre, "titre_vide", _("Donnez un titre."), champ="titre")
    exiger(len(titre) <= 200, "titre_long", _("Ce titre est trop long : 200 signes au plus."), champ="titre")
    return titre
