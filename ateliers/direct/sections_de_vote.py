"""The sections of a room's state that tell of a vote: who has voted, then what came of it."""

from django.db.models import Count

from consultation.lectures import compte_des_bulletins
from consultation.models import Bulletin, Scrutin

from ..models import Etape


def a_montrer(espace_id, courante):
    """The current vote's scrutin, or else the last one opened in the espace: its results stay in sight."""
    if courante is not None and courante.nature == Etape.Nature.VOTE:
        return courante.scrutin
    ouverts = Scrutin.objects.filter(espace_id=espace_id).exclude(etat=Scrutin.Etat.PREPARE)
    return ouverts.order_by("-ouvert_le", "-pk").first()


def scrutin(scrutin, presents, colleges):
    """Who has voted, never what. `presents`: those who voted, and those who are there and have not yet."""
    if scrutin is None:
        return None
    votants = dict(
        Bulletin.objects.filter(scrutin=scrutin).values_list("college").annotate(n=Count("pk")).order_by()
    )
    attendus = {c.pk: votants.get(c.pk, 0) + presents[c.pk][2] for c in colleges}
    return {
        "id": scrutin.pk,
        "etat": scrutin.etat,
        "montre": scrutin.est_montre,
        "mode": scrutin.mode,
        "gommettes": scrutin.gommettes,
        "votants": sum(votants.values()),
        "urne": _dans_l_urne(scrutin),
        "presents": sum(attendus.values()),
        "colleges": [
            {
                "signe": c.signe,
                "nom_court": c.nom_court,
                "votants": votants.get(c.pk, 0),
                "presents": attendus[c.pk],
            }
            for c in colleges
        ],
    }


def _dans_l_urne(scrutin):
    """How many ballots the box of a secret vote holds, to be compared with those who voted; None of another."""
    compte = compte_des_bulletins(scrutin)
    return compte and compte.bulletins


def resultats(lus):
    """The table of a closed scrutin, as everyone may read it; None before it closes."""
    if lus is None or lus.tableau is None:
        return None
    tableau = lus.tableau
    return {
        "scrutin": tableau.scrutin,
        "carte": lus.opinions is not None,
        "mode": tableau.mode,
        "votants": tableau.votants,
        "masques": tableau.masques,
        "explication": tableau.explication,
        "regle": tableau.regle,
        "colleges": [
            {
                "id": c.college.id,
                "signe": c.college.signe,
                "nom_court": c.college.nom_court,
                "votants": c.votants,
                "masque": c.masque,
            }
            for c in tableau.colonnes
        ],
        "pistes": [_resultat_piste(ligne) for ligne in tableau.lignes],
    }


def _resultat_piste(ligne):
    return {
        "id": ligne.piste.id,
        "numero": ligne.piste.numero,
        "texte": ligne.piste.texte,
        "forme": ligne.forme,
        "personnes": ligne.personnes,
        "sur": ligne.sur,
        "gommettes": ligne.gommettes,
        "place": ligne.place,
        "verdict": ligne.verdict.cle,
        "motif": ligne.verdict.motif,
        "precision": ligne.verdict.precision,
        "colleges": [
            {
                "id": part.college.id,
                "signe": part.college.signe,
                "forme": part.forme,
                "personnes": part.personnes,
                "sur": part.sur,
            }
            for part in ligne.parts
        ],
    }
