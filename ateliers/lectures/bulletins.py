"""Which pistes of a long ballot a phone shows: some at a time, drawn so that all are answered about evenly."""

from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.db.models import Q, Sum

from consultation import lectures as lectures_consultation
from consultation.decomptes import Familles
from consultation.models import Decompte, Piste, Scrutin
from consultation.textes import entier, plier

from .projection import tourner

#: Pistes of a ballot shown whole, and of a window of a longer one: a screen stays under 60 kB.
ENTIER_MAX, FENETRE = 18, 15
#: Orders in which a long ballot is drawn: as many pages serve a thousand phones that ask at once.
TOURS = 16


def page_de(lignes, demande):
    """The Page asked for of the lines of a vote: all of them, unless they are more than a screen should weigh."""
    taille = len(lignes) if len(lignes) <= ENTIER_MAX else FENETRE
    pages = [lignes[debut : debut + taille] for debut in range(0, len(lignes), taille or 1)] or [()]
    return tourner(pages, entier(demande.get("page", "")) or 1)


def tour_de(participant_id):
    """Return which order someone is shown, 0 to TOURS - 1: always the same for one person."""
    return _melange(participant_id) % TOURS


def _melange(*quoi):
    """A number drawn from a keyed hash: nobody can choose theirs, nobody's changes."""
    cle = settings.SECRET_KEY.encode()[:64]
    return int.from_bytes(blake2b(repr(quoi).encode(), key=cle, digest_size=8).digest(), "big")


def tirer(tour, pistes, reponses):
    """Return `pistes` (ids), those with the fewest answers first; ties in the order of `tour`.

    `reponses`: {piste id: answers so far}; one that is not in it has none.
    """
    return sorted(pistes, key=lambda pk: (reponses.get(pk, 0), _melange(tour, pk)))


@dataclass(frozen=True)
class Fenetre:
    """What a screen shows of a ballot. `page` of `pages`, from 1; 0 where the next ones are drawn.

    `faites`: pistes one has answered or passed, of `total`; `cherche`: the words looked for.
    """

    pistes: list
    total: int
    longue: bool = False
    faites: int = 0
    page: int = 0
    pages: int = 0
    cherche: str = ""
    trouvees: int = 0

    @property
    def debut(self):
        """How many come before the first one shown, of `sur`."""
        return FENETRE * max(0, self.page - 1) if self.page else self.faites if self.longue else 0

    @property
    def sur(self):
        return self.trouvees if self.page else self.total

    @property
    def encore(self):
        """Whether others come after those shown."""
        return self.longue and self.debut + len(self.pistes) < self.sur

    @property
    def apres(self):
        """The field, and its value, by which a plain form asks for what comes after those shown."""
        return ("page", self.page + 1) if self.page and self.page < self.pages else ("suite", 1)


def debout(scrutin, familles):
    """Return {id: number} of the pistes now put to this vote. Two queries."""
    racines = {familles.racine(pk) for pk in scrutin.pistes.order_by().values_list("pk", flat=True)}
    return dict(Piste.objects.vivantes().filter(pk__in=racines).order_by().values_list("pk", "numero"))


def ouvrir(scrutin, numeros, *, tour, vues=frozenset(), demande, gardees=()):
    """Return the Fenetre asked for: `demande` holds `page` and `q`. Three queries at most, of what it shows.

    `numeros`: see `debout`; `vues`: ids one has answered or passed; `gardees`: ids to keep in sight, in any case.
    """
    if len(numeros) <= ENTIER_MAX or scrutin.mode == Scrutin.Mode.CLASSEMENT:  # an order is made at one go
        pistes = lectures_consultation.dans_l_ordre(scrutin.espace_id, list(Piste.objects.filter(pk__in=numeros)))
        return Fenetre(pistes, len(numeros), faites=len(vues & numeros.keys()))
    faites = vues & numeros.keys()
    cherche, page = " ".join(demande.get("q", "").split())[:80], entier(demande.get("page", "")) or 0
    if gardees:
        rangees, page = [pk for pk in gardees if pk in numeros][:FENETRE], 0
    elif cherche:
        rangees = _trouver(numeros, cherche)
    elif scrutin.mode == Scrutin.Mode.GOMMETTES:
        rangees, page = tirer(tour, numeros, {}), page or 1
    elif faites and (page or faites == numeros.keys()):
        rangees, page = sorted(faites, key=numeros.get), page or 1
    else:
        page = 0
        rangees = tirer(tour, numeros.keys() - faites, _reponses(scrutin))
    pages = -(-len(rangees) // FENETRE)
    page = min(page, pages)
    debut = FENETRE * max(0, page - 1)
    ici = rangees[debut : debut + FENETRE]
    lues = Piste.objects.in_bulk(ici)
    return Fenetre(
        pistes=[lues[pk] for pk in ici],
        total=len(numeros),
        longue=True,
        faites=len(faites),
        page=page,
        pages=pages,
        cherche=cherche,
        trouvees=len(rangees),
    )


def suivante(scrutin, participant_id, vues, tues=frozenset()):
    """Return (the Piste to answer next, or None; how many are done; of how many). Five queries.

    `vues`: ids answered or passed; `tues`: ids whose words may not be read here. The least answered comes first.
    """
    numeros = debout(scrutin, Familles.de(scrutin.consultation_id)).keys() - tues
    reste = numeros - vues
    rangees = tirer(tour_de(participant_id), reste, _reponses(scrutin))
    piste = Piste.objects.select_related("axe").get(pk=rangees[0]) if rangees else None
    return piste, len(numeros) - len(reste), len(numeros)


def _reponses(scrutin):
    lignes = Decompte.objects.filter(scrutin=scrutin).order_by().values_list("piste")
    return dict(lignes.annotate(n=Sum("votants")))


def _trouver(numeros, cherche):
    """Ids of the pistes that hold each word, accents and capitals aside, or that have this number; by number."""
    mots = Q()
    for mot in plier(cherche).split():
        mots &= Q(texte__plie__contains=mot)
    if (numero := entier(cherche)) is not None:
        mots |= Q(numero=numero)
    trouvees = Piste.objects.filter(mots, pk__in=numeros).order_by("numero")
    return list(trouvees.values_list("pk", flat=True))
