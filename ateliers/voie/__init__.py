"""The fast lane: what a whole room asks at the same moment, answered without a thread and a dozen queries each.

It stands in front of Django, at the same addresses and with the same answers. It takes only the plain case (what a
script sends: coming in, words, a vote; the room's state; the room's page for someone who has nothing of their own
on it yet); whatever else comes, it hands to Django as it came.
"""
