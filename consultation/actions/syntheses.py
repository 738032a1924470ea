"""The synthesis: drafted from what is there, worded by people, submitted, published."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..models import Synthese
from ..textes import nettoyer, nettoyer_ligne
from .ebauche import ebaucher
from .journal import exiger, exiger_droit, noter, verrouiller

ETAT = Synthese.Etat


def ouvrir_synthese(*, consultation, titre, par, espace=None, territoire=None):
    """Open a draft and return the Synthese: a section an axe, a row a theme, their pistes; no prose is invented.

    Raises Refus "interdit" 403, "titre_vide" and "titre_long" 422, "ailleurs" 422.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, espace or consultation), par)
    exiger(
        espace is None or espace.consultation_id == consultation.pk,
        "ailleurs",
        _("Cet atelier est d’une autre consultation."),
    )
    with transaction.atomic():
        synthese = Synthese.objects.create(
            consultation=consultation,
            espace=espace,
            territoire=territoire or consultation.territoire,
            titre=_titre(titre),
            redigee_par=par,
        )
        ebaucher(synthese)
        noter(verbe="ouvrir_synthese", objet=synthese, compte=par, details={"sections": synthese.sections.count()})
    return synthese


def modifier_synthese(*, synthese, titre, chapeau, revision, par):
    """Change the title and the lead; return the Synthese. `revision`: the one that was on screen.

    Raises Refus "interdit" 403, "revision" 409, "soumise" 409, "titre_vide", "titre_long", "chapeau_long" 422.
    """
    titre, chapeau = _titre(titre), nettoyer(chapeau)
    exiger(
        len(chapeau) <= 1500,
        "chapeau_long",
        _("Le chapeau est trop long\u202f: 1\u202f500 signes au plus."),
        champ="chapeau",
    )
    with transaction.atomic():
        synthese = _ouverte(synthese, par)
        if (titre, chapeau) == (synthese.titre, synthese.chapeau):
            return synthese
        exiger(
            str(revision) == str(synthese.revision),
            "revision",
            _("Quelqu’un a changé ce texte pendant que vous écriviez. Voyez les deux textes, puis choisissez."),
            statut=409,
            champ="chapeau",
        )
        synthese.titre, synthese.chapeau, synthese.revision = titre, chapeau, synthese.revision + 1
        synthese.save(update_fields=["titre", "chapeau", "revision"])
        noter(verbe="modifier_synthese", objet=synthese, compte=par, details={"revision": synthese.revision})
    return synthese


def soumettre_synthese(*, synthese, par):
    """Hand the draft over to those who publish. Raises Refus "interdit" 403, "soumise" 409, "vide" 422."""
    with transaction.atomic():
        synthese = _ouverte(synthese, par)
        exiger(
            synthese.sections.filter(phrases__isnull=False).exists()
            or synthese.sections.filter(lignes__isnull=False).exists(),
            "vide",
            _("La synthèse est vide. Écrivez au moins une phrase."),
        )
        return _passer(synthese, ETAT.SOUMISE, "soumettre_synthese", par)


def rendre_synthese(*, synthese, par, motif=""):
    """Give a submitted synthesis back to its rapporteur. Raises Refus "interdit" 403, "pas_soumise" 409."""
    with transaction.atomic():
        synthese = verrouiller(synthese)
        _exiger_edition_ou_auteur(synthese, par)
        _exiger_soumise(synthese)
        return _passer(synthese, ETAT.BROUILLON, "rendre_synthese", par, motif)


def publier_synthese(*, synthese, par):
    """Publish a submitted synthesis: it no longer changes. Raises Refus "interdit" 403, "pas_soumise" 409."""
    exiger_droit(lambda: regles.peut_editer(par, synthese.consultation), par)
    with transaction.atomic():
        synthese = verrouiller(synthese)
        if synthese.etat == ETAT.PUBLIEE:
            return synthese
        _exiger_soumise(synthese)
        synthese.publiee_le = timezone.now()
        return _passer(synthese, ETAT.PUBLIEE, "publier_synthese", par)


def _exiger_soumise(synthese):
    exiger(synthese.etat == ETAT.SOUMISE, "pas_soumise", _("Cette synthèse n’est pas soumise."), statut=409)


def _exiger_edition_ou_auteur(synthese, par):
    """An editor gives back; a rapporteur may take back what they have just handed over."""
    exiger_droit(
        lambda: regles.peut_editer(par, synthese.consultation) or regles.peut_rapporter(par, lieu_de(synthese)),
        par,
    )


def _passer(synthese, etat, verbe, par, motif=""):
    avant, synthese.etat = synthese.etat, etat
    synthese.save(update_fields=["etat", "publiee_le"])
    noter(
        verbe=verbe,
        objet=synthese,
        compte=par,
        details={"avant": str(avant), "apres": str(etat)},
        motif=nettoyer_ligne(motif),
    )
    return synthese


def lieu_de(synthese):
    """Where one must be rapporteur to write this synthesis: its espace, or the whole consultation."""
    return synthese.espace or synthese.consultation


def _ouverte(synthese, par):
    """Return the locked synthesis, once sure that `par` may write it and that it is a draft."""
    synthese = verrouiller(synthese)
    exiger_droit(lambda: regles.peut_rapporter(par, lieu_de(synthese)), par)
    exiger(
        synthese.etat == ETAT.BROUILLON,
        "soumise",
        _("Cette synthèse a été soumise. Reprenez-la pour la changer."),
        statut=409,
    )
    return synthese


def _titre(titre):
    titre = nettoyer_ligne(titre)
    exiger(titre, "titre_vide", _("Donnez un titre."), champ="titre")
    exiger(len(titre) <= 200, "titre_long", _("Ce titre est trop long\u202f: 200 signes au plus."), champ="titre")
    return titre


def ajouter_section(*, synthese, titre, par, axe=None):
    """Add a section at the end and return it. Raises Refus as `modifier_synthese`, and "axe_inconnu" 422."""
    titre = _titre(titre)
    with transaction.atomic():
        synthese = _ouverte(synthese, par)
        exiger(
            axe is None or axe.consultation_id == synthese.consultation_id,
            "axe_inconnu",
            _("Cet axe n’est pas de cette consultation."),
            champ="axe",
        )
        section = synthese.sections.create(titre=titre, axe=axe, ordre=_suivant(synthese.sections))
        noter(verbe="ajouter_section", objet=section, consultation=synthese.consultation_id, compte=par)
    return section


def modifier_section(*, section, titre, par):
    """Reword a section's title; return it."""
    titre = _titre(titre)
    with transaction.atomic():
        synthese = _ouverte(section.synthese, par)
        section.titre = titre
        section.save(update_fields=["titre"])
        noter(verbe="modifier_section", objet=section, consultation=synthese.consultation_id, compte=par)
    return section


def retirer_section(*, section, par):
    """Remove a section that holds nothing. Raises Refus "section_pleine" 409."""
    with transaction.atomic():
        synthese = _ouverte(section.synthese, par)
        exiger(
            not section.phrases.exists() and not section.lignes.exists(),
            "section_pleine",
            _("Cette partie n’est pas vide. Retirez d’abord ses phrases et ses lignes."),
            statut=409,
        )
        noter(verbe="retirer_section", objet=section, consultation=synthese.consultation_id, compte=par)
        section.delete()


def _suivant(objets):
    return (objets.aggregate(n=Max("ordre"))["n"] or 0) + 1


def ajouter_phrase(*, section, texte, pistes, par):
    """Add a sentence resting on `pistes` (may be empty) at the end of a section; return it.

    Raises Refus "interdit" 403, "soumise" 409, "texte_vide" and "texte_long" 422, "ailleurs" 422.
    """
    texte = _phrase(texte)
    with transaction.atomic():
        synthese = _ouverte(section.synthese, par)
        phrase = section.phrases.create(texte=texte, ordre=_suivant(section.phrases))
        phrase.pistes.set(_siennes(synthese, pistes))
        _noter_passage("ajouter_phrase", phrase, synthese, par, pistes)
    return phrase


def modifier_phrase(*, phrase, texte, pistes, par, lu=None):
    """Reword a sentence and what it rests on; return it.

    `lu`: the text that was on screen; if it has changed since, Refus "revision" 409. Raises as `ajouter_phrase`.
    """
    texte = _phrase(texte)
    with transaction.atomic():
        synthese = _ouverte(phrase.section.synthese, par)
        phrase = verrouiller(phrase)
        _exiger_inchange(lu, phrase.texte, texte)
        avant, phrase.texte = _mots(phrase), texte
        phrase.save(update_fields=["texte"])
        phrase.pistes.set(_siennes(synthese, pistes))
        _noter_passage("modifier_phrase", phrase, synthese, par, pistes, avant=avant)
    return phrase


def retirer_phrase(*, phrase, par):
    """Remove a sentence; the pistes it rested on stay. Raises Refus "interdit" 403, "soumise" 409."""
    _retirer("retirer_phrase", phrase, par)


def ajouter_ligne(*, section, par, titre="", criteres="", indicateurs="", pistes=(), propositions=()):
    """Add a row of criteria, indicators and pistes at the end of a section; return it. See `ecrire_ligne`."""
    champs = _champs_ligne(titre, criteres, indicateurs)
    with transaction.atomic():
        synthese = _ouverte(section.synthese, par)
        ligne = section.lignes.create(ordre=_suivant(section.lignes), **champs)
        ligne.pistes.set(_siennes(synthese, pistes))
        ligne.propositions.set(_siennes(synthese, propositions))
        _noter_passage("ajouter_ligne", ligne, synthese, par, pistes)
    return ligne


def ecrire_ligne(*, ligne, criteres, indicateurs, pistes, par, titre=None, propositions=None, lu=None):
    """Write a row: one criterion and one indicator a line of text. `titre` and `propositions` None: unchanged.

    `lu`: (criteres, indicateurs) as they were on screen; if they have changed since, Refus "revision" 409.
    Raises also "interdit" 403, "soumise" 409, "titre_long", "texte_long", "ailleurs" 422.
    """
    with transaction.atomic():
        synthese = _ouverte(ligne.section.synthese, par)
        ligne = verrouiller(ligne)
        champs = _champs_ligne(ligne.titre if titre is None else titre, criteres, indicateurs)
        _exiger_inchange(
            lu and "\n\n".join(map(nettoyer, lu)),
            f"{ligne.criteres}\n\n{ligne.indicateurs}",
            "{criteres}\n\n{indicateurs}".format(**champs),
        )
        avant = _mots(ligne)
        for champ, valeur in champs.items():
            setattr(ligne, champ, valeur)
        ligne.save(update_fields=list(champs))
        ligne.pistes.set(_siennes(synthese, pistes))
        if propositions is not None:
            ligne.propositions.set(_siennes(synthese, propositions))
        _noter_passage("ecrire_ligne", ligne, synthese, par, pistes, avant=avant)
    return ligne


def retirer_ligne(*, ligne, par):
    """Remove a row. Raises Refus "interdit" 403, "soumise" 409."""
    _retirer("retirer_ligne", ligne, par)


def _retirer(verbe, passage, par):
    with transaction.atomic():
        synthese = _ouverte(passage.section.synthese, par)
        _noter_passage(verbe, passage, synthese, par, passage.pistes.all(), retire=_mots(passage))
        passage.delete()


def _mots(passage):
    """The words of a passage: the journal keeps them, so that what was taken out by mistake can be found again."""
    champs = ("titre", "texte", "criteres", "indicateurs")
    return {champ: getattr(passage, champ) for champ in champs if getattr(passage, champ, "")}


def _phrase(texte):
    texte = nettoyer(texte)
    exiger(texte, "texte_vide", _("Écrivez une phrase."), champ="texte")
    exiger(
        len(texte) <= 1000,
        "texte_long",
        _("Cette phrase est trop longue\u202f: 1\u202f000 signes au plus."),
        champ="texte",
    )
    return texte


def _champs_ligne(titre, criteres, indicateurs):
    champs = {"titre": nettoyer_ligne(titre), "criteres": nettoyer(criteres), "indicateurs": nettoyer(indicateurs)}
    exiger(
        len(champs["titre"]) <= 200,
        "titre_long",
        _("Ce titre est trop long\u202f: 200 signes au plus."),
        champ="titre",
    )
    for champ in ("criteres", "indicateurs"):
        exiger(
            len(champs[champ]) <= 4000,
            "texte_long",
            _("Ce texte est trop long\u202f: 4\u202f000 signes au plus."),
            champ=champ,
        )
    return champs


def _exiger_inchange(lu, actuel, voulu):
    exiger(
        lu is None or nettoyer(lu) == nettoyer(actuel) or nettoyer(voulu) == nettoyer(actuel),
        "revision",
        _("Quelqu’un a changé ce texte pendant que vous écriviez. Voyez les deux textes, puis choisissez."),
        statut=409,
        champ="texte",
    )


def _siennes(synthese, objets):
    objets = list(objets)
    exiger(
        all(objet.consultation_id == synthese.consultation_id for objet in objets),
        "ailleurs",
        _("Une de ces pistes vient d’une autre consultation."),
        champ="pistes",
    )
    return objets


def _noter_passage(verbe, passage, synthese, par, pistes, **autres):
    noter(
        verbe=verbe,
        objet=passage,
        consultation=synthese.consultation_id,
        compte=par,
        details={"synthese": synthese.pk, "pistes": [p.pk for p in pistes], **autres},
    )
