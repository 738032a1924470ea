"""Another platform's proposals and votes, taken up as a forum of our own: read, counted and compared."""

from collections import Counter

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import regles
from ..models import (
    Bulletin,
    College,
    Consultation,
    Espace,
    Forum,
    Mandat,
    Participant,
    Piste,
    Proposition,
    Scrutin,
    Voix,
)
from ..textes import nettoyer_ligne
from .comptage import recompter
from .gardes import exiger, exiger_droit, noter
from .mandats import confier
from .mots import LONGUEUR_PISTE
from .preparation import enregistrer
from .scrutins import clore_scrutin, ouvrir_scrutin, preparer_scrutin

#: Votes above which a page would be held for more than ten seconds; `manage.py reprendre` has no such limit.
SUR_PLACE = 100_000
#: For and against, as the degrees of ours that are as far from the middle.
DEGRES = {1: 4, -1: 1}


def reprendre_consultation(*, lecture, consultation, source, par, sans_limite=False):
    """Write a `reprises.Lecture` as `consultation`, not kept yet (titre, slug, territoire); return it.

    A forum in preparation: its team reads it, and publishes it by closing it. One college, since the files name
    none; nobody has a name, nor a code. Votes make one closed vote, counted from what each person chose.
    Raises Refus "interdit" 403, "source_vide", "rien", "trop_de_votes", "invalide" 422.
    """
    exiger_droit(lambda: regles.organise_quelque_chose(par), par)
    source = nettoyer_ligne(source)
    exiger(source, "source_vide", _("Dites d’où viennent ces données : un nom, une adresse."), champ="source")
    exiger(lecture.dites, "rien", _("Il n’y a aucune proposition à reprendre."))
    exiger(
        sans_limite or lecture.nombre_de_votes <= SUR_PLACE,
        "trop_de_votes",
        _("Ces votes sont trop nombreux pour être repris ici. Demandez-le à la personne qui tient le site."),
    )
    with transaction.atomic():
        espace = _cadre(lecture, consultation, source, par)
        gens = _gens(lecture, espace)
        pistes = _paroles(lecture, espace, gens)
        if lecture.votes:
            _voter(lecture, espace, gens, pistes, par)
        details = {"plateforme": lecture.nom, "pistes": len(pistes), "votes": lecture.nombre_de_votes}
        noter(verbe="reprendre_consultation", objet=consultation, compte=par, details=details)
    return consultation


def _cadre(lecture, consultation, source, par):
    """Keep the consultation, its one college, its place to speak; return the Espace."""
    consultation.nature, consultation.acces = Consultation.Nature.FORUM, Consultation.Acces.PERSONNEL
    consultation.reprise_de = f"{lecture.nom}, {source}"[:200]
    enregistrer(objet=consultation, par=par)
    if par is not None:
        confier(compte=par, role=Mandat.Role.ORGANISATEUR, consultation=consultation, par=None)
    College.objects.create(
        consultation=consultation,
        nom=_("Participants"),
        nom_court=_("Participants"),
        description=_("La plateforme d’origine ne dit pas de quel collège."),
        signe=College.Signe.HABITANTS,
    )
    espace = Espace.objects.create(consultation=consultation, titre=consultation.titre)
    regles_de_la_bas = _("Ces mots ont été écrits sur une autre plateforme, selon ses règles.")
    Forum.objects.create(consultation=consultation, espace=espace, regles=regles_de_la_bas)
    return espace


def _gens(lecture, espace):
    """{key in the files: Participant}, those who wrote and those who voted; "" is whoever has no key.

    They spoke in public there: their words may be read here.
    """
    cles = {dite.auteur for dite in lecture.dites} | set(lecture.votes)
    college = espace.consultation.colleges.get()
    gens = Participant.objects.bulk_create(
        Participant(
            consultation=espace.consultation,
            college=college,
            code_personnel=None,
            origine=Participant.Origine.REPRISE,
            accord_publication=True,
        )
        for _cle in cles
    )
    return dict(zip(cles, gens, strict=True))


def _paroles(lecture, espace, gens):
    """Write each proposal, and a piste of its own; return {key in the files: Piste}."""
    college = espace.consultation.colleges.get()
    passes = Counter(cle for siens in lecture.votes.values() for cle, choix in siens.items() if choix == 0)
    pistes = Piste.objects.bulk_create(
        Piste(consultation_id=espace.consultation_id, espace=espace, numero=rang, texte=_en_une_ligne(dite.titre))
        for rang, dite in enumerate(lecture.dites, 1)
    )
    propositions = Proposition.objects.bulk_create(
        Proposition(
            consultation_id=espace.consultation_id,
            espace=espace,
            auteur=gens[dite.auteur],
            college=college,
            texte=dite.texte,
            origine=Proposition.Origine.IMPORT,
            origine_note=_note(lecture, dite, passes[dite.cle]),
            piste=piste,
        )
        for dite, piste in zip(lecture.dites, pistes, strict=True)
    )
    for piste, proposition in zip(pistes, propositions, strict=True):
        piste.mots_de = proposition if piste.texte == nettoyer_ligne(proposition.texte) else None
    Piste.objects.bulk_update(pistes, ["mots_de"])
    return {dite.cle: piste for dite, piste in zip(lecture.dites, pistes, strict=True)}


def _en_une_ligne(titre):
    return titre if len(titre) <= LONGUEUR_PISTE else titre[: LONGUEUR_PISTE - 4].rstrip() + " […]"


def _note(lecture, dite, passes):
    """Where the words come from, and what the vote does not tell: 120 letters at most."""
    note = _("%(plateforme)s, n° %(cle)s") % {"plateforme": lecture.nom, "cle": dite.cle[:40]}
    if passes:
        note += ", " + ngettext("%(n)d personne a passé", "%(n)d personnes ont passé", passes) % {"n": passes}
    return f"{note}, {dite.note}"[:120] if dite.note else note


def _voter(lecture, espace, gens, pistes, par):
    """One vote, opened, filled and closed: it is counted, and withheld, by the rules of all votes."""
    scrutin = preparer_scrutin(
        espace=espace, titre=str(espace), mode=Scrutin.Mode.ADHESION, pistes=list(pistes.values()), par=par
    )
    scrutin = ouvrir_scrutin(scrutin=scrutin, par=par)
    college = espace.consultation.colleges.get()
    votants = [qui for qui, siens in lecture.votes.items() if siens]
    Bulletin.objects.bulk_create(
        Bulletin(scrutin=scrutin, participant=gens[qui], college=college) for qui in votants
    )
    Voix.objects.bulk_create(
        (
            Voix(scrutin=scrutin, participant=gens[qui], piste=pistes[cle], college=college, valeur=DEGRES[choix])
            for qui in votants
            for cle, choix in lecture.votes[qui].items()
            if choix
        ),
        batch_size=5000,
    )
    recompter(scrutin)
    Forum.objects.filter(espace=espace).update(scrutin=clore_scrutin(scrutin=scrutin, par=par))
