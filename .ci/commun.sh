# Sourced by every script of this folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dire() { printf '%s\n' "$*"; }
mourir() { printf '\n%s\n' "$*" >&2; exit 1; }
python_du_projet=".venv/bin/python"
