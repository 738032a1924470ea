// The room's screen. One rendering only, the server's: frames say when to fetch it again, counts move at once.

import { lancer } from "./chrono.js";
import { horloge, suivre } from "./direct.js";
import { poser, rafraichisseur } from "./morceaux.js";

const principal = () => document.querySelector("main");
const avis = () => document.querySelector("[data-connexion]");
/** Ms without news before saying so: a short cut must not make the screen blink. */
const PATIENCE = 4000;
/** Sections whose numbers are put in place without fetching the page. */
const NOMBRES = ["presence", "scrutin", "console"];
/** Ms a page of a long list stays before the next; and ms without turning by itself once someone turned one. */
const TOUR = 12000;
const MAIN = 60000;
let tourneLe = -MAIN;
let numero = 1;
let perdue = 0;

const adresse = () => `${principal().dataset.page}${numero > 1 ? `?page=${numero}` : ""}`;
const rafraichir = rafraichisseur({ adresse, intervalle: 700, surPage });

function surPage(page) {
  const neuf = page.querySelector("main[data-projection]");
  if (!neuf) return;
  if (neuf.dataset.ecran === principal().dataset.ecran) {
    poser(page);
    principal().dataset.seq = neuf.dataset.seq;
    return;
  }
  numero = 1;
  document.querySelector("body > header").replaceWith(document.importNode(page.querySelector("body > header"), true));
  const cache = avis().hidden;
  principal().replaceWith(document.importNode(neuf, true));
  avis().hidden = cache;
  document.title = page.title;
}

function surEtat(etat, changees) {
  if (String(etat.seq) === principal().dataset.seq) return;
  poserNombres(etat);
  const nombresSeuls = changees.length && changees.every((section) => NOMBRES.includes(section));
  if (!nombresSeuls || structureChangee(etat)) rafraichir();
}

/** Every number of the page that the state knows: data-nombre="presence.colleges.salaries.n". */
function poserNombres(etat) {
  document.querySelectorAll("[data-nombre]").forEach((element) => {
    const valeur = element.dataset.nombre.split(".").reduce(chercher, etat);
    if (typeof valeur === "number" && element.textContent !== String(valeur)) element.textContent = valeur;
  });
}

const chercher = (objet, cle) => (Array.isArray(objet) ? objet.find((o) => o.signe === cle) : objet?.[cle]);

/** A first arrival, or a college that was not there, changes the words around the numbers. */
function structureChangee(etat) {
  const total = document.querySelector('[data-nombre="presence.total"]');
  const presents = (etat.scrutin?.colleges || []).filter((c) => c.presents || c.votants);
  if (principal().dataset.ecran === "vote") {
    return presents.some((c) => !document.querySelector(`[data-nombre="scrutin.colleges.${c.signe}.votants"]`));
  }
  return Boolean(document.querySelector(".qui")) && (!total || etat.presence.total < 3);
}

function surConnexion(etat) {
  clearTimeout(perdue);
  if (etat !== "coupee") avis().hidden = true;
  else perdue = setTimeout(() => (avis().hidden = false), PATIENCE);
}

function tourner(pas) {
  const lien = document.querySelector(`.pages a[rel="${pas > 0 ? "next" : "prev"}"]`);
  if (!lien) return;
  numero = Math.max(1, numero + pas);
  rafraichir(true);
}

function tournerALaMain(pas) {
  tourneLe = performance.now();
  tourner(pas);
}

document.addEventListener("keydown", (evenement) => {
  if (["ArrowRight", "PageDown"].includes(evenement.key)) tournerALaMain(1);
  if (["ArrowLeft", "PageUp"].includes(evenement.key)) tournerALaMain(-1);
});
document.addEventListener("click", (evenement) => {
  const lien = evenement.target.closest(".pages a");
  if (!lien) return;
  evenement.preventDefault();
  tournerALaMain(lien.rel === "next" ? 1 : -1);
});
/** A long list turns by itself, from its last page to its first. */
setInterval(() => {
  if (!document.querySelector(".pages") || performance.now() - tourneLe < MAIN) return;
  if (document.querySelector('.pages a[rel="next"]')) return tourner(1);
  numero = 1;
  rafraichir(true);
}, TOUR);
numero = Number(new URLSearchParams(location.search).get("page")) || 1;
lancer(horloge.maintenant, (secondes) => secondes || rafraichir(true));
suivre({ url: principal().dataset.etat, socket: principal().dataset.socket, surEtat, surConnexion });
