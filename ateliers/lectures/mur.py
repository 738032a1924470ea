"""The wall and the lists of the room's screen: pages that fill it, in the largest letters they allow."""

from math import ceil

from consultation.models import Proposition

from ..models import SurLeMur

#: Propositions that turn on the wall, the newest ones; older ones are on the phones and in the trail.
AU_MUR = 60
#: Of those, how many of the newest the console offers to place.
A_PLACER = 12
#: (font size, columns), the largest first, in rem: one hundredth of the screen’s width is about one. The last is
#: the least that reads at eight metres: its capitals are over a fortieth of the height.
TAILLES = ((5.2, 1), (4.2, 1), (3.4, 2), (2.8, 2), (2.3, 2))
LARGEUR, ECART, INTERLIGNE, SIGNE = 88.0, 1.0, 1.22, 0.54
#: Height of a card beside its lines; room taken in its width by the sign of a college, or the number of a piste.
FIXE, RETRAIT, RETRAIT_NUMERO = 1.9, 6.0, 11.0
#: Height left to the cards, under a title of one line and above the line of the foot, and what a line more takes.
HAUTEUR, LIGNE_TITRE, SIGNES_TITRE = 32.0, 3.9, 46


def au_mur(atelier):
    """Return [(Proposition, its place)]: the pinned ones, then the newest; not the hidden ones. Two queries."""
    places = dict(SurLeMur.objects.filter(atelier=atelier).values_list("proposition", "place"))
    affichees = Proposition.objects.affichees().filter(espace=atelier.espace_id)
    lues = affichees.select_related("auteur", "college").order_by("-pk")
    epinglees = [pk for pk, place in places.items() if place == SurLeMur.Place.EPINGLEE]
    caches = [pk for pk, place in places.items() if place == SurLeMur.Place.CACHEE]
    tenues = list(lues.filter(pk__in=epinglees)) if epinglees else []
    return [(p, places.get(p.pk, "")) for p in [*tenues, *lues.exclude(pk__in=[*caches, *epinglees])[:AU_MUR]]]


def a_placer(atelier):
    """Return [(Proposition, its place)] for the console: those given a place, then the newest. Two queries."""
    places = dict(SurLeMur.objects.filter(atelier=atelier).values_list("proposition", "place"))
    lues = (
        Proposition.objects.affichees().filter(espace=atelier.espace_id).select_related("college").order_by("-pk")
    )
    choisies = list(lues.filter(pk__in=places)) if places else []
    return [(p, places.get(p.pk, "")) for p in [*choisies, *lues.exclude(pk__in=places)[:A_PLACER]]]


def hauteur(question, pied=True):
    """Return the rem left to the cards under `question`."""
    return HAUTEUR - LIGNE_TITRE * (max(1, ceil(len(question) / SIGNES_TITRE)) - 1) - (0 if pied else -3)


def en_pages(objets, texte_de, place, retrait=RETRAIT, fixe=FIXE):
    """Cut `objets` in lists that fit a height of `place` rem, in the smallest letters, one object at least."""
    pages = [[]]
    for objet in objets:
        essai = [*pages[-1], objet]
        if pages[-1] and _haut([texte_de(o) for o in essai], TAILLES[-1], retrait, fixe) > place:
            pages.append([objet])
        else:
            pages[-1] = essai
    return pages


def taille(objets, texte_de, place, retrait=RETRAIT, fixe=FIXE):
    """Return the rank (from 1, the largest) of the letters in which a page fits `place`."""
    textes = [texte_de(objet) for objet in objets]
    tiennent = (r for r, t in enumerate(TAILLES, start=1) if _haut(textes, t, retrait, fixe) <= place)
    return next(tiennent, len(TAILLES))


def _haut(textes, taille, retrait, fixe):
    """The height, in rem, of cards in these letters: rows as high as their longest."""
    corps, colonnes = taille
    largeur = (LARGEUR - ECART * (colonnes - 1)) / colonnes - retrait
    signes = max(1, int(largeur / (SIGNE * corps)))
    rangs = [textes[i : i + colonnes] for i in range(0, len(textes), colonnes)]
    return sum(fixe + ECART + INTERLIGNE * corps * max(ceil(len(t) / signes) for t in rang) for rang in rangs)
