"""A Wagtail page is also its view. What it shows is read above the models, which know nothing of it."""

from django.utils.translation import gettext_lazy as _

#: {page class: function of (page, request) returning what its template is given}; filled by `contenus.contextes`.
CONTEXTES = {}
#: {page class: function of (page, request)} for pages that people answer, filled by `contenus.views.reponses`; and
#: "reponses": the admin's list of what they answered.
RECEPTIONS = {}
#: {page class: function of (page, request) returning its PDF}, filled by `contenus.views.impression`.
IMPRESSIONS = {}


class PageLue:
    """A page whose template is given what `CONTEXTES` reads for it, when visited and when previewed."""

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), **CONTEXTES[type(self)](self, request)}


class PageImprimee:
    """A page whose draft is previewed as it will be read, and as it will be printed."""

    preview_modes = [("", _("La page")), ("pdf", _("Le PDF"))]

    def serve_preview(self, request, mode_name):
        if mode_name == "pdf":
            return IMPRESSIONS[type(self)](self, request)
        return super().serve_preview(request, mode_name)
