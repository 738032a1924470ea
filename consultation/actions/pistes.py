"""What the group makes of it: pistes worded, joined, kept, set aside, and taken apart again."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..models import Consultation, LigneRegroupement, Piste, Proposition, Regroupement, Scrutin
from ..textes import nettoyer_ligne
from .journal import annoncer, exiger, exiger_droit, noter, verrouiller
from .scrutins import recompter_pour

LONGUEUR_PISTE = 300
INCHANGE = object()


def regrouper(*, espace, par, propositions=(), pistes=(), dans=None, texte="", axe=None, motif=""):
    """Join propositions and pistes into one piste, and return the Regroupement, which can be undone.

    Without `dans` a new piste is made, worded `texte` and numbered next in the consultation. Votes are not
    touched: the tallies of the family count each distinct voter once. A proposition already gathered moves, and
    its line remembers from where. Raises Refus: "interdit" 403; "rien_a_joindre", "ailleurs", "pas_affichee",
    "texte_vide",
    "texte_long", "axe_inconnu" 422; "soi_meme" 422; "deja_jointe", "piste_ecartee" 409.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, espace), par)
    motif = nettoyer_ligne(motif)[:300]
    with transaction.atomic():
        Consultation.objects.select_for_update(no_key=True).get(pk=espace.consultation_id)
        propositions, pistes = _frais(Proposition, propositions), _frais(Piste, pistes)
        dans_fraiche = _frais(Piste, [dans])[0] if dans is not None else None
        _verifier_jonction(espace, par, propositions, pistes, dans_fraiche)
        cible = dans_fraiche or _creer_piste(espace, texte or _texte_de_depart(propositions, pistes), axe)
        geste = Regroupement.objects.create(
            consultation_id=espace.consultation_id,
            piste=cible,
            motif=motif,
            par=par,
            piste_creee=dans_fraiche is None,
        )
        _joindre(geste, cible, propositions, pistes)
        if dans_fraiche is not None and texte and nettoyer_ligne(texte) != cible.texte:
            formuler_piste(piste=cible, texte=texte, par=par)
        noter(
            verbe="regrouper",
            objet=geste,
            compte=par,
            motif=motif,
            details={
                "piste": cible.pk,
                "numero": cible.numero,
                "propositions": [p.pk for p in propositions],
                "pistes": [p.pk for p in pistes],
            },
        )
        for espace_id in {espace.pk, cible.espace_id, *(p.espace_id for p in pistes)}:
            annoncer(espace_id, "pistes")
    return geste


def _frais(modele, objets):
    """Fresh, locked rows, each once, by id: two people at once never wait for each other in a circle."""
    cles = {objet.pk for objet in objets}
    return (
        list(modele.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=cles).order_by("pk"))
        if cles
        else []
    )


def _verifier_jonction(espace, par, propositions, pistes, dans):
    exiger(propositions or pistes, "rien_a_joindre", _("Choisissez au moins une proposition ou une piste."))
    exiger(
        dans is None or dans.pk not in {p.pk for p in pistes},
        "soi_meme",
        _("Une piste ne peut pas être jointe à elle-même."),
    )
    for proposition in propositions:
        exiger(
            proposition.espace_id == espace.pk,
            "ailleurs",
            _("Une de ces propositions vient d’un autre atelier."),
        )
        exiger(
            proposition.moderation == Proposition.Moderation.AFFICHEE,
            "pas_affichee",
            _("Une de ces propositions n’est pas affichée. Relisez-la d’abord."),
        )
    for piste in [*pistes, *([dans] if dans else [])]:
        _verifier_piste(piste, espace, par)


def _verifier_piste(piste, espace, par):
    exiger(piste.consultation_id == espace.consultation_id, "ailleurs", _("Cette piste vient d’ailleurs."))
    if piste.espace_id != espace.pk:
        # A plenary joins what eight workshops found: only someone entrusted with the other workshop too may.
        permis = par is None or (piste.espace and regles.peut_rapporter(par, piste.espace))
        permis = permis or regles.est_organisateur(par, espace.consultation)
        exiger(
            permis,
            "ailleurs",
            _("La piste n° {numero} vient d’un autre atelier.").format(numero=piste.numero),
        )
    if piste.fusionnee_dans_id:
        exiger(
            False,
            "deja_jointe",
            _("La piste n° {numero} est déjà jointe à la n° {autre}. Choisissez la n° {autre}.").format(
                numero=piste.numero, autre=racine_de(piste).numero
            ),
            statut=409,
        )
    exiger(
        piste.etat != Piste.Etat.ECARTEE,
        "piste_ecartee",
        _("La piste n° {numero} est écartée. Reprenez-la d’abord.").format(numero=piste.numero),
        statut=409,
    )


def racine_de(piste):
    """Return the piste that stands for `piste`: itself, or the one it was joined into, at any depth."""
    vues = set()
    while piste.fusionnee_dans_id and piste.pk not in vues:
        vues.add(piste.pk)
        piste = piste.fusionnee_dans
    return piste


def _texte_de_depart(propositions, pistes):
    """Words to start from, taken from what is joined: the group rewords them."""
    return pistes[0].texte if pistes else nettoyer_ligne(propositions[0].texte_public)[:LONGUEUR_PISTE]


def _creer_piste(espace, texte, axe):
    """Number the next piste. The caller holds the lock on the consultation; numbers are never used again."""
    _verifier_axe(espace.consultation_id, axe)
    dernier = Piste.objects.filter(consultation_id=espace.consultation_id).aggregate(n=Max("numero"))["n"] or 0
    return Piste.objects.create(
        consultation_id=espace.consultation_id,
        espace=espace,
        axe=axe,
        numero=dernier + 1,
        texte=_texte_de_piste(texte),
    )


def _texte_de_piste(texte):
    texte = nettoyer_ligne(texte)
    exiger(texte, "texte_vide", _("Écrivez la piste en une phrase."), champ="texte")
    exiger(
        len(texte) <= LONGUEUR_PISTE,
        "texte_long",
        _("Cette piste compte {n} signes. Gardez-en {limite} au plus.").format(
            n=len(texte), limite=LONGUEUR_PISTE
        ),
        champ="texte",
    )
    return texte


def _verifier_axe(consultation_id, axe):
    exiger(
        axe is None or axe is INCHANGE or axe.consultation_id == consultation_id,
        "axe_inconnu",
        _("Cet axe n’est pas de cette consultation."),
        champ="axe",
    )


def _joindre(geste, cible, propositions, pistes):
    LigneRegroupement.objects.bulk_create(
        [LigneRegroupement(regroupement=geste, proposition=p, piste_avant_id=p.piste_id) for p in propositions]
        + [LigneRegroupement(regroupement=geste, piste=p, piste_avant_id=p.fusionnee_dans_id) for p in pistes]
    )
    Proposition.objects.filter(pk__in=[p.pk for p in propositions]).update(piste=cible)
    Piste.objects.filter(pk__in=[p.pk for p in pistes]).update(fusionnee_dans=cible)
    if pistes:
        recompter_pour(cible.consultation_id, {cible.pk, *(p.pk for p in pistes)})


def defaire_regroupement(*, regroupement, par, motif=""):
    """Put everything back where it was before, tallies included; return the Regroupement, marked undone.

    A piste that it had made is set aside and keeps its number. Raises Refus: "interdit" 403, "deja_defait" 409,
    "defaire_avant" 409 when something later rests on it, naming which one to undo first.
    """
    espace = regroupement.piste.espace
    exiger_droit(lambda: regles.peut_rapporter(par, espace or regroupement.consultation), par)
    with transaction.atomic():
        Consultation.objects.select_for_update(no_key=True).get(pk=regroupement.consultation_id)
        geste = verrouiller(regroupement)
        exiger(geste.annule_le is None, "deja_defait", _("Ce regroupement est déjà défait."), statut=409)
        lignes = list(geste.lignes.select_related("proposition", "piste"))
        _refuser_si_bati_dessus(geste, lignes)
        _remettre(geste, lignes)
        geste.annule_le, geste.annule_par = timezone.now(), par
        geste.save(update_fields=["annule_le", "annule_par"])
        noter(
            verbe="defaire_regroupement",
            objet=geste,
            compte=par,
            motif=nettoyer_ligne(motif),
            details={"piste": geste.piste_id},
        )
        for espace_id in {geste.piste.espace_id, *(ligne.piste.espace_id for ligne in lignes if ligne.piste)}:
            annoncer(espace_id, "pistes")
    return geste


def _refuser_si_bati_dessus(geste, lignes):
    plus_tard = Regroupement.objects.filter(
        consultation_id=geste.consultation_id, pk__gt=geste.pk, annule_le__isnull=True
    )
    propositions = [ligne.proposition_id for ligne in lignes if ligne.proposition_id]
    pistes = [ligne.piste_id for ligne in lignes if ligne.piste_id]
    gene = plus_tard.filter(lignes__proposition__in=propositions) | plus_tard.filter(lignes__piste__in=pistes)
    if geste.piste_creee:
        gene = gene | plus_tard.filter(piste=geste.piste) | plus_tard.filter(lignes__piste=geste.piste)
    premier = gene.select_related("piste").order_by("-pk").first()
    if premier is not None:
        exiger(
            False,
            "defaire_avant",
            _(
                "Un regroupement plus récent s’appuie sur celui-ci. "
                "Défaites d’abord celui de la piste n° {numero}{motif}."
            ).format(
                numero=premier.piste.numero, motif=f" («\u202f{premier.motif}\u202f»)" if premier.motif else ""
            ),
            statut=409,
        )


def _remettre(geste, lignes):
    for ligne in lignes:
        if ligne.proposition_id:
            Proposition.objects.filter(pk=ligne.proposition_id, piste=geste.piste_id).update(
                piste=ligne.piste_avant_id
            )
        else:
            Piste.objects.filter(pk=ligne.piste_id, fusionnee_dans=geste.piste_id).update(
                fusionnee_dans=ligne.piste_avant_id
            )
    if geste.piste_creee:
        Piste.objects.filter(pk=geste.piste_id).update(etat=Piste.Etat.ECARTEE)
    jointes = {ligne.piste_id for ligne in lignes if ligne.piste_id}
    if jointes:
        recompter_pour(geste.consultation_id, {geste.piste_id, *jointes})


def semer_orphelines(*, espace, par):
    """Make each shown proposition that nobody gathered a piste by itself; return the new pistes, oldest first."""
    exiger_droit(lambda: regles.peut_rapporter(par, espace), par)
    with transaction.atomic():
        Consultation.objects.select_for_update(no_key=True).get(pk=espace.consultation_id)
        orphelines = espace.propositions.orphelines().filter(nature=Proposition.Nature.PISTE).select_related("axe")
        return [
            regrouper(
                espace=espace, par=par, propositions=[p], axe=p.axe, motif=_("Une proposition, une piste")
            ).piste
            for p in orphelines.order_by("pk")
        ]


def formuler_piste(*, piste, texte, par, axe=INCHANGE, revision=None):
    """Word a piste in one sentence, file it under an axe, return it; what people wrote does not change.

    `revision`: the one that was on screen; if someone has reworded since, Refus "revision" 409.
    Raises also "interdit" 403, "texte_vide", "texte_long", "axe_inconnu" 422.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, piste.espace or piste.consultation), par)
    texte = _texte_de_piste(texte)
    _verifier_axe(piste.consultation_id, axe)
    with transaction.atomic():
        piste = verrouiller(piste)
        voulu = piste.axe if axe is INCHANGE else axe
        if texte == piste.texte and voulu == piste.axe:
            return piste
        exiger(
            revision is None or int(revision) == piste.revision,
            "revision",
            _("Quelqu’un a changé cette piste pendant que vous écriviez. Voyez les deux textes, puis choisissez."),
            statut=409,
            champ="texte",
        )
        avant = {"texte": piste.texte, "axe": piste.axe_id}
        piste.texte, piste.axe, piste.revision = texte, voulu, piste.revision + 1
        piste.save(update_fields=["texte", "axe", "revision"])
        noter(
            verbe="formuler_piste",
            objet=piste,
            compte=par,
            details={"avant": avant, "apres": {"texte": texte, "axe": piste.axe_id}, "revision": piste.revision},
        )
        annoncer(piste.espace_id, "pistes")
    return piste


def retenir_piste(*, piste, par):
    """Keep a piste for what follows. Raises Refus "interdit" 403, "deja_jointe" 409."""
    return _changer_etat(piste, par, "retenir_piste", Piste.Etat.RETENUE)


def ecarter_piste(*, piste, par, motif=""):
    """Set a piste aside; it keeps its number, its propositions and its votes. Raises as `retenir_piste`."""
    return _changer_etat(piste, par, "ecarter_piste", Piste.Etat.ECARTEE, motif)


def reprendre_piste(*, piste, par):
    """Take a piste back into work. Refused (409) while a ballot that holds votes for it is open."""
    return _changer_etat(piste, par, "reprendre_piste", Piste.Etat.BROUILLON)


def _changer_etat(piste, par, verbe, etat, motif=""):
    exiger_droit(lambda: regles.peut_rapporter(par, piste.espace or piste.consultation), par)
    with transaction.atomic():
        piste = verrouiller(piste)
        exiger(
            piste.fusionnee_dans_id is None,
            "deja_jointe",
            _("La piste n° {numero} est jointe à une autre.").format(numero=piste.numero),
            statut=409,
        )
        if piste.etat == Piste.Etat.ECARTEE and etat != Piste.Etat.ECARTEE:
            _refuser_retour_en_plein_vote(piste)
        avant, piste.etat = piste.etat, etat
        piste.save(update_fields=["etat"])
        noter(
            verbe=verbe,
            objet=piste,
            compte=par,
            details={"avant": avant, "apres": etat},
            motif=nettoyer_ligne(motif),
        )
        annoncer(piste.espace_id, "pistes")
    return piste


def _refuser_retour_en_plein_vote(piste):
    """Its dots were given back to the voters when it was set aside: taking it back would make too many."""
    en_cours = Scrutin.objects.filter(etat=Scrutin.Etat.OUVERT, decomptes__piste=piste, decomptes__votants__gt=0)
    exiger(
        not en_cours.exists(),
        "vote_en_cours",
        _("Un vote est ouvert. Attendez qu’il soit clos pour reprendre cette piste."),
        statut=409,
    )
