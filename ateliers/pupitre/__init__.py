"""What the facilitator's screens read: the clock of the steps, who is there, who speaks, what to read again."""
