"""Previews of pages that are not finished: shown with what there is, never an error."""

import pytest
from django.urls import reverse
from modelcluster.models import get_all_child_relations
from wagtail.blocks import RichTextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from tests import fabriques as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]
CREABLES = [m for m in get_page_models() if m is not Page and m.is_creatable and m.max_count is None]


def formulaire_vide(modele, **champs):
    """What the editor sends of a new page in which nothing was typed: no block in any of its streams."""
    flux = [c.name for c in modele._meta.get_fields() if isinstance(c, StreamField)]
    lies = ["comments", *(lien.get_accessor_name() for lien in get_all_child_relations(modele))]
    groupes = {f"{nom}-{n}_FORMS": "0" for nom in lies for n in ("TOTAL", "INITIAL")}
    return {"title": "", "slug": "", **{f"{nom}-count": "0" for nom in flux}, **groupes, **champs}


def un_bloc_vide(modele):
    """One empty block of each kind, in each stream."""
    saisie = {}
    for champ in modele._meta.get_fields():
        if isinstance(champ, StreamField):
            blocs = champ.stream_block.child_blocks
            saisie[f"{champ.name}-count"] = str(len(blocs))
            for rang, (type_, bloc) in enumerate(blocs.items()):
                prefixe = f"{champ.name}-{rang}"
                saisie |= {f"{prefixe}-type": type_, f"{prefixe}-order": str(rang), f"{prefixe}-deleted": ""}
                saisie |= {f"{prefixe}-id": ""} | _vide(bloc, f"{prefixe}-value")
    return saisie


def _vide(bloc, nom):
    if isinstance(bloc, TypedTableBlock):
        return {f"{nom}-caption": "", f"{nom}-column-count": "0", f"{nom}-row-count": "0"}
    if hasattr(bloc, "child_blocks"):
        return {k: v for cle, fils in bloc.child_blocks.items() for k, v in _vide(fils, f"{nom}-{cle}").items()}
    if hasattr(bloc, "child_block"):
        return {f"{nom}-count": "0"}
    return {nom: "null" if isinstance(bloc, RichTextBlock) else ""}  # what the rich text editor sends of nothing


@pytest.mark.parametrize("plein", [False, True], ids=["rien", "des blocs vides"])
@pytest.mark.parametrize("modele", CREABLES, ids=lambda m: m._meta.model_name)
def test_the_preview_of_a_page_not_finished_is_no_error(client, arborescence, modele, plein):
    client.force_login(f.creer_editeur(f.creer_consultation()))
    parents = {p._meta.model_name: p for p in (arborescence.accueil, arborescence.fils, arborescence.fiches)}
    parent = next(parents[m._meta.model_name] for m in modele.clean_parent_page_models()
                  if m._meta.model_name in parents)  # fmt: skip
    adresse = reverse("wagtailadmin_pages:preview_on_add", args=["contenus", modele._meta.model_name, parent.pk])
    saisie = formulaire_vide(modele, **(un_bloc_vide(modele) if plein else {}))
    pret = client.post(adresse, saisie)
    assert pret.status_code == 200
    page = client.get(f"{adresse}?mode=")
    assert page.status_code == 200
    assert (pret.json()["is_available"], "is_valid" in pret.json()) == (pret.json()["is_valid"], True)
