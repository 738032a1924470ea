#!/usr/bin/env python
"""Django's command-line entry point; `site/` is a folder on the path, never a package."""

import os
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parent / "site"


def main():
    sys.path.insert(0, str(SITE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plateforme.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
