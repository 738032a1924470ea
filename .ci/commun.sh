# Sourced by every script of this folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dire() { printf '%s\n' "$*"; }
mourir() { printf '\n%s\n' "$*" >&2; exit 1; }
python_du_projet=".venv/bin/python"
# Compiled once and kept: each server and each command that a test starts would compile the product anew.
unset PYTHONDONTWRITEBYTECODE

# A program that is no part of the product, kept apart from its libraries: its name, and which versions of it will do.
outil() {
  [ -x ".venv/outils/bin/$1" ] && return
  [ -x .venv/outils/bin/python ] || "$python_du_projet" -m venv .venv/outils
  .venv/outils/bin/python -m pip install --disable-pip-version-check --quiet "$1${2:-}" ||
    { dire "$1 n’a pas pu être installé. Vérifiez la connexion, puis relancez la même commande." >&2; return 1; }
}
