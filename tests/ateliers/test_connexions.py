"""Threads that live as long as the process: their connection is checked now and then, and replaced when cut."""

import pytest
from django.db import OperationalError, connection

from ateliers.models import Atelier
from consultation import connexions
from tests import serveurs


def lire(fois=1):
    for _fois in range(fois):
        with connexions.connexion_sure():
            assert Atelier.objects.count() == 0


@pytest.mark.services
@pytest.mark.usefixtures("base_postgres")
class TestPostgres:
    def test_a_connection_cut_while_it_is_believed_in_costs_one_reading(self, postgres_url, monkeypatch):
        monkeypatch.setattr(connexions, "CONFIANCE", 600)
        lire()
        ailleurs = serveurs.autre_base(postgres_url, "modele")
        coupe = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'essai'"
        serveurs.dire_a_postgres(ailleurs, coupe)
        with pytest.raises(OperationalError):
            lire()
        lire(2)

    @pytest.mark.parametrize(("confiance", "demandes"), [(0, 5), (600, 0)])
    def test_it_is_asked_whether_it_answers_once_in_a_while(self, monkeypatch, confiance, demandes):
        monkeypatch.setattr(connexions, "CONFIANCE", confiance)
        for nom, valeur in (("CONN_HEALTH_CHECKS", True), ("CONN_MAX_AGE", None)):  # as the product has them
            monkeypatch.setitem(connection.settings_dict, nom, valeur)
        connection.close()
        lire()
        from django.db.backends.postgresql.base import DatabaseWrapper  # psycopg may be missing

        compte = []
        repond = DatabaseWrapper.is_usable
        monkeypatch.setattr(DatabaseWrapper, "is_usable", lambda lui: compte.append(lui) or repond(lui))
        lire(5)
        assert len(compte) == demandes
