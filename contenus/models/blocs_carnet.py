"""The blocks a booklet is composed of: each one is a page, or a few, in the order of the editor.

Those that are filled in are in `blocs_pages_carnet.py`; those that make themselves are named here.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .blocs_pages_carnet import (
    BienvenueBloc,
    ContexteBloc,
    CouvertureBloc,
    GrilleDeCarnetBloc,
    MerciBloc,
    MotsBloc,
    NotesBloc,
    ObjectifsBloc,
    PratiqueBloc,
    QuiVientBloc,
    TendanceIllustreeBloc,
)


class PageSeuleBloc(blocks.StaticBlock):
    """A page that makes itself: of what was prepared, or of who it is printed for."""

    class Meta:
        template = "contenus/carnet/bloc_seul.html"
        preview_template = "contenus/carnet/apercu.html"
        preview_value = None

    def get_context(self, value, parent_context=None):
        contexte = super().get_context(value, parent_context)
        return contexte | {"titre": self.label, "dit": self.meta.admin_text}


def _seule(label, icone, dit):
    return PageSeuleBloc(label=label, icon=icone, admin_text=dit)


class CarnetBloc(blocks.StreamBlock):
    """The pages of a booklet. The cover comes first and what follows the seminar last, wherever they are put."""

    couverture = CouvertureBloc()
    bienvenue = BienvenueBloc()
    mode_emploi = _seule(
        _("Mode d’emploi et signes des groupes"),
        "help",
        _("Les gestes du séminaire, et le signe de chaque groupe."),
    )
    contexte = ContexteBloc()
    qui_vient = QuiVientBloc()
    objectifs = ObjectifsBloc()
    programme = _seule(
        _("Programme"),
        "calendar-alt",
        _("Une page par jour, d’après les demi-journées et les ateliers. Toujours à jour."),
    )
    axes = _seule(
        _("Les axes, à deux par page"), "list-ul", _("Le titre, les deux phrases et les thèmes de chaque axe.")
    )
    tendance = TendanceIllustreeBloc()
    grille = GrilleDeCarnetBloc()
    mes_jours = _seule(
        _("Page personnelle : mes ateliers"),
        "user",
        _("Le prénom, le groupe, les ateliers où la personne est inscrite. Absente du carnet sans nom."),
    )
    preparation = _seule(
        _("Page personnelle : préparer mes ateliers"),
        "edit",
        _("La question de chacun de ses ateliers, et des lignes. Absente du carnet sans nom."),
    )
    idees = _seule(_("Mes idées"), "edit", _("Trois blocs de lignes pour écrire ses idées."))
    ma_page = _seule(
        _("Page personnelle : le code"), "key", _("Le carré et le code personnel. Sans nom : une ligne à remplir.")
    )
    pratique = PratiqueBloc()
    mots = MotsBloc()
    merci = MerciBloc()
    notes = NotesBloc()

    class Meta:
        collapsed = True
        block_counts = {
            nom: {"max_num": 1}
            for nom in (
                *("couverture", "mode_emploi", "qui_vient", "programme", "axes", "mes_jours"),
                *("preparation", "idees", "ma_page"),
            )
        }
