"""Cases played against the page's scripts and against what restates them in Python."""

import json
from pathlib import Path

_ICI = Path(__file__).parent
#: What a frame makes of a state; what a phone decides by itself.
FUSION, TELEPHONE = (json.loads((_ICI / f"{nom}.json").read_text()) for nom in ("fusion", "telephone"))
