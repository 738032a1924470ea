"""The pages that organisers write, and those that are one person's."""

from dataclasses import dataclass

from .pages import Illustration, Page, Redige, Signe


@dataclass(frozen=True, kw_only=True)
class Texte(Page):
    """Words of the organisers: a welcome, thanks."""

    texte: Redige
    signature: str = ""
    illustration: Illustration | None = None
    genre: str = "texte"


@dataclass(frozen=True)
class EtapeDite:
    quand: str
    quoi: str
    ou_en_est: str


@dataclass(frozen=True, kw_only=True)
class Contexte(Page):
    texte: Redige
    etapes: tuple[EtapeDite, ...]
    attentes: bool
    genre: str = "contexte"


@dataclass(frozen=True)
class Part:
    """How many places a college should have. `part`: out of 100, None when no share is aimed at."""

    signe: str
    nom: str
    part: int | None
    dit: str


@dataclass(frozen=True, kw_only=True)
class QuiVient(Page):
    texte: str
    parts: tuple[Part, ...]
    genre: str = "qui_vient"


@dataclass(frozen=True)
class Objectif:
    picto: str
    titre: str
    texte: str


@dataclass(frozen=True, kw_only=True)
class Objectifs(Page):
    objectifs: tuple[Objectif, ...]
    genre: str = "objectifs"


@dataclass(frozen=True, kw_only=True)
class TendanceIllustree(Page):
    illustration: Illustration | None
    texte: Redige
    question: str
    genre: str = "tendance"


@dataclass(frozen=True, kw_only=True)
class Pratique(Page):
    illustration: Illustration | None
    lignes: tuple[Objectif, ...]
    genre: str = "pratique"


@dataclass(frozen=True)
class MotSimple:
    mot: str
    sens: str


@dataclass(frozen=True, kw_only=True)
class Mots(Page):
    mots: tuple[MotSimple, ...]
    merci: str = ""
    genre: str = "mots"


@dataclass(frozen=True, kw_only=True)
class Notes(Page):
    genre: str = "notes"


@dataclass(frozen=True)
class RendezVous:
    quand: str
    quoi: str
    ou: str


@dataclass(frozen=True, kw_only=True)
class MesJours(Page):
    """What one person does, and when."""

    college: Signe
    rendez_vous: tuple[RendezVous, ...]
    sans_rendez_vous: str
    ancre: str = "mes-jours"
    genre: str = "mes_jours"


@dataclass(frozen=True)
class Issue:
    """One thing that became of a proposition."""

    picto: str
    titre: str
    suite: str = ""


@dataclass(frozen=True)
class IdeeDevenue:
    texte: str
    issues: tuple[Issue, ...]


@dataclass(frozen=True, kw_only=True)
class Devenu(Page):
    """What became of what one person wrote."""

    chapeau: str
    idees: tuple[IdeeDevenue, ...]
    ancre: str = "mes-idees-apres"
    genre: str = "devenu"
