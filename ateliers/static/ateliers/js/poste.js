// Handing one act to the server: what it says, or why it must be tried again.

import { appeler, plusTard } from "./attente.js";

/**
 * Send an act once. Returns {reponse} (done), {refus: {message, …}} (never will be), {encore} (the server is there but
 * cannot now) or {coupe} (nobody answered).
 */
export async function poster(acte, deuxieme = false) {
  const corps = new URLSearchParams({ ...acte.champs, cle: acte.cle, csrfmiddlewaretoken: jeton() });
  for (const nom of ["moi", "etape", "scrutin", "ordre"]) if (acte[nom]) corps.set(nom, acte[nom]);
  const envoi = { method: "POST", body: corps, redirect: "manual", keepalive: true };
  try {
    const { reponse, texte } = await appeler(acte.url, { ...envoi, headers: { Accept: "application/json" } });
    const json = (reponse.headers.get("content-type") || "").includes("json");
    const suite = issue(json, reponse.status);
    if (suite === "recu") return { reponse: JSON.parse(texte) };
    if (suite === "refus") return { refus: JSON.parse(texte) };
    if (json && reponse.status === 429 && !deuxieme) return prouvee(acte, JSON.parse(texte));
    if (suite === "jeton" && !deuxieme && (await renouvelerJeton(acte))) return poster(acte, true);
    return { encore: true };
  } catch {
    return { coupe: true };
  }
}

/**
 * What an answer makes of the act: "recu", "refus", "jeton" (take a fresh one) or "encore". Only our own server answers
 * acts in JSON: a hotel's welcome page is not an answer.
 */
export function issue(json, status) {
  if (json && status >= 200 && status < 300) return "recu";
  if (json && !plusTard({ status })) return "refus";
  return status === 403 ? "jeton" : "encore";
}

/** Too many come at once: do the small work asked, and send again with its proof. */
async function prouvee(acte, { defi }) {
  if (!defi) return { encore: true };
  const { prouver } = await import("./epreuve.js"); // rare: the first screen goes without
  return poster({ ...acte, champs: { ...acte.champs, ...(await prouver(defi)) } }, true);
}

const champ = (page) => page.querySelector("[name=csrfmiddlewaretoken]");
const jeton = () => champ(document)?.value || "";

/** The page has waited too long, or someone logged in beside it: take a fresh form token, and keep the act. */
async function renouvelerJeton(acte) {
  const { texte } = await appeler(acte.page || new URL("..", new URL(acte.url, location.href)));
  const frais = champ(new DOMParser().parseFromString(texte, "text/html"));
  if (!frais) return false;
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((ancien) => (ancien.value = frais.value));
  return true;
}
