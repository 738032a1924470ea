"""One catalogue for the whole product: French is the source, site/locale/en holds the English.

site/locale/fr repeats the French: without it, a sentence that another library translates too would take that
library's words ("Close", in French, is not "to close"), and plurals would be counted the English way ("0 pistes").
It is also where our sentences get their French spaces, whoever shows them: a template, a form, a letter.
"""

import re
import subprocess

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.management.commands import makemessages
from django.test.utils import override_settings

from contenus.typographie import INSECABLE, composer
from plateforme import mots_de_la_gestion

#: What holds no sentence of ours. `site/locale` is named so that nothing goes there but what is asked for.
IGNORES = [
    "site/locale",
    "contenus/locale",
    ".venv/*",
    "tests/*",
    "var/*",
    "build/*",
    "*/migrations/*",
    "*/demonstration/*",
]
#: What stands for a value, tags, and the sign that holds their place while the words are composed.
_VALEURS = re.compile(r"%\(\w+\)[sd]|\{\w*\}|<[^>]*>")
_PLACE = "\ue000"
#: French counts nothing as singular: "0 piste", "1 piste", "2 pistes".
ENTETE = r"""# The French of Germoir's screens, repeated by `make messages`: change the sentence where it stands.
msgid ""
msgstr ""
"Language: fr\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

"""


class Fichier(makemessages.BuildFile):
    """Django names each template by an expression that reads all the sentences again: four fifths of the time."""

    def postprocess_messages(self, msgs):
        return msgs.replace(self.work_path.removeprefix("./"), self.path.removeprefix("./"))


class Relever(makemessages.Command):
    build_file_class = Fichier


def relever(dossier, langue="en"):
    """Write the catalogue found in the sources under `dossier`/`langue`; keep the translations there."""
    (dossier / langue / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    with override_settings(LOCALE_PATHS=[str(dossier)]):
        call_command(
            Relever(),
            locale=[langue],
            ignore_patterns=IGNORES,
            add_location="file",
            no_obsolete=True,
            no_wrap=True,
            verbosity=0,
        )


def repeter(dossier):
    """Write the French catalogue, in which each sentence is its own translation."""
    francais = dossier / "fr" / "LC_MESSAGES" / "django.po"
    francais.unlink(missing_ok=True)
    relever(dossier, "fr")
    plein = subprocess.run(["msgen", "--no-wrap", str(francais)], check=True, capture_output=True).stdout
    _entete, phrases = plein.decode().split("\n\n", 1)
    francais.write_text(ENTETE + "\n".join(_espacees(phrases.split("\n"))))


def _espacees(lignes):
    """Compose the translations ("msgstr …" and what continues it), never the sentences they translate."""
    traduction = False
    for ligne in lignes:
        traduction = ligne.startswith("msgstr") or (traduction and ligne.startswith('"'))
        yield _espacer(ligne) if traduction else ligne


def _espacer(ligne):
    """The French spaces of one line; its values and its tags ("%(n)s", "<a href…>") stay as they are."""
    valeurs = _VALEURS.findall(ligne)
    compose = composer(_VALEURS.sub(_PLACE, ligne)).replace(f"° {_PLACE}", f"°{INSECABLE}{_PLACE}")
    return re.sub(_PLACE, lambda _place: valeurs.pop(0), compose)


class Command(BaseCommand):
    help = "Collect the sentences to translate into site/locale/en, repeat them in site/locale/fr, compile."

    def handle(self, **options):
        dossier = settings.SITE / "locale"
        relever(dossier)
        repeter(dossier)
        call_command("compilemessages", locale=["en", "fr"], ignore_patterns=IGNORES, verbosity=0)
        mots_de_la_gestion.poser(settings.RACINE / "contenus/locale/fr/LC_MESSAGES")
        self.stdout.write(f"Catalogue : {dossier / 'en/LC_MESSAGES/django.po'}")
