// One place on the screen that says, in words, what waits and why; and what was refused, until one has seen to it.

import * as actes from "./actes.js";
import { entreGuillemets } from "./listes.js";
import { bandeau, compter, forme, mot } from "./mots.js";

/** Ms before a cut, or a slow answer, is said: a lift or a turned page must not make the screen blink. */
const PATIENCE = 2000;
const par = (id) => document.getElementById(id);
let coupee = false; // the room is out of reach
let sansReseau = false; // the phone itself says it has no network
let minuterie = 0;
let surAttente = () => {};
let repit = 0;
// A browser too old to tell does without.
const vigie = typeof ResizeObserver === "function" && new ResizeObserver(surTaille);

/** `suite(acts)` is called with the acts that are in sight, each time they may have changed. */
export function installer(suite) {
  surAttente = suite;
  // The socket takes half a minute to notice; the phone itself knows at once.
  addEventListener("offline", () => setTimeout(noterReseau, PATIENCE));
  addEventListener("online", noterReseau);
}

function noterReseau() {
  sansReseau = navigator.onLine === false;
  montrer();
}

/** Watch the banners of the screen that has just come. */
export const guetter = (retours) => vigie?.observe(retours);

/** What is below has just come, or moved: a finger already on its way must not land on another answer. */
function surTaille() {
  const { classList } = document.body;
  classList.add("bouge");
  clearTimeout(repit);
  repit = setTimeout(() => classList.remove("bouge"), 400); // about a tap, from the eye to the glass
}

/** Say that the room is out of reach, or back. */
export function dire(estCoupee) {
  coupee = estCoupee;
  montrer();
}

export const estCoupee = () => coupee || sansReseau;

/** Bring the banners up to date. What has not changed is not touched, so that nothing is read aloud twice. */
export function montrer() {
  montrerAttente();
  montrerRefus();
}

function montrerAttente() {
  clearTimeout(minuterie);
  const tous = actes.enAttente();
  const jeunesse = (acte) => PATIENCE - Math.abs(Date.now() - (acte.le || 0));
  const enVue = estCoupee() ? tous : tous.filter((acte) => jeunesse(acte) <= 0);
  if (enVue.length < tous.length) minuterie = setTimeout(montrer, Math.max(50, ...tous.map(jeunesse)));
  surAttente(enVue.length ? tous : []);
  afficher(enVue.length ? tous : []);
}

function afficher(liste) {
  const boite = par("avis");
  const dits = liste.filter(({ cle }) => cle !== par("gardes")?.dataset.cle).flatMap(lignes);
  const [titre, texte] = phrase(liste);
  const cle = JSON.stringify([titre, texte, dits]);
  if (boite.dataset.dit === cle) return;
  boite.dataset.dit = cle;
  if (!titre) return boite.replaceChildren();
  const bloc = bandeau(boite, "attend", titre, texte);
  const detail = bloc.querySelector("details");
  if (!dits.length) return detail.remove();
  detail.open = dits.length <= 3;
  return detail.querySelector("ul").append(...dits.map(citer));
}

function phrase(liste) {
  if (!liste.length) return estCoupee() ? [mot("hors"), mot("horsGarde")] : ["", ""];
  const combien = { votes: 0, phrases: 0, reponses: 0 };
  liste.forEach((acte) => (combien[SORTES[acte.genre] || "votes"] += poids(acte)));
  const compte = Object.entries(combien)
    .filter(([, n]) => n)
    .map(([nom, n]) => compter(nom, n));
  const attend = mot("attendent", compte.join(mot("et")));
  if (estCoupee() || actes.pourquoi() === "coupe") return [mot("hors"), `${attend} ${mot("horsAttente")}`];
  return [mot(actes.pourquoi() ? "muet" : "envoi"), `${attend} ${mot("envoiAttente")}`];
}

/** What acts are counted as; ballots of all kinds are votes. */
const SORTES = { proposition: "phrases", question: "reponses" };

/** How many votes a ballot holds: its dots, its opinions, the pistes it ranks; taking them all back is one. */
function poids({ genre, champs }) {
  const valeurs = Object.values(champs).map(Number);
  if (SORTES[genre] || genre === "secret") return 1;
  if (genre === "accord" || genre === "classement") return Math.max(1, valeurs.filter(Boolean).length);
  return Math.max(
    1,
    valeurs.reduce((somme, valeur) => somme + valeur, 0),
  );
}

/** What an act says, in words: the sentence itself, or one line for each piste. */
const lignes = (acte) =>
  acte.texte ? [entreGuillemets(acte.texte)] : Object.values(acte.resume || {}).filter(Boolean);

function citer(texte) {
  const li = document.createElement("li");
  li.dir = "auto";
  li.className = "tel-quel";
  li.textContent = texte;
  return li;
}

const PAS_PARTIS = { proposition: "pasPartie", question: "reponsePasPartie" };

function montrerRefus() {
  const boite = par("refuses");
  const liste = actes.refuses();
  const cle = liste.map((acte) => acte.cle).join();
  if (boite.dataset.dit === cle) return;
  boite.dataset.dit = cle;
  boite.replaceChildren(...liste.map(refuser));
}

function refuser(acte) {
  const bloc = forme("refus");
  bloc.querySelector("[data-titre]").textContent = mot(PAS_PARTIS[acte.genre] || "pasPartis");
  bloc.querySelector("[data-texte]").textContent = acte.message || "";
  bloc.querySelector("ul").append(...lignes(acte).map(citer));
  bloc.querySelector("[data-fermer]").addEventListener("click", () => {
    actes.oublierRefus(acte.cle);
    par("contenu").focus({ preventScroll: true });
  });
  const copier = bloc.querySelector("[data-copier]");
  bloc.querySelector("[data-entrer]").hidden = acte.code !== "pas_entre";
  if (acte.texte) copier.addEventListener("click", () => copierMots(bloc, copier));
  else copier.remove();
  return bloc;
}

/** Select the words and copy them: the clipboard's newer ways ask for https, which a room may not have. */
function copierMots(bloc, bouton) {
  const choix = getSelection();
  choix.selectAllChildren(bloc.querySelector("li"));
  if (document.execCommand("copy")) bouton.textContent = mot("copie");
}
