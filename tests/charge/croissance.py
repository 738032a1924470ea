"""How each screen and each act grows with what a consultation holds: 200, 2,000 and 10,000 propositions.

As many people as propositions, each with a first name of their own; six pistes for a hundred propositions, which
hold half of them; a vote on all the pistes. Each screen is made anew (nothing kept from before), three times after
one for nothing; the median of the processor is kept, with queries, bytes and nodes ("<"). The exponent is that of
n between the first and the last size: 0 does not grow, 1 grows as what is held.
"""

import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests import modele, serveurs

TAILLES = (200, 2_000, 10_000)
FOIS = 3
COMMANDE = "python -m tests.charge --seulement croissance"
UNITES = {"processor": "ms", "queries": "", "bytes": "kB", "nodes": ""}


def mesurer(tailles=TAILLES):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}; print the table of the docs."""
    lus = {taille: _dans_un_processus(taille) for taille in tailles}
    print("\n".join(table(lus)))
    return [
        {
            "name": f"{ecran}: {quoi}, {taille} propositions",
            "value": round(lu[ecran][quoi], 2),
            "unit": unite,
            "baseline": round(lus[tailles[0]][ecran][quoi], 2),
            "ratio": round(lu[ecran][quoi] / (lus[tailles[0]][ecran][quoi] or 1), 2),
            "command": COMMANDE,
        }
        for taille, lu in lus.items()
        for ecran in lu
        for quoi, unite in UNITES.items()
    ]


def table(lus):
    """Lines of Markdown: each screen, its figures at each size, and the exponents of time and bytes."""
    tailles = list(lus)
    yield f"| | {' | '.join(f'{taille:,}' for taille in tailles)} | exponent: time, bytes |"
    yield "| --- |" + " --- |" * (len(tailles) + 1)
    for ecran in lus[tailles[0]]:
        cases = [
            f"{lu['processor']:.0f} ms, {lu['queries']:.0f} q, {lu['bytes']:.0f} kB, {lu['nodes']:.0f}"
            for lu in (lus[taille][ecran] for taille in tailles)
        ]
        bouts = [lus[taille][ecran] for taille in (tailles[0], tailles[-1])]
        pentes = [_exposant(tailles, *(bout[quoi] for bout in bouts)) for quoi in ("processor", "bytes")]
        yield f"| {ecran} | {' | '.join(cases)} | {', '.join(pentes)} |"


def _exposant(tailles, premier, dernier):
    if not premier or not dernier:
        return "–"
    return f"{math.log(dernier / premier) / math.log(tailles[-1] / tailles[0]):.2f}"


def _dans_un_processus(taille):
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier:
        base = Path(dossier) / "germoir.sqlite3"
        shutil.copy(modele.base_migree(), base)
        fait = subprocess.run(
            [sys.executable, "-m", "tests.charge.croissance", str(taille)],
            cwd=serveurs.RACINE,
            env=serveurs._environnement(f"sqlite:///{base}", "", "tests.reglages"),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return json.loads(fait.stdout.splitlines()[-1])


def _lire(taille):
    """Fill this process's base, then {screen: {processor, queries, bytes, nodes}}."""
    monde = Monde(taille)
    return {ecran: peser(acte) for ecran, acte in monde.ecrans()}


def peser(acte, fois=FOIS):
    """{processor (ms, the median of `fois` calls after one for nothing), queries, bytes (kB), nodes} of a call."""
    from django.db import connection, reset_queries

    from ateliers.direct import reserve

    connection.force_debug_cursor = True
    durees = []
    for _fois in range(fois + 1):
        reserve.oublier()
        reset_queries()
        debut = time.thread_time()  # not what is compared meanwhile in the background, for the console
        corps = acte()
        durees.append((time.thread_time() - debut) * 1000)
        requetes = len(connection.queries_log)
    corps = corps if isinstance(corps, bytes) else b""
    return {
        "processor": median(durees[1:]),
        "queries": requetes,
        "bytes": len(corps) / 1000,
        "nodes": corps.count(b"<"),
    }


class Monde:
    """A consultation of `taille` people and propositions, in one room, its organiser, and someone's phone.

    `pistes`: how many; six for a hundred propositions by default.
    """

    def __init__(self, taille, pistes=None):
        from consultation import actions
        from tests import fabriques as f
        from tests.ateliers.fabriques_salle import faire_atelier, faire_etapes, faire_participant

        self.atelier = faire_atelier()
        natures = ("ideation", "regroupement", "vote", "discussion")
        self.etapes = dict(zip(natures, faire_etapes(self.atelier, *natures), strict=True))
        self.sonia = faire_participant(self.atelier)
        self.gens = self._peupler(taille)
        self.pistes = self._parler(taille * 6 // 100 if pistes is None else pistes)
        vote = self.etapes["vote"]
        vote.scrutin = actions.preparer_scrutin(
            espace=self.atelier.espace, titre="Vote", mode="adhesion", gommettes=3, par=None
        )
        vote.save()
        self.organisateur = f.creer_organisateur(self.atelier.consultation)

    def _peupler(self, taille):
        from django.utils import timezone

        from ateliers.models import Place
        from consultation.models import Participant

        colleges = list(self.atelier.consultation.colleges.all())
        gens = Participant.objects.bulk_create(
            [
                Participant(
                    consultation=self.atelier.consultation,
                    college=colleges[rang % len(colleges)],
                    prenom=f"Prénom{_en_lettres(rang)}",
                    code_personnel=f"{rang:08}",
                )
                for rang in range(taille)
            ],
            batch_size=500,
        )
        places = [Place(atelier=self.atelier, participant=p, entre_le=timezone.now()) for p in gens]
        Place.objects.bulk_create(places, batch_size=500)
        return gens

    def _parler(self, nombre):
        from consultation.models import Proposition
        from tests.ateliers.fabriques_salle import faire_pistes

        pistes = faire_pistes(self.atelier, nombre)
        commun = {"consultation": self.atelier.consultation, "espace": self.atelier.espace}
        Proposition.objects.bulk_create(
            [
                Proposition(
                    **commun,
                    auteur=auteur,
                    college_id=auteur.college_id,
                    texte=f"Une idée de {_en_lettres(rang)} pour apprendre ensemble, près de chez nous.",
                    piste=pistes[rang % len(pistes)] if rang % 2 else None,
                )
                for rang, auteur in enumerate(self.gens)
            ],
            batch_size=500,
        )
        return pistes

    def ecrans(self):
        """Yield (name, call that gives the bytes of a screen, or None for an act), step by step."""
        yield from self._pendant_les_idees()
        yield from self._pendant_le_regroupement()
        yield from self._pendant_le_vote()
        yield from self._apres()

    def _pendant_les_idees(self):
        from ateliers import actions
        from consultation.models import Participant

        actions.ouvrir_etape(etape=self.etapes["ideation"], par=None)
        gens = iter(Participant.objects.order_by("-pk")[:20])
        yield "phone, proposing", self._telephone("")
        yield "wall", self._voir("projection", "K7P4M2")
        yield "console", self._voir("console", self.atelier.pk)
        yield (
            "act: a proposition",
            lambda: actions.proposer(
                atelier=self.atelier, participant=next(gens), texte="Merci à Prénomaaab, et aux autres."
            ),
        )

    def _pendant_le_regroupement(self):
        from ateliers import actions
        from consultation import actions as actes
        from consultation.models import Proposition

        actions.ouvrir_etape(etape=self.etapes["regroupement"], par=None)
        yield "wall of pistes", self._voir("projection", "K7P4M2")
        yield "regrouping board", self._voir("regroupement", self.atelier.pk)
        yield "rapporteur's desk", self._voir("rapporter_pistes", self.atelier.espace_id)
        pleniere = self._pleniere()
        yield "plenary's list", self._voir("liste_pleniere", pleniere.pk)
        avec = f"?avec={self.pistes[1].pk}"
        yield "plenary's list, two to be joined", self._voir("liste_pleniere", pleniere.pk, suite=avec)
        libres = iter(Proposition.objects.filter(piste=None)[:20])
        yield (
            "act: a regrouping",
            lambda: actes.regrouper(
                espace=self.atelier.espace, propositions=[next(libres)], dans=self.pistes[0], par=None
            ),
        )
        yield "frame of a regrouping, to phones", self._trame(libres)

    def _pleniere(self):
        """A plenary that took over two thirds of the pistes of the room."""
        from ateliers.models import Atelier
        from consultation import actions as actes
        from tests.ateliers.fabriques_salle import faire_atelier

        commun = {"consultation": self.atelier.consultation, "code": "M3T8X5", "titre": "Tous ensemble"}
        pleniere = faire_atelier(**commun, nature=Atelier.Nature.PLENIERE)
        prises = [piste for rang, piste in enumerate(self.pistes) if rang % 3]
        actes.reprendre_pistes(espace=pleniere.espace, pistes=prises, par=None)
        return pleniere

    def _objections(self):
        """A room that votes by consent, with an objection to each piste and half of them answered."""
        from ateliers import actions
        from consultation import actions as actes
        from consultation.models import Objection, Voix
        from tests.ateliers.fabriques_salle import faire_atelier, faire_etapes

        salle = faire_atelier(consultation=self.atelier.consultation, code="R6V2W9", titre="Consentir")
        (vote,) = faire_etapes(salle, "vote")
        actes.reprendre_pistes(espace=salle.espace, pistes=self.pistes, par=None)
        vote.scrutin = actes.preparer_scrutin(espace=salle.espace, titre="Consentir", mode="consent", par=None)
        vote.save()
        actions.ouvrir_etape(etape=vote, par=None)
        dites = list(zip(self.pistes, self.gens, strict=False))
        Voix.objects.bulk_create(
            Voix(
                scrutin=vote.scrutin,
                participant=qui,
                college_id=qui.college_id,
                piste=piste,
                valeur=Voix.OBJECTION,
            )
            for piste, qui in dites
        )
        Objection.objects.bulk_create(
            Objection(
                scrutin=vote.scrutin,
                participant=qui,
                piste=piste,
                raison="Cela demande une machine que nous n’avons pas.",
                reponse="On commence par les postes sans machine." if rang % 2 else "",
            )
            for rang, (piste, qui) in enumerate(dites)
        )
        return salle

    def _trame(self, libres):
        from ateliers.direct import cadres
        from ateliers.direct.public import Public
        from consultation import actions as actes

        public = Public(self.atelier.pk, cadres.PARTICIPANTS)
        heures = iter(range(0, 1000, 10))

        def dire():
            seq, etats = cadres.rendre(self.atelier.pk, (cadres.PARTICIPANTS,))
            return public.suivre(seq, etats[cadres.PARTICIPANTS], next(heures))[0]["text"].encode()

        def acte():
            actes.regrouper(espace=self.atelier.espace, propositions=[next(libres)], dans=self.pistes[0], par=None)
            return dire()

        dire()
        return acte

    def _pendant_le_vote(self):
        from ateliers import actions

        actions.ouvrir_etape(etape=self.etapes["vote"], par=None)
        yield "phone, voting", self._telephone("?voter=1")
        yield "wall of the vote", self._voir("projection", "K7P4M2")
        votants = iter(self.gens)

        def voter(n=1):
            choix = {piste.pk: 1 + rang % 4 for rang, piste in enumerate(self.pistes[:10])}
            for _voix in range(n):
                actions.voter(atelier=self.atelier, participant=next(votants), choix=choix)

        yield "act: a vote", voter
        voter(60)

    def _apres(self):
        from ateliers import actions
        from consultation import actions as actes

        actions.ouvrir_etape(etape=self.etapes["discussion"], par=None)
        yield "phone, results", self._telephone("")
        yield "wall of results", self._voir("projection", "K7P4M2")
        yield "console, results", self._voir("console", self.atelier.pk)
        yield "console, objections", self._voir("console", self._objections().pk)
        synthese = actes.ouvrir_synthese(
            consultation=self.atelier.consultation, titre="Synthèse", par=None, espace=self.atelier.espace
        )
        section = synthese.sections.first()
        yield "synthesis desk", self._voir("synthese", synthese.pk)
        ouverte = f"?ouvert=nouvelle-phrase-{section.pk}"
        yield "synthesis desk, a sentence open", self._voir("synthese", synthese.pk, suite=ouverte)
        cle = self.atelier.consultation.pk
        yield "office: propositions", self._voir("gestion:propositions", cle)
        yield "office: participants", self._voir("gestion_ateliers:inscriptions", cle)
        yield "office: journal", self._voir("gestion:journal", cle)

    def _telephone(self, suite):
        from django.test import Client

        client = Client()
        client.get(f"/m/{self.sonia.code_personnel}/")
        return lambda: _corps(client.get(f"/a/K7P4M2/{suite}"))

    def _voir(self, nom, cle, suite=""):
        from django.test import Client
        from django.urls import reverse

        client = Client()
        client.force_login(self.organisateur)
        return lambda: _corps(client.get(reverse(nom, args=[cle]) + suite))


def _corps(reponse):
    assert reponse.status_code == 200, (reponse.status_code, reponse.get("Location"))
    return reponse.content


def _en_lettres(rang):
    """A number in letters: "aaab" is 1. First names have no figures."""
    return "".join(chr(ord("a") + rang // 26**n % 26) for n in (3, 2, 1, 0))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
    django.setup()
    print(json.dumps(_lire(int(sys.argv[1]))))
