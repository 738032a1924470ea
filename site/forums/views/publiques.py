"""What anyone reads of a forum, without a code."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ateliers import identite
from ateliers.lectures import bulletins
from consultation import lectures
from consultation import regles as droits
from contenus.impression.cartes import affiche_pdf
from contenus.views.impression import pdf_ou_excuse

from .. import fournisseur
from .. import lectures as lectures_forums
from ..acces import avec_forum

PAR_PAGE = 20


@require_safe
def liste(request):
    forums = [(forum, lectures.calendrier(forum.consultation)) for forum in lectures.forums_publics()[:30]]
    return render(request, "forums/liste.html", {"forums": forums})


def contexte_de(request, forum, **autres):
    """What every page of a forum shows: the forum, its moment, and who is there."""
    calendrier = lectures.calendrier(forum.consultation)
    phase, adresse = lectures_forums.acte_du_moment(calendrier)
    return {
        "forum": forum,
        "consultation": forum.consultation,
        "calendrier": calendrier,
        "ouvertes": lectures.natures_ouvertes(calendrier),
        "moment": phase,
        "adresse_du_moment": reverse(adresse, args=[forum.consultation.slug]) if adresse else "",
        "participant": identite.participant_de(request, forum.consultation),
        "fournisseur": fournisseur.nom(),
        **autres,
    }


@require_safe
@avec_forum
def accueil(request, forum):
    consultation = forum.consultation
    publiques = lectures.propositions_publiques(consultation)
    colleges = lectures.colleges_du_forum(consultation)
    contexte = contexte_de(
        request,
        forum,
        colleges=colleges,
        personnes=sum(college.personnes for college in colleges),
        idees=sum(college.idees for college in colleges),
        dernieres=publiques.order_by("-pk")[:3],
        axes=consultation.axes.all(),
        voies=lectures_forums.voies(consultation),
        soirees=lectures_forums.soirees(consultation),
        communes=lectures.communes(consultation),
        anime=droits.peut_animer(request.user, forum.espace),
        aide=droits.peut_voir_console(request.user, forum.espace),
    )
    return render(request, "forums/accueil.html", contexte)


@require_safe
@avec_forum
def propositions(request, forum):
    """The list, by axe, by college and by words; every choice is in the address."""
    choix = {nom: request.GET.get(nom, "")[:80] for nom in ("axe", "college", "mots")}
    toutes = lectures.chercher_propositions(lectures.propositions_publiques(forum.consultation), **choix)
    page = Paginator(lectures.avec_discussion(toutes).order_by("-pk"), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = contexte_de(
        request,
        forum,
        page=page,
        choix=choix,
        axes=forum.consultation.axes.all(),
        colleges=forum.consultation.colleges.all(),
    )
    return render(request, "forums/propositions.html", contexte)


@require_safe
@avec_forum
def proposition(request, forum, proposition_id):
    """One proposition, its three lists, and what became of it."""
    publiques = lectures.propositions_publiques(forum.consultation)
    dite = get_object_or_404(publiques, pk=proposition_id)
    tableau = lectures.resultats_du_forum(forum)
    contexte = contexte_de(
        request,
        forum,
        proposition=dite,
        discussion=lectures.discussion(dite),
        cle_du_texte=f"p{dite.pk}",
        reponse=lectures.reponse_publique(dite),
        organise=droits.est_organisateur(request.user, forum.consultation),
        ligne=lectures_forums.ligne_de_la_piste(tableau, dite.piste_id),
        tableau=tableau,
    )
    return render(request, "forums/proposition.html", contexte)


@require_safe
@avec_forum
def resultats(request, forum):
    tableau = lectures.resultats_du_forum(forum)
    contexte = contexte_de(
        request,
        forum,
        tableau=tableau,
        page=bulletins.page_de(tableau.lignes if tableau else (), request.GET),
        opinions=lectures.opinions_du_forum(forum),
        voies=lectures_forums.voies(forum.consultation),
    )
    return render(request, "forums/resultats.html", contexte)


@require_safe
@avec_forum
def regles(request, forum):
    """The published rules, and the log of what was moderated: hours and rules, no name, no word."""
    decisions = lectures.registre_de_moderation(forum.consultation)
    page = Paginator(decisions, 50).get_page(request.GET.get("page"))
    return render(request, "forums/regles.html", contexte_de(request, forum, page=page))


@require_safe
@avec_forum
def affiche(request, forum):
    """The poster, with the square that opens the forum."""
    if forum.consultation.etat == "preparation":
        raise Http404
    return pdf_ou_excuse(request, f"affiche-{forum.consultation.slug}", lambda: affiche_pdf(forum))
