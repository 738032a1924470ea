"""What moved of what someone proposed: answers to its piste, and its piste in a published synthesis."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from consultation import lectures
from consultation.models import Proposition

from .suites import bilan_public


@dataclass(frozen=True)
class Nouvelle:
    """`cle`: what tells it from the others; `dit` in a sentence, `raison` in the words of whoever decided."""

    cle: str
    le: date
    numero: int
    dit: str
    raison: str
    adresse: str


def nouvelles(consultation, participants):
    """Return {participant id: [Nouvelle]} of these ids, the newest first, told already or not. Nine queries."""
    bilan = bilan_public(consultation)
    racines = lectures.racines_de([suivie.piste for suivie in bilan.suivies])
    dites = {suivie.piste.pk: _de_la_piste(consultation, suivie) for suivie in bilan.suivies}
    siennes = defaultdict(set)
    ecrites = Proposition.objects.affichees().filter(auteur__in=participants, piste__in=racines)
    for auteur, piste in ecrites.values_list("auteur_id", "piste_id"):
        siennes[auteur].add(racines[piste])
    return {
        auteur: sorted(
            (une for piste in pistes for une in dites[piste]), key=lambda n: (n.le, n.cle), reverse=True
        )
        for auteur, pistes in siennes.items()
    }


def _de_la_piste(consultation, suivie):
    numero = suivie.piste.numero
    adresse = settings.URL_PUBLIQUE + reverse("contenus:piste", args=[consultation.slug, numero])
    if suivie.depuis:
        dit = _("Elle est dans une synthèse publiée.")
        yield Nouvelle(f"p{suivie.piste.pk}", suivie.depuis, numero, dit, "", adresse)
    for une in suivie.suites:
        dit = _("Réponse : %(etat)s, par %(qui)s.") % {"etat": une.get_etat_display(), "qui": une.decidee_par}
        yield Nouvelle(f"s{une.pk}", une.le, numero, dit, une.raison, adresse)
