"""From the rapporteur's desk to the editor, and the newsletter's feed."""

from django.contrib.auth.decorators import login_required
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from consultation.erreurs import Refus
from consultation.models import Synthese

from .. import actions
from ..lectures.ecarts import a_change
from ..lectures.fil import numeros


@login_required
@require_POST
def synthese_vers_page(request, synthese_id):
    """Make the page, or find it again, and open it where this person may write; otherwise say what happened."""
    synthese = get_object_or_404(Synthese.objects.select_related("consultation", "espace"), pk=synthese_id)
    try:
        page = actions.faire_page(synthese=synthese, par=request.user)
    except Refus as refus:
        return render(request, "contenus/pages/page_refusee.html", {"refus": refus}, status=refus.statut)
    if page.permissions_for_user(request.user).can_edit():
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "contenus/pages/page_faite.html", {"page_faite": page, "change": a_change(page)})


class FluxFilInfo(Feed):
    """The newsletter for feed readers: titles and first sentences."""

    title = gettext_lazy("Germoir, le Fil d’Info")
    link = "/fil-info/"
    subtitle = gettext_lazy("La lettre des groupes qualité.")
    language = "fr"
    feed_type = Atom1Feed

    def items(self):
        return numeros()[:20]

    def item_title(self, item):
        return _("Fil d’Info n° %(numero)d : %(titre)s") % {"numero": item.numero, "titre": item.title}

    def item_description(self, item):
        return item.accroche or item.search_description

    def item_link(self, item):
        return item.get_url() or "/fil-info/"

    def item_pubdate(self, item):
        return item.first_published_at

    def item_updateddate(self, item):
        return item.last_published_at
