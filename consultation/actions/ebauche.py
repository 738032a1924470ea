"""The first draft of a synthesis: made of axes, groupings and people's own words, without a sentence of ours."""

from collections import defaultdict

from django.utils.translation import gettext as _

from ..models import Axe, Piste, Proposition


def ebaucher(synthese):
    """Fill an empty synthesis: a section an axe, a row a theme, each with its pistes, criteria and indicators.

    If the group has kept some pistes, those only; otherwise all that stand. Inside the caller's transaction.
    """
    pistes, mots = _pistes_par_axe(synthese), _mots_par_axe(synthese)
    axes = list(Axe.objects.filter(consultation_id=synthese.consultation_id))
    themes = defaultdict(list)
    for axe in axes:
        themes[axe.parent_id].append(axe)
    for ordre, axe in enumerate(themes[None]):
        if any(pistes[pk] or mots[pk] for pk in (axe.pk, *(t.pk for t in themes[axe.pk]))):
            section = synthese.sections.create(titre=axe.titre, axe=axe, ordre=ordre)
            for rang, theme in enumerate([axe, *themes[axe.pk]]):
                _ligne(section, "" if theme == axe else theme.titre, rang, pistes[theme.pk], mots[theme.pk])
    if pistes[None] or mots[None]:
        titre = _("Autres pistes") if synthese.sections.exists() else _("Pistes")
        section = synthese.sections.create(titre=titre, ordre=len(axes))
        _ligne(section, "", 0, pistes[None], mots[None])


def _pistes_par_axe(synthese):
    tenues = Piste.objects.vivantes().filter(consultation_id=synthese.consultation_id)
    if synthese.espace_id:
        tenues = tenues.filter(espace_id=synthese.espace_id)
    retenues = list(tenues.retenues())
    par_axe = defaultdict(list)
    for piste in retenues or tenues:
        par_axe[piste.axe_id].append(piste)
    return par_axe


def _mots_par_axe(synthese):
    """Criteria and indicators that people proposed, as they wrote them."""
    natures = (Proposition.Nature.CRITERE, Proposition.Nature.INDICATEUR)
    dites = Proposition.objects.affichees().filter(consultation_id=synthese.consultation_id, nature__in=natures)
    if synthese.espace_id:
        dites = dites.filter(espace_id=synthese.espace_id)
    par_axe = defaultdict(list)
    for proposition in dites.order_by("pk"):
        par_axe[proposition.axe_id].append(proposition)
    return par_axe


def _ligne(section, titre, ordre, pistes, mots):
    if not pistes and not mots:
        return
    ligne = section.lignes.create(
        titre=titre,
        ordre=ordre,
        criteres=_en_lignes(mots, Proposition.Nature.CRITERE),
        indicateurs=_en_lignes(mots, Proposition.Nature.INDICATEUR),
    )
    ligne.pistes.set(pistes)
    ligne.propositions.set(mots)


def _en_lignes(mots, nature):
    return "\n".join(" ".join(p.texte_public.split()) for p in mots if p.nature == nature)[:4000]
