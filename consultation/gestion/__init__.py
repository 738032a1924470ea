"""The organiser's desk, inside the Wagtail admin: what is prepared before a seminar, and read after it."""
