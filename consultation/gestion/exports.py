"""Taking away the data of a consultation: words, pistes, results, with what must be withheld withheld."""

from collections import Counter
from functools import partial
from itertools import groupby
from operator import itemgetter

from django.db.models import Count
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from .. import actions, lectures
from ..decomptes import Familles
from ..models import Classeur, Consultation, Contribution, Piste, Proposition, Scrutin, Suite
from .classeurs import LancerClasseur
from .socle import DansConsultation
from .tableur import Dessin, telechargement

#: Rows read from the base at once, where they are drawn one by one.
LOT = 1_000
#: Propositions above which the whole is made in the background: it would keep everyone else waiting.
LOURD = 1_000


def feuille_propositions(consultation):
    """Every proposition, set aside ones included, without any author's name; rows drawn one by one. One query."""
    propositions = (
        Proposition.objects.filter(consultation=consultation)
        .select_related("college", "axe", "espace", "piste")
        .order_by("pk")
    )
    entetes = (
        _("N°"), _("Proposition"), _("Nature"), _("Collège"), _("Atelier"), _("Axe"),
        _("Piste n°"), _("Affichage"), _("Origine"), _("Reçue le"),
    )  # fmt: skip
    lignes = (
        (
            p.pk,
            p.texte_public,
            p.get_nature_display(),
            p.college.nom,
            p.espace.titre,
            p.axe.titre if p.axe else "",
            p.piste.numero if p.piste else "",
            p.get_moderation_display(),
            p.get_origine_display(),
            _heure(p.cree_le),
        )
        for p in propositions.iterator(chunk_size=LOT)
    )
    return (_("Propositions"), entetes, lignes)


def feuille_contributions(consultation):
    """Every argument and question of a forum that is not taken back, without any author's name. One query."""
    contributions = (
        Contribution.objects.filter(proposition__consultation=consultation)
        .exclude(texte="")
        .select_related("college")
        .order_by("proposition_id", "pk")
    )
    entetes = (_("Proposition n°"), _("Sorte"), _("Texte"), _("Collège"), _("Affichage"), _("Reçue le"))
    lignes = (
        (
            c.proposition_id,
            c.get_nature_display(),
            c.texte_public,
            c.college.nom,
            c.get_moderation_display(),
            _heure(c.cree_le),
        )
        for c in contributions.iterator(chunk_size=LOT)
    )
    return (_("Arguments et questions"), entetes, lignes)


def _heure(quand):
    return timezone.localtime(quand).strftime("%d/%m/%Y %H:%M")


def feuille_pistes(consultation):
    """Every piste and how many propositions it gathers. One query."""
    pistes = (
        Piste.objects.filter(consultation=consultation)
        .select_related("axe", "espace")
        .annotate(nb=Count("propositions"))
        .order_by("numero")
    )
    entetes = (
        _("N°"),
        _("Formulation"),
        _("Axe"),
        _("Atelier"),
        _("Propositions"),
        _("État"),
        _("Jointe à la n°"),
    )
    pistes = list(pistes)
    familles, numeros = Familles.des(pistes), {p.pk: p.numero for p in pistes}
    lignes = [
        (
            p.numero,
            p.texte,
            p.axe.titre if p.axe else "",
            p.espace.titre if p.espace else "",
            p.nb,
            p.get_etat_display(),
            numeros[familles.racine(p.pk)] if familles.racine(p.pk) != p.pk else "",
        )
        for p in pistes
    ]
    return (_("Pistes"), entetes, lignes)


def feuille_mur(consultation):
    """The wall as it stands: by axe, each piste that stands and how many shown propositions it gathers, all its
    family's. Two queries."""
    toutes = list(Piste.objects.filter(consultation=consultation).select_related("axe").order_by("numero"))
    familles, nombres = Familles.des(toutes), Counter()
    affichees = Proposition.objects.affichees().filter(consultation=consultation, piste__isnull=False)
    for piste_id in affichees.values_list("piste_id", flat=True):
        nombres[familles.racine(piste_id)] += 1
    debout = [p for p in toutes if familles.racine(p.pk) == p.pk and p.etat != Piste.Etat.ECARTEE]
    debout.sort(key=lambda p: (p.axe is None, p.axe.ordre if p.axe else 0, p.axe_id or 0, p.numero))
    entetes = (_("Axe"), _("Piste"), _("Propositions"), _("Formulation"))
    lignes = [
        (p.axe.titre if p.axe else _("Sans axe"), _("n° %(n)d") % {"n": p.numero}, nombres[p.pk], p.texte)
        for p in debout
    ]
    return (_("Mur"), entetes, lignes)


def feuille_reponses(consultation):
    """What was answered to the pistes, corrected and withdrawn answers aside. One query."""
    suites = Suite.objects.debout().filter(piste__consultation=consultation).select_related("piste")
    entetes = (_("Piste n°"), _("Réponse"), _("Décidé le"), _("Par"), _("Confiée à"), _("Raison"))
    lignes = [
        (s.piste.numero, s.get_etat_display(), s.le.strftime("%d/%m/%Y"), s.decidee_par, s.confiee_a, s.raison)
        for s in suites.order_by("piste__numero", "le", "pk")
    ]
    return (_("Réponses"), entetes, lignes)


def dessins_de(feuilles):
    """Return the Dessins of the wall and of each vote that is among the sheets; none of a sheet without a row."""
    tous = (dessins_d_une(rang, titre, lignes) for rang, (titre, _entetes, lignes) in enumerate(feuilles))
    return [dessin for siens in tous for dessin in siens]


def dessins_d_une(rang, titre, lignes):
    """The Dessins of one sheet, the `rang`th (0 is the first)."""
    if titre == _("Mur") and lignes:
        yield Dessin(_("Combien de propositions dans chaque piste"), rang, 1, 2, 0, len(lignes) - 1)
    if titre == _("Résultats"):
        debut = 0
        for vote, siennes in groupby(lignes, key=itemgetter(0)):
            fin = debut + len(list(siennes)) - 1
            dit = _("%(vote)s : combien de personnes pour chaque piste. Sans barre : chiffre non montré.")
            yield Dessin(dit % {"vote": vote}, rang, 1, 3, debut, fin)
            debut = fin + 1


def feuille_resultats(consultation):
    """Results of the closed ballots, a row for each piste, as everyone may read them. 5 queries."""
    colleges = list(consultation.colleges.all())
    entetes = [
        _("Vote"),
        _("Piste n°"),
        _("Formulation"),
        _("Personnes"),
        _("Sur"),
        _("Gommettes"),
        _("Place"),
        _("Points"),
        _("Verdict"),
        *(f"{college.nom_court} ({_('personnes')})" for college in colleges),
    ]
    lignes = []
    clos = Scrutin.objects.filter(consultation=consultation, etat=Scrutin.Etat.CLOS).select_related("espace")
    for lus in lectures.tous_resultats(list(clos)).values():
        titre = f"{lus.scrutin.espace.titre} · {lus.scrutin.titre}"
        lignes += [_ligne_de_resultat(titre, ligne, colleges) for ligne in lus.lignes]
    return (_("Résultats"), entetes, lignes)


def _ligne_de_resultat(titre, ligne, colleges):
    parts = {part.college.id: part.texte for part in ligne.parts}
    return [
        titre,
        ligne.piste.numero,
        ligne.piste.texte,
        ligne.total if ligne.personnes is None else ligne.personnes,
        "" if ligne.sur is None else ligne.sur,
        *("" if n is None else n for n in (ligne.gommettes, ligne.place, ligne.total_points)),
        ligne.verdict.motif,
        *(parts.get(college.pk, _("non montré")) for college in colleges),
    ]


SORTES = {
    "propositions": (gettext_lazy("Propositions"), (feuille_propositions,)),
    "pistes": (gettext_lazy("Pistes"), (feuille_pistes,)),
    "mur": (gettext_lazy("Le mur, axe par axe"), (feuille_mur,)),
    "resultats": (gettext_lazy("Résultats des votes"), (feuille_resultats,)),
    "tout": (
        gettext_lazy("Tout en un fichier"),
        (
            feuille_propositions,
            feuille_contributions,
            feuille_pistes,
            feuille_mur,
            feuille_resultats,
            feuille_reponses,
        ),
    ),
}


def feuilles_de(consultation, sorte):
    """Return calls that each make one sheet of an export; what only a forum has is left out elsewhere."""
    est_forum = consultation.nature == Consultation.Nature.FORUM
    siennes = [f for f in SORTES[sorte][1] if est_forum or f is not feuille_contributions]
    return [partial(feuille, consultation) for feuille in siennes]


class PageExports(DansConsultation, TemplateView):
    """The page of the exports, and by POST the file itself: taking data away is an act, and the journal has it."""

    template_name = "consultation/gestion/exports.html"
    page_title = gettext_lazy("Exporter")
    header_icon = "download"

    def get_context_data(self, **kwargs):
        prepares = list(self.consultation.classeurs.all())
        return super().get_context_data(
            sortes=[(cle, nom) for cle, (nom, _f) in SORTES.items()],
            classeurs=prepares,
            nombre_de_feuilles=len(feuilles_de(self.consultation, "tout")),
            en_cours=any(classeur.etat == Classeur.Etat.EN_COURS for classeur in prepares),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        sorte, forme = request.POST.get("sorte", ""), request.POST.get("forme", "csv")
        if sorte not in SORTES or forme not in ("csv", "xlsx"):
            return HttpResponse(_("Choisissez ce que vous voulez exporter."), status=400)
        if (sorte, forme) == ("tout", "xlsx") and self.consultation.propositions.count() > LOURD:
            return LancerClasseur.as_view()(request, *args, **kwargs)
        actions.noter(
            verbe="exporter",
            objet=self.consultation,
            compte=request.user,
            details={"sorte": sorte, "forme": forme},
        )
        feuilles = [feuille() for feuille in feuilles_de(self.consultation, sorte)]
        return telechargement(feuilles, f"{self.consultation.slug}-{sorte}", forme, dessins_de(feuilles))
