"""A rehearsal from the first person in to the results on every screen."""

import asyncio
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from . import vagues
from .decor import exiger_le_meme_site
from .fichiers import Fichiers
from .telephone import Echec, Telephone

#: The share of the room that votes at its own pace; the others wait for the last moment.
PART_A_TEMPS = 0.9


@dataclass
class Bilan:
    """`vagues`: in the order played; `telephones`: what each sent; `arret`: why it ended too soon, or ""."""

    telephones: list
    vagues: list = field(default_factory=list)
    arret: str = ""


async def jouer(
    cible, salle, participants, *, duree, limite, fichiers=True, annoncer=lambda nom, nombre: vagues.rien
):
    """Play every wave, `limite` seconds at most; return the Bilan.

    `duree`: seconds over which people come in. `fichiers`: whether phones take styles and scripts.
    `annoncer(name of the wave, how many people)` is called before each, and returns the function that will be told
    how far it has come. Raises Refus when the server is not ours.
    """
    await exiger_le_meme_site(cible, salle)
    neufs = Fichiers() if fichiers else None
    telephones = [Telephone(cible, salle.code, rang, fichiers=neufs) for rang in range(participants)]
    bilan, console = Bilan(telephones), salle.console(cible)
    try:
        async with asyncio.timeout(limite) as temps:
            await console.regarder()
            await _tout(bilan, console, duree, annoncer)
    except (OSError, Echec) as erreur:
        dit = str(erreur) or _("le serveur ne répond plus")
        bilan.arret = _("la limite de temps est passée") if temps.expired() else dit
    finally:
        for telephone in telephones:
            telephone.arreter()
        console.fermer()
        await asyncio.sleep(0)  # what was cancelled ends on the next turn of the loop
    return bilan


async def _tout(bilan, console, duree, annoncer):
    tous, faites = bilan.telephones, bilan.vagues
    faites.append(await vagues.entrees(tous, duree, annoncer("entrees", len(tous))))
    entres = [telephone for telephone in tous if telephone.page]
    if not entres:
        raise Echec(_("personne n’a pu entrer"))
    annoncer("prises", len(entres))
    faites.append(await vagues.prises(entres))
    await _ouvrir(faites, console, entres, "ideation", annoncer)
    faites.append(await vagues.propositions(entres, duree / 2, annoncer("propositions", len(entres))))
    await _ouvrir(faites, console, entres, "vote", annoncer)
    a_temps = entres[: max(1, int(len(entres) * PART_A_TEMPS))]
    faites.append(await vagues.votes(a_temps, duree / 2, annoncer("votes", len(a_temps))))
    faites.append(await vagues.pointe(entres, annoncer("pointe", len(entres))))
    annoncer("retours", len(entres))
    faites.append(await vagues.retours(entres))
    annoncer("resultats", len(entres))
    faites.append(
        await vagues.changement("resultats", entres, lambda: console.fermer_etape("vote"), _resultats_dits)
    )


async def _ouvrir(faites, console, telephones, nature, annoncer):
    annoncer(f"ouvrir_{nature}", len(telephones))
    etape = console.etapes[nature]

    def dite(etat):
        return bool(etat.get("etape")) and etat["etape"]["id"] == etape

    faites.append(await vagues.changement(f"ouvrir_{nature}", telephones, lambda: console.ouvrir(nature), dite))


def _resultats_dits(etat):
    return bool(etat.get("resultats"))
