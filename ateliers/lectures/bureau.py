"""What a rapporteur's desk shows of long lists: a page of the pistes of a workshop, a page of what is left out."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator

from consultation import lectures
from consultation.models import Axe, Piste

from .tableau import Filtre, Pages, couper, voulues

#: Pistes on one page of the desk, pistes one may cite beside a sentence, and what no piste cited took up.
FICHES, CITABLES, ORPHELINES = 20, 20, 20
#: What was set aside, authors who disagree, and versions to choose from.
MISES, DESACCORDS, VERSIONS = 20, 20, 20


@dataclass(frozen=True)
class Bureau:
    filtre: Filtre
    axes: tuple
    fiches: tuple = field(default_factory=tuple)
    pages: Pages | None = None


def lire_bureau(espace, filtre, gardee=None):
    """Read one page of the pistes that stand or were set aside, these last, in a fixed number of queries.

    `gardee`: the id of a piste that stays in sight whatever the filter, or None.
    """
    toutes = Piste.objects.filter(espace=espace).debout().order_by("numero").values_list("pk", "etat", "axe_id")
    lignes = sorted(toutes, key=lambda ligne: ligne[1] == Piste.Etat.ECARTEE)
    choisies = voulues(espace.pistes.all(), filtre, lignes)
    ici, pages = _page(choisies, lignes, filtre, FICHES)
    if gardee is not None and gardee not in ici:
        ici = [gardee, *ici]
    axes = tuple(Axe.objects.filter(consultation=espace.consultation_id))
    return Bureau(filtre, axes, tuple(lectures.fiches(espace.consultation_id, ici).values()), pages)


def _page(choisies, lignes, filtre, par_page):
    """The ids of a page of `choisies`, and its Pages."""
    pages = couper(len(choisies), len(lignes), filtre, "pp", par_page)
    debut = par_page * (pages.page - 1)
    return choisies[debut : debut + par_page], pages


@dataclass(frozen=True)
class Citables:
    """Pistes to tick beside a sentence: a page of them, and those ticked that are on other pages.

    Of these, `cochees` are shown, as many as a page holds; `tues` are ids that the form sends without showing.
    """

    filtre: Filtre
    fiches: tuple
    pages: Pages
    cochees: tuple
    tues: tuple


def lire_citables(synthese, filtre, cochees, axe=None):
    """Return the Citables of a synthesis, in a fixed number of queries. `cochees`: ids of what is ticked.

    Those of the axis `axe` (an id) come first, then those the group kept, then by number.
    """
    pistes = Piste.objects.filter(consultation=synthese.consultation_id).vivantes()
    if synthese.espace_id:
        pistes = pistes.filter(espace=synthese.espace_id)
    lignes = sorted(
        pistes.order_by("numero").values_list("pk", "etat", "axe_id"),
        key=lambda ligne: (axe is None or ligne[2] != axe, ligne[1] != Piste.Etat.RETENUE),
    )
    ici, pages = _page(voulues(pistes, filtre, lignes), lignes, filtre, CITABLES)
    ailleurs = [ligne[0] for ligne in lignes if ligne[0] in cochees and ligne[0] not in ici]
    fiches = lectures.fiches(synthese.consultation_id, [*ailleurs[:CITABLES], *ici])
    return Citables(
        filtre=filtre,
        fiches=tuple(fiches[pk] for pk in ici),
        pages=pages,
        cochees=tuple(fiches[pk] for pk in ailleurs[:CITABLES]),
        tues=tuple(ailleurs[CITABLES:]),
    )


@dataclass(frozen=True)
class Laissees:
    """What one college said and the synthesis leaves out, one page of it. `ouverte`: it is the one being read;
    `tout`: it leaves out nothing at all, not even on purpose."""

    college: object
    total: int
    combien: int
    propositions: list
    page: int
    pages: int
    ouverte: bool
    tout: bool

    @property
    def autres(self):
        return self.combien - len(self.propositions)

    @property
    def apres(self):
        return self.page + 1 if self.page < self.pages else 0

    @property
    def avant(self):
        return self.page - 1


def laissees(synthese, couverture, college, page):
    """Return the Laissees of each college: page `page`, from 1, of `college` (an id), the first of the others."""
    pages = {ligne.college.pk: max(1, -(-ligne.orphelines // ORPHELINES)) for ligne in couverture.colleges}
    ici = {pk: min(max(1, page), pages[pk]) if pk == college else 1 for pk in pages}
    debuts = {pk: ORPHELINES * (rang - 1) for pk, rang in ici.items() if rang > 1}
    lues = lectures.orphelines(synthese, ORPHELINES, debuts)
    return [
        Laissees(
            college=ligne.college,
            total=ligne.total,
            combien=ligne.orphelines,
            propositions=lues[pk],
            page=ici[pk],
            pages=pages[pk],
            ouverte=pk == college,
            tout=ligne.couvertes == ligne.total,
        )
        for ligne in couverture.colleges
        if (pk := ligne.college.pk)
    ]


def lire_desaccords(synthese, page, garde=None):
    """Return a Page of DesaccordLus, those that wait first, in three queries at most.

    `garde`: the id of one whose page is shown, whatever `page` is: what is typed beside it stays in sight.
    """
    ids = list(lectures.ordre_des_desaccords(synthese))
    if garde in ids:
        page = 1 + ids.index(garde) // DESACCORDS
    ici = Paginator(ids, DESACCORDS).get_page(page)
    ici.object_list = lectures.desaccords(ici.object_list) if ids else []
    return ici
