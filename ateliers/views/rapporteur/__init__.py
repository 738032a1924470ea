"""The rapporteur's desk: word the pistes, write the synthesis. Plain forms, complete without a script."""
