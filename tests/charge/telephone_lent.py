"""A slow phone in a room of 600 pistes: what it shows first, a vote, and the scrolling, in Chromium.

The processor is slowed four times and the network is 400 kbit/s, by the browser's protocol (CDP); nothing is in
its cache. Production's settings and files. What a vote shows is the browser's own measure of an interaction, from
the finger to the next image (Event Timing); what is acknowledged ends with the answer to its request.
"""

import json
import os
import sys
import tempfile
from statistics import median

from tests import serveurs
from tests.charge.pleniere import REGLAGES, comme_en_vrai, copie

PISTES, TOURS, VOTES = 600, 5, 6
LENTEUR, OCTETS_PAR_S, LATENCE_MS = 4, 400_000 // 8, 0
COMMANDE = "python -m tests.charge --seulement telephone_lent"
#: What is measured: (unit, aim). Images a second are at least, the others at most.
BUTS = {
    "first screen": ("ms", 2000),
    "received before it": ("kB", 100),  # what 400 kbit/s carry in two seconds
    "a vote shown": ("ms", 100),
    "a vote acknowledged": ("ms", 1000),
    "scrolling the ballot": ("images/s", 60),
}
#: Every interaction of more than 16 ms is kept, and when each touch was.
GUETTER = """
  window.gestes = [];
  window.clics = [];
  addEventListener("click", (clic) => window.clics.push(clic.timeStamp), true);
  new PerformanceObserver((liste) => {
    for (const geste of liste.getEntries()) if (geste.interactionId) window.gestes.push(geste.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
"""
#: [when something is first seen (ms), kB received by then].
PEINTURE = """() => {
  const vu = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  const recus = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const octets = recus.filter((r) => r.responseEnd <= vu).reduce((somme, r) => somme + r.transferSize, 0);
  return [vu, octets / 1000];
}"""
#: Scroll to the end and back for two seconds, as a finger does; return images a second.
DEFILER = """() => new Promise((dire) => {
  const debut = performance.now(), haut = document.documentElement.scrollHeight - innerHeight;
  let images = -1;
  const image = (heure) => {
    images += 1;
    const part = Math.min(1, (heure - debut) / 2000);
    scrollTo(0, haut * (1 - Math.abs(1 - 2 * part)));
    if (part < 1) requestAnimationFrame(image);
    else dire(images / ((heure - debut) / 1000));
  };
  requestAnimationFrame(image);
})"""
#: For each ballot sent, the ms from the last touch before it to its answer.
ENVOIS = """() => performance.getEntriesByType("resource").filter((r) => r.name.endsWith("/voter/"))
  .map((r) => r.responseEnd - window.clics.findLast((clic) => clic <= r.startTime))"""


def mesurer(tours=TOURS):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. The baseline is the aim."""
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier, comme_en_vrai(dossier):
        url = f"sqlite:///{copie(dossier)}"
        env = serveurs._environnement(url, "", REGLAGES)
        dit = serveurs.jouer("tests.charge.telephone_lent", str(PISTES), str(tours), env=env, dossier=dossier)
        salle = json.loads(dit.splitlines()[-1])
        with serveurs.lancer(url, dossier, reglages=REGLAGES, options=("--log-level", "warning")) as serveur:
            lus = _jouer(serveur, salle)
    return [_ligne(quoi, valeurs) for quoi, valeurs in lus.items()]


def _ligne(quoi, valeurs):
    unite, but = BUTS[quoi]
    valeur = median(valeurs)
    return {
        "name": f"{quoi}, {PISTES} pistes ({min(valeurs):.0f} – {max(valeurs):.0f})",
        "value": round(valeur, 1),
        "unit": unite,
        "baseline": but,
        "ratio": round(valeur / but, 2),
        "command": COMMANDE,
    }


def _jouer(serveur, salle):
    from playwright.sync_api import sync_playwright

    lus = {quoi: [] for quoi in BUTS}
    with sync_playwright() as pilote:
        navigateur = pilote.chromium.launch(executable_path=serveurs.chromium(), args=["--no-sandbox"])
        for code in salle["codes"]:
            contexte = navigateur.new_context(
                base_url=serveur.url, viewport={"width": 390, "height": 844}, service_workers="block"
            )
            _un_telephone(contexte, salle["code"], code, lus)
            contexte.close()
        navigateur.close()
    return lus


def _un_telephone(contexte, salle, code, lus):
    """One phone that has come in already: it opens the room, votes, scrolls. Adds to `lus`."""
    contexte.request.get(f"/m/{code}/")
    page = contexte.new_page()
    page.add_init_script(GUETTER)
    cdp = contexte.new_cdp_session(page)
    cdp.send("Network.enable")
    reseau = {"offline": False, "latency": LATENCE_MS}
    reseau |= {"downloadThroughput": OCTETS_PAR_S, "uploadThroughput": OCTETS_PAR_S}
    cdp.send("Network.emulateNetworkConditions", reseau)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": LENTEUR})
    page.goto(f"/a/{salle}/?voter=1", wait_until="load")
    page.locator("button[data-suivante]").wait_for()
    for quoi, valeur in zip(("first screen", "received before it"), page.evaluate(PEINTURE), strict=True):
        lus[quoi].append(valeur)
    for _vote in range(VOTES):
        for vise in ("section.avis:not([hidden]) input[value='3'] + label", "button[data-suivante]"):
            _toucher(page, vise)
    page.wait_for_timeout(1000)
    lus["a vote shown"].append(median(page.evaluate("() => window.gestes")))
    lus["a vote acknowledged"].append(median(page.evaluate(ENVOIS)))
    lus["scrolling the ballot"].append(page.evaluate(DEFILER))


def _toucher(page, vise):
    """Touch what `vise` names, long after it was looked for: looking for it is work of the page too."""
    page.locator(vise).scroll_into_view_if_needed()
    boite = page.locator(vise).bounding_box()
    page.wait_for_timeout(700)
    page.mouse.click(boite["x"] + boite["width"] / 2, boite["y"] + boite["height"] / 2)


def _preparer(pistes, personnes):
    """Fill this process's base: a room of `pistes` in mid-vote. Return its code and those of `personnes` in it."""
    from ateliers import actions
    from consultation import actions as actes
    from tests.ateliers.fabriques_salle import faire_atelier, faire_etapes, faire_participant, faire_pistes

    atelier = faire_atelier()
    faire_pistes(atelier, pistes)
    (etape,) = faire_etapes(atelier, "vote")
    etape.scrutin = actes.preparer_scrutin(
        espace=atelier.espace, titre="Vote", mode="adhesion", gommettes=3, par=None
    )
    etape.save()
    actions.ouvrir_etape(etape=etape, par=None)
    gens = [faire_participant(atelier, prenom=f"Sonia {rang}") for rang in range(personnes)]
    return {"code": atelier.code, "codes": [personne.code_personnel for personne in gens]}


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
    django.setup()
    print(json.dumps(_preparer(*map(int, sys.argv[1:]))))
