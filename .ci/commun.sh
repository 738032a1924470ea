# Sourced by every script of this folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dire() { printf '%s\n' "$*"; }
mourir() { printf '\n%s\n' "$*" >&2; exit 1; }
python_du_projet=".venv/bin/python"

# A program that only now and then is wanted, kept apart from the product's own libraries.
outil() {
  [ -x ".venv/outils/bin/$1" ] && return
  [ -x .venv/outils/bin/python ] || "$python_du_projet" -m venv .venv/outils
  .venv/outils/bin/python -m pip install --disable-pip-version-check --quiet "$1" ||
    { dire "$1 n’a pas pu être installé. Vérifiez la connexion, puis relancez la même commande." >&2; return 1; }
}
