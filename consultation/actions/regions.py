"""Following a national seminar up in the regions: opened in one act, put off, fed with pistes, sent back."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import regles
from ..decomptes import Familles
from ..lectures.adresses import adresse_libre
from ..models import Axe, Consultation, Espace, Mandat, Piste, Suivi, Territoire
from ..textes import nettoyer_ligne
from .gardes import annoncer_pistes, exiger, exiger_droit, noter, verrouiller
from .mandats import confier
from .syntheses import rendre_synthese


def ouvrir_suivis(*, consultation, territoires, attendue_le, par):
    """Open a follow-up in each of these regions that has none; return those opened.

    Each is a consultation of its own, with the colleges and axes of the seminar and nobody in it; whoever opens
    them may name the référents. Raises Refus "interdit" 403; "deja_un_suivi" 409; "sans_region", "pas_une_region",
    "date_passee" 422.
    """
    exiger_droit(lambda: regles.est_organisateur(par, consultation), par)
    encours = _("Ce séminaire est lui-même le suivi d’un autre.")
    exiger(not Suivi.objects.filter(regionale=consultation).exists(), "deja_un_suivi", encours, statut=409)
    exiger(territoires, "sans_region", _("Choisissez au moins une région."), champ="territoires")
    regions = all(t.niveau == Territoire.Niveau.REGION for t in territoires)
    exiger(regions, "pas_une_region", _("Choisissez des régions."), champ="territoires")
    _exiger_a_venir(attendue_le)
    with transaction.atomic():
        consultation = verrouiller(consultation)
        deja = set(consultation.suivis.values_list("territoire_id", flat=True))
        neufs = {territoire.pk: territoire for territoire in territoires if territoire.pk not in deja}
        return [_ouvrir(consultation, territoire, attendue_le, par) for territoire in neufs.values()]


def _exiger_a_venir(jour):
    passee = _("Cette date est passée. Choisissez un jour à venir.")
    exiger(jour > timezone.localdate(), "date_passee", passee, champ="attendue_le")


def _ouvrir(nationale, territoire, attendue_le, par):
    regionale = Consultation.objects.create(
        titre=_("Groupe régional {region} : {titre}").format(region=territoire.nom, titre=nationale.titre)[:200],
        slug=adresse_libre(f"{nationale.slug[:50]} {territoire.nom}"),
        nature=nationale.nature,
        chapeau=nationale.chapeau,
        territoire=territoire,
        etat=Consultation.Etat.OUVERTE,
        acces=Consultation.Acces.CODE,
        relecture=nationale.relecture,
        longueur_max=nationale.longueur_max,
    )
    _memes_colleges_et_axes(nationale, regionale)
    reprises = Espace.objects.create(consultation=regionale, titre=_("Pistes du séminaire"))
    suivi = Suivi.objects.create(
        nationale=nationale, regionale=regionale, territoire=territoire, reprises=reprises, attendue_le=attendue_le
    )
    if par is not None:
        confier(compte=par, role=Mandat.Role.ORGANISATEUR, consultation=regionale, par=None)
    details = {"region": territoire.pk, "attendue_le": attendue_le.isoformat()}
    noter(verbe="ouvrir_suivi", objet=suivi, consultation=nationale, compte=par, details=details)
    return suivi


def _memes_colleges_et_axes(nationale, regionale):
    """The same colleges and axes, themes under theirs; nothing that people said."""
    for college in nationale.colleges.all():
        college.pk, college.consultation, college._state.adding = None, regionale, True
        college.save()
    refaits = {}
    for axe in Axe.objects.filter(consultation=nationale).order_by("parent_id", "ordre", "pk"):
        neuf = Axe(consultation=regionale, titre=axe.titre, chapeau=axe.chapeau, ordre=axe.ordre)
        neuf.save()
        refaits[axe.pk] = (neuf, axe.parent_id)
    for neuf, parent in refaits.values():
        if parent is not None:
            neuf.parent = refaits[parent][0]
            neuf.save(update_fields=["parent"])


def reporter_suivi(*, suivi, attendue_le, par):
    """Give a region until another day; return the Suivi. Raises Refus "interdit" 403, "date_passee" 422."""
    exiger_droit(lambda: regles.est_du_groupe_national(par, suivi), par)
    _exiger_a_venir(attendue_le)
    with transaction.atomic():
        suivi = verrouiller(suivi)
        avant, suivi.attendue_le = suivi.attendue_le, attendue_le
        suivi.save(update_fields=["attendue_le"])
        dates = {"avant": avant.isoformat(), "apres": attendue_le.isoformat()}
        noter(verbe="reporter_suivi", objet=suivi, consultation=suivi.nationale_id, compte=par, details=dates)
    return suivi


def emporter_pistes(*, suivi, pistes, par):
    """Take national pistes over in the region, words and lineage; return the new ones. Twice is once.

    They are numbered there, and the region's meetings may vote on them. A joined piste is stood for by its root.
    Raises Refus "interdit" 403; "rien_a_reprendre", "ailleurs" 422.
    """
    exiger_droit(lambda: regles.peut_reprendre(par, suivi), par)
    exiger(pistes, "rien_a_reprendre", _("Choisissez au moins une piste."), champ="pistes")
    etrangere = _("Une de ces pistes n’est pas du séminaire suivi.")
    exiger(all(p.consultation_id == suivi.nationale_id for p in pistes), "ailleurs", etrangere, champ="pistes")
    with transaction.atomic():
        regionale = verrouiller(suivi.regionale)
        racines = _racines(suivi, pistes)
        prises = [_prendre(piste, suivi, regionale) for piste in racines]
        details = {"pistes": [piste.venue_de.numero for piste in prises]}
        noter(verbe="emporter_pistes", objet=suivi, consultation=regionale, compte=par, details=details)
        annoncer_pistes(prises)
    return prises


def _racines(suivi, pistes):
    """Those that stand for `pistes`, not taken over yet, by number."""
    familles = Familles.de(suivi.nationale_id)
    cles = {familles.racine(piste.pk) for piste in pistes}
    deja = Piste.objects.filter(consultation=suivi.regionale_id, venue_de__isnull=False)
    cles -= {familles.racine(pk) for pk in deja.values_list("venue_de_id", flat=True)}
    return list(Piste.objects.filter(pk__in=cles).select_related("axe").order_by("numero"))


def _prendre(piste, suivi, regionale):
    dernier = Piste.objects.filter(consultation=regionale).aggregate(n=Max("numero"))["n"] or 0
    axe = regionale.axes.filter(titre=piste.axe.titre).first() if piste.axe else None
    return Piste.objects.create(
        consultation=regionale,
        espace_id=suivi.reprises_id,
        axe=axe,
        numero=dernier + 1,
        texte=piste.texte,
        mots_de_id=piste.mots_de_id,
        venue_de=piste,
    )


def renvoyer_synthese(*, suivi, synthese, mot, par):
    """The national group sends what a region submitted back to it, with a word; return the Synthese.

    Raises Refus "interdit" 403; "ailleurs" 422; "mot_vide" 422; "pas_soumise" 409.
    """
    exiger_droit(lambda: regles.est_du_groupe_national(par, suivi), par)
    d_ici = synthese.consultation_id == suivi.regionale_id
    exiger(d_ici, "ailleurs", _("Cette synthèse n’est pas de cette région."))
    mot = nettoyer_ligne(mot)
    exiger(mot, "mot_vide", _("Écrivez un mot au groupe régional : il le lira en haut de sa page."), champ="mot")
    exiger(len(mot) <= 300, "mot_long", _("C’est trop long : 300 signes au plus."), champ="mot")
    return rendre_synthese(synthese=synthese, par=par, motif=mot)
