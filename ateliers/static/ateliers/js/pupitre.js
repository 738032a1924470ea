// What the console and the regrouping board share: the room's life arrives by itself, and a lost network is said.

import { suivre } from "./direct.js";

/** Call `rafraichir` when the room has moved since `mots.seq`; return what shows, or takes away, "network lost". */
export function suivreLaSalle(mots, rafraichir) {
  const avis = document.querySelector("[data-connexion]");
  const montrerConnexion = (perdue) => {
    avis.hidden = !perdue;
    avis.textContent = perdue ? mots.motPerdue : "";
  };
  suivre({
    url: mots.etat,
    socket: mots.socket,
    surEtat: (etat) => {
      if (String(etat.seq) !== mots.seq) rafraichir();
    },
    surConnexion: (etat) => montrerConnexion(etat === "coupee"),
  });
  return montrerConnexion;
}
