"""What every act reads and writes, whose SQL is written once.

Django takes ten times as long to write a query as the base to answer it; a lone vote is mostly made of that.
"""

from functools import cache, cached_property

from django.db import DEFAULT_DB_ALIAS, connection

#: Stands for a value while the SQL is written; no key of ours is near it.
_MARQUE = 2_000_000_000
#: Ways of writing one query that are kept: by how many values it is given.
_ECRITES_MAX = 300


class Prete:
    """A reading ready to be asked: called with values, it gives the rows of a `values_list`, as lists or tuples.

    `faire(*values)` returns the queryset; its SQL must depend on nothing but how many values there are. A value is
    an int, a str, or a tuple of ints for `__in`; an empty tuple asks nothing and gives no row.
    """

    def __init__(self, faire):
        self._faire, self._ecrites = faire, {}

    def __call__(self, *valeurs):
        if () in valeurs:
            return []
        formes = tuple(len(valeur) if isinstance(valeur, tuple) else 0 for valeur in valeurs)
        cle = (connection.vendor, formes)
        ecrite = self._ecrites.get(cle)
        if ecrite is None:
            if len(self._ecrites) >= _ECRITES_MAX:
                self._ecrites.clear()
            ecrite = self._ecrites[cle] = _ecrire(self._faire, formes)
        sql, places, traduire = ecrite
        plates = [v for valeur in valeurs for v in (valeur if isinstance(valeur, tuple) else (valeur,))]
        with connection.cursor() as curseur:
            curseur.execute(sql, [plates[place] if rang else place for rang, place in places])
            return traduire(curseur.fetchall())


def _ecrire(faire, formes):
    """Return (SQL, [(True, rank of a value) or (False, a constant)], what turns rows of the base into values)."""
    combien = sum(max(1, n) for n in formes)
    marques = iter(range(_MARQUE, _MARQUE + combien))
    valeurs = [tuple(next(marques) for _rang in range(n)) if n else next(marques) for n in formes]
    compilateur = faire(*valeurs).query.get_compiler(connection=connection)
    sql, parametres = compilateur.as_sql()
    rangs = {str(_MARQUE + rang): rang for rang in range(combien)}
    places = [(str(p) in rangs, rangs.get(str(p), p)) for p in parametres]
    assert sum(est_valeur for est_valeur, _place in places) == combien
    convertisseurs = compilateur.get_converters([colonne for colonne, _sql, _nom in compilateur.select])
    if not convertisseurs:
        return sql, places, list
    return sql, places, lambda lignes: list(compilateur.apply_converters(lignes, convertisseurs))


def cles_vers(chemins):
    """The keys that lead to `chemins`, each after those it goes through: what `select_related` says in short."""
    return list(
        dict.fromkeys("__".join(c.split("__")[: n + 1]) for c in chemins for n in range(c.count("__") + 1))
    )


class PreteEnObjets:
    """The same, giving rows of `modele` with those that the keys in `avec` lead to, as `select_related` does.

    `faire(*values)` returns a queryset of `modele`. "espace" comes before "espace__consultation".
    """

    def __init__(self, modele, faire, avec=()):
        self._modele, self._avec = modele, tuple(avec)
        self._lire = Prete(lambda *valeurs: faire(*valeurs).values_list(*self._noms))

    def __call__(self, *valeurs):
        return [self._objet(ligne) for ligne in self._lire(*valeurs)]

    @cached_property
    def _parts(self):
        """[(path of a key, model, names of its columns)], the row itself first."""
        modeles, parts = {"": self._modele}, []
        for chemin in ("", *self._avec):
            parent, _sep, cle = chemin.rpartition("__")
            if chemin:
                modeles[chemin] = modeles[parent]._meta.get_field(cle).related_model
            parts.append((chemin, modeles[chemin], [c.attname for c in modeles[chemin]._meta.concrete_fields]))
        return parts

    @cached_property
    def _noms(self):
        return [f"{chemin}__{nom}" if chemin else nom for chemin, _modele, noms in self._parts for nom in noms]

    def _objet(self, ligne):
        lus, debut = {}, 0
        for chemin, modele, noms in self._parts:
            valeurs = ligne[debut : debut + len(noms)]
            debut += len(noms)
            vide = chemin and valeurs[0] is None  # a key that leads nowhere
            lus[chemin] = None if vide else modele.from_db(DEFAULT_DB_ALIAS, noms, valeurs)
            parent, _sep, cle = chemin.rpartition("__")
            if chemin and lus[parent] is not None:
                setattr(lus[parent], cle, lus[chemin])
        return lus[""]


def inserer(lignes):
    """Insert new rows of one model, and give each its key. As with `bulk_create`, no signal is sent."""
    if lignes:
        for ligne, (cle,) in zip(lignes, _ecrire_lignes(lignes, *_insertion(type(lignes[0]))), strict=True):
            ligne.pk, ligne._state.adding, ligne._state.db = cle, False, DEFAULT_DB_ALIAS


def recrire(lignes, *noms):
    """Write these fields of rows of one model over what the base has: one statement, whatever each says."""
    if lignes:
        _ecrire_lignes(lignes, *_insertion(type(lignes[0]), noms))


def _ecrire_lignes(lignes, debut, champs, fin):
    """Return what the base returns of them."""
    rendues = []
    with connection.cursor() as curseur:
        for lot in par_lots(lignes, len(champs)):
            valeurs = [c.get_db_prep_save(c.pre_save(x, x.pk is None), connection) for x in lot for c in champs]
            curseur.execute(f"{debut} {places(lot, len(champs))} {fin}", valeurs)
            rendues += curseur.fetchall()
    return rendues


def par_lots(lignes, largeur):
    """Cut rows of `largeur` values into as many lists as a statement may hold values."""
    combien = (connection.features.max_query_params or 10**6) // largeur - 1
    return [lignes[debut : debut + combien] for debut in range(0, len(lignes), combien)]


def places(lignes, largeur):
    """Where the values of these rows go: "(%s, %s), (%s, %s)"."""
    return ", ".join([f"({', '.join(['%s'] * largeur)})"] * len(lignes))


@cache
def _insertion(modele, recrits=()):
    """(Beginning of the statement, fields it fills, its end): both databases say it alike."""
    nommer, cle = connection.ops.quote_name, modele._meta.pk
    champs = [champ for champ in modele._meta.concrete_fields if recrits or champ is not cle]
    colonnes = ", ".join(nommer(champ.column) for champ in champs)
    debut = f"INSERT INTO {nommer(modele._meta.db_table)} ({colonnes}) VALUES"
    ecraser = ", ".join(f"{c} = EXCLUDED.{c}" for c in (nommer(modele._meta.get_field(n).column) for n in recrits))
    en_place = f"ON CONFLICT ({nommer(cle.column)}) DO UPDATE SET {ecraser} " if recrits else ""
    return debut, champs, f"{en_place}RETURNING {nommer(cle.column)}"
