import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage as Base

#: Where our own modules and styles are. Libraries' are left as they are: some name modules that are not files.
NOTRES = ("js", "css", "ateliers", "consultation", "contenus", "plateforme")
_COMMENTAIRE = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.M | re.S)
#: Blanks before a line, and a comment after its end: without quotes, so that no text of a script is taken for it.
_MARGES = re.compile(r"^[ \t]+|(?<=[;{,)(])[ \t]+// [^\n\"'`]*$", re.M)


def alleger(texte):
    """Return a script or a stylesheet of ours without its comments and margins, which no phone needs.

    None of our scripts has a text on several lines: its margins would be lost too.
    """
    return _MARGES.sub("", _COMMENTAIRE.sub("", texte))


class Fichiers(Base):
    """Static files named by their content, the imports inside our own JavaScript modules included."""

    patterns = (
        *Base.patterns,
        *((f"{dossier}/*.js", Base._js_module_import_aggregation_patterns[1]) for dossier in NOTRES),
    )

    def save(self, name, content, max_length=None):
        if name.endswith((".js", ".css")) and name.split("/")[0] in NOTRES:
            content = ContentFile(alleger(content.read().decode()).encode())
        return super().save(name, content, max_length)
