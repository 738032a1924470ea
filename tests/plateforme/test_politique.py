"""Which scripts in a page of the desk are let through: calls of Wagtail's widgets with data, and nothing else."""

import base64
import hashlib

import pytest

from plateforme.politique import empreintes


@pytest.mark.parametrize(
    "script",
    [
        'new PageChooser("id_lien", {"modalUrl": "/gestion/choose-page/", "canChooseRoot": false});',
        'initDateChooser("id_debut", {"dayOfWeekStart": 1, "format": "d/m/Y"});',
        'initDateTimeChooser("id_go_live_at\\u002D1", {});',
        '(function() {\n var panel = new InlinePanel(JSON.parse("{\\u0022a\\u0022: 1}"));\n })();',
    ],
)
def test_a_call_of_a_widget_with_data_is_let_through_by_its_hash(script):
    attendue = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert empreintes(f"<p></p><script>{script}</script>") == [f"'sha256-{attendue}'"]


@pytest.mark.parametrize(
    "script",
    [
        "alert(1)",
        'new PageChooser("x", {}); alert(1)',
        'new PageChooser("x", alert(1));',
        'new PageChooser("x", {"a": `${alert(1)}`});',
        'initDateChooser("x", {}) || alert(1)',
        'new Function("alert(1)")',
        'fetch("/gestion/")',
        '(function() { var panel = new InlinePanel(JSON.parse("{}" + alert(1))); })();',
        '(function() { var panel = new InlinePanel(JSON.parse("{}")); alert(1); })();',
        '(function() { var panel = new InlinePanel(JSON.parse("\\x22")); })();',
        "",
    ],
)
def test_anything_else_is_not(script):
    assert empreintes(f"<script>{script}</script>") == []
