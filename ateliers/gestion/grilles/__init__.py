"""Questionnaires at the organiser's desk: written, tried, put online."""
