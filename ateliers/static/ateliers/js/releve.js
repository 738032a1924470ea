// The state of a room by plain requests: to catch up, and to follow where sockets do not pass.

import { appeler, attente } from "./attente.js";
import { horloge } from "./horloge.js";

const CADENCE = 3000;
const ETALEMENT = 1000;

/**
 * Follow a snapshot URL. `surSnapshot(etat)`: a whole state; `surReponse(ok)`: each request, answered or not.
 * `lire()` fetches once (one at a time); `demarrer()` and `arreter()` rule the polling.
 */
export function releve({ url, surSnapshot, surReponse }) {
  let etag = "";
  let enCours = null;
  let minuterie = 0;
  let actif = false;
  let echecs = 0;

  async function demander() {
    const lu = await chercher().catch(() => undefined);
    echecs = lu === undefined ? echecs + 1 : 0;
    surReponse(lu !== undefined);
    if (lu) surSnapshot(lu);
  }

  /** The state, or null if it has not moved. Rejects when the server does not answer as it should. */
  async function chercher() {
    const { reponse, texte } = await appeler(url, { headers: etag ? { "If-None-Match": etag } : {} });
    horloge.caler(Number(reponse.headers.get("X-Maintenant") || NaN));
    if (reponse.status === 304) return null;
    if (!reponse.ok) throw new Error(`${reponse.status}`);
    const lu = JSON.parse(texte);
    etag = reponse.headers.get("ETag") || "";
    return lu;
  }

  const lire = () => (enCours ??= demander().finally(() => (enCours = null)));

  async function tour() {
    await lire();
    if (actif) minuterie = setTimeout(tour, Math.max(CADENCE + Math.random() * ETALEMENT, attente(echecs)));
  }

  return {
    lire,
    demarrer() {
      if (actif) return;
      actif = true;
      tour();
    },
    arreter() {
      actif = false;
      clearTimeout(minuterie);
    },
  };
}
