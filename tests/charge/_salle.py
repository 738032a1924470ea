"""Fill a migrated base with a room in mid-vote, and print what phones need to vote there, as JSON."""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
PISTES = 12


def remplir(personnes):
    """Make one room in mid-vote, with `personnes` people in it. Return what phones need."""
    (salle,) = remplir_plusieurs(personnes, 1)
    return salle


def remplir_plusieurs(personnes, ateliers):
    """Make `ateliers` rooms of one consultation, all voting, with `personnes` people shared out between them."""
    from tests.ateliers.fabriques_salle import faire_consultation

    consultation = faire_consultation()
    part = -(-personnes // ateliers)
    return [
        _remplir_une(consultation, rang, range(rang * part, min(personnes, (rang + 1) * part)))
        for rang in range(ateliers)
    ]


def _remplir_une(consultation, numero, rangs):
    from django.core import signing
    from django.utils import timezone

    from ateliers import actions, identite
    from ateliers.models import Place
    from consultation.models import Participant
    from tests.ateliers.fabriques_salle import faire_atelier, faire_etapes, faire_pistes

    atelier = faire_atelier(consultation, code=f"K7P4{'ABCDEFGH'[numero]}2")
    colleges = list(consultation.colleges.all())
    gens = Participant.objects.bulk_create(
        Participant(
            consultation=consultation,
            college=colleges[rang % len(colleges)],
            prenom=f"P{rang}",
            code_personnel=f"{rang:08}",
        )
        for rang in rangs
    )
    Place.objects.bulk_create(Place(atelier=atelier, participant=p, entre_le=timezone.now()) for p in gens)
    pistes = faire_pistes(atelier, PISTES, debut=1 + numero * PISTES)
    etape = actions.ouvrir_etape(etape=faire_etapes(atelier, "vote")[0], par=None)
    cookies = [signing.dumps({p.consultation_id: (p.pk, p.generation)}, salt=identite._SEL_COOKIE) for p in gens]
    return {
        "code": atelier.code,
        "scrutin": etape.scrutin_id,
        "pistes": [piste.pk for piste in pistes],
        "participants": [p.pk for p in gens],
        "cookies": cookies,
        "projection": identite.jeton_direct(identite.PROJECTION, atelier),
    }


if __name__ == "__main__":
    import django

    django.setup()
    personnes, *ateliers = map(int, sys.argv[1:])
    print(json.dumps(remplir_plusieurs(personnes, *ateliers) if ateliers else remplir(personnes)))
