// The regrouping board. Ticking and pressing a button does everything; this adds dragging a card onto another, the
// count of what is ticked, and the first words of the new piste.

import { brancher } from "./actes-animation.js";
import { installerGlisser } from "./glisser.js";
import { poser, rafraichisseur } from "./morceaux.js";
import { suivreLaSalle } from "./pupitre.js";

const principal = document.querySelector("main");
const mots = principal.dataset;
const formulaire = () => document.getElementById("regrouper");
const cochees = () => [...document.querySelectorAll('input[form="regrouper"]:checked')];
let laisse = false;
let propose = ""; // what this script put in the name field: replaced as long as nobody changed it

function surPage(page, form = null) {
  const neuf = page.querySelector("main")?.dataset;
  mots.seq = neuf?.seq || mots.seq;
  if (form) mots.page = neuf?.page || mots.page;
  if (form === formulaire()) cochees().forEach((coche) => (coche.checked = coche.defaultChecked));
  laisse = poser(page, form);
  suivreChoix();
  const champ = form && document.querySelector(".barre.a-nommer [data-focus]");
  if (champ) champ.focus();
  else if (form && document.activeElement === document.body) principal.focus();
}

/** The part of the board that is shown, and what is ticked: it stays in sight, whatever comes. */
function adresse() {
  const ou = new URL(mots.page, location);
  cochees().forEach(({ name, value }) => ou.searchParams.append(name, value));
  return ou.href;
}

const rafraichir = rafraichisseur({ adresse, intervalle: 1500, surPage });

/** Show what is ticked: on the cards, in the bar, and as the first words of the piste to come. */
function suivreChoix() {
  document.querySelectorAll("[data-proposition], [data-piste]").forEach((carte) => {
    const coche = carte.querySelector('input[form="regrouper"]');
    carte.classList.toggle(
      "choisie",
      Boolean(coche && coche.closest("[data-proposition], [data-piste]") === carte && coche.checked),
    );
  });
  const choisies = cochees();
  const compte = document.querySelector("[data-choisies]");
  if (compte)
    compte.textContent = choisies.length
      ? mots[choisies.length > 1 ? "motChoisies" : "motChoisie"].replace("{n}", choisies.length)
      : "";
  proposerMots(choisies[0]);
}

function proposerMots(coche) {
  const champ = document.getElementById("r-texte");
  if (!champ || (champ.value && champ.value !== propose)) return;
  const carte = coche?.closest("[data-proposition], [data-piste]");
  const texte = carte ? (carte.querySelector("h3, .mots-p")?.textContent || "").trim() : "";
  propose = texte.length > 120 ? `${texte.slice(0, 120).replace(/\s+\S*$/, "")}…` : texte;
  champ.value = propose;
  champ.defaultValue = propose;
}

/** A card was dropped on another: tick both and name the piste; on a piste: put it there at once. */
function deposer(carte, cible) {
  cocher(carte);
  const versPiste = cible.closest("[data-piste]");
  if (versPiste) {
    formulaire().requestSubmit(versPiste.querySelector("[data-dans]"));
    return;
  }
  cocher(cible);
  suivreChoix();
  const champ = document.getElementById("r-texte");
  champ.focus();
  champ.select();
}

function cocher(carte) {
  const coche = carte.querySelector('input[form="regrouper"]');
  if (coche) coche.checked = true;
}

document.addEventListener("change", (evenement) => evenement.target.form === formulaire() && suivreChoix());
// Enter in a field of the filter shows what it asks for; the first button of the form would group.
document.addEventListener("keydown", (evenement) => {
  if (evenement.key !== "Enter" || !evenement.target.matches?.("#filtre-q")) return;
  evenement.preventDefault();
  formulaire().requestSubmit(document.getElementById("b-montrer"));
});
document.addEventListener("focusout", () => laisse && rafraichir());
const montrerConnexion = suivreLaSalle(mots, rafraichir);
brancher({ surPage, horsReseau: () => montrerConnexion(true) });
if (formulaire()) installerGlisser({ deposer });
suivreChoix();
