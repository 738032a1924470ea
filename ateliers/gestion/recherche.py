"""What the desk's search finds here: workshops one leads, reports or organises; people of what one organises."""

from django.urls import reverse
from django.utils.translation import gettext as _

from consultation import regles
from consultation.gestion.listes import contenant
from consultation.gestion.recherche import Trouve, groupe
from consultation.models import Participant
from consultation.pliage import par_personne

from .. import lectures


def chercher(compte, mots):
    """Return the Groupes of people and of workshops. Three queries at most."""
    gens = Participant.objects.filter(
        consultation__in=regles.consultations_organisees(compte), efface_le__isnull=True
    ).select_related("college", "structure", "consultation")
    gens = contenant(gens, ("prenom", "nom", "structure__nom"), mots).order_by(*par_personne())
    ateliers = contenant(lectures.ateliers_de(compte), ("espace__titre", "espace__question", "code"), mots)
    organisees = set(regles.consultations_organisees(compte).values_list("pk", flat=True))
    return [
        groupe(_("Personnes"), gens, _personne),
        groupe(_("Ateliers et plénières"), ateliers.dans_l_ordre(), lambda a: _atelier(a, organisees)),
    ]


def _personne(personne):
    nom = f"{personne.prenom} {personne.nom}".strip()
    precision = [str(personne.college), personne.structure.nom if personne.structure else ""]
    adresse = reverse("gestion_ateliers:inscription", args=[personne.consultation_id, personne.pk])
    return Trouve(nom, ", ".join(filter(None, [*precision, personne.consultation.titre])), adresse)


def _atelier(atelier, organisees):
    """Organisers are led to where it is prepared, the others to its console."""
    consultation = atelier.espace.consultation
    adresse = f"/animer/{atelier.pk}/"
    if consultation.pk in organisees:
        adresse = reverse("gestion_ateliers:deroule", args=[consultation.pk, atelier.pk])
    return Trouve(atelier.titre, f"{atelier.temps}, {consultation.titre}", adresse)
