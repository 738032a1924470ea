// Someone who leads asks for other words. The room's state says of which ideas; only this phone knows which are its own.

import { ecrire, lire } from "./memoire.js";
import { forme } from "./mots.js";

const GARDEES = 60; // ideas of one's own that are remembered
const par = (id) => document.getElementById(id);
const cle = () => `germoir:${par("contenu").dataset.moi}:miennes`;
const miennes = () => lire(cle()) || [];

/** Ideas that the room last said are asked about: the answer that says that one is ours may come after. */
let demandees = [];

/** Remember that these ideas are one's own: on another screen they are no longer listed. */
export function retenir(...ids) {
  const neuves = ids.map(Number).filter((id) => !miennes().includes(id));
  if (neuves.length) ecrire(cle(), [...miennes(), ...neuves].slice(-GARDEES));
  afficher();
}

/** One's new words are in: the room's state will say so in its turn. */
export function repondue(id) {
  demandees = demandees.filter((autre) => autre !== id);
}

/** Those the page lists. */
export const retenirLaPage = () =>
  retenir(...[...document.querySelectorAll("#miennes [data-id]")].map((li) => li.dataset.id));

/** Show a banner for each of one's own ideas among `ids`, and take away those that are no longer asked about. */
export function montrer(ids) {
  demandees = ids;
  afficher();
}

function afficher() {
  const boite = par("precisions");
  if (!boite || document.querySelector("form[data-precision]")) return;
  const voulues = miennes().filter((id) => demandees.includes(id));
  const enVue = [...boite.children];
  enVue.forEach((bloc) => demandees.includes(Number(bloc.dataset.precision)) || bloc.remove());
  const manquent = voulues.filter((id) => !enVue.some((bloc) => bloc.dataset.precision === `${id}`));
  boite.append(...manquent.map(banniere));
}

function banniere(id) {
  const bloc = forme("precision");
  bloc.dataset.precision = id;
  bloc.querySelector("a").setAttribute("href", `${par("contenu").dataset.salle}?preciser=${id}`);
  return bloc;
}
