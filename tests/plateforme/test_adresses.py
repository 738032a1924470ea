"""The addresses of the product, as a whole."""

from collections import Counter

from ateliers.urls import urlpatterns as ateliers
from contenus.urls import urlpatterns as contenus


def test_no_two_addresses_answer_to_the_same_name():
    noms = Counter(adresse.name for adresse in ateliers) + Counter(f"contenus:{a.name}" for a in contenus)
    assert [nom for nom, fois in noms.items() if fois > 1] == []
