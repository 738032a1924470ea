"""What is new, as blocks of a draft: the editor rewords them, or takes them away."""

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from ..carnet import dates

#: Letters of a line of the agenda (`EtapeFriseBloc`).
TITRE_MAX, LIEU_MAX = 120, 300


def corps_des_nouvelles(nouvelles):
    """Return the blocks of what became of pistes and of the agenda, from `lectures.nouvelles`; [] of nothing.

    A piste is named by its number and leads to its page: its words are read there, as long as their author agrees.
    """
    corps = []
    if nouvelles.reponses:
        corps.append(("titre", _("Ce que les pistes sont devenues")))
        corps.append(("texte", RichText(_liste(nouvelles.reponses))))
    if nouvelles.rendezvous:
        corps.append(("titre", _("Agenda")))
        corps.append(("frise", {"etapes": [_etape(seminaire) for seminaire in nouvelles.rendezvous]}))
    return corps


def _liste(reponses):
    return format_html(
        "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((_ligne(suite),) for suite in reponses))
    )


def _ligne(suite):
    consultation = suite.piste.consultation
    chemin = reverse("contenus:piste", args=[consultation.slug, suite.piste.numero])
    return format_html(
        '<a href="{}">{}</a>, {} : {}, {}. {}',
        f"{settings.URL_PUBLIQUE}{chemin}",
        _("Piste n° %(n)d") % {"n": suite.piste.numero},
        consultation.titre,
        suite.get_etat_display().lower(),
        dates.periode(suite.le, None),
        suite.raison,
    )


def _etape(seminaire):
    return {
        "quand": dates.periode(seminaire.debut, seminaire.fin),
        "titre": seminaire.titre[:TITRE_MAX],
        "texte": seminaire.lieu[:LIEU_MAX],
    }
