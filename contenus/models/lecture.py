"""A Wagtail page is also its view. What it shows is read above the models, which know nothing of it."""

#: {page class: function of (page, request) returning what its template is given}; filled by `contenus.contextes`.
CONTEXTES = {}


class PageLue:
    """A page whose template is given what `CONTEXTES` reads for it, when visited and when previewed."""

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), **CONTEXTES[type(self)](self, request)}
