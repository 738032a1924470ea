"""Whoever is already inside goes before those who come in, and a crowd at the door never takes everything."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plateforme.service import Places


async def demander(places, ordre, nom, nouveau):
    await places.prendre(nouveau)
    ordre.append(nom)


async def lancer(places, ordre, *demandes):
    taches = [asyncio.create_task(demander(places, ordre, nom, nouveau)) for nom, nouveau in demandes]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return taches


async def test_who_is_known_passes_before_who_came_first_and_is_not():
    places, ordre = Places(1), []
    await lancer(places, ordre, ("a", False), ("nouveau", True), ("b", False), ("c", False))
    for attendu in (["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "nouveau"]):
        assert ordre == attendu
        places.rendre()
        await asyncio.sleep(0.01)


async def test_newcomers_hold_half_of_the_places_at_most():
    places, ordre = Places(4), []
    await lancer(places, ordre, *((f"n{rang}", True) for rang in range(5)))
    assert ordre == ["n0", "n1"]
    await lancer(places, ordre, ("a", False), ("b", False), ("c", False))
    assert ordre == ["n0", "n1", "a", "b"]
    places.rendre(nouveau=True)
    await asyncio.sleep(0.01)
    assert ordre[4:] == ["c"]


@pytest.mark.parametrize("servi", [False, True])
async def test_who_gives_up_waiting_leaves_the_place_to_the_next(servi):
    places, ordre = Places(1), []
    await places.prendre()
    (parti, _reste) = await lancer(places, ordre, ("parti", False), ("reste", False))
    if servi:
        places.rendre()  # given the place, and gone before knowing it
    parti.cancel()
    await asyncio.sleep(0.01)
    if not servi:
        places.rendre()
        await asyncio.sleep(0.01)
    assert ordre == ["reste"]


@given(st.lists(st.booleans(), max_size=40), st.integers(1, 6))
def test_everyone_is_served_in_the_end_and_never_more_at_once_than_there_are_places(demandes, nombre):
    async def jouer():
        places, dedans, vus = Places(nombre), 0, []

        async def un(nouveau):
            nonlocal dedans
            await places.prendre(nouveau)
            dedans += 1
            vus.append(dedans)
            await asyncio.sleep(0)
            dedans -= 1
            places.rendre(nouveau)

        await asyncio.wait_for(asyncio.gather(*map(un, demandes)), 10)
        return vus

    vus = asyncio.run(jouer())
    assert len(vus) == len(demandes)
    assert max(vus, default=0) <= nombre
