"""What is published: Wagtail pages and the blocks they are made of."""

from .fil import FilInfoIndexPage, FilInfoPage
from .formulaire import FormulairePage, Question
from .identite import IdentiteSite
from .pages import AccueilPage, PagePlaine
from .relecture import RelectureRegionale
from .seminaire import SeminairePage
from .synthese import SynthesePage, SynthesesIndexPage

__all__ = [
    "AccueilPage",
    "FilInfoIndexPage",
    "FilInfoPage",
    "FormulairePage",
    "IdentiteSite",
    "PagePlaine",
    "Question",
    "RelectureRegionale",
    "SeminairePage",
    "SynthesePage",
    "SynthesesIndexPage",
]
