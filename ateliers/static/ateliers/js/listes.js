// What the room sends, put in its place: lists, counts. Only what the page already has is touched, never a form.

import { compter, forme, ilYA, mot } from "./mots.js";

/** Ms between two counts said aloud: a room that writes would otherwise talk over whoever listens to the screen. */
const DIRE_TOUTES_LES = 20000;
let aDire = 0;

const SIGNES = ["salaries", "permanents", "administrateurs", "partenaires", "habitants"];
const par = (id) => document.getElementById(id);
const dit = (element, texte) => {
  if (element && element.textContent !== texte) element.textContent = texte;
};

export function mettreAJour(etat, maintenant) {
  if (etat.presence) presence(etat.presence);
  if (etat.propositions) arrivees(etat.propositions, maintenant);
  if (etat.pistes) pistes(etat.pistes);
  if (etat.scrutin) dit(par("votants"), compter("votants", etat.scrutin.votants));
}

export function vieillir(maintenant) {
  document.querySelectorAll("[data-le]").forEach((quand) => {
    if (quand.dataset.le) dit(quand, ilYA(maintenant - Number(quand.dataset.le)));
  });
}

function presence({ total, colleges }) {
  dit(document.querySelector("[data-presents]"), compter("presents", total));
  colleges.forEach(({ id, n }) => dit(document.querySelector(`#presence [data-college="${Number(id)}"] .nb`), `${n}`));
}

function arrivees({ total, dernieres }, maintenant) {
  const liste = par("arrivees");
  if (!liste) return;
  if (total) compterTout(total);
  const deja = new Map([...liste.children].map((li) => [li.dataset.id, li]));
  const voulues = dernieres.map((p) => deja.get(`${p.id}`) || arrivee(p, maintenant));
  [...liste.children].forEach((li) => voulues.includes(li) || li.remove());
  voulues.forEach((li, rang) => liste.children[rang] === li || liste.insertBefore(li, liste.children[rang] || null));
  dernieres.forEach((p, rang) => dit(voulues[rang].querySelector(".dit"), entreGuillemets(p.texte)));
}

/** The count is seen at once, and said at most every twenty seconds; the sentences are there to be read, not said. */
function compterTout(total) {
  const vu = par("arrivees-total");
  const avant = vu.textContent;
  dit(vu, compter("idees", total));
  if (vu.textContent === avant || aDire) return;
  aDire = setTimeout(() => {
    aDire = 0;
    dit(par("arrivees-annonce"), par("arrivees-total")?.textContent || "");
  }, DIRE_TOUTES_LES);
}

export const entreGuillemets = (texte) => `«\u202f${texte}\u202f»`;

function arrivee(p, maintenant) {
  const li = forme("arrivee");
  li.dataset.id = p.id;
  dit(li.querySelector(".dit"), entreGuillemets(p.texte));
  if (SIGNES.includes(p.signe)) li.querySelector("use").setAttribute("href", `#f-${p.signe}`);
  dit(li.querySelector("[data-college]"), p.college);
  li.querySelector("[data-simule]").hidden = !p.simule;
  const quand = li.querySelector("[data-le]");
  quand.dataset.le = p.le_ms;
  dit(quand, ilYA(maintenant - p.le_ms));
  return li;
}

/** `liste`: all of them; or, of a page that has them, what changed since: `plus` and `moins`. */
function pistes({ total, liste, plus = [], moins = [] }) {
  const bloc = par("pistes");
  if (!bloc) return;
  if (total) dit(par("pistes-total"), compter("pistes", total));
  const deja = new Map([...bloc.children].map((li) => [li.dataset.id, li]));
  const miennes = bloc.dataset.miennes.split(" ");
  const venues = (liste || plus).map((p) => remplirPiste(deja.get(`${p.id}`) || forme("piste"), p, miennes));
  if (!liste) return ajouterPistes(bloc, venues, moins);
  [...bloc.children].forEach((li) => venues.includes(li) || li.remove());
  venues.forEach((li, rang) => bloc.children[rang] === li || bloc.insertBefore(li, bloc.children[rang] || null));
}

const numero = (li) => Number(li.querySelector(".etiquette").textContent.replace(/\D/g, ""));

/** Those that came go each to the place of its number; the others do not move. */
function ajouterPistes(bloc, venues, moins) {
  moins.forEach((id) => bloc.querySelector(`[data-id="${Number(id)}"]`)?.remove());
  venues
    .filter((li) => !li.isConnected)
    .forEach((li) => bloc.insertBefore(li, [...bloc.children].find((autre) => numero(autre) > numero(li)) || null));
}

function remplirPiste(li, p, miennes) {
  li.dataset.id = p.id;
  li.querySelector(".piste").classList.toggle("neuve", miennes.includes(`${p.id}`));
  dit(li.querySelector(".etiquette"), mot("piste", p.numero));
  dit(li.querySelector("[data-n]"), compter("idee", p.n));
  dit(li.querySelector("[data-texte]"), p.texte);
  return li;
}
