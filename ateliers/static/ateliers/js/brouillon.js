// The draft of the step being lived: kept at each keystroke, given back on return, dropped once sent.

import { ecrire, lire } from "./memoire.js";

export const cleBrouillon = (main) => `germoir:${main.dataset.moi}:brouillon:${main.dataset.etape}`;

/** Keep what is typed in `champ`; give back what was left there, unless the page already holds something. */
export function garderTexte(champ, cle) {
  const garde = lire(cle);
  if (!champ.value && typeof garde === "string") champ.value = garde;
  champ.addEventListener("input", () => ecrire(cle, champ.value.trim() ? champ.value : null));
}

export const garder = (cle, valeur) => ecrire(cle, valeur);
export const garde = (cle) => lire(cle);
export const oublier = (cle) => ecrire(cle, null);
