"""Joining propositions and pistes, and taking apart again: logged, explained, reversible."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..decomptes import Familles
from ..models import Consultation, LigneRegroupement, Piste, Proposition, Regroupement
from ..textes import nettoyer_ligne
from .comptage import recompter_pour
from .gardes import annoncer_pistes, exiger, exiger_droit, exiger_non_ecartee, noter, verrouiller
from .mots import auteur_des_mots, mots_pour_piste
from .pistes import creer_piste, formuler_piste


def regrouper(*, espace, par, propositions=(), pistes=(), dans=None, texte="", axe=None, motif=""):
    """Join propositions and pistes into one piste, and return the Regroupement, which can be undone.

    Without `dans` a new piste is made, worded `texte` and numbered next in the consultation. Votes are not
    touched: the tallies of the family count each distinct voter once. A proposition already gathered moves, and
    its line remembers from where. Raises Refus: "interdit" 403; "rien_a_joindre", "ailleurs", "pas_affichee",
    "soi_meme", "texte_vide", "texte_long", "axe_inconnu" 422; "deja_jointe", "piste_ecartee" 409.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, espace), par)
    motif = nettoyer_ligne(motif)[:300]
    with transaction.atomic():
        Consultation.objects.select_for_update(no_key=True).get(pk=espace.consultation_id)
        propositions, pistes = _frais(Proposition, propositions), _frais(Piste, pistes)
        dans_fraiche = _frais(Piste, [dans])[0] if dans is not None else None
        _verifier_jonction(espace, par, propositions, pistes, dans_fraiche)
        cible = dans_fraiche or _nouvelle_piste(espace, texte, axe, propositions, pistes)
        geste = Regroupement.objects.create(
            consultation_id=espace.consultation_id,
            piste=cible,
            motif=motif,
            par=par,
            piste_creee=dans_fraiche is None,
        )
        _joindre(geste, cible, propositions, pistes)
        if cible.mots_de_id is None and (siens := auteur_des_mots(cible.texte, propositions)):
            Piste.objects.filter(pk=cible.pk).update(mots_de=siens)
        if dans_fraiche is not None and texte and nettoyer_ligne(texte) != cible.texte:
            formuler_piste(piste=cible, texte=texte, par=par)
        jointes = {"propositions": [p.pk for p in propositions], "pistes": [p.pk for p in pistes]}
        details = {"piste": cible.pk, "numero": cible.numero, **jointes}
        noter(verbe="regrouper", objet=geste, compte=par, motif=motif, details=details)
        annoncer_pistes([cible, *pistes], espace.pk)
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
        # A plenary joins what eight workshops found once they are in its list; otherwise only someone entrusted
        # with the other workshop too may.
        permis = par is None or espace.reprises.filter(piste=piste).exists()
        permis = permis or (piste.espace and regles.peut_rapporter(par, piste.espace))
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
                numero=piste.numero, autre=_numero_debout(piste)
            ),
            statut=409,
        )
    exiger_non_ecartee(piste)


def _numero_debout(piste):
    """The number of the piste that stands for a joined one. Two queries."""
    racine = Familles.de(piste.consultation_id).racine(piste.pk)
    return Piste.objects.values_list("numero", flat=True).get(pk=racine)


def _nouvelle_piste(espace, texte, axe, propositions, pistes):
    """Without a text, words to start from are taken from what is joined: the group rewords them."""
    texte = texte or (pistes[0].texte if pistes else mots_pour_piste(propositions[0]))
    siennes = [*propositions, *(piste.mots_de for piste in pistes)]
    return creer_piste(espace, texte, axe, auteur_des_mots(texte, siennes))


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
        annoncer_pistes([geste.piste, *(ligne.piste for ligne in lignes if ligne.piste)])
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
            ).format(numero=premier.piste.numero, motif=f" (« {premier.motif} »)" if premier.motif else ""),
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


def semer_orphelines(*, espace, par, publiables=False):
    """Make each shown proposition that nobody gathered a piste by itself; return the new pistes, oldest first.

    `publiables`: only those whose words may be read outside the room.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, espace), par)
    with transaction.atomic():
        Consultation.objects.select_for_update(no_key=True).get(pk=espace.consultation_id)
        orphelines = espace.propositions.orphelines().filter(nature=Proposition.Nature.PISTE).select_related("axe")
        if publiables:
            orphelines = orphelines.publiables()
        return [
            regrouper(
                espace=espace, par=par, propositions=[p], axe=p.axe, motif=_("Une proposition, une piste")
            ).piste
            for p in orphelines.order_by("pk")
        ]
