"""What the counting rooms tell upward: `espace_modifie` is sent inside the transaction of the act.

Arguments: `espace_id` (int) and `quoi`, one of "propositions", "pistes", "scrutin", "votes".
`participant_efface`: someone asked to be forgotten (`participant_id`); what other rooms hold of them goes too.
"""

from django.dispatch import Signal

espace_modifie = Signal()
participant_efface = Signal()
