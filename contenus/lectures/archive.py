"""The open data of a consultation in one file: CSV with Table Schema, JSON, dictionary, licence, and a recount."""

import io
import json
import zipfile
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder

from consultation.gestion.tableur import en_csv

from .donnees import SCHEMAS, donnees, paquet

#: What goes in as it is: the dictionary, and the script that recounts.
TELS_QUELS = Path(__file__).parents[1] / "templates" / "contenus" / "donnees"


def zipper(consultation):
    """Return the bytes of the archive. No cell of its tables starts a formula: see `tableur.cellule_sure`."""
    tables, votes = donnees(consultation)
    schema = paquet(consultation)
    fiches = {
        nom: [dict(zip((c for c, _t, _d in SCHEMAS[nom]), ligne, strict=True)) for ligne in lignes]
        for nom, lignes in tables.items()
    }
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, lignes in tables.items():
            entetes = [colonne for colonne, _type, _dit in SCHEMAS[nom]]
            archive.writestr(f"{nom}.csv", en_csv([(nom, entetes, lignes)]))
        archive.writestr("donnees.json", _json({**fiches, "votes_publies": fiches["votes"], "votes": votes}))
        archive.writestr("datapackage.json", _json(schema))
        for nom in ("LISEZMOI.md", "rejouer.py"):
            archive.writestr(nom, (TELS_QUELS / nom).read_text(encoding="utf-8"))
    return sortie.getvalue()


def _json(contenu):
    return json.dumps(contenu, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
