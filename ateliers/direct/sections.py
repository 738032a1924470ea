"""The sections of a room's state, one function each: plain data, as they go out. `cadres` says who is told."""

import hashlib
from collections import Counter, defaultdict

from django.db.models import Count, Exists, OuterRef

from consultation import lectures as lectures_consultation
from consultation.decomptes import Familles
from consultation.models import Bulletin, Espace, Piste, Precision, Proposition
from consultation.requetes import Prete

from ..consignes import consigne_dite
from ..lectures.suivi_grilles import grilles_de_l_etape
from ..models import Etape, Place, SurLeMur


def _ms(quand):
    return None if quand is None else round(quand.timestamp() * 1000)


def etape(courante, etapes):
    if courante is None:
        return None
    return {
        "id": courante.pk,
        "nature": courante.nature,
        "titre": courante.titre,
        "consigne": consigne_dite(courante),
        "etat": courante.etat,
        "rang": 1 + next(rang for rang, etape in enumerate(etapes) if etape.pk == courante.pk),
        "sur": len(etapes),
        "ouverte_ms": _ms(courante.ouverte_le),
        "echeance_ms": _ms(courante.echeance),
        "restant_s": courante.restant if courante.etat == Etape.Etat.EN_PAUSE else None,
        "duree_s": courante.duree * 60,
    }


def presents(atelier_id, scrutin):
    """{college: [there, came in, there and without a ballot in this scrutin]}. One query."""
    places = Place.objects.selon_presence().filter(atelier_id=atelier_id)
    siens = Bulletin.objects.filter(scrutin=scrutin, participant=OuterRef("participant"))
    places = places.annotate(vote=Exists(siens)).values_list("participant__college", "la", "vote").order_by()
    lus = defaultdict(lambda: [0, 0, 0])
    for college, la, vote, n in places.annotate(n=Count("pk")):
        for rang, compte in enumerate((la, True, la and not vote)):
            lus[college][rang] += n * bool(compte)
    return lus


def presence(presents, colleges):
    """Who is there now, and how many came in since the beginning."""
    lignes = [{"id": c.pk, "nom_court": c.nom_court, "signe": c.signe, "n": presents[c.pk][0]} for c in colleges]
    total, entres = (sum(p[rang] for p in presents.values()) for rang in (0, 1))
    return {"total": total, "entres": entres, "colleges": lignes}


def propositions(espace_id, combien):
    """How many are shown, the newest `combien` of them, and the ids of those waiting to be reworded."""
    affichees = Proposition.objects.affichees().filter(espace_id=espace_id)
    dernieres = affichees.select_related("auteur", "college").order_by("-pk")[:combien]
    return {
        "total": affichees.count(),
        "dernieres": [_proposition(p) for p in dernieres],
        "a_preciser": a_preciser(espace_id),
    }


def a_preciser(espace_id):
    """The ids of the propositions that wait to be reworded. One query."""
    return [pk for (pk,) in _a_preciser(espace_id)]


_a_preciser = Prete(
    lambda espace: (
        Precision.objects.en_attente()
        .filter(proposition__espace_id=espace)
        .order_by("proposition_id")
        .values_list("proposition_id")
    )
)


def _proposition(proposition):
    auteur = proposition.auteur
    simule = proposition.origine == Proposition.Origine.SIMULATION or (auteur is not None and auteur.simule)
    return {
        "id": proposition.pk,
        "texte": proposition.texte_public,
        "signe": proposition.college.signe,
        "college": proposition.college.nom_court,
        "le_ms": _ms(proposition.cree_le),
        "nature": proposition.nature,
        "simule": simule,
    }


def mur(atelier_id, cache):
    """What the facilitator did with the wall: whether it is hidden, {id of a shown proposition: its place}."""
    places = SurLeMur.objects.filter(atelier=atelier_id, proposition__moderation=Proposition.Moderation.AFFICHEE)
    return {"cache": cache, "places": {str(pk): place for pk, place in places.values_list("proposition", "place")}}


def liste_de_pleniere(salle):
    """The list of a plenary: pistes of other rooms, in the order it was given. None where none was taken over."""
    espace = Espace(pk=salle.espace_id, consultation_id=salle.consultation_id)
    places = lectures_consultation.liste(espace)
    if not places:
        return None
    familles = {place.piste.pk: [place.piste.pk, *(jointe.pk for jointe in place.jointes)] for place in places}
    comptes = Proposition.objects.affichees().filter(piste__in=[pk for f in familles.values() for pk in f])
    nombres = dict(comptes.order_by().values_list("piste").annotate(n=Count("pk")))
    liste = [
        {"id": p.pk, "numero": p.numero, "texte": p.texte, "n": sum(nombres.get(pk, 0) for pk in familles[p.pk])}
        for p in (place.piste for place in places)
    ]
    return {"total": len(liste), "liste": liste}


def pistes(espace_id):
    """The living pistes, each with the number of shown propositions it rests on, joined pistes included."""
    pistes = Piste.objects.filter(espace_id=espace_id).order_by("numero")
    familles, nombres = Familles.de_l_espace(espace_id), Counter()
    comptes = Proposition.objects.affichees().filter(piste__in=pistes).values_list("piste").order_by()
    for pk, n in comptes.annotate(n=Count("pk")):
        nombres[familles.racine(pk)] += n
    liste = [
        {"id": pk, "numero": numero, "texte": texte, "n": nombres[pk]}
        for pk, numero, texte in pistes.vivantes().values_list("pk", "numero", "texte")
    ]
    return {"total": len(liste), "liste": liste}


def grilles(espace_id, courante):
    """The questionnaires of a step where one answers: how many have, never what."""
    return [
        {
            "id": grille.pk,
            "titre": grille.titre,
            "code": grille.code,
            "etat": grille.etat,
            "envoyees": grille.envoyees,
            "commencees": grille.commencees,
            "comptee": grille.comptes is not None,
        }
        for grille in grilles_de_l_etape(courante, espace_id)
    ]


def ecran(courante, scrutin, resultats, grilles):
    """A short word that changes when a phone must fetch its page anew."""
    etape = courante
    vu = (
        (etape.pk, etape.etat, etape.nature, etape.titre, consigne_dite(etape), etape.tables) if etape else None,
        (scrutin.pk, scrutin.etat, scrutin.est_montre, bool(resultats and resultats.opinions))
        if scrutin
        else None,
        [(grille["id"], grille["etat"]) for grille in grilles],
    )
    return hashlib.sha256(repr(vu).encode()).hexdigest()[:12]


def console(atelier_id, espace_id, colleges):
    """Counts for whoever leads: what waits to be read, and who has not written yet."""
    siennes = Proposition.objects.filter(espace_id=espace_id).order_by()
    par_etat = dict(siennes.values_list("moderation").annotate(n=Count("pk")))
    par_college = {
        college: (n, auteurs)
        for college, n, auteurs in siennes.values_list("college").annotate(
            n=Count("pk"), auteurs=Count("auteur", distinct=True)
        )
    }
    places = Place.objects.filter(atelier_id=atelier_id).order_by()
    ont_ecrit = places.presentes().filter(participant__propositions__espace_id=espace_id)
    return {
        "a_relire": par_etat.get(Proposition.Moderation.A_RELIRE, 0),
        "affichees": par_etat.get(Proposition.Moderation.AFFICHEE, 0),
        "ecartees": par_etat.get(Proposition.Moderation.ECARTEE, 0),
        "a_regrouper": siennes.orphelines().count(),
        "ont_ecrit": ont_ecrit.aggregate(n=Count("participant", distinct=True))["n"],
        "attendus": places.filter(entre_le__isnull=True).count(),
        "colleges": [
            {
                "id": c.pk,
                "signe": c.signe,
                "nom_court": c.nom_court,
                "propositions": par_college.get(c.pk, (0, 0))[0],
                "ecrivains": par_college.get(c.pk, (0, 0))[1],
            }
            for c in colleges
        ],
    }
