import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage as Base

#: Where our own modules and styles are. Libraries' are left as they are: some name modules that are not files.
NOTRES = ("js", "css", "ateliers", "consultation", "contenus", "plateforme")
_COMMENTAIRE = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.M | re.S)


def sans_commentaires(texte):
    """Return a script or a stylesheet of ours without the lines that are only comments, which no phone needs."""
    return _COMMENTAIRE.sub("", texte)


class Fichiers(Base):
    """Static files named by their content, the imports inside our own JavaScript modules included."""

    patterns = (
        *Base.patterns,
        *((f"{dossier}/*.js", Base._js_module_import_aggregation_patterns[1]) for dossier in NOTRES),
    )

    def save(self, name, content, max_length=None):
        if name.endswith((".js", ".css")) and name.split("/")[0] in NOTRES:
            content = ContentFile(sans_commentaires(content.read().decode()).encode())
        return super().save(name, content, max_length)
