"""Two server processes with a real Redis between them: an act in one reaches the screens of the other."""

import contextlib
import json
import re
import time

import httpx
import pytest
from websockets.sync.client import connect

from ateliers.identite import jeton_direct
from tests import serveurs
from tests.patience import PATIENCE

from .fabriques_ateliers import faire_atelier, faire_etapes

pytestmark = pytest.mark.services


@pytest.fixture
def un_et_deux(base_du_serveur, tmp_path):
    """Two servers on one base, the second hearing by notices alone, and a function that stops their Redis."""
    if not serveurs.programme("redis-server"):
        pytest.skip("Redis is not installed: sudo apt-get install redis-server")
    base = f"sqlite:///{base_du_serveur}"
    with contextlib.ExitStack() as redis, contextlib.ExitStack() as pile:
        url = redis.enter_context(serveurs.lancer_redis(tmp_path))
        un = pile.enter_context(serveurs.lancer(base, tmp_path, redis_url=url))
        sans_veille = "tests.ateliers.sans_veille:application"
        deux = pile.enter_context(serveurs.lancer(base, tmp_path, redis_url=url, application=sans_veille))
        yield un, deux, redis.close


def ecouter(serveur, atelier):
    jeton = jeton_direct("projection", atelier)
    return connect(f"{serveur.ws}/ws/a/{atelier.code}/?pour=projection&jeton={jeton}", proxy=None)


def presents(*prises):
    return [json.loads(prise.recv(timeout=PATIENCE))["presence"]["total"] for prise in prises]


def entrer(serveur, atelier):
    """Come in as anyone does, by the welcome form. Return the seconds that the act took."""
    with httpx.Client(base_url=serveur.url, follow_redirects=True, timeout=PATIENCE) as client:
        page = client.get(f"/r/{atelier.code}/").text
        champs = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        champs |= {"prenom": "Nadia", "college": atelier.consultation.colleges.first().pk}
        debut = time.monotonic()
        reponse = client.post(f"/a/{atelier.code}/entrer/", data=champs, follow_redirects=False)
    assert reponse.status_code == 302
    return time.monotonic() - debut


def test_an_act_reaches_the_other_process_by_redis_and_without_it_one_check_later(un_et_deux):
    un, deux, arreter_redis = un_et_deux
    atelier = faire_atelier()
    faire_etapes(atelier)
    with ecouter(un, atelier) as ici, ecouter(deux, atelier) as ailleurs:
        assert presents(ici, ailleurs) == [0, 0]
        entrer(un, atelier)
        assert presents(ici, ailleurs) == [1, 1]
        arreter_redis()
        essais = [entrer(deux, atelier)]
        assert presents(ici, ailleurs) == [2, 2]
        while min(essais) >= 3 and len(essais) < 5:  # the machine may have been busy: once is enough
            essais.append(entrer(deux, atelier))
        assert min(essais) < 3
