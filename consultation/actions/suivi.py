"""Following a forum by e-mail: asked for, confirmed from a letter, ended in one click; what a summary tells."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..lectures.forum import propositions_publiques
from ..models import Abonne, Consultation, Contribution, Forum, Nouvelle, ReponsePublique
from ..textes import nettoyer_ligne
from .gardes import exiger, noter, verrouiller

#: Never more than one summary in so long.
ENTRE_DEUX_LETTRES = timedelta(days=7)
#: An address that nobody confirmed is forgotten; until then, no other letter asks for it within the hour.
POUR_CONFIRMER, ENTRE_DEUX_DEMANDES = timedelta(days=3), timedelta(hours=1)
#: Addresses that wait for their owner, in one forum: beyond, someone is typing those of others.
DEMANDES_EN_ATTENTE = 200


def suivre(*, forum, courriel, accord, proposition=None):
    """Keep an address that asks to follow the forum, or one proposition; return (Abonne, whether to write to it).

    Asking again adds to what is followed; an address that is confirmed is not written to. Raises Refus
    "courriel_faux", "accord_manque" 422; "forum_ferme" 409; "trop_de_demandes" 429.
    """
    courriel = nettoyer_ligne(courriel).lower()
    try:
        validate_email(courriel)
    except ValidationError:
        dit = _("Cette adresse e-mail ne marche pas. Elle ressemble à nom@exemple.fr.")
        exiger(False, "courriel_faux", dit, champ="courriel")
    exiger(
        accord,
        "accord_manque",
        _("Cochez la case : sans votre accord, nous ne gardons pas d’adresse."),
        champ="accord",
    )
    with transaction.atomic():
        forum = verrouiller(forum)
        exiger(
            forum.consultation.etat == Consultation.Etat.OUVERTE,
            "forum_ferme",
            _("Ce forum est fini. Il n’enverra plus de résumé."),
            statut=409,
        )
        abonne = forum.abonnes.filter(courriel=courriel).first()
        neuf = abonne is None
        abonne = abonne or _nouvel_abonne(forum, courriel)
        _ajouter(abonne, proposition)
        recent = not neuf and abonne.cree_le > timezone.now() - ENTRE_DEUX_DEMANDES
        if neuf:
            noter(verbe="suivre_forum", objet=forum)
    return abonne, abonne.confirme_le is None and not recent


def _nouvel_abonne(forum, courriel):
    exiger(
        forum.abonnes.filter(confirme_le__isnull=True).count() < DEMANDES_EN_ATTENTE,
        "trop_de_demandes",
        _("Beaucoup de personnes demandent à suivre ce forum en ce moment. Revenez demain."),
        statut=429,
    )
    return Abonne.objects.create(forum=forum, courriel=courriel)


def _ajouter(abonne, proposition):
    if proposition is not None:
        abonne.propositions.add(proposition)
    elif not abonne.tout:
        abonne.tout = True
        abonne.save(update_fields=["tout"])


def confirmer_suivi(*, abonne):
    """Whoever reads this address says yes; return the Abonne. Twice is once."""
    with transaction.atomic():
        abonne = verrouiller(abonne)
        if abonne.confirme_le is None:
            abonne.confirme_le = timezone.now()
            abonne.save(update_fields=["confirme_le"])
            noter(verbe="confirmer_suivi", objet=abonne.forum)
    return abonne


def cesser_de_suivre(*, abonne):
    """Forget an address and all it follows."""
    with transaction.atomic():
        forum = abonne.forum
        if Abonne.objects.filter(pk=abonne.pk).delete()[0]:
            noter(verbe="cesser_de_suivre", objet=forum)


def oublier_les_demandes():
    """Forget the addresses that nobody confirmed in time; return how many."""
    vieilles = Abonne.objects.filter(confirme_le__isnull=True, cree_le__lt=timezone.now() - POUR_CONFIRMER)
    combien = vieilles.count()
    vieilles.delete()
    return combien


def preparer_lettre(*, forum):
    """Set down what the next summary tells: what is shown and was never told; return how many things.

    None if the last one is less than ENTRE_DEUX_LETTRES old, or when there is nothing, or nobody to tell.
    """
    maintenant = timezone.now()
    with transaction.atomic():
        forum = Forum.objects.select_for_update(of=("self",), no_key=True).get(pk=forum.pk)
        trop_tot = forum.lettre_le is not None and maintenant - forum.lettre_le < ENTRE_DEUX_LETTRES
        if trop_tot or not forum.abonnes.filter(confirme_le__isnull=False).exists():
            return 0
        nouvelles = _jamais_dites(forum, maintenant)
        Nouvelle.objects.bulk_create(nouvelles, batch_size=500)
        if nouvelles:
            forum.lettre_le = maintenant
            forum.save(update_fields=["lettre_le"])
            noter(verbe="preparer_lettre", objet=forum, details={"lignes": len(nouvelles)})
    return len(nouvelles)


def _jamais_dites(forum, maintenant):
    dites = {
        nom: Nouvelle.objects.filter(forum=forum).values(nom) for nom in ("proposition", "contribution", "reponse")
    }
    lisibles = propositions_publiques(forum.consultation)
    choses = {
        "proposition": lisibles,
        "contribution": contributions_lisibles(lisibles),
        "reponse": ReponsePublique.objects.filter(proposition__in=lisibles.values("pk")),
    }
    return [
        Nouvelle(forum=forum, lettre_le=maintenant, **{f"{nom}_id": pk})
        for nom, lues in choses.items()
        for pk in lues.exclude(pk__in=dites[nom].filter(**{f"{nom}__isnull": False}))
        .order_by("pk")
        .values_list("pk", flat=True)
    ]


def contributions_lisibles(propositions):
    """The arguments and questions shown about `propositions`."""
    return Contribution.objects.publiables().filter(proposition__in=propositions.values("pk"))
