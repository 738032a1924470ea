"""Freeze a synthesis: everything a published page will ever say, as plain data (version 2).

    {"version", "consultation": {"titre", "slug", "lieu", "debut", "fin"}, "simule": bool,
     "chiffres": {"participants", "structures", "axes", "pistes", "propositions"},
     "colleges": [{"id", "nom", "nom_court", "signe", "n", "part_cible"}],
     "sections": [{"titre", "chapeau", "phrases": [{"texte", "pistes": [numero], and for others than sentences
                   "sorte", "mots_de" of a quotation, "scrutin" and "piste" (ids) of a figure}],
                   "lignes": [{"titre", "criteres", "indicateurs", "pistes": [numero], "nees", "citees"}]}],
     "pistes": [{"numero", "texte" or "mots_de", "nees", "citees"}],
     "scrutins": [{"id", "titre", "tableau": what the closing decided, "pistes": {id: {"numero",
                   "texte" or "mots_de", "ecartee", "note", "sous": numero of the piste that stands for it}},
                   "opinions": the map of opinions, only where there is one}],
     "equite": {"parts": [{"colleges": [id], "citees", "total"}], "points", "a_expliquer", "explication"}}

`equite` is not in copies made before it was measured.

`nees` counts the shown propositions a thing was born of; `citees` are the ids of those whose author agreed to be
quoted. Words and names are never copied: see `SynthesePage`. A piste, a criterion or an indicator that still says
someone's very words is frozen as the number of their proposition, `{"mots_de": id}`; `lectures.mots` fills it in.
"""

import hashlib
import json
from collections import defaultdict

from django.db.models import Count, Q

from ateliers.models import Place
from consultation import lectures as lectures_consultation
from consultation.actions.mots import auteur_des_mots
from consultation.decomptes import Familles
from consultation.models import Bulletin, Participant, Piste, Proposition, Scrutin

VERSION = 2


def empreinte(contenu):
    """Return the fingerprint of a frozen copy (64 hexadecimal digits): equal copies, equal fingerprints."""
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()


def figer(synthese):
    """Return the frozen copy of `synthese`. At most 21 queries, whatever its length and the number of rounds."""
    consultation = synthese.consultation
    pistes = _Pistes(consultation)
    sections = [_section(section, pistes) for section in _sections(synthese)]
    citees = pistes.citees()
    participants = _participants(synthese)
    return {
        "version": VERSION,
        "consultation": _cadre(consultation),
        "simule": any(ligne["origine"] == Participant.Origine.SIMULATION for ligne in participants),
        "chiffres": {
            "participants": sum(ligne["n"] for ligne in participants),
            "structures": _nombre_structures(synthese),
            "axes": len(sections),
            "pistes": len(citees),
            "propositions": sum(piste["nees"] for piste in citees),
        },
        "colleges": _colleges(consultation, participants),
        "sections": sections,
        "pistes": citees,
        "scrutins": _scrutins(synthese, pistes),
        "equite": _equite(synthese),
    }


def _equite(synthese):
    lue = lectures_consultation.equite_de(synthese)
    return {
        "parts": [
            {"colleges": [c.pk for c in part.colleges], "citees": part.citees, "total": part.total}
            for part in lue.parts
        ],
        "points": lue.points,
        "a_expliquer": lue.a_expliquer,
        "explication": synthese.explication_ecart if lue.a_expliquer else "",
    }


def _cadre(consultation):
    return {
        "titre": consultation.titre,
        "slug": consultation.slug,
        "lieu": consultation.lieu,
        "debut": consultation.debut and consultation.debut.isoformat(),
        "fin": consultation.fin and consultation.fin.isoformat(),
    }


class _Pistes:
    """The pistes of a consultation, joined ones followed to the piste they went into. Three queries, or four."""

    def __init__(self, consultation):
        self._familles = Familles.de(consultation.pk)
        self._par_id = (
            Piste.objects.filter(consultation=consultation).only("numero", "texte", "mots_de_id").in_bulk()
        )
        self._citees = {}

    def racine(self, piste_id):
        return self._par_id[self._familles.racine(piste_id)]

    def citer(self, pistes):
        """Return the numbers under which `pistes` are cited, in order, each once."""
        racines = {self.racine(piste.pk).pk: self.racine(piste.pk) for piste in pistes}
        self._citees |= racines
        return sorted(piste.numero for piste in racines.values())

    def citees(self):
        nees = self._nees()
        return [
            {"numero": piste.numero, **self.formulation(piste.pk), **origine(nees[piste.pk])}
            for piste in sorted(self._citees.values(), key=lambda p: p.numero)
        ]

    def _nees(self):
        """{id of a cited piste: the shown propositions it was born of, wherever they were said}."""
        souches, nees = self._familles.par_souche(self._citees), defaultdict(list)
        montrees = Proposition.objects.affichees().filter(piste__in=souches).select_related("auteur")
        for ligne in montrees.only("piste_id", "origine", "auteur__accord_publication", "auteur__efface_le"):
            for racine in souches[ligne.piste_id]:
                nees[racine].append(ligne)
        return nees

    def formulation(self, piste_id):
        piste = self._par_id[piste_id]
        return {"mots_de": piste.mots_de_id} if piste.mots_de_id else {"texte": piste.texte}


def _lignes(textes, propositions):
    """The lines of a row; those that a proposition wrote are frozen as its number."""
    siennes = [(texte, auteur_des_mots(texte, propositions)) for texte in textes]
    return [texte if sienne is None else {"mots_de": sienne.pk} for texte, sienne in siennes]


def origine(propositions):
    """Return {"nees", "citees"} for shown propositions: how many, and the ids whose author may be quoted."""
    return {
        "nees": len(propositions),
        "citees": [p.pk for p in propositions if p.est_citable],
    }


def _sections(synthese):
    return synthese.sections.select_related("axe").prefetch_related(
        "phrases__pistes", "lignes__pistes", "lignes__propositions__auteur"
    )


def _phrase(phrase, pistes):
    figee = {"texte": phrase.texte, "pistes": pistes.citer(phrase.pistes.all())}
    if phrase.sorte != phrase.Sorte.PHRASE:
        figee["sorte"] = str(phrase.sorte)
    if phrase.proposition_id:
        figee["mots_de"] = phrase.proposition_id
    if phrase.scrutin_id:
        figee |= {"scrutin": phrase.scrutin_id, "piste": phrase.piste_id}
    return figee


def _section(section, pistes):
    return {
        "titre": section.titre,
        "chapeau": section.axe.chapeau if section.axe else "",
        "phrases": [_phrase(phrase, pistes) for phrase in section.phrases.all()],
        "lignes": [
            {
                "titre": ligne.titre,
                "criteres": _lignes(ligne.liste_criteres, ligne.propositions.all()),
                "indicateurs": _lignes(ligne.liste_indicateurs, ligne.propositions.all()),
                "pistes": pistes.citer(ligne.pistes.all()),
                **origine(
                    [p for p in ligne.propositions.all() if p.moderation == Proposition.Moderation.AFFICHEE]
                ),
            }
            for ligne in section.lignes.all()
        ],
    }


def _presents(synthese):
    """Those who took part: came into a room, wrote or voted. Everyone registered when nothing says who came.

    A ballot of paper is nobody's, who may have come in besides: it counts in its vote, not among them.
    """
    tous = Participant.objects.filter(consultation=synthese.consultation)
    tous = tous.exclude(origine=Participant.Origine.BULLETIN)
    places, ecrits, bulletins = Place.objects.presentes(), Proposition.objects.all(), Bulletin.objects.all()
    if synthese.espace_id:
        places = places.filter(atelier__espace=synthese.espace_id)
        ecrits = ecrits.filter(espace=synthese.espace_id)
        bulletins = bulletins.filter(scrutin__espace=synthese.espace_id)
    venus = tous.filter(
        Q(pk__in=places.filter(participant__consultation=synthese.consultation).values("participant"))
        | Q(pk__in=ecrits.filter(consultation=synthese.consultation, auteur__isnull=False).values("auteur"))
        | Q(pk__in=bulletins.filter(scrutin__consultation=synthese.consultation).values("participant"))
    )
    return venus if synthese.espace_id or venus.exists() else tous


def _participants(synthese):
    return list(_presents(synthese).order_by().values("college_id", "origine").annotate(n=Count("pk")))


def _nombre_structures(synthese):
    return _presents(synthese).aggregate(n=Count("structure", distinct=True))["n"]


def _colleges(consultation, participants):
    nombres = defaultdict(int)
    for ligne in participants:
        nombres[ligne["college_id"]] += ligne["n"]
    return [
        {
            "id": college.pk,
            "nom": college.nom,
            "nom_court": college.nom_court,
            "signe": college.signe,
            "n": nombres[college.pk],
            "part_cible": college.part_cible,
        }
        for college in consultation.colleges.all()
    ]


def _scrutins(synthese, pistes):
    """The rounds whose results are shown, the oldest first, with the figures of their closing. No rehearsal."""
    clos = Scrutin.objects.montres().filter(consultation=synthese.consultation)
    if synthese.espace_id:
        clos = clos.filter(espace=synthese.espace_id)
    clos = clos.exclude(espace__atelier__repetition=True).filter(proclamation__isnull=False)
    clos = list(clos.select_related("proclamation").order_by("clos_le", "pk"))
    lues = lectures_consultation.pistes_lues({synthese.consultation_id}) if clos else {}
    return [_scrutin(scrutin, lues, pistes) for scrutin in clos]


def _scrutin(scrutin, lues, pistes):
    tableau = scrutin.proclamation.tableau
    ids = [int(cle) for cle in (*tableau["pistes"], *tableau["ecartees"])]
    opinions = scrutin.proclamation.opinions
    carte = {"opinions": opinions} if opinions and not opinions["pourquoi"] else {}
    return {
        **carte,
        "id": scrutin.pk,
        "titre": scrutin.titre,
        "tableau": tableau,
        "pistes": {
            str(pk): {
                "numero": lues[pk].numero,
                **pistes.formulation(pk),
                "ecartee": lues[pk].ecartee,
                "note": str(lues[pk].note),
                "sous": pistes.racine(pk).numero,
            }
            for pk in ids
            if pk in lues
        },
    }
