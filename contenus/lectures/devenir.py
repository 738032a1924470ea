"""The stem of a proposition: the nodes it has reached, from someone's words to what the whole network can read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation import lectures
from consultation.models import Piste, Proposition, Scrutin

from .noeuds import Noeud
from .publies import regions, suites, syntheses

#: Title of the vote's node, by verdict.
TITRES = {
    "retenue": lambda: _("La salle a voté pour"),
    "a_rediscuter": lambda: _("La salle veut en reparler"),
    "sous_quorum": lambda: _("Il a manqué quelques voix"),
    "en_memoire": lambda: _("La salle l’a gardée en mémoire"),
    "": lambda: _("Le groupe a voté"),
}


@dataclass(frozen=True)
class Tige:
    """`chapeau`: where it stands, in one sentence. `ici`: rank of the furthest node reached."""

    chapeau: str
    noeuds: list

    @property
    def ici(self):
        return max(rang for rang, noeud in enumerate(self.noeuds) if noeud.etat != "attente")


def tige(proposition):
    """Return the Tige of a proposition, in a constant number of queries (at most 29)."""
    noeuds = [_ecrite(proposition)]
    if proposition.moderation != Proposition.Moderation.AFFICHEE:
        noeuds.append(_relecture(proposition))
        return Tige(noeuds[-1].contenu["chapeau"], noeuds)
    suite = lectures.devenir(proposition)
    noeuds += [
        _regroupee(suite),
        *votes(suite),
        *_laissees(suite),
        *syntheses(suite),
        *regions(suite),
        *suites(suite),
    ]
    acquis = [noeud for noeud in noeuds if noeud.etat != "attente"]
    return Tige(acquis[-1].contenu["chapeau"], noeuds)


def _ecrite(proposition):
    table = proposition.origine == Proposition.Origine.TABLE
    return Noeud(
        "ecrite",
        "d-1",
        _comment(proposition),
        le=proposition.cree_le,
        contenu={
            "chapeau": _("Elle est bien arrivée. Elle est avec celles des autres."),
            "lieu": proposition.espace.titre,
            "pour": proposition.college.nom if table else "",
            "montree": proposition.texte_public if proposition.masques else "",
            "precisees": [precision for precision in proposition.precisions.all() if precision.avant],
        },
    )


def _comment(proposition):
    if proposition.origine == Proposition.Origine.PAPIER:
        return _("Quelqu’un l’a recopiée de votre carte")
    if proposition.origine == Proposition.Origine.TABLE:
        return _("Vous l’avez notée pour la table n° {n}").format(n=proposition.origine_note)
    return _("Vous l’avez écrite")


def _relecture(proposition):
    if proposition.moderation == Proposition.Moderation.A_RELIRE:
        chapeau = _("Elle est bien arrivée. Quelqu’un va la relire.")
        return Noeud("a_relire", "i-horloge", _("Quelqu’un va la relire"), "attente", contenu={"chapeau": chapeau})
    chapeau = _("Elle est bien arrivée. Elle n’est pas affichée.")
    return Noeud(
        "ecartee",
        "i-non",
        _("Elle n’est pas affichée"),
        "stop",
        contenu={"chapeau": chapeau, "motif": proposition.motif},
    )


def _regroupee(suite):
    if suite.piste is None:
        return Noeud("sans_piste", "i-regrouper", _("Le groupe n’a pas encore fait les piles"), "attente")
    autres = len(suite.soeurs)
    titre = _("Elle est devenue une piste")
    if autres:
        titre = ngettext("Elle a rejoint {n} autre", "Elle a rejoint {n} autres", autres).format(n=autres)
    actes = [acte for acte in suite.regroupements if acte.annule_le is None]
    defaits = [acte for acte in suite.regroupements if acte.annule_le is not None]
    ecartee = suite.piste.etat == Piste.Etat.ECARTEE
    chapeau = _("Elle est dans la piste n° {numero}.").format(numero=suite.piste.numero)
    if ecartee:
        chapeau = _("Elle est dans la piste n° {numero}, que le groupe a mise de côté.").format(
            numero=suite.piste.numero
        )
    return Noeud(
        "regroupee",
        "i-regrouper",
        titre,
        le=actes[-1].cree_le if actes else None,
        contenu={
            "chapeau": chapeau,
            "piste": suite.piste,
            "ecartee": ecartee,
            "soeurs": suite.soeurs,
            "motif": actes[-1].motif if actes else "",
            "defaits": len(defaits),
            "desaccord": suite.desaccords.get(None),
        },
    )


def _laissees(suite):
    """One node for each synthesis that leaves it out, with the reason and what was answered."""
    return [
        Noeud(
            "laissee_de_cote",
            "i-non",
            _("La synthèse ne la reprend pas"),
            "stop",
            le=mise.le,
            contenu={
                "chapeau": _("Une synthèse l’a laissée de côté. Lisez pourquoi."),
                "mise": mise,
                "desaccord": suite.desaccords.get(mise.pk),
            },
        )
        for mise in suite.mises_de_cote
    ]


def votes(suite):
    """The votes of its room; then, for each plenary that took it over, that news and the whole room's vote."""
    tenus = [vote for vote in suite.votes if vote.scrutin.etat != Scrutin.Etat.PREPARE]
    plenieres = {ligne.espace_id for ligne in suite.reprises} - {suite.espace_id}
    noeuds = [_vote(vote) for vote in tenus if vote.scrutin.espace_id not in plenieres]
    for ligne in suite.reprises:
        if ligne.espace_id in plenieres:
            noeuds.append(_pleniere(ligne))
            noeuds += [_vote(vote) for vote in tenus if vote.scrutin.espace_id == ligne.espace_id]
    return noeuds


def _pleniere(ligne):
    return Noeud(
        "pleniere",
        "i-ecran",
        _("Elle est allée devant toute la salle"),
        le=ligne.reprise_le,
        contenu={
            "chapeau": _("Elle est dans la liste que toute la salle choisit."),
            "lieu": ligne.espace.titre,
        },
    )


def _vote(vote):
    scrutin = vote.scrutin
    if scrutin.etat == Scrutin.Etat.OUVERT:
        return Noeud("vote_ouvert", "d-2", _("Le groupe vote en ce moment"), "attente")
    contenu = {"chapeau": _("Le groupe a voté."), "tableau": vote.tableau, "lignes": vote.lignes}
    if not vote.lignes:
        return Noeud("vote_cache", "d-2", _("Le groupe a voté"), le=scrutin.clos_le, contenu=contenu)
    verdict = vote.lignes[0].verdict.cle if len(vote.lignes) == 1 else ""
    contenu["chapeau"] = {
        "retenue": _("Le groupe a voté pour elle."),
        "a_rediscuter": _("Le groupe a voté. Il veut en reparler."),
        "": _("Le groupe a voté."),
    }.get(verdict, _("Le groupe a voté. Elle est gardée en mémoire."))
    return Noeud("vote", "d-2", TITRES[verdict](), le=scrutin.clos_le, contenu=contenu)
