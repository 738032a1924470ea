"""Rehearsing a room: phones by the thousand against a running server, wave by wave, each measured.

Nothing here reads or writes the database but `salle` (what is made, who leads) and `verification` (what is left):
the rest speaks HTTP and WebSocket only, and may be pointed at any server by a bench of ours.

A bench that has a room of its own, with people in it, plays the same waves:

    telephones = [Telephone(Cible.locale(port), code, rang, cookies={...}) for rang, ... in ...]
    await vagues.ouvertures(telephones)
    await vagues.prises(telephones)
    vague = await vagues.votes(telephones, 30.0)        # a mesures.Vague

and ends with `telephone.arreter()` for each.

    bornes        how many, how long
    cible         which server, and who is allowed to knock there
    lien, prise   one HTTP connection, one WebSocket: protocols as cheap as can be, thousands live on one core
    appareil      a browser: cookies, pages, forms
    fichiers      what pages need beside their words, taken the first time
    suivi         the room, live: a socket that comes back, frames put together
    telephone     a phone in the room: what the page's scripts do (poste.js, actes.js, direct.js, ecran.js)
    console       the facilitator's
    guets         waiting until everyone has seen something
    vagues        what everyone does together, and what it took (mesures)
    deroulement   the waves of a rehearsal, in order
    verification  whether all that was acknowledged is in the base, once
    compte_rendu  the table and the JSON
"""
