"""The blocks an editor builds a page with: few, plain, and each with its own template.

No block fetches an address by itself (no embed), and a link is http, https or mailto, never a script.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from ..html import MISE_EN_FORME, MISE_EN_FORME_COURTE, valider_lien
from .bloc_fiche import FicheCiteeBloc
from .bloc_scrutin import ScrutinBloc
from .blocs_chiffres import ChiffresBloc, GraphiqueBloc, RegionsBloc
from .blocs_grille import GrilleBloc
from .redaction import TexteRicheBloc


class LienBloc(blocks.CharBlock):
    """An address typed by an editor, checked by `valider_lien`."""

    def __init__(self, **kwargs):
        kwargs = {"max_length": 500, "label": _("Adresse"), "validators": (valider_lien,), **kwargs}
        super().__init__(**kwargs)


class BoutonBloc(blocks.StructBlock):
    libelle = blocks.CharBlock(label=_("Ce qui est écrit sur le bouton"), max_length=80)
    lien = LienBloc()

    class Meta:
        label = _("Bouton")
        icon = "link"
        template = "contenus/blocs/bouton.html"
        preview_value = {"libelle": _("S’inscrire"), "lien": "/"}


class ImageLegendeeBloc(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    legende = blocks.CharBlock(label=_("Légende"), max_length=200, required=False)

    class Meta:
        label = _("Image")
        icon = "image"
        template = "contenus/blocs/image.html"
        preview_template = "contenus/blocs/apercu_image.html"


class DocumentBloc(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    precision = blocks.CharBlock(
        label=_("Précision"), max_length=120, required=False, help_text=_("Par exemple : à imprimer, format A5.")
    )

    class Meta:
        label = _("Document à télécharger")
        icon = "doc-full"
        template = "contenus/blocs/document.html"
        preview_template = "contenus/blocs/apercu_document.html"


class CitationBloc(blocks.StructBlock):
    """Words said by someone, as they were said: never composed."""

    mots = blocks.TextBlock(label=_("Ce qui a été dit"), max_length=600, rows=3)
    qui = blocks.CharBlock(
        label=_("Par qui"),
        max_length=120,
        required=False,
        help_text=_("Par exemple : une salariée en parcours. Jamais un nom sans accord."),
    )

    class Meta:
        label = _("Citation")
        icon = "openquote"
        template = "contenus/blocs/citation.html"
        preview_value = {"mots": _("On apprend mieux à deux."), "qui": _("une salariée en parcours")}


class RepereBloc(blocks.StructBlock):
    nom = blocks.CharBlock(label=_("À gauche"), max_length=80)
    texte = blocks.CharBlock(label=_("À droite"), max_length=400)


class DeuxColonnesBloc(blocks.StructBlock):
    """A label and what it says, line by line."""

    lignes = blocks.ListBlock(RepereBloc(), label=_("Lignes"), min_num=1)

    class Meta:
        label = _("Deux colonnes")
        icon = "list-ul"
        template = "contenus/blocs/deux_colonnes.html"
        preview_value = {
            "lignes": [
                {"nom": _("Quand"), "texte": _("Le 13 octobre, de 9 h à 17 h")},
                {"nom": _("Où"), "texte": _("Salle des fêtes, entrée par la cour")},
            ]
        }


class PersonneBloc(blocks.StructBlock):
    photo = ImageBlock(label=_("Photo"), required=False)
    nom = blocks.CharBlock(label=_("Nom"), max_length=120)
    role = blocks.CharBlock(label=_("Ce qu’elle fait"), max_length=160, required=False)
    texte = blocks.TextBlock(label=_("En quelques phrases"), max_length=600, required=False, rows=3)

    class Meta:
        label = _("Personne")
        icon = "user"
        template = "contenus/blocs/personne.html"
        preview_value = {"nom": _("Prénom Nom"), "role": _("Anime les ateliers"), "texte": "", "photo": None}


class EtapeFriseBloc(blocks.StructBlock):
    quand = blocks.CharBlock(label=_("Quand"), max_length=60)
    titre = blocks.CharBlock(label=_("Quoi"), max_length=120)
    texte = blocks.CharBlock(label=_("En une phrase"), max_length=300, required=False)


class FriseBloc(blocks.StructBlock):
    """What happens when, in order."""

    etapes = blocks.ListBlock(EtapeFriseBloc(), label=_("Étapes"), min_num=1)

    class Meta:
        label = _("Frise")
        icon = "calendar-alt"
        template = "contenus/blocs/frise.html"
        preview_value = {
            "etapes": [
                {"quand": _("Printemps"), "titre": _("Les visites"), "texte": ""},
                {"quand": _("Automne"), "titre": _("Le séminaire"), "texte": _("Deux jours, huit ateliers.")},
            ]
        }


class QuestionBloc(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    reponse = TexteRicheBloc(label=_("Réponse"), features=MISE_EN_FORME_COURTE)


class QuestionsBloc(blocks.StructBlock):
    """Questions that open on their answers; all open on paper."""

    questions = blocks.ListBlock(QuestionBloc(), label=_("Questions"), min_num=1)

    class Meta:
        label = _("Questions et réponses")
        icon = "help"
        template = "contenus/blocs/questions.html"
        preview_value = {
            "questions": [
                {"question": _("Faut-il une adresse de courriel ?"), "reponse": RichText("<p>" + "Non." + "</p>")}
            ]
        }


class IdentiteBloc(blocks.StaticBlock):
    """Who publishes this site and how to reach them, as the site's settings say."""

    class Meta:
        label = _("Qui édite ce site")
        icon = "site"
        template = "contenus/blocs/identite.html"
        preview_value = None
        admin_text = _("Ces lignes viennent des réglages : Réglages, puis Ce site.")


class ContactBloc(blocks.StaticBlock):
    """How to reach them, as the site's settings say."""

    class Meta:
        label = _("Nous écrire")
        icon = "mail"
        template = "contenus/blocs/contact.html"
        preview_value = None
        admin_text = _("Ces lignes viennent des réglages : Réglages, puis Ce site.")


TABLEAU = [
    ("texte", blocks.CharBlock(label=_("Texte"), required=False)),
    ("nombre", blocks.FloatBlock(label=_("Nombre"), required=False)),
    ("redige", TexteRicheBloc(label=_("Texte mis en forme"), features=MISE_EN_FORME_COURTE, required=False)),
]


class TableauBloc(TypedTableBlock):
    """Columns that each hold one kind of thing."""

    class Meta:
        label = _("Tableau")
        template = "contenus/blocs/tableau.html"

    def get_preview_value(self):
        colonnes = [{"type": "texte", "heading": str(_("Salle"))}, {"type": "nombre", "heading": str(_("Places"))}]
        lignes = [{"values": ["Tilleul", 20]}, {"values": ["Hêtre", 40]}]
        return self.to_python({"columns": colonnes, "rows": lignes, "caption": str(_("Les salles"))})


class CorpsBloc(blocks.StreamBlock):
    """The body of an ordinary page, and what an editor may add around a synthesis."""

    titre = blocks.CharBlock(
        label=_("Titre de partie"),
        max_length=120,
        icon="title",
        template="contenus/blocs/titre.html",
        preview_value=_("Ce qui a été décidé"),
    )
    texte = TexteRicheBloc(
        label=_("Texte"),
        features=MISE_EN_FORME,
        icon="pilcrow",
        template="contenus/blocs/texte.html",
        preview_value="<p>" + "Ce que vous avez à dire, en phrases courtes." + "</p>",
    )
    encadre = TexteRicheBloc(
        label=_("Encadré"),
        features=MISE_EN_FORME_COURTE,
        icon="info-circle",
        template="contenus/blocs/encadre.html",
        preview_value="<p>" + "Ce qu’il ne faut pas manquer." + "</p>",
    )
    image = ImageLegendeeBloc()
    document = DocumentBloc()
    bouton = BoutonBloc()
    tableau = TableauBloc(TABLEAU)
    citation = CitationBloc()
    deux_colonnes = DeuxColonnesBloc()
    personne = PersonneBloc()
    frise = FriseBloc()
    questions = QuestionsBloc()
    chiffres = ChiffresBloc()
    graphique = GraphiqueBloc()
    regions = RegionsBloc()
    scrutin = ScrutinBloc()
    grille = GrilleBloc()
    fiche = FicheCiteeBloc()
    identite = IdentiteBloc()
    contact = ContactBloc()


class RessourceBloc(blocks.StructBlock):
    """One line of the home page's resources: a document, a page or an address."""

    titre = blocks.CharBlock(label=_("Titre"), max_length=120)
    precision = blocks.CharBlock(
        label=_("Précision"), max_length=120, required=False, help_text=_("Par exemple : guide de 12 pages.")
    )
    document = DocumentChooserBlock(label=_("Document"), required=False)
    page = blocks.PageChooserBlock(label=_("ou une page"), required=False)
    lien = LienBloc(label=_("ou une adresse"), required=False)

    class Meta:
        label = _("Ressource")
        icon = "doc-full"

    def clean(self, value):
        propre = super().clean(value)
        if sum(bool(propre[nom]) for nom in ("document", "page", "lien")) != 1:
            raise blocks.StructBlockValidationError(
                non_block_errors=[_("Choisissez un document, une page ou une adresse : un seul des trois.")]
            )
        return propre
