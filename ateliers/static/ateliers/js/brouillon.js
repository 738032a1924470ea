// The draft of the step being lived: kept at each keystroke, given back on return, dropped once sent.

import { ecrire, lire } from "./memoire.js";

export const cleBrouillon = (main) => `germoir:${main.dataset.moi}:brouillon:${main.dataset.etape}`;

/**
 * Keep what is typed in `champ`; give back what was left there, unless the page already holds something that matters
 * more: with `reprise`, it holds what the draft was made from.
 */
export function garderTexte(champ, cle, reprise = false) {
  const garde = lire(cle);
  if ((reprise || !champ.value) && typeof garde === "string") champ.value = garde;
  champ.addEventListener("input", () => ecrire(cle, champ.value.trim() ? champ.value : null));
}

export const garder = (cle, valeur) => ecrire(cle, valeur);
export const garde = (cle) => lire(cle);
export const oublier = (cle) => ecrire(cle, null);
