"""What is published: Wagtail pages and the blocks they are made of."""

from .carnet import CarnetCompose
from .fiches import CasPage, DispositifPage, FichePage, FichesIndexPage, PisteCitee, Telechargements
from .fil import FilInfoIndexPage, FilInfoPage
from .formulaire import FormulairePage, Question
from .identite import IdentiteSite
from .pages import AccueilPage, PagePlaine
from .relecture import RelectureRegionale
from .seminaire import SeminairePage
from .suivi import SuiviDAuteur
from .synthese import SynthesePage, SynthesesIndexPage
from .tirage import CarnetTire, Tirage

__all__ = [
    "AccueilPage",
    "CarnetCompose",
    "CarnetTire",
    "CasPage",
    "DispositifPage",
    "FichePage",
    "FichesIndexPage",
    "FilInfoIndexPage",
    "FilInfoPage",
    "FormulairePage",
    "IdentiteSite",
    "PagePlaine",
    "PisteCitee",
    "Question",
    "RelectureRegionale",
    "SeminairePage",
    "SuiviDAuteur",
    "SynthesePage",
    "SynthesesIndexPage",
    "Telechargements",
    "Tirage",
]
