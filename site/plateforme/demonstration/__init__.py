"""The demonstration: a network, a finished regional exchange, a seminar in full swing, invented people.

Figures and places come from public documents of the insertion networks; sentences, people and structures are
invented. Everything is done through the product's own acts, at the time people would have done it.
"""
