"""Whether the database itself is sound: pages, indexes, what rows refer to. Read by `manage.py verifier`."""

from itertools import islice

from django.db import DatabaseError, connection

#: Faults told at most: a broken file would give thousands.
ASSEZ = 20


def defauts():
    """Yield one French line for each thing the database finds wrong with itself, twenty at most."""
    yield from islice(_POUR[connection.vendor](), ASSEZ)


def _sqlite():
    """SQLite's own checks: pages, indexes, NOT NULL and CHECK; then the keys that lead nowhere."""
    try:
        for (dit,) in _lire(f"PRAGMA integrity_check({ASSEZ})"):
            if dit != "ok":
                yield f"base : {dit}"
        for table, rang, vers, _cle in _lire("PRAGMA foreign_key_check"):
            yield f"base : la ligne {rang} de {table} renvoie à une ligne de {vers} qui n’existe pas"
    except DatabaseError as erreur:
        yield f"base : {str(erreur).strip()}"


def _postgresql():
    """Read every row whole, which fails on a torn page or value; B-trees where `amcheck` is installed.

    PostgreSQL refuses what breaks a valid key; what was loaded without that check says so itself.
    """
    for (table,) in _lire("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND " + _ICI):
        yield from _tenter(f"SELECT sum(length(t::text)) FROM {table} t")
    for table, cle in _lire(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint c JOIN pg_class r ON r.oid = conrelid"
        " WHERE NOT convalidated AND " + _ICI
    ):
        yield f"base : la règle {cle} de {table} n’a jamais été vérifiée"
    if _lire("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'"):
        for (index,) in _lire(
            "SELECT r.oid::regclass::text FROM pg_class r JOIN pg_am a ON a.oid = r.relam"
            " WHERE r.relkind = 'i' AND a.amname = 'btree' AND " + _ICI
        ):
            yield from _tenter(f"SELECT bt_index_check('{index}'::regclass, true)")


_ICI = "relnamespace = current_schema()::regnamespace"
_POUR = {"sqlite": _sqlite, "postgresql": _postgresql}


def _lire(sql):
    with connection.cursor() as curseur:
        curseur.execute(sql)
        return curseur.fetchall()


def _tenter(sql):
    try:
        _lire(sql)
    except DatabaseError as erreur:
        yield f"base : {str(erreur).strip().splitlines()[0]}"
