"""The list an espace votes on: pistes taken over from the other espaces, put in order, let go."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from .. import regles
from ..decomptes import Familles
from ..models import Piste, PisteReprise, Scrutin
from .gardes import annoncer, exiger, exiger_droit, exiger_non_ecartee, noter, verrouiller


@transaction.atomic
def reprendre_pistes(*, espace, pistes, par):
    """Put pistes of any espace of the consultation at the end of the list of `espace`; return those added.

    A piste whose family is in the list already is left where it is. Raises Refus: "interdit" 403;
    "rien_a_reprendre", "ailleurs" 422; "piste_ecartee", "vote_en_cours" 409.
    """
    espace = _verrouiller_liste(espace, par)
    exiger(pistes, "rien_a_reprendre", _("Choisissez au moins une piste."), champ="pistes")
    familles = Familles.de(espace.consultation_id)
    deja = {familles.racine(pk) for pk in espace.reprises.values_list("piste_id", flat=True)}
    ordre = (espace.reprises.aggregate(n=Max("ordre"))["n"] or 0) + 1
    ajoutees = []
    for piste in pistes:
        _exiger_reprenable(espace, piste)
        if familles.racine(piste.pk) not in deja:
            deja.add(familles.racine(piste.pk))
            ajoutees.append(piste)
    PisteReprise.objects.bulk_create(
        PisteReprise(espace=espace, piste=piste, ordre=ordre + rang) for rang, piste in enumerate(ajoutees)
    )
    _noter("reprendre_pistes", espace, par, pistes=[piste.numero for piste in ajoutees])
    return ajoutees


@transaction.atomic
def retirer_piste(*, espace, piste, par):
    """Take a piste, and those joined into it, out of the list of `espace`; it stays in its own espace.

    Raises Refus: "interdit" 403; "pas_dans_la_liste", "vote_en_cours" 409.
    """
    espace = _verrouiller_liste(espace, par)
    siennes = _lignes_par_racine(espace).get(piste.pk)
    _exiger_dans_la_liste(siennes, piste)
    PisteReprise.objects.filter(pk__in=[ligne.pk for ligne in siennes]).delete()
    _noter("retirer_piste", espace, par, numero=piste.numero)


@transaction.atomic
def ordonner_pistes(*, espace, piste, vers, par):
    """Put a piste at rank `vers` (0 is first) of the list of `espace`; return its rank, from 0.

    Raises Refus: "interdit" 403; "pas_dans_la_liste", "vote_en_cours" 409.
    """
    espace = _verrouiller_liste(espace, par)
    lignes = _lignes_par_racine(espace)
    _exiger_dans_la_liste(lignes.get(piste.pk), piste)
    racines = [racine for racine in lignes if racine != piste.pk]
    vers = min(max(0, int(vers)), len(racines))
    racines.insert(vers, piste.pk)
    rangees = enumerate(ligne for racine in racines for ligne in lignes[racine])
    deplacees = [(ordre, ligne) for ordre, ligne in rangees if ligne.ordre != ordre]
    for ordre, ligne in deplacees:
        ligne.ordre = ordre
    PisteReprise.objects.bulk_update([ligne for _ordre, ligne in deplacees], ["ordre"])
    _noter("ordonner_pistes", espace, par, numero=piste.numero, rang=vers + 1)
    return vers


def _verrouiller_liste(espace, par):
    """Return the espace, locked: a list is changed by one person at a time, and never under a vote."""
    exiger_droit(lambda: regles.peut_animer(par, espace), par)
    espace = verrouiller(espace)
    exiger(
        not espace.scrutins.filter(etat=Scrutin.Etat.OUVERT).exists(),
        "vote_en_cours",
        _("Le vote est ouvert : la liste ne change plus. Attendez qu’il soit clos."),
        statut=409,
    )
    return espace


def _exiger_reprenable(espace, piste):
    exiger(
        piste.consultation_id == espace.consultation_id,
        "ailleurs",
        _("Une de ces pistes vient d’une autre consultation."),
        champ="pistes",
    )
    exiger_non_ecartee(piste)


def _lignes_par_racine(espace):
    """{id of the piste that stands: lines of its family}, in the order of the list; those set aside come last."""
    familles, lignes = Familles.de(espace.consultation_id), {}
    for ligne in espace.reprises.all():
        lignes.setdefault(familles.racine(ligne.piste_id), []).append(ligne)
    ecartees = set(Piste.objects.filter(pk__in=lignes, etat=Piste.Etat.ECARTEE).values_list("pk", flat=True))
    return dict(sorted(lignes.items(), key=lambda une: une[0] in ecartees))


def _exiger_dans_la_liste(lignes, piste):
    exiger(
        lignes,
        "pas_dans_la_liste",
        _("La piste n° {numero} n’est plus dans la liste.").format(numero=piste.numero),
        statut=409,
    )


def _noter(verbe, espace, par, **details):
    noter(verbe=verbe, objet=espace, compte=par, details=details)
    annoncer(espace.pk, "pistes")
