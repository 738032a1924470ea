"""What was seen in a visit: figures once counted, words by their authors' leave."""

from dataclasses import dataclass

from consultation import lectures
from consultation.models import Espace, Grille, Proposition


@dataclass(frozen=True)
class CompteRendu:
    """The report of a visit: its figures once counted, the words that may be read outside the room."""

    lues: list
    constats: list


def compte_rendu(visite):
    """Return the CompteRendu of a visit, as anyone may read it: words by their authors' leave. Four queries."""
    if visite.grille_id is None:
        return CompteRendu([], [])
    constats = constats_de(visite.grille).publiables().select_related("college").order_by("pk")
    lues = [lue for lue in lectures.lire_grille(visite.grille) if lue.tableaux or lue.moyenne]
    return CompteRendu(lues, list(constats))


def constats_de(grille):
    """The propositions made of the answers to a visit's grille."""
    cles = [
        copie.cle_de_texte(question, case)
        for copie in grille.copies.filter(envoyee_le__isnull=False)
        for question, cases in copie.valeurs.items()
        for case in cases
    ]
    return Proposition.objects.filter(
        consultation=grille.consultation_id, origine=Proposition.Origine.GRILLE, cle__in=cles
    )


def grilles_communes(consultation):
    """The grilles that the visits of a consultation may share: those that are not a visit's own."""
    return Grille.objects.filter(consultation=consultation, visite=None).order_by("-pk")


def espaces(consultation):
    """Where findings may go."""
    return Espace.objects.filter(consultation=consultation).order_by("pk")
