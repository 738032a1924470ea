// The facilitator's console. The page is complete without this; with it, the room's life arrives by itself and acts
// do not reload the page.

import { brancher } from "./actes-animation.js";
import { lancer } from "./chrono.js";
import { horloge } from "./direct.js";
import { poser, rafraichisseur } from "./morceaux.js";
import { suivreLaSalle } from "./pupitre.js";
import * as son from "./son.js";

const principal = document.querySelector("main");
const mots = principal.dataset;
const annonce = document.querySelector("[data-annonce]");
let laisse = false; // a piece waits for someone to finish writing

function surPage(page, form = null) {
  mots.seq = page.querySelector("main")?.dataset.seq || mots.seq;
  // An act done elsewhere on the console answers with the first objections: the page being read stays.
  const objections = page.querySelector('[data-morceau="objections"]');
  const autrePage = page.querySelector("main")?.dataset.page !== mots.page;
  if (autrePage && !document.getElementById("objections").contains(form)) objections?.remove();
  laisse = poser(page, form);
  const champ = form && document.querySelector("details[open] [data-focus]");
  if (champ) champ.focus();
  else if (form && document.activeElement === document.body) document.getElementById("etape")?.focus();
}

const rafraichir = rafraichisseur({ adresse: () => mots.page, intervalle: 1500, surPage });

const montrerConnexion = suivreLaSalle(mots, rafraichir);
brancher({ surPage, horsReseau: () => montrerConnexion(true) });
lancer(horloge.maintenant, (secondes) => {
  annonce.textContent = mots[`mot-${secondes}`] || "";
  if (secondes) return;
  son.sonner();
  rafraichir(true);
});
son.installer(document.querySelector("[data-son]"));
// What was left alone while someone was typing is brought up to date once they are done.
document.addEventListener("focusout", () => laisse && rafraichir());
