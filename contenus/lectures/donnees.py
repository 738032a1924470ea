"""The open data of a consultation: what anyone may read on the site, as tables, with nothing more.

Words by `mots`' rule of consent, colleges by that of the piste page, figures from the table of each closing.
"""

from django.conf import settings
from django.utils import timezone

from consultation import lectures
from consultation.models import College, Proposition, Scrutin

from .suites import bilan_public, colleges_dits, est_citable

LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
#: {table: [(column, Table Schema type, what it says)]}.
SCHEMAS = {
    "pistes": [
        ("piste", "integer", "Numéro de la piste dans le séminaire."),
        ("texte", "string", "Sa formulation ; vide quand ce sont les mots d’une personne qui n’a pas dit oui."),
        ("axe", "string", "Son axe ou son thème."),
        ("propositions", "integer", "Combien de propositions affichées l’ont fait naître."),
        ("reponse", "string", "La dernière réponse : retenue, en_cours, realisee, confiee, ecartee, ou sans."),
        ("publiee_le", "date", "Le jour de la première synthèse publiée qui la cite."),
    ],
    "propositions": [
        ("piste", "integer", "La piste où elle est."),
        ("texte", "string", "Les mots de la personne ; […] à la place de mots cachés."),
        ("college", "string", "Son collège ; vide quand trop peu de personnes y ont écrit."),
    ],
    "votes": [
        ("vote", "integer", "Rang du vote dans cette archive."),
        ("titre", "string", "Titre du vote."),
        ("clos_le", "date", "Le jour de sa clôture."),
        ("mode", "string", "gommettes, adhesion (accord en quatre degrés), consent ou classement."),
        ("votants", "integer", "Combien de personnes ont voté."),
        ("regle", "string", "Comment on compte, en une phrase."),
    ],
    "resultats": [
        ("vote", "integer", "Rang du vote."),
        ("piste", "integer", "Numéro de la piste."),
        ("college", "string", "Le collège ; vide pour tout le monde."),
        ("forme", "string", "exact, peu, presque_tous, pareil ou tu : comment le chiffre est montré."),
        ("personnes", "integer", "Combien de personnes ; vide quand ce n’est pas un chiffre exact."),
        ("sur", "integer", "Sur combien."),
        ("dit", "string", "Comme on le lit sur le site."),
        ("retenue", "string", "oui ou non, pour tout le monde ; vide par collège."),
        ("place", "integer", "Dans un classement, sa place : 1 pour la première ; vide ailleurs."),
        ("points", "integer", "Dans un classement, ses points ; vide quand ils diraient ce que chacun a classé."),
    ],
    "reponses": [
        ("piste", "integer", "Numéro de la piste."),
        ("reponse", "string", "retenue, en_cours, realisee, confiee ou ecartee."),
        ("le", "date", "Le jour de la décision."),
        ("decidee_par", "string", "Qui a décidé, dans le réseau."),
        ("confiee_a", "string", "À qui la piste est confiée."),
        ("raison", "string", "La raison, ou ce qui est fait."),
    ],
}


def donnees(consultation):
    """Return ({table: [rows, in the order of SCHEMAS]}, [votes with their plain table]). At most 20 queries.

    In a plain table, pistes and colleges go by number and by name; lines of pistes nobody may read are left out.
    """
    bilan = bilan_public(consultation)
    racines = lectures.racines_de([suivie.piste for suivie in bilan.suivies])
    nees, votes = _nees(bilan), _votes(consultation, racines)
    tables = {
        "pistes": _pistes(consultation, bilan, nees),
        "propositions": _propositions(consultation, bilan, nees),
        "votes": [vote["ligne"] for vote in votes],
        "resultats": [ligne for vote in votes for ligne in vote["resultats"]],
        "reponses": [
            [s.piste.numero, une.etat, une.le, une.decidee_par, une.confiee_a, une.raison]
            for s in bilan.suivies
            for une in s.suites
        ],
    }
    return tables, [{"vote": vote["ligne"][0], "table": vote["table"]} for vote in votes]


def paquet(consultation):
    """Return the datapackage.json of a consultation (Frictionless Data Package), as a dict."""
    return {
        "name": consultation.slug,
        "title": consultation.titre,
        "created": timezone.now().isoformat(timespec="seconds"),
        "homepage": f"{settings.URL_PUBLIQUE}/reponses/{consultation.slug}/",
        "licenses": [LICENCE],
        **({"sources": [{"title": consultation.reprise_de}]} if consultation.reprise_de else {}),
        "resources": [
            {
                "name": nom,
                "path": f"{nom}.csv",
                "format": "csv",
                "encoding": "utf-8-sig",
                "dialect": {"delimiter": ";"},
                "schema": {"fields": [{"name": c, "type": t, "description": d} for c, t, d in colonnes]},
            }
            for nom, colonnes in SCHEMAS.items()
        ],
    }


def _pistes(consultation, bilan, nees):
    tues = lectures.pistes_tues(consultation.pk)
    return [
        [
            s.piste.numero,
            "" if s.piste.pk in tues else s.piste.texte,
            s.piste.axe.titre if s.piste.axe else "",
            len(nees[s.piste.pk]),
            s.etat,
            s.depuis,
        ]
        for s in bilan.suivies
    ]


def _nees(bilan):
    """{id of a piste that stands: the shown propositions it was born of, by their words}. Two or three queries."""
    pistes = [suivie.piste for suivie in bilan.suivies]
    souches, nees = lectures.souches_de(pistes), {piste.pk: [] for piste in pistes}
    affichees = Proposition.objects.affichees().filter(piste__in=souches).select_related("college", "auteur")
    for proposition in affichees.order_by("texte", "pk"):
        for racine in souches[proposition.piste_id]:
            nees[racine].append(proposition)
    return nees


def _propositions(consultation, bilan, nees):
    """Words whose author agrees, by piste then by words: the order in which they came would say who."""
    dits = colleges_dits(consultation.pk)
    return [
        [s.piste.numero, p.texte_public, p.college.nom if p.college_id in dits else ""]
        for s in bilan.suivies
        for p in nees[s.piste.pk]
        if est_citable(p)
    ]


def _votes(consultation, racines):
    """The shown votes, no rehearsal, the oldest first: their line, their results, their table. Five queries."""
    clos = Scrutin.objects.montres().filter(consultation=consultation, proclamation__isnull=False)
    clos = clos.exclude(espace__atelier__repetition=True).select_related("proclamation")
    pistes = {pk: lue for pk, lue in lectures.pistes_lues({consultation.pk}).items() if pk in racines}
    colleges = [
        lectures.CollegeLu(c.pk, c.nom, c.nom_court, c.signe)
        for c in College.objects.filter(consultation=consultation)
    ]
    votes = []
    for scrutin in clos.order_by("clos_le", "pk"):
        table = scrutin.proclamation.tableau
        tableau = lectures.dresser(
            table, pistes=pistes, colleges=colleges, scrutin=scrutin.pk, titre=scrutin.titre
        )
        lignes = [ligne for ligne in tableau.lignes if str(ligne.piste.id) in table["pistes"]]
        if lignes:
            votes.append(_vote(len(votes) + 1, scrutin, tableau, lignes, sans_ids(table, pistes, colleges)))
    return votes


def _vote(rang, scrutin, tableau, lignes, table):
    clos_le = timezone.localdate(scrutin.clos_le)
    return {
        "ligne": [rang, scrutin.titre, clos_le, tableau.mode, tableau.votants, tableau.regle],
        "resultats": [resultat for ligne in lignes for resultat in _resultats(rang, ligne)],
        "table": table,
    }


def _resultats(rang, ligne):
    """A row for everybody, then one a college that is told."""
    oui = "oui" if ligne.retenue else "non"
    yield [
        rang,
        ligne.piste.numero,
        "",
        ligne.forme,
        ligne.personnes,
        ligne.sur,
        ligne.total,
        oui,
        ligne.place,
        ligne.total_points,
    ]
    for part in ligne.parts:
        yield [
            rang,
            ligne.piste.numero,
            part.college.nom,
            part.forme,
            part.personnes,
            part.sur,
            part.texte,
            "",
            None,
            None,
        ]


def sans_ids(table, pistes, colleges):
    """The plain table with numbers of pistes and names of colleges in place of ids."""
    noms = {str(c.id): c.nom for c in colleges}
    reglages = table["reglages"]
    quorums = [{**q, "college": noms.get(q["college"], q["college"])} for q in reglages["quorums"]]
    lignes = {str(pistes[int(pk)].numero): ligne for pk, ligne in table["pistes"].items() if int(pk) in pistes}
    return {
        "reglages": {**reglages, "quorums": quorums},
        "votants": table["votants"],
        "silence": table["silence"],
        "colleges": {noms[pk]: lu for pk, lu in table["colleges"].items() if pk in noms},
        "pistes": {
            numero: {
                **{cle: valeur for cle, valeur in ligne.items() if cle != "membres"},
                "colleges": {noms[pk]: case for pk, case in ligne["colleges"].items() if pk in noms},
            }
            for numero, ligne in lignes.items()
        },
    }
