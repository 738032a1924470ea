"""What each audience sees of a room, by sections. The same JSON goes out in frames, in the snapshot and in pages.

A rendering costs a fixed number of queries whatever the room holds. The sequence is read first: what is read
after it is at least as new, so a frame never claims to be newer than it is.
"""

import hashlib
from collections import Counter, defaultdict
from functools import cached_property

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import get_language

from consultation import lectures as lectures_consultation
from consultation.decomptes import Familles
from consultation.models import Bulletin, College, Espace, Piste, Precision, Proposition, Scrutin
from consultation.requetes import PreteEnObjets

from ..consignes import consigne_dite
from ..lectures.suivi_grilles import grilles_de_la_salle
from ..models import Atelier, Etape, Place, SurLeMur
from .reserve import une_fois

PARTICIPANTS, PROJECTION, CONSOLE = "participants", "projection", "console"
AUDIENCES = (PARTICIPANTS, PROJECTION, CONSOLE)
#: How many of the newest propositions each audience reads.
DERNIERES = {PARTICIPANTS: 5, PROJECTION: 8, CONSOLE: 8}
SECTIONS = (
    "etape",
    "presence",
    "propositions",
    "mur",
    "pistes",
    "scrutin",
    "resultats",
    "grilles",
    "ecran",
    "console",
)


_etapes = PreteEnObjets(Etape, lambda atelier: Etape.objects.filter(atelier=atelier), ["scrutin"])


class Salle:
    """A room as it is now, read section by section: each reading is made once, when something asks for it.

    `sequence` was read before all the rest. `faits`: {"espace_id", "consultation_id", "mur_cache"}.
    """

    def __init__(self, atelier_id, sequence, **faits):
        self.atelier_id, self.sequence = atelier_id, sequence
        self.espace_id, self.consultation_id = faits["espace_id"], faits["consultation_id"]
        self.mur_cache = faits["mur_cache"]

    @classmethod
    def lire(cls, atelier_id):
        """Return the room, or None if there is no such room. One query."""
        champs = ("sequence", "espace_id", "espace__consultation_id", "mur_cache")
        lue = Atelier.objects.filter(pk=atelier_id).order_by().values_list(*champs).first()
        return lue and cls(atelier_id, lue[0], espace_id=lue[1], consultation_id=lue[2], mur_cache=lue[3])

    @classmethod
    def de(cls, atelier):
        """Of an Atelier just read, with its espace."""
        return cls(
            atelier.pk,
            atelier.sequence,
            espace_id=atelier.espace_id,
            consultation_id=atelier.espace.consultation_id,
            mur_cache=atelier.mur_cache,
        )

    @cached_property
    def etapes(self):
        return _etapes(self.atelier_id)

    @cached_property
    def courante(self):
        return next((e for e in self.etapes if e.etat in (Etape.Etat.OUVERTE, Etape.Etat.EN_PAUSE)), None)

    @cached_property
    def scrutin(self):
        return _scrutin_a_montrer(self.espace_id, self.courante)

    @cached_property
    def colleges(self):
        return list(College.objects.filter(consultation_id=self.consultation_id))

    @cached_property
    def presents(self):
        return _presents(self.atelier_id, self.scrutin)

    @cached_property
    def _dites(self):
        return _propositions(self.espace_id)

    @cached_property
    def _pistes(self):
        return _liste(self) or _pistes(self.espace_id)

    @cached_property
    def _nombre_de_pistes(self):
        liste = self.__dict__.get("_pistes") or _liste(self)
        return liste["total"] if liste else Piste.objects.vivantes().filter(espace_id=self.espace_id).count()

    @cached_property
    def _communes(self):
        return {
            "etape": lambda: _etape(self.courante, self.etapes),
            "presence": lambda: _presence(self.presents, self.colleges),
            "mur": lambda: _mur(self.atelier_id, self.mur_cache),
            "scrutin": lambda: _scrutin(self.scrutin, self.presents, self.colleges),
            "resultats": lambda: _resultats(self.resultats),
            "grilles": lambda: self.grilles,
            "ecran": lambda: _ecran(self.courante, self.scrutin, self.resultats, self.grilles),
            "console": lambda: _console(self.atelier_id, self.espace_id, self.colleges),
        }

    @cached_property
    def resultats(self):
        return resultats_montres(self.atelier_id, self.sequence, self.scrutin)

    @cached_property
    def grilles(self):
        return _grilles(self.espace_id, self.courante)

    @cached_property
    def _lues(self):
        return {}

    def section(self, nom, audience):
        """Return the section `nom` as `audience` sees it."""
        if nom == "propositions":
            cache = self.mur_cache and audience != CONSOLE
            return {**self._dites, "dernieres": [] if cache else self._dites["dernieres"][: DERNIERES[audience]]}
        if nom == "pistes":
            # Where the screen of a phone does not list them, their number is all it is told.
            en_liste = audience != PARTICIPANTS or _montre_les_pistes(self.courante)
            return self._pistes if en_liste else {"total": self._nombre_de_pistes}
        if nom not in self._lues:
            self._lues[nom] = self._communes[nom]()
        return self._lues[nom]


def sections_de(audience):
    """The names of the sections an audience is told."""
    tues = {PARTICIPANTS: {"mur", "grilles", "console"}, PROJECTION: {"console"}, CONSOLE: set()}[audience]
    return [nom for nom in SECTIONS if nom not in tues]


def rendre(atelier_id, audiences=AUDIENCES):
    """Return (sequence, {audience: {section: value}}) for a room, or (None, {}) if there is no such room."""
    salle = Salle.lire(atelier_id)
    if salle is None:
        return None, {}
    # Those who see all the pistes first: they are then counted for the others.
    rangees = sorted(audiences, key=PARTICIPANTS.__eq__)
    return salle.sequence, {pour: {nom: salle.section(nom, pour) for nom in sections_de(pour)} for pour in rangees}


def resultats_montres(atelier_id, sequence, scrutin):
    """Return the Resultats of a vote, or None before they are shown. Read once while the room stays still."""
    if scrutin is None or not scrutin.est_montre:
        return None
    quoi = ("resultats", scrutin.pk, get_language())
    return une_fois(atelier_id, quoi, sequence, lambda: lectures_consultation.resultats(scrutin))


def _montre_les_pistes(courante):
    return courante is not None and courante.nature == Etape.Nature.REGROUPEMENT


def _ms(quand):
    return None if quand is None else round(quand.timestamp() * 1000)


def _etape(courante, etapes):
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


def _presents(atelier_id, scrutin):
    """{college: [there, came in, there and without a ballot in this scrutin]}. One query."""
    places = Place.objects.selon_presence().filter(atelier_id=atelier_id)
    siens = Bulletin.objects.filter(scrutin=scrutin, participant=OuterRef("participant"))
    places = places.annotate(vote=Exists(siens)).values_list("participant__college", "la", "vote").order_by()
    lus = defaultdict(lambda: [0, 0, 0])
    for college, la, vote, n in places.annotate(n=Count("pk")):
        for rang, compte in enumerate((la, True, la and not vote)):
            lus[college][rang] += n * bool(compte)
    return lus


def presence(atelier_id):
    """Return the section of this name alone, as `rendre` makes it. Two queries."""
    colleges = College.objects.filter(consultation__espaces__atelier=atelier_id)
    return _presence(_presents(atelier_id, None), list(colleges))


def _presence(presents, colleges):
    """Who is there now, and how many came in since the beginning."""
    lignes = [{"id": c.pk, "nom_court": c.nom_court, "signe": c.signe, "n": presents[c.pk][0]} for c in colleges]
    total, entres = (sum(p[rang] for p in presents.values()) for rang in (0, 1))
    return {"total": total, "entres": entres, "colleges": lignes}


def _propositions(espace_id):
    affichees = Proposition.objects.affichees().filter(espace_id=espace_id)
    dernieres = affichees.select_related("auteur", "college").order_by("-pk")[: max(DERNIERES.values())]
    demandees = Precision.objects.en_attente().filter(proposition__espace_id=espace_id)
    return {
        "total": affichees.count(),
        "dernieres": [_proposition(p) for p in dernieres],
        "a_preciser": list(demandees.order_by("proposition_id").values_list("proposition_id", flat=True)),
    }


def _mur(atelier_id, cache):
    """What the facilitator did with the wall: whether it is hidden, {id of a shown proposition: its place}."""
    places = SurLeMur.objects.filter(atelier=atelier_id, proposition__moderation=Proposition.Moderation.AFFICHEE)
    return {"cache": cache, "places": {str(pk): place for pk, place in places.values_list("proposition", "place")}}


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


def _liste(salle):
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


def _pistes(espace_id):
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


def _scrutin_a_montrer(espace_id, courante):
    """The current vote's scrutin, or else the last one opened in the espace: its results stay in sight."""
    if courante is not None and courante.nature == Etape.Nature.VOTE:
        return courante.scrutin
    ouverts = Scrutin.objects.filter(espace_id=espace_id).exclude(etat=Scrutin.Etat.PREPARE)
    return ouverts.order_by("-ouvert_le", "-pk").first()


def _scrutin(scrutin, presents, colleges):
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


def _resultats(lus):
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


def _grilles(espace_id, courante):
    """The questionnaires of a step where one answers: how many have, never what."""
    if courante is None or courante.nature != Etape.Nature.GRILLE:
        return []
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
        for grille in grilles_de_la_salle(espace_id)
    ]


def _ecran(courante, scrutin, resultats, grilles):
    """A short word that changes when a phone must fetch its page anew."""
    etape = courante
    vu = (
        (etape.pk, etape.etat, etape.nature, etape.titre, consigne_dite(etape)) if etape else None,
        (scrutin.pk, scrutin.etat, scrutin.est_montre, bool(resultats and resultats.opinions))
        if scrutin
        else None,
        [(grille["id"], grille["etat"]) for grille in grilles],
    )
    return hashlib.sha256(repr(vu).encode()).hexdigest()[:12]


def _console(atelier_id, espace_id, colleges):
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
