"""What the worker writes down of each letter: taken, about to be handed over, and how that ended.

Not journaled one by one: the row of each recipient is its own record, and the proof is made of them. Each write is
one UPDATE that names the state it starts from: two workers, or one that was killed, never send a letter twice.
"""

import re
from collections import Counter
from datetime import timedelta
from itertools import takewhile

from django.db.models import Case, Count, F, Value, When
from django.utils import timezone

from consultation.actions.gardes import noter

from .. import regles
from ..models import Abonnement, Destinataire, Envoi
from .abonnements import masquer

E = Destinataire.Etat
#: A letter taken so long ago has lost its worker: no step of SMTP is waited for longer (`remise.PATIENCE`).
BAIL = timedelta(minutes=5)
#: Letters begun in a minute for one domain, so that nobody's server takes us for a spammer.
PAR_DOMAINE, FENETRE = 60, timedelta(minutes=1)
#: Waits after each "try again" of a server; beyond ABANDON since the start, it is a refusal.
ATTENTES = [timedelta(minutes=m) for m in (5, 15, 30, 60, 120, 240)]
ABANDON = timedelta(days=2)
#: When the sending server itself does not answer.
PANNE = timedelta(minutes=1)


def rendre(envoi):
    """Give back what a dead worker had: to be sent, unless all but the server's answer had been done.

    Whoever left while a worker had their letter waits for none: without that the sending never ends.
    """
    perdues = envoi.destinataires.filter(pris_le__lt=timezone.now() - BAIL)
    perdues.filter(etat=E.PRISE).update(etat=E.ATTENTE)
    perdues.filter(etat=E.REPONSE).update(etat=E.SANS_REPONSE, fait_le=timezone.now())
    parties = envoi.destinataires.filter(etat=E.ATTENTE, abonnement__isnull=True)
    parties.update(etat=E.RETIREE, fait_le=timezone.now())


def prochaines(envoi, combien):
    """Return up to `combien` Destinataire that may leave now: no domain beyond its share, none of a sending that
    is held. Two queries.
    """
    maintenant = timezone.now()
    recentes = envoi.destinataires.filter(pris_le__gt=maintenant - FENETRE).order_by().values_list("domaine")
    deja = Counter(dict(recentes.annotate(Count("pk"))))
    pleins = [domaine for domaine, n in deja.items() if n >= PAR_DOMAINE]
    dues = envoi.destinataires.filter(envoi__etat=Envoi.Etat.EN_COURS, etat=E.ATTENTE, prochain_le__lte=maintenant)
    dues = dues.exclude(domaine__in=pleins)
    choisies = []
    for lettre in dues.select_related("abonnement").order_by("essais", "pk")[: combien * 4]:
        if deja[lettre.domaine] < PAR_DOMAINE and len(choisies) < combien:
            deja[lettre.domaine] += 1
            choisies.append(lettre)
    return choisies


def prendre(lettre):
    """True when this worker is the one that took the letter, and its sending is not held."""
    libre = Destinataire.objects.filter(
        pk=lettre.pk, etat=E.ATTENTE, abonnement__isnull=False, envoi__etat=Envoi.Etat.EN_COURS
    )
    return libre.update(etat=E.PRISE, pris_le=timezone.now(), essais=F("essais") + 1) == 1


def attendre_la_reponse(lettre):
    """Written just before the final dot: from here on, a cut is told and never sent again by itself.

    Returns False when the letter is no longer this worker's, or when its owner has left since it was taken.
    """
    sienne = Destinataire.objects.filter(pk=lettre.pk, etat=E.PRISE, abonnement__isnull=False)
    return sienne.update(etat=E.REPONSE) == 1


def _a_garder(mots):
    """What an UPDATE keeps of a server's words: they often repeat the address, which leaves with its owner."""
    sans = re.sub(r"[^\s<>]+@[^\s<>]+", lambda adresse: masquer(adresse[0]), mots)
    return Case(When(abonnement__isnull=True, then=Value(sans[:300])), default=Value(mots[:300]))


def _conclure(lettre, etat, mots, **champs):
    siennes = Destinataire.objects.filter(pk=lettre.pk, etat__in=[E.PRISE, E.REPONSE])
    siennes.update(etat=etat, mots=_a_garder(mots), **champs)


def remise(lettre, mots):
    _conclure(lettre, E.REMISE, mots, fait_le=timezone.now())


def refusee(lettre, mots, *, morte):
    """`morte`: the server says that there is nobody at this address, which is never written to again."""
    _conclure(lettre, E.REFUSEE, mots, fait_le=timezone.now())
    if morte:
        Abonnement.objects.filter(pk=lettre.abonnement_id).update(mort_le=timezone.now())


def sans_reponse(lettre, mots):
    _conclure(lettre, E.SANS_REPONSE, mots, fait_le=timezone.now())


def revenue(numero, mots, *, morte):
    """A report says that a letter handed over did not arrive; True when that was not known yet.

    `morte`: nobody is at this address, which is never written to again; nor is it when several numbers in a row
    came back for another reason (`regles.RETOURS_DE_SUITE`).
    """
    parties = Destinataire.objects.filter(pk=numero, etat__in=[E.REMISE, E.SANS_REPONSE, E.REPONSE])
    if parties.update(etat=E.REVENUE, mots=_a_garder(mots), fait_le=timezone.now()) != 1:
        return False
    abonne = Abonnement.objects.filter(lettres=numero, mort_le=None).first()
    if abonne is not None and (morte or retours_de_suite(abonne) >= regles.RETOURS_DE_SUITE):
        Abonnement.objects.filter(pk=abonne.pk).update(mort_le=timezone.now())
    return True


def retours_de_suite(abonne):
    """How many of the last letters of an address came back, one after the other. One query."""
    dernieres = abonne.lettres.order_by("-envoi__numero").values_list("etat", flat=True)
    return len([*takewhile(lambda etat: etat == E.REVENUE, dernieres[: regles.RETOURS_DE_SUITE])])


def noter_les_retours(combien):
    noter(verbe="lire_retours", details={"lettres": combien})


def plus_tard(envoi, lettre, mots, *, tout_le_domaine=False):
    """The server asks to wait, or was cut before the end: try again later, the others of its domain too."""
    maintenant = timezone.now()
    if maintenant - envoi.lance_le > ABANDON:
        return refusee(lettre, mots, morte=False)
    quand = maintenant + ATTENTES[min(lettre.essais, len(ATTENTES) - 1)]
    _conclure(lettre, E.ATTENTE, mots, prochain_le=quand)
    if tout_le_domaine:
        voisines = envoi.destinataires.filter(domaine=lettre.domaine, etat=E.ATTENTE, prochain_le__lt=quand)
        voisines.update(prochain_le=quand)
    return None


def tout_attend(envoi, mots):
    """The sending server is away, or wants none of us: nothing leaves for a moment, and the page says why."""
    Envoi.objects.filter(pk=envoi.pk).update(attend_le=timezone.now() + PANNE, mots=mots[:300])


def repart(envoi):
    Envoi.objects.filter(pk=envoi.pk, attend_le__isnull=False).update(attend_le=None, mots="")


def finir(envoi):
    """Close a sending when each letter has its end. True when this worker is the one that closed it."""
    if envoi.destinataires.filter(etat__in=[E.ATTENTE, E.PRISE, E.REPONSE]).exists():
        return False
    en_cours = Envoi.objects.filter(pk=envoi.pk, etat=Envoi.Etat.EN_COURS)
    finie = en_cours.update(etat=Envoi.Etat.FINI, fini_le=timezone.now(), attend_le=None, mots="") == 1
    if finie:
        noter(verbe="finir_envoi", objet=envoi, details={"fil": envoi.numero})
    return finie
