"""The search page: its address says everything that was asked."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation import lectures as lectures_consultation
from consultation.textes import nettoyer_ligne

from . import indexation, lectures, resultats

PAR_PAGE = 20
LONGUEUR_MAX = 120
TITRES = {
    "genre": gettext_lazy("Ce que c’est"),
    "ou": gettext_lazy("Où on l’a dit"),
    "qui": gettext_lazy("Qui l’a dit"),
    "territoire": gettext_lazy("Territoire"),
    "etat": gettext_lazy("Où en est l’idée"),
}
ETATS = {
    "seule": gettext_lazy("Ouverte à la discussion"),
    "reunie": gettext_lazy("Réunie dans une piste"),
    "repondue": gettext_lazy("Réponse publiée"),
    "votee": gettext_lazy("Passée au vote"),
    "publiee": gettext_lazy("Dans une synthèse publiée"),
}


def _lire(request):
    saisie = nettoyer_ligne(request.GET.get("q", ""))[:LONGUEUR_MAX]
    choix = {nom: nettoyer_ligne(request.GET.get(nom, ""))[:80] for nom in lectures.FACETTES}
    return lectures.Demande(saisie, choix, request.GET.get("tri") == "recents", "exact" in request.GET)


def _adresse(saisie, choix, demande=None):
    """The address of another search. `demande`: keep its order, and its being exact."""
    suite = {"q": saisie, **{nom: valeur for nom, valeur in choix.items() if valeur}}
    if demande is not None:
        suite |= {"tri": "recents"} if demande.recents else {}
        suite |= {"exact": "1"} if demande.exact else {}
    return f"?{urlencode(suite)}"


@never_cache
@require_safe
def recherche(request):
    demande = _lire(request)
    if not demande.saisie:
        return render(request, "recherche/recherche.html", {"demande": demande})
    indexation.mettre_a_jour()
    reponse = lectures.Reponse(demande)
    page = Paginator(reponse.trouves, PAR_PAGE).get_page(request.GET.get("page"))
    lus = resultats.presenter(page.object_list, reponse.voulues)
    contexte = {"demande": demande, "reponse": reponse, "page": page, "resultats": lus}
    contexte["corrigee"] = " ".join(resultats.ecrire(reponse.mots, lus)) if reponse.corrigee else ""
    contexte |= _filtres(demande, reponse)
    contexte["exacte"] = f"{_adresse(demande.saisie, demande.choix)}&exact=1"
    autre = lectures.Demande(demande.saisie, demande.choix, not demande.recents, demande.exact)
    contexte["autre_ordre"] = _adresse(demande.saisie, demande.choix, autre)
    if not lus:
        contexte |= _secours(demande, reponse)
    return render(request, "recherche/recherche.html", contexte)


def _filtres(demande, reponse):
    """The facets with the address of each choice, those chosen with what takes them away."""
    facettes, choisies = [], []
    for nom, valeurs in reponse.facettes():
        liens = []
        for valeur in valeurs:
            choix = {**demande.choix, nom: "" if valeur.choisie else valeur.cle}
            mot = ETATS.get(valeur.nom, valeur.nom)
            liens.append((valeur, mot, _adresse(demande.saisie, choix, demande)))
            if valeur.choisie:
                choisies.append((mot, liens[-1][2]))
        facettes.append((nom, TITRES[nom], liens))
    sans = _adresse(demande.saisie, {}, demande)
    return {"facettes": facettes, "choisies": choisies, "sans_filtre": sans}


def _secours(demande, reponse):
    """What to try instead, in words, with true counts; and the forum where one may say it."""
    essais = []
    for mots, sans, nombre in reponse.secours():
        if sans:
            dit = _("Sans le filtre « %(filtre)s »") % {"filtre": TITRES[sans]}
            essais.append((dit, nombre, _adresse(demande.saisie, {**demande.choix, sans: ""})))
        else:
            saisie = " ".join(mots)
            dit = _("Un mot de moins : « %(mots)s »") % {"mots": saisie}
            essais.append((dit, nombre, _adresse(saisie, demande.choix)))
    ouvert = next(
        (
            (forum, phase)
            for forum in lectures_consultation.forums_publics().filter(consultation__etat="ouverte")[:5]
            for phase in lectures_consultation.calendrier(forum.consultation)
            if phase.etat == "ouverte" and phase.phase.nature == "proposer"
        ),
        None,
    )
    return {"essais": essais, "forum_ouvert": ouvert}
