// The service worker: a room that opens again without network. /sw.js gives it VERSION and COQUE (its files).
//
// A new release takes over at once (skipWaiting): it only answers for files and kept pages, it never reloads anything;
// drafts and the outbox are in the page's own storage. The files of the release before stay, for the pages kept then.
/* global VERSION, COQUE */

const STATIQUE = "germoir-statique-";
const PAGES = "germoir-pages";
const HORS_LIGNE = "/hors-ligne/";
const PATIENCE = 3000;
const ACTES = /^\/(a\/[^/]+\/(voter|proposer)|g\/[^/]+\/(garder|envoyer|q\/[^/]+))\/$/;
const ECRANS = /^\/(a|r)\/([^/]+)\/$/;
const GRILLES = /^(\/g\/[^/]+\/)((q\/[^/]+|relire)\/)?$/;
const PARTICIPANTS = /^\/(a|r|m|g|moi|rejoindre|ce-que-nous-gardons)\//;
const NOMME_PAR_CONTENU = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (evenement) => {
  self.skipWaiting();
  evenement.waitUntil(caches.open(STATIQUE + VERSION).then((cache) => cache.addAll([...COQUE, HORS_LIGNE])));
});

self.addEventListener("activate", (evenement) => {
  evenement.waitUntil(menage().then(() => self.clients.claim()));
});

async function menage() {
  const anciens = (await caches.keys()).filter((nom) => nom.startsWith(STATIQUE) && nom !== STATIQUE + VERSION);
  await Promise.all(anciens.slice(0, -1).map((nom) => caches.delete(nom)));
}

self.addEventListener("fetch", (evenement) => {
  const { request } = evenement;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (pathname.startsWith("/static/")) {
    if (request.method === "GET") evenement.respondWith(fichier(request, pathname));
  } else if (PARTICIPANTS.test(pathname)) {
    // The phone may change hands: coming in, leaving, a personal code, erasing one's data.
    const autreMain = request.method === "POST" ? !ACTES.test(pathname) : pathname.startsWith("/m/");
    if (autreMain) evenement.waitUntil(caches.delete(PAGES));
    if (request.method === "GET" && request.mode === "navigate") evenement.respondWith(page(request, pathname));
  }
});

/** A file named by its content never changes; others come from the network as long as there is one. */
async function fichier(request, chemin) {
  const garde = () => caches.match(request, { ignoreVary: true });
  if (NOMME_PAR_CONTENU.test(chemin)) return (await garde()) || fetch(request);
  try {
    return await fetch(request);
  } catch (panne) {
    return (await garde()) || Promise.reject(panne);
  }
}

/** The network first; the room's kept page when it is silent for PATIENCE ms, away, or when the server is down. */
async function page(request, chemin) {
  const gardee = await pageGardee(chemin);
  const reseau = fetch(request);
  try {
    const reponse = await (gardee ? Promise.race([reseau, trop()]) : reseau);
    return gardee && reponse.status >= 500 ? gardee : reponse;
  } catch {
    reseau.catch(() => {});
    return gardee || horsLigne();
  }
}

async function pageGardee(chemin) {
  // Every screen of a questionnaire is in the page kept of it.
  const [, grille] = GRILLES.exec(chemin) || [];
  if (grille) return (await caches.open(PAGES)).match(grille);
  const trouve = ECRANS.exec(chemin);
  if (!trouve) return undefined;
  const pages = await caches.open(PAGES);
  return pages.match(`/a/${trouve[2]}/`).then((une) => une || pages.match(`/a/${trouve[2].toUpperCase()}/`));
}

const trop = () => new Promise((_, refuser) => setTimeout(() => refuser(new Error("silence")), PATIENCE));

/** What can be said without network: the way back to the last room, if one is kept. */
async function horsLigne() {
  const modele = await caches.match(HORS_LIGNE, { ignoreVary: true });
  if (!modele) return Response.error();
  const [derniere] = (await (await caches.open(PAGES)).keys()).slice(-1);
  let html = await modele.text();
  if (derniere) html = html.replace('hidden data-salle href="/rejoindre/"', `href="${new URL(derniere.url).pathname}"`);
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
