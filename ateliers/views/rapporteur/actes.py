"""The acts of the synthesis desk: each reads its form, calls its verb, returns (anchor to go to, message)."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from consultation import actions
from consultation.actions.ordre import BAS, HAUT
from consultation.models import Axe, LigneSynthese, PhraseSynthese, Piste
from consultation.textes import entier

from .acces import choisis


def _pistes(synthese, request):
    return choisis(Piste.objects.filter(consultation=synthese.consultation_id), request.POST.getlist("pistes"))


def _section(synthese, section_id):
    return get_object_or_404(synthese.sections, pk=section_id)


def _phrase(synthese, phrase_id):
    return get_object_or_404(PhraseSynthese.objects.filter(section__synthese=synthese), pk=phrase_id)


def _ligne(synthese, ligne_id):
    return get_object_or_404(LigneSynthese.objects.filter(section__synthese=synthese), pk=ligne_id)


def _mouvement(request):
    """Which way, and the rank from 0 at which the thing was on screen."""
    sens = {"haut": HAUT, "bas": BAS}.get(request.POST.get("sens"))
    return {"sens": sens, "rang": entier(request.POST.get("rang")), "par": request.user}


def _bouton(sorte, objet, freres, request):
    """The button just pressed, where the focus goes on; at either end, the only one left."""
    monte = request.POST.get("sens") == "haut"
    au_bout = objet.ordre == (0 if monte else freres.count() - 1)
    return f"{'monter' if monte != au_bout else 'descendre'}-{sorte}-{objet.pk}"


def _chapeau(synthese, _objet_id, request):
    lu = request.POST
    actions.modifier_synthese(
        synthese=synthese,
        titre=lu.get("titre", ""),
        chapeau=lu.get("chapeau", ""),
        revision=lu.get("revision", ""),
        par=request.user,
    )
    return "chapeau", _("Le titre et le chapeau sont enregistrés.")


def _nouvelle_section(synthese, _objet_id, request):
    axe = Axe.objects.filter(consultation=synthese.consultation_id, pk=entier(request.POST.get("axe"))).first()
    titre = request.POST.get("titre", "") or (axe.titre if axe else "")
    section = actions.ajouter_section(synthese=synthese, titre=titre, axe=axe, par=request.user)
    return f"section-{section.pk}", _("La partie est ajoutée.")


def _ecrire_section(synthese, section_id, request):
    section = _section(synthese, section_id)
    actions.modifier_section(section=section, titre=request.POST.get("titre", ""), par=request.user)
    return f"section-{section_id}", _("Le titre de la partie est enregistré.")


def _deplacer_section(synthese, section_id, request):
    section = actions.deplacer_section(section=_section(synthese, section_id), **_mouvement(request))
    return _bouton("section", section, synthese.sections, request), _("La partie est déplacée.")


def _retirer_section(synthese, section_id, request):
    actions.retirer_section(section=_section(synthese, section_id), par=request.user)
    return "", _("La partie est retirée.")


def _nouvelle_phrase(synthese, section_id, request):
    phrase = actions.ajouter_phrase(
        section=_section(synthese, section_id),
        texte=request.POST.get("texte", ""),
        pistes=_pistes(synthese, request),
        par=request.user,
    )
    return f"phrase-{phrase.pk}", _("La phrase est ajoutée.")


def _ecrire_phrase(synthese, phrase_id, request):
    actions.modifier_phrase(
        phrase=_phrase(synthese, phrase_id),
        texte=request.POST.get("texte", ""),
        pistes=_pistes(synthese, request),
        lu=request.POST.get("lu"),
        par=request.user,
    )
    return f"phrase-{phrase_id}", _("La phrase est enregistrée.")


def _deplacer_phrase(synthese, phrase_id, request):
    phrase = actions.deplacer_phrase(phrase=_phrase(synthese, phrase_id), **_mouvement(request))
    return _bouton("phrase", phrase, phrase.section.phrases, request), _("La phrase est déplacée.")


def _retirer_phrase(synthese, phrase_id, request):
    phrase = _phrase(synthese, phrase_id)
    actions.retirer_phrase(phrase=phrase, par=request.user)
    return f"section-{phrase.section_id}", _("La phrase est retirée.")


def _nouvelle_ligne(synthese, section_id, request):
    ligne = actions.ajouter_ligne(
        section=_section(synthese, section_id),
        titre=request.POST.get("titre", ""),
        criteres=request.POST.get("criteres", ""),
        indicateurs=request.POST.get("indicateurs", ""),
        pistes=_pistes(synthese, request),
        par=request.user,
    )
    return f"ligne-{ligne.pk}", _("La ligne est ajoutée.")


def _ecrire_ligne(synthese, ligne_id, request):
    lu = request.POST
    actions.ecrire_ligne(
        ligne=_ligne(synthese, ligne_id),
        titre=lu.get("titre", ""),
        criteres=lu.get("criteres", ""),
        indicateurs=lu.get("indicateurs", ""),
        pistes=_pistes(synthese, request),
        lu=(lu["lu_criteres"], lu["lu_indicateurs"]) if {"lu_criteres", "lu_indicateurs"} <= set(lu) else None,
        par=request.user,
    )
    return f"ligne-{ligne_id}", _("La ligne est enregistrée.")


def _deplacer_ligne(synthese, ligne_id, request):
    ligne = actions.deplacer_ligne(ligne=_ligne(synthese, ligne_id), **_mouvement(request))
    return _bouton("ligne", ligne, ligne.section.lignes, request), _("La ligne est déplacée.")


def _retirer_ligne(synthese, ligne_id, request):
    ligne = _ligne(synthese, ligne_id)
    actions.retirer_ligne(ligne=ligne, par=request.user)
    return f"section-{ligne.section_id}", _("La ligne est retirée.")


def _soumettre(synthese, _objet_id, request):
    actions.soumettre_synthese(synthese=synthese, par=request.user)
    return "", _("La synthèse est soumise. Les personnes qui publient peuvent la relire.")


def _reprendre(synthese, _objet_id, request):
    actions.rendre_synthese(synthese=synthese, par=request.user, motif=request.POST.get("motif", ""))
    return "", _("La synthèse est de nouveau en brouillon.")


ACTES = {
    "chapeau": _chapeau,
    "nouvelle-section": _nouvelle_section,
    "ecrire-section": _ecrire_section,
    "deplacer-section": _deplacer_section,
    "retirer-section": _retirer_section,
    "nouvelle-phrase": _nouvelle_phrase,
    "ecrire-phrase": _ecrire_phrase,
    "deplacer-phrase": _deplacer_phrase,
    "retirer-phrase": _retirer_phrase,
    "nouvelle-ligne": _nouvelle_ligne,
    "ecrire-ligne": _ecrire_ligne,
    "deplacer-ligne": _deplacer_ligne,
    "retirer-ligne": _retirer_ligne,
    "soumettre": _soumettre,
    "reprendre": _reprendre,
}
