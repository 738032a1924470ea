"""What a frame says of a section that moved: the section whole, or of a list only the lines that changed.

A board of six hundred pistes is 90 kB: it is read in the page and in the snapshot, and never sent again whole.
The clients put it together in `fusion.js` and `repetition/suivi.py`; one set of cases is played against both.
"""

#: The sections that hold a list of lines with an `id`, and the field it is in.
LISTES = {"pistes": "liste", "propositions": "dernieres"}


def ecart(nom, avant, apres):
    """Return what to send of the section `nom` so that who has `avant` gets to `apres`.

    A list becomes `plus` (lines that are new or changed, in their order) and `moins` (ids of those gone). Where
    `avant` had none, the page just fetched shows it: `plus` and `moins` are empty, and what follows adds to them.
    """
    champ = LISTES.get(nom)
    if champ is None or champ not in apres:
        return apres
    reste = {cle: valeur for cle, valeur in apres.items() if cle != champ}
    if avant is None or champ not in avant:
        return {**reste, "plus": [], "moins": []}
    deja = {ligne["id"]: ligne for ligne in avant[champ]}
    plus = [ligne for ligne in apres[champ] if deja.get(ligne["id"]) != ligne]
    moins = sorted(deja.keys() - {ligne["id"] for ligne in apres[champ]})
    return {**reste, "plus": plus, "moins": moins}
