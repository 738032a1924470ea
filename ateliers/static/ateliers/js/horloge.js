// The server's clock, as seen from this device: phones are often minutes off, sometimes hours, and are set right
// while a page is open. So time runs on `performance.now()`, which nobody sets.

const ECHANTILLONS = 8;
const SOMMEIL = 1500;
let ecarts = [];
let depart = null; // the offset of a page that has not heard the server yet
let vu = { date: Date.now(), ici: performance.now() };

/**
 * The offset to use among the last few measured, in ms (server minus device). A late message makes the offset look
 * smaller than it is, so the largest is the nearest to the truth.
 */
export function ecartRetenu(mesures) {
  return mesures.length ? Math.max(...mesures) : 0;
}

/** `performance.now()` may stand still while a phone sleeps: then go by its clock until the server is heard again. */
function reveil() {
  const [date, ici] = [Date.now(), performance.now()];
  const dormi = date - vu.date - (ici - vu.ici);
  vu = { date, ici };
  if (dormi < SOMMEIL || (!ecarts.length && depart === null)) return;
  depart = (ecarts.length ? ecartRetenu(ecarts) : depart) + dormi;
  ecarts = [];
}

export const horloge = {
  /** Take a time just received from the server, in ms since 1970. */
  caler(serveur) {
    if (!Number.isFinite(serveur)) return;
    reveil();
    ecarts.push(serveur - performance.now());
    if (ecarts.length > ECHANTILLONS) ecarts.shift();
  },
  /** A page opened without network: the server's time was `serveur` when this device's clock said `appareil`. */
  repartir(serveur, appareil) {
    if (serveur && appareil) depart = serveur + (Date.now() - appareil) - performance.now();
  },
  /** Server time now, in ms since 1970; the device's own until the server was heard. */
  maintenant() {
    reveil();
    if (ecarts.length) return performance.now() + ecartRetenu(ecarts);
    return depart === null ? Date.now() : performance.now() + depart;
  },
};
