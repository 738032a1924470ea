// The votes are in: said on the spot, from what the server answered. A room that votes together does not fetch a page
// each for it.

import { compter, forme } from "./mots.js";
import { choix, ronds } from "./vote.js";

const par = (id) => document.getElementById(id);
const somme = (votes) => Object.values(votes).reduce((total, n) => total + n, 0);
const memes = (a, b) => Object.keys({ ...a, ...b }).every((nom) => Number(a[nom] || 0) === Number(b[nom] || 0));
let titre = "";

/** Votes as answered, as fields of the ballot. */
export const enChamps = (votes) => Object.fromEntries(Object.entries(votes).map(([piste, n]) => [`piste-${piste}`, n]));

/**
 * Show `votes` ({piste: value}, as answered) in the place of the ballot `acte`. False when they are not those of this
 * ballot: cast from another tab or device too, they deserve a page of their own.
 */
export function montrer(acte, votes, surChanger) {
  if (!memes(enChamps(votes), choix(acte))) return false;
  par("arrives")?.remove();
  const ecran = forme("arrives");
  const gommettes = acte.dataset.acte === "gommettes";
  const entier = gommettes || acte.dataset.acte === "classement"; // a ballot on one screen, read back as it is
  const dit = compter("compte", gommettes ? somme(votes) : Object.keys(votes).length, ecran.dataset);
  ecran.querySelector("[data-compte]").textContent = dit;
  if (entier) ecran.querySelector("ul").append(...cartes(acte, votes, gommettes));
  else ecran.querySelector("ul").remove();
  ecran.querySelector("[data-changer]").addEventListener("click", (clic) => entier && changer(clic, surChanger));
  acte.before(ecran);
  cacher();
  titre = document.title;
  document.title = ecran.dataset.page;
  ecran.querySelector("h1").focus({ preventScroll: true });
  scrollTo(0, 0);
  return true;
}

/** The ballot as it was left: no need of the network to change one's mind. */
function changer(clic, surChanger) {
  clic.preventDefault();
  oter();
  document.title = titre;
  surChanger();
}

export function oter() {
  par("arrives")?.remove();
  document.querySelectorAll("[data-cache]").forEach((bloc) => bloc.removeAttribute("data-cache"));
}

export const estMontre = () => Boolean(par("arrives"));

/** Leave in sight only what is shown in the ballot's place, and the messages. */
export function cacher() {
  [...par("contenu").children].forEach(
    (bloc) => bloc.matches(".retours, #gardes, #arrives, template, svg, #mots") || bloc.setAttribute("data-cache", ""),
  );
}

/** The pistes that got something; those of a ranking, in its order. */
function cartes(acte, votes, gommettes) {
  return [...acte.querySelectorAll("[data-piste]")]
    .filter((carte) => votes[carte.dataset.piste])
    .sort((une, autre) => (gommettes ? 0 : votes[une.dataset.piste] - votes[autre.dataset.piste]))
    .map((carte) => {
      const n = votes[carte.dataset.piste];
      const li = forme("gardee");
      li.querySelector("header").append(carte.querySelector(".etiquette").cloneNode(true));
      li.querySelector(".dit").textContent = carte.querySelector(".dit").textContent;
      if (gommettes) li.querySelector(".gommettes").append(...ronds(n, n));
      else li.querySelector(".gommettes").remove();
      li.querySelector("[data-texte]").textContent = compter(gommettes ? "gommettes" : "place", n);
      return li;
    });
}
