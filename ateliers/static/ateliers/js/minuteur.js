// The clock of the step: seen each second, said aloud at five minutes, at one minute and at the end only.

import { compter, mot } from "./mots.js";

const ANNONCES = [0, 60, 300]; // the least first: a screen that slept is told where things stand, not where they were
let battement = 0;

/** Run the clock of the header. `maintenant()`: the server's time in ms. `dire(texte)` speaks; `surSeconde(restant)`. */
export function lancer(maintenant, dire, surSeconde) {
  clearInterval(battement);
  const bloc = document.getElementById("reste");
  if (!bloc) return;
  let avant = null;
  const battre = () => {
    const restant = secondes(bloc, maintenant());
    montrer(bloc, restant);
    const seuil = ANNONCES.find((s) => avant !== null && avant > s && restant <= s);
    if (seuil !== undefined) dire(seuil === 60 ? compter("reste", 1) : enMots(restant));
    avant = restant;
    surSeconde(restant);
  };
  battre();
  battement = setInterval(battre, 1000);
}

/** Take what the room says of its clock (section `etape`), or leave the page as it is when the step differs. */
export function regler(etape) {
  const bloc = document.getElementById("reste");
  if (!bloc || !etape) return;
  if (etape.etat === "en_pause") {
    delete bloc.dataset.echeance;
    bloc.dataset.secondes = etape.restant_s;
  } else if (etape.echeance_ms) {
    bloc.dataset.echeance = etape.echeance_ms;
  }
  bloc.dataset.duree = Math.max(etape.duree_s, Number(bloc.dataset.duree));
}

function secondes(bloc, maintenant) {
  const echeance = Number(bloc.dataset.echeance);
  return echeance ? Math.max(0, Math.round((echeance - maintenant) / 1000)) : Number(bloc.dataset.secondes);
}

function enMots(restant) {
  if (restant <= 0) return mot("resteFin");
  return restant < 60 ? mot("reste-0") : compter("reste", Math.ceil(restant / 60));
}

function montrer(bloc, restant) {
  const texte = bloc.querySelector("p > span");
  const dit = bloc.dataset.echeance ? enMots(restant) : mot("pause");
  if (texte.textContent !== dit) texte.textContent = dit;
  const part = Math.max(0, Math.min(100, Math.round((100 * restant) / Number(bloc.dataset.duree || 1))));
  bloc.className = `reste v-${part}`;
}
