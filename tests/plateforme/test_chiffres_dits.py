"""Each figure of the documents that the code decides, read from the code: change one, and its page fails here."""

import re
from functools import cache

from ateliers import epreuve, essais, identite
from ateliers.actions import parole
from ateliers.direct import consumers, hub, presence, public
from ateliers.lectures import bulletins
from ateliers.models import PRESENCE
from ateliers.voie import actes, application, moules
from consultation import guichet
from consultation.actions import discussion, forum, opinions, reprises, secret, signalements, suivi, versions
from consultation.analyse import carte
from consultation.decomptes import equite, formes
from consultation.lectures import accords
from contenus.actions import suivi as suivi_d_auteur
from courrier import regles as courrier
from courrier import travaux as travaux_courrier
from courrier.actions import remises
from forums import jetons
from plateforme import sante, service, settings
from plateforme.demonstration import simulation
from tests.serveurs import RACINE

#: Small figures that a sentence spells.
MOTS = {1: "une", 2: "deux", 3: "trois", 5: "cinq", 10: "dix", 30: "trente", 60: "soixante", 100: "cent"}
EN_MOTS = {3: "three", 10: "ten"}


@cache
def page(nom):
    return " ".join((RACINE / nom).read_text().split())


def js(module, nom):
    """A number of one of the room's modules, in seconds."""
    source = (RACINE / f"ateliers/static/ateliers/js/{module}.js").read_text()
    return int(re.search(rf"const {nom} = (\d+);", source)[1]) / 1000


def dites():
    """{page: what it says, figures taken from the code}."""
    minute, releve = essais.FENETRE_APPAREIL // 60, js("releve", "CADENCE")
    return {
        "docs/direct.md": [
            f"checks the sequences of its rooms every {hub.VEILLE:g} seconds",
            f"At most {1 / hub.TICK:g} ticks a second",
            f"at most one frame in {public.CADENCE['participants']} s for what can wait",
            f"Stuck for {hub.PATIENCE:g} s, it is let go",
            f"answered at most every {consumers.PONG:g} s. Anything else, or more than {consumers.PINGS_MAX} of",
            f"closes the socket with {consumers.HORS_REGLE}",
            f"who ask within {application.PAS_SALLE * 1000:g} ms, one rendering for all who ask within "
            f"{application.PAS_ETAT * 1000:g} ms",
            f"commits {actes.LOT} at a time",
            f"at most {moules.RETARD:g} s late on counts",
            f"are made every {moules.AGE:g} s",
            f"a sign of life in the last {PRESENCE.seconds // 60} minutes (`PRESENCE`)",
            f"written every {presence.RYTHME:g} s at most (`RYTHME`)",
            f"in a window that doubles, {js('attente', 'PREMIERE')} to {js('attente', 'PLAFOND'):g} s. After two",
            f"asks the snapshot every {releve:g} to {releve + js('releve', 'ETALEMENT'):g} s",
            f"keeps trying the socket, at most every {js('direct', 'PLAFOND_EN_RELEVE'):g} s",
            f"No request waits for more than {js('attente', 'PATIENCE'):g} s",
            f"A token lasts {identite.DUREE_JETON // 86_400} days at most",
            f"takes what waits, {guichet.LOT} ballots at most",
            f'"occupe" when {guichet.PLACES:,} wait or after {guichet.PATIENCE} s',
            f"Here {service.FILS} threads are kept",
            f"The {service.FILS + 1}th request waits",
            f"in a window that doubles, {js('attente', 'PREMIERE')} to {js('actes', 'PLAFOND'):g} s; soon after",
            f"what is being written has {parole.GRACE} s (`GRACE`), counted by the server from the closing and "
            f"{parole.TRAJET} s more for the way",
            f"the cache `germoir-pages` ({js('veille', 'AU_PLUS') * 1000:g} at most)",
            f"with the kept page after {js('veilleur', 'PATIENCE'):g} s of silence",
        ],
        "docs/domaine.md": [
            f"A long ballot (more than {bulletins.ENTIER_MAX} pistes) is shown {bulletins.FENETRE} at a time",
            f"on {carte.REPONSES_MIN} pistes at least, by {carte.PERSONNES_MIN} voters at least",
            f"2 to {carte.GROUPES_MAX} groups by silhouette; kept when {carte.TIRAGES} draws",
            f"adjusted Rand index of {carte.STABILITE} or more",
            f"shapes of {carte.FORME_MIN} people at least",
            f"two groups' chances are {accords.ECART} apart",
            f"Fewer than {formes.SEUIL_SECRET} people who chose something in all",
            f"a college where fewer than {formes.CHOISISSANTS_MIN} chose anything is withheld whole",
            f"*Draw*: {settings.DETAILS_TUS_SUR_CENT} pistes in a hundred",
            f"Per device, {essais.PAR_APPAREIL} in {minute} minutes; {essais.PAR_CONNU} while the house",
            f"For the whole house, {essais.PAR_MAISON} a minute; then each address",
            f"has {essais.PAR_ADRESSE} of its own",
            f"{epreuve.PIECES} PBKDF2 puzzles, {epreuve.BITS} to {epreuve.BITS_MAX} zero bits",
            f"waits {epreuve.ATTENTE} seconds, {epreuve.ATTENTES_ADRESSE} a minute for an address and "
            f"{epreuve.ATTENTES_MAISON} in all",
            f"{essais.ENTREES_APPAREIL} newcomers of one device in {minute} minutes",
            f"{essais.ENTREES_SALLE} a minute in one room, then {essais.ENTREES_ADRESSE} for each address",
            f"{forum.LONGUEUR_AU_FORUM} signs, no answers to answers",
            f"writes {discussion.TEXTES_PAR_JOUR} texts a day at most",
            f"take what is sent {forum.GRACE.seconds // 60} minutes after (`actions.forum.GRACE`)",
            f"One ballot each, whole, at one go ({secret.PISTES_MAX} pistes at most)",
            f"one for what one person writes in {EN_MOTS[versions.REPRISE.seconds // 60]} minutes",
            f"Beyond {EN_MOTS[equite.ECART_MAX]} points (`ECART_MAX`, a rule of the house)",
            f"gives back within {EN_MOTS[signalements.POUR_REVENIR.seconds // 60]} minutes",
            f"after {EN_MOTS[suivi_d_auteur.POUR_CONFIRMER.days]} days without a yes",
        ],
        "docs/guide/courrier.md": [
            f"{MOTS[courrier.AVANT_RAPPEL.days]} jours, elle reçoit un seul rappel. Au bout de "
            f"{MOTS[courrier.POUR_CONFIRMER.days]} jours, son adresse est effacée",
            f"pendant {MOTS[courrier.GARDE.days // 365]} ans, elle est prévenue, puis effacée un mois plus tard",
            f"après {MOTS[courrier.RETOURS_DE_SUITE]} numéros revenus de suite, plus rien",
            f"toutes seules, après {remises.ATTENTES[0].seconds // 60} minutes, puis de plus en plus tard, "
            f"pendant {MOTS[remises.ABANDON.days]} jours",
            f"ne reçoit jamais plus de {MOTS[remises.PAR_DOMAINE]} lettres par minute",
            f"la lit toutes les {MOTS[travaux_courrier.TRAVAUX['lire-les-retours'][0].seconds // 60]} minutes",
            f"{MOTS[courrier.PAGES_PAR_APPAREIL]} par heure depuis un appareil, "
            f"{MOTS[courrier.PAGES_EN_TOUT]} par heure pour tout le site, "
            f"{MOTS[courrier.PAGES_PAR_PERSONNE]} par jour vers une même adresse",
        ],
        "docs/guide/forum.md": [
            f"il arrive à une adresse e-mail et il est bon {MOTS[jetons.DUREE // 3600]} heure",
            f"dans les {MOTS[forum.GRACE.seconds // 60]} minutes après la fin est encore pris",
            f"Pendant {MOTS[signalements.POUR_REVENIR.seconds // 60]} minutes, vous pouvez **annuler**",
            f"elle est effacée {MOTS[suivi.POUR_CONFIRMER.days]} jours plus tard",
            f"Au-delà de {reprises.SUR_PLACE:,} votes".replace(",", " "),
        ],
        "docs/exploitation.md": [
            f"en échec, `disque` : moins de {sante.PLACE // 1_000_000} Mo)",
            f"(plus de {opinions.SUR_PLACE:,} réponses)".replace(",", " "),
            f"les écrans ont jusqu’à {hub.VEILLE:g} secondes de retard",
            f"({guichet.PLACES:,} par processus)".replace(",", " "),
            f"{service.FILS + 3} connexions à PostgreSQL : {service.FILS} pour les pages",
            f"en mégaoctets ; le serveur frontal doit en permettre autant | {settings.DEPOT_MAX} |",
        ],
        "README.md": [f"Pendant {simulation.MINUTES_MAX} minutes, 12 personnes simulées"],
    }


def test_each_figure_is_that_of_the_code():
    """In one test: a hundred cases would cost more to prepare than to read."""
    assert [phrase for nom, lues in dites().items() for phrase in lues if phrase not in page(nom)] == []
