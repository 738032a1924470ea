"""From a synthesis to its page, and from published syntheses to a number of the newsletter."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation import actions as actions_consultation
from consultation.actions.gardes import exiger, exiger_droit
from consultation.models import Synthese

from .. import regles
from ..amorce import poser_arborescence
from ..lectures.barres import tableaux
from ..lectures.fil import numeros_retenus
from ..lectures.gel import empreinte, figer
from ..lectures.nouvelles import nouvelles
from ..models import FilInfoIndexPage, FilInfoPage, SynthesePage, SynthesesIndexPage
from ..regions import region_de
from .nouvelles import corps_des_nouvelles
from .pages import slug_libre

#: Pistes taken from one synthesis into a new number: those the vote kept, the most supported first.
PISTES_PAR_SYNTHESE = 12
#: A number is read aloud and printed on a masthead.
NUMERO_MAX = 9999


def faire_page(*, synthese, par):
    """Return the page of `synthese`: a new draft holding today's figures, or the page it already has.

    Raises Refus "interdit" 403.
    """
    exiger_droit(lambda: regles.peut_faire_page(par, synthese), par)
    with transaction.atomic():
        synthese = Synthese.objects.select_for_update(no_key=True).get(pk=synthese.pk)
        page = SynthesePage.objects.filter(synthese=synthese).first()
        if page is not None:
            return page
        etagere = SynthesesIndexPage.objects.first() or poser_arborescence().syntheses
        page = _nouvelle_page(synthese, par, etagere)
        etagere.add_child(instance=page)
        page.save_revision(user=par, log_action=True)
        actions_consultation.noter(
            verbe="faire_page",
            objet=page,
            consultation=synthese.consultation,
            compte=par,
            details={"synthese": synthese.pk, "pistes": page.nombre_pistes},
        )
    return page


def _nouvelle_page(synthese, par, etagere):
    territoire = synthese.territoire or synthese.consultation.territoire
    titre = synthese.titre
    # A region reads better than "Synthèse régionale de…"; a workshop's synthesis keeps its own title.
    if synthese.espace_id is None and region_de(territoire):
        titre = territoire.nom
    page = SynthesePage(
        title=titre,
        slug=slug_libre(etagere, titre),
        synthese=synthese,
        territoire=territoire,
        chapeau=synthese.chapeau,
        live=False,
        owner=par,
    )
    _prendre_les_chiffres(page, synthese)
    return page


def _prendre_les_chiffres(page, synthese):
    contenu = figer(synthese)
    page.contenu, page.empreinte = contenu, empreinte(contenu)
    page.fige_le = timezone.now()
    page.nombre_pistes = contenu["chiffres"]["pistes"]


def reprendre_chiffres(*, page, par):
    """Take today's figures and words of the synthesis into a new draft of `page`; return that draft.

    What is published does not move until someone publishes the draft. Raises Refus "interdit" 403,
    "sans_synthese" 409, "en_relecture" 409 (someone else is reading it now).
    """
    exiger(page.synthese is not None, "sans_synthese", _("Cette page n’a plus de synthèse."), statut=409)
    exiger_droit(lambda: regles.peut_faire_page(par, page.synthese), par)
    with transaction.atomic():
        brouillon = (
            SynthesePage.objects.select_for_update(no_key=True).get(pk=page.pk).get_latest_revision_as_object()
        )
        verrou = brouillon.get_lock()
        exiger(
            par is None or not (verrou and verrou.for_user(par)),
            "en_relecture",
            _("Cette page est en relecture. Attendez la réponse de l’éditeur."),
            statut=409,
        )
        avant = brouillon.empreinte
        _prendre_les_chiffres(brouillon, brouillon.synthese)
        if brouillon.empreinte != avant:
            brouillon.save_revision(user=par, log_action=True)
            actions_consultation.noter(
                verbe="reprendre_chiffres",
                objet=brouillon,
                consultation=brouillon.synthese.consultation,
                compte=par,
                details={"avant": avant, "apres": brouillon.empreinte},
            )
    return brouillon


def constater_publication(*, page, par):
    """The page is out: its synthesis becomes published. Doing it twice changes nothing.

    Raises Refus as `consultation.actions.publier_synthese` does.
    """
    synthese = page.synthese
    if synthese is None or synthese.etat == Synthese.Etat.PUBLIEE:
        return
    with transaction.atomic():
        if synthese.etat == Synthese.Etat.BROUILLON:
            actions_consultation.soumettre_synthese(synthese=synthese, par=par)
            synthese.refresh_from_db()
        actions_consultation.publier_synthese(synthese=synthese, par=par)


def constater_soumission(*, page, par):
    """The page was sent to the regional group: so is its synthesis."""
    if page.synthese is not None and page.synthese.etat == Synthese.Etat.BROUILLON:
        actions_consultation.soumettre_synthese(synthese=page.synthese, par=par)


def constater_retour(*, page, par, motif=""):
    """The regional group asks for changes: the synthesis goes back to the rapporteur, with what was written."""
    if page.synthese is not None and page.synthese.etat == Synthese.Etat.SOUMISE:
        actions_consultation.rendre_synthese(synthese=page.synthese, par=par, motif=motif)


def composer_fil_info(*, numero, syntheses, par, avec_nouvelles=False):
    """Return the draft of number `numero`, holding the pistes of `syntheses` (`consultation.Synthese`, published).

    With `avec_nouvelles`, it also tells what became of pistes since the last number, and the agenda. The people
    who write it choose among these and word everything else. Raises Refus "interdit" 403, "numero_pris" 409,
    "numero", "pas_publiee" 422.
    """
    exiger_droit(lambda: regles.peut_composer(par), par)
    exiger(1 <= numero <= NUMERO_MAX, "numero", _("Le numéro va de 1 à 9 999."), champ="numero")
    pages = _pages_publiees(syntheses)
    etagere = FilInfoIndexPage.objects.first() or poser_arborescence().fils
    page = FilInfoPage(
        title=_("Fil d’Info n° %(numero)d") % {"numero": numero},
        slug=f"numero-{numero}",
        numero=numero,
        saison=_saison(timezone.localdate()),
        pistes_generales=[("piste", piste) for synthese in pages for piste in _pistes_soutenues(synthese)],
        corps=corps_des_nouvelles(nouvelles()) if avec_nouvelles else [],
        syntheses=pages,
        live=False,
        owner=par,
    )
    with transaction.atomic():
        libre = not FilInfoPage.objects.filter(numero=numero).exists()
        exiger(libre, "numero_pris", _("Ce numéro existe déjà."), statut=409, champ="numero")
        etagere.add_child(instance=page)
        page.save_revision(user=par, log_action=True)
        actions_consultation.noter(
            verbe="composer_fil_info",
            objet=page,
            compte=par,
            details={"numero": numero, "syntheses": [synthese.pk for synthese in syntheses]},
        )
    return page


def _pages_publiees(syntheses):
    syntheses = list(syntheses)
    par_synthese = {
        page.synthese_id: page
        for page in SynthesePage.objects.live().filter(synthese__in=syntheses).select_related("territoire")
    }
    exiger(
        len(par_synthese) == len({synthese.pk for synthese in syntheses}),
        "pas_publiee",
        _("Une de ces synthèses n’est pas encore publiée."),
        champ="syntheses",
    )
    return [par_synthese[synthese.pk] for synthese in syntheses]


def _pistes_soutenues(page):
    """The pistes of a synthesis that the group kept, the most supported first.

    When nothing was voted nor kept, those born of the most propositions first. When a vote kept none, none.
    A piste that says someone's words goes without them: `lectures.fil` reads them when the number is shown.
    """
    lus = list(tableaux(page.contenu)) if page.contenu else []
    poids = {}
    for tableau, sous in lus:
        # Lines come the most supported first.
        poids |= {sous[x.piste.id]: -rang for rang, x in enumerate(tableau.lignes) if x.retenue}
    vote = any(tableau.lignes for tableau, _sous in lus)
    pistes, retenues = page.contenu.get("pistes", []), numeros_retenus(page)
    if vote or retenues:
        pistes = [p for p in pistes if p["numero"] in retenues]
    pistes = sorted(pistes, key=lambda p: (-poids.get(p["numero"], -len(poids)), -p["nees"]))
    return [
        {"texte": p.get("texte", ""), "synthese": page, "numero": p["numero"], "region": page.lieu_dit}
        for p in pistes[:PISTES_PAR_SYNTHESE]
    ]


def _saison(jour):
    """Return "Automne 2026": seasons change on the 21st of March, June, September and December."""
    rang = (jour.month * 100 + jour.day - 321) // 300
    nom = [_("Printemps"), _("Été"), _("Automne")][rang] if 0 <= rang < 3 else _("Hiver")
    return f"{nom} {jour.year}"
