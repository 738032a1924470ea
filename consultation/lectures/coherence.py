"""Whether what is stored agrees with itself: tallies, ballots, joins, numbers. Read by `manage.py verifier`."""

from collections import defaultdict

from django.db.models import Exists, F, OuterRef

from ..decomptes import Familles, attendus, rangs
from ..erreurs import Refus
from ..models import Bulletin, Decompte, LigneRegroupement, Piste, Proposition, Scrutin, Voix
from ..textes import cle_de_mots, nettoyer_ligne
from .emargement import bulletins_par_college, signatures_par_college


def ecarts_de_decompte(scrutin, familles=None):
    """Return {(piste, college, value): (stored, recomputed)} where they differ."""
    voulu = attendus(scrutin, familles)
    tenu = {
        (piste, college, valeur): n
        for piste, college, valeur, n in Decompte.objects.filter(scrutin=scrutin).values_list(
            "piste_id", "college_id", "valeur", "votants"
        )
    }
    cles = sorted({*voulu, *tenu})
    return {cle: (tenu.get(cle, 0), voulu.get(cle, 0)) for cle in cles if tenu.get(cle, 0) != voulu.get(cle, 0)}


def incoherences(consultation):
    """Yield one French line for each thing of a consultation that does not hold."""
    liens = dict(Piste.objects.filter(consultation=consultation).values_list("pk", "fusionnee_dans_id"))
    familles = Familles(liens)
    yield from _cycles(liens)
    yield from _numeros(consultation)
    yield from _rattachements(consultation)
    yield from _mots(consultation)
    for scrutin in consultation.scrutins.all():
        for (piste, college, valeur), (tenu, voulu) in ecarts_de_decompte(scrutin, familles).items():
            yield (
                f"scrutin {scrutin.pk}, piste {piste}, collège {college}, valeur {valeur} :"
                f" {tenu} au décompte, {voulu} d’après les voix"
            )
        yield from _bulletins(scrutin)
        yield from _urne(scrutin)
        yield from _valeurs(scrutin, familles)


def _cycles(liens):
    for piste_id in liens:
        vues, suivante = {piste_id}, liens[piste_id]
        while suivante is not None and suivante not in vues:
            vues.add(suivante)
            suivante = liens.get(suivante)
        if suivante == piste_id and piste_id == min(vues):
            yield f"pistes {', '.join(map(str, sorted(vues)))} : jointes en rond"


def _numeros(consultation):
    """Numbers run from 1 without a gap: a gap is a piste deleted by hand, whose number could be used again."""
    numeros = list(consultation.pistes.order_by("numero").values_list("numero", flat=True))
    manquants = sorted(set(range(1, (numeros[-1] if numeros else 0) + 1)) - set(numeros))
    for numero in manquants:
        yield f"consultation {consultation.pk} : la piste n° {numero} manque"


def _rattachements(consultation):
    for proposition in Proposition.objects.filter(consultation=consultation, piste__isnull=False).exclude(
        piste__consultation=consultation
    ):
        yield f"proposition {proposition.pk} : rangée dans une piste d’une autre consultation"
    for piste in Piste.objects.filter(consultation=consultation, fusionnee_dans__isnull=False).exclude(
        fusionnee_dans__consultation=consultation
    ):
        yield f"piste {piste.pk} : jointe à une piste d’une autre consultation"
    for proposition_id, piste_id, derniere in _gestes_en_vigueur(consultation):
        if piste_id != derniere:
            yield f"proposition {proposition_id} : dans la piste {piste_id}, les regroupements disent {derniere}"


def _mots(consultation):
    """A piste that says someone's words says what is left of them, no more."""
    for piste in consultation.pistes.filter(mots_de__isnull=False).select_related("mots_de"):
        mots = nettoyer_ligne(piste.mots_de.texte_public)
        if cle_de_mots(piste.texte) not in {cle_de_mots(mots), cle_de_mots(mots[:300])}:
            yield f"piste {piste.pk} : elle ne dit plus les mots de la proposition {piste.mots_de_id}"


def _gestes_en_vigueur(consultation):
    """(proposition, its piste, the piste of its last regroupement still in force) for all that were gathered."""
    dernieres = {}
    lignes = LigneRegroupement.objects.filter(
        regroupement__consultation=consultation, regroupement__annule_le__isnull=True, proposition__isnull=False
    ).order_by("regroupement_id")
    for proposition, piste, derniere in lignes.values_list(
        "proposition_id", "proposition__piste_id", "regroupement__piste_id"
    ):
        dernieres[proposition] = (piste, derniere)
    return [(proposition, piste, derniere) for proposition, (piste, derniere) in dernieres.items()]


def _bulletins(scrutin):
    le_sien = Bulletin.objects.filter(
        scrutin=scrutin, participant=OuterRef("participant"), college=OuterRef("college")
    )
    for voix in Voix.objects.filter(~Exists(le_sien), scrutin=scrutin):
        yield f"scrutin {scrutin.pk} : la voix {voix.pk} n’a pas de bulletin de son collège"
    ailleurs = Bulletin.objects.filter(scrutin=scrutin).exclude(
        participant__consultation_id=F("scrutin__consultation_id")
    )
    for bulletin in ailleurs:
        yield f"scrutin {scrutin.pk} : le bulletin {bulletin.pk} vient d’une autre consultation"


def _urne(scrutin):
    """A secret ballot has as many ballots as signatures, in each college, and none leads to another."""
    if not scrutin.secret or scrutin.etat == Scrutin.Etat.PREPARE:
        return
    if Voix.objects.filter(scrutin=scrutin).exists() or Decompte.objects.filter(scrutin=scrutin).exists():
        yield f"scrutin {scrutin.pk} : un vote secret garde des voix"
    try:
        comptes = bulletins_par_college(scrutin)
    except Refus as refus:
        yield f"scrutin {scrutin.pk} : {refus.message}"
        return
    signees = signatures_par_college(scrutin)
    for college in sorted({*signees, *comptes}):
        if signees.get(college, 0) != comptes.get(college, 0):
            yield (
                f"scrutin {scrutin.pk}, collège {college} :"
                f" {signees.get(college, 0)} signatures, {comptes.get(college, 0)} bulletins"
            )


_PERMISES = {
    Scrutin.Mode.ADHESION: range(1, 5),
    Scrutin.Mode.CONSENTEMENT: (Voix.CONSENT, Voix.OBJECTION),
    Scrutin.Mode.CLASSEMENT: rangs.VALEURS,
}


def _valeurs(scrutin, familles):
    posees, ordres = defaultdict(int), defaultdict(list)
    comptees = Voix.objects.filter(scrutin=scrutin).exclude(piste__etat=Piste.Etat.ECARTEE)
    for participant, valeur in comptees.values_list("participant_id", "valeur"):
        posees[participant] += valeur
        ordres[participant].append(valeur)
        if scrutin.mode != Scrutin.Mode.GOMMETTES and valeur not in _PERMISES[scrutin.mode]:
            yield f"scrutin {scrutin.pk} : un accord vaut {valeur}"
    if scrutin.mode == Scrutin.Mode.GOMMETTES:
        for participant, total in posees.items():
            if total > scrutin.gommettes:
                yield f"scrutin {scrutin.pk} : le votant {participant} a posé {total} sur {scrutin.gommettes}"
    if scrutin.mode == Scrutin.Mode.CLASSEMENT:
        for participant, valeurs in ordres.items():
            if len(set(valeurs)) < len(valeurs) or len({valeur // 10 for valeur in valeurs}) > 1:
                yield f"scrutin {scrutin.pk} : le classement du votant {participant} n’est pas un ordre"
