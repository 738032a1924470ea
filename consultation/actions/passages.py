"""What a synthesis is made of: sections, sentences, rows of criteria and indicators, each resting on pistes."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ..lectures.resultats import resultats
from ..models import PhraseSynthese, Proposition
from ..textes import cle_de_mots, nettoyer, nettoyer_ligne
from .gardes import exiger, exiger_axe, noter, verrouiller
from .mots import cles_de
from .syntheses import synthese_ouverte, titre_net
from .versions import garder_version

SORTE = PhraseSynthese.Sorte


def ajouter_section(*, synthese, titre, par, axe=None):
    """Add a section at the end and return it. Raises Refus as `modifier_synthese`, and "axe_inconnu" 422."""
    titre = titre_net(titre)
    with transaction.atomic():
        synthese = synthese_ouverte(synthese, par)
        exiger_axe(axe, synthese.consultation_id)
        section = synthese.sections.create(titre=titre, axe=axe, ordre=_suivant(synthese.sections), ecrit_par=par)
        noter(verbe="ajouter_section", objet=section, consultation=synthese.consultation_id, compte=par)
        garder_version(synthese, par)
    return section


def modifier_section(*, section, titre, par, revision=None):
    """Reword a section's title; return it. `revision`: see `modifier_phrase`."""
    titre = titre_net(titre)
    with transaction.atomic():
        synthese = synthese_ouverte(section.synthese, par)
        section = verrouiller(section)
        if _exiger_inchange(section, revision, {"titre": titre}):
            _ecrire(section, par, titre=titre)
            noter(verbe="modifier_section", objet=section, consultation=synthese.consultation_id, compte=par)
            garder_version(synthese, par)
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
        garder_version(synthese, par)


def _suivant(objets):
    return (objets.aggregate(n=Max("ordre"))["n"] or 0) + 1


def ajouter_phrase(*, section, texte, pistes, par, sorte=SORTE.PHRASE):
    """Add a sentence, a trend or an open question resting on `pistes` (may be empty) at the end of a section.

    Return it. Raises Refus "interdit" 403, "soumise" 409, "texte_vide", "texte_long", "sorte", "ailleurs" 422.
    """
    return _ajouter("ajouter_phrase", section, pistes, par, texte=_phrase(texte), sorte=_sorte(sorte))


def citer_mots(*, section, proposition, par):
    """Quote an author's own words, as long as they agree to be published; return the block.

    Raises Refus as `ajouter_phrase`, and "sans_accord" 422.
    """
    with transaction.atomic():
        _siennes(synthese_ouverte(section.synthese, par), [proposition])
        proposition = Proposition.objects.publiables().select_related("piste").filter(pk=proposition.pk).first()
        message = _(
            "Son auteur n’a pas dit oui à la publication de ses mots. Demandez-lui, ou dites-le autrement."
        )
        exiger(proposition, "sans_accord", message)
        pistes = [proposition.piste] if proposition.piste_id else []
        return _ajouter("citer_mots", section, pistes, par, sorte=SORTE.CITATION, proposition=proposition)


def reprendre_chiffre(*, section, scrutin, piste, par):
    """Show what a vote gave a piste, as it is published; return the block.

    Raises Refus as `ajouter_phrase`, and "sans_chiffre" 409 (not shown yet, or nothing is told of that piste).
    """
    with transaction.atomic():
        _siennes(synthese_ouverte(section.synthese, par), [scrutin, piste])
        dit = scrutin.est_montre and any(ligne.piste.id == piste.pk for ligne in resultats(scrutin).lignes)
        exiger(dit, "sans_chiffre", _("Ce vote ne montre pas de chiffre pour cette piste."), statut=409)
        return _ajouter(
            "reprendre_chiffre", section, [piste], par, sorte=SORTE.CHIFFRE, scrutin=scrutin, piste=piste
        )


def _ajouter(verbe, section, pistes, par, **champs):
    with transaction.atomic():
        synthese = synthese_ouverte(section.synthese, par)
        phrase = section.phrases.create(ordre=_suivant(section.phrases), ecrit_par=par, **champs)
        phrase.pistes.set(_siennes(synthese, pistes))
        _noter_passage(verbe, phrase, synthese, par, pistes)
    return phrase


def modifier_phrase(*, phrase, texte, pistes, par, revision=None, sorte=None):
    """Reword a sentence and what it rests on; return it. `sorte` None: unchanged. Beside a quotation or a figure,
    the words that introduce it may be none.

    `revision`: the one that was on screen; if another one was written since, which says something else, Refus
    "revision" 409. Raises as `ajouter_phrase`.
    """
    with transaction.atomic():
        synthese = synthese_ouverte(phrase.section.synthese, par)
        phrase, pistes = verrouiller(phrase), _siennes(synthese, pistes)
        seule = phrase.sorte in (SORTE.CITATION, SORTE.CHIFFRE)
        champs = {"texte": _phrase(texte, vide=seule)}
        champs |= {} if seule or sorte is None else {"sorte": _sorte(sorte)}
        if _exiger_inchange(phrase, revision, champs, pistes):
            avant = _mots(phrase)
            _ecrire(phrase, par, **champs)
            phrase.pistes.set(pistes)
            _noter_passage("modifier_phrase", phrase, synthese, par, pistes, avant=avant)
    return phrase


def retirer_phrase(*, phrase, par, revision=None):
    """Remove a sentence; the pistes it rested on stay. Raises Refus "interdit" 403, "soumise", "revision" 409."""
    _retirer("retirer_phrase", phrase, par, revision)


def ajouter_ligne(*, section, par, titre="", criteres="", indicateurs="", pistes=(), propositions=()):
    """Add a row of criteria, indicators and pistes at the end of a section; return it. See `ecrire_ligne`."""
    champs = _champs_ligne(titre, criteres, indicateurs)
    with transaction.atomic():
        synthese = synthese_ouverte(section.synthese, par)
        ligne = section.lignes.create(ordre=_suivant(section.lignes), ecrit_par=par, **champs)
        ligne.pistes.set(_siennes(synthese, pistes))
        ligne.propositions.set(_siennes(synthese, propositions))
        _noter_passage("ajouter_ligne", ligne, synthese, par, pistes)
    return ligne


def ecrire_ligne(*, ligne, criteres, indicateurs, pistes, par, titre=None, propositions=None, revision=None):
    """Write a row: one criterion and one indicator a line of text. `titre` and `propositions` None: unchanged.

    `revision`: see `modifier_phrase`. Raises also "interdit" 403, "soumise" 409, "titre_long", "texte_long",
    "ailleurs" 422.
    """
    with transaction.atomic():
        synthese = synthese_ouverte(ligne.section.synthese, par)
        ligne, pistes = verrouiller(ligne), _siennes(synthese, pistes)
        champs = _champs_ligne(ligne.titre if titre is None else titre, criteres, indicateurs)
        if _exiger_inchange(ligne, revision, champs, pistes) or propositions is not None:
            avant = _mots(ligne)
            _ecrire(ligne, par, **champs)
            ligne.pistes.set(pistes)
            if propositions is not None:
                ligne.propositions.set(_siennes(synthese, propositions))
            _noter_passage("ecrire_ligne", ligne, synthese, par, pistes, avant=avant)
    return ligne


def retirer_ligne(*, ligne, par, revision=None):
    """Remove a row. Raises Refus "interdit" 403, "soumise", "revision" 409."""
    _retirer("retirer_ligne", ligne, par, revision)


def relire_passage(*, passage, par):
    """Say that a sentence or a row still holds, whatever moved since it was written; return it.

    Raises Refus "interdit" 403, "soumise" 409.
    """
    with transaction.atomic():
        synthese = synthese_ouverte(passage.section.synthese, par)
        passage = verrouiller(passage)
        passage.ecrit_le = timezone.now()
        passage.save(update_fields=["ecrit_le"])
        details = {"synthese": synthese.pk}
        noter(
            verbe="relire_passage",
            objet=passage,
            consultation=synthese.consultation_id,
            compte=par,
            details=details,
        )
    return passage


def _retirer(verbe, passage, par, revision):
    with transaction.atomic():
        synthese = synthese_ouverte(passage.section.synthese, par)
        passage = verrouiller(passage)
        exiger(
            revision is None or str(revision) == str(passage.revision),
            "revision",
            _("Quelqu’un vient de changer ce que vous retirez. Relisez-le, puis retirez-le si vous le souhaitez."),
            statut=409,
        )
        mots, pistes, cle = _mots(passage), list(passage.pistes.all()), passage.pk
        passage.delete()
        passage.pk = cle  # the journal names what is gone
        _noter_passage(verbe, passage, synthese, par, pistes, retire=mots)


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


def _sorte(sorte):
    ecrites = (SORTE.PHRASE, SORTE.TENDANCE, SORTE.QUESTION)
    exiger(sorte in ecrites, "sorte", _("Choisissez une phrase, une tendance ou une question."), champ="sorte")
    return sorte


def _phrase(texte, *, vide=False):
    texte = nettoyer(texte)
    exiger(texte or vide, "texte_vide", _("Écrivez une phrase."), champ="texte")
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


def _exiger_inchange(ecrit, revision, champs, pistes=()):
    """Return whether `champs` and `pistes` say something else than what is there. Raises Refus "revision" 409."""
    autre = any(getattr(ecrit, champ) != valeur for champ, valeur in champs.items())
    if hasattr(ecrit, "pistes"):
        autre = autre or set(ecrit.pistes.all()) != set(pistes)
    exiger(
        revision is None or not autre or str(revision) == str(ecrit.revision),
        "revision",
        _("Quelqu’un a changé ce texte pendant que vous écriviez. Voyez les deux textes, puis choisissez."),
        statut=409,
        champ="texte",
    )
    return autre


def _ecrire(ecrit, par, **champs):
    """Write a locked passage: a new revision, by `par`, now."""
    for champ, valeur in champs.items():
        setattr(ecrit, champ, valeur)
    ecrit.revision, ecrit.ecrit_par, ecrit.ecrit_le = ecrit.revision + 1, par, timezone.now()
    ecrit.save(update_fields=[*champs, "revision", "ecrit_par", "ecrit_le"])


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
    """Write the journal, and keep what the draft now says."""
    noter(
        verbe=verbe,
        objet=passage,
        consultation=synthese.consultation_id,
        compte=par,
        details={"synthese": synthese.pk, "pistes": [p.pk for p in pistes], **autres},
    )
    garder_version(synthese, par)
