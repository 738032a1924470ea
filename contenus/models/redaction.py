"""Rich text that is cleaned when it is saved, in a block and in a field."""

from wagtail import blocks
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText

from ..html import assainir


class TexteRicheBloc(blocks.RichTextBlock):
    def clean(self, value):
        return super().clean(RichText(assainir(value.source)))

    def get_prep_value(self, value):
        return assainir(super().get_prep_value(value))


class TexteRicheField(RichTextField):
    def pre_save(self, model_instance, add):
        propre = assainir(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, propre)
        return propre

    def clean(self, value, model_instance):
        return assainir(super().clean(value, model_instance))
