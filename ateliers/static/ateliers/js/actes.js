// The outbox: an act waits here, in sight and on the phone, until the server has said what became of it.
//
// One act at a time, in order: a vote sent again after a later one would undo it. The same key goes with each
// attempt, so that an act whose answer was lost on the way is done once.

import { ecrire, lire } from "./memoire.js";

const DELAI_REPONSE = 15000;
const ATTENTE_MAX = 60000;
let cleFile = "";
let file = [];
let enVol = false;
let essais = 0;
let minuterie = 0;
let ecoute = {};

/** Open the outbox of one person in one room. `ecoute`: recu(acte, reponse), refuse(acte, refus), attend(file, acte). */
export function ouvrir(moi, salle, surSuites) {
  cleFile = `germoir:${moi}:envois:${salle}`;
  file = lire(cleFile) || [];
  ecoute = surSuites;
  addEventListener("online", () => envoyer());
  document.addEventListener("visibilitychange", () => envoyer());
  if (file.length) envoyer();
}

export const enAttente = () => file.length;

export const nouvelleCle = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, "0")).join("");

/**
 * Put an act in the outbox and send it after `delai` ms.
 * acte: {url, genre, cle, champs: {name: value}, texte}. Votes not sent yet are joined: the last choice counts.
 */
export function deposer(acte, delai = 0) {
  const dernier = file[file.length - 1];
  const libre = dernier && !(enVol && file.length === 1);
  if (libre && acte.genre !== "proposition" && dernier.genre === acte.genre && dernier.url === acte.url) {
    Object.assign(dernier.champs, acte.champs);
    dernier.cle = acte.cle;
  } else {
    file.push(acte);
  }
  ecrire(cleFile, file);
  // The network is already known to be away: this act waits too, and its turn comes with the next attempt.
  if (essais) ecoute.attend(file, acte);
  else programmer(delai);
}

function programmer(delai) {
  clearTimeout(minuterie);
  minuterie = setTimeout(envoyer, delai);
}

/** Send what waits, now. */
export async function envoyer() {
  if (enVol || !file.length) return;
  enVol = true;
  clearTimeout(minuterie);
  const acte = file[0];
  const suite = await poster(acte);
  enVol = false;
  if (suite.encore) {
    essais += 1;
    ecoute.attend(file, acte);
    // Growing and spread out, so that a whole room coming back does not knock at once.
    programmer(Math.min(ATTENTE_MAX, 1000 * 2 ** essais) * (0.5 + Math.random() / 2));
    return;
  }
  essais = 0;
  file.shift();
  ecrire(cleFile, file.length ? file : null);
  if (suite.refus) ecoute.refuse(acte, suite.refus);
  else ecoute.recu(acte, suite.reponse);
  envoyer();
}

async function poster(acte, deuxieme = false) {
  const corps = new URLSearchParams({ ...acte.champs, cle: acte.cle, csrfmiddlewaretoken: jetonDeLaPage() });
  const arret = new AbortController();
  const limite = setTimeout(() => arret.abort(), DELAI_REPONSE);
  try {
    const reponse = await fetch(acte.url, {
      method: "POST",
      body: corps,
      headers: { Accept: "application/json" },
      signal: arret.signal,
      redirect: "manual",
    });
    const json = (reponse.headers.get("content-type") || "").includes("json");
    if (json && reponse.ok) return { reponse: await reponse.json() };
    if (json && reponse.status < 500 && ![408, 429].includes(reponse.status)) return { refus: await reponse.json() };
    if (reponse.status === 403 && !deuxieme) return (await renouvelerJeton(acte)) ? poster(acte, true) : { encore: true };
    return { encore: true };
  } catch {
    return { encore: true };
  } finally {
    clearTimeout(limite);
  }
}

const champJeton = (page) => page.querySelector("[name=csrfmiddlewaretoken]");
const jetonDeLaPage = () => (champJeton(document) || {}).value || "";

/** The page has waited too long: take a fresh form token, and keep the act. */
async function renouvelerJeton(acte) {
  try {
    const reponse = await fetch(new URL("..", new URL(acte.url, location.href)));
    const frais = champJeton(new DOMParser().parseFromString(await reponse.text(), "text/html"));
    if (!frais) return false;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((champ) => (champ.value = frais.value));
    return true;
  } catch {
    return false;
  }
}
