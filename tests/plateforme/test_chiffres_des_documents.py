"""The figures that the documents and the guide tell are those of the code, sentence by sentence."""

from datetime import timedelta

from ateliers import epreuve, essais, identite
from ateliers.actions import parole
from ateliers.direct import consumers, hub, presence, public
from ateliers.direct.cadres import PARTICIPANTS
from ateliers.lectures import bulletins
from ateliers.models import PRESENCE
from ateliers.voie import actes, application, moules
from consultation import guichet
from consultation import travaux as travaux_consultation
from consultation.actions import discussion, forum, reprises, secret, signalements, suivi, urne, versions
from consultation.analyse import carte
from consultation.decomptes import equite, formes
from contenus.actions import suivi as suivi_d_auteur
from courrier import regles as courrier
from courrier import travaux as travaux_courrier
from courrier.actions import remises
from forums import jetons
from plateforme import service
from plateforme import settings as reglages  # those of the tests draw nothing
from tests.serveurs import RACINE

DIRECT, DOMAINE = "docs/direct.md", "docs/domaine.md"
COURRIER, FORUM = "docs/guide/courrier.md", "docs/guide/forum.md"
MINUTE, JOUR = timedelta(minutes=1), timedelta(days=1)
CHIFFRES = [
    (DIRECT, "each hub checks the sequences of its rooms every 3 seconds", hub.VEILLE, 3),
    (DIRECT, "At most 4 ticks a second", 1 / hub.TICK, 4),
    (DIRECT, "a rest of twice what the last one took, up to half a second", (hub.REPOS, hub.REPOS_MAX), (2, 0.5)),
    (DIRECT, "Phones get at most one frame in 0.75 s", public.CADENCE[PARTICIPANTS], 0.75),
    (DIRECT, "Stuck for 20 s, it is let go", hub.PATIENCE, 20),
    (DIRECT, "answered at most every 5 s", consumers.PONG, 5),
    (
        DIRECT,
        "or more than 60 of them between two answers, closes the socket with 1008",
        (consumers.PINGS_MAX, consumers.HORS_REGLE),
        (60, 1008),
    ),
    (DIRECT, "and commits 40 at a time", (actes.LOT, guichet.LOT_A_LA_PORTE), (40, 40)),
    (DIRECT, "for all who ask within 20 ms, one rendering for all who ask within 250 ms",
     (application.PAS_SALLE, application.PAS_ETAT), (0.02, 0.25)),
    (DIRECT, "at most 1 s late on counts", moules.RETARD, 1),
    (DIRECT, "which show nothing of the room, are made every 3 s", moules.AGE, 3),
    (DIRECT, "who gave a sign of life in the last 3 minutes", PRESENCE, 3 * MINUTE),
    (DIRECT, "are written every 30 s at most (`RYTHME`)", presence.RYTHME, 30),
    (DIRECT, "A token lasts 3 days at most", identite.DUREE_JETON, 3 * 24 * 3600),
    (DIRECT, "It takes what waits, 200 ballots at most", guichet.LOT, 200),
    (DIRECT, "\"occupe\" when 5,000 wait or after 30 s", (guichet.PLACES, guichet.PATIENCE), (5000, 30)),
    (DIRECT, "Here 16 threads are kept", service.FILS, 16),
    (DIRECT, "An `ordre` over a minute ahead of the server is brought back", urne.AVANCE, 60_000),
    (DIRECT, "has 15 s (`GRACE`), counted by the server from the closing and 5 s more for the way",
     (parole.GRACE, parole.TRAJET), (15, 5)),
    (DOMAINE, "Per device, 8 in 10 minutes; 2 while the house is exhausted",
     (essais.PAR_APPAREIL, essais.FENETRE_APPAREIL, essais.PAR_CONNU), (8, 600, 2)),
    (DOMAINE, "the whole house, 120 a minute; then each address (a keyed hash, kept a minute) has 30 of its own",
     (essais.PAR_MAISON, essais.PAR_ADRESSE, essais.FENETRE), (120, 30, 60)),
    (DOMAINE, "12 newcomers of one device in 10 minutes, 300 a minute in one room, then 180 for each address",
     (essais.ENTREES_APPAREIL, essais.ENTREES_SALLE, essais.ENTREES_ADRESSE), (12, 300, 180)),
    (DOMAINE, "4 PBKDF2 puzzles, 3 to 5 zero bits", (epreuve.PIECES, epreuve.BITS, epreuve.BITS_MAX), (4, 3, 5)),
    (DOMAINE, "one waits 4 seconds, 30 a minute for an address and 240 in all",
     (epreuve.ATTENTE, epreuve.ATTENTES_ADRESSE, epreuve.ATTENTES_MAISON), (4, 30, 240)),
    (DOMAINE, "A long ballot (more than 18 pistes) is shown 15 at a time",
     (bulletins.ENTIER_MAX, bulletins.FENETRE), (18, 15)),
    (DOMAINE, "One ballot each, whole, at one go (18 pistes at most)", secret.PISTES_MAX, 18),
    (DOMAINE, "on 7 pistes at least, by 20 voters at least", (carte.REPONSES_MIN, carte.PERSONNES_MIN), (7, 20)),
    (DOMAINE, "2 to 5 groups by silhouette; kept when 500 draws of four fifths of the people",
     (carte.GROUPES_MAX, carte.TIRAGES, carte.PART), (5, 500, 0.8)),
    (DOMAINE, "adjusted Rand index of 0.8 or more", carte.STABILITE, 0.8),
    (DOMAINE, "Beyond ten points (`ECART_MAX`, a rule of the house)", equite.ECART_MAX, 10),
    (DOMAINE, "Fewer than 5 people who chose something in all: no figure at all", formes.SEUIL_SECRET, 5),
    (DOMAINE, "a college where fewer than 6 chose anything is withheld whole", formes.CHOISISSANTS_MIN, 6),
    (DOMAINE, "5 pistes in a hundred, at random, show no detail", reglages.DETAILS_TUS_SUR_CENT, 5),
    (DOMAINE, "one for what one person writes in ten minutes", versions.REPRISE, 10 * MINUTE),
    (DOMAINE, "take what is sent 5 minutes after (`actions.forum.GRACE`)", forum.GRACE, 5 * MINUTE),
    (DOMAINE, "three lists, 600 signs, no answers to answers. One person writes 12 texts a day at most",
     (forum.LONGUEUR_AU_FORUM, discussion.TEXTES_PAR_JOUR), (600, 12)),
    (DOMAINE, "gives back within ten minutes", signalements.POUR_REVENIR, 10 * MINUTE),
    (DOMAINE, "after three days without a yes", suivi_d_auteur.POUR_CONFIRMER, 3 * JOUR),
    (COURRIER, "trois jours, elle reçoit un seul rappel. Au bout de trente jours, son adresse est effacée",
     (courrier.AVANT_RAPPEL, courrier.POUR_CONFIRMER), (3 * JOUR, 30 * JOUR)),
    (COURRIER, "pendant trois ans, elle est prévenue, puis effacée un mois plus tard",
     (courrier.GARDE, courrier.PREAVIS), (3 * 365 * JOUR, 30 * JOUR)),
    (COURRIER, "après trois numéros revenus de suite, plus rien", courrier.RETOURS_DE_SUITE, 3),
    (COURRIER, "toutes seules, après 5 minutes, puis de plus en plus tard, pendant deux jours",
     (remises.ATTENTES[0], remises.ABANDON), (5 * MINUTE, 2 * JOUR)),
    (COURRIER, "ne reçoit jamais plus de soixante lettres par minute",
     (remises.PAR_DOMAINE, remises.FENETRE), (60, MINUTE)),
    (COURRIER, "Le travail de fond la lit toutes les dix minutes", travaux_courrier.TRAVAUX["lire-les-retours"][0],
     10 * MINUTE),
    (COURRIER, "cinq par heure depuis un appareil, cent par heure pour tout le site, trois par jour vers une même "
     "adresse", (courrier.PAGES_PAR_APPAREIL, courrier.PAGES_EN_TOUT, courrier.PAGES_PAR_PERSONNE), (5, 100, 3)),
    (FORUM, "il arrive à une adresse e-mail et il est bon une heure", jetons.DUREE, 3600),
    (FORUM, "dans les cinq minutes après la fin est encore pris", forum.GRACE, 5 * MINUTE),
    (FORUM, "Pendant dix minutes, vous pouvez **annuler** votre décision", signalements.POUR_REVENIR, 10 * MINUTE),
    (FORUM, "elle est effacée trois jours plus tard", suivi.POUR_CONFIRMER, 3 * JOUR),
    (FORUM, "jamais plus d’un par semaine", suivi.ENTRE_DEUX_LETTRES, 7 * JOUR),
    (FORUM, "par le service de fond, dans les cinq minutes",
     travaux_consultation.TRAVAUX["dessiner-les-opinions-reprises"][0], 5 * MINUTE),
    (FORUM, "Au-delà de 100 000 votes", reprises.SUR_PLACE, 100_000),
]  # fmt: skip


def test_the_figures_told_are_those_of_the_code():
    """In one test: fifty cases would cost more to prepare than to read."""
    textes = {page: " ".join((RACINE / page).read_text().split()) for page, *_reste in CHIFFRES}
    tenus = [(phrase, phrase in textes[page], dit_par_le_code) for page, phrase, dit_par_le_code, _dit in CHIFFRES]
    assert tenus == [(phrase, True, dit) for _page, phrase, _code, dit in CHIFFRES]
