"""Guards in the base: any writing in a table that pages are made of adds to `Mouvement`, in the same transaction.

An act, a bulk write or a hand on the SQL prompt: whoever reads the new words reads the new figure too. On
SQLite, whose writers take turns, one row counts. On PostgreSQL each writing adds a row, so that no writer waits
for another: what is visible only grows, hence one sum is one state. They are put back after each migration, since
SQLite loses those of a table it makes anew, and lifted before.
"""

import secrets

from django.apps import apps
from django.db import connections, transaction

#: What no public page shows: votes before their closing (which writes the table that pages read), who is logged
#: in, drafts, the desk's own memory, what the worker does. Anything else is watched, a table made tomorrow too.
IGNOREES = {
    *("consultation.Bulletin", "consultation.Voix", "consultation.Decompte", "consultation.UrneScellee"),
    *("courrier.Abonnement", "courrier.Envoi", "courrier.Destinataire", "recherche.Fiche", "travail.Passage"),
    *("sessions.Session", "wagtailcore.Revision", "wagtailcore.ReferenceIndex", "wagtailcore.UploadedFile"),
    *("wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry", "wagtailcore.APIToken", "passants.Mouvement"),
    *("consultation.Journal", "consultation.Classeur", "contenus.Tirage", "contenus.CarnetTire"),
    *("consultation.LotDeBulletins", "consultation.BulletinPapier"),
}
APPS_IGNOREES = {"account", "mfa", "wagtailadmin", "wagtailsearch", "wagtailusers"}
#: Columns written by the minute, which no public page shows.
COLONNES_IGNOREES = {
    "ateliers.Atelier": {"sequence", "acces"},
    "ateliers.Place": {"vu_le"},
    "comptes.Utilisateur": {"last_login"},
}
_PREFIXE = "passants_"


def surveilles():
    """Return the models whose writing may change a page."""
    tous = apps.get_models(include_auto_created=True)
    return [
        modele
        for modele in tous
        if modele._meta.managed
        and not modele._meta.proxy
        and modele._meta.app_label not in APPS_IGNOREES
        and modele._meta.label not in IGNOREES
    ]


def lever(sender, using, plan=(), **_):
    """Before migrations run: no guard, and no figure, so that no page is kept meanwhile."""
    base = connections[using]
    if not plan or not _est_la(base):
        return
    with transaction.atomic(using), base.cursor() as curseur:
        for nom, table in _poses(base, curseur):
            curseur.execute(f"DROP TRIGGER {nom}" + (f" ON {table}" if base.vendor == "postgresql" else ""))
        curseur.execute("DELETE FROM passants_mouvement")


def poser(sender, using, **_):
    """After migrations. Doing it again changes nothing; the figure starts where no base ever was."""
    base = connections[using]
    if not _est_la(base):
        return
    tables = base.introspection.table_names()
    with transaction.atomic(using), base.cursor() as curseur:
        poses = {nom for nom, _table in _poses(base, curseur)}
        if base.vendor == "postgresql":
            curseur.execute(_FONCTION)
        for modele in surveilles():
            if modele._meta.db_table in tables:
                for nom, ordre in _ORDRES[base.vendor](modele._meta.db_table, _colonnes(modele)):
                    if nom not in poses:
                        curseur.execute(ordre)
        curseur.execute("SELECT 1 FROM passants_mouvement LIMIT 1")
        if curseur.fetchone() is None:
            curseur.execute("INSERT INTO passants_mouvement (n) VALUES (%s)", [secrets.randbits(60)])


def _est_la(base):
    return apps.get_model("passants.Mouvement")._meta.db_table in base.introspection.table_names()


def _colonnes(modele):
    """Of a model whose other columns are written by the minute: ", OF" the columns that pages show."""
    tues = COLONNES_IGNOREES.get(modele._meta.label)
    if not tues:
        return ""
    return "OF " + ", ".join(
        champ.column for champ in modele._meta.local_concrete_fields if champ.name not in tues
    )


def _poses(base, curseur):
    """[(name, table)] of the guards that are there."""
    curseur.execute(_CATALOGUES[base.vendor])
    return [(nom, table) for nom, table in curseur.fetchall() if nom.startswith(_PREFIXE)]


def _sqlite(table, colonnes):
    corps = f"ON {table} BEGIN UPDATE passants_mouvement SET n = n + 1; END"
    gestes = {"ajout": "INSERT", "retrait": "DELETE", "change": f"UPDATE {colonnes}"}
    return [
        (nom := f"{_PREFIXE}{table}_{geste}", f"CREATE TRIGGER {nom} AFTER {quoi} {corps}")
        for geste, quoi in gestes.items()
    ]


def _postgresql(table, colonnes):
    nom = f"{_PREFIXE}{table}"
    quand = f"AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE {colonnes}"
    fait = "FOR EACH STATEMENT EXECUTE FUNCTION passants_bouger()"
    return [(nom, f"CREATE TRIGGER {nom} {quand} ON {table} {fait}")]


_FONCTION = (
    "CREATE OR REPLACE FUNCTION passants_bouger() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN INSERT INTO passants_mouvement (n) VALUES (1); RETURN NULL; END $$"
)
_CATALOGUES = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
}
_ORDRES = {"sqlite": _sqlite, "postgresql": _postgresql}
