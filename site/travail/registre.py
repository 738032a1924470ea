"""The periodic tasks of the product: what each app says in its own `travaux.py`.

    TRAVAUX = {"publier-a-l-heure": (timedelta(minutes=1), publier_a_l_heure)}

A name, a period, a function without arguments that may run twice without harm. Apps know nothing of the worker.
"""

from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True)
class Travail:
    nom: str
    periode: timedelta
    faire: Any


def travaux():
    """Return {name: Travail} of every installed app. Raises ValueError when two apps use one name."""
    tous = {}
    for app in apps.get_app_configs():
        if not module_has_submodule(app.module, "travaux"):
            continue
        for nom, (periode, faire) in import_module(f"{app.name}.travaux").TRAVAUX.items():
            if nom in tous:
                raise ValueError(f"Two periodic tasks are named {nom!r}")
            tous[nom] = Travail(nom, periode, faire)
    return tous
