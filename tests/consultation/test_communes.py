"""The communes of a forum: today's, from the official list; merged ones are followed."""

import gzip
import io
import json
import tarfile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from consultation import actions, cog
from consultation.erreurs import Refus
from consultation.models import Journal, Territoire
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_forum, entrer

THOUARSAIS = "247900798"


@pytest.fixture
def forum(db):
    return creer_forum("proposer")


def commune(forum, nom, code=""):
    return f.creer_territoire(nom=nom, code=code, niveau="local", parent=forum.consultation.territoire)


def poser(forum):
    pose = actions.poser_communes(consultation=forum.consultation, intercommunalite=THOUARSAIS, par=None)
    return pose.ajoutees, pose.renommees, pose.reunies


def test_the_communes_of_today_come_once(forum):
    thouars = commune(forum, "THOUARS")
    assert (poser(forum), poser(forum)) == ((23, 1, 0), (0, 0, 0))
    thouars.refresh_from_db()
    assert (thouars.nom, thouars.code) == ("Thouars", "79329")
    assert Territoire.objects.filter(parent=forum.consultation.territoire).count() == 24
    details = Journal.objects.filter(verbe="poser_communes").order_by("pk").first().details
    assert details == {"creer": 23, "modifier": 1, "fusions": 0, "version": cog.version()}


def test_whoever_spoke_from_a_merged_commune_speaks_from_today_s(forum):
    par_nom, par_code = commune(forum, "Mauzé-Thouarsais"), commune(forum, "Missé (ancienne)", "79178")
    gens = [entrer(forum, territoire=par_nom), entrer(forum, territoire=par_code)]
    ailleurs = commune(forum, "Un hameau")
    assert poser(forum) == (24, 0, 2)
    for personne in gens:
        personne.refresh_from_db()
    assert [p.territoire.nom for p in gens] == ["Thouars", "Thouars"]
    assert Territoire.objects.filter(pk=ailleurs.pk).exists()  # what an organiser added stays


def test_an_unknown_intercommunalite_is_refused_and_adds_nothing(forum):
    with pytest.raises(Refus) as refus:
        actions.poser_communes(consultation=forum.consultation, intercommunalite="1", par=None)
    assert (refus.value.code, Territoire.objects.filter(niveau="local").count()) == (
        "intercommunalite_inconnue",
        0,
    )


def test_an_organiser_takes_them_from_the_desk(client, forum):
    client.force_login(f.creer_organisateur(forum.consultation))
    vers = reverse("gestion_forums:communes", args=[forum.consultation_id])
    assert "CC du Thouarsais, 24 communes" in client.get(vers).content.decode()
    assert client.post(vers, {"intercommunalite": "99"}).status_code == 422
    page = client.post(vers, {"intercommunalite": THOUARSAIS}, follow=True).content.decode()
    assert ("24 communes ajoutées" in page, "24 communes dans la liste." in page) == (True, True)


def test_the_list_is_made_from_the_package_and_keeps_its_version(tmp_path):
    fichiers = {
        "package.json": {"version": "9.9.9"},
        "data/communes.json": [
            {"code": "1", "nom": "Bourg", "type": "commune-actuelle", "anciensCodes": ["2", "3"]},
            {"code": "2", "nom": "Hameau", "type": "commune-deleguee", "chefLieu": "1"},
            {"code": "4", "nom": "Perdue", "type": "commune-associee", "chefLieu": "99"},
        ],
        "data/epci.json": [{"code": "E", "nom": "CC", "membres": [{"code": "1"}, {"code": "98"}]}],
    }
    paquet, vers = tmp_path / "p.tgz", tmp_path / "cog.json.gz"
    with tarfile.open(paquet, "w:gz") as sac:
        for nom, contenu in fichiers.items():
            (tmp_path / "f").write_text(json.dumps(contenu), encoding="utf-8")
            sac.add(tmp_path / "f", f"package/{nom}")
    call_command("generer_cog", str(paquet), vers=str(vers), stdout=io.StringIO())
    assert json.loads(gzip.decompress(vers.read_bytes())) == {
        "version": "9.9.9",
        "communes": {"1": "Bourg"},
        "anciennes": {"2": ["Hameau", "1"], "3": ["", "1"]},
        "intercommunalites": {"E": ["CC", ["1"]]},
    }
    with pytest.raises(CommandError):
        call_command("generer_cog", str(tmp_path / "f"), vers=str(vers))
