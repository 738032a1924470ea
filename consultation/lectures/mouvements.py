"""What moved under a draft since each of its sentences was written: groupings, votes."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..decomptes import Familles
from ..models import LigneRegroupement, Piste, Scrutin


def mouvements(provenance):
    """Return {name of a passage ("phrase-12"): [what moved since it was written or read again, in words]}.

    Only what concerns the pistes it rests on; nothing for those under which nothing moved. Five queries at most.
    """
    passages = [passage for partie in provenance.sections for passage in partie.passages]
    if not passages:
        return {}
    depuis = _Depuis(provenance.synthese.consultation_id, min(p.objet.ecrit_le for p in passages))
    dits = {p.nom: depuis.dire(p.objet.ecrit_le, provenance.liens[p.nom]) for p in passages}
    return {nom: phrases for nom, phrases in dits.items() if phrases}


class _Depuis:
    """What moved in a consultation after a moment. Five queries."""

    def __init__(self, consultation_id, moment):
        pistes = list(Piste.objects.filter(consultation=consultation_id))
        self._numeros = {piste.pk: piste.numero for piste in pistes}
        self._familles = Familles.des(pistes)
        gestes = LigneRegroupement.objects.filter(regroupement__piste__consultation=consultation_id)
        champs = ("regroupement__cree_le", "proposition_id", "piste_id", "regroupement__piste_id")
        tenus = gestes.filter(regroupement__annule_le__isnull=True, regroupement__cree_le__gt=moment)
        self._faits = list(tenus.values_list(*champs))
        self._defaits = list(
            gestes.filter(regroupement__annule_le__gt=moment).values_list("regroupement__annule_le", *champs)
        )
        self._votes = _votes(consultation_id, moment)

    def dire(self, moment, pistes):
        """What moved after `moment` under `pistes` (ids), in words."""
        racines = {self._familles.racine(pk) for pk in pistes}
        return [
            *self._jointes(moment, pistes),
            *self._de_plus(moment, racines),
            *self._reprises(moment, racines),
            *(
                _("Le groupe a voté : {titre}.").format(titre=titre)
                for le, titre, mises in self._votes
                if le > moment and racines & {self._familles.racine(pk) for pk in mises}
            ),
        ]

    def _jointes(self, moment, pistes):
        jointes = {piste for le, _proposition, piste, _dans in self._faits if piste and le > moment}
        for pk in sorted(jointes & set(pistes), key=self._numeros.get):
            racine = self._familles.racine(pk)
            if racine != pk:
                nombres = {"une": self._numeros[pk], "autre": self._numeros[racine]}
                yield _("La piste n° {une} a rejoint la piste n° {autre}.").format(**nombres)

    def _de_plus(self, moment, racines):
        """Propositions that came in, counted once a piste."""
        venues = defaultdict(set)
        for le, proposition, _piste, dans in self._faits:
            if proposition and le > moment and self._familles.racine(dans) in racines:
                venues[self._familles.racine(dans)].add(proposition)
        for racine in sorted(venues, key=self._numeros.get):
            n = len(venues[racine])
            yield ngettext(
                "{n} proposition de plus dans la piste n° {numero}.",
                "{n} propositions de plus dans la piste n° {numero}.",
                n,
            ).format(n=n, numero=self._numeros[racine])

    def _reprises(self, moment, racines):
        """Groupings of before that were undone since."""
        touchees = {pk for le, fait_le, _p, *deux in self._defaits if fait_le < moment < le for pk in deux if pk}
        for racine in sorted({self._familles.racine(pk) for pk in touchees} & racines, key=self._numeros.get):
            yield _("Un regroupement de la piste n° {numero} a été défait.").format(numero=self._numeros[racine])


def _votes(consultation_id, moment):
    """[(when it was shown, its title, ids of its pistes)] of the votes shown after a moment."""
    montres = Scrutin.objects.montres().filter(consultation=consultation_id, clos_le__isnull=False)
    lus = [(s.montres_le or s.clos_le, s) for s in montres.prefetch_related("pistes").order_by("clos_le", "pk")]
    return [(le, s.titre, [piste.pk for piste in s.pistes.all()]) for le, s in lus if le > moment]
