"""An app with three next releases: `bonne`; `migrations` fails in the middle; `casse` breaks tallies silently."""
