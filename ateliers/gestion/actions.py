"""The desk's own acts on the programme: made of the house's acts, in one transaction each."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation.erreurs import Refus
from consultation.gestion.actions import exiger_organisateur
from consultation.models import Mandat, Scrutin
from consultation.regles import mandats_de

from .. import actions as ateliers_actions
from ..models import Temps

#: Title, sentence, pictogram, then (day, from, to) over two days and over one.
DEMI_JOURNEES = (
    (
        "Planter le décor",
        "Comprendre ensemble de quoi on parle.",
        "d-1",
        (0, time(9, 30), time(12, 30)),
        (time(9), time(10, 30)),
    ),
    (
        "Faire germer des idées",
        "Proposer, chacun avec ses mots.",
        "d-2",
        (0, time(14), time(17, 30)),
        (time(10, 45), time(12, 30)),
    ),
    (
        "Faire fructifier des propositions",
        "Regrouper et choisir les pistes.",
        "d-3",
        (1, time(9), time(12, 30)),
        (time(13, 30), time(15, 15)),
    ),
    ("Semer l’avenir", "Écrire ce qu’on emporte.", "d-4", (1, time(14), time(16, 30)), (time(15, 30), time(17))),
)  # fmt: skip


def poser_demi_journees(*, consultation, par):
    """Create the four half-days from the dates of the consultation and return them.

    Raises Refus "interdit" 403, "sans_dates" 422, "deja_poses" 409.
    """
    exiger_organisateur(consultation, par)
    if not consultation.debut:
        raise Refus("sans_dates", _("Donnez d’abord le premier et le dernier jour, dans la présentation."))
    with transaction.atomic():
        if consultation.temps.exists():
            raise Refus("deja_poses", _("Il y a déjà des demi-journées. Modifiez-les une à une."), statut=409)
        return [
            actes.enregistrer(objet=_temps(consultation, ordre, modele), par=par)
            for ordre, modele in enumerate(DEMI_JOURNEES)
        ]


def _temps(consultation, ordre, modele):
    titre, resume, picto, sur_deux_jours, sur_un_jour = modele
    deux_jours = consultation.fin and consultation.fin > consultation.debut
    jour, debut, fin = sur_deux_jours if deux_jours else (0, *sur_un_jour)
    date = consultation.debut + timedelta(days=jour)
    fuseau = timezone.get_current_timezone()
    return Temps(
        consultation=consultation,
        titre=titre,
        resume=resume,
        picto=picto,
        debut=datetime.combine(date, debut, fuseau),
        fin=datetime.combine(date, fin, fuseau),
        ordre=ordre,
    )


def attribuer(*, atelier, animateurs, rapporteurs, par):
    """Make these accounts, and only these, the facilitators and rapporteurs of the workshop.

    A role held for the whole consultation is not touched. Raises Refus "interdit" 403.
    """
    exiger_organisateur(atelier.consultation, par)
    voulus = {(Mandat.Role.ANIMATEUR, c) for c in animateurs} | {(Mandat.Role.RAPPORTEUR, c) for c in rapporteurs}
    with transaction.atomic():
        roles = [Mandat.Role.ANIMATEUR, Mandat.Role.RAPPORTEUR]
        for mandat in mandats_de(atelier.consultation, espace=atelier.espace, role__in=roles):
            if (mandat.role, mandat.compte) not in voulus:
                actes.reprendre_mandat(mandat=mandat, par=par)
            voulus.discard((mandat.role, mandat.compte))
        for role, compte in sorted(voulus, key=lambda v: (v[0], v[1].pk)):
            actes.confier(
                compte=compte, role=role, consultation=atelier.consultation, espace=atelier.espace, par=par
            )


def regler_scrutin(*, etape, par, quorums=(), **reglages):
    """Give a vote step that has not begun its settings (those of `preparer_scrutin`); return the Scrutin.

    A new ballot takes the place of the one prepared before, with the same pistes.
    Raises Refus "interdit" 403, "vote_commence" 409, "reglage" 422.
    """
    atelier = etape.atelier
    with transaction.atomic():
        ancien = etape.scrutin
        if ancien and ancien.etat != Scrutin.Etat.PREPARE:
            raise Refus("vote_commence", _("Ce vote a commencé : ses règles ne changent plus."), statut=409)
        titre = f"{etape.titre} · {atelier.titre}"[:160]
        pistes = list(ancien.pistes.all()) if ancien else None
        scrutin = actes.preparer_scrutin(
            espace=atelier.espace, titre=titre, pistes=pistes, quorums=quorums, par=par, **reglages
        )
        ateliers_actions.modifier_etape(etape=etape, scrutin=scrutin, par=par)
        if ancien:
            actes.supprimer(objet=ancien, par=par)
    return scrutin


def noter_impression(*, consultation, badges, affiches, par):
    """Remember that the codes were printed: who registers afterwards shows as still to print.

    Raises Refus "interdit" 403.
    """
    exiger_organisateur(consultation, par)
    details = {"badges": badges, "affiches": affiches}
    return actes.noter(verbe="imprimer_codes", objet=consultation, compte=par, details=details)


def noter_codes(*, consultation, personnes, forme, par):
    """Keep that a file of personal codes went out, who took it and for how many people.

    `forme`: "pdf", "xlsx", "csv". Raises Refus "interdit" 403.
    """
    exiger_organisateur(consultation, par)
    details = {"personnes": personnes, "forme": forme}
    return actes.noter(verbe="tirer_codes", objet=consultation, compte=par, details=details)
