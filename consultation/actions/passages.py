"""What a synthesis is made of: sections, sentences, rows of criteria and indicators, each resting on pistes."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ..textes import cle_de_mots, nettoyer, nettoyer_ligne
from .gardes import exiger, exiger_axe, noter, verrouiller
from .mots import cles_de
from .syntheses import synthese_ouverte, titre_net


def ajouter_section(*, synthese, titre, par, axe=None):
    """Add a section at the end and return it. Raises Refus as `modifier_synthese`, and "axe_inconnu" 422."""
    titre = titre_net(titre)
    with transaction.atomic():
        synthese = synthese_ouverte(synthese, par)
        exiger_axe(axe, synthese.consultation_id)
        section = synthese.sections.create(titre=titre, axe=axe, ordre=_suivant(synthese.sections))
        noter(verbe="ajouter_section", objet=section, consultation=synthese.consultation_id, compte=par)
    return section


def modifier_section(*, section, titre, par):
    """Reword a section's title; return it."""
    titre = titre_net(titre)
    with transaction.atomic():
        synthese = synthese_ouverte(section.synthese, par)
        section.titre = titre
        section.save(update_fields=["titre"])
        noter(verbe="modifier_section", objet=section, consultation=synthese.consultation_id, compte=par)
    return section


def retirer_section(*, section, par):
    """Remove a section that holds nothing. Raises Refus "section_pleine" 409."""
    with transaction.atomic():
        synthese = synthese_ouverte(section.synthese, par)
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
        synthese = synthese_ouverte(section.synthese, par)
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
        synthese = synthese_ouverte(phrase.section.synthese, par)
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
        synthese = synthese_ouverte(section.synthese, par)
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
        synthese = synthese_ouverte(ligne.section.synthese, par)
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
        synthese = synthese_ouverte(passage.section.synthese, par)
        _noter_passage(verbe, passage, synthese, par, passage.pistes.all(), retire=_mots(passage))
        passage.delete()


def _mots(passage):
    """The words of a passage: the journal keeps them, so that what was taken out by mistake can be found again.

    Not those that people wrote themselves: they may take theirs back, and nothing is taken out of the journal.
    """
    champs = ("titre", "texte", "criteres", "indicateurs")
    mots = {champ: getattr(passage, champ) for champ in champs if getattr(passage, champ, "")}
    siens = set().union(*map(cles_de, passage.propositions.all())) if hasattr(passage, "propositions") else set()
    for champ in {"criteres", "indicateurs"} & mots.keys():
        mots[champ] = "\n".join(ligne for ligne in mots[champ].splitlines() if cle_de_mots(ligne) not in siens)
    return {champ: texte for champ, texte in mots.items() if texte}


def _phrase(texte):
    texte = nettoyer(texte)
    exiger(texte, "texte_vide", _("Écrivez une phrase."), champ="texte")
    exiger(
        len(texte) <= 1000,
        "texte_long",
        _("Cette phrase est trop longue : 1 000 signes au plus."),
        champ="texte",
    )
    return texte


def _champs_ligne(titre, criteres, indicateurs):
    champs = {"titre": nettoyer_ligne(titre), "criteres": nettoyer(criteres), "indicateurs": nettoyer(indicateurs)}
    exiger(
        len(champs["titre"]) <= 200,
        "titre_long",
        _("Ce titre est trop long : 200 signes au plus."),
        champ="titre",
    )
    for champ in ("criteres", "indicateurs"):
        exiger(
            len(champs[champ]) <= 4000,
            "texte_long",
            _("Ce texte est trop long : 4 000 signes au plus."),
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
