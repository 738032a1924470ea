// Coming in where the network is bad: what was filled in waits on the phone and leaves by itself. Without this, the
// form is a plain form.

import { attente } from "./attente.js";
import { ecrire, lire } from "./memoire.js";
import { bandeau, mot } from "./mots.js";
import { poster } from "./poste.js";
import { oublierPages } from "./veille.js";

const PLAFOND = 30000;
const PATIENCE = 2000;
const formulaire = document.getElementById("entree");
const avis = document.getElementById("avis");
const memoire = `germoir:entree:${formulaire.getAttribute("action")}`;
let acte = null;
let minuterie = 0;
let echecs = 0;

formulaire.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  const { csrfmiddlewaretoken: _, cle, ...champs } = Object.fromEntries(new FormData(formulaire));
  acte = { cle, champs, url: formulaire.getAttribute("action"), le: Date.now() };
  ecrire(memoire, acte);
  tenter();
});

// Something was corrected while it waited: it leaves when it is sent again.
formulaire.addEventListener("input", () => {
  clearTimeout(minuterie);
  acte = null;
  ecrire(memoire, null);
  montrer("");
});

async function tenter() {
  clearTimeout(minuterie);
  const celui = acte;
  const montre = setTimeout(() => celui === acte && montrer("envoi"), PATIENCE);
  const suite = await poster(celui);
  clearTimeout(montre);
  if (celui !== acte) return;
  if (suite.reponse) {
    ecrire(memoire, null);
    await oublierPages(); // those of whoever held this phone before
    location.assign(suite.reponse.suite);
  } else if (suite.refus) {
    ecrire(memoire, null);
    formulaire.submit(); // the server's own page says why, with what was filled in
  } else {
    echecs += 1;
    if (Date.now() - celui.le > PATIENCE) montrer(suite.coupe ? "hors" : "muet");
    minuterie = setTimeout(tenter, attente(echecs, PLAFOND));
  }
}

/** Say what is going on, in one place; the button stays, pressing it again sends the same act. */
function montrer(nom) {
  if (avis.dataset.dit === nom) return;
  avis.dataset.dit = nom;
  if (nom) bandeau(avis, "attend", mot(nom), mot("entreeAttend")).querySelector("details").remove();
  else avis.replaceChildren();
}

addEventListener("online", () => acte && tenter());
acte = lire(memoire);
if (acte) {
  formulaire.elements.cle.value = acte.cle;
  Object.entries(acte.champs).forEach(([nom, valeur]) => {
    const champ = formulaire.elements[nom];
    if (champ?.type === "checkbox") champ.checked = true;
    else if (champ) champ.value = valeur;
  });
  tenter();
}
