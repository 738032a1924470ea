"""What the journal keeps as words of the code, read as on the screens: kinds of things, fields, states."""

from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: What is written in no model's choices.
AUTRES = {
    "resultats": gettext_lazy("résultats"),
    "propositions": gettext_lazy("propositions"),
    "grille": gettext_lazy("réponses à une grille"),
    "inscriptions": gettext_lazy("inscriptions"),
    "pdf": "PDF",
    "csv": "CSV",
    "xlsx": "XLSX",
    "classique": gettext_lazy("classique"),
}


def dire_sorte(type_):
    """What a kind of thing ("ateliers.etape") is called: the name of its model."""
    try:
        return apps.get_model(type_)._meta.verbose_name
    except (LookupError, ValueError):  # a kind of thing that an older release had
        return _("élément")


def dire_champ(type_, nom):
    """What a field ("part_cible") is called on the form where it is changed."""
    try:
        return str(apps.get_model(type_)._meta.get_field(nom).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return nom.replace("_", " ")


def dire_valeur(valeur):
    """A state, a yes, a list, as people read them; a number as it is."""
    if isinstance(valeur, bool):
        return _("oui") if valeur else _("non")
    if isinstance(valeur, list):
        return ", ".join(str(dire_valeur(v)) for v in valeur)
    return str(_etats().get(valeur) or AUTRES.get(valeur) or valeur) if isinstance(valeur, str) else valeur


@cache
def _etats():
    """{value: words} of every choice of our models. Words are lazy: each reader has them in their language."""
    nos_apps = ("consultation", "ateliers", "contenus")
    champs = (c for app in nos_apps for m in apps.get_app_config(app).get_models() for c in m._meta.get_fields())
    return {v: nom for champ in champs for v, nom in getattr(champ, "choices", None) or () if isinstance(v, str)}
