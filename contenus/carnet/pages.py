"""What a booklet holds, page by page. Plain data: the web template and the print template both read it."""

from dataclasses import dataclass, field


class Page:
    """A kind of page: its `genre` names its web template and its print function."""

    @property
    def gabarit(self):
        return f"contenus/carnet/pages/{self.genre}.html"


@dataclass(frozen=True)
class Couverture:
    titre: str
    sous_titre: str
    lieu_dates: str
    nom: str = ""
    genre: str = "couverture"


@dataclass(frozen=True)
class Geste:
    titre: str
    texte: str
    page_de: str = ""  # anchor of the page it speaks of: print says its number there, the web links to it
    suite: str = ""


@dataclass(frozen=True)
class Signe:
    signe: str
    nom: str


@dataclass(frozen=True)
class ModeEmploi(Page):
    titre: str
    gestes: tuple[Geste, ...]
    titre_signes: str
    signes: tuple[Signe, ...]
    regle: str
    ancre: str = "mode-emploi"
    genre: str = "mode_emploi"


@dataclass(frozen=True)
class Seance:
    titre: str
    salle: str
    mienne: bool = False


@dataclass(frozen=True)
class Moment:
    picto: str
    titre: str
    heures: str
    resume: str
    plenieres: tuple[Seance, ...]
    ateliers: tuple[Seance, ...]


@dataclass(frozen=True)
class Programme(Page):
    titre: str
    moments: tuple[Moment, ...]
    a_des_miennes: bool
    ancre: str
    genre: str = "programme"


@dataclass(frozen=True)
class Tendance:
    titre: str
    texte: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tendances(Page):
    titre: str
    chapeau: str
    tendances: tuple[Tendance, ...]
    ancre: str = "tendances"
    genre: str = "tendances"


@dataclass(frozen=True)
class RangGrille:
    titre: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Grille(Page):
    titre: str
    consigne: str
    colonnes: tuple[str, ...]
    rangs: tuple[RangGrille, ...]
    ancre: str = "grille"
    genre: str = "grille"


@dataclass(frozen=True)
class Question:
    titre: str
    quand: str
    question: str


@dataclass(frozen=True)
class Preparation(Page):
    titre: str
    consigne: str
    questions: tuple[Question, ...]
    ancre: str = "mes-ateliers"
    genre: str = "preparation"


@dataclass(frozen=True)
class Idees(Page):
    titre: str
    consigne: str
    blocs: tuple[str, ...]
    ancre: str = "mes-idees"
    genre: str = "idees"


@dataclass(frozen=True)
class MaPage(Page):
    titre: str
    consigne: str
    svg_qr: str
    description_qr: str
    sans_photo: str
    adresse: str
    puis: str
    code: str
    prudence: str
    titre_suivi: str
    ancre: str = "ma-page"
    genre: str = "ma_page"


@dataclass(frozen=True)
class Suite:
    quand: str
    quoi: str


@dataclass(frozen=True)
class EtApres(Page):
    titre: str
    suites: tuple[Suite, ...]
    titre_aide: str
    aides: tuple[str, ...]
    devise: str
    ancre: str = "et-apres"
    genre: str = "et_apres"


@dataclass(frozen=True)
class Carnet:
    titre: str
    couverture: Couverture
    pages: tuple = field(default_factory=tuple)
    dos: EtApres | None = None

    def page(self, genre):
        """Return the first page of that kind, or None."""
        return next((page for page in self.pages if page.genre == genre), None)
