"""What a page of the desk (`/gestion/`) may load and run: Wagtail's files, and what only starts them.

Wagtail 8 writes a script in the page under each date, each chooser (of a page, an image, a document) and each list
of questions: a call of one of its functions with plain data. Such a script, and no other, is let through, by its
hash: whatever someone managed to put in a page, nothing but these functions could be called. See docs/securite.md.
"""

import base64
import hashlib
import json
import re

from csp.constants import SELF, UNSAFE_HASHES, UNSAFE_INLINE

PREFIXE = "/gestion/"
#: `return;`, which the tool that crops images writes in attributes to see whether the screen is touched.
_RIEN = "'sha256-{}'".format(base64.b64encode(hashlib.sha256(b"return;").digest()).decode())
_SCRIPTS = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_APPEL = re.compile(r"(?:init(?:Date|Time|DateTime)Chooser|new [A-Z][A-Za-z]*Chooser)\((.*)\);?", re.DOTALL)
#: Around the questions of a page: the same, written otherwise.
_QUESTIONS = re.compile(
    r"\(function\(\) \{\s*var panel = new InlinePanel"
    r"\(JSON\.parse\((\"(?:[^\"\\]|\\u[0-9A-F]{4})*\")\)\);\s*\}\)\(\);"
)


def _est_un_appel(script):
    """Whether a script is one call of a Wagtail widget with data alone: what JSON reads runs nothing."""
    appel = _APPEL.fullmatch(script.strip()) or _QUESTIONS.fullmatch(script.strip())
    if appel is None:
        return False
    try:
        json.loads(f"[{appel[1]}]")
    except ValueError:
        return False
    return True


def empreintes(html):
    """Return the sources ('sha256-…') of the scripts of a page that only start one of Wagtail's widgets."""
    scripts = {script for script in _SCRIPTS.findall(html) if _est_un_appel(script)}
    condenses = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return sorted(f"'sha256-{base64.b64encode(condense).decode()}'" for condense in condenses)


def politique_de_gestion(get_response):
    """Middleware, inside that of the policy: the site's strict policy, less what Wagtail cannot do without."""

    def middleware(request):
        reponse = get_response(request)
        if request.path_info.startswith(PREFIXE):
            html = ""
            if not reponse.streaming and reponse.get("Content-Type", "").startswith("text/html"):
                html = reponse.content.decode()
            reponse._csp_replace = {
                "script-src": [SELF, *empreintes(html)],
                "script-src-attr": [UNSAFE_HASHES, _RIEN],
                "style-src": [SELF, UNSAFE_INLINE],
                "img-src": [SELF, "data:", "blob:"],
                "frame-src": [SELF],
            }
        return reponse

    return middleware
