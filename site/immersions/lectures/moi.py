"""What someone reads of their own immersions elsewhere than on its page: on "ma page", and all that is held."""

from ..models import Dispositif, Immersion
from .dossiers import ETATS, toutes


def de_ma_page(participants):
    """Return {participant id: (Dispositif, their Immersions with `mots`: where each stands)}. Two queries.

    Whoever has none, in a scheme that is over, is left out.
    """
    dispositifs = Dispositif.objects.filter(consultation__in={p.consultation_id for p in participants})
    dispositifs = {d.consultation_id: d for d in dispositifs.select_related("consultation")}
    siennes = {}
    if dispositifs:
        for immersion in toutes().filter(participant__in=participants):
            immersion.mots = ETATS[immersion.etat]
            siennes.setdefault(immersion.participant_id, []).append(immersion)
    return {
        p.pk: (dispositifs[p.consultation_id], siennes.get(p.pk, []))
        for p in participants
        if p.consultation_id in dispositifs
        and (p.pk in siennes or dispositifs[p.consultation_id].consultation.etat != "close")
    }


#: What is held of an immersion in columns of its own.
CHAMPS = (
    "genre", "souhait", "demandee_le", "referent", "entretien_le", "objet", "prescripteur", "rome", "contrat_fin",
    "garder_jusqu_au", "secteur", "tuteur", "debut", "fin", "horaires", "heures", "taches", "integration_le",
    "evaluee_le", "avis_personne", "avis_accueil", "bilan_le", "issue", "arretee_le",
)  # fmt: skip


def dossier(participant):
    """Return what is held of someone about immersions, as plain data. Five queries."""
    siennes = Immersion.objects.filter(participant=participant).select_related("structure", "entreprise")
    siennes = siennes.prefetch_related("competences", "obstacles", "points", "signatures")
    return [
        {
            **{champ: _brut(getattr(une, champ)) for champ in CHAMPS},
            "structure": une.structure and une.structure.nom,
            "entreprise": une.entreprise and une.entreprise.nom,
            "objectifs": [[c.intitule, c.get_niveau_display()] for c in une.competences.all()],
            "obstacles": [
                [o.get_sorte_display(), o.qui, o.comment, _brut(o.leve_le)] for o in une.obstacles.all()
            ],
            "points": [[_brut(point.le), point.texte] for point in une.points.all()],
            "signatures": [[s.partie, s.moyen, s.version, _brut(s.le)] for s in une.signatures.all()],
        }
        for une in siennes
    ]


def _brut(valeur):
    return valeur.isoformat() if hasattr(valeur, "isoformat") else valeur
