"""A Wagtail page is also its view. What it shows is read above the models, which know nothing of it."""

from django.utils.translation import gettext_lazy as _

#: {page class: function of (page, request) returning what its template is given}; filled by `contenus.contextes`.
CONTEXTES = {}
#: {page class: function of (page, request)} for pages that people answer, filled by `contenus.views.reponses`; and
#: "reponses": the admin's list of what they answered.
RECEPTIONS = {}
#: {page class: function of (page, request) returning its PDF}, filled by `contenus.views.impression`.
IMPRESSIONS = {}
#: {page class: {mode: (its name, function of (page, request))}}: other previews of a draft, filled from above.
APERCUS = {}


class PageLue:
    """A page whose template is given what `CONTEXTES` reads for it, when visited and when previewed."""

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), **CONTEXTES[type(self)](self, request)}


class PageImprimee:
    """A page whose draft is previewed as it will be read, and as it will be printed."""

    @property
    def preview_modes(self):
        autres = APERCUS.get(type(self), {}).items()
        return [("", _("La page")), ("pdf", _("Le PDF")), *((mode, nom) for mode, (nom, _montrer) in autres)]

    def serve_preview(self, request, mode_name):
        if mode_name == "pdf":
            return IMPRESSIONS[type(self)](self, request)
        _nom, montrer = APERCUS.get(type(self), {}).get(mode_name, (None, None))
        return montrer(self, request) if montrer else super().serve_preview(request, mode_name)
