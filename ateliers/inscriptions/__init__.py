"""Registrations: reading the organiser's file, saying what is wrong in it, writing what is right."""
