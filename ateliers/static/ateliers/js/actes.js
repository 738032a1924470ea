// The outbox: an act waits on the phone, in sight, until the server has said what became of it.
//
// The same key goes with each attempt: an act whose answer was lost, or that two tabs send, is done once.

import { attente } from "./attente.js";
import { apresOrdre, nouvelOrdre, nouvelleCle, ouvrirFile } from "./file.js";
import { poster } from "./poste.js";

export { nouvelleCle };

const PLAFOND = 30000;
let file = null;
let suites = {};
let horloge = Date.now;
let enTour = false;
let echecs = 0;
let minuterie = 0;
let panne = ""; // why the last attempt failed: "coupe" (nobody answered), "encore" (the server could not)
const suivis = new Map(); // the acts whose outcome this tab will tell

/**
 * Open the outbox of one person (`moi`, or "moi:" and a part of what they do). `ecoute`: recu(acte, reponse), refuse(acte, refus), change() each time what waits, or
 * why, is no longer the same. `maintenant()`: the server's time in ms.
 */
export function ouvrir({ moi, ecoute, maintenant }) {
  file = ouvrirFile(`germoir:${moi}`);
  suites = ecoute;
  horloge = maintenant;
  file.actes().forEach((acte) => suivis.set(acte.cle, acte));
  addEventListener("online", reprendre);
  addEventListener("storage", ({ key }) => key?.startsWith(`germoir:${moi}:`) && surAutreOnglet());
  document.addEventListener("visibilitychange", () => (document.hidden ? envoyer() : reprendre()));
  if (suivis.size) reprendre();
}

export const enAttente = () => file.actes();
export const refuses = () => file.refus();
export const pourquoi = () => panne;

export function oublierRefus(cle) {
  file.oublierRefus(cle);
  suites.change();
}

/**
 * Keep words that will not be sent by themselves, with the reason, until the person has seen to them. Words already
 * kept with the server's own reason (refused, given back to the field, and then out of time) are not kept twice.
 */
export function mettreDeCote(acte, message) {
  if (!file.refus().some(({ texte }) => texte === acte.texte)) file.refuser(acte, message);
  suites.change();
}

/** Put an act in the outbox and send it after `delai` ms. acte: {url, page?, genre, moi, cle, champs, texte?, etape?, scrutin?}. */
export function deposer(acte, delai = 0) {
  const complet = { ...acte, ordre: nouvelOrdre(horloge()), le: Date.now() };
  file.ajouter(complet);
  suivis.set(complet.cle, complet);
  suites.change();
  programmer(delai);
}

/** The network seems to be back: try soon, a little apart from the rest of the room. */
export function reprendre() {
  if (!file.actes().length) return;
  echecs = 0;
  programmer(attente(1));
}

function programmer(delai) {
  clearTimeout(minuterie);
  minuterie = setTimeout(envoyer, delai);
}

/** Try everything that waits, now; what does not pass is tried again later and later. */
export async function envoyer() {
  if (enTour || !file.actes().length) return;
  enTour = true;
  clearTimeout(minuterie);
  const reste = await sousVerrou(tour);
  enTour = false;
  echecs = reste ? echecs + 1 : 0;
  if (reste || file.actes().length) programmer(attente(echecs, PLAFOND));
}

/** One tab sends at a time, where the browser can tell; elsewhere the keys make two harmless. */
async function sousVerrou(faire) {
  if (!navigator.locks) return faire();
  return navigator.locks.request(file.nom, { ifAvailable: true }, (verrou) => !verrou || faire());
}

async function tour() {
  const tentes = new Set();
  let reste = false;
  for (let acte = file.actes()[0]; acte; acte = file.actes().find(({ cle }) => !tentes.has(cle))) {
    tentes.add(acte.cle);
    const suite = await poster(acte);
    noterPanne(suite);
    if (suite.coupe) return true; // the others would not pass either
    if (suite.encore) reste = true;
    else conclure(acte, suite);
  }
  return reste;
}

function noterPanne(suite) {
  const avant = panne;
  panne = (suite.coupe && "coupe") || (suite.encore && "encore") || "";
  if (panne !== avant) suites.change();
}

function conclure(acte, suite) {
  // A ballot that a newer one has taken in says nothing: the newer one will.
  if (!file.retirer(acte.cle)) return;
  suivis.delete(acte.cle);
  // What a secret ballot held does not stay on the phone.
  const garde = acte.genre === "secret" ? { ...acte, champs: {} } : acte;
  if (suite.refus) file.refuser(garde, suite.refus.message, suite.refus.code);
  else apresOrdre(suite.reponse.ordre);
  suites.change();
  if (suite.refus) suites.refuse(acte, suite.refus);
  else suites.recu(acte, suite.reponse);
}

/** Another tab of this phone has sent, refused or joined something. */
function surAutreOnglet() {
  const attendent = file.actes();
  const refus = file.refus();
  for (const [cle, acte] of suivis) {
    if (attendent.some((autre) => autre.cle === cle)) continue;
    suivis.delete(cle);
    const refuse = refus.find((autre) => autre.cle === cle);
    const joint = attendent.find(({ scrutin }) => scrutin && scrutin === acte.scrutin);
    if (refuse) suites.refuse(acte, refuse);
    else if (joint) suivis.set(joint.cle, joint);
    else suites.recu(acte, null);
  }
  suites.change();
}
