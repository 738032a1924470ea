"""Many people at once on a real database: run by test_concurrence.py with DATABASE_URL set. Prints one JSON line.

Ten threads gather propositions into new pistes, vote, join and undo, register with the same key; then all is
verified, the journal's guards are tried, someone is erased and searched for, and a vote with ties is read again
after its rows were stored in another order.
"""

import json
import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402
from django.db.models import F  # noqa: E402

from consultation import actions  # noqa: E402
from consultation.decomptes.depouillement import depouiller  # noqa: E402
from consultation.decomptes.scelles import urne_de  # noqa: E402
from consultation.erreurs import Refus  # noqa: E402
from consultation.lectures.coherence import incoherences  # noqa: E402
from consultation.models import Bulletin, College, Decompte, Participant, Piste, Regroupement  # noqa: E402
from tests import fabriques as f  # noqa: E402

FILS, TOURS = 10, 6


def en_parallele(geste, nombre):
    """Play `geste(i)` for each i over ten threads; return what each gave, refusals as their code."""

    def essai(rang):
        try:
            return geste(rang)
        except Refus as refus:
            return refus.code
        finally:
            connection.close()

    with ThreadPoolExecutor(FILS) as fils:
        return list(fils.map(essai, range(nombre)))


def journal_refuse(requete):
    try:
        with connection.cursor() as curseur:
            curseur.execute(requete)
    except DatabaseError:
        return True
    return False


def traces_apres_effacement(espace):
    """What is left, in every table, of someone who spoke, voted and was erased."""
    mots, prenom = "un casier turquoise au vestiaire", "Zébulonnette"
    personne = f.creer_participant(espace.consultation, prenom=prenom)
    piste = f.creer_piste(espace, propositions=[f.creer_proposition(espace, mots, personne)])
    actions.voter(scrutin=f.creer_scrutin(espace, [piste]), participant=personne, choix={piste.pk: 1})

    def cherches():
        with connection.cursor() as curseur:
            lus = []
            for table in connection.introspection.table_names(curseur):
                curseur.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                lus += map(repr, curseur.fetchall())
        return [secret for secret in (mots, prenom) if secret in "".join(lus)]

    avant = cherches()
    actions.effacer_participant(participant=personne)
    return [avant, cherches()]


def lectures_d_une_egalite():
    """The tables of one vote in which two colleges tie, read as its rows are stored, then in the other order."""
    settings.DETAILS_TUS_SUR_CENT = 0
    espace = f.creer_espace()
    une, autre = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, autre])
    for signe, pour in (("salaries", 7), ("permanents", 7), ("partenaires", 1)):
        f.faire_voter(scrutin, signe, pour, {une: 1})
        f.faire_voter(scrutin, signe, 9 - pour, {autre: 1})
    tables = [depouiller(scrutin)]
    for modele in (Decompte, Bulletin):
        lignes = list(modele.objects.filter(scrutin=scrutin).order_by("-pk"))
        modele.objects.filter(scrutin=scrutin).delete()
        for ligne in lignes:
            ligne.pk = None
            ligne.save(force_insert=True)
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")
    College.objects.filter(consultation=espace.consultation).update(ordre=100 - F("pk"))
    return [*tables, depouiller(scrutin)]


def urne_sous_la_foule():
    """Ten threads put thirty secret ballots in, of ten people: what the sheet and the box hold."""
    espace = f.creer_espace()
    pistes = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, pistes, secret=True)
    gens = f.creer_participants(espace.consultation, 10)

    def voter(rang):
        return actions.voter(
            scrutin=scrutin, participant=gens[rang % 10], choix={pistes[0].pk: 2}, cle=f"{rang}"
        ).pk

    rendus = en_parallele(voter, 30)
    urne = urne_de(scrutin)
    return [rendus.count("deja_vote"), Bulletin.objects.filter(scrutin=scrutin).count(), sum(urne.choix.values())]


def jouer():
    espace = f.creer_espace()
    propositions = [f.creer_proposition(espace) for _ in range(12)]
    numeros = en_parallele(
        lambda i: actions.regrouper(espace=espace, par=None, propositions=[propositions[i]]).piste.numero, 12
    )
    pistes = list(Piste.objects.order_by("numero"))
    scrutin = f.creer_scrutin(espace, pistes, gommettes=8)
    gens = f.creer_participants(espace.consultation, 10)

    def voter_ou_joindre(rang):
        hasard = random.Random(rang)
        if rang % 6 == 0:
            une, autre = hasard.sample(pistes, 2)
            return actions.regrouper(espace=espace, par=None, pistes=[une], dans=autre).pk
        if rang % 6 == 1:
            dernier = (
                Regroupement.objects.filter(annule_le=None, lignes__piste__isnull=False).order_by("?").first()
            )
            return dernier and actions.defaire_regroupement(regroupement=dernier, par=None).pk
        choix = {hasard.choice(pistes).pk: hasard.randint(0, 3)}
        return actions.voter(scrutin=scrutin, participant=hasard.choice(gens), choix=choix).pk

    en_parallele(voter_ou_joindre, FILS * TOURS)
    jumeaux = en_parallele(lambda _i: f.creer_participant(espace.consultation, cle="appareil").pk, FILS)
    return {
        "numeros": sorted(numeros),
        "jumeaux": len(set(jumeaux)) == 1 and Participant.objects.filter(cle="appareil").count() == 1,
        "bulletins": Bulletin.objects.filter(scrutin=scrutin).exists(),
        "incoherences": list(incoherences(espace.consultation)),
        "urne": urne_sous_la_foule(),
        "traces": traces_apres_effacement(f.creer_espace()),
        "egalites": len({repr(table) for table in lectures_d_une_egalite()}),
        "journal_reecrit": not journal_refuse("UPDATE consultation_journal SET verbe = 'x'"),
        "journal_efface": connection.vendor == "postgresql"
        and not journal_refuse("DELETE FROM consultation_journal WHERE id > 0"),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(jouer()))
