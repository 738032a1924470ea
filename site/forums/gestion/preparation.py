"""What a forum adds to the preparation page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.gestion.preparation import A_FAIRE, EN_COURS, FACULTATIF, FAIT, PLUS_TARD, Ligne
from consultation.models import CodeDeCarte, Consultation, Forum, Scrutin


def lignes(consultation):
    """The lines of a forum: question and rules, calendar, cards, vote. None for a seminar."""
    forum = Forum.objects.select_related("scrutin").filter(consultation=consultation).first()
    if forum is None:
        if consultation.nature != Consultation.Nature.FORUM:
            return []
        constat = _("La question posée, les règles publiées, les guichets.")
        return [Ligne(16, _("Forum"), A_FAIRE, constat, _adresse(consultation, "forum"), _("Commencer"))]
    return [_question(forum), _calendrier(forum), _communes(forum), _cartes(forum), _vote(forum)]


def _adresse(consultation, nom, *args):
    return reverse(f"gestion_forums:{nom}", args=[consultation.pk, *args])


def _question(forum):
    n = len(forum.regles_lues)
    regles = ngettext("%(n)s règle publiée.", "%(n)s règles publiées.", n) % {"n": n}
    return Ligne(
        16, _("Forum : question et règles"), FAIT, regles, _adresse(forum.consultation, "forum"), _("Modifier")
    )


def _calendrier(forum):
    n = forum.consultation.phases.count()
    constat = ngettext("%(n)s temps.", "%(n)s temps.", n) % {"n": n} if n else _("Rien ne s’ouvrira sans eux.")
    etat = FAIT if n else A_FAIRE
    return Ligne(17, _("Calendrier du forum"), etat, constat, _adresse(forum.consultation, "phases"), _("Voir"))


def _communes(forum):
    n = forum.consultation.territoire.enfants.count()
    constat = ngettext("%(n)s commune dans la liste.", "%(n)s communes dans la liste.", n) % {"n": n}
    constat = constat if n else _("Sans elles, personne ne dit d’où il parle.")
    bouton = _("Voir") if n else _("Choisir")
    return Ligne(
        17.5, _("Communes"), FAIT if n else FACULTATIF, constat, _adresse(forum.consultation, "communes"), bouton
    )


def _cartes(forum):
    codes = CodeDeCarte.objects.filter(lot__consultation=forum.consultation)
    n, servis = codes.count(), codes.filter(servi=True).count()
    constat = _("Personne n’entre sans carte, sauf à un guichet ou dans une soirée.")
    if n:
        constat = _("%(n)s cartes tirées, %(servis)s ont servi.") % {"n": n, "servis": servis}
    etat = FAIT if n else FACULTATIF
    return Ligne(
        18, _("Cartes à code"), etat, constat, _adresse(forum.consultation, "cartes"), _("Voir les cartes")
    )


def _vote(forum):
    etat, actes = PLUS_TARD, [(_("Ouvrir le vote maintenant"), _adresse(forum.consultation, "vote_ouvrir"), {})]
    constat = _("Il s’ouvre et se ferme tout seul, aux dates du calendrier.")
    if forum.scrutin and forum.scrutin.etat == Scrutin.Etat.OUVERT:
        etat, constat = EN_COURS, _("Le vote est ouvert.")
        actes = [(_("Clore le vote maintenant"), _adresse(forum.consultation, "vote_fermer"), {})]
    elif forum.scrutin and forum.scrutin.etat == Scrutin.Etat.CLOS:
        etat, constat, actes = FAIT, _("Le vote est clos. Les résultats sont publiés."), []
    page = reverse("forums:resultats", args=[forum.consultation.slug])
    return Ligne(95, _("Vote du forum"), etat, constat, page, _("Voir la page"), actes=actes)


def blocs(vue):
    """Links to the forum's public pages, for whoever may read this page."""
    if not Forum.objects.filter(consultation=vue.consultation).exists():
        return []
    slug = vue.consultation.slug
    liens = [
        (_("Page publique"), reverse("forums:accueil", args=[slug])),
        (_("Relire ce qui attend"), reverse("forums:moderer", args=[slug])),
        (_("Guichet"), reverse("forums:guichet", args=[slug])),
    ]
    return [{"titre": _("Forum"), "liens": liens}]
