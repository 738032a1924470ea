"""What the counting rooms tell upward, inside the transaction of the act.

`espace_modifie`: `espace_id` (int) and `quoi`, one of "propositions", "pistes", "scrutin", "votes".
`participant_efface`: `participant`, about to go, and `anonyme`, the row without a name that takes its place.
"""

from django.dispatch import Signal

espace_modifie = Signal()
participant_efface = Signal()
