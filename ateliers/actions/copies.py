"""Preparing from what was prepared: a workshop, a half-day or a whole seminar made again, without its people."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation import regles
from consultation.actions.gardes import verrouiller
from consultation.models import Axe, College, Consultation, Espace, Mandat
from consultation.textes import nettoyer_ligne

from ..models import Atelier, Etape, Salle, Temps
from .gardes import exiger, exiger_preparer, exiger_seul_de_ce_titre, exiger_valide
from .preparation import code_libre

CHAMPS_CONSULTATION = (
    "nature", "chapeau", "territoire", "lieu", "places", "acces", "relecture", "longueur_max",
)  # fmt: skip
CHAMPS_SCRUTIN = (
    "mode",
    "gommettes",
    "regle",
    "seuil",
    "quorum_gommettes",
    "liste_close",
    "secret",
    "resultats_attendent",
)
CHAMPS_ETAPE = ("ordre", "nature", "titre", "consigne", "proposition_nature", "tables", "duree")


@transaction.atomic
def copier_atelier(*, atelier, par, temps=None):
    """Make the same workshop again: words, axes, seats and steps, with a code of its own. Return the Atelier.

    In its own half-day it has no room (that one is taken) and says it is a copy; in another (`temps`) it keeps
    both. Raises Refus 403, "temps_etranger", "titre_pris" (copied twice) 422.
    """
    exiger_preparer(par, atelier.consultation)
    ailleurs = temps is not None and temps.pk != atelier.temps_id
    exiger(
        temps is None or temps.consultation_id == atelier.espace.consultation_id,
        "temps_etranger",
        _("Ce choix vient d’une autre consultation."),
        champ="temps",
    )
    titre = atelier.titre if ailleurs else _("%(titre)s (copie)") % {"titre": atelier.titre[:190]}
    if not ailleurs:
        exiger_seul_de_ce_titre(atelier.temps, titre)
    copie = _atelier(
        atelier, temps or atelier.temps, atelier.espace.consultation, atelier.espace.axes.all(), titre
    )
    copie.salle = atelier.salle if ailleurs else None
    copie.save(update_fields=["salle"])
    _etapes(atelier, copie, par, {})
    actes.noter(verbe="copier_atelier", objet=copie, compte=par, details={"de": atelier.pk})
    return copie


@transaction.atomic
def copier_temps(*, temps, par, jours=1):
    """Make the same half-day again `jours` days later, with its workshops. Return the Temps.

    Raises Refus 403, "deja_copiee" 409.
    """
    exiger_preparer(par, temps.consultation)
    verrouiller(temps.consultation)
    debut = temps.debut + timedelta(days=jours)
    exiger(
        not Temps.objects.filter(consultation=temps.consultation, titre=temps.titre, debut=debut).exists(),
        "deja_copiee",
        _("Cette demi-journée est déjà copiée au lendemain."),
        statut=409,
    )
    copie = _temps(temps, temps.consultation, timedelta(days=jours))
    actes.noter(verbe="copier_temps", objet=copie, compte=par, details={"de": temps.pk})
    for atelier in temps.ateliers.du_programme().select_related("espace__consultation", "salle"):
        copier_atelier(atelier=atelier, temps=copie, par=par)
    ranger_temps(consultation=temps.consultation)
    return copie


@transaction.atomic
def dupliquer_consultation(*, consultation, titre, slug, debut, par):
    """Prepare a seminar like this one: colleges, axes, rooms, half-days, workshops, steps and votes.

    Its days are moved so that the first is `debut` (a date, or None: the same days). Nobody registered, no word,
    no code and no role but that of `par` comes along. Return the new Consultation.
    Raises Refus "interdit" 403, "invalide" 422 with its field.
    """
    organise = regles.est_organisateur(par, consultation)
    exiger(organise, "interdit", _("Seul un organisateur peut le faire."), statut=403)
    decalage = debut - consultation.debut if debut and consultation.debut else timedelta()
    neuve = Consultation(titre=nettoyer_ligne(titre), slug=slug, debut=debut or consultation.debut)
    neuve.fin = consultation.fin and consultation.fin + decalage
    for champ in CHAMPS_CONSULTATION:
        setattr(neuve, champ, getattr(consultation, champ))
    exiger_valide(neuve)
    neuve.save()
    actes.confier(compte=par, role=Mandat.Role.ORGANISATEUR, consultation=neuve, par=None)
    colleges = _refaire(College, consultation, neuve)
    axes = _refaire(Axe, consultation, neuve)
    for ancien in Axe.objects.filter(consultation=consultation, parent__isnull=False):
        Axe.objects.filter(pk=axes[ancien.pk].pk).update(parent=axes[ancien.parent_id])
    salles = _refaire(Salle, consultation, neuve)
    temps = {t.pk: _temps(t, neuve, decalage) for t in consultation.temps.all()}
    _ateliers(consultation, neuve, par, axes=axes, salles=salles, temps=temps, colleges=colleges)
    actes.noter(verbe="dupliquer_consultation", objet=neuve, compte=par, details={"de": consultation.pk})
    return neuve


def ranger_temps(*, consultation):
    """Half-days follow one another as their hours do: their rank is that of their beginning."""
    for rang, temps in enumerate(Temps.objects.filter(consultation=consultation).order_by("debut", "pk")):
        if temps.ordre != rang:
            Temps.objects.filter(pk=temps.pk).update(ordre=rang)


def _refaire(modele, consultation, neuve):
    """Return {old pk: the same thing in the new consultation}."""
    faits = {}
    for objet in modele.objects.filter(consultation=consultation):
        ancien = objet.pk
        objet.pk, objet.consultation, objet._state.adding = None, neuve, True
        if modele is Axe:
            objet.parent = None
        objet.save()
        faits[ancien] = objet
    return faits


def _temps(temps, consultation, decalage):
    copie = Temps(consultation=consultation, debut=temps.debut + decalage, fin=temps.fin + decalage)
    for champ in ("titre", "resume", "picto", "ordre"):
        setattr(copie, champ, getattr(temps, champ))
    copie.save()
    return copie


def _ateliers(consultation, neuve, par, *, axes, salles, temps, colleges):
    ateliers = Atelier.objects.filter(espace__consultation=consultation).du_programme().select_related("espace")
    for atelier in ateliers.prefetch_related("espace__axes"):
        siens = [axes[axe.pk] for axe in atelier.espace.axes.all()]
        copie = _atelier(atelier, temps[atelier.temps_id], neuve, siens, atelier.titre)
        copie.salle = salles.get(atelier.salle_id)
        copie.save(update_fields=["salle"])
        _etapes(atelier, copie, par, colleges)


def _atelier(atelier, temps, consultation, axes, titre):
    espace = Espace.objects.create(consultation=consultation, titre=titre, question=atelier.espace.question)
    espace.axes.set(axes)
    rang = Atelier.objects.filter(temps=temps).aggregate(rang=Max("ordre"))["rang"]
    return Atelier.objects.create(
        espace=espace,
        temps=temps,
        nature=atelier.nature,
        capacite=atelier.capacite,
        heure=atelier.heure,
        ordre=0 if rang is None else rang + 1,
        code=code_libre(),
    )


def _etapes(atelier, copie, par, colleges):
    """The steps as they were written, to come again; a vote gets a ballot of its own with the same rules."""
    for etape in atelier.etapes.filter(grille=None).select_related("scrutin").prefetch_related("scrutin__quorums"):
        scrutin = etape.scrutin
        if scrutin is not None:
            quorums = [
                {
                    "college": colleges.get(q.college_id) or q.college,
                    "votants_min": q.votants_min,
                    "part_min": q.part_min,
                }
                for q in scrutin.quorums.all()
            ]
            scrutin = actes.preparer_scrutin(
                espace=copie.espace,
                titre=f"{etape.titre} · {copie.titre}"[:160],
                quorums=quorums,
                par=par,
                **{champ: getattr(scrutin, champ) for champ in CHAMPS_SCRUTIN},
            )
        Etape.objects.create(
            atelier=copie, scrutin=scrutin, **{champ: getattr(etape, champ) for champ in CHAMPS_ETAPE}
        )
