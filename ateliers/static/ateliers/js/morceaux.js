// Pages cut in pieces (`data-morceau`): the page is fetched again when the room moves, and only the pieces that
// changed are put in place. What someone is typing is never touched.

import { appeler, plusTard } from "./attente.js";

// What differs at each rendering without meaning anything: anti-forgery tokens, idempotency keys, running clocks.
const CHANGEANTS = /(name="(?:csrfmiddlewaretoken|cle|vu)" value|data-restant)="[^"]*"|>\d\d+:\d\d</g;

const contenu = (morceau) => morceau.innerHTML.replace(CHANGEANTS, "");
const saisies = (zone) => [...zone.querySelectorAll("input:not([type=hidden]), textarea, select")];
const estTexte = (champ) => champ.matches("textarea, input:not([type=checkbox]):not([type=radio])");

/** True when a field no longer holds what the server put in it. */
function touche(champ) {
  if (champ.type === "checkbox" || champ.type === "radio") return champ.checked !== champ.defaultChecked;
  if (champ.tagName === "SELECT") return false;
  return champ.value !== champ.defaultValue;
}

/** True when someone is writing in this piece: it is left as it is. */
function occupe(morceau) {
  const actif = document.activeElement;
  if (morceau.contains(actif) && actif.matches("input:not([type=checkbox]), textarea, select")) return true;
  return saisies(morceau).some((champ) => estTexte(champ) && touche(champ));
}

/** True when this piece was sent: it holds the form, or its search, which may stand elsewhere (`form="…"`). */
const envoyeAvec = (soumis, morceau) =>
  morceau.contains(soumis) || [...soumis.elements].some((champ) => champ.type === "search" && morceau.contains(champ));

/**
 * Put in place the pieces of `page` (a parsed document) that differ. `soumis`: the form whose answer this is, its
 * piece is always replaced. Return true when a piece was left as it was because someone is writing in it.
 */
export function poser(page, soumis = null) {
  let laisse = false;
  document.querySelectorAll("[data-morceau]").forEach((ancien) => {
    const neuf = page.querySelector(`[data-morceau="${ancien.dataset.morceau}"]`);
    if (!neuf) return;
    const sien = soumis && envoyeAvec(soumis, ancien);
    if (!sien && ("stable" in ancien.dataset || contenu(ancien) === contenu(neuf))) return;
    if (!sien && occupe(ancien)) laisse = true;
    else remplacer(ancien, neuf, sien);
  });
  return laisse;
}

/** Replace a piece's content, keeping what was unfolded, ticked and focused in it. */
function remplacer(ancien, neuf, sien) {
  const ouverts = sien ? [] : [...ancien.querySelectorAll("details[open][id]")].map((d) => d.id);
  const coches = sien ? [] : saisies(ancien).filter((c) => c.id && c.type === "checkbox" && touche(c));
  const actif = ancien.contains(document.activeElement) ? document.activeElement.id : "";
  ancien.className = neuf.className;
  if (neuf.hasAttribute("action")) ancien.setAttribute("action", neuf.getAttribute("action")); // what it leads back to
  ancien.replaceChildren(...document.importNode(neuf, true).childNodes);
  ouverts.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  coches.forEach(({ id, checked }) => {
    const champ = document.getElementById(id);
    if (champ) champ.checked = checked;
  });
  if (actif) document.getElementById(actif)?.focus({ preventScroll: true });
}

/** Return a function that asks for a fresh page, at most once every `intervalle` ms, the last demand always served. */
export function rafraichisseur({ adresse, intervalle, surPage }) {
  let dernier = 0;
  let attente = 0;
  let enCours = false;
  async function aller() {
    attente = 0;
    if (enCours) return demander();
    enCours = true;
    dernier = Date.now();
    try {
      const { reponse, texte } = await appeler(adresse(), { headers: { Accept: "text/html" } });
      if (plusTard(reponse)) throw new Error("later");
      if (reponse.ok) surPage(lire(texte));
    } catch {
      setTimeout(demander, 3000);
    }
    enCours = false;
    return undefined;
  }
  function demander(tout_de_suite = false) {
    if (attente && !tout_de_suite) return;
    clearTimeout(attente);
    attente = setTimeout(aller, tout_de_suite ? 0 : Math.max(0, dernier + intervalle - Date.now()));
  }
  return demander;
}

export const lire = (html) => new DOMParser().parseFromString(html, "text/html");
