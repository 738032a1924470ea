"""The reading list: numbers of fiches in a cookie of the reader's device. The site keeps nothing of it."""

from consultation.textes import entiers

#: Fiches of a list, so that it prints at once and holds in a cookie.
LISTE_MAX = 40
COOKIE = "liste_de_lecture"


def numeros_gardes(cookies):
    """Return the numbers kept, in the order they were added; what is no number is left out."""
    dits = cookies.get(COOKIE, "")[:400].split(".")
    return list(dict.fromkeys(entiers(dits)))[:LISTE_MAX]


def ajouter(numeros, numero):
    return [*(n for n in numeros if n != numero), numero][:LISTE_MAX]


def retirer(numeros, numero):
    return [n for n in numeros if n != numero]
