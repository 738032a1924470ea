"""What pages read. `gel` freezes a synthesis, the others prepare one page each."""
