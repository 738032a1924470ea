"""Who sends, who receives, and for how long an address is kept."""

from datetime import timedelta

from django.db.models import Q

from contenus import regles as regles_contenus

#: One reminder, so long after the question; without an answer, the address is forgotten.
AVANT_RAPPEL, POUR_CONFIRMER = timedelta(days=3), timedelta(days=30)
#: An address is forgotten three years after its owner's last act (CNIL, « durées de conservation » for mailing
#: lists), and told of it before.
GARDE, PREAVIS = timedelta(days=3 * 365), timedelta(days=30)
#: What may be asked for: of one address, of all in an hour. Beyond, someone types the addresses of others.
ENTRE_DEUX_DEMANDES, DEMANDES_PAR_HEURE = timedelta(hours=1), 100
#: A page sent by anyone to someone: by one device and one network in an hour, by all; to one address in a day. And
#: the letters of the name of who sends, the only words of theirs.
PAGES_PAR_APPAREIL, PAGES_PAR_ADRESSE, PAGES_EN_TOUT, PAGES_PAR_PERSONNE = 5, 20, 100, 3
PRENOM_MAX = 30
#: Numbers that come back in a row before an address is no longer written to, when each is for a passing reason.
RETOURS_DE_SUITE = 3
#: Addresses that the team may write down at once.
ADRESSES_A_LA_FOIS = 200


def peut_envoyer(compte):
    """See the list of those who receive the newsletter, and send it: who composes it."""
    return regles_contenus.peut_composer(compte)


def recoivent(abonnements, precedent, regions):
    """Narrow `abonnements` to those that a number goes to.

    Confirmed, alive; of `regions` (codes; empty for all) or of all regions; whoever asked for one number in two
    and was handed `precedent` (the Envoi before, or None) skips this one.
    """
    recus = abonnements.filter(confirme_le__isnull=False, mort_le__isnull=True)
    if regions:
        recus = recus.filter(Q(region="") | Q(region__in=regions))
    if precedent is not None:
        servis = precedent.destinataires.filter(etat="remise", abonnement__isnull=False)
        recus = recus.exclude(frequence="alterne", pk__in=servis.values("abonnement"))
    return recus
