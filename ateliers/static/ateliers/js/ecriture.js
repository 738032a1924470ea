// Writing: the field, its draft, and the list of what one has sent.

import * as brouillon from "./brouillon.js";
import { entreGuillemets } from "./listes.js";
import { compter, forme, mot } from "./mots.js";

const par = (id) => document.getElementById(id);
/** What is said of the words, beside them: their theme; at a table, which one and whose they are. */
const aCote = () => ["axe", "table", "college"].map(par).filter(Boolean);
const cle = () => brouillon.cleBrouillon(par("contenu"));

/** What is being written, without the spaces around it. */
export const enCours = () => par("texte")?.value.trim() || "";

/** `deposer(genre, champs, {texte})` puts the words in the outbox. */
export function installer(acte, deposer) {
  const champ = par("texte");
  brouillon.garderTexte(champ, cle(), "precision" in acte.dataset && !champ.hasAttribute("aria-invalid"));
  champ.addEventListener("input", compterSignes);
  compterSignes();
  par("table")?.addEventListener("change", demanderQui);
  demanderQui();
  acte.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    if (!enCours()) {
      direSousLeChamp(champ, mot("vide"));
      champ.focus();
      return;
    }
    direSousLeChamp(champ, "");
    par("refus")?.remove();
    const dits = aCote().filter(({ value }) => value);
    const champs = Object.fromEntries(dits.map(({ name, value }) => [name, value]));
    deposer("proposition", { texte: champ.value, ...champs }, { texte: enCours() });
  });
}

/** Whoever writes for a table says whose idea it is, each time. */
function demanderQui() {
  if (par("table")) par("college").required = Boolean(par("table").value);
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
  for (const choix of aCote()) if (choix.id !== "table") choix.value = "";
  brouillon.oublier(cle());
  compterSignes();
}

/** Refused words go back where they were typed, if the place is free, and what was said of them with them. */
export function rendre(texte, champs) {
  const champ = par("texte");
  if (!champ || enCours()) return;
  champ.value = texte;
  for (const choix of aCote()) choix.value = champs[choix.name] || "";
  demanderQui();
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
