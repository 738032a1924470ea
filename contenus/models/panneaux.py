"""What the editor of a synthesis is told about its source."""

from wagtail.admin.panels import Panel


class PanneauSource(Panel):
    """Where the page comes from, when its figures were taken, and what has moved since."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "contenus/gestion/synthese_source.html"

        def get_context_data(self, parent_context=None):
            return {**super().get_context_data(parent_context), "page_lue": self.instance}
