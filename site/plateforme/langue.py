"""The language of the screens: French, unless the visitor chose another, in the footer or where one comes in.

Accept-Language is not followed: borrowed phones are often set to a language their reader does not read, and a
room must see the same words as the screen in front of it.
"""

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers


class ChoixDeLangue:
    """Activate the language of the visitor's cookie, else the site's."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.permises = {code for code, _nom in settings.LANGUAGES}

    def __call__(self, request):
        voulue = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        langue = voulue if voulue in self.permises else settings.LANGUAGE_CODE
        translation.activate(langue)
        request.LANGUAGE_CODE = langue
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", langue)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        return response
