// The ballot on a phone: dots or opinions, what is left unsent, and the screen of votes that wait.

import * as actes from "./actes.js";
import * as arrives from "./arrives.js";
import * as brouillon from "./brouillon.js";
import { ecrire, lire } from "./memoire.js";
import { compter, forme, mot } from "./mots.js";
import { choix, poserGommettes, unParUn } from "./vote.js";

const par = (id) => document.getElementById(id);
const main = () => par("contenu");
const cle = () => brouillon.cleBrouillon(main());
let touche = false; // moved and not handed in
let remis = false; // handed in: what follows is its confirmation
let aChanger = false; // asked for the ballot again while the last one waits
let recu = null; // what the server last answered
let voulue = ""; // the query of the page of a long ballot asked for by its buttons

export const aFinir = () => touche;
export const estRemis = () => remis;

/** The ballot of this screen that waits on the phone, or undefined. */
export const enAttente = () =>
  actes.enAttente().find(({ genre, scrutin }) => genre !== "proposition" && scrutin === main().dataset.scrutin);

export function oublier() {
  touche = remis = aChanger = false;
  recu = null;
  voulue = "";
}

/** The query of what comes after this window of a long ballot; "" where the ballot is whole. */
export const suite = () => voulue || par("acte")?.dataset.apres || "";

/** A ballot was refused: it is in hand again. */
export function reprendre() {
  touche = ["gommettes", "classement", "secret"].includes(par("acte")?.dataset.acte);
  remis = false;
}

/** The ballot reached the server: nothing is left to keep, unless it was changed again meanwhile. */
export function arrive(reponse) {
  recu = reponse;
  if (touche) return false;
  if (["gommettes", "classement"].includes(par("acte")?.dataset.acte)) brouillon.oublier(cle());
  return true;
}

const cleArrives = () => `germoir:${main().dataset.moi}:arrives:${main().dataset.scrutin}`;

/** Say on this very screen that the ballot is in. False when only a page of the server can tell what counts. */
export function montrerArrives() {
  const acte = par("acte");
  if (!acte || acte.dataset.acte === "secret" || !recu || recu.depasse) return false;
  if (!arrives.montrer(acte, recu.votes, reprendreEnMain)) return false;
  ecrire(cleArrives(), recu.votes);
  remis = false;
  return true;
}

/** The votes that were in when this page, kept on the phone, was left: the page itself does not know them. */
function dejaArrives() {
  const votes = main().dataset.garde && !enAttente() ? lire(cleArrives()) : null;
  if (votes) recu = { votes };
  return votes && arrives.enChamps(votes);
}

/** Asked for the ballot again, once it was in: nothing is to be handed in until something moves. */
function reprendreEnMain() {
  oublier();
  (par("acte").querySelector("button:not([hidden])") || par("acte")).focus();
}

/** What a button of a long ballot asks for: another page, or a search. */
function pageVoulue(bouton, acte) {
  if (bouton?.name === "page") return `?voter=1&page=${Number(bouton.value)}`;
  if (bouton?.name === "chercher") return `?voter=1&q=${encodeURIComponent(acte.elements.q.value)}`;
  return "";
}

/**
 * A ballot handed in whole: dots, or an order. `deposer(genre, champs, {resume, delai})` puts it in the outbox;
 * `tourner()` goes on to the page asked for; `poser(acte, gardes, surChange)` puts buttons in it.
 */
export function installerEntier(acte, deposer, tourner, poser = poserGommettes) {
  const attend = enAttente();
  const garde = brouillon.garde(cle()) || attend?.champs;
  const deja = garde ? null : dejaArrives();
  touche = Boolean(garde) && !(attend && memes(garde, attend.champs));
  remis = Boolean(attend) && !touche;
  poser(acte, garde || deja, (champs) => {
    touche = true;
    brouillon.garder(cle(), champs);
  });
  acte.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    voulue = pageVoulue(evenement.submitter, acte);
    if (voulue && !touche && !enAttente()) return tourner();
    touche = aChanger = false;
    remis = true;
    return deposer(acte.dataset.acte, choix(acte), { resume: resumer(acte) });
  });
  if (deja) montrerArrives();
}

const memes = (a, b) => Object.keys({ ...a, ...b }).every((nom) => Number(a[nom] || 0) === Number(b[nom] || 0));

/** A secret ballot: no draft of it; it waits in the outbox, and nothing is left of it once the server has it. */
export function installerSecret(acte, deposer, poser = poserGommettes) {
  const surChange = () => {
    touche = true;
  };
  remis = Boolean(enAttente());
  if (acte.dataset.gommettes || acte.dataset.places) poser(acte, null, surChange);
  acte.addEventListener("change", surChange);
  acte.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    touche = false;
    remis = true;
    deposer("secret", choix(acte), {});
  });
}

/** One line for each piste that has something: {"piste-12": "Piste n° 3 : 2 gommettes"}. */
function resumer(acte) {
  const quoi = acte.dataset.places ? "place" : "gommettes";
  const lignes = [...acte.querySelectorAll("[data-piste]")].map((carte) => {
    const nom = `piste-${carte.dataset.piste}`;
    const n = Number(choix(acte)[nom] || 0);
    return [nom, n ? ligne(carte.dataset.numero, compter(quoi, n)) : ""];
  });
  return Object.fromEntries(lignes);
}

const ligne = (numero, dit) => `${mot("piste", numero)}\u202f: ${dit}`;

/** `surFin()` once the last opinion was given. */
export function installerAccord(acte, deposer, surFin) {
  cocher(acte, enAttente()?.champs);
  acte.addEventListener("submit", (evenement) => evenement.preventDefault());
  const partir = (champs) => {
    const [nom] = Object.keys(champs);
    const coche = acte.querySelector(`[name="${nom}"]:checked`);
    const numero = coche.closest("[data-piste]").dataset.numero;
    const resume = { [nom]: ligne(numero, coche.labels[0].textContent.trim()) };
    brouillon.oublier(cle());
    // Choices made in a row leave together; one made alone is acknowledged within a second.
    deposer("accord", champs, { resume, delai: 500 });
  };
  unParUn(acte, partir, () => {
    remis = true;
    surFin();
  });
  const deja = brouillon.garde(cle()) ? null : dejaArrives();
  cocher(acte, brouillon.garde(cle()) || deja);
  if (deja) montrerArrives();
  acte.addEventListener("change", ({ target }) => brouillon.garder(cle(), { [target.name]: target.value }));
}

function cocher(acte, champs) {
  Object.entries(champs || {}).forEach(([nom, valeur]) => {
    const coche = [...acte.elements].find((champ) => champ.name === nom && champ.value === valeur);
    if (!coche) return;
    coche.checked = true;
    coche.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

/** Show the votes that wait instead of the ballot, or the ballot again. */
export function montrerGardes() {
  const acte = par("acte");
  const attend = enAttente();
  const la = par("gardes");
  const voulu = acte && acte.dataset.acte !== "proposition" && attend && remis && !aChanger;
  if (!voulu) {
    la?.remove();
    if (acte && !arrives.estMontre()) arrives.oter();
    return;
  }
  if (la?.dataset.cle === attend.cle) return;
  la?.remove();
  acte.before(gardes(acte, attend));
  arrives.cacher();
  scrollTo(0, 0);
  par("gardes").querySelector("h1").focus({ preventScroll: true });
}

function gardes(acte, attend) {
  const ecran = forme("gardes");
  ecran.dataset.cle = attend.cle;
  const titre = document.createElement("h1");
  titre.textContent = ecran.dataset.titre;
  titre.tabIndex = -1;
  ecran.prepend(titre);
  const liste = ecran.querySelector("ul");
  const place = (carte) => (acte.dataset.places ? Number(attend.champs[`piste-${carte.dataset.piste}`]) : 0);
  const cartes = [...acte.querySelectorAll("[data-piste]")].sort((une, autre) => place(une) - place(autre));
  cartes.forEach((carte) => {
    const nom = `piste-${carte.dataset.piste}`;
    const dit = attend.resume?.[nom];
    if (dit) liste.append(cartePosee(carte, Number(attend.champs[nom]), dit, acte.dataset.acte));
  });
  // A secret ballot has none: the server may have it already.
  ecran.querySelector("[data-changer]")?.addEventListener("click", () => {
    aChanger = true;
    montrerGardes();
    (par("acte").querySelector("button:not([hidden])") || par("acte")).focus();
  });
  return ecran;
}

function cartePosee(carte, valeur, dit, genre) {
  const li = forme("gardee");
  li.querySelector("header").append(carte.querySelector(".etiquette").cloneNode(true));
  li.querySelector(".dit").textContent = carte.querySelector(".dit").textContent;
  const ronds = li.querySelector(".gommettes");
  if (genre === "gommettes")
    ronds.append(...Array.from({ length: Math.min(valeur, 5) }, () => document.createElement("i")));
  else ronds.remove();
  li.querySelector("[data-texte]").textContent = mot("enAttente", dit.split("\u202f: ").slice(1).join("\u202f: "));
  return li;
}
