// Writing: the field, its draft, and the list of what one has sent.

import * as brouillon from "./brouillon.js";
import { entreGuillemets } from "./listes.js";
import { compter, forme, mot } from "./mots.js";

const par = (id) => document.getElementById(id);
const cle = () => brouillon.cleBrouillon(par("contenu"));

/** What is being written, without the spaces around it. */
export const enCours = () => par("texte")?.value.trim() || "";

/** `deposer(genre, champs, {texte})` puts the words in the outbox. */
export function installer(acte, deposer) {
  const champ = par("texte");
  brouillon.garderTexte(champ, cle(), "precision" in acte.dataset && !champ.hasAttribute("aria-invalid"));
  champ.addEventListener("input", compterSignes);
  compterSignes();
  acte.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    if (!enCours()) {
      direSousLeChamp(champ, mot("vide"));
      champ.focus();
      return;
    }
    direSousLeChamp(champ, "");
    par("refus")?.remove();
    const axe = par("axe")?.value;
    deposer("proposition", { texte: champ.value, ...(axe && { axe }) }, { texte: enCours() });
  });
}

/** What is wrong is said beside the field, and goes with the next words that are sent. */
function direSousLeChamp(champ, texte) {
  const place = par("texte-faute");
  place.textContent = texte;
  place.hidden = !texte;
  if (texte) champ.setAttribute("aria-invalid", "true");
  else champ.removeAttribute("aria-invalid");
}

function compterSignes() {
  const champ = par("texte");
  const reste = champ.maxLength - champ.value.length;
  par("texte-compte").hidden = reste > 40;
  par("texte-compte").textContent = reste > 40 ? "" : compter("signes", reste);
}

/** These words are elsewhere now (in the outbox, or arrived): empty the field, unless it holds something else. */
export function vider(texte) {
  const champ = par("texte");
  if (!champ || enCours() !== texte) return;
  champ.value = "";
  if (par("axe")) par("axe").value = "";
  brouillon.oublier(cle());
  compterSignes();
}

/** Refused words go back where they were typed, if the place is free, and what they were filed under with them. */
export function rendre(texte, axe = "") {
  const champ = par("texte");
  if (!champ || enCours()) return;
  champ.value = texte;
  if (par("axe")) par("axe").value = axe;
  brouillon.garder(cle(), texte);
  compterSignes();
}

export const garder = () => brouillon.garder(cle(), par("texte").value);

export function ajouterMienne(mienne) {
  if (!par("miennes")) return;
  const li = forme("mienne");
  li.querySelector(".dit").textContent = entreGuillemets(mienne.texte);
  const dessin = { affichee: "i-ok", a_relire: "i-horloge" }[mienne.etat] || "i-attention";
  li.querySelector("use").setAttribute("href", `#${dessin}`);
  li.querySelector(".etat-mien span").textContent = mienne.mot;
  par("miennes").prepend(li);
  par("bloc-miennes").hidden = false;
}
