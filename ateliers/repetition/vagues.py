"""What a room does together. Each wave is timed apart, and returns a `Vague`."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import replace

from django.utils.translation import gettext as _

from .guets import Guet, Parution
from .mesures import Chronometre, Repartition, Vague
from .telephone import Echec

#: Seconds given to what should take one: past them, it counts as a failure.
PATIENCE = 60.0
#: Phones that ask for their ballot again at once, before a spike: people do not do that all together.
REPRISES = 16
#: Dots of one person.
GOMMETTES = 3
MOTS = ("plus de temps", "un vrai tuteur", "des horaires lisibles", "une salle calme", "des outils en bon état")


def rien(_faits):
    """Tell nobody how far a wave has come."""


async def entrees(telephones, etalement, progres=rien):
    """Everyone comes in within `etalement` seconds.

    Attentes "entree": from the code to the room's first screen; "fichiers": until its styles and scripts are too.
    """
    completes = []

    async def entrer(telephone):
        debut = time.perf_counter()
        await telephone.entrer(f"P{telephone.rang}")
        duree = time.perf_counter() - debut
        await telephone.charge()
        completes.append(time.perf_counter() - debut)
        return duree

    vague = await _mener("entrees", telephones, entrer, etalement, progres, attente="entree")
    return replace(vague, attentes={**vague.attentes, "fichiers": Repartition.de(completes)})


async def ouvertures(telephones, etalement=0.0):
    """Phones that the room knows (made with their cookies) load its page. Attente "page"."""
    return await _mener("ouvertures", telephones, lambda t: t.regarder(), etalement, rien, attente="page")


async def prises(telephones):
    """All sockets at once. Attente "direct": until each phone holds the room's state."""
    montre = Chronometre()
    debut = time.perf_counter()
    with Guet(telephones, lambda telephone: telephone.suivi.branche and telephone.suivi.seq is not None) as guet:
        for telephone in telephones:
            telephone.suivre()
        await guet.attendre(PATIENCE)
    return _vague("prises", telephones, montre, {"direct": guet.depuis(debut)}, _restes(guet))


async def propositions(telephones, etalement, progres=rien):
    """Each says one thing. Attentes "recu": until acknowledged; "vue": until the screens had caught up with it."""
    heures = {}

    async def proposer(telephone):
        mots = MOTS[telephone.rang % len(MOTS)]
        acte = await telephone.proposer(
            f"Pour mieux travailler, il nous faudrait {mots}, idée {telephone.rang + 1}."
        )
        heures[acte.reponse["proposition"]["id"]] = time.perf_counter() - acte.duree
        return acte.duree

    temoin = Parution(telephones[0])
    montre = Chronometre()
    try:
        vague = await _mener("propositions", telephones, proposer, etalement, progres, attente="recu")
        with Guet(telephones[:1], lambda _t: temoin.heure(max(heures, default=0)) is not None) as guet:
            await guet.attendre(PATIENCE)
    finally:
        temoin.fermer()
    vues = {numero: temoin.heure(numero) for numero in heures}
    attentes = [vues[numero] - debut for numero, debut in heures.items() if vues[numero] is not None]
    echecs = Counter(vague.echecs) + Counter({_("idée pas vue"): len(heures) - len(attentes)})
    tout = {**vague.attentes, "vue": Repartition.de(attentes)}
    return Vague(vague.nom, vague.nombre, montre.duree, montre.processeur, tout, dict(+echecs))


async def votes(telephones, etalement, progres=rien):
    """Each hands in a ballot at their own time. Attente "recu": until acknowledged."""
    return await _mener("votes", telephones, _voter, etalement, progres, attente="recu")


async def pointe(telephones, progres=rien):
    """Everyone at the same instant, those who had voted to change their mind.

    Attentes "recu": until acknowledged; "total": from the last of those until each phone shows how many voted.
    Nombre "bulletins_s": ballots acknowledged a second.
    """
    await _calme(telephones)
    a_la_fois = asyncio.Semaphore(REPRISES)
    await asyncio.gather(*(_reprendre(telephone, a_la_fois) for telephone in telephones))
    montre = Chronometre()
    vague = await _mener("pointe", telephones, _voter, 0.0, progres, attente="recu")
    dernier = time.perf_counter()
    voteurs = sum(bool(telephone.recus("vote")) for telephone in telephones)

    def compte(telephone):
        scrutin = telephone.etat.get("scrutin")
        return bool(scrutin) and scrutin["votants"] >= voteurs

    with Guet(telephones, compte) as guet:
        await guet.attendre(PATIENCE)
    recus = vague.attentes["recu"]
    return Vague(
        "pointe",
        vague.nombre,
        montre.duree,
        montre.processeur,
        {**vague.attentes, "total": Repartition.de(guet.depuis(dernier))},
        {**vague.echecs, **_restes(guet)},
        {"bulletins_s": recus.n / vague.duree if recus else 0.0},
    )


async def retours(telephones):
    """Every socket is cut at once. Attente "retour": until each is back with the room's current state."""
    await _calme(telephones)
    montre = Chronometre()
    debut = time.perf_counter()
    voulue = max((telephone.suivi.seq or 0) for telephone in telephones)
    for telephone in telephones:
        telephone.suivi.couper()
    with Guet(telephones, lambda t: t.suivi.branche and (t.suivi.seq or 0) >= voulue) as guet:
        await guet.attendre(PATIENCE)
    return _vague("retours", telephones, montre, {"retour": guet.depuis(debut)}, _restes(guet))


async def changement(nom, telephones, acte, vu):
    """The facilitator acts, the whole room changes screen. `vu(etat)`: whether a phone's state tells it.

    Attentes "annonce": from the touch until each socket was told; "ecran": until each phone has its new page.
    """
    await _calme(telephones)
    montre = Chronometre()
    debut = time.perf_counter()
    with (
        Guet(telephones, lambda t: vu(t.etat)) as dits,
        Guet(telephones, lambda t: vu(t.etat) and t.page["ecran"] == t.etat["ecran"]) as montres,
    ):
        await acte()
        await dits.attendre(PATIENCE)
        await montres.attendre(PATIENCE)
    attentes = {"annonce": dits.depuis(debut), "ecran": montres.depuis(debut)}
    return _vague(nom, telephones, montre, attentes, _restes(montres))


async def _mener(nom, telephones, acte, etalement, progres, *, attente):
    """Have each phone do `acte` at a random moment of `etalement` seconds; it may return its own wait."""
    montre, durees, echecs = Chronometre(), [], Counter()

    async def un(telephone):
        await asyncio.sleep(random.random() * etalement)
        debut = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                duree = await acte(telephone)
            durees.append(time.perf_counter() - debut if duree is None else duree)
        except TimeoutError:
            echecs[_("sans réponse")] += 1
        except (OSError, Echec, KeyError) as erreur:
            echecs[str(erreur) or type(erreur).__name__] += 1
        progres(len(durees) + echecs.total())

    await asyncio.gather(*(un(telephone) for telephone in telephones))
    return _vague(nom, telephones, montre, {attente: durees}, dict(echecs))


def _vague(nom, telephones, montre, attentes, echecs):
    lues = {quoi: Repartition.de(durees) for quoi, durees in attentes.items()}
    return Vague(nom, len(telephones), montre.duree, montre.processeur, lues, echecs)


def _restes(guet):
    return {_("sans nouvelles"): len(guet.restent)} if guet.restent else {}


async def _calme(telephones):
    """Wait for what the wave before has left on its way, for a while: each wave is measured apart."""
    await asyncio.wait([asyncio.create_task(telephone.finir()) for telephone in telephones], timeout=PATIENCE)


async def _reprendre(telephone, a_la_fois):
    """Have the ballot in hand again. Whoever cannot will say so by not voting."""
    try:
        async with a_la_fois, asyncio.timeout(PATIENCE):
            if not telephone.pistes:
                await telephone.revenir_au_bulletin()
    except (OSError, TimeoutError, Echec):
        pass


async def _voter(telephone):
    """Three dots, on other pistes than the last time."""
    if not telephone.pistes:
        raise Echec(_("pas de bulletin à l’écran"))
    numeros = [int(nom[6:]) for nom in telephone.pistes]
    depart = telephone.rang + len(telephone.actes)
    choix = Counter(numeros[(depart + n) % len(numeros)] for n in range(GOMMETTES))
    return (await telephone.voter(choix)).duree
