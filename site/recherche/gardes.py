"""Guards in the base: whatever changes words (an act, a bulk write, a hand on the SQL prompt) drops their fiche.

In the same transaction, so that a masked or erased word is never found, not even for a moment. They are put back
after each migration, since SQLite loses those of a table it makes anew, and lifted before.
"""

from django.apps import apps
from django.db import connections

#: (name, table, columns whose writing may change words, what is changed or None for any writing, fiches dropped)
_DE_LA_PAGE = "page_id IN (SELECT page_id FROM recherche_fiche WHERE page_id IS NOT NULL AND {})"
GARDES = (
    (
        "proposition", "consultation_proposition", "texte, masques", ("texte", "masques"),
        "proposition_id = OLD.id OR " + _DE_LA_PAGE.format("proposition_id = OLD.id"),
    ),
    (
        "piste", "consultation_piste", "texte, mots_de_id", ("texte", "mots_de_id"),
        "piste_id = OLD.id AND page_id IS NULL",
    ),
    (
        "consultation", "consultation_consultation", "titre, chapeau", ("titre", "chapeau"),
        "genre = 'forum' AND consultation_id = OLD.id",
    ),
    (
        "espace", "consultation_espace", "question", ("question",),
        "genre = 'forum' AND consultation_id = OLD.consultation_id",
    ),
    (
        "visite", "visites_visite", "entreprise, lieu, a_voir", ("entreprise", "lieu", "a_voir"),
        "visite_id = OLD.id",
    ),
    ("page", "wagtailcore_page", "title, search_description, last_published_at", None, "page_id = OLD.id"),
    ("document", "wagtaildocs_document", "title", ("title",), _DE_LA_PAGE.format("document_id = OLD.id")),
)  # fmt: skip


def _nom(garde):
    return f"recherche_{garde[0]}"


def lever(sender, using, plan=(), **_):
    """Before migrations run: no guard, and no fiche, since words may change unseen."""
    base = connections[using]
    if not plan or "recherche_fiche" not in base.introspection.table_names():
        return
    with base.cursor() as curseur:
        for garde in GARDES:
            sur = f" ON {garde[1]}" if base.vendor == "postgresql" else ""
            curseur.execute(f"DROP TRIGGER IF EXISTS {_nom(garde)}{sur}")
        curseur.execute("DELETE FROM recherche_fiche")


def poser(sender, using, **_):
    """After migrations. Doing it again changes nothing."""
    base = connections[using]
    if apps.get_model("recherche.Fiche")._meta.db_table not in base.introspection.table_names():
        return
    with base.cursor() as curseur:
        for garde in GARDES:
            for ordre in _ORDRES[base.vendor](garde):
                curseur.execute(ordre)


def _sqlite(garde):
    _cle, table, colonnes, changees, lesquelles = garde
    quand = f"WHEN {' OR '.join(f'OLD.{c} IS NOT NEW.{c}' for c in changees)} " if changees else ""
    return [
        f"CREATE TRIGGER IF NOT EXISTS {_nom(garde)} AFTER UPDATE OF {colonnes} ON {table} {quand}"
        f"BEGIN DELETE FROM recherche_fiche WHERE {lesquelles}; END"
    ]


def _postgresql(garde):
    _cle, table, colonnes, changees, lesquelles = garde
    # JSON compares as text: `json` has no equality, `jsonb` and the others read the same.
    differe = " OR ".join(f"OLD.{c}::text IS DISTINCT FROM NEW.{c}::text" for c in changees or ())
    nom, quand = _nom(garde), f"WHEN ({differe}) " if changees else ""
    return [
        f"CREATE OR REPLACE FUNCTION {nom}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN DELETE FROM recherche_fiche WHERE {lesquelles}; RETURN NULL; END $$",
        f"DROP TRIGGER IF EXISTS {nom} ON {table}",
        f"CREATE TRIGGER {nom} AFTER UPDATE OF {colonnes} ON {table} FOR EACH ROW {quand}EXECUTE FUNCTION {nom}()",
    ]


_ORDRES = {"sqlite": _sqlite, "postgresql": _postgresql}
