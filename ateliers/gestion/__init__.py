"""The organiser's desk for the live moment: half-days, rooms, workshops, registrations, codes to print."""
