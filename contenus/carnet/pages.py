"""What a booklet holds, page by page. Plain data: the web template and the print template both read it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page: `genre` names its web template and its print function, `ancre` is where a link to it leads."""

    titre: str
    ancre: str
    genre: str

    @property
    def gabarit(self):
        return f"contenus/carnet/pages/{self.genre}.html"


@dataclass(frozen=True)
class Redige:
    """Rich text as an editor wrote it: the web and paper each clean it as they show it."""

    source: str


@dataclass(frozen=True)
class Illustration:
    """An image of the library. `description`: what is said of it to whoever does not see it."""

    image: object
    description: str
    legende: str = ""


@dataclass(frozen=True)
class Couverture:
    titre: str
    sous_titre: str
    lieu_dates: str
    nom: str = ""
    couleur: str = "vert"
    surtitre: str = "Germoir"
    illustration: Illustration | None = None


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


@dataclass(frozen=True, kw_only=True)
class ModeEmploi(Page):
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


@dataclass(frozen=True, kw_only=True)
class Programme(Page):
    moments: tuple[Moment, ...]
    a_des_miennes: bool
    genre: str = "programme"


@dataclass(frozen=True)
class Tendance:
    titre: str
    texte: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tendances(Page):
    chapeau: str
    tendances: tuple[Tendance, ...]
    ancre: str = "tendances"
    genre: str = "tendances"


@dataclass(frozen=True)
class RangGrille:
    titre: str
    questions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Grille(Page):
    consigne: str
    colonnes: tuple[str, ...]
    rangs: tuple[RangGrille, ...]
    debout: bool = False  # subjects along the edge, to leave more room to write
    ancre: str = "grille"
    genre: str = "grille"


@dataclass(frozen=True)
class Question:
    titre: str
    quand: str
    question: str


@dataclass(frozen=True, kw_only=True)
class Preparation(Page):
    consigne: str
    questions: tuple[Question, ...]
    ancre: str = "mes-ateliers"
    genre: str = "preparation"


@dataclass(frozen=True, kw_only=True)
class Idees(Page):
    consigne: str
    blocs: tuple[str, ...]
    ancre: str = "mes-idees"
    genre: str = "idees"


@dataclass(frozen=True, kw_only=True)
class MaPage(Page):
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


@dataclass(frozen=True, kw_only=True)
class EtApres(Page):
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
