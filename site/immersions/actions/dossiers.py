"""The officer's file of an immersion, step by step. Two officers on one file: see `_ecrire`."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation.actions.gardes import exiger, exiger_valide, noter
from consultation.erreurs import Refus
from consultation.textes import nettoyer, nettoyer_ligne

from .. import regles
from ..models import Avenant, Competence, Immersion
from .gardes import deja_signee, dire, exiger_tenir, ouverte, signee_par_tous

PREPARATION = (
    "genre", "structure", "referent", "entretien_le", "objet", "prescripteur", "rome", "contrat_fin",
    "garder_jusqu_au",
)  # fmt: skip
PLACEMENT = ("entreprise", "tuteur", "debut", "fin", "horaires", "heures", "taches")
#: What the convention says: once someone has signed, changing it makes an amendment.
TERMES = frozenset({"genre", "structure", "objet", "prescripteur", *PLACEMENT})
LIGNES, TEXTES = ("referent", "tuteur", "horaires"), ("taches",)


def preparer(*, immersion, revision, objectifs=(), motif="", par, **champs):
    """Write down the first interview: see PREPARATION for `champs`, all of them given; `objectifs`, in order.

    Raises Refus 403; "arretee", "finie", "a_change", "avenant" 409; "rome_faux", "garde", "etti",
    "ne_prescrit_pas", "objectif_long", "trop_d_objectifs", "invalide" and those of dates 422.
    """
    rome = regles.lire_rome(champs["rome"])
    dit = _("Un code ROME est une lettre et quatre chiffres, par exemple D1102.")
    exiger(rome is not None, "rome_faux", dit, champ="rome")
    champs["rome"] = rome
    return _ecrire(immersion, revision, champs, par, "preparer_immersion", motif, _lire_objectifs(objectifs))


def placer(*, immersion, revision, motif="", par, **champs):
    """Write down where and when: see PLACEMENT for `champs`, all of them given. `motif`: why, once it is signed.

    Raises Refus 403; "arretee", "finie", "a_change", "avenant", "se_chevauchent", "deja_renouvelee",
    "entreprise_fermee" 409; "fin_avant_debut", "trop_longue", "apres_contrat", "invalide" 422.
    """
    return _ecrire(immersion, revision, champs, par, "placer_immersion", motif)


def _lire_objectifs(objectifs):
    lus = list(dict.fromkeys(filter(None, map(nettoyer_ligne, objectifs))))
    exiger(len(lus) <= regles.OBJECTIFS_MAX, "trop_d_objectifs", _("Douze objectifs au plus."), champ="objectifs")
    trop_long = next((mots for mots in lus if len(mots) > 160), None)
    exiger(trop_long is None, "objectif_long", _("160 signes au plus par objectif."), champ="objectifs")
    return lus


def _ecrire(immersion, revision, champs, par, verbe, motif, objectifs=None):
    """Write `champs`, and the objectives unless None, on the file as `revision` showed it; return it."""
    exiger_tenir(par, immersion.dispositif.consultation)
    propres = _propres(champs)
    with transaction.atomic():
        immersion = ouverte(immersion)
        changes = [nom for nom, valeur in propres.items() if getattr(immersion, nom) != valeur]
        autres = objectifs is not None and objectifs != [c.intitule for c in immersion.competences.all()]
        if not changes and not autres:
            return immersion
        _exiger_revision(immersion, revision, changes)
        avant = {nom: dire(immersion, nom) for nom in changes}
        for nom, valeur in propres.items():
            setattr(immersion, nom, valeur)
        if immersion.entreprise is not None:
            immersion.secteur = immersion.entreprise.secteur
        _verifier(immersion, changes)
        if (autres or TERMES & set(changes)) and deja_signee(immersion):
            _amender(immersion, motif, avant)
        immersion.revision += 1
        immersion.save()
        if autres:
            _mettre_objectifs(immersion, objectifs)
        noter(verbe=verbe, objet=immersion, compte=par, details={"champs": changes, "version": immersion.version})
    return immersion


def _propres(champs):
    nets = {nom: nettoyer_ligne(champs[nom]) for nom in LIGNES if nom in champs}
    nets |= {nom: nettoyer(champs[nom]) for nom in TEXTES if nom in champs}
    return champs | nets


def _exiger_revision(immersion, revision, changes):
    """Raise "a_change" 409, which says what the file says now, when it is not what was shown."""
    if immersion.revision == revision:
        return
    lus = "; ".join(
        f"{Immersion._meta.get_field(nom).verbose_name}\u202f: {dire(immersion, nom) or _('rien')}"
        for nom in changes
    )
    dit = _(
        "Quelqu’un a enregistré ce dossier pendant que vous écriviez. Rien n’est écrasé. "
        "Le dossier dit maintenant : %(lus)s. Enregistrez encore pour mettre vos mots à la place."
    )
    raise Refus("a_change", dit % {"lus": lus or _("d’autres objectifs")}, statut=409)


def _verifier(immersion, changes):
    """Raise the first thing wrong in the file as it would be."""
    exiger_valide(immersion)
    fautes = [regles.faute_de_prescripteur(immersion.prescripteur, immersion.structure)]
    if immersion.debut and immersion.fin:
        fautes.append(regles.faute_de_dates(immersion.debut, immersion.fin, immersion.contrat_fin))
    for code, champ, dit in filter(None, fautes):
        raise Refus(code, dit, champ=champ)
    if "garder_jusqu_au" in changes and immersion.garder_jusqu_au:
        dit = regles.faute_de_garde(immersion.garder_jusqu_au, immersion.demandee_le)
        exiger(dit is None, "garde", dit, champ="garder_jusqu_au")
    trop_tot = immersion.garder_jusqu_au and immersion.fin and immersion.fin >= immersion.garder_jusqu_au
    dit = _("Tout est effacé avant la fin de l’immersion : changez l’un des deux jours.")
    exiger(not trop_tot, "garde", dit, champ="garder_jusqu_au")
    _verifier_la_place(immersion, changes)


def _verifier_la_place(immersion, changes):
    if "entreprise" in changes and immersion.entreprise is not None:
        exiger(
            immersion.entreprise.dispositif_id == immersion.dispositif_id,
            "entreprise_inconnue",
            _("Cette entreprise n’est pas de ce dispositif."),
            champ="entreprise",
        )
        exiger(
            immersion.entreprise.fermee_le is None,
            "entreprise_fermee",
            _("Cette entreprise n’accueille plus personne. Choisissez-en une autre."),
            statut=409,
            champ="entreprise",
        )
    siennes = Immersion.objects.filter(participant=immersion.participant, arretee_le=None).exclude(pk=immersion.pk)
    if immersion.debut and immersion.fin:
        memes = siennes.filter(debut__lte=immersion.fin, fin__gte=immersion.debut).exists()
        dit = _("La personne a déjà une immersion à ces dates.")
        exiger(not memes, "se_chevauchent", dit, statut=409, champ="debut")
    if immersion.entreprise and immersion.objet:
        fois = siennes.filter(entreprise=immersion.entreprise, objet=immersion.objet).count() + 1
        dit = _(
            "La personne est déjà allée deux fois dans cette entreprise pour le même but : c’est le plus permis."
        )
        exiger(fois <= regles.FOIS, "deja_renouvelee", dit, statut=409, champ="entreprise")


def _amender(immersion, motif, avant):
    """Make a new version of a signed convention, with its reason; those who signed sign again."""
    motif = nettoyer_ligne(motif)[:300]
    dit = _("Cette convention est déjà signée. Écrivez pourquoi elle change : un avenant sera à signer par tous.")
    exiger(motif, "avenant", dit, statut=409, champ="motif")
    apres = {nom: dire(immersion, nom) for nom in avant}
    Avenant.objects.create(
        immersion=immersion,
        numero=immersion.version,
        motif=motif,
        avant=avant,
        apres=apres,
        le=timezone.now(),
    )
    immersion.version += 1


def _mettre_objectifs(immersion, objectifs):
    """Keep the level of those whose words stay."""
    niveaux = dict(immersion.competences.values_list("intitule", "niveau"))
    immersion.competences.all().delete()
    Competence.objects.bulk_create(
        Competence(immersion=immersion, rang=rang, intitule=mots, niveau=niveaux.get(mots))
        for rang, mots in enumerate(objectifs, start=1)
    )


def integrer(*, immersion, le, par):
    """The enterprise has welcomed the person. Raises Refus 403; "pas_signee" 409; "hors_dates" 422."""
    exiger_tenir(par, immersion.dispositif.consultation)
    with transaction.atomic():
        immersion = ouverte(immersion)
        _exiger_signee(immersion)
        _exiger_pendant(immersion, le)
        immersion.integration_le = le
        immersion.save(update_fields=["integration_le"])
        noter(verbe="integrer_immersion", objet=immersion, compte=par)
    return immersion


def pointer(*, immersion, le, texte, par):
    """Write down a weekly point. Raises Refus 403; "pas_signee" 409; "hors_dates", "texte_vide" 422."""
    exiger_tenir(par, immersion.dispositif.consultation)
    texte = nettoyer(texte)
    exiger(texte, "texte_vide", _("Écrivez ce qui a été vu."), champ="texte")
    exiger(len(texte) <= 600, "texte_long", _("600 signes au plus."), champ="texte")
    with transaction.atomic():
        immersion = ouverte(immersion)
        _exiger_signee(immersion)
        _exiger_pendant(immersion, le)
        point = immersion.points.create(le=le, texte=texte)
        noter(verbe="pointer_immersion", objet=immersion, compte=par)
    return point


def _exiger_signee(immersion):
    dit = _("La convention n’est pas signée par les trois : l’immersion ne commence pas.")
    exiger(signee_par_tous(immersion), "pas_signee", dit, statut=409)


def _exiger_pendant(immersion, le):
    dit = _("Ce jour n’est pas pendant l’immersion.")
    exiger(immersion.debut <= le <= immersion.fin, "hors_dates", dit, champ="le")
    exiger(le <= timezone.localdate(), "hors_dates", _("Ce jour n’est pas encore venu."), champ="le")


def evaluer(*, immersion, niveaux, avis_personne="", avis_accueil="", revision=None, par=None):
    """Keep the levels reached, {Competence id: 0 to 3, or None}, and two opinions; return what is still missing.

    What is half filled is kept; the assessment is done once no level is missing. `revision` None: the host, with
    a code of the day that the view has checked. Raises Refus 403; "pas_signee", "trop_tot", "a_change" 409;
    "niveau_inconnu", "avis_long" 422.
    """
    exiger_tenir(par, immersion.dispositif.consultation)
    avis = {"avis_personne": nettoyer(avis_personne), "avis_accueil": nettoyer(avis_accueil)}
    for nom, mots in avis.items():
        exiger(len(mots) <= 1000, "avis_long", _("1000 signes au plus."), champ=nom)
    with transaction.atomic():
        immersion = ouverte(immersion)
        _exiger_signee(immersion)
        dit = _("L’immersion n’a pas commencé : revenez le premier jour.")
        exiger(immersion.debut <= timezone.localdate(), "trop_tot", dit, statut=409)
        if revision is not None:
            _exiger_revision(
                immersion, revision, [nom for nom, mots in avis.items() if getattr(immersion, nom) != mots]
            )
        manquent = _noter_niveaux(immersion, niveaux)
        for nom, mots in avis.items():
            setattr(immersion, nom, mots)
        immersion.evaluee_le = None if manquent else timezone.now()
        immersion.revision += 1
        immersion.save(update_fields=[*avis, "evaluee_le", "revision"])
        noter(verbe="evaluer_immersion", objet=immersion, compte=par, details={"manquent": len(manquent)})
    return manquent


def _noter_niveaux(immersion, niveaux):
    """Write the levels; return the words of the objectives that have none."""
    competences = list(immersion.competences.all())
    for competence in competences:
        niveau = niveaux.get(competence.pk)
        connu = niveau is None or niveau in Competence.Niveau.values
        exiger(connu, "niveau_inconnu", _("Choisissez un des quatre niveaux."), champ=f"niveau-{competence.pk}")
        competence.niveau = niveau
    Competence.objects.bulk_update(competences, ["niveau"])
    return [c.intitule for c in competences if c.niveau is None]


def conclure(*, immersion, revision, bilan_le, issue, par):
    """Close the file: last interview, outcome. Raises Refus 403; "bilan_incomplet", "a_change" 409; 422."""
    exiger_tenir(par, immersion.dispositif.consultation)
    exiger(issue in Immersion.Issue.values, "issue_inconnue", _("Choisissez ce qui a suivi."), champ="issue")
    with transaction.atomic():
        immersion = ouverte(immersion)
        _exiger_revision(immersion, revision, ["issue"])
        dit = _("Il manque le bilan de l’entreprise : remplissez-le d’abord.")
        exiger(immersion.evaluee_le is not None, "bilan_incomplet", dit, statut=409)
        dit = _("L’entretien final vient après le dernier jour, et pas dans l’avenir.")
        exiger(immersion.fin <= bilan_le <= timezone.localdate(), "hors_dates", dit, champ="bilan_le")
        immersion.bilan_le, immersion.issue = bilan_le, issue
        immersion.revision += 1
        immersion.save(update_fields=["bilan_le", "issue", "revision"])
        noter(verbe="conclure_immersion", objet=immersion, compte=par, details={"issue": issue})
    return immersion


def relancer(*, immersion, quoi, par):
    """Write down that someone was reminded today of what waits (`lectures.attentes`). Raises Refus 403; 409."""
    exiger_tenir(par, immersion.dispositif.consultation)
    with transaction.atomic():
        immersion = ouverte(immersion)
        relance = immersion.relances.create(quoi=quoi[:24], le=timezone.localdate())
        noter(verbe="relancer_immersion", objet=immersion, compte=par, details={"quoi": relance.quoi})
    return relance
