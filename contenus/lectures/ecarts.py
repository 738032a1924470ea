"""What moved upstream since the figures of a page were taken."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .gel import empreinte, figer

NOMS = {
    "participants": gettext_lazy("participants"),
    "structures": gettext_lazy("structures"),
    "axes": gettext_lazy("axes"),
    "pistes": gettext_lazy("pistes"),
    "propositions": gettext_lazy("propositions"),
}


def a_change(page):
    """True when the synthesis of `page` no longer says what the page says. False when the synthesis is gone."""
    return page.synthese is not None and empreinte(figer(page.synthese)) != page.empreinte


def ecarts(page):
    """Return what changed, one French sentence each, an empty list when nothing did."""
    if page.synthese is None:
        return []
    avant, apres = page.contenu, figer(page.synthese)
    if not avant or empreinte(apres) == page.empreinte:
        return []
    phrases = [*_chiffres(avant, apres), *_pistes(avant, apres)]
    if avant["sections"] != apres["sections"]:
        phrases.append(_("Les phrases ou les lignes du tableau ont changé."))
    if _tableaux(avant) != _tableaux(apres):
        phrases.append(_("Les résultats des votes ont changé."))
    if avant.get("equite") != apres["equite"]:
        phrases.append(_("La part citée de chaque collège a changé, ou ce qui l’explique."))
    if _nombre_de_cartes(avant) < _nombre_de_cartes(apres):
        phrases.append(_("Il y a une carte des opinions de plus."))
    return phrases or [_("Des détails ont changé.")]


def _tableaux(contenu):
    """What the votes gave, without the words of the pistes, which are told apart."""
    return [(scrutin["titre"], scrutin.get("tableau")) for scrutin in contenu["scrutins"]]


def _nombre_de_cartes(contenu):
    return sum("opinions" in scrutin for scrutin in contenu["scrutins"])


def _chiffres(avant, apres):
    return [
        _("%(nom)s : %(avant)d avant, %(apres)d maintenant.")
        % {"nom": str(nom).capitalize(), "avant": avant["chiffres"][cle], "apres": apres["chiffres"][cle]}
        for cle, nom in NOMS.items()
        if avant["chiffres"][cle] != apres["chiffres"][cle]
    ]


def _pistes(avant, apres):
    anciennes = {piste["numero"]: piste for piste in avant["pistes"]}
    nouvelles = {piste["numero"]: piste for piste in apres["pistes"]}
    phrases = [_("Piste n° %(n)d : elle n’est plus citée.") % {"n": n} for n in anciennes if n not in nouvelles]
    for numero, piste in nouvelles.items():
        ancienne = anciennes.get(numero)
        if ancienne is None:
            phrases.append(_("Piste n° %(n)d : elle est nouvelle.") % {"n": numero})
        elif any(ancienne.get(champ) != piste.get(champ) for champ in ("texte", "mots_de")):
            phrases.append(_("Piste n° %(n)d : les mots ont changé.") % {"n": numero})
        elif ancienne != piste:
            phrases.append(_("Piste n° %(n)d : ses propositions ont changé.") % {"n": numero})
    return phrases
