"""The pages of a booklet that are filled in by whoever composes it.

A block's fields have the names of its page's (`contenus.carnet.pages`), so that its preview is the page itself.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from consultation.textes import cle_de_code, espacer_code

from ..carnet.grilles import pages_de_grille, rangs_de
from ..html import MISE_EN_FORME_COURTE
from .blocs_fil import ObjectifBloc
from .blocs_grille import grille_en_ligne, structure_de
from .redaction import TexteRicheBloc

COULEURS = [
    ("vert", _("Vert")),
    ("prune", _("Prune")),
    ("nuit", _("Bleu nuit")),
    ("blanc", _("Blanc, pour garder l’encre")),
]
PICTOS_PRATIQUES = [
    ("i-lieu", _("Un lieu")),
    ("i-calendrier", _("Une date")),
    ("i-horloge", _("Une heure")),
    ("i-droite", _("Un trajet")),
    ("i-guichet", _("L’accueil")),
    ("i-question", _("Une aide")),
    ("i-courriel", _("Une adresse")),
    ("i-attention", _("Attention")),
]


def _titre(**kwargs):
    return blocks.CharBlock(label=_("Titre"), max_length=300, **kwargs)


def _apercu(phrase):
    return "<p>" + phrase + "</p>"


class IllustrationBloc(blocks.StructBlock):
    image = ImageBlock(label=_("Image"), required=False)
    legende = blocks.CharBlock(label=_("Légende"), max_length=200, required=False)

    class Meta:
        label = _("Image, si vous voulez")
        icon = "image"


class PageBloc(blocks.StructBlock):
    """A page whose preview is its own web template, `page` being the block's value."""

    class Meta:
        template = "contenus/carnet/bloc.html"
        preview_template = "contenus/carnet/apercu.html"

    def get_context(self, value, parent_context=None):
        gabarit = f"contenus/carnet/pages/{self.meta.genre}.html"
        contexte = super().get_context(value, parent_context)
        return contexte | {"page": value, "gabarit": gabarit, "genre": self.meta.genre}


class CouvertureBloc(blocks.StructBlock):
    surtitre = blocks.CharBlock(
        label=_("Le nom du réseau, en haut"), max_length=80, required=False, help_text=_("Vide : Germoir.")
    )
    titre = blocks.CharBlock(
        label=_("Titre"), max_length=120, required=False, help_text=_("Vide : Carnet du participant.")
    )
    couleur = blocks.ChoiceBlock(label=_("Couleur"), choices=COULEURS, default="vert")
    illustration = IllustrationBloc()

    class Meta:
        label = _("Couverture")
        icon = "image"
        template = "contenus/carnet/bloc_couverture.html"
        preview_template = "contenus/carnet/apercu.html"
        preview_value = {"surtitre": _("Le réseau"), "titre": _("Carnet du participant"), "couleur": "prune"}


class TexteBloc(PageBloc):
    titre = _titre()
    texte = TexteRicheBloc(label=_("Texte"), features=MISE_EN_FORME_COURTE)
    signature = blocks.CharBlock(label=_("Signé par"), max_length=160, required=False)
    illustration = IllustrationBloc()


class BienvenueBloc(TexteBloc):
    class Meta:
        label = _("Mot de bienvenue")
        icon = "pilcrow"
        genre = "texte"
        preview_value = {
            "titre": _("Bienvenue"),
            "texte": _apercu("Pendant deux jours, chacun parle et chacun compte."),
            "signature": _("La présidente"),
        }


class MerciBloc(TexteBloc):
    class Meta:
        label = _("Merci")
        icon = "pick"
        genre = "texte"
        preview_value = {"titre": _("Merci"), "texte": _apercu("À l’équipe de cuisine, et à vous.")}


class ContexteBloc(PageBloc):
    titre = _titre(default=_("Pourquoi ce séminaire"))
    texte = TexteRicheBloc(label=_("Texte"), features=MISE_EN_FORME_COURTE)
    demarche = blocks.BooleanBlock(
        label=_("Ajouter les étapes de la démarche"),
        required=False,
        default=True,
        help_text=_("Elles viennent de la préparation, et suivent ses dates."),
    )
    attentes = blocks.BooleanBlock(
        label=_("Laisser des lignes : « Ce que j’attends »"), required=False, default=True
    )

    class Meta:
        label = _("Contexte")
        icon = "info-circle"
        genre = "contexte"
        preview_value = {
            "titre": _("Pourquoi ce séminaire"),
            "texte": _apercu("Les idées viennent d’abord de ceux qui vivent le travail."),
            "attentes": True,
        }


class QuiVientBloc(PageBloc):
    titre = _titre(default=_("Qui vient ?"))
    texte = blocks.TextBlock(label=_("Texte"), max_length=600, required=False, rows=3)

    class Meta:
        label = _("Qui vient : les parts de chaque groupe")
        icon = "group"
        genre = "qui_vient"
        preview_value = {"titre": _("Qui vient ?"), "texte": _("Chaque groupe doit pouvoir être entendu.")}


class ObjectifsBloc(PageBloc):
    titre = _titre(default=_("Nos objectifs"))
    objectifs = blocks.ListBlock(ObjectifBloc(), label=_("Objectifs"), min_num=1)

    class Meta:
        label = _("Objectifs")
        icon = "check"
        genre = "objectifs"
        preview_value = {
            "titre": _("Nos objectifs"),
            "objectifs": [{"picto": "d-1", "titre": _("Se parler"), "texte": _("Sans que personne ne domine.")}],
        }


class TendanceIllustreeBloc(PageBloc):
    titre = _titre()
    illustration = IllustrationBloc()
    texte = TexteRicheBloc(label=_("Ce qui a été vu"), features=MISE_EN_FORME_COURTE)
    question = blocks.CharBlock(label=_("Une question : « Et chez vous ? »"), max_length=240, required=False)

    class Meta:
        label = _("Tendance")
        icon = "order"
        genre = "tendance"
        preview_value = {
            "titre": _("Apprendre en faisant"),
            "texte": _apercu("On apprend à deux, sur le lieu de travail."),
            "question": _("Qui vous a montré votre premier geste de travail ?"),
        }


class RangBloc(blocks.StructBlock):
    titre = blocks.CharBlock(label=_("Sujet"), max_length=80)
    aujourd_hui = blocks.CharBlock(label=_("Aujourd’hui"), max_length=160, required=False)
    demain = blocks.CharBlock(label=_("Demain"), max_length=160, required=False)

    class Meta:
        label = _("Ligne")


class GrilleDeCarnetBloc(PageBloc):
    titre = _titre(default=_("Nos missions, nos métiers"))
    consigne = blocks.CharBlock(
        label=_("Consigne"),
        max_length=200,
        required=False,
        default=_("Écrivez ou dessinez. Toutes les réponses comptent."),
    )
    code = blocks.CharBlock(
        label=_("Prendre les lignes d’une grille : son code"),
        max_length=20,
        required=False,
        help_text=_(
            "6 signes, sur l’écran « En ligne » de la grille. Chaque question posée aujourd’hui et demain donne "
            "une ligne. Vide : les lignes écrites ici, seules."
        ),
    )
    lignes = blocks.ListBlock(RangBloc(), label=_("Lignes"), min_num=0, max_num=24)

    class Meta:
        label = _("Grille : aujourd’hui, demain")
        icon = "table"
        genre = "grille"
        preview_value = {
            "titre": _("Notre grille"),
            "consigne": _("Écrivez ou dessinez."),
            "lignes": [
                {
                    "titre": _("L’accueil"),
                    "aujourd_hui": _("Comment se passe le premier jour ?"),
                    "demain": _("Comment le voudrait-on ?"),
                }
            ],
        }

    def clean(self, value):
        propre = super().clean(value)
        if faute := _faute_de_grille(propre["code"], propre["lignes"]):
            raise blocks.StructBlockValidationError({"code": [faute]})
        propre["code"] = espacer_code(cle_de_code(propre["code"]))
        return propre

    def get_context(self, value, parent_context=None):
        contexte = super().get_context(value, parent_context)
        pages = pages_de_grille(value["titre"], value["consigne"], list(value["lignes"]), "apercu")
        return contexte | {"page": pages[0] if pages else None}


def _faute_de_grille(code, lignes):
    """What is wrong with where the lines of a grid come from, or None."""
    if not code:
        return None if lignes else _("Donnez le code d’une grille, ou écrivez au moins une ligne.")
    grille = grille_en_ligne(code)
    if grille is None:
        return _("Aucune grille en ligne n’a ce code. Mettez-la en ligne, puis recopiez son code.")
    if not rangs_de(structure_de(grille)):
        return _(
            "Cette grille ne pose aucune question deux fois, aujourd’hui et demain : elle ne donne aucune ligne."
        )
    return None


class LignePratiqueBloc(blocks.StructBlock):
    picto = blocks.ChoiceBlock(label=_("Pictogramme"), choices=PICTOS_PRATIQUES, default="i-lieu")
    titre = blocks.CharBlock(label=_("Titre"), max_length=80)
    texte = blocks.TextBlock(label=_("Texte"), max_length=400, rows=2, required=False)

    class Meta:
        label = _("Information")


class PratiqueBloc(PageBloc):
    titre = _titre(default=_("Pour venir"))
    illustration = IllustrationBloc(label=_("Un plan, en image"))
    lignes = blocks.ListBlock(LignePratiqueBloc(), label=_("Informations"), min_num=1)

    class Meta:
        label = _("Informations pratiques")
        icon = "site"
        genre = "pratique"
        preview_value = {
            "titre": _("Pour venir"),
            "lignes": [{"picto": "i-lieu", "titre": _("L’adresse"), "texte": _("Entrée de plain-pied.")}],
        }


class MotBloc(blocks.StructBlock):
    mot = blocks.CharBlock(label=_("Le mot"), max_length=60)
    sens = blocks.CharBlock(label=_("Ce qu’il veut dire"), max_length=240)

    class Meta:
        label = _("Mot")


class MotsBloc(PageBloc):
    titre = _titre(default=_("Les mots d’ici"))
    mots = blocks.ListBlock(MotBloc(), label=_("Mots"), min_num=1)
    merci = blocks.TextBlock(label=_("Un merci, en bas de la page"), max_length=400, required=False, rows=2)

    class Meta:
        label = _("Les mots, en plus simple")
        icon = "openquote"
        genre = "mots"
        preview_value = {
            "titre": _("Les mots d’ici"),
            "mots": [{"mot": _("Une piste"), "sens": _("Une idée écrite par le groupe, à partir des vôtres.")}],
        }


class NotesBloc(PageBloc):
    titre = _titre(default=_("Notes"))
    pages = blocks.IntegerBlock(label=_("Combien de pages"), min_value=1, max_value=8, default=1)

    class Meta:
        label = _("Pages de notes")
        icon = "edit"
        genre = "notes"
        preview_value = {"titre": _("Notes"), "pages": 1}
