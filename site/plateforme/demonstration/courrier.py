"""Three hundred invented subscribers, and number 4 sent to them: some refuse, some come back, some left before."""

import random

from contenus.models import FilInfoPage
from courrier import actions
from courrier.actions import remises
from courrier.models import Abonnement, Envoi

from .horloge import a_la_date, jour_a

COMBIEN = 300
#: Invented, in domains that nobody can have (RFC 2606).
PRENOMS = (
    "awa", "bruno", "camille", "dounia", "elias", "fatou", "gwen", "hugo", "ines", "jonas", "karim", "lise",
    "malo", "nadia", "oscar", "paula", "quentin", "rose", "sami", "tania", "ugo", "victoire", "wassim", "yann",
    "zoe",
)  # fmt: skip
LIEUX = ("vallon", "clairiere", "bocage", "estuaire", "plateau", "garrigue")
REGIONS = ("", "", "", "75", "75", "11", "32", "52", "76", "53")
#: What servers answered to some, by their place in the list.
REFUS = {
    11: ("550 5.1.1 User unknown", True),
    57: ("550 5.1.1 User unknown", True),
    93: ("554 5.7.1 Message blocked by policy", False),
    140: ("550 5.2.1 Mailbox disabled", True),
    188: ("552 5.2.2 Mailbox full", False),
    231: ("550 5.1.1 User unknown", True),
}
#: What came back to us some hours later: (words of the server that could not deliver, whether nobody is there).
RETOURS = {
    34: ("550 5.1.1 User unknown", True),
    76: ("552 5.2.2 Mailbox full", False),
    151: ("550 5.1.2 Host unknown", True),
    209: ("550 5.7.1 Message refused by policy", False),
}
PARTIS_AVANT = (20, 170)


def poser(equipe):
    """Subscribe people and send number 4; once it was sent, nothing more is done."""
    if Envoi.objects.exists():
        return
    _abonner()
    page = FilInfoPage.objects.get(numero=4)
    with a_la_date(jour_a(-13, 9)):
        envoi = actions.figer(page=page, par=equipe.edition)
    lettres = list(envoi.destinataires.select_related("abonnement"))
    with a_la_date(jour_a(-13, 10)):
        for rang in PARTIS_AVANT:
            actions.se_desabonner(abonnement=lettres[rang].abonnement)
    restent = [lettre for rang, lettre in enumerate(lettres) if rang not in PARTIS_AVANT]
    with a_la_date(jour_a(-13, 11)):
        envoi = actions.lancer(envoi=envoi, personnes=len(restent), par=equipe.edition)
        _remettre(lettres)
        remises.finir(envoi)
    with a_la_date(jour_a(-13, 15)):
        for rang, (mots, morte) in RETOURS.items():
            remises.revenue(lettres[rang].pk, mots, morte=morte)
        remises.noter_les_retours(len(RETOURS))


def _abonner():
    """One after the other, over two years and a half; one in twenty, lately, has not confirmed."""
    tirage = random.Random(4)
    muets = range(COMBIEN - COMBIEN // 20, COMBIEN)
    dates = sorted(jour_a(-tirage.randint(20, 900), tirage.randint(8, 20)) for _rang in range(COMBIEN))
    for rang, quand in enumerate(dates):
        muet = rang in muets
        with a_la_date(jour_a(-10, 9, rang % 20) if muet else quand):
            abonne, _ecrire = actions.abonner(
                courriel=f"{PRENOMS[rang % len(PRENOMS)]}{rang}@{LIEUX[rang % len(LIEUX)]}.example",
                region=tirage.choice(REGIONS),
                frequence="alterne" if rang % 7 == 3 else "chaque",
                forme="texte" if rang % 11 == 5 else "images",
                origine=("site", "bureau", "moi")[rang % 3],
            )
            if not muet:
                actions.confirmer(abonnement=abonne)
    Abonnement.objects.filter(confirme_le=None).update(rappel_le=jour_a(-7, 9))


def _remettre(lettres):
    """What the worker would have written, had servers answered so."""
    for rang, lettre in enumerate(lettres):
        if not remises.prendre(lettre):
            continue
        remises.attendre_la_reponse(lettre)
        if rang in REFUS:
            mots, morte = REFUS[rang]
            remises.refusee(lettre, mots, morte=morte)
        else:
            remises.remise(lettre, "250 2.0.0 Ok: queued")
