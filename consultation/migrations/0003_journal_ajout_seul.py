"""The journal is append-only in the base too: a hand on the SQL prompt cannot rewrite it.

PostgreSQL refuses UPDATE and row DELETE; TRUNCATE, which only the table's owner may do and which the tests use to
empty the base, still passes. SQLite has no TRUNCATE (emptying a table is a DELETE), so there only UPDATE is refused:
deleting would still show, as a gap in the entry numbers, which AUTOINCREMENT never gives twice.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER journal_ajout_seul BEFORE UPDATE ON consultation_journal
BEGIN SELECT RAISE(ABORT, 'The journal is append-only.'); END;
"""
POSTGRESQL = """
CREATE FUNCTION journal_ajout_seul() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'The journal is append-only.'; END $$;
CREATE TRIGGER journal_ajout_seul BEFORE UPDATE OR DELETE ON consultation_journal
FOR EACH ROW EXECUTE FUNCTION journal_ajout_seul();
"""
POSTGRESQL_RETRAIT = """
DROP TRIGGER IF EXISTS journal_ajout_seul ON consultation_journal;
DROP FUNCTION IF EXISTS journal_ajout_seul();
"""


def poser(apps, schema_editor):
    vendeur = schema_editor.connection.vendor
    if vendeur == "sqlite":
        schema_editor.execute(SQLITE)
    elif vendeur == "postgresql":
        schema_editor.execute(POSTGRESQL)


def retirer(apps, schema_editor):
    vendeur = schema_editor.connection.vendor
    if vendeur == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS journal_ajout_seul")
    elif vendeur == "postgresql":
        schema_editor.execute(POSTGRESQL_RETRAIT)


class Migration(migrations.Migration):
    dependencies = [("consultation", "0002_regroupement_piste_creee")]
    operations = [migrations.RunPython(poser, retirer)]
