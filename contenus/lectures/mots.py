"""The words of a frozen copy that are people's own, read again each time they are shown.

What its author refuses, hides or takes back is gone from every page, PDF and newsletter at once: the copy holds
numbers. Published means that they said yes; see `Proposition.objects.publiables`.
"""

from django.utils.translation import gettext as _

from consultation.models import Piste, Proposition
from consultation.textes import nettoyer_ligne


def avec_les_mots(contenu):
    """Return (the frozen copy with its words in place, {id: public words} of what may be quoted). One query.

    A piste whose words may not be published says so in their place; a criterion or an indicator is left out.
    """
    mots = _publiables(_citees(contenu) | set(_references(contenu)))
    pistes = [{**piste, "texte": _formulation(piste, mots)} for piste in contenu["pistes"]]
    sections = [
        {
            **section,
            "phrases": [_phrase(phrase, mots) for phrase in section["phrases"]],
            "lignes": [_ligne(ligne, mots) for ligne in section["lignes"]],
        }
        for section in contenu["sections"]
    ]
    scrutins = [_scrutin(scrutin, mots) for scrutin in contenu["scrutins"]]
    return {**contenu, "pistes": pistes, "sections": sections, "scrutins": scrutins}, mots


def mots_des_pistes(demandees):
    """Return {(page, number): words} for pistes of published pages, "" for those that may not be shown. One query.

    `demandees`: (SynthesePage, piste number) pairs.
    """
    figees = {}
    for page, numero in demandees:
        for piste in page.contenu.get("pistes", []):
            if piste["numero"] == numero:
                figees[page, numero] = piste
    mots = _publiables({piste["mots_de"] for piste in figees.values() if "mots_de" in piste})
    return {cle: _mots(piste, mots) for cle, piste in figees.items()}


def a_reformuler(pistes):
    """Return the numbers of `pistes` (`Piste`) that say someone's words without their leave. One query."""
    siennes = {piste.mots_de_id: piste.numero for piste in pistes if piste.mots_de_id}
    permises = set(Proposition.objects.publiables().filter(pk__in=siennes).values_list("pk", flat=True))
    return sorted(piste.numero for piste in pistes if piste.mots_de_id and piste.mots_de_id not in permises)


def pistes_a_reformuler(synthese):
    """The same for the pistes that a synthesis rests on. Two queries."""
    citees = Piste.objects.filter(lignes_synthese__section__synthese=synthese, mots_de__isnull=False)
    citees |= Piste.objects.filter(phrases__section__synthese=synthese, mots_de__isnull=False)
    return a_reformuler(list(citees.distinct()))


def _publiables(ids):
    citables = Proposition.objects.publiables().filter(pk__in=ids).only("pk", "texte", "masques")
    return {p.pk: p.texte_public for p in citables}


def _citees(contenu):
    ids = {pk for piste in contenu["pistes"] for pk in piste["citees"]}
    return ids | {pk for section in contenu["sections"] for ligne in section["lignes"] for pk in ligne["citees"]}


def _references(contenu):
    for piste in (*contenu["pistes"], *(p for s in contenu["scrutins"] for p in _mises_aux_voix(s).values())):
        if "mots_de" in piste:
            yield piste["mots_de"]
    for section in contenu["sections"]:
        yield from (phrase["mots_de"] for phrase in section["phrases"] if "mots_de" in phrase)
        for ligne in section["lignes"]:
            yield from (mot["mots_de"] for mot in (*ligne["criteres"], *ligne["indicateurs"]) if _est_renvoi(mot))


def _mises_aux_voix(scrutin):
    """{id: piste} of a vote; {} in a copy of before the closing decided: it told pistes by number alone."""
    return scrutin["pistes"] if isinstance(scrutin["pistes"], dict) else {}


def _est_renvoi(mot):
    return isinstance(mot, dict)


def _mots(piste, mots):
    """The words of a frozen piste, "" when they are someone's who did not agree."""
    return nettoyer_ligne(mots.get(piste["mots_de"], "")) if "mots_de" in piste else piste["texte"]


def _formulation(piste, mots):
    return _mots(piste, mots) or _("(mots d’une personne qui n’a pas donné son accord pour les publier)")


def _scrutin(scrutin, mots):
    lues = {pk: {**p, "texte": _formulation(p, mots)} for pk, p in _mises_aux_voix(scrutin).items()}
    return {**scrutin, "pistes": lues or scrutin["pistes"]}


def _phrase(phrase, mots):
    """A sentence; a quotation with its `mots`, "" once its author does not agree any more."""
    return {**phrase, "mots": mots.get(phrase["mots_de"], "")} if "mots_de" in phrase else phrase


def _ligne(ligne, mots):
    lus = {
        champ: [
            mot if not _est_renvoi(mot) else nettoyer_ligne(mots[mot["mots_de"]])
            for mot in ligne[champ]
            if not _est_renvoi(mot) or mot["mots_de"] in mots
        ]
        for champ in ("criteres", "indicateurs")
    }
    return {**ligne, **lus}
