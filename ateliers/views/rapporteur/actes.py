"""The acts of the synthesis desk: each reads its form, calls its verb, returns (anchor to go to, message)."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from consultation import actions
from consultation.actions.ordre import BAS, HAUT
from consultation.erreurs import Refus
from consultation.models import Axe, Desaccord, LigneSynthese, PhraseSynthese, Piste, Proposition, Scrutin
from consultation.textes import entier

from .acces import choisis


def _pistes(synthese, request):
    return choisis(Piste.objects.filter(consultation=synthese.consultation_id), request.POST.getlist("pistes"))


def _section(synthese, section_id):
    return get_object_or_404(synthese.sections, pk=section_id)


def _phrase(synthese, phrase_id):
    return _encore_la(PhraseSynthese, synthese, phrase_id)


def _ligne(synthese, ligne_id):
    return _encore_la(LigneSynthese, synthese, ligne_id)


def _encore_la(modele, synthese, pk):
    """A passage of this synthesis; 404 for one of another, a refusal that keeps what was typed when it is gone."""
    if not modele.objects.filter(pk=pk).exists():
        message = _("Quelqu’un l’a retiré pendant que vous écriviez.")
        raise Refus("disparu", message, statut=409)
    return get_object_or_404(modele, pk=pk, section__synthese=synthese)


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
    actions.modifier_section(
        section=section,
        titre=request.POST.get("titre", ""),
        revision=request.POST.get("revision"),
        par=request.user,
    )
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
        sorte=request.POST.get("sorte", "phrase"),
        pistes=_pistes(synthese, request),
        par=request.user,
    )
    return f"phrase-{phrase.pk}", _("La phrase est ajoutée.")


def _citer_mots(synthese, section_id, request):
    siennes = Proposition.objects.filter(consultation=synthese.consultation_id)
    proposition = get_object_or_404(siennes, pk=entier(request.POST.get("proposition")))
    phrase = actions.citer_mots(section=_section(synthese, section_id), proposition=proposition, par=request.user)
    return f"phrase-{phrase.pk}", _("La citation est ajoutée. Elle suit l’accord de son auteur.")


def _reprendre_chiffre(synthese, section_id, request):
    scrutins = Scrutin.objects.filter(consultation=synthese.consultation_id)
    pistes = Piste.objects.filter(consultation=synthese.consultation_id)
    phrase = actions.reprendre_chiffre(
        section=_section(synthese, section_id),
        scrutin=get_object_or_404(scrutins, pk=entier(request.POST.get("scrutin"))),
        piste=get_object_or_404(pistes, pk=entier(request.POST.get("piste"))),
        par=request.user,
    )
    return f"phrase-{phrase.pk}", _("Le chiffre est ajouté. Dites en une phrase ce qu’il montre.")


def _ecrire_phrase(synthese, phrase_id, request):
    actions.modifier_phrase(
        phrase=_phrase(synthese, phrase_id),
        texte=request.POST.get("texte", ""),
        pistes=_pistes(synthese, request),
        revision=request.POST.get("revision"),
        sorte=request.POST.get("sorte"),
        par=request.user,
    )
    return f"phrase-{phrase_id}", _("La phrase est enregistrée.")


def _deplacer_phrase(synthese, phrase_id, request):
    phrase = actions.deplacer_phrase(phrase=_phrase(synthese, phrase_id), **_mouvement(request))
    return _bouton("phrase", phrase, phrase.section.phrases, request), _("La phrase est déplacée.")


def _retirer_phrase(synthese, phrase_id, request):
    phrase = _phrase(synthese, phrase_id)
    actions.retirer_phrase(phrase=phrase, revision=request.POST.get("revision"), par=request.user)
    return f"section-{phrase.section_id}", _("La phrase est retirée.")


def _relire_phrase(synthese, phrase_id, request):
    actions.relire_passage(passage=_phrase(synthese, phrase_id), par=request.user)
    return f"phrase-{phrase_id}", _("C’est noté : cette phrase est toujours juste.")


def _relire_ligne(synthese, ligne_id, request):
    actions.relire_passage(passage=_ligne(synthese, ligne_id), par=request.user)
    return f"ligne-{ligne_id}", _("C’est noté : cette ligne est toujours juste.")


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
        revision=lu.get("revision"),
        par=request.user,
    )
    return f"ligne-{ligne_id}", _("La ligne est enregistrée.")


def _deplacer_ligne(synthese, ligne_id, request):
    ligne = actions.deplacer_ligne(ligne=_ligne(synthese, ligne_id), **_mouvement(request))
    return _bouton("ligne", ligne, ligne.section.lignes, request), _("La ligne est déplacée.")


def _retirer_ligne(synthese, ligne_id, request):
    ligne = _ligne(synthese, ligne_id)
    actions.retirer_ligne(ligne=ligne, revision=request.POST.get("revision"), par=request.user)
    return f"section-{ligne.section_id}", _("La ligne est retirée.")


def _laisser_de_cote(synthese, proposition_id, request):
    proposition = get_object_or_404(Proposition, pk=proposition_id, consultation=synthese.consultation_id)
    actions.laisser_de_cote(
        synthese=synthese, proposition=proposition, motif=request.POST.get("motif", ""), par=request.user
    )
    return "de-cote", _("C’est noté. Son auteur lira votre raison.")


def _reprendre_proposition(synthese, mise_id, request):
    mise = get_object_or_404(synthese.mises_de_cote, pk=mise_id)
    actions.reprendre_proposition(mise_de_cote=mise, par=request.user)
    return "h-couverture", _("Cette proposition est de nouveau parmi celles à citer.")


def _repondre_desaccord(synthese, desaccord_id, request):
    desaccord = get_object_or_404(Desaccord, pk=desaccord_id, proposition__consultation=synthese.consultation_id)
    actions.repondre_desaccord(desaccord=desaccord, reponse=request.POST.get("reponse", ""), par=request.user)
    return "h-desaccords", _("Votre réponse est enregistrée. Son auteur la lira.")


def _soumettre(synthese, _objet_id, request):
    explication = request.POST.get("explication", "")
    actions.soumettre_synthese(synthese=synthese, explication=explication, par=request.user)
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
    "citer-mots": _citer_mots,
    "reprendre-chiffre": _reprendre_chiffre,
    "ecrire-phrase": _ecrire_phrase,
    "deplacer-phrase": _deplacer_phrase,
    "retirer-phrase": _retirer_phrase,
    "relire-phrase": _relire_phrase,
    "relire-ligne": _relire_ligne,
    "nouvelle-ligne": _nouvelle_ligne,
    "ecrire-ligne": _ecrire_ligne,
    "deplacer-ligne": _deplacer_ligne,
    "retirer-ligne": _retirer_ligne,
    "laisser-de-cote": _laisser_de_cote,
    "reprendre-proposition": _reprendre_proposition,
    "repondre-desaccord": _repondre_desaccord,
    "soumettre": _soumettre,
    "reprendre": _reprendre,
}
