"""What the scripts of the page decide, said again for a rehearsal's phones.

The same cases are played against both, `tests/ateliers/vecteurs/*.json`: a rule changed in one language fails.
"""

import random

#: Seconds: the first wait and the ceiling of attente.js, the ceiling of acts (actes.js), the signs of life and the
#: wait for their answer (direct.js), the moment over which a room fetches its new page (ecran.js).
PREMIERE, PLAFOND, PLAFOND_DES_ACTES, PING, REPONSE, ETALEMENT = 0.5, 8.0, 30.0, 25.0, 10.0, 2.0
_PLUS_TARD = {408, 425, 429}
_HORS_SECTIONS = {"quoi", "seq", "depuis", "maintenant"}
_LISTES = {
    "pistes": ("liste", lambda piste: piste["numero"]),
    "propositions": ("dernieres", lambda proposition: -proposition["id"]),
}


def attente(echecs, plafond, hasard=None):
    """Seconds to wait after `echecs` failures in a row: a random moment of a window that doubles (attente.js).

    `hasard`: where in it, from 0 to 1.
    """
    fenetre = min(plafond, PREMIERE * 2 ** min(echecs, 10))
    return PREMIERE + (fenetre - PREMIERE) * (random.random() if hasard is None else hasard)


def reprise(essai, hasard=None):
    """Seconds before a new screen is asked for again, the `essai`-th time (attente.js)."""
    return min(30.0, 2.0**essai) * (0.5 + (random.random() if hasard is None else hasard) / 2)


def issue(est_json, statut):
    """What an answer makes of the act: "recu", "refus", "jeton" (take a fresh one) or "encore" (poste.js)."""
    if est_json and 200 <= statut < 300:
        return "recu"
    if est_json and statut < 500 and statut not in _PLUS_TARD:
        return "refus"
    return "jeton" if statut == 403 else "encore"


def nouvel_ordre(maintenant, dernier):
    """The number of the act made at `maintenant`, in ms, after the one numbered `dernier` (file.js)."""
    return max(round(maintenant), dernier + 1)


def fusionner(etat, trame):
    """Return the sections of `etat` once `trame`, which is not older, is put on them (fusion.js)."""
    dites = {nom: valeur for nom, valeur in trame.items() if nom not in _HORS_SECTIONS}
    avant = etat if "depuis" in trame else {}
    return {**avant, **{nom: _suivante(nom, etat.get(nom) or {}, valeur) for nom, valeur in dites.items()}}


def _suivante(nom, avant, dite):
    if nom not in _LISTES or "plus" not in (dite or {}):
        return dite
    champ, ordre = _LISTES[nom]
    reste = {cle: valeur for cle, valeur in dite.items() if cle not in ("plus", "moins")}
    lignes = {ligne["id"]: ligne for ligne in avant.get(champ, avant.get("plus", ()))}
    lignes = {cle: ligne for cle, ligne in lignes.items() if cle not in dite["moins"]}
    lignes = sorted((lignes | {ligne["id"]: ligne for ligne in dite["plus"]}).values(), key=ordre)
    if champ in avant:
        return {**reste, champ: lignes}
    parties = set(avant.get("moins", ())) - {ligne["id"] for ligne in dite["plus"]} | set(dite["moins"])
    return {**reste, "plus": lignes, "moins": sorted(parties)}
