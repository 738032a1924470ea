"""What the counting rooms tell upward, inside the transaction of the act.

`espace_modifie`: `espace_id` (int) and `quoi`, one of "propositions", "pistes", "scrutin", "votes", "grilles".
`participant_efface`: `participant`, about to go, `anonyme`, the row without a name that takes its place, and
`textes`, what they wrote, already taken back here.
`personnes_oubliees`: `consultation`, whose day has passed: what is kept of its people elsewhere goes too.
"""

from django.dispatch import Signal

espace_modifie = Signal()
participant_efface = Signal()
personnes_oubliees = Signal()
