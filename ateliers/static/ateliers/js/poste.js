// Handing one act to the server: what it says, or why it must be tried again.

const DELAI_REPONSE = 15000;
const PLUS_TARD = [408, 425, 429];

/**
 * Send an act once. Returns {reponse} (done), {refus: {message, …}} (never will be), {encore} (the server is there but
 * cannot now) or {coupe} (nobody answered).
 */
export async function poster(acte, deuxieme = false) {
  const corps = new URLSearchParams({ ...acte.champs, cle: acte.cle, csrfmiddlewaretoken: jeton() });
  for (const nom of ["moi", "etape", "scrutin", "ordre"]) if (acte[nom]) corps.set(nom, acte[nom]);
  const arret = new AbortController();
  const limite = setTimeout(() => arret.abort(), DELAI_REPONSE);
  try {
    const reponse = await fetch(acte.url, {
      method: "POST",
      body: corps,
      headers: { Accept: "application/json" },
      signal: arret.signal,
      redirect: "manual",
      keepalive: true,
    });
    const json = (reponse.headers.get("content-type") || "").includes("json");
    if (json && reponse.ok) return { reponse: await reponse.json() };
    // Only our own server answers acts in JSON: a hotel's welcome page is not an answer.
    if (json && reponse.status < 500 && !PLUS_TARD.includes(reponse.status)) return { refus: await reponse.json() };
    if (reponse.status === 403 && !deuxieme && (await renouvelerJeton(acte))) return poster(acte, true);
    return { encore: true };
  } catch {
    return { coupe: true };
  } finally {
    clearTimeout(limite);
  }
}

const champ = (page) => page.querySelector("[name=csrfmiddlewaretoken]");
const jeton = () => champ(document)?.value || "";

/** The page has waited too long, or someone logged in beside it: take a fresh form token, and keep the act. */
async function renouvelerJeton(acte) {
  const reponse = await fetch(new URL("..", new URL(acte.url, location.href)), { cache: "no-store" });
  const frais = champ(new DOMParser().parseFromString(await reponse.text(), "text/html"));
  if (!frais) return false;
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((ancien) => (ancien.value = frais.value));
  return true;
}
