"""What the counting rooms tell upward: `espace_modifie` is sent inside the transaction of the act.

Arguments: `espace_id` (int) and `quoi`, one of "propositions", "pistes", "scrutin", "votes".
"""

from django.dispatch import Signal

espace_modifie = Signal()
