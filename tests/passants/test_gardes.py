"""On PostgreSQL: writers do not wait for each other, and no two states of the base give one figure."""

import psycopg
import pytest

from passants.pages import LIGNES_MAX

ECRIRE = "UPDATE consultation_territoire SET nom = nom"
LIRE = "SELECT SUM(n) FROM passants_mouvement"


@pytest.mark.services
def test_two_writers_at_once_are_two_figures_whatever_their_order_and_whoever_adds_up_meanwhile(base_postgres):
    from django.db import connection

    from passants.pages import _mouvement

    url = connection.get_connection_params()
    url = {nom: url[nom] for nom in ("dbname", "user", "host", "port") if nom in url}
    with psycopg.connect(**url) as lent, psycopg.connect(**url, autocommit=True) as vif:
        depart = _mouvement()
        lent.execute(ECRIRE)
        assert _mouvement() == depart  # what is not committed is neither read nor counted
        for _fois in range(LIGNES_MAX + 1):
            vif.execute(ECRIRE)
        assert _mouvement() == depart + LIGNES_MAX + 1
        assert vif.execute("SELECT COUNT(*) FROM passants_mouvement").fetchone() == (1,)
        lent.commit()
        assert _mouvement() == depart + LIGNES_MAX + 2
        vif.execute("TRUNCATE consultation_precision CASCADE")
        assert _mouvement() > depart + LIGNES_MAX + 2
        vif.execute("UPDATE ateliers_atelier SET sequence = sequence + 1")
        apres = _mouvement()
        vif.execute("UPDATE ateliers_atelier SET nature = nature")
        assert _mouvement() == apres + 1
