// The room opens again without network: its last page is kept on the phone, and a service worker gives it back.

const PAGES = "germoir-pages";
const AU_PLUS = 5;
const possible = () => "serviceWorker" in navigator && "caches" in window;

/** The page as the server sent it; call it before anything is changed in it. */
export const pageRecue = () => `<!doctype html>${document.documentElement.outerHTML}`;

/** Register the service worker, once the page no longer needs the network for itself. */
export function veiller(adresse) {
  if (!possible()) return;
  const enregistrer = () => navigator.serviceWorker.register(adresse).catch(() => {});
  if (document.readyState === "complete") enregistrer();
  else addEventListener("load", enregistrer, { once: true });
}

/** Keep a room's page under its address, marked with this phone's time. */
export async function garderPage(salle, html) {
  if (!possible()) return;
  try {
    const pages = await caches.open(PAGES);
    const marquee = html.replace("<main ", `<main data-garde="${Date.now()}" `);
    await pages.put(salle, new Response(marquee, { headers: { "Content-Type": "text/html; charset=utf-8" } }));
    const toutes = await pages.keys();
    await Promise.all(toutes.slice(0, -AU_PLUS).map((vieille) => pages.delete(vieille)));
  } catch {
    // a full phone: the room still opens with the network
  }
}

/** The phone changes hands: nothing of the room stays on it. */
export async function oublierPages() {
  if (possible()) await caches.delete(PAGES).catch(() => {});
}
