from whitenoise.storage import CompressedManifestStaticFilesStorage as Base

#: Where our own modules are. Libraries' scripts are left as they are: some name modules that are not files.
NOTRES = ("js", "ateliers", "consultation", "contenus", "plateforme")


class Fichiers(Base):
    """Static files named by their content, the imports inside our own JavaScript modules included."""

    patterns = (
        *Base.patterns,
        *((f"{dossier}/*.js", Base._js_module_import_aggregation_patterns[1]) for dossier in NOTRES),
    )
