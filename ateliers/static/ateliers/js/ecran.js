// Changing screen when the room moves on, without taking the pen out of anyone's hand.

import { appeler, plusTard, reprise } from "./attente.js";
import { bandeau, mot } from "./mots.js";
import { garderPage } from "./veille.js";

const ETALEMENT = 2000; // ms over which the phones of a room fetch their new page
let enCours = false;

/**
 * Fetch the page anew and put its header, main and footer in place; then `installer()`. Retries until it works.
 * `suite`: the query of another window of the same screen.
 */
export async function changer(salle, installer, etalement = ETALEMENT, suite = "") {
  if (enCours) return;
  enCours = true;
  let attente = Math.random() * etalement;
  for (let essai = 1; ; essai += 1) {
    await new Promise((fini) => setTimeout(fini, attente));
    try {
      const { reponse, texte } = await appeler(salle + suite, { headers: { Accept: "text/html" } });
      if (plusTard(reponse)) throw new Error("later");
      const page = new DOMParser().parseFromString(texte, "text/html");
      if (reponse.redirected || !page.querySelector("main[data-ecran]")) return location.assign(salle);
      garderPage(salle, texte);
      // A new release: its screens want its scripts. Drafts and what waits are on the phone, nothing is lost.
      if (script(page) !== script(document)) return location.assign(salle);
      remplacer(page);
      break;
    } catch {
      attente = reprise(essai);
    }
  }
  enCours = false;
  installer();
  const titre = document.querySelector("main h1");
  titre.tabIndex = -1;
  titre.focus({ preventScroll: true });
  return scrollTo(0, 0);
}

const script = (page) => page.querySelector("script[type=module]")?.getAttribute("src");

function remplacer(page) {
  ["body > header", "body > main", "body > footer"].forEach((quoi) => {
    const [ancien, nouveau] = [document.querySelector(quoi), page.querySelector(quoi)];
    if (ancien && nouveau) ancien.replaceWith(document.importNode(nouveau, true));
  });
  document.title = page.title;
}

/** Say that the step is ending, count `secondes` down in sight, then `apres()`. Return a function that stops it. */
export function laisserFinir(boite, secondes, apres) {
  const fin = performance.now() + secondes * 1000;
  const bloc = bandeau(boite, "grace", mot("grace", secondes));
  const decompte = bloc.querySelector("[data-decompte]"); // for the eyes: the sentence was read aloud once
  const battement = setInterval(() => {
    const restant = Math.max(0, Math.ceil((fin - performance.now()) / 1000));
    decompte.textContent = `${restant}`;
    if (!restant) {
      clearInterval(battement);
      bloc.remove();
      apres();
    }
  }, 250);
  return () => {
    clearInterval(battement);
    bloc.remove();
  };
}
