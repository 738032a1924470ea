import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from contenus.typographie import composer
from plateforme.pictos import symboles


def rendre(source, **contexte):
    return Template(source).render(Context(contexte))


def test_a_pictogram_is_inlined_as_decoration_or_with_its_name():
    assert rendre('{% picto "i-ok" %}').startswith(
        '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path'
    )
    assert 'role="img" aria-label="En &lt;parcours&gt;"' in rendre(
        '{% picto "f-salaries" label=l %}', l="En <parcours>"
    )


def test_an_unknown_pictogram_is_an_error_and_not_an_empty_drawing():
    with pytest.raises(KeyError):
        rendre('{% picto "inconnu" %}')


def test_no_pictogram_carries_a_style_and_every_college_has_its_two():
    assert [nom for nom, (_cadre, trait) in symboles().items() if "style=" in trait] == []
    colleges = ["salaries", "permanents", "administrateurs", "partenaires", "habitants"]
    assert {f"{lettre}-{college}" for lettre in "fp" for college in colleges} <= set(symboles())


def test_a_sheet_holds_the_symbols_that_scripts_use():
    assert rendre('{% planche "i-ok" "i-non" %}').count("<symbol id=") == 2


@pytest.mark.parametrize(
    ("source", "attendu"),
    [
        ("{% etiquette 12 %}", '<span class="etiquette">n°\u00a012</span>'),
        ("{% etiquette 12 mot=True %}", '<span class="etiquette">Piste n°\u00a012</span>'),
        ('{% etiquette 7 lien="#o7" id="p7" %}', '<a class="etiquette" href="#o7" id="p7">n°\u00a07</a>'),
    ],
)
def test_the_plant_label_is_written_one_way(source, attendu):
    assert rendre(source) == attendu


@pytest.mark.parametrize(
    ("tape", "compose"),
    [
        ("Qui vient ?", "Qui vient\u202f?"),
        ("« Bonjour » : non !", "«\u202fBonjour\u202f»\u202f: non\u202f!"),
        ("«Bonjour»", "«\u202fBonjour»"),
        ("20 % des places", "20\u202f% des places"),
        ("la piste n° 12", "la piste n°\u00a012"),
        ("https://exemple.org/?a:b", "https://exemple.org/?a:b"),
        ("à 14 h 30, 1 000 personnes", "à 14\u00a0h 30, 1\u00a0000\u00a0personnes"),
    ],
)
def test_french_spaces_replace_ordinary_ones_and_nothing_else(tape, compose):
    assert composer(tape) == compose


def test_composing_escapes_what_was_not_safe_and_keeps_what_was():
    assert rendre("{{ t|typo }}", t="<b> ?") == "&lt;b&gt;\u202f?"
    assert rendre("{{ t|typo }}", t=mark_safe("<b>Oui</b> !")) == "<b>Oui</b>\u202f!"


@pytest.mark.parametrize(
    ("valeur", "sur", "classe"),
    [
        (37.4, 100, "v-37"),
        (1, 3, "v-33"),
        (0, 12, "v-0"),
        (1, 4000, "v-1"),
        (5, 0, "v-0"),
        (9, 3, "v-100"),
        (None, 3, "v-0"),
    ],
)
def test_a_share_becomes_a_width_class(valeur, sur, classe):
    assert rendre("{{ v|largeur:s }}", v=valeur, s=sur) == classe
