"""The regrouping board: what is not gathered yet, the pistes and what each holds, and the trail of each act."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import Q

from consultation.decomptes import Familles
from consultation.models import Axe, Espace, Piste, Proposition, Regroupement
from consultation.textes import entier, nettoyer_ligne, plier

#: What one page of each column shows, and how much of what a piste holds.
ORPHELINES, FAMILLES, DEDANS, ECARTEES = 50, 30, 20, 30


@dataclass(frozen=True)
class Filtre:
    """What is shown of the board: words looked for, an axis, a state, and the page of each column, from 1.

    `lieu`: id of the workshop a piste comes from, where several are shown at once.
    """

    q: str = ""
    axe: int | None = None
    etat: str = ""
    lieu: int | None = None
    po: int = 1
    pp: int = 1

    @classmethod
    def lire(cls, champs):
        """From the fields of a form or of an address; what is not understood is left out.

        `montrer`: the button pressed, "po-2" for page 2 of what is to be gathered, "1" to look for something else.
        """
        etat, bouton = champs.get("etat", ""), champs.get("montrer", "")
        pages = {nom: entier(champs.get(nom, "")) or 1 for nom in ("po", "pp")} if bouton != "1" else {}
        if (page := entier(bouton[3:])) and bouton[:3] in ("po-", "pp-"):
            pages[bouton[:2]] = page
        return cls(
            q=nettoyer_ligne(champs.get("q", ""))[:80],
            axe=entier(champs.get("axe", "")),
            etat=etat if etat in Piste.Etat.values else "",
            lieu=entier(champs.get("lieu", "")),
            **pages,
        )

    @property
    def suite(self):
        """As the query of an address: "?q=tuteur&pp=2", or nothing."""
        dits = {nom: valeur for nom, valeur in vars(self).items() if valeur not in ("", None, 1)}
        return f"?{urlencode(dits)}" if dits else ""

    def est_autre(self, que):
        """Whether it looks for something else than `que`, pages aside."""
        return replace(self, po=1, pp=1) != replace(que, po=1, pp=1)

    def mots(self, champ="texte"):
        """As a condition: each word is in `champ`, accents and capitals aside."""
        condition = Q()
        for mot in plier(self.q).split():
            condition &= Q(**{f"{champ}__plie__contains": mot})
        return condition


@dataclass(frozen=True)
class Pages:
    """A column cut in pages: how many things it holds under the filter (`total`) and in all (`tout`).

    `avant`, `apres`: the queries of the pages around, "" where there is none.
    """

    total: int
    tout: int
    page: int
    pages: int
    avant: str = ""
    apres: str = ""


@dataclass
class Famille:
    """A piste that stands by itself, the pistes joined into it, and the first propositions it holds."""

    piste: Piste
    propositions: list = field(default_factory=list)
    jointes: list = field(default_factory=list)
    combien: int = 0

    @property
    def autres(self):
        """How many propositions it holds beside those shown."""
        return self.combien - len(self.propositions)


@dataclass(frozen=True)
class Geste:
    """One grouping: what was joined, by whom and when; `regroupement.annule_le` when it was undone."""

    regroupement: Regroupement
    propositions: tuple
    pistes: tuple


@dataclass(frozen=True)
class Tableau:
    """`choisies`: propositions ticked on other pages. `ecartees`: the last ones, of `mises_a_part` in all."""

    espace: Espace
    filtre: Filtre
    axes: tuple
    choisies: tuple
    orphelines: tuple
    a_ranger: Pages
    familles: tuple
    debout: Pages
    ecartees: tuple
    mises_a_part: int
    gestes: tuple
    a_relire: int


#: The trail shows the latest acts; the older ones are in the journal.
GESTES_MONTRES = 30


def lire_tableau(espace, filtre=None, choisies=(), pistes_choisies=()):
    """Read what is shown of the board, in thirteen queries at most, whatever its size.

    `choisies`, `pistes_choisies`: ids that stay in sight because they are ticked, whatever the filter.
    """
    filtre = filtre or Filtre()
    orphelines, a_ranger = _orphelines(espace, filtre)
    lues = {p.pk for p in orphelines}
    dites = espace.propositions.orphelines().filter(pk__in=choisies).select_related("college")
    pistes = list(espace.pistes.order_by("numero").values_list("pk", "etat", "axe_id"))
    liens = Familles.de(espace.consultation_id)
    ici = {pk for pk, _etat, _axe in pistes}
    racine_de = {pk: liens.dernier(pk, ici) for pk in ici}
    racines = [ligne for ligne in pistes if racine_de[ligne[0]] == ligne[0]]
    ecartees = [pk for pk, etat, _axe in racines if etat == Piste.Etat.ECARTEE]
    familles, debout = _debout(espace, filtre, racines, pistes_choisies)
    return Tableau(
        espace=espace,
        filtre=filtre,
        axes=tuple(Axe.objects.filter(consultation_id=espace.consultation_id)),
        choisies=tuple(p for p in dites if p.pk not in lues),
        orphelines=tuple(orphelines),
        a_ranger=a_ranger,
        familles=tuple(_remplir(familles, racine_de)),
        debout=debout,
        ecartees=tuple(Famille(piste) for piste in _dans_l_ordre(ecartees[-ECARTEES:])),
        mises_a_part=len(ecartees),
        gestes=tuple(_gestes(espace)),
        a_relire=espace.propositions.a_relire().count(),
    )


def couper(total, tout, filtre, nom, par_page):
    """The Pages of a column whose page is the field `nom` of the filter; a page too far is the last one."""
    pages = -(-total // par_page)
    page = max(1, min(getattr(filtre, nom), pages))

    def vers(autre):
        return (replace(filtre, **{nom: autre}).suite or "?") if 1 <= autre <= pages else ""

    return Pages(total, tout, page, pages, vers(page - 1), vers(page + 1))


def _orphelines(espace, filtre):
    toutes = espace.propositions.orphelines()
    voulues = toutes.filter(filtre.mots(), **({"axe": filtre.axe} if filtre.axe else {}))
    tout = toutes.count()
    total = voulues.count() if filtre.q or filtre.axe else tout
    pages = couper(total, tout, filtre, "po", ORPHELINES)
    debut = ORPHELINES * (pages.page - 1)
    return list(voulues.select_related("college", "axe")[debut : debut + ORPHELINES]), pages


def _debout(espace, filtre, racines, choisies):
    """Return (ids of the pistes to show, their Pages): ticked ones first, then a page of those asked for."""
    debout = [ligne for ligne in racines if ligne[1] != Piste.Etat.ECARTEE]
    choisies_ici = voulues(espace.pistes.all(), filtre, debout)
    pages = couper(len(choisies_ici), len(debout), filtre, "pp", FAMILLES)
    debut = FAMILLES * (pages.page - 1)
    ici = choisies_ici[debut : debut + FAMILLES]
    gardees = {ligne[0] for ligne in debout} & set(choisies) - set(ici)
    return [*sorted(gardees), *ici], pages


def voulues(pistes, filtre, lignes):
    """Ids among `lignes` [(id, state, axis)] of the queryset `pistes` that the filter asks for, in their order.

    One query where words are looked for.
    """
    trouvees = chercher(pistes, filtre)
    return [
        pk
        for pk, etat, axe in lignes
        if (not filtre.etat or etat == filtre.etat)
        and (not filtre.axe or axe == filtre.axe)
        and (trouvees is None or pk in trouvees)
    ]


def chercher(pistes, filtre):
    """The ids of the queryset `pistes` that hold the words looked for, or have that number; None for no words."""
    if not filtre.q:
        return None
    par_numero = Q(numero=numero) if (numero := entier(filtre.q)) is not None else Q(pk=None)
    return set(pistes.filter(filtre.mots() | par_numero).values_list("pk", flat=True))


def _dans_l_ordre(numeros):
    lues = Piste.objects.select_related("axe").in_bulk(numeros)
    return [lues[pk] for pk in numeros]


def _remplir(racines, racine_de):
    """Yield the Famille of each piste, with what it holds. Four queries."""
    montrees = set(racines)
    de = {pk: racine for pk, racine in racine_de.items() if racine in montrees}
    familles = {piste.pk: Famille(piste) for piste in _dans_l_ordre(racines)}
    for jointe in Piste.objects.filter(pk__in=de.keys() - familles.keys()):
        familles[de[jointe.pk]].jointes.append(jointe)
    dedans = defaultdict(list)
    for pk, piste in Proposition.objects.affichees().filter(piste__in=de).values_list("pk", "piste"):
        dedans[de[piste]].append(pk)
    premieres = [pk for pks in dedans.values() for pk in pks[:DEDANS]]
    lues = Proposition.objects.select_related("college").in_bulk(premieres)
    for racine, famille in familles.items():
        famille.combien = len(dedans[racine])
        famille.propositions = [lues[pk] for pk in dedans[racine][:DEDANS]]
        yield famille


def _gestes(espace):
    gestes = list(
        Regroupement.objects.filter(piste__espace=espace)
        .select_related("piste", "par", "annule_par")
        .prefetch_related("lignes__proposition", "lignes__piste")
        .order_by("-pk")[:GESTES_MONTRES]
    )
    for geste in gestes:
        lignes = list(geste.lignes.all())
        yield Geste(
            geste,
            tuple(x.proposition for x in lignes if x.proposition_id),
            tuple(x.piste for x in lignes if x.piste_id),
        )


def premiers_mots(propositions, pistes=(), limite=120):
    """Return words to start naming a piste from: the first thing chosen, cut at a word."""
    texte = pistes[0].texte if pistes else " ".join(propositions[0].texte_public.split()) if propositions else ""
    if len(texte) <= limite:
        return texte
    return texte[:limite].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
